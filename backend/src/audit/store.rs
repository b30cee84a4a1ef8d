//! SQL of the record of what the staff did.

use std::collections::HashSet;

use domain::{
    audit::{Act, Looked},
    id::{AccountId, CentreId, PersonId, SlotId},
    time::Moment,
};

use super::Entry;
use crate::{
    args,
    catalogue::details::CentreDetails,
    db::{Db, DbError, Row, Tx},
    vault::{Place, Vault},
};

/// A line as it is kept, but for its number and its hashes.
pub struct Line {
    pub at: Moment,
    pub act: String,
    pub by: Option<String>,
    pub person: Option<String>,
    pub booking: Option<String>,
    pub centre: Option<String>,
    pub subject: Option<String>,
    pub purpose: String,
}

impl Line {
    /// The line of an entry.
    pub fn of(entry: &Entry<'_>) -> Self {
        Self {
            at: entry.at,
            act: entry.act.name().to_owned(),
            by: entry.by.map(|id| id.0.clone()),
            person: entry.person.map(|id| id.0.clone()),
            booking: entry.booking.map(|id| id.0.clone()),
            centre: entry.centre.map(|id| id.0.clone()),
            subject: entry.subject.map(str::to_owned),
            purpose: entry.purpose.to_owned(),
        }
    }

    fn read(vault: &Vault, row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            at: row.moment("at")?,
            act: row.text("act")?,
            by: row.text_opt("account_id")?,
            person: row.text_opt("person_id")?,
            booking: row.text_opt("booking_id")?,
            centre: row.text_opt("centre_id")?,
            subject: row.text_opt("subject")?,
            purpose: purpose(vault, row)?,
        })
    }
}

/// What a line was for: sealed, but in those from before.
fn purpose(vault: &Vault, row: &Row) -> Result<String, DbError> {
    let sealed = row.text("purpose_box")?;
    if sealed.is_empty() {
        return row.text("purpose");
    }
    let plain = vault.open(place(&row.int("seq")?.to_string()), &sealed);
    let plain = plain.map_err(|error| DbError::Other(error.to_string()))?;
    Ok(String::from_utf8_lossy(&plain).into_owned())
}

fn place(id: &str) -> Place<'_> {
    Place { table: "audit", row: id, column: "purpose_box" }
}

/// Takes the next so many numbers and holds the chain until the transaction ends; the last of them.
pub async fn take_numbers(tx: &mut Tx, count: i64) -> Result<i64, DbError> {
    let sql = "INSERT INTO counter (name, value) VALUES ('audit', $1) \
               ON CONFLICT (name) DO UPDATE SET value = counter.value + $1 RETURNING value";
    let row = tx.row(sql, args![count]).await?;
    row.ok_or_else(|| DbError::Other("no number for the record".into()))?.int("value")
}

/// Gives numbers back that were not used.
pub async fn give_back(tx: &mut Tx, count: i64) -> Result<(), DbError> {
    tx.run("UPDATE counter SET value = value - $1 WHERE name = 'audit'", args![count]).await.map(drop)
}

/// Whether a line with that mark was recorded since then.
pub async fn is_recorded(tx: &mut Tx, mark: &str, since: Moment) -> Result<bool, DbError> {
    let sql = "SELECT seq FROM audit WHERE retry = $1 AND at >= $2 LIMIT 1";
    Ok(tx.row(sql, args![mark, since]).await?.is_some())
}

/// The hash of a line.
pub async fn hash_of(tx: &mut Tx, seq: i64) -> Result<Option<String>, DbError> {
    let row = tx.row("SELECT hash FROM audit WHERE seq = $1", args![seq]).await?;
    row.map(|row| row.text("hash")).transpose()
}

/// Adds a line.
pub async fn add(
    tx: &mut Tx,
    vault: &Vault,
    seq: i64,
    entry: &Entry<'_>,
    mark: Option<&str>,
    [prev, hash]: [&str; 2],
) -> Result<(), DbError> {
    let sql = "INSERT INTO audit (seq, id, at, account_id, act, person_id, booking_id, centre_id, subject, \
                                  purpose, purpose_box, retry, prev, hash) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10, $11, $12, $13)";
    let Entry { by, at, act, person, booking, centre, subject, purpose } = *entry;
    let (id, act) = (seq.to_string(), act.name());
    let sealed = match purpose {
        "" => Ok(String::new()),
        purpose => vault.seal(place(&id), purpose.as_bytes()),
    };
    let sealed = sealed.map_err(|error| DbError::Other(error.to_string()))?;
    let values = args![seq, id, at, by, act, person, booking, centre, subject, sealed, mark, prev, hash];
    tx.run(sql, values).await.map(drop)
}

/// How many lines were written.
pub async fn written(db: &Db) -> Result<i64, DbError> {
    let row = db.row("SELECT value FROM counter WHERE name = 'audit'", args![]).await?;
    row.map_or(Ok(0), |row| row.int("value"))
}

/// The lines after `last`, at most so many, each with its number, the hash of the line before and its
/// own.
pub async fn lines(
    db: &Db,
    vault: &Vault,
    last: i64,
    most: i64,
) -> Result<Vec<(i64, Line, [String; 2])>, DbError> {
    let sql = "SELECT * FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2";
    db.rows(sql, args![last, most])
        .await?
        .iter()
        .map(|row| Ok((row.int("seq")?, Line::read(vault, row)?, [row.text("prev")?, row.text("hash")?])))
        .collect()
}

/// Whom somebody has seen in the list of a slot within a time.
pub async fn just_listed(
    db: &Db,
    by: &AccountId,
    slot: &SlotId,
    [from, to]: [Moment; 2],
) -> Result<HashSet<PersonId>, DbError> {
    let sql = "SELECT person_id FROM audit WHERE act = 'roster' AND account_id = $1 AND subject = $2 \
               AND at > $3 AND at <= $4 AND person_id IS NOT NULL";
    let rows = db.rows(sql, args![by, slot, from, to]).await?;
    rows.iter().map(|row| row.text("person_id").map(PersonId)).collect()
}

/// What is on record of a person, latest first: at most so many looks and papers seen, and of the rest.
pub async fn of_person(
    db: &Db,
    vault: &Vault,
    person: &PersonId,
    [looks, rest]: [i64; 2],
) -> Result<Vec<Looked>, DbError> {
    let sql = "SELECT a.seq, a.at, a.act, a.centre_id, a.purpose, a.purpose_box, c.details FROM \
               (SELECT * FROM (SELECT * FROM audit WHERE person_id = $1 AND act IN ('look', 'verify') \
                ORDER BY seq DESC LIMIT $2) AS looks \
                UNION ALL SELECT * FROM (SELECT * FROM audit WHERE person_id = $1 \
                AND act NOT IN ('look', 'verify') ORDER BY seq DESC LIMIT $3) AS rest) AS a \
               LEFT JOIN centre c ON c.id = a.centre_id ORDER BY a.seq DESC";
    db.rows(sql, args![person, looks, rest])
        .await?
        .iter()
        .map(|row| {
            let act = row.text("act")?;
            let details = row.text_opt("details")?;
            let centre: Option<CentreDetails> = details
                .map(|details| serde_json::from_str(&details))
                .transpose()
                .map_err(|error| DbError::Other(format!("details: {error}")))?;
            Ok(Looked {
                at: row.moment("at")?,
                act: Act::from_name(&act).ok_or_else(|| DbError::Other(format!("no such act: {act}")))?,
                centre: row.text_opt("centre_id")?.map(CentreId),
                centre_name: centre.map(|centre| centre.name),
                purpose: purpose(vault, row)?,
            })
        })
        .collect()
}
