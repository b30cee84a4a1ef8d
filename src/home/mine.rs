//! My next booking, if there is one today or tomorrow, and an offer that waits for my answer. It may quietly be missing: the home page is
//! for everybody.

use domain::{
    booking::{Booking, BookingState, api::ListBookings},
    screen::Screen,
    time::{Moment, Span, days_after},
};
use leptos::prelude::*;

use super::words;
use crate::{
    clock::now,
    lang::say,
    session,
    ui::{Tone, View, el, live, load_or, nothing, tag},
    words::moment,
};

/// What is mine, as far as is known.
#[derive(Clone, Copy)]
pub struct Mine {
    next: RwSignal<Option<Next>>,
    offer: RwSignal<Option<Booking>>,
}

/// A booking and the meeting of it that comes next.
#[derive(Clone)]
pub struct Next {
    /// The booking.
    pub booking: Booking,
    /// The meeting.
    pub meeting: Span,
}

impl Next {
    /// Where its code is shown.
    pub fn address(&self) -> String {
        Screen::Booking(self.booking.id.clone()).path()
    }
}

impl Mine {
    /// Nothing known yet.
    pub fn ask() -> Self {
        Self { next: RwSignal::new(None), offer: RwSignal::new(None) }
    }

    /// What finds it out; shows nothing itself.
    pub fn loader(self) -> View {
        live(move || {
            if !session::signed_in() {
                self.next.set(None);
                self.offer.set(None);
                return nothing();
            }
            let found = move |bookings: Vec<Booking>| {
                self.offer.set(offer(&bookings, now()));
                self.next.set(next(bookings, now()));
                nothing()
            };
            load_or::<ListBookings>(&(), found, nothing)
        })
    }

    /// Draws it, or `other` where there is none; follows changes.
    pub fn draw(
        self,
        draw: impl Fn(&Next) -> View + Send + 'static,
        other: impl Fn() -> View + Send + 'static,
    ) -> View {
        live(move || self.next.with(|next| next.as_ref().map_or_else(&other, &draw)))
    }

    /// One line where an offer waits for an answer, and nothing otherwise; follows changes.
    pub fn asks(self) -> View {
        live(move || {
            self.offer.with(|offer| match offer {
                Some(Booking { id, title, until: Some(until), zone, .. }) => {
                    el("a", "card row home-soon home-offer")
                        .attr("href", Screen::Booking(id.clone()).path())
                        .child(el("b", "grow").text(words::your_turn(&say(title))).done())
                        .child(tag(Tone::Hot, words::please_answer()))
                        .child(el("span", "cell-note").text(words::held(&moment(*until, *zone))).done())
                        .done()
                }
                _ => nothing(),
            })
        })
    }
}

/// The offer that lapses first, of those that wait for an answer.
fn offer(bookings: &[Booking], now: Moment) -> Option<Booking> {
    let open = |booking: &&Booking| {
        booking.state == BookingState::Offered && booking.until.is_some_and(|until| until > now)
    };
    bookings.iter().filter(open).min_by_key(|booking| booking.until).cloned()
}

/// The meeting that comes next, of all that are confirmed, if it is today or tomorrow.
fn next(bookings: Vec<Booking>, now: Moment) -> Option<Next> {
    bookings
        .into_iter()
        .filter(|booking| matches!(booking.state, BookingState::Confirmed | BookingState::Attended))
        .filter_map(|booking| {
            let (_, meeting) = booking.next_meeting(now)?;
            let tomorrow = days_after(now.day(booking.zone), 1);
            (meeting.starts.day(booking.zone) <= tomorrow).then_some(Next { booking, meeting })
        })
        .min_by_key(|next| next.meeting.starts)
}
