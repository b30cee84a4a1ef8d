//! Facts: an icon with words, and labels with values.

use super::{View, el, icon, text};

/// A line of facts: an icon, and words that say the same.
pub fn meta(icon_name: &str, words: impl Into<String>) -> View {
    el("span", "meta").child(icon(icon_name)).child(el("span", "").text(words).done()).done()
}

/// A label with its value.
pub fn fact(label: &'static str, value: View) -> View {
    el("div", "").child(el("dt", "").text(label).done()).child(el("dd", "").child(value).done()).done()
}

/// A label with words; nothing where there are none.
pub fn fact_words(label: &'static str, words: String) -> Option<View> {
    (!words.is_empty()).then(|| fact(label, text(words)))
}

/// A list of labels with values.
pub fn facts(facts: Vec<View>) -> View {
    el("dl", "facts").children(facts).done()
}
