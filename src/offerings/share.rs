//! Sharing: how often a household may come in a week, and whether it would share its table.

pub mod words;

use domain::offering::SlotSeats;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::desk::Desk;
use crate::ui::{self, Look, View, el, live, nothing};

/// The name of the switch in the page.
const SWITCH: &str = "share";

/// How often they may still come that week, where there is a share.
pub fn note(desk: Desk) -> View {
    let left = Memo::new(move |_| (desk.share_left(), desk.slot().is_some()));
    live(move || match left.get() {
        (Some((left, allowed)), picked) => el("p", "small").text(words::left(left, allowed, picked)).done(),
        (None, _) => desk.page(|page| match page.offering.terms.fair {
            Some(fair) => el("p", "small").text(words::each_week(fair.per_week)).done(),
            None => nothing(),
        }),
    })
}

/// The switch, where tables can be shared and one is picked.
pub fn section(desk: Desk) -> View {
    let seats = Memo::new(move |_| desk.table_seats());
    live(move || {
        let Some(seats) = seats.get() else { return nothing() };
        let input = el("input", "")
            .attr("id", SWITCH)
            .attr("type", "checkbox")
            .attr("role", "switch")
            .attr("aria-label", words::share())
            .on("change", move |event| {
                let input =
                    event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
                desk.share(input.is_some_and(|input| input.checked()));
            });
        let input = if desk.shares() { input.attr("checked", "") } else { input };
        let words = el("span", "grow")
            .text(words::share())
            .child(el("span", "cell-note").text(words::what_it_means(seats)).done())
            .done();
        let switch = el("label", "cell switch").child(words).child(input.done()).done();
        el("div", "section").child(el("div", "cells").child(switch).done()).done()
    })
}

/// Whether the party would wait for a table of its own while neighbours have seats for it.
pub fn would_help(desk: Desk, seats: &SlotSeats) -> bool {
    let party = u32::try_from(desk.people().len()).unwrap_or(u32::MAX).max(1);
    !desk.shares() && desk.week_is_full().is_none() && seats.tables.iter().any(|free| *free >= party)
}

/// The button that turns the switch on.
pub fn button(desk: Desk) -> View {
    ui::button(Look::Line, words::share_now(), move || {
        desk.share(true);
        // The switch keeps itself.
        let switch = document().get_element_by_id(SWITCH);
        if let Some(switch) = switch.and_then(|one| one.dyn_into::<web_sys::HtmlInputElement>().ok()) {
            switch.set_checked(true);
        }
    })
}
