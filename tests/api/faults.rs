//! A disk that fails under a SQLite database: power cuts, syncs and writes that the disk refuses, no
//! room. What was acknowledged is there afterwards, once.
//!
//! The failing disk is a small library of C that is loaded into the server; where there is no compiler
//! these tests say so and prove nothing.

use std::{fs, io::Write, path::PathBuf, time::Duration};

use backend::{
    args,
    clock::{Clock, SystemClock},
    db::{DatabaseUrl, Db},
};
use domain::id::SlotId;
use proof::{
    Outcome,
    diary::{Browser, Diary, rush},
    disk::{Disk, Entry, Fault, Platter},
    fate::Fate,
    process::Server,
};
use serde_json::json;
use tokio::task::JoinHandle;

use crate::{
    crash::{diaries, move_out, program},
    hall::{Hall, ledger},
    world::World,
};

/// A world moved onto a disk of ours.
struct Bench {
    disk: Disk,
    folder: PathBuf,
    slots: Vec<SlotId>,
    diaries: Vec<Diary>,
    before: Platter,
}

impl Bench {
    /// `None` where it cannot be: on PostgreSQL, or without a compiler.
    async fn new(guests: usize, slots: i64) -> Option<Self> {
        let world = World::new().await;
        let app = &world.server.app;
        if !app.db.is_sqlite() {
            return None;
        }
        world.clock.set(SystemClock.now());
        let hall = Hall::new(app, json!({ "unit": "person" })).await;
        let mut ids = Vec::new();
        for n in 0..slots {
            ids.push(hall.slot(3 + 2 * n, 4).await);
        }
        let diaries = diaries(&world, guests).await;
        let folder = move_out(&world.folder);
        let Some(disk) = Disk::build(&folder).expect("the compiler works") else {
            // Past the capture of passing tests: nobody shall think that this was proved.
            let words = b"NOT RUN: without a C compiler (cc) there is no disk that fails\n";
            let _ = std::io::stderr().write_all(words);
            return None;
        };
        let file = |name: &str| fs::read(folder.join("data").join(name));
        let before = Platter::new(file("doorstep.db").expect("a database"), file("doorstep.db-wal").ok());
        Some(Self { disk, folder, slots: ids, diaries, before })
    }

    fn start(&self) -> Server {
        // A short log, so that it is brought into the file in the midst of the rush.
        let database = format!("sqlite:{}?log_pages=500", self.folder.join("data/doorstep.db").display());
        let environment = self.disk.environment();
        Server::start(program(), &self.folder, Some(&database), &environment).expect("the server starts")
    }

    /// A rush in which every acknowledgement goes into the disk's diary.
    fn rush(&mut self, base: &str) -> JoinHandle<Outcome<Vec<Diary>>> {
        let disk = self.disk.clone();
        rush(std::mem::take(&mut self.diaries), base, &self.slots, move |key: &str| disk.acknowledge(key))
    }

    /// Everything in the end: everybody has asked for every slot, and what was said still holds.
    async fn finish(mut self) {
        let server = self.start();
        let diaries = self.rush(&server.base).await.expect("runs").expect("no contradiction");
        let browser = Browser::at(&server.base);
        let mut acknowledged = 0;
        for diary in &diaries {
            diary.check(&browser).await.expect("what was acknowledged is there");
            acknowledged += diary.acknowledged.len();
        }
        assert!(acknowledged >= diaries.len() * self.slots.len(), "everybody was answered in the end");
        drop(server);
        let db = Db::open(&DatabaseUrl::file(&self.folder.join("data/doorstep.db"))).await.expect("opens");
        for slot in &self.slots {
            assert_eq!(ledger(&db, slot).await.seqs.len(), diaries.len(), "nobody twice, nobody missing");
        }
        db.close().await;
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_power_cut_at_any_moment_loses_nothing_that_was_acknowledged() {
    const CUTS: usize = 30;
    let Some(mut bench) = Bench::new(24, 20).await else { return };
    let mut server = bench.start();
    let diaries = bench.rush(&server.base).await.expect("runs").expect("no contradiction");
    server.kill().expect("killed");
    let entries = bench.disk.diary().expect("a diary");
    let told: usize = diaries.iter().map(|diary| diary.acknowledged.len()).sum();
    assert!(told >= 24 * 20, "{told}");
    assert!(
        entries.iter().any(|entry| matches!(entry, Entry::Write { log: false, .. })),
        "the log was folded in"
    );

    let mut fate = Fate::new(5);
    let (mut platter, mut at, mut kept_most) = (bench.before.clone(), 0, 0);
    let folder = bench.folder.join("cut");
    fs::create_dir_all(&folder).expect("a folder");
    for cut in 1..=CUTS {
        let until =
            entries.len() * cut / CUTS - if cut < CUTS { fate.below(entries.len() / CUTS) } else { 0 };
        for entry in &entries[at..until.max(at)] {
            platter.happen(entry);
        }
        at = until.max(at);
        platter.power_cut(&folder, Some(&mut fate).filter(|_| cut % 2 == 0)).expect("a disk");
        let db =
            Db::open(&DatabaseUrl::file(&folder.join("doorstep.db"))).await.expect("opens after the cut");
        let keys = keys(&db).await;
        for key in &platter.acknowledged {
            assert!(keys.contains(key), "cut {cut} at entry {at} of {}: {key} is lost", entries.len());
        }
        for slot in &bench.slots {
            ledger(&db, slot).await;
        }
        let check = db.row("PRAGMA integrity_check", args![]).await.expect("reads").expect("a row");
        assert_eq!(check.text("integrity_check").expect("text"), "ok");
        kept_most = kept_most.max(platter.acknowledged.len());
        db.close().await;
    }
    assert_eq!(kept_most, told, "the last cut is after the last answer");
    let _ = fs::remove_dir_all(&bench.folder);
}

/// All keys under which something was done.
async fn keys(db: &Db) -> std::collections::HashSet<String> {
    let sql = "SELECT idem_key FROM booking UNION SELECT idem_key FROM answered";
    let rows = db.rows(sql, args![]).await.expect("reads");
    rows.iter().map(|row| row.text("idem_key").expect("text")).collect()
}

/// A fault in mid-rush; what a reader sees meanwhile, and after the disk is well again.
async fn fault_in_mid_rush(fault: Fault) -> Option<(Bench, Server)> {
    let mut bench = Bench::new(16, 40).await?;
    let server = bench.start();
    let rushing = bench.rush(&server.base);
    tokio::time::sleep(Duration::from_millis(150)).await;
    bench.disk.fail(fault).expect("told");
    let diaries = rushing.await.expect("runs").expect("no contradiction");
    let cut_off: usize = diaries.iter().map(|diary| diary.cut_off).sum();
    assert_eq!(cut_off, diaries.len(), "nobody is told that it is done, and nobody waits for ever");
    let browser = Browser::at(&server.base);
    for diary in &diaries {
        diary.check(&browser).await.expect("reading goes on, and what was acknowledged is there");
    }
    bench.diaries = diaries;
    Some((bench, server))
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_sync_that_failed_nothing_is_written_until_the_next_start() {
    let Some((mut bench, mut server)) = fault_in_mid_rush(Fault::Sync).await else { return };
    // The disk says yes again; what it forgot it has forgotten.
    bench.disk.fail(Fault::None).expect("told");
    let entries = bench.disk.diary().expect("a diary");
    let failed =
        entries.iter().position(|entry| matches!(entry, Entry::SyncFailed { .. })).expect("a failure");
    let later = entries[failed + 1..].iter().any(|entry| matches!(entry, Entry::Synced { .. }));
    assert!(!later, "the disk was not asked again");
    let before: usize = bench.diaries.iter().map(|diary| diary.acknowledged.len()).sum();
    bench.diaries = bench.rush(&server.base).await.expect("runs").expect("no contradiction");
    let after: usize = bench.diaries.iter().map(|diary| diary.acknowledged.len()).sum();
    assert_eq!(after, before, "it takes no writes");
    server.kill().expect("killed");

    // What such a disk holds: all that was synced, nothing of what was not.
    let mut platter = bench.before.clone();
    for entry in &bench.disk.diary().expect("a diary") {
        platter.happen(entry);
    }
    platter.power_cut(&bench.folder.join("data"), None).expect("a disk");
    bench.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_refuses_writes_is_written_to_again_when_it_is_well() {
    let Some((mut bench, mut server)) = fault_in_mid_rush(Fault::Write).await else { return };
    bench.disk.fail(Fault::None).expect("told");
    bench.diaries = bench.rush(&server.base).await.expect("runs").expect("no contradiction");
    server.kill().expect("killed");
    bench.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_without_room_is_written_to_again_when_there_is_room() {
    let Some((mut bench, mut server)) = fault_in_mid_rush(Fault::Full).await else { return };
    bench.disk.fail(Fault::None).expect("told");
    let before: usize = bench.diaries.iter().map(|diary| diary.acknowledged.len()).sum();
    bench.diaries = bench.rush(&server.base).await.expect("runs").expect("no contradiction");
    let after: usize = bench.diaries.iter().map(|diary| diary.acknowledged.len()).sum();
    assert!(after > before, "without a new start");
    server.kill().expect("killed");
    bench.finish().await;
}
