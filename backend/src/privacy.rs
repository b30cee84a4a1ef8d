//! What is kept of somebody: told to everybody, handed out to them, forgotten in time, and erased.
//!
//! All of it rests on one register of tables (`register.rs`, `store/tables/`), which a test compares
//! with the schema. Keys are replaced in `rotate.rs`.

use axum::routing::get;
use domain::{
    id::AccountId,
    privacy::{
        DataLink, Erasure, Holding, LINK_LIFE, Leaving, MyData, Policy, PolicyGroup,
        api::{AskErasure, GetErasure, GetMyData, GetPolicy, MakeDataLink, StopErasure},
    },
    text::Text,
};

mod archive;
pub mod erase;
mod ledger;
pub mod register;
pub mod retention;
pub mod rotate;
pub mod store;
mod words;

use crate::{
    call::Call,
    db::{Db, DbError},
    failure::Failure,
    mount::Mount,
    once,
};
use register::{Group, Kept, Table, text};

/// Serves what is kept of somebody.
pub fn mount(mount: Mount) -> Mount {
    let app = mount.app().clone();
    mount
        .serve::<GetPolicy, _, _>(get_policy)
        .serve::<GetMyData, _, _>(get_my_data)
        .serve::<MakeDataLink, _, _>(make_data_link)
        .serve::<GetErasure, _, _>(get_erasure)
        .serve::<AskErasure, _, _>(erase::ask)
        .serve::<StopErasure, _, _>(erase::stop)
        .raw("/api/archive/{file}", get(archive::file).with_state(app))
}

/// Whether an account is going to be erased.
///
/// # Errors
/// The database fails.
pub async fn leaving(db: &Db, account: &AccountId) -> Result<Option<Leaving>, DbError> {
    store::leaving(db, account).await
}

async fn get_policy(_: Call, (): (), (): ()) -> Result<Policy, Failure> {
    Ok(policy())
}

/// What is kept, as the register says.
pub fn policy() -> Policy {
    let group = |group: Group| PolicyGroup {
        title: text(words::group(group)),
        items: store::tables().filter(|table| table.group == group).map(holding).collect(),
    };
    let groups = [Group::Account, Group::Family, Group::Bookings, Group::Neighbours, Group::House];
    let mut groups: Vec<PolicyGroup> = groups.map(group).into();
    if let Some(last) = groups.last_mut() {
        let [title, why, holds, kept, after] = words::REGISTER.map(text);
        last.items.push(Holding { title, why, holds: vec![holds], sealed: false, kept, after, stays: true });
    }
    Policy { groups }
}

fn holding(table: &Table) -> Holding {
    let shown = table.columns.iter().filter(|column| column.kind.is_for_people());
    let goes = format!("DELETE FROM {} ", table.name);
    Holding {
        title: text(table.title),
        why: text(table.why),
        holds: shown.map(|column| text(column.label)).collect(),
        sealed: table.columns.iter().any(|column| column.kind == register::Kind::Sealed),
        kept: kept(table),
        after: text(table.after),
        stays: !table.erase.iter().any(|sql| sql.starts_with(&goes)),
    }
}

/// For how long, in words.
fn kept(table: &Table) -> Text {
    let base = match table.kept {
        Kept::Account => words::WITH_ACCOUNT,
        Kept::Good => words::FOR_GOOD,
    };
    match table.sweep {
        None => text(base),
        Some(sweep) => words::kept(sweep.what, sweep.days, base),
    }
}

async fn get_my_data(call: Call, (): (), (): ()) -> Result<MyData, Failure> {
    let archive = archive::collect(&call.app, call.account()?).await?;
    Ok(MyData { made: archive.made, parts: archive.parts(call.lang) })
}

async fn make_data_link(call: Call, (): (), (): ()) -> Result<DataLink, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    // A retry gets the address of the first time: only its end is kept.
    let until = if let Some(until) = once::replay(&mut tx, &call).await? {
        until
    } else {
        let until = call.now().plus(LINK_LIFE);
        once::keep(&mut tx, &call, &until).await?;
        tx.commit().await?;
        until
    };
    let [page, json] = archive::addresses(&call.app.vault, account, until, call.lang);
    Ok(DataLink { page, json, until })
}

async fn get_erasure(call: Call, (): (), (): ()) -> Result<Erasure, Failure> {
    erase::outlook(&call).await
}

#[cfg(test)]
mod tests;
