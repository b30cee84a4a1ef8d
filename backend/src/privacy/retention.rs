//! Forgets what is old, as the register says: every hour, and on demand.

use std::{fmt::Write, time::Duration};

use domain::time::{DAY, HOUR, Moment};

use super::{erase, register::Sweep, store};
use crate::{
    app::App,
    db::{Db, DbError},
};

/// What is old in each table: its name, what goes, how many.
///
/// # Errors
/// The database fails.
pub async fn due(db: &Db, now: Moment) -> Result<Vec<(&'static str, Sweep, i64)>, DbError> {
    let mut all = Vec::new();
    for table in store::tables() {
        if let Some(sweep) = table.sweep {
            all.push((table.name, sweep, store::count_due(db, &sweep, before(&sweep, now)).await?));
        }
    }
    Ok(all)
}

/// Takes away what is old; how many rows.
///
/// # Errors
/// The database fails; what has gone until then has gone.
pub async fn run(db: &Db, now: Moment) -> Result<u64, DbError> {
    let mut gone = 0;
    for sweep in store::tables().filter_map(|table| table.sweep) {
        gone += store::sweep(db, &sweep, before(&sweep, now)).await?;
    }
    Ok(gone)
}

/// What [`due`] found, a line each.
///
/// # Errors
/// The database fails.
pub async fn told(db: &Db, now: Moment) -> Result<String, DbError> {
    let mut said = String::new();
    for (table, Sweep { what: (_, what), days, .. }, count) in due(db, now).await? {
        let _ = writeln!(said, "{count:>8}  {table:<16}after {days} days: {what}");
    }
    Ok(said)
}

/// Notices new keys, erases whose grace is over, and once an hour forgets what is old, for as long as
/// the server runs. Several servers may do so at once.
pub async fn keep_tidy(app: App) {
    let mut last = None;
    let mut ticks = tokio::time::interval(Duration::from_secs(5));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = app.vault.refresh() {
            tracing::warn!(%error, "the keys could not be read again");
        }
        if let Err(failure) = erase::erase_due(&app).await {
            tracing::warn!(?failure, "it could not be seen which accounts are to be erased");
        }
        // By the server's clock, which tests can move.
        let hour = app.now().0.div_euclid(HOUR);
        if last == Some(hour) {
            continue;
        }
        match run(&app.db, app.now()).await {
            Ok(_) => last = Some(hour),
            Err(error) => tracing::warn!(%error, "what is old could not be forgotten"),
        }
    }
}

fn before(sweep: &Sweep, now: Moment) -> Moment {
    now.plus(-sweep.days * DAY)
}
