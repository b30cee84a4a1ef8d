//! SQL of the household.

use std::collections::BTreeSet;

use domain::{
    consent::Given,
    guardian::Scope,
    household::{Relation, Verified},
    id::{AccountId, CentreId, PersonId},
    time::Moment,
};

use crate::{
    args,
    catalogue::details::CentreDetails,
    db::{Arg, Db, DbError, Row, Sql, Tx},
};

pub mod verification;

/// A person as they are kept.
pub struct PersonRow {
    pub id: PersonId,
    pub relation: Relation,
    pub sealed_box: String,
    pub consent: Option<Given>,
    pub verified: Option<Verified>,
    pub resident_of: Option<CentreId>,
    pub shared: Option<Scope>,
}

impl PersonRow {
    /// Reads it from a row with all columns of `person`, `consented` (when what is in force was given)
    /// and the centre that saw the papers last: `seen_at` with its `details`.
    fn read(row: &Row) -> Result<Self, DbError> {
        let (version, verified) = (row.count("consent")?, row.moment("verified")?);
        let verified = match row.text_opt("seen_at")? {
            Some(centre) if verified > Moment(0) => {
                let details: CentreDetails = row.json("details")?;
                Some(Verified { at: verified, centre: CentreId(centre), centre_name: details.name })
            }
            _ => None,
        };
        let at = row.int_opt("consented")?.map(Moment).unwrap_or_default();
        Ok(Self {
            id: PersonId(row.text("id")?),
            relation: relation_of(row)?,
            sealed_box: row.text("sealed_box")?,
            consent: (version > 0).then_some(Given { version, at }),
            verified,
            resident_of: row.text_opt("resident_of")?.map(CentreId),
            shared: row.text_opt("shared")?.as_deref().and_then(Scope::from_name),
        })
    }
}

/// The sealed telephone number of an account.
pub async fn phone_box(db: &Db, account: &AccountId) -> Result<Option<String>, DbError> {
    let row = db.row("SELECT phone_box FROM account WHERE id = $1", args![account]).await?;
    row.map(|row| row.text("phone_box")).transpose()
}

/// Some account with its sealed telephone number.
pub async fn any_phone_box(db: &Db) -> Result<Option<(String, String)>, DbError> {
    let row = db.row("SELECT id, phone_box FROM account WHERE phone_box <> '' LIMIT 1", args![]).await?;
    row.map(|row| Ok((row.text("id")?, row.text("phone_box")?))).transpose()
}

/// The people of an account, oneself first, then in the order in which they were added, then the
/// children of others whose guardian it is.
pub async fn people(db: &Db, account: &AccountId) -> Result<Vec<PersonRow>, DbError> {
    let sql = "SELECT p.id, p.relation, p.sealed_box, p.consent, p.verified, p.resident_of, \
               (SELECT MAX(c.made) FROM consent_step c \
                WHERE c.person_id = p.id AND c.version = p.consent AND c.given = 1) AS consented, \
               v.centre_id AS seen_at, o.details, g.scope AS shared \
               FROM person p \
               LEFT JOIN verification v ON v.person_id = p.id \
               AND v.seq = (SELECT MAX(seq) FROM verification WHERE person_id = p.id) \
               LEFT JOIN centre o ON o.id = v.centre_id \
               LEFT JOIN guardian g ON g.person_id = p.id AND g.account_id = $1 AND g.ended IS NULL \
               WHERE p.removed IS NULL AND (p.account_id = $1 OR p.id IN \
               (SELECT person_id FROM guardian WHERE account_id = $1 AND ended IS NULL)) \
               ORDER BY CASE WHEN g.id IS NULL THEN 0 ELSE 1 END, p.sort, p.id";
    db.rows(sql, args![account]).await?.iter().map(PersonRow::read).collect()
}

/// Whose person it is, and how they are kept; `None` for somebody who was taken out.
pub async fn anybody(db: &Db, person: &PersonId) -> Result<Option<(AccountId, PersonRow)>, DbError> {
    let sql = "SELECT account_id FROM person WHERE id = $1 AND removed IS NULL";
    let Some(row) = db.row(sql, args![person]).await? else { return Ok(None) };
    let account = AccountId(row.text("account_id")?);
    let found = people(db, &account).await?.into_iter().find(|row| row.id == *person);
    Ok(found.map(|row| (account, row)))
}

/// The people of an account with what is sealed of them, oneself first.
pub async fn boxes(tx: &mut Tx, account: &AccountId) -> Result<Vec<(PersonId, Relation, String)>, DbError> {
    let sql = "SELECT id, relation, sealed_box FROM person WHERE account_id = $1 AND removed IS NULL \
               ORDER BY sort, id";
    tx.rows(sql, args![account])
        .await?
        .iter()
        .map(|row| Ok((PersonId(row.text("id")?), relation_of(row)?, row.text("sealed_box")?)))
        .collect()
}

/// Holds an account until the transaction ends, so that what is its own (people, wishes, its calendar)
/// is counted exactly and changed by one tap at a time, and nobody is booked while they are removed.
pub async fn lock(tx: &mut Tx, account: &AccountId) -> Result<(), DbError> {
    tx.run("UPDATE account SET made = made WHERE id = $1", args![account]).await.map(drop)
}

/// Holds several accounts, in the order of their identifiers, so that nobody waits in a ring.
pub async fn lock_all(tx: &mut Tx, accounts: &BTreeSet<&AccountId>) -> Result<(), DbError> {
    for account in accounts {
        lock(tx, account).await?;
    }
    Ok(())
}

/// The households of the children for whom an account may book, without its own.
pub async fn households_of_shared(db: &mut Tx, account: &AccountId) -> Result<Vec<AccountId>, DbError> {
    let sql = "SELECT DISTINCT p.account_id FROM guardian g JOIN person p ON p.id = g.person_id \
               WHERE g.account_id = $1 AND g.ended IS NULL";
    db.rows(sql, args![account]).await?.iter().map(|row| row.text("account_id").map(AccountId)).collect()
}

/// Who got a number at the desk of a centre and has it still: the holders, sealed.
pub async fn given_numbers_at(
    db: &Db,
    centre: &CentreId,
) -> Result<Vec<(AccountId, PersonId, String)>, DbError> {
    let sql = "SELECT p.account_id, p.id, p.sealed_box FROM account a \
               JOIN person p ON p.account_id = a.id AND p.relation = 'Myself' AND p.removed IS NULL \
               WHERE a.centre_id = $1 AND a.erased IS NULL ORDER BY p.account_id";
    let row = |row: &Row| {
        Ok((AccountId(row.text("account_id")?), PersonId(row.text("id")?), row.text("sealed_box")?))
    };
    db.rows(sql, args![centre]).await?.iter().map(row).collect()
}

/// The holder of an account.
pub async fn holder(tx: &mut Tx, account: &AccountId) -> Result<Option<PersonId>, DbError> {
    let sql = "SELECT id FROM person WHERE account_id = $1 AND relation = 'Myself' AND removed IS NULL";
    tx.row(sql, args![account]).await?.map(|row| row.text("id").map(PersonId)).transpose()
}

/// How many people an account has, the holder included.
pub async fn count(tx: &mut Tx, account: &AccountId) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(*) AS people FROM person WHERE account_id = $1 AND removed IS NULL";
    tx.row(sql, args![account]).await?.map_or(Ok(0), |row| row.int("people"))
}

/// Everybody of an account, those who were taken out, too.
pub async fn everybody(tx: &mut Tx, account: &AccountId) -> Result<Vec<PersonId>, DbError> {
    let rows = tx.rows("SELECT id FROM person WHERE account_id = $1 ORDER BY id", args![account]).await?;
    rows.iter().map(|row| row.text("id").map(PersonId)).collect()
}

/// What somebody of this account is to its holder, and their box; `None` for people of others.
pub async fn own(
    tx: &mut Tx,
    account: &AccountId,
    person: &PersonId,
) -> Result<Option<(Relation, String)>, DbError> {
    let sql = "SELECT relation, sealed_box FROM person \
               WHERE id = $1 AND account_id = $2 AND removed IS NULL";
    let row = tx.row(sql, args![person, account]).await?;
    row.map(|row| Ok((relation_of(&row)?, row.text("sealed_box")?))).transpose()
}

/// Whether all of these are people of this account itself.
pub async fn are_own(db: &Db, account: &AccountId, people: &[PersonId]) -> Result<bool, DbError> {
    const OTHERS: Sql = Sql::both(
        "SELECT 1 AS one FROM json_each($2) AS k WHERE NOT EXISTS \
         (SELECT 1 FROM person WHERE id = k.value AND account_id = $1 AND removed IS NULL) LIMIT 1",
        "SELECT 1 AS one FROM jsonb_array_elements_text(CAST($2 AS jsonb)) AS k(value) WHERE NOT EXISTS \
         (SELECT 1 FROM person WHERE id = k.value AND account_id = $1 AND removed IS NULL) LIMIT 1",
    );
    Ok(db.row(OTHERS, args![account, Arg::json(people)?]).await?.is_none())
}

/// The box of somebody of this account, or whose guardian it is, read beside all transactions; `None`
/// for people of others.
pub async fn own_box(db: &Db, account: &AccountId, person: &PersonId) -> Result<Option<String>, DbError> {
    let sql = "SELECT sealed_box FROM person WHERE id = $1 AND removed IS NULL AND (account_id = $2 \
               OR EXISTS (SELECT 1 FROM guardian g WHERE g.person_id = person.id AND g.account_id = $2 \
                          AND g.ended IS NULL))";
    db.row(sql, args![person, account]).await?.map(|row| row.text("sealed_box")).transpose()
}

/// Writes somebody new, after all others.
pub async fn add(
    tx: &mut Tx,
    account: &AccountId,
    person: &PersonId,
    relation: Relation,
    sealed: &str,
) -> Result<(), DbError> {
    let sql = "INSERT INTO person (id, account_id, relation, sealed_box, sort) \
               VALUES ($1, $2, $3, $4, \
               (SELECT COALESCE(MAX(sort) + 1, 0) FROM person WHERE account_id = $2))";
    tx.run(sql, args![person, account, name_of(relation), sealed]).await.map(drop)
}

/// Changes somebody.
pub async fn change(tx: &mut Tx, person: &PersonId, relation: Relation, sealed: &str) -> Result<(), DbError> {
    let sql = "UPDATE person SET relation = $2, sealed_box = $3 WHERE id = $1";
    tx.run(sql, args![person, name_of(relation), sealed]).await.map(drop)
}

/// Whether somebody has live bookings that are not over.
pub async fn is_booked(tx: &mut Tx, person: &PersonId, now: Moment) -> Result<bool, DbError> {
    let sql = "SELECT bp.slot_id FROM booking_person bp JOIN slot s ON s.id = bp.slot_id \
               WHERE bp.person_id = $1 AND bp.live = 1 AND s.ends > $2 LIMIT 1";
    Ok(tx.row(sql, args![person, now]).await?.is_some())
}

/// Takes somebody out; `sealed` takes the place of what was sealed of them.
pub async fn remove(tx: &mut Tx, person: &PersonId, sealed: &str, now: Moment) -> Result<(), DbError> {
    let sql = "UPDATE person SET removed = $2, sealed_box = $3, consent = 0, verified = 0, \
               resident_of = NULL WHERE id = $1";
    tx.run(sql, args![person, now, sealed]).await?;
    let sql = "UPDATE guardian SET ended = $2, ended_by = (SELECT account_id FROM person WHERE id = $1) \
               WHERE person_id = $1 AND ended IS NULL";
    tx.run(sql, args![person, now]).await.map(drop)
}

const RELATIONS: [(Relation, &str); 4] = [
    (Relation::Myself, "Myself"),
    (Relation::Child, "Child"),
    (Relation::Elder, "Elder"),
    (Relation::Adult, "Adult"),
];

fn name_of(relation: Relation) -> &'static str {
    RELATIONS.iter().find(|(known, _)| *known == relation).map_or("Adult", |(_, name)| name)
}

/// What somebody is to the holder, as the row says.
pub fn relation_of(row: &Row) -> Result<Relation, DbError> {
    let name = row.text("relation")?;
    let known = RELATIONS.iter().find(|(_, known)| *known == name);
    known.map(|(relation, _)| *relation).ok_or_else(|| DbError::Other(format!("no such relation: {name}")))
}
