//! A neighbourhood service centre.

use serde::{Deserialize, Serialize};

pub mod api;

use crate::{
    geo::Point,
    hours::{Closure, Hours},
    id::{CentreId, CityId},
    text::Text,
    time::Zone,
};

/// A city or county.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct City {
    /// Identifier.
    pub id: CityId,
    /// Its name.
    pub name: Text,
}

/// What lists and headings need of a centre.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CentreCard {
    /// Identifier.
    pub id: CentreId,
    /// Where it belongs.
    pub city: CityId,
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
    /// Days on which it is not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closures: Vec<Closure>,
}

/// A room or a thing to use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Room {
    /// What it is called.
    pub name: Text,
    /// What is there.
    pub note: Text,
}

/// A centre with all its page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Centre {
    /// What lists show.
    pub card: CentreCard,
    /// A sentence or two.
    pub about: Text,
    /// Floor area in square metres, where known.
    pub area: Option<u32>,
    /// What is there.
    pub rooms: Vec<Room>,
}
