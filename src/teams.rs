//! A team, for those who are in it.

mod page;
mod words;

pub use page::team_page;
