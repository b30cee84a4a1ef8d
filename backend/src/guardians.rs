//! The other guardian of a child: invited by a code, for looking or for booking, and sent away again.

use std::collections::BTreeSet;

use domain::{
    guardian::{
        Guardians, INVITATION_LIFE, Invitation, InvitationDraft, JoinRequest, MOST_GUARDIANS,
        api::{EndGuardian, GetGuardians, InviteGuardian, JoinAsGuardian},
        read_code,
    },
    household::Relation,
    id::{GuardianId, PersonId},
    refusal::Refusal,
    session::Me,
};

use crate::{
    app::App,
    call::Call,
    failure::Failure,
    household::{self, lock_all},
    invitation::{code, code_mac, count_try},
    mount::Mount,
    once, tickets,
};

mod store;

/// Serves guardians.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve::<GetGuardians, _, _>(get_guardians)
        .serve::<InviteGuardian, _, _>(invite_guardian)
        .serve::<JoinAsGuardian, _, _>(join_as_guardian)
        .serve::<EndGuardian, _, _>(end_guardian)
}

async fn get_guardians(call: Call, person: PersonId, (): ()) -> Result<Guardians, Failure> {
    let (app, account) = (&call.app, call.account()?);
    let child = store::child(&app.db, &person).await?.ok_or(Failure::NotFound)?;
    let bonds = store::bonds(&app.db, &person).await?;
    let mine = child.account == *account;
    if !mine && !bonds.iter().any(|bond| bond.account == *account && bond.ended.is_none()) {
        return Err(Failure::NotFound);
    }
    let codes = store::codes(&app.db, &person).await?;
    let latest = codes.iter().find(|code| code.is_good(call.now())).filter(|_| mine);
    let invitation = latest.map(|latest| Invitation {
        code: code(&app.vault, &latest.id),
        scope: latest.scope,
        lapses: latest.made.plus(INVITATION_LIFE),
    });
    let household = masked(app, &child.account, &child.phone_box)?;
    let (mut others, mut steps) = (Vec::new(), Vec::new());
    for bond in bonds {
        let phone = masked(app, &bond.account, &bond.phone_box)?;
        steps.extend(bond.steps(&phone));
        if bond.ended.is_none() {
            others.push(bond.guardian(phone, account));
        }
    }
    // In the order of time, and where that is the same in the order of events; then turned around.
    steps.splice(0..0, codes.into_iter().rev().map(store::Code::step));
    steps.sort_by_key(|step| step.at);
    steps.reverse();
    Ok(Guardians { household, mine, others, invitation, steps })
}

fn masked(app: &App, account: &domain::id::AccountId, phone_box: &str) -> Result<String, Failure> {
    household::masked_phone(&app.vault, account, phone_box)
}

async fn invite_guardian(call: Call, person: PersonId, input: InvitationDraft) -> Result<Guardians, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        let relation = store::own(&mut tx, account, &person).await?.ok_or(Failure::NotFound)?;
        if relation != Relation::Child {
            return Err(Failure::Malformed("only children have guardians".into()));
        }
        if store::count(&mut tx, &person).await? >= i64::from(MOST_GUARDIANS) {
            return Err(Refusal::GuardiansFull { most: MOST_GUARDIANS }.into());
        }
        let id = call.app.dice.id("g");
        let mac = code_mac(&call.app.vault, &code(&call.app.vault, &id));
        store::end_codes(&mut tx, &person, call.now()).await?;
        store::add_code(&mut tx, &id, &person, input.scope, &mac, call.now()).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    get_guardians(call, person, ()).await
}

async fn join_as_guardian(call: Call, (): (), input: JoinRequest) -> Result<Me, Failure> {
    let unknown = || Failure::from(Refusal::InvitationUnknown);
    let account = call.account()?;
    count_try(&call.app, account).await?;
    let mac = code_mac(&call.app.vault, &read_code(&input.code).ok_or_else(unknown)?);
    let mut tx = call.app.db.begin().await?;
    // Whose child it is says whom to lock; what the code says is read again under the lock.
    let owner = store::owner_of_code(&mut tx, &mac).await?;
    let accounts: BTreeSet<_> = owner.iter().chain([account]).collect();
    lock_all(&mut tx, &accounts).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        let found = store::code_within(&mut tx, &mac).await?;
        let (person, found) = found.filter(|(_, found)| found.is_good(call.now())).ok_or_else(unknown)?;
        if owner.as_ref().is_none_or(|owner| owner == account) {
            return Err(unknown());
        }
        store::end_bond_of(&mut tx, &person, account, call.now()).await?;
        if store::count(&mut tx, &person).await? >= i64::from(MOST_GUARDIANS) {
            return Err(Refusal::GuardiansFull { most: MOST_GUARDIANS }.into());
        }
        store::use_code(&mut tx, &found.id, call.now()).await?;
        let id = GuardianId(call.app.dice.id("g"));
        store::add_bond(&mut tx, &id, &person, account, found.scope, call.now()).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    household::me(&call.app, account).await
}

async fn end_guardian(call: Call, id: GuardianId, (): ()) -> Result<Me, Failure> {
    let account = call.account()?;
    let mut tx = call.app.db.begin().await?;
    let parties = store::parties(&mut tx, &id).await?;
    let between: BTreeSet<_> = parties.iter().flat_map(|bond| [&bond.household, &bond.guardian]).collect();
    if !between.contains(account) {
        return Err(Failure::NotFound);
    }
    lock_all(&mut tx, &between).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        let bond = parties.as_ref().ok_or(Failure::NotFound)?;
        if !store::end_bond(&mut tx, &id, account, call.now()).await? {
            return Err(Failure::NotFound);
        }
        tickets::void_by(&mut tx, &bond.person, &bond.guardian, call.now()).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    household::me(&call.app, account).await
}
