//! Being forgotten: asked for, thought better of, done, and done again in a database brought back.
//!
//! What is ahead is given back at once, so that neighbours who wait get it. Seven days later the rest
//! goes, table by table as the register says. Before that is committed, a line goes into the register
//! of erasures, as a file beside the keys and as a table; a server that starts with a database which
//! lacks lines of the file erases those accounts again (`docs/decisions/erasure-and-backups.md`).

use std::collections::HashSet;

use domain::{
    id::AccountId,
    privacy::{Erasure, GRACE, Leaving},
    refusal::Refusal,
    time::Moment,
};

use super::{ledger, store};
use crate::{
    app::App,
    booking::writer::{Ask, By, Deed},
    call::{Call, Key},
    db::Tx,
    draws,
    failure::Failure,
    household, once,
    snapshot::{Topic, announce},
    staff, tasks,
    vault::{Purpose, Vault},
};

/// How many accounts are looked at at a time.
const AT_ONCE: u32 = 100;

/// What it means for the caller at this moment.
pub async fn outlook(call: &Call) -> Result<Erasure, Failure> {
    let (db, account, now) = (&call.app.db, call.account()?, call.now());
    let others = store::others(db, account).await?;
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Erasure {
        leaving: store::leaving(db, account).await?,
        bookings: count(store::bookings_ahead(db, account, now).await?.len()),
        tasks: count(store::tasks_ahead(db, account, now).await?.len()),
        people: count(others.iter().filter(|(_, heir)| heir.is_none()).count()),
        stay: count(others.iter().filter(|(_, heir)| heir.is_some()).count()),
    })
}

/// Asks for it: other devices are signed out, what is ahead is given back.
pub async fn ask(call: Call, (): (), (): ()) -> Result<Erasure, Failure> {
    let (app, now) = (&call.app, call.now());
    let caller = call.caller.as_ref().ok_or(Failure::SignedOut)?;
    let mut tx = app.db.begin().await?;
    // Posts change one at a time: of two who run the house and go at once, one stays. They come before
    // the account, as wherever both are held.
    staff::hold(&mut tx).await?;
    household::lock(&mut tx, &caller.id).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        leave(&mut tx, &caller.id, &caller.session, now).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    give_back(app, &caller.id, now).await?;
    outlook(&call).await
}

/// Notes that an account goes when the grace is over, and signs it out on all devices but one; the caller
/// holds first the posts and then the account, and gives back what it has ahead after the commit
/// ([`give_back`]).
///
/// # Errors
/// Nobody would be left who runs the house.
pub async fn leave(tx: &mut Tx, account: &AccountId, but: &str, now: Moment) -> Result<(), Failure> {
    if staff::is_last_admin(tx, account).await? {
        return Err(Refusal::LastAdministrator.into());
    }
    if store::leaving_in(tx, account).await?.is_none() {
        store::leave(tx, account, Leaving { asked: now, until: now.plus(GRACE) }).await?;
        store::end_other_sessions(tx, account, but).await?;
    }
    Ok(())
}

/// Thinks better of it. What was given back is not taken back from the neighbours.
pub async fn stop(call: Call, (): (), (): ()) -> Result<Erasure, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        stay(&mut tx, account, call.now()).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    outlook(&call).await
}

/// Notes that an account stays after all; the caller holds it.
///
/// # Errors
/// It is too late.
pub async fn stay(tx: &mut Tx, account: &AccountId, now: Moment) -> Result<(), Failure> {
    // From the last instant on, the register may hold it already.
    if let Some(leaving) = store::leaving_in(tx, account).await?
        && now >= leaving.until
    {
        return Err(Refusal::UndoOver.into());
    }
    Ok(store::stay(tx, account).await?)
}

/// Gives back what an account has ahead, each as its holder would: whoever waits is next.
///
/// # Errors
/// The database fails; a retry goes on with the rest.
pub async fn give_back(app: &App, account: &AccountId, now: Moment) -> Result<(), Failure> {
    for booking in store::bookings_ahead(&app.db, account, now).await? {
        // A key that a retry of the same has again, and nothing else.
        let key = Key { text: format!("leave-{booking}-{}", now.0), body_hash: "leave".into() };
        let ask =
            Ask { account: account.clone(), key, now, deed: Deed::Cancel { booking }, by: By::Household };
        match app.bookings.ask(ask).await {
            // It began, or went otherwise, a moment ago.
            Ok(_) | Err(Failure::Refused(_) | Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
    }
    let ahead = store::tasks_ahead(&app.db, account, now).await?;
    if !ahead.is_empty() {
        tasks::leave_all(app, account, &ahead).await?;
    }
    draws::leave_all(app, account).await
}

/// Erases the accounts whose grace is over; how many.
///
/// # Errors
/// The database fails. Those that could not be erased are tried again at the next turn.
pub async fn erase_due(app: &App) -> Result<usize, Failure> {
    let due = store::due(&app.db, app.now(), AT_ONCE).await?;
    let mut erased = 0;
    for account in &due {
        match erase(app, account, Why::Asked).await {
            Ok(()) => erased += 1,
            // One that cannot be erased now holds up no other.
            Err(failure) => tracing::warn!(?failure, "an account could not be erased"),
        }
    }
    Ok(erased)
}

/// Why an account is erased.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Its holder asked for it, and the grace is over.
    Asked,
    /// It was erased before, and has come back with a database.
    Registered,
}

/// Erases an account.
async fn erase(app: &App, account: &AccountId, why: Why) -> Result<(), Failure> {
    let now = app.now();
    give_back(app, account, now).await?;
    let mut tx = app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    let asked = store::leaving_in(&mut tx, account).await?;
    // Another server was quicker, or its holder thought better of it at the last instant.
    if why == Why::Asked && asked.is_none_or(|leaving| now < leaving.until) {
        return Ok(());
    }
    let line = (digest(&app.vault, account), now);
    ledger::append(&app.config.data, std::slice::from_ref(&line))
        .map_err(|error| Failure::Broken(format!("the register of erasures: {error}")))?;
    store::note_erasure(&mut tx, &line.0, now).await?;
    for wish in store::lone_wishes(&mut tx, account).await? {
        store::withdraw_wish(&mut tx, &wish, now).await?;
    }
    for (person, heir) in store::others_in(&mut tx, account).await? {
        if let Some(heir) = heir {
            household::lock(&mut tx, &heir).await?;
            store::hand_over(&mut tx, &person, &heir).await?;
        }
    }
    household::empty(app, &mut tx, account, now).await?;
    for table in store::tables().rev() {
        store::erase(&mut tx, table, account).await?;
    }
    store::close(&mut tx, account, now).await?;
    let topics = [Topic::Wishes, Topic::Tasks];
    announce(&mut tx, &topics).await?;
    tx.commit().await?;
    for topic in &topics {
        app.snapshots.touch(topic);
    }
    tracing::info!("an account was erased");
    if let Err(error) = app.db.scrub().await {
        tracing::warn!(%error, "the log of the database could not be emptied");
    }
    Ok(())
}

/// Brings the register as a file and as a table together, and erases again what a database that was
/// brought back has back; how many accounts. Before anybody is served.
///
/// # Errors
/// The database or the disk fails: nothing may be served then.
pub async fn catch_up(app: &App) -> Result<usize, Failure> {
    let broken = |error| Failure::Broken(format!("the register of erasures: {error}"));
    let data = &app.config.data;
    let (file, table) = (ledger::read(data).map_err(broken)?, store::erasures(&app.db).await?);
    let known = |lines: &[(String, Moment)]| -> HashSet<String> {
        lines.iter().map(|(digest, _)| digest.clone()).collect()
    };
    let (in_file, in_table) = (known(&file), known(&table));
    // Other servers of the same database have files of their own: each becomes whole.
    let missing: Vec<_> = table.into_iter().filter(|(digest, _)| !in_file.contains(digest)).collect();
    ledger::append(data, &missing).map_err(broken)?;
    if in_file.is_subset(&in_table) {
        return Ok(0);
    }
    let (mut after, mut erased) = (String::new(), 0);
    loop {
        let batch = store::living(&app.db, &after, AT_ONCE).await?;
        let Some(last) = batch.last() else { break };
        after.clone_from(&last.0);
        for account in &batch {
            if in_file.contains(&digest(&app.vault, account)) {
                erase(app, account, Why::Registered).await?;
                erased += 1;
            }
        }
    }
    let mut tx = app.db.begin().await?;
    for (digest, at) in file.iter().filter(|(digest, _)| !in_table.contains(digest)) {
        store::note_erasure(&mut tx, digest, *at).await?;
    }
    tx.commit().await?;
    Ok(erased)
}

/// By what an account is known again that is no more.
fn digest(vault: &Vault, account: &AccountId) -> String {
    vault.digest(Purpose::Erased, &[account.as_str()])
}
