//! SQL of the household.

use domain::{
    household::Relation,
    id::{AccountId, PersonId},
    time::Moment,
};

use crate::{
    args,
    db::{Db, DbError, Row, Tx},
};

/// A person as they are kept.
pub struct PersonRow {
    pub id: PersonId,
    pub relation: Relation,
    pub sealed_box: String,
}

/// The sealed telephone number of an account.
pub async fn phone_box(db: &Db, account: &AccountId) -> Result<Option<String>, DbError> {
    let row = db.row("SELECT phone_box FROM account WHERE id = $1", args![account]).await?;
    row.map(|row| row.text("phone_box")).transpose()
}

/// Some account with its sealed telephone number.
pub async fn any_phone_box(db: &Db) -> Result<Option<(String, String)>, DbError> {
    let row = db.row("SELECT id, phone_box FROM account LIMIT 1", args![]).await?;
    row.map(|row| Ok((row.text("id")?, row.text("phone_box")?))).transpose()
}

/// The people of an account, oneself first, then in the order in which they were added.
pub async fn people(db: &Db, account: &AccountId) -> Result<Vec<PersonRow>, DbError> {
    let sql = "SELECT id, relation, sealed_box FROM person \
               WHERE account_id = $1 AND removed IS NULL ORDER BY sort, id";
    let person = |row: &Row| {
        Ok(PersonRow {
            id: PersonId(row.text("id")?),
            relation: relation_of(row)?,
            sealed_box: row.text("sealed_box")?,
        })
    };
    db.rows(sql, args![account]).await?.iter().map(person).collect()
}

/// Holds an account until the transaction ends, so that what is its own (people, wishes, its calendar)
/// is counted exactly and changed by one tap at a time, and nobody is booked while they are removed.
pub async fn lock(tx: &mut Tx, account: &AccountId) -> Result<(), DbError> {
    tx.run("UPDATE account SET made = made WHERE id = $1", args![account]).await.map(drop)
}

/// How many people an account has, the holder included.
pub async fn count(tx: &mut Tx, account: &AccountId) -> Result<i64, DbError> {
    let sql = "SELECT COUNT(*) AS people FROM person WHERE account_id = $1 AND removed IS NULL";
    tx.row(sql, args![account]).await?.map_or(Ok(0), |row| row.int("people"))
}

/// What somebody of this account is to its holder; `None` for people of others.
pub async fn relation(
    tx: &mut Tx,
    account: &AccountId,
    person: &PersonId,
) -> Result<Option<Relation>, DbError> {
    let sql = "SELECT relation FROM person WHERE id = $1 AND account_id = $2 AND removed IS NULL";
    tx.row(sql, args![person, account]).await?.as_ref().map(relation_of).transpose()
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
    let sql = "UPDATE person SET removed = $2, sealed_box = $3 WHERE id = $1";
    tx.run(sql, args![person, now, sealed]).await.map(drop)
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

fn relation_of(row: &Row) -> Result<Relation, DbError> {
    let name = row.text("relation")?;
    let known = RELATIONS.iter().find(|(_, known)| *known == name);
    known.map(|(relation, _)| *relation).ok_or_else(|| DbError::Other(format!("no such relation: {name}")))
}
