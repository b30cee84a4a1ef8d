//! Keys and the answers they had.

use domain::{id::AccountId, time::Moment};

use crate::{
    args,
    call::Key,
    db::{DbError, Tx},
};

/// The hash of the request and the answer it had; no answer where a booking was made with the key,
/// which keeps it itself.
pub async fn find(tx: &mut Tx, account: &AccountId, key: &str) -> Result<Option<(String, String)>, DbError> {
    let row = tx
        .row(
            "SELECT body_hash, answer FROM answered WHERE account_id = $1 AND idem_key = $2 \
             UNION ALL \
             SELECT body_hash, '' AS answer FROM booking WHERE account_id = $1 AND idem_key = $2",
            args![account, key],
        )
        .await?;
    row.map(|row| Ok((row.text("body_hash")?, row.text("answer")?))).transpose()
}

/// Keeps an answer; a conflict where the key has one already.
pub async fn keep(
    tx: &mut Tx,
    account: &AccountId,
    key: &Key,
    answer: &str,
    now: Moment,
) -> Result<(), DbError> {
    tx.run(
        "INSERT INTO answered (account_id, idem_key, body_hash, answer, made) VALUES ($1, $2, $3, $4, $5)",
        args![account, &key.text, &key.body_hash, answer, now],
    )
    .await?;
    Ok(())
}
