//! The second lock of the workbench: a password (argon2id) and a code from an authenticator app (RFC
//! 6238), beyond signing in by telephone.
//!
//! `mount.rs` asks [`is_open`] before every handler of the staff whose endpoint does not say otherwise.
//! Five tries in a quarter of an hour and twenty in vain a day, counted in the database before anything
//! is looked at, so that parallel guesses get no more; each that was in vain is on record. A code is good once. Opening the lock gives the session another
//! cookie; it stays open for a working day, while something is done in the workbench. Who lost what
//! opens it has it taken off by whoever appoints them (`lock/reset.rs`).

use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    audit::Act,
    elevation::{
        IDLE, Lock, LockKey, LockMade, LockSecret, SPARE_CODES, TRIES, TRIES_A_DAY, UNLOCKED,
        api::{CloseLock, DrawLockSecret, GetLock, MakeLock, OpenLock, ResetLock},
    },
    id::AccountId,
    refusal::Refusal,
    time::{MINUTE, Moment, whole_seconds},
};
use fast_qr::{
    QRBuilder,
    convert::{Builder, svg::SvgBuilder},
};

use crate::{
    app::App,
    audit::{self, Entry},
    call::{Account, Call, Reply},
    digest::hex,
    failure::Failure,
    household,
    mount::Mount,
    session,
    vault::{Place, Purpose},
};

mod password;
mod reset;
mod store;
mod totp;

pub use reset::take_off;

/// Serves the lock.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve::<GetLock, _, _>(get_lock)
        .serve::<DrawLockSecret, _, _>(draw_secret)
        .serve::<MakeLock, _, _>(make_lock)
        .serve::<OpenLock, _, _>(open_lock)
        .serve::<CloseLock, _, _>(close_lock)
        .serve::<ResetLock, _, _>(reset::reset_lock)
}

/// Whether the lock is open for who calls, who is doing something in the workbench.
///
/// # Errors
/// The database fails.
pub async fn is_open(app: &App, caller: &Account) -> Result<bool, Failure> {
    let now = app.now();
    let Some(open) = store::open(&app.db, &caller.session).await?.filter(|open| counts(*open, now)) else {
        return Ok(false);
    };
    // Once a minute is exact enough, and spares the disk.
    if now.0 - open.worked.0 >= MINUTE
        && let Err(error) = store::work(&app.db, &caller.session, now).await
    {
        tracing::warn!(%error, "the lock may close too early");
    }
    Ok(true)
}

/// Whether a lock that was opened is open still.
fn counts(open: store::Open, now: Moment) -> bool {
    open.until > now && now.0 - open.worked.0 < IDLE
}

async fn state(app: &App, account: &AccountId, session: &str) -> Result<Lock, Failure> {
    let since = store::lock(&app.db, account).await?.and_then(|row| row.made);
    let open = store::open(&app.db, session).await?;
    let open = open.filter(|open| counts(*open, app.now())).map(|open| open.until);
    Ok(Lock { since, open_until: open, spare: store::spare(&app.db, account).await? })
}

async fn get_lock(call: Call, (): (), (): ()) -> Result<Lock, Failure> {
    let caller = call.caller.as_ref().ok_or(Failure::SignedOut)?;
    state(&call.app, &caller.id, &caller.session).await
}

async fn draw_secret(call: Call, (): (), (): ()) -> Result<LockSecret, Failure> {
    let (app, account) = (&call.app, call.account()?);
    let mut secret = [0; 20];
    app.dice.fill(&mut secret);
    let sealed = app.vault.seal(place(account), hex(&secret).as_bytes())?;
    let mut tx = app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    if store::lock_now(&mut tx, account).await?.is_some_and(|row| row.made.is_some()) {
        return Err(Refusal::LockMade.into());
    }
    store::draw(&mut tx, account, &sealed).await?;
    tx.commit().await?;
    let demo_code = app.config.is_demo().then(|| totp::code_of(&secret, call.now()));
    let secret = totp::base32(&secret);
    let phone = household::me(app, account).await?.phone.replace('*', "%2A");
    // The name of the house in an app that lists many.
    let address = format!("otpauth://totp/Doorstep:{phone}?secret={secret}&issuer=Doorstep");
    let picture = format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(square(&address)?));
    Ok(LockSecret { secret, address, picture, demo_code })
}

async fn make_lock(call: Call, (): (), key: LockKey) -> Result<Reply<LockMade>, Failure> {
    let refusals = key.check();
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let (app, now) = (&call.app, call.now());
    let caller = call.caller.as_ref().ok_or(Failure::SignedOut)?;
    let row = counted(app, &caller.id, false).await?;
    let secret = secret(app, &caller.id, &row)?;
    let Some(step) = totp::step_of(&secret, key.code.trim(), now, row.last_step) else {
        return Err(wrong(&row));
    };
    let password_hash = password::hash(&*app.dice, &key.password).await?;
    let spare: Vec<String> = (0..SPARE_CODES).map(|_| app.dice.code(10)).collect();
    let hashes: Vec<String> = spare.iter().map(|code| spare_hash(app, &caller.id, code)).collect();
    let mut tx = app.db.begin().await?;
    household::lock(&mut tx, &caller.id).await?;
    if store::lock_now(&mut tx, &caller.id).await?.is_none_or(|row| row.made.is_some()) {
        return Err(Refusal::LockMade.into());
    }
    store::make(&mut tx, &caller.id, &password_hash, step, now).await?;
    store::put_spare(&mut tx, &caller.id, &hashes, now).await?;
    let entry = Entry::new(Some(&caller.id), Act::MakeLock, now);
    audit::record(&mut tx, &app.vault, &[entry], None).await?;
    tx.commit().await?;
    let Reply { body: lock, cookies } = opened(&call, caller).await?;
    Ok(Reply { body: LockMade { lock, spare }, cookies })
}

async fn open_lock(call: Call, (): (), key: LockKey) -> Result<Reply<Lock>, Failure> {
    let (app, now) = (&call.app, call.now());
    let caller = call.caller.as_ref().ok_or(Failure::SignedOut)?;
    let row = counted(app, &caller.id, true).await?;
    let secret = secret(app, &caller.id, &row)?;
    // Both are looked at, and the same is asked and written, whichever is wrong: neither the words nor
    // the time tell anybody that they have one of them.
    let fits = password::fits(&row.password_hash, &key.password).await?;
    let code = key.code.trim();
    let step = totp::step_of(&secret, code, now, row.last_step);
    let spare = spare_hash(app, &caller.id, &code.to_uppercase());
    let mut tx = app.db.begin().await?;
    household::lock(&mut tx, &caller.id).await?;
    let last = store::lock_now(&mut tx, &caller.id).await?.map_or(i64::MAX, |row| row.last_step);
    let has_spare = store::has_spare(&mut tx, &caller.id, &spare).await?;
    // Somebody may have used the same code meanwhile.
    let step = match step {
        Some(step) => Some(step).filter(|step| *step > last),
        None => has_spare.then_some(last),
    };
    let Some(step) = step.filter(|_| fits) else {
        let entry = Entry::new(Some(&caller.id), Act::TryLock, now);
        audit::record(&mut tx, &app.vault, &[entry], None).await?;
        tx.commit().await?;
        return Err(wrong(&row));
    };
    store::use_spare(&mut tx, &caller.id, &spare).await?;
    store::use_step(&mut tx, &caller.id, step).await?;
    tx.commit().await?;
    opened(&call, caller).await
}

async fn close_lock(call: Call, (): (), (): ()) -> Result<Lock, Failure> {
    let caller = call.caller.as_ref().ok_or(Failure::SignedOut)?;
    let mut tx = call.app.db.begin().await?;
    store::close(&mut tx, &caller.session).await?;
    tx.commit().await?;
    state(&call.app, &caller.id, &caller.session).await
}

/// Gives the session another cookie, in which the lock is open.
async fn opened(call: &Call, caller: &Account) -> Result<Reply<Lock>, Failure> {
    let app = &call.app;
    let mut tx = app.db.begin().await?;
    let (session, cookie) = session::turn_now(app, &mut tx, caller).await?;
    store::set_open(&mut tx, &session, call.now().plus(UNLOCKED), call.now()).await?;
    tx.commit().await?;
    Ok(Reply { body: state(app, &caller.id, &session).await?, cookies: vec![cookie] })
}

/// The lock, once a try has been counted; `made` says whether it must have been set up.
async fn counted(app: &App, account: &AccountId, made: bool) -> Result<store::Row, Failure> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    household::lock(&mut tx, account).await?;
    let row = store::lock_now(&mut tx, account).await?;
    let row = row.filter(|row| row.made.is_some() == made);
    let Some(mut row) = row else {
        return Err(if made { Refusal::LockMissing } else { Refusal::LockMade }.into());
    };
    let mut wait = 0;
    for (tried, (within, most)) in [(&mut row.tried, TRIES), (&mut row.today, TRIES_A_DAY)] {
        let (since, count) = tried;
        if *count == 0 || now.0 - since.0 >= within {
            (*since, *count) = (now, 0);
        }
        if *count >= most {
            wait = wait.max(since.0 + within - now.0);
        }
        *count += 1;
    }
    if wait > 0 {
        return Err(Refusal::LockShut { seconds: whole_seconds(wait) }.into());
    }
    store::count_try(&mut tx, account, &row).await?;
    tx.commit().await?;
    Ok(row)
}

fn wrong(row: &store::Row) -> Failure {
    let left = |(_, tried): (Moment, u32), (_, most): (i64, u32)| most.saturating_sub(tried);
    Refusal::LockWrong { left: left(row.tried, TRIES).min(left(row.today, TRIES_A_DAY)) }.into()
}

fn secret(app: &App, account: &AccountId, row: &store::Row) -> Result<Vec<u8>, Failure> {
    let plain = app.vault.open(place(account), &row.secret_box)?;
    let text = String::from_utf8(plain).map_err(|error| Failure::Broken(error.to_string()))?;
    crate::digest::unhex(&text).ok_or_else(|| Failure::Broken("a secret is not understood".into()))
}

fn spare_hash(app: &App, account: &AccountId, code: &str) -> String {
    app.vault.digest(Purpose::Spare, &[account.as_str(), code])
}

fn place(account: &AccountId) -> Place<'_> {
    Place { table: "staff_lock", row: account.as_str(), column: "secret_box" }
}

/// A square code as an image.
fn square(text: &str) -> Result<String, Failure> {
    let code = QRBuilder::new(text).build();
    let code = code.map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(SvgBuilder::default().margin(2).to_str(&code))
}
