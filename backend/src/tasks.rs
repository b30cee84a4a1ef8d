//! Volunteer tasks: who wants to lend a hand says so, and of two who want the last place one gets it.

use std::collections::BTreeSet;

use domain::{
    booking::Held,
    id::{AccountId, CityId, PersonId, TaskId, TeamId},
    refusal::Refusal,
    task::{
        Task, TaskPage,
        api::{ClaimTask, GetTask, LeaveTask, ListTasks, MyTasks},
    },
    time::{Moment, Span},
};

use crate::{
    app::App,
    call::Call,
    catalogue,
    db::{Db, DbError, Tx},
    failure::Failure,
    household,
    mount::Mount,
    once,
    snapshot::{Freshness, Topic, announce},
};

mod store;

/// Serves tasks.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve_shared::<ListTasks, _, _>(|_| Freshness::of([Topic::Tasks]), list_tasks)
        .serve::<GetTask, _, _>(get_task)
        .serve::<MyTasks, _, _>(my_tasks)
        .serve::<ClaimTask, _, _>(claim_task)
        .serve::<LeaveTask, _, _>(leave_task)
}

async fn list_tasks(app: App, city: CityId) -> Result<Vec<Task>, Failure> {
    if !catalogue::is_city(&app.db, &city).await? {
        return Err(Failure::NotFound);
    }
    Ok(store::of_city(&app.db, &city, app.now()).await?)
}

async fn get_task(call: Call, id: TaskId, (): ()) -> Result<TaskPage, Failure> {
    let viewer = call.caller.as_ref().map(|account| &account.id);
    store::page(&call.app.db, &id, viewer).await?.ok_or(Failure::NotFound)
}

async fn my_tasks(call: Call, (): (), (): ()) -> Result<Vec<Task>, Failure> {
    Ok(store::of_account(&call.app.db, call.account()?, call.now()).await?)
}

async fn claim_task(call: Call, id: TaskId, (): ()) -> Result<TaskPage, Failure> {
    let (account, now) = (call.account()?, call.now());
    let mut tx = call.app.db.begin().await?;
    // Whoever suspends somebody holds the account, too: nothing is claimed behind their back.
    household::lock(&mut tx, account).await?;
    if let Some(answer) = once::replay(&mut tx, &call).await? {
        return Ok(answer);
    }
    let mut page = locked(&mut tx, &id, account).await?;
    if !page.mine {
        let by = if page.task.left() == 0 { names(&call.app, &mut tx, &id).await? } else { Vec::new() };
        page.task.may_claim(now, &page.helper, by)?;
        if let Some((person, title, starts)) = store::in_the_way(&mut tx, account, page.task.span).await? {
            return Err(Refusal::Overlaps { person, title, starts }.into());
        }
        store::claim(&mut tx, &id, account, now).await?;
        page.mine = true;
        page.task.claimed += 1;
    }
    finish(call, tx, page).await
}

async fn leave_task(call: Call, id: TaskId, (): ()) -> Result<TaskPage, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    if let Some(answer) = once::replay(&mut tx, &call).await? {
        return Ok(answer);
    }
    let mut page = locked(&mut tx, &id, account).await?;
    if page.mine {
        if !page.task.may_leave(call.now()) {
            return Err(Refusal::TaskPast.into());
        }
        store::leave(&mut tx, &id, account).await?;
        page.mine = false;
        page.task.claimed -= 1;
    }
    finish(call, tx, page).await
}

/// Leaves several tasks at once, for an account that goes. What has begun is left as it is.
///
/// # Errors
/// The database fails.
pub async fn leave_all(app: &App, account: &AccountId, tasks: &[TaskId]) -> Result<(), Failure> {
    let mut tx = app.db.begin().await?;
    for id in tasks {
        let page = locked(&mut tx, id, account).await?;
        if page.mine && page.task.may_leave(app.now()) {
            store::leave(&mut tx, id, account).await?;
        }
    }
    announce(&mut tx, &[Topic::Tasks]).await?;
    tx.commit().await?;
    app.snapshots.touch(&Topic::Tasks);
    Ok(())
}

/// The tasks of a team that are not over, earliest first.
///
/// # Errors
/// The database fails.
pub async fn of_team(db: &Db, team: &TeamId, now: Moment) -> Result<Vec<Task>, DbError> {
    store::of_team(db, team, now).await
}

/// Leaves the tasks ahead that are not for somebody any more, so that others can come. The caller holds
/// the account, and calls [`tell_all`] before the commit.
///
/// # Errors
/// The database fails.
pub async fn leave_unfit(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<(), Failure> {
    for id in store::particular(tx, account, now).await? {
        let page = locked(tx, &id, account).await?;
        if page.mine && page.task.hands.admit(&page.helper).is_err() {
            store::leave(tx, &id, account).await?;
        }
    }
    Ok(())
}

/// The tasks that the holders of these accounts are in and that fall into `window`.
///
/// # Errors
/// The database fails.
pub async fn held(
    tx: &mut Tx,
    accounts: &BTreeSet<&AccountId>,
    window: Span,
) -> Result<Vec<(PersonId, Held)>, DbError> {
    store::held(tx, accounts, window).await
}

/// Has all servers build the lists of tasks anew.
///
/// # Errors
/// The database fails.
pub async fn tell_all(tx: &mut Tx) -> Result<(), DbError> {
    announce(tx, &[Topic::Tasks]).await
}

/// The task, held so that nobody else changes it until the transaction ends.
async fn locked(tx: &mut Tx, id: &TaskId, viewer: &AccountId) -> Result<TaskPage, Failure> {
    store::lock(tx, id).await?;
    store::page_in(tx, id, viewer).await?.ok_or(Failure::NotFound)
}

/// What those are called who are in: of every name the first sign, for neighbours need no more.
async fn names(app: &App, tx: &mut Tx, id: &TaskId) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for (person, sealed) in store::holders(tx, id).await? {
        let name = household::unseal(&app.vault, &person, &sealed)?.name;
        names.extend(name.chars().next().map(|first| format!("{first}*")));
    }
    Ok(names)
}

/// Keeps the answer, commits, and has the lists built anew.
async fn finish(call: Call, mut tx: Tx, page: TaskPage) -> Result<TaskPage, Failure> {
    once::keep(&mut tx, &call, &page).await?;
    announce(&mut tx, &[Topic::Tasks]).await?;
    tx.commit().await?;
    call.app.snapshots.touch(&Topic::Tasks);
    Ok(page)
}
