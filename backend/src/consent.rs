//! The guardian's consent for a child: read, given, taken back.

use domain::{
    audit::Act,
    consent::{
        Consent, ConsentDraft, PaperConsent, Resting, VERSION,
        api::{GetConsent, GiveConsent, WithdrawConsent},
        is_needed,
    },
    id::{AccountId, CentreId, PersonId},
    refusal::Refusal,
    time::CHINA,
};

use crate::{
    audit::{self, Entry},
    call::Call,
    failure::Failure,
    household::{self, lock},
    mount::Mount,
    once, tickets,
};

mod store;

/// Serves consent.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve::<GetConsent, _, _>(get_consent)
        .serve::<GiveConsent, _, _>(give_consent)
        .serve::<WithdrawConsent, _, _>(withdraw_consent)
}

async fn get_consent(call: Call, id: PersonId, (): ()) -> Result<Consent, Failure> {
    let db = &call.app.db;
    let kept = store::find(db, call.account()?, &id).await?.ok_or(Failure::NotFound)?;
    let born = household::unseal(&call.app.vault, &id, &kept.sealed_box)?.born;
    let ahead = store::ahead(db, &id, call.now()).await?;
    let resting = |one: &Resting| is_needed(born, one.starts.day(one.zone));
    Ok(Consent {
        needed: is_needed(born, call.now().day(CHINA)),
        version: VERSION,
        given: kept.given,
        steps: store::steps(db, &id).await?,
        ahead: ahead.into_iter().filter(resting).collect(),
        person: id,
    })
}

async fn give_consent(call: Call, id: PersonId, input: ConsentDraft) -> Result<Consent, Failure> {
    if input.version != VERSION {
        return Err(Refusal::ConsentChanged { version: VERSION }.into());
    }
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        let (before, sealed) = store::own(&mut tx, account, &id).await?.ok_or(Failure::NotFound)?;
        let born = household::unseal(&call.app.vault, &id, &sealed)?.born;
        if !is_needed(born, call.now().day(CHINA)) {
            return Err(Failure::Malformed("from fourteen on nobody consents for somebody else".into()));
        }
        if before != VERSION {
            store::step(&mut tx, account, &id, (VERSION, true, None), call.now()).await?;
        }
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    get_consent(call, id, ()).await
}

/// Keeps what a guardian of this household signed at a desk, or had taken back there, with a line on record;
/// whether the caller works there was asked before. A retry changes nothing, and is on record as a look.
///
/// # Errors
/// Nobody of that household, or who needs no consent.
pub async fn on_paper(
    call: &Call,
    account: &AccountId,
    centre: &CentreId,
    paper: &PaperConsent,
) -> Result<(), Failure> {
    let (app, now, person) = (&call.app, call.now(), &paper.person);
    let by = Some(call.account()?);
    let line = |act| Entry { person: Some(person), centre: Some(centre), ..Entry::new(by, act, now) };
    let mut tx = app.db.begin().await?;
    lock(&mut tx, account).await?;
    let (before, sealed) = store::own(&mut tx, account, person).await?.ok_or(Failure::NotFound)?;
    if once::replay::<()>(&mut tx, call).await?.is_some() {
        drop(tx);
        return audit::seen(call, &[line(Act::Look)]).await;
    }
    let act = if paper.given {
        let born = household::unseal(&app.vault, person, &sealed)?.born;
        if !is_needed(born, now.day(CHINA)) {
            return Err(Failure::Malformed("from fourteen on nobody consents for somebody else".into()));
        }
        store::step(&mut tx, account, person, (VERSION, true, Some(centre)), now).await?;
        Act::PaperConsent
    } else {
        if before > 0 {
            store::step(&mut tx, account, person, (before, false, Some(centre)), now).await?;
            tickets::void_of(&mut tx, person, now).await?;
        }
        Act::ConsentBack
    };
    once::keep(&mut tx, call, &()).await?;
    audit::record(&mut tx, &app.vault, &[Entry { purpose: &paper.guardian, ..line(act) }], None).await?;
    Ok(tx.commit().await?)
}

async fn withdraw_consent(call: Call, id: PersonId, (): ()) -> Result<Consent, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        let (before, _) = store::own(&mut tx, account, &id).await?.ok_or(Failure::NotFound)?;
        if before > 0 {
            store::step(&mut tx, account, &id, (before, false, None), call.now()).await?;
            tickets::void_of(&mut tx, &id, call.now()).await?;
        }
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    get_consent(call, id, ()).await
}
