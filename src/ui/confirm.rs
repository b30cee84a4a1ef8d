//! Asks once more before something is taken back.

use leptos::prelude::*;

use super::{Act, Look, View, button, el, sheet};

/// What is asked, and the words of both answers.
#[derive(Clone)]
pub struct Question {
    /// The question.
    pub title: &'static str,
    /// What follows from a yes.
    pub words: String,
    /// Yes, as a verb.
    pub yes: &'static str,
    /// What the button says while it is under way.
    pub meanwhile: &'static str,
    /// No.
    pub no: &'static str,
}

/// A sheet with a question while `open` holds. `tap` starts `act`, and closes the sheet when done.
pub fn confirm(
    open: RwSignal<bool>,
    question: Question,
    act: Act,
    tap: impl Fn() + Clone + Send + 'static,
) -> View {
    sheet(question.title, open, move || {
        let buttons = el("div", "section buttons")
            .child(act.button(Look::Main, question.yes, question.meanwhile, tap.clone()))
            .child(button(Look::Line, question.no, move || open.set(false)))
            .done();
        el("div", "")
            .child(el("p", "").text(question.words.clone()).done())
            .child(act.says())
            .child(buttons)
            .done()
    })
}
