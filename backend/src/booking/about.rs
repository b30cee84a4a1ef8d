//! A booking out of what is known of its slot and how it stands.

use domain::{
    booking::{
        Booking, BookingState, Frame, Odds, Party, Passed, Rules, Table, Tally, deeds::undo_until, table,
    },
    geo::Point,
    id::{CentreId, OfferingId, PersonId},
    offering::Measure,
    text::Text,
    time::{Moment, Zone},
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

/// How a booking stands in its slot.
pub struct Stands<'a> {
    /// As the rules see it.
    pub party: &'a Party,
    /// The slot.
    pub frame: &'a Frame<'a>,
    /// Its places, counted.
    pub tally: Tally,
    /// Its parties, where tables are shared; others need none.
    pub parties: &'a [Party],
    /// Parties that came later and were let in while it waited.
    pub later: u32,
    /// Its position, where it waits.
    pub position: Option<u32>,
    /// How it went for others at that position.
    pub odds: Option<Odds>,
    /// What the desk asks for.
    pub code: String,
    /// Who comes.
    pub people: Vec<PersonId>,
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

    /// The booking as its household sees it at `now`.
    pub fn booking(self, stands: Stands<'_>, now: Moment) -> Booking {
        let Stands { party, frame, tally, parties, .. } = stands;
        let slot = frame.slot;
        let waits = party.state == BookingState::Waitlisted;
        let free = frame.free(&tally, now);
        let passed = waits && now < slot.starts() && (free > 0 || party.size > 1 && stands.later > 0);
        let seats = frame.terms.table_seats;
        let neighbours = seats.and_then(|_| table::neighbours(parties, party));
        let released = frame.terms.released(slot);
        let waited = party.state == BookingState::Lapsed && party.was == Some(BookingState::Waitlisted);
        let stop = party.stop.filter(|_| waits || waited);
        // Of whoever has no name it is only known how many they are.
        let named = u32::try_from(stands.people.len()).unwrap_or(u32::MAX);
        let guests = frame.terms.guests_max.map_or(0, |_| party.people.saturating_sub(named));
        let must_come = |released: &Moment| party.state == BookingState::Confirmed && party.made < *released;
        Booking {
            id: party.booking.clone(),
            state: party.state,
            position: stands.position,
            seq: party.seq,
            code: stands.code,
            offering: self.offering,
            title: self.title,
            name: self.name,
            place: self.place,
            measure: self.measure,
            slot: slot.id.clone(),
            meetings: slot.meetings.clone(),
            centre: self.centre,
            centre_name: self.centre_name,
            at: self.at,
            phone: self.phone,
            zone: self.zone,
            people: stands.people,
            guests,
            made: party.made,
            until: party.until,
            undo_until: undo_until(frame, party).filter(|until| now < *until),
            stop,
            not_reached: waited && stop.is_none(),
            passed: passed.then_some(Passed { needs: party.size, free, later: stands.later }),
            odds: stands.odds,
            reason: party.reason.clone(),
            table: seats.zip(neighbours).map(|(seats, neighbours)| Table { seats, neighbours }),
            waiting: if waits { tally.waiting } else { 0 },
            released: released.filter(must_come),
            theirs: false,
            attendance: Vec::new(),
            helper: None,
        }
    }
}
