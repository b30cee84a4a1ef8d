//! Taking somebody's lock off who lost what opens it: by whoever appoints them, or at the keyboard.

use domain::{
    audit::Act,
    id::{AccountId, StaffId},
    refusal::Refusal,
};

use super::store;
use crate::{
    audit::{self, Entry},
    call::Call,
    db::Tx,
    failure::Failure,
    household, once, staff,
};

/// The caller must appoint to every post that they hold: an office does not open an administrator's
/// workbench because they stand at one of its desks as well.
pub async fn reset_lock(call: Call, id: StaffId, (): ()) -> Result<(), Failure> {
    let mut tx = call.app.db.begin().await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        staff::hold(&mut tx).await?;
        let account = staff::appointed(&call, &mut tx, &id).await?.ok_or(Refusal::LockMissing)?;
        if account == *call.account()? {
            return Err(Refusal::LockOwn.into());
        }
        take_off(&mut tx, &account).await?;
        once::keep(&mut tx, &call, &()).await?;
        let entry = Entry {
            subject: Some(id.as_str()),
            ..Entry::new(Some(call.account()?), Act::ResetLock, call.now())
        };
        audit::record(&mut tx, &call.app.vault, &[entry], None).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Takes the lock of an account off, and closes it on all its devices. The caller keeps it on record.
///
/// # Errors
/// There is none.
pub async fn take_off(tx: &mut Tx, account: &AccountId) -> Result<(), Failure> {
    household::lock(tx, account).await?;
    if store::take_off(tx, account).await? { Ok(()) } else { Err(Refusal::LockMissing.into()) }
}
