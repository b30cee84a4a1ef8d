//! A booking with its code, and what is mine.

mod links;
mod mine;
mod page;
mod ticket;
mod words;

pub use mine::mine_page;
pub use page::booking_page;
