//! A booking with its code, and what is mine.

mod acts;
mod arrive;
mod attendance;
mod ended;
mod links;
mod mine;
mod others;
mod page;
mod queue;
mod ticket;
mod words;

pub use mine::mine_page;
pub use page::booking_page;
