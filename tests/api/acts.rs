//! What guests do with their bookings, in a word each.

use domain::{
    booking::{
        Booking,
        api::{CancelBooking, DeclineOffer, GetBooking, RestoreBooking, StopRequest, StopWaiting, TakeOffer},
    },
    failure::Problem,
    refusal::Refusal,
    time::Moment,
};

use crate::hall::Guest;

/// What a deed is answered with.
pub type Answer = Result<Booking, Problem>;

/// The one refusal that a call was answered with.
pub fn refused<T: core::fmt::Debug>(answer: Result<T, Problem>) -> Refusal {
    match answer {
        Err(Problem::Refused(refusals)) if refusals.len() == 1 => refusals[0].clone(),
        other => panic!("not one refusal: {other:?}"),
    }
}

impl Guest {
    /// How their booking stands now.
    pub async fn sees(&self, booking: &Booking) -> Booking {
        self.client.call::<GetBooking>(booking.id.clone(), ()).await.expect("their own")
    }

    /// Gives it back.
    pub async fn cancels(&self, booking: &Booking) -> Answer {
        self.client.call::<CancelBooking>(booking.id.clone(), ()).await
    }

    /// Takes what is offered.
    pub async fn takes(&self, booking: &Booking) -> Answer {
        self.client.call::<TakeOffer>(booking.id.clone(), ()).await
    }

    /// Lets an offer go.
    pub async fn declines(&self, booking: &Booking) -> Answer {
        self.client.call::<DeclineOffer>(booking.id.clone(), ()).await
    }

    /// Wants to be asked no more from then on.
    pub async fn stops(&self, booking: &Booking, after: Option<Moment>) -> Answer {
        self.client.call::<StopWaiting>(booking.id.clone(), StopRequest { after }).await
    }

    /// Takes a cancellation back.
    pub async fn restores(&self, booking: &Booking) -> Answer {
        self.client.call::<RestoreBooking>(booking.id.clone(), ()).await
    }
}
