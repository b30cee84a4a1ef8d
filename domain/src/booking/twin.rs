//! The twin of the engine: whole centres told as one plain list of parties.
//!
//! Written from the rules as they are said to people, not from the engine: small, slow, and so plain
//! that one sees it is right. When the twin and the engine are told the same story, they must end with
//! the same list. Nothing here is fast: every question walks the whole list.

use std::collections::HashMap;

use super::{BookingState, Mark, Rules, Slot};
use crate::{
    id::{AccountId, BookingId, CentreId, OfferingId, PersonId, SlotId},
    refusal::Refusal,
    time::{Day, Moment, Span, Zone},
};

mod against;
mod deeds;
mod fold;
mod meetings;
#[cfg(test)]
mod tests;

pub use fold::hold_until;

/// A slot as the twin has it.
#[derive(Clone, Debug)]
pub struct Page {
    /// The slot.
    pub slot: Slot,
    /// What its offering asks.
    pub rules: Rules,
    /// Of what.
    pub offering: OfferingId,
    /// Where.
    pub centre: CentreId,
    /// The centre's clock.
    pub zone: Zone,
    /// Places given out before this system.
    pub desk: u32,
    /// Parties that ever waited.
    pub queued: u32,
    /// Offers that were ever made.
    pub lifted: u32,
    /// Up to when time has been told.
    pub told: Moment,
}

/// Somebody who may come along.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Whose household.
    pub account: AccountId,
    /// Date of birth.
    pub born: Option<Day>,
    /// Whether the desk has seen the papers.
    pub verified: bool,
    /// Whether a guardian's consent is in force.
    pub consent: bool,
    /// In whose neighbourhood they live.
    pub resident_of: Option<CentreId>,
    /// Whether the account is theirs.
    pub holder: bool,
}

/// A party of the list.
#[derive(Clone, Debug)]
pub struct Party {
    /// What the engine calls it, once it has said so.
    pub id: Option<BookingId>,
    /// Whose.
    pub account: AccountId,
    /// On which page.
    pub page: usize,
    /// Its number on that page.
    pub seq: u32,
    /// Who comes.
    pub people: Vec<PersonId>,
    /// How many come with them, nobody says who.
    pub guests: u32,
    /// Places it needs.
    pub size: u32,
    /// How it stands.
    pub state: BookingState,
    /// When its offer lapses.
    pub until: Option<Moment>,
    /// When it wants to be asked no more.
    pub stop: Option<Moment>,
    /// How it stood before it was given back or declined.
    pub was: Option<BookingState>,
    /// Whether it shares a table.
    pub shared: bool,
    /// At whose table it sits.
    pub host: Option<usize>,
    /// Whether the desk made it.
    pub counter: bool,
    /// Since when it stands so.
    pub changed: Moment,
    /// When it asked.
    pub made: Moment,
    /// When an offer to it lapsed.
    pub lapsed: Option<Moment>,
    /// What was noted at which meeting of whom.
    pub marks: HashMap<(u32, PersonId), Mark>,
}

/// What somebody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Asks for places.
    Book {
        /// In which slot.
        slot: SlotId,
        /// Who comes.
        people: Vec<PersonId>,
        /// Whether they would share a table.
        share: bool,
        /// Whether the desk asks.
        counter: bool,
        /// How many come with them, nobody says who.
        guests: u32,
        /// The ticket: whether all were found to live in the neighbourhood.
        ready: Option<bool>,
    },
    /// Takes what is offered.
    Take(BookingId),
    /// Does not want what is offered.
    Decline(BookingId),
    /// Says until when to be asked.
    Stop(BookingId, Option<Moment>),
    /// Gives back.
    Cancel(BookingId),
    /// Takes that back.
    Restore(BookingId),
    /// The centre takes back.
    Withdraw(BookingId),
    /// Comes.
    CheckIn(BookingId),
    /// The desk notes how it was with somebody at a meeting.
    Note(BookingId, u32, PersonId, Option<Mark>),
    /// The centre changes places in all and places kept.
    Resize(SlotId, u32, u32),
    /// The centre has a meeting at another time, or not at all.
    Reschedule(SlotId, u32, Option<Span>),
    /// Nothing: time is told.
    Settle(SlotId),
}

/// Why not: every reason that holds. The engine may give any of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum No {
    /// There is no such thing for that caller.
    NotFound,
    /// A rule.
    Refused(Refusal),
}

/// What the twin says to an act: the party it is about, if it is about one.
pub type Verdict = Result<Option<usize>, Vec<No>>;

/// What a household is told without having asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// Places are held.
    Offered,
    /// An offer was not taken in time.
    Lapsed,
    /// The wish to be asked has ended.
    Stopped,
    /// It has started without them.
    Unreached,
    /// They did not come.
    Missed,
    /// The centre took the places back.
    Withdrawn,
    /// A meeting was moved.
    Moved,
    /// A meeting was called off.
    Off,
}

/// Centres, households and everything that was ever asked.
#[derive(Clone, Debug, Default)]
pub struct Twin {
    /// All slots.
    pub pages: Vec<Page>,
    /// All parties in the order in which they came.
    pub parties: Vec<Party>,
    /// All people.
    pub people: HashMap<PersonId, Facts>,
    /// The accounts of volunteers, each with why it is suspended, if it is.
    pub volunteers: HashMap<AccountId, Option<String>>,
    /// Tasks with which somebody lends a hand.
    pub tasks: Vec<(PersonId, Span)>,
    /// Tickets that were given out, by household and slot, and whether they are void.
    tickets: HashMap<(AccountId, SlotId), bool>,
    /// What was told: when, to which party, and what.
    pub told: Vec<(Moment, usize, Told)>,
    /// What keys were used for.
    keys: HashMap<(AccountId, String), (Act, Option<usize>)>,
}

impl Twin {
    /// Tells an act of `account` at `now` under `key`; `desk` says that the desk acts for it.
    ///
    /// # Errors
    /// Every reason against it.
    pub fn tell(&mut self, account: &AccountId, key: &str, desk: bool, act: &Act, now: Moment) -> Verdict {
        let key = (account.clone(), key.to_owned());
        if let Some((before, party)) = self.keys.get(&key) {
            return if before == act { Ok(*party) } else { refuse(Refusal::KeyReused) };
        }
        for page in 0..self.pages.len() {
            self.pass(page, now);
        }
        let verdict = self.act(account, desk, act, now)?;
        // That time is told can be said as often as one likes.
        if !matches!(act, Act::Settle(_)) {
            self.keys.insert(key, (act.clone(), verdict));
        }
        Ok(verdict)
    }

    /// Gives a household a ticket for a slot, unless it ever had one.
    pub fn give_ticket(&mut self, account: &AccountId, slot: &SlotId) {
        self.tickets.entry((account.clone(), slot.clone())).or_insert(false);
    }

    /// The page of a slot.
    pub fn page_of(&self, slot: &SlotId) -> Option<usize> {
        self.pages.iter().position(|page| page.slot.id == *slot)
    }

    /// The party the engine calls so.
    pub fn party_of(&self, booking: &BookingId) -> Option<usize> {
        self.parties.iter().position(|party| party.id.as_ref() == Some(booking))
    }

    /// The parties of a page in order.
    pub fn on(&self, page: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.parties.len()).filter(move |party| self.parties[*party].page == page)
    }

    /// Places taken on a page, held ones included; whoever sits at somebody's table takes none.
    pub fn taken(&self, page: usize) -> u32 {
        self.pages[page].desk + self.sum(page, |party| party.seated() && party.host.is_none())
    }

    /// Places that bookings of the desk take.
    pub fn counter(&self, page: usize) -> u32 {
        self.sum(page, |party| party.seated() && party.host.is_none() && party.counter)
    }

    /// Parties waiting.
    pub fn waiting(&self, page: usize) -> usize {
        self.on(page).filter(|party| self.parties[*party].state == BookingState::Waitlisted).count()
    }

    /// Its position in the queue, counted from 1.
    pub fn position(&self, party: usize) -> Option<usize> {
        let Party { page, seq, state, .. } = self.parties[party];
        let ahead = |other: &usize| {
            self.parties[*other].state == BookingState::Waitlisted && self.parties[*other].seq <= seq
        };
        (state == BookingState::Waitlisted).then(|| self.on(page).filter(ahead).count())
    }

    fn sum(&self, page: usize, of: impl Fn(&Party) -> bool) -> u32 {
        self.on(page)
            .map(|party| &self.parties[party])
            .filter(|party| of(party))
            .map(|party| party.size)
            .sum()
    }
}

impl Party {
    /// Whether it has places or they are held for it.
    pub fn seated(&self) -> bool {
        matches!(self.state, BookingState::Confirmed | BookingState::Offered | BookingState::Attended)
    }

    /// How many come.
    pub fn heads(&self) -> usize {
        self.people.len() + self.guests as usize
    }

    /// Whether its people are in the slot.
    pub fn live(&self) -> bool {
        self.seated() || self.state == BookingState::Waitlisted
    }
}

/// One reason.
fn refuse<T>(refusal: Refusal) -> Result<T, Vec<No>> {
    Err(vec![No::Refused(refusal)])
}
