//! Ready tickets: what was checked ahead of a rush need not be checked in it.

use domain::{id::PersonId, time::Moment};

use crate::db::{DbError, Tx};

mod store;

/// Makes the tickets of everybody's that name somebody void: what was checked of them is no longer so.
///
/// # Errors
/// The database fails.
pub async fn void_of(tx: &mut Tx, person: &PersonId, now: Moment) -> Result<(), DbError> {
    store::void_of(tx, person, now).await
}
