//! One transaction: lock, read, decide, write, commit.

use std::collections::BTreeSet;

use domain::{
    booking::{Booking, Slot},
    id::{AccountId, BookingId, OfferingId, PersonId, SlotId},
    time::Span,
};

use super::{Ask, Deed, Tools, plan::House, store};
use crate::{
    db::{DbError, Tx},
    failure::Failure,
    household,
    vault::Vault,
};

/// How a batch went.
pub struct Done {
    /// The answers, in the order of the asks.
    pub answers: Vec<Result<Booking, Failure>>,
    /// The offerings in whose slots something changed.
    pub touched: Vec<OfferingId>,
}

/// Runs a batch.
///
/// # Errors
/// Nothing was written, unless it is [`DbError::Unknown`].
pub async fn run(tools: &Tools, asks: &[&Ask]) -> Result<Done, DbError> {
    let mut tx = tools.db.begin().await?;
    let mut house = read(&mut tx, asks, &tools.vault).await?;
    let answers = house.decide(asks, &*tools.dice);
    if !house.changes.is_empty() {
        store::write(&mut tx, asks, &house).await?;
        tx.commit().await?;
    }
    Ok(Done { answers, touched: house.touched() })
}

/// Locks what the asks are about and reads it. Households first, then slots, each in the order of
/// their identifiers: two servers never wait for each other in a ring.
async fn read(tx: &mut Tx, asks: &[&Ask], vault: &Vault) -> Result<House, DbError> {
    let accounts: BTreeSet<&AccountId> = asks.iter().map(|ask| &ask.account).collect();
    store::lock_accounts(tx, &accounts).await?;
    let mut house = House { keys: store::keys(tx, asks).await?, ..House::default() };

    let mut slots: BTreeSet<SlotId> = BTreeSet::new();
    let mut people: BTreeSet<(&AccountId, &PersonId)> = BTreeSet::new();
    let mut given_back: BTreeSet<BookingId> = BTreeSet::new();
    for ask in asks {
        match &ask.deed {
            Deed::Book { slot, people: party } => {
                slots.insert(slot.clone());
                people.extend(party.iter().map(|person| (&ask.account, person)));
            }
            Deed::Cancel { booking } => {
                given_back.insert(booking.clone());
            }
        }
    }
    let answered = house.keys.values().map(|kept| kept.booking.clone());
    let bookings: BTreeSet<BookingId> = answered.chain(given_back.iter().cloned()).collect();
    let mut queues = BTreeSet::new();
    if !bookings.is_empty() {
        for (booking, slot) in store::slots_of(tx, &bookings).await? {
            if given_back.contains(&booking) {
                queues.insert(slot.clone());
            }
            slots.insert(slot);
        }
    }
    house.boards = store::lock_slots(tx, &slots).await?;
    if !bookings.is_empty() {
        house.records = store::records(tx, &bookings, &accounts).await?;
    }
    if !queues.is_empty() {
        for (slot, queue) in store::queues(tx, &queues).await? {
            if let Some(board) = house.boards.get_mut(&slot) {
                board.queue = Some(queue);
            }
        }
    }
    if !people.is_empty() {
        let ages = house.boards.values().any(|board| board.rules.ages.is_some());
        for (account, person, sealed) in store::people(tx, &people).await? {
            let born = if ages {
                let opened = household::unseal(vault, &person, &sealed);
                opened.map_err(|error| DbError::Other(format!("the box of person {person}: {error}")))?.born
            } else {
                None
            };
            house.people.insert((account, person), born);
        }
        house.holds = store::holds(tx, &people, window(&house)).await?;
    }
    Ok(house)
}

/// From the first start to the last end of the slots that are asked for.
fn window(house: &House) -> Span {
    let slots = || house.boards.values().map(|board| &board.slot);
    let starts = slots().map(Slot::starts).min().unwrap_or_default();
    Span { starts, ends: slots().map(Slot::ends).max().unwrap_or_default() }
}
