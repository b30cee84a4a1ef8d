//! The head of an offering's page: what it is, for whom, how long, for how much, and where.

use domain::{centre::api::OfferingPage, screen::Screen};
use leptos::prelude::*;

use super::{
    desk::{is_course, is_shift},
    words,
};
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
    let shift = is_shift(page);
    let company = match offering.terms.with_adult {
        true => words::with_adult(),
        false if shift => words::for_volunteers(),
        false => "",
    };
    // Nobody pays for lending a hand.
    let price = if shift { String::new() } else { shared::price(offering.card.price) };
    let pieces = [price, each, shared::ages(offering.card.ages), company.to_owned()];
    let (name, to) = if shift {
        (words::volunteer().to_owned(), Screen::Volunteer)
    } else {
        (say(&centre.name), Screen::Centre(centre.id.clone()))
    };
    let back = el("a", "back").attr("href", to.path()).child(icon("back")).text(name).done();
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
