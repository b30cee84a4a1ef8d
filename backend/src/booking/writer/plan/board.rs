//! A slot as it was locked, and as the batch leaves it.

use std::collections::HashMap;

use domain::{
    booking::{Frame, Happening, Party, Rules, Slot, Tally, due, is_stay, settle},
    id::BookingId,
    notice::{self, News},
    time::Moment,
};

use crate::booking::about::About;

/// A slot as it was locked, and as the batch leaves it.
#[derive(Clone, Debug)]
pub struct Board {
    /// The slot.
    pub slot: Slot,
    /// The rules of its offering.
    pub rules: Rules,
    /// Whether the centre has stopped offering it: who has a booking keeps it, nobody gets a new one.
    pub retired: bool,
    /// What bookings say of it.
    pub about: About,
    /// Places given out before this system.
    pub desk: u32,
    /// Places taken and parties waiting; what is held for offers is not known until it is opened.
    pub tally: Tally,
    /// The next sequence number.
    pub next_seq: u32,
    /// The next sequence number when the slot was locked.
    pub was_seq: u32,
    /// Parties that ever waited.
    pub queued: u32,
    /// Offers that were ever made from the queue.
    pub lifted: u32,
    /// When time alone changes something next.
    pub due: Option<Moment>,
    /// The parties by their numbers, live ones and those that asks are about; read only where more is
    /// done in the slot than to ask for places.
    pub parties: Option<Vec<Party>>,
    /// The same as they were read.
    pub before: HashMap<BookingId, Party>,
    /// Whether the batch changed anything.
    pub changed: bool,
    /// Whether it changed when the slot meets.
    pub rescheduled: bool,
}

impl Board {
    /// Whether time alone has changed something by `now`.
    pub fn is_due(&self, now: Moment) -> bool {
        self.due.is_some_and(|due| due <= now)
    }

    /// Whether its parties are needed for every ask: they may share tables or must check in. Such slots
    /// have few.
    pub fn has_tables(&self) -> bool {
        self.rules.terms.table_seats.is_some() || self.rules.terms.grace_minutes.is_some()
    }

    /// Opens it with its live parties, by their numbers.
    pub fn open(&mut self, parties: Vec<Party>) {
        self.before = parties.iter().map(|party| (party.booking.clone(), party.clone())).collect();
        self.tally = Tally::of(self.desk, &parties);
        self.parties = Some(parties);
    }

    /// What its parties are folded within.
    pub fn frame(&self) -> Frame<'_> {
        Frame { slot: &self.slot, terms: &self.rules.terms, zone: self.about.zone, desk: self.desk }
    }

    /// A party, where the slot was opened.
    pub fn party(&self, booking: &BookingId) -> Option<&Party> {
        self.parties.as_ref()?.iter().find(|party| party.booking == *booking)
    }

    /// Where a booking stands among the parties of the opened slot; one that had ended is put there.
    pub fn find(&mut self, party: &Party) -> usize {
        let parties = self.parties.get_or_insert_default();
        match parties.binary_search_by_key(&party.seq, |one| one.seq) {
            Ok(index) => index,
            Err(index) => {
                self.before.insert(party.booking.clone(), party.clone());
                parties.insert(index, party.clone());
                index
            }
        }
    }

    /// Works on the parties of the opened slot, and counts them anew.
    pub fn work<T>(&mut self, now: Moment, work: impl FnOnce(&Frame<'_>, &mut Vec<Party>) -> T) -> T {
        let mut parties = self.parties.take().unwrap_or_default();
        let done = work(&self.frame(), &mut parties);
        self.tally = Tally::of(self.desk, &parties);
        self.due = due(&self.frame(), &parties, now);
        self.parties = Some(parties);
        self.changed = true;
        done
    }

    /// Folds it to `now`. Who did not open it knew that nothing was due.
    pub fn settle(&mut self, now: Moment) -> Vec<Happening> {
        if self.parties.is_none() {
            return Vec::new();
        }
        let since = self.due;
        let happened = self.work(now, |frame, parties| settle(frame, parties, since, now));
        self.count_offers(&happened);
        happened
    }

    /// Counts the offers among what happened.
    pub fn count_offers(&mut self, happened: &[Happening]) {
        let offers = happened.iter().filter(|one| matches!(one.news, News::Offered { .. })).count();
        self.lifted = self.lifted.saturating_add(u32::try_from(offers).unwrap_or(u32::MAX));
    }

    /// Adds a newcomer.
    pub fn add(&mut self, party: &Party, now: Moment) {
        self.next_seq += 1;
        self.changed = true;
        let waits = party.state == domain::booking::BookingState::Waitlisted;
        self.queued += u32::from(waits);
        if self.parties.is_some() {
            self.work(now, |_, parties| parties.push(party.clone()));
            return;
        }
        let one = Tally::of(0, core::slice::from_ref(party));
        self.tally.taken += one.taken;
        self.tally.counter += one.counter;
        self.tally.waiting += one.waiting;
        let own = due(&self.frame(), core::slice::from_ref(party), now);
        let opens = self.slot.kept_until;
        let kept = self.slot.kept_left(self.desk + self.tally.counter, now) > 0;
        let opens = (waits && kept && opens < self.slot.starts()).then_some(opens);
        self.due = [self.due, own, opens].into_iter().flatten().min();
    }

    /// The parties that stand differently than they were read; new ones are among them.
    pub fn moved(&self) -> impl Iterator<Item = &Party> {
        let parties = self.parties.as_deref().unwrap_or_default();
        parties.iter().filter(|party| self.before.get(&party.booking) != Some(*party))
    }

    /// What a household is told of the slot.
    pub fn notice(&self, news: News) -> notice::About {
        let About { offering, title, zone, .. } = &self.about;
        let starts = news.meeting().unwrap_or_else(|| self.slot.starts());
        notice::About {
            news,
            offering: Some(offering.clone()),
            title: title.clone(),
            starts: Some(starts).filter(|starts| !is_stay(*starts)),
            zone: *zone,
        }
    }
}
