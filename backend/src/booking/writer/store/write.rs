//! What the committer writes, each table with one statement.

use std::collections::HashSet;

use domain::id::BookingId;
use serde::Serialize;

use super::json;
use crate::{
    args,
    booking::writer::{
        Ask,
        plan::{House, Record},
    },
    db::{DbError, Sql, Tx},
};

/// A slot as the batch leaves it.
#[derive(Serialize)]
struct SlotLine<'a> {
    id: &'a str,
    taken: u32,
    waiting: u32,
    next: u32,
    /// `next_seq` as it was read: the second wall behind the lock.
    was: u32,
}

/// A new booking.
#[derive(Serialize)]
struct BookingLine<'a> {
    id: &'a str,
    account: &'a str,
    slot: &'a str,
    seq: u32,
    size: u32,
    state: &'static str,
    code: &'a str,
    made: i64,
    key: &'a str,
    hash: &'a str,
}

/// Somebody of a new booking.
#[derive(Serialize)]
struct PersonLine<'a> {
    booking: &'a str,
    slot: &'a str,
    person: &'a str,
    place: usize,
}

/// A booking that stands differently now.
#[derive(Serialize)]
struct MoveLine<'a> {
    id: &'a str,
    state: &'static str,
    changed: i64,
    live: u8,
}

/// A key under which something was given back.
#[derive(Serialize)]
struct KeyLine<'a> {
    account: &'a str,
    key: &'a str,
    hash: &'a str,
    booking: &'a str,
    made: i64,
}

/// Writes what the batch decided.
pub async fn write(tx: &mut Tx, asks: &[&Ask], house: &House) -> Result<(), DbError> {
    slots(tx, house).await?;
    let changes = &house.changes;
    let made: Vec<(&Ask, &Record)> = changes
        .made
        .iter()
        .filter_map(|(index, id)| Some((*asks.get(*index)?, house.records.get(id)?)))
        .collect();
    if !made.is_empty() {
        bookings(tx, &made).await?;
    }
    let new: HashSet<&BookingId> = changes.made.iter().map(|(_, id)| id).collect();
    let moved: Vec<MoveLine> = changes
        .moved
        .iter()
        .filter(|(id, _)| !new.contains(id))
        .map(|(id, (state, at))| MoveLine {
            id: id.as_str(),
            state: state.name(),
            changed: at.0,
            live: state.is_live().into(),
        })
        .collect();
    if !moved.is_empty() {
        moves(tx, &moved).await?;
    }
    let keys: Vec<KeyLine> = changes
        .given_back
        .iter()
        .filter_map(|(index, booking)| {
            let ask = asks.get(*index)?;
            Some(KeyLine {
                account: ask.account.as_str(),
                key: &ask.key.text,
                hash: &ask.key.body_hash,
                booking: booking.as_str(),
                made: ask.now.0,
            })
        })
        .collect();
    if !keys.is_empty() {
        given_back(tx, &keys).await?;
    }
    Ok(())
}

async fn slots(tx: &mut Tx, house: &House) -> Result<(), DbError> {
    const SLOTS: Sql = Sql::both(
        "UPDATE slot SET taken = v.value ->> 'taken', waiting = v.value ->> 'waiting', \
                         next_seq = v.value ->> 'next' \
         FROM json_each($1) AS v WHERE slot.id = v.value ->> 'id' AND slot.next_seq = v.value ->> 'was'",
        "UPDATE slot SET taken = v.taken, waiting = v.waiting, next_seq = v.next \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(id text, taken bigint, waiting bigint, next bigint, was bigint) \
         WHERE slot.id = v.id AND slot.next_seq = v.was",
    );
    let changed = house.boards.values().filter(|board| board.changed);
    let lines: Vec<SlotLine> = changed
        .map(|board| SlotLine {
            id: board.slot.id.as_str(),
            taken: board.taken,
            waiting: board.waiting,
            next: board.next_seq,
            was: board.was_seq,
        })
        .collect();
    let count = tx.run(SLOTS, args![json(&lines)?]).await?;
    if count != lines.len() as u64 {
        return Err(DbError::Busy("a slot changed under its lock".into()));
    }
    Ok(())
}

async fn bookings(tx: &mut Tx, made: &[(&Ask, &Record)]) -> Result<(), DbError> {
    const BOOKINGS: Sql = Sql::both(
        "INSERT INTO booking (id, account_id, slot_id, seq, size, state, code, made, changed, idem_key, \
                              body_hash) \
         SELECT value ->> 'id', value ->> 'account', value ->> 'slot', value ->> 'seq', value ->> 'size', \
                value ->> 'state', value ->> 'code', value ->> 'made', value ->> 'made', value ->> 'key', \
                value ->> 'hash' \
         FROM json_each($1)",
        "INSERT INTO booking (id, account_id, slot_id, seq, size, state, code, made, changed, idem_key, \
                              body_hash) \
         SELECT id, account, slot, seq, size, state, code, made, made, key, hash \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(id text, account text, slot text, seq bigint, size bigint, state text, code text, \
                   made bigint, key text, hash text)",
    );
    const PEOPLE: Sql = Sql::both(
        "INSERT INTO booking_person (booking_id, slot_id, person_id, place, live) \
         SELECT value ->> 'booking', value ->> 'slot', value ->> 'person', value ->> 'place', 1 \
         FROM json_each($1)",
        "INSERT INTO booking_person (booking_id, slot_id, person_id, place, live) \
         SELECT booking, slot, person, place, 1 \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(booking text, slot text, person text, place bigint)",
    );
    let lines: Vec<BookingLine> = made
        .iter()
        .map(|(ask, record)| BookingLine {
            id: record.id.as_str(),
            account: record.account.as_str(),
            slot: record.slot.as_str(),
            seq: record.seq,
            size: record.size,
            state: record.state.name(),
            code: &record.code,
            made: record.made.0,
            key: &ask.key.text,
            hash: &ask.key.body_hash,
        })
        .collect();
    tx.run(BOOKINGS, args![json(&lines)?]).await?;
    let people: Vec<PersonLine> = made
        .iter()
        .flat_map(|(_, record)| {
            record.people.iter().enumerate().map(|(place, person)| PersonLine {
                booking: record.id.as_str(),
                slot: record.slot.as_str(),
                person: person.as_str(),
                place,
            })
        })
        .collect();
    tx.run(PEOPLE, args![json(&people)?]).await.map(drop)
}

async fn moves(tx: &mut Tx, moved: &[MoveLine<'_>]) -> Result<(), DbError> {
    const BOOKINGS: Sql = Sql::both(
        "UPDATE booking SET state = v.value ->> 'state', changed = v.value ->> 'changed' \
         FROM json_each($1) AS v WHERE booking.id = v.value ->> 'id'",
        "UPDATE booking SET state = v.state, changed = v.changed \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) AS v(id text, state text, changed bigint) \
         WHERE booking.id = v.id",
    );
    const PEOPLE: Sql = Sql::both(
        "UPDATE booking_person SET live = 0 \
         FROM json_each($1) AS v WHERE booking_person.booking_id = v.value ->> 'id' AND v.value ->> 'live' = 0",
        "UPDATE booking_person SET live = 0 \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) AS v(id text, live bigint) \
         WHERE booking_person.booking_id = v.id AND v.live = 0",
    );
    tx.run(BOOKINGS, args![json(moved)?]).await?;
    if moved.iter().any(|line| line.live == 0) {
        tx.run(PEOPLE, args![json(moved)?]).await?;
    }
    Ok(())
}

async fn given_back(tx: &mut Tx, keys: &[KeyLine<'_>]) -> Result<(), DbError> {
    const KEYS: Sql = Sql::both(
        "INSERT INTO answered (account_id, idem_key, body_hash, answer, made) \
         SELECT value ->> 'account', value ->> 'key', value ->> 'hash', value ->> 'booking', value ->> 'made' \
         FROM json_each($1)",
        "INSERT INTO answered (account_id, idem_key, body_hash, answer, made) \
         SELECT account, key, hash, booking, made \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(account text, key text, hash text, booking text, made bigint)",
    );
    tx.run(KEYS, args![json(keys)?]).await.map(drop)
}
