//! SQL of entries.

use domain::{
    draw::{Entry, EntryLine, LOST_COUNTS},
    id::{AccountId, BookingId, DrawId, SlotId},
    time::Moment,
};

use super::json;
use crate::{
    args,
    catalogue::details::{CentreDetails, DrawDetails},
    db::{Db, DbError, Row, Tx},
};

const ENTRY: &str = "SELECT * FROM draw_entry WHERE draw_id = $1 AND account_id = $2 AND withdrawn IS NULL";

/// The household's entry, where it takes part.
pub async fn entry(db: &Db, draw: &DrawId, account: &AccountId) -> Result<Option<Entry>, DbError> {
    db.row(ENTRY, args![draw, account]).await?.as_ref().map(entry_of).transpose()
}

/// Like [`entry`], within a transaction.
pub async fn entry_in(tx: &mut Tx, draw: &DrawId, account: &AccountId) -> Result<Option<Entry>, DbError> {
    tx.row(ENTRY, args![draw, account]).await?.as_ref().map(entry_of).transpose()
}

/// The household's entries, the latest first.
pub async fn entries_of(db: &Db, account: &AccountId) -> Result<Vec<EntryLine>, DbError> {
    let sql = "SELECT e.*, d.details, d.closes, c.details AS centre FROM draw_entry e \
               JOIN draw d ON d.id = e.draw_id JOIN centre c ON c.id = d.centre_id \
               WHERE e.account_id = $1 AND e.withdrawn IS NULL ORDER BY d.closes DESC, d.id LIMIT 100";
    let line = |row: &Row| {
        let (details, centre): (DrawDetails, CentreDetails) = (row.json("details")?, row.json("centre")?);
        Ok(EntryLine {
            draw: DrawId(row.text("draw_id")?),
            title: details.title,
            centre_name: centre.name,
            zone: centre.zone,
            closes: row.moment("closes")?,
            entry: entry_of(row)?,
        })
    };
    db.rows(sql, args![account]).await?.iter().map(line).collect()
}

/// Who chose a slot in a draw whose lots are still to fall, and in which draw.
pub async fn choosing(tx: &mut Tx, slot: &SlotId) -> Result<Vec<(AccountId, DrawId)>, DbError> {
    let sql = "SELECT e.account_id, e.draw_id, e.prefers FROM slot s JOIN draw_entry e ON e.draw_id = s.draw_id \
               WHERE s.id = $1 AND s.drawn = 0 AND e.withdrawn IS NULL ORDER BY e.account_id";
    let mut entered = Vec::new();
    for row in tx.rows(sql, args![slot]).await? {
        if row.json::<Vec<SlotId>>("prefers")?.contains(slot) {
            entered.push((AccountId(row.text("account_id")?), DrawId(row.text("draw_id")?)));
        }
    }
    Ok(entered)
}

fn entry_of(row: &Row) -> Result<Entry, DbError> {
    Ok(Entry {
        tag: row.text("tag")?,
        people: row.json("people")?,
        prefers: row.json("prefers")?,
        weight: row.count("weight")?,
        resident: row.flag("resident")?,
        made: row.moment("made")?,
        fate: row.text_opt("fate")?.is_some().then(|| row.json("fate")).transpose()?,
        booking: row.text_opt("booking_id")?.map(BookingId),
    })
}

/// How many draws the household has lost that were held in the year before `now`. Who was offered a
/// place from the queue afterwards has not lost.
pub async fn lost(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<u32, DbError> {
    tx.row(LOST, args![account, now.plus(-LOST_COUNTS)]).await?.map_or(Ok(0), |row| row.count("lost"))
}

/// Like [`lost`], outside a transaction.
pub async fn lost_by(db: &Db, account: &AccountId, now: Moment) -> Result<u32, DbError> {
    db.row(LOST, args![account, now.plus(-LOST_COUNTS)]).await?.map_or(Ok(0), |row| row.count("lost"))
}

/// What was lost for a household's people counts as its own, whoever entered them.
const LOST: &str = "SELECT COUNT(*) AS lost FROM draw_house h \
     JOIN draw_entry e ON e.draw_id = h.draw_id AND e.account_id = h.account_id \
     JOIN draw d ON d.id = e.draw_id LEFT JOIN booking b ON b.id = e.booking_id \
     WHERE h.household_id = $1 AND e.lost = 1 AND d.drawn > $2 AND (b.id IS NULL OR b.state = 'waitlisted' \
     OR (b.state = 'cancelled' AND b.was = 'waitlisted') OR (b.state = 'lapsed' AND b.was = 'waitlisted'))";

/// Writes an entry, in the place of the one that was there.
pub async fn enter(
    tx: &mut Tx,
    draw: &DrawId,
    account: &AccountId,
    entry: &Entry,
    size: u32,
) -> Result<(), DbError> {
    let sql = "INSERT INTO draw_entry (draw_id, account_id, tag, people, prefers, size, weight, resident, made) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (draw_id, account_id) DO UPDATE \
               SET people = excluded.people, prefers = excluded.prefers, size = excluded.size, \
               weight = excluded.weight, resident = excluded.resident, made = excluded.made, withdrawn = NULL";
    let Entry { tag, people, prefers, weight, resident, made, .. } = entry;
    let (people, prefers) = (json(people)?, json(prefers)?);
    let args = args![draw, account, tag, people, prefers, size, *weight, *resident, *made];
    tx.run(sql, args).await?;
    count(tx, draw).await
}

/// Takes an entry back.
pub async fn withdraw(tx: &mut Tx, draw: &DrawId, account: &AccountId, now: Moment) -> Result<(), DbError> {
    let sql = "UPDATE draw_entry SET withdrawn = $3 WHERE draw_id = $1 AND account_id = $2";
    tx.run(sql, args![draw, account, now]).await?;
    super::houses::forget(tx, draw, account).await?;
    count(tx, draw).await
}

async fn count(tx: &mut Tx, draw: &DrawId) -> Result<(), DbError> {
    let sql = "UPDATE draw SET entries = (SELECT COUNT(*) FROM draw_entry \
               WHERE draw_id = $1 AND withdrawn IS NULL) WHERE id = $1";
    tx.run(sql, args![draw]).await.map(drop)
}
