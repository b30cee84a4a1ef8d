//! The language of this page. It is settled by the server, in `<html lang>`, and changing it loads
//! the page anew: so words are plain text and need no signals.

use domain::text::{Lang, Text};
use leptos::prelude::document;

thread_local! {
    static LANG: Lang = match document().document_element().map(|html| html.get_attribute("lang")) {
        Some(Some(lang)) if lang.starts_with("en") => Lang::En,
        _ => Lang::Zh,
    };
}

/// The language of this page.
pub fn lang() -> Lang {
    LANG.with(|lang| *lang)
}

/// The words in the language of this page.
pub fn t(zh: &'static str, en: &'static str) -> &'static str {
    match lang() {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// A text from data in the language of this page.
pub fn say(text: &Text) -> String {
    text.in_lang(lang()).to_owned()
}
