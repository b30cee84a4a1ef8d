//! The people one books for: what is ready for each, what is missing, and who looked at it.

mod care;
mod consent;
mod form;
mod guardians;
mod join;
mod list;
mod looks;
mod person;
mod words;

pub use care::care_page;
pub use consent::consent_page;
pub use guardians::guardians_page;
pub use join::join_page;
pub use list::family_page;
pub use looks::looks_page;
pub use person::person_page;
