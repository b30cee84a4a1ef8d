//! One of several: chips and the strip of days.

use super::el::{El, View};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::el;

/// Something to choose, with its words.
pub struct Choice {
    /// What is chosen.
    pub value: String,
    /// What it is called.
    pub words: String,
}

impl Choice {
    /// Something to choose.
    pub fn new(value: impl Into<String>, words: impl Into<String>) -> Self {
        Self { value: value.into(), words: words.into() }
    }
}

/// Chips of which one is chosen. `label` says for whom cannot see it what they are about.
pub fn chips(
    label: &'static str,
    choices: Vec<Choice>,
    chosen: Signal<String>,
    choose: impl Fn(String) + Clone + 'static,
) -> View {
    let chips = choices
        .into_iter()
        .map(|choice| {
            let (value, choose) = (choice.value.clone(), choose.clone());
            el("button", "chip")
                .attr("type", "button")
                .attr_live("aria-pressed", move || Some((chosen.get() == value).to_string()))
                .on("click", move |_| choose(choice.value.clone()))
                .text(choice.words)
                .done()
        })
        .collect();
    el("div", "chips").attr("role", "group").attr("aria-label", label).children(chips).done()
}

/// Chips of which several may be chosen, or none.
pub fn several(label: &'static str, choices: Vec<Choice>, chosen: RwSignal<Vec<String>>) -> View {
    let chips = choices
        .into_iter()
        .map(|choice| {
            let value = choice.value.clone();
            let tap = move |_: web_sys::Event| {
                chosen.update(|all| match all.iter().position(|one| *one == choice.value) {
                    Some(at) => drop(all.remove(at)),
                    None => all.push(choice.value.clone()),
                });
            };
            el("button", "chip")
                .attr("type", "button")
                .attr_live("aria-pressed", move || Some(chosen.get().contains(&value).to_string()))
                .on("click", tap)
                .text(choice.words)
                .done()
        })
        .collect();
    el("div", "chips").attr("role", "group").attr("aria-label", label).children(chips).done()
}

/// The browser's own list, which can be searched by typing; `options` are [`option`]s, or groups of them.
pub fn select(label: &'static str, options: Vec<View>, then: impl Fn(String) + 'static) -> El {
    el("select", "")
        .attr("aria-label", label)
        .on("change", move |event| {
            // The bare property: no binding for selects is compiled in.
            let value = event.target().and_then(|select| {
                js_sys::Reflect::get(&select.unchecked_into(), &"value".into()).ok()?.as_string()
            });
            if let Some(value) = value {
                then(value);
            }
        })
        .children(options)
}

/// Something in such a list.
pub fn option(choice: Choice, chosen: bool) -> View {
    let option = el("option", "").attr("value", choice.value);
    let option = if chosen { option.attr("selected", "") } else { option };
    option.text(choice.words).done()
}

/// A day of the strip.
pub struct DayChoice {
    /// What is chosen.
    pub value: String,
    /// Above: the weekday.
    pub above: String,
    /// Below, large: the day of the month.
    pub number: String,
    /// Whether there is something on that day.
    pub any: bool,
}

/// The strip of days.
pub fn dates(
    label: &'static str,
    days: Vec<DayChoice>,
    chosen: Signal<String>,
    choose: impl Fn(String) + Clone + 'static,
) -> View {
    let days = days
        .into_iter()
        .map(|day| {
            let (value, choose) = (day.value.clone(), choose.clone());
            el("button", if day.any { "date" } else { "date date-none" })
                .attr("type", "button")
                .attr_live("aria-pressed", move || Some((chosen.get() == value).to_string()))
                .on("click", move |_| choose(day.value.clone()))
                .child(el("span", "").text(day.above).done())
                .child(el("b", "").text(day.number).done())
                .done()
        })
        .collect();
    el("div", "dates").attr("role", "group").attr("aria-label", label).children(days).done()
}

/// Brings what is chosen into sight in a row that scrolls sideways, once it is on the page. `row` is
/// a selector of the row.
pub fn reveal(row: &'static str) {
    request_animation_frame(move || {
        let find = |from: &web_sys::Element, selector: &str| {
            from.query_selector(selector).ok().flatten()?.dyn_into::<web_sys::HtmlElement>().ok()
        };
        let chosen = document()
            .document_element()
            .and_then(|page| find(&page, row))
            .and_then(|row| find(&row, "[aria-pressed=true]").map(|chosen| (row, chosen)));
        if let Some((row, chosen)) = chosen {
            let middle = chosen.offset_left() - (row.client_width() - chosen.offset_width()) / 2;
            row.set_scroll_left(middle - row.offset_left());
        }
    });
}
