//! A place that is held for a party, as the desk sees it that rings them.

use serde::{Deserialize, Serialize};

use crate::{
    household::Relation,
    id::{BookingId, PersonId, SlotId},
    text::Text,
    time::{Moment, Span},
};

/// A party that has been offered places and has not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenOffer {
    /// Its booking.
    pub booking: BookingId,
    /// In which slot.
    pub slot: SlotId,
    /// Of what.
    pub title: Text,
    /// Its first meeting.
    pub span: Span,
    /// When the offer lapses.
    pub until: Moment,
    /// One of the party, a grown-up where there is one: their record has the number to be called.
    pub person: PersonId,
    /// The first sign of their name; empty for a child, whose name is on record wherever it is shown.
    pub name: String,
    /// What they are to the one who booked.
    pub relation: Relation,
    /// How many come.
    pub people: u32,
    /// The telephone of the household, masked; `None` where there is none.
    pub phone: Option<String>,
    /// Whether the household is signed in on some device, and so can see the offer by itself.
    pub signed_in: bool,
}
