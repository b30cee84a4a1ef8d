//! SQL of the secret addresses of calendars.

use domain::{id::AccountId, time::Moment};

use crate::{
    args,
    db::{Db, DbError, Tx},
};

/// When the address of an account was made, where it has one.
pub async fn made(db: &Db, account: &AccountId) -> Result<Option<Moment>, DbError> {
    let row = db.row("SELECT made FROM calendar WHERE account_id = $1", args![account]).await?;
    row.map(|row| row.moment("made")).transpose()
}

/// Whose address has a token with that hash.
pub async fn account(db: &Db, token_hash: &str) -> Result<Option<AccountId>, DbError> {
    let row = db.row("SELECT account_id FROM calendar WHERE token_hash = $1", args![token_hash]).await?;
    row.map(|row| row.text("account_id").map(AccountId)).transpose()
}

/// Keeps the hash of a token, in place of the one before.
pub async fn put(tx: &mut Tx, account: &AccountId, token_hash: &str, now: Moment) -> Result<(), DbError> {
    let sql = "INSERT INTO calendar (account_id, token_hash, made) VALUES ($1, $2, $3) \
               ON CONFLICT (account_id) DO UPDATE SET token_hash = $2, made = $3";
    tx.run(sql, args![account, token_hash, now]).await.map(drop)
}

/// Takes the address away.
pub async fn remove(tx: &mut Tx, account: &AccountId) -> Result<(), DbError> {
    tx.run("DELETE FROM calendar WHERE account_id = $1", args![account]).await.map(drop)
}
