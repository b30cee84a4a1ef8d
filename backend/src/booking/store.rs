//! SQL of the household's own bookings.

use std::collections::HashMap;

use domain::{
    booking::{Booking, BookingState},
    id::{AccountId, BookingId, PersonId, SlotId},
};

use super::about::{About, Stands};
use crate::{
    args,
    db::{Db, DbError, Row},
};

/// Selects what [`booking`] reads, of the bookings that the rest of the statement says.
macro_rules! bookings {
    ($rest:literal) => {
        concat!(
            "SELECT b.id, b.slot_id, b.seq, b.state, b.code, b.made, \
             (SELECT COUNT(*) FROM booking w WHERE b.state = 'waitlisted' AND w.state = 'waitlisted' \
              AND w.slot_id = b.slot_id AND w.seq <= b.seq) AS position, \
             s.meetings, s.name_zh, s.name_en, o.id AS offering, o.details, c.id AS centre, \
             c.details AS centre_details \
             FROM booking b JOIN slot s ON s.id = b.slot_id JOIN offering o ON o.id = s.offering_id \
             JOIN centre c ON c.id = o.centre_id ",
            $rest
        )
    };
}

/// All bookings of an account, in no order.
pub async fn of_account(db: &Db, account: &AccountId) -> Result<Vec<Booking>, DbError> {
    const BOOKINGS: &str = bookings!("WHERE b.account_id = $1 ORDER BY b.made DESC LIMIT 500");
    const PEOPLE: &str = "SELECT bp.booking_id, bp.person_id FROM booking b \
        JOIN booking_person bp ON bp.booking_id = b.id WHERE b.account_id = $1 ORDER BY bp.booking_id, bp.place";
    let rows = db.rows(BOOKINGS, args![account]).await?;
    let mut people: HashMap<String, Vec<PersonId>> = HashMap::new();
    for row in db.rows(PEOPLE, args![account]).await? {
        people.entry(row.text("booking_id")?).or_default().push(PersonId(row.text("person_id")?));
    }
    rows.iter()
        .map(|row| {
            let people = people.remove(&row.text("id")?).unwrap_or_default();
            booking(row, people)
        })
        .collect()
}

/// One booking of an account.
pub async fn one(db: &Db, account: &AccountId, id: &BookingId) -> Result<Option<Booking>, DbError> {
    const BOOKING: &str = bookings!("WHERE b.account_id = $1 AND b.id = $2");
    const PEOPLE: &str = "SELECT person_id FROM booking_person WHERE booking_id = $1 ORDER BY place";
    let Some(row) = db.row(BOOKING, args![account, id]).await? else { return Ok(None) };
    let people = db.rows(PEOPLE, args![id]).await?;
    let people = people.iter().map(|row| row.text("person_id").map(PersonId)).collect::<Result<_, _>>()?;
    booking(&row, people).map(Some)
}

/// State and code of one booking of an account.
pub async fn code(
    db: &Db,
    account: &AccountId,
    id: &BookingId,
) -> Result<Option<(BookingState, String)>, DbError> {
    const CODE: &str = "SELECT state, code FROM booking WHERE account_id = $1 AND id = $2";
    let row = db.row(CODE, args![account, id]).await?;
    row.map(|row| Ok((state(&row)?, row.text("code")?))).transpose()
}

/// A booking out of its row.
fn booking(row: &Row, people: Vec<PersonId>) -> Result<Booking, DbError> {
    let (about, _) = About::read(row)?;
    let state = state(row)?;
    Ok(about.booking(Stands {
        id: BookingId(row.text("id")?),
        state,
        position: (state == BookingState::Waitlisted).then(|| row.count("position")).transpose()?,
        seq: row.count("seq")?,
        code: row.text("code")?,
        slot: SlotId(row.text("slot_id")?),
        meetings: row.json("meetings")?,
        people,
        made: row.moment("made")?,
        until: None,
        undo_until: None,
        stop: None,
        passed: None,
        odds: None,
        reason: None,
        table: None,
        waiting: 0,
        released: None,
    }))
}

/// How the booking of a row stands.
pub fn state(row: &Row) -> Result<BookingState, DbError> {
    BookingState::from_name(&row.text("state")?)
        .ok_or_else(|| DbError::Other("a booking in no known state".into()))
}
