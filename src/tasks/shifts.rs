//! The posts that volunteers man in shifts, with how many hands are missing next.

use domain::{
    centre::api::{ListOfferings, ListSeats, OfferingList, Shift},
    offering::Seats,
    screen::Screen,
    time::CHINA,
};

use super::words;
use crate::{
    lang::say,
    place,
    ui::{Tone, View, el, load_or, meta, nothing, section, tag},
    words as common,
};

/// The posts of the city, the chosen centre's first; nothing where there are none.
pub fn shifts() -> View {
    load_or::<ListOfferings>(
        &place::city(),
        |list| load_or::<ListSeats>(&place::city(), move |seats| posts(&list, &seats), nothing),
        nothing,
    )
}

fn posts(list: &OfferingList, seats: &[Seats]) -> View {
    let cards: Vec<View> = list.shifts(seats, &place::centre()).iter().map(card).collect();
    if cards.is_empty() {
        return nothing();
    }
    let about = el("p", "small").text(words::shifts_note()).done();
    section(words::shifts(), None, vec![about, el("div", "stack section").children(cards).done()])
}

fn card(shift: &Shift) -> View {
    let tone = if shift.seats.free > 0 { Tone::Hot } else { Tone::Full };
    let head = el("span", "row")
        .child(el("b", "grow").text(say(&shift.card.title)).done())
        .child(tag(tone, words::left(shift.seats.free)))
        .done();
    el("a", "card task")
        .attr("href", Screen::Offering(shift.card.id.clone()).path())
        .child(head)
        .child(meta("clock", words::next_shift(&common::moment(shift.seats.starts, CHINA))))
        .child(meta("pin", say(&shift.centre.name)))
        .done()
}
