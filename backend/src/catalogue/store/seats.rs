//! SQL of free places. Where time alone has changed something in a slot since it was last written, what
//! is told is the slot folded to the present.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    booking::{
        Alternative, Meeting, meeting,
        near::{Candidate, Wanted},
        table,
    },
    home::TodayItem,
    id::{CentreId, CityId, OfferingId, SlotId},
    offering::{Kind, Seats, SlotSeats},
    time::{Moment, Span},
};

use super::super::{
    details::{CentreDetails, OfferingDetails},
    rows::{kind, name, slot},
};
use crate::{
    args,
    booking::fold::{self, Sheet},
    db::{Db, DbError, Row},
};

/// A slot out of a row with all its columns, and `held` where places may be held for offers.
fn counted(row: &Row, sheet: Option<&Sheet>) -> Result<SlotSeats, DbError> {
    let desk = row.count("desk")?;
    let mut seats = SlotSeats {
        slot: slot(row)?,
        name: name(row)?,
        taken: row.count("taken")?,
        waiting: row.count("waiting")?,
        counter: desk + row.count("counter")?,
        held: 0,
        tables: Vec::new(),
    };
    if let Some(sheet) = sheet {
        let tally = sheet.tally();
        (seats.taken, seats.waiting) = (tally.taken, tally.waiting);
        (seats.counter, seats.held) = (desk + tally.counter, tally.held);
        seats.tables = table::free_seats(&sheet.frame(), &sheet.parties);
    }
    Ok(seats)
}

/// The slots of `rows` in which time alone has changed something by `now`, as they stand then.
async fn overdue(db: &Db, rows: &[Row], now: Moment) -> Result<BTreeMap<SlotId, Sheet>, DbError> {
    let mut due = BTreeSet::new();
    for row in rows {
        if row.int_opt("due")?.is_some_and(|at| at <= now.0) {
            due.insert(SlotId(row.text("slot_id")?));
        }
    }
    fold::sheets(db, &due, now).await
}

/// The slots of an offering that have not ended: recurring ones that start before `end`, and all
/// courses. `tables` says whether parties may share tables there.
pub async fn slots(
    db: &Db,
    offering: &OfferingId,
    now: Moment,
    end: Moment,
    tables: bool,
) -> Result<Vec<SlotSeats>, DbError> {
    // Wherever places are held for offers or parties share a table, all parties are looked at: such
    // slots are few.
    let sql = "SELECT s.*, EXISTS (SELECT 1 FROM booking b WHERE b.slot_id = s.id AND (s.due IS NOT NULL OR $4 = 1) \
                  AND (b.state = 'offered' OR b.state = 'confirmed' AND b.shared = 1)) AS lively \
               FROM slot s WHERE s.offering_id = $1 AND s.ends > $2 \
               AND (s.starts < $3 OR s.name_zh IS NOT NULL) ORDER BY s.starts, s.id";
    let rows = db.rows(sql, args![offering, now, end, tables]).await?;
    let mut lively = BTreeSet::new();
    for row in &rows {
        if row.flag("lively")? || row.int_opt("due")?.is_some_and(|due| due <= now.0) {
            lively.insert(SlotId(row.text("id")?));
        }
    }
    let sheets = fold::sheets(db, &lively, now).await?;
    rows.iter().map(|row| counted(row, sheets.get(&SlotId(row.text("id")?)))).collect()
}

/// Slots of a centre that start after `now` and before `end`, and what one just drops in to that is
/// under way; earliest first. Shifts are not among them: they stand with what needs a hand.
pub async fn on_between(
    db: &Db,
    centre: &CentreId,
    now: Moment,
    end: Moment,
) -> Result<Vec<TodayItem>, DbError> {
    let sql = "SELECT s.*, s.id AS slot_id, o.kind, o.details \
               FROM slot s JOIN offering o ON o.id = s.offering_id \
               WHERE o.centre_id = $1 AND o.retired = 0 AND o.kind <> 'shift' AND s.ends > $2 AND s.starts < $3 \
               ORDER BY s.starts, o.sort, s.id";
    let rows = db.rows(sql, args![centre, now, end]).await?;
    let sheets = overdue(db, &rows, now).await?;
    let mut known: HashMap<OfferingId, OfferingDetails> = HashMap::new();
    let mut items = Vec::new();
    for row in rows {
        let offering = OfferingId(row.text("offering_id")?);
        if !known.contains_key(&offering) {
            known.insert(offering.clone(), row.json("details")?);
        }
        let Some(details) = known.get(&offering) else { continue };
        let starts = row.moment("starts")?;
        if starts <= now && !details.drop_in {
            continue;
        }
        items.push(TodayItem {
            kind: kind(&row)?,
            title: details.title.clone(),
            price: details.price,
            measure: details.measure,
            drop_in: details.drop_in,
            starts,
            ends: row.moment("ends")?,
            free: counted(&row, sheets.get(&SlotId(row.text("slot_id")?)))?.free(now),
            offering,
        });
    }
    Ok(items)
}

/// The next slot of each offering of a city that can be booked at `now`.
pub async fn seats(db: &Db, city: &CityId, now: Moment) -> Result<Vec<Seats>, DbError> {
    let sql = "SELECT s.*, s.id AS slot_id, o.details FROM offering o \
               JOIN centre c ON c.id = o.centre_id \
               JOIN slot s ON s.id = (SELECT n.id FROM slot n WHERE n.offering_id = o.id \
                   AND n.starts > $2 AND n.closes > $2 AND n.opens <= $2 \
                   AND (n.draw_id IS NULL OR n.drawn = 1) ORDER BY n.starts, n.id LIMIT 1) \
               WHERE c.city_id = $1 AND c.sort >= 0 AND o.retired = 0 ORDER BY o.id";
    let rows = db.rows(sql, args![city, now]).await?;
    let sheets = overdue(db, &rows, now).await?;
    let mut seats = Vec::new();
    for row in &rows {
        if !row.json::<OfferingDetails>("details")?.drop_in {
            let counted = counted(row, sheets.get(&SlotId(row.text("slot_id")?)))?;
            let (starts, free) = (counted.slot.starts(), counted.free(now));
            seats.push(Seats { offering: OfferingId(row.text("offering_id")?), starts, free });
        }
    }
    Ok(seats)
}

/// What a slot's alternatives are compared with, and slots of the same sort with places in the same
/// city that start within `window` and can be booked at `now`; `None` where there is no such slot.
pub async fn around(
    db: &Db,
    (id, people): (&SlotId, u32),
    now: Moment,
    window: i64,
) -> Result<Option<(Wanted, Vec<Candidate>)>, DbError> {
    let sql = "SELECT s.starts, s.meetings, o.kind, o.details, c.city_id, c.details AS centre_details FROM slot s \
               JOIN offering o ON o.id = s.offering_id JOIN centre c ON c.id = o.centre_id WHERE s.id = $1";
    let Some(row) = db.row(sql, args![id]).await? else { return Ok(None) };
    let wanted = Wanted {
        at: row.json::<CentreDetails>("centre_details")?.at,
        starts: row.moment("starts")?,
        ages: row.json::<OfferingDetails>("details")?.ages,
        course: row.json::<Vec<Meeting>>("meetings")?.len() > 1,
        people,
    };
    let city = CityId(row.text("city_id")?);
    let within = Span { starts: wanted.starts.plus(-window), ends: wanted.starts.plus(window) };
    let rows = bookable(db, &city, kind(&row)?, within, now).await?;
    let sheets = overdue(db, &rows, now).await?;
    let mut offerings: HashMap<String, OfferingDetails> = HashMap::new();
    let mut centres: HashMap<String, CentreDetails> = HashMap::new();
    let mut candidates = Vec::new();
    for row in &rows {
        let (slot, offering, centre) =
            (SlotId(row.text("slot_id")?), row.text("offering_id")?, row.text("centre_id")?);
        if slot == *id {
            continue;
        }
        if !offerings.contains_key(&offering) {
            offerings.insert(offering.clone(), row.json("details")?);
        }
        if !centres.contains_key(&centre) {
            centres.insert(centre.clone(), row.json("centre_details")?);
        }
        let (Some(of), Some(place)) = (offerings.get(&offering), centres.get(&centre)) else { continue };
        if of.drop_in {
            continue;
        }
        let counted = counted(row, sheets.get(&slot))?;
        let shown = Alternative {
            offering: OfferingId(offering),
            title: of.title.clone(),
            centre: CentreId(centre),
            centre_name: place.name.clone(),
            zone: place.zone,
            slot,
            starts: counted.slot.starts(),
            meetings: meeting::count(&counted.slot.meetings),
            measure: of.measure,
            free: counted.free(now),
            metres: 0,
            spans: meeting::spans(&counted.slot.meetings),
        };
        candidates.push(Candidate { shown, at: place.at, rules: of.rules() });
    }
    Ok(Some((wanted, candidates)))
}

/// Slots of a sort in a city that start within `within` and can be booked at `now`, where not all is
/// taken.
async fn bookable(
    db: &Db,
    city: &CityId,
    kind: Kind,
    within: Span,
    now: Moment,
) -> Result<Vec<Row>, DbError> {
    let sql = "SELECT s.*, s.id AS slot_id, o.details, o.centre_id, c.details AS centre_details \
               FROM centre c JOIN offering o ON o.centre_id = c.id AND o.kind = $2 AND o.retired = 0 \
               JOIN slot s ON s.offering_id = o.id AND s.starts >= $3 AND s.starts < $4 \
               WHERE c.city_id = $1 AND c.sort >= 0 AND s.starts > $5 AND s.opens <= $5 AND s.closes > $5 \
               AND (s.draw_id IS NULL OR s.drawn = 1) AND (s.taken < s.capacity OR s.due <= $5) \
               ORDER BY s.starts, s.id LIMIT 2000";
    db.rows(sql, args![city, kind.slug(), within.starts, within.ends, now]).await
}
