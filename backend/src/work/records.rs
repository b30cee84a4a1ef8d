//! Records that the desk opens, and papers that it sees: each look with its purpose on record.

use domain::{
    audit::Act,
    circle::read_card,
    consent::PaperConsent,
    household::Person,
    id::{AccountId, CentreId, PersonId},
    refusal::Refusal,
    session::{Me, Phone},
    time::DAY,
    work::{HouseholdAsk, Papers, Purpose, Record, check_reason},
};

use super::{pace, store};
use crate::{
    audit::{self, Entry},
    call::Call,
    consent,
    failure::Failure,
    household::{self, plain_text},
    once,
    vault::{self, Place},
};

/// For how long after their last booking a centre has to do with somebody, in milliseconds.
const AFTERWARDS: i64 = 30 * DAY;

pub async fn look(call: Call, person: PersonId, input: Purpose) -> Result<Record, Failure> {
    let centre = their_centre(&call, &person).await?;
    let purpose = plain_text(&input.purpose).replace('\n', " ");
    let refusals = check_reason(&purpose);
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let entry = Entry {
        person: Some(&person),
        centre: Some(&centre),
        purpose: &purpose,
        ..Entry::new(Some(call.account()?), Act::Look, call.now())
    };
    audit::seen(&call, &[entry]).await?;
    let (account, person, care) = household::facts(&call.app, &person).await?;
    let phone = phone_of(&call, &account).await?;
    Ok(Record { person, care, phone })
}

/// A centre at which the caller works and somebody is booked, or was until lately.
async fn their_centre(call: &Call, person: &PersonId) -> Result<CentreId, Failure> {
    let since = call.now().plus(-AFTERWARDS);
    for centre in store::centres_of(&call.app.db, person, since).await? {
        if call.staff_of(&centre).await.is_ok() {
            return Ok(centre);
        }
    }
    Err(Failure::NotFound)
}

async fn phone_of(call: &Call, account: &AccountId) -> Result<Option<String>, Failure> {
    let sealed = store::phone_box(&call.app.db, account).await?.ok_or(Failure::NotFound)?;
    let place = Place { table: "account", row: account.as_str(), column: "phone_box" };
    let phone = call.app.vault.open(place, &sealed)?;
    // What somebody without a telephone has instead cannot be called.
    Ok(Phone::parse(&String::from_utf8_lossy(&phone)).ok().map(|phone| phone.reveal().to_owned()))
}

pub async fn find_household(
    call: Call,
    centre: CentreId,
    input: HouseholdAsk,
) -> Result<Vec<Person>, Failure> {
    call.staff_of(&centre).await?;
    let given = Given::parse(&input.phone)?;
    let purpose = plain_text(&input.purpose).replace('\n', " ");
    let refusals = check_reason(&purpose);
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    pace::count_look(&call).await?;
    people_of(&call, &centre, &given, &purpose).await
}

pub async fn see_papers(call: Call, centre: CentreId, input: Papers) -> Result<Person, Failure> {
    call.staff_of(&centre).await?;
    let account = account_of(&call, &Given::parse(&input.phone)?).await?;
    // Another guardian comes with a child as well as its own household does.
    shown(&call, &account, &input.person).await?;
    if !input.identity && !has_to_do(&call, &input.person, &centre).await? {
        return Err(Refusal::PapersElsewhere.into());
    }
    let by = call.account()?;
    let app = &call.app;
    let entry = |act| Entry {
        person: Some(&input.person),
        centre: Some(&centre),
        ..Entry::new(Some(by), act, call.now())
    };
    let mut tx = app.db.begin().await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        let papers = household::Papers { identity: input.identity, resident: input.resident };
        household::verify(&mut tx, &input.person, &centre, by, papers, call.now()).await?;
        once::keep(&mut tx, &call, &()).await?;
        audit::record(&mut tx, &app.vault, &[entry(Act::Verify)], None).await?;
        tx.commit().await?;
    } else {
        drop(tx);
        // Nothing is done again, but somebody is shown again.
        audit::seen(&call, &[entry(Act::Look)]).await?;
    }
    shown(&call, &account, &input.person).await
}

/// A guardian stands at the desk with the paper in hand: of the child's own household, for another guardian
/// does not consent.
pub async fn sign_on_paper(call: Call, centre: CentreId, input: PaperConsent) -> Result<Person, Failure> {
    call.staff_of(&centre).await?;
    let input = PaperConsent { guardian: plain_text(&input.guardian).replace('\n', " "), ..input };
    let refusals = input.check();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let account = account_of(&call, &Given::parse(&input.phone)?).await?;
    consent::on_paper(&call, &account, &centre, &input).await?;
    shown(&call, &account, &input.person).await
}

/// Somebody as the household sees them.
async fn shown(call: &Call, account: &AccountId, person: &PersonId) -> Result<Person, Failure> {
    let people = household::me(&call.app, account).await?.people;
    people.into_iter().find(|one| one.id == *person).ok_or(Failure::NotFound)
}

/// Whether a centre has to do with somebody: it saw their papers, or they are booked there, or were until
/// lately.
async fn has_to_do(call: &Call, person: &PersonId, centre: &CentreId) -> Result<bool, Failure> {
    let (db, since) = (&call.app.db, call.now().plus(-AFTERWARDS));
    Ok(store::has_seen(db, person, centre).await?
        || store::centres_of(db, person, since).await?.contains(centre))
}

/// By what somebody at the desk is found.
enum Given {
    Phone(Phone),
    /// The number on the slip of somebody without a telephone.
    Card(String),
}

impl Given {
    fn parse(typed: &str) -> Result<Self, Refusal> {
        match read_card(typed) {
            Some(card) => Ok(Self::Card(card)),
            None => Phone::parse(typed).map(Self::Phone),
        }
    }
}

async fn account_of(call: &Call, given: &Given) -> Result<AccountId, Failure> {
    let mac = match given {
        Given::Phone(phone) => call.app.vault.digest(vault::Purpose::Phone, &[phone.reveal()]),
        Given::Card(card) => call.app.vault.digest(vault::Purpose::Card, &[card]),
    };
    store::account_of(&call.app.db, &mac).await?.ok_or(Failure::NotFound)
}

/// The people of a telephone, put on record before they are shown; that nobody is known there, too.
async fn people_of(
    call: &Call,
    centre: &CentreId,
    given: &Given,
    purpose: &str,
) -> Result<Vec<Person>, Failure> {
    let by = Some(call.account()?);
    let line = Entry { centre: Some(centre), purpose, ..Entry::new(by, Act::Look, call.now()) };
    let Ok(account) = account_of(call, given).await else {
        audit::seen(call, &[line]).await?;
        return Err(Failure::NotFound);
    };
    let Me { people, .. } = household::me(&call.app, &account).await?;
    let entries: Vec<Entry> =
        people.iter().map(|person| Entry { person: Some(&person.id), ..line }).collect();
    audit::seen(call, &entries).await?;
    Ok(people)
}
