//! What those who look after somebody should know, written by the household, and who of them read it.

use std::slice;

use domain::{audit::Looked, household::Care, id::PersonId};

use super::{lock, plain_text, seal, store, unseal};
use crate::{audit, call::Call, circle, failure::Failure, once};

pub async fn get_care(call: Call, id: PersonId, (): ()) -> Result<Care, Failure> {
    circle::check_own(&call, slice::from_ref(&id)).await.map_err(|_| Failure::NotFound)?;
    let sealed = store::own_box(&call.app.db, call.account()?, &id).await?.ok_or(Failure::NotFound)?;
    Ok(unseal(&call.app.vault, &id, &sealed)?.care)
}

pub async fn change_care(call: Call, id: PersonId, input: Care) -> Result<Care, Failure> {
    let care = Care {
        school: input.school,
        allergies: plain_text(&input.allergies),
        notes: plain_text(&input.notes),
    };
    let refusals = care.check();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        let (relation, sealed) = super::own(&mut tx, account, &id).await?.ok_or(Failure::NotFound)?;
        let mut plain = unseal(&call.app.vault, &id, &sealed)?;
        plain.care = care;
        let sealed = seal(&call.app.vault, &id, &plain)?;
        store::change(&mut tx, &id, relation, &sealed).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    get_care(call, id, ()).await
}

/// Who looked stays for the household to read, of its own people only.
pub async fn list_looks(call: Call, id: PersonId, (): ()) -> Result<Vec<Looked>, Failure> {
    store::own_box(&call.app.db, call.account()?, &id).await?.ok_or(Failure::NotFound)?;
    Ok(audit::of_person(&call.app.db, &call.app.vault, &id).await?)
}
