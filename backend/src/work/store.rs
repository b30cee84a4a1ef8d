//! SQL of the workbench; that of open offers in `store/offers.rs`.

use std::collections::HashMap;

use domain::{
    booking::{BookingState, Mark, Meeting, attendance::Attendance, meeting},
    household::Relation,
    id::{AccountId, BookingId, CentreId, OfferingId, PersonId, SlotId},
    text::Text,
    time::{Moment, Span, Zone},
    work::Looks,
};

use crate::{
    args,
    booking::{store::state, writer::store::attendance},
    catalogue::details::{CentreDetails, OfferingDetails},
    db::{Db, DbError, Row, Tx},
    household::relation_of,
};

pub mod meetings;
pub mod offers;

/// A slot as it is kept.
#[derive(Clone)]
pub struct SlotRow {
    pub id: SlotId,
    pub centre: CentreId,
    pub offering: OfferingId,
    pub details: OfferingDetails,
    pub name: Option<Text>,
    pub meetings: Vec<Meeting>,
    pub capacity: u32,
    pub desk: u32,
    pub counter: u32,
    pub taken: u32,
    pub waiting: u32,
    pub kept: u32,
    pub kept_until: Moment,
    pub closes: Moment,
    /// When time alone changes something next.
    pub due: Option<Moment>,
}

/// A booking as it is kept.
pub struct PartyRow {
    pub id: BookingId,
    pub account: AccountId,
    pub seq: u32,
    pub state: BookingState,
    pub code: String,
    pub size: u32,
    /// How many come, with a name or without.
    pub people: u32,
    pub counter: bool,
    pub until: Option<Moment>,
    pub reason: Option<String>,
    /// When it came to stand as it does.
    pub changed: Moment,
}

/// Somebody of a booking.
pub struct PersonRow {
    pub id: PersonId,
    pub relation: Relation,
    pub sealed_box: String,
    pub verified: bool,
    /// When the consent for them was taken back, if none has been given since.
    pub consent_back: Option<Moment>,
    /// What is noted of them, by meetings counted from 1.
    pub marks: Vec<(u32, Mark)>,
}

/// Selects what [`slot_row`] reads, of the slots that the rest of the statement says.
macro_rules! slots {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.offering_id, s.name_zh, s.name_en, s.meetings, s.capacity, s.desk, s.counter, \
             s.taken, s.waiting, s.kept, s.kept_until, s.closes, s.due, o.centre_id, o.details \
             FROM slot s JOIN offering o ON o.id = s.offering_id ",
            $rest
        )
    };
}

fn slot_row(row: &Row) -> Result<SlotRow, DbError> {
    let en = row.text_opt("name_en")?.unwrap_or_default();
    Ok(SlotRow {
        id: SlotId(row.text("id")?),
        centre: CentreId(row.text("centre_id")?),
        offering: OfferingId(row.text("offering_id")?),
        details: row.json("details")?,
        name: row.text_opt("name_zh")?.map(|zh| Text { zh, en }),
        meetings: row.json("meetings")?,
        capacity: row.count("capacity")?,
        desk: row.count("desk")?,
        counter: row.count("counter")?,
        taken: row.count("taken")?,
        waiting: row.count("waiting")?,
        kept: row.count("kept")?,
        kept_until: row.moment("kept_until")?,
        closes: row.moment("closes")?,
        due: row.int_opt("due")?.map(Moment),
    })
}

/// Name and clock of a centre, and the telephone of its desk.
pub async fn centre(db: &Db, id: &CentreId) -> Result<Option<(Text, Zone, String)>, DbError> {
    let row = db.row("SELECT details FROM centre WHERE id = $1", args![id]).await?;
    row.map(|row| {
        let details: CentreDetails = row.json("details")?;
        Ok((details.name, details.zone, details.phone))
    })
    .transpose()
}

/// The slots of a centre that reach into a time.
pub async fn slots_between(
    db: &Db,
    centre: &CentreId,
    from: Moment,
    to: Moment,
) -> Result<Vec<SlotRow>, DbError> {
    const SLOTS: &str = slots!("WHERE o.centre_id = $1 AND s.starts < $3 AND s.ends > $2");
    db.rows(SLOTS, args![centre, from, to]).await?.iter().map(slot_row).collect()
}

/// What somebody lives in at a centre: it is there on every day.
pub async fn stays(db: &Db, centre: &CentreId) -> Result<Vec<SlotRow>, DbError> {
    const STAYS: &str = slots!("WHERE o.centre_id = $1 AND o.kind = 'stay' AND o.retired = 0 ORDER BY s.id");
    db.rows(STAYS, args![centre]).await?.iter().map(slot_row).collect()
}

/// How many bookings of those slots stand how, and of how many people they are.
pub async fn states_between(
    db: &Db,
    centre: &CentreId,
    from: Moment,
    to: Moment,
) -> Result<Vec<(SlotId, BookingState, [u32; 2])>, DbError> {
    let sql = "SELECT b.slot_id, b.state, COUNT(*) AS parties, CAST(SUM(b.people) AS BIGINT) AS people FROM slot s \
               JOIN offering o ON o.id = s.offering_id JOIN booking b ON b.slot_id = s.id \
               WHERE o.centre_id = $1 AND s.starts < $3 AND s.ends > $2 GROUP BY b.slot_id, b.state";
    db.rows(sql, args![centre, from, to])
        .await?
        .iter()
        .map(|row| {
            let counts = [row.count("parties")?, row.count("people")?];
            Ok((SlotId(row.text("slot_id")?), state(row)?, counts))
        })
        .collect()
}

/// Of how many parties somebody was at which meeting, counted from 1, of those slots.
pub async fn came_between(
    db: &Db,
    centre: &CentreId,
    from: Moment,
    to: Moment,
) -> Result<HashMap<(SlotId, u32), u32>, DbError> {
    let sql = "SELECT b.slot_id, a.meeting, COUNT(DISTINCT a.booking_id) AS parties FROM slot s \
               JOIN offering o ON o.id = s.offering_id JOIN booking b ON b.slot_id = s.id \
               JOIN attendance a ON a.booking_id = b.id AND a.mark = 'attended' \
               WHERE o.centre_id = $1 AND s.starts < $3 AND s.ends > $2 AND b.state = 'attended' \
               GROUP BY b.slot_id, a.meeting";
    let rows = db.rows(sql, args![centre, from, to]).await?;
    rows.iter()
        .map(|row| Ok(((SlotId(row.text("slot_id")?), row.count("meeting")?), row.count("parties")?)))
        .collect()
}

/// A slot.
pub async fn slot(db: &Db, id: &SlotId) -> Result<Option<SlotRow>, DbError> {
    const SLOT: &str = slots!("WHERE s.id = $1");
    db.row(SLOT, args![id]).await?.as_ref().map(slot_row).transpose()
}

/// Selects what [`party_row`] reads.
macro_rules! parties {
    ($rest:literal) => {
        concat!(
            "SELECT b.id, b.account_id, b.seq, b.state, b.code, b.size, b.people, b.counter, b.until, b.reason, b.host, \
             b.changed ",
            $rest
        )
    };
}

fn party_row(row: &Row) -> Result<PartyRow, DbError> {
    let size = if row.text_opt("host")?.is_some() { 0 } else { row.count("size")? };
    Ok(PartyRow {
        id: BookingId(row.text("id")?),
        account: AccountId(row.text("account_id")?),
        seq: row.count("seq")?,
        state: state(row)?,
        code: row.text("code")?,
        size,
        people: row.count("people")?,
        counter: row.flag("counter")?,
        until: row.int_opt("until")?.map(Moment),
        reason: row.text_opt("reason")?,
        changed: row.moment("changed")?,
    })
}

/// The bookings of a slot in order.
pub async fn parties(db: &Db, slot: &SlotId) -> Result<Vec<PartyRow>, DbError> {
    const PARTIES: &str = parties!("FROM booking b WHERE b.slot_id = $1 ORDER BY b.seq");
    db.rows(PARTIES, args![slot]).await?.iter().map(party_row).collect()
}

/// The people of the bookings of a slot.
pub async fn people(db: &Db, slot: &SlotId) -> Result<Vec<(BookingId, PersonRow)>, DbError> {
    let sql = "SELECT bp.booking_id, p.id, p.relation, p.sealed_box, p.verified, \
               CASE WHEN p.consent = 0 THEN (SELECT MAX(c.made) FROM consent_step c \
                    WHERE c.person_id = p.id AND c.given = 0) END AS taken_back FROM booking b \
               JOIN booking_person bp ON bp.booking_id = b.id JOIN person p ON p.id = bp.person_id \
               WHERE b.slot_id = $1 ORDER BY bp.booking_id, bp.place";
    db.rows(sql, args![slot])
        .await?
        .iter()
        .map(|row| {
            let person = PersonRow {
                id: PersonId(row.text("id")?),
                relation: relation_of(row)?,
                sealed_box: row.text("sealed_box")?,
                verified: row.int("verified")? > 0,
                consent_back: row.int_opt("taken_back")?.map(Moment),
                marks: Vec::new(),
            };
            Ok((BookingId(row.text("booking_id")?), person))
        })
        .collect()
}

/// Somebody for whom consent was taken back, booked in a slot that is not over.
pub struct BackRow {
    pub person: PersonId,
    pub sealed_box: String,
    pub slot: SlotId,
    pub details: OfferingDetails,
    pub meetings: Vec<Meeting>,
    pub at: Moment,
}

/// Those whom a centre still expects though the consent for them was taken back, in the order of time.
pub async fn taken_back(db: &Db, centre: &CentreId, now: Moment) -> Result<Vec<BackRow>, DbError> {
    let sql = "SELECT p.id, p.sealed_box, s.id AS slot_id, s.meetings, o.details, t.made FROM \
               (SELECT c.person_id, MAX(c.made) AS made FROM consent_step c WHERE c.given = 0 \
                GROUP BY c.person_id) t \
               JOIN person p ON p.id = t.person_id AND p.consent = 0 AND p.removed IS NULL \
               JOIN booking_person bp ON bp.person_id = p.id AND bp.live = 1 \
               JOIN slot s ON s.id = bp.slot_id JOIN offering o ON o.id = s.offering_id \
               WHERE o.centre_id = $1 AND s.ends > $2 ORDER BY s.starts, s.id, p.id";
    let row = |row: &Row| {
        Ok(BackRow {
            person: PersonId(row.text("id")?),
            sealed_box: row.text("sealed_box")?,
            slot: SlotId(row.text("slot_id")?),
            details: row.json("details")?,
            meetings: row.json("meetings")?,
            at: row.moment("made")?,
        })
    };
    db.rows(sql, args![centre, now]).await?.iter().map(row).collect()
}

/// What is noted of whom of the bookings of a slot, by meetings counted from 1.
pub async fn marks(
    db: &Db,
    slot: &SlotId,
) -> Result<HashMap<(BookingId, PersonId), Vec<(u32, Mark)>>, DbError> {
    let sql = "SELECT a.booking_id, a.meeting, a.person_id, a.mark FROM booking b \
               JOIN attendance a ON a.booking_id = b.id WHERE b.slot_id = $1 ORDER BY a.meeting";
    let mut marks: HashMap<_, Vec<(u32, Mark)>> = HashMap::new();
    for row in db.rows(sql, args![slot]).await? {
        let Attendance { meeting, person, mark } = attendance::line(&row)?;
        marks.entry((BookingId(row.text("booking_id")?), person)).or_default().push((meeting, mark));
    }
    Ok(marks)
}

/// Whether somebody is of the party of a booking.
pub async fn is_of(db: &Db, booking: &BookingId, person: &PersonId) -> Result<bool, DbError> {
    let sql = "SELECT 1 AS one FROM booking_person WHERE booking_id = $1 AND person_id = $2";
    Ok(db.row(sql, args![booking, person]).await?.is_some())
}

/// The party of a booking.
pub async fn people_of(db: &Db, booking: &BookingId) -> Result<Vec<PersonId>, DbError> {
    let sql = "SELECT person_id FROM booking_person WHERE booking_id = $1 ORDER BY place";
    db.rows(sql, args![booking]).await?.iter().map(|row| row.text("person_id").map(PersonId)).collect()
}

/// When those of a booking have to be elsewhere: the meetings of what else they have booked.
pub async fn held_beside(db: &Db, booking: &BookingId, now: Moment) -> Result<Vec<Span>, DbError> {
    let sql = "SELECT DISTINCT s.id, s.meetings FROM booking_person me \
               JOIN booking_person o ON o.person_id = me.person_id AND o.live = 1 AND o.booking_id <> $1 \
               JOIN slot s ON s.id = o.slot_id WHERE me.booking_id = $1 AND s.ends > $2 ORDER BY s.id";
    let mut held = Vec::new();
    for row in db.rows(sql, args![booking, now]).await? {
        held.append(&mut meeting::spans(&row.json::<Vec<Meeting>>("meetings")?));
    }
    Ok(held)
}

/// Where a booking stands: its slot, the centre, and itself.
pub async fn booking(db: &Db, id: &BookingId) -> Result<Option<(SlotId, CentreId, PartyRow)>, DbError> {
    const BOOKING: &str = parties!(
        ", b.slot_id, o.centre_id FROM booking b JOIN slot s ON s.id = b.slot_id \
         JOIN offering o ON o.id = s.offering_id WHERE b.id = $1"
    );
    let row = db.row(BOOKING, args![id]).await?;
    row.map(|row| Ok((SlotId(row.text("slot_id")?), CentreId(row.text("centre_id")?), party_row(&row)?)))
        .transpose()
}

/// The bookings of a centre with that code in slots that reach into a time, the earliest first.
pub async fn by_code(
    db: &Db,
    centre: &CentreId,
    code: &str,
    from: Moment,
    to: Moment,
) -> Result<Vec<(SlotId, PartyRow)>, DbError> {
    const BY_CODE: &str = parties!(
        ", b.slot_id FROM slot s JOIN offering o ON o.id = s.offering_id \
         JOIN booking b ON b.slot_id = s.id \
         WHERE o.centre_id = $1 AND b.code = $2 AND s.starts < $4 AND s.ends > $3 ORDER BY s.starts, b.id"
    );
    let rows = db.rows(BY_CODE, args![centre, code, from, to]).await?;
    rows.iter().map(|row| Ok((SlotId(row.text("slot_id")?), party_row(row)?))).collect()
}

/// Calls a slot off: from `now` on nobody gets into it. Whether it was not called off before.
pub async fn call_off(tx: &mut Tx, slot: &SlotId, now: Moment) -> Result<bool, DbError> {
    let sql = "UPDATE slot SET called_off = 1, closes = CASE WHEN closes < $2 THEN closes ELSE $2 END \
               WHERE id = $1 AND called_off = 0";
    Ok(tx.run(sql, args![slot, now]).await? > 0)
}

/// The centres that have to do with somebody: where they have been booked since then, or will be, and did
/// not give the place back.
pub async fn centres_of(db: &Db, person: &PersonId, since: Moment) -> Result<Vec<CentreId>, DbError> {
    let sql = "SELECT DISTINCT o.centre_id FROM booking_person bp JOIN booking b ON b.id = bp.booking_id \
               JOIN slot s ON s.id = bp.slot_id JOIN offering o ON o.id = s.offering_id \
               WHERE bp.person_id = $1 AND s.ends > $2 \
               AND b.state IN ('confirmed', 'waitlisted', 'offered', 'attended', 'missed') \
               ORDER BY o.centre_id";
    db.rows(sql, args![person, since]).await?.iter().map(|row| row.text("centre_id").map(CentreId)).collect()
}

/// Whether a centre is one that found somebody's papers in order.
pub async fn has_seen(db: &Db, person: &PersonId, centre: &CentreId) -> Result<bool, DbError> {
    let sql = "SELECT seq FROM verification \
               WHERE person_id = $1 AND centre_id = $2 AND identity = 1 LIMIT 1";
    Ok(db.row(sql, args![person, centre]).await?.is_some())
}

/// How often somebody has looked for people by a number.
pub async fn looks(tx: &mut Tx, account: &AccountId) -> Result<Looks, DbError> {
    let sql = "SELECT hour, in_hour, day, in_day FROM look_count WHERE id = $1";
    let row = tx.row(sql, args![account]).await?;
    row.map_or(Ok(Looks::default()), |row| {
        let hour = (row.moment("hour")?, row.count("in_hour")?);
        Ok(Looks([hour, (row.moment("day")?, row.count("in_day")?)]))
    })
}

/// Keeps how often they have.
pub async fn count_looks(tx: &mut Tx, account: &AccountId, looks: Looks) -> Result<(), DbError> {
    let sql = "INSERT INTO look_count (id, hour, in_hour, day, in_day) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (id) DO UPDATE SET hour = $2, in_hour = $3, day = $4, in_day = $5";
    let Looks([(hour, in_hour), (day, in_day)]) = looks;
    tx.run(sql, args![account, hour, in_hour, day, in_day]).await.map(drop)
}

/// The sealed telephone of an account.
pub async fn phone_box(db: &Db, account: &AccountId) -> Result<Option<String>, DbError> {
    let row = db.row("SELECT phone_box FROM account WHERE id = $1", args![account]).await?;
    row.map(|row| row.text("phone_box")).transpose()
}

/// The account of a telephone.
pub async fn account_of(db: &Db, phone_mac: &str) -> Result<Option<AccountId>, DbError> {
    let row = db.row("SELECT id FROM account WHERE phone_mac = $1", args![phone_mac]).await?;
    row.map(|row| Ok(AccountId(row.text("id")?))).transpose()
}
