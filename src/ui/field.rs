//! Fields of a form: the label above, the reason in words below.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{El, View, el, nothing};

/// A field around an input whose id is `id`. `error` is empty while nothing is wrong. Hint and error
/// are named by the input, so that they are read out with it.
pub fn field(id: &'static str, label: &str, hint: &'static str, input: El, error: Signal<String>) -> View {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = if hint.is_empty() { error_id.clone() } else { format!("{hint_id} {error_id}") };
    let hint =
        if hint.is_empty() { nothing() } else { el("p", "field-hint").attr("id", hint_id).text(hint).done() };
    let input = input
        .attr("aria-describedby", described)
        .attr_live("aria-invalid", move || (!error.get().is_empty()).then(|| "true".to_owned()));
    el("div", "field")
        .child(el("label", "").attr("for", id).text(label).done())
        .child(input.done())
        .child(hint)
        .live(move || {
            let error = error.get();
            if error.is_empty() {
                nothing()
            } else {
                el("p", "field-error").attr("id", error_id.clone()).attr("role", "alert").text(error).done()
            }
        })
        .done()
}

/// An input of one line, to be completed with attributes such as `inputmode`.
pub fn text_input(id: &'static str, kind: &'static str, value: RwSignal<String>) -> El {
    el("input", "")
        .attr("id", id)
        .attr("type", kind)
        .attr("value", value.get_untracked())
        .on("input", move |event| value.set(value_of(&event)))
}

/// An input of several lines.
pub fn text_area(id: &'static str, value: RwSignal<String>) -> El {
    el("textarea", "")
        .attr("id", id)
        .text(value.get_untracked())
        .on("input", move |event| value.set(value_of(&event)))
}

/// Writes into the input whose id is `id`, which otherwise follows only what is typed.
pub fn fill(id: &str, words: &str) {
    if let Some(input) = document().get_element_by_id(id)
        && let Ok(input) = input.dyn_into::<web_sys::HtmlInputElement>()
    {
        input.set_value(words);
    }
}

/// What an input holds after an event.
fn value_of(event: &web_sys::Event) -> String {
    let Some(target) = event.target() else { return String::new() };
    match target.dyn_into::<web_sys::HtmlTextAreaElement>() {
        Ok(area) => area.value(),
        Err(target) => {
            target.dyn_into::<web_sys::HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
        }
    }
}
