//! Signing in with a telephone number and a one-time code, and who is signed in.
//!
//! A code is bound to its request, hashed, good for five minutes, five tries and one use. How many
//! are sent is limited for a phone, an address and in all, counted in the database under one lock,
//! so that parallel requests get no more. Nothing here asks whether a number is known: the answer
//! and its timing are the same. Of the session's token only the hash is kept (`session/keep.rs`).

use std::net::{IpAddr, Ipv6Addr};

use axum::http::HeaderValue;
use domain::{
    device::{
        DeviceLook, DeviceStep,
        api::{EndDevice, EndOtherDevices, ListDevices},
    },
    id::{AccountId, CentreId, DeviceId, is_id},
    refusal::Refusal,
    session::{
        ADDRESS_LIMITS, CODE_LIFE, CODE_TRIES, CodeRequest, CodeSent, Me, PHONE_LIMITS, Phone, SESSION_LIFE,
        SignInRequest, TOTAL_LIMIT,
        api::{GetMe, RequestCode, SignIn, SignOut},
    },
    time::{DAY, Moment, whole_seconds},
};

use crate::{
    app::App,
    call::{Account, Call, Reply},
    db::{DbError, Tx},
    digest::sha256,
    failure::Failure,
    household,
    mount::Mount,
    sender::Sending,
    staff, teams,
    vault::{Place, Purpose},
};

mod devices;
mod find;
mod keep;
mod known;
mod store;

pub use devices::tell;
pub use find::Finder;
pub use keep::{account, any_cookie, turn_now};

use keep::cookie;
use store::{Look, Of};

/// Of all codes that may be sent, one in so many is kept for browsers that are known.
const KEPT_FOR_KNOWN: u32 = 5;

/// Serves signing in and out.
pub fn mount(mount: Mount) -> Mount {
    mount
        .serve::<RequestCode, _, _>(request_code)
        .serve::<SignIn, _, _>(sign_in)
        .serve::<SignOut, _, _>(sign_out)
        .serve::<GetMe, _, _>(get_me)
        .serve::<ListDevices, _, _>(devices::list)
        .serve::<EndDevice, _, _>(devices::end)
        .serve::<EndOtherDevices, _, _>(devices::end_others)
}

/// What a code is for: one for the one thing is worth nothing for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFor {
    /// To sign in on this device.
    SignIn,
    /// To be typed at the desk, that a telephone belongs to whom it works for.
    Desk,
}

async fn request_code(call: Call, (): (), input: CodeRequest) -> Result<CodeSent, Failure> {
    let phone = Phone::parse(&input.phone)?;
    send_code(&call, &phone, CodeFor::SignIn).await
}

/// Sends a code to a telephone, within all limits.
///
/// # Errors
/// There were too many, or it cannot be sent.
pub async fn send_code(call: &Call, phone: &Phone, what: CodeFor) -> Result<CodeSent, Failure> {
    let (app, now) = (&call.app, call.now());
    let known = call.known.as_deref().filter(|_| what == CodeFor::SignIn);
    let phone_mac = known::counted_as(&app.vault, phone, known);
    let is_known = known::is_known(&app.vault, phone, known);
    let address_mac = address_mac(app, call.address);
    // Who has had enough is turned away without a turn at writing, however many they are.
    check_limits(app, Look::Beside(&app.db), &phone_mac, &address_mac, is_known).await?;
    let (id, code) = (app.dice.id("c"), app.dice.digits(6));
    // The number itself travels sealed with the request: of who never signs in, nothing is kept.
    let sealed = app.vault.seal(phone_place(&id, what), phone.reveal().as_bytes())?;
    let code_hash = app.vault.digest(Purpose::Code, &[&id, &code]);
    let mut tx = app.db.begin().await?;
    store::lock_codes(&mut tx).await?;
    check_limits(app, Look::Within(&mut tx), &phone_mac, &address_mac, is_known).await?;
    store::add_code(&mut tx, &id, [&phone_mac, &address_mac, &code_hash], now).await?;
    tx.commit().await?;
    // For all numbers alike: nobody can tell from the wait whether we know one.
    let refusal = match app.sender.send(phone, &code, now).await {
        Sending::Sent => None,
        Sending::Refused => Some(Refusal::PhoneRefused),
        Sending::Unreachable => Some(Refusal::CodeNotSent),
    };
    if let Some(refusal) = refusal {
        let mut tx = app.db.begin().await?;
        store::fail_code(&mut tx, &id, now).await?;
        tx.commit().await?;
        return Err(refusal.into());
    }
    Ok(CodeSent {
        request: format!("{id}.{sealed}"),
        again_after: whole_seconds(PHONE_LIMITS[0].0),
        demo_code: app.config.is_demo().then_some(code),
    })
}

/// Refuses where the phone, the address or everybody together has had enough codes. Of what everybody
/// has together, a part is kept for browsers that are known: whoever uses up the rest shuts out nobody
/// who was here before.
async fn check_limits(
    app: &App,
    mut look: Look<'_>,
    phone: &str,
    address: &str,
    is_known: bool,
) -> Result<(), Failure> {
    let (look, now, mut wait) = (&mut look, app.now(), 0);
    for (within, most) in PHONE_LIMITS {
        wait = wait.max(wait_for(look, Of::Phone(phone), within, most, now).await?);
    }
    if wait > 0 {
        return Err(Refusal::CodeTooSoon { seconds: whole_seconds(wait) }.into());
    }
    for (within, most) in ADDRESS_LIMITS {
        wait = wait.max(wait_for(look, Of::Address(address), within, most, now).await?);
    }
    let mut lid = 0;
    for (within, most) in [TOTAL_LIMIT, (DAY, app.config.codes_a_day)] {
        let most = if is_known { most } else { most - most / KEPT_FOR_KNOWN };
        lid = lid.max(wait_for(look, Of::All, within, most, now).await?);
    }
    if lid > 0 {
        tracing::warn!(seconds = whole_seconds(lid), "as many codes as may be sent in all");
    }
    wait = wait.max(lid);
    if wait > 0 { Err(Failure::TooMany { retry_after: whole_seconds(wait) }) } else { Ok(()) }
}

/// Milliseconds until there are fewer than `most` codes `within` so many milliseconds.
async fn wait_for(
    look: &mut Look<'_>,
    of: Of<'_>,
    within: i64,
    most: u32,
    now: Moment,
) -> Result<i64, Failure> {
    let oldest = store::nth_latest(look, of, now.plus(-within), most).await?;
    Ok(oldest.map_or(0, |made| made.0 + within - now.0))
}

async fn sign_in(call: Call, (): (), input: SignInRequest) -> Result<Reply<Me>, Failure> {
    let app = &call.app;
    let (mut tx, phone) = spend_code(app, [&input.request, &input.code], CodeFor::SignIn).await?;
    let account = known_or_new(app, &mut tx, &phone).await?;
    let mut cookies = enter(app, tx, call.caller.as_ref(), &account, call.device).await?;
    cookies.push(known::cookie(app, &phone)?);
    Ok(Reply { body: household::me(app, &account).await?, cookies })
}

/// Spends a code: the telephone that it was sent to, and the transaction in which it is spent. A wrong one
/// is counted.
///
/// # Errors
/// It is wrong, or worth nothing any more.
pub async fn spend_code(
    app: &App,
    [request, typed]: [&str; 2],
    what: CodeFor,
) -> Result<(Tx, Phone), Failure> {
    let now = app.now();
    let (id, sealed) = request.split_once('.').ok_or(Refusal::CodeLapsed)?;
    if !is_id(id) {
        return Err(Refusal::CodeLapsed.into());
    }
    let phone = app.vault.open(phone_place(id, what), sealed).map_err(|_| Refusal::CodeLapsed)?;
    let phone = Phone::parse(&String::from_utf8_lossy(&phone))?;
    // A code that is worth nothing any more is not worth a turn at writing either.
    if !store::may_try(&app.db, id, now.plus(-CODE_LIFE), CODE_TRIES).await? {
        return Err(Refusal::CodeLapsed.into());
    }
    let mut tx = app.db.begin().await?;
    let code = store::try_code(&mut tx, id, now.plus(-CODE_LIFE), CODE_TRIES).await?;
    let (tries, code_hash) = code.ok_or(Refusal::CodeLapsed)?;
    if !is_same(&code_hash, &app.vault.digest(Purpose::Code, &[id, typed])) {
        // The try counts, whatever comes after.
        tx.commit().await?;
        return Err(Refusal::CodeWrong { left: CODE_TRIES.saturating_sub(tries) }.into());
    }
    store::use_code(&mut tx, id, now).await?;
    Ok((tx, phone))
}

/// Signs an account in on a device, in the place of whoever was signed in there before, and commits:
/// the cookies for it.
pub async fn enter(
    app: &App,
    mut tx: Tx,
    before: Option<&Account>,
    account: &AccountId,
    look: DeviceLook,
) -> Result<Vec<HeaderValue>, Failure> {
    let now = app.now();
    // The browser's session is a new one after signing in; what it had before ends.
    if let Some(before) = before {
        store::end_session(&mut tx, &before.session).await?;
    }
    // Who was signed in here already is on no new device.
    if before.is_none_or(|before| before.id != *account) {
        store::add_line(&mut tx, account, DeviceStep::SignedIn, look, now).await?;
    }
    let (id, token) = (DeviceId(app.dice.id("s")), app.dice.token());
    store::add_session(&mut tx, &id, &sha256(&token), account, look, now).await?;
    store::forget_lapsed(&mut tx, account, now.plus(-SESSION_LIFE)).await?;
    tx.commit().await?;
    Ok(vec![cookie(&app.config, &token, SESSION_LIFE)?])
}

/// The account of somebody who signs in, with the posts and teams that the telephone was invited to.
async fn known_or_new(app: &App, tx: &mut Tx, phone: &Phone) -> Result<AccountId, Failure> {
    let account = account_for(app, tx, phone).await?;
    let mac = app.vault.digest(Purpose::Phone, &[phone.reveal()]);
    staff::claim(tx, &account, &mac).await?;
    teams::claim(tx, &account, &mac).await?;
    Ok(account)
}

/// An account for somebody who gave no telephone: nobody can ever sign in to it.
///
/// # Errors
/// The database fails.
pub async fn walk_in(app: &App, tx: &mut Tx, id: &AccountId) -> Result<(), Failure> {
    let place = Place { table: "account", row: id.as_str(), column: "phone_box" };
    let sealed = app.vault.seal(place, b"")?;
    if store::add_account(tx, id, id.as_str(), &sealed, app.now()).await? {
        household::add_holder(app, tx, id).await?;
    }
    Ok(())
}

/// An account for somebody without a telephone, found again by the digest of a number that is sealed
/// where others have their telephone: nobody can ever sign in to it. Whether it was made; it is not
/// where somebody has that number.
///
/// # Errors
/// The database fails.
pub async fn add_without_phone(
    app: &App,
    tx: &mut Tx,
    id: &AccountId,
    centre: &CentreId,
    [mac, card]: [&str; 2],
) -> Result<bool, Failure> {
    let place = Place { table: "account", row: id.as_str(), column: "phone_box" };
    let sealed = app.vault.seal(place, card.as_bytes())?;
    let made = store::add_account(tx, id, mac, &sealed, app.now()).await?;
    if made {
        store::given_at(tx, id, Some(centre)).await?;
        household::add_holder(app, tx, id).await?;
    }
    Ok(made)
}

/// Puts another number, or a telephone, in the place of what an account is found by. Whether it was done;
/// it is not where somebody has that one. Whoever has a telephone is of no desk any more.
///
/// # Errors
/// The database fails.
pub async fn refind(
    app: &App,
    tx: &mut Tx,
    id: &AccountId,
    centre: Option<&CentreId>,
    [mac, found_by]: [&str; 2],
) -> Result<bool, Failure> {
    let place = Place { table: "account", row: id.as_str(), column: "phone_box" };
    let sealed = app.vault.seal(place, found_by.as_bytes())?;
    let done = match store::set_phone(tx, id, mac, &sealed).await {
        // Two at the same instant: the other was quicker.
        Err(DbError::Conflict(_)) => false,
        done => done?,
    };
    if done && centre.is_none() {
        store::given_at(tx, id, None).await?;
    }
    Ok(done)
}

/// The account with that digest of a telephone or of a number.
///
/// # Errors
/// The database fails.
pub async fn account_of(tx: &mut Tx, mac: &str) -> Result<Option<AccountId>, Failure> {
    Ok(store::account_of_phone(tx, mac).await?)
}

/// The account of a telephone, made where it has none.
///
/// # Errors
/// The database fails.
pub async fn account_for(app: &App, tx: &mut Tx, phone: &Phone) -> Result<AccountId, Failure> {
    let mac = app.vault.digest(Purpose::Phone, &[phone.reveal()]);
    let id = AccountId(app.dice.id("a"));
    let place = Place { table: "account", row: id.as_str(), column: "phone_box" };
    let sealed = app.vault.seal(place, phone.reveal().as_bytes())?;
    if store::add_account(tx, &id, &mac, &sealed, app.now()).await? {
        household::add_holder(app, tx, &id).await?;
        return Ok(id);
    }
    store::account_of_phone(tx, &mac).await?.ok_or_else(|| Failure::Broken("an account vanished".into()))
}

async fn sign_out(call: Call, (): (), (): ()) -> Result<Reply<()>, Failure> {
    if let Some(account) = &call.caller {
        let mut tx = call.app.db.begin().await?;
        store::end_session(&mut tx, &account.session).await?;
        tx.commit().await?;
    }
    Ok(Reply { body: (), cookies: vec![cookie(&call.app.config, "", 0)?] })
}

async fn get_me(call: Call, (): (), (): ()) -> Result<Me, Failure> {
    household::shown(&call).await
}

/// The digest under which an address is counted.
pub fn address_mac(app: &App, address: IpAddr) -> String {
    app.vault.digest(Purpose::Address, &[&network(address).to_string()])
}

/// What counts as one address: in IPv6 a house may have all networks of 56 bits to itself, and could
/// ask from another of its addresses each time.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => Ipv6Addr::from_bits(six.to_bits() >> 72 << 72).into(),
        four @ IpAddr::V4(_) => four,
    }
}

fn phone_place(request: &str, what: CodeFor) -> Place<'_> {
    let column = match what {
        CodeFor::SignIn => "phone",
        CodeFor::Desk => "phone at the desk",
    };
    Place { table: "login_code", row: request, column }
}

/// Compares two digests in a time that does not say where they differ.
pub fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one.bytes().zip(other.bytes()).fold(0, |differs, (one, other)| differs | (one ^ other)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ones_own_is_one_address() {
        let network = |text: &str| network(text.parse().expect("an address")).to_string();
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1::");
        assert_eq!(network("2001:db8:1:3ff::1"), "2001:db8:1:300::");
        assert_eq!(network("203.0.113.9"), "203.0.113.9");
        assert_eq!(network("::ffff:203.0.113.9"), "203.0.113.9");
    }

    #[test]
    fn digests_are_compared_whole() {
        assert!(is_same("ab", "ab"));
        assert!(!is_same("ab", "aa") && !is_same("ab", "abc") && !is_same("", "a"));
    }
}
