//! Who runs the house: the first is named at the keyboard, the last stays, and nobody comes with a demo
//! that is not there.

use std::sync::Arc;

use backend::{args, clock::SystemClock, config::Config, privacy::erase::erase_due, start::start};
use domain::{
    elevation::api::ResetLock,
    failure::Problem,
    id::AccountId,
    privacy::{
        GRACE,
        api::{AskErasure, StopErasure},
    },
    refusal::Refusal,
    staff::{
        Invitation, Post, Standing,
        api::{GetWorkbench, InviteStaff, ListStaff, SuspendStaff},
    },
};
use tokio::task::JoinSet;

use crate::{
    opened::opened,
    staff::{ADMIN, DESK, DISTRICT},
    world::{Client, World},
};

const SECOND: &str = "13700000001";

fn last<T>() -> Result<T, Problem> {
    Err(Problem::Refused(vec![Refusal::LastAdministrator]))
}

/// Two who run the house, both signed in.
async fn two(world: &World) -> [Client; 2] {
    let first = world.staff(ADMIN).await;
    let invitation = Invitation { phone: SECOND.into(), name: "孙主任".into(), post: Post::Admin };
    first.call::<InviteStaff>((), invitation).await.expect("invited");
    [first, world.staff(SECOND).await]
}

/// Somebody at another door, signed in as before.
fn at(mut there: Client, client: &Client) -> Client {
    there.cookie.clone_from(&client.cookie);
    there
}

/// Runs a command beside the server, as at its keyboard.
pub async fn run(world: &World, command: &str, args: &[&str]) -> Result<String, String> {
    let config = &world.server.app.config;
    let mut all: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    all.push(format!("--data={}", config.data.display()));
    if let Some(database) = &config.database {
        all.push(format!("--database={database}"));
    }
    backend::command::run(command, all, |_| None, world.now()).await
}

/// How many run the house who have signed in and do not go.
async fn left(world: &World) -> i64 {
    let sql = "SELECT COUNT(*) AS left_over FROM staff s LEFT JOIN leaving l ON l.account_id = s.account_id \
               WHERE s.role = 'admin' AND s.suspended IS NULL AND s.account_id IS NOT NULL \
               AND l.account_id IS NULL";
    let row = world.server.app.db.row(sql, args![]).await.expect("reads").expect("a count");
    row.int("left_over").expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_run_the_house_and_go_at_once_one_stays_whichever_way_they_go() {
    for round in 0..6 {
        let world = World::new().await;
        let [first, second] = two(&world).await;
        // On PostgreSQL the second stands at another server's door.
        let mut other = None;
        let second = if world.server.app.db.is_sqlite() {
            second
        } else {
            let server = other.insert(world.another_server().await);
            at(world.anonymous_at(&format!("http://{}", server.address)), &second)
        };
        let listed = first.call::<ListStaff>((), ()).await.expect("the staff");
        let ids: Vec<_> = listed
            .iter()
            .filter(|member| member.post == Post::Admin)
            .map(|member| member.id.clone())
            .collect();
        assert_eq!(ids.len(), 2);
        let mut taps: JoinSet<bool> = JoinSet::new();
        // Each is taken away three times over, by themselves and by the other; or asks to be erased.
        for tap in 0..3 {
            for (client, id) in [(&first, &ids[0]), (&second, &ids[1])] {
                let (client, id) = (client.clone(), id.clone());
                let erases = (round + tap) % 3 == 0;
                taps.spawn(async move {
                    if erases {
                        client.call::<AskErasure>((), ()).await.is_ok()
                    } else {
                        client.call::<SuspendStaff>(id, ()).await.is_ok()
                    }
                });
            }
        }
        let done = taps.join_all().await;
        assert!(done.iter().any(|done| *done), "round {round}: somebody could go");
        assert_eq!(left(&world).await, 1, "round {round}: {done:?}");
        if let Some(mut server) = other {
            server.stop().await;
        }
    }
}

#[tokio::test]
async fn who_is_about_to_be_erased_runs_the_house_no_more_for_the_count() {
    let world = World::new().await;
    let [first, second] = two(&world).await;
    second.call::<AskErasure>((), ()).await.expect("there is another");
    assert_eq!(first.call::<AskErasure>((), ()).await.map(drop), last());
    let me = first.call::<ListStaff>((), ()).await.expect("the staff").into_iter().find(|member| member.me);
    let me = me.expect("myself").id;
    assert_eq!(first.call::<SuspendStaff>(me.clone(), ()).await, last());
    let refused = Err("nobody would be left who runs the house".to_owned());
    assert_eq!(run(&world, "revoke", &["--phone", ADMIN]).await, refused);
    // Who thinks better of it counts again.
    second.call::<StopErasure>((), ()).await.expect("stays");
    first.call::<SuspendStaff>(me, ()).await.expect("the other is there");
    assert_eq!(second.call::<AskErasure>((), ()).await.map(drop), last());
}

#[tokio::test]
async fn an_administrator_who_was_erased_holds_no_post_and_the_other_does() {
    let world = World::new().await;
    let [first, second] = two(&world).await;
    first.call::<AskErasure>((), ()).await.expect("there is another");
    world.clock.advance(GRACE);
    assert_eq!(erase_due(&world.server.app).await.expect("erased"), 1);
    // A week later the lock has closed.
    let second = opened(&world.server.app, &second).await;
    let listed = second.call::<ListStaff>((), ()).await.expect("the staff");
    let admins: Vec<_> = listed.iter().filter(|member| member.post == Post::Admin).collect();
    assert!(admins.len() == 1 && admins[0].me && admins[0].standing == Standing::Active);
    assert_eq!(first.call::<GetWorkbench>((), ()).await, Err(Problem::SignedOut));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_the_keyboard_and_one_in_the_app_leave_one() {
    let world = World::new().await;
    let [first, _] = two(&world).await;
    let listed = first.call::<ListStaff>((), ()).await.expect("the staff");
    let me = listed.iter().find(|member| member.me).expect("myself").id.clone();
    let (one, other, app) = tokio::join!(
        run(&world, "revoke", &["--phone", ADMIN]),
        run(&world, "revoke", &["--phone", SECOND]),
        first.call::<SuspendStaff>(me, ()),
    );
    assert_eq!(left(&world).await, 1, "{one:?} {other:?} {app:?}");
}

#[tokio::test]
async fn without_a_demo_there_is_nobody_until_somebody_is_named_at_the_keyboard() {
    let mut world = World::new().await;
    let staff: Vec<Client> =
        vec![world.resident(ADMIN).await, world.resident(DISTRICT).await, world.resident(DESK).await];
    for client in &staff {
        client.call::<GetWorkbench>((), ()).await.expect("the demo's posts");
    }
    world.server.stop().await;
    let config = Config { demo: None, ..(*world.server.app.config).clone() };
    world.server = start(config, Arc::clone(&world.clock) as _).await.expect("starts without the demo");
    world.base = format!("http://{}", world.server.address);
    let at_home = |client: &Client| at(world.anonymous(), client);
    for client in &staff {
        assert_eq!(at_home(client).call::<GetWorkbench>((), ()).await, Err(Problem::NotFound));
    }
    let sql = "SELECT COUNT(*) AS posts FROM staff";
    let row = world.server.app.db.row(sql, args![]).await.expect("reads").expect("a count");
    assert_eq!(row.int("posts"), Ok(0), "no post without a person who gave it");

    // The first administrator: by the command line, for a telephone, without any password.
    let granted = run(&world, "grant", &["--phone", ADMIN, "--name", "陈主任", "--role", "admin"]).await;
    assert_eq!(granted, Ok("granted\n".into()));
    let staff = [opened(&world.server.app, &at_home(&staff[0])).await, staff[1].clone(), staff[2].clone()];
    let admin = at_home(&staff[0]);
    admin.call::<GetWorkbench>((), ()).await.expect("runs the house");
    let invitation =
        Invitation { phone: DESK.into(), name: "王".into(), post: Post::Staff("xinsheng".into()) };
    admin.call::<InviteStaff>((), invitation).await.expect("invited");
    at_home(&staff[2]).call::<GetWorkbench>((), ()).await.expect("at work");
    assert!(run(&world, "audit-verify", &[]).await.is_ok(), "all of it is on record");

    // What was given by people stays when the demo comes back and goes, and only that.
    for demo in [true, false] {
        world.server.stop().await;
        let mut config = (*world.server.app.config).clone();
        config.demo = demo.then(|| crate::world::root().join("demo"));
        world.server = start(config, Arc::clone(&world.clock) as _).await.expect("starts");
        world.base = format!("http://{}", world.server.address);
        let at_home = |client: &Client| at(world.anonymous(), client);
        at_home(&staff[0]).call::<GetWorkbench>((), ()).await.expect("still runs the house");
        at_home(&staff[2]).call::<GetWorkbench>((), ()).await.expect("still at work");
        assert_eq!(at_home(&staff[1]).call::<GetWorkbench>((), ()).await.is_ok(), demo);
    }
}

#[tokio::test]
async fn a_new_house_has_no_posts_and_no_passwords() {
    let folder = std::env::temp_dir().join(format!("doorstep-new-house-{}", std::process::id()));
    let world = World::new().await;
    let config =
        Config { port: 0, data: folder.join("data"), dist: world.folder.join("dist"), ..Config::default() };
    let mut server = start(config, Arc::new(SystemClock)).await.expect("starts");
    for sql in ["SELECT COUNT(*) AS rows_there FROM staff", "SELECT COUNT(*) AS rows_there FROM staff_lock"] {
        let row = server.app.db.row(sql, args![]).await.expect("reads").expect("a count");
        assert_eq!(row.int("rows_there"), Ok(0), "{sql}");
    }
    server.stop().await;
    std::fs::remove_dir_all(folder).expect("removed");
}

/// Who holds posts and an account takes the posts first: else each of the two waits for the other.
#[tokio::test(flavor = "multi_thread")]
async fn who_goes_and_whose_lock_is_taken_off_do_not_wait_in_a_ring() {
    let world = World::new().await;
    let db = &world.server.app.db;
    // One writer waits for nobody.
    if db.is_sqlite() {
        return;
    }
    let (admin, desk) = (world.staff(ADMIN).await, world.staff(DESK).await);
    let members = admin.call::<ListStaff>((), ()).await.expect("the staff");
    let id = members.into_iter().find(|member| member.phone == "139****0003").expect("on the list").id;
    let row = db.row("SELECT account_id FROM staff WHERE id = $1", args![&id]).await.expect("reads");
    let account = AccountId(row.expect("a post").text("account_id").expect("signed in"));
    let mut tx = db.begin().await.expect("begins");
    backend::household::lock(&mut tx, &account).await.expect("held");
    let wait = || tokio::time::sleep(std::time::Duration::from_millis(500));
    let goes = tokio::spawn(async move { desk.call::<AskErasure>((), ()).await.map(drop) });
    wait().await;
    let resets = tokio::spawn(async move { admin.call::<ResetLock>(id, ()).await });
    wait().await;
    tx.commit().await.expect("let go");
    assert_eq!(goes.await.expect("runs"), Ok(()));
    assert_eq!(resets.await.expect("runs"), Ok(()));
}
