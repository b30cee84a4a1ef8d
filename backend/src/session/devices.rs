//! Where an account is signed in, and signing out from afar.

use domain::{
    device::{DeviceStep, Devices},
    id::DeviceId,
};

use super::{
    keep::{cookie, lapsed},
    store,
};
use crate::{
    call::{Call, Reply},
    db::Tx,
    failure::Failure,
    household, once, wechat,
};

/// Tells the caller's account what happened, and from what.
///
/// # Errors
/// The database fails.
pub async fn tell(call: &Call, tx: &mut Tx, step: DeviceStep) -> Result<(), Failure> {
    Ok(store::add_line(tx, call.account()?, step, call.device, call.now()).await?)
}

/// The devices of the caller.
pub async fn list(call: Call, (): (), (): ()) -> Result<Devices, Failure> {
    let caller = call.caller.as_ref().ok_or(Failure::SignedOut)?;
    let db = &call.app.db;
    let mut devices = store::devices(db, &caller.id, &caller.session, lapsed(call.now())).await?;
    devices.sort_by_key(|device| !device.here);
    let wechat = wechat::bound_since(db, &caller.id).await?;
    Ok(Devices { devices, lines: store::lines(db, &caller.id).await?, wechat })
}

/// Signs out on one device; on this one, too, where it is named.
pub async fn end(call: Call, device: DeviceId, (): ()) -> Result<Reply<Devices>, Failure> {
    let caller = call.caller.as_ref().ok_or(Failure::SignedOut)?;
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, &caller.id).await?;
    let mut here = false;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        let ended = store::end_device(&mut tx, &caller.id, &device).await?.ok_or(Failure::NotFound)?;
        here = ended.0 == caller.session;
        if !here {
            store::add_line(&mut tx, &caller.id, DeviceStep::Ended, ended.1, call.now()).await?;
        }
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    let cookies = if here { vec![cookie(&call.app.config, "", 0)?] } else { Vec::new() };
    Ok(Reply { body: list(call, (), ()).await?, cookies })
}

/// Signs out everywhere but here. A `WeChat` that somebody else bound would be back at once.
pub async fn end_others(call: Call, (): (), (): ()) -> Result<Devices, Failure> {
    let caller = call.caller.as_ref().ok_or(Failure::SignedOut)?;
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, &caller.id).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        for look in store::end_others(&mut tx, &caller.id, &caller.session).await? {
            store::add_line(&mut tx, &caller.id, DeviceStep::Ended, look, call.now()).await?;
        }
        wechat::end_bond(&call, &mut tx).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    list(call, (), ()).await
}
