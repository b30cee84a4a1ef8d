//! My next booking, if there is one today or tomorrow. It may quietly be missing: the home page is
//! for everybody.

use domain::{
    booking::{Booking, BookingState, api::ListBookings},
    screen::Screen,
    time::{Moment, Span, days_after},
};
use leptos::prelude::*;

use crate::{
    clock::now,
    session,
    ui::{View, live, load_or, nothing},
};

/// My next booking, as far as is known.
#[derive(Clone, Copy)]
pub struct Mine(RwSignal<Option<Next>>);

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
        Self(RwSignal::new(None))
    }

    /// What finds it out; shows nothing itself.
    pub fn loader(self) -> View {
        live(move || {
            if !session::signed_in() {
                self.0.set(None);
                return nothing();
            }
            let found = move |bookings: Vec<Booking>| {
                self.0.set(next(bookings, now()));
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
        live(move || self.0.with(|next| next.as_ref().map_or_else(&other, &draw)))
    }
}

/// The meeting that comes next, of all that are confirmed, if it is today or tomorrow.
fn next(bookings: Vec<Booking>, now: Moment) -> Option<Next> {
    bookings
        .into_iter()
        .filter(|booking| booking.state == BookingState::Confirmed)
        .filter_map(|booking| {
            let meeting = booking.meetings.iter().copied().find(|meeting| meeting.ends > now)?;
            let tomorrow = days_after(now.day(booking.zone), 1);
            (meeting.starts.day(booking.zone) <= tomorrow).then_some(Next { booking, meeting })
        })
        .min_by_key(|next| next.meeting.starts)
}
