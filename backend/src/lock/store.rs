//! SQL of the second lock: secrets, tries, spare codes, and until when it is open.

use domain::{id::AccountId, time::Moment};

use crate::{
    args,
    db::{Db, DbError, Tx},
};

/// A lock as it is kept.
pub struct Row {
    /// Hash of the password; empty until the lock is set up.
    pub password_hash: String,
    /// The secret of the codes.
    pub secret_box: String,
    /// The step of the code that was used last.
    pub last_step: i64,
    /// When it was set up.
    pub made: Option<Moment>,
    /// When somebody began to try, and how often since.
    pub tried: (Moment, u32),
    /// The same for the day.
    pub today: (Moment, u32),
}

const ROW: &str = "SELECT password_hash, secret_box, last_step, made, tried_since, tries, day, in_day \
                   FROM staff_lock WHERE id = $1";

fn read(row: Option<crate::db::Row>) -> Result<Option<Row>, DbError> {
    row.map(|row| {
        Ok(Row {
            password_hash: row.text("password_hash")?,
            secret_box: row.text("secret_box")?,
            last_step: row.int("last_step")?,
            made: row.int_opt("made")?.map(Moment),
            tried: (row.moment("tried_since")?, row.count("tries")?),
            today: (row.moment("day")?, row.count("in_day")?),
        })
    })
    .transpose()
}

/// The lock of an account.
pub async fn lock(db: &Db, account: &AccountId) -> Result<Option<Row>, DbError> {
    read(db.row(ROW, args![account]).await?)
}

/// The same, as it is within a transaction that holds the account.
pub async fn lock_now(tx: &mut Tx, account: &AccountId) -> Result<Option<Row>, DbError> {
    read(tx.row(ROW, args![account]).await?)
}

/// Writes a secret that was drawn, for an account whose lock is not set up.
pub async fn draw(tx: &mut Tx, account: &AccountId, secret_box: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO staff_lock (id, secret_box) VALUES ($1, $2) \
               ON CONFLICT (id) DO UPDATE SET secret_box = $2 WHERE staff_lock.made IS NULL";
    tx.run(sql, args![account, secret_box]).await.map(drop)
}

/// Sets the lock up.
pub async fn make(
    tx: &mut Tx,
    account: &AccountId,
    password_hash: &str,
    step: i64,
    now: Moment,
) -> Result<(), DbError> {
    let sql = "UPDATE staff_lock SET password_hash = $2, last_step = $3, made = $4, tries = 0, in_day = 0 \
               WHERE id = $1";
    tx.run(sql, args![account, password_hash, step, now]).await.map(drop)
}

/// Counts a try: since when, and how often, of this spell and of the day.
pub async fn count_try(tx: &mut Tx, account: &AccountId, row: &Row) -> Result<(), DbError> {
    let sql = "UPDATE staff_lock SET tried_since = $2, tries = $3, day = $4, in_day = $5 WHERE id = $1";
    let ((since, tries), (day, in_day)) = (row.tried, row.today);
    tx.run(sql, args![account, since, tries, day, in_day]).await.map(drop)
}

/// Says that a code was used, forgets the tries, and takes this one back from those of the day: the
/// others may have been somebody else's.
pub async fn use_step(tx: &mut Tx, account: &AccountId, step: i64) -> Result<(), DbError> {
    let sql = "UPDATE staff_lock SET last_step = $2, tries = 0, \
               in_day = CASE WHEN in_day > 0 THEN in_day - 1 ELSE 0 END WHERE id = $1";
    tx.run(sql, args![account, step]).await.map(drop)
}

/// Writes spare codes in the place of all there were.
pub async fn put_spare(
    tx: &mut Tx,
    account: &AccountId,
    hashes: &[String],
    now: Moment,
) -> Result<(), DbError> {
    tx.run("DELETE FROM staff_spare WHERE account_id = $1", args![account]).await?;
    for hash in hashes {
        let sql = "INSERT INTO staff_spare (hash, account_id, made) VALUES ($1, $2, $3)";
        tx.run(sql, args![hash, account, now]).await?;
    }
    Ok(())
}

/// Whether there is a spare code.
pub async fn has_spare(tx: &mut Tx, account: &AccountId, hash: &str) -> Result<bool, DbError> {
    let sql = "SELECT made FROM staff_spare WHERE account_id = $1 AND hash = $2";
    Ok(tx.row(sql, args![account, hash]).await?.is_some())
}

/// Uses a spare code, where there is one.
pub async fn use_spare(tx: &mut Tx, account: &AccountId, hash: &str) -> Result<(), DbError> {
    let sql = "DELETE FROM staff_spare WHERE account_id = $1 AND hash = $2";
    tx.run(sql, args![account, hash]).await.map(drop)
}

/// How many spare codes are left.
pub async fn spare(db: &Db, account: &AccountId) -> Result<u32, DbError> {
    let sql = "SELECT COUNT(*) AS spare FROM staff_spare WHERE account_id = $1";
    db.row(sql, args![account]).await?.map_or(Ok(0), |row| row.count("spare"))
}

/// A lock that was opened in a session.
#[derive(Clone, Copy)]
pub struct Open {
    /// Until when, at most.
    pub until: Moment,
    /// When something was last done in the workbench.
    pub worked: Moment,
}

/// Whether the lock was opened in a session, by its hash.
pub async fn open(db: &Db, session: &str) -> Result<Option<Open>, DbError> {
    let sql = "SELECT unlocked, worked FROM session WHERE hash = $1 AND unlocked IS NOT NULL";
    let row = db.row(sql, args![session]).await?;
    row.map(|row| Ok(Open { until: row.moment("unlocked")?, worked: row.moment("worked")? })).transpose()
}

/// Says that something is being done in the workbench.
pub async fn work(db: &Db, session: &str, now: Moment) -> Result<(), DbError> {
    let mut tx = db.begin().await?;
    tx.run("UPDATE session SET worked = $2 WHERE hash = $1", args![session, now]).await?;
    tx.commit().await
}

/// Opens the lock in a session, at most until then.
pub async fn set_open(tx: &mut Tx, session: &str, until: Moment, now: Moment) -> Result<(), DbError> {
    let sql = "UPDATE session SET unlocked = $2, worked = $3 WHERE hash = $1";
    tx.run(sql, args![session, until, now]).await.map(drop)
}

/// Closes the lock in a session.
pub async fn close(tx: &mut Tx, session: &str) -> Result<(), DbError> {
    tx.run("UPDATE session SET unlocked = NULL WHERE hash = $1", args![session]).await.map(drop)
}

/// Takes an account's lock off, and closes it everywhere; whether there was one.
pub async fn take_off(tx: &mut Tx, account: &AccountId) -> Result<bool, DbError> {
    tx.run("UPDATE session SET unlocked = NULL WHERE account_id = $1", args![account]).await?;
    tx.run("DELETE FROM staff_spare WHERE account_id = $1", args![account]).await?;
    let sql = "DELETE FROM staff_lock WHERE id = $1 RETURNING made";
    let gone = tx.row(sql, args![account]).await?;
    Ok(gone.map(|row| row.int_opt("made")).transpose()?.flatten().is_some())
}
