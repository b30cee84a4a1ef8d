//! A dialog that comes from the bottom.

use leptos::prelude::*;

use super::{el, live, nothing};

/// Shows `body` in a sheet while `open` holds; a tap beside it, or Escape, closes it.
pub fn sheet(
    title: &'static str,
    open: RwSignal<bool>,
    body: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    live(move || {
        if !open.get() {
            return nothing();
        }
        let close = move |_| open.set(false);
        let dialog = el("div", "sheet")
            .attr("role", "dialog")
            .attr("aria-modal", "true")
            .attr("aria-labelledby", "sheet-title")
            .attr("tabindex", "-1")
            .on("keydown", move |event| {
                if js_sys::Reflect::get(&event, &"key".into()).is_ok_and(|key| key == "Escape") {
                    open.set(false);
                }
            })
            .child(el("h2", "sheet-title").attr("id", "sheet-title").text(title).done())
            .child(body())
            .done();
        el("div", "").child(el("div", "sheet-back").on("click", close).done()).child(dialog).done()
    })
}
