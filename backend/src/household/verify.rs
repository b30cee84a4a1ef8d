//! What the desk found in somebody's papers.

use domain::{
    id::{AccountId, CentreId, PersonId},
    time::Moment,
};

use super::{lock, store};
use crate::{db::Tx, failure::Failure, tickets};

/// What the desk found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Papers {
    /// They are who the household says, with that date of birth. Where it is not so, what was found
    /// before counts no more.
    pub identity: bool,
    /// They live in the neighbourhood of the centre.
    pub resident: bool,
}

/// Keeps that `by`, of the staff of `centre`, saw somebody's papers at `now`, and sets what follows.
/// Tickets that rest on what is lost open nothing any more. The caller has checked that `by` may, and
/// commits.
///
/// # Errors
/// There is no such person, or the database fails.
pub async fn verify(
    tx: &mut Tx,
    person: &PersonId,
    centre: &CentreId,
    by: &AccountId,
    papers: Papers,
    now: Moment,
) -> Result<(), Failure> {
    let (account, _) = store::verification::of(tx, person).await?.ok_or(Failure::NotFound)?;
    lock(tx, &account).await?;
    // Read again: the household may have changed while we waited for it.
    let (_, before) = store::verification::of(tx, person).await?.ok_or(Failure::NotFound)?;
    let Papers { identity, resident } = papers;
    store::verification::add(tx, person, centre, by, (identity, resident), now).await?;
    let resident_of = match before.clone() {
        _ if !identity => None,
        _ if resident => Some(centre.clone()),
        // What another centre found still holds.
        other => other.filter(|other| other != centre),
    };
    let verified = if identity { now } else { Moment(0) };
    store::verification::set(tx, person, verified, resident_of.as_ref()).await?;
    if !identity || (before.is_some() && before != resident_of) {
        tickets::void_of(tx, person, now).await?;
    }
    Ok(())
}
