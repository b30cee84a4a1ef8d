//! Buttons and links that look like buttons. One red button a screen.

use leptos::prelude::*;

use super::{El, View, el};

/// What a button looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The red one.
    Main,
    /// White with a line.
    Line,
    /// Just words.
    Quiet,
    /// The green one, for a telephone.
    Call,
    /// The red one inside a cell.
    Slim,
    /// White with a line, inside a cell.
    SlimLine,
}

impl Look {
    /// The classes in the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Main => "button",
            Self::Line => "button-line",
            Self::Quiet => "button-quiet",
            Self::Call => "button-call",
            Self::Slim => "button button-slim",
            Self::SlimLine => "button-line button-slim",
        }
    }
}

/// A button.
pub fn button(look: Look, words: impl Into<String>, tap: impl FnMut() + 'static) -> View {
    button_el(look, tap).text(words).done()
}

/// A button to be completed: with an icon, or with attributes that follow signals.
pub fn button_el(look: Look, mut tap: impl FnMut() + 'static) -> El {
    el("button", look.class()).attr("type", "button").on("click", move |_| tap())
}

/// A link that looks like a button.
pub fn link_button(look: Look, words: impl Into<String>, address: impl Into<String>) -> View {
    el("a", look.class()).attr("href", address).text(words).done()
}

/// A button that is busy, and cannot be tapped, while `busy` holds; its words change meanwhile.
pub fn busy_button(
    look: Look,
    words: &'static str,
    meanwhile: &'static str,
    busy: RwSignal<bool>,
    mut tap: impl FnMut() + 'static,
) -> View {
    button_el(look, move || {
        if !busy.get_untracked() {
            tap();
        }
    })
    .attr_live("aria-busy", move || busy.get().then(|| "true".to_owned()))
    .live(move || super::text(if busy.get() { meanwhile } else { words }))
    .done()
}
