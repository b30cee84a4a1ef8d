//! A number that taps make larger and smaller.

use leptos::prelude::*;

use super::{View, el, icon, text};

/// By how much the wide step goes, and from which size on there is one.
const WIDE: i32 = 10;

/// A row with what is counted, the number and its buttons; `fewer` and `more` say aloud what those do.
/// Where it may become larger than twelve, `most` that is, there is a step of ten as well.
pub fn stepper(
    label: View,
    [fewer, more]: [&'static str; 2],
    most: u32,
    shown: Signal<u32>,
    change: impl Fn(i32) + Copy + 'static,
) -> View {
    let step = move |aloud: String, inside: View, by: i32| {
        el("button", "button-line button-icon")
            .attr("type", "button")
            .attr("aria-label", aloud)
            .on("click", move |_| change(by))
            .child(inside)
            .done()
    };
    let number = el("b", "figure stepper-number")
        .attr("aria-live", "polite")
        .live(move || text(shown.get().to_string()))
        .done();
    let wide = most > 12;
    let keys = el("div", "row stepper-keys")
        .child(step(fewer.to_owned(), icon("minus"), -1))
        .child(number)
        .child(step(more.to_owned(), icon("plus"), 1))
        .children(
            wide.then(|| step(format!("{more} +{WIDE}"), text(format!("+{WIDE}")), WIDE))
                .into_iter()
                .collect(),
        )
        .done();
    el("div", "stepper").child(label).child(keys).done()
}
