//! How a booking stands.

use serde::{Deserialize, Serialize};

use crate::time::Moment;

/// How a booking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BookingState {
    /// The places are theirs.
    Confirmed,
    /// In the queue.
    Waitlisted,
    /// Places are held for them until they take them or the offer lapses.
    Offered,
    /// The party did not want what it was offered.
    Declined,
    /// The offer was not taken in time, or the party no longer wanted to be asked.
    Lapsed,
    /// Given back by the party.
    Cancelled,
    /// Taken back by the centre, which says why.
    Withdrawn,
    /// They came.
    Attended,
    /// They did not come within the grace time, and the place went on.
    Missed,
}

impl BookingState {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Confirmed,
        Self::Waitlisted,
        Self::Offered,
        Self::Declined,
        Self::Lapsed,
        Self::Cancelled,
        Self::Withdrawn,
        Self::Attended,
        Self::Missed,
    ];

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Waitlisted => "waitlisted",
            Self::Offered => "offered",
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
            Self::Cancelled => "cancelled",
            Self::Withdrawn => "withdrawn",
            Self::Attended => "attended",
            Self::Missed => "missed",
        }
    }

    /// Reads the name from the database.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether it holds places or a position in the queue: the person is in the slot.
    pub const fn is_live(self) -> bool {
        self.takes_places() || matches!(self, Self::Waitlisted)
    }

    /// Whether it takes places, unless the party sits at somebody else's table.
    pub const fn takes_places(self) -> bool {
        matches!(self, Self::Confirmed | Self::Offered | Self::Attended)
    }
}

/// Whether a booking that stands so, and starts then, can be given back at `now`.
pub fn may_cancel(state: BookingState, starts: Moment, now: Moment) -> bool {
    matches!(state, BookingState::Confirmed | BookingState::Waitlisted | BookingState::Offered)
        && now < starts
}
