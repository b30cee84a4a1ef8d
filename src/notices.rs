//! What the household was told of its bookings.

mod page;
pub mod words;

pub use page::notices_page;
