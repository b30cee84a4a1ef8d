//! SQL of teams.

use domain::{
    id::{AccountId, CentreId, MemberId, TaskId, TeamId},
    staff::Standing,
    team::Team,
    text::Text,
    time::Moment,
};

use crate::{
    args,
    catalogue::details::CentreDetails,
    db::{Db, DbError, Row, Tx},
};

/// Somebody of a team as they are kept.
pub struct MemberRow {
    pub id: MemberId,
    pub team: TeamId,
    pub centre: CentreId,
    pub account: Option<AccountId>,
    pub sealed_box: String,
    pub standing: Standing,
    pub made: Moment,
}

/// Selects what [`team`] reads, of the teams that the rest of the statement says.
macro_rules! teams {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.centre_id, t.name_zh, t.name_en, t.about_zh, t.about_en, c.details FROM team t \
             JOIN centre c ON c.id = t.centre_id ",
            $rest
        )
    };
}

fn team(row: &Row) -> Result<Team, DbError> {
    Ok(Team {
        id: TeamId(row.text("id")?),
        centre: CentreId(row.text("centre_id")?),
        centre_name: row.json::<CentreDetails>("details")?.name,
        name: Text { zh: row.text("name_zh")?, en: row.text("name_en")? },
        about: Text { zh: row.text("about_zh")?, en: row.text("about_en")? },
    })
}

/// The teams of a centre.
pub async fn of_centre(db: &Db, centre: &CentreId) -> Result<Vec<Team>, DbError> {
    const OF_CENTRE: &str = teams!("WHERE t.centre_id = $1 AND t.sort >= 0 ORDER BY t.sort, t.id");
    db.rows(OF_CENTRE, args![centre]).await?.iter().map(team).collect()
}

/// The teams that an account is in.
pub async fn of_account(db: &Db, account: &AccountId) -> Result<Vec<Team>, DbError> {
    const OF_ACCOUNT: &str = teams!(
        "JOIN team_member m ON m.team_id = t.id \
         WHERE m.account_id = $1 AND m.suspended IS NULL AND t.sort >= 0 ORDER BY t.sort, t.id"
    );
    db.rows(OF_ACCOUNT, args![account]).await?.iter().map(team).collect()
}

/// A team, where that account is in it.
pub async fn own(db: &Db, id: &TeamId, account: &AccountId) -> Result<Option<Team>, DbError> {
    const OWN: &str = teams!(
        "JOIN team_member m ON m.team_id = t.id \
         WHERE t.id = $1 AND m.account_id = $2 AND m.suspended IS NULL AND t.sort >= 0"
    );
    db.row(OWN, args![id, account]).await?.as_ref().map(team).transpose()
}

/// A team.
pub async fn one(db: &Db, id: &TeamId) -> Result<Option<Team>, DbError> {
    const ONE: &str = teams!("WHERE t.id = $1 AND t.sort >= 0");
    db.row(ONE, args![id]).await?.as_ref().map(team).transpose()
}

/// Selects what [`member`] reads, of the members that the rest of the statement says.
macro_rules! members {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.team_id, m.account_id, m.sealed_box, m.made, m.suspended, t.centre_id \
             FROM team_member m JOIN team t ON t.id = m.team_id ",
            $rest
        )
    };
}

const ONE_MEMBER: &str = members!("WHERE m.id = $1");

fn member(row: &Row) -> Result<MemberRow, DbError> {
    let account = row.text_opt("account_id")?.map(AccountId);
    let standing = match (row.int_opt("suspended")?, &account) {
        (Some(_), _) => Standing::Suspended,
        (None, None) => Standing::Pending,
        (None, Some(_)) => Standing::Active,
    };
    Ok(MemberRow {
        id: MemberId(row.text("id")?),
        team: TeamId(row.text("team_id")?),
        centre: CentreId(row.text("centre_id")?),
        account,
        sealed_box: row.text("sealed_box")?,
        standing,
        made: row.moment("made")?,
    })
}

/// Everybody of the teams of a centre, first come first.
pub async fn members(db: &Db, centre: &CentreId) -> Result<Vec<MemberRow>, DbError> {
    const MEMBERS: &str = members!("WHERE t.centre_id = $1 ORDER BY m.made, m.id");
    db.rows(MEMBERS, args![centre]).await?.iter().map(member).collect()
}

/// Everybody of a team, first come first.
pub async fn members_of(db: &Db, team: &TeamId) -> Result<Vec<MemberRow>, DbError> {
    const MEMBERS_OF: &str = members!("WHERE m.team_id = $1 ORDER BY m.made, m.id");
    db.rows(MEMBERS_OF, args![team]).await?.iter().map(member).collect()
}

/// Somebody of a team.
pub async fn one_member(db: &Db, id: &MemberId) -> Result<Option<MemberRow>, DbError> {
    db.row(ONE_MEMBER, args![id]).await?.as_ref().map(member).transpose()
}

/// Like [`one_member`], within a transaction.
pub async fn one_member_in(tx: &mut Tx, id: &MemberId) -> Result<Option<MemberRow>, DbError> {
    tx.row(ONE_MEMBER, args![id]).await?.as_ref().map(member).transpose()
}

/// Whose place in a team that telephone has.
pub async fn find(tx: &mut Tx, phone_mac: &str, team: &TeamId) -> Result<Option<MemberId>, DbError> {
    let sql = "SELECT id FROM team_member WHERE phone_mac = $1 AND team_id = $2";
    tx.row(sql, args![phone_mac, team]).await?.map(|row| row.text("id").map(MemberId)).transpose()
}

/// Writes somebody new, with the account of the telephone where it has one.
pub async fn add(
    tx: &mut Tx,
    [id, phone_mac, sealed]: [&str; 3],
    team: &TeamId,
    now: Moment,
    by: Option<&AccountId>,
    demo: bool,
) -> Result<(), DbError> {
    let sql = "INSERT INTO team_member (id, phone_mac, account_id, sealed_box, team_id, made, made_by, demo) \
               VALUES ($1, $2, (SELECT a.id FROM account a WHERE a.phone_mac = $2), $3, $4, $5, $6, $7)";
    tx.run(sql, args![id, phone_mac, sealed, team, now, by, demo]).await.map(drop)
}

/// Suspends somebody since then, or gives the place back: what a person gives is not the demo's any more.
pub async fn set_suspended(tx: &mut Tx, id: &MemberId, since: Option<Moment>) -> Result<(), DbError> {
    tx.run("UPDATE team_member SET suspended = $2, demo = 0 WHERE id = $1", args![id, since]).await.map(drop)
}

/// Takes somebody out.
pub async fn remove(tx: &mut Tx, id: &MemberId) -> Result<(), DbError> {
    tx.run("DELETE FROM team_member WHERE id = $1", args![id]).await.map(drop)
}

/// Takes out whoever came with the demo.
pub async fn remove_demo(tx: &mut Tx) -> Result<u64, DbError> {
    tx.run("DELETE FROM team_member WHERE demo = 1", args![]).await
}

/// Gives an account the places that its telephone was invited to.
pub async fn claim(tx: &mut Tx, account: &AccountId, phone_mac: &str) -> Result<(), DbError> {
    let sql = "UPDATE team_member SET account_id = $1 WHERE phone_mac = $2 AND account_id IS NULL";
    tx.run(sql, args![account, phone_mac]).await.map(drop)
}

/// Who of a team does which of its tasks that are not over, with their sealed names, first come first.
pub async fn helpers(
    db: &Db,
    team: &TeamId,
    now: Moment,
) -> Result<Vec<(TaskId, AccountId, MemberId, String)>, DbError> {
    let sql = "SELECT k.task_id, m.account_id, m.id, m.sealed_box FROM task t \
               JOIN task_claim k ON k.task_id = t.id \
               JOIN team_member m ON m.account_id = k.account_id AND m.team_id = t.team_id \
               WHERE t.team_id = $1 AND t.ends > $2 ORDER BY k.made, m.id";
    db.rows(sql, args![team, now])
        .await?
        .iter()
        .map(|row| {
            let (task, account) = (TaskId(row.text("task_id")?), AccountId(row.text("account_id")?));
            Ok((task, account, MemberId(row.text("id")?), row.text("sealed_box")?))
        })
        .collect()
}
