//! SQL of tries of codes.

use domain::{
    id::AccountId,
    time::{HOUR, Moment},
};

use crate::{
    args,
    db::{DbError, Tx},
};

/// Counts a try of an account: how many there were within the hour, this one included. The row is held
/// until the transaction ends, so that parallel tries are counted one by one, on all servers.
pub async fn count_try(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<u32, DbError> {
    // A clock that was set back begins anew, too.
    let sql = "INSERT INTO invitation_try (id, since, tries) VALUES ($1, $2, 1) \
               ON CONFLICT (id) DO UPDATE SET \
               tries = CASE WHEN invitation_try.since > $3 AND invitation_try.since <= $2 \
                            THEN invitation_try.tries + 1 ELSE 1 END, \
               since = CASE WHEN invitation_try.since > $3 AND invitation_try.since <= $2 \
                            THEN invitation_try.since ELSE $2 END RETURNING tries";
    let row = tx.row(sql, args![account, now, now.plus(-HOUR)]).await?;
    row.ok_or_else(|| DbError::Other("a try was not counted".into()))?.count("tries")
}
