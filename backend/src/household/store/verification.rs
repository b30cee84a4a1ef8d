//! SQL of what the desk has seen.

use domain::{
    id::{AccountId, CentreId, PersonId},
    time::Moment,
};

use crate::{
    args,
    db::{Arg, DbError, Tx},
};

/// Whose person it is, and the centre of which they count as a resident; `None` for somebody who was
/// taken out.
pub async fn of(tx: &mut Tx, person: &PersonId) -> Result<Option<(AccountId, Option<CentreId>)>, DbError> {
    let sql = "SELECT account_id, resident_of FROM person WHERE id = $1 AND removed IS NULL";
    let row = tx.row(sql, args![person]).await?;
    row.map(|row| Ok((AccountId(row.text("account_id")?), row.text_opt("resident_of")?.map(CentreId))))
        .transpose()
}

/// Keeps who saw what.
pub async fn add(
    tx: &mut Tx,
    person: &PersonId,
    centre: &CentreId,
    by: &AccountId,
    (identity, resident): (bool, bool),
    now: Moment,
) -> Result<(), DbError> {
    let sql = "INSERT INTO verification (person_id, seq, centre_id, account_id, identity, resident, made) \
               VALUES ($1, (SELECT COALESCE(MAX(seq) + 1, 0) FROM verification WHERE person_id = $1), \
               $2, $3, $4, $5, $6)";
    let (identity, resident) = (i64::from(identity), i64::from(resident));
    tx.run(sql, args![person, centre, by, identity, resident, now]).await.map(drop)
}

/// Sets what is in force; `verified` is 0 for nothing.
pub async fn set(
    tx: &mut Tx,
    person: &PersonId,
    verified: Moment,
    resident_of: Option<&CentreId>,
) -> Result<(), DbError> {
    let sql = "UPDATE person SET verified = $2, resident_of = $3 WHERE id = $1";
    let resident_of = Arg::TextOpt(resident_of.map(ToString::to_string));
    tx.run(sql, vec![person.into(), verified.into(), resident_of]).await.map(drop)
}
