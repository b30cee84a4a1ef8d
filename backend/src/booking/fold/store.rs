//! SQL of what is folded.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    booking::{BookingState, Party},
    id::{AccountId, BookingId, SlotId},
};

use super::Sheet;
use crate::{
    args,
    booking::store::state,
    catalogue::{
        details::{CentreDetails, OfferingDetails},
        rows,
    },
    db::{Db, DbError, Row, Sql, Tx},
};

const SLOTS: Sql = Sql::both(
    "SELECT s.*, o.details, c.details AS centre_details \
     FROM slot s JOIN offering o ON o.id = s.offering_id JOIN centre c ON c.id = o.centre_id \
     WHERE s.id IN (SELECT value FROM json_each($1))",
    "SELECT s.*, o.details, c.details AS centre_details \
     FROM slot s JOIN offering o ON o.id = s.offering_id JOIN centre c ON c.id = o.centre_id \
     WHERE s.id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb))))",
);

const PARTIES: Sql = Sql::both(
    "SELECT b.* FROM booking b WHERE b.slot_id IN (SELECT value FROM json_each($1)) \
     AND b.state IN ('confirmed', 'waitlisted', 'offered', 'attended') ORDER BY b.slot_id, b.seq",
    "SELECT b.* FROM booking b \
     WHERE b.slot_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) \
     AND b.state IN ('confirmed', 'waitlisted', 'offered', 'attended') ORDER BY b.slot_id, b.seq",
);

/// The slots with their live parties, outside any transaction.
pub async fn sheets(db: &Db, slots: &BTreeSet<SlotId>) -> Result<Vec<Sheet>, DbError> {
    // What is told in between is a slot of one instant with the parties of another; the next look is
    // right again, and nothing is decided by it.
    let rows = db.rows(SLOTS, args![list(slots)?]).await?;
    let parties = by_slot(slots, &db.rows(PARTIES, args![list(slots)?]).await?)?;
    read(&rows, parties)
}

/// The slots with their live parties, within a transaction.
pub async fn sheets_within(tx: &mut Tx, slots: &BTreeSet<SlotId>) -> Result<Vec<Sheet>, DbError> {
    let rows = tx.rows(SLOTS, args![list(slots)?]).await?;
    let parties = parties_within(tx, slots).await?;
    read(&rows, parties)
}

/// The live parties of slots, within a transaction; also where there are none.
pub async fn parties_within(
    tx: &mut Tx,
    slots: &BTreeSet<SlotId>,
) -> Result<BTreeMap<SlotId, Vec<Party>>, DbError> {
    by_slot(slots, &tx.rows(PARTIES, args![list(slots)?]).await?)
}

fn list(slots: &BTreeSet<SlotId>) -> Result<String, DbError> {
    serde_json::to_string(slots).map_err(|error| DbError::Other(error.to_string()))
}

fn by_slot(slots: &BTreeSet<SlotId>, rows: &[Row]) -> Result<BTreeMap<SlotId, Vec<Party>>, DbError> {
    let mut parties: BTreeMap<SlotId, Vec<Party>> =
        slots.iter().map(|slot| (slot.clone(), Vec::new())).collect();
    for row in rows {
        parties.entry(SlotId(row.text("slot_id")?)).or_default().push(party(row)?);
    }
    Ok(parties)
}

fn read(rows: &[Row], mut parties: BTreeMap<SlotId, Vec<Party>>) -> Result<Vec<Sheet>, DbError> {
    rows.iter()
        .map(|row| {
            let slot = rows::slot(row)?;
            Ok(Sheet {
                rules: row.json::<OfferingDetails>("details")?.rules(),
                zone: row.json::<CentreDetails>("centre_details")?.zone,
                desk: row.count("desk")?,
                due: row.int_opt("due")?.map(domain::time::Moment),
                parties: parties.remove(&slot.id).unwrap_or_default(),
                slot,
            })
        })
        .collect()
}

/// A booking as the rules see it, out of a row with all its columns.
pub fn party(row: &Row) -> Result<Party, DbError> {
    let moment = |column| Ok::<_, DbError>(row.int_opt(column)?.map(domain::time::Moment));
    Ok(Party {
        booking: BookingId(row.text("id")?),
        account: AccountId(row.text("account_id")?),
        seq: row.count("seq")?,
        size: row.count("size")?,
        people: row.count("people")?,
        state: state(row)?,
        until: moment("until")?,
        stop: moment("stop")?,
        was: row.text_opt("was")?.and_then(|name| BookingState::from_name(&name)),
        shared: row.flag("shared")?,
        host: row.text_opt("host")?.map(BookingId),
        counter: row.flag("counter")?,
        reason: row.text_opt("reason")?,
        made: row.moment("made")?,
        changed: row.moment("changed")?,
    })
}
