//! The people one books for.

mod form;
mod list;
mod words;

pub use list::family_page;
