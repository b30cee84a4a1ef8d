//! The booking engine: slots, parties and the rules of who gets a place.
//!
//! Every rule is a pure function of what the database held when the slot was locked. The second
//! wall, for the day a rule is wrong, is the constraints of the schema.

use serde::{Deserialize, Serialize};

pub mod api;
pub mod attendance;
pub mod deeds;
pub mod fair;
mod hold;
pub mod meeting;
pub mod near;
mod party;
mod rules;
mod settle;
mod slot;
mod state;
pub mod table;
mod terms;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "twin"))]
pub mod twin;

pub use attendance::{Attendance, Mark};
pub use hold::hold_until;
pub use meeting::Meeting;
pub use party::{Frame, Party, Tally, let_in_since};
pub use rules::{
    Attendee, Facts, Held, Placement, Rules, Standing, check_clashes, check_return, check_volunteer, decide,
};
pub(crate) use rules::{check_age, check_company, check_party};
pub use settle::{Happening, due, offer_on, settle};
pub use slot::{STAY, Slot, is_stay};
pub use state::{BookingState, may_cancel};
pub use terms::{Fair, HOLD_MINUTES, MOST_GUESTS, Terms};

use crate::{
    geo::Point,
    id::{BookingId, CentreId, OfferingId, PersonId, SlotId},
    offering::Measure,
    text::Text,
    time::{MINUTE, Moment, Span, Zone},
};

/// For how long what was given back can be taken up again, in milliseconds.
pub const UNDO: i64 = 10 * MINUTE;

/// Of how many earlier slots the odds are told, at most.
pub const MOST_KNOWN: u32 = 20;
/// Of how many, at least.
const LEAST_KNOWN: u32 = 3;

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
    /// Its meetings, by their numbers.
    pub meetings: Vec<Meeting>,
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
    /// How many come along without being named.
    #[serde(default)]
    pub guests: u32,
    /// When it was made.
    pub made: Moment,
    /// When the offer lapses: at that instant it is too late.
    #[serde(default)]
    pub until: Option<Moment>,
    /// Until when it can be taken up again after it was given back.
    #[serde(default)]
    pub undo_until: Option<Moment>,
    /// When a waiting party wants to be asked no more, or wanted to and was not.
    #[serde(default)]
    pub stop: Option<Moment>,
    /// Whether it waited until the slot started, and was never called.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub not_reached: bool,
    /// That free places were passed over a waiting party, since it needs more.
    #[serde(default)]
    pub passed: Option<Passed>,
    /// How it went for others who waited at this position.
    #[serde(default)]
    pub odds: Option<Odds>,
    /// Why the centre took the place back.
    #[serde(default)]
    pub reason: Option<String>,
    /// The table it shares, or would share with whoever comes.
    #[serde(default)]
    pub table: Option<Table>,
    /// Parties in the queue of the slot, where it waits.
    #[serde(default)]
    pub waiting: u32,
    /// From when on the place goes to others, where one has to check in.
    #[serde(default)]
    pub released: Option<Moment>,
    /// Whether another guardian of the child made it: one sees it, and they deal with it.
    #[serde(default)]
    pub theirs: bool,
    /// What the desk noted of each who comes, meeting by meeting; where one booking is shown.
    #[serde(default)]
    pub attendance: Vec<Attendance>,
    /// What the household calls the relative who made it, where one of its circle did; told of a
    /// single booking alone.
    #[serde(default)]
    pub helper: Option<String>,
}

/// That a waiting party is passed over, since it needs more places than are free at once: it keeps its
/// position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Passed {
    /// Places the party needs.
    pub needs: u32,
    /// Places there are.
    pub free: u32,
    /// Parties that came later, need fewer and were let in while it waited.
    #[serde(default)]
    pub later: u32,
}

/// How it went before: of the last slots of the offering in which somebody waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Odds {
    /// How many of those slots there were, at most 20.
    pub of: u32,
    /// In how many of them at least so many parties got an offer as now wait up to this one.
    pub times: u32,
}

/// How often a party at that position would have got an offer; `lifted` says for each of the last
/// slots in which somebody waited how many did. `None` where too few are known.
pub fn odds(position: u32, lifted: &[u32]) -> Option<Odds> {
    let of = u32::try_from(lifted.len()).ok().filter(|of| *of >= LEAST_KNOWN)?;
    let times = lifted.iter().filter(|lifted| **lifted >= position).count();
    Some(Odds { of, times: u32::try_from(times).unwrap_or(of) })
}

/// A table that parties share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Table {
    /// Seats at it.
    pub seats: u32,
    /// People of other parties who sit there.
    pub neighbours: u32,
}

/// Something else with places, for who waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Alternative {
    /// What.
    pub offering: OfferingId,
    /// Its name.
    pub title: Text,
    /// Where.
    pub centre: CentreId,
    /// The centre's name.
    pub centre_name: Text,
    /// The centre's clock.
    pub zone: Zone,
    /// Which slot.
    pub slot: SlotId,
    /// When it starts.
    pub starts: Moment,
    /// How many meetings it has.
    pub meetings: u32,
    /// When it meets: nobody can be elsewhere then.
    #[serde(default)]
    pub spans: Vec<Span>,
    /// What a place is called.
    pub measure: Measure,
    /// Places left.
    pub free: u32,
    /// How far it is from the centre of the slot, in metres as the crow flies.
    pub metres: u32,
}

impl Booking {
    /// How many come, with a name or without.
    pub fn heads(&self) -> u32 {
        u32::try_from(self.people.len()).unwrap_or(u32::MAX).saturating_add(self.guests)
    }

    /// When the first meeting starts.
    pub fn starts(&self) -> Moment {
        meeting::first_start(&self.meetings)
    }

    /// When the last meeting ends.
    pub fn ends(&self) -> Moment {
        meeting::last_end(&self.meetings)
    }

    /// The meeting that is under way or next at `now`, counted from 1; `None` when all are over.
    pub fn next_meeting(&self, now: Moment) -> Option<(u32, Span)> {
        meeting::next(&self.meetings, now).map(|(number, meeting)| (number, meeting.span()))
    }

    /// Whether anybody of it was noted as having been at a meeting, counted from 1.
    pub fn came(&self, meeting: u32) -> bool {
        self.attendance.iter().any(|line| line.meeting == meeting && line.mark == Mark::Attended)
    }

    /// Whether somebody lives there.
    pub fn is_stay(&self) -> bool {
        is_stay(self.starts())
    }

    /// Whether it has more meetings than one.
    pub fn is_course(&self) -> bool {
        self.meetings.len() > 1
    }

    /// Whether one can still check in to the meeting that is under way or next at `now`.
    pub fn may_arrive(&self, now: Moment) -> bool {
        let Some((meeting, _)) = self.next_meeting(now) else { return false };
        match self.state {
            BookingState::Confirmed | BookingState::Missed => true,
            BookingState::Attended => self.is_course() && !self.came(meeting),
            _ => false,
        }
    }

    /// Whether it can be given back at `now`.
    pub fn may_cancel(&self, now: Moment) -> bool {
        !self.theirs && may_cancel(self.state, self.starts(), now)
    }
}
