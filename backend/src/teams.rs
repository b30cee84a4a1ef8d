//! Teams of the centres: who is in them, what lies before them, and the desk that keeps them. Like a
//! post, a place in a team is given to a telephone and read anew on every request.

use domain::{
    audit::Act,
    id::{AccountId, CentreId, MemberId, TeamId},
    notice::News,
    session::Phone,
    staff::Standing,
    team::{
        NewMember, Team, TeamMember, TeamPage, TeamRoll, TeamTask,
        api::{GetTeam, InviteMember, ListTeams, RemoveMember, ResumeMember, SuspendMember},
    },
    work::masked,
};
use serde::{Deserialize, Serialize};

mod store;

use crate::{
    audit::{self, Entry},
    call::Call,
    db::Tx,
    failure::Failure,
    household::{self, plain_text},
    mount::Mount,
    notices, once,
    snapshot::Topic,
    staff::House,
    tasks,
    vault::{Place, Purpose, Vault, VaultError},
};

pub use store::{claim, of_account, remove_demo};

use store::MemberRow;

/// Serves teams.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve::<GetTeam, _, _>(get_team)
        .serve::<ListTeams, _, _>(list_teams)
        .serve::<InviteMember, _, _>(invite)
        .serve::<SuspendMember, _, _>(suspend)
        .serve::<ResumeMember, _, _>(resume)
        .serve::<RemoveMember, _, _>(remove)
}

/// What is sealed of somebody of a team.
#[derive(Serialize, Deserialize)]
struct Sealed {
    name: String,
    phone: String,
}

/// Whose it is that a place in a team is given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Giver<'a> {
    /// Somebody at a desk.
    Desk(&'a AccountId),
    /// The demo, to whoever never had it.
    Demo,
}

/// Gives a place in a team to a telephone; gives it back where it was suspended.
///
/// # Errors
/// The database fails.
pub async fn give(
    house: &House<'_>,
    tx: &mut Tx,
    phone: &Phone,
    name: &str,
    team: &TeamId,
    giver: Giver<'_>,
) -> Result<MemberId, Failure> {
    let mac = house.vault.digest(Purpose::Phone, &[phone.reveal()]);
    if let Some(id) = store::find(tx, &mac, team).await? {
        if giver != Giver::Demo {
            store::set_suspended(tx, &id, None).await?;
        }
        return Ok(id);
    }
    let id = MemberId(house.dice.id("m"));
    let plain = Sealed { name: name.to_owned(), phone: phone.reveal().to_owned() };
    let plain = serde_json::to_vec(&plain).map_err(|_| VaultError::Sealed)?;
    let sealed = house.vault.seal(place(&id), &plain)?;
    let by = match giver {
        Giver::Desk(account) => Some(account),
        Giver::Demo => None,
    };
    store::add(tx, [id.as_str(), &mac, &sealed], team, house.now, by, by.is_none()).await?;
    Ok(id)
}

async fn get_team(call: Call, id: TeamId, (): ()) -> Result<TeamPage, Failure> {
    let (db, vault, account) = (&call.app.db, &call.app.vault, call.account()?);
    let team = store::own(db, &id, account).await?.ok_or(Failure::NotFound)?;
    let mut members = Vec::new();
    for row in store::members_of(db, &id).await? {
        if row.standing == Standing::Active {
            members.push(masked(&open(vault, &row.id, &row.sealed_box)?.name));
        }
    }
    let ahead = tasks::of_team(db, &id, call.now()).await?;
    let mut tasks: Vec<TeamTask> =
        ahead.into_iter().map(|task| TeamTask { task, mine: false, by: Vec::new() }).collect();
    for (task, helper, member, sealed) in store::helpers(db, &id, call.now()).await? {
        let Some(found) = tasks.iter_mut().find(|one| one.task.id == task) else { continue };
        found.by.push(masked(&open(vault, &member, &sealed)?.name));
        found.mine |= helper == *account;
    }
    Ok(TeamPage { team, members, tasks })
}

async fn list_teams(call: Call, centre: CentreId, (): ()) -> Result<Vec<TeamRoll>, Failure> {
    call.staff_of(&centre).await?;
    rolls(&call, &centre).await
}

async fn invite(call: Call, id: TeamId, input: NewMember) -> Result<Vec<TeamRoll>, Failure> {
    let team = own_team(&call, &id).await?;
    let input = NewMember { name: plain_text(&input.name).replace('\n', " "), ..input };
    let refusals = input.check();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let phone = Phone::parse(&input.phone)?;
    let app = &call.app;
    let mut tx = app.db.begin().await?;
    if once::replay::<CentreId>(&mut tx, &call).await?.is_none() {
        let house = House { vault: &app.vault, dice: &*app.dice, now: call.now() };
        let giver = Giver::Desk(call.account()?);
        let member = give(&house, &mut tx, &phone, &input.name, &id, giver).await?;
        finish(&call, tx, Act::Invite, &member, &team.centre).await?;
    }
    rolls(&call, &team.centre).await
}

/// A team of a centre at which the caller works.
async fn own_team(call: &Call, id: &TeamId) -> Result<Team, Failure> {
    let team = store::one(&call.app.db, id).await?.ok_or(Failure::NotFound)?;
    call.staff_of(&team.centre).await?;
    Ok(team)
}

async fn suspend(call: Call, id: MemberId, (): ()) -> Result<Vec<TeamRoll>, Failure> {
    change(call, id, Act::Suspend).await
}

async fn resume(call: Call, id: MemberId, (): ()) -> Result<Vec<TeamRoll>, Failure> {
    change(call, id, Act::Resume).await
}

async fn remove(call: Call, id: MemberId, (): ()) -> Result<Vec<TeamRoll>, Failure> {
    change(call, id, Act::Remove).await
}

async fn change(call: Call, id: MemberId, act: Act) -> Result<Vec<TeamRoll>, Failure> {
    let app = &call.app;
    // A retry of what took somebody out finds nobody there: whose centre it was stands in its answer.
    let mut tx = app.db.begin().await?;
    if let Some(centre) = once::replay::<CentreId>(&mut tx, &call).await? {
        drop(tx);
        call.staff_of(&centre).await?;
        return rolls(&call, &centre).await;
    }
    drop(tx);
    let row = store::one_member(&app.db, &id).await?.ok_or(Failure::NotFound)?;
    call.staff_of(&row.centre).await?;
    let mut tx = app.db.begin().await?;
    if let Some(account) = &row.account {
        household::lock(&mut tx, account).await?;
    }
    // Somebody else may have been quicker.
    let row = store::one_member_in(&mut tx, &id).await?.ok_or(Failure::NotFound)?;
    let news = match act {
        Act::Suspend if row.standing == Standing::Suspended => None,
        Act::Suspend => {
            store::set_suspended(&mut tx, &id, Some(call.now())).await?;
            Some(News::TeamSuspended)
        }
        Act::Resume => {
            store::set_suspended(&mut tx, &id, None).await?;
            (row.standing == Standing::Suspended).then_some(News::TeamResumed)
        }
        _ => {
            store::remove(&mut tx, &id).await?;
            Some(News::TeamLeft)
        }
    };
    if let Some(account) = &row.account {
        tasks::leave_unfit(&mut tx, account, call.now()).await?;
        if let Some(news) = news {
            let team = store::one(&app.db, &row.team).await?.ok_or(Failure::NotFound)?;
            notices::tell(app, &mut tx, account, news, team.name).await?;
        }
    }
    let centre = row.centre;
    finish(&call, tx, act, &id, &centre).await?;
    rolls(&call, &centre).await
}

/// Records and keeps that it was done, without names, and commits.
async fn finish(call: &Call, mut tx: Tx, act: Act, id: &MemberId, centre: &CentreId) -> Result<(), Failure> {
    once::keep(&mut tx, call, centre).await?;
    tasks::tell_all(&mut tx).await?;
    let by = Some(call.account()?);
    let entry = Entry { subject: Some(id.as_str()), centre: Some(centre), ..Entry::new(by, act, call.now()) };
    audit::record(&mut tx, &call.app.vault, &[entry], None).await?;
    tx.commit().await?;
    call.app.snapshots.touch(&Topic::Tasks);
    Ok(())
}

/// The teams of a centre with their members; whether the caller works there was asked before.
async fn rolls(call: &Call, centre: &CentreId) -> Result<Vec<TeamRoll>, Failure> {
    let teams = store::of_centre(&call.app.db, centre).await?;
    let mut rolls: Vec<TeamRoll> =
        teams.into_iter().map(|team| TeamRoll { team, members: Vec::new() }).collect();
    for row in store::members(&call.app.db, centre).await? {
        let Some(roll) = rolls.iter_mut().find(|roll| roll.team.id == row.team) else { continue };
        roll.members.push(shown(&call.app.vault, row)?);
    }
    Ok(rolls)
}

fn shown(vault: &Vault, row: MemberRow) -> Result<TeamMember, Failure> {
    let Sealed { name, phone } = open(vault, &row.id, &row.sealed_box)?;
    let MemberRow { id, standing, made, .. } = row;
    Ok(TeamMember { id, name, phone: Phone::parse(&phone)?.masked(), standing, made })
}

fn open(vault: &Vault, id: &MemberId, sealed: &str) -> Result<Sealed, VaultError> {
    let plain = vault.open(place(id), sealed)?;
    serde_json::from_slice(&plain).map_err(|_| VaultError::Sealed)
}

fn place(id: &MemberId) -> Place<'_> {
    Place { table: "team_member", row: id.as_str(), column: "sealed_box" }
}
