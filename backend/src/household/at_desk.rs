//! People for whom the desk books: those of the household, or somebody it makes known.

use domain::{
    consent,
    household::{MOST_PEOPLE, Relation},
    id::{AccountId, CentreId, PersonId},
    refusal::Refusal,
    time::{CHINA, Day},
    work::Along,
};

use super::{Sealed, lock, seal, store, unseal};
use crate::{app::App, db::Tx, failure::Failure};

/// What somebody is called who comes along and gives no name; a number follows.
const ALONG: &str = "同行";

/// Whom the desk is asked to book for.
pub struct AtDesk<'a> {
    /// What they are called.
    pub name: &'a str,
    /// Date of birth, where it was asked for.
    pub born: Option<Day>,
    /// Who come along.
    pub along: &'a [Along],
}

/// What the holder of an account is called.
///
/// # Errors
/// The database fails.
pub async fn holder_name(app: &App, tx: &mut Tx, account: &AccountId) -> Result<String, Failure> {
    let boxes = store::boxes(tx, account).await?;
    let holder = boxes.iter().find(|(_, relation, _)| *relation == Relation::Myself);
    let Some((id, _, sealed)) = holder else { return Ok(String::new()) };
    Ok(unseal(&app.vault, id, sealed)?.name)
}

/// Who got a number at the desk of a centre and is called so, with that birthday or without one.
///
/// # Errors
/// The database fails.
pub async fn called_at(
    app: &App,
    centre: &CentreId,
    name: &str,
    born: Option<Day>,
) -> Result<Vec<(AccountId, PersonId)>, Failure> {
    let mut called = Vec::new();
    for (account, person, sealed) in store::given_numbers_at(&app.db, centre).await? {
        let plain = unseal(&app.vault, &person, &sealed)?;
        if plain.name == name && plain.born == born {
            called.push((account, person));
        }
    }
    Ok(called)
}

/// The people of an account that the desk was told of: who is called so, or the holder where nobody
/// has said a name yet, or somebody new; then those who come along.
///
/// # Errors
/// The household is full.
pub async fn at_desk(
    app: &App,
    tx: &mut Tx,
    account: &AccountId,
    asked: &AtDesk<'_>,
) -> Result<Vec<PersonId>, Failure> {
    lock(tx, account).await?;
    let mut known = Vec::new();
    for (id, relation, sealed) in store::boxes(tx, account).await? {
        let plain = unseal(&app.vault, &id, &sealed)?;
        known.push((id, relation, plain));
    }
    let child = consent::is_needed(asked.born, app.now().day(CHINA));
    let called = known.iter().find(|(.., plain)| plain.name == asked.name);
    let nameless = known
        .iter()
        .find(|(_, relation, plain)| *relation == Relation::Myself && plain.name.is_empty() && !child);
    let mut people = Vec::new();
    let mut count = known.len();
    if let Some((id, relation, plain)) = called.or(nameless) {
        // What is not known yet is written down; what the household has said stays.
        let born = plain.born.or(asked.born);
        if plain.name.is_empty() || born != plain.born {
            let plain = Sealed { name: asked.name.to_owned(), born, ..plain.clone() };
            store::change(tx, id, *relation, &seal(&app.vault, id, &plain)?).await?;
        }
        people.push(id.clone());
    } else {
        let relation = if child { Relation::Child } else { Relation::Adult };
        people.push(add(app, tx, account, relation, asked.name, asked.born, &mut count).await?);
    }
    let mut number = 0;
    for Along { born } in asked.along {
        let child = consent::is_needed(*born, app.now().day(CHINA));
        // A child of the household is known by the birthday; of whom nothing is known, by the place in line.
        let is_it = |(id, relation, plain): &&(PersonId, Relation, Sealed)| {
            let nameless = plain.name.starts_with(ALONG);
            let own = child && *relation == Relation::Child;
            plain.born == *born && (nameless || own) && !people.contains(id)
        };
        let there = known.iter().find(is_it).map(|(id, ..)| id.clone());
        if let Some(id) = there {
            people.push(id);
            continue;
        }
        let relation = if child { Relation::Child } else { Relation::Adult };
        let taken = |name: &str| known.iter().any(|(.., plain)| plain.name == name);
        let name = loop {
            number += 1;
            let name = format!("{ALONG}{number}");
            if !taken(&name) {
                break name;
            }
        };
        people.push(add(app, tx, account, relation, &name, *born, &mut count).await?);
    }
    Ok(people)
}

async fn add(
    app: &App,
    tx: &mut Tx,
    account: &AccountId,
    relation: Relation,
    name: &str,
    born: Option<Day>,
    count: &mut usize,
) -> Result<PersonId, Failure> {
    if *count >= MOST_PEOPLE as usize {
        return Err(Refusal::HouseholdFull { most: MOST_PEOPLE }.into());
    }
    *count += 1;
    let id = PersonId(app.dice.id("p"));
    let plain = Sealed { name: name.to_owned(), born, ..Sealed::default() };
    store::add(tx, account, &id, relation, &seal(&app.vault, &id, &plain)?).await?;
    Ok(id)
}
