//! Keyed writes that answer the same when they are sent again.
//!
//! Inside its transaction a handler first asks [`replay`]: what it finds is the answer of the
//! first time. Otherwise it does its work and [`keep`]s the answer, in the same transaction, so that
//! either both are there or neither. Bookings keep their own keys.

use domain::{
    refusal::Refusal,
    time::{DAY, Moment},
};
use serde::{Serialize, de::DeserializeOwned};

mod store;

use crate::{
    call::Call,
    db::{Db, DbError, Tx},
    failure::Failure,
};

/// For how long answers are kept, in milliseconds; no phone sends a tap again after that.
const KEPT: i64 = 30 * DAY;

/// The answer this call had when it came before, if it did.
///
/// # Errors
/// The key came with another request before; or the database fails.
pub async fn replay<T: DeserializeOwned>(tx: &mut Tx, call: &Call) -> Result<Option<T>, Failure> {
    let key = call.key()?;
    let Some((body_hash, answer)) = store::find(tx, call.account()?, &key.text).await? else {
        return Ok(None);
    };
    if body_hash != key.body_hash {
        return Err(Refusal::KeyReused.into());
    }
    serde_json::from_str(&answer).map(Some).map_err(|error| Failure::Broken(error.to_string()))
}

/// Keeps the answer for when the call comes again.
///
/// # Errors
/// The same call is being answered elsewhere at this instant; the client asks again.
pub async fn keep<T: Serialize>(tx: &mut Tx, call: &Call, answer: &T) -> Result<(), Failure> {
    let answer = serde_json::to_string(answer).map_err(|error| Failure::Broken(error.to_string()))?;
    match store::keep(tx, call.account()?, call.key()?, &answer, call.now()).await {
        Err(DbError::Conflict(_)) => Err(Failure::Overloaded { retry_after: 1 }),
        kept => Ok(kept?),
    }
}

/// Forgets the answers that are too old to be asked for again; how many those were.
///
/// # Errors
/// The database fails.
pub async fn prune(db: &Db, now: Moment) -> Result<u64, DbError> {
    store::prune(db, now.plus(-KEPT)).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{args, db::DatabaseUrl};

    #[tokio::test]
    async fn only_old_answers_are_forgotten() {
        let file = std::env::temp_dir().join(format!("doorstep-once-{}.db", std::process::id()));
        let db = Db::open(&DatabaseUrl::file(&file)).await.expect("opens");
        let now = Moment(1_782_000_000_000);
        let mut tx = db.begin().await.expect("begins");
        for (key, made) in [("old", now.plus(-KEPT - 1)), ("young", now.plus(-KEPT))] {
            let sql = "INSERT INTO answered (account_id, idem_key, body_hash, answer, made) \
                       VALUES ('a', $1, 'h', 'null', $2)";
            tx.run(sql, args![key, made]).await.expect("kept");
        }
        tx.commit().await.expect("commits");
        assert_eq!(prune(&db, now).await, Ok(1));
        assert_eq!(prune(&db, now).await, Ok(0));
        let left = db.rows("SELECT idem_key FROM answered", args![]).await.expect("reads");
        assert_eq!(left.iter().map(|row| row.text("idem_key")).collect::<Vec<_>>(), [Ok("young".into())]);
        db.close().await;
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", file.display()));
        }
    }
}
