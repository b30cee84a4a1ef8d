//! How time alone changes things: event by event, as somebody at a desk with a clock would.

use super::{Party, Told, Twin};
use crate::{
    booking::BookingState::{Confirmed, Lapsed, Missed, Offered, Waitlisted},
    time::{DAY, HOUR, Moment, Zone},
};

/// Until when an offer of `at` is held: `hold` milliseconds of the hours from 8:00 to 22:00, and never
/// beyond the start.
pub fn hold_until(at: Moment, hold: i64, zone: Zone, starts: Moment) -> Moment {
    let mut left = hold;
    let midnight = zone.moment(at.day(zone), 0);
    for day in 0.. {
        let opens = at.max(midnight.plus(day * DAY + 8 * HOUR));
        let open = midnight.plus(day * DAY + 22 * HOUR).0 - opens.0;
        if open > 0 && left <= open {
            return opens.plus(left).min(starts);
        }
        left -= open.max(0);
        if opens >= starts {
            break;
        }
    }
    starts
}

impl Twin {
    /// Lets time pass on a page up to `now`.
    pub fn pass(&mut self, page: usize, now: Moment) {
        while let Some(instant) = self.next(page).filter(|instant| *instant <= now) {
            self.happen(page, instant);
            self.pages[page].told = instant;
            self.walk(page, instant);
        }
        self.pages[page].told = now;
    }

    /// The next instant at which something happens by itself.
    pub fn next(&self, page: usize) -> Option<Moment> {
        let kept = self.pages[page].slot.kept_until;
        let kept = (kept > self.pages[page].told && self.pages[page].slot.kept > 0).then_some(kept);
        let of_parties = self.on(page).filter_map(|party| self.end(party).map(|(at, _)| at));
        of_parties.chain(kept).min()
    }

    /// When a party stops standing as it does, if nobody does anything, and how it stands then.
    fn end(&self, party: usize) -> Option<(Moment, Told)> {
        let Party { page, state, until, stop, made, .. } = self.parties[party];
        match state {
            // For a room to live in one may wait for years.
            Waitlisted if self.pages[page].rules.terms.stay => stop.map(|at| (at, Told::Stopped)),
            Waitlisted => {
                let starts = self.pages[page].slot.starts();
                let left = stop.filter(|at| *at < starts);
                Some(left.map_or((starts, Told::Unreached), |at| (at, Told::Stopped)))
            }
            Offered => until.map(|at| (at, Told::Lapsed)),
            Confirmed => {
                let released = self.released(page)?;
                // Whoever booked after that is there.
                (made < released).then_some((released, Told::Missed))
            }
            _ => None,
        }
    }

    /// When the places of who did not come are free for all.
    pub(super) fn released(&self, page: usize) -> Option<Moment> {
        let page = &self.pages[page];
        // Of a course the other meetings are still to come.
        let grace = page.rules.terms.grace_minutes.filter(|_| page.slot.meetings.len() == 1);
        grace.map(|grace| page.slot.starts().plus(i64::from(grace) * 60_000))
    }

    /// All that happens at one instant.
    fn happen(&mut self, page: usize, instant: Moment) {
        let mut gone = Vec::new();
        for party in self.on(page).collect::<Vec<_>>() {
            let Some((at, told)) = self.end(party).filter(|(at, _)| *at <= instant) else { continue };
            let one = &mut self.parties[party];
            if told == Told::Lapsed {
                one.lapsed = Some(at);
            }
            one.state = if told == Told::Missed { Missed } else { Lapsed };
            one.until = None;
            one.changed = at;
            self.told.push((at, party, told));
            gone.push(party);
        }
        for party in gone {
            self.leave_table(party);
        }
    }

    /// Whoever sat at the table of a party that left keeps the table: the first becomes its host.
    pub(super) fn leave_table(&mut self, party: usize) {
        self.parties[party].host = None;
        let page = self.parties[party].page;
        let guests: Vec<usize> = self
            .on(page)
            .filter(|guest| self.parties[*guest].seated() && self.parties[*guest].host == Some(party))
            .collect();
        if let Some((first, others)) = guests.split_first() {
            self.parties[*first].host = None;
            for guest in others {
                self.parties[*guest].host = Some(*first);
            }
        }
    }

    /// Places that who books online can have.
    pub(super) fn free(&self, page: usize, at: Moment) -> u32 {
        let slot = &self.pages[page].slot;
        let given = self.pages[page].desk + self.counter(page);
        let kept = if at < slot.kept_until { slot.kept.saturating_sub(given) } else { 0 };
        slot.capacity.saturating_sub(self.taken(page) + kept)
    }

    /// Walks the queue from the front and offers places to whoever fits whole.
    pub(super) fn walk(&mut self, page: usize, at: Moment) {
        let (starts, zone) = (self.pages[page].slot.starts(), self.pages[page].zone);
        if at >= starts {
            return;
        }
        let hold = i64::from(self.pages[page].rules.terms.hold_minutes) * 60_000;
        for party in self.on(page).collect::<Vec<_>>() {
            if self.parties[party].state == Waitlisted && self.parties[party].size <= self.free(page, at) {
                let one = &mut self.parties[party];
                one.state = Offered;
                one.until = Some(hold_until(at, hold, zone, starts));
                one.changed = at;
                self.pages[page].lifted += 1;
                self.told.push((at, party, Told::Offered));
            }
        }
    }
}
