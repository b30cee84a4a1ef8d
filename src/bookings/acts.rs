//! What can be done with a booking, and the questions that are asked before.

mod words;

use domain::{
    booking::{
        Booking, BookingState,
        api::{CancelBooking, DeclineOffer, GetBooking, RestoreBooking, TakeOffer},
    },
    time::CHINA,
};
use leptos::prelude::*;

use crate::ui::{Act, Question, View, confirm};

/// Answers that are out of date once places changed hands.
pub const OUTDATED: [&str; 6] =
    ["/api/bookings", "/api/offerings/", "/api/cities/", "/api/centres/", "/api/slots/", "/api/notices"];

/// The writes of this page. A copy is as good as the original.
#[derive(Clone, Copy)]
pub struct Acts {
    /// Taking an offer.
    pub take: Act,
    /// Letting it go, or giving the booking back.
    pub leave: Act,
    /// What else there is, of which there is one thing at a time: taking that back, saying until when
    /// one waits, checking in.
    pub other: Act,
    /// Whether the question is asked before it is given back.
    pub asking: RwSignal<bool>,
    /// Whether one says until when one waits.
    pub choosing: RwSignal<bool>,
    /// The digits at the door, as typed.
    pub door: RwSignal<String>,
}

impl Acts {
    /// Nothing under way.
    pub fn new() -> Self {
        let act = || Act::new(CHINA);
        Self {
            take: act(),
            leave: act(),
            other: act(),
            asking: RwSignal::new(false),
            choosing: RwSignal::new(false),
            door: RwSignal::new(String::new()),
        }
    }

    /// Takes what is held for this booking.
    pub fn take(self, booking: &Booking) {
        let (id, onto) = (booking.id.clone(), booking.id.clone());
        self.take.send_for_sure_onto::<TakeOffer, GetBooking>(id, (), &OUTDATED, move |_| onto);
    }

    /// Takes up again what was given back.
    pub fn restore(self, booking: &Booking) {
        let (id, onto) = (booking.id.clone(), booking.id.clone());
        self.other.send_onto::<RestoreBooking, GetBooking>(id, (), &OUTDATED, move |_| onto, to_the_top);
    }

    /// The question before a place is given back or let go.
    pub fn ask(self, booking: &Booking) -> View {
        let offered = booking.state == BookingState::Offered;
        let question = Question {
            title: if offered { words::decline_title() } else { words::cancel_title(booking) },
            words: words::cancel_words(booking).to_owned(),
            yes: if offered { words::decline_yes() } else { words::cancel_yes(booking) },
            meanwhile: words::cancelling(),
            no: if offered { words::decline_no() } else { words::cancel_no(booking) },
        };
        let id = booking.id.clone();
        let tap = move || {
            let (id, onto) = (id.clone(), id.clone());
            let done = move |booking| {
                self.asking.set(false);
                to_the_top(booking);
            };
            if offered {
                self.leave.send_onto::<DeclineOffer, GetBooking>(id, (), &OUTDATED, move |_| onto, done);
            } else {
                self.leave.send_onto::<CancelBooking, GetBooking>(id, (), &OUTDATED, move |_| onto, done);
            }
        };
        confirm(self.asking, question, self.leave, tap)
    }
}

/// What has changed is said at the top.
fn to_the_top(_: Booking) {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}
