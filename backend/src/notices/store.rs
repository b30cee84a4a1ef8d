//! SQL of notices. Those of bookings are written by the committer; each in the transaction of what it tells of.

use domain::{
    id::{AccountId, BookingId, NoticeId},
    notice::{About, MOST_NOTICES, Notice},
    time::Moment,
};

use crate::{
    args,
    db::{Db, DbError, Tx},
};

/// Writes something to be told.
pub async fn add(
    tx: &mut Tx,
    id: &NoticeId,
    account: &AccountId,
    about: &About,
    now: Moment,
) -> Result<(), DbError> {
    let sql = "INSERT INTO notice (id, account_id, kind, details, made) VALUES ($1, $2, $3, $4, $5)";
    let details = serde_json::to_string(about).map_err(|error| DbError::Other(error.to_string()))?;
    tx.run(sql, args![id, account, about.news.name(), details, now]).await.map(drop)
}

/// What a household was told lately, latest first.
pub async fn latest(db: &Db, account: &AccountId) -> Result<Vec<Notice>, DbError> {
    let sql = "SELECT id, booking_id, details, made, seen FROM notice WHERE account_id = $1 \
               ORDER BY made DESC, id DESC LIMIT $2";
    let rows = db.rows(sql, args![account, MOST_NOTICES]).await?;
    rows.iter()
        .map(|row| {
            Ok(Notice {
                id: NoticeId(row.text("id")?),
                booking: row.text_opt("booking_id")?.map(BookingId),
                about: row.json("details")?,
                made: row.moment("made")?,
                seen: row.int_opt("seen")?.map(Moment),
            })
        })
        .collect()
}

/// Whether a household has been told something up to then that it has not read.
pub async fn has_unseen(db: &Db, account: &AccountId, up_to: Moment) -> Result<bool, DbError> {
    let sql = "SELECT 1 AS one FROM notice WHERE account_id = $1 AND made <= $2 AND seen IS NULL LIMIT 1";
    Ok(db.row(sql, args![account, up_to]).await?.is_some())
}

/// Marks what a household was told up to then as read.
pub async fn see(tx: &mut Tx, account: &AccountId, up_to: Moment, now: Moment) -> Result<(), DbError> {
    let sql = "UPDATE notice SET seen = $3 WHERE account_id = $1 AND made <= $2 AND seen IS NULL";
    tx.run(sql, args![account, up_to, now]).await.map(drop)
}
