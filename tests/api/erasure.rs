//! Being forgotten: what is ahead goes to neighbours at once, the rest after seven days, for good, and
//! again where an old database is brought back.

use std::{fs, path::Path};

use backend::{
    app::App,
    args,
    privacy::{erase, store},
};
use domain::{
    booking::{BookingState, api::ListBookings},
    failure::Problem,
    guardian::Scope,
    privacy::{
        GRACE,
        api::{AskErasure, GetErasure, GetMyData, StopErasure},
    },
    refusal::Refusal,
    session::api::GetMe,
    task::api::GetTask,
    time::MINUTE,
    wish::api::GetWish,
    work::api::GetRoster,
};

use crate::{
    family::{Family, PHONE, SEALED, WISH, family},
    guardians::both,
    hall::{Guest, crowd, ledger},
    staff::ADMIN,
    world::{Client, World, fresh_key},
};

/// Everything in the database as one text, opened where it is sealed.
async fn everything(app: &App) -> String {
    let mut all = String::new();
    let mut last = String::new();
    for (table, _) in store::schema(&app.db).await.expect("the schema") {
        if table == last || table == "_sqlx_migrations" {
            continue;
        }
        last.clone_from(&table);
        let columns: Vec<String> = store::schema(&app.db)
            .await
            .expect("the schema")
            .into_iter()
            .filter(|(of, _)| *of == table)
            .map(|(_, column)| column)
            .collect();
        let parts: Vec<String> =
            columns.iter().map(|column| format!("COALESCE(CAST({column} AS TEXT), '')")).collect();
        let sql = format!("SELECT {} AS line FROM {table}", parts.join(" || '|' || "));
        let sql: &'static str = Box::leak(sql.into_boxed_str());
        for row in app.db.rows(sql, args![]).await.expect("reads") {
            all.extend([&*table, ": ", &row.text("line").expect("a text"), "\n"]);
        }
    }
    all
}

fn files_hold(folder: &Path, words: &str) -> bool {
    fs::read_dir(folder).expect("a folder").any(|entry| {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            return files_hold(&path, words);
        }
        let bytes = fs::read(&path).expect("a file");
        bytes.windows(words.len()).any(|window| window == words.as_bytes())
    })
}

async fn account_of(world: &World, family: &Family) -> String {
    let sql = "SELECT account_id FROM person WHERE id = $1";
    let row = world.server.app.db.row(sql, args![&family.child]).await.expect("reads");
    row.expect("the child").text("account_id").expect("an id")
}

/// Nothing is left of the family but identifiers.
async fn is_forgotten(world: &World, family: &Family, account: &str) {
    let app = &world.server.app;
    let all = everything(app).await;
    let mac = app.vault.digest(backend::vault::Purpose::Phone, &[PHONE]);
    for canary in [WISH, &family.booking.code, &mac, PHONE] {
        assert!(!all.contains(canary), "{canary} is left:\n{all}");
    }
    for table in [
        "session",
        "device_line",
        "calendar",
        "answered",
        "notice",
        "ticket",
        "wish_support",
        "task_claim",
        "leaving",
        "login_code",
    ] {
        let left = all.lines().any(|line| line.starts_with(&format!("{table}:")) && line.contains(account));
        assert!(!left, "{table}:\n{all}");
    }
    let sql = "SELECT id, sealed_box FROM person WHERE account_id = $1";
    for row in app.db.rows(sql, args![account]).await.expect("reads") {
        let id = row.text("id").expect("an id").as_str().into();
        let plain = backend::household::unseal(&app.vault, &id, &row.text("sealed_box").expect("a box"));
        let plain = plain.expect("it opens");
        assert!(plain.name.is_empty() && plain.born.is_none() && plain.care.is_empty());
    }
    let row = app.db.row("SELECT phone_box, erased FROM account WHERE id = $1", args![account]).await;
    let row = row.expect("reads").expect("the empty account stays");
    assert!(row.text("phone_box").expect("a text").is_empty() && row.int("erased").expect("erased") > 0);
    if app.db.is_sqlite() {
        for canary in SEALED.into_iter().chain([WISH, &mac, &family.booking.code]) {
            assert!(!files_hold(&app.config.data, canary), "{canary} is left in a file");
        }
    }
}

#[tokio::test]
async fn what_is_ahead_goes_to_neighbours_at_once_and_seven_days_later_nothing_is_left() {
    let world = World::new().await;
    let family = family(&world, PHONE).await;
    let account = account_of(&world, &family).await;
    let app = &world.server.app;
    world.clock.advance(MINUTE);
    let other = world.resident(PHONE).await;
    let neighbour = crowd(&world, 1).await.remove(0);
    let waits = neighbour.book(&family.slot).await.expect("a place in the queue");
    assert_eq!(waits.state, BookingState::Waitlisted);

    let outlook = family.client.call::<GetErasure>((), ()).await.expect("the outlook");
    assert_eq!((outlook.bookings, outlook.tasks, outlook.people, outlook.leaving), (1, 1, 1, None));
    let key = fresh_key();
    let asked = family.client.call_with_key::<AskErasure>(&key, (), ()).await.expect("asked");
    let leaving = asked.leaving.expect("it is going");
    assert_eq!((leaving.asked, leaving.until), (world.now(), world.now().plus(GRACE)));
    assert_eq!((asked.bookings, asked.tasks), (0, 0));
    assert_eq!(family.client.call_with_key::<AskErasure>(&key, (), ()).await, Ok(asked), "a retry");
    let moved = neighbour.client.call::<ListBookings>((), ()).await.expect("bookings").remove(0);
    assert!(matches!(moved.state, BookingState::Confirmed | BookingState::Offered), "{moved:?}");
    let task = neighbour.client.call::<GetTask>(family.task.clone(), ()).await.expect("the task");
    assert!(task.task.left() > 0, "somebody else may help");
    assert_eq!(other.call::<GetMe>((), ()).await, Err(Problem::SignedOut), "signed out elsewhere");
    assert_eq!(family.client.call::<GetMe>((), ()).await.expect("me").leaving, Some(leaving));

    world.clock.advance(GRACE - 1);
    assert_eq!(erase::erase_due(app).await.expect("looked"), 0, "not a moment too early");
    world.clock.advance(1);
    let late = Err(Problem::Refused(vec![Refusal::UndoOver]));
    assert_eq!(family.client.call::<StopErasure>((), ()).await, late);
    erase::erase_due(app).await.expect("erased");
    assert_eq!(family.client.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
    assert_eq!(neighbour.client.call::<GetWish>(family.wish.clone(), ()).await, Err(Problem::NotFound));
    is_forgotten(&world, &family, &account).await;
    let left = app.db.rows("SELECT state FROM booking WHERE account_id = $1", args![&*account]).await;
    assert_eq!(left.expect("reads").len(), 1, "that a place was taken and given back stays true");
    let desk = world.staff(ADMIN).await;
    let roster = desk.call::<GetRoster>(family.slot.clone(), ()).await.expect("the desk's list");
    assert!(roster.parties.iter().all(|party| !format!("{party:?}").contains("金")), "{roster:?}");

    // The same telephone is somebody new.
    let anew = world.resident(PHONE).await;
    let me = anew.call::<GetMe>((), ()).await.expect("me");
    assert!(me.people.len() == 1 && me.people[0].name.is_empty() && me.leaving.is_none());
    assert!(anew.call::<ListBookings>((), ()).await.expect("bookings").is_empty());
    erase::erase_due(app).await.expect("nobody");
    erase::catch_up(app).await.expect("nobody");
    anew.call::<GetMe>((), ()).await.expect("stays");
}

#[tokio::test]
async fn who_thinks_better_of_it_stays() {
    let world = World::new().await;
    let family = family(&world, PHONE).await;
    family.client.call::<AskErasure>((), ()).await.expect("asked");
    world.clock.advance(GRACE / 2);
    // Signing in again is enough to find the way back.
    let again = world.resident(PHONE).await;
    assert!(again.call::<GetMe>((), ()).await.expect("me").leaving.is_some());
    let stopped = again.call::<StopErasure>((), ()).await.expect("stays");
    assert_eq!(stopped.leaving, None);
    again.call::<StopErasure>((), ()).await.expect("once more does no harm");
    world.clock.advance(GRACE);
    assert_eq!(erase::erase_due(&world.server.app).await.expect("nobody"), 0);
    let me = again.call::<GetMe>((), ()).await.expect("me");
    assert_eq!((&*me.people[1].name, me.leaving), (SEALED[2], None));
}

#[tokio::test]
async fn a_database_from_before_is_brought_back_and_they_stay_forgotten() {
    let mut world = World::new().await;
    if !world.server.app.db.is_sqlite() {
        return;
    }
    let gone = family(&world, PHONE).await;
    let account = account_of(&world, &gone).await;
    world.clock.advance(MINUTE);
    let stays = world.resident("13800000007").await;
    let backup = world.folder.join("backup.db");
    world.restart(|data| fs::copy(data.join("doorstep.db"), &backup).map(drop).expect("a backup")).await;
    let again = |client: &Client, world: &World| {
        let mut anew = world.anonymous();
        anew.cookie.clone_from(&client.cookie);
        anew
    };
    let waiting = crowd(&world, 1).await.remove(0);
    again(&gone.client, &world).call::<AskErasure>((), ()).await.expect("asked");
    world.clock.advance(GRACE);
    erase::erase_due(&world.server.app).await.expect("erased");
    let neighbour = Guest { client: again(&waiting.client, &world), person: waiting.person.clone() };
    neighbour.book(&gone.slot).await.expect("the place is free");
    is_forgotten(&world, &gone, &account).await;

    // The disk broke. The database of last week is brought back, and the keys, and the register.
    world
        .restart(|data| {
            for end in ["-wal", "-shm"] {
                let _ = fs::remove_file(data.join(format!("doorstep.db{end}")));
            }
            fs::copy(&backup, data.join("doorstep.db")).expect("brought back");
        })
        .await;
    fs::remove_file(&backup).expect("the backup itself holds them");
    assert_eq!(again(&gone.client, &world).call::<GetMyData>((), ()).await, Err(Problem::SignedOut));
    is_forgotten(&world, &gone, &account).await;
    assert_eq!(ledger(&world.server.app.db, &gone.slot).await.taken, 0, "what was ahead is given back again");
    again(&stays, &world).call::<GetMe>((), ()).await.expect("nobody else is touched");
    // The next start finds nothing more to do, and a file that was lost comes back from the table.
    world.restart(|data| fs::remove_file(data.join("erased")).expect("there was one")).await;
    let file = fs::read_to_string(world.folder.join("data").join("erased")).expect("it is back");
    assert_eq!(file.lines().count(), 1);
    assert!(!file.contains(&account));
}

#[tokio::test]
async fn the_last_who_runs_the_house_cannot_go() {
    let world = World::new().await;
    let admin = world.resident(ADMIN).await;
    let me = admin.call::<GetMe>((), ()).await.expect("me");
    assert!(!me.posts.is_empty(), "the demo's administrator has another number: {me:?}");
    let refused = Err(Problem::Refused(vec![Refusal::LastAdministrator]));
    assert_eq!(admin.call::<AskErasure>((), ()).await, refused);
}

#[tokio::test]
async fn a_child_with_another_guardian_who_may_book_stays_with_them() {
    for (scope, stays) in [(Scope::Book, true), (Scope::See, false)] {
        let world = World::new().await;
        let (mother, father, child) = both(&world, scope).await;
        let outlook = mother.call::<AskErasure>((), ()).await.expect("asked");
        assert_eq!((outlook.people, outlook.stay), (u32::from(!stays), u32::from(stays)));
        world.clock.advance(GRACE);
        erase::erase_due(&world.server.app).await.expect("erased");
        assert_eq!(mother.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
        let me = father.call::<GetMe>((), ()).await.expect("me");
        let found = me.people.iter().find(|person| person.id == child);
        assert_eq!(found.is_some(), stays, "{scope:?}");
        if let Some(child) = found {
            assert!(!child.name.is_empty() && child.born.is_some() && child.shared.is_none(), "{child:?}");
        }
    }
}
