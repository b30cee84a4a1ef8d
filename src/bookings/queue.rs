//! Waiting in the queue, and what is held for whom it was the turn of.

mod stop;
mod words;

use domain::booking::{Booking, Odds};
use leptos::prelude::*;

use super::{acts::Acts, others, ticket, words as common};
use crate::{
    call,
    ui::{Look, View, button, countdown, el, left_until, live, note, nothing},
    words::moment,
};

/// The number in the queue, and what there is to know while one waits.
pub fn waiting(booking: &Booking, position: u32, acts: Acts) -> View {
    let stay = booking.is_stay();
    // For a bed one wants to know who is before one.
    let (before, number) =
        if stay { (words::before_bed(), position - 1) } else { (words::before(), position) };
    let number = el("div", "receipt")
        .child(el("h1", "visually-hidden").text(words::title(position)).done())
        .child(el("p", "").attr("aria-hidden", "true").text(before).done())
        .child(el("p", "count count-big").attr("aria-hidden", "true").text(number.to_string()).done())
        .child(el("p", "").text(words::after(&common::receipt(booking))).done())
        .done();
    let (heading, odds) = match booking.odds {
        Some(odds) => (words::chance(odds).to_owned(), words::odds(odds, position)),
        None if stay => (words::how_bed().to_owned(), String::new()),
        None => (words::how().to_owned(), String::new()),
    };
    let mut how = el("div", "card").child(el("b", "").text(heading).done());
    let hold = if stay { words::hold_bed() } else { words::hold() };
    for line in [odds, hold.to_owned()] {
        if !line.is_empty() {
            how = how.child(el("p", "small").text(line).done());
        }
    }
    let passed = match booking.passed {
        Some(passed) => note("note note-warn section", words::passed(passed)),
        None => nothing(),
    };
    el("div", "")
        .child(number)
        .child(how.done())
        .child(passed)
        .child(ticket::plain(booking))
        .child(stop::stop(booking, acts))
        .child(others::others(booking))
        .done()
}

/// It is their turn: what is held, for how long, and the two answers.
pub fn offered(booking: &Booking, acts: Acts) -> View {
    let Some(until) = booking.until else { return nothing() };
    let left = left_until(until);
    let over = Memo::new(move |_| left.get().is_over());
    // Only the server says that it has lapsed.
    Effect::new(move |_| {
        if over.get() {
            call::refresh();
        }
    });
    let held = el("div", "section card receipt")
        .child(el("p", "").text(words::held_until(&moment(until, booking.zone))).done())
        .child(countdown(left, words::still))
        .child(el("p", "").text(words::night()).done())
        .done();
    let asked = booking.clone();
    let answer = live(move || {
        if over.get() {
            return note("note note-warn section", words::time_is_up());
        }
        let booking = asked.clone();
        el("div", "section buttons")
            .child(acts.take.button(Look::Main, words::take(), words::taking(), move || acts.take(&booking)))
            .child(button(Look::Line, words::decline(), move || acts.asking.set(true)))
            .done()
    });
    el("div", "")
        .child(
            el("header", "")
                .child(el("h1", "").text(words::your_turn()).done())
                .child(el("p", "lede").text(words::your_turn_lede(booking.is_stay())).done())
                .done(),
        )
        .child(held)
        .child(acts.take.says())
        .child(answer)
        .child(ticket::plain(booking))
        .done()
}

/// Whether it is more likely than not.
fn likely(odds: Odds) -> bool {
    odds.times * 2 > odds.of
}
