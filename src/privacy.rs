//! What is kept: of everybody, of oneself, to take along; and having it erased.

mod data;
mod fold;
mod leave;
mod policy;
mod words;

pub use data::data_page;
pub use leave::leave_page;
pub use policy::policy_page;
