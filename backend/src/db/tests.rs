//! What the database layer promises, on a SQLite file of its own.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use tempfile::TempDir;

use super::{DatabaseUrl, Db, DbError};

/// A folder that goes with this value, and a file in it that is not there yet.
fn file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("house.db");
    (folder, path)
}

async fn city(db: &Db, id: &str) -> Result<(), DbError> {
    let mut tx = db.begin().await?;
    tx.run("INSERT INTO city (id, name_zh) VALUES ($1, $2)", args![id, "扬州"]).await?;
    tx.commit().await
}

async fn cities(db: &Db) -> i64 {
    let row = db.row("SELECT COUNT(*) AS n FROM city", args![]).await.expect("reads");
    row.expect("one row").int("n").expect("a number")
}

#[tokio::test]
async fn what_is_not_committed_never_was() {
    let (_folder, path) = file();
    let db = Db::open(&DatabaseUrl::file(&path)).await.expect("opens");
    {
        let mut tx = db.begin().await.expect("begins");
        tx.run("INSERT INTO city (id, name_zh) VALUES ($1, $2)", args!["a", "甲"]).await.expect("inserts");
        assert_eq!(cities(&db).await, 0, "others do not see it");
    }
    city(&db, "b").await.expect("the connection is free and clean again");
    assert_eq!(cities(&db).await, 1);
    assert!(matches!(city(&db, "b").await, Err(DbError::Conflict(_))));
    city(&db, "c").await.expect("an error spoils nothing");
    db.close().await;
    let again = Db::open(&DatabaseUrl::file(&path)).await.expect("opens again");
    assert_eq!(cities(&again).await, 2);
}

#[tokio::test]
async fn writers_take_turns() {
    let (_folder, path) = file();
    let db = Db::open(&DatabaseUrl::file(&path)).await.expect("opens");
    let writers: Vec<_> = (0..40)
        .map(|n| {
            let db = db.clone();
            tokio::spawn(async move { city(&db, &format!("c{n}")).await })
        })
        .collect();
    for writer in writers {
        writer.await.expect("runs").expect("writes");
    }
    assert_eq!(cities(&db).await, 40);
}

#[tokio::test]
async fn the_committer_stands_in_no_line() {
    let (_folder, path) = file();
    let db = Db::open(&DatabaseUrl::file(&path)).await.expect("opens");
    let held = db.begin().await.expect("begins");
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut waiting = Vec::new();
    for name in ["a", "b", "c", "d", "committer"] {
        let (db, order) = (db.clone(), Arc::clone(&order));
        waiting.push(tokio::spawn(async move {
            let tx = if name == "committer" { db.begin_first().await } else { db.begin().await };
            order.lock().expect("order").push(name);
            drop(tx.expect("begins"));
        }));
        // Each stands where it waits before the next one comes.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    drop(held);
    for one in waiting {
        one.await.expect("runs");
    }
    assert_eq!(*order.lock().expect("order"), ["a", "committer", "b", "c", "d"]);
}

#[tokio::test]
async fn a_full_disk_refuses_writes_and_keeps_reading() {
    let (_folder, path) = file();
    Db::open(&DatabaseUrl::file(&path)).await.expect("makes the tables").close().await;
    let pages = std::fs::metadata(&path).expect("the tables").len() / 4096 + 30;
    let url = format!("sqlite:{}?max_pages={pages}", path.display()).parse().expect("an address");
    let db = Db::open(&url).await.expect("opens");
    let big = "x".repeat(20_000);
    let write = async |n: i64| {
        let mut tx = db.begin().await?;
        tx.run("INSERT INTO city (id, name_zh) VALUES ($1, $2)", args![n.to_string(), &big]).await?;
        tx.commit().await
    };
    let mut written = 0;
    let refused = loop {
        match write(written).await {
            Ok(()) => written += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, DbError::Full(_)), "{refused}");
    assert!(written > 0);
    assert_eq!(cities(&db).await, written);
    assert!(matches!(write(written).await, Err(DbError::Full(_))), "and again");
    let mut tx = db.begin().await.expect("begins");
    tx.run("DELETE FROM city WHERE id = $1", args!["0"]).await.expect("makes room");
    tx.commit().await.expect("commits");
    write(written).await.expect("writes again where there is room");
}

#[test]
fn an_address_is_read_and_shown_without_its_password() {
    let url: DatabaseUrl = "postgres://me:secret@db.local:5433/house".parse().expect("an address");
    assert_eq!(format!("{url:?}"), "postgres://db.local:5433/house");
    assert!("sqlite:".parse::<DatabaseUrl>().is_err());
    assert!("sqlite:a.db?mode=memory".parse::<DatabaseUrl>().is_err());
    assert!("mysql://x".parse::<DatabaseUrl>().is_err());
    assert_eq!(
        "sqlite:data/a.db".parse::<DatabaseUrl>().expect("an address").to_string(),
        "sqlite:data/a.db"
    );
}

#[test]
fn every_step_in_the_folder_is_taken() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let files = std::fs::read_dir(folder).expect("the folder").count();
    assert_eq!(
        super::migrate::steps(|sql| sql.postgres).iter().count(),
        files,
        "a file is missing in db/migrate.rs"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_on_the_machine_reads_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = file();
    let db = Db::open(&DatabaseUrl::file(&path)).await.expect("opens");
    city(&db, "a").await.expect("writes");
    for end in ["", "-wal", "-shm"] {
        let file = std::fs::metadata(format!("{}{end}", path.display())).expect("it is there");
        assert_eq!(file.permissions().mode() & 0o777, 0o600, "{end}");
    }
}
