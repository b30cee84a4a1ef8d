//! One of several: chips and the strip of days.

use leptos::prelude::*;

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
) -> AnyView {
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
) -> AnyView {
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
