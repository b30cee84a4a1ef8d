//! Tables that parties share: the host's place is the table's, guests take none.

use super::{
    BookingState::{Attended, Confirmed},
    Frame, Happening, Party,
};
use crate::{id::BookingId, notice::News, time::Moment};

/// Whether a party sits at a table: its own, or somebody else's.
fn sits(party: &Party) -> bool {
    matches!(party.state, Confirmed | Attended)
}

/// People at the table of `host`, the host's own among them.
fn people_at(parties: &[Party], host: &BookingId) -> u32 {
    let here = |party: &&Party| sits(party) && (party.booking == *host || party.host.as_ref() == Some(host));
    parties.iter().filter(here).map(|party| party.people).sum()
}

/// The table at which a party of so many people that would share finds room: the first in the order of
/// booking whose host shares it.
pub fn find(frame: &Frame<'_>, parties: &[Party], people: u32) -> Option<BookingId> {
    let seats = frame.terms.table_seats?;
    let hosts = parties.iter().filter(|party| hosts(party));
    let room = |host: &&Party| people_at(parties, &host.booking).saturating_add(people) <= seats;
    hosts.into_iter().find(room).map(|host| host.booking.clone())
}

fn hosts(party: &Party) -> bool {
    party.state == Confirmed && party.shared && party.host.is_none()
}

/// Free seats at each table that is shared, in the order of booking; full ones are left out.
pub fn free_seats(frame: &Frame<'_>, parties: &[Party]) -> Vec<u32> {
    let Some(seats) = frame.terms.table_seats else { return Vec::new() };
    let free = |host: &Party| seats.saturating_sub(people_at(parties, &host.booking));
    parties.iter().filter(|party| hosts(party)).map(free).filter(|free| *free > 0).collect()
}

/// People of other parties at the table at which `party` sits; `None` where it sits alone and means
/// to.
pub fn neighbours(parties: &[Party], party: &Party) -> Option<u32> {
    if !sits(party) {
        return None;
    }
    let host = party.host.as_ref().unwrap_or(&party.booking);
    let others = people_at(parties, host).saturating_sub(party.people);
    (party.shared || party.host.is_some() || others > 0).then_some(others)
}

/// What becomes of the table of somebody who has just left: the first guest by number has it from then
/// on and keeps the place, the others sit with them. Who was a guest just leaves.
pub(super) fn leave(parties: &mut [Party], gone: &BookingId, at: Moment) -> Option<Happening> {
    for party in parties.iter_mut().filter(|party| party.booking == *gone) {
        party.host = None;
    }
    let guest = |party: &Party| sits(party) && party.host.as_ref() == Some(gone);
    let next = parties.iter_mut().find(|party| guest(party))?;
    next.host = None;
    let next = next.booking.clone();
    for party in parties.iter_mut().filter(|party| party.host.as_ref() == Some(gone)) {
        party.host = Some(next.clone());
    }
    Some(Happening { booking: next, at, news: News::TableYours })
}
