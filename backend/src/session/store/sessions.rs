//! SQL of sessions: those of an account, the cookies of each, and what happened to them.

use std::collections::HashMap;

use domain::{
    device::{Device, DeviceKind, DeviceLine, DeviceLook, DeviceStep},
    id::{AccountId, DeviceId},
    time::{DAY, Moment},
};

use crate::{
    args,
    db::{Arg, Db, DbError, Row, Sql, Tx},
};

/// How many lines are shown of what happened.
const LINES: u32 = 10;
/// For how long they are kept, in milliseconds.
const KEPT: i64 = 90 * DAY;

/// Which of a session's cookies came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one that counts.
    Present,
    /// The one that was handed out to take its place.
    Next,
    /// The one before.
    Past,
}

/// A session by one of its cookies.
#[derive(Clone)]
pub struct Session {
    /// Whose.
    pub account: AccountId,
    /// The hash of the present cookie.
    pub hash: String,
    /// Which one came.
    pub which: Which,
    /// Whether another has been handed out.
    pub has_next: bool,
    /// When the present one took its place.
    pub turned: Moment,
    /// When it was used last.
    pub seen: Moment,
    /// What the device looked like.
    pub look: DeviceLook,
}

/// Writes a session.
pub async fn add_session(
    tx: &mut Tx,
    id: &DeviceId,
    hash: &str,
    account: &AccountId,
    look: DeviceLook,
    now: Moment,
) -> Result<(), DbError> {
    let sql = "INSERT INTO session (hash, account_id, made, seen, id, device, turned) \
               VALUES ($1, $2, $3, $3, $4, $5, $3)";
    tx.run(sql, args![hash, account, now, id, name_of(look)]).await.map(drop)
}

/// The sessions of which these are the hashes of cookies, by hash. Nearly everybody brings the cookie
/// that counts; who does not is looked for in all ways, for a cookie may come to count meanwhile.
pub async fn sessions(db: &Db, hashes: &[&str]) -> Result<HashMap<String, Session>, DbError> {
    const PRESENT: Sql = Sql::both(
        "SELECT hash AS cookie, hash, next_hash, account_id, turned, made, seen, device FROM session \
         WHERE hash IN (SELECT value FROM json_each($1))",
        "SELECT hash AS cookie, hash, next_hash, account_id, turned, made, seen, device FROM session \
         WHERE hash = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb))))",
    );
    const ALL_WAYS: Sql = Sql::both(
        "WITH asked(cookie) AS (SELECT value FROM json_each($1)) \
         SELECT a.cookie, s.* FROM asked a CROSS JOIN session s ON s.hash = a.cookie \
         UNION ALL SELECT a.cookie, s.* FROM asked a CROSS JOIN session s ON s.next_hash = a.cookie \
         UNION ALL SELECT a.cookie, s.* FROM asked a CROSS JOIN session s ON s.past_hash = a.cookie",
        "WITH asked(cookie) AS (SELECT jsonb_array_elements_text(CAST($1 AS jsonb))) \
         SELECT a.cookie, s.* FROM asked a JOIN session s ON s.hash = a.cookie \
         UNION ALL SELECT a.cookie, s.* FROM asked a JOIN session s ON s.next_hash = a.cookie \
         UNION ALL SELECT a.cookie, s.* FROM asked a JOIN session s ON s.past_hash = a.cookie",
    );
    let mut found = HashMap::with_capacity(hashes.len());
    for row in db.rows_first(PRESENT, args![Arg::json(hashes)?]).await? {
        let (cookie, session) = session(&row)?;
        found.insert(cookie, session);
    }
    let others: Vec<&str> = hashes.iter().copied().filter(|hash| !found.contains_key(*hash)).collect();
    if !others.is_empty() {
        for row in db.rows_first(ALL_WAYS, args![Arg::json(&others)?]).await? {
            let (cookie, session) = session(&row)?;
            found.insert(cookie, session);
        }
    }
    Ok(found)
}

/// Reads a session, and the hash of the cookie by which it was found.
fn session(row: &Row) -> Result<(String, Session), DbError> {
    let cookie = row.text("cookie")?;
    let (present, next) = (row.text("hash")?, row.text_opt("next_hash")?);
    let which = if present == cookie {
        Which::Present
    } else if next.as_deref() == Some(&*cookie) {
        Which::Next
    } else {
        Which::Past
    };
    let session = Session {
        account: AccountId(row.text("account_id")?),
        hash: present,
        which,
        has_next: next.is_some(),
        turned: row.moment("turned")?.max(row.moment("made")?),
        seen: row.moment("seen")?,
        look: look_of(&row.text("device")?),
    };
    Ok((cookie, session))
}

/// Hands out another cookie for a session that has none handed out.
pub async fn offer(db: &Db, hash: &str, next: &str) -> Result<(), DbError> {
    let mut tx = db.begin().await?;
    let sql = "UPDATE session SET next_hash = $2 WHERE hash = $1 AND next_hash IS NULL";
    tx.run(sql, args![hash, next]).await?;
    tx.commit().await
}

/// Says that the cookie that was handed out has come, and counts from now on.
pub async fn turn(db: &Db, next: &str, now: Moment) -> Result<(), DbError> {
    let mut tx = db.begin().await?;
    let sql = "UPDATE session SET past_hash = hash, hash = next_hash, next_hash = NULL, turned = $2, \
               seen = $2 WHERE next_hash = $1";
    tx.run(sql, args![next, now]).await?;
    tx.commit().await
}

/// Puts another cookie in the place of the present one at once; the one before is worth nothing.
pub async fn replace(tx: &mut Tx, hash: &str, new: &str, now: Moment) -> Result<bool, DbError> {
    let sql = "UPDATE session SET hash = $2, next_hash = NULL, past_hash = NULL, turned = $3 WHERE hash = $1";
    Ok(tx.run(sql, args![hash, new, now]).await? == 1)
}

/// Says that a session is in use.
pub async fn see(db: &Db, hash: &str, now: Moment) -> Result<(), DbError> {
    let mut tx = db.begin().await?;
    tx.run("UPDATE session SET seen = $2 WHERE hash = $1", args![hash, now]).await?;
    tx.commit().await
}

/// Ends a session; whether there was one.
pub async fn end_session(tx: &mut Tx, hash: &str) -> Result<bool, DbError> {
    Ok(tx.run("DELETE FROM session WHERE hash = $1", args![hash]).await? == 1)
}

/// Removes an account's sessions that were not used since `since`.
pub async fn forget_lapsed(tx: &mut Tx, account: &AccountId, since: Moment) -> Result<(), DbError> {
    let sql = "DELETE FROM session WHERE account_id = $1 AND seen <= $2";
    tx.run(sql, args![account, since]).await.map(drop)
}

/// An account's devices that were used after `since`, those used last first; `here` is the hash of
/// the one that asks.
pub async fn devices(
    db: &Db,
    account: &AccountId,
    here: &str,
    since: Moment,
) -> Result<Vec<Device>, DbError> {
    let sql = "SELECT COALESCE(id, hash) AS id, hash, made, seen, device FROM session \
               WHERE account_id = $1 AND seen > $2 ORDER BY seen DESC, id";
    let device = |row: &Row| {
        Ok(Device {
            id: DeviceId(row.text("id")?),
            look: look_of(&row.text("device")?),
            made: row.moment("made")?,
            seen: row.moment("seen")?,
            here: row.text("hash")? == here,
        })
    };
    db.rows(sql, args![account, since]).await?.iter().map(device).collect()
}

/// Ends one of an account's sessions: its hash and what it looked like, or `None` where it has none
/// such.
pub async fn end_device(
    tx: &mut Tx,
    account: &AccountId,
    id: &DeviceId,
) -> Result<Option<(String, DeviceLook)>, DbError> {
    let sql = "DELETE FROM session WHERE account_id = $1 AND COALESCE(id, hash) = $2 RETURNING hash, device";
    let row = tx.row(sql, args![account, id]).await?;
    row.map(|row| Ok((row.text("hash")?, look_of(&row.text("device")?)))).transpose()
}

/// Ends all of an account's sessions but the one with that hash: what they looked like.
pub async fn end_others(tx: &mut Tx, account: &AccountId, but: &str) -> Result<Vec<DeviceLook>, DbError> {
    let sql = "DELETE FROM session WHERE account_id = $1 AND hash <> $2 RETURNING device";
    let rows = tx.rows(sql, args![account, but]).await?;
    rows.iter().map(|row| Ok(look_of(&row.text("device")?))).collect()
}

/// Writes what happened, and forgets what is old.
pub async fn add_line(
    tx: &mut Tx,
    account: &AccountId,
    step: DeviceStep,
    look: DeviceLook,
    now: Moment,
) -> Result<(), DbError> {
    let old = "DELETE FROM device_line WHERE account_id = $1 AND at < $2";
    tx.run(old, args![account, now.plus(-KEPT)]).await?;
    let sql = "INSERT INTO device_line (account_id, step, device, at) VALUES ($1, $2, $3, $4)";
    tx.run(sql, args![account, step_name(step), name_of(look), now]).await.map(drop)
}

/// What happened last, newest first; of one instant, ends before beginnings.
pub async fn lines(db: &Db, account: &AccountId) -> Result<Vec<DeviceLine>, DbError> {
    let sql =
        "SELECT step, device, at FROM device_line WHERE account_id = $1 ORDER BY at DESC, step LIMIT $2";
    let line = |row: &Row| {
        let name = row.text("step")?;
        let step = STEPS.iter().find(|(_, known)| *known == name).map(|(step, _)| *step);
        let step = step.ok_or_else(|| DbError::Other(format!("no such step: {name}")))?;
        Ok(DeviceLine { step, look: look_of(&row.text("device")?), at: row.moment("at")? })
    };
    db.rows(sql, args![account, LINES]).await?.iter().map(line).collect()
}

const STEPS: [(DeviceStep, &str); 5] = [
    (DeviceStep::SignedIn, "signed-in"),
    (DeviceStep::Ended, "ended"),
    (DeviceStep::CopyFound, "copy-found"),
    (DeviceStep::Bound, "bound"),
    (DeviceStep::Unbound, "unbound"),
];

fn step_name(step: DeviceStep) -> &'static str {
    STEPS.iter().find(|(known, _)| *known == step).map_or("signed-in", |(_, name)| name)
}

const KINDS: [(DeviceKind, &str); 6] = [
    (DeviceKind::Iphone, "iphone"),
    (DeviceKind::Ipad, "ipad"),
    (DeviceKind::Android, "android"),
    (DeviceKind::Harmony, "harmony"),
    (DeviceKind::Computer, "computer"),
    (DeviceKind::Other, "other"),
];

/// A look as it is kept: `iphone`, `wechat android`.
fn name_of(look: DeviceLook) -> String {
    let name = KINDS.iter().find(|(kind, _)| *kind == look.kind).map_or("other", |(_, name)| name);
    if look.wechat { format!("wechat {name}") } else { name.to_owned() }
}

fn look_of(name: &str) -> DeviceLook {
    let plain = name.strip_prefix("wechat ");
    let (wechat, name) = (plain.is_some(), plain.unwrap_or(name));
    let kind = KINDS.iter().find(|(_, known)| *known == name).map_or(DeviceKind::Other, |(kind, _)| *kind);
    DeviceLook { kind, wechat }
}
