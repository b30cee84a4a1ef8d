//! A cell that opens: a list of many things stays short until somebody wants to know.

use leptos::prelude::*;

use crate::ui::{View, el, icon, live, nothing};

/// A cell with its title and a line under it; a tap shows or hides `inside`.
pub fn fold(
    title: impl Into<String>,
    note: impl Into<String>,
    end: View,
    inside: impl Fn() -> View + Send + 'static,
) -> View {
    let open = RwSignal::new(false);
    let words = el("span", "grow")
        .child(el("span", "cell-title").text(title).done())
        .child(el("span", "cell-note").text(note).done())
        .done();
    let arrow = el("span", "cell-end").child(end).child(icon("down")).done();
    let head = el("button", "cell")
        .attr("type", "button")
        .on("click", move |_| open.update(|open| *open = !*open))
        .attr_live("aria-expanded", move || Some(open.get().to_string()))
        .child(words)
        .child(arrow)
        .done();
    el("div", "fold")
        .child(head)
        .child(live(
            move || if open.get() { el("div", "fold-inside").child(inside()).done() } else { nothing() },
        ))
        .done()
}
