//! SQL of volunteers.

use std::collections::{BTreeSet, HashMap};

use domain::{
    id::{AccountId, BookingId, CentreId, PersonId, VolunteerId},
    text::Text,
    time::Moment,
    volunteer::Stand,
};

use crate::{
    args,
    catalogue::details::CentreDetails,
    db::{Arg, Db, DbError, Row, Sql, Tx},
};

/// A volunteer as they are kept.
pub struct VolunteerRow {
    pub id: VolunteerId,
    pub account: AccountId,
    pub centre: CentreId,
    pub centre_name: Text,
    pub sealed_box: String,
    pub made: Moment,
    pub stand: Stand,
}

/// Selects what [`volunteer`] reads, of the volunteers that the rest of the statement says.
macro_rules! volunteers {
    ($rest:literal) => {
        concat!(
            "SELECT v.id, v.account_id, v.centre_id, v.sealed_box, v.made, v.suspended, v.reason, c.details \
             FROM volunteer v JOIN centre c ON c.id = v.centre_id WHERE v.ended IS NULL AND ",
            $rest
        )
    };
}

const ONE: &str = volunteers!("v.id = $1");

fn volunteer(row: &Row) -> Result<VolunteerRow, DbError> {
    Ok(VolunteerRow {
        id: VolunteerId(row.text("id")?),
        account: AccountId(row.text("account_id")?),
        centre: CentreId(row.text("centre_id")?),
        centre_name: row.json::<CentreDetails>("details")?.name,
        sealed_box: row.text("sealed_box")?,
        made: row.moment("made")?,
        stand: stand(row)?,
    })
}

fn stand(row: &Row) -> Result<Stand, DbError> {
    let reason = row.text_opt("reason")?.unwrap_or_default();
    Ok(row.int_opt("suspended")?.map_or(Stand::Good, |_| Stand::Suspended { reason }))
}

/// How accounts stand as volunteers; those that are none are left out.
pub async fn stands(
    tx: &mut Tx,
    accounts: &BTreeSet<&AccountId>,
) -> Result<HashMap<AccountId, Stand>, DbError> {
    const STANDS: Sql = Sql::both(
        "SELECT v.account_id, v.suspended, v.reason FROM json_each($1) AS k \
         CROSS JOIN volunteer v ON v.account_id = k.value WHERE v.ended IS NULL",
        "SELECT v.account_id, v.suspended, v.reason FROM volunteer v WHERE v.ended IS NULL \
         AND v.account_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb))))",
    );
    let rows = tx.rows(STANDS, args![Arg::json(accounts)?]).await?;
    rows.iter().map(|row| Ok((AccountId(row.text("account_id")?), stand(row)?))).collect()
}

/// What an account is as a volunteer.
pub async fn of_account(db: &Db, account: &AccountId) -> Result<Option<VolunteerRow>, DbError> {
    const OF_ACCOUNT: &str = volunteers!("v.account_id = $1");
    db.row(OF_ACCOUNT, args![account]).await?.as_ref().map(volunteer).transpose()
}

/// A shift ahead of an account that may have none: of which account, and why it was suspended, where it
/// was.
pub struct Unfit {
    pub booking: BookingId,
    pub account: AccountId,
    pub reason: Option<String>,
}

/// The shifts ahead of those who are no volunteers in good standing: of one account, or of all.
pub async fn unfit(db: &Db, account: Option<&AccountId>, now: Moment) -> Result<Vec<Unfit>, DbError> {
    let sql = "SELECT b.id, b.account_id, v.reason FROM offering o \
               JOIN slot s ON s.offering_id = o.id AND s.starts > $1 \
               JOIN booking b ON b.slot_id = s.id AND b.state IN ('confirmed', 'waitlisted', 'offered') \
               LEFT JOIN volunteer v ON v.account_id = b.account_id AND v.ended IS NULL \
               WHERE o.kind = 'shift' AND (v.id IS NULL OR v.suspended IS NOT NULL) \
               AND ($2 = '' OR b.account_id = $2) ORDER BY s.starts, b.id";
    let everybody = AccountId(String::new());
    let rows = db.rows(sql, args![now, account.unwrap_or(&everybody)]).await?;
    rows.iter()
        .map(|row| {
            Ok(Unfit {
                booking: BookingId(row.text("id")?),
                account: AccountId(row.text("account_id")?),
                reason: row.text_opt("reason")?,
            })
        })
        .collect()
}

/// The volunteers of a centre, latest first.
pub async fn of_centre(db: &Db, centre: &CentreId) -> Result<Vec<VolunteerRow>, DbError> {
    const OF_CENTRE: &str = volunteers!("v.centre_id = $1 ORDER BY v.made DESC, v.id");
    db.rows(OF_CENTRE, args![centre]).await?.iter().map(volunteer).collect()
}

/// A volunteer.
pub async fn one(db: &Db, id: &VolunteerId) -> Result<Option<VolunteerRow>, DbError> {
    db.row(ONE, args![id]).await?.as_ref().map(volunteer).transpose()
}

/// Like [`one`], within a transaction.
pub async fn one_in(tx: &mut Tx, id: &VolunteerId) -> Result<Option<VolunteerRow>, DbError> {
    tx.row(ONE, args![id]).await?.as_ref().map(volunteer).transpose()
}

/// The row of an account, whether it is a volunteer at present or was one; and whether it is one.
pub async fn row_of(tx: &mut Tx, account: &AccountId) -> Result<Option<(VolunteerId, bool)>, DbError> {
    let sql = "SELECT id, ended FROM volunteer WHERE account_id = $1";
    let row = tx.row(sql, args![account]).await?;
    row.map(|row| Ok((VolunteerId(row.text("id")?), row.int_opt("ended")?.is_none()))).transpose()
}

/// Whether there is such a centre that is listed.
pub async fn is_centre(tx: &mut Tx, centre: &CentreId) -> Result<bool, DbError> {
    Ok(tx.row("SELECT id FROM centre WHERE id = $1 AND sort >= 0", args![centre]).await?.is_some())
}

/// Writes a volunteer, or what has changed of one. Who was suspended stays so.
pub async fn write(
    tx: &mut Tx,
    id: &VolunteerId,
    account: &AccountId,
    centre: &CentreId,
    sealed: &str,
    now: Moment,
) -> Result<(), DbError> {
    let sql = "INSERT INTO volunteer (id, account_id, centre_id, sealed_box, made) \
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id) DO UPDATE SET \
               centre_id = excluded.centre_id, sealed_box = excluded.sealed_box, \
               made = CASE WHEN volunteer.ended IS NULL THEN volunteer.made ELSE excluded.made END, \
               ended = NULL";
    tx.run(sql, args![id, account, centre, sealed, now]).await.map(drop)
}

/// Ends it: of who is suspended that alone stays, so that coming back does not undo it.
pub async fn end(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<(), DbError> {
    tx.run("DELETE FROM volunteer WHERE account_id = $1 AND suspended IS NULL", args![account]).await?;
    let sql = "UPDATE volunteer SET ended = $2, sealed_box = '' WHERE account_id = $1 AND ended IS NULL";
    tx.run(sql, args![account, now]).await.map(drop)
}

/// Suspends a volunteer since then for a reason, or restores one.
pub async fn set_suspended(
    tx: &mut Tx,
    id: &VolunteerId,
    since: Option<(Moment, &str)>,
) -> Result<(), DbError> {
    let sql = "UPDATE volunteer SET suspended = $2, reason = $3 WHERE id = $1";
    tx.run(sql, args![id, since.map(|(at, _)| at), since.map(|(_, reason)| reason)]).await.map(drop)
}

/// The holder of an account and its sealed telephone.
pub async fn holder(db: &Db, account: &AccountId) -> Result<Option<(PersonId, String)>, DbError> {
    let sql = "SELECT p.id, a.phone_box FROM account a \
               JOIN person p ON p.account_id = a.id AND p.relation = 'Myself' WHERE a.id = $1";
    let row = db.row(sql, args![account]).await?;
    row.map(|row| Ok((PersonId(row.text("id")?), row.text("phone_box")?))).transpose()
}
