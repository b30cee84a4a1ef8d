//! SQL of consent.

use domain::{
    consent::{ConsentStep, Given, Resting},
    id::{AccountId, BookingId, CentreId, PersonId},
    time::Moment,
};

use crate::{
    args,
    catalogue::details::{CentreDetails, OfferingDetails},
    db::{Db, DbError, Row, Tx},
};

/// What is kept of somebody.
pub struct Kept {
    pub sealed_box: String,
    pub given: Option<Given>,
}

/// What is kept of somebody of this account; `None` for people of others.
pub async fn find(db: &Db, account: &AccountId, person: &PersonId) -> Result<Option<Kept>, DbError> {
    let sql = "SELECT p.sealed_box, p.consent, \
               (SELECT MAX(c.made) FROM consent_step c \
                WHERE c.person_id = p.id AND c.version = p.consent AND c.given = 1) AS consented \
               FROM person p WHERE p.id = $1 AND p.account_id = $2 AND p.removed IS NULL";
    let Some(row) = db.row(sql, args![person, account]).await? else { return Ok(None) };
    let version = row.count("consent")?;
    let at = row.int_opt("consented")?.map(Moment).unwrap_or_default();
    let given = (version > 0).then_some(Given { version, at });
    Ok(Some(Kept { sealed_box: row.text("sealed_box")?, given }))
}

/// The version in force (0 for none) and the box of somebody of this account.
pub async fn own(
    tx: &mut Tx,
    account: &AccountId,
    person: &PersonId,
) -> Result<Option<(u32, String)>, DbError> {
    let sql = "SELECT consent, sealed_box FROM person \
               WHERE id = $1 AND account_id = $2 AND removed IS NULL";
    let row = tx.row(sql, args![person, account]).await?;
    row.map(|row| Ok((row.count("consent")?, row.text("sealed_box")?))).transpose()
}

/// What was done so far, latest first.
pub async fn steps(db: &Db, person: &PersonId) -> Result<Vec<ConsentStep>, DbError> {
    let sql = "SELECT c.version, c.given, c.made, d.details AS desk FROM consent_step c \
               LEFT JOIN centre d ON d.id = c.centre_id WHERE c.person_id = $1 ORDER BY c.seq DESC";
    let step = |row: &Row| {
        let desk = row.text_opt("desk")?.is_some();
        let desk = if desk { Some(row.json::<CentreDetails>("desk")?.name) } else { None };
        let (version, given, at) = (row.count("version")?, row.flag("given")?, row.moment("made")?);
        Ok(ConsentStep { version, given, at, desk })
    };
    db.rows(sql, args![person]).await?.iter().map(step).collect()
}

/// Live bookings of somebody that start after `now` and rest on consent, earliest first.
pub async fn ahead(db: &Db, person: &PersonId, now: Moment) -> Result<Vec<Resting>, DbError> {
    let sql = "SELECT bp.booking_id, s.starts, o.details, c.details AS centre_details \
               FROM booking_person bp JOIN slot s ON s.id = bp.slot_id \
               JOIN offering o ON o.id = s.offering_id JOIN centre c ON c.id = o.centre_id \
               WHERE bp.person_id = $1 AND bp.live = 1 AND s.starts > $2 ORDER BY s.starts, s.id";
    let mut ahead = Vec::new();
    for row in db.rows(sql, args![person, now]).await? {
        let offering: OfferingDetails = row.json("details")?;
        let centre: CentreDetails = row.json("centre_details")?;
        if offering.terms.needs_consent {
            ahead.push(Resting {
                booking: BookingId(row.text("booking_id")?),
                title: offering.title,
                starts: row.moment("starts")?,
                zone: centre.zone,
            });
        }
    }
    Ok(ahead)
}

/// Keeps that consent to a version was given or taken back, in the app or on paper at a desk, and sets what
/// is in force.
pub async fn step(
    tx: &mut Tx,
    account: &AccountId,
    person: &PersonId,
    (version, given, desk): (u32, bool, Option<&CentreId>),
    now: Moment,
) -> Result<(), DbError> {
    let sql = "INSERT INTO consent_step (person_id, seq, version, given, account_id, made, centre_id) \
               VALUES ($1, (SELECT COALESCE(MAX(seq) + 1, 0) FROM consent_step WHERE person_id = $1), \
               $2, $3, $4, $5, $6)";
    let desk = desk.map(CentreId::as_str);
    tx.run(sql, args![person, i64::from(version), i64::from(given), account, now, desk]).await?;
    let in_force = if given { i64::from(version) } else { 0 };
    tx.run("UPDATE person SET consent = $2 WHERE id = $1", args![person, in_force]).await.map(drop)
}
