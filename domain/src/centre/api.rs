//! Endpoints of what centres are and offer. All of them are public and the same for everybody.

use serde::{Deserialize, Serialize};

use super::{Centre, CentreCard, City};
use crate::{
    endpoint::{Audience, Endpoint, Method},
    home::Home,
    id::{CentreId, CityId, OfferingId},
    offering::{Count, Kind, Offering, OfferingCard, Seats, SlotSeats},
};

/// All cities and centres.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Centres {
    /// Cities in their order.
    pub cities: Vec<City>,
    /// Centres in their order.
    pub centres: Vec<CentreCard>,
}

/// A centre with what it offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CentrePage {
    /// The centre.
    pub centre: Centre,
    /// What it offers.
    pub offerings: Vec<OfferingCard>,
}

/// The offerings of a city, with the centres they belong to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfferingList {
    /// The centres of the city.
    pub centres: Vec<CentreCard>,
    /// Everything they offer.
    pub offerings: Vec<OfferingCard>,
}

/// A volunteers' post, as it stands in a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift<'a> {
    /// The post.
    pub card: &'a OfferingCard,
    /// Its next shift, with how many hands are missing.
    pub seats: &'a Seats,
    /// Where.
    pub centre: &'a CentreCard,
}

impl OfferingList {
    /// The volunteers' posts that have a shift ahead: those of the centre `own` first, then in the order
    /// of their next shifts.
    pub fn shifts<'a>(&'a self, seats: &'a [Seats], own: &CentreId) -> Vec<Shift<'a>> {
        let shift = |card: &'a OfferingCard| {
            let seats = seats.iter().find(|seats| seats.offering == card.id)?;
            let centre = self.centres.iter().find(|centre| centre.id == card.centre)?;
            Some(Shift { card, seats, centre })
        };
        let posts = self.offerings.iter().filter(|card| card.kind == Kind::Shift);
        let mut shifts: Vec<Shift<'_>> = posts.filter_map(shift).collect();
        shifts.sort_by_key(|shift| (shift.card.centre != *own, shift.seats.starts, &shift.card.id));
        shifts
    }
}

/// An offering with its slots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfferingPage {
    /// The offering.
    pub offering: Offering,
    /// Where it is.
    pub centre: CentreCard,
    /// Slots that have not ended, of the next two weeks (courses: all), earliest first.
    pub slots: Vec<SlotSeats>,
}

macro_rules! public_reads {
    ($($(#[$doc:meta])* $name:ident $path:literal $summary:literal $params:ty => $output:ty;)*) => {$(
        $(#[$doc])*
        pub struct $name;
        impl Endpoint for $name {
            const METHOD: Method = Method::Get;
            const PATH: &'static str = $path;
            const AUDIENCE: Audience = Audience::Public;
            const SUMMARY: &'static str = $summary;
            type Params = $params;
            type Input = ();
            type Output = $output;
        }
    )*};
}

public_reads! {
    /// All cities and centres.
    ListCentres "/api/centres" "All cities and centres" () => Centres;
    /// What the home page shows.
    GetHome "/api/centres/{centre}/home" "What the home page of a centre shows" CentreId => Home;
    /// A centre with what it offers.
    GetCentre "/api/centres/{centre}" "A centre with what it offers" CentreId => CentrePage;
    /// Everything the centres of a city offer.
    ListOfferings "/api/cities/{city}/offerings" "Everything a city's centres offer" CityId => OfferingList;
    /// Free places of the next slot of each offering of a city; small, and asked for often.
    ListSeats "/api/cities/{city}/seats" "Free places in a city" CityId => Vec<Seats>;
    /// An offering with its slots.
    GetOffering "/api/offerings/{offering}" "An offering with its slots" OfferingId => OfferingPage;
    /// How full the slots of an offering are; small, and asked for often.
    ListCounts "/api/offerings/{offering}/seats" "How full an offering's slots are" OfferingId => Vec<Count>;
}
