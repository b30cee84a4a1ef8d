//! The circle of care: relatives who act as an elder's account, invited by a code, by bonds that either
//! side ends, with a log that she reads.
//!
//! A relative's request names its bond; `mount.rs` asks `acting.rs` whether it holds, and from there on
//! the call is that of the elder's account. So no feature knows of relatives, and what is hers stays
//! hers when they go.

use std::collections::{BTreeSet, HashMap};

use domain::{
    circle::{
        Circle, Elder, INVITATION_LIFE, Invitation, InvitationDraft, JoinRequest, Line, MOST_ELDERS,
        MOST_LINES, MOST_MEMBERS, Member, What,
        api::{EndBond, GetBondLog, GetCircle, GetCircleLog, InviteRelative, JoinCircle},
    },
    id::{AccountId, BondId, BookingId, PersonId},
    invitation::read_code,
    notice::News,
    refusal::Refusal,
    text::Text,
};
use serde::{Deserialize, Serialize};

mod acting;
mod desk;
mod moves;
mod store;

pub use acting::{Acting, after, before, key, line, named, resolve, stand_in};
pub use desk::{card_of, new_card};

use crate::{
    app::App,
    call::Call,
    db::{Db, Tx},
    failure::Failure,
    household::{self, lock_all, plain_text},
    invitation::{code, code_mac, count_try},
    mount::Mount,
    notices, once,
    vault::{Place, Vault, VaultError},
};
use store::{Bond, Code, LineRow};

/// Serves circles.
pub fn mount(mount: Mount) -> Mount {
    let mount = mount
        .serve::<GetCircle, _, _>(get_circle)
        .serve::<InviteRelative, _, _>(invite)
        .serve::<JoinCircle, _, _>(join)
        .serve::<EndBond, _, _>(end_bond)
        .serve::<GetCircleLog, _, _>(get_log)
        .serve::<GetBondLog, _, _>(get_bond_log);
    moves::mount(desk::mount(mount))
}

/// Checks that a relative names nobody but the elder's own people: a child that another family has let
/// her bring is hers to bring, and not for whomever she lets act for her.
///
/// # Errors
/// Somebody is not.
pub async fn check_own(call: &Call, people: &[PersonId]) -> Result<(), Failure> {
    if call.acting.is_some() && !household::are_own(&call.app.db, call.account()?, people).await? {
        return Err(Refusal::PersonUnknown.into());
    }
    Ok(())
}

/// What the two of a bond call each other.
#[derive(Clone, Serialize, Deserialize)]
struct Names {
    /// What she calls the relative.
    member: String,
    /// What the relative calls her.
    elder: String,
}

/// What a notice of somebody coming is about.
const CIRCLE: (&str, &str) = ("关爱圈", "Circle of care");

const BONDS: &str = "circle";
const CODES: &str = "circle_code";

fn seal(vault: &Vault, table: &str, row: &str, names: &Names) -> Result<String, VaultError> {
    let plain = serde_json::to_vec(names).map_err(|_| VaultError::Sealed)?;
    vault.seal(Place { table, row, column: "names_box" }, &plain)
}

fn open(vault: &Vault, table: &str, row: &str, sealed: &str) -> Result<Names, VaultError> {
    let plain = vault.open(Place { table, row, column: "names_box" }, sealed)?;
    serde_json::from_slice(&plain).map_err(|_| VaultError::Sealed)
}

/// A bond as the relative sees it.
fn elder(vault: &Vault, bond: Bond) -> Result<Elder, VaultError> {
    let name = open(vault, BONDS, bond.id.as_str(), &bond.names_box)?.elder;
    Ok(Elder { id: bond.id, name, scope: bond.scope, since: bond.made })
}

async fn get_circle(call: Call, (): (), (): ()) -> Result<Circle, Failure> {
    let (app, account) = (&call.app, call.account()?);
    let elders = store::elders(&app.db, account).await?;
    Ok(Circle {
        members: members(app, account).await?,
        invitation: invitation(app, account).await?,
        elders: elders.into_iter().map(|bond| elder(&app.vault, bond)).collect::<Result<_, _>>()?,
    })
}

/// The relatives of an account.
async fn members(app: &App, account: &AccountId) -> Result<Vec<Member>, Failure> {
    let mut members = Vec::new();
    for (bond, phone_box) in store::members(&app.db, account).await? {
        let (Some(member), Some(phone_box), None) = (&bond.member, phone_box, bond.ended) else { continue };
        members.push(Member {
            name: open(&app.vault, BONDS, bond.id.as_str(), &bond.names_box)?.member,
            phone: household::masked_phone(&app.vault, member, &phone_box)?,
            id: bond.id,
            scope: bond.scope,
            since: bond.made,
        });
    }
    Ok(members)
}

/// The code that can still be used.
async fn invitation(app: &App, account: &AccountId) -> Result<Option<Invitation>, Failure> {
    let latest = store::latest_code(&app.db, account).await?;
    let Some(latest) = latest.filter(|latest| latest.is_good(app.now())) else { return Ok(None) };
    Ok(Some(Invitation {
        code: code(&app.vault, &latest.id),
        name: open(&app.vault, CODES, &latest.id, &latest.names_box)?.member,
        scope: latest.scope,
        lapses: latest.made.plus(INVITATION_LIFE),
    }))
}

async fn invite(call: Call, (): (), input: InvitationDraft) -> Result<Circle, Failure> {
    let [name, me] = [&input.name, &input.me].map(|name| plain_text(name).replace('\n', " "));
    let draft = InvitationDraft { name, me, scope: input.scope };
    let refusals = draft.check();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        make_code(&call.app, &mut tx, account, &draft).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    get_circle(call, (), ()).await
}

/// Makes a code for a relative; the caller holds the account.
async fn make_code(
    app: &App,
    tx: &mut Tx,
    account: &AccountId,
    draft: &InvitationDraft,
) -> Result<(), Failure> {
    if store::counts(tx, account, account).await?.0 >= i64::from(MOST_MEMBERS) {
        return Err(Refusal::CircleFull { most: MOST_MEMBERS }.into());
    }
    let id = app.dice.id("i");
    let names = Names { member: draft.name.clone(), elder: draft.me.clone() };
    let sealed = seal(&app.vault, CODES, &id, &names)?;
    let mac = code_mac(&app.vault, &code(&app.vault, &id));
    store::end_codes(tx, account, app.now()).await?;
    Ok(store::add_code(tx, &id, account, draft.scope, [&sealed, &mac], app.now()).await?)
}

async fn join(call: Call, (): (), input: JoinRequest) -> Result<Circle, Failure> {
    let unknown = || Failure::from(Refusal::InvitationUnknown);
    let (app, account, now) = (&call.app, call.account()?, call.now());
    count_try(app, account).await?;
    let mac = code_mac(&app.vault, &read_code(&input.code).ok_or_else(unknown)?);
    let mut tx = app.db.begin().await?;
    // Whose circle it is says whom to lock; what the code says is read again under the lock.
    let whose = store::code_within(&mut tx, &mac).await?.map(|found| found.account);
    lock_all(&mut tx, &whose.iter().chain([account]).collect::<BTreeSet<_>>()).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        let found = store::code_within(&mut tx, &mac).await?;
        let found = found.filter(|found| found.is_good(now) && found.account != *account);
        come(app, &mut tx, found.ok_or_else(unknown)?, account).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    get_circle(call, (), ()).await
}

/// Somebody comes with a code that is good; the caller holds both accounts.
async fn come(app: &App, tx: &mut Tx, found: Code, member: &AccountId) -> Result<(), Failure> {
    let now = app.now();
    store::end_bond_of(tx, &found.account, member, now).await?;
    let (members, elders) = store::counts(tx, &found.account, member).await?;
    for (count, most) in [(members, MOST_MEMBERS), (elders, MOST_ELDERS)] {
        if count >= i64::from(most) {
            return Err(Refusal::CircleFull { most }.into());
        }
    }
    let id = BondId(app.dice.id("f"));
    let names = open(&app.vault, CODES, &found.id, &found.names_box)?;
    let bond = Bond {
        names_box: seal(&app.vault, BONDS, id.as_str(), &names)?,
        id,
        account: found.account,
        member: Some(member.clone()),
        scope: found.scope,
        made: now,
        ended: None,
        ended_by: None,
    };
    store::use_code(tx, &found.id, now).await?;
    store::add_bond(tx, &bond).await?;
    // Who it is stands in her circle, sealed; a notice lies open in the database, and names nobody.
    let (news, title) = (News::CircleJoined, Text { zh: CIRCLE.0.into(), en: CIRCLE.1.into() });
    Ok(notices::tell(app, tx, &bond.account, news, title).await?)
}

async fn end_bond(call: Call, id: BondId, (): ()) -> Result<Circle, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    let bond = store::bond_within(&mut tx, &id).await?.ok_or(Failure::NotFound)?;
    let between: BTreeSet<_> = core::iter::once(&bond.account).chain(&bond.member).collect();
    if !between.contains(account) {
        return Err(Failure::NotFound);
    }
    lock_all(&mut tx, &between).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        if !store::end_bond(&mut tx, &id, account, call.now()).await? {
            return Err(Failure::NotFound);
        }
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    get_circle(call, (), ()).await
}

async fn get_log(call: Call, (): (), (): ()) -> Result<Vec<Line>, Failure> {
    log_of(&call.app, call.account()?).await
}

/// What happened in the circle of an account, latest first.
async fn log_of(app: &App, account: &AccountId) -> Result<Vec<Line>, Failure> {
    let bonds = store::members(&app.db, account).await?.into_iter().map(|(bond, _)| bond);
    let lines = store::lines_of(&app.db, account).await?;
    told(&app.vault, bonds.collect(), lines)
}

async fn get_bond_log(call: Call, id: BondId, (): ()) -> Result<Vec<Line>, Failure> {
    let (app, account) = (&call.app, call.account()?);
    let bond = store::any_bond(&app.db, &id).await?.ok_or(Failure::NotFound)?;
    let hers = bond.account == *account;
    let theirs = bond.member.as_ref() == Some(account) && bond.ended.is_none();
    if !hers && !theirs {
        return Err(Failure::NotFound);
    }
    told(&app.vault, vec![bond], store::lines_by(&app.db, &id).await?)
}

/// What was done and how the bonds came and went, latest first.
fn told(vault: &Vault, bonds: Vec<Bond>, lines: Vec<LineRow>) -> Result<Vec<Line>, Failure> {
    let (mut who, mut told) = (HashMap::new(), Vec::new());
    for bond in bonds {
        let name = open(vault, BONDS, bond.id.as_str(), &bond.names_box)?.member;
        let step = |at, what| Line { at, bond: bond.id.clone(), who: name.clone(), what };
        told.push(step(bond.made, What::Joined { scope: bond.scope }));
        if let Some(at) = bond.ended {
            told.push(step(at, end_of(&bond)));
        }
        who.insert(bond.id, name);
    }
    // In the order of time, and where that is the same in the order of events; then turned around.
    for line in lines.into_iter().rev() {
        let LineRow { bond, at, deed, done, about } = line;
        let Some(name) = who.get(&bond).cloned() else { continue };
        told.push(Line { at, bond, who: name, what: What::Did { deed, done, about } });
    }
    told.sort_by_key(|line| line.at);
    told.reverse();
    told.truncate(MOST_LINES as usize);
    Ok(told)
}

fn end_of(bond: &Bond) -> What {
    match &bond.ended_by {
        Some(by) if *by == bond.account => What::SentAway,
        by if *by == bond.member => What::Left,
        _ => What::EndedAtDesk,
    }
}

/// What a household calls the relative who made one of its bookings; `None` where it was nobody.
///
/// # Errors
/// The database fails.
pub async fn helper(
    db: &Db,
    vault: &Vault,
    account: &AccountId,
    booking: &BookingId,
) -> Result<Option<String>, Failure> {
    let found = store::helper(db, account, booking).await?;
    let name = |(bond, sealed): (BondId, String)| open(vault, BONDS, bond.as_str(), &sealed);
    Ok(found.map(name).transpose()?.map(|names| names.member))
}
