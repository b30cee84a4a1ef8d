//! The people of an account. Names and birthdays are sealed; only the household reads them.

use domain::{
    circle::{read_card, write_card},
    household::{
        Care, MOST_PEOPLE, Person, PersonDraft, Relation,
        api::{AddPerson, ChangeCare, ChangePerson, GetCare, ListLooks, RemovePerson},
    },
    id::{AccountId, PersonId},
    refusal::Refusal,
    session::{Me, Phone},
    text::{is_joiner, is_unseen},
    time::{CHINA, Day, Moment},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    booking,
    call::Call,
    db::{Db, DbError, Tx},
    failure::Failure,
    mount::Mount,
    once, privacy, staff, tickets,
    vault::{Place, Vault, VaultError},
};

mod at_desk;
mod care;
mod store;
mod verify;

pub use at_desk::{AtDesk, at_desk, called_at, holder_name};
pub use store::{are_own, holder, households_of_shared, lock, lock_all, own, relation_of};
pub use verify::{Papers, verify};

/// Serves the household.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve::<AddPerson, _, _>(add_person)
        .serve::<ChangePerson, _, _>(change_person)
        .serve::<RemovePerson, _, _>(remove_person)
        .serve::<GetCare, _, _>(care::get_care)
        .serve::<ChangeCare, _, _>(care::change_care)
        .serve::<ListLooks, _, _>(care::list_looks)
}

/// What is sealed of a person.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// What they are called; empty where nobody said.
    pub name: String,
    /// Date of birth.
    pub born: Option<Day>,
    /// What those who look after them should know; boxes from before have none.
    #[serde(default, skip_serializing_if = "Care::is_empty")]
    pub care: Care,
}

impl core::fmt::Debug for Sealed {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Sealed(..)")
    }
}

/// Seals what is personal for the row of `person`.
pub fn seal(vault: &Vault, person: &PersonId, plain: &Sealed) -> Result<String, VaultError> {
    let plain = serde_json::to_vec(plain).map_err(|_| VaultError::Sealed)?;
    vault.seal(place(person), &plain)
}

/// Opens the column `sealed_box` of `person`.
pub fn unseal(vault: &Vault, person: &PersonId, sealed: &str) -> Result<Sealed, VaultError> {
    let plain = vault.open(place(person), sealed)?;
    serde_json::from_slice(&plain).map_err(|_| VaultError::Sealed)
}

fn place(person: &PersonId) -> Place<'_> {
    Place { table: "person", row: person.as_str(), column: "sealed_box" }
}

/// A text as it is kept: without control characters, without what nobody sees or what turns other
/// words around, and without spaces at its ends. Lines stay.
pub fn plain_text(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    let stays = |sign: &char| *sign == '\n' || !(sign.is_control() || is_unseen(*sign));
    let plain: String = lines.chars().filter(stays).collect();
    // What joins, joins nothing at the beginning; a text of nothing else is empty.
    plain.trim_start_matches(|sign: char| sign.is_whitespace() || is_joiner(sign)).trim_end().to_owned()
}

/// Somebody who is signed in, as they see themselves.
pub async fn me(app: &App, account: &AccountId) -> Result<Me, Failure> {
    let phone_box = store::phone_box(&app.db, account).await?.ok_or(Failure::SignedOut)?;
    let phone = masked_phone(&app.vault, account, &phone_box)?;
    let mut people = Vec::new();
    for row in store::people(&app.db, account).await? {
        people.push(opened(&app.vault, row)?.0);
    }
    let leaving = privacy::leaving(&app.db, account).await?;
    Ok(Me { phone, people, posts: staff::posts(&app.db, account).await?, leaving, acting: None })
}

/// Whoever a call is made for, as the caller may see them: a relative sees neither posts, nor whether
/// the account is about to go, nor the children of others whose guardian it is.
pub async fn shown(call: &Call) -> Result<Me, Failure> {
    let me = me(&call.app, call.account()?).await?;
    Ok(match &call.acting {
        None => me,
        Some(acting) => {
            let people = me.people.into_iter().filter(|person| person.shared.is_none()).collect();
            Me { people, posts: Vec::new(), leaving: None, acting: Some(acting.elder.clone()), ..me }
        }
    })
}

/// The telephone of an account as it may be shown; of somebody without one, the number on their slip,
/// or nothing.
pub fn masked_phone(vault: &Vault, account: &AccountId, phone_box: &str) -> Result<String, Failure> {
    let phone = opened_phone(vault, account, phone_box)?;
    Ok(match Phone::parse(&phone) {
        Ok(phone) => phone.masked(),
        Err(_) => read_card(&phone).map_or_else(String::new, |card| write_card(&card)),
    })
}

/// The telephone of an account; `None` where it has a number of the desk's instead, or nothing.
///
/// # Errors
/// It cannot be opened.
pub fn phone(vault: &Vault, account: &AccountId, phone_box: &str) -> Result<Option<Phone>, VaultError> {
    Ok(Phone::parse(&opened_phone(vault, account, phone_box)?).ok())
}

fn opened_phone(vault: &Vault, account: &AccountId, phone_box: &str) -> Result<String, VaultError> {
    let place = Place { table: "account", row: account.as_str(), column: "phone_box" };
    Ok(String::from_utf8_lossy(&vault.open(place, phone_box)?).into_owned())
}

/// The number of somebody without a telephone; `None` for all others.
///
/// # Errors
/// There is no such account.
pub async fn card(app: &App, account: &AccountId) -> Result<Option<String>, Failure> {
    let phone_box = store::phone_box(&app.db, account).await?.ok_or(Failure::NotFound)?;
    Ok(read_card(&opened_phone(&app.vault, account, &phone_box)?))
}

/// A person out of their row, and what those who look after them should know.
fn opened(vault: &Vault, row: store::PersonRow) -> Result<(Person, Care), VaultError> {
    let Sealed { name, born, care } = unseal(vault, &row.id, &row.sealed_box)?;
    let store::PersonRow { id, relation, consent, verified, resident_of, shared, .. } = row;
    Ok((Person { id, relation, name, born, consent, verified, resident_of, shared }, care))
}

/// What the desk may see of anybody, with whose they are: for handlers that have checked that the
/// centre has to do with the person, and that put the look on record.
pub async fn facts(app: &App, person: &PersonId) -> Result<(AccountId, Person, Care), Failure> {
    let (account, row) = store::anybody(&app.db, person).await?.ok_or(Failure::NotFound)?;
    let (person, care) = opened(&app.vault, row)?;
    Ok((account, person, care))
}

/// Whether the keys are those with which this database was sealed; nothing sealed fits any, and also
/// none. A server with other keys would know nobody any more and seal what it can never put beside
/// the rest.
pub async fn keys_fit(db: &Db, keys: Option<&Vault>) -> Result<bool, DbError> {
    let Some((id, phone_box)) = store::any_phone_box(db).await? else { return Ok(true) };
    let place = Place { table: "account", row: &id, column: "phone_box" };
    Ok(keys.is_some_and(|keys| keys.open(place, &phone_box).is_ok()))
}

/// Writes the holder of a new account, who has not said a name yet.
pub async fn add_holder(app: &App, tx: &mut Tx, account: &AccountId) -> Result<(), Failure> {
    let id = PersonId(app.dice.id("p"));
    let sealed = seal(&app.vault, &id, &Sealed::default())?;
    Ok(store::add(tx, account, &id, Relation::Myself, &sealed).await?)
}

/// Empties the boxes of everybody of an account, who count as taken out from now on.
pub async fn empty(app: &App, tx: &mut Tx, account: &AccountId, now: Moment) -> Result<(), Failure> {
    for person in store::everybody(tx, account).await? {
        let sealed = seal(&app.vault, &person, &Sealed::default())?;
        store::remove(tx, &person, &sealed, now).await?;
    }
    Ok(())
}

async fn add_person(call: Call, (): (), input: PersonDraft) -> Result<Me, Failure> {
    let draft = checked(&call, &input)?;
    let account = call.account()?;
    if draft.relation == Relation::Myself {
        return Err(Failure::Malformed("a household has one holder".into()));
    }
    let mut tx = call.app.db.begin().await?;
    lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        if store::count(&mut tx, account).await? >= i64::from(MOST_PEOPLE) {
            return Err(Refusal::HouseholdFull { most: MOST_PEOPLE }.into());
        }
        let id = PersonId(call.app.dice.id("p"));
        let relation = draft.relation;
        let plain = Sealed { name: draft.name, born: draft.born, ..Sealed::default() };
        let sealed = seal(&call.app.vault, &id, &plain)?;
        store::add(&mut tx, account, &id, relation, &sealed).await?;
        finish(&call, tx).await?;
    }
    me(&call.app, account).await
}

async fn change_person(call: Call, id: PersonId, input: PersonDraft) -> Result<Me, Failure> {
    let draft = checked(&call, &input)?;
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        let (before, sealed) = own(&mut tx, account, &id).await?.ok_or(Failure::NotFound)?;
        if (before == Relation::Myself) != (draft.relation == Relation::Myself) {
            return Err(Failure::Malformed("a household has one holder".into()));
        }
        let Sealed { born, care, .. } = unseal(&call.app.vault, &id, &sealed)?;
        if born != draft.born {
            // The papers said something else, and so did whatever was checked by them.
            store::verification::set(&mut tx, &id, Moment(0), None).await?;
            tickets::void_of(&mut tx, &id, call.now()).await?;
        }
        let plain = Sealed { name: draft.name, born: draft.born, care };
        let sealed = seal(&call.app.vault, &id, &plain)?;
        store::change(&mut tx, &id, draft.relation, &sealed).await?;
        finish(&call, tx).await?;
    }
    shown(&call).await
}

async fn remove_person(call: Call, id: PersonId, (): ()) -> Result<Me, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        let (relation, _) = own(&mut tx, account, &id).await?.ok_or(Failure::NotFound)?;
        if relation == Relation::Myself {
            return Err(Failure::Malformed("the holder stays".into()));
        }
        if store::is_booked(&mut tx, &id, call.now()).await?
            && booking::is_in(&call.app, account, &id).await?
        {
            return Err(Refusal::PersonBooked.into());
        }
        // Old bookings keep pointing at the row; what was sealed in it is gone.
        let sealed = seal(&call.app.vault, &id, &Sealed::default())?;
        store::remove(&mut tx, &id, &sealed, call.now()).await?;
        tickets::void_of(&mut tx, &id, call.now()).await?;
        finish(&call, tx).await?;
    }
    me(&call.app, account).await
}

/// The draft without control characters, if nothing is wrong with it.
fn checked(call: &Call, input: &PersonDraft) -> Result<PersonDraft, Failure> {
    let name = plain_text(&input.name).replace('\n', " ");
    let draft = PersonDraft { name, ..*input };
    let refusals = draft.check(call.now().day(CHINA));
    if refusals.is_empty() { Ok(draft) } else { Err(refusals.into()) }
}

/// Keeps that it was done, without names, and commits. A retry is answered with the household as it
/// is then.
async fn finish(call: &Call, mut tx: Tx) -> Result<(), Failure> {
    once::keep(&mut tx, call, &()).await?;
    Ok(tx.commit().await?)
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        Self::Broken(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_without_control_characters() {
        assert_eq!(plain_text("  想要\0一个\u{7}棚\r\n谢谢 \t"), "想要一个棚\n谢谢");
    }

    #[test]
    fn a_text_is_kept_without_what_nobody_sees() {
        assert_eq!(plain_text("\u{202e}想要\u{200b}一个棚\u{2066}"), "想要一个棚");
        for empty in ["\u{200b}\u{200b}", "\u{200d} \u{fe0f}\u{3164}", "\u{2800}\u{feff}"] {
            assert_eq!(plain_text(empty), "", "{empty:?}");
        }
        // A family is one sign, a heart is red, a rare character is the one that was meant.
        for whole in ["👩\u{200d}👧", "❤\u{fe0f}", "葛\u{e0100}"] {
            assert_eq!(plain_text(whole), whole);
        }
    }

    #[test]
    fn a_person_is_sealed_for_their_own_row() {
        let vault = Vault::passing().expect("keys");
        let (one, two) = (PersonId::from("p1"), PersonId::from("p2"));
        let care = Care { allergies: "花生".into(), ..Care::default() };
        let plain = Sealed { name: "朵朵".into(), born: Day::from_ymd_opt(2024, 2, 29), care };
        let sealed = seal(&vault, &one, &plain).expect("sealed");
        assert!(!sealed.contains("朵"));
        assert_eq!(unseal(&vault, &one, &sealed).expect("opened"), plain);
        assert!(unseal(&vault, &two, &sealed).is_err());
        assert_eq!(format!("{plain:?}"), "Sealed(..)");
    }

    #[test]
    fn a_box_from_before_there_was_care_still_opens() {
        let vault = Vault::passing().expect("keys");
        let id = PersonId::from("p1");
        let old = vault.seal(place(&id), br#"{"name":"x","born":"2024-02-29"}"#).expect("sealed");
        let opened = unseal(&vault, &id, &old).expect("opened");
        assert!(opened.care.is_empty() && opened.born == Day::from_ymd_opt(2024, 2, 29));
    }
}
