//! Keyed writes that answer the same when they are sent again.
//!
//! Inside its transaction a handler first asks [`replay`]: what it finds is the answer of the
//! first time. Otherwise it does its work and [`keep`]s the answer, in the same transaction, so that
//! either both are there or neither. Bookings keep their own keys.

use domain::refusal::Refusal;
use serde::{Serialize, de::DeserializeOwned};

mod store;

use crate::{
    call::Call,
    db::{DbError, Tx},
    failure::Failure,
};

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
