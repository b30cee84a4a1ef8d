//! Draws: households enter, lots are drawn at the appointed time, and anybody can work it out again.

use domain::{
    booking::{Held, Slot},
    draw::{
        Draw, DrawResult, Entry, EntryDraft, EntryLine, MyDraw,
        api::{EnterDraw, GetDraw, GetDrawResult, GetEntry, ListDraws, MyEntries, WithdrawEntry},
        enter::{self, Entrant, may_enter},
        weight,
    },
    household::MOST_PEOPLE,
    id::{AccountId, CentreId, DrawId, PersonId, is_id},
    refusal::Refusal,
    ticket::Candidate,
    time::{DAY, Day, Moment, Span},
};

use crate::{
    app::App,
    call::Call,
    circle,
    db::Tx,
    failure::Failure,
    household,
    mount::Mount,
    once,
    snapshot::{Freshness, Topic},
    vault::{Purpose, Vault},
};

mod hold;
mod make;
mod store;

pub use hold::{hold_due, keep_held};
pub(crate) use make::{NewDraw, planned};
pub use store::choosing;
pub(crate) use store::insert;

use store::{ClassRow, DrawRow, Elsewhere, Member};

/// For how long a draw that was held is listed, in milliseconds.
const LISTED: i64 = 30 * DAY;
/// Characters of a tag.
const TAG: usize = 16;

/// Serves draws.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve_shared::<ListDraws, _, _>(|_| fresh(), list_draws)
        .serve_shared::<GetDraw, _, _>(|_| fresh(), get_draw)
        .serve_shared::<GetDrawResult, _, _>(|_| Freshness::of([Topic::Draws]), get_result)
        .serve::<MyEntries, _, _>(my_entries)
        .serve::<GetEntry, _, _>(get_entry)
        .serve::<EnterDraw, _, _>(enter)
        .serve::<WithdrawEntry, _, _>(withdraw)
}

/// How many have entered is a second old at most.
fn fresh() -> Freshness {
    Freshness::of([Topic::Draws, Topic::Catalogue]).with_seats()
}

async fn list_draws(app: App, centre: CentreId) -> Result<Vec<Draw>, Failure> {
    if !store::is_centre(&app.db, &centre).await? {
        return Err(Failure::NotFound);
    }
    let mut draws = store::of_centre(&app.db, &centre, app.now().plus(-LISTED)).await?;
    // What is still to be drawn stands first, what was drawn last week before what was a month ago.
    draws.sort_by_key(|draw| match &draw.drawn {
        None => (false, draw.closes.0),
        Some(held) => (true, -held.at.0),
    });
    Ok(draws)
}

async fn get_draw(app: App, id: DrawId) -> Result<Draw, Failure> {
    store::draw(&app.db, &id).await?.ok_or(Failure::NotFound)
}

async fn get_result(app: App, id: DrawId) -> Result<DrawResult, Failure> {
    store::result(&app.db, &id).await?.ok_or(Failure::NotFound)
}

async fn my_entries(call: Call, (): (), (): ()) -> Result<Vec<EntryLine>, Failure> {
    let mut lines = store::entries_of(&call.app.db, call.account()?).await?;
    lines.sort_by_key(|line| line.entry.fate.is_some());
    Ok(lines)
}

async fn get_entry(call: Call, id: DrawId, (): ()) -> Result<MyDraw, Failure> {
    let (db, account) = (&call.app.db, call.account()?);
    store::draw(db, &id).await?.ok_or(Failure::NotFound)?;
    let lost = store::lost_by(db, account, call.now()).await?;
    let entered = store::entered_by_others(db, &id, account).await?;
    Ok(MyDraw { entered, ..mine(store::entry(db, &id, account).await?, lost) })
}

fn mine(entry: Option<Entry>, lost: u32) -> MyDraw {
    let weight = entry.as_ref().map_or_else(|| weight(lost), |entry| entry.weight);
    MyDraw { weight, lost, entry, entered: Vec::new() }
}

async fn enter(call: Call, id: DrawId, input: EntryDraft) -> Result<MyDraw, Failure> {
    let account = call.account()?.clone();
    enter_for(&call, id, &account, input).await
}

/// At which centre a draw is.
///
/// # Errors
/// There is no such draw.
pub async fn centre_of(app: &App, id: &DrawId) -> Result<CentreId, Failure> {
    Ok(store::draw(&app.db, id).await?.ok_or(Failure::NotFound)?.centre)
}

/// Enters a household: its own doing, or the desk's on its word. Whoever it is by, the lots are the same,
/// for they follow from the household.
///
/// # Errors
/// The rules say no; or there is no such draw.
pub async fn enter_for(
    call: &Call,
    id: DrawId,
    account: &AccountId,
    input: EntryDraft,
) -> Result<MyDraw, Failure> {
    let named = input.people.iter().all(|person| is_id(person.as_str()));
    if !named || input.people.len() > MOST_PEOPLE as usize {
        return Err(Refusal::PersonUnknown.into());
    }
    circle::check_own(call, &input.people).await?;
    let mut tx = call.app.db.begin().await?;
    let draw = store::lock(&mut tx, &id).await?.ok_or(Failure::NotFound)?;
    let houses = store::houses(&mut tx, account, &input.people).await?;
    household::lock_all(&mut tx, &houses.iter().chain([account]).collect()).await?;
    if let Some(answer) = once::replay(&mut tx, call).await? {
        return Ok(answer);
    }
    draw.window().gate(call.now())?;
    let classes = store::classes(&mut tx, &id).await?;
    input.check(&classes.iter().map(|class| &class.slot.id).collect::<Vec<_>>())?;
    let chosen: Vec<&ClassRow> =
        input.prefers.iter().filter_map(|slot| classes.iter().find(|class| class.slot.id == *slot)).collect();
    let party = party(&mut tx, (&call.app.vault, call.now()), account, &draw, &chosen, &input.people).await?;
    for class in &chosen {
        may_enter(&class.slot, &class.rules(), &party, call.now(), draw.at.zone)?;
    }
    // Whoever is no guardian any more does not stand in the way.
    for gone in store::ended(&mut tx, &id, account, &houses).await? {
        store::withdraw(&mut tx, &id, &gone, call.now()).await?;
    }
    let entered = store::entered_in(&mut tx, &id, account).await?;
    enter::once(&entered, &input.people)?;
    // Of several households the one with the fewest lots counts: nobody gains by whom they bring.
    let mut lost = u32::MAX;
    for house in &houses {
        lost = lost.min(store::lost(&mut tx, house, call.now()).await?);
    }
    // Who changes an entry keeps its lots, as long as it stands for the same households.
    let stands = store::stands_for(&mut tx, &id, account).await?;
    let before = store::entry_in(&mut tx, &id, account).await?.filter(|_| stands == houses);
    let size =
        chosen.first().map_or(1, |class| class.rules().size(u32::try_from(party.len()).unwrap_or(u32::MAX)));
    let entry = Entry {
        tag: tag(&call.app.vault, &id, account),
        people: input.people,
        prefers: input.prefers,
        weight: before.map_or_else(|| weight(lost), |before| before.weight),
        resident: party.iter().all(|one| one.candidate.resident),
        made: call.now(),
        fate: None,
        booking: None,
    };
    store::enter(&mut tx, &id, account, &entry, size).await?;
    store::stand_for(&mut tx, &id, account, &houses).await?;
    finish(call, tx, MyDraw { entered, ..mine(Some(entry), lost) }).await
}

/// Takes back what an account has entered that is not drawn yet, for one that goes.
///
/// # Errors
/// The database fails.
pub async fn leave_all(app: &App, account: &AccountId) -> Result<(), Failure> {
    for line in store::entries_of(&app.db, account).await? {
        let mut tx = app.db.begin().await?;
        let Some(draw) = store::lock(&mut tx, &line.draw).await? else { continue };
        if draw.window().gate(app.now()).is_ok() {
            store::withdraw(&mut tx, &line.draw, account, app.now()).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

async fn withdraw(call: Call, id: DrawId, (): ()) -> Result<MyDraw, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    let draw = store::lock(&mut tx, &id).await?.ok_or(Failure::NotFound)?;
    household::lock(&mut tx, account).await?;
    if let Some(answer) = once::replay(&mut tx, &call).await? {
        return Ok(answer);
    }
    store::entry_in(&mut tx, &id, account).await?.ok_or(Failure::NotFound)?;
    draw.window().gate(call.now())?;
    store::withdraw(&mut tx, &id, account, call.now()).await?;
    let lost = store::lost(&mut tx, account, call.now()).await?;
    let entered = store::entered_in(&mut tx, &id, account).await?;
    finish(&call, tx, MyDraw { entered, ..mine(None, lost) }).await
}

/// Who is named, as the rules need to know them.
async fn party(
    tx: &mut Tx,
    (vault, now): (&Vault, Moment),
    account: &AccountId,
    draw: &DrawRow,
    classes: &[&ClassRow],
    people: &[PersonId],
) -> Result<Vec<Entrant>, Failure> {
    let members = store::members(tx, account).await?;
    let ids: Vec<&PersonId> = people.iter().collect();
    let held = store::elsewhere(tx, &ids, window(classes.iter().map(|class| &class.slot)), now).await?;
    let mut party = Vec::with_capacity(people.len());
    for person in people {
        let known = members.iter().find(|member| member.person == *person);
        let member = known.ok_or(Failure::from(Refusal::PersonUnknown))?;
        let born = household::unseal(vault, person, &member.sealed)?.born;
        let holds = held.iter().filter(|held| held.person == *person).map(Elsewhere::held);
        party.push(entrant(member, born, holds.collect(), &draw.centre));
    }
    Ok(party)
}

/// Somebody of a party, for a draw of that centre.
fn entrant(member: &Member, born: Option<Day>, holds: Vec<Held>, centre: &CentreId) -> Entrant {
    let Member { person, consent, verified, resident_of, .. } = member;
    let candidate = Candidate {
        person: person.clone(),
        born,
        consent: *consent,
        verified: *verified,
        resident: resident_of.as_ref() == Some(centre),
    };
    Entrant { candidate, holds }
}

/// From the first start to the last end of these slots.
fn window<'a>(slots: impl Iterator<Item = &'a Slot> + Clone) -> Span {
    let starts = slots.clone().map(Slot::starts).min().unwrap_or_default();
    Span { starts, ends: slots.map(Slot::ends).max().unwrap_or_default() }
}

/// The number under which a household is published: nobody can choose it, and without the server's
/// key nobody can tell whose it is.
fn tag(vault: &Vault, draw: &DrawId, account: &AccountId) -> String {
    let mut tag = vault.digest(Purpose::Draw, &[draw.as_str(), account.as_str()]);
    tag.truncate(TAG);
    tag
}

/// Keeps the answer, commits, and has the page built anew. Other servers notice within a second.
async fn finish(call: &Call, mut tx: Tx, answer: MyDraw) -> Result<MyDraw, Failure> {
    once::keep(&mut tx, call, &answer).await?;
    tx.commit().await?;
    call.app.snapshots.touch(&Topic::Draws);
    Ok(answer)
}
