//! SQL of the staff.

use domain::{
    area::{Area, Way},
    id::{AccountId, AreaId, CentreId, CityId, StaffId},
    staff::{Post, Standing, Workplace},
    text::Text,
    time::Moment,
};

use crate::{
    args,
    catalogue::details::CentreDetails,
    db::{self, Db, DbError, Tx},
};

/// Somebody of the staff as they are kept.
pub struct Row {
    pub id: StaffId,
    pub account: Option<AccountId>,
    pub sealed_box: String,
    pub post: Post,
    /// The way down to its centre or area; nothing for who runs the house.
    pub way: Way,
    /// The name of the centre or the area.
    pub place: Text,
    pub made: Moment,
    pub suspended: bool,
}

impl Row {
    /// How they stand.
    pub fn standing(&self) -> Standing {
        match (self.suspended, &self.account) {
            (true, _) => Standing::Suspended,
            (false, None) => Standing::Pending,
            (false, Some(_)) => Standing::Active,
        }
    }
}

/// The posts that an account holds at this moment.
pub async fn posts(db: &Db, account: &AccountId) -> Result<Vec<Post>, DbError> {
    let sql = "SELECT role, centre_id, area_id FROM staff WHERE account_id = $1 AND suspended IS NULL \
               ORDER BY made, id";
    db.rows(sql, args![account]).await?.iter().map(post).collect()
}

/// The way down to a centre.
pub async fn way_to(db: &Db, centre: &CentreId) -> Result<Option<Way>, DbError> {
    let sql = "SELECT a.path FROM centre c LEFT JOIN area a ON a.id = COALESCE(c.area_id, c.city_id) \
               WHERE c.id = $1";
    db.row(sql, args![centre]).await?.as_ref().map(way).transpose()
}

/// The way down to the centre or area of a post; nothing where there is no such place.
pub async fn way_of(db: &Db, post: &Post) -> Result<Option<Way>, DbError> {
    match post {
        Post::Staff(centre) => way_to(db, centre).await,
        Post::Office(area) => {
            let row = db.row("SELECT path FROM area WHERE id = $1", args![area]).await?;
            row.as_ref().map(way).transpose()
        }
        Post::Admin => Ok(Some(Way::default())),
    }
}

/// All areas in the order of the tree.
pub async fn areas(db: &Db) -> Result<Vec<Area>, DbError> {
    let sql = "SELECT id, path, name_zh, name_en FROM area ORDER BY sort, id";
    let area = |row: &db::Row| {
        Ok(Area {
            id: AreaId(row.text("id")?),
            name: Text { zh: row.text("name_zh")?, en: row.text("name_en")? },
            way: way(row)?,
        })
    };
    db.rows(sql, args![]).await?.iter().map(area).collect()
}

/// All centres that are listed, city by city and down the tree.
pub async fn workplaces(db: &Db) -> Result<Vec<Workplace>, DbError> {
    let sql = "SELECT c.id, c.city_id, c.details, t.name_zh, t.name_en, a.path FROM centre c \
               JOIN city t ON t.id = c.city_id LEFT JOIN area a ON a.id = COALESCE(c.area_id, c.city_id) \
               WHERE c.sort >= 0 ORDER BY t.sort, a.sort, c.sort, c.id";
    db.rows(sql, args![])
        .await?
        .iter()
        .map(|row| {
            let details: CentreDetails = row.json("details")?;
            Ok(Workplace {
                centre: CentreId(row.text("id")?),
                name: details.name,
                city: CityId(row.text("city_id")?),
                city_name: Text { zh: row.text("name_zh")?, en: row.text("name_en")? },
                way: way(row)?,
                zone: details.zone,
            })
        })
        .collect()
}

/// Lets one change of posts pass at a time, on all servers, until the transaction ends.
pub async fn hold(tx: &mut Tx) -> Result<(), DbError> {
    let sql = "INSERT INTO counter (name, value) VALUES ('staff', 1) \
               ON CONFLICT (name) DO UPDATE SET value = counter.value + 1";
    tx.run(sql, args![]).await.map(drop)
}

/// Whether the centre or area of a post is there.
pub async fn exists(tx: &mut Tx, post: &Post) -> Result<bool, DbError> {
    let row = match post {
        Post::Staff(centre) => tx.row("SELECT id FROM centre WHERE id = $1", args![centre]).await?,
        Post::Office(area) => tx.row("SELECT id FROM area WHERE id = $1", args![area]).await?,
        Post::Admin => return Ok(true),
    };
    Ok(row.is_some())
}

/// Whose that post of that telephone is.
pub async fn find(tx: &mut Tx, phone_mac: &str, post: &Post) -> Result<Option<StaffId>, DbError> {
    let sql = "SELECT id FROM staff WHERE phone_mac = $1 AND role = $2 \
               AND COALESCE(centre_id, area_id, '') = $3";
    let (role, scope) = named(post);
    let row = tx.row(sql, args![phone_mac, role, scope.unwrap_or_default()]).await?;
    row.map(|row| Ok(StaffId(row.text("id")?))).transpose()
}

/// Writes somebody new, with the account of the telephone where it has one.
pub async fn add(
    tx: &mut Tx,
    id: &StaffId,
    phone_mac: &str,
    sealed: &str,
    post: &Post,
    now: Moment,
    by: Option<&AccountId>,
) -> Result<(), DbError> {
    let sql = "INSERT INTO staff (id, phone_mac, account_id, sealed_box, role, centre_id, area_id, made, \
                                  made_by) \
               VALUES ($1, $2, (SELECT a.id FROM account a WHERE a.phone_mac = $2), $3, $4, $5, $6, $7, $8)";
    let (role, scope) = named(post);
    let (centre, area) = match post {
        Post::Staff(_) => (scope, None),
        Post::Office(_) | Post::Admin => (None, scope),
    };
    tx.run(sql, args![id, phone_mac, sealed, role, centre, area, now, by]).await.map(drop)
}

/// Whether a post came with the demo.
pub async fn set_demo(tx: &mut Tx, id: &StaffId, demo: bool) -> Result<(), DbError> {
    tx.run("UPDATE staff SET demo = $2 WHERE id = $1", args![id, demo]).await.map(drop)
}

/// The posts that came with the demo.
pub async fn of_demo(tx: &mut Tx) -> Result<Vec<StaffId>, DbError> {
    let rows = tx.rows("SELECT id FROM staff WHERE demo = 1 ORDER BY id", args![]).await?;
    rows.iter().map(|row| row.text("id").map(StaffId)).collect()
}

/// Takes a post away for good, with all that was known of who held it.
pub async fn remove(tx: &mut Tx, id: &StaffId) -> Result<(), DbError> {
    tx.run("DELETE FROM staff WHERE id = $1", args![id]).await.map(drop)
}

/// Takes a post away since then, or gives it back.
pub async fn set_suspended(tx: &mut Tx, id: &StaffId, since: Option<Moment>) -> Result<(), DbError> {
    tx.run("UPDATE staff SET suspended = $2 WHERE id = $1", args![id, since]).await.map(drop)
}

/// Gives an account the posts that its telephone was invited to.
pub async fn claim(tx: &mut Tx, account: &AccountId, phone_mac: &str) -> Result<(), DbError> {
    let sql = "UPDATE staff SET account_id = $1 WHERE phone_mac = $2 AND account_id IS NULL";
    tx.run(sql, args![account, phone_mac]).await.map(drop)
}

/// Whether somebody else runs the house: who has signed in, and is not about to be erased.
pub async fn has_other_admin(tx: &mut Tx, id: &StaffId) -> Result<bool, DbError> {
    let sql = "SELECT s.id FROM staff s LEFT JOIN leaving l ON l.account_id = s.account_id \
               WHERE s.role = 'admin' AND s.suspended IS NULL AND s.account_id IS NOT NULL \
               AND l.account_id IS NULL AND s.id <> $1 LIMIT 1";
    Ok(tx.row(sql, args![id]).await?.is_some())
}

/// The post by which an account runs the house at this moment.
pub async fn admin_of(tx: &mut Tx, account: &AccountId) -> Result<Option<StaffId>, DbError> {
    let sql = "SELECT id FROM staff WHERE account_id = $1 AND role = 'admin' AND suspended IS NULL";
    tx.row(sql, args![account]).await?.map(|row| row.text("id").map(StaffId)).transpose()
}

/// Some post with what is sealed of who holds it.
pub async fn any_box(db: &Db) -> Result<Option<(StaffId, String)>, DbError> {
    let row = db.row("SELECT id, sealed_box FROM staff LIMIT 1", args![]).await?;
    row.map(|row| Ok((StaffId(row.text("id")?), row.text("sealed_box")?))).transpose()
}

/// Selects what [`member`] reads, of the posts that the rest of the statement says.
macro_rules! members {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.account_id, s.sealed_box, s.role, s.centre_id, s.area_id, s.made, s.suspended, \
             c.details, a.path, a.name_zh, a.name_en FROM staff s LEFT JOIN centre c ON c.id = s.centre_id \
             LEFT JOIN area a ON a.id = COALESCE(s.area_id, c.area_id, c.city_id) ",
            $rest
        )
    };
}

/// All of the staff: who runs the house, then offices, then desks, both in the order of the tree.
pub async fn all(db: &Db) -> Result<Vec<Row>, DbError> {
    const ALL: &str = members!("ORDER BY s.role, a.sort, c.sort, s.made, s.id");
    db.rows(ALL, args![]).await?.iter().map(member).collect()
}

/// One of them.
pub async fn one(tx: &mut Tx, id: &StaffId) -> Result<Option<Row>, DbError> {
    const ONE: &str = members!("WHERE s.id = $1");
    tx.row(ONE, args![id]).await?.as_ref().map(member).transpose()
}

/// The posts of a telephone.
pub async fn of_phone(tx: &mut Tx, phone_mac: &str) -> Result<Vec<Row>, DbError> {
    const OF_PHONE: &str = members!("WHERE s.phone_mac = $1 ORDER BY s.made, s.id");
    tx.rows(OF_PHONE, args![phone_mac]).await?.iter().map(member).collect()
}

/// The posts that an account holds, as they are kept.
pub async fn of_account(tx: &mut Tx, account: &AccountId) -> Result<Vec<Row>, DbError> {
    const OF_ACCOUNT: &str =
        members!("WHERE s.account_id = $1 AND s.suspended IS NULL ORDER BY s.made, s.id");
    tx.rows(OF_ACCOUNT, args![account]).await?.iter().map(member).collect()
}

fn member(row: &db::Row) -> Result<Row, DbError> {
    let post = post(row)?;
    let place = match &post {
        Post::Staff(_) => row.json::<CentreDetails>("details")?.name,
        Post::Office(_) => Text { zh: row.text("name_zh")?, en: row.text("name_en")? },
        Post::Admin => Text::default(),
    };
    Ok(Row {
        id: StaffId(row.text("id")?),
        account: row.text_opt("account_id")?.map(AccountId),
        sealed_box: row.text("sealed_box")?,
        post,
        way: way(row)?,
        place,
        made: row.moment("made")?,
        suspended: row.int_opt("suspended")?.is_some(),
    })
}

/// The way of a row; none where nothing is known of the place.
fn way(row: &db::Row) -> Result<Way, DbError> {
    Ok(row.text_opt("path")?.map(|path| Way::parse(&path)).unwrap_or_default())
}

/// The post of a row.
fn post(row: &db::Row) -> Result<Post, DbError> {
    let role = row.text("role")?;
    match (&*role, row.text_opt("centre_id")?, row.text_opt("area_id")?) {
        ("staff", Some(centre), _) => Ok(Post::Staff(CentreId(centre))),
        ("office", _, Some(area)) => Ok(Post::Office(AreaId(area))),
        ("admin", ..) => Ok(Post::Admin),
        _ => Err(DbError::Other(format!("no such post: {role}"))),
    }
}

/// A post as the database names it.
fn named(post: &Post) -> (&'static str, Option<String>) {
    match post {
        Post::Staff(centre) => ("staff", Some(centre.0.clone())),
        Post::Office(area) => ("office", Some(area.0.clone())),
        Post::Admin => ("admin", None),
    }
}
