//! A booking: how it stands in words first, then its code and what to know.

use domain::{
    booking::{
        Booking, BookingState,
        api::{CancelBooking, GetBooking},
    },
    failure::Problem,
    id::BookingId,
    screen::Screen,
    time::CHINA,
};
use leptos::prelude::*;

use super::{ticket, words};
use crate::{
    call::Trouble,
    clock, host,
    lang::say,
    session, trouble,
    ui::{
        Act, Look, Page, Question, View, button, confirm, el, icon, icon_class, link_button, load, note,
        nothing,
    },
};

/// Answers that are out of date once a place was given back.
const OUTDATED: [&str; 4] = ["/api/bookings", "/api/offerings/", "/api/cities/", "/api/centres/"];

/// The page of a booking; `?new=1` right after it was made.
pub fn booking_page(id: &BookingId) -> View {
    if !session::signed_in() {
        let page = Page::new(words::booking()).back(words::mine(), Screen::Mine.path());
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    let page = Page::bare(words::mine()).back(words::mine(), Screen::Mine.path());
    let new = host::query("new").is_some();
    let cancel = Act::new(CHINA);
    let asking = RwSignal::new(false);
    page.with(load::<GetBooking>(id, move |booking| view(&booking, new, cancel, asking))).done()
}

fn view(booking: &Booking, new: bool, cancel: Act, asking: RwSignal<bool>) -> View {
    document().set_title(&say(&booking.title));
    let over = booking.ends() <= clock::now();
    let body = match (booking.state, booking.position) {
        (BookingState::Confirmed, _) if !over => confirmed(booking, new),
        (BookingState::Waitlisted, Some(position)) if !over => waiting(booking, position),
        (BookingState::Cancelled, _) => ended(booking, words::cancelled(), words::cancelled_note()),
        _ => ended(booking, words::over(), ""),
    };
    let call = el("a", "button-line")
        .attr("href", format!("tel:{}", booking.phone))
        .child(icon("phone"))
        .text(words::call(booking))
        .done();
    let mut buttons = el("div", "section stack").child(call);
    if booking.state.is_live() && !over {
        buttons = buttons.child(to_calendar(booking));
    }
    if booking.may_cancel(clock::now()) {
        buttons = buttons
            .child(button(Look::Line, words::cancel(booking.state), move || asking.set(true)))
            .child(ask(booking, cancel, asking));
    }
    el("div", "").child(body).child(buttons.done()).done()
}

/// The booking for the phone's own calendar, which the app's router must leave to the browser.
fn to_calendar(booking: &Booking) -> View {
    let link = el("a", "button-line")
        .attr("href", format!("/api/bookings/{}/calendar.ics", booking.id))
        .attr("rel", "external")
        .child(icon("calendar"))
        .text(words::to_calendar())
        .done();
    let week = Screen::Week.path();
    let instead = el("a", "link").attr("href", week).text(words::week()).done();
    let note = el("p", "field-hint").text(words::calendar_note()).text(" ").child(instead).done();
    el("div", "").child(link).child(note).done()
}

fn confirmed(booking: &Booking, new: bool) -> View {
    let said = if new { note("note note-ok section", words::new_confirmed()) } else { nothing() };
    let title =
        el("h1", "").text(words::confirmed()).text(" ").child(icon_class("check", "icon good")).done();
    let lede = if new { nothing() } else { el("p", "lede").text(words::confirmed_lede()).done() };
    el("div", "")
        .child(el("header", "").child(title).child(lede).done())
        .child(said)
        .child(ticket::with_code(booking))
        .done()
}

fn waiting(booking: &Booking, position: u32) -> View {
    let number = el("div", "receipt")
        .child(el("h1", "visually-hidden").text(words::waiting_title(position)).done())
        .child(el("p", "").attr("aria-hidden", "true").text(words::waiting_before()).done())
        .child(el("p", "count count-big").attr("aria-hidden", "true").text(position.to_string()).done())
        .child(el("p", "").text(words::waiting_after(&words::receipt(booking))).done())
        .done();
    let how = el("div", "section card")
        .child(el("b", "").text(words::waiting_how()).done())
        .child(el("p", "small").text(words::waiting_note()).done())
        .done();
    el("div", "").child(number).child(ticket::plain(booking)).child(how).done()
}

fn ended(booking: &Booking, title: &'static str, words: &'static str) -> View {
    let lede = if words.is_empty() { nothing() } else { el("p", "lede").text(words).done() };
    let again = Screen::Offering(booking.offering.clone()).path();
    el("div", "")
        .child(el("header", "").child(el("h1", "").text(title).done()).child(lede).done())
        .child(ticket::plain(booking))
        .child(el("p", "section").child(link_button(Look::Main, words::again(), again)).done())
        .done()
}

/// The question before a place is given back.
fn ask(booking: &Booking, cancel: Act, asking: RwSignal<bool>) -> View {
    let question = Question {
        title: words::cancel_title(),
        words: words::cancel_words(booking.state).to_owned(),
        yes: words::cancel_yes(),
        meanwhile: words::cancelling(),
        no: words::cancel_no(),
    };
    let id = booking.id.clone();
    let tap = move || {
        let (id, onto) = (id.clone(), id.clone());
        let done = move |_| {
            asking.set(false);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        };
        cancel.send_onto::<CancelBooking, GetBooking>(id, (), &OUTDATED, move |_| onto, done);
    };
    confirm(asking, question, cancel, tap)
}
