//! What a screen shows while it loads, when there is nothing, and when something went wrong.

use super::{Look, View, button, el, icon, nothing};

/// Grey bars in the place of `lines` cells that are still on their way.
pub fn skeleton(lines: usize) -> View {
    let cell = || {
        el("div", "cell")
            .child(
                el("span", "grow")
                    .child(el("span", "skeleton").done())
                    .child(el("span", "skeleton skeleton-short").done())
                    .done(),
            )
            .done()
    };
    el("div", "cells section")
        .attr("aria-hidden", "true")
        .children((0..lines).map(|_| cell()).collect())
        .done()
}

/// Nothing here yet: what it is, and what to do next.
pub fn empty(icon_name: &str, words: &str, action: Option<View>) -> View {
    el("div", "empty")
        .child(icon(icon_name))
        .child(el("p", "").text(words).done())
        .children(action.into_iter().collect())
        .done()
}

/// What a button says, and what it does.
pub type Retry = (&'static str, Box<dyn FnMut()>);

/// Something went wrong: what happened, whether anything is lost, and what to do.
pub fn trouble(title: &str, words: &str, retry: Option<Retry>) -> View {
    el("div", "trouble")
        .attr("role", "alert")
        .child(icon("info"))
        .child(el("h2", "").text(title).done())
        .child(el("p", "").text(words).done())
        .child(match retry {
            Some((words, tap)) => button(Look::Line, words, tap),
            None => nothing(),
        })
        .done()
}

/// A word to the reader. `class` is one of `note`, `note note-ok`, `note note-warn`, `note note-bad`.
pub fn note(class: &'static str, words: impl Into<String>) -> View {
    el("p", class).attr("role", "status").text(words).done()
}
