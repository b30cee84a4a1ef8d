//! Books for who calls or stands at the desk, with a telephone or without.

use domain::{
    audit::Act,
    draw::{Entry as DrawEntry, EntryDraft},
    id::{AccountId, CentreId, DrawId, PersonId, SlotId},
    refusal::Refusal,
    session::Phone,
    time::CHINA,
    work::{Caller, CallerEntry, DeskEntry, Party},
};

use super::{own_slot, roster};
use crate::{
    audit::{self, Entry},
    booking::writer::{Ask, By, Deed},
    call::Call,
    circle, draws,
    failure::Failure,
    household::{self, plain_text},
    session,
    vault::Purpose,
};

pub async fn book(call: Call, slot: SlotId, input: Caller) -> Result<Party, Failure> {
    let row = own_slot(&call, &slot).await?;
    let input = plain(input);
    check(&call, input.check(), &input)?;
    let (account, people) = household_of(&call, slot.as_str(), &row.centre, &input).await?;
    let (named, guests) = (people.clone(), input.guests);
    let deed = Deed::Book { slot: slot.clone(), people, ready: None, share: false, counter: true, guests };
    let (key, by) = (call.key()?.clone(), By::Desk(call.account()?.clone()));
    let booked = call.app.bookings.ask(Ask { account, key, now: call.now(), deed, by }).await;
    let booked = booked.map_err(|failure| match failure {
        Failure::Refused(refusals) => {
            Failure::Refused(refusals.into_iter().map(|refusal| refusal.of_party(&named)).collect())
        }
        other => other,
    })?;
    let parties = roster(&call, &slot).await?.parties;
    let party = parties.into_iter().find(|party| party.booking == booked.id);
    party.ok_or_else(|| Failure::Broken("a booking vanished".into()))
}

/// Enters a household into a draw on its word, by the function by which it enters itself.
pub async fn enter_draw(call: Call, draw: DrawId, input: CallerEntry) -> Result<DeskEntry, Failure> {
    let centre = draws::centre_of(&call.app, &draw).await?;
    call.staff_of(&centre).await?;
    let input = CallerEntry { caller: plain(input.caller), ..input };
    check(&call, input.check(), &input.caller)?;
    let (account, people) = household_of(&call, draw.as_str(), &centre, &input.caller).await?;
    let draft = EntryDraft { people, prefers: input.prefers };
    let entry = draws::enter_for(&call, draw, &account, draft).await?.entry;
    let DrawEntry { tag, weight, people, prefers, .. } =
        entry.ok_or_else(|| Failure::Broken("an entry vanished".into()))?;
    Ok(DeskEntry { tag, weight, people: u32::try_from(people.len()).unwrap_or(u32::MAX), prefers })
}

/// Refuses what is wrong with what was typed.
fn check(call: &Call, mut refusals: Vec<Refusal>, caller: &Caller) -> Result<(), Failure> {
    refusals.extend(caller.check_birthdays(call.now().day(CHINA)));
    if refusals.is_empty() { Ok(()) } else { Err(refusals.into()) }
}

/// What was typed, as it is kept.
fn plain(input: Caller) -> Caller {
    let [name, note] = [&input.name, &input.note].map(|text| plain_text(text).replace('\n', " "));
    let phone = input.phone.filter(|phone| !phone.trim().is_empty());
    Caller { phone, name, note, ..input }
}

/// The account and the people to book for, made where they are not known. Put on record in the same
/// transaction.
async fn household_of(
    call: &Call,
    subject: &str,
    centre: &CentreId,
    input: &Caller,
) -> Result<(AccountId, Vec<PersonId>), Failure> {
    let app = &call.app;
    let mut tx = app.db.begin().await?;
    let account = if let Some(card) = input.card() {
        circle::card_of(app, &mut tx, &card).await?
    } else if let Some(phone) = &input.phone {
        session::account_for(app, &mut tx, &Phone::parse(phone)?).await?
    } else {
        // The same for a retry: it follows from who asks and with which key.
        let (by, key) = (call.account()?.as_str(), &*call.key()?.text);
        let digest = app.vault.digest(Purpose::Request, &["walk-in", by, key]);
        let id = AccountId(format!("w{}", digest.get(..20).unwrap_or_default()));
        session::walk_in(app, &mut tx, &id).await?;
        id
    };
    let name = match &*input.name {
        "" => household::holder_name(app, &mut tx, &account).await?,
        name => name.to_owned(),
    };
    let asked = household::AtDesk { name: &name, born: input.born, along: &input.along };
    let people = household::at_desk(app, &mut tx, &account, &asked).await?;
    let by = Some(call.account()?);
    let entries: Vec<Entry> = people
        .iter()
        .map(|person| Entry {
            person: Some(person),
            centre: Some(centre),
            subject: Some(subject),
            purpose: &input.note,
            ..Entry::new(by, Act::Book, call.now())
        })
        .collect();
    let retry = audit::retry(call);
    audit::record(&mut tx, &app.vault, &entries, retry.as_deref()).await?;
    tx.commit().await?;
    Ok((account, people))
}
