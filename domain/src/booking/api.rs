//! Endpoints of bookings. A household sees its own and no others.

use serde::{Deserialize, Serialize};

use super::Booking;
use crate::{
    endpoint::{Audience, Endpoint, Method},
    id::{BookingId, PersonId, SlotId},
};

/// A party that asks for a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BookRequest {
    /// Which slot.
    pub slot: SlotId,
    /// Who comes, all of one household.
    pub people: Vec<PersonId>,
}

/// Asks for places: confirmed where the party fits whole, otherwise on the waitlist.
pub struct Book;
impl Endpoint for Book {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/bookings";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "Book a slot for people of the household";
    type Params = ();
    type Input = BookRequest;
    type Output = Booking;
}

/// The household's bookings: what is to come, earliest first, then what is over, latest first.
pub struct ListBookings;
impl Endpoint for ListBookings {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/bookings";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "The household's bookings";
    type Params = ();
    type Input = ();
    type Output = Vec<Booking>;
}

/// One of the household's bookings.
pub struct GetBooking;
impl Endpoint for GetBooking {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/bookings/{booking}";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "One of the household's bookings";
    type Params = BookingId;
    type Input = ();
    type Output = Booking;
}

/// Gives a booking back; its places go to who waits in the same transaction.
pub struct CancelBooking;
impl Endpoint for CancelBooking {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/bookings/{booking}/cancel";
    const AUDIENCE: Audience = Audience::Resident;
    const SUMMARY: &'static str = "Give a booking back";
    type Params = BookingId;
    type Input = ();
    type Output = Booking;
}
