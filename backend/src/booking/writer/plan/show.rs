//! A booking as its household sees it, out of the house.

use domain::{
    booking::{Booking, BookingState, attendance::listed, let_in_since, odds},
    id::BookingId,
    time::Moment,
};

use super::House;
use crate::booking::about::Stands;

impl House {
    /// The booking as its household sees it at `now`.
    pub fn show(&self, booking: &BookingId, now: Moment) -> Option<Booking> {
        let record = self.records.get(booking)?;
        let party = self.party(booking)?;
        let board = self.boards.get(&record.slot)?;
        let waits = |seq: u32| {
            let parties = board.parties.as_deref().unwrap_or_default();
            let ahead = parties.iter().filter(|one| one.state == BookingState::Waitlisted && one.seq <= seq);
            u32::try_from(ahead.count()).unwrap_or(u32::MAX)
        };
        let position = match (party.state, &board.parties) {
            (BookingState::Waitlisted, Some(_)) => Some(waits(party.seq)),
            (BookingState::Waitlisted, None) => record.position,
            _ => None,
        };
        let lifted = self.lifted.get(&board.about.offering);
        let stands = Stands {
            party,
            frame: &board.frame(),
            tally: board.tally,
            parties: board.parties.as_deref().unwrap_or_default(),
            later: let_in_since(board.parties.as_deref().unwrap_or_default(), party),
            position,
            odds: position.and_then(|position| odds(position, lifted?)),
            code: record.code.clone(),
            people: record.people.clone(),
        };
        let attendance = self.sheets.get(booking).map(listed).unwrap_or_default();
        Some(Booking { attendance, ..board.about.clone().booking(stands, now) })
    }
}
