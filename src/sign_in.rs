//! Signing in with a phone and a one-time code. No password, no puzzle.

mod code;
mod page;
mod wechat;
mod words;

pub use page::sign_in_page;
