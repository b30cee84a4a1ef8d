//! The terms of a course, each with all its meetings in one line.

use domain::{centre::api::OfferingPage, offering::SlotSeats};

use super::{
    days::{others, state_tag},
    desk::{Desk, can_pick, is_stay},
    tags, words,
};
use crate::{
    clock::now,
    lang::say,
    ui::{View, el, section},
};

/// The list of terms.
pub fn terms(desk: Desk, page: &OfferingPage) -> View {
    let terms = page.slots.iter().map(|seats| term(desk, page, seats)).collect();
    let title = if is_stay(page) { words::pick_bed() } else { words::terms() };
    section(title, None, vec![el("div", "slots").children(terms).done()])
}

fn term(desk: Desk, page: &OfferingPage, seats: &SlotSeats) -> View {
    let zone = page.centre.zone;
    let card = &page.offering.card;
    let title = say(seats.name.as_ref().unwrap_or(&card.title));
    let mut notes = vec![words::meetings(&seats.slot.meetings, zone)];
    notes.retain(|note| !note.is_empty());
    notes.extend(words::changes(&seats.slot.meetings, zone));
    if seats.waiting > 0 {
        let stay = is_stay(page);
        notes.push(if stay { words::waiting_for_bed(seats.waiting) } else { words::waiting(seats.waiting) });
    }
    notes.extend(others(seats).into_iter().filter(|note| !note.is_empty()));
    let notes = notes.into_iter().map(|note| el("span", "term-note").text(note).done()).collect();
    let lines =
        |line, state| el(line, "slot").child(el("b", "grow").text(title).done()).child(state).children(notes);
    if card.drop_in {
        return lines("div", tags::just_come()).done();
    }
    let id = seats.slot.id.clone();
    let pressed = desk.slot().as_ref() == Some(&id);
    let state = state_tag(page, seats);
    let button = lines("button", state)
        .attr("type", "button")
        .attr("aria-pressed", if pressed { "true" } else { "false" })
        .on("click", move |_| desk.pick_slot(id.clone()));
    if can_pick(page, seats, now()) { button.done() } else { button.attr("disabled", "").done() }
}
