//! What the committer writes, each table with one statement.

use domain::{
    booking::{BookingState, Party},
    id::BookingId,
};
use serde::Serialize;

use super::attendance;
use crate::{
    args,
    booking::writer::{
        Ask,
        plan::{House, NewNotice, Record},
    },
    db::{Arg, DbError, Sql, Tx},
};

/// A slot as the batch leaves it.
#[derive(Serialize)]
struct SlotLine<'a> {
    id: &'a str,
    taken: u32,
    counter: u32,
    waiting: u32,
    queued: u32,
    lifted: u32,
    capacity: u32,
    kept: u32,
    due: Option<i64>,
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
    people: u32,
    state: &'static str,
    shared: u8,
    host: Option<&'a str>,
    counter: u8,
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
    until: Option<i64>,
    stop: Option<i64>,
    was: Option<&'static str>,
    host: Option<&'a str>,
    reason: Option<&'a str>,
}

/// Something a household is told.
#[derive(Serialize)]
struct NoticeLine<'a> {
    id: &'a str,
    account: &'a str,
    booking: &'a str,
    kind: &'static str,
    details: String,
    made: i64,
}

/// A key that made no booking.
#[derive(Serialize)]
struct KeyLine<'a> {
    account: &'a str,
    key: &'a str,
    hash: &'a str,
    answer: &'a str,
    made: i64,
}

/// Writes what the batch decided. Who left goes out before who comes in, since nobody may be in a slot
/// twice.
pub async fn write(tx: &mut Tx, asks: &[&Ask], house: &House) -> Result<(), DbError> {
    slots(tx, house).await?;
    let changes = &house.changes;
    let moved: Vec<MoveLine> = house
        .moved()
        .into_iter()
        .map(|party| MoveLine {
            id: party.booking.as_str(),
            state: party.state.name(),
            changed: party.changed.0,
            live: party.state.is_live().into(),
            until: party.until.map(|at| at.0),
            stop: party.stop.map(|at| at.0),
            was: party.was.map(BookingState::name),
            host: party.host.as_ref().map(BookingId::as_str),
            reason: party.reason.as_deref(),
        })
        .collect();
    if !moved.is_empty() {
        moves(tx, &moved).await?;
    }
    let made: Vec<(&Ask, &Record, &Party)> = changes
        .made
        .iter()
        .filter_map(|(index, id)| Some((*asks.get(*index)?, house.records.get(id)?, house.party(id)?)))
        .collect();
    if !made.is_empty() {
        bookings(tx, &made).await?;
    }
    if !changes.notices.is_empty() {
        notices(tx, &changes.notices).await?;
    }
    if !changes.noted.is_empty() {
        attendance::write(tx, &changes.noted).await?;
    }
    let keys: Vec<KeyLine> = changes
        .answered
        .iter()
        .filter_map(|(index, answer)| {
            let ask = asks.get(*index)?;
            Some(KeyLine {
                account: ask.account.as_str(),
                key: &ask.key.text,
                hash: &ask.key.body_hash,
                answer,
                made: ask.now.0,
            })
        })
        .collect();
    if !keys.is_empty() {
        answered(tx, &keys).await?;
    }
    Ok(())
}

async fn slots(tx: &mut Tx, house: &House) -> Result<(), DbError> {
    const SLOTS: Sql = Sql::both(
        "UPDATE slot SET taken = v.value ->> 'taken', waiting = v.value ->> 'waiting', \
                         next_seq = v.value ->> 'next', counter = v.value ->> 'counter', \
                         queued = v.value ->> 'queued', lifted = v.value ->> 'lifted', \
                         capacity = v.value ->> 'capacity', kept = v.value ->> 'kept', \
                         due = v.value ->> 'due' \
         FROM json_each($1) AS v WHERE slot.id = v.value ->> 'id' AND slot.next_seq = v.value ->> 'was'",
        "UPDATE slot SET taken = v.taken, waiting = v.waiting, next_seq = v.next, counter = v.counter, \
                         queued = v.queued, lifted = v.lifted, capacity = v.capacity, kept = v.kept, \
                         due = v.due \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(id text, taken bigint, waiting bigint, next bigint, was bigint, counter bigint, \
                   queued bigint, lifted bigint, capacity bigint, kept bigint, due bigint) \
         WHERE slot.id = v.id AND slot.next_seq = v.was",
    );
    let changed = house.boards.values().filter(|board| board.changed);
    let lines: Vec<SlotLine> = changed
        .map(|board| SlotLine {
            id: board.slot.id.as_str(),
            taken: board.tally.taken,
            counter: board.tally.counter,
            waiting: board.tally.waiting,
            queued: board.queued,
            lifted: board.lifted,
            capacity: board.slot.capacity,
            kept: board.slot.kept,
            due: board.due.map(|due| due.0),
            next: board.next_seq,
            was: board.was_seq,
        })
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    let count = tx.run(SLOTS, args![Arg::json(&lines)?]).await?;
    if count != lines.len() as u64 {
        return Err(DbError::Busy("a slot changed under its lock".into()));
    }
    Ok(())
}

async fn bookings(tx: &mut Tx, made: &[(&Ask, &Record, &Party)]) -> Result<(), DbError> {
    const BOOKINGS: Sql = Sql::both(
        "INSERT INTO booking (id, account_id, slot_id, seq, size, people, state, shared, host, \
                              counter, code, made, changed, idem_key, body_hash) \
         SELECT value ->> 'id', value ->> 'account', value ->> 'slot', value ->> 'seq', value ->> 'size', \
                value ->> 'people', value ->> 'state', value ->> 'shared', value ->> 'host', \
                value ->> 'counter', value ->> 'code', value ->> 'made', value ->> 'made', value ->> 'key', \
                value ->> 'hash' \
         FROM json_each($1)",
        "INSERT INTO booking (id, account_id, slot_id, seq, size, people, state, shared, host, \
                              counter, code, made, changed, idem_key, body_hash) \
         SELECT id, account, slot, seq, size, people, state, shared, host, counter, code, made, made, key, \
                hash \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(id text, account text, slot text, seq bigint, size bigint, people bigint, state text, \
                   shared bigint, host text, counter bigint, code text, made bigint, key text, hash text)",
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
        .map(|(ask, record, party)| BookingLine {
            id: party.booking.as_str(),
            account: party.account.as_str(),
            slot: record.slot.as_str(),
            seq: party.seq,
            size: party.size,
            people: party.people,
            state: party.state.name(),
            shared: party.shared.into(),
            host: party.host.as_ref().map(BookingId::as_str),
            counter: party.counter.into(),
            code: &record.code,
            made: party.made.0,
            key: &ask.key.text,
            hash: &ask.key.body_hash,
        })
        .collect();
    tx.run(BOOKINGS, args![Arg::json(&lines)?]).await?;
    let people: Vec<PersonLine> = made
        .iter()
        .flat_map(|(_, record, party)| {
            record.people.iter().enumerate().map(|(place, person)| PersonLine {
                booking: party.booking.as_str(),
                slot: record.slot.as_str(),
                person: person.as_str(),
                place,
            })
        })
        .collect();
    tx.run(PEOPLE, args![Arg::json(&people)?]).await.map(drop)
}

async fn moves(tx: &mut Tx, moved: &[MoveLine<'_>]) -> Result<(), DbError> {
    const BOOKINGS: Sql = Sql::both(
        "UPDATE booking SET state = v.value ->> 'state', changed = v.value ->> 'changed', \
                            until = v.value ->> 'until', stop = v.value ->> 'stop', was = v.value ->> 'was', \
                            host = v.value ->> 'host', reason = v.value ->> 'reason' \
         FROM json_each($1) AS v WHERE booking.id = v.value ->> 'id'",
        "UPDATE booking SET state = v.state, changed = v.changed, until = v.until, stop = v.stop, was = v.was, \
                            host = v.host, reason = v.reason \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(id text, state text, changed bigint, until bigint, stop bigint, was text, host text, \
                   reason text) \
         WHERE booking.id = v.id",
    );
    const OUT: Sql = Sql::both(
        "UPDATE booking_person SET live = 0 FROM json_each($1) AS v \
         WHERE booking_person.booking_id = v.value ->> 'id' AND v.value ->> 'live' = 0",
        "UPDATE booking_person SET live = 0 \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) AS v(id text, live bigint) \
         WHERE booking_person.booking_id = v.id AND v.live = 0",
    );
    const BACK: Sql = Sql::both(
        "UPDATE booking_person SET live = 1 FROM json_each($1) AS v \
         WHERE booking_person.booking_id = v.value ->> 'id' AND v.value ->> 'live' = 1 \
         AND booking_person.live = 0",
        "UPDATE booking_person SET live = 1 \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) AS v(id text, live bigint) \
         WHERE booking_person.booking_id = v.id AND v.live = 1 AND booking_person.live = 0",
    );
    tx.run(BOOKINGS, args![Arg::json(moved)?]).await?;
    if moved.iter().any(|line| line.live == 0) {
        tx.run(OUT, args![Arg::json(moved)?]).await?;
    }
    if moved.iter().any(|line| line.live == 1) {
        tx.run(BACK, args![Arg::json(moved)?]).await?;
    }
    Ok(())
}

async fn notices(tx: &mut Tx, notices: &[NewNotice]) -> Result<(), DbError> {
    const NOTICES: Sql = Sql::both(
        "INSERT INTO notice (id, account_id, booking_id, kind, details, made) \
         SELECT value ->> 'id', value ->> 'account', value ->> 'booking', value ->> 'kind', \
                value ->> 'details', value ->> 'made' FROM json_each($1)",
        "INSERT INTO notice (id, account_id, booking_id, kind, details, made) \
         SELECT id, account, booking, kind, details, made \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(id text, account text, booking text, kind text, details text, made bigint)",
    );
    let mut lines = Vec::with_capacity(notices.len());
    for notice in notices {
        lines.push(NoticeLine {
            id: notice.id.as_str(),
            account: notice.account.as_str(),
            booking: notice.booking.as_str(),
            kind: notice.about.news.name(),
            details: serde_json::to_string(&notice.about)
                .map_err(|error| DbError::Other(error.to_string()))?,
            made: notice.at.0,
        });
    }
    tx.run(NOTICES, args![Arg::json(&lines)?]).await.map(drop)
}

async fn answered(tx: &mut Tx, keys: &[KeyLine<'_>]) -> Result<(), DbError> {
    const KEYS: Sql = Sql::both(
        "INSERT INTO answered (account_id, idem_key, body_hash, answer, made) \
         SELECT value ->> 'account', value ->> 'key', value ->> 'hash', value ->> 'answer', value ->> 'made' \
         FROM json_each($1)",
        "INSERT INTO answered (account_id, idem_key, body_hash, answer, made) \
         SELECT account, key, hash, answer, made \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(account text, key text, hash text, answer text, made bigint)",
    );
    tx.run(KEYS, args![Arg::json(keys)?]).await.map(drop)
}
