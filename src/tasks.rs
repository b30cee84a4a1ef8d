//! Volunteer tasks: who needs a hand, and lending one.

mod list;
mod page;
mod shifts;
mod words;

pub use list::list_page;
pub use page::task_page;
