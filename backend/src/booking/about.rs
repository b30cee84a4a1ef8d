//! A booking out of what is known of its slot and how it stands.

use domain::{
    booking::{Booking, BookingState, Odds, Passed, Rules, Table},
    geo::Point,
    id::{BookingId, CentreId, OfferingId, PersonId, SlotId},
    offering::Measure,
    text::Text,
    time::{Moment, Span, Zone},
};

use crate::{
    catalogue::details::{CentreDetails, OfferingDetails},
    db::{DbError, Row},
};

/// What a booking says of its slot.
#[derive(Clone, Debug)]
pub struct About {
    /// Of what.
    pub offering: OfferingId,
    /// Its name.
    pub title: Text,
    /// The name of the slot.
    pub name: Option<Text>,
    /// The room.
    pub place: Text,
    /// What a place is called.
    pub measure: Measure,
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
}

/// What a booking says of itself; the fields are those of [`Booking`].
pub struct Stands {
    pub id: BookingId,
    pub state: BookingState,
    pub position: Option<u32>,
    pub seq: u32,
    pub code: String,
    pub slot: SlotId,
    pub meetings: Vec<Span>,
    pub people: Vec<PersonId>,
    pub made: Moment,
    pub until: Option<Moment>,
    pub undo_until: Option<Moment>,
    pub stop: Option<Moment>,
    pub passed: Option<Passed>,
    pub odds: Option<Odds>,
    pub reason: Option<String>,
    pub table: Option<Table>,
    pub waiting: u32,
    pub released: Option<Moment>,
}

impl About {
    /// Reads it, and the rules of the offering, from a row with the columns `offering`, `details`,
    /// `name_zh`, `name_en`, `centre` and `centre_details`.
    pub fn read(row: &Row) -> Result<(Self, Rules), DbError> {
        let offering: OfferingDetails = row.json("details")?;
        let centre: CentreDetails = row.json("centre_details")?;
        let name_en = row.text_opt("name_en")?.unwrap_or_default();
        let rules = offering.rules();
        let about = Self {
            offering: OfferingId(row.text("offering")?),
            title: offering.title,
            name: row.text_opt("name_zh")?.map(|zh| Text { zh, en: name_en }),
            place: offering.place,
            measure: offering.measure,
            centre: CentreId(row.text("centre")?),
            centre_name: centre.name,
            at: centre.at,
            phone: centre.phone,
            zone: centre.zone,
        };
        Ok((about, rules))
    }

    /// The booking as its household sees it.
    pub fn booking(self, stands: Stands) -> Booking {
        let Self { offering, title, name, place, measure, centre, centre_name, at, phone, zone } = self;
        Booking {
            id: stands.id,
            state: stands.state,
            position: stands.position,
            seq: stands.seq,
            code: stands.code,
            offering,
            title,
            name,
            place,
            measure,
            slot: stands.slot,
            meetings: stands.meetings,
            centre,
            centre_name,
            at,
            phone,
            zone,
            people: stands.people,
            made: stands.made,
            until: stands.until,
            undo_until: stands.undo_until,
            stop: stands.stop,
            passed: stands.passed,
            odds: stands.odds,
            reason: stands.reason,
            table: stands.table,
            waiting: stands.waiting,
            released: stands.released,
        }
    }
}
