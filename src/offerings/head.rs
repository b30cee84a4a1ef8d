//! The head of an offering's page: what it is, for whom, how long, for how much, and where.

use domain::{centre::api::OfferingPage, screen::Screen};
use leptos::prelude::*;

use super::{desk::is_course, words};
use crate::{
    centres::dotted,
    lang::say,
    ui::{View, el, icon},
    words as shared,
};

/// The head.
pub fn head(page: &OfferingPage) -> View {
    let (offering, centre) = (&page.offering, &page.centre);
    let title = say(&offering.card.title);
    document().set_title(&title);
    let each = if is_course(page) { String::new() } else { each(page) };
    let company = if offering.terms.with_adult { words::with_adult() } else { "" };
    let pieces =
        [shared::price(offering.card.price), each, shared::ages(offering.card.ages), company.to_owned()];
    let back = el("a", "back")
        .attr("href", Screen::Centre(centre.id.clone()).path())
        .child(icon("back"))
        .text(say(&centre.name))
        .done();
    let place = el("p", "meta")
        .child(icon("pin"))
        .child(el("span", "").text(dotted(&[say(&centre.name), say(&offering.place)])).done())
        .done();
    let summary = el("p", "offering-summary").text(say(&offering.summary)).done();
    el("header", "page-head")
        .child(back)
        .child(el("h1", "").text(title).done())
        .child(el("p", "lede").text(dotted(&pieces)).done())
        .child(summary)
        .child(place)
        .done()
}

/// The way back while it is not known to which centre.
pub fn back_to_list() -> View {
    let list = el("a", "back").attr("href", Screen::Join.path()).child(icon("back")).text(words::title());
    el("header", "page-head").child(list.done()).done()
}

/// How long one time is, where all are as long.
fn each(page: &OfferingPage) -> String {
    let mut lengths =
        page.slots.iter().flat_map(|seats| &seats.slot.meetings).map(|span| span.ends.0 - span.starts.0);
    match lengths.next() {
        Some(first) if lengths.all(|length| length == first) => words::each(first),
        _ => String::new(),
    }
}
