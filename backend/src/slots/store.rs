//! SQL of the slots that are made ahead.

use std::collections::BTreeSet;

use domain::{id::OfferingId, time::Moment};
use serde::Serialize;

use super::{NewSlot, Unfolding};
use crate::{
    args,
    catalogue::details::CentreDetails,
    db::{Db, DbError, Sql},
    draws::{self, NewDraw},
    snapshot::{Topic, announce},
};

/// How many slots go into one statement, and one transaction: bookings wait for no longer than that.
const BATCH: usize = 1000;

/// All offerings that are still offered.
pub async fn unfoldings(db: &Db) -> Result<Vec<Unfolding>, DbError> {
    let sql = "SELECT o.id, o.details, c.details AS centre FROM offering o \
               JOIN centre c ON c.id = o.centre_id WHERE o.retired = 0 ORDER BY o.id";
    db.rows(sql, args![])
        .await?
        .iter()
        .map(|row| {
            let centre: CentreDetails = row.json("centre")?;
            Ok(Unfolding {
                id: OfferingId(row.text("id")?),
                zone: centre.zone,
                closures: centre.closures,
                details: row.json("details")?,
            })
        })
        .collect()
}

/// Identifiers of recurring slots that have not ended and of courses that have not begun.
pub async fn ahead(db: &Db, now: Moment) -> Result<BTreeSet<String>, DbError> {
    let sql = "SELECT id FROM slot WHERE ends > $1 AND (name_zh IS NULL OR starts > $1)";
    db.rows(sql, args![now]).await?.iter().map(|row| row.text("id")).collect()
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    offering_id: &'a str,
    starts: i64,
    ends: i64,
    meetings: String,
    name_zh: Option<&'a str>,
    name_en: Option<&'a str>,
    capacity: u32,
    desk: u32,
    kept: u32,
    kept_until: i64,
    opens: i64,
    closes: i64,
    draw: Option<&'a str>,
}

/// Inserts those that are not there, and the draws of their places; how many slots those were.
pub async fn insert(db: &Db, slots: &[NewSlot], draws: &[NewDraw]) -> Result<u64, DbError> {
    const INSERT: Sql = Sql::both(
        "INSERT INTO slot (id, offering_id, starts, ends, meetings, name_zh, name_en, capacity, desk, taken, \
                           opens, closes, draw_id, kept, kept_until) \
         SELECT value ->> 'id', value ->> 'offering_id', value ->> 'starts', value ->> 'ends', \
                value ->> 'meetings', value ->> 'name_zh', value ->> 'name_en', value ->> 'capacity', \
                value ->> 'desk', value ->> 'desk', value ->> 'opens', value ->> 'closes', \
                value ->> 'draw', value ->> 'kept', value ->> 'kept_until' \
         FROM json_each($1) WHERE true ON CONFLICT (id) DO NOTHING",
        "INSERT INTO slot (id, offering_id, starts, ends, meetings, name_zh, name_en, capacity, desk, taken, \
                           opens, closes, draw_id, kept, kept_until) \
         SELECT id, offering_id, starts, ends, meetings, name_zh, name_en, capacity, desk, desk, opens, closes, \
                draw, kept, kept_until \
         FROM jsonb_to_recordset(CAST($1 AS jsonb)) AS line(id text, offering_id text, starts bigint, \
              ends bigint, meetings text, name_zh text, name_en text, capacity bigint, desk bigint, \
              opens bigint, closes bigint, draw text, kept bigint, kept_until bigint) \
         ON CONFLICT (id) DO NOTHING",
    );
    let mut made = 0;
    for batch in slots.chunks(BATCH) {
        let mut tx = db.begin().await?;
        for draw in draws.iter().filter(|draw| draw.is_of(batch)) {
            draws::insert(&mut tx, draw).await?;
        }
        made += tx.run(INSERT, args![lines(batch)?]).await?;
        announce(&mut tx, &[Topic::Catalogue, Topic::Draws]).await?;
        tx.commit().await?;
    }
    Ok(made)
}

fn lines(slots: &[NewSlot]) -> Result<String, DbError> {
    let broken = |error: serde_json::Error| DbError::Other(error.to_string());
    let mut lines = Vec::with_capacity(slots.len());
    for slot in slots {
        let (Some(first), Some(last)) = (slot.meetings.first(), slot.meetings.last()) else { continue };
        lines.push(Line {
            id: slot.id.as_str(),
            offering_id: slot.offering.as_str(),
            starts: first.starts.0,
            ends: last.ends.0,
            meetings: serde_json::to_string(&slot.meetings).map_err(broken)?,
            name_zh: slot.name.as_ref().map(|name| &*name.zh),
            name_en: slot.name.as_ref().map(|name| &*name.en),
            capacity: slot.capacity,
            desk: slot.desk,
            kept: slot.kept,
            kept_until: slot.kept_until.0,
            opens: slot.opens.0,
            closes: slot.closes.0,
            draw: slot.draw.as_ref().map(|draw| draw.id.as_str()),
        });
    }
    serde_json::to_string(&lines).map_err(broken)
}
