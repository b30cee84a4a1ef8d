//! Volunteers: neighbours who said once what they like to help with, and the desk of their centre.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use domain::{
    audit::Act,
    id::{AccountId, CentreId, VolunteerId},
    notice::News,
    volunteer::{
        Contact, Liking, Listed, Stand, Volunteer, VolunteerDraft, Volunteering,
        api::{
            BecomeVolunteer, GetVolunteering, ListVolunteers, LookAtVolunteer, RestoreVolunteer,
            StopVolunteering, SuspendVolunteer,
        },
    },
    work::{Because, Purpose, check_reason, masked},
};
use serde::{Deserialize, Serialize};

mod store;

use crate::{
    app::App,
    audit::{self, Entry},
    booking::writer::{Ask, By, Deed},
    call::{Call, Key},
    db::{Db, DbError, Tx},
    failure::Failure,
    household::{self, plain_text},
    mount::Mount,
    notices, once,
    snapshot::Topic,
    tasks, teams,
    vault::{Place, Vault, VaultError},
};

use store::VolunteerRow;

/// Serves volunteers.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve::<GetVolunteering, _, _>(get_volunteering)
        .serve::<BecomeVolunteer, _, _>(become_volunteer)
        .serve::<StopVolunteering, _, _>(stop_volunteering)
        .serve::<ListVolunteers, _, _>(list_volunteers)
        .serve::<LookAtVolunteer, _, _>(look)
        .serve::<SuspendVolunteer, _, _>(suspend)
        .serve::<RestoreVolunteer, _, _>(restore)
}

/// What is sealed of a volunteer.
#[derive(Serialize, Deserialize)]
struct Sealed {
    name: String,
    likes: Vec<Liking>,
}

async fn get_volunteering(call: Call, (): (), (): ()) -> Result<Volunteering, Failure> {
    mine(&call).await
}

async fn become_volunteer(call: Call, (): (), input: VolunteerDraft) -> Result<Volunteering, Failure> {
    let name = plain_text(&input.name).replace('\n', " ");
    let VolunteerDraft { centre, name, mut likes } = VolunteerDraft { name, ..input };
    likes.sort_unstable();
    likes.dedup();
    let draft = VolunteerDraft { centre, name, likes };
    let refusals = draft.check();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let (app, account) = (&call.app, call.account()?);
    let mut tx = app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        if !store::is_centre(&mut tx, &draft.centre).await? {
            return Err(Failure::NotFound);
        }
        let known = store::row_of(&mut tx, account).await?;
        let id = known.map_or_else(|| VolunteerId(app.dice.id("v")), |(id, _)| id);
        let VolunteerDraft { centre, name, likes } = draft;
        let plain = serde_json::to_vec(&Sealed { name, likes }).map_err(|_| VaultError::Sealed)?;
        let sealed = app.vault.seal(place(&id), &plain)?;
        store::write(&mut tx, &id, account, &centre, &sealed, call.now()).await?;
        once::keep(&mut tx, &call, &()).await?;
        tx.commit().await?;
    }
    mine(&call).await
}

async fn stop_volunteering(call: Call, (): (), (): ()) -> Result<Volunteering, Failure> {
    let (app, account) = (&call.app, call.account()?);
    let mut tx = app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        store::end(&mut tx, account, call.now()).await?;
        tasks::leave_unfit(&mut tx, account, call.now()).await?;
        once::keep(&mut tx, &call, &()).await?;
        tasks::tell_all(&mut tx).await?;
        tx.commit().await?;
        app.snapshots.touch(&Topic::Tasks);
    }
    leave_shifts(app, Some(account)).await?;
    mine(&call).await
}

/// How accounts stand as volunteers; those that are none are left out.
///
/// # Errors
/// The database fails.
pub async fn stands(
    tx: &mut Tx,
    accounts: &BTreeSet<&AccountId>,
) -> Result<HashMap<AccountId, Stand>, DbError> {
    store::stands(tx, accounts).await
}

/// How an account stands as a volunteer, if it is one.
///
/// # Errors
/// The database fails.
pub async fn stand(db: &Db, account: &AccountId) -> Result<Option<Stand>, DbError> {
    Ok(store::of_account(db, account).await?.map(|row| row.stand))
}

/// Gives the shifts ahead to others of who is no volunteer in good standing any more: an account, or all.
/// Only the writer writes bookings, so this comes after the commit by which they cannot have others.
///
/// # Errors
/// The database fails; a retry goes on with the rest, and so does [`keep_fit`].
async fn leave_shifts(app: &App, account: Option<&AccountId>) -> Result<(), Failure> {
    let now = app.now();
    for store::Unfit { booking, account, reason } in store::unfit(&app.db, account, now).await? {
        let key = Key { text: format!("unfit-{booking}-{}", now.0), body_hash: "unfit".into() };
        let (deed, by) = match reason {
            Some(reason) => (Deed::Withdraw { booking, reason }, By::Desk(AccountId::from("house"))),
            None => (Deed::Cancel { booking }, By::Household),
        };
        match app.bookings.ask(Ask { account, key, now, deed, by }).await {
            // It began, or went otherwise, a moment ago.
            Ok(_) | Err(Failure::Refused(_) | Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

/// Once an hour sees to it that no shift is left with who may have none: a server may have gone down
/// between a suspension and what follows from it.
pub async fn keep_fit(app: App) {
    let mut ticks = tokio::time::interval(Duration::from_hours(1));
    loop {
        ticks.tick().await;
        if let Err(failure) = leave_shifts(&app, None).await {
            tracing::warn!(?failure, "shifts could not be given to others");
        }
    }
}

/// What the caller is to those who need a hand.
async fn mine(call: &Call) -> Result<Volunteering, Failure> {
    let (db, account) = (&call.app.db, call.account()?);
    let volunteer = match store::of_account(db, account).await? {
        Some(row) => {
            let Sealed { name, likes } = open(&call.app.vault, &row)?;
            let VolunteerRow { centre, centre_name, made, stand, .. } = row;
            Some(Volunteer { centre, centre_name, name, likes, made, stand })
        }
        None => None,
    };
    Ok(Volunteering { volunteer, teams: teams::of_account(db, account).await? })
}

async fn list_volunteers(call: Call, centre: CentreId, (): ()) -> Result<Vec<Listed>, Failure> {
    call.staff_of(&centre).await?;
    let by = Some(call.account()?);
    let entry = Entry {
        centre: Some(&centre),
        subject: Some("volunteers"),
        ..Entry::new(by, Act::Roster, call.now())
    };
    audit::seen(&call, &[entry]).await?;
    list(&call, &centre).await
}

/// The volunteers of a centre; whether the caller works there was asked before.
async fn list(call: &Call, centre: &CentreId) -> Result<Vec<Listed>, Failure> {
    let mut listed = Vec::new();
    for row in store::of_centre(&call.app.db, centre).await? {
        let Sealed { name, likes } = open(&call.app.vault, &row)?;
        let VolunteerRow { id, made, stand, .. } = row;
        listed.push(Listed { id, name: masked(&name), likes, made, stand });
    }
    Ok(listed)
}

async fn look(call: Call, id: VolunteerId, input: Purpose) -> Result<Contact, Failure> {
    let row = own_volunteer(&call, &id).await?;
    let purpose = plain_text(&input.purpose).replace('\n', " ");
    let refusals = check_reason(&purpose);
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let (person, phone_box) = store::holder(&call.app.db, &row.account).await?.ok_or(Failure::NotFound)?;
    let entry = Entry {
        person: Some(&person),
        centre: Some(&row.centre),
        subject: Some(id.as_str()),
        purpose: &purpose,
        ..Entry::new(Some(call.account()?), Act::Look, call.now())
    };
    audit::seen(&call, &[entry]).await?;
    let phone = household::masked_phone(&call.app.vault, &row.account, &phone_box)?;
    Ok(Contact { name: open(&call.app.vault, &row)?.name, phone })
}

/// A volunteer of a centre at which the caller works.
async fn own_volunteer(call: &Call, id: &VolunteerId) -> Result<VolunteerRow, Failure> {
    let row = store::one(&call.app.db, id).await?.ok_or(Failure::NotFound)?;
    call.staff_of(&row.centre).await?;
    Ok(row)
}

async fn suspend(call: Call, id: VolunteerId, input: Because) -> Result<Vec<Listed>, Failure> {
    let row = own_volunteer(&call, &id).await?;
    let reason = plain_text(&input.reason).replace('\n', " ");
    let refusals = check_reason(&reason);
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    change(&call, row, Some(reason)).await
}

async fn restore(call: Call, id: VolunteerId, (): ()) -> Result<Vec<Listed>, Failure> {
    let row = own_volunteer(&call, &id).await?;
    change(&call, row, None).await
}

/// Suspends a volunteer for a reason, or restores one; they are told, and tasks and shifts ahead that are
/// for volunteers go to others.
async fn change(call: &Call, row: VolunteerRow, reason: Option<String>) -> Result<Vec<Listed>, Failure> {
    let (app, now) = (&call.app, call.now());
    let mut tx = app.db.begin().await?;
    household::lock(&mut tx, &row.account).await?;
    if once::replay::<()>(&mut tx, call).await?.is_none() {
        // They may have gone, or to another centre, a moment ago.
        let row = store::one_in(&mut tx, &row.id).await?.filter(|now| now.centre == row.centre);
        let row = row.ok_or(Failure::NotFound)?;
        store::set_suspended(&mut tx, &row.id, reason.as_deref().map(|reason| (now, reason))).await?;
        let (act, news) = match &reason {
            Some(reason) => (Act::Suspend, Some(News::VolunteerSuspended { reason: reason.clone() })),
            None => (Act::Resume, (row.stand != Stand::Good).then_some(News::VolunteerRestored)),
        };
        if let Some(news) = news {
            notices::tell(app, &mut tx, &row.account, news, row.centre_name.clone()).await?;
        }
        tasks::leave_unfit(&mut tx, &row.account, now).await?;
        finish(call, tx, act, &row, reason.as_deref().unwrap_or_default()).await?;
    }
    leave_shifts(app, Some(&row.account)).await?;
    list(call, &row.centre).await
}

/// Records and keeps that it was done, and commits.
async fn finish(call: &Call, mut tx: Tx, act: Act, row: &VolunteerRow, purpose: &str) -> Result<(), Failure> {
    once::keep(&mut tx, call, &()).await?;
    tasks::tell_all(&mut tx).await?;
    let entry = Entry {
        centre: Some(&row.centre),
        subject: Some(row.id.as_str()),
        purpose,
        ..Entry::new(Some(call.account()?), act, call.now())
    };
    audit::record(&mut tx, &call.app.vault, &[entry], None).await?;
    tx.commit().await?;
    call.app.snapshots.touch(&Topic::Tasks);
    Ok(())
}

fn open(vault: &Vault, row: &VolunteerRow) -> Result<Sealed, VaultError> {
    let plain = vault.open(place(&row.id), &row.sealed_box)?;
    serde_json::from_slice(&plain).map_err(|_| VaultError::Sealed)
}

fn place(id: &VolunteerId) -> Place<'_> {
    Place { table: "volunteer", row: id.as_str(), column: "sealed_box" }
}
