//! Bad days: the server is killed in the middle of a rush, and the disk is full. What was
//! acknowledged is there afterwards, once.

use std::{
    collections::HashMap,
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use backend::{
    args,
    clock::{Clock, SystemClock},
    db::{DatabaseUrl, Db, DbError},
};
use domain::{
    booking::{
        Booking, BookingState,
        api::{Book, ListBookings},
    },
    failure::Problem,
    id::SlotId,
    session::api::GetMe,
};
use reqwest::{Response, header};
use serde_json::json;

use crate::{
    hall::{Guest, Hall, crowd, ledger, request},
    world::{World, fresh_key},
};

const ROUNDS: u64 = 4;
const GUESTS: usize = 40;
const SLOTS: i64 = 24;

/// A server in a process of its own.
struct Server {
    process: Child,
    base: String,
}

impl Server {
    fn start(folder: &Path, database: Option<&str>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_doorstep-server"));
        command.arg("serve").args(["--port", "0", "--data"]).arg(folder.join("data"));
        command.arg("--dist").arg(folder.join("dist"));
        if let Some(database) = database {
            command.args(["--database", database]);
        }
        command.env("DOORSTEP_LOG", "error").stdout(Stdio::piped());
        let mut process = command.spawn().expect("the server starts");
        let mut base = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut base).expect("reads");
        assert!(base.starts_with("http"), "it says where it is: {base:?}");
        Self { process, base: base.trim().to_owned() }
    }

    /// As when the power goes: no signal that could be heard, no farewell.
    fn kill(&mut self) {
        self.process.kill().expect("killed");
        self.process.wait().expect("gone");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a guest wanted, and what they were told.
struct Wish {
    slot: SlotId,
    key: String,
    booking: Option<Booking>,
    /// The key of giving it back, and whether that was acknowledged.
    back: Option<(String, bool)>,
}

/// A guest who keeps a list.
struct Diary {
    guest: Guest,
    cookie: String,
    wishes: Vec<Wish>,
}

impl Diary {
    /// Repeats what got no answer, then goes on to new slots until the server is gone.
    async fn go_on(mut self, http: reqwest::Client, base: String, slots: Vec<SlotId>) -> Self {
        for at in 0..self.wishes.len() {
            let _ = self.pursue(at, &http, &base).await;
        }
        for slot in slots {
            if self.wishes.iter().any(|wish| wish.slot == slot) {
                continue;
            }
            let back = self.wishes.len() % 3 == 2;
            let back = back.then(|| (fresh_key(), false));
            self.wishes.push(Wish { slot, key: fresh_key(), booking: None, back });
            if self.pursue(self.wishes.len() - 1, &http, &base).await.is_err() {
                break;
            }
        }
        self
    }

    async fn pursue(&mut self, at: usize, http: &reqwest::Client, base: &str) -> Result<(), reqwest::Error> {
        let wish = &mut self.wishes[at];
        let post = |path: String, key: &str| {
            http.post(format!("{base}{path}"))
                .header("sec-fetch-site", "same-origin")
                .header("idempotency-key", key)
                .header(header::COOKIE, &self.cookie)
        };
        let body = serde_json::to_string(&request(&wish.slot, [&self.guest.person])).expect("JSON");
        if !matches!(wish.back, Some((_, true))) {
            let answer = post("/api/bookings".into(), &wish.key);
            let answer = answer.header(header::CONTENT_TYPE, "application/json").body(body).send().await?;
            let booking: Booking = read(answer).await?;
            if let Some(before) = &wish.booking {
                assert_eq!((&before.id, before.seq), (&booking.id, booking.seq), "the same as before");
            }
            wish.booking = Some(booking);
        }
        if let (Some((key, done)), Some(booking)) = (&mut wish.back, &wish.booking) {
            let answer = post(format!("/api/bookings/{}/cancel", booking.id), key).send().await?;
            let gone: Booking = read(answer).await?;
            assert_eq!(gone.state, BookingState::Cancelled);
            *done = true;
        }
        Ok(())
    }

    /// Whether the server tells what this diary says.
    fn check(&self, told: &[Booking]) {
        let told: HashMap<_, _> = told.iter().map(|booking| (&booking.id, booking)).collect();
        for wish in &self.wishes {
            let Some(acknowledged) = &wish.booking else { continue };
            let kept = told.get(&acknowledged.id).expect("an acknowledged booking is there");
            assert_eq!((kept.seq, &kept.code), (acknowledged.seq, &acknowledged.code));
            match wish.back {
                Some((_, true)) => assert_eq!(kept.state, BookingState::Cancelled, "given back for good"),
                None => assert_ne!(kept.state, BookingState::Cancelled),
                Some((_, false)) => {}
            }
        }
    }
}

async fn read(answer: Response) -> Result<Booking, reqwest::Error> {
    let status = answer.status();
    let text = answer.text().await?;
    assert_eq!(status, 200, "{text}");
    Ok(serde_json::from_str(&text).expect("a booking"))
}

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
    let mut diaries = Vec::new();
    for guest in crowd(&world, GUESTS).await {
        let cookie = guest.client.cookie.clone().expect("signed in");
        diaries.push(Diary { guest, cookie, wishes: Vec::new() });
    }
    // PostgreSQL is shared with the process; a SQLite file is copied for it.
    let (folder, database) = if app.db.is_sqlite() {
        (move_out(&world.folder), None)
    } else {
        (world.folder.clone(), app.config.database.clone())
    };

    let (mut acknowledged, mut cut_off) = (0, 0);
    for round in 0..=ROUNDS {
        let mut server = Server::start(&folder, database.as_deref());
        let http = reqwest::Client::new();
        let rushing: Vec<_> = diaries
            .drain(..)
            .enumerate()
            .map(|(n, diary)| {
                let mut slots = slots.clone();
                slots.rotate_left(n % 7);
                tokio::spawn(diary.go_on(http.clone(), server.base.clone(), slots))
            })
            .collect();
        if round < ROUNDS {
            // Some rounds in the first batches, some in the thick of it.
            tokio::time::sleep(Duration::from_millis(25 + 70 * round)).await;
            server.kill();
        }
        for rushing in rushing {
            diaries.push(rushing.await.expect("a diary"));
        }
        cut_off +=
            diaries.iter().flat_map(|diary| &diary.wishes).filter(|wish| wish.booking.is_none()).count();
        if round < ROUNDS {
            server = Server::start(&folder, database.as_deref());
        }
        for diary in &diaries {
            diary.check(&list(&http, &server.base, &diary.cookie).await);
        }
        server.kill();
        let sum =
            diaries.iter().flat_map(|diary| &diary.wishes).filter(|wish| wish.booking.is_some()).count();
        assert!(sum >= acknowledged);
        acknowledged = sum;
    }
    assert!(cut_off > 0, "somebody was waiting for an answer when the server was killed");
    assert_eq!(acknowledged, GUESTS * slots.len(), "in the end everybody was answered");

    let url = match &database {
        Some(database) => database.parse().expect("an address"),
        None => DatabaseUrl::file(&folder.join("data/doorstep.db")),
    };
    let db = Db::open(&url).await.expect("opens");
    for slot in &slots {
        let ledger = ledger(&db, slot).await;
        assert_eq!(ledger.seqs.len(), GUESTS, "nobody twice, nobody missing");
        assert_eq!(ledger.taken, 5);
    }
    db.close().await;
    if database.is_none() {
        let _ = fs::remove_dir_all(&folder);
    }
}

async fn list(http: &reqwest::Client, base: &str, cookie: &str) -> Vec<Booking> {
    let answer = http.get(format!("{base}/api/bookings")).header(header::COOKIE, cookie).send().await;
    let text = answer.expect("an answer").text().await.expect("text");
    serde_json::from_str(&text).expect("bookings")
}

/// A copy of a world for another process.
fn move_out(world: &Path) -> PathBuf {
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
    for n in 0..60 {
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
