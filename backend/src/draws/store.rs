//! SQL of draws.

use std::collections::{BTreeMap, HashMap};

use domain::{
    booking::{Rules, Slot},
    draw::{Draw, DrawClass, DrawKind, DrawOutcome, DrawResult, Drawn, enter::Window},
    id::{CentreId, DrawId, OfferingId},
    text::Text,
    time::Moment,
};

mod entries;
mod houses;
mod people;

pub use entries::{choosing, enter, entries_of, entry, entry_in, lost, lost_by, withdraw};
pub use houses::{ended, entered_by_others, entered_in, houses, stand_for, stands_for};
pub use people::{Elsewhere, Member, elsewhere, known, members};

use super::make::{NewDraw, Planned};
use crate::{
    args,
    catalogue::{
        details::{CentreDetails, DrawDetails, OfferingDetails},
        rows,
    },
    db::{Db, DbError, Row, Tx},
};

/// What draws are made from, by their names.
pub async fn plans(db: &Db) -> Result<BTreeMap<String, Planned>, DbError> {
    let sql = "SELECT p.id, p.centre_id, p.details, c.details AS centre FROM draw_plan p \
               JOIN centre c ON c.id = p.centre_id";
    let planned = |row: &Row| {
        let centre = CentreId(row.text("centre_id")?);
        let zone = row.json::<CentreDetails>("centre")?.zone;
        Ok((row.text("id")?, Planned { centre, zone, plan: row.json("details")? }))
    };
    db.rows(sql, args![]).await?.iter().map(planned).collect()
}

/// Writes a draw, unless it is there.
pub async fn insert(tx: &mut Tx, draw: &NewDraw) -> Result<(), DbError> {
    let sql = "INSERT INTO draw (id, centre_id, kind, details, opens, closes, commitment, seed_box, made) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING";
    let NewDraw { id, centre, plan, details, opens, closes, commitment, seed_box, made } = draw;
    let details = json(details)?;
    let args = args![id, centre, plan.kind.slug(), details, *opens, *closes, commitment, seed_box, *made];
    tx.run(sql, args).await.map(drop)
}

/// A draw as it is kept.
pub struct DrawRow {
    pub id: DrawId,
    pub centre: CentreId,
    pub at: CentreDetails,
    pub kind: DrawKind,
    pub details: DrawDetails,
    pub opens: Moment,
    pub closes: Moment,
    pub commitment: String,
    pub seed_box: String,
    pub entries: u32,
    pub result: Option<DrawResult>,
}

impl DrawRow {
    /// When entries are taken.
    pub fn window(&self) -> Window {
        Window { opens: self.opens, closes: self.closes, drawn: self.result.is_some() }
    }
}

/// A slot whose places are drawn.
pub struct ClassRow {
    pub slot: Slot,
    pub offering: OfferingId,
    pub details: OfferingDetails,
    pub name: Option<Text>,
    pub taken: u32,
    /// Places the counter has given out.
    pub given: u32,
    pub waiting: u32,
    pub next_seq: u32,
}

impl ClassRow {
    /// The rules of its offering.
    pub fn rules(&self) -> Rules {
        self.details.rules()
    }

    /// Places that are drawn at `closes`.
    pub fn places(&self, closes: Moment) -> u32 {
        let kept = self.slot.kept_left(self.given, closes);
        self.slot.capacity.saturating_sub(self.taken).saturating_sub(kept)
    }

    /// What it is called in full.
    pub fn whole_name(&self) -> Text {
        let title = &self.details.title;
        match &self.name {
            Some(name) => Text {
                zh: format!("{} · {}", title.zh, name.zh),
                en: format!("{} · {}", title.en, name.en),
            },
            None => title.clone(),
        }
    }
}

const DRAW: &str =
    "SELECT d.*, c.details AS centre FROM draw d JOIN centre c ON c.id = d.centre_id WHERE d.id = $1";
const CLASSES: &str = "SELECT s.*, o.details FROM slot s JOIN offering o ON o.id = s.offering_id \
     WHERE s.draw_id = $1 ORDER BY s.starts, s.id";

/// One draw.
pub async fn draw(db: &Db, id: &DrawId) -> Result<Option<Draw>, DbError> {
    let Some(row) = db.row(DRAW, args![id]).await? else { return Ok(None) };
    let classes = db.rows(CLASSES, args![id]).await?;
    let classes = classes.iter().map(class_row).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(shown(draw_row(&row)?, classes)))
}

/// The draws of a centre that were not drawn before `since`: the next to be drawn first.
pub async fn of_centre(db: &Db, centre: &CentreId, since: Moment) -> Result<Vec<Draw>, DbError> {
    let sql = "SELECT d.*, c.details AS centre FROM draw d JOIN centre c ON c.id = d.centre_id \
               WHERE d.centre_id = $1 AND d.closes > $2 ORDER BY d.closes, d.id";
    let classes = "SELECT s.*, o.details FROM slot s JOIN offering o ON o.id = s.offering_id \
                   JOIN draw d ON d.id = s.draw_id WHERE d.centre_id = $1 AND d.closes > $2 \
                   ORDER BY s.starts, s.id";
    let mut by_draw: HashMap<DrawId, Vec<ClassRow>> = HashMap::new();
    for row in db.rows(classes, args![centre, since]).await? {
        let class = class_row(&row)?;
        if let Some(draw) = class.slot.draw.clone() {
            by_draw.entry(draw).or_default().push(class);
        }
    }
    let rows = db.rows(sql, args![centre, since]).await?;
    rows.iter()
        .map(|row| {
            let draw = draw_row(row)?;
            let classes = by_draw.remove(&draw.id).unwrap_or_default();
            Ok(shown(draw, classes))
        })
        .collect()
}

/// Whether there is such a centre.
pub async fn is_centre(db: &Db, id: &CentreId) -> Result<bool, DbError> {
    Ok(db.row("SELECT id FROM centre WHERE id = $1", args![id]).await?.is_some())
}

/// The published result, once there is one.
pub async fn result(db: &Db, id: &DrawId) -> Result<Option<DrawResult>, DbError> {
    let row = db.row("SELECT result FROM draw WHERE id = $1 AND drawn IS NOT NULL", args![id]).await?;
    row.map(|row| row.json("result")).transpose()
}

/// Holds a draw until the transaction ends, and reads it.
pub async fn lock(tx: &mut Tx, id: &DrawId) -> Result<Option<DrawRow>, DbError> {
    tx.run("UPDATE draw SET entries = entries WHERE id = $1", args![id]).await?;
    tx.row(DRAW, args![id]).await?.as_ref().map(draw_row).transpose()
}

/// The classes of a draw, in the order in which they are shown.
pub async fn classes(tx: &mut Tx, id: &DrawId) -> Result<Vec<ClassRow>, DbError> {
    tx.rows(CLASSES, args![id]).await?.iter().map(class_row).collect()
}

fn draw_row(row: &Row) -> Result<DrawRow, DbError> {
    let kind = row.text("kind")?;
    Ok(DrawRow {
        id: DrawId(row.text("id")?),
        centre: CentreId(row.text("centre_id")?),
        at: row.json("centre")?,
        kind: DrawKind::from_slug(&kind).ok_or_else(|| DbError::Other(format!("no such draw: {kind}")))?,
        details: row.json("details")?,
        opens: row.moment("opens")?,
        closes: row.moment("closes")?,
        commitment: row.text("commitment")?,
        seed_box: row.text("seed_box")?,
        entries: row.count("entries")?,
        result: row.text_opt("result")?.is_some().then(|| row.json("result")).transpose()?,
    })
}

fn class_row(row: &Row) -> Result<ClassRow, DbError> {
    Ok(ClassRow {
        slot: rows::slot(row)?,
        offering: OfferingId(row.text("offering_id")?),
        details: row.json("details")?,
        name: rows::name(row)?,
        taken: row.count("taken")?,
        given: row.count("desk")? + row.count("counter")?,
        waiting: row.count("waiting")?,
        next_seq: row.count("next_seq")?,
    })
}

/// A draw as everybody sees it. What was drawn is told from the result, whatever has changed since.
fn shown(draw: DrawRow, classes: Vec<ClassRow>) -> Draw {
    let DrawRow { result, closes, details, .. } = draw;
    let classes = classes.into_iter().map(|class| {
        let pool = result.as_ref().and_then(|result| {
            result.classes.iter().find(|pool| pool.slot == class.slot.id).map(|pool| pool.places)
        });
        DrawClass {
            places: pool.unwrap_or_else(|| class.places(closes)),
            residents_first: details.residents_first.contains(&class.slot.id),
            slot: class.slot.id,
            offering: class.offering,
            title: class.details.title,
            name: class.name,
            place: class.details.place,
            meetings: class.slot.meetings,
            ages: class.details.ages,
            unit: class.details.unit,
            party_max: class.details.party_max,
            called_off: class.slot.called_off,
            terms: class.details.terms,
        }
    });
    let count = |result: &DrawResult, counts: fn(&DrawOutcome) -> bool| {
        let count = result.lots.iter().filter(|drawn| counts(&drawn.fate.outcome)).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    Draw {
        id: draw.id,
        centre: draw.centre,
        centre_name: draw.at.name,
        phone: draw.at.phone,
        zone: draw.at.zone,
        title: details.title,
        about: details.about,
        kind: draw.kind,
        classes: classes.collect(),
        opens: draw.opens,
        closes,
        commitment: draw.commitment,
        entries: draw.entries,
        drawn: result.as_ref().map(|result| Drawn {
            at: result.drawn,
            seed: result.seed.clone(),
            placed: count(result, |outcome| matches!(outcome, DrawOutcome::Placed { .. })),
            waiting: count(result, |outcome| matches!(outcome, DrawOutcome::Waiting { .. })),
        }),
    }
}

/// What is kept as JSON.
pub fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Other(error.to_string()))
}
