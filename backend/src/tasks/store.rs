//! SQL of volunteer tasks.

use std::collections::BTreeSet;

use domain::{
    booking::{Held, Meeting},
    id::{AccountId, BookingId, CentreId, CityId, PersonId, SlotId, TaskId, TeamId},
    task::{Hands, Task, TaskPage},
    text::Text,
    time::{Moment, Span},
    volunteer::{Helper, Stand},
};

use crate::{
    args,
    catalogue::details::{CentreDetails, OfferingDetails, TaskDetails},
    db::{Arg, Db, DbError, Row, Sql, Tx},
};

/// Selects what [`task`] reads, of the tasks that the rest of the statement says.
macro_rules! tasks {
    ($more:literal, $rest:literal) => {
        concat!(
            "SELECT t.*, c.details AS centre, g.name_zh AS team_zh, g.name_en AS team_en",
            $more,
            " FROM task t JOIN centre c ON c.id = t.centre_id LEFT JOIN team g ON g.id = t.team_id ",
            $rest
        )
    };
}

const PAGE: &str = tasks!(
    ", (SELECT COUNT(*) FROM task_claim m WHERE m.task_id = t.id AND m.account_id = $2) AS mine",
    "WHERE t.id = $1"
);

/// What an account is to those who need a hand: how it stands as a volunteer, and its teams.
const HELPER: &str = "SELECT CAST(NULL AS TEXT) AS team_id, v.suspended, v.reason FROM volunteer v \
     WHERE v.account_id = $1 AND v.ended IS NULL \
     UNION ALL SELECT m.team_id, CAST(NULL AS BIGINT), CAST(NULL AS TEXT) FROM team_member m \
     WHERE m.account_id = $1 AND m.suspended IS NULL";

/// The tasks of a city that have not begun, earliest first.
pub async fn of_city(db: &Db, city: &CityId, now: Moment) -> Result<Vec<Task>, DbError> {
    const OF_CITY: &str =
        tasks!("", "WHERE c.city_id = $1 AND c.sort >= 0 AND t.starts > $2 ORDER BY t.starts, t.id");
    db.rows(OF_CITY, args![city, now]).await?.iter().map(task).collect()
}

/// The tasks of a team that are not over, earliest first.
pub async fn of_team(db: &Db, team: &TeamId, now: Moment) -> Result<Vec<Task>, DbError> {
    const OF_TEAM: &str = tasks!("", "WHERE t.team_id = $1 AND t.ends > $2 ORDER BY t.starts, t.id");
    db.rows(OF_TEAM, args![team, now]).await?.iter().map(task).collect()
}

/// The tasks somebody is in that are not over, earliest first.
pub async fn of_account(db: &Db, account: &AccountId, now: Moment) -> Result<Vec<Task>, DbError> {
    const OF_ACCOUNT: &str = tasks!(
        "",
        "JOIN task_claim m ON m.task_id = t.id \
         WHERE m.account_id = $1 AND t.ends > $2 ORDER BY t.starts, t.id"
    );
    db.rows(OF_ACCOUNT, args![account, now]).await?.iter().map(task).collect()
}

/// The tasks that somebody is in, have not begun and are not for anybody, in the order of being locked.
pub async fn particular(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<Vec<TaskId>, DbError> {
    let sql = "SELECT t.id FROM task_claim m JOIN task t ON t.id = m.task_id \
               WHERE m.account_id = $1 AND t.starts > $2 \
               AND (t.volunteers_only = 1 OR t.team_id IS NOT NULL) ORDER BY t.id";
    tx.rows(sql, args![account, now]).await?.iter().map(|row| row.text("id").map(TaskId)).collect()
}

/// A task with what it is to `viewer`.
pub async fn page(db: &Db, id: &TaskId, viewer: Option<&AccountId>) -> Result<Option<TaskPage>, DbError> {
    let nobody = AccountId(String::new());
    let viewer = viewer.unwrap_or(&nobody);
    let Some(row) = db.row(PAGE, args![id, viewer]).await? else { return Ok(None) };
    one(&row, &db.rows(HELPER, args![viewer]).await?).map(Some)
}

/// Like [`page`], within a transaction.
pub async fn page_in(tx: &mut Tx, id: &TaskId, viewer: &AccountId) -> Result<Option<TaskPage>, DbError> {
    let Some(row) = tx.row(PAGE, args![id, viewer]).await? else { return Ok(None) };
    one(&row, &tx.rows(HELPER, args![viewer]).await?).map(Some)
}

/// Holds a task until the transaction ends.
pub async fn lock(tx: &mut Tx, id: &TaskId) -> Result<(), DbError> {
    tx.run("UPDATE task SET claimed = claimed WHERE id = $1", args![id]).await.map(drop)
}

/// Takes a place. That there is one was seen under the lock; the schema's checks stand behind it.
pub async fn claim(tx: &mut Tx, id: &TaskId, account: &AccountId, now: Moment) -> Result<(), DbError> {
    let sql = "INSERT INTO task_claim (task_id, account_id, made) VALUES ($1, $2, $3)";
    tx.run(sql, args![id, account, now]).await?;
    tx.run("UPDATE task SET claimed = claimed + 1 WHERE id = $1", args![id]).await.map(drop)
}

/// What somebody has at that time already, another task or a booking of their own: who they are, what it
/// is and when it starts. What time alone has ended in a slot meanwhile may still be among it.
pub async fn in_the_way(
    tx: &mut Tx,
    account: &AccountId,
    span: Span,
) -> Result<Option<(PersonId, Text, Moment)>, DbError> {
    const TASKS: &str = "SELECT p.id, t.details, t.starts FROM task_claim m JOIN task t ON t.id = m.task_id \
         JOIN person p ON p.account_id = m.account_id AND p.relation = 'Myself' \
         WHERE m.account_id = $1 AND t.starts < $3 AND t.ends > $2 ORDER BY t.starts LIMIT 1";
    const BOOKINGS: &str = "SELECT p.id, o.details, s.meetings FROM person p \
         JOIN booking_person bp ON bp.person_id = p.id AND bp.live = 1 JOIN slot s ON s.id = bp.slot_id \
         JOIN offering o ON o.id = s.offering_id WHERE p.account_id = $1 AND p.relation = 'Myself' \
         AND s.starts < $3 AND s.ends > $2 ORDER BY s.starts, s.id";
    if let Some(row) = tx.row(TASKS, args![account, span.starts, span.ends]).await? {
        let details: TaskDetails = row.json("details")?;
        return Ok(Some((PersonId(row.text("id")?), details.title, row.moment("starts")?)));
    }
    for row in tx.rows(BOOKINGS, args![account, span.starts, span.ends]).await? {
        let meetings: Vec<Meeting> = row.json("meetings")?;
        if let Some(meeting) = meetings.iter().find(|meeting| meeting.overlaps(&span.into())) {
            let details: OfferingDetails = row.json("details")?;
            return Ok(Some((PersonId(row.text("id")?), details.title, meeting.starts)));
        }
    }
    Ok(None)
}

/// The tasks that the holders of these accounts are in and that fall into `window`, as what they hold:
/// under the name of the task, for it is no slot.
pub async fn held(
    tx: &mut Tx,
    accounts: &BTreeSet<&AccountId>,
    window: Span,
) -> Result<Vec<(PersonId, Held)>, DbError> {
    const HELD: Sql = Sql::both(
        "SELECT p.id AS person, t.id, t.details, t.starts, t.ends FROM json_each($1) AS k \
         CROSS JOIN task_claim m ON m.account_id = k.value \
         JOIN task t ON t.id = m.task_id AND t.ends > $2 AND t.starts < $3 \
         JOIN person p ON p.account_id = m.account_id AND p.relation = 'Myself'",
        "SELECT p.id AS person, t.id, t.details, t.starts, t.ends FROM task_claim m \
         JOIN task t ON t.id = m.task_id AND t.ends > $2 AND t.starts < $3 \
         JOIN person p ON p.account_id = m.account_id AND p.relation = 'Myself' \
         WHERE m.account_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb))))",
    );
    let rows = tx.rows(HELD, args![Arg::json(accounts)?, window.starts, window.ends]).await?;
    rows.iter()
        .map(|row| {
            let held = Held {
                booking: BookingId(row.text("id")?),
                slot: SlotId(row.text("id")?),
                title: row.json::<TaskDetails>("details")?.title,
                meetings: vec![Span { starts: row.moment("starts")?, ends: row.moment("ends")? }.into()],
            };
            Ok((PersonId(row.text("person")?), held))
        })
        .collect()
}

/// Gives a place back.
pub async fn leave(tx: &mut Tx, id: &TaskId, account: &AccountId) -> Result<(), DbError> {
    let sql = "DELETE FROM task_claim WHERE task_id = $1 AND account_id = $2";
    if tx.run(sql, args![id, account]).await? == 1 {
        tx.run("UPDATE task SET claimed = claimed - 1 WHERE id = $1", args![id]).await?;
    }
    Ok(())
}

/// The holders of the accounts that are in, with their sealed names, first come first.
pub async fn holders(tx: &mut Tx, id: &TaskId) -> Result<Vec<(PersonId, String)>, DbError> {
    let sql = "SELECT p.id, p.sealed_box FROM task_claim m \
               JOIN person p ON p.account_id = m.account_id AND p.relation = 'Myself' \
               WHERE m.task_id = $1 ORDER BY m.made, p.id";
    let holder = |row: &Row| Ok((PersonId(row.text("id")?), row.text("sealed_box")?));
    tx.rows(sql, args![id]).await?.iter().map(holder).collect()
}

fn one(row: &Row, helper: &[Row]) -> Result<TaskPage, DbError> {
    Ok(TaskPage { task: task(row)?, mine: row.flag("mine")?, helper: self::helper(helper)? })
}

fn helper(rows: &[Row]) -> Result<Helper, DbError> {
    let mut helper = Helper::default();
    for row in rows {
        match (row.text_opt("team_id")?, row.int_opt("suspended")?) {
            (Some(team), _) => helper.teams.push(TeamId(team)),
            (None, None) => helper.volunteer = Some(Stand::Good),
            (None, Some(_)) => {
                let reason = row.text_opt("reason")?.unwrap_or_default();
                helper.volunteer = Some(Stand::Suspended { reason });
            }
        }
    }
    Ok(helper)
}

fn task(row: &Row) -> Result<Task, DbError> {
    let details: TaskDetails = row.json("details")?;
    let centre: CentreDetails = row.json("centre")?;
    let hands = match row.text_opt("team_id")? {
        Some(team) => Hands::Team {
            team: TeamId(team),
            name: Text { zh: row.text("team_zh")?, en: row.text("team_en")? },
        },
        None if row.flag("volunteers_only")? => Hands::Volunteers,
        None => Hands::Anybody,
    };
    Ok(Task {
        hands,
        id: TaskId(row.text("id")?),
        centre: CentreId(row.text("centre_id")?),
        centre_name: centre.name,
        phone: centre.phone,
        zone: centre.zone,
        title: details.title,
        summary: details.summary,
        place: details.place,
        span: Span { starts: row.moment("starts")?, ends: row.moment("ends")? },
        needs: row.count("needs")?,
        claimed: row.count("claimed")?,
    })
}
