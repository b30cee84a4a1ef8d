//! When a slot meets: what the committer reads and writes where a meeting is moved or called off.

use domain::{
    booking::Slot,
    id::{AccountId, DrawId, SlotId},
};

use crate::{
    args,
    db::{Arg, DbError, Tx},
    snapshot::{Topic, announce},
};

/// Who takes part in the draw of a slot whose lots are still to fall, and in which draw.
pub async fn entered(tx: &mut Tx, slot: &SlotId) -> Result<Vec<(AccountId, DrawId)>, DbError> {
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

/// Writes the meetings of a slot and what follows from them. It is marked: what is made anew from the
/// files leaves it alone.
pub async fn write(tx: &mut Tx, slot: &Slot) -> Result<(), DbError> {
    let sql = "UPDATE slot SET meetings = $2, starts = $3, ends = $4, closes = $5, kept_until = $6, \
               rescheduled = 1 WHERE id = $1";
    let Slot { id, meetings, closes, kept_until, .. } = slot;
    let values = args![id, Arg::json(meetings)?, slot.starts(), slot.ends(), *closes, *kept_until];
    tx.run(sql, values).await?;
    announce(tx, &[Topic::Catalogue, Topic::Draws]).await
}
