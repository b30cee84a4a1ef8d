//! The staff: who holds which post, and who gives and takes posts. A post is read anew on every
//! request, so that one that was taken away is gone at the very next.

use domain::{
    area::Way,
    audit::Act,
    id::{AccountId, CentreId, StaffId},
    refusal::Refusal,
    session::Phone,
    staff::{
        Invitation, Member, Post, Workbench,
        api::{GetWorkbench, InviteStaff, ListStaff, ResumeStaff, SuspendStaff},
    },
    time::Moment,
};
use serde::{Deserialize, Serialize};

mod store;

use crate::{
    audit::{self, Entry},
    call::Call,
    db::{Db, DbError, Tx},
    dice::Dice,
    failure::Failure,
    household::plain_text,
    mount::Mount,
    once,
    vault::{Place, Purpose, Vault, VaultError},
};

use store::Row;
pub use store::{any_box, posts};

/// Serves the staff.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve::<GetWorkbench, _, _>(get_workbench)
        .serve::<ListStaff, _, _>(list_staff)
        .serve::<InviteStaff, _, _>(invite)
        .serve::<SuspendStaff, _, _>(suspend)
        .serve::<ResumeStaff, _, _>(resume)
}

/// Somebody of the staff who works at the centre that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Whose account.
    pub account: AccountId,
    /// The post by which they work there.
    pub post: Post,
}

/// What is sealed of somebody of the staff.
#[derive(Serialize, Deserialize)]
struct Sealed {
    name: String,
    phone: String,
}

/// What the house needs to give a post.
pub struct House<'a> {
    /// Keys.
    pub vault: &'a Vault,
    /// Randomness.
    pub dice: &'a (dyn Dice + 'static),
    /// What time it is.
    pub now: Moment,
}

/// Gives a post to a telephone; gives it back where it was suspended. `by` is the account that does
/// so, where one does. The caller holds [`hold`].
///
/// # Errors
/// [`Failure::NotFound`] where there is no such centre or area.
pub async fn give(
    house: &House<'_>,
    tx: &mut Tx,
    phone: &Phone,
    name: &str,
    post: &Post,
    by: Option<&AccountId>,
) -> Result<StaffId, Failure> {
    if !store::exists(tx, post).await? {
        return Err(Failure::NotFound);
    }
    let mac = house.vault.digest(Purpose::Phone, &[phone.reveal()]);
    if let Some(id) = store::find(tx, &mac, post).await? {
        store::set_suspended(tx, &id, None).await?;
        // What somebody gives is not the demo's any more.
        store::set_demo(tx, &id, false).await?;
        return Ok(id);
    }
    let id = StaffId(house.dice.id("s"));
    let plain = Sealed { name: name.to_owned(), phone: phone.reveal().to_owned() };
    let plain = serde_json::to_vec(&plain).map_err(|_| VaultError::Sealed)?;
    let sealed = house.vault.seal(place(&id), &plain)?;
    store::add(tx, &id, &mac, &sealed, post, house.now, by).await?;
    Ok(id)
}

/// Gives a post of the demo to a telephone that never had it. The caller holds [`hold`].
///
/// # Errors
/// [`Failure::NotFound`] where there is no such centre or area.
pub async fn give_once(
    house: &House<'_>,
    tx: &mut Tx,
    phone: &Phone,
    name: &str,
    post: &Post,
) -> Result<(), Failure> {
    let mac = house.vault.digest(Purpose::Phone, &[phone.reveal()]);
    if store::find(tx, &mac, post).await?.is_none() {
        let id = give(house, tx, phone, name, post, None).await?;
        store::set_demo(tx, &id, true).await?;
    }
    Ok(())
}

/// Takes away every post that came with a demo, for good and on record; how many those were. Nothing
/// but the commit comes after it.
///
/// # Errors
/// The database fails.
pub async fn end_demo(vault: &Vault, tx: &mut Tx, now: Moment) -> Result<usize, DbError> {
    hold(tx).await?;
    let ids = store::of_demo(tx).await?;
    for id in &ids {
        store::remove(tx, id).await?;
    }
    let entry = |id| Entry { subject: Some(StaffId::as_str(id)), ..Entry::new(None, Act::Suspend, now) };
    let entries: Vec<Entry> = ids.iter().map(entry).collect();
    audit::record(tx, vault, &entries, None).await?;
    Ok(ids.len())
}

/// Whether nobody would be left who runs the house without this account. The caller holds [`hold`].
///
/// # Errors
/// The database fails.
pub async fn is_last_admin(tx: &mut Tx, account: &AccountId) -> Result<bool, DbError> {
    match store::admin_of(tx, account).await? {
        Some(id) => Ok(!store::has_other_admin(tx, &id).await?),
        None => Ok(false),
    }
}

/// Takes the posts of a telephone away, all or the one named; how many those were. The caller holds
/// [`hold`].
///
/// # Errors
/// Nobody who runs the house would be left.
pub async fn take(
    house: &House<'_>,
    tx: &mut Tx,
    phone: &Phone,
    post: Option<&Post>,
) -> Result<Vec<StaffId>, Failure> {
    let mac = house.vault.digest(Purpose::Phone, &[phone.reveal()]);
    let mut taken = Vec::new();
    for row in store::of_phone(tx, &mac).await? {
        if row.suspended || post.is_some_and(|post| *post != row.post) {
            continue;
        }
        suspend_row(tx, &row, house.now).await?;
        taken.push(row.id);
    }
    Ok(taken)
}

/// Lets one change of posts pass at a time, on all servers, until the transaction ends.
///
/// # Errors
/// The database fails.
pub async fn hold(tx: &mut Tx) -> Result<(), DbError> {
    store::hold(tx).await
}

/// Gives an account the posts that its telephone was invited to.
///
/// # Errors
/// The database fails.
pub async fn claim(tx: &mut Tx, account: &AccountId, phone_mac: &str) -> Result<(), DbError> {
    store::claim(tx, account, phone_mac).await
}

/// Whether the keys are those with which the staff was sealed; nothing sealed fits any, and also none.
///
/// # Errors
/// The database fails.
pub async fn keys_fit(db: &Db, keys: Option<&Vault>) -> Result<bool, DbError> {
    let Some((id, sealed)) = any_box(db).await? else { return Ok(true) };
    Ok(keys.is_some_and(|keys| keys.open(place(&id), &sealed).is_ok()))
}

/// Whether who holds `posts` works at that centre, and by which of them.
///
/// # Errors
/// [`Failure::NotFound`] where they do not, or there is no such centre.
pub async fn at(db: &Db, posts: &[Post], centre: &CentreId) -> Result<Post, Failure> {
    let way = store::way_to(db, centre).await?.ok_or(Failure::NotFound)?;
    posts.iter().find(|post| post.covers(centre, &way)).cloned().ok_or(Failure::NotFound)
}

async fn get_workbench(call: Call, (): (), (): ()) -> Result<Workbench, Failure> {
    let posts = call.posts.clone();
    let mut centres = store::workplaces(&call.app.db).await?;
    centres.retain(|place| posts.iter().any(|post| post.covers(&place.centre, &place.way)));
    let mut areas = store::areas(&call.app.db).await?;
    areas.retain(|area| {
        posts.iter().any(|post| match post {
            Post::Office(own) => area.way.through(own),
            Post::Admin => true,
            Post::Staff(_) => false,
        })
    });
    Ok(Workbench { posts, centres, areas })
}

async fn list_staff(call: Call, (): (), (): ()) -> Result<Vec<Member>, Failure> {
    members(&call).await
}

async fn invite(call: Call, (): (), input: Invitation) -> Result<Vec<Member>, Failure> {
    let name = plain_text(&input.name).replace('\n', " ");
    let input = Invitation { name, ..input };
    appoints_some(&call)?;
    let refusals = input.check();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let way = store::way_of(&call.app.db, &input.post).await?.ok_or(Failure::NotFound)?;
    appoints(&call, &input.post, &way)?;
    let phone = Phone::parse(&input.phone)?;
    let app = &call.app;
    let mut tx = app.db.begin().await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        hold(&mut tx).await?;
        let house = House { vault: &app.vault, dice: &*app.dice, now: call.now() };
        let by = call.account()?;
        let id = give(&house, &mut tx, &phone, &input.name, &input.post, Some(by)).await?;
        finish(&call, tx, Act::Invite, &id, &input.post).await?;
    }
    members(&call).await
}

async fn suspend(call: Call, id: StaffId, (): ()) -> Result<Vec<Member>, Failure> {
    change(call, id, Act::Suspend).await
}

async fn resume(call: Call, id: StaffId, (): ()) -> Result<Vec<Member>, Failure> {
    change(call, id, Act::Resume).await
}

async fn change(call: Call, id: StaffId, act: Act) -> Result<Vec<Member>, Failure> {
    let mut tx = call.app.db.begin().await?;
    if once::replay::<()>(&mut tx, &call).await?.is_none() {
        hold(&mut tx).await?;
        let row = store::one(&mut tx, &id).await?.ok_or(Failure::NotFound)?;
        appoints(&call, &row.post, &row.way)?;
        match act {
            Act::Suspend if !row.suspended => suspend_row(&mut tx, &row, call.now()).await?,
            Act::Suspend => {}
            _ => store::set_suspended(&mut tx, &id, None).await?,
        }
        finish(&call, tx, act, &id, &row.post).await?;
    }
    members(&call).await
}

/// The account of who holds that post, all of whose posts the caller appoints to; `None` where that
/// telephone never signed in. The caller holds [`hold`].
///
/// # Errors
/// [`Failure::NotFound`] where the caller does not.
pub async fn appointed(call: &Call, tx: &mut Tx, id: &StaffId) -> Result<Option<AccountId>, Failure> {
    let row = store::one(tx, id).await?.ok_or(Failure::NotFound)?;
    appoints(call, &row.post, &row.way)?;
    let Some(account) = row.account else { return Ok(None) };
    for other in store::of_account(tx, &account).await? {
        appoints(call, &other.post, &other.way)?;
    }
    Ok(Some(account))
}

/// The posts of a telephone, and the account by which it signed in.
///
/// # Errors
/// The database fails.
pub async fn of_phone(
    house: &House<'_>,
    tx: &mut Tx,
    phone: &Phone,
) -> Result<Vec<(StaffId, Option<AccountId>)>, Failure> {
    let mac = house.vault.digest(Purpose::Phone, &[phone.reveal()]);
    Ok(store::of_phone(tx, &mac).await?.into_iter().map(|row| (row.id, row.account)).collect())
}

/// Takes a post away, unless that would leave nobody who runs the house.
async fn suspend_row(tx: &mut Tx, row: &Row, now: Moment) -> Result<(), Failure> {
    if row.post == Post::Admin && !store::has_other_admin(tx, &row.id).await? {
        return Err(Refusal::LastAdministrator.into());
    }
    Ok(store::set_suspended(tx, &row.id, Some(now)).await?)
}

/// Records and keeps that it was done, without names, and commits.
async fn finish(call: &Call, mut tx: Tx, act: Act, id: &StaffId, post: &Post) -> Result<(), Failure> {
    once::keep(&mut tx, call, &()).await?;
    let centre = match post {
        Post::Staff(centre) => Some(centre),
        Post::Office(_) | Post::Admin => None,
    };
    let entry =
        Entry { subject: Some(id.as_str()), centre, ..Entry::new(Some(call.account()?), act, call.now()) };
    audit::record(&mut tx, &call.app.vault, &[entry], None).await?;
    Ok(tx.commit().await?)
}

/// Those to whose posts the caller appoints.
async fn members(call: &Call) -> Result<Vec<Member>, Failure> {
    appoints_some(call)?;
    let mut members = Vec::new();
    for row in store::all(&call.app.db).await? {
        if appoints(call, &row.post, &row.way).is_err() {
            continue;
        }
        let plain = call.app.vault.open(place(&row.id), &row.sealed_box)?;
        let Sealed { name, phone } = serde_json::from_slice(&plain).map_err(|_| VaultError::Sealed)?;
        members.push(Member {
            standing: row.standing(),
            me: row.account.as_ref() == Some(call.account()?),
            id: row.id,
            name,
            phone: Phone::parse(&phone)?.masked(),
            post: row.post,
            place: row.place,
            made: row.made,
        });
    }
    Ok(members)
}

fn appoints_some(call: &Call) -> Result<(), Failure> {
    if call.posts.iter().any(Post::appoints_some) { Ok(()) } else { Err(Failure::NotFound) }
}

fn appoints(call: &Call, post: &Post, way: &Way) -> Result<(), Failure> {
    let may = call.posts.iter().any(|own| own.appoints(post, way));
    if may { Ok(()) } else { Err(Failure::NotFound) }
}

fn place(id: &StaffId) -> Place<'_> {
    Place { table: "staff", row: id.as_str(), column: "sealed_box" }
}
