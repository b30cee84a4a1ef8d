//! SQL of meetings that are moved: who has something else at the new time.

use std::collections::HashMap;

use domain::{
    booking::{Meeting, meeting::Clash},
    id::{BookingId, SlotId},
    time::Span,
};

use crate::{
    args,
    catalogue::details::OfferingDetails,
    db::{Db, DbError},
};

/// What the parties of a slot have booked elsewhere at that time, the earliest of each. What time alone
/// has ended in a slot meanwhile may still be among it.
pub async fn clashes(db: &Db, slot: &SlotId, at: Span) -> Result<HashMap<BookingId, Clash>, DbError> {
    let sql = "SELECT me.booking_id, s.meetings, o.details FROM booking_person me \
               JOIN booking_person b ON b.person_id = me.person_id AND b.live = 1 AND b.slot_id <> $1 \
               JOIN slot s ON s.id = b.slot_id AND s.starts < $3 AND s.ends > $2 \
               JOIN offering o ON o.id = s.offering_id \
               WHERE me.slot_id = $1 AND me.live = 1 ORDER BY me.booking_id, s.starts, s.id";
    let mut clashes = HashMap::new();
    for row in db.rows(sql, args![slot, at.starts, at.ends]).await? {
        let meetings: Vec<Meeting> = row.json("meetings")?;
        if let Some(other) = meetings.iter().find(|meeting| meeting.overlaps(&at.into())) {
            let booking = BookingId(row.text("booking_id")?);
            let title = row.json::<OfferingDetails>("details")?.title;
            clashes.entry(booking).or_insert(Clash { title, starts: other.starts });
        }
    }
    Ok(clashes)
}
