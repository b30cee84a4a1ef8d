//! Decides a batch of asks in order, in memory: what each is answered and what is to be written.
//!
//! [`House`] is what the transaction has locked and read; nothing here touches the database, reads
//! the clock or fails for any other reason than the rules.

use std::collections::{BTreeMap, HashMap};

use domain::{
    booking::{
        Attendee, Booking, BookingState, Held, Placement, Rules, Slot, Standing, Waiting, decide, may_cancel,
        promote,
    },
    id::{AccountId, BookingId, OfferingId, PersonId, SlotId},
    refusal::Refusal,
    time::{Day, Moment},
};

use super::{Ask, Deed};
use crate::{
    booking::about::{About, Stands},
    dice::Dice,
    failure::Failure,
};

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
    /// Places taken.
    pub taken: u32,
    /// Parties waiting.
    pub waiting: u32,
    /// The next sequence number.
    pub next_seq: u32,
    /// The next sequence number when the slot was locked.
    pub was_seq: u32,
    /// The queue in order; read only where a booking of the slot is given back.
    pub queue: Option<Vec<Waiting>>,
    /// Whether the batch changed anything.
    pub changed: bool,
}

/// A booking that was there, or that the batch makes.
#[derive(Clone, Debug)]
pub struct Record {
    /// Identifier.
    pub id: BookingId,
    /// Whose.
    pub account: AccountId,
    /// Which slot.
    pub slot: SlotId,
    /// Its number in the slot.
    pub seq: u32,
    /// Places it takes.
    pub size: u32,
    /// How it stands.
    pub state: BookingState,
    /// What the desk asks for.
    pub code: String,
    /// When it was made.
    pub made: Moment,
    /// Who comes.
    pub people: Vec<PersonId>,
    /// Its position, where it waits and the queue was not read.
    pub position: Option<u32>,
}

/// Under which key something was written before.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The hash of that request.
    pub body_hash: String,
    /// The booking it made or gave back; something else for keys of other endpoints.
    pub booking: BookingId,
}

/// What is to be written.
#[derive(Debug, Default)]
pub struct Changes {
    /// New bookings, by the index of their ask; [`House::records`] has how they stand.
    pub made: Vec<(usize, BookingId)>,
    /// Bookings that stand differently now, and since when; new ones may be among them.
    pub moved: BTreeMap<BookingId, (BookingState, Moment)>,
    /// Cancellations, by the index of their ask.
    pub given_back: Vec<(usize, BookingId)>,
}

impl Changes {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.made.is_empty() && self.moved.is_empty()
    }
}

/// Everything a batch needs to know, and how it stands while the batch is decided.
#[derive(Debug, Default)]
pub struct House {
    /// Slots that are asked for or in which something is given back.
    pub boards: BTreeMap<SlotId, Board>,
    /// The people of the callers who are named, with their birthdays.
    pub people: HashMap<(AccountId, PersonId), Option<Day>>,
    /// Their live bookings that are not over.
    pub holds: HashMap<PersonId, Vec<Held>>,
    /// Keys that have been used.
    pub keys: HashMap<(AccountId, String), Kept>,
    /// Bookings to be given back or answered again, of their own accounts only.
    pub records: HashMap<BookingId, Record>,
    /// What is to be written.
    pub changes: Changes,
}

impl House {
    /// Decides the asks in order. The answers follow from how the house stands after the last.
    pub fn decide(&mut self, asks: &[&Ask], dice: &(dyn Dice + 'static)) -> Vec<Result<Booking, Failure>> {
        let decided: Vec<Result<BookingId, Failure>> =
            asks.iter().enumerate().map(|(index, ask)| self.decide_one(index, ask, dice)).collect();
        decided
            .into_iter()
            .map(|answer| answer.and_then(|booking| self.show(&booking).ok_or(Failure::NotFound)))
            .collect()
    }

    fn decide_one(
        &mut self,
        index: usize,
        ask: &Ask,
        dice: &(dyn Dice + 'static),
    ) -> Result<BookingId, Failure> {
        let key = (ask.account.clone(), ask.key.text.clone());
        if let Some(kept) = self.keys.get(&key) {
            if kept.body_hash != ask.key.body_hash {
                return Err(Refusal::KeyReused.into());
            }
            return Ok(kept.booking.clone());
        }
        let booking = match &ask.deed {
            Deed::Book { slot, people } => self.book(index, ask, slot, people, dice)?,
            Deed::Cancel { booking } => self.cancel(index, ask, booking)?,
        };
        self.keys.insert(key, Kept { body_hash: ask.key.body_hash.clone(), booking: booking.clone() });
        Ok(booking)
    }

    fn book(
        &mut self,
        index: usize,
        ask: &Ask,
        slot: &SlotId,
        people: &[PersonId],
        dice: &(dyn Dice + 'static),
    ) -> Result<BookingId, Failure> {
        let board = self.boards.get_mut(slot).filter(|board| !board.retired).ok_or(Failure::NotFound)?;
        let mut party = Vec::with_capacity(people.len());
        for person in people {
            let known = self.people.get(&(ask.account.clone(), person.clone()));
            let born = *known.ok_or(Failure::from(Refusal::PersonUnknown))?;
            let holds = self.holds.get(person).cloned().unwrap_or_default();
            party.push(Attendee { person: person.clone(), born, holds });
        }
        let standing = Standing { taken: board.taken };
        let placement = decide(&board.slot, &board.rules, standing, &party, ask.now, board.about.zone)?;

        let id = BookingId(dice.id("b"));
        let size = board.rules.size(people.len());
        let (state, position) = match placement {
            Placement::Confirmed => {
                board.taken += size;
                (BookingState::Confirmed, None)
            }
            Placement::Waitlisted => {
                board.waiting += 1;
                if let Some(queue) = &mut board.queue {
                    queue.push(Waiting { booking: id.clone(), size });
                }
                (BookingState::Waitlisted, Some(board.waiting))
            }
        };
        let seq = board.next_seq;
        board.next_seq += 1;
        board.changed = true;
        for person in people {
            self.holds.entry(person.clone()).or_default().push(Held {
                booking: id.clone(),
                slot: slot.clone(),
                title: board.about.title.clone(),
                meetings: board.slot.meetings.clone(),
            });
        }
        let record = Record {
            id: id.clone(),
            account: ask.account.clone(),
            slot: slot.clone(),
            seq,
            size,
            state,
            code: dice.code(6),
            made: ask.now,
            people: people.to_vec(),
            position,
        };
        self.records.insert(id.clone(), record);
        self.changes.made.push((index, id.clone()));
        Ok(id)
    }

    fn cancel(&mut self, index: usize, ask: &Ask, booking: &BookingId) -> Result<BookingId, Failure> {
        let record = self.records.get_mut(booking).filter(|record| record.account == ask.account);
        let record = record.ok_or(Failure::NotFound)?;
        let board = self.boards.get_mut(&record.slot).ok_or(Failure::NotFound)?;
        if !may_cancel(record.state, board.slot.starts(), ask.now) {
            return Err(Refusal::CannotCancel.into());
        }
        let queue = board.queue.get_or_insert_default();
        let freed = if record.state == BookingState::Confirmed { record.size } else { 0 };
        if freed == 0 {
            board.waiting = board.waiting.saturating_sub(1);
            queue.retain(|party| party.booking != *booking);
        }
        record.state = BookingState::Cancelled;
        board.taken = board.taken.saturating_sub(freed);
        board.changed = true;
        for person in &record.people {
            if let Some(holds) = self.holds.get_mut(person) {
                holds.retain(|held| held.booking != *booking);
            }
        }
        self.changes.moved.insert(booking.clone(), (BookingState::Cancelled, ask.now));
        self.changes.given_back.push((index, booking.clone()));

        for lucky in promote(board.slot.capacity.saturating_sub(board.taken), queue) {
            let Some(at) = queue.iter().position(|party| party.booking == lucky) else { continue };
            board.taken += queue.remove(at).size;
            board.waiting = board.waiting.saturating_sub(1);
            if let Some(record) = self.records.get_mut(&lucky) {
                record.state = BookingState::Confirmed;
            }
            self.changes.moved.insert(lucky, (BookingState::Confirmed, ask.now));
        }
        Ok(booking.clone())
    }

    /// The booking as its household sees it.
    fn show(&self, booking: &BookingId) -> Option<Booking> {
        let record = self.records.get(booking)?;
        let board = self.boards.get(&record.slot)?;
        let position = match (record.state, &board.queue) {
            (BookingState::Waitlisted, Some(queue)) => {
                let before = queue.iter().position(|party| party.booking == record.id)?;
                u32::try_from(before + 1).ok()
            }
            (BookingState::Waitlisted, None) => record.position,
            _ => None,
        };
        Some(board.about.clone().booking(Stands {
            id: record.id.clone(),
            state: record.state,
            position,
            seq: record.seq,
            code: record.code.clone(),
            slot: record.slot.clone(),
            meetings: board.slot.meetings.clone(),
            people: record.people.clone(),
            made: record.made,
            until: None,
            undo_until: None,
            stop: None,
            passed: None,
            odds: None,
            reason: None,
            table: None,
            waiting: 0,
            released: None,
        }))
    }

    /// The offerings in whose slots something changed, each once.
    pub fn touched(&self) -> Vec<OfferingId> {
        let changed = self.boards.values().filter(|board| board.changed);
        let mut offerings: Vec<OfferingId> = changed.map(|board| board.about.offering.clone()).collect();
        offerings.sort();
        offerings.dedup();
        offerings
    }
}

#[cfg(test)]
mod tests;
