//! SQL of the committer. Every statement is about the whole batch at once: its identifiers travel as
//! one JSON text, which SQLite unfolds with `json_each` and PostgreSQL with functions of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    booking::{Held, Waiting},
    id::{AccountId, BookingId, PersonId, SlotId},
    time::Span,
};
use serde::Serialize;

use super::{
    Ask,
    plan::{Board, Kept, Record},
};
use crate::{
    args,
    booking::{about::About, store::state},
    catalogue::rows,
    db::{Arg, DbError, Row, Sql, Tx},
};

mod write;

pub use write::write;

/// What is told to a statement as one JSON text.
fn json<T: Serialize + ?Sized>(value: &T) -> Result<Arg, DbError> {
    serde_json::to_string(value).map(Arg::Text).map_err(|error| DbError::Other(error.to_string()))
}

/// Locks the households. SQLite has one writer, who holds the whole file already.
pub async fn lock_accounts(tx: &mut Tx, accounts: &BTreeSet<&AccountId>) -> Result<(), DbError> {
    const LOCK: &str = "SELECT id FROM account \
                        WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) \
                        ORDER BY id FOR NO KEY UPDATE";
    if tx.is_sqlite() {
        return Ok(());
    }
    tx.rows(LOCK, args![json(accounts)?]).await.map(drop)
}

/// The keys of the asks that have been used before, with what was done then.
pub async fn keys(tx: &mut Tx, asks: &[&Ask]) -> Result<HashMap<(AccountId, String), Kept>, DbError> {
    const KEYS: Sql = Sql::both(
        "SELECT b.account_id, b.idem_key, b.body_hash, b.id AS booking FROM json_each($1) AS k \
         CROSS JOIN booking b ON b.account_id = k.value ->> 0 AND b.idem_key = k.value ->> 1 \
         UNION ALL \
         SELECT a.account_id, a.idem_key, a.body_hash, a.answer FROM json_each($1) AS k \
         CROSS JOIN answered a ON a.account_id = k.value ->> 0 AND a.idem_key = k.value ->> 1",
        "SELECT b.account_id, b.idem_key, b.body_hash, b.id AS booking \
         FROM jsonb_array_elements(CAST($1 AS jsonb)) AS k(value) \
         JOIN booking b ON b.account_id = k.value ->> 0 AND b.idem_key = k.value ->> 1 \
         UNION ALL \
         SELECT a.account_id, a.idem_key, a.body_hash, a.answer \
         FROM jsonb_array_elements(CAST($1 AS jsonb)) AS k(value) \
         JOIN answered a ON a.account_id = k.value ->> 0 AND a.idem_key = k.value ->> 1",
    );
    let pairs: Vec<_> = asks.iter().map(|ask| (&ask.account, &ask.key.text)).collect();
    let rows = tx.rows(KEYS, args![json(&pairs)?]).await?;
    rows.iter()
        .map(|row| {
            let key = (AccountId(row.text("account_id")?), row.text("idem_key")?);
            let booking = BookingId(row.text("booking")?);
            Ok((key, Kept { body_hash: row.text("body_hash")?, booking }))
        })
        .collect()
}

/// The slots of bookings; which those are never changes, so no lock is needed.
pub async fn slots_of(
    tx: &mut Tx,
    bookings: &BTreeSet<BookingId>,
) -> Result<Vec<(BookingId, SlotId)>, DbError> {
    const SLOTS: Sql = Sql::both(
        "SELECT id, slot_id FROM booking WHERE id IN (SELECT value FROM json_each($1))",
        "SELECT id, slot_id FROM booking \
         WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb))))",
    );
    let rows = tx.rows(SLOTS, args![json(bookings)?]).await?;
    rows.iter().map(|row| Ok((BookingId(row.text("id")?), SlotId(row.text("slot_id")?)))).collect()
}

/// Locks slots in the order of their identifiers and reads them; those that are not there are left
/// out.
pub async fn lock_slots(tx: &mut Tx, slots: &BTreeSet<SlotId>) -> Result<BTreeMap<SlotId, Board>, DbError> {
    const LOCK: Sql = Sql::both(
        "SELECT s.id, s.meetings, s.name_zh, s.name_en, s.capacity, s.taken, s.waiting, s.next_seq, s.opens, \
                s.closes, s.kept, s.kept_until, s.draw_id, s.drawn, o.id AS offering, o.retired, o.details, c.id AS centre, c.details AS centre_details \
         FROM slot s JOIN offering o ON o.id = s.offering_id JOIN centre c ON c.id = o.centre_id \
         WHERE s.id IN (SELECT value FROM json_each($1))",
        "SELECT s.id, s.meetings, s.name_zh, s.name_en, s.capacity, s.taken, s.waiting, s.next_seq, s.opens, \
                s.closes, s.kept, s.kept_until, s.draw_id, s.drawn, o.id AS offering, o.retired, o.details, c.id AS centre, c.details AS centre_details \
         FROM slot s JOIN offering o ON o.id = s.offering_id JOIN centre c ON c.id = o.centre_id \
         WHERE s.id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) \
         ORDER BY s.id FOR NO KEY UPDATE OF s",
    );
    let rows = tx.rows(LOCK, args![json(slots)?]).await?;
    rows.iter().map(|row| board(row).map(|board| (board.slot.id.clone(), board))).collect()
}

/// A slot out of its row.
fn board(row: &Row) -> Result<Board, DbError> {
    let (about, rules) = About::read(row)?;
    Ok(Board {
        slot: rows::slot(row)?,
        rules,
        retired: row.flag("retired")?,
        about,
        taken: row.count("taken")?,
        waiting: row.count("waiting")?,
        next_seq: row.count("next_seq")?,
        was_seq: row.count("next_seq")?,
        queue: None,
        changed: false,
    })
}

/// Bookings of these accounts, as they stand now that their slots are locked.
pub async fn records(
    tx: &mut Tx,
    bookings: &BTreeSet<BookingId>,
    accounts: &BTreeSet<&AccountId>,
) -> Result<HashMap<BookingId, Record>, DbError> {
    const RECORDS: Sql = Sql::both(
        "SELECT b.id, b.account_id, b.slot_id, b.seq, b.size, b.state, b.code, b.made, \
                (SELECT json_group_array(person_id) FROM (SELECT person_id FROM booking_person \
                 WHERE booking_id = b.id ORDER BY place)) AS people, \
                (SELECT COUNT(*) FROM booking w WHERE b.state = 'waitlisted' AND w.state = 'waitlisted' \
                 AND w.slot_id = b.slot_id AND w.seq <= b.seq) AS position \
         FROM booking b WHERE b.id IN (SELECT value FROM json_each($1)) \
         AND b.account_id IN (SELECT value FROM json_each($2))",
        "SELECT b.id, b.account_id, b.slot_id, b.seq, b.size, b.state, b.code, b.made, \
                (SELECT CAST(json_agg(person_id ORDER BY place) AS text) FROM booking_person \
                 WHERE booking_id = b.id) AS people, \
                (SELECT COUNT(*) FROM booking w WHERE b.state = 'waitlisted' AND w.state = 'waitlisted' \
                 AND w.slot_id = b.slot_id AND w.seq <= b.seq) AS position \
         FROM booking b WHERE b.id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) \
         AND b.account_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($2 AS jsonb))))",
    );
    let rows = tx.rows(RECORDS, args![json(bookings)?, json(accounts)?]).await?;
    rows.iter()
        .map(|row| {
            let record = Record {
                id: BookingId(row.text("id")?),
                account: AccountId(row.text("account_id")?),
                slot: SlotId(row.text("slot_id")?),
                seq: row.count("seq")?,
                size: row.count("size")?,
                state: state(row)?,
                code: row.text("code")?,
                made: row.moment("made")?,
                people: row.json("people")?,
                position: Some(row.count("position")?),
            };
            Ok((record.id.clone(), record))
        })
        .collect()
}

/// Who waits in these slots, in order; also where nobody does.
pub async fn queues(
    tx: &mut Tx,
    slots: &BTreeSet<SlotId>,
) -> Result<BTreeMap<SlotId, Vec<Waiting>>, DbError> {
    const QUEUES: Sql = Sql::both(
        "SELECT id, slot_id, size FROM booking WHERE state = 'waitlisted' \
         AND slot_id IN (SELECT value FROM json_each($1)) ORDER BY slot_id, seq",
        "SELECT id, slot_id, size FROM booking WHERE state = 'waitlisted' \
         AND slot_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) \
         ORDER BY slot_id, seq",
    );
    let mut queues: BTreeMap<SlotId, Vec<Waiting>> =
        slots.iter().map(|slot| (slot.clone(), Vec::new())).collect();
    for row in tx.rows(QUEUES, args![json(slots)?]).await? {
        let waiting = Waiting { booking: BookingId(row.text("id")?), size: row.count("size")? };
        queues.entry(SlotId(row.text("slot_id")?)).or_default().push(waiting);
    }
    Ok(queues)
}

/// The people among those named who belong to who names them, with their boxes.
pub async fn people(
    tx: &mut Tx,
    people: &BTreeSet<(&AccountId, &PersonId)>,
) -> Result<Vec<(AccountId, PersonId, String)>, DbError> {
    const PEOPLE: Sql = Sql::both(
        "SELECT p.account_id, p.id, p.sealed_box FROM json_each($1) AS k \
         CROSS JOIN person p ON p.id = k.value ->> 1 AND p.account_id = k.value ->> 0 \
         WHERE p.removed IS NULL",
        "SELECT p.account_id, p.id, p.sealed_box FROM jsonb_array_elements(CAST($1 AS jsonb)) AS k(value) \
         JOIN person p ON p.id = k.value ->> 1 AND p.account_id = k.value ->> 0 \
         WHERE p.removed IS NULL",
    );
    let rows = tx.rows(PEOPLE, args![json(people)?]).await?;
    rows.iter()
        .map(|row| {
            Ok((AccountId(row.text("account_id")?), PersonId(row.text("id")?), row.text("sealed_box")?))
        })
        .collect()
}

/// What these people hold that falls into `window`, from the first start to the last end of all slots
/// that are asked for: nothing else can stand in the way.
pub async fn holds(
    tx: &mut Tx,
    people: &BTreeSet<(&AccountId, &PersonId)>,
    window: Span,
) -> Result<HashMap<PersonId, Vec<Held>>, DbError> {
    const HOLDS: Sql = Sql::both(
        "SELECT bp.person_id, bp.booking_id, bp.slot_id, s.meetings, o.details -> '$.title' AS title \
         FROM json_each($1) AS k CROSS JOIN booking_person bp ON bp.person_id = k.value AND bp.live = 1 \
         JOIN slot s ON s.id = bp.slot_id AND s.ends > $2 AND s.starts < $3 \
         JOIN offering o ON o.id = s.offering_id",
        "SELECT bp.person_id, bp.booking_id, bp.slot_id, s.meetings, \
                CAST(CAST(o.details AS jsonb) -> 'title' AS text) AS title \
         FROM booking_person bp \
         JOIN slot s ON s.id = bp.slot_id AND s.ends > $2 AND s.starts < $3 \
         JOIN offering o ON o.id = s.offering_id \
         WHERE bp.person_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) \
         AND bp.live = 1",
    );
    let people: BTreeSet<&PersonId> = people.iter().map(|(_, person)| *person).collect();
    let mut holds: HashMap<PersonId, Vec<Held>> = HashMap::new();
    for row in tx.rows(HOLDS, args![json(&people)?, window.starts, window.ends]).await? {
        holds.entry(PersonId(row.text("person_id")?)).or_default().push(Held {
            booking: BookingId(row.text("booking_id")?),
            slot: SlotId(row.text("slot_id")?),
            title: row.json("title")?,
            meetings: row.json("meetings")?,
        });
    }
    Ok(holds)
}
