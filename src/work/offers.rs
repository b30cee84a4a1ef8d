//! Offers that wait for an answer, on the first page of the workbench: the desk rings who does not look.

mod words;

use domain::{
    id::PersonId,
    screen::Screen,
    work::{OpenOffer, WorkDay},
};
use leptos::prelude::*;

use super::look;
use crate::{
    lang::say,
    ui::{Look, View, button::button_el, cells, el, link_button, nothing, section},
    words as common,
};

/// The sheet that opens a record, and whose. It outlives the list.
#[derive(Clone, Copy)]
pub struct Ring {
    open: RwSignal<bool>,
    whom: RwSignal<Option<PersonId>>,
}

impl Ring {
    /// Shut.
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), whom: RwSignal::new(None) }
    }

    /// The sheet: what for, then the number to be called.
    pub fn view(self) -> View {
        look::sheet_of(self.open, self.whom)
    }
}

/// Who has been offered a place and has not answered; nothing where there is nobody.
pub fn list(day: &WorkDay, ring: Ring) -> View {
    if day.offers.is_empty() {
        return nothing();
    }
    let list = cells(day.offers.iter().map(|offer| cell(day, offer, ring)).collect());
    let hint = el("p", "small").text(words::hint()).done();
    section(words::title(), None, vec![el("div", "stack").child(hint).child(list).done()])
}

fn cell(day: &WorkDay, offer: &OpenOffer, ring: Ring) -> View {
    let note = |words: String| el("span", "cell-note").text(words).done();
    let who = words::who(offer);
    let words = el("span", "grow")
        .child(el("span", "cell-title").text(who.clone()).done())
        .child(note(format!("{} · {}", say(&offer.title), common::when(offer.span, day.zone))))
        .child(note(words::until(offer.until, day.zone)))
        .child(note(words::reach(offer)))
        .done();
    let mut buttons = el("div", "party-buttons row no-print");
    if offer.phone.is_some() {
        let person = offer.person.clone();
        let open = button_el(Look::SlimLine, move || {
            ring.whom.set(Some(person.clone()));
            ring.open.set(true);
        });
        buttons = buttons.child(open.attr("aria-label", words::ring_whom(&who)).text(words::ring()).done());
    }
    let roster = Screen::WorkSlot(offer.slot.clone()).path();
    el("div", "cell party")
        .child(words)
        .child(buttons.child(link_button(Look::SlimLine, words::answer(), roster)).done())
        .done()
}
