//! Endpoints of bookings. A household sees its own and no others.

use serde::{Deserialize, Serialize};

use super::{Alternative, Booking, MOST_GUESTS};
use crate::{
    circle::{Deed, ForAnother},
    endpoint::{Audience, Endpoint, Method, Params},
    household::MOST_PEOPLE,
    id::{BookingId, PersonId, SlotId, is_id},
    time::Moment,
};

/// A party that asks for a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BookRequest {
    /// Which slot.
    pub slot: SlotId,
    /// Who comes, all of one household.
    pub people: Vec<PersonId>,
    /// The ticket with which the party's right was checked ahead, if there is one.
    #[serde(default)]
    pub ticket: Option<String>,
    /// Whether the party would share a table with others.
    #[serde(default)]
    pub share: bool,
    /// How many come along without being named, where the offering lets them.
    #[serde(default)]
    pub guests: u32,
}

impl BookRequest {
    /// A party that brings no ticket and asks for places of its own.
    pub fn new(slot: SlotId, people: Vec<PersonId>) -> Self {
        Self { slot, people, ticket: None, share: false, guests: 0 }
    }
}

/// Until when a waiting party wants to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StopRequest {
    /// From then on it waits no more; `None` to wait until the slot starts.
    pub after: Option<Moment>,
}

/// Somebody at the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ArriveRequest {
    /// The four digits that hang at the door.
    pub door: String,
}

/// Asks for places: confirmed where the party fits whole, otherwise on the waitlist.
pub struct Book;
impl Endpoint for Book {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/bookings";
    const AUDIENCE: Audience = Audience::Resident;
    const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Book);
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
    const FOR_ANOTHER: ForAnother = ForAnother::See;
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
    const FOR_ANOTHER: ForAnother = ForAnother::See;
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
    const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Cancel);
    const SUMMARY: &'static str = "Give a booking back";
    type Params = BookingId;
    type Input = ();
    type Output = Booking;
}

/// Takes the places that are held for a party; too late at the instant at which the offer lapses.
pub struct TakeOffer;
impl Endpoint for TakeOffer {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/bookings/{booking}/take";
    const AUDIENCE: Audience = Audience::Resident;
    const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Take);
    const SUMMARY: &'static str = "Take what was offered";
    type Params = BookingId;
    type Input = ();
    type Output = Booking;
}

/// Lets an offer go; the places are offered on in the same transaction.
pub struct DeclineOffer;
impl Endpoint for DeclineOffer {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/bookings/{booking}/decline";
    const AUDIENCE: Audience = Audience::Resident;
    const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Decline);
    const SUMMARY: &'static str = "Decline what was offered";
    type Params = BookingId;
    type Input = ();
    type Output = Booking;
}

/// Says until when a waiting party wants to be asked.
pub struct StopWaiting;
impl Endpoint for StopWaiting {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/bookings/{booking}/stop";
    const AUDIENCE: Audience = Audience::Resident;
    const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Stop);
    const SUMMARY: &'static str = "Say until when one wants to wait";
    type Params = BookingId;
    type Input = StopRequest;
    type Output = Booking;
}

/// Takes up again what was given back or declined within the last ten minutes: with its places where
/// they are still there, otherwise in the queue before all who came later.
pub struct RestoreBooking;
impl Endpoint for RestoreBooking {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/bookings/{booking}/restore";
    const AUDIENCE: Audience = Audience::Resident;
    const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Restore);
    const SUMMARY: &'static str = "Take back a cancellation";
    type Params = BookingId;
    type Input = ();
    type Output = Booking;
}

/// Checks in with the digits that hang at the door.
pub struct Arrive;
impl Endpoint for Arrive {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/api/bookings/{booking}/arrive";
    const AUDIENCE: Audience = Audience::Resident;
    const FOR_ANOTHER: ForAnother = ForAnother::Act(Deed::Arrive);
    const SUMMARY: &'static str = "Check in at the door";
    type Params = BookingId;
    type Input = ArriveRequest;
    type Output = Booking;
}

/// What a party of so many asks for, in addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// In the place of which slot.
    pub slot: SlotId,
    people: String,
}

impl Instead {
    /// Something for so many in the place of that slot.
    pub fn of(slot: SlotId, people: u32) -> Self {
        Self { slot, people: people.to_string() }
    }

    /// How many come.
    pub fn people(&self) -> u32 {
        self.people.parse().unwrap_or(1)
    }
}

impl Params for Instead {
    const SAMPLE: Self = Self { slot: SlotId(String::new()), people: String::new() };

    fn values(&self) -> Vec<&str> {
        vec![self.slot.as_str(), &self.people]
    }

    fn parse(values: &[&str]) -> Option<Self> {
        match values {
            [slot, people] if is_id(slot) => {
                let people =
                    people.parse().ok().filter(|people| (1..=MOST_PEOPLE + MOST_GUESTS).contains(people))?;
                Some(Self::of(SlotId::from(*slot), people))
            }
            _ => None,
        }
    }
}

/// Other slots of the same sort in which a party of so many fits, the nearest centre first, then the
/// nearest time: more than are shown, for who is elsewhere at some of them (`near::fitting`). The same
/// for everybody.
pub struct ListAlternatives;
impl Endpoint for ListAlternatives {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/api/slots/{slot}/alternatives/{people}";
    const AUDIENCE: Audience = Audience::Public;
    const SUMMARY: &'static str = "Other slots with places";
    type Params = Instead;
    type Input = ();
    type Output = Vec<Alternative>;
}
