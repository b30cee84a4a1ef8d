//! One of several: chips and the strip of days.

use super::el::{El, View};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

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
        if let Some(row) = find(row) {
            show_chosen(&row);
        }
    });
}

/// Leaves a row that scrolls sideways where it is although it is drawn anew; what was chosen just now is
/// brought into sight. To be called before it is drawn.
pub fn keep(row: &'static str) {
    let words = |row: &HtmlElement| chosen(row).and_then(|chosen| chosen.text_content());
    let before = find(row).map(|row| (row.scroll_left(), words(&row)));
    request_animation_frame(move || {
        let Some(row) = find(row) else { return };
        match before {
            Some((left, was)) if was == words(&row) => row.set_scroll_left(left),
            _ if is_in_sight(&row) => {}
            _ => show_chosen(&row),
        }
    });
}

fn show_chosen(row: &HtmlElement) {
    if let Some(chosen) = chosen(row) {
        let middle = chosen.offset_left() - (row.client_width() - chosen.offset_width()) / 2;
        row.set_scroll_left(middle - row.offset_left());
    }
}

/// Whether all of what is chosen can be seen, or nothing is.
fn is_in_sight(row: &HtmlElement) -> bool {
    chosen(row).is_none_or(|chosen| {
        let left = chosen.offset_left() - row.offset_left() - row.scroll_left();
        0 <= left && left + chosen.offset_width() <= row.client_width()
    })
}

fn find(row: &str) -> Option<HtmlElement> {
    document().query_selector(row).ok().flatten()?.dyn_into().ok()
}

fn chosen(row: &HtmlElement) -> Option<HtmlElement> {
    row.query_selector("[aria-pressed=true]").ok().flatten()?.dyn_into().ok()
}
