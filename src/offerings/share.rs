//! Sharing: how often a household may come in a week, and whether it would share its table.

mod words;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::desk::Desk;
use crate::ui::{View, el, live, nothing};

/// How often they may still come that week, where there is a share.
pub fn note(desk: Desk) -> View {
    let left = Memo::new(move |_| desk.share_left());
    live(move || match left.get() {
        Some((left, allowed)) => el("p", "small").text(words::left(left, allowed)).done(),
        None => desk.page(|page| match page.offering.terms.fair {
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
