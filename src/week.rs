//! One family week: what everybody of the household has booked, day by day.

mod day;
mod page;
mod subscribe;
mod words;

pub use page::week_page;
