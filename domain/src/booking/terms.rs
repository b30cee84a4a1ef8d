//! What an offering can ask of those who book, beyond who they are: all of it optional.

use serde::{Deserialize, Serialize};

use super::Slot;
use crate::time::{HOUR, MINUTE, Moment};

/// The most people that an offering may let come along without names.
pub const MOST_GUESTS: u32 = 200;

/// For how long an offer is held where the offering says nothing, in minutes.
pub const HOLD_MINUTES: u32 = 120;

/// The terms of an offering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked, or not, by itself")]
pub struct Terms {
    /// For so many minutes from the opening only parties of the centre's own neighbourhood may book.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residents_first_minutes: Option<u32>,
    /// Everybody who comes must have been verified at the desk.
    pub needs_verified: bool,
    /// For everybody under 14 at the first meeting a guardian's consent is needed.
    pub needs_consent: bool,
    /// Children of the offering's age come with an adult: the age band is theirs, and each party has
    /// both.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub with_adult: bool,
    /// Only a volunteer in good standing may book, and comes along: a shift.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub volunteers: bool,
    /// Somebody lives there: its slots have no time ([`super::STAY`]), and ages are those of the day on
    /// which one asks.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub stay: bool,
    /// So many people may come along without being named: a class, a company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guests_max: Option<u32>,
    /// For how long an offer is held, in minutes between 8:00 and 22:00.
    pub hold_minutes: u32,
    /// Who has not checked in so many minutes after the start loses the place to whoever is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grace_minutes: Option<u32>,
    /// How often a household may come in a week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fair: Option<Fair>,
    /// Seats at a table that parties may share; only where the whole party takes one place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table_seats: Option<u32>,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            residents_first_minutes: None,
            needs_verified: false,
            needs_consent: false,
            with_adult: false,
            volunteers: false,
            stay: false,
            guests_max: None,
            hold_minutes: HOLD_MINUTES,
            grace_minutes: None,
            fair: None,
            table_seats: None,
        }
    }
}

impl Terms {
    /// For how long an offer is held, in milliseconds: a minute at least.
    pub fn hold(&self) -> i64 {
        i64::from(self.hold_minutes.max(1)) * MINUTE
    }

    /// From when on the place of somebody who is not there is for whoever comes. Only a slot of one
    /// meeting has that: who is not at the first evening of a course keeps the others.
    pub fn released(&self, slot: &Slot) -> Option<Moment> {
        let minutes = self.grace_minutes.filter(|_| slot.meetings.len() == 1)?;
        Some(slot.starts().plus(i64::from(minutes) * MINUTE))
    }
}

/// A fair share of something that many want.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fair {
    /// So many bookings of a household from Monday to Sunday, one less for each mark, but at least
    /// one.
    pub per_week: u32,
    /// Whatever is still to be had so many hours before the start does not count.
    pub spare_hours: u32,
}

impl Fair {
    /// How long before the start what is left is spare, in milliseconds.
    pub fn spare(self) -> i64 {
        i64::from(self.spare_hours) * HOUR
    }
}
