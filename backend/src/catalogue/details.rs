//! What the column `details` of centres, offerings and tasks holds, as JSON.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{
    booking::{Rules, Terms},
    centre::{Centre, CentreCard, Room},
    draw::DrawKind,
    geo::Point,
    hours::{Closure, Dates, Hours},
    id::{CentreId, CityId, OfferingId, SlotId},
    offering::{Ages, Group, Kind, Measure, Offering, OfferingCard, Price, Unit},
    pattern,
    text::Text,
    time::{Day, Moment, Zone},
};
use serde::{Deserialize, Serialize};

/// A centre, but for its identifier and its city.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CentreDetails {
    /// Short name.
    pub name: Text,
    /// Street and number.
    pub address: Text,
    /// Telephone of the desk.
    pub phone: String,
    /// Where it is.
    pub at: Point,
    /// The centre's clock.
    pub zone: Zone,
    /// When it is open.
    pub hours: Vec<Hours>,
    /// Days on which it is not: nothing is on then.
    #[serde(default)]
    pub closures: Vec<Closure>,
    /// A sentence or two.
    pub about: Text,
    /// Floor area in square metres, where known.
    pub area: Option<u32>,
    /// What is there.
    pub rooms: Vec<Room>,
}

impl CentreDetails {
    /// What lists show.
    pub fn card(self, id: CentreId, city: CityId) -> CentreCard {
        let Self { name, address, phone, at, zone, hours, closures, .. } = self;
        CentreCard { id, city, name, address, phone, at, zone, hours, closures }
    }

    /// The whole centre.
    pub fn whole(mut self, id: CentreId, city: CityId) -> Centre {
        let (about, rooms) = (std::mem::take(&mut self.about), std::mem::take(&mut self.rooms));
        let area = self.area;
        Centre { card: self.card(id, city), about, area, rooms }
    }
}

/// An offering, but for its identifier, its centre and its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferingDetails {
    /// For whom.
    pub group: Group,
    /// Its name.
    pub title: Text,
    /// What to know before coming.
    pub summary: Text,
    /// The room.
    pub place: Text,
    /// Free where `None`.
    pub price: Option<Price>,
    /// What a place is called.
    pub measure: Measure,
    /// What takes a place.
    pub unit: Unit,
    /// Most people in one booking.
    pub party_max: u32,
    /// Age band.
    pub ages: Option<Ages>,
    /// Booking closes so many minutes before the first meeting.
    pub closes_minutes: u32,
    /// No booking, just come.
    pub drop_in: bool,
    /// What else it asks of who books.
    #[serde(flatten)]
    pub terms: Terms,
    /// Slots that recur.
    #[serde(default)]
    pub patterns: Vec<Pattern>,
    /// Days on which other slots recur, or none; they also hold where the centre is closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Exception>,
    /// Enrolments for several meetings.
    #[serde(default)]
    pub courses: Vec<Course>,
    /// What somebody lives in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stays: Vec<Stay>,
}

/// Beds or rooms of a sort, in which people live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// Their name, such as "bed with care".
    pub name: Text,
    /// How many there are.
    pub capacity: u32,
    /// How many were given out at the counter.
    pub desk: u32,
}

/// Days on which an offering has slots of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// Which days.
    pub dates: Dates,
    /// Slots that recur then, in place of all others; none where it is not on.
    #[serde(default)]
    pub patterns: Vec<Pattern>,
}

/// Slots that recur on some weekdays, with what is given out at the counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// Weekdays: bit 0 is Monday.
    pub days: u8,
    /// Start of the day's first slot, minutes since midnight.
    pub first: u16,
    /// Start of the day's last slot.
    pub last: u16,
    /// Minutes from start to start.
    pub every: u16,
    /// Length in minutes.
    pub minutes: u16,
    /// Places in a slot.
    pub capacity: u32,
    /// Places given out at the counter, by the minute at which the slot starts.
    #[serde(default)]
    pub desk: BTreeMap<u16, u32>,
    /// Places kept for the counter.
    #[serde(default)]
    pub kept: Kept,
}

/// Places kept for the counter, for who comes in person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// How many.
    pub places: u32,
    /// What is left of them opens to all so many hours before the start.
    pub hours: u32,
}

impl Default for Kept {
    fn default() -> Self {
        Self { places: 0, hours: 24 }
    }
}

/// A day that the files name: so many days after something is set up, before it when negative; or a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum On {
    /// So many days after.
    Days(i32),
    /// That date, whenever it is set up.
    Date(#[serde(with = "domain::time::day_text")] Day),
}

impl On {
    /// Which day that is, where `base` is the day of setting up.
    pub fn day(self, base: Day) -> Day {
        match self {
            Self::Days(days) => base.checked_add_signed(TimeDelta::days(days.into())).unwrap_or(base),
            Self::Date(day) => day,
        }
    }

    /// The day after which something set up for this one is named: the date, or the day of setting up.
    pub fn stamp(self, base: Day) -> Day {
        if self.is_date() { self.day(base) } else { base }
    }

    /// Whether it is a date: then it is set up once.
    pub const fn is_date(self) -> bool {
        matches!(self, Self::Date(_))
    }
}

/// One enrolment for several meetings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Its name, such as "first term".
    pub name: Text,
    /// Booking opens on that day,
    #[serde(rename = "opens_days")]
    pub opens: On,
    /// at this minute of the day.
    pub opens_at: u16,
    /// It meets first on that day, or on the next of its weekdays.
    #[serde(rename = "starts_days")]
    pub starts: On,
    /// Weekdays: bit 0 is Monday.
    pub days: u8,
    /// How many meetings.
    pub meetings: u16,
    /// Start, minutes since midnight.
    pub from: u16,
    /// End, minutes since midnight.
    pub to: u16,
    /// Places.
    pub capacity: u32,
    /// Places given out at the counter.
    pub desk: u32,
    /// Places kept for the counter.
    #[serde(default)]
    pub kept: Kept,
    /// The plan of the draw by which the others are given out, where they are drawn; booking then
    /// opens when the lots are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draw: Option<String>,
    /// Whether that draw puts households of the neighbourhood before all others.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub residents_first: bool,
}

/// What a draw is made from when its courses are set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawPlan {
    /// Its name.
    pub title: Text,
    /// What to know of it.
    pub about: Text,
    /// How the places are given out.
    pub kind: DrawKind,
    /// One can enter from that day,
    #[serde(rename = "enter_days")]
    pub enter: On,
    /// at this minute of the day.
    pub enter_at: u16,
}

/// What a draw says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawDetails {
    /// Its name.
    pub title: Text,
    /// What to know of it.
    pub about: Text,
    /// The classes in which households of the neighbourhood come before all others.
    #[serde(default)]
    pub residents_first: Vec<SlotId>,
}

impl Pattern {
    /// The pattern as the domain unfolds it.
    pub fn unfolding(&self) -> pattern::Pattern {
        let Self { days, first, last, every, minutes, .. } = *self;
        pattern::Pattern { days, first, last, every, minutes }
    }
}

impl OfferingDetails {
    /// The rules that decide on a party.
    pub fn rules(&self) -> Rules {
        Rules {
            unit: self.unit,
            party_max: self.party_max,
            ages: self.ages,
            drop_in: self.drop_in,
            terms: self.terms,
        }
    }

    /// What lists show; `first_day`, `days` and `opens` as in [`OfferingCard`].
    pub fn card(
        &self,
        id: OfferingId,
        centre: CentreId,
        kind: Kind,
        (first_day, days): (Day, u16),
        opens: Option<Moment>,
    ) -> OfferingCard {
        OfferingCard {
            id,
            centre,
            kind,
            group: self.group,
            title: self.title.clone(),
            price: self.price,
            ages: self.ages,
            measure: self.measure,
            drop_in: self.drop_in,
            first_day,
            days,
            opens,
        }
    }

    /// The whole offering around its `card`.
    pub fn whole(self, card: OfferingCard) -> Offering {
        Offering {
            card,
            summary: self.summary,
            place: self.place,
            unit: self.unit,
            party_max: self.party_max,
            terms: self.terms,
        }
    }
}

/// What a task says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDetails {
    /// What it is.
    pub title: Text,
    /// What to do and bring.
    pub summary: Text,
    /// Where to go.
    pub place: Text,
}
