//! SQL of privacy. The statements of the register stand with the tables they are about.

use domain::{
    id::{AccountId, BookingId, PersonId, TaskId, WishId},
    privacy::Leaving,
    time::Moment,
};

use super::register::{Column, Sweep, Table};
use crate::{
    args,
    db::{Db, DbError, Row, Sql, Tx},
};

pub mod sealed;
mod tables;

pub use tables::{OF_NOBODY, tables};

/// All columns of the database, each with its table.
pub async fn schema(db: &Db) -> Result<Vec<(String, String)>, DbError> {
    let sql = Sql::both(
        "SELECT m.name AS of_table, p.name AS of_column FROM sqlite_master m \
         JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' \
         ORDER BY 1, 2",
        "SELECT CAST(table_name AS TEXT) AS of_table, CAST(column_name AS TEXT) AS of_column \
         FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2",
    );
    let rows = db.rows(sql, args![]).await?;
    rows.iter().map(|row| Ok((row.text("of_table")?, row.text("of_column")?))).collect()
}

/// A value as it is kept.
pub enum Value {
    /// Nothing.
    Nothing,
    /// A text.
    Text(String),
    /// An integer.
    Int(i64),
}

/// A row of a table, with what it is about: details as JSON, and when that starts.
pub struct Held {
    /// The values, in the order of the table's columns.
    pub values: Vec<Value>,
    /// What it is about.
    pub about: Option<(String, Option<i64>)>,
}

/// The rows of a table that an account has.
pub async fn mine(db: &Db, table: &Table, account: &AccountId) -> Result<Vec<Held>, DbError> {
    let read = |row: &Row| {
        let value = |column: &Column| {
            Ok(if column.kind.is_int() {
                row.int_opt(column.name)?.map_or(Value::Nothing, Value::Int)
            } else {
                row.text_opt(column.name)?.map_or(Value::Nothing, Value::Text)
            })
        };
        let values = table.columns.iter().map(value).collect::<Result<_, DbError>>()?;
        let about = if table.has_about { Some((row.text("about")?, row.int_opt("about_at")?)) } else { None };
        Ok(Held { values, about })
    };
    db.rows(table.mine, args![account]).await?.iter().map(read).collect()
}

/// Whether there is such an account that was not erased.
pub async fn is_there(db: &Db, account: &AccountId) -> Result<bool, DbError> {
    let sql = "SELECT id FROM account WHERE id = $1 AND erased IS NULL";
    Ok(db.row(sql, args![account]).await?.is_some())
}

/// Whether an account is going to be erased.
pub async fn leaving(db: &Db, account: &AccountId) -> Result<Option<Leaving>, DbError> {
    let row = db.row("SELECT asked, until FROM leaving WHERE account_id = $1", args![account]).await?;
    row.map(|row| Ok(Leaving { asked: row.moment("asked")?, until: row.moment("until")? })).transpose()
}

/// Like [`leaving`], within a transaction.
pub async fn leaving_in(tx: &mut Tx, account: &AccountId) -> Result<Option<Leaving>, DbError> {
    let row = tx.row("SELECT asked, until FROM leaving WHERE account_id = $1", args![account]).await?;
    row.map(|row| Ok(Leaving { asked: row.moment("asked")?, until: row.moment("until")? })).transpose()
}

/// Notes that an account is going to be erased.
pub async fn leave(tx: &mut Tx, account: &AccountId, leaving: Leaving) -> Result<(), DbError> {
    let sql = "INSERT INTO leaving (account_id, asked, until) VALUES ($1, $2, $3)";
    tx.run(sql, args![account, leaving.asked, leaving.until]).await.map(drop)
}

/// Notes that it is not.
pub async fn stay(tx: &mut Tx, account: &AccountId) -> Result<(), DbError> {
    tx.run("DELETE FROM leaving WHERE account_id = $1", args![account]).await.map(drop)
}

/// Some accounts whose grace is over.
pub async fn due(db: &Db, now: Moment, most: u32) -> Result<Vec<AccountId>, DbError> {
    let sql = "SELECT account_id FROM leaving WHERE until <= $1 ORDER BY until, account_id LIMIT $2";
    let rows = db.rows(sql, args![now, most]).await?;
    rows.iter().map(|row| row.text("account_id").map(AccountId)).collect()
}

/// The people of an account beside its holder, each with the other guardian who has them then: the
/// first who may book for them, and does not go as well.
const OTHERS: &str = "SELECT p.id, (SELECT g.account_id FROM guardian g \
     JOIN account a ON a.id = g.account_id AND a.erased IS NULL \
     LEFT JOIN leaving l ON l.account_id = g.account_id \
     WHERE g.person_id = p.id AND g.ended IS NULL AND g.scope = 'book' AND l.account_id IS NULL \
     ORDER BY g.made, g.id LIMIT 1) AS heir \
     FROM person p WHERE p.account_id = $1 AND p.relation <> 'Myself' AND p.removed IS NULL ORDER BY p.id";

/// Somebody, and the account that has them when their own is erased.
type Other = (PersonId, Option<AccountId>);

fn other(row: &Row) -> Result<Other, DbError> {
    Ok((PersonId(row.text("id")?), row.text_opt("heir")?.map(AccountId)))
}

/// Who goes with an account, and who stays with another guardian.
pub async fn others(db: &Db, account: &AccountId) -> Result<Vec<Other>, DbError> {
    db.rows(OTHERS, args![account]).await?.iter().map(other).collect()
}

/// Like [`others`], within a transaction.
pub async fn others_in(tx: &mut Tx, account: &AccountId) -> Result<Vec<Other>, DbError> {
    tx.rows(OTHERS, args![account]).await?.iter().map(other).collect()
}

/// Makes somebody one of the household of their other guardian.
pub async fn hand_over(tx: &mut Tx, person: &PersonId, heir: &AccountId) -> Result<(), DbError> {
    tx.run("DELETE FROM guardian WHERE person_id = $1 AND account_id = $2", args![person, heir]).await?;
    let sql = "UPDATE person SET account_id = $2, \
               sort = (SELECT COALESCE(MAX(o.sort) + 1, 0) FROM person o WHERE o.account_id = $2) \
               WHERE id = $1";
    tx.run(sql, args![person, heir]).await.map(drop)
}

/// What an account has booked that can still be given back.
pub async fn bookings_ahead(db: &Db, account: &AccountId, now: Moment) -> Result<Vec<BookingId>, DbError> {
    let sql = "SELECT b.id FROM booking b JOIN slot s ON s.id = b.slot_id \
               WHERE b.account_id = $1 AND b.state IN ('confirmed', 'waitlisted', 'offered') \
               AND s.starts > $2 ORDER BY s.starts, b.id";
    let rows = db.rows(sql, args![account, now]).await?;
    rows.iter().map(|row| row.text("id").map(BookingId)).collect()
}

/// The tasks ahead that an account is in.
pub async fn tasks_ahead(db: &Db, account: &AccountId, now: Moment) -> Result<Vec<TaskId>, DbError> {
    let sql = "SELECT t.id FROM task_claim c JOIN task t ON t.id = c.task_id \
               WHERE c.account_id = $1 AND t.starts > $2 ORDER BY t.id";
    let rows = db.rows(sql, args![account, now]).await?;
    rows.iter().map(|row| row.text("id").map(TaskId)).collect()
}

/// Wishes of an account that nobody joined and nobody answered, each with a number for its next step.
pub async fn lone_wishes(tx: &mut Tx, account: &AccountId) -> Result<Vec<WishId>, DbError> {
    let sql = "SELECT w.id FROM wish w WHERE w.account_id = $1 \
               AND NOT EXISTS (SELECT 1 FROM wish_step s WHERE s.wish_id = w.id) \
               AND NOT EXISTS (SELECT 1 FROM wish_support s WHERE s.wish_id = w.id AND s.account_id <> $1)";
    let rows = tx.rows(sql, args![account]).await?;
    rows.iter().map(|row| row.text("id").map(WishId)).collect()
}

/// Takes a wish back that has no steps.
pub async fn withdraw_wish(tx: &mut Tx, wish: &WishId, now: Moment) -> Result<(), DbError> {
    let sql = "INSERT INTO wish_step (wish_id, seq, kind, at) VALUES ($1, 1, 'withdrawn', $2)";
    tx.run(sql, args![wish, now]).await.map(drop)
}

/// Signs an account out everywhere but on the device with that hash.
pub async fn end_other_sessions(tx: &mut Tx, account: &AccountId, but: &str) -> Result<(), DbError> {
    tx.run("DELETE FROM session WHERE account_id = $1 AND hash <> $2", args![account, but]).await.map(drop)
}

/// Runs the statements by which a table forgets an account.
pub async fn erase(tx: &mut Tx, table: &Table, account: &AccountId) -> Result<(), DbError> {
    for sql in table.erase {
        tx.run(*sql, args![account]).await?;
    }
    Ok(())
}

/// Notes that an account was erased.
pub async fn close(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<(), DbError> {
    tx.run("UPDATE account SET erased = $2 WHERE id = $1", args![account, now]).await.map(drop)
}

/// Some accounts after `after` that were not erased.
pub async fn living(db: &Db, after: &str, most: u32) -> Result<Vec<AccountId>, DbError> {
    let sql = "SELECT id FROM account WHERE erased IS NULL AND id > $1 ORDER BY id LIMIT $2";
    let rows = db.rows(sql, args![after, most]).await?;
    rows.iter().map(|row| row.text("id").map(AccountId)).collect()
}

/// The register of erasures, as the database has it.
pub async fn erasures(db: &Db) -> Result<Vec<(String, Moment)>, DbError> {
    let rows = db.rows("SELECT digest, at FROM erasure ORDER BY at, digest", args![]).await?;
    rows.iter().map(|row| Ok((row.text("digest")?, row.moment("at")?))).collect()
}

/// Adds a line to it, where it is not there.
pub async fn note_erasure(tx: &mut Tx, digest: &str, at: Moment) -> Result<(), DbError> {
    let sql = "INSERT INTO erasure (digest, at) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";
    tx.run(sql, args![digest, at]).await.map(drop)
}

/// How many rows would go.
pub async fn count_due(db: &Db, sweep: &Sweep, before: Moment) -> Result<i64, DbError> {
    db.row(sweep.count, args![before]).await?.map_or(Ok(0), |row| row.int("due"))
}

/// Takes them away; how many those were.
pub async fn sweep(db: &Db, sweep: &Sweep, before: Moment) -> Result<u64, DbError> {
    let mut tx = db.begin().await?;
    let gone = tx.run(sweep.run, args![before]).await?;
    tx.commit().await?;
    Ok(gone)
}
