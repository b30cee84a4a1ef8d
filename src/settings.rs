//! Elder mode, the size of words, language, and signing out.

mod look;
mod page;
mod wechat;
mod words;

pub use page::settings_page;
