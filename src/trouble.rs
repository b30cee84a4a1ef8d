//! Telling a resident why something was refused or went wrong, and what to do now.

mod desk;
mod words;

pub use words::{doubt, refusal, trouble, trouble_view};
