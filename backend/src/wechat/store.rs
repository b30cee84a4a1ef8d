//! SQL of `WeChat`: visits, bonds and what is on loan.

use domain::{
    id::AccountId,
    time::{DAY, Moment},
};

use crate::{
    args,
    db::{Db, DbError, Tx},
};

/// How many came back from an address since then.
pub async fn visits(db: &Db, address_mac: &str, since: Moment) -> Result<u32, DbError> {
    let sql = "SELECT COUNT(*) AS visits FROM wechat_visit WHERE address_mac = $1 AND made > $2";
    db.row(sql, args![address_mac, since]).await?.map_or(Ok(0), |row| row.count("visits"))
}

/// Writes that somebody came back; whether nobody had by that address before. Forgets old visits.
pub async fn come(tx: &mut Tx, state_hash: &str, address_mac: &str, now: Moment) -> Result<bool, DbError> {
    tx.run("DELETE FROM wechat_visit WHERE made < $1", args![now.plus(-DAY)]).await?;
    let sql = "INSERT INTO wechat_visit (id, address_mac, made) VALUES ($1, $2, $3) \
               ON CONFLICT (id) DO NOTHING";
    Ok(tx.run(sql, args![state_hash, address_mac, now]).await? == 1)
}

/// Keeps who came, for the browser that has what `shown_hash` is the hash of.
pub async fn show(
    tx: &mut Tx,
    state_hash: &str,
    shown_hash: &str,
    [mac, sealed]: [&str; 2],
) -> Result<(), DbError> {
    let sql = "UPDATE wechat_visit SET shown_hash = $2, openid_mac = $3, openid_box = $4 WHERE id = $1";
    tx.run(sql, args![state_hash, shown_hash, mac, sealed]).await.map(drop)
}

/// Whether somebody is kept under that hash who came after `since`.
pub async fn is_shown(db: &Db, shown_hash: &str, since: Moment) -> Result<bool, DbError> {
    let sql = "SELECT made FROM wechat_visit WHERE shown_hash = $1 AND made > $2";
    Ok(db.row(sql, args![shown_hash, since]).await?.is_some())
}

/// Takes who is kept under that hash and came after `since`: the visit, the digest and the sealed
/// openid.
pub async fn take_shown(
    tx: &mut Tx,
    shown_hash: &str,
    since: Moment,
) -> Result<Option<(String, String, String)>, DbError> {
    let sql =
        "DELETE FROM wechat_visit WHERE shown_hash = $1 AND made > $2 RETURNING id, openid_mac, openid_box";
    let row = tx.row(sql, args![shown_hash, since]).await?;
    row.map(|row| Ok((row.text("id")?, row.text("openid_mac")?, row.text("openid_box")?))).transpose()
}

/// Binds a `WeChat` and an account to each other, and to nobody else.
pub async fn bind(
    tx: &mut Tx,
    mac: &str,
    sealed: &str,
    account: &AccountId,
    now: Moment,
) -> Result<(), DbError> {
    let others = "DELETE FROM wechat_bond WHERE id = $1 OR account_id = $2";
    tx.run(others, args![mac, account]).await?;
    let sql = "INSERT INTO wechat_bond (id, openid_box, account_id, made) VALUES ($1, $2, $3, $4)";
    tx.run(sql, args![mac, sealed, account, now]).await.map(drop)
}

/// Ends an account's bond; whether there was one.
pub async fn unbind(tx: &mut Tx, account: &AccountId) -> Result<bool, DbError> {
    Ok(tx.run("DELETE FROM wechat_bond WHERE account_id = $1", args![account]).await? > 0)
}

/// Since when an account is bound.
pub async fn bound_since(db: &Db, account: &AccountId) -> Result<Option<Moment>, DbError> {
    let row = db.row("SELECT made FROM wechat_bond WHERE account_id = $1", args![account]).await?;
    row.map(|row| row.moment("made")).transpose()
}

/// The account of a `WeChat`.
pub async fn account(tx: &mut Tx, mac: &str) -> Result<Option<AccountId>, DbError> {
    let row = tx.row("SELECT account_id FROM wechat_bond WHERE id = $1", args![mac]).await?;
    row.map(|row| Ok(AccountId(row.text("account_id")?))).transpose()
}

/// What is on loan under that name: sealed, and until when.
pub async fn loan(db: &Db, name: &str) -> Result<Option<(String, Moment)>, DbError> {
    let row = db.row("SELECT ticket_box, until FROM wechat_loan WHERE id = $1", args![name]).await?;
    row.map(|row| Ok((row.text("ticket_box")?, row.moment("until")?))).transpose()
}

/// Takes it on oneself to fetch a loan anew, until `patience`, where it ends before `early`; whether
/// nobody else is at it or has just done it.
pub async fn fetch(
    db: &Db,
    name: &str,
    now: Moment,
    [patience, early]: [Moment; 2],
) -> Result<bool, DbError> {
    let mut tx = db.begin().await?;
    let sql = "INSERT INTO wechat_loan (id, ticket_box, until, fetching) VALUES ($1, '', 0, $3) \
               ON CONFLICT (id) DO UPDATE SET fetching = $3 \
               WHERE wechat_loan.fetching <= $2 AND wechat_loan.until <= $4";
    let mine = tx.run(sql, args![name, now, patience, early]).await? == 1;
    tx.commit().await?;
    Ok(mine)
}

/// Writes a loan that was fetched.
pub async fn keep(db: &Db, name: &str, sealed: &str, until: Moment) -> Result<(), DbError> {
    let mut tx = db.begin().await?;
    let sql = "UPDATE wechat_loan SET ticket_box = $2, until = $3, fetching = 0 WHERE id = $1";
    tx.run(sql, args![name, sealed, until]).await?;
    tx.commit().await
}
