//! SQL of offers that wait for an answer.

use domain::{
    booking::Meeting,
    household::Relation,
    id::{AccountId, BookingId, CentreId, PersonId, SlotId},
    time::Moment,
};

use crate::{
    args,
    catalogue::details::OfferingDetails,
    db::{Db, DbError, Row},
    household::relation_of,
};

/// One of a party to whom places are offered.
pub struct OfferRow {
    pub booking: BookingId,
    pub account: AccountId,
    pub phone_box: String,
    /// Whether the account is signed in somewhere.
    pub signed_in: bool,
    pub slot: SlotId,
    pub details: OfferingDetails,
    pub meetings: Vec<Meeting>,
    pub until: Moment,
    /// How many come.
    pub people: u32,
    pub person: PersonId,
    pub relation: Relation,
    pub sealed_box: String,
}

/// The parties of a centre with an offer that is open, each person in a row, what lapses first first.
/// Sessions count that were used after `used`.
pub async fn open(db: &Db, centre: &CentreId, now: Moment, used: Moment) -> Result<Vec<OfferRow>, DbError> {
    let sql = "SELECT b.id AS booking_id, b.account_id, b.until, b.people, a.phone_box, \
               CASE WHEN EXISTS (SELECT 1 FROM session n WHERE n.account_id = b.account_id AND n.seen > $3) \
                    THEN 1 ELSE 0 END AS signed_in, \
               s.id AS slot_id, s.meetings, o.details, p.id, p.relation, p.sealed_box \
               FROM offering o JOIN slot s ON s.offering_id = o.id AND s.ends > $2 \
               JOIN booking b ON b.slot_id = s.id AND b.state = 'offered' AND b.until > $2 \
               JOIN account a ON a.id = b.account_id \
               JOIN booking_person bp ON bp.booking_id = b.id JOIN person p ON p.id = bp.person_id \
               WHERE o.centre_id = $1 ORDER BY b.until, b.id, bp.place";
    let row = |row: &Row| {
        Ok(OfferRow {
            booking: BookingId(row.text("booking_id")?),
            account: AccountId(row.text("account_id")?),
            phone_box: row.text("phone_box")?,
            signed_in: row.flag("signed_in")?,
            slot: SlotId(row.text("slot_id")?),
            details: row.json("details")?,
            meetings: row.json("meetings")?,
            until: row.moment("until")?,
            people: row.count("people")?,
            person: PersonId(row.text("id")?),
            relation: relation_of(row)?,
            sealed_box: row.text("sealed_box")?,
        })
    };
    db.rows(sql, args![centre, now, used]).await?.iter().map(row).collect()
}
