//! One transaction: lock, read, decide, write, commit.

use std::collections::{BTreeSet, HashMap};

use domain::{
    booking::{BookingState, Slot, fair::MARK, settle},
    id::{AccountId, BookingId, OfferingId, PersonId, SlotId, TicketId},
    time::{DAY, Moment, Span},
};

use super::{
    Answer, Ask, Deed, Tools, latest,
    plan::{Board, House, Known, Record, Target},
    store,
};
use crate::{
    booking::fold,
    db::{DbError, Tx},
    draws,
    failure::Failure,
    household, tasks,
    vault::Vault,
    volunteers,
};

/// How a batch went.
pub struct Done {
    /// The answers, in the order of the asks.
    pub answers: Vec<Answer>,
    /// The offerings in whose slots something changed.
    pub touched: Vec<OfferingId>,
}

/// Runs a batch.
///
/// # Errors
/// Nothing was written, unless it is [`DbError::Unknown`].
pub async fn run(tools: &Tools, asks: &[&Ask]) -> Result<Done, DbError> {
    let mut tx = tools.db.begin_first().await?;
    let mut house = read(&mut tx, asks, &tools.vault).await?;
    let targets = house.decide(asks, &*tools.dice);
    let waits = house.waiting_offerings(&targets);
    if !waits.is_empty() {
        house.lifted = store::lifted(&mut tx, &waits, latest(asks)).await?;
    }
    let answers = answers(&house, asks, targets);
    if !house.is_unchanged() {
        store::write(&mut tx, asks, &house).await?;
        tx.commit().await?;
    }
    Ok(Done { answers, touched: house.touched() })
}

/// The answers follow from how the house stands after the last ask.
fn answers(house: &House, asks: &[&Ask], targets: Vec<Result<Target, Failure>>) -> Vec<Answer> {
    let answer = |(ask, target): (&&Ask, Result<Target, Failure>)| match target? {
        Target::Booking(booking) => house.show(&booking, ask.now).map(Some).ok_or(Failure::NotFound),
        Target::Slot => Ok(None),
    };
    asks.iter().zip(targets).map(answer).collect()
}

/// Locks what the asks are about and reads it. Households first, then slots, each in the order of
/// their identifiers: two servers never wait for each other in a ring.
async fn read(tx: &mut Tx, asks: &[&Ask], vault: &Vault) -> Result<House, DbError> {
    let accounts: BTreeSet<&AccountId> = asks.iter().map(|ask| &ask.account).collect();
    let mut people: BTreeSet<&PersonId> = BTreeSet::new();
    for ask in asks {
        if let Deed::Book { people: party, .. } = &ask.deed {
            people.extend(party);
        }
    }
    // Whose people come again: who is in a booking never changes, so no lock is needed to read it.
    let comes_again = |ask: &&&Ask| matches!(ask.deed, Deed::Restore { .. } | Deed::CheckIn { .. });
    let again: BTreeSet<&BookingId> =
        asks.iter().filter(comes_again).filter_map(|ask| ask.deed.booking()).collect();
    store::lock_accounts(tx, &accounts, &people, &again).await?;
    let mut house = House { keys: store::keys(tx, asks).await?, ..House::default() };
    // The slots in which more is done than to ask for places.
    let mut worked_in: BTreeSet<SlotId> = BTreeSet::new();
    let mut slots: BTreeSet<SlotId> = BTreeSet::new();
    for ask in asks {
        match &ask.deed {
            Deed::Book { slot, .. } => {
                slots.insert(slot.clone());
            }
            Deed::Resize { slot, .. } | Deed::Reschedule { slot, .. } | Deed::Settle { slot } => {
                slots.insert(slot.clone());
                worked_in.insert(slot.clone());
            }
            _ => {}
        }
    }
    let named: BTreeSet<&BookingId> = asks.iter().filter_map(|ask| ask.deed.booking()).collect();
    let answered = house.keys.values().map(|kept| kept.booking.clone());
    let bookings: BTreeSet<BookingId> = answered.chain(named.iter().map(|id| (*id).clone())).collect();
    if !bookings.is_empty() {
        for (booking, slot) in store::slots_of(tx, &bookings).await? {
            if named.contains(&booking) {
                worked_in.insert(slot.clone());
            }
            slots.insert(slot);
        }
    }
    house.boards = store::lock_slots(tx, &slots).await?;
    if !bookings.is_empty() {
        house.records = store::records(tx, &bookings).await?;
    }
    let attends =
        |ask: &&&Ask| matches!(ask.deed, Deed::CheckIn { .. } | Deed::Note { .. } | Deed::Restore { .. });
    let attends: BTreeSet<&BookingId> =
        asks.iter().filter(attends).filter_map(|ask| ask.deed.booking()).collect();
    if !attends.is_empty() {
        house.sheets = store::sheets(tx, &attends).await?;
    }
    let now = latest(asks);
    let open = |board: &&Board| board.has_tables() || board.is_due(now) || worked_in.contains(&board.slot.id);
    let open: BTreeSet<SlotId> =
        house.boards.values().filter(open).map(|board| board.slot.id.clone()).collect();
    if !open.is_empty() {
        for (slot, parties) in fold::parties_within(tx, &open).await? {
            if let Some(board) = house.boards.get_mut(&slot) {
                board.open(parties);
            }
        }
    }
    let rescheduled = asks.iter().filter_map(|ask| match &ask.deed {
        Deed::Reschedule { slot, .. } => house.boards.get(slot)?.parties.as_deref(),
        _ => None,
    });
    let rescheduled: BTreeSet<&BookingId> = rescheduled.flatten().map(|party| &party.booking).collect();
    if !rescheduled.is_empty() {
        house.sheets.extend(store::sheets(tx, &rescheduled).await?);
    }
    for ask in asks {
        if let Deed::Reschedule { slot, .. } = &ask.deed {
            house.entered.insert(slot.clone(), draws::choosing(tx, slot).await?);
        }
    }
    read_people(tx, asks, vault, &mut house).await?;
    Ok(house)
}

/// Reads what is known of the people who are named, and of their households.
async fn read_people(tx: &mut Tx, asks: &[&Ask], vault: &Vault, house: &mut House) -> Result<(), DbError> {
    let mut people: BTreeSet<(&AccountId, &PersonId)> = BTreeSet::new();
    let mut tickets: BTreeSet<&TicketId> = BTreeSet::new();
    // Whose birthday matters.
    let mut dated: BTreeSet<&PersonId> = BTreeSet::new();
    let mut shared: BTreeSet<&AccountId> = BTreeSet::new();
    // Who wants a shift.
    let mut helpers: BTreeSet<&AccountId> = BTreeSet::new();
    let mut returning: BTreeSet<PersonId> = BTreeSet::new();
    let restored = restored(asks, house);
    for record in &restored {
        let account = &record.party.account;
        people.extend(record.people.iter().map(|person| (account, person)));
        let terms = house.boards.get(&record.slot).map(|board| &board.rules.terms);
        if terms.is_some_and(|terms| terms.needs_consent) {
            dated.extend(&record.people);
        }
        if terms.is_some_and(|terms| terms.fair.is_some()) {
            shared.insert(account);
        }
        if terms.is_some_and(|terms| terms.volunteers) {
            helpers.insert(account);
        }
    }
    for ask in asks {
        if let Deed::Book { slot, people: party, ready, .. } = &ask.deed {
            people.extend(party.iter().map(|person| (&ask.account, person)));
            let rules = house.boards.get(slot).map(|board| &board.rules);
            match ready {
                Some(ticket) => drop(tickets.insert(&ticket.ticket)),
                None if rules.is_some_and(|rules| rules.ages.is_some() || rules.terms.needs_consent) => {
                    dated.extend(party);
                }
                None => {}
            }
            if rules.is_some_and(|rules| rules.terms.fair.is_some()) {
                shared.insert(&ask.account);
            }
            if rules.is_some_and(|rules| rules.terms.volunteers) {
                helpers.insert(&ask.account);
            }
        } else if let Deed::Restore { booking } | Deed::CheckIn { booking } = &ask.deed
            && let Some(record) = house.records.get(booking)
        {
            returning.extend(record.people.iter().cloned());
        }
    }
    if !tickets.is_empty() {
        house.tickets = store::tickets(tx, &tickets).await?;
    }
    if !people.is_empty() {
        for row in store::people(tx, &people, &dated).await? {
            let born = match &row.sealed {
                Some(sealed) => {
                    let opened = household::unseal(vault, &row.id, sealed);
                    opened
                        .map_err(|error| DbError::Other(format!("the box of person {}: {error}", row.id)))?
                        .born
                }
                None => None,
            };
            let known = Known {
                born,
                consent: row.consent,
                verified: row.verified,
                resident_of: row.resident_of,
                holder: row.holder,
            };
            house.people.insert((row.account, row.id), known);
        }
    }
    let now = latest(asks);
    let mut elsewhere: BTreeSet<SlotId> = BTreeSet::new();
    let mut overdue = |slot: &SlotId, due: Option<Moment>, house: &House| {
        if due.is_some_and(|due| due <= now) && !house.boards.contains_key(slot) {
            elsewhere.insert(slot.clone());
        }
    };
    let held: BTreeSet<&PersonId> = people.iter().map(|(_, person)| *person).chain(&returning).collect();
    if !held.is_empty() {
        for (person, held, due) in store::holds(tx, &held, window(house)).await? {
            overdue(&held.slot, due, house);
            house.holds.entry(person).or_default().push(held);
        }
    }
    read_helpers(tx, &helpers, house).await?;
    if !shared.is_empty() {
        let span = window(house);
        let since = span.starts.plus(-7 * DAY).min(now.plus(-MARK));
        let to = span.starts.max(span.ends).plus(7 * DAY);
        for (account, slot, one, due) in store::uses(tx, &shared, Span { starts: since, ends: to }).await? {
            overdue(&slot, due, house);
            house.uses.entry(account).or_default().push((slot, one));
        }
    }
    house.ended = ended(tx, &elsewhere, now).await?;
    Ok(())
}

/// Reads how those who want shifts stand as volunteers, and what they lend a hand with already.
async fn read_helpers(tx: &mut Tx, helpers: &BTreeSet<&AccountId>, house: &mut House) -> Result<(), DbError> {
    if helpers.is_empty() {
        return Ok(());
    }
    house.volunteers = volunteers::stands(tx, helpers).await?;
    for (person, held) in tasks::held(tx, helpers, window(house)).await? {
        house.tasks.entry(person).or_default().push(held);
    }
    Ok(())
}

/// The bookings that are to be taken up again. They may be given back in this very batch: how they
/// stand says nothing yet.
fn restored(asks: &[&Ask], house: &House) -> Vec<Record> {
    let restores = asks.iter().filter(|ask| matches!(ask.deed, Deed::Restore { .. }));
    restores.filter_map(|ask| house.records.get(ask.deed.booking()?)).cloned().collect()
}

/// The bookings in slots that are not locked which time alone has ended meanwhile, how they stand, and
/// since when.
async fn ended(
    tx: &mut Tx,
    slots: &BTreeSet<SlotId>,
    now: Moment,
) -> Result<HashMap<BookingId, (BookingState, Moment)>, DbError> {
    let mut ended = HashMap::new();
    if slots.is_empty() {
        return Ok(ended);
    }
    for sheet in fold::sheets_within(tx, slots).await? {
        let mut parties = sheet.parties.clone();
        settle(&sheet.frame(), &mut parties, sheet.due, now);
        let over = parties.into_iter().filter(|party| !party.state.is_live());
        ended.extend(over.map(|party| (party.booking, (party.state, party.changed))));
    }
    Ok(ended)
}

/// From the first start to the last end of the slots that are asked for.
fn window(house: &House) -> Span {
    let slots = || house.boards.values().map(|board| &board.slot);
    let starts = slots().map(Slot::starts).min().unwrap_or_default();
    Span { starts, ends: slots().map(Slot::ends).max().unwrap_or_default() }
}
