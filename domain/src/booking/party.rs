//! A slot with its parties, as they are folded: what one would write on the sheet at the desk.

use super::{BookingState, Slot, Terms};
use crate::{
    id::{AccountId, BookingId},
    time::{Moment, Zone},
};

/// A booking as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Which booking.
    pub booking: BookingId,
    /// Whose.
    pub account: AccountId,
    /// Its number in the slot: the order of the queue.
    pub seq: u32,
    /// Places it takes, or needs.
    pub size: u32,
    /// How many people come.
    pub people: u32,
    /// How it stands.
    pub state: BookingState,
    /// When its offer lapses; there exactly where it is offered something.
    pub until: Option<Moment>,
    /// When it wants to be asked no more.
    pub stop: Option<Moment>,
    /// How it stood before it ended.
    pub was: Option<BookingState>,
    /// Whether it shares its table.
    pub shared: bool,
    /// At whose table it sits; it then takes no place of its own.
    pub host: Option<BookingId>,
    /// Whether the counter made it.
    pub counter: bool,
    /// Why the centre took it back.
    pub reason: Option<String>,
    /// When it was made.
    pub made: Moment,
    /// Since when it stands as it does.
    pub changed: Moment,
}

impl Party {
    /// Whether it takes places of its own.
    pub fn takes_places(&self) -> bool {
        self.state.takes_places() && self.host.is_none()
    }

    /// Ends it, or changes how it stands, at `at`.
    pub(super) fn turn(&mut self, state: BookingState, at: Moment) {
        self.was = Some(self.state);
        self.state = state;
        self.until = None;
        self.changed = at;
    }
}

/// How many parties that came later than `party` were let in while it waited: online, at places of
/// their own.
pub fn let_in_since(parties: &[Party], party: &Party) -> u32 {
    let later = |one: &&Party| {
        one.seq > party.seq && one.takes_places() && !one.counter && one.changed >= party.changed
    };
    u32::try_from(parties.iter().filter(later).count()).unwrap_or(u32::MAX)
}

/// What parties are folded within.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The slot.
    pub slot: &'a Slot,
    /// What its offering asks.
    pub terms: &'a Terms,
    /// The centre's clock.
    pub zone: Zone,
    /// Places that were given out at the counter before there was this system.
    pub desk: u32,
}

/// A slot's places, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Places taken: at the desk, booked, and held for offers.
    pub taken: u32,
    /// Of those, places of bookings that the counter made.
    pub counter: u32,
    /// Of those, places that are held for offers.
    pub held: u32,
    /// Parties in the queue.
    pub waiting: u32,
}

impl Tally {
    /// Counts `parties`.
    pub fn of(desk: u32, parties: &[Party]) -> Self {
        let mut tally = Self { taken: desk, ..Self::default() };
        for party in parties {
            if party.takes_places() {
                tally.taken += party.size;
                tally.counter += if party.counter { party.size } else { 0 };
                tally.held += if party.state == BookingState::Offered { party.size } else { 0 };
            }
            tally.waiting += u32::from(party.state == BookingState::Waitlisted);
        }
        tally
    }
}

impl Frame<'_> {
    /// Places that are free at `at` for who books online and for the queue.
    pub fn free(&self, tally: &Tally, at: Moment) -> u32 {
        let kept = self.slot.kept_left(self.desk + tally.counter, at);
        self.slot.capacity.saturating_sub(tally.taken).saturating_sub(kept)
    }

    /// Places that are free at `at` for a party: the counter has those that are kept, too.
    pub fn free_for(&self, party: &Party, tally: &Tally, at: Moment) -> u32 {
        if party.counter { self.slot.capacity.saturating_sub(tally.taken) } else { self.free(tally, at) }
    }
}
