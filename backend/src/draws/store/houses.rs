//! SQL of the households for which entries stand: each takes part in a draw once, whoever enters its
//! children.

use std::collections::BTreeSet;

use domain::id::{AccountId, DrawId, PersonId};

use super::json;
use crate::{
    args,
    db::{Db, DbError, Row, Sql, Tx},
};

/// Of the entry `e` that stands for a household `h`: it names somebody for whom its account may not book
/// any more. `$people` unfolds its people as `k`.
macro_rules! has_ended {
    ($people:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM ",
            $people,
            " WHERE NOT EXISTS (SELECT 1 FROM person c WHERE c.id = k.value AND c.removed IS NULL \
             AND (c.account_id = e.account_id OR EXISTS (SELECT 1 FROM guardian g WHERE g.person_id = c.id \
             AND g.account_id = e.account_id AND g.scope = 'book' AND g.ended IS NULL))))"
        )
    };
}

/// Selects whom account `$2` could name in draw `$1`, but that their household stands in the entry of
/// another.
macro_rules! entered {
    ($people:literal) => {
        concat!(
            "SELECT p.id FROM draw_house h \
             JOIN draw_entry e ON e.draw_id = h.draw_id AND e.account_id = h.account_id \
             JOIN person p ON p.account_id = h.household_id AND p.removed IS NULL \
             WHERE h.draw_id = $1 AND h.account_id <> $2 \
             AND (p.account_id = $2 OR EXISTS (SELECT 1 FROM guardian g WHERE g.person_id = p.id \
             AND g.account_id = $2 AND g.scope = 'book' AND g.ended IS NULL)) \
             AND (h.account_id = h.household_id OR NOT ",
            has_ended!($people),
            ") ORDER BY p.id"
        )
    };
}

const ENTERED: Sql = Sql::both(
    entered!("json_each(e.people) AS k"),
    entered!("jsonb_array_elements_text(CAST(e.people AS jsonb)) AS k(value)"),
);

/// Whom an account could name, but that their household stands in the entry of another.
pub async fn entered_by_others(
    db: &Db,
    draw: &DrawId,
    account: &AccountId,
) -> Result<Vec<PersonId>, DbError> {
    db.rows(ENTERED, args![draw, account]).await?.iter().map(person).collect()
}

/// Like [`entered_by_others`], within a transaction.
pub async fn entered_in(tx: &mut Tx, draw: &DrawId, account: &AccountId) -> Result<Vec<PersonId>, DbError> {
    tx.rows(ENTERED, args![draw, account]).await?.iter().map(person).collect()
}

fn person(row: &Row) -> Result<PersonId, DbError> {
    row.text("id").map(PersonId)
}

/// The households of people who are named; that of the account where nobody is.
pub async fn houses(
    tx: &mut Tx,
    account: &AccountId,
    people: &[PersonId],
) -> Result<BTreeSet<AccountId>, DbError> {
    const HOUSES: Sql = Sql::both(
        "SELECT DISTINCT account_id FROM person WHERE id IN (SELECT value FROM json_each($1))",
        "SELECT DISTINCT account_id FROM person \
         WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb))))",
    );
    let rows = tx.rows(HOUSES, args![json(people)?]).await?;
    let houses = rows.iter().map(|row| row.text("account_id").map(AccountId));
    let houses: BTreeSet<AccountId> = houses.collect::<Result<_, _>>()?;
    Ok(if houses.is_empty() { BTreeSet::from([account.clone()]) } else { houses })
}

/// Who has entered for one of these households and may not book for whom they named any more, but for
/// `account`.
pub async fn ended(
    tx: &mut Tx,
    draw: &DrawId,
    account: &AccountId,
    houses: &BTreeSet<AccountId>,
) -> Result<BTreeSet<AccountId>, DbError> {
    const ENDED: Sql = Sql::both(
        concat!(
            "SELECT h.household_id, h.account_id FROM draw_house h \
             JOIN draw_entry e ON e.draw_id = h.draw_id AND e.account_id = h.account_id \
             WHERE h.draw_id = $1 AND h.account_id <> $2 AND h.account_id <> h.household_id AND ",
            has_ended!("json_each(e.people) AS k")
        ),
        concat!(
            "SELECT h.household_id, h.account_id FROM draw_house h \
             JOIN draw_entry e ON e.draw_id = h.draw_id AND e.account_id = h.account_id \
             WHERE h.draw_id = $1 AND h.account_id <> $2 AND h.account_id <> h.household_id AND ",
            has_ended!("jsonb_array_elements_text(CAST(e.people AS jsonb)) AS k(value)")
        ),
    );
    let mut ended = BTreeSet::new();
    for row in tx.rows(ENDED, args![draw, account]).await? {
        if houses.contains(&AccountId(row.text("household_id")?)) {
            ended.insert(AccountId(row.text("account_id")?));
        }
    }
    Ok(ended)
}

/// The households for which the entry of an account stands.
pub async fn stands_for(
    tx: &mut Tx,
    draw: &DrawId,
    account: &AccountId,
) -> Result<BTreeSet<AccountId>, DbError> {
    let sql = "SELECT household_id FROM draw_house WHERE draw_id = $1 AND account_id = $2";
    let rows = tx.rows(sql, args![draw, account]).await?;
    rows.iter().map(|row| row.text("household_id").map(AccountId)).collect()
}

/// Lets the entry of an account stand for these households, and for no others.
pub async fn stand_for(
    tx: &mut Tx,
    draw: &DrawId,
    account: &AccountId,
    houses: &BTreeSet<AccountId>,
) -> Result<(), DbError> {
    forget(tx, draw, account).await?;
    let sql = "INSERT INTO draw_house (draw_id, household_id, account_id) VALUES ($1, $2, $3)";
    for house in houses {
        tx.run(sql, args![draw, house, account]).await?;
    }
    Ok(())
}

/// Lets the entry of an account stand for nobody.
pub async fn forget(tx: &mut Tx, draw: &DrawId, account: &AccountId) -> Result<(), DbError> {
    let sql = "DELETE FROM draw_house WHERE draw_id = $1 AND account_id = $2";
    tx.run(sql, args![draw, account]).await.map(drop)
}
