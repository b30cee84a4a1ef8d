//! Being a volunteer: saying once what one likes to help with, and leaving again.

mod page;
mod words;

pub use page::volunteering_page;
