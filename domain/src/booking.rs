//! The booking engine: slots, parties and the rules of who gets a place.
//!
//! Every rule is a pure function of what the database held when the slot was locked. The second
//! wall, for the day a rule is wrong, is the constraints of the schema.

use serde::{Deserialize, Serialize};

pub mod api;
#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

use crate::{
    geo::Point,
    id::{BookingId, CentreId, OfferingId, PersonId, SlotId},
    offering::{Ages, Measure, Unit},
    refusal::Refusal,
    text::Text,
    time::{Day, Moment, Span, Zone, age_in_months},
};

/// One bookable unit of an offering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Slot {
    /// Identifier.
    pub id: SlotId,
    /// Its meetings in order: one for a table hour, many for a course; never empty.
    pub meetings: Vec<Span>,
    /// Places in all.
    pub capacity: u32,
    /// When booking opens.
    pub opens: Moment,
    /// When booking closes.
    pub closes: Moment,
}

impl Slot {
    /// When the first meeting starts.
    pub fn starts(&self) -> Moment {
        self.meetings.first().map(|span| span.starts).unwrap_or_default()
    }

    /// When the last meeting ends.
    pub fn ends(&self) -> Moment {
        self.meetings.last().map(|span| span.ends).unwrap_or_default()
    }

    /// Whether it can be booked at `now`; the state of the button and the guard of the handler.
    ///
    /// # Errors
    /// Past, closed or not yet open.
    pub fn gate(&self, now: Moment) -> Result<(), Refusal> {
        if now >= self.starts() {
            Err(Refusal::SlotPast)
        } else if now >= self.closes {
            Err(Refusal::SlotClosed { closed: self.closes })
        } else if now < self.opens {
            Err(Refusal::NotYetOpen { opens: self.opens })
        } else {
            Ok(())
        }
    }
}

/// The rules of an offering that decide on a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// What takes a place.
    pub unit: Unit,
    /// Most people in one booking.
    pub party_max: u32,
    /// Age band, if any.
    pub ages: Option<Ages>,
    /// Nothing to book.
    pub drop_in: bool,
}

impl Rules {
    /// How many places a party of so many people takes.
    pub fn size(&self, people: usize) -> u32 {
        match self.unit {
            Unit::Person => u32::try_from(people).unwrap_or(u32::MAX),
            Unit::Party => 1,
        }
    }
}

/// One of a party, with what the rules need to know of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Who.
    pub person: PersonId,
    /// Date of birth, where known.
    pub born: Option<Day>,
    /// Their other live bookings that are not over.
    pub holds: Vec<Held>,
}

/// A live booking somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which booking.
    pub booking: BookingId,
    /// In which slot.
    pub slot: SlotId,
    /// Of what.
    pub title: Text,
    /// When.
    pub meetings: Vec<Span>,
}

/// Where a party comes to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// It has its places.
    Confirmed,
    /// It waits at the end of the queue.
    Waitlisted,
}

/// How a slot stands when a party asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Places taken.
    pub taken: u32,
}

/// Decides on a party that asks for `slot` at `now`. Rules 2, 3, 7 and 8 of the engine.
///
/// A newcomer that fits is confirmed even where a larger party waits: freed places go to the first
/// in order that fits whole, and whoever still waits did not fit.
///
/// # Errors
/// The first rule that refuses, with its data.
pub fn decide(
    slot: &Slot,
    rules: &Rules,
    standing: Standing,
    party: &[Attendee],
    now: Moment,
    zone: Zone,
) -> Result<Placement, Refusal> {
    if rules.drop_in {
        return Err(Refusal::DropIn);
    }
    slot.gate(now)?;
    let size = check_party(slot, rules, party)?;
    let first_day = slot.starts().day(zone);
    for attendee in party {
        check_age(attendee, rules.ages, first_day)?;
        check_clashes(attendee, slot)?;
    }
    if standing.taken.saturating_add(size) <= slot.capacity {
        Ok(Placement::Confirmed)
    } else {
        Ok(Placement::Waitlisted)
    }
}

/// Checks who is named; the places they take.
fn check_party(slot: &Slot, rules: &Rules, party: &[Attendee]) -> Result<u32, Refusal> {
    if party.is_empty() {
        return Err(Refusal::NobodyNamed);
    }
    for (index, attendee) in party.iter().enumerate() {
        if party[..index].iter().any(|earlier| earlier.person == attendee.person) {
            return Err(Refusal::NamedTwice { person: attendee.person.clone() });
        }
    }
    let size = rules.size(party.len());
    if party.len() > rules.party_max as usize || size > slot.capacity {
        let most = match rules.unit {
            Unit::Person => rules.party_max.min(slot.capacity),
            Unit::Party => rules.party_max,
        };
        return Err(Refusal::PartyTooLarge { most });
    }
    Ok(size)
}

/// Checks the age on the day of the first meeting.
fn check_age(attendee: &Attendee, ages: Option<Ages>, first_day: Day) -> Result<(), Refusal> {
    let Some(ages) = ages else { return Ok(()) };
    let person = || attendee.person.clone();
    let born = attendee.born.ok_or_else(|| Refusal::BirthdayMissing { person: person() })?;
    let age = age_in_months(born, first_day);
    match ages {
        Ages { from_months: Some(from_months), .. } if age.is_none_or(|age| age < from_months) => {
            Err(Refusal::TooYoung { person: person(), from_months })
        }
        Ages { to_months: Some(to_months), .. } if age.is_some_and(|age| age >= to_months) => {
            Err(Refusal::TooOld { person: person(), to_months })
        }
        _ => Ok(()),
    }
}

/// Checks that the attendee is not in this slot already, nor elsewhere at the time.
fn check_clashes(attendee: &Attendee, slot: &Slot) -> Result<(), Refusal> {
    for held in &attendee.holds {
        if held.slot == slot.id {
            return Err(Refusal::AlreadyIn {
                person: attendee.person.clone(),
                booking: Some(held.booking.clone()),
            });
        }
        for meeting in &held.meetings {
            if slot.meetings.iter().any(|own| own.overlaps(meeting)) {
                return Err(Refusal::Overlaps {
                    person: attendee.person.clone(),
                    title: held.title.clone(),
                    starts: meeting.starts,
                });
            }
        }
    }
    Ok(())
}

/// A party on the waitlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its booking.
    pub booking: BookingId,
    /// Places it needs.
    pub size: u32,
}

/// Which waiting parties get the `free` places: first come first, each whole or not at all.
/// `queue` is in the order of the sequence number. Rule 5.
pub fn promote(free: u32, queue: &[Waiting]) -> Vec<BookingId> {
    let mut left = free;
    queue
        .iter()
        .filter(|party| {
            let fits = party.size <= left;
            if fits {
                left -= party.size;
            }
            fits
        })
        .map(|party| party.booking.clone())
        .collect()
}

/// How a booking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BookingState {
    /// The places are theirs.
    Confirmed,
    /// In the queue.
    Waitlisted,
    /// Given back by the party.
    Cancelled,
}

impl BookingState {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Waitlisted => "waitlisted",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the name from the database.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Confirmed, Self::Waitlisted, Self::Cancelled].into_iter().find(|state| state.name() == name)
    }

    /// Whether it holds a place or a position in the queue.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Confirmed | Self::Waitlisted)
    }
}

/// A party's place in a slot, as its household sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Booking {
    /// Identifier.
    pub id: BookingId,
    /// How it stands.
    pub state: BookingState,
    /// Its position in the queue, counted from 1, where it waits.
    pub position: Option<u32>,
    /// Its number in the order of the slot's bookings, for the receipt.
    pub seq: u32,
    /// What the desk asks for: six letters and digits.
    pub code: String,
    /// Of what.
    pub offering: OfferingId,
    /// Its name.
    pub title: Text,
    /// The name of the slot, such as "first term".
    pub name: Option<Text>,
    /// The room.
    pub place: Text,
    /// What a place is called.
    pub measure: Measure,
    /// Which slot.
    pub slot: SlotId,
    /// Its meetings.
    pub meetings: Vec<Span>,
    /// Where.
    pub centre: CentreId,
    /// The centre's name.
    pub centre_name: Text,
    /// Where the centre is.
    pub at: Point,
    /// The desk's telephone.
    pub phone: String,
    /// The centre's clock.
    pub zone: Zone,
    /// Who comes.
    pub people: Vec<PersonId>,
    /// When it was made.
    pub made: Moment,
}

impl Booking {
    /// When the first meeting starts.
    pub fn starts(&self) -> Moment {
        self.meetings.first().map(|span| span.starts).unwrap_or_default()
    }

    /// When the last meeting ends.
    pub fn ends(&self) -> Moment {
        self.meetings.last().map(|span| span.ends).unwrap_or_default()
    }

    /// Whether it can be given back at `now`.
    pub fn may_cancel(&self, now: Moment) -> bool {
        may_cancel(self.state, self.starts(), now)
    }
}

/// Whether a booking that stands so, and starts then, can be given back at `now`.
pub fn may_cancel(state: BookingState, starts: Moment, now: Moment) -> bool {
    state.is_live() && now < starts
}
