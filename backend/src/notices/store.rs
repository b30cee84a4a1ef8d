//! SQL of notices. They are written by the committer, in the transaction of what they tell of.

use domain::{
    id::{AccountId, BookingId, NoticeId},
    notice::{MOST_NOTICES, Notice},
    time::Moment,
};

use crate::{
    args,
    db::{Db, DbError, Tx},
};

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

/// Marks what a household was told up to then as read; how many notices those were.
pub async fn see(tx: &mut Tx, account: &AccountId, up_to: Moment, now: Moment) -> Result<u64, DbError> {
    let sql = "UPDATE notice SET seen = $3 WHERE account_id = $1 AND made <= $2 AND seen IS NULL";
    tx.run(sql, args![account, up_to, now]).await
}
