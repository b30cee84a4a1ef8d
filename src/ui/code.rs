//! The form for a code that somebody read out: eight letters and digits, checked while one types.

use domain::invitation::read_code;
use leptos::prelude::*;

use super::{Act, Look, View, el, field, text_input};

/// The words of such a form.
#[derive(Clone, Copy)]
pub struct CodeWords {
    /// What the field is called, and where the code comes from.
    pub field: [&'static str; 2],
    /// That it cannot be one.
    pub wrong: &'static str,
    /// The button, and the same while it is under way.
    pub button: [&'static str; 2],
}

/// The form; `come` gets a code as it was made, however it was typed.
pub fn code_form(say: CodeWords, act: Act, come: impl Fn(String) + Clone + 'static) -> View {
    let (typed, tried) = (RwSignal::new(String::new()), RwSignal::new(false));
    let send = move || {
        tried.set(true);
        if let Some(code) = read_code(&typed.get_untracked()) {
            act.renew();
            come(code);
        }
    };
    let error = Signal::derive(move || {
        let wrong = tried.get() && read_code(&typed.get()).is_none();
        if wrong { say.wrong.to_owned() } else { String::new() }
    });
    let input = text_input("code", "text", typed)
        .attr("autocomplete", "off")
        .attr("autocapitalize", "characters")
        .attr("maxlength", "12");
    let (on_enter, ([label, hint], [button, meanwhile])) = (send.clone(), (say.field, say.button));
    el("form", "section")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            on_enter();
        })
        .child(field("code", label, hint, input, error))
        .child(el("div", "section").child(act.says()).done())
        .child(act.button(Look::Main, button, meanwhile, send))
        .done()
}
