//! Tells people what time alone has done: slots in which something is due are folded and written down.
//! Nothing is true or false because of it; it only comes before the next look.

use std::time::Duration;

use domain::id::AccountId;
use tokio::task::JoinSet;

use super::{
    store,
    writer::{Ask, By, Deed},
};
use crate::{app::App, call::Key, failure::Failure};

/// How often it is looked whether something is due.
const EVERY: Duration = Duration::from_secs(15);
/// How many slots are folded at a time.
const TOGETHER: u32 = 16;

/// Folds what is due, at once and then again and again, until it is dropped. Several servers may do so.
pub async fn keep_settled(app: App) {
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        ticks.tick().await;
        if let Err(failure) = settle_due(&app).await {
            tracing::warn!(?failure, "what is due could not be written down");
        }
    }
}

/// Folds every slot in which something is due by now; how many those were.
///
/// # Errors
/// The database fails or the committer has too much to do; the next time will do.
pub async fn settle_due(app: &App) -> Result<usize, Failure> {
    let mut settled = 0;
    loop {
        let now = app.now();
        let due = store::due(&app.db, now, TOGETHER).await?;
        let mut asking = JoinSet::new();
        for slot in &due {
            let key = Key { text: slot.0.clone(), body_hash: String::new() };
            let account = AccountId::from("house");
            let ask = Ask { account, key, now, deed: Deed::Settle { slot: slot.clone() }, by: By::Household };
            let writer = app.bookings.clone();
            asking.spawn(async move { writer.order(ask).await });
        }
        while let Some(answer) = asking.join_next().await {
            match answer.map_err(|error| Failure::Broken(error.to_string()))? {
                // Taken out between the look and the fold.
                Ok(()) | Err(Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
        }
        settled += due.len();
        if due.len() < TOGETHER as usize {
            return Ok(settled);
        }
    }
}
