//! The deeds, one by one, on the house as it stands.

use std::collections::BTreeSet;

use domain::{
    booking::{
        BookingState, Happening, Held, Party, Placement, Standing, Tally,
        attendance::{self, Sheet},
        decide, deeds,
        fair::{self, Use},
        offer_on, table,
    },
    id::{BookingId, PersonId, SlotId},
    refusal::Refusal,
    time::Moment,
};

use super::{Done, House, Record};
use crate::{
    booking::writer::{Ask, Deed},
    dice::Dice,
    failure::Failure,
    tickets::Frozen,
};

/// A party that asks for places.
pub(super) struct Asking<'a> {
    pub people: &'a [PersonId],
    pub ready: Option<&'a Frozen>,
    pub share: bool,
    pub counter: bool,
    pub guests: u32,
}

impl Asking<'_> {
    /// How many come, with a name or without.
    fn heads(&self) -> u32 {
        u32::try_from(self.people.len()).unwrap_or(u32::MAX).saturating_add(self.guests)
    }
}

impl House {
    /// Gives a party places, a table or a position in the queue.
    pub(super) fn book(
        &mut self,
        index: usize,
        ask: &Ask,
        slot: &SlotId,
        asking: &Asking<'_>,
        dice: &(dyn Dice + 'static),
    ) -> Result<BookingId, Failure> {
        let (state, table) = self.place(ask, slot, asking)?;
        let board = self.boards.get_mut(slot).ok_or(Failure::NotFound)?;
        let people = asking.people;
        let party = Party {
            booking: BookingId(dice.id_at("b", ask.now)),
            account: ask.account.clone(),
            seq: board.next_seq,
            size: board.rules.size(asking.heads()),
            people: asking.heads(),
            state,
            until: None,
            stop: None,
            was: None,
            shared: asking.share && board.rules.terms.table_seats.is_some(),
            host: table,
            counter: asking.counter,
            reason: None,
            made: ask.now,
            changed: ask.now,
        };
        board.add(&party, ask.now);
        let waits = state == BookingState::Waitlisted;
        let position = waits.then_some(board.tally.waiting);
        let held = Held {
            booking: party.booking.clone(),
            slot: slot.clone(),
            title: board.about.title.clone(),
            meetings: board.slot.meetings.clone(),
        };
        if board.rules.terms.fair.is_some() {
            let offering = board.about.offering.clone();
            let one = Use { booking: party.booking.clone(), offering, starts: board.slot.starts(), state };
            self.uses.entry(ask.account.clone()).or_default().push((slot.clone(), one));
        }
        for person in people {
            self.holds.entry(person.clone()).or_default().push(held.clone());
        }
        let id = party.booking.clone();
        let (code, people) = (dice.code(6), people.to_vec());
        self.records.insert(id.clone(), Record { party, slot: slot.clone(), code, people, position });
        self.changes.made.push((index, id.clone()));
        let done = if waits { Done::Queued } else { Done::Booked };
        self.tell_of(ask, slot, &id, done, dice);
        Ok(id)
    }

    /// Where a party comes to stand, by all the rules.
    fn place(
        &self,
        ask: &Ask,
        slot: &SlotId,
        asking: &Asking<'_>,
    ) -> Result<(BookingState, Option<BookingId>), Failure> {
        let board = self.boards.get(slot).filter(|board| !board.retired).ok_or(Failure::NotFound)?;
        let party = self.party_of(&ask.account, asking.people, board, ask.now)?;
        let frame = board.frame();
        let parties = board.parties.as_ref().filter(|_| asking.share);
        let table = parties.and_then(|parties| table::find(&frame, parties, asking.heads()));
        let standing = Standing {
            taken: board.tally.taken,
            given: board.desk + board.tally.counter,
            counter: asking.counter,
            seats: table.is_some(),
            guests: asking.guests,
            ticket: asking.ready.map(|ticket| ticket.resident),
        };
        if let Some(ticket) = asking.ready {
            self.check_ticket(ask, slot, asking.people, ticket)?;
        }
        let placement = decide(&board.slot, &board.rules, standing, &party, ask.now, board.about.zone)?;
        self.check_volunteer(&ask.account, asking.people, board)?;
        if let Some(share) = board.rules.terms.fair {
            let (uses, starts) = (self.uses_of(&ask.account, ask.now), board.slot.starts());
            fair::share(share, &uses, &board.about.offering, starts, ask.now, board.about.zone)?;
        }
        Ok(match placement {
            Placement::Confirmed => (BookingState::Confirmed, table),
            Placement::Waitlisted => (BookingState::Waitlisted, None),
        })
    }

    /// Checks that a genuine ticket still holds.
    fn check_ticket(
        &self,
        ask: &Ask,
        slot: &SlotId,
        people: &[PersonId],
        ticket: &Frozen,
    ) -> Result<(), Refusal> {
        let holds = self.tickets.get(&ticket.ticket).is_some_and(|(account, of, named)| {
            *account == ask.account && of == slot && *named == people.iter().cloned().collect()
        });
        if holds { Ok(()) } else { Err(Refusal::TicketVoid) }
    }

    /// Does what is asked of a booking that is there.
    pub(super) fn work(
        &mut self,
        ask: &Ask,
        booking: &BookingId,
        dice: &(dyn Dice + 'static),
    ) -> Result<(), Failure> {
        let record = self.records.get(booking).ok_or(Failure::NotFound)?;
        if record.party.account != ask.account && !ask.by.is_desk() {
            return Err(Failure::NotFound);
        }
        if let Deed::Note { note, .. } = &ask.deed
            && (!ask.by.is_desk() || !record.people.contains(&note.person))
        {
            return Err(Failure::NotFound);
        }
        let (slot, party, people) = (record.slot.clone(), record.party.clone(), record.people.clone());
        let before = self.party(booking).ok_or(Failure::NotFound)?.clone();
        match ask.deed {
            Deed::Restore { .. } if !before.state.is_live() => self.check_restore(record, ask.now)?,
            Deed::CheckIn { .. } if !before.state.is_live() => self.check_presence(record, ask.now)?,
            _ => {}
        }
        let noted = self.sheets.get(booking).cloned().unwrap_or_default();
        let mut sheet = noted.clone();
        let board = self.boards.get_mut(&slot).ok_or(Failure::NotFound)?;
        let changed = board.changed;
        let at = board.find(&party);
        let done = board.work(ask.now, |frame, parties| {
            let now = ask.now;
            match &ask.deed {
                Deed::Take { .. } => deeds::take(&mut parties[at], now).map(|()| Vec::new()),
                Deed::Decline { .. } => deeds::decline(frame, parties, at, now),
                Deed::Stop { after, .. } => {
                    deeds::stop(frame, &mut parties[at], *after, now).map(|()| Vec::new())
                }
                Deed::Cancel { .. } => deeds::cancel(frame, parties, at, now),
                Deed::Restore { .. } => deeds::restore(frame, parties, at, now),
                Deed::Withdraw { reason, .. } => deeds::withdraw(frame, parties, at, reason, now),
                Deed::CheckIn { .. } => deeds::check_in(frame, parties, at, now).map(|meeting| {
                    attendance::arrive(&mut sheet, &people, meeting);
                    Vec::new()
                }),
                Deed::Note { note, .. } => attendance::note(frame, parties, at, &mut sheet, note, now),
                Deed::Book { .. } | Deed::Resize { .. } | Deed::Reschedule { .. } | Deed::Settle { .. } => {
                    Ok(Vec::new())
                }
            }
        });
        let happened = done.inspect_err(|_| board.changed = changed)?;
        self.keep_sheet(booking, &noted, sheet, ask.now);
        self.follow(ask, &slot, &before, happened, dice);
        Ok(())
    }

    /// Keeps what is noted of a booking, and what of it is to be written.
    pub(super) fn keep_sheet(&mut self, booking: &BookingId, before: &Sheet, sheet: Sheet, now: Moment) {
        let lines: BTreeSet<_> = before.keys().chain(sheet.keys()).cloned().collect();
        for line in lines {
            let mark = sheet.get(&line).copied();
            if mark != before.get(&line).copied() {
                let (meeting, person) = line;
                self.changes.noted.insert((booking.clone(), meeting, person), (mark, now));
            }
        }
        self.sheets.insert(booking.clone(), sheet);
    }

    /// What follows from a deed: counts, holds, and what households are told.
    fn follow(
        &mut self,
        ask: &Ask,
        slot: &SlotId,
        before: &Party,
        happened: Vec<Happening>,
        dice: &(dyn Dice + 'static),
    ) {
        let Some(board) = self.boards.get_mut(slot) else { return };
        board.count_offers(&happened);
        let booking = &before.booking;
        let offered = happened.iter().any(|one| one.booking == *booking);
        let Some(party) = board.party(booking).cloned() else { return };
        if !before.state.is_live() && party.state.is_live() {
            // It was counted when it waited first; who had a place waits for the first time.
            let waits = party.state == BookingState::Waitlisted || offered;
            board.queued += u32::from(waits && before.was == Some(BookingState::Confirmed));
            self.hold(slot, booking);
        }
        let done = match (&ask.deed, party.state) {
            (Deed::Take { .. }, _) | (Deed::Restore { .. }, BookingState::Confirmed) => Some(Done::Booked),
            (Deed::Restore { .. }, _) => Some(Done::Queued),
            (Deed::Cancel { .. } | Deed::Decline { .. }, _) => Some(Done::Cancelled),
            _ => None,
        };
        if let Some(done) = done {
            self.tell_of(ask, slot, booking, done, dice);
        }
        self.tell(slot, happened, dice);
    }

    /// The people of a booking that came back are there again.
    fn hold(&mut self, slot: &SlotId, booking: &BookingId) {
        let (Some(record), Some(board)) = (self.records.get(booking), self.boards.get(slot)) else { return };
        let held = Held {
            booking: booking.clone(),
            slot: slot.clone(),
            title: board.about.title.clone(),
            meetings: board.slot.meetings.clone(),
        };
        for person in &record.people {
            let holds = self.holds.entry(person.clone()).or_default();
            holds.retain(|other| other.booking != *booking);
            holds.push(held.clone());
        }
    }

    /// Changes how many places there are, and offers on what that frees. Rule 10.
    pub(super) fn resize(
        &mut self,
        ask: &Ask,
        slot: &SlotId,
        capacity: u32,
        kept: u32,
        dice: &(dyn Dice + 'static),
    ) -> Result<(), Failure> {
        let board = self.boards.get_mut(slot).filter(|_| ask.by.is_desk()).ok_or(Failure::NotFound)?;
        let Tally { taken, .. } = board.tally;
        if capacity < taken {
            return Err(Refusal::CapacityTaken { taken }.into());
        }
        board.slot.capacity = capacity;
        board.slot.kept = kept.min(capacity);
        let happened = board.work(ask.now, |frame, parties| offer_on(frame, parties, ask.now));
        board.count_offers(&happened);
        self.tell(slot, happened, dice);
        Ok(())
    }
}
