//! How often a clerk looks for people by a number, counted in the database: however many servers there
//! are, and however many looks at once.

use super::store;
use crate::{call::Call, failure::Failure, household};

/// Counts a look before anything is looked for; also one that finds nobody.
///
/// # Errors
/// There were too many, or it cannot be counted.
pub async fn count_look(call: &Call) -> Result<(), Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    let looks = store::looks(&mut tx, account).await?.one_more(call.now())?;
    store::count_looks(&mut tx, account, looks).await?;
    Ok(tx.commit().await?)
}
