//! Decides a batch of asks in order, in memory: what each is answered and what is to be written.
//!
//! [`House`] is what the transaction has locked and read; nothing here touches the database, reads
//! the clock or fails for any other reason than the rules. Every ask finds all slots folded to the
//! instant at which it arrived.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{
    booking::{
        Attendee, BookingState, Facts, Happening, Held, Mark, Party,
        attendance::Sheet,
        check_clashes, check_return, check_volunteer,
        fair::{self, Use},
    },
    id::{AccountId, BookingId, CentreId, DrawId, NoticeId, OfferingId, PersonId, SlotId, TicketId},
    notice::{self, News},
    refusal::Refusal,
    time::{Day, Moment},
    volunteer::Stand,
};

use super::{Ask, By, Deed};
use crate::{dice::Dice, failure::Failure};

mod board;
mod deeds;
mod meetings;
mod show;

pub use board::Board;

/// A booking that was there, or that the batch makes.
#[derive(Clone, Debug)]
pub struct Record {
    /// As the rules see it; where the parties of its slot were read, theirs is the truth.
    pub party: Party,
    /// Which slot.
    pub slot: SlotId,
    /// What the desk asks for.
    pub code: String,
    /// Who comes.
    pub people: Vec<PersonId>,
    /// Its position, where it waits and the parties of its slot were not read.
    pub position: Option<u32>,
}

/// Under which key something was written before.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The hash of that request.
    pub body_hash: String,
    /// The booking it made or was about; something else for keys of other endpoints.
    pub booking: BookingId,
}

/// What is known of somebody who is named.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Date of birth, where it matters.
    pub born: Option<Day>,
    /// Whether a guardian's consent is in force.
    pub consent: bool,
    /// Whether the desk has seen the papers.
    pub verified: bool,
    /// In whose neighbourhood they live.
    pub resident_of: Option<CentreId>,
    /// Whether the account is theirs.
    pub holder: bool,
}

/// What an ask is answered about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A booking.
    Booking(BookingId),
    /// A slot: there is nothing to show.
    Slot,
}

/// What became of a booking that somebody else dealt with.
#[derive(Clone, Copy, Debug)]
enum Done {
    Booked,
    Queued,
    Cancelled,
}

/// Something a household is to be told.
#[derive(Clone, Debug)]
pub struct NewNotice {
    /// Identifier.
    pub id: NoticeId,
    /// Who.
    pub account: AccountId,
    /// Of which booking, where it is about one.
    pub booking: Option<BookingId>,
    /// When it happened.
    pub at: Moment,
    /// What.
    pub about: notice::About,
}

/// Of whom something is noted: which booking, which meeting, who.
pub type NotedOf = (BookingId, u32, PersonId);

/// What is to be written, beside how boards and parties stand.
#[derive(Debug, Default)]
pub struct Changes {
    /// New bookings, by the index of their ask; [`House::records`] has them.
    pub made: Vec<(usize, BookingId)>,
    /// What keys that made no booking are answered with, by the index of their ask.
    pub answered: Vec<(usize, String)>,
    /// What households are told.
    pub notices: Vec<NewNotice>,
    /// What is noted of who was there, and when; `None` where nothing is any more.
    pub noted: BTreeMap<NotedOf, (Option<Mark>, Moment)>,
}

/// Everything a batch needs to know, and how it stands while the batch is decided.
#[derive(Debug, Default)]
pub struct House {
    /// Slots that are asked for or in which something is done.
    pub boards: BTreeMap<SlotId, Board>,
    /// The people of the callers who are named.
    pub people: HashMap<(AccountId, PersonId), Known>,
    /// Their live bookings that are not over.
    pub holds: HashMap<PersonId, Vec<Held>>,
    /// How those who want a shift stand as volunteers; who is none is not among them.
    pub volunteers: HashMap<AccountId, Stand>,
    /// Tasks with which they lend a hand; only a shift asks for these.
    pub tasks: HashMap<PersonId, Vec<Held>>,
    /// What households have had, where a fair share counts it, and in which slot.
    pub uses: HashMap<AccountId, Vec<(SlotId, Use)>>,
    /// Bookings in slots that are not among the boards which time alone has ended, how they stand, and
    /// since when.
    pub ended: HashMap<BookingId, (BookingState, Moment)>,
    /// Tickets that hold, with whose they are, for which slot and for whom.
    pub tickets: HashMap<TicketId, (AccountId, SlotId, BTreeSet<PersonId>)>,
    /// Keys that have been used.
    pub keys: HashMap<(AccountId, String), Kept>,
    /// Bookings that asks are about or are answered with again.
    pub records: HashMap<BookingId, Record>,
    /// Of the last slots of an offering in which somebody waited, how many got an offer in each.
    pub lifted: HashMap<OfferingId, Vec<u32>>,
    /// What is noted of who was there, of bookings of which that is asked.
    pub sheets: HashMap<BookingId, Sheet>,
    /// Who chose a slot of which a meeting changes in a draw, and in which draw.
    pub entered: HashMap<SlotId, Vec<(AccountId, DrawId)>>,
    /// What is to be written.
    pub changes: Changes,
}

impl House {
    /// Decides the asks in order.
    pub fn decide(&mut self, asks: &[&Ask], dice: &(dyn Dice + 'static)) -> Vec<Result<Target, Failure>> {
        asks.iter().enumerate().map(|(index, ask)| self.decide_one(index, ask, dice)).collect()
    }

    fn decide_one(
        &mut self,
        index: usize,
        ask: &Ask,
        dice: &(dyn Dice + 'static),
    ) -> Result<Target, Failure> {
        // Even what was done before is shown as it stands by now.
        self.fold(ask.now, dice);
        if let Deed::Settle { slot } = &ask.deed {
            return self.boards.contains_key(slot).then_some(Target::Slot).ok_or(Failure::NotFound);
        }
        let key = (ask.account.clone(), ask.key.text.clone());
        if let Some(kept) = self.keys.get(&key) {
            if kept.body_hash != ask.key.body_hash {
                return Err(Refusal::KeyReused.into());
            }
            return Ok(match &ask.deed {
                Deed::Resize { .. } | Deed::Reschedule { .. } => Target::Slot,
                _ => Target::Booking(kept.booking.clone()),
            });
        }
        let target = match &ask.deed {
            Deed::Book { slot, people, ready, share, counter, guests } => {
                let (share, counter, guests) = (*share, *counter, *guests);
                let asking = deeds::Asking { people, ready: ready.as_ref(), share, counter, guests };
                Target::Booking(self.book(index, ask, slot, &asking, dice)?)
            }
            Deed::Resize { slot, capacity, kept } => {
                self.resize(ask, slot, *capacity, *kept, dice)?;
                Target::Slot
            }
            Deed::Reschedule { slot, change, clashes } => {
                self.reschedule(ask, slot, change, clashes, dice)?;
                Target::Slot
            }
            deed => {
                let booking = deed.booking().ok_or(Failure::NotFound)?;
                self.work(ask, booking, dice)?;
                Target::Booking(booking.clone())
            }
        };
        let booking = match (&target, &ask.deed) {
            (Target::Booking(booking), _) => booking.clone(),
            (Target::Slot, Deed::Resize { slot, .. } | Deed::Reschedule { slot, .. }) => {
                BookingId(slot.0.clone())
            }
            (Target::Slot, _) => return Ok(target),
        };
        if !matches!(ask.deed, Deed::Book { .. }) {
            self.changes.answered.push((index, booking.0.clone()));
        }
        self.keys.insert(key, Kept { body_hash: ask.key.body_hash.clone(), booking });
        Ok(target)
    }

    /// Folds every slot to `now`.
    fn fold(&mut self, now: Moment, dice: &(dyn Dice + 'static)) {
        let mut told = Vec::new();
        for board in self.boards.values_mut().filter(|board| board.is_due(now)) {
            let happened = board.settle(now);
            told.push((board.slot.id.clone(), happened));
        }
        for (slot, happened) in told {
            self.tell(&slot, happened, dice);
        }
    }

    /// Keeps what households are to be told of what happened in a slot.
    fn tell(&mut self, slot: &SlotId, happened: Vec<Happening>, dice: &(dyn Dice + 'static)) {
        let Some(board) = self.boards.get(slot) else { return };
        for Happening { booking, at, news } in happened {
            let account = match (board.party(&booking), self.records.get(&booking)) {
                (Some(party), _) => party.account.clone(),
                (None, Some(record)) => record.party.account.clone(),
                (None, None) => continue,
            };
            let about = board.notice(news);
            let id = NoticeId(dice.id("n"));
            self.changes.notices.push(NewNotice { id, account, booking: Some(booking), at, about });
        }
    }

    /// Tells the household of `booking` what the desk or a relative did for it, if it was one of them.
    fn tell_of(
        &mut self,
        ask: &Ask,
        slot: &SlotId,
        booking: &BookingId,
        done: Done,
        dice: &(dyn Dice + 'static),
    ) {
        let news = match (&ask.by, done) {
            (By::Household, _) => return,
            (By::Relative, Done::Booked) => News::BookedForYou,
            (By::Relative, Done::Queued) => News::QueuedForYou,
            (By::Relative, Done::Cancelled) => News::CancelledForYou,
            (By::Desk(_), Done::Booked) => News::BookedAtDesk,
            (By::Desk(_), Done::Queued) => News::QueuedAtDesk,
            (By::Desk(_), Done::Cancelled) => News::CancelledAtDesk,
        };
        let happened = Happening { booking: booking.clone(), at: ask.now, news };
        self.tell(slot, vec![happened], dice);
    }

    /// How a booking stands.
    pub fn party(&self, booking: &BookingId) -> Option<&Party> {
        let record = self.records.get(booking)?;
        let board = self.boards.get(&record.slot)?;
        Some(board.party(booking).unwrap_or(&record.party))
    }

    /// A party of an account that would come to a slot, as far as they are already somewhere.
    fn party_of(
        &self,
        account: &AccountId,
        people: &[PersonId],
        board: &Board,
        now: Moment,
    ) -> Result<Vec<Attendee>, Refusal> {
        let one = |person: &PersonId| {
            let known = self.people.get(&(account.clone(), person.clone())).ok_or(Refusal::PersonUnknown)?;
            let mut attendee = self.attendee(person, known, &board.about.centre, now);
            if board.rules.terms.volunteers {
                attendee.holds.extend(self.tasks.get(person).into_iter().flatten().cloned());
            }
            Ok(attendee)
        };
        people.iter().map(one).collect()
    }

    /// Checks that a volunteer comes to what is a volunteer's.
    fn check_volunteer(
        &self,
        account: &AccountId,
        people: &[PersonId],
        board: &Board,
    ) -> Result<(), Refusal> {
        let is_holder = |person: &PersonId| {
            self.people.get(&(account.clone(), person.clone())).is_some_and(|known| known.holder)
        };
        check_volunteer(&board.rules, self.volunteers.get(account), people.iter().any(is_holder))
    }

    /// One of a party, as far as they are already somewhere.
    fn attendee(&self, person: &PersonId, known: &Known, centre: &CentreId, now: Moment) -> Attendee {
        let facts = Facts {
            consent: known.consent,
            verified: known.verified,
            resident: known.resident_of.as_ref() == Some(centre),
        };
        let holds = self.holds_of(person, now);
        Attendee { person: person.clone(), born: known.born, facts: Some(facts), holds }
    }

    /// What somebody holds at `now`: not what time alone has ended.
    fn holds_of(&self, person: &PersonId, now: Moment) -> Vec<Held> {
        let holds = self.holds.get(person).map(Vec::as_slice).unwrap_or_default();
        let lives = |held: &&Held| {
            let there = self.boards.get(&held.slot).and_then(|board| board.party(&held.booking));
            match (there, self.ended.get(&held.booking)) {
                (Some(party), _) => party.state.is_live(),
                (None, Some((_, since))) => now < *since,
                (None, None) => true,
            }
        };
        holds.iter().filter(lives).cloned().collect()
    }

    /// What a household has had at `now`.
    fn uses_of(&self, account: &AccountId, now: Moment) -> Vec<Use> {
        let uses = self.uses.get(account).map(Vec::as_slice).unwrap_or_default();
        let stands = |(slot, one): &(SlotId, Use)| {
            let there = self.boards.get(slot).and_then(|board| board.party(&one.booking));
            let ended = self.ended.get(&one.booking).filter(|(_, since)| *since <= now);
            let state = there.map(|party| party.state).or(ended.map(|(state, _)| *state));
            Use { state: state.unwrap_or(one.state), ..one.clone() }
        };
        uses.iter().map(stands).collect()
    }

    /// Checks that nobody of a booking that comes back is somewhere else by now.
    fn check_presence(&self, record: &Record, now: Moment) -> Result<(), Refusal> {
        let Some(board) = self.boards.get(&record.slot) else { return Ok(()) };
        for person in &record.people {
            let holds = self.holds_of(person, now);
            let attendee = Attendee { person: person.clone(), born: None, facts: None, holds };
            check_clashes(&attendee, &board.slot, &board.rules.terms)?;
        }
        Ok(())
    }

    /// Checks a booking that the household takes up again: they are still its to book, nothing that
    /// was said of them has been taken back, and it is still within the household's share.
    fn check_restore(&self, record: &Record, now: Moment) -> Result<(), Refusal> {
        let Some(board) = self.boards.get(&record.slot) else { return Ok(()) };
        let (account, zone) = (&record.party.account, board.about.zone);
        let party = self.party_of(account, &record.people, board, now)?;
        for attendee in &party {
            check_return(attendee, &board.slot, &board.rules, zone)?;
        }
        self.check_volunteer(account, &record.people, board)?;
        let Some(share) = board.rules.terms.fair else { return Ok(()) };
        let (uses, starts) = (self.uses_of(account, now), board.slot.starts());
        fair::share(share, &uses, &board.about.offering, starts, now, zone)
    }

    /// Whether there is nothing to write.
    pub fn is_unchanged(&self) -> bool {
        self.changes.made.is_empty()
            && self.changes.answered.is_empty()
            && self.boards.values().all(|board| !board.changed)
    }

    /// The bookings that stand differently than they were read; new ones are not among them.
    pub fn moved(&self) -> Vec<&Party> {
        let new: HashSet<&BookingId> = self.changes.made.iter().map(|(_, id)| id).collect();
        self.boards.values().flat_map(Board::moved).filter(|party| !new.contains(&party.booking)).collect()
    }

    /// The offerings of the bookings that wait and are to be shown.
    pub fn waiting_offerings(&self, targets: &[Result<Target, Failure>]) -> BTreeSet<OfferingId> {
        let waits = |target: &Result<Target, Failure>| {
            let Ok(Target::Booking(booking)) = target else { return None };
            self.party(booking).filter(|party| party.state == BookingState::Waitlisted)?;
            let board = self.boards.get(&self.records.get(booking)?.slot)?;
            Some(board.about.offering.clone())
        };
        targets.iter().filter_map(waits).collect()
    }

    /// The offerings in whose slots something changed, each once.
    pub fn touched(&self) -> Vec<OfferingId> {
        let changed = self.boards.values().filter(|board| board.changed);
        let offerings: BTreeSet<OfferingId> = changed.map(|board| board.about.offering.clone()).collect();
        offerings.into_iter().collect()
    }
}

#[cfg(test)]
mod tests;
