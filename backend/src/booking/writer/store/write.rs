//! What the committer writes: on SQLite each table with a statement, on PostgreSQL, where every
//! statement is a journey, all that is new with one.

use domain::{
    booking::{BookingState, Party, Tally},
    id::BookingId,
};

use super::{attendance, meetings};
use crate::{
    args,
    booking::writer::{
        Ask, latest,
        plan::{Board, House, NewNotice, Record},
    },
    db::{Arg, DbError, Sql, Tx},
};

// Lines travel as arrays without names, in the order of their columns: both databases take them apart
// in little more than half the time that objects cost.

/// A slot as the batch leaves it: id, taken, counter, waiting, queued, lifted, capacity, kept, due,
/// `next_seq`, and `next_seq` as it was read, the second wall behind the lock.
type SlotLine<'a> = (&'a str, u32, u32, u32, u32, u32, u32, u32, Option<i64>, u32, u32);

/// A new booking: id, account, slot, seq, size, people, state, shared, host, counter, code, made, key
/// and hash.
type BookingLine<'a> = (
    &'a str,
    &'a str,
    &'a str,
    u32,
    u32,
    u32,
    &'static str,
    u8,
    Option<&'a str>,
    u8,
    &'a str,
    i64,
    &'a str,
    &'a str,
);

/// Somebody of a new booking: booking, slot, person and place.
type PersonLine<'a> = (&'a str, &'a str, &'a str, usize);

/// A booking that stands differently now: id, state, changed, until, stop, was, host and reason.
type MoveLine<'a> = (
    &'a str,
    &'static str,
    i64,
    Option<i64>,
    Option<i64>,
    Option<&'static str>,
    Option<&'a str>,
    Option<&'a str>,
);

/// Something a household is told: id, account, booking, kind, details and made.
type NoticeLine<'a> = (&'a str, &'a str, Option<&'a str>, &'static str, String, i64);

/// A key that made no booking: account, key, hash, answer and made.
type KeyLine<'a> = (&'a str, &'a str, &'a str, &'a str, i64);

/// Writes what the batch decided. Who left goes out before who comes in, since nobody may be in a slot
/// twice.
pub async fn write(tx: &mut Tx, asks: &[&Ask], house: &House) -> Result<(), DbError> {
    for board in house.boards.values().filter(|board| board.rescheduled) {
        meetings::write(tx, &board.slot, latest(asks)).await?;
    }
    let changes = &house.changes;
    let moved = house.moved();
    if !moved.is_empty() {
        moves(tx, &moved).await?;
    }
    let made: Vec<(&Ask, &Record, &Party)> = changes
        .made
        .iter()
        .filter_map(|(index, id)| Some((*asks.get(*index)?, house.records.get(id)?, house.party(id)?)))
        .collect();
    let slots: Vec<SlotLine> = house.boards.values().filter(|board| board.changed).map(slot).collect();
    let bookings: Vec<BookingLine> =
        made.iter().map(|(ask, record, party)| booking(ask, record, party)).collect();
    let people: Vec<PersonLine> = made.iter().flat_map(|(_, record, party)| people(record, party)).collect();
    let notices = changes.notices.iter().map(notice).collect::<Result<Vec<NoticeLine>, DbError>>()?;
    let keys: Vec<KeyLine> =
        changes.answered.iter().filter_map(|(index, answer)| Some(key(asks.get(*index)?, answer))).collect();
    let lines = [
        (Arg::json(&slots)?, slots.len()),
        (Arg::json(&bookings)?, bookings.len()),
        (Arg::json(&people)?, people.len()),
        (Arg::json(&notices)?, notices.len()),
        (Arg::json(&keys)?, keys.len()),
    ];
    if add(tx, lines).await? != slots.len() as u64 {
        return Err(DbError::Busy("a slot changed under its lock".into()));
    }
    if !changes.noted.is_empty() {
        attendance::write(tx, &changes.noted).await?;
    }
    Ok(())
}

/// Changes slots and adds bookings, people, notices and keys, of each so many; how many slots changed.
async fn add(tx: &mut Tx, lines: [(Arg, usize); 5]) -> Result<u64, DbError> {
    const SQLITE: [&str; 5] = [
        "UPDATE slot SET taken = v.value ->> 1, counter = v.value ->> 2, waiting = v.value ->> 3, \
                         queued = v.value ->> 4, lifted = v.value ->> 5, capacity = v.value ->> 6, \
                         kept = v.value ->> 7, due = v.value ->> 8, next_seq = v.value ->> 9 \
         FROM jsonb_each($1) AS v WHERE slot.id = v.value ->> 0 AND slot.next_seq = v.value ->> 10",
        "INSERT INTO booking (id, account_id, slot_id, seq, size, people, state, shared, host, \
                              counter, code, made, changed, idem_key, body_hash) \
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, \
                value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 11, \
                value ->> 12, value ->> 13 \
         FROM jsonb_each($1)",
        "INSERT INTO booking_person (booking_id, slot_id, person_id, place, live) \
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, 1 FROM jsonb_each($1)",
        "INSERT INTO notice (id, account_id, booking_id, kind, details, made) \
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 \
         FROM jsonb_each($1)",
        "INSERT INTO answered (account_id, idem_key, body_hash, answer, made) \
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM jsonb_each($1)",
    ];
    const POSTGRES: &str = "WITH slots AS (\
         UPDATE slot SET taken = CAST(v ->> 1 AS bigint), counter = CAST(v ->> 2 AS bigint), \
                         waiting = CAST(v ->> 3 AS bigint), queued = CAST(v ->> 4 AS bigint), \
                         lifted = CAST(v ->> 5 AS bigint), capacity = CAST(v ->> 6 AS bigint), \
                         kept = CAST(v ->> 7 AS bigint), due = CAST(v ->> 8 AS bigint), \
                         next_seq = CAST(v ->> 9 AS bigint) \
         FROM jsonb_array_elements(CAST($1 AS jsonb)) AS v \
         WHERE slot.id = v ->> 0 AND slot.next_seq = CAST(v ->> 10 AS bigint) RETURNING 1), \
         bookings AS (\
         INSERT INTO booking (id, account_id, slot_id, seq, size, people, state, shared, host, \
                              counter, code, made, changed, idem_key, body_hash) \
         SELECT v ->> 0, v ->> 1, v ->> 2, CAST(v ->> 3 AS bigint), CAST(v ->> 4 AS bigint), \
                CAST(v ->> 5 AS bigint), v ->> 6, CAST(v ->> 7 AS bigint), v ->> 8, CAST(v ->> 9 AS bigint), \
                v ->> 10, CAST(v ->> 11 AS bigint), CAST(v ->> 11 AS bigint), v ->> 12, v ->> 13 \
         FROM jsonb_array_elements(CAST($2 AS jsonb)) AS v), \
         people AS (\
         INSERT INTO booking_person (booking_id, slot_id, person_id, place, live) \
         SELECT v ->> 0, v ->> 1, v ->> 2, CAST(v ->> 3 AS bigint), 1 \
         FROM jsonb_array_elements(CAST($3 AS jsonb)) AS v), \
         notices AS (\
         INSERT INTO notice (id, account_id, booking_id, kind, details, made) \
         SELECT v ->> 0, v ->> 1, v ->> 2, v ->> 3, v ->> 4, CAST(v ->> 5 AS bigint) \
         FROM jsonb_array_elements(CAST($4 AS jsonb)) AS v), \
         keys AS (\
         INSERT INTO answered (account_id, idem_key, body_hash, answer, made) \
         SELECT v ->> 0, v ->> 1, v ->> 2, v ->> 3, CAST(v ->> 4 AS bigint) \
         FROM jsonb_array_elements(CAST($5 AS jsonb)) AS v) \
         SELECT 1 AS one FROM slots";
    if !tx.is_sqlite() {
        return tx.run(POSTGRES, lines.map(|(lines, _)| lines).into()).await;
    }
    let mut changed = [0; 5];
    for ((sql, (lines, count)), changed) in SQLITE.into_iter().zip(lines).zip(&mut changed) {
        if count > 0 {
            *changed = tx.run(sql, args![lines]).await?;
        }
    }
    Ok(changed[0])
}

fn slot(board: &Board) -> SlotLine<'_> {
    let (slot, tally) = (&board.slot, &board.tally);
    let Tally { taken, counter, waiting, .. } = *tally;
    let (capacity, kept, due) = (slot.capacity, slot.kept, board.due.map(|due| due.0));
    let (queued, lifted) = (board.queued, board.lifted);
    let (next, was) = (board.next_seq, board.was_seq);
    (slot.id.as_str(), taken, counter, waiting, queued, lifted, capacity, kept, due, next, was)
}

fn booking<'a>(ask: &'a Ask, record: &'a Record, party: &'a Party) -> BookingLine<'a> {
    let Party { seq, size, people, .. } = *party;
    let (shared, counter) = (party.shared.into(), party.counter.into());
    let host = party.host.as_ref().map(BookingId::as_str);
    let (state, made) = (party.state.name(), party.made.0);
    let (id, account, slot) = (party.booking.as_str(), party.account.as_str(), record.slot.as_str());
    let (code, key, hash) = (record.code.as_str(), ask.key.text.as_str(), ask.key.body_hash.as_str());
    (id, account, slot, seq, size, people, state, shared, host, counter, code, made, key, hash)
}

fn people<'a>(record: &'a Record, party: &'a Party) -> impl Iterator<Item = PersonLine<'a>> {
    let (booking, slot) = (party.booking.as_str(), record.slot.as_str());
    let people = record.people.iter().enumerate();
    people.map(move |(place, person)| (booking, slot, person.as_str(), place))
}

fn notice(notice: &NewNotice) -> Result<NoticeLine<'_>, DbError> {
    let details = serde_json::to_string(&notice.about).map_err(|error| DbError::Other(error.to_string()))?;
    let booking = notice.booking.as_ref().map(BookingId::as_str);
    let (id, account) = (notice.id.as_str(), notice.account.as_str());
    Ok((id, account, booking, notice.about.news.name(), details, notice.at.0))
}

fn key<'a>(ask: &'a Ask, answer: &'a str) -> KeyLine<'a> {
    let (key, hash) = (ask.key.text.as_str(), ask.key.body_hash.as_str());
    (ask.account.as_str(), key, hash, answer, ask.now.0)
}

async fn moves(tx: &mut Tx, moved: &[&Party]) -> Result<(), DbError> {
    const BOOKINGS: Sql = Sql::both(
        "UPDATE booking SET state = v.value ->> 1, changed = v.value ->> 2, until = v.value ->> 3, \
                            stop = v.value ->> 4, was = v.value ->> 5, host = v.value ->> 6, \
                            reason = v.value ->> 7 \
         FROM jsonb_each($1) AS v WHERE booking.id = v.value ->> 0",
        "UPDATE booking SET state = v ->> 1, changed = CAST(v ->> 2 AS bigint), \
                            until = CAST(v ->> 3 AS bigint), stop = CAST(v ->> 4 AS bigint), was = v ->> 5, \
                            host = v ->> 6, reason = v ->> 7 \
         FROM jsonb_array_elements(CAST($1 AS jsonb)) AS v WHERE booking.id = v ->> 0",
    );
    const OUT: Sql = Sql::both(
        "UPDATE booking_person SET live = 0 WHERE booking_id IN (SELECT value FROM json_each($1))",
        "UPDATE booking_person SET live = 0 \
         WHERE booking_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb))))",
    );
    const BACK: Sql = Sql::both(
        "UPDATE booking_person SET live = 1 \
         WHERE booking_id IN (SELECT value FROM json_each($1)) AND live = 0",
        "UPDATE booking_person SET live = 1 \
         WHERE booking_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) AND live = 0",
    );
    let lines: Vec<MoveLine> = moved
        .iter()
        .map(|party| {
            let (until, stop) = (party.until.map(|at| at.0), party.stop.map(|at| at.0));
            let (was, host) = (party.was.map(BookingState::name), party.host.as_ref().map(BookingId::as_str));
            let (id, state, changed) = (party.booking.as_str(), party.state.name(), party.changed.0);
            (id, state, changed, until, stop, was, host, party.reason.as_deref())
        })
        .collect();
    tx.run(BOOKINGS, args![Arg::json(&lines)?]).await?;
    for (sql, live) in [(OUT, false), (BACK, true)] {
        let bookings: Vec<&BookingId> =
            moved.iter().filter(|party| party.state.is_live() == live).map(|party| &party.booking).collect();
        if !bookings.is_empty() {
            tx.run(sql, args![Arg::json(&bookings)?]).await?;
        }
    }
    Ok(())
}
