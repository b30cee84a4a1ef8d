//! What time alone does to a slot: offers lapse, who no longer wants to wait leaves, kept places open,
//! the queue ends with the start, who is not there loses the place, and whatever came free is offered on.
//!
//! A pure fold: whoever reads or writes a slot folds it to the present first, so that a lapse is true
//! at its very instant, whether or not anything has swept past since.

use super::{
    BookingState::{Confirmed, Lapsed, Missed, Offered, Waitlisted},
    Frame, Party, Tally, hold_until, is_stay, table,
};
use crate::{id::BookingId, notice::News, time::Moment};

/// Something that happened to a booking without its household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// To which booking.
    pub booking: BookingId,
    /// When.
    pub at: Moment,
    /// What.
    pub news: News,
}

/// Folds `parties`, in the order of their numbers, up to and including `now`. Events come in the order
/// of time; all of one instant happen first, and then what is free is offered once. `since` is what was
/// kept as due: kept places that opened before that have opened already, and do so only once.
pub fn settle(
    frame: &Frame<'_>,
    parties: &mut [Party],
    since: Option<Moment>,
    now: Moment,
) -> Vec<Happening> {
    let mut told = Vec::new();
    let mut after = None;
    while let Some(at) = next_event(frame, parties, since, after).filter(|at| *at <= now) {
        told.extend(pass(frame, parties, at));
        told.extend(offer_on(frame, parties, at));
        after = Some(at);
    }
    told
}

/// Offers what is free at `at` to the queue, in the order of its numbers, to each party that fits
/// whole. A party that does not fit keeps its position. Rules 5, 6 and 11.
pub fn offer_on(frame: &Frame<'_>, parties: &mut [Party], at: Moment) -> Vec<Happening> {
    let starts = frame.slot.starts();
    if at >= starts || frame.slot.called_off {
        return Vec::new();
    }
    let mut tally = Tally::of(frame.desk, parties);
    let until = hold_until(at, frame.terms.hold(), frame.zone, starts);
    let mut told = Vec::new();
    for party in parties.iter_mut().filter(|party| party.state == Waitlisted) {
        if party.size <= frame.free(&tally, at) {
            party.turn(Offered, at);
            party.until = Some(until);
            tally.taken += party.size;
            tally.counter += if party.counter { party.size } else { 0 };
            told.push(Happening { booking: party.booking.clone(), at, news: News::Offered { until } });
        }
    }
    told
}

/// The earliest instant after `now` at which time alone changes something of what is kept; `None` for
/// never.
pub fn due(frame: &Frame<'_>, parties: &[Party], now: Moment) -> Option<Moment> {
    next_event(frame, parties, None, Some(now))
}

/// The earliest event later than `after`; every event there is, where that is `None`.
fn next_event(
    frame: &Frame<'_>,
    parties: &[Party],
    since: Option<Moment>,
    after: Option<Moment>,
) -> Option<Moment> {
    let later = |at: &Moment| after.is_none_or(|after| *at > after);
    let of_parties = parties.iter().filter_map(|party| own_event(frame, party)).filter(later);
    let waits = || parties.iter().any(|party| party.state == Waitlisted);
    let opens = frame.slot.kept_until;
    let tally = || Tally::of(frame.desk, parties);
    let kept = later(&opens)
        && since.is_none_or(|since| opens >= since)
        && opens < frame.slot.starts()
        && frame.slot.kept > 0
        && waits()
        && frame.slot.kept_left(frame.desk + tally().counter, opens.plus(-1)) > 0;
    of_parties.chain(kept.then_some(opens)).min()
}

/// When time alone changes how a party stands.
fn own_event(frame: &Frame<'_>, party: &Party) -> Option<Moment> {
    match party.state {
        Waitlisted => Some(waits_until(frame, party)).filter(|until| !is_stay(*until)),
        Offered => party.until,
        Confirmed => released(frame, party),
        _ => None,
    }
}

/// Until when a party waits at most: until it wants to be asked no more, or until the start, after which
/// nobody is asked. Who waited in vain is then free for whatever else there is, this slot's released
/// places among it.
fn waits_until(frame: &Frame<'_>, party: &Party) -> Moment {
    let starts = frame.slot.starts();
    party.stop.map_or(starts, |stop| stop.min(starts))
}

/// When a party that has not checked in loses its place. Who books after that is there already.
pub(super) fn released(frame: &Frame<'_>, party: &Party) -> Option<Moment> {
    frame.terms.released(frame.slot).filter(|released| party.made < *released)
}

/// Everything that happens at `at`.
fn pass(frame: &Frame<'_>, parties: &mut [Party], at: Moment) -> Vec<Happening> {
    let mut told = Vec::new();
    let mut gone = Vec::new();
    for party in parties.iter_mut() {
        if own_event(frame, party) != Some(at) {
            continue;
        }
        let (state, news) = match party.state {
            Waitlisted if at < frame.slot.starts() => (Lapsed, News::Stopped),
            Waitlisted => (Lapsed, News::Unreached),
            Offered => (Lapsed, News::Lapsed),
            _ => (Missed, News::Missed),
        };
        party.turn(state, at);
        gone.push(party.booking.clone());
        told.push(Happening { booking: party.booking.clone(), at, news });
    }
    for host in gone {
        told.extend(table::leave(parties, &host, at));
    }
    told
}

#[cfg(test)]
mod tests;
