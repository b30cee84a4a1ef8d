//! Learns what other servers on the same database have changed.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use super::{Snapshots, Topic, store};
use crate::db::{Db, DbError, Tx};

/// Says, within the transaction that changes something, what other servers must build anew. The
/// server itself is told by [`Snapshots::touch`] after the commit.
///
/// # Errors
/// The database fails.
pub async fn announce(tx: &mut Tx, topics: &[Topic]) -> Result<(), DbError> {
    // In one order, so that no two wait for each other in a ring.
    let names: BTreeSet<&str> = topics.iter().filter_map(Topic::name).collect();
    for name in names {
        store::bump(tx, name).await?;
    }
    Ok(())
}

/// Touches what others announced, once a second, for as long as the server runs.
pub async fn watch(db: Db, snapshots: Snapshots) {
    let mut seen: Option<HashMap<String, i64>> = None;
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let Ok(now) = store::all(&db).await else { continue };
        let now: HashMap<String, i64> = now.into_iter().collect();
        for (name, value) in &now {
            let moved = seen.as_ref().is_some_and(|seen| seen.get(name) != Some(value));
            if let (true, Some(topic)) = (moved, Topic::from_name(name)) {
                snapshots.touch(&topic);
            }
        }
        seen = Some(now);
    }
}
