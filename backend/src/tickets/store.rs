//! SQL of ready tickets.

use domain::{id::PersonId, time::Moment};

use crate::{
    args,
    db::{DbError, Sql, Tx},
};

/// Makes the tickets that name somebody void.
pub async fn void_of(tx: &mut Tx, person: &PersonId, now: Moment) -> Result<(), DbError> {
    const VOID: Sql = Sql::both(
        "UPDATE ticket SET voided = $2 WHERE voided IS NULL \
         AND account_id = (SELECT account_id FROM person WHERE id = $1) \
         AND EXISTS (SELECT 1 FROM json_each(ticket.people) WHERE value = $1)",
        "UPDATE ticket SET voided = $2 WHERE voided IS NULL \
         AND account_id = (SELECT account_id FROM person WHERE id = $1) \
         AND jsonb_exists(CAST(people AS jsonb), $1)",
    );
    tx.run(VOID, args![person, now]).await.map(drop)
}
