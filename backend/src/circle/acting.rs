//! Acting for another: whose bond a request names, and the line that a write leaves in her log.

use axum::http::HeaderMap;
use domain::{
    circle::{Elder, ForAnother, HEADER, Scope},
    endpoint::{Audience, Endpoint, Params},
    id::{AccountId, BondId},
    refusal::Refusal,
};

use super::{
    elder,
    store::{self, Tried},
};
use crate::{
    app::App,
    audit::RETRIED,
    call::{Account, Call, Key},
    failure::Failure,
    vault::Purpose,
};

/// Who really calls, where it is not the account in whose name they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// By which bond.
    pub bond: BondId,
    /// The relative's account.
    pub actor: AccountId,
    /// What the relative calls the one for whom they act, and what they may do.
    pub elder: Elder,
}

/// The bond that a request names; what is no identifier names none that there is.
pub fn named(headers: &HeaderMap) -> Option<&str> {
    headers.get(HEADER).map(|value| value.to_str().unwrap_or_default())
}

/// In whose name a request to `E` is made: the caller's own where it names no bond, or `E` is the same
/// for everybody. Read on every request, so that a bond that was ended is gone at the very next tap.
///
/// # Errors
/// [`Failure::NotFound`] where the bond is not one of this caller, has ended, does not reach as far,
/// or `E` is nothing that one does for another.
pub async fn stand_in<E: Endpoint>(
    app: &App,
    caller: Option<Account>,
    bond: Option<&str>,
) -> Result<(Option<Account>, Option<Acting>), Failure> {
    let Some(bond) = bond else { return Ok((caller, None)) };
    let Some(least) = E::FOR_ANOTHER.least() else {
        return if E::AUDIENCE == Audience::Public { Ok((caller, None)) } else { Err(Failure::NotFound) };
    };
    let caller = caller.ok_or(Failure::SignedOut)?;
    let (account, acting) = resolve(app, &caller, bond, least).await?;
    Ok((Some(account), Some(acting)))
}

/// The account for which a bond lets `caller` act, if it allows that much.
///
/// # Errors
/// [`Failure::NotFound`] as for [`stand_in`].
pub async fn resolve(
    app: &App,
    caller: &Account,
    bond: &str,
    least: Scope,
) -> Result<(Account, Acting), Failure> {
    let bond = BondId::parse(&[bond]).ok_or(Failure::NotFound)?;
    let found = store::live_bond(&app.db, &bond, &caller.id).await?.ok_or(Failure::NotFound)?;
    if found.scope < least {
        return Err(Failure::NotFound);
    }
    let account = found.account.clone();
    let elder = elder(&app.vault, found)?;
    // No session goes with it: nothing of hers can be signed out, locked or prolonged by it.
    let account = Account { id: account, session: String::new(), renewed: None };
    Ok((account, Acting { bond, actor: caller.id.clone(), elder }))
}

/// The key of a relative's write, as it is kept with her account: it follows from the bond and from what
/// the relative's phone made, and neither she nor another relative can have one that is the same.
pub fn key(app: &App, acting: &Acting, key: Key) -> Key {
    let text = app.vault.digest(Purpose::Helper, &[acting.bond.as_str(), &key.text]);
    Key { text, ..key }
}

/// Notes in her log what a relative is about to do, once for all retries; nothing for what she does
/// herself, and for reads. `subject` is what stands in the address.
///
/// # Errors
/// The key came with another request before, or its answer is forgotten; or it cannot be written. Then it
/// is not tried either.
pub async fn before<E: Endpoint>(call: &Call, subject: Option<String>) -> Result<(), Failure> {
    let (Some(acting), ForAnother::Act(deed)) = (&call.acting, E::FOR_ANOTHER) else { return Ok(()) };
    let (key, now) = (call.key()?, call.now());
    let tried = Tried { bond: &acting.bond, key, deed, subject: subject.as_deref(), now };
    let mut tx = call.app.db.begin().await?;
    if !store::add_line(&mut tx, &tried, now.plus(-RETRIED)).await? {
        return Err(Refusal::KeyReused.into());
    }
    Ok(tx.commit().await?)
}

/// Notes that it was done. Where that fails, what was done says so itself: the booking, or the answer
/// that is kept for a retry.
pub async fn after(app: &App, line: Option<(BondId, String)>) {
    let Some((bond, key)) = line else { return };
    let done = async {
        let mut tx = app.db.begin().await?;
        store::done(&mut tx, &bond, &key, app.now()).await?;
        tx.commit().await
    };
    if let Err(error) = done.await {
        tracing::warn!(%error, "that something was done for another could not be noted");
    }
}

/// The line that [`after`] completes.
pub fn line<E: Endpoint>(call: &Call) -> Option<(BondId, String)> {
    match (&call.acting, E::FOR_ANOTHER) {
        (Some(acting), ForAnother::Act(_)) => Some((acting.bond.clone(), call.key.as_ref()?.text.clone())),
        _ => None,
    }
}
