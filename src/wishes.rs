//! Wishes: the list, the form, and one with its story.

mod draft;
mod form;
mod list;
mod page;
mod words;

pub use form::form_page;
pub use list::list_page;
pub use page::wish_page;
