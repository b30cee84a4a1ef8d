//! The second lock of the workbench: set up by the published algorithm, opened once with each code,
//! and tried five times, however many try at once.

use backend::audit;
use domain::{
    device::api::ListDevices,
    elevation::{
        IDLE, LockKey, LockMade, LockSecret, TRIES, TRIES_A_DAY, UNLOCKED,
        api::{CloseLock, DrawLockSecret, GetLock, MakeLock, OpenLock, ResetLock},
    },
    failure::Problem,
    id::{AccountId, PersonId, StaffId},
    privacy::api::{GetMyData, MakeDataLink},
    refusal::Refusal,
    session::{
        Phone,
        api::{GetMe, SignOut},
    },
    staff::{
        Invitation, Post,
        api::{GetWorkbench, InviteStaff, ListStaff},
    },
    time::{DAY, MINUTE, Moment},
    work::api::GetRoster,
};
use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    guessing::Statements,
    hall::{Hall, settle},
    opened::{self, PASSWORD, with},
    staff::{ADMIN, DESK, DISTRICT},
    world::{Client, World, fresh_key, outcome},
};

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
    opened::code(&backend::digest::unhex(&hex_of(secret)).expect("digits"), now)
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

#[tokio::test]
async fn a_day_has_twenty_tries_in_vain_and_each_is_on_record() {
    let world = World::new().await;
    let (clerk, secret, _) = locked(&world).await;
    let began = world.now();
    let spell = TRIES_A_DAY.1 / TRIES.1;
    for number in 0..spell {
        for left in (0..TRIES.1).rev() {
            let wrong = refused(clerk.call::<OpenLock>((), key("wrong password", "000000")).await);
            assert_eq!(wrong, Refusal::LockWrong { left }, "{number}");
        }
        world.clock.advance(TRIES.0);
    }
    let over = u32::try_from((began.plus(DAY).0 - world.now().0) / 1_000).expect("short");
    let right = |world: &World| key(PASSWORD, &code(&secret.secret, world.now()));
    assert_eq!(refused(clerk.call::<OpenLock>((), right(&world)).await), Refusal::LockShut { seconds: over });
    let rows = world.server.app.db.rows("SELECT account_id FROM audit WHERE act = 'try_lock'", vec![]).await;
    assert_eq!(rows.expect("reads").len(), TRIES_A_DAY.1 as usize);
    world.clock.advance(DAY);
    clerk.call::<OpenLock>((), right(&world)).await.expect("open on the next day");
}

/// What a clock would tell is told by what is done: the same, whichever of the two is wrong.
#[tokio::test]
async fn whichever_is_wrong_the_same_is_done() {
    let statements = Statements::default();
    let _listening = statements.listen();
    let world = World::new().await;
    let (clerk, secret, _) = locked(&world).await;
    let right = code(&secret.secret, world.now());
    statements.settle().await;
    let mut told = Vec::new();
    for wrong in [key("wrong password", &right), key(PASSWORD, "00000x"), key("wrong password", "00000x")] {
        statements.take();
        refused(clerk.call::<OpenLock>((), wrong).await);
        told.push(statements.take());
    }
    assert!(told[0].iter().any(|sql| sql.contains("staff_spare")), "{:?}", told[0]);
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0], told[2]);
}

#[tokio::test]
async fn the_workbench_is_closed_until_the_lock_is_open_and_again_afterwards() {
    let world = World::new().await;
    let app = &world.server.app;
    let slot = Hall::new(app, json!({ "unit": "person" })).await.slot(9, 3).await;
    let roster = async |client: &Client| client.call::<GetRoster>(slot.clone(), ()).await.map(drop);
    let before = world.resident(DESK).await;
    before.call::<GetMe>((), ()).await.expect("a resident like others");
    before.call::<GetWorkbench>((), ()).await.expect("where they work, so that they find the lock");
    assert_eq!(roster(&before).await, Err(Problem::Locked));
    let unknown = before.call::<GetRoster>("no-such-slot".into(), ()).await.map(drop);
    assert_eq!(unknown, Err(Problem::Locked), "nobody learns what there is");
    assert_eq!(audit::verify(&app.db, &app.vault).await, Ok(Ok(0)), "nothing was looked at");

    let desk = opened::opened(app, &before).await;
    assert_eq!(roster(&desk).await, Ok(()));
    world.clock.advance(MINUTE);
    let elsewhere = world.resident(DESK).await;
    assert_eq!(roster(&elsewhere).await, Err(Problem::Locked), "open on one device is not open on another");

    assert_eq!(roster(&desk).await, Ok(()));
    // While it is used it stays open, for a working day; an hour of nothing closes it.
    for _ in 0..4 {
        world.clock.advance(IDLE - 1);
        assert_eq!(roster(&desk).await, Ok(()));
    }
    world.clock.advance(IDLE);
    assert_eq!(roster(&desk).await, Err(Problem::Locked), "nobody was there for an hour");
    assert_eq!(desk.call::<GetLock>((), ()).await.expect("a state").open_until, None);
    let desk = opened::opened(app, &desk).await;
    for _ in 0..10 {
        world.clock.advance(IDLE - MINUTE);
        assert_eq!(roster(&desk).await, Ok(()));
    }
    world.clock.advance(10 * MINUTE);
    assert_eq!(roster(&desk).await, Err(Problem::Locked), "a working day is over");

    let desk = opened::opened(app, &desk).await;
    desk.call::<CloseLock>((), ()).await.expect("closed");
    assert_eq!(roster(&desk).await, Err(Problem::Locked));
    let desk = opened::opened(app, &desk).await;
    desk.call::<SignOut>((), ()).await.expect("signed out");
    assert_eq!(roster(&desk).await, Err(Problem::SignedOut));
}

/// The post by which somebody stands on an office's list.
async fn post_of(office: &Client, phone: &str) -> StaffId {
    let members = office.call::<ListStaff>((), ()).await.expect("the staff");
    members.into_iter().find(|member| member.phone == phone).expect("on the list").id
}

#[tokio::test]
async fn who_lost_everything_is_let_in_by_whoever_appoints_them_and_by_nobody_else() {
    let world = World::new().await;
    let app = &world.server.app;
    let (desk, office, admin) =
        (world.staff(DESK).await, world.staff(DISTRICT).await, world.staff(ADMIN).await);
    let (theirs, own) = (post_of(&admin, "139****0003").await, post_of(&admin, "139****0001").await);
    let reset = async |by: &Client, id: &StaffId| by.call::<ResetLock>(id.clone(), ()).await;
    assert_eq!(refused(reset(&admin, &own).await), Refusal::LockOwn);
    assert_eq!(reset(&desk, &theirs).await, Err(Problem::NotFound), "a desk appoints nobody");
    assert_eq!(reset(&office, &own).await, Err(Problem::NotFound));
    let lines = audit::verify(&app.db, &app.vault).await.expect("reads").expect("whole");

    let key = fresh_key();
    for _ in 0..2 {
        office.call_with_key::<ResetLock>(&key, theirs.clone(), ()).await.expect("taken off, once");
    }
    assert_eq!(audit::verify(&app.db, &app.vault).await, Ok(Ok(lines + 1)));
    let row = app.db.row("SELECT act, subject FROM audit ORDER BY seq DESC LIMIT 1", vec![]).await;
    let row = row.expect("reads").expect("a line");
    assert_eq!((row.text("act"), row.text("subject")), (Ok("reset_lock".into()), Ok(theirs.0.clone())));
    assert_eq!(desk.call::<ListStaff>((), ()).await, Err(Problem::Locked), "closed wherever it was open");
    let lock = desk.call::<GetLock>((), ()).await.expect("a state");
    assert_eq!((lock.since, lock.spare), (None, 0));
    assert_eq!(refused(reset(&office, &theirs).await), Refusal::LockMissing);
    let secret = desk.call::<DrawLockSecret>((), ()).await.expect("anew");
    desk.call::<MakeLock>((), key_of(&secret, &world)).await.expect("another one");

    // Who stands at one of its desks, and runs the house as well, is not the office's to let in.
    let invitation = |post| Invitation { phone: DESK.into(), name: "王老师".into(), post };
    admin.call::<InviteStaff>((), invitation(Post::Admin)).await.expect("invited");
    world.clock.advance(MINUTE);
    world.resident(DESK).await;
    assert_eq!(reset(&office, &theirs).await, Err(Problem::NotFound));
    reset(&admin, &theirs).await.expect("but who appoints to both may");
}

fn key_of(secret: &LockSecret, world: &World) -> LockKey {
    key(PASSWORD, &code(&secret.secret, world.now()))
}

#[tokio::test]
async fn the_last_administrator_is_let_in_at_the_keyboard() {
    let world = World::new().await;
    let admin = world.staff(ADMIN).await;
    let config = &world.server.app.config;
    let run = async |phone: &str| {
        let mut all =
            vec!["--phone".to_owned(), phone.to_owned(), format!("--data={}", config.data.display())];
        all.extend(config.database.as_ref().map(|database| format!("--database={database}")));
        backend::command::run("reset-lock", all, |_| None, world.now()).await
    };
    assert_eq!(run(ADMIN).await, Ok("taken off\n".into()));
    assert_eq!(admin.call::<ListStaff>((), ()).await, Err(Problem::Locked));
    assert_eq!(run(ADMIN).await, Err("there is no second lock".into()));
    assert_eq!(run(DESK).await, Err("that telephone never signed in".into()));
    assert_eq!(run("13700000001").await, Err("that telephone holds no post".into()));
    let app = &world.server.app;
    assert_eq!(audit::verify(&app.db, &app.vault).await, Ok(Ok(1)), "on record, once");
}
