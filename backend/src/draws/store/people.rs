//! SQL of those who are to take part.

use std::collections::HashMap;

use domain::{
    booking::{Held, Meeting},
    id::{AccountId, BookingId, CentreId, PersonId, SlotId},
    text::Text,
    time::{Moment, Span},
};

use super::json;
use crate::{
    args,
    db::{DbError, Row, Sql, Tx},
};

/// Somebody who is to take part, as the rules need to know them.
pub struct Member {
    pub person: PersonId,
    pub sealed: String,
    pub consent: u32,
    pub verified: bool,
    pub resident_of: Option<CentreId>,
}

/// The people whom a household can name: its own, and children for whom it may book.
pub async fn members(tx: &mut Tx, account: &AccountId) -> Result<Vec<Member>, DbError> {
    let sql = "SELECT id, sealed_box, consent, verified, resident_of FROM person \
               WHERE removed IS NULL AND (account_id = $1 OR id IN \
               (SELECT person_id FROM guardian WHERE account_id = $1 AND scope = 'book' AND ended IS NULL))";
    tx.rows(sql, args![account]).await?.iter().map(member).collect()
}

/// These people by who may name them: their household, and guardians who may book. Whoever was removed is
/// not among them.
pub async fn known(
    tx: &mut Tx,
    people: &[&PersonId],
) -> Result<HashMap<(AccountId, PersonId), Member>, DbError> {
    const KNOWN: Sql = Sql::both(
        "SELECT id, account_id AS account, sealed_box, consent, verified, resident_of FROM person \
         WHERE removed IS NULL AND id IN (SELECT value FROM json_each($1)) \
         UNION SELECT p.id, g.account_id, p.sealed_box, p.consent, p.verified, p.resident_of \
         FROM guardian g JOIN person p ON p.id = g.person_id \
         WHERE p.removed IS NULL AND p.id IN (SELECT value FROM json_each($1)) \
         AND g.scope = 'book' AND g.ended IS NULL",
        "SELECT id, account_id AS account, sealed_box, consent, verified, resident_of FROM person \
         WHERE removed IS NULL AND id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) \
         UNION SELECT p.id, g.account_id, p.sealed_box, p.consent, p.verified, p.resident_of \
         FROM guardian g JOIN person p ON p.id = g.person_id \
         WHERE p.removed IS NULL AND p.id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) \
         AND g.scope = 'book' AND g.ended IS NULL",
    );
    let known = |row: &Row| {
        let member = member(row)?;
        Ok(((AccountId(row.text("account")?), member.person.clone()), member))
    };
    tx.rows(KNOWN, args![json(people)?]).await?.iter().map(known).collect()
}

fn member(row: &Row) -> Result<Member, DbError> {
    Ok(Member {
        person: PersonId(row.text("id")?),
        sealed: row.text("sealed_box")?,
        consent: row.count("consent")?,
        verified: row.int("verified")? > 0,
        resident_of: row.text_opt("resident_of")?.map(CentreId),
    })
}

/// Something somebody is in already.
pub struct Elsewhere {
    pub person: PersonId,
    pub booking: BookingId,
    pub slot: SlotId,
    pub title: Text,
    pub meetings: Vec<Meeting>,
}

impl Elsewhere {
    /// As the rules see it.
    pub fn held(&self) -> Held {
        Held {
            booking: self.booking.clone(),
            slot: self.slot.clone(),
            title: self.title.clone(),
            meetings: self.meetings.clone(),
        }
    }
}

/// What these people are in between `span.starts` and `span.ends`; what lapsed before `now` does not
/// count, even where nobody has noted it yet.
pub async fn elsewhere(
    tx: &mut Tx,
    people: &[&PersonId],
    span: Span,
    now: Moment,
) -> Result<Vec<Elsewhere>, DbError> {
    const HELD: Sql = Sql::both(
        "SELECT bp.person_id, bp.booking_id, bp.slot_id, s.meetings, o.details -> '$.title' AS title \
         FROM json_each($1) AS k CROSS JOIN booking_person bp ON bp.person_id = k.value AND bp.live = 1 \
         JOIN booking b ON b.id = bp.booking_id \
         JOIN slot s ON s.id = bp.slot_id AND s.ends > $2 AND s.starts < $3 \
         JOIN offering o ON o.id = s.offering_id \
         WHERE (b.until IS NULL OR b.until > $4) AND (b.state <> 'waitlisted' OR (s.starts > $4 AND (b.stop IS NULL OR b.stop > $4)))",
        "SELECT bp.person_id, bp.booking_id, bp.slot_id, s.meetings, \
                CAST(CAST(o.details AS jsonb) -> 'title' AS text) AS title \
         FROM booking_person bp JOIN booking b ON b.id = bp.booking_id \
         JOIN slot s ON s.id = bp.slot_id AND s.ends > $2 AND s.starts < $3 \
         JOIN offering o ON o.id = s.offering_id \
         WHERE bp.person_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) \
         AND bp.live = 1 AND (b.until IS NULL OR b.until > $4) \
         AND (b.state <> 'waitlisted' OR (s.starts > $4 AND (b.stop IS NULL OR b.stop > $4)))",
    );
    let held = |row: &Row| {
        Ok(Elsewhere {
            person: PersonId(row.text("person_id")?),
            booking: BookingId(row.text("booking_id")?),
            slot: SlotId(row.text("slot_id")?),
            title: row.json("title")?,
            meetings: row.json("meetings")?,
        })
    };
    let rows = tx.rows(HELD, args![json(people)?, span.starts, span.ends, now]).await?;
    rows.iter().map(held).collect()
}
