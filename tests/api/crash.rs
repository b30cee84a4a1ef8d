//! Bad days: the server is killed in the middle of a rush, and the disk is full. What was
//! acknowledged is there afterwards, once.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use backend::{
    args,
    clock::{Clock, SystemClock},
    db::{DatabaseUrl, Db, DbError},
};
use domain::{
    booking::api::{Book, ListBookings},
    failure::Problem,
    id::SlotId,
    session::api::GetMe,
};
use proof::{
    crowd::{Household, singles},
    diary::{Browser, Diary, rush},
    process::Server,
};
use serde_json::json;

use crate::{
    hall::{Guest, Hall, ledger, request},
    world::{World, fresh_key},
};

const ROUNDS: u64 = 4;
const GUESTS: usize = 40;
const SLOTS: i64 = 24;

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_keeps_what_it_acknowledged() {
    let world = World::new().await;
    let app = &world.server.app;
    // The process has the machine's clock.
    world.clock.set(SystemClock.now());
    let hall = Hall::new(app, json!({ "unit": "person" })).await;
    let mut slots = Vec::new();
    for n in 0..SLOTS {
        slots.push(hall.slot(3 + 2 * n, 5).await);
    }
    let mut diaries = diaries(&world, GUESTS).await;
    // PostgreSQL is shared with the process; a SQLite file is copied for it.
    let (folder, database) = if app.db.is_sqlite() {
        (move_out(&world.folder), None)
    } else {
        (world.folder.clone(), app.config.database.clone())
    };

    let mut acknowledged = 0;
    for round in 0..=ROUNDS {
        let mut server = Server::start(program(), &folder, database.as_deref(), &[]).expect("starts");
        let rushing = rush(diaries, &server.base, &slots, |_: &str| Ok(()));
        if round < ROUNDS {
            // Some rounds in the first batches, some in the thick of it.
            tokio::time::sleep(Duration::from_millis(25 + 70 * round)).await;
            server.kill().expect("killed");
        }
        diaries = rushing.await.expect("runs").expect("no contradiction");
        if round < ROUNDS {
            server = Server::start(program(), &folder, database.as_deref(), &[]).expect("starts again");
        }
        let browser = Browser::at(&server.base);
        for diary in &diaries {
            diary.check(&browser).await.expect("what was acknowledged is there");
        }
        server.kill().expect("killed");
        let sum = diaries.iter().map(|diary| diary.acknowledged.len()).sum();
        assert!(sum >= acknowledged);
        acknowledged = sum;
    }
    let cut_off: usize = diaries.iter().map(|diary| diary.cut_off).sum();
    assert!(cut_off > 0, "somebody was waiting for an answer when the server was killed");
    assert!(acknowledged >= GUESTS * slots.len(), "in the end everybody was answered");

    let url = match &database {
        Some(database) => database.parse().expect("an address"),
        None => DatabaseUrl::file(&folder.join("data/doorstep.db")),
    };
    let db = Db::open(&url).await.expect("opens");
    for slot in &slots {
        let ledger = ledger(&db, slot).await;
        assert_eq!(ledger.seqs.len(), GUESTS, "nobody twice, nobody missing");
        assert!(ledger.taken <= 5, "{ledger:?}");
    }
    db.close().await;
    if database.is_none() {
        let _ = fs::remove_dir_all(&folder);
    }
}

/// The server as the tests have built it.
pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_doorstep-server"))
}

/// So many guests with empty diaries.
pub async fn diaries(world: &World, count: usize) -> Vec<Diary> {
    let app = &world.server.app;
    let guests = singles(&app.db, &app.vault, &*app.dice, count, app.now()).await.expect("they move in");
    let cookie = |token: &str| format!("{}={token}", app.config.session_cookie());
    let diary = |guest: &Household| Diary::new(cookie(&guest.token), guest.people[0].person.clone());
    guests.iter().map(diary).collect()
}

/// A copy of a world for another process.
pub fn move_out(world: &Path) -> PathBuf {
    let folder = world.with_extension("moved");
    let _ = fs::remove_dir_all(&folder);
    for part in ["data", "dist"] {
        fs::create_dir_all(folder.join(part)).expect("a folder");
        for entry in fs::read_dir(world.join(part)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_owned();
            // The shared memory beside the log belongs to the process that maps it.
            if path.is_file() && !name.to_string_lossy().ends_with("-shm") {
                fs::copy(&path, folder.join(part).join(name)).expect("copied");
            }
        }
    }
    folder
}

#[tokio::test]
async fn a_full_disk_refuses_writes_and_keeps_reading() {
    let world = World::with(|config| {
        if config.database.is_none() {
            let file = config.data.join("doorstep.db");
            let pages = fs::metadata(&file).expect("the database").len() / 4096 + 60;
            config.database = Some(format!("sqlite:{}?max_pages={pages}", file.display()));
        }
    })
    .await;
    if !world.server.app.db.is_sqlite() {
        // PostgreSQL has no such lid; its errors are told apart in db/error.rs.
        return;
    }
    let db = &world.server.app.db;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let mut slots = Vec::new();
    for n in 0..150 {
        slots.push(hall.slot(3 + n, 5).await);
    }
    let guest = Guest::of(world.resident("13800000001").await).await;
    let key = fresh_key();
    let first = || guest.client.call_with_key::<Book>(&key, (), request(&slots[0], [&guest.person]));
    let booking = first().await.expect("booked");

    let mut filled = 0;
    let full = loop {
        let mut tx = db.begin().await.expect("begins");
        let name = format!("{filled}-{}", "x".repeat(900));
        let write = tx.run("INSERT INTO counter (name, value) VALUES ($1, 0)", args![name]).await;
        match write.map(|_| tx) {
            Ok(tx) => tx.commit().await.expect("there was room"),
            Err(error) => break error,
        }
        filled += 1;
    };
    assert!(matches!(full, DbError::Full(_)), "{full}");

    // What is left in pages that are in use goes to a few more bookings.
    let mut booked = 1;
    let refused = loop {
        match guest.book(&slots[booked]).await {
            Ok(_) => booked += 1,
            Err(problem) => break problem,
        }
    };
    assert_eq!(refused, Problem::ReadOnly);
    let list = guest.client.call::<ListBookings>((), ()).await.expect("reads");
    assert_eq!(list.len(), booked);
    assert!(guest.client.call::<GetMe>((), ()).await.is_ok());
    assert_eq!(first().await.expect("a retry needs no room"), booking);
    assert_eq!(guest.book(&SlotId::from("nope")).await, Err(Problem::NotFound), "nor does a refusal");

    let mut tx = db.begin().await.expect("begins");
    tx.run("DELETE FROM counter WHERE name LIKE '%xxx'", args![]).await.expect("somebody makes room");
    tx.commit().await.expect("commits");
    guest.book(&slots[booked]).await.expect("and it goes on");
    ledger(db, &slots[booked]).await;
}
