//! SQL of circles: bonds, codes and lines.

use domain::{
    circle::{About, Deed, INVITATION_LIFE, MOST_LINES, Scope},
    id::{AccountId, BondId, BookingId, SlotId},
    text::Text,
    time::{CHINA, Moment},
};

use crate::{
    args,
    call::Key,
    catalogue::details::{CentreDetails, OfferingDetails},
    db::{Db, DbError, Row, Tx},
};

/// A bond, also one that has ended.
pub struct Bond {
    pub id: BondId,
    /// Whose circle it is.
    pub account: AccountId,
    /// The relative, unless they are no more.
    pub member: Option<AccountId>,
    pub scope: Scope,
    pub names_box: String,
    pub made: Moment,
    pub ended: Option<Moment>,
    pub ended_by: Option<AccountId>,
}

fn scope(row: &Row) -> Result<Scope, DbError> {
    let name = row.text("scope")?;
    Scope::from_name(&name).ok_or_else(|| DbError::Other(format!("no such scope: {name}")))
}

fn bond(row: &Row) -> Result<Bond, DbError> {
    Ok(Bond {
        id: BondId(row.text("id")?),
        account: AccountId(row.text("account_id")?),
        member: row.text_opt("member_id")?.map(AccountId),
        scope: scope(row)?,
        names_box: row.text("names_box")?,
        made: row.moment("made")?,
        ended: row.int_opt("ended")?.map(Moment),
        ended_by: row.text_opt("ended_by")?.map(AccountId),
    })
}

/// The bond by which that account acts for another, if it holds: not where either is about to be
/// erased.
pub async fn live_bond(db: &Db, id: &BondId, member: &AccountId) -> Result<Option<Bond>, DbError> {
    let sql = "SELECT c.* FROM circle c WHERE c.id = $1 AND c.member_id = $2 AND c.ended IS NULL \
               AND NOT EXISTS (SELECT 1 FROM leaving l WHERE l.account_id IN (c.account_id, c.member_id))";
    db.row(sql, args![id, member]).await?.as_ref().map(bond).transpose()
}

/// All bonds of an account's own circle there ever were, earliest first, each with the relative's
/// sealed telephone.
pub async fn members(db: &Db, account: &AccountId) -> Result<Vec<(Bond, Option<String>)>, DbError> {
    let sql = "SELECT c.*, a.phone_box FROM circle c LEFT JOIN account a ON a.id = c.member_id \
               WHERE c.account_id = $1 ORDER BY c.made, c.id";
    let rows = db.rows(sql, args![account]).await?;
    rows.iter().map(|row| Ok((bond(row)?, row.text_opt("phone_box")?))).collect()
}

/// The bonds by which an account acts for others, earliest first.
pub async fn elders(db: &Db, account: &AccountId) -> Result<Vec<Bond>, DbError> {
    let sql = "SELECT * FROM circle WHERE member_id = $1 AND ended IS NULL ORDER BY made, id";
    db.rows(sql, args![account]).await?.iter().map(bond).collect()
}

/// A bond, also one that has ended.
pub async fn any_bond(db: &Db, id: &BondId) -> Result<Option<Bond>, DbError> {
    db.row("SELECT * FROM circle WHERE id = $1", args![id]).await?.as_ref().map(bond).transpose()
}

/// Like [`any_bond`], within a transaction.
pub async fn bond_within(tx: &mut Tx, id: &BondId) -> Result<Option<Bond>, DbError> {
    tx.row("SELECT * FROM circle WHERE id = $1", args![id]).await?.as_ref().map(bond).transpose()
}

/// How many relatives an account has, and for how many others one acts.
pub async fn counts(tx: &mut Tx, account: &AccountId, member: &AccountId) -> Result<(i64, i64), DbError> {
    let sql = "SELECT (SELECT COUNT(*) FROM circle WHERE account_id = $1 AND ended IS NULL) AS members, \
               (SELECT COUNT(*) FROM circle WHERE member_id = $2 AND ended IS NULL) AS elders";
    let row = tx.row(sql, args![account, member]).await?;
    row.map_or(Ok((0, 0)), |row| Ok((row.int("members")?, row.int("elders")?)))
}

/// Keeps a new bond.
pub async fn add_bond(tx: &mut Tx, bond: &Bond) -> Result<(), DbError> {
    let sql = "INSERT INTO circle (id, account_id, member_id, scope, names_box, made) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let Bond { id, account, member, scope, names_box, made, .. } = bond;
    tx.run(sql, args![id, account, member.as_ref(), scope.name(), names_box, *made]).await.map(drop)
}

/// Ends a bond; whether there was one.
pub async fn end_bond(tx: &mut Tx, id: &BondId, by: &AccountId, now: Moment) -> Result<bool, DbError> {
    let sql = "UPDATE circle SET ended = $2, ended_by = $3 WHERE id = $1 AND ended IS NULL";
    Ok(tx.run(sql, args![id, now, by]).await? > 0)
}

/// Ends the bond that a relative has in a circle, if there is one, for another takes its place.
pub async fn end_bond_of(
    tx: &mut Tx,
    account: &AccountId,
    member: &AccountId,
    now: Moment,
) -> Result<(), DbError> {
    let sql = "UPDATE circle SET ended = $3, ended_by = $2 \
               WHERE account_id = $1 AND member_id = $2 AND ended IS NULL";
    tx.run(sql, args![account, member, now]).await.map(drop)
}

/// A code that was made.
pub struct Code {
    pub id: String,
    pub account: AccountId,
    pub scope: Scope,
    pub names_box: String,
    pub made: Moment,
    over: bool,
}

impl Code {
    /// Whether somebody can come with it.
    pub fn is_good(&self, now: Moment) -> bool {
        !self.over && now < self.made.plus(INVITATION_LIFE)
    }

    fn read(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.text("id")?,
            account: AccountId(row.text("account_id")?),
            scope: scope(row)?,
            names_box: row.text("names_box")?,
            made: row.moment("made")?,
            over: row.int_opt("used")?.is_some() || row.int_opt("ended")?.is_some(),
        })
    }
}

/// The code that an account made last.
pub async fn latest_code(db: &Db, account: &AccountId) -> Result<Option<Code>, DbError> {
    let sql = "SELECT * FROM circle_code WHERE account_id = $1 ORDER BY made DESC, \
               CASE WHEN ended IS NULL AND used IS NULL THEN 0 ELSE 1 END, id LIMIT 1";
    db.row(sql, args![account]).await?.as_ref().map(Code::read).transpose()
}

/// A code, whatever has become of it, of an account that is still there.
pub async fn code_within(tx: &mut Tx, mac: &str) -> Result<Option<Code>, DbError> {
    let sql = "SELECT c.* FROM circle_code c JOIN account a ON a.id = c.account_id AND a.erased IS NULL \
               WHERE c.code_mac = $1";
    tx.row(sql, args![mac]).await?.as_ref().map(Code::read).transpose()
}

/// Codes of an account from before can be used no more.
pub async fn end_codes(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<(), DbError> {
    let sql = "UPDATE circle_code SET ended = $2 WHERE account_id = $1 AND used IS NULL AND ended IS NULL";
    tx.run(sql, args![account, now]).await.map(drop)
}

/// Keeps a new code.
pub async fn add_code(
    tx: &mut Tx,
    id: &str,
    account: &AccountId,
    scope: Scope,
    [names_box, mac]: [&str; 2],
    now: Moment,
) -> Result<(), DbError> {
    let sql = "INSERT INTO circle_code (id, account_id, scope, names_box, code_mac, made) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    tx.run(sql, args![id, account, scope.name(), names_box, mac, now]).await.map(drop)
}

/// Somebody has come with a code.
pub async fn use_code(tx: &mut Tx, id: &str, now: Moment) -> Result<(), DbError> {
    tx.run("UPDATE circle_code SET used = $2 WHERE id = $1", args![id, now]).await.map(drop)
}

/// What a relative is about to do.
pub struct Tried<'a> {
    pub bond: &'a BondId,
    pub key: &'a Key,
    pub deed: Deed,
    /// What stands in the address.
    pub subject: Option<&'a str>,
    pub now: Moment,
}

/// Keeps a line, unless the same request left one not before `since`; whether it is that request. With
/// the key of another nothing may be done: her log would have it as the other.
pub async fn add_line(tx: &mut Tx, tried: &Tried<'_>, since: Moment) -> Result<bool, DbError> {
    const ADD: &str = "INSERT INTO circle_line (circle_id, idem_key, body_hash, deed, subject, at) \
                       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (circle_id, idem_key) DO NOTHING";
    const FIND: &str =
        "SELECT body_hash, deed, subject, at FROM circle_line WHERE circle_id = $1 AND idem_key = $2";
    let Tried { bond, key, deed, subject, now } = *tried;
    let line = args![bond, &key.text, &key.body_hash, deed.name(), subject, now];
    if tx.run(ADD, line).await? == 1 {
        return Ok(true);
    }
    let Some(row) = tx.row(FIND, args![bond, &key.text]).await? else { return Ok(false) };
    // Lines from before hashes were kept have none.
    let hash = row.text("body_hash")?;
    Ok((hash.is_empty() || hash == key.body_hash)
        && row.text("deed")? == deed.name()
        && row.text_opt("subject")?.as_deref() == subject
        && row.moment("at")? >= since)
}

/// Notes that what a line says was done, now and not when it was tried first.
pub async fn done(tx: &mut Tx, bond: &BondId, key: &str, now: Moment) -> Result<(), DbError> {
    let sql =
        "UPDATE circle_line SET done = $3, at = $3 WHERE circle_id = $1 AND idem_key = $2 AND done IS NULL";
    tx.run(sql, args![bond, key, now]).await.map(drop)
}

/// A line as it is kept, with what it is about.
pub struct LineRow {
    pub bond: BondId,
    pub at: Moment,
    pub deed: Deed,
    pub done: bool,
    pub about: Option<About>,
}

/// Selects what [`line`] reads, of the circles that the rest of the statement says. What a line names is
/// looked up among her own bookings alone: the relative may have named anything.
macro_rules! lines {
    ($which:literal) => {
        concat!(
            "SELECT l.circle_id, l.deed, b.id AS booking, s.id AS slot, s.starts, o.details, \
             d.details AS draw_details, p.details AS centre_details, \
             CASE WHEN l.done IS NOT NULL OR m.id IS NOT NULL OR a.idem_key IS NOT NULL THEN 1 ELSE 0 END \
             AS done, \
             CASE WHEN l.done IS NULL THEN COALESCE(m.made, a.made, l.at) ELSE l.at END AS at \
             FROM circle c JOIN circle_line l ON l.circle_id = c.id \
             LEFT JOIN booking m ON m.account_id = c.account_id AND m.idem_key = l.idem_key \
             LEFT JOIN booking b ON b.id = COALESCE(m.id, l.subject) AND b.account_id = c.account_id \
             LEFT JOIN slot s ON s.id = COALESCE(b.slot_id, l.subject) \
             LEFT JOIN offering o ON o.id = s.offering_id \
             LEFT JOIN draw d ON d.id = l.subject \
             LEFT JOIN centre p ON p.id = COALESCE(o.centre_id, d.centre_id) \
             LEFT JOIN answered a ON a.account_id = c.account_id AND a.idem_key = l.idem_key \
             WHERE ",
            $which,
            " ORDER BY at DESC, l.circle_id, l.idem_key LIMIT $2"
        )
    };
}

fn line(row: &Row) -> Result<LineRow, DbError> {
    let deed = row.text("deed")?;
    let title: Option<Text> = if row.text_opt("details")?.is_some() {
        Some(row.json::<OfferingDetails>("details")?.title)
    } else if row.text_opt("draw_details")?.is_some() {
        Some(row.json::<Titled>("draw_details")?.title)
    } else {
        None
    };
    let zone = match row.text_opt("centre_details")? {
        Some(_) => row.json::<CentreDetails>("centre_details")?.zone,
        None => CHINA,
    };
    let about = |title| -> Result<About, DbError> {
        Ok(About {
            booking: row.text_opt("booking")?.map(BookingId),
            slot: row.text_opt("slot")?.map(SlotId),
            title,
            starts: row.int_opt("starts")?.map(Moment),
            zone,
        })
    };
    Ok(LineRow {
        bond: BondId(row.text("circle_id")?),
        at: row.moment("at")?,
        deed: Deed::from_name(&deed).ok_or_else(|| DbError::Other(format!("no such deed: {deed}")))?,
        done: row.flag("done")?,
        about: title.map(about).transpose()?,
    })
}

/// A draw has a title, too.
#[derive(serde::Deserialize)]
struct Titled {
    title: Text,
}

/// What was done in the circle of an account, latest first.
pub async fn lines_of(db: &Db, account: &AccountId) -> Result<Vec<LineRow>, DbError> {
    const LINES: &str = lines!("c.account_id = $1");
    db.rows(LINES, args![account, MOST_LINES]).await?.iter().map(line).collect()
}

/// What was done by a bond, latest first.
pub async fn lines_by(db: &Db, bond: &BondId) -> Result<Vec<LineRow>, DbError> {
    const LINES: &str = lines!("c.id = $1");
    db.rows(LINES, args![bond, MOST_LINES]).await?.iter().map(line).collect()
}

/// The bond by which a booking of an account was made, with the sealed names.
pub async fn helper(
    db: &Db,
    account: &AccountId,
    booking: &BookingId,
) -> Result<Option<(BondId, String)>, DbError> {
    let sql = "SELECT c.id, c.names_box FROM booking b JOIN circle c ON c.account_id = b.account_id \
               JOIN circle_line l ON l.circle_id = c.id AND l.idem_key = b.idem_key \
               WHERE b.id = $1 AND b.account_id = $2";
    let row = db.row(sql, args![booking, account]).await?;
    row.map(|row| Ok((BondId(row.text("id")?), row.text("names_box")?))).transpose()
}
