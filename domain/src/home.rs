//! What the home page of a centre shows, the same for everybody.

use serde::{Deserialize, Serialize};

use crate::{
    centre::CentreCard,
    id::{OfferingId, WishId},
    offering::{Kind, Measure, Price},
    text::Text,
    time::Moment,
};

/// The public part of the home page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Home {
    /// The centre.
    pub centre: CentreCard,
    /// What is still on today: the next slot of each offering, earliest first, at most six.
    pub today: Vec<TodayItem>,
    /// Booking that opens soon, soonest first, at most three.
    pub soon: Vec<SoonItem>,
    /// Wishes that came true lately, newest first, at most three.
    pub done: Vec<DoneItem>,
}

/// Something that is on today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TodayItem {
    /// What.
    pub offering: OfferingId,
    /// Its sort.
    pub kind: Kind,
    /// Its name.
    pub title: Text,
    /// Free where `None`.
    pub price: Option<Price>,
    /// What a place is called.
    pub measure: Measure,
    /// No booking, just come.
    pub drop_in: bool,
    /// When it starts.
    pub starts: Moment,
    /// When it ends.
    pub ends: Moment,
    /// Places left.
    pub free: u32,
}

/// Booking that opens soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SoonItem {
    /// What.
    pub offering: OfferingId,
    /// Its name.
    pub title: Text,
    /// The name of the slot, such as "first term".
    pub name: Option<Text>,
    /// When booking opens.
    pub opens: Moment,
    /// How many places.
    pub capacity: u32,
}

/// A wish that came true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DoneItem {
    /// Which wish.
    pub wish: WishId,
    /// Its number.
    pub number: u32,
    /// What was done.
    pub note: Text,
    /// How many neighbours wished it.
    pub supports: u32,
    /// When it was done.
    pub done: Moment,
}
