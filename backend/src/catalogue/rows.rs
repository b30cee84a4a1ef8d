//! Rows of the catalogue as the nouns they stand for.

use std::collections::HashMap;

use domain::{
    booking::Slot,
    centre::CentreCard,
    id::{CentreId, CityId, DrawId, OfferingId, SlotId},
    offering::Kind,
    text::Text,
};

use super::details::{CentreDetails, OfferingDetails};
use crate::db::{DbError, Row};

/// An offering as it is kept.
pub struct OfferingRow {
    /// Identifier.
    pub id: OfferingId,
    /// Where.
    pub centre: CentreId,
    /// What sort.
    pub kind: Kind,
    /// What it says of itself.
    pub details: OfferingDetails,
}

/// A course as it is kept.
pub struct CourseRow {
    /// Its slot.
    pub slot: Slot,
    /// Its name.
    pub name: Option<Text>,
}

/// A centre as lists show it.
pub fn card(row: &Row) -> Result<CentreCard, DbError> {
    let details: CentreDetails = row.json("details")?;
    Ok(details.card(CentreId(row.text("id")?), CityId(row.text("city_id")?)))
}

/// An offering.
pub fn offering_row(row: &Row) -> Result<OfferingRow, DbError> {
    Ok(OfferingRow {
        id: OfferingId(row.text("id")?),
        centre: CentreId(row.text("centre_id")?),
        kind: kind(row)?,
        details: row.json("details")?,
    })
}

/// A course with the offering it belongs to.
pub fn course_row(row: &Row) -> Result<(OfferingId, CourseRow), DbError> {
    Ok((OfferingId(row.text("offering_id")?), CourseRow { slot: slot(row)?, name: name(row)? }))
}

/// A slot.
pub fn slot(row: &Row) -> Result<Slot, DbError> {
    Ok(Slot {
        id: SlotId(row.text("id")?),
        meetings: row.json("meetings")?,
        capacity: row.count("capacity")?,
        opens: row.moment("opens")?,
        closes: row.moment("closes")?,
        kept: row.count("kept")?,
        kept_until: row.moment("kept_until")?,
        draw: row.text_opt("draw_id")?.map(DrawId),
        drawn: row.flag("drawn")?,
        called_off: row.flag("called_off")?,
    })
}

/// The name of a slot, where it has one.
pub fn name(row: &Row) -> Result<Option<Text>, DbError> {
    let zh = row.text_opt("name_zh")?;
    let en = row.text_opt("name_en")?.unwrap_or_default();
    Ok(zh.map(|zh| Text { zh, en }))
}

/// The kind of an offering.
pub fn kind(row: &Row) -> Result<Kind, DbError> {
    let slug = row.text("kind")?;
    Kind::from_slug(&slug).ok_or_else(|| DbError::Other(format!("no such kind: {slug}")))
}

/// The words in `{name}_zh` and `{name}_en`.
pub fn text(row: &Row, name: &str) -> Result<Text, DbError> {
    Ok(Text { zh: row.text(&format!("{name}_zh"))?, en: row.text(&format!("{name}_en"))? })
}

/// Days as bits, by offering.
pub fn bits(rows: &[Row]) -> Result<HashMap<OfferingId, u16>, DbError> {
    let mut bits: HashMap<OfferingId, u16> = HashMap::new();
    for row in rows {
        let day = row.int("day")?;
        if (0..14).contains(&day) {
            *bits.entry(OfferingId(row.text("offering_id")?)).or_default() |= 1 << day;
        }
    }
    Ok(bits)
}
