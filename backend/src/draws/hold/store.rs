//! SQL of holding a draw; what is written of all entries goes in one statement a table.

use std::collections::BTreeSet;

use domain::{
    booking::BookingState,
    draw::DrawResult,
    id::{AccountId, BookingId, DrawId, PersonId, SlotId},
    time::Moment,
};
use serde::Serialize;

use crate::{
    args,
    db::{Db, DbError, Row, Sql, Tx},
    draws::store::{ClassRow, json},
};

/// The draws whose time has come.
pub async fn due(db: &Db, now: Moment) -> Result<Vec<DrawId>, DbError> {
    let sql = "SELECT id FROM draw WHERE drawn IS NULL AND closes <= $1 ORDER BY closes, id";
    db.rows(sql, args![now]).await?.iter().map(|row| row.text("id").map(DrawId)).collect()
}

/// An entry that takes part.
pub struct EntryRow {
    pub account: AccountId,
    pub tag: String,
    pub people: Vec<PersonId>,
    pub prefers: Vec<SlotId>,
    pub size: u32,
    pub weight: u32,
    pub resident: bool,
}

/// The entries of a draw, by their tags.
pub async fn entries(tx: &mut Tx, draw: &DrawId) -> Result<Vec<EntryRow>, DbError> {
    let sql = "SELECT * FROM draw_entry WHERE draw_id = $1 AND withdrawn IS NULL ORDER BY tag";
    let entry = |row: &Row| {
        Ok(EntryRow {
            account: AccountId(row.text("account_id")?),
            tag: row.text("tag")?,
            people: row.json("people")?,
            prefers: row.json("prefers")?,
            size: row.count("size")?,
            weight: row.count("weight")?,
            resident: row.flag("resident")?,
        })
    };
    tx.rows(sql, args![draw]).await?.iter().map(entry).collect()
}

/// Locks the households, so that nobody of them books anything meanwhile. SQLite has one writer, who
/// holds the whole file already.
pub async fn lock_accounts(tx: &mut Tx, accounts: &BTreeSet<&AccountId>) -> Result<(), DbError> {
    const LOCK: &str = "SELECT id FROM account \
                        WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) \
                        ORDER BY id FOR NO KEY UPDATE";
    if tx.is_sqlite() {
        return Ok(());
    }
    tx.rows(LOCK, args![json(accounts)?]).await.map(drop)
}

/// Locks the slots of a draw, in the order of their identifiers.
pub async fn lock_slots(tx: &mut Tx, draw: &DrawId) -> Result<(), DbError> {
    const LOCK: &str = "SELECT id FROM slot WHERE draw_id = $1 ORDER BY id FOR NO KEY UPDATE";
    if tx.is_sqlite() {
        return Ok(());
    }
    tx.rows(LOCK, args![draw]).await.map(drop)
}

/// The households for which entries stand.
pub async fn houses(tx: &mut Tx, draw: &DrawId) -> Result<Vec<AccountId>, DbError> {
    let sql = "SELECT household_id FROM draw_house WHERE draw_id = $1";
    tx.rows(sql, args![draw]).await?.iter().map(|row| row.text("household_id").map(AccountId)).collect()
}

/// What is written of an entry.
pub struct Line<'a> {
    pub entry: &'a EntryRow,
    pub fate: String,
    pub lost: bool,
    pub booking: Option<NewBooking>,
    /// Identifier of the notice, what it is called, and what it says.
    pub notice: String,
    pub kind: &'static str,
    pub about: String,
}

/// A booking that comes of an entry.
pub struct NewBooking {
    pub id: BookingId,
    pub slot: SlotId,
    pub seq: u32,
    pub state: BookingState,
    pub code: String,
}

/// Writes what came of a draw.
pub async fn write(
    tx: &mut Tx,
    draw: &DrawId,
    lines: &[Line<'_>],
    classes: &[ClassRow],
    now: Moment,
) -> Result<(), DbError> {
    bookings(tx, draw, lines, now).await?;
    people(tx, lines).await?;
    entries_done(tx, draw, lines).await?;
    notices(tx, lines, now).await?;
    for class in classes {
        // Time alone may change something from now on: whoever comes next finds out what.
        let sql = "UPDATE slot SET taken = $2, queued = queued + $3 - waiting, waiting = $3, next_seq = $4, \
                   drawn = 1, due = $5 WHERE id = $1";
        let ClassRow { slot, taken, waiting, next_seq, .. } = class;
        tx.run(sql, args![&slot.id, *taken, *waiting, *next_seq, now]).await?;
    }
    Ok(())
}

#[derive(Serialize)]
struct BookingLine<'a> {
    id: &'a str,
    account: &'a str,
    slot: &'a str,
    seq: u32,
    size: u32,
    people: usize,
    state: &'static str,
    code: &'a str,
}

async fn bookings(tx: &mut Tx, draw: &DrawId, lines: &[Line<'_>], now: Moment) -> Result<(), DbError> {
    const BOOKINGS: Sql = Sql::both(
        "INSERT INTO booking (id, account_id, slot_id, seq, size, people, state, code, made, changed, \
                              idem_key, body_hash) \
         SELECT value ->> 'id', value ->> 'account', value ->> 'slot', value ->> 'seq', value ->> 'size', \
                value ->> 'people', value ->> 'state', value ->> 'code', $2, $2, $3, $3 \
         FROM json_each($1)",
        "INSERT INTO booking (id, account_id, slot_id, seq, size, people, state, code, made, changed, \
                              idem_key, body_hash) \
         SELECT id, account, slot, seq, size, people, state, code, $2, $2, $3, $3 \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(id text, account text, slot text, seq bigint, size bigint, people bigint, state text, \
                   code text)",
    );
    let booked = lines.iter().filter_map(|line| Some((line.entry, line.booking.as_ref()?)));
    let list: Vec<BookingLine> = booked
        .map(|(entry, booking)| BookingLine {
            id: booking.id.as_str(),
            account: entry.account.as_str(),
            slot: booking.slot.as_str(),
            seq: booking.seq,
            size: entry.size,
            people: entry.people.len(),
            state: booking.state.name(),
            code: &booking.code,
        })
        .collect();
    // No client can send a key with a dot in it.
    tx.run(BOOKINGS, args![json(&list)?, now, format!("draw.{draw}")]).await.map(drop)
}

#[derive(Serialize)]
struct PersonLine<'a> {
    booking: &'a str,
    slot: &'a str,
    person: &'a str,
    place: usize,
}

async fn people(tx: &mut Tx, lines: &[Line<'_>]) -> Result<(), DbError> {
    const PEOPLE: Sql = Sql::both(
        "INSERT INTO booking_person (booking_id, slot_id, person_id, place, live) \
         SELECT value ->> 'booking', value ->> 'slot', value ->> 'person', value ->> 'place', 1 \
         FROM json_each($1)",
        "INSERT INTO booking_person (booking_id, slot_id, person_id, place, live) \
         SELECT booking, slot, person, place, 1 \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(booking text, slot text, person text, place bigint)",
    );
    let booked = lines.iter().filter_map(|line| Some((line.entry, line.booking.as_ref()?)));
    let list: Vec<PersonLine> = booked
        .flat_map(|(entry, booking)| {
            entry.people.iter().enumerate().map(|(place, person)| PersonLine {
                booking: booking.id.as_str(),
                slot: booking.slot.as_str(),
                person: person.as_str(),
                place,
            })
        })
        .collect();
    tx.run(PEOPLE, args![json(&list)?]).await.map(drop)
}

#[derive(Serialize)]
struct DoneLine<'a> {
    account: &'a str,
    fate: &'a str,
    lost: u8,
    booking: Option<&'a str>,
}

async fn entries_done(tx: &mut Tx, draw: &DrawId, lines: &[Line<'_>]) -> Result<(), DbError> {
    const DONE: Sql = Sql::both(
        "UPDATE draw_entry SET fate = v.value ->> 'fate', lost = v.value ->> 'lost', \
                               booking_id = v.value ->> 'booking' \
         FROM json_each($1) AS v WHERE draw_entry.draw_id = $2 AND draw_entry.account_id = v.value ->> 'account'",
        "UPDATE draw_entry SET fate = v.fate, lost = v.lost, booking_id = v.booking \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(account text, fate text, lost bigint, booking text) \
         WHERE draw_entry.draw_id = $2 AND draw_entry.account_id = v.account",
    );
    let list: Vec<DoneLine> = lines
        .iter()
        .map(|line| DoneLine {
            account: line.entry.account.as_str(),
            fate: &line.fate,
            lost: line.lost.into(),
            booking: line.booking.as_ref().map(|booking| booking.id.as_str()),
        })
        .collect();
    tx.run(DONE, args![json(&list)?, draw]).await.map(drop)
}

#[derive(Serialize)]
struct NoticeLine<'a> {
    id: &'a str,
    account: &'a str,
    booking: Option<&'a str>,
    kind: &'a str,
    details: &'a str,
}

async fn notices(tx: &mut Tx, lines: &[Line<'_>], now: Moment) -> Result<(), DbError> {
    const NOTICES: Sql = Sql::both(
        "INSERT INTO notice (id, account_id, booking_id, kind, details, made) \
         SELECT value ->> 'id', value ->> 'account', value ->> 'booking', value ->> 'kind', \
                value ->> 'details', $2 \
         FROM json_each($1)",
        "INSERT INTO notice (id, account_id, booking_id, kind, details, made) \
         SELECT id, account, booking, kind, details, $2 \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(id text, account text, booking text, kind text, details text)",
    );
    let list: Vec<NoticeLine> = lines
        .iter()
        .map(|line| NoticeLine {
            id: &line.notice,
            account: line.entry.account.as_str(),
            booking: line.booking.as_ref().map(|booking| booking.id.as_str()),
            kind: line.kind,
            details: &line.about,
        })
        .collect();
    tx.run(NOTICES, args![json(&list)?, now]).await.map(drop)
}

/// Reveals the seed with the result.
pub async fn reveal(tx: &mut Tx, result: &DrawResult) -> Result<(), DbError> {
    let sql = "UPDATE draw SET drawn = $2, seed = $3, result = $4 WHERE id = $1 AND drawn IS NULL";
    let args = args![&result.draw, result.drawn, &result.seed, json(result)?];
    if tx.run(sql, args).await? == 1 { Ok(()) } else { Err(DbError::Busy("a draw was held twice".into())) }
}
