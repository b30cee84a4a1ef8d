//! What becomes of the number of somebody without a telephone: another one, a telephone in its place, or
//! erasure as everybody has it. On their word, each with a reason on record.

use domain::{
    audit::Act,
    circle::{
        desk::{CardAsk, DeskCircle},
        moves::{
            ErasureAsk, Moved, PhoneAsk, PhoneMove,
            api::{AskPhone, EraseAtDesk, MoveToPhone, ReplaceCard},
        },
    },
    id::{AccountId, CentreId, PersonId},
    refusal::Refusal,
    session::{CodeSent, Phone},
};

use super::{
    desk::{entry, found, found_in, line, name_of, other_card, shown},
    store,
};
use crate::{
    audit,
    call::Call,
    db::Tx,
    failure::Failure,
    household,
    mount::Mount,
    once,
    privacy::erase,
    session::{self, CodeFor},
    staff,
    vault::Purpose,
};

pub(super) fn mount(mount: Mount) -> Mount {
    mount
        .serve::<ReplaceCard, _, _>(replace_card)
        .serve::<AskPhone, _, _>(ask_phone)
        .serve::<MoveToPhone, _, _>(move_to_phone)
        .serve::<EraseAtDesk, _, _>(erase_at_desk)
}

/// Whose number it is, or whose it was when the same request came before: what is done is known again by
/// the account, for the number may be another one by the time of a retry.
enum Whose {
    Done(AccountId),
    Found(Tx, AccountId, PersonId),
}

/// Finds them as the desk does, counted and on record. Posts are held, then the accounts.
async fn whose(call: &Call, centre: &CentreId, card: &str, reason: &str) -> Result<Whose, Failure> {
    let app = &call.app;
    let mut tx = app.db.begin().await?;
    if let Some(account) = once::replay(&mut tx, call).await? {
        return Ok(Whose::Done(account));
    }
    drop(tx);
    found(call, centre, card, reason).await?;
    let mut tx = app.db.begin().await?;
    staff::hold(&mut tx).await?;
    let (account, holder) = found_in(app, &mut tx, card).await?;
    household::lock(&mut tx, &account).await?;
    // The same request may have been quicker.
    Ok(match once::replay(&mut tx, call).await? {
        Some(account) => Whose::Done(account),
        None => Whose::Found(tx, account, holder),
    })
}

/// Keeps and records what is done, and commits.
async fn finish(
    call: &Call,
    mut tx: Tx,
    (act, centre, reason): (Act, &CentreId, &str),
    (account, holder): (&AccountId, &PersonId),
) -> Result<(), Failure> {
    once::keep(&mut tx, call, account).await?;
    let line = entry(call, act, centre, Some(holder), reason)?;
    audit::record(&mut tx, &call.app.vault, &[line], audit::retry(call).as_deref()).await?;
    Ok(tx.commit().await?)
}

async fn replace_card(call: Call, centre: CentreId, input: CardAsk) -> Result<DeskCircle, Failure> {
    call.staff_of(&centre).await?;
    let ask = CardAsk { reason: line(&input.reason), ..input };
    refuse(ask.check())?;
    let account = match whose(&call, &centre, &ask.card, &ask.reason).await? {
        Whose::Done(account) => account,
        Whose::Found(mut tx, account, holder) => {
            other_card(&call.app, &mut tx, &account, &centre).await?;
            // Whoever has found the lost slip shall not come with the code on it.
            store::end_codes(&mut tx, &account, call.now()).await?;
            finish(&call, tx, (Act::NewCard, &centre, &ask.reason), (&account, &holder)).await?;
            account
        }
    };
    shown(&call, &account).await
}

async fn ask_phone(call: Call, centre: CentreId, input: PhoneAsk) -> Result<CodeSent, Failure> {
    call.staff_of(&centre).await?;
    let ask = PhoneAsk { reason: line(&input.reason), ..input };
    refuse(ask.check())?;
    let phone = Phone::parse(&ask.phone)?;
    let (_, holder) = found(&call, &centre, &ask.card, &ask.reason).await?;
    let mut tx = call.app.db.begin().await?;
    let taken = session::account_of(&mut tx, &mac(&call, &phone)).await?.is_some();
    drop(tx);
    // That somebody asked whether a telephone has an account is on record, too.
    audit::seen(&call, &[entry(&call, Act::Look, &centre, Some(&holder), &ask.reason)?]).await?;
    if taken {
        return Err(Refusal::PhoneTaken.into());
    }
    session::send_code(&call, &phone, CodeFor::Desk).await
}

async fn move_to_phone(call: Call, centre: CentreId, input: PhoneMove) -> Result<Moved, Failure> {
    call.staff_of(&centre).await?;
    let ask = PhoneMove { reason: line(&input.reason), ..input };
    refuse(ask.check())?;
    let app = &call.app;
    let account = match whose(&call, &centre, &ask.card, &ask.reason).await? {
        Whose::Done(account) => account,
        Whose::Found(tx, ..) => {
            // The code is spent in a transaction of its own beginning.
            drop(tx);
            let typed = [&*ask.request, ask.code.trim()];
            let (mut tx, phone) = session::spend_code(app, typed, CodeFor::Desk).await?;
            let (account, holder) = found_in(app, &mut tx, &ask.card).await?;
            household::lock(&mut tx, &account).await?;
            let found_by = [&*mac(&call, &phone), phone.reveal()];
            if !session::refind(app, &mut tx, &account, None, found_by).await? {
                return Err(Refusal::PhoneTaken.into());
            }
            finish(&call, tx, (Act::MovePhone, &centre, &ask.reason), (&account, &holder)).await?;
            account
        }
    };
    let phone = household::me(app, &account).await?.phone;
    Ok(Moved { name: name_of(&call, &account).await?, phone })
}

async fn erase_at_desk(call: Call, centre: CentreId, input: ErasureAsk) -> Result<DeskCircle, Failure> {
    call.staff_of(&centre).await?;
    let ask = ErasureAsk { reason: line(&input.reason), ..input };
    refuse(ask.check())?;
    let (app, now) = (&call.app, call.now());
    let account = match whose(&call, &centre, &ask.card, &ask.reason).await? {
        Whose::Done(account) => account,
        Whose::Found(mut tx, account, holder) => {
            let act = if ask.stay {
                erase::stay(&mut tx, &account, now).await?;
                Act::StopErasing
            } else {
                // Nobody is signed in there: no device stays.
                erase::leave(&mut tx, &account, "", now).await?;
                Act::Erase
            };
            finish(&call, tx, (act, &centre, &ask.reason), (&account, &holder)).await?;
            account
        }
    };
    if !ask.stay {
        erase::give_back(app, &account, now).await?;
    }
    shown(&call, &account).await
}

fn refuse(refusals: Vec<Refusal>) -> Result<(), Failure> {
    if refusals.is_empty() { Ok(()) } else { Err(refusals.into()) }
}

/// The digest by which the account of a telephone is found.
fn mac(call: &Call, phone: &Phone) -> String {
    call.app.vault.digest(Purpose::Phone, &[phone.reveal()])
}
