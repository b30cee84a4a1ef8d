//! SQL of the catalogue. Every question is one statement, whatever the number of offerings.

use std::collections::HashMap;

use domain::{
    centre::{Centre, CentreCard, City},
    home::{DoneItem, SoonItem},
    id::{CentreId, CityId, OfferingId, WishId},
    time::Moment,
};

use super::{
    details::{CentreDetails, DrawDetails, OfferingDetails},
    rows::{CourseRow, OfferingRow, bits, card, course_row, offering_row, text},
};
use crate::{
    args,
    db::{Db, DbError, Row},
};

mod seats;

pub use seats::{around, on_between, seats, slots};

/// All cities.
pub async fn cities(db: &Db) -> Result<Vec<City>, DbError> {
    let rows = db.rows("SELECT id, name_zh, name_en FROM city ORDER BY sort, id", args![]).await?;
    rows.iter().map(|row| Ok(City { id: CityId(row.text("id")?), name: text(row, "name")? })).collect()
}

/// Whether there is such a city.
pub async fn is_city(db: &Db, id: &CityId) -> Result<bool, DbError> {
    Ok(db.row("SELECT id FROM city WHERE id = $1", args![id]).await?.is_some())
}

/// All centres.
pub async fn cards(db: &Db) -> Result<Vec<CentreCard>, DbError> {
    let sql = "SELECT c.id, c.city_id, c.details FROM centre c JOIN city ON city.id = c.city_id \
               WHERE c.sort >= 0 ORDER BY city.sort, city.id, c.sort, c.id";
    db.rows(sql, args![]).await?.iter().map(card).collect()
}

/// The centres of a city.
pub async fn cards_of_city(db: &Db, city: &CityId) -> Result<Vec<CentreCard>, DbError> {
    let sql = "SELECT id, city_id, details FROM centre WHERE city_id = $1 AND sort >= 0 ORDER BY sort, id";
    db.rows(sql, args![city]).await?.iter().map(card).collect()
}

/// A centre with all its page shows.
pub async fn centre(db: &Db, id: &CentreId) -> Result<Option<Centre>, DbError> {
    let row = db.row("SELECT id, city_id, details FROM centre WHERE id = $1", args![id]).await?;
    let whole = |row: Row| {
        let details: CentreDetails = row.json("details")?;
        Ok(details.whole(CentreId(row.text("id")?), CityId(row.text("city_id")?)))
    };
    row.map(whole).transpose()
}

/// An offering, whether or not it is still offered.
pub async fn offering(db: &Db, id: &OfferingId) -> Result<Option<OfferingRow>, DbError> {
    let sql = "SELECT id, centre_id, kind, details FROM offering WHERE id = $1";
    db.row(sql, args![id]).await?.as_ref().map(offering_row).transpose()
}

/// What a centre offers.
pub async fn offerings_of_centre(db: &Db, centre: &CentreId) -> Result<Vec<OfferingRow>, DbError> {
    let sql = "SELECT id, centre_id, kind, details FROM offering \
               WHERE centre_id = $1 AND retired = 0 ORDER BY sort, id";
    db.rows(sql, args![centre]).await?.iter().map(offering_row).collect()
}

/// What the centres of a city offer.
pub async fn offerings_of_city(db: &Db, city: &CityId) -> Result<Vec<OfferingRow>, DbError> {
    let sql = "SELECT o.id, o.centre_id, o.kind, o.details FROM offering o \
               JOIN centre c ON c.id = o.centre_id WHERE c.city_id = $1 AND c.sort >= 0 AND o.retired = 0 \
               ORDER BY c.sort, c.id, o.sort, o.id";
    db.rows(sql, args![city]).await?.iter().map(offering_row).collect()
}

/// On which of the days from `begin` to `end` there are recurring slots that have not ended, by
/// offering, as bits.
pub async fn days_of_centre(
    db: &Db,
    centre: &CentreId,
    [now, begin, end]: [Moment; 3],
) -> Result<HashMap<OfferingId, u16>, DbError> {
    let sql = "SELECT s.offering_id, (s.starts - $3) / 86400000 AS day FROM slot s \
               JOIN offering o ON o.id = s.offering_id \
               WHERE o.centre_id = $1 AND s.name_zh IS NULL AND s.ends > $2 \
               AND s.starts >= $3 AND s.starts < $4 \
               GROUP BY s.offering_id, (s.starts - $3) / 86400000";
    bits(&db.rows(sql, args![centre, now, begin, end]).await?)
}

/// Like [`days_of_centre`], for all centres of a city.
pub async fn days_of_city(
    db: &Db,
    city: &CityId,
    [now, begin, end]: [Moment; 3],
) -> Result<HashMap<OfferingId, u16>, DbError> {
    let sql = "SELECT s.offering_id, (s.starts - $3) / 86400000 AS day FROM slot s \
               JOIN offering o ON o.id = s.offering_id JOIN centre c ON c.id = o.centre_id \
               WHERE c.city_id = $1 AND s.name_zh IS NULL AND s.ends > $2 \
               AND s.starts >= $3 AND s.starts < $4 \
               GROUP BY s.offering_id, (s.starts - $3) / 86400000";
    bits(&db.rows(sql, args![city, now, begin, end]).await?)
}

/// The courses of a centre that are not over.
pub async fn courses_of_centre(
    db: &Db,
    centre: &CentreId,
    now: Moment,
) -> Result<Vec<(OfferingId, CourseRow)>, DbError> {
    let sql = "SELECT s.* FROM slot s JOIN offering o ON o.id = s.offering_id \
               WHERE o.centre_id = $1 AND s.name_zh IS NOT NULL AND s.ends > $2 ORDER BY s.starts, s.id";
    db.rows(sql, args![centre, now]).await?.iter().map(course_row).collect()
}

/// The courses of a city that are not over.
pub async fn courses_of_city(
    db: &Db,
    city: &CityId,
    now: Moment,
) -> Result<Vec<(OfferingId, CourseRow)>, DbError> {
    let sql = "SELECT s.* FROM slot s JOIN offering o ON o.id = s.offering_id \
               JOIN centre c ON c.id = o.centre_id \
               WHERE c.city_id = $1 AND s.name_zh IS NOT NULL AND s.ends > $2 ORDER BY s.starts, s.id";
    db.rows(sql, args![city, now]).await?.iter().map(course_row).collect()
}

/// Courses of a centre whose booking opens after `now`, soonest first.
pub async fn opening(db: &Db, centre: &CentreId, now: Moment, most: i64) -> Result<Vec<SoonItem>, DbError> {
    let sql = "SELECT s.*, o.details, d.details AS draw FROM slot s \
               JOIN offering o ON o.id = s.offering_id LEFT JOIN draw d ON d.id = s.draw_id \
               WHERE o.centre_id = $1 AND o.retired = 0 AND s.name_zh IS NOT NULL AND s.opens > $2 \
               ORDER BY s.opens, s.starts, s.id LIMIT $3";
    let rows = db.rows(sql, args![centre, now, most]).await?;
    let item = |row: &Row| {
        let (offering, course) = course_row(row)?;
        let drawn = row.text_opt("draw")?.is_some();
        Ok(SoonItem {
            offering,
            title: if drawn {
                row.json::<DrawDetails>("draw")?.title
            } else {
                row.json::<OfferingDetails>("details")?.title
            },
            name: course.name.filter(|_| !drawn),
            opens: course.slot.opens,
            capacity: course.slot.capacity,
            draw: course.slot.draw.filter(|_| drawn),
        })
    };
    rows.iter().map(item).collect()
}

/// Wishes of a centre that came true, latest first.
pub async fn done(db: &Db, centre: &CentreId, most: i64) -> Result<Vec<DoneItem>, DbError> {
    let sql = "SELECT w.id, w.number, w.supports, s.at, s.note_zh, s.note_en FROM wish w \
               JOIN wish_step s ON s.wish_id = w.id \
               AND s.seq = (SELECT MAX(t.seq) FROM wish_step t WHERE t.wish_id = w.id) \
               WHERE w.centre_id = $1 AND s.kind = 'done' ORDER BY s.at DESC, w.number DESC LIMIT $2";
    let item = |row: &Row| {
        Ok(DoneItem {
            wish: WishId(row.text("id")?),
            number: row.count("number")?,
            note: text(row, "note")?,
            supports: row.count("supports")?,
            done: row.moment("at")?,
        })
    };
    db.rows(sql, args![centre, most]).await?.iter().map(item).collect()
}
