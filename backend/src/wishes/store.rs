//! SQL of wishes.

use std::collections::HashMap;

use domain::{
    id::{AccountId, CentreId, WishId},
    text::Text,
    time::{Moment, Zone},
    wish::{Category, Step, StepKind, Wish, WishPage},
};

use crate::{
    args,
    catalogue::details::CentreDetails,
    db::{Db, DbError, Row, Tx},
};

/// Most wishes in a list; older ones are found by their address.
const MOST: i64 = 500;

const PAGE: &str = "SELECT w.*, c.details AS centre, COALESCE(w.account_id, '') AS maker, \
     (SELECT COUNT(*) FROM wish_support s WHERE s.wish_id = w.id AND s.account_id = $2) AS supported \
     FROM wish w JOIN centre c ON c.id = w.centre_id WHERE w.id = $1";
const STEPS: &str = "SELECT * FROM wish_step WHERE wish_id = $1 ORDER BY seq";

/// Whether there is such a centre.
pub async fn is_centre(db: &Db, id: &CentreId) -> Result<bool, DbError> {
    Ok(db.row("SELECT id FROM centre WHERE id = $1", args![id]).await?.is_some())
}

/// The clock of a centre that is listed.
pub async fn zone(tx: &mut Tx, id: &CentreId) -> Result<Option<Zone>, DbError> {
    let row = tx.row("SELECT details FROM centre WHERE id = $1 AND sort >= 0", args![id]).await?;
    row.map(|row| Ok(row.json::<CentreDetails>("details")?.zone)).transpose()
}

/// The latest wishes of a centre, newest first; a wish that was withdrawn is among them.
pub async fn of_centre(db: &Db, centre: &CentreId) -> Result<Vec<Wish>, DbError> {
    let sql = "SELECT w.*, c.details AS centre FROM wish w JOIN centre c ON c.id = w.centre_id \
               WHERE w.centre_id = $1 ORDER BY w.made DESC, w.number DESC LIMIT $2";
    let steps = "SELECT s.* FROM wish_step s JOIN wish w ON w.id = s.wish_id \
                 WHERE w.centre_id = $1 ORDER BY s.wish_id, s.seq";
    together(&db.rows(sql, args![centre, MOST]).await?, &db.rows(steps, args![centre]).await?)
}

/// The wishes somebody made, newest first.
pub async fn of_account(db: &Db, account: &AccountId) -> Result<Vec<Wish>, DbError> {
    let sql = "SELECT w.*, c.details AS centre FROM wish w JOIN centre c ON c.id = w.centre_id \
               WHERE w.account_id = $1 ORDER BY w.made DESC, w.number DESC LIMIT $2";
    let steps = "SELECT s.* FROM wish_step s JOIN wish w ON w.id = s.wish_id \
                 WHERE w.account_id = $1 ORDER BY s.wish_id, s.seq";
    together(&db.rows(sql, args![account, MOST]).await?, &db.rows(steps, args![account]).await?)
}

/// A wish with what it is to `viewer`.
pub async fn page(db: &Db, id: &WishId, viewer: Option<&AccountId>) -> Result<Option<WishPage>, DbError> {
    let nobody = AccountId(String::new());
    let viewer = viewer.unwrap_or(&nobody);
    let Some(row) = db.row(PAGE, args![id, viewer]).await? else { return Ok(None) };
    one(&row, &db.rows(STEPS, args![id]).await?, viewer).map(Some)
}

/// Like [`page`], within a transaction.
pub async fn page_in(tx: &mut Tx, id: &WishId, viewer: &AccountId) -> Result<Option<WishPage>, DbError> {
    let Some(row) = tx.row(PAGE, args![id, viewer]).await? else { return Ok(None) };
    one(&row, &tx.rows(STEPS, args![id]).await?, viewer).map(Some)
}

/// Holds a wish until the transaction ends.
pub async fn lock(tx: &mut Tx, id: &WishId) -> Result<(), DbError> {
    tx.run("UPDATE wish SET supports = supports WHERE id = $1", args![id]).await.map(drop)
}

/// When the account made its `n`th latest wish, where that was after `since`.
pub async fn nth_latest(
    tx: &mut Tx,
    account: &AccountId,
    since: Moment,
    n: i64,
) -> Result<Option<Moment>, DbError> {
    let sql =
        "SELECT made FROM wish WHERE account_id = $1 AND made > $2 ORDER BY made DESC LIMIT 1 OFFSET $3";
    tx.row(sql, args![account, since, n - 1]).await?.map(|row| row.moment("made")).transpose()
}

/// The number of the next wish; nobody else gets one until the transaction ends.
pub async fn next_number(tx: &mut Tx) -> Result<u32, DbError> {
    let sql = "INSERT INTO counter (name, value) VALUES ('wish', 1) \
               ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value";
    let row = tx.row(sql, args![]).await?;
    row.ok_or_else(|| DbError::Other("the counter has no value".into()))?.count("value")
}

/// Writes a new wish.
pub async fn insert(tx: &mut Tx, wish: &Wish, account: &AccountId) -> Result<(), DbError> {
    let sql = "INSERT INTO wish (id, number, centre_id, account_id, category, text_zh, text_en, made, supports) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let Wish { id, number, centre, category, text, made, supports, .. } = wish;
    let values = args![id, *number, centre, account, category.slug(), &text.zh, &text.en, *made, *supports];
    tx.run(sql, values).await.map(drop)
}

/// Says that somebody joins in.
pub async fn support(tx: &mut Tx, id: &WishId, account: &AccountId, now: Moment) -> Result<(), DbError> {
    let sql = "INSERT INTO wish_support (wish_id, account_id, made) VALUES ($1, $2, $3)";
    tx.run(sql, args![id, account, now]).await.map(drop)
}

/// Counts one more.
pub async fn count_support(tx: &mut Tx, id: &WishId) -> Result<(), DbError> {
    tx.run("UPDATE wish SET supports = supports + 1 WHERE id = $1", args![id]).await.map(drop)
}

/// Writes the next step of a wish.
pub async fn add_step(tx: &mut Tx, wish: &Wish, step: &Step) -> Result<(), DbError> {
    let seq = i64::try_from(wish.steps.len()).unwrap_or(i64::MAX).saturating_add(1);
    let sql = "INSERT INTO wish_step (wish_id, seq, kind, at, note_zh, note_en) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let Step { kind, at, note } = step;
    tx.run(sql, args![&wish.id, seq, kind.slug(), *at, &note.zh, &note.en]).await.map(drop)
}

fn one(row: &Row, steps: &[Row], viewer: &AccountId) -> Result<WishPage, DbError> {
    let mine = !viewer.as_str().is_empty() && row.text("maker")? == viewer.as_str();
    let steps = steps.iter().map(step).collect::<Result<_, _>>()?;
    Ok(WishPage { wish: wish(row, steps)?, mine, supported: row.flag("supported")? })
}

/// Wishes with their steps.
fn together(wishes: &[Row], steps: &[Row]) -> Result<Vec<Wish>, DbError> {
    let mut by_wish: HashMap<String, Vec<Step>> = HashMap::new();
    for row in steps {
        by_wish.entry(row.text("wish_id")?).or_default().push(step(row)?);
    }
    let with_steps = |row: &Row| wish(row, by_wish.remove(&row.text("id")?).unwrap_or_default());
    wishes.iter().map(with_steps).collect()
}

fn wish(row: &Row, steps: Vec<Step>) -> Result<Wish, DbError> {
    let category = row.text("category")?;
    Ok(Wish {
        id: WishId(row.text("id")?),
        number: row.count("number")?,
        centre: CentreId(row.text("centre_id")?),
        zone: row.json::<CentreDetails>("centre")?.zone,
        category: Category::from_slug(&category)
            .ok_or_else(|| DbError::Other(format!("no such category: {category}")))?,
        text: Text { zh: row.text("text_zh")?, en: row.text("text_en")? },
        made: row.moment("made")?,
        supports: row.count("supports")?,
        steps,
    })
}

fn step(row: &Row) -> Result<Step, DbError> {
    let kind = row.text("kind")?;
    Ok(Step {
        kind: StepKind::from_slug(&kind).ok_or_else(|| DbError::Other(format!("no such step: {kind}")))?,
        at: row.moment("at")?,
        note: Text { zh: row.text("note_zh")?, en: row.text("note_en")? },
    })
}
