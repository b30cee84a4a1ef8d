//! SQL of the household's own bookings. Where time alone has changed something in a slot since it was
//! last written, what is shown is the slot folded to the present.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    booking::{Booking, BookingState, Frame, MOST_KNOWN, Party, Rules, Slot, Tally, let_in_since, odds},
    id::{AccountId, BookingId, DrawId, OfferingId, PersonId, SlotId},
    time::{Moment, Zone},
};

use super::{
    about::{About, Stands},
    fold::{self, Sheet, party},
    writer::store::{LIFTED, attendance, by_offering},
};
use crate::{
    args,
    catalogue::details::CentreDetails,
    db::{Db, DbError, Row, Tx},
};

/// Selects what [`Shown`] reads, of the bookings that the rest of the statement says.
macro_rules! bookings {
    ($rest:expr) => {
        concat!(
            "SELECT b.*, \
             (SELECT COUNT(*) FROM booking w WHERE b.state = 'waitlisted' AND w.state = 'waitlisted' \
              AND w.slot_id = b.slot_id AND w.seq <= b.seq) AS position, \
             (SELECT COUNT(*) FROM booking w WHERE b.state = 'waitlisted' AND w.slot_id = b.slot_id \
              AND w.seq > b.seq AND w.state IN ('offered', 'confirmed', 'attended') AND w.host IS NULL \
              AND w.counter = 0 AND w.changed >= b.changed) AS later, \
             s.meetings, s.name_zh, s.name_en, s.capacity, s.opens, s.closes, s.kept, s.kept_until, s.draw_id, \
             s.drawn, s.called_off, s.desk, s.counter AS given, s.taken, s.waiting, s.due, \
             o.id AS offering, o.details, c.id AS centre, c.details AS centre_details \
             FROM booking b JOIN slot s ON s.id = b.slot_id JOIN offering o ON o.id = s.offering_id \
             JOIN centre c ON c.id = o.centre_id ",
            $rest
        )
    };
}

/// Selects the bookings that an account sees: its own, those of its children that another guardian
/// made, and those of the children whose guardian it is.
macro_rules! seen {
    () => {
        "(SELECT id FROM booking WHERE account_id = $1 \
         UNION SELECT bp.booking_id FROM guardian g \
         JOIN booking_person bp ON bp.person_id = g.person_id AND bp.live = 1 \
         WHERE g.account_id = $1 AND g.ended IS NULL \
         UNION SELECT bp.booking_id FROM guardian g JOIN person p ON p.id = g.person_id \
         JOIN booking_person bp ON bp.person_id = g.person_id AND bp.live = 1 WHERE p.account_id = $1)"
    };
}

/// The bookings that an account sees as they stand at `now`, in no order: what is ahead, and of what is
/// over or was given back the latest, some hundreds.
pub async fn of_account(db: &Db, account: &AccountId, now: Moment) -> Result<Vec<Booking>, DbError> {
    const BOOKINGS: &str = bookings!(concat!(
        "WHERE b.id IN ",
        seen!(),
        " ORDER BY CASE WHEN s.ends > $2 AND b.state IN ('confirmed', 'waitlisted', 'offered', 'attended') \
         THEN 0 ELSE 1 END, s.starts DESC, b.id LIMIT 500"
    ));
    const PEOPLE: &str = concat!(
        "SELECT booking_id, person_id FROM booking_person WHERE booking_id IN ",
        seen!(),
        " ORDER BY booking_id, place"
    );
    let rows = db.rows(BOOKINGS, args![account, now]).await?;
    let mut people: HashMap<BookingId, Vec<PersonId>> = HashMap::new();
    for row in db.rows(PEOPLE, args![account]).await? {
        let booking = BookingId(row.text("booking_id")?);
        people.entry(booking).or_default().push(PersonId(row.text("person_id")?));
    }
    let mut bookings = show(db, &rows, people, now).await?;
    mark_theirs(db, account, &rows, &mut bookings).await?;
    Ok(bookings)
}

/// One booking that an account sees as it stands at `now`.
pub async fn one(
    db: &Db,
    account: &AccountId,
    id: &BookingId,
    now: Moment,
) -> Result<Option<Booking>, DbError> {
    const BOOKING: &str = bookings!(concat!("WHERE b.id = $2 AND b.id IN ", seen!()));
    const PEOPLE: &str = "SELECT person_id FROM booking_person WHERE booking_id = $1 ORDER BY place";
    const NOTED: &str =
        "SELECT meeting, person_id, mark FROM attendance WHERE booking_id = $1 ORDER BY meeting, person_id";
    let rows = db.rows(BOOKING, args![account, id]).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let people = db.rows(PEOPLE, args![id]).await?;
    let people = people.iter().map(|row| row.text("person_id").map(PersonId)).collect::<Result<_, _>>()?;
    let mut bookings = show(db, &rows, HashMap::from([(id.clone(), people)]), now).await?;
    let noted = db.rows(NOTED, args![id]).await?;
    for booking in &mut bookings {
        booking.attendance = noted.iter().map(attendance::line).collect::<Result<_, _>>()?;
    }
    mark_theirs(db, account, &rows, &mut bookings).await?;
    Ok(bookings.pop())
}

/// Marks the bookings that another guardian made. Of their party only those stay whom the account
/// knows, and nothing that is for the other to do. The code is for whoever may book for one of them,
/// and so bring them: who may only look does not check anybody in.
async fn mark_theirs(
    db: &Db,
    account: &AccountId,
    rows: &[Row],
    bookings: &mut [Booking],
) -> Result<(), DbError> {
    const KNOWN: &str = "SELECT id, 1 AS books FROM person WHERE account_id = $1 \
        UNION ALL SELECT person_id, CASE WHEN scope = 'book' THEN 1 ELSE 0 END FROM guardian \
        WHERE account_id = $1 AND ended IS NULL";
    let mut theirs: BTreeSet<BookingId> = BTreeSet::new();
    for row in rows {
        if row.text("account_id")? != account.as_str() {
            theirs.insert(BookingId(row.text("id")?));
        }
    }
    if theirs.is_empty() {
        return Ok(());
    }
    let known = db.rows(KNOWN, args![account]).await?;
    let known: BTreeMap<PersonId, bool> = known
        .iter()
        .map(|row| Ok((PersonId(row.text("id")?), row.flag("books")?)))
        .collect::<Result<_, DbError>>()?;
    for booking in bookings.iter_mut().filter(|booking| theirs.contains(&booking.id)) {
        booking.theirs = true;
        booking.undo_until = None;
        booking.people.retain(|person| known.contains_key(person));
        booking.attendance.retain(|line| known.contains_key(&line.person));
        if !booking.people.iter().any(|person| known.get(person) == Some(&true)) {
            booking.code.clear();
        }
    }
    Ok(())
}

/// A booking with what its row says of its slot.
struct Shown {
    party: Party,
    about: About,
    rules: Rules,
    slot: Slot,
    desk: u32,
    tally: Tally,
    due: Option<Moment>,
    position: u32,
    later: u32,
    code: String,
}

impl Shown {
    fn read(row: &Row) -> Result<Self, DbError> {
        let (about, rules) = About::read(row)?;
        let desk = row.count("desk")?;
        Ok(Self {
            party: party(row)?,
            about,
            rules,
            slot: Slot {
                id: SlotId(row.text("slot_id")?),
                meetings: row.json("meetings")?,
                capacity: row.count("capacity")?,
                opens: row.moment("opens")?,
                closes: row.moment("closes")?,
                kept: row.count("kept")?,
                kept_until: row.moment("kept_until")?,
                draw: row.text_opt("draw_id")?.map(DrawId),
                drawn: row.flag("drawn")?,
                called_off: row.flag("called_off")?,
            },
            desk,
            tally: Tally {
                taken: row.count("taken")?,
                counter: row.count("given")?,
                held: 0,
                waiting: row.count("waiting")?,
            },
            due: row.int_opt("due")?.map(Moment),
            position: row.count("position")?,
            later: row.count("later")?,
            code: row.text("code")?,
        })
    }

    /// Whether the row alone does not say how it stands at `now`.
    fn needs_sheet(&self, now: Moment) -> bool {
        let shares =
            self.rules.terms.table_seats.is_some() && (self.party.shared || self.party.host.is_some());
        self.party.state.is_live() && (shares || self.due.is_some_and(|due| due <= now))
    }

    fn booking(
        self,
        sheet: Option<&Sheet>,
        lifted: &HashMap<OfferingId, Vec<u32>>,
        people: Vec<PersonId>,
        now: Moment,
    ) -> Booking {
        let parties = sheet.map(|sheet| &*sheet.parties).unwrap_or_default();
        let folded = parties.iter().find(|party| party.booking == self.party.booking);
        let party = folded.unwrap_or(&self.party);
        let position = (party.state == BookingState::Waitlisted).then(|| match folded {
            Some(_) => place(parties, party.seq),
            None => self.position,
        });
        let later = if folded.is_some() { let_in_since(parties, party) } else { self.later };
        let odds = position.and_then(|position| odds(position, lifted.get(&self.about.offering)?));
        let frame =
            Frame { slot: &self.slot, terms: &self.rules.terms, zone: self.about.zone, desk: self.desk };
        let tally = sheet.map_or(self.tally, Sheet::tally);
        let stands =
            Stands { party, frame: &frame, tally, parties, later, position, odds, code: self.code, people };
        self.about.booking(stands, now)
    }
}

/// The position of number `seq` in the queue, counted from 1.
fn place(parties: &[Party], seq: u32) -> u32 {
    let ahead = parties.iter().filter(|one| one.state == BookingState::Waitlisted && one.seq <= seq);
    u32::try_from(ahead.count()).unwrap_or(u32::MAX)
}

/// Bookings out of their rows.
async fn show(
    db: &Db,
    rows: &[Row],
    mut people: HashMap<BookingId, Vec<PersonId>>,
    now: Moment,
) -> Result<Vec<Booking>, DbError> {
    let shown: Vec<Shown> = rows.iter().map(Shown::read).collect::<Result<_, _>>()?;
    let slots: BTreeSet<SlotId> =
        shown.iter().filter(|one| one.needs_sheet(now)).map(|one| one.slot.id.clone()).collect();
    let sheets: BTreeMap<SlotId, Sheet> = fold::sheets(db, &slots, now).await?;
    let waits = |one: &&Shown| one.party.state == BookingState::Waitlisted && now < one.slot.ends();
    let offerings: BTreeSet<OfferingId> =
        shown.iter().filter(waits).map(|one| one.about.offering.clone()).collect();
    let lifted = lifted(db, &offerings, now).await?;
    let booking = |one: Shown| {
        let people = people.remove(&one.party.booking).unwrap_or_default();
        let sheet = sheets.get(&one.slot.id);
        one.booking(sheet, &lifted, people, now)
    };
    Ok(shown.into_iter().map(booking).collect())
}

/// Of the last slots of offerings in which somebody waited, how many parties got an offer in each.
async fn lifted(
    db: &Db,
    offerings: &BTreeSet<OfferingId>,
    now: Moment,
) -> Result<HashMap<OfferingId, Vec<u32>>, DbError> {
    if offerings.is_empty() {
        return Ok(HashMap::new());
    }
    let list = serde_json::to_string(offerings).map_err(|error| DbError::Other(error.to_string()))?;
    by_offering(&db.rows(LIFTED, args![list, now, MOST_KNOWN]).await?)
}

/// The slots in which time alone has changed something by `now`, longest ago first, at most so many.
pub async fn due(db: &Db, now: Moment, most: u32) -> Result<Vec<SlotId>, DbError> {
    let sql = "SELECT id FROM slot WHERE due IS NOT NULL AND due <= $1 ORDER BY due LIMIT $2";
    db.rows(sql, args![now, most]).await?.iter().map(|row| row.text("id").map(SlotId)).collect()
}

/// Of which offering a booking of an account is, and by which clock that goes.
pub async fn offering(
    db: &Db,
    account: &AccountId,
    id: &BookingId,
) -> Result<Option<(OfferingId, Zone)>, DbError> {
    let sql = "SELECT s.offering_id, c.details FROM booking b JOIN slot s ON s.id = b.slot_id \
               JOIN offering o ON o.id = s.offering_id JOIN centre c ON c.id = o.centre_id \
               WHERE b.account_id = $1 AND b.id = $2";
    let row = db.row(sql, args![account, id]).await?;
    row.map(|row| {
        let zone = row.json::<CentreDetails>("details")?.zone;
        Ok((OfferingId(row.text("offering_id")?), zone))
    })
    .transpose()
}

/// How the booking of a row stands.
pub fn state(row: &Row) -> Result<BookingState, DbError> {
    BookingState::from_name(&row.text("state")?)
        .ok_or_else(|| DbError::Other("a booking in no known state".into()))
}

/// Since when, and how often, an account has typed wrong digits at doors.
pub async fn door_tries(tx: &mut Tx, account: &AccountId) -> Result<Option<(Moment, u32)>, DbError> {
    let row = tx.row("SELECT since, tries FROM door_try WHERE id = $1", args![account]).await?;
    row.map(|row| Ok((row.moment("since")?, row.count("tries")?))).transpose()
}

/// Keeps how often it has.
pub async fn count_door_try(
    tx: &mut Tx,
    account: &AccountId,
    since: Moment,
    tries: u32,
) -> Result<(), DbError> {
    let sql = "INSERT INTO door_try (id, since, tries) VALUES ($1, $2, $3) \
               ON CONFLICT (id) DO UPDATE SET since = $2, tries = $3";
    tx.run(sql, args![account, since, tries]).await.map(drop)
}
