//! Draws: what it is and until when, the household's entry, what came of it, and how to check that.

mod check;
mod fate;
mod form;
mod mine;
mod page;
mod wishes;
pub mod words;

pub use mine::mine;
pub use page::draw_page;
