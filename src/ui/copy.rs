//! A text to be copied, with a button for it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Look, View, button::button_el, el};
use crate::words;

/// A field that cannot be changed, and a button that copies what is in it. `id` is the field's own.
pub fn copy_field(id: &'static str, label: &str, hint: &str, value: String) -> View {
    let copied = RwSignal::new(None::<bool>);
    let hint_id = format!("{id}-hint");
    let input = el("input", "")
        .attr("id", id)
        .attr("type", "text")
        .attr("readonly", "")
        .attr("value", value)
        .attr("aria-describedby", hint_id.clone());
    let tap = move || copied.set(Some(copy(id)));
    let said = el("span", "").attr("role", "status").live(move || {
        super::text(match copied.get() {
            None => "",
            Some(true) => words::copied(),
            Some(false) => words::not_copied(),
        })
    });
    el("div", "field")
        .child(el("label", "").attr("for", id).text(label).done())
        .child(input.done())
        .child(el("p", "field-hint").attr("id", hint_id).text(hint).done())
        .child(
            el("div", "row section")
                .child(button_el(Look::SlimLine, tap).text(words::copy()).done())
                .child(said.done())
                .done(),
        )
        .done()
}

/// Selects what is in the field and copies it. The newer interface for this is missing in old
/// phones, and everywhere on pages without https.
fn copy(id: &str) -> bool {
    let Some(input) = document().get_element_by_id(id) else { return false };
    let Ok(input) = input.dyn_into::<web_sys::HtmlInputElement>() else { return false };
    let _ = input.focus();
    input.select();
    document().unchecked_into::<web_sys::HtmlDocument>().exec_command("copy").unwrap_or(false)
}
