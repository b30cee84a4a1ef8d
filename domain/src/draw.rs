//! Draws: more households want places than there are, and lots decide; in a way that anybody can
//! work out again.
//!
//! A draw gives out the places of one class (a lottery) or of several, which each household puts in
//! the order of its wishes (a ranked choice). The server throws a seed when the draw is made and
//! publishes only its SHA-256; the seed itself is revealed with the result. [`allot`] says how the
//! places follow from the seed and the entries, [`check`] works a published result out again.

use serde::{Deserialize, Serialize};

#[cfg(any(test, feature = "allot"))]
pub mod allot;
pub mod api;
#[cfg(any(test, feature = "allot"))]
pub mod check;
pub mod enter;
#[cfg(test)]
mod tests;

use crate::{
    booking::{Meeting, Rules, Slot, Terms, meeting},
    id::{BookingId, CentreId, DrawId, OfferingId, PersonId, SlotId},
    offering::{Ages, Unit},
    refusal::Refusal,
    text::Text,
    time::{DAY, Moment, Zone},
};

/// What a published result says of its form.
pub const FORMAT: &str = "doorstep-draw-1";
/// Most lots a household has in a draw.
pub const MOST_WEIGHT: u32 = 4;
/// For how long a draw that was lost counts, in milliseconds.
pub const LOST_COUNTS: i64 = 365 * DAY;

/// How the places are given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DrawKind {
    /// One class: whom the lot puts first gets in.
    Lottery,
    /// Several classes in the order of each household's wishes.
    Ranked,
}

impl DrawKind {
    /// The name in data.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Lottery => "lottery",
            Self::Ranked => "ranked",
        }
    }

    /// Reads a name from data.
    pub fn from_slug(slug: &str) -> Option<Self> {
        [Self::Lottery, Self::Ranked].into_iter().find(|kind| kind.slug() == slug)
    }
}

/// A class whose places are drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DrawClass {
    /// The slot.
    pub slot: SlotId,
    /// Of which offering.
    pub offering: OfferingId,
    /// The offering's name.
    pub title: Text,
    /// The name of the slot, such as "first term".
    pub name: Option<Text>,
    /// The room.
    pub place: Text,
    /// Its meetings, by their numbers.
    pub meetings: Vec<Meeting>,
    /// Places that are drawn; those of the counter are not among them.
    pub places: u32,
    /// Whether households of the neighbourhood come before all others.
    pub residents_first: bool,
    /// Age band.
    pub ages: Option<Ages>,
    /// What takes a place.
    pub unit: Unit,
    /// Most people in one party.
    pub party_max: u32,
    /// What else the offering asks.
    pub terms: Terms,
    /// Whether the centre has called it off.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub called_off: bool,
}

impl DrawClass {
    /// The class as a slot that is open to entries until `closes`, for the rules of who may enter.
    pub fn slot(&self, closes: Moment) -> Slot {
        Slot {
            id: self.slot.clone(),
            meetings: self.meetings.clone(),
            capacity: self.places,
            opens: Moment::default(),
            closes,
            kept: 0,
            kept_until: Moment::default(),
            draw: None,
            drawn: false,
            called_off: self.called_off,
        }
    }

    /// The rules of who may enter.
    pub fn rules(&self) -> Rules {
        let Self { unit, party_max, ages, terms, .. } = *self;
        Rules { unit, party_max, ages, drop_in: false, terms }
    }

    /// When the first meeting starts.
    pub fn starts(&self) -> Moment {
        meeting::first_start(&self.meetings)
    }
}

/// A draw as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Draw {
    /// Identifier.
    pub id: DrawId,
    /// Where.
    pub centre: CentreId,
    /// The centre's name.
    pub centre_name: Text,
    /// The desk's telephone, for whoever would rather ask.
    pub phone: String,
    /// The centre's clock.
    pub zone: Zone,
    /// Its name.
    pub title: Text,
    /// What to know of this draw.
    pub about: Text,
    /// How the places are given out.
    pub kind: DrawKind,
    /// Its classes, in the order in which they are shown.
    pub classes: Vec<DrawClass>,
    /// From when one can enter.
    pub opens: Moment,
    /// Until when one can enter; then the lots are drawn.
    pub closes: Moment,
    /// The SHA-256 of the seed, known before anybody enters.
    pub commitment: String,
    /// How many households have entered.
    pub entries: u32,
    /// What came of it, once it is drawn.
    pub drawn: Option<Drawn>,
}

/// What is revealed of a draw that was held; the lots themselves are in the [`DrawResult`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Drawn {
    /// When.
    pub at: Moment,
    /// The seed.
    pub seed: String,
    /// How many households got into a class.
    pub placed: u32,
    /// How many wait.
    pub waiting: u32,
}

/// How a draw stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawState {
    /// One can enter later.
    Announced,
    /// One can enter.
    Open,
    /// The lots are being drawn.
    Closed,
    /// The result is there.
    Drawn,
}

impl Draw {
    /// How it stands at `now`.
    pub fn state(&self, now: Moment) -> DrawState {
        if self.drawn.is_some() {
            DrawState::Drawn
        } else if now < self.opens {
            DrawState::Announced
        } else if now < self.closes {
            DrawState::Open
        } else {
            DrawState::Closed
        }
    }

    /// Places of all classes together.
    pub fn places(&self) -> u32 {
        self.classes.iter().map(|class| class.places).sum()
    }

    /// The class of a slot.
    pub fn class(&self, slot: &SlotId) -> Option<&DrawClass> {
        self.classes.iter().find(|class| class.slot == *slot)
    }
}

/// What a household enters with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EntryDraft {
    /// Who comes: all together or not at all.
    pub people: Vec<PersonId>,
    /// The classes they would come to, the dearest first.
    pub prefers: Vec<SlotId>,
}

impl EntryDraft {
    /// Checks the wishes against the classes there are; who comes is for the booking's rules.
    ///
    /// # Errors
    /// No class, one that is not drawn here, or one twice.
    pub fn check(&self, classes: &[&SlotId]) -> Result<(), Refusal> {
        if self.prefers.is_empty() {
            return Err(Refusal::NoClassChosen);
        }
        for (index, slot) in self.prefers.iter().enumerate() {
            if !classes.contains(&slot) || self.prefers[..index].contains(slot) {
                return Err(Refusal::ClassUnclear { slot: slot.clone() });
            }
        }
        Ok(())
    }
}

/// A household's own entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// The number under which it is published: nobody but the household knows whose it is.
    pub tag: String,
    /// Who comes.
    pub people: Vec<PersonId>,
    /// The classes, the dearest first.
    pub prefers: Vec<SlotId>,
    /// How many lots it has, frozen when it was first entered.
    pub weight: u32,
    /// Whether everybody in it lives in the neighbourhood.
    pub resident: bool,
    /// When it was made or changed last.
    pub made: Moment,
    /// What came of it; `None` before the draw.
    pub fate: Option<Fate>,
    /// The booking that came of it.
    pub booking: Option<BookingId>,
}

/// A household and a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MyDraw {
    /// The lots it has, or would have.
    pub weight: u32,
    /// How many draws it has lost within a year.
    pub lost: u32,
    /// Its entry, if it has one.
    pub entry: Option<Entry>,
    /// Whom it could name, but for another guardian whose entry stands for their household.
    #[serde(default)]
    pub entered: Vec<PersonId>,
}

/// An entry of one's own in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EntryLine {
    /// Which draw.
    pub draw: DrawId,
    /// Its name.
    pub title: Text,
    /// The centre's name.
    pub centre_name: Text,
    /// The centre's clock.
    pub zone: Zone,
    /// When the lots are drawn.
    pub closes: Moment,
    /// The entry.
    pub entry: Entry,
}

/// How many lots a household has that has lost so many draws within a year.
pub fn weight(lost: u32) -> u32 {
    lost.saturating_add(1).min(MOST_WEIGHT)
}

/// What came of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fate {
    /// Its place in the order of the lots, counted from 1.
    pub order: u32,
    /// Where it came to stand.
    pub outcome: DrawOutcome,
}

/// Where an entry came to stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DrawOutcome {
    /// It has its places.
    Placed {
        /// In which class.
        slot: SlotId,
    },
    /// It waits for its first choice.
    Waiting {
        /// For which class.
        slot: SlotId,
        /// Its position in that queue, counted from 1.
        position: u32,
    },
    /// It could not take part any more: every class it wished for was barred.
    LeftOut,
}

/// Why an entry cannot come to a class after all; found out when the lots are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Somebody of the party is somewhere else at that time by now.
    Elsewhere,
    /// Somebody of the party is no longer in the household.
    Gone,
    /// The centre has called the class off.
    CalledOff,
    /// What the class asks does not hold any more: of the age, when its first meeting was moved, of a
    /// consent that was taken back, or of papers.
    Unfit,
}

/// A class that an entry cannot come to after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bar {
    /// Which class.
    pub slot: SlotId,
    /// Why.
    pub why: Why,
}

/// A class in a published result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pool {
    /// The slot.
    pub slot: SlotId,
    /// What it is called.
    pub name: Text,
    /// Places that were drawn.
    pub places: u32,
    /// Whether households of the neighbourhood come before all others.
    pub residents_first: bool,
}

/// An entry in a published result: no name, and what anybody needs to work the result out again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lot {
    /// Its number: 16 hexadecimal digits that the server's key makes of draw and household.
    pub tag: String,
    /// How many lots it has.
    pub weight: u32,
    /// Whether everybody in it lives in the neighbourhood.
    pub resident: bool,
    /// Places it takes.
    pub size: u32,
    /// The classes, the dearest first.
    pub prefers: Vec<SlotId>,
    /// Those among them it cannot come to after all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barred: Vec<Bar>,
}

/// A lot with what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DrawnLot {
    /// The lot.
    #[serde(flatten)]
    pub lot: Lot,
    /// What came of it.
    #[serde(flatten)]
    pub fate: Fate,
}

/// A draw that was held, with everything that is needed to hold it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DrawResult {
    /// [`FORMAT`].
    pub format: String,
    /// Which draw.
    pub draw: DrawId,
    /// Its name.
    pub title: Text,
    /// The centre's name.
    pub centre_name: Text,
    /// How the places were given out.
    pub kind: DrawKind,
    /// Until when one could enter.
    pub closes: Moment,
    /// When it was drawn.
    pub drawn: Moment,
    /// What was published before anybody entered: the SHA-256 of the seed.
    pub commitment: String,
    /// The seed, as the text that was hashed.
    pub seed: String,
    /// The classes.
    pub classes: Vec<Pool>,
    /// The entries in the order of the lots.
    pub lots: Vec<DrawnLot>,
}
