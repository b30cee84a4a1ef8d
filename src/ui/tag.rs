//! A state in words on a quiet wash.

use super::{View, el};

/// How a tag is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Free, open, done.
    Open,
    /// Wait, look out.
    Wait,
    /// Full, closed, over.
    Full,
    /// Soon, urgent.
    Hot,
    /// Just a word.
    Plain,
}

/// A tag.
pub fn tag(tone: Tone, words: impl Into<String>) -> View {
    let class = match tone {
        Tone::Open => "tag tag-open",
        Tone::Wait => "tag tag-wait",
        Tone::Full => "tag tag-full",
        Tone::Hot => "tag tag-hot",
        Tone::Plain => "tag tag-plain",
    };
    el("span", class).text(words).done()
}
