//! SQL of volunteer tasks.

use domain::{
    id::{AccountId, CentreId, CityId, PersonId, TaskId},
    task::{Task, TaskPage},
    time::{Moment, Span},
};

use crate::{
    args,
    catalogue::details::{CentreDetails, TaskDetails},
    db::{Db, DbError, Row, Tx},
};

const PAGE: &str = "SELECT t.*, c.details AS centre, \
     (SELECT COUNT(*) FROM task_claim m WHERE m.task_id = t.id AND m.account_id = $2) AS mine \
     FROM task t JOIN centre c ON c.id = t.centre_id WHERE t.id = $1";

/// The tasks of a city that have not begun, earliest first.
pub async fn of_city(db: &Db, city: &CityId, now: Moment) -> Result<Vec<Task>, DbError> {
    let sql = "SELECT t.*, c.details AS centre FROM task t JOIN centre c ON c.id = t.centre_id \
               WHERE c.city_id = $1 AND c.sort >= 0 AND t.starts > $2 ORDER BY t.starts, t.id";
    db.rows(sql, args![city, now]).await?.iter().map(task).collect()
}

/// The tasks somebody is in that are not over, earliest first.
pub async fn of_account(db: &Db, account: &AccountId, now: Moment) -> Result<Vec<Task>, DbError> {
    let sql = "SELECT t.*, c.details AS centre FROM task_claim m JOIN task t ON t.id = m.task_id \
               JOIN centre c ON c.id = t.centre_id \
               WHERE m.account_id = $1 AND t.ends > $2 ORDER BY t.starts, t.id";
    db.rows(sql, args![account, now]).await?.iter().map(task).collect()
}

/// A task with what it is to `viewer`.
pub async fn page(db: &Db, id: &TaskId, viewer: Option<&AccountId>) -> Result<Option<TaskPage>, DbError> {
    let nobody = AccountId(String::new());
    let row = db.row(PAGE, args![id, viewer.unwrap_or(&nobody)]).await?;
    row.as_ref().map(one).transpose()
}

/// Like [`page`], within a transaction.
pub async fn page_in(tx: &mut Tx, id: &TaskId, viewer: &AccountId) -> Result<Option<TaskPage>, DbError> {
    tx.row(PAGE, args![id, viewer]).await?.as_ref().map(one).transpose()
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

fn one(row: &Row) -> Result<TaskPage, DbError> {
    Ok(TaskPage { task: task(row)?, mine: row.flag("mine")? })
}

fn task(row: &Row) -> Result<Task, DbError> {
    let details: TaskDetails = row.json("details")?;
    let centre: CentreDetails = row.json("centre")?;
    Ok(Task {
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
