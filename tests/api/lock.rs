//! The second lock of the workbench: set up by the published algorithm, opened once with each code,
//! and tried five times, however many try at once.

use domain::{
    device::api::ListDevices,
    elevation::{
        LockKey, LockMade, LockSecret, TRIES, UNLOCKED,
        api::{CloseLock, DrawLockSecret, GetLock, MakeLock, OpenLock},
    },
    failure::Problem,
    id::{AccountId, PersonId},
    privacy::api::{GetMyData, MakeDataLink},
    refusal::Refusal,
    session::{Phone, api::GetMe},
    staff::Post,
    time::Moment,
};
use hmac::{Hmac, Mac};
use reqwest::{Response, header};
use sha1::Sha1;
use tokio::task::JoinSet;

use crate::{
    hall::settle,
    world::{Client, World, outcome},
};

const PASSWORD: &str = "正确的马 battery staple";

/// Somebody at the desk of 新盛.
async fn clerk(world: &World) -> Client {
    let app = &world.server.app;
    let account = AccountId(app.dice.id("a"));
    let token = settle(app, &account, &[PersonId(app.dice.id("p"))]).await;
    let phone = Phone::parse(&format!("137{}", app.dice.digits(8))).expect("a number");
    let house = backend::staff::House { vault: &app.vault, dice: &*app.dice, now: app.now() };
    let mut tx = app.db.begin().await.expect("begins");
    let post = Post::Staff("xinsheng".into());
    backend::staff::give(&house, &mut tx, &phone, "王老师", &post, None).await.expect("given");
    let mac = app.vault.digest(backend::vault::Purpose::Phone, &[phone.reveal()]);
    backend::staff::claim(&mut tx, &account, &mac).await.expect("claimed");
    tx.commit().await.expect("commits");
    let mut client = world.anonymous();
    client.cookie = Some(format!("session={token}"));
    client
}

/// The code that an authenticator app shows, from the text that was typed into it.
fn code(secret: &str, now: Moment) -> String {
    let key = backend::digest::unhex(&hex_of(secret)).expect("digits");
    let mut mac = <Hmac<Sha1> as Mac>::new_from_slice(&key).expect("any key");
    mac.update(&(now.0 / 30_000).to_be_bytes());
    let sum = mac.finalize().into_bytes();
    let at = usize::from(sum[19] & 15);
    let word = u32::from_be_bytes([sum[at] & 127, sum[at + 1], sum[at + 2], sum[at + 3]]);
    format!("{:06}", word % 1_000_000)
}

/// The secret as it was sealed.
fn hex_of(secret: &str) -> String {
    let letter = |byte: u8| if byte.is_ascii_uppercase() { byte - b'A' } else { byte - b'2' + 26 };
    let bits = secret.bytes().fold(String::new(), |bits, byte| bits + &format!("{:05b}", letter(byte)));
    let byte = |at: usize| u8::from_str_radix(&bits[at..at + 8], 2).expect("bits");
    backend::digest::hex(&(0..bits.len() / 8).map(|index| byte(index * 8)).collect::<Vec<_>>())
}

fn key(password: &str, code: &str) -> LockKey {
    LockKey { password: password.into(), code: code.into() }
}

fn with(client: &Client, answer: &Response) -> Client {
    let cookie = answer.headers()[header::SET_COOKIE].to_str().expect("plain");
    let mut client = client.clone();
    client.cookie = cookie.split(';').next().map(str::to_owned);
    client
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Problem>) -> Refusal {
    match outcome {
        Err(Problem::Refused(mut refusals)) if refusals.len() == 1 => refusals.remove(0),
        other => panic!("one refusal was expected: {other:?}"),
    }
}

/// A clerk with a lock: their browser, the secret and the spare codes.
async fn locked(world: &World) -> (Client, LockSecret, Vec<String>) {
    let clerk = clerk(world).await;
    let secret = clerk.call::<DrawLockSecret>((), ()).await.expect("a secret");
    let answer = clerk.send::<MakeLock>((), key(PASSWORD, &code(&secret.secret, world.now())), None).await;
    let clerk = with(&clerk, &answer);
    let made: LockMade = outcome(answer).await.expect("set up");
    world.clock.advance(30_000);
    (clerk, secret, made.spare)
}

#[tokio::test]
async fn a_lock_is_set_up_with_a_password_and_a_code_and_turns_the_cookie() {
    let world = World::new().await;
    let before = clerk(&world).await;
    let lock = before.call::<GetLock>((), ()).await.expect("a state");
    assert_eq!((lock.since, lock.open_until, lock.spare), (None, None, 0));
    assert_eq!(refused(before.call::<OpenLock>((), key(PASSWORD, "000000")).await), Refusal::LockMissing);
    assert_eq!(refused(before.call::<MakeLock>((), key(PASSWORD, "000000")).await), Refusal::LockMade);
    let secret = before.call::<DrawLockSecret>((), ()).await.expect("a secret");
    assert!(secret.address.starts_with("otpauth://totp/Doorstep:"), "{}", secret.address);
    assert!(
        secret.address.contains(&secret.secret) && secret.picture.starts_with("data:image/svg+xml;base64,")
    );
    let right = code(&secret.secret, world.now());
    assert_eq!(
        refused(before.call::<MakeLock>((), key("short", &right)).await),
        Refusal::TextTooShort { least: 10 }
    );
    let answer = before.send::<MakeLock>((), key(PASSWORD, &right), None).await;
    let after = with(&before, &answer);
    let made: LockMade = outcome(answer).await.expect("set up");
    assert_eq!((made.lock.since, made.spare.len()), (Some(world.now()), 10));
    assert_eq!(made.lock.open_until, Some(world.now().plus(UNLOCKED)));
    assert_eq!(
        before.call::<GetMe>((), ()).await,
        Err(Problem::SignedOut),
        "the old cookie is worth nothing"
    );
    assert_eq!(after.call::<ListDevices>((), ()).await.expect("devices").devices.len(), 1);
    assert_eq!(refused(after.call::<DrawLockSecret>((), ()).await), Refusal::LockMade, "not twice");

    world.clock.advance(UNLOCKED);
    assert_eq!(after.call::<GetLock>((), ()).await.expect("a state").open_until, None, "a day is over");
    let db = &world.server.app.db;
    let row = db.row("SELECT password_hash, secret_box FROM staff_lock", vec![]).await.expect("reads");
    let row = row.expect("a lock");
    assert!(row.text("password_hash").expect("text").starts_with("argon2id 19456 2 1 "));
    assert!(!row.text("secret_box").expect("text").contains(&secret.secret));
}

#[tokio::test]
async fn a_code_opens_once_and_a_spare_code_too() {
    let world = World::new().await;
    let (clerk, secret, spare) = locked(&world).await;
    let clerk_closed = clerk.call::<CloseLock>((), ()).await.expect("closed");
    assert_eq!(clerk_closed.open_until, None);
    let right = code(&secret.secret, world.now());
    let answer = clerk.send::<OpenLock>((), key(PASSWORD, &right), None).await;
    let clerk = with(&clerk, &answer);
    assert_eq!(
        clerk.call::<GetLock>((), ()).await.expect("a state").open_until,
        Some(world.now().plus(UNLOCKED))
    );
    let again = refused(clerk.call::<OpenLock>((), key(PASSWORD, &right)).await);
    assert!(matches!(again, Refusal::LockWrong { .. }), "somebody looked over the shoulder: {again:?}");
    let answer = clerk.send::<OpenLock>((), key(PASSWORD, &spare[0].to_lowercase()), None).await;
    let clerk = with(&clerk, &answer);
    assert_eq!(clerk.call::<GetLock>((), ()).await.expect("a state").spare, 9);
    let again = refused(clerk.call::<OpenLock>((), key(PASSWORD, &spare[0])).await);
    assert!(matches!(again, Refusal::LockWrong { .. }), "{again:?}");
    // What one takes along of oneself has nothing by which the lock opens.
    let data = clerk.call::<GetMyData>((), ()).await.expect("data");
    let link = clerk.call::<MakeDataLink>((), ()).await.expect("a link");
    let json = clerk.request(reqwest::Method::GET, &link.json).send().await.expect("an answer");
    let all = serde_json::to_string(&data).expect("JSON") + &json.text().await.expect("a text");
    assert!(all.contains("staff_lock") && !all.contains("argon2id") && !all.contains(&spare[1]));
    let sealed = hex_of(&secret.secret);
    assert!(!all.contains(&secret.secret) && !all.contains(&sealed), "{all}");
    // The right code without the password is not even used up.
    world.clock.advance(TRIES.0);
    let right = code(&secret.secret, world.now());
    assert_eq!(
        refused(clerk.call::<OpenLock>((), key("wrong password", &right)).await),
        Refusal::LockWrong { left: 4 }
    );
    clerk.call::<OpenLock>((), key(PASSWORD, &right)).await.expect("with it, it opens");
}

#[tokio::test]
async fn forty_guesses_at_once_are_five_and_then_a_quarter_of_an_hour() {
    let world = World::new().await;
    let (clerk, secret, _) = locked(&world).await;
    let mut tries = JoinSet::new();
    for number in 0..40 {
        let clerk = clerk.clone();
        let guess = key(PASSWORD, &format!("{number:05}x"));
        tries.spawn(async move { refused(clerk.call::<OpenLock>((), guess).await) });
    }
    let told = tries.join_all().await;
    let looked_at = told.iter().filter(|refusal| matches!(refusal, Refusal::LockWrong { .. })).count();
    assert_eq!(looked_at, TRIES.1 as usize, "{told:?}");
    assert!(
        told.iter().all(|refusal| matches!(refusal, Refusal::LockWrong { .. } | Refusal::LockShut { .. }))
    );
    let right = key(PASSWORD, &code(&secret.secret, world.now()));
    assert_eq!(refused(clerk.call::<OpenLock>((), right).await), Refusal::LockShut { seconds: 900 });
    world.clock.advance(TRIES.0);
    clerk.call::<OpenLock>((), key(PASSWORD, &code(&secret.secret, world.now()))).await.expect("open again");
}
