//! What is over or was given back, by whom and why, and what one can do now.

mod words;

use domain::{
    booking::{Booking, BookingState},
    screen::Screen,
    time::{DAY, Moment},
};
use leptos::prelude::*;

use super::{acts::Acts, arrive, others, ticket, words as common};
use crate::{
    clock::now,
    lang::say,
    ui::{Look, View, el, left_until, link_button, live, nothing, text},
    words::{date, left_aloud},
};

/// For how long a mark for not having come is kept, in milliseconds.
const MARK: i64 = 30 * DAY;

/// How it ended.
pub fn ended(booking: &Booking, acts: Acts) -> View {
    let (title, lede) = said(booking);
    let lede = if lede.is_empty() { nothing() } else { el("p", "lede").text(lede).done() };
    let undo = booking.undo_until.filter(|until| *until > now());
    let again = Screen::Offering(booking.offering.clone()).path();
    let again =
        link_button(if undo.is_some() { Look::Line } else { Look::Main }, common::again(booking), again);
    let others = if wants_another(booking) { others::others(booking) } else { nothing() };
    el("div", "")
        .child(el("header", "").child(el("h1", "").text(title).done()).child(lede).done())
        .child(reason(booking))
        .child(undo.map_or_else(nothing, |until| restore(booking, until, acts)))
        .child(arrive::arrive(booking, acts))
        .child(ticket::plain(booking))
        .child(others)
        .child(el("p", "section").child(again).done())
        .done()
}

/// What happened, and what it means.
fn said(booking: &Booking) -> (&'static str, String) {
    let plain = |title: &'static str, words: &'static str| (title, words.to_owned());
    match booking.state {
        BookingState::Cancelled => plain(common::cancelled(), common::cancelled_note()),
        BookingState::Declined => plain(words::declined(), words::declined_note()),
        BookingState::Lapsed if booking.not_reached => plain(words::not_reached(), words::not_reached_note()),
        BookingState::Lapsed if booking.stop.is_some_and(|stop| stop <= now()) => {
            plain(words::stopped(), words::stopped_note())
        }
        BookingState::Lapsed => plain(words::lapsed(), words::lapsed_note()),
        BookingState::Withdrawn => (words::withdrawn(), words::withdrawn_note(&say(&booking.centre_name))),
        BookingState::Missed => {
            let fades = booking.starts().plus(MARK).day(booking.zone);
            (words::missed(), words::missed_note(&date(fades, now().day(booking.zone))))
        }
        BookingState::Attended => plain(words::attended(), words::attended_note()),
        BookingState::Waitlisted | BookingState::Offered => {
            plain(words::not_reached(), words::not_reached_note())
        }
        BookingState::Confirmed => plain(common::over(), ""),
    }
}

/// Whether whoever wanted this may still want something like it.
fn wants_another(booking: &Booking) -> bool {
    match booking.state {
        BookingState::Withdrawn | BookingState::Lapsed | BookingState::Waitlisted | BookingState::Offered => {
            true
        }
        BookingState::Declined | BookingState::Cancelled => booking.starts() > now(),
        _ => false,
    }
}

/// Why the centre took it back, in its own words.
fn reason(booking: &Booking) -> View {
    match &booking.reason {
        Some(reason) if !reason.is_empty() => el("div", "section card")
            .child(el("b", "").text(words::reason()).done())
            .child(el("p", "").text(reason).done())
            .done(),
        _ => nothing(),
    }
}

/// For ten minutes it can be taken up again.
fn restore(booking: &Booking, until: Moment, acts: Acts) -> View {
    let left = left_until(until);
    let over = Memo::new(move |_| left.get().is_over());
    let booking = booking.clone();
    live(move || {
        if over.get() {
            return nothing();
        }
        let booking = booking.clone();
        let still = el("p", "field-hint").live(move || text(words::still(&left_aloud(left.get()))));
        el("div", "section card stack")
            .child(el("p", "").text(words::restore_note()).done())
            .child(acts.other.says())
            .child(acts.other.button(Look::Main, words::restore(), words::restoring(), move || {
                acts.restore(&booking);
            }))
            .child(still.done())
            .done()
    })
}
