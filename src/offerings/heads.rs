//! How many come in all, where not everybody needs a name.

use leptos::prelude::*;

use super::{desk::Desk, words};
use crate::ui::{View, el, live, nothing, stepper};

/// The stepper, once a slot is picked that takes guests without names.
pub fn section(desk: Desk) -> View {
    let most = Memo::new(move |_| desk.most_heads());
    live(move || {
        let Some(most) = most.get() else { return nothing() };
        let label = el("span", "")
            .text(words::heads())
            .child(el("span", "cell-note").text(words::heads_note(most)).done())
            .done();
        let shown = Signal::derive(move || desk.heads());
        let row = stepper(label, [words::fewer(), words::more()], most, shown, move |by| desk.step_heads(by));
        el("div", "section card").child(row).done()
    })
}
