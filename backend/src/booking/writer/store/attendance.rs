//! Who was there: what the committer reads and writes of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    booking::{
        Mark,
        attendance::{Attendance, Sheet},
    },
    id::{BookingId, PersonId},
    time::Moment,
};
use serde::Serialize;

use crate::{
    args,
    booking::writer::plan::NotedOf,
    db::{Arg, DbError, Row, Sql, Tx},
};

/// A line of it.
pub fn line(row: &Row) -> Result<Attendance, DbError> {
    let mark = Mark::from_name(&row.text("mark")?);
    Ok(Attendance {
        meeting: row.count("meeting")?,
        person: PersonId(row.text("person_id")?),
        mark: mark.ok_or_else(|| DbError::Other("an unknown mark of attendance".into()))?,
    })
}

/// What is noted of these bookings.
pub async fn sheets(
    tx: &mut Tx,
    bookings: &BTreeSet<&BookingId>,
) -> Result<HashMap<BookingId, Sheet>, DbError> {
    const SHEETS: Sql = Sql::both(
        "SELECT booking_id, meeting, person_id, mark FROM attendance \
         WHERE booking_id IN (SELECT value FROM json_each($1))",
        "SELECT booking_id, meeting, person_id, mark FROM attendance \
         WHERE booking_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb))))",
    );
    let mut sheets: HashMap<BookingId, Sheet> = HashMap::new();
    for row in tx.rows(SHEETS, args![Arg::json(bookings)?]).await? {
        let Attendance { meeting, person, mark } = line(&row)?;
        let sheet = sheets.entry(BookingId(row.text("booking_id")?)).or_default();
        sheet.insert((meeting, person), mark);
    }
    Ok(sheets)
}

/// A line as it is to be.
#[derive(Serialize)]
struct Line<'a> {
    booking: &'a str,
    meeting: u32,
    person: &'a str,
    mark: Option<&'static str>,
    noted: i64,
}

/// Writes what is noted now, and takes away what is no more.
pub async fn write(tx: &mut Tx, noted: &BTreeMap<NotedOf, (Option<Mark>, Moment)>) -> Result<(), DbError> {
    const KEEP: Sql = Sql::both(
        "INSERT INTO attendance (booking_id, meeting, person_id, mark, noted) \
         SELECT value ->> 'booking', value ->> 'meeting', value ->> 'person', value ->> 'mark', \
                value ->> 'noted' FROM json_each($1) WHERE value ->> 'mark' IS NOT NULL \
         ON CONFLICT (booking_id, meeting, person_id) \
         DO UPDATE SET mark = excluded.mark, noted = excluded.noted",
        "INSERT INTO attendance (booking_id, meeting, person_id, mark, noted) \
         SELECT booking, meeting, person, mark, noted \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(booking text, meeting bigint, person text, mark text, noted bigint) \
         WHERE mark IS NOT NULL \
         ON CONFLICT (booking_id, meeting, person_id) \
         DO UPDATE SET mark = excluded.mark, noted = excluded.noted",
    );
    const FORGET: Sql = Sql::both(
        "DELETE FROM attendance WHERE (booking_id, meeting, person_id) IN \
         (SELECT value ->> 'booking', value ->> 'meeting', value ->> 'person' FROM json_each($1) \
          WHERE value ->> 'mark' IS NULL)",
        "DELETE FROM attendance USING jsonb_to_recordset(CAST($1 AS jsonb)) \
              AS v(booking text, meeting bigint, person text, mark text) \
         WHERE v.mark IS NULL AND attendance.booking_id = v.booking \
         AND attendance.meeting = v.meeting AND attendance.person_id = v.person",
    );
    let lines = noted.iter().map(|((booking, meeting, person), (mark, at))| Line {
        booking: booking.as_str(),
        meeting: *meeting,
        person: person.as_str(),
        mark: mark.map(Mark::name),
        noted: at.0,
    });
    let lines: Vec<Line> = lines.collect();
    let lines = Arg::json(&lines)?;
    if noted.values().any(|(mark, _)| mark.is_some()) {
        tx.run(KEEP, args![lines.clone()]).await?;
    }
    if noted.values().any(|(mark, _)| mark.is_none()) {
        tx.run(FORGET, args![lines]).await?;
    }
    Ok(())
}
