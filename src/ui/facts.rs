//! Facts: an icon with words, and labels with values.

use leptos::prelude::*;

use super::{el, icon, text};

/// A line of facts: an icon, and words that say the same.
pub fn meta(icon_name: &str, words: impl Into<String>) -> AnyView {
    el("span", "meta").child(icon(icon_name)).child(el("span", "").text(words).done()).done()
}

/// A label with its value.
pub fn fact(label: &'static str, value: AnyView) -> AnyView {
    el("div", "").child(el("dt", "").text(label).done()).child(el("dd", "").child(value).done()).done()
}

/// A label with words; nothing where there are none.
pub fn fact_words(label: &'static str, words: String) -> Option<AnyView> {
    (!words.is_empty()).then(|| fact(label, text(words)))
}

/// A list of labels with values.
pub fn facts(facts: Vec<AnyView>) -> AnyView {
    el("dl", "facts").children(facts).done()
}
