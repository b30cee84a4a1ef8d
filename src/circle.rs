//! The circle of care: who may do things for me, what they did, and for whom I do.

mod invite;
mod join;
mod log;
mod page;
mod words;

pub use invite::invite_page;
pub use join::join_page;
pub use log::log_page;
pub use page::circle_page;
