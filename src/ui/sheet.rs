//! A dialog that comes from the bottom.

use leptos::prelude::*;

use super::{View, el, focus, live, nothing};

/// Shows `body` in a sheet while `open` holds; a tap beside it, or Escape, closes it. The focus goes
/// into it, and back to where it was.
pub fn sheet(title: &'static str, open: RwSignal<bool>, body: impl Fn() -> View + Send + 'static) -> View {
    let opener = StoredValue::new_local(None::<web_sys::Element>);
    live(move || {
        if !open.get() {
            if let Some(Some(opener)) = opener.try_update_value(Option::take) {
                focus(opener);
            }
            return nothing();
        }
        opener.set_value(document().active_element());
        request_animation_frame(|| {
            if let Ok(Some(sheet)) = document().query_selector(".sheet") {
                focus(sheet);
            }
        });
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
