//! The terms of a course, each with all its meetings in one line.

use domain::{centre::api::OfferingPage, offering::SlotSeats};
use leptos::prelude::*;

use super::{days::state_tag, desk::Desk, tags, words};
use crate::{
    clock::now,
    lang::say,
    ui::{el, section},
};

/// The list of terms.
pub fn terms(desk: Desk, page: &OfferingPage) -> AnyView {
    let terms = page.slots.iter().map(|seats| term(desk, page, seats)).collect();
    section(words::terms(), None, vec![el("div", "slots").children(terms).done()])
}

fn term(desk: Desk, page: &OfferingPage, seats: &SlotSeats) -> AnyView {
    let zone = page.centre.zone;
    let card = &page.offering.card;
    let title = say(seats.name.as_ref().unwrap_or(&card.title));
    let mut lines = el("span", "grow")
        .child(el("b", "cell-title").text(title).done())
        .child(el("span", "cell-note").text(words::meetings(&seats.slot.meetings, zone)).done());
    if seats.waiting > 0 {
        lines = lines.child(el("span", "cell-note").text(words::waiting(seats.waiting)).done());
    }
    let state = if card.drop_in {
        tags::just_come()
    } else {
        state_tag(&seats.slot, seats.free(), card.measure, zone)
    };
    if card.drop_in {
        return el("div", "slot").child(lines.done()).child(state).done();
    }
    let id = seats.slot.id.clone();
    let pressed = desk.slot().as_ref() == Some(&id);
    let button = el("button", "slot")
        .attr("type", "button")
        .attr("aria-pressed", if pressed { "true" } else { "false" })
        .on("click", move |_| desk.pick_slot(id.clone()))
        .child(lines.done())
        .child(state);
    if seats.slot.gate(now()).is_err() { button.attr("disabled", "").done() } else { button.done() }
}
