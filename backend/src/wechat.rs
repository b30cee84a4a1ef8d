//! Signing in within `WeChat` without a code, and its functions for our pages.
//!
//! Everything hangs on an official account in the settings; without one nothing of this is seen. The
//! steps and their checks are in `wechat/visit.rs`, what is asked of `WeChat` in `wechat/api.rs`.

use axum::routing::get;
use domain::{
    device::DeviceStep,
    refusal::Refusal,
    time::DAY,
    wechat::{
        WechatBond,
        api::{BindWechat, GetWechat, SignWechatPage, UnbindWechat},
    },
};

use crate::{
    call::Call, db::Tx, digest::sha256, failure::Failure, household, mount::Mount, once, session,
    vault::Place,
};

mod api;
mod page;
mod store;
mod visit;

pub use store::bound_since;

/// For how long somebody who was shown to us can be bound, in milliseconds.
const SHOWN: i64 = DAY / 48;

/// Serves `WeChat`.
pub fn mount(mount: Mount) -> Mount {
    let app = mount.app().clone();
    let mount = mount
        .serve::<GetWechat, _, _>(get_bond)
        .serve::<BindWechat, _, _>(bind)
        .serve::<UnbindWechat, _, _>(unbind)
        .serve::<SignWechatPage, _, _>(page::sign);
    if app.config.wechat.is_none() {
        return mount;
    }
    mount
        .raw("/wechat/sign-in", get(visit::go).with_state(app.clone()))
        .raw("/wechat/back", get(visit::back).with_state(app))
}

/// Where the openid of a visit is sealed.
fn visit_place(id: &str) -> Place<'_> {
    Place { table: "wechat_visit", row: id, column: "openid_box" }
}

/// Where that of a bond is.
fn bond_place(mac: &str) -> Place<'_> {
    Place { table: "wechat_bond", row: mac, column: "openid_box" }
}

/// The hash of what a browser has that was shown to us.
fn shown_hash(call: &Call) -> Option<String> {
    let shown = call.wechat.as_deref()?.strip_prefix(visit::SHOWN)?;
    Some(sha256(shown))
}

/// Lets the caller's `WeChat`, where one is bound, sign in no more; the account is told.
///
/// # Errors
/// The database fails.
pub async fn end_bond(call: &Call, tx: &mut Tx) -> Result<(), Failure> {
    if store::unbind(tx, call.account()?).await? {
        session::tell(call, tx, DeviceStep::Unbound).await?;
    }
    Ok(())
}

async fn get_bond(call: Call, (): (), (): ()) -> Result<WechatBond, Failure> {
    let db = &call.app.db;
    let since = bound_since(db, call.account()?).await?;
    let ready = match shown_hash(&call) {
        Some(hash) if since.is_none() => store::is_shown(db, &hash, call.now().plus(-SHOWN)).await?,
        _ => false,
    };
    Ok(WechatBond { since, ready })
}

async fn bind(call: Call, (): (), (): ()) -> Result<WechatBond, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        let hash = shown_hash(&call).ok_or(Refusal::WechatUnknown)?;
        let shown = store::take_shown(&mut tx, &hash, call.now().plus(-SHOWN)).await?;
        let (visit, mac, sealed) = shown.ok_or(Refusal::WechatUnknown)?;
        let openid = call.app.vault.open(visit_place(&visit), &sealed)?;
        let sealed = call.app.vault.seal(bond_place(&mac), &openid)?;
        store::bind(&mut tx, &mac, &sealed, account, call.now()).await?;
        session::tell(&call, &mut tx, DeviceStep::Bound).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    get_bond(call, (), ()).await
}

async fn unbind(call: Call, (): (), (): ()) -> Result<WechatBond, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        end_bond(&call, &mut tx).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    get_bond(call, (), ()).await
}
