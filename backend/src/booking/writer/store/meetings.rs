//! When a slot meets: what the committer writes where a meeting was moved or called off.

use domain::{booking::Slot, time::Moment};

use crate::{
    args,
    db::{Arg, DbError, Tx},
    snapshot::{Topic, announce},
    tickets,
};

/// Writes the meetings of a slot and what follows from them. It is marked: what is made anew from the
/// files leaves it alone. Who is ready for it was looked at for the old times, and is looked at again.
pub async fn write(tx: &mut Tx, slot: &Slot, now: Moment) -> Result<(), DbError> {
    let sql = "UPDATE slot SET meetings = $2, starts = $3, ends = $4, closes = $5, kept_until = $6, \
               rescheduled = 1 WHERE id = $1";
    let Slot { id, meetings, closes, kept_until, .. } = slot;
    let values = args![id, Arg::json(meetings)?, slot.starts(), slot.ends(), *closes, *kept_until];
    tx.run(sql, values).await?;
    tickets::void_at(tx, id, now).await?;
    announce(tx, &[Topic::Catalogue, Topic::Draws]).await
}
