//! SQL of ready tickets.

use domain::{
    booking::{Rules, Slot},
    id::{AccountId, CentreId, PersonId, SlotId, TicketId},
    time::{Moment, Zone},
};

use crate::{
    args,
    catalogue::{
        details::{CentreDetails, OfferingDetails},
        rows,
    },
    db::{Db, DbError, Row, Sql, Tx},
};

/// A ticket that is not void.
pub struct Kept {
    pub id: TicketId,
    pub people: Vec<PersonId>,
    pub resident: bool,
    pub made: Moment,
}

/// A slot, and what decides on who may book it.
pub struct Desk {
    pub slot: Slot,
    pub rules: Rules,
    pub centre: CentreId,
    pub zone: Zone,
}

/// Somebody of a household with what was settled about them.
pub struct PersonRow {
    pub id: PersonId,
    pub sealed_box: String,
    pub consent: u32,
    pub verified: bool,
    pub resident_of: Option<CentreId>,
    /// Whether the account is theirs.
    pub holder: bool,
}

const DESK: &str = "SELECT s.*, o.details, c.id AS centre, c.details AS centre_details FROM slot s \
                    JOIN offering o ON o.id = s.offering_id AND o.retired = 0 \
                    JOIN centre c ON c.id = o.centre_id WHERE s.id = $1";
const PEOPLE: &str = "SELECT id, relation, sealed_box, consent, verified, resident_of FROM person \
                      WHERE removed IS NULL AND (account_id = $1 OR id IN (SELECT person_id FROM guardian \
                      WHERE account_id = $1 AND scope = 'book' AND ended IS NULL))";

impl Desk {
    /// A slot that is offered, in a transaction.
    pub async fn within(tx: &mut Tx, slot: &SlotId) -> Result<Option<Self>, DbError> {
        tx.row(DESK, args![slot]).await?.as_ref().map(Self::read).transpose()
    }

    /// A slot that is offered, beside all transactions.
    pub async fn beside(db: &Db, slot: &SlotId) -> Result<Option<Self>, DbError> {
        db.row(DESK, args![slot]).await?.as_ref().map(Self::read).transpose()
    }

    fn read(row: &Row) -> Result<Self, DbError> {
        let offering: OfferingDetails = row.json("details")?;
        let centre: CentreDetails = row.json("centre_details")?;
        Ok(Self {
            slot: rows::slot(row)?,
            rules: offering.rules(),
            centre: CentreId(row.text("centre")?),
            zone: centre.zone,
        })
    }
}

impl PersonRow {
    fn read(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: PersonId(row.text("id")?),
            sealed_box: row.text("sealed_box")?,
            consent: row.count("consent")?,
            verified: row.int("verified")? > 0,
            resident_of: row.text_opt("resident_of")?.map(CentreId),
            holder: row.text("relation")? == "Myself",
        })
    }
}

/// The people of a household, in a transaction.
pub async fn people_within(tx: &mut Tx, account: &AccountId) -> Result<Vec<PersonRow>, DbError> {
    tx.rows(PEOPLE, args![account]).await?.iter().map(PersonRow::read).collect()
}

/// The people of a household, beside all transactions.
pub async fn people_beside(db: &Db, account: &AccountId) -> Result<Vec<PersonRow>, DbError> {
    db.rows(PEOPLE, args![account]).await?.iter().map(PersonRow::read).collect()
}

/// The household's ticket for a slot that is not void.
pub async fn find(db: &Db, account: &AccountId, slot: &SlotId) -> Result<Option<Kept>, DbError> {
    let sql = "SELECT id, people, resident, made FROM ticket \
               WHERE account_id = $1 AND slot_id = $2 AND voided IS NULL";
    let row = db.row(sql, args![account, slot]).await?;
    row.map(|row| {
        Ok(Kept {
            id: TicketId(row.text("id")?),
            people: row.json("people")?,
            resident: row.flag("resident")?,
            made: row.moment("made")?,
        })
    })
    .transpose()
}

/// Keeps a new ticket; `people` as [`super::sorted`] has them.
pub async fn add(
    tx: &mut Tx,
    account: &AccountId,
    slot: &SlotId,
    (id, (people, resident)): (&TicketId, (String, bool)),
    now: Moment,
) -> Result<(), DbError> {
    let sql = "INSERT INTO ticket (id, account_id, slot_id, people, resident, made) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    tx.run(sql, args![id, account, slot, people, i64::from(resident), now]).await.map(drop)
}

/// Whether the household has that very ticket for a slot: for the same people, with the same found.
pub async fn is_there(
    tx: &mut Tx,
    account: &AccountId,
    slot: &SlotId,
    (people, resident): &(String, bool),
) -> Result<bool, DbError> {
    let sql = "SELECT id FROM ticket WHERE account_id = $1 AND slot_id = $2 AND voided IS NULL \
               AND people = $3 AND resident = $4";
    Ok(tx.row(sql, args![account, slot, people, i64::from(*resident)]).await?.is_some())
}

/// Makes the household's ticket for a slot void; how many those were.
pub async fn void_for(tx: &mut Tx, account: &AccountId, slot: &SlotId, now: Moment) -> Result<u64, DbError> {
    let sql = "UPDATE ticket SET voided = $3 WHERE account_id = $1 AND slot_id = $2 AND voided IS NULL";
    tx.run(sql, args![account, slot, now]).await
}

/// Makes the tickets that name somebody void.
pub async fn void_of(tx: &mut Tx, person: &PersonId, now: Moment) -> Result<(), DbError> {
    const VOID: Sql = Sql::both(
        "UPDATE ticket SET voided = $2 WHERE voided IS NULL \
         AND account_id IN (SELECT account_id FROM person WHERE id = $1 \
                            UNION SELECT account_id FROM guardian WHERE person_id = $1) \
         AND EXISTS (SELECT 1 FROM json_each(ticket.people) WHERE value = $1)",
        "UPDATE ticket SET voided = $2 WHERE voided IS NULL \
         AND account_id IN (SELECT account_id FROM person WHERE id = $1 \
                            UNION SELECT account_id FROM guardian WHERE person_id = $1) \
         AND jsonb_exists(CAST(people AS jsonb), $1)",
    );
    tx.run(VOID, args![person, now]).await.map(drop)
}

/// Makes all tickets for a slot void.
pub async fn void_at(tx: &mut Tx, slot: &SlotId, now: Moment) -> Result<(), DbError> {
    let sql = "UPDATE ticket SET voided = $2 WHERE slot_id = $1 AND voided IS NULL";
    tx.run(sql, args![slot, now]).await.map(drop)
}

/// Makes the tickets void with which an account would bring somebody.
pub async fn void_by(
    tx: &mut Tx,
    person: &PersonId,
    account: &AccountId,
    now: Moment,
) -> Result<(), DbError> {
    const VOID: Sql = Sql::both(
        "UPDATE ticket SET voided = $3 WHERE voided IS NULL AND account_id = $2 \
         AND EXISTS (SELECT 1 FROM json_each(ticket.people) WHERE value = $1)",
        "UPDATE ticket SET voided = $3 WHERE voided IS NULL AND account_id = $2 \
         AND jsonb_exists(CAST(people AS jsonb), $1)",
    );
    tx.run(VOID, args![person, account, now]).await.map(drop)
}
