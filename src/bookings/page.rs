//! A booking: how it stands in words first, then its code and what to know.

use domain::{
    booking::{Booking, BookingState, api::GetBooking},
    failure::Problem,
    id::BookingId,
    screen::Screen,
};
use leptos::prelude::*;

use super::{acts::Acts, arrive, attendance, ended, queue, ticket, words};
use crate::{
    acting,
    call::{self, Trouble},
    clock, host,
    lang::say,
    session, trouble,
    ui::{Look, Page, View, ask_again, button, el, icon, icon_class, load, note, nothing},
};

/// About how often it is asked how the booking stands, in seconds.
const AGAIN: u32 = 40;

/// The page of a booking; `?new=1` right after it was made.
pub fn booking_page(id: &BookingId) -> View {
    if !session::signed_in() {
        let page = Page::new(words::booking()).back(words::mine(), Screen::Mine.path());
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    let page = Page::bare(words::mine()).back(words::mine(), Screen::Mine.path());
    let new = host::query("new").is_some();
    let acts = Acts::new();
    ask_again(|| AGAIN, call::refresh);
    page.with(load::<GetBooking>(id, move |booking| view(&booking, new, acts))).done()
}

fn view(booking: &Booking, new: bool, acts: Acts) -> View {
    document().set_title(&say(&booking.title));
    let over = booking.ends() <= clock::now();
    if booking.theirs {
        return theirs(booking);
    }
    let body = match (booking.state, booking.position) {
        (BookingState::Confirmed, _) if !over => confirmed(booking, new, acts),
        (BookingState::Attended, _) if !over && booking.may_arrive(clock::now()) => goes_on(booking, acts),
        (BookingState::Attended, _) if !over => here(booking),
        (BookingState::Waitlisted, Some(position)) if clock::now() < booking.starts() => {
            queue::waiting(booking, position, acts)
        }
        (BookingState::Offered, _) if !over => queue::offered(booking, acts),
        _ => ended::ended(booking, acts),
    };
    let call = el("a", "button-line")
        .attr("href", format!("tel:{}", booking.phone))
        .child(icon("phone"))
        .text(words::call(booking))
        .done();
    let mut buttons = el("div", "section stack").child(call);
    if booking.state.is_live() && booking.state != BookingState::Offered && !over && !booking.is_stay() {
        buttons = buttons.child(to_calendar(booking));
    }
    if booking.may_cancel(clock::now()) && booking.state != BookingState::Offered {
        buttons = buttons
            .child(button(Look::Line, words::cancel(booking), move || acts.asking.set(true)))
            .child(el("p", "field-hint").text(words::cancel_hint()).done());
    }
    el("div", "")
        .child(body)
        .child(attendance::noted(booking))
        .child(buttons.done())
        .child(acts.ask(booking))
        .done()
}

/// The booking for the phone's own calendar, which the app's router must leave to the browser.
fn to_calendar(booking: &Booking) -> View {
    let link = el("a", "button-line")
        .attr("href", format!("/api/bookings/{}/calendar.ics{}", booking.id, acting::query()))
        .attr("rel", "external")
        .child(icon("calendar"))
        .text(words::to_calendar())
        .done();
    let week = Screen::Week.path();
    let instead = el("a", "link").attr("href", week).text(words::week()).done();
    let note = el("p", "field-hint").text(words::calendar_note()).text(" ").child(instead).done();
    el("div", "").child(link).child(note).done()
}

fn confirmed(booking: &Booking, new: bool, acts: Acts) -> View {
    let said = if new && !booking.is_stay() {
        note("note note-ok section", words::new_confirmed())
    } else {
        nothing()
    };
    let lede = match new {
        _ if booking.is_stay() => el("p", "lede").text(words::stay_lede()).done(),
        _ if words::is_shift(booking) => el("p", "lede").text(words::shift_lede()).done(),
        true => nothing(),
        false => el("p", "lede").text(words::confirmed_lede()).done(),
    };
    el("div", "")
        .child(head(words::confirmed_title(booking), lede))
        .child(arrive::arrive(booking, acts))
        .child(said)
        .child(ticket::with_code(booking))
        .done()
}

/// What another guardian of the child booked: to be looked at.
fn theirs(booking: &Booking) -> View {
    let title = el("h1", "").text(say(&booking.title)).done();
    let note = note("note section", words::theirs());
    // The code is for whoever brings the child.
    let ticket = if booking.code.is_empty() { ticket::plain } else { ticket::with_code };
    el("div", "")
        .child(el("header", "").child(title).done())
        .child(note)
        .child(ticket(booking))
        .child(attendance::noted(booking))
        .done()
}

/// A course that has begun: the next meeting.
fn goes_on(booking: &Booking, acts: Acts) -> View {
    let next = booking.next_meeting(clock::now());
    let title = next.map(|(number, span)| words::next_meeting(number, span, booking.zone));
    let lede = el("p", "lede").text(words::confirmed_lede()).done();
    el("div", "")
        .child(head(&title.unwrap_or_default(), lede))
        .child(arrive::arrive(booking, acts))
        .child(ticket::with_code(booking))
        .done()
}

/// Checked in.
fn here(booking: &Booking) -> View {
    let lede = el("p", "lede").text(words::here_lede()).done();
    el("div", "").child(head(words::here(), lede)).child(ticket::with_code(booking)).done()
}

fn head(title: &str, lede: View) -> View {
    let title = el("h1", "").text(title).text(" ").child(icon_class("check", "icon good")).done();
    el("header", "").child(title).child(lede).done()
}
