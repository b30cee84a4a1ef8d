//! Ready tickets: what is checked days ahead of a rush need not be checked in it.
//!
//! The token is the ticket's identifier with what was found, and a keyed digest over both, the account,
//! the slot and the people: without any look into the database it is known whether it is genuine. That
//! it has not been made void since is for the committer to look up.

use std::collections::{BTreeSet, HashMap};

use domain::{
    booking::check_volunteer,
    consent::VERSION,
    household::MOST_PEOPLE,
    id::{AccountId, PersonId, SlotId, TicketId},
    refusal::Refusal,
    ticket::{
        Candidate, Readiness, Ticket, TicketDraft,
        api::{DropTicket, GetTicket, MakeTicket},
        check,
    },
    time::Moment,
    volunteer::Stand,
};

use crate::{
    call::Call,
    circle,
    db::{DbError, Tx},
    failure::Failure,
    household::{self, lock, unseal},
    mount::Mount,
    once,
    vault::{Purpose, Vault},
    volunteers,
};

mod store;

/// Serves tickets.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve::<MakeTicket, _, _>(make_ticket)
        .serve::<GetTicket, _, _>(get_ticket)
        .serve::<DropTicket, _, _>(drop_ticket)
}

/// What a genuine ticket says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// Which ticket; the committer looks whether it is void.
    pub ticket: TicketId,
    /// Whether all of the party live near by.
    pub resident: bool,
}

/// Opens the token that a party brings with a booking.
///
/// # Errors
/// [`Refusal::TicketVoid`] where it was not made by this house, for this account, slot and people, or
/// under an earlier version of the consent.
pub fn open(
    vault: &Vault,
    account: &AccountId,
    slot: &SlotId,
    people: &[PersonId],
    token: &str,
) -> Result<Frozen, Refusal> {
    let mut parts = token.rsplitn(3, '.');
    let (Some(digest), Some(found), Some(id)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Refusal::TicketVoid);
    };
    let resident = found == self::found(true);
    let bound = [id, account.as_str(), slot.as_str(), &sorted(people), found];
    if (resident || found == self::found(false)) && vault.is_digest(Purpose::Ticket, &bound, digest) {
        Ok(Frozen { ticket: TicketId::from(id), resident })
    } else {
        Err(Refusal::TicketVoid)
    }
}

fn token(vault: &Vault, account: &AccountId, slot: &SlotId, kept: &store::Kept) -> String {
    let (id, found) = (kept.id.as_str(), found(kept.resident));
    let bound = [id, account.as_str(), slot.as_str(), &sorted(&kept.people), &found];
    format!("{id}.{found}.{}", vault.digest(Purpose::Ticket, &bound))
}

/// What was found, with the version of the consent that it was found under.
fn found(resident: bool) -> String {
    format!("{}{VERSION}", if resident { 'r' } else { 'o' })
}

/// People as the database keeps them and the digest takes them: a party has no order.
pub fn sorted(people: &[PersonId]) -> String {
    let mut people: Vec<&str> = people.iter().map(PersonId::as_str).collect();
    people.sort_unstable();
    format!("[\"{}\"]", people.join("\",\""))
}

/// Makes the tickets that name somebody void: what was checked of them is no longer so. The caller
/// holds the household.
///
/// # Errors
/// The database fails.
pub async fn void_of(tx: &mut Tx, person: &PersonId, now: Moment) -> Result<(), DbError> {
    store::void_of(tx, person, now).await
}

/// Makes the tickets void with which an account would bring somebody.
///
/// # Errors
/// The database fails.
pub async fn void_by(
    tx: &mut Tx,
    person: &PersonId,
    account: &AccountId,
    now: Moment,
) -> Result<(), DbError> {
    store::void_by(tx, person, account, now).await
}

/// Makes the tickets for a slot void: it is at another time.
///
/// # Errors
/// The database fails.
pub async fn void_at(tx: &mut Tx, slot: &SlotId, now: Moment) -> Result<(), DbError> {
    store::void_at(tx, slot, now).await
}

async fn make_ticket(call: Call, slot: SlotId, input: TicketDraft) -> Result<Option<Ticket>, Failure> {
    let account = call.account()?;
    circle::check_own(&call, &input.people).await?;
    let mut tx = call.app.db.begin().await?;
    // What is known of a child whose guardian one is changes under the lock of its own household.
    let others = household::households_of_shared(&mut tx, account).await?;
    household::lock_all(&mut tx, &others.iter().chain([account]).collect()).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        let desk = store::Desk::within(&mut tx, &slot).await?.ok_or(Failure::NotFound)?;
        let people = store::people_within(&mut tx, account).await?;
        let stand = volunteers::stands(&mut tx, &BTreeSet::from([account])).await?.remove(account);
        let readiness = look(&call, &desk, people, (&input.people, stand.as_ref()))?;
        let refusals = readiness.refusals();
        if !refusals.is_empty() {
            return Err(refusals.into());
        }
        let found = (sorted(&input.people), readiness.resident);
        // Two phones of a household get ready for the same party: each may tap with the one ticket.
        if !store::is_there(&mut tx, account, &slot, &found).await? {
            store::void_for(&mut tx, account, &slot, call.now()).await?;
            let id = TicketId(call.app.dice.id("t"));
            store::add(&mut tx, account, &slot, (&id, found), call.now()).await?;
        }
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    get_ticket(call, slot, ()).await
}

async fn get_ticket(call: Call, slot: SlotId, (): ()) -> Result<Option<Ticket>, Failure> {
    let (db, account) = (&call.app.db, call.account()?);
    let Some(kept) = store::find(db, account, &slot).await? else { return Ok(None) };
    let Some(desk) = store::Desk::beside(db, &slot).await? else { return Ok(None) };
    let people = store::people_beside(db, account).await?;
    let stand = volunteers::stand(db, account).await?;
    let readiness = look(&call, &desk, people, (&kept.people, stand.as_ref()))?;
    if !readiness.is_ready() {
        return Ok(None);
    }
    Ok(Some(Ticket {
        token: token(&call.app.vault, account, &slot, &kept),
        opens: domain::ticket::opens(&desk.slot, &desk.rules, kept.resident),
        checks: readiness.checks,
        made: kept.made,
        people: kept.people,
        slot,
    }))
}

async fn drop_ticket(call: Call, slot: SlotId, (): ()) -> Result<Option<Ticket>, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        if store::void_for(&mut tx, account, &slot, call.now()).await? == 0 {
            return Err(Failure::NotFound);
        }
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    Ok(None)
}

/// Looks at those of the household who are named; `stand` is how its holder stands as a volunteer.
fn look(
    call: &Call,
    desk: &store::Desk,
    people: Vec<store::PersonRow>,
    (named, stand): (&[PersonId], Option<&Stand>),
) -> Result<Readiness, Failure> {
    if named.len() > MOST_PEOPLE as usize {
        return Err(Refusal::PartyTooLarge { most: MOST_PEOPLE }.into());
    }
    let household: HashMap<PersonId, store::PersonRow> =
        people.into_iter().map(|row| (row.id.clone(), row)).collect();
    let mut party = Vec::with_capacity(named.len());
    let mut comes = false;
    for person in named {
        let row = household.get(person).ok_or(Failure::from(Refusal::PersonUnknown))?;
        comes |= row.holder;
        party.push(Candidate {
            person: person.clone(),
            born: unseal(&call.app.vault, person, &row.sealed_box)?.born,
            consent: row.consent,
            verified: row.verified,
            resident: row.resident_of.as_ref() == Some(&desk.centre),
        });
    }
    let mut readiness = check(&desk.slot, &desk.rules, &party, call.now(), desk.zone);
    let whole = readiness.party.take().map_or(Ok(()), Err);
    readiness.party = whole.and_then(|()| check_volunteer(&desk.rules, stand, comes)).err();
    Ok(readiness)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_household_slot_and_people_only() {
        let vault = Vault::passing().expect("keys");
        let (account, slot) = (AccountId::from("a"), SlotId::from("s.1"));
        let people = ["p1", "p2"].map(PersonId::from);
        let kept = store::Kept {
            id: TicketId::from("t.1"),
            people: people.to_vec(),
            resident: true,
            made: Moment(0),
        };
        let token = token(&vault, &account, &slot, &kept);
        let genuine = Frozen { ticket: kept.id, resident: true };
        assert_eq!(open(&vault, &account, &slot, &people, &token), Ok(genuine.clone()));
        // A party has no order.
        let turned = ["p2", "p1"].map(PersonId::from);
        assert_eq!(open(&vault, &account, &slot, &turned, &token), Ok(genuine));

        let void = Err(Refusal::TicketVoid);
        assert_eq!(open(&vault, &AccountId::from("b"), &slot, &people, &token), void);
        assert_eq!(open(&vault, &account, &SlotId::from("s.2"), &people, &token), void);
        assert_eq!(open(&vault, &account, &slot, &people[..1], &token), void);
        assert_eq!(open(&Vault::passing().expect("keys"), &account, &slot, &people, &token), void);
        let altered = [
            token.replace(".r", ".o"),
            token.replacen("t.1", "t.2", 1),
            token.replace(&format!("r{VERSION}"), &format!("r{}", VERSION - 1)),
            token[..token.len() - 2].to_owned(),
            format!("{token}00"),
            String::new(),
            "..".into(),
            "t.1.r1.zz".into(),
        ];
        for altered in altered {
            assert_eq!(open(&vault, &account, &slot, &people, &altered), void, "{altered}");
        }
    }
}
