//! Something a centre offers again and again, and its slots.

use serde::{Deserialize, Serialize};

use crate::{
    booking::{Rules, Slot, Terms},
    id::{CentreId, OfferingId, SlotId},
    text::Text,
    time::{Day, Moment},
};

/// What sort of thing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A table, a machine, a room.
    Facility,
    /// A club, a show, a programme.
    Club,
    /// A meal.
    Canteen,
    /// Childcare.
    Childcare,
    /// A class or course.
    Class,
    /// Health checks and clinics.
    Health,
    /// A tour or visit.
    Visit,
    /// An event for families.
    Family,
    /// A bed, a room: somebody lives there.
    Stay,
    /// A volunteers' post, with its shifts.
    Shift,
}

impl Kind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Facility,
        Self::Canteen,
        Self::Childcare,
        Self::Class,
        Self::Club,
        Self::Health,
        Self::Family,
        Self::Visit,
        Self::Stay,
        Self::Shift,
    ];

    /// Whether it is something to join in, which stands under 报名. Shifts stand with what needs a hand.
    pub const fn is_to_join(self) -> bool {
        !matches!(self, Self::Shift)
    }

    /// The kinds of what is to be joined in, in the order in which they are shown.
    pub fn to_join() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|kind| kind.is_to_join())
    }

    /// The name in data and addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Facility => "facility",
            Self::Club => "club",
            Self::Canteen => "canteen",
            Self::Childcare => "childcare",
            Self::Class => "class",
            Self::Health => "health",
            Self::Visit => "visit",
            Self::Family => "family",
            Self::Stay => "stay",
            Self::Shift => "shift",
        }
    }

    /// Reads a name from data or an address.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// Whom it is meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Elders (一老).
    Elder,
    /// Children (一小).
    Child,
    /// Parents with children.
    Family,
    /// Everyone.
    Everyone,
}

impl Group {
    /// All groups.
    pub const ALL: [Self; 4] = [Self::Elder, Self::Child, Self::Family, Self::Everyone];

    /// The name in data and addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Elder => "elder",
            Self::Child => "child",
            Self::Family => "family",
            Self::Everyone => "everyone",
        }
    }

    /// Reads a name from data or an address.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.slug() == slug)
    }
}

/// What one place is called, so that the screen can say "2 张空着" or "余 23 份".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// A table.
    Table,
    /// A seat or machine.
    Seat,
    /// A meal.
    Meal,
    /// A place in a group.
    Place,
    /// A turn.
    Visit,
    /// A hand that helps.
    Hand,
    /// A bed.
    Bed,
}

/// What takes a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Every person takes one.
    Person,
    /// The whole party takes one: a table, a room, a family.
    Party,
}

/// What a price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// One visit.
    Visit,
    /// One meal.
    Meal,
    /// One day.
    Day,
    /// One month.
    Month,
    /// The whole course.
    Course,
}

/// A price, as information: it is always paid at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Price {
    /// Hundredths of a yuan.
    pub fen: u32,
    /// What for.
    pub per: Per,
}

/// Age at the first meeting in whole months: `from <= age < to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ages {
    /// Youngest.
    #[serde(default)]
    pub from_months: Option<u32>,
    /// First age that is too old.
    #[serde(default)]
    pub to_months: Option<u32>,
}

/// What lists need of an offering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfferingCard {
    /// Identifier.
    pub id: OfferingId,
    /// Where.
    pub centre: CentreId,
    /// What sort.
    pub kind: Kind,
    /// For whom.
    pub group: Group,
    /// Its name.
    pub title: Text,
    /// Free where `None`.
    pub price: Option<Price>,
    /// Age band.
    pub ages: Option<Ages>,
    /// What a place is called.
    pub measure: Measure,
    /// No booking, just come.
    pub drop_in: bool,
    /// The day on which bit 0 of `days` falls.
    #[serde(with = "crate::time::day_text")]
    #[cfg_attr(feature = "schema", schemars(with = "Day"))]
    pub first_day: Day,
    /// Days on which it is on within the next 14: bit n is `first_day` plus n days.
    pub days: u16,
    /// Where it is a course: when booking opens, if that lies ahead.
    pub opens: Option<Moment>,
}

/// An offering with what its page shows and its rules need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Offering {
    /// What lists show.
    pub card: OfferingCard,
    /// What to know before coming.
    pub summary: Text,
    /// The room.
    pub place: Text,
    /// What takes a place.
    pub unit: Unit,
    /// Most people in one booking.
    pub party_max: u32,
    /// What else it asks.
    #[serde(default)]
    pub terms: Terms,
}

impl Offering {
    /// The rules that decide on a party.
    pub fn rules(&self) -> Rules {
        Rules {
            unit: self.unit,
            party_max: self.party_max,
            ages: self.card.ages,
            drop_in: self.card.drop_in,
            terms: self.terms,
        }
    }
}

/// A slot with how full it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlotSeats {
    /// The slot.
    pub slot: Slot,
    /// Its name where it has one ("first term"); empty for a table hour.
    pub name: Option<Text>,
    /// Places taken: given out at the counter, booked, and held for offers.
    pub taken: u32,
    /// Parties waiting.
    pub waiting: u32,
    /// Of the places taken, those that the counter gave out.
    #[serde(default)]
    pub counter: u32,
    /// Of the places taken, those that are held for offers.
    #[serde(default)]
    pub held: u32,
    /// Free seats at each table that is shared, in the order of booking.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<u32>,
}

impl SlotSeats {
    /// Places left for who books online at `now`.
    pub fn free(&self, now: Moment) -> u32 {
        let closed = self.taken.saturating_add(self.kept_left(now));
        self.slot.capacity.saturating_sub(closed)
    }

    /// Places that are to be had at the counter alone at `now`.
    pub fn kept_left(&self, now: Moment) -> u32 {
        self.slot.kept_left(self.counter, now)
    }
}

/// How full a slot is, and nothing else: small, for who looks again and again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Count {
    /// Which slot.
    pub slot: SlotId,
    /// As in [`SlotSeats::taken`].
    pub taken: u32,
    /// As in [`SlotSeats::waiting`].
    #[serde(default)]
    pub waiting: u32,
    /// As in [`SlotSeats::counter`].
    #[serde(default)]
    pub counter: u32,
    /// As in [`SlotSeats::held`].
    #[serde(default)]
    pub held: u32,
    /// As in [`SlotSeats::tables`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<u32>,
}

impl SlotSeats {
    /// How full it is.
    pub fn count(&self) -> Count {
        Count {
            slot: self.slot.id.clone(),
            taken: self.taken,
            waiting: self.waiting,
            counter: self.counter,
            held: self.held,
            tables: self.tables.clone(),
        }
    }

    /// Takes over how full it is now; whether anything has changed.
    pub fn recount(&mut self, count: Count) -> bool {
        let changed = self.count() != count;
        let Count { taken, waiting, counter, held, tables, .. } = count;
        (self.taken, self.waiting, self.counter, self.held) = (taken, waiting, counter, held);
        self.tables = tables;
        changed
    }
}

/// Free places of the next slot of an offering that can be booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seats {
    /// Which offering.
    pub offering: OfferingId,
    /// When its next slot starts.
    pub starts: Moment,
    /// Places left in it.
    pub free: u32,
}
