//! The devices on which one is signed in, and signing out from afar.

mod page;
mod words;

pub use page::devices_page;
