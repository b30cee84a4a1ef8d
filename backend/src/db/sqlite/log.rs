//! Brings SQLite's log into the file beside the writes, on a connection of its own: left to the
//! connection that writes, a commit in mid-rush would now and then wait for thousands of pages.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::{
    sync::{Mutex, Notify},
    task::JoinHandle,
};

use crate::db::DbError;

/// Pages of the log from which it is worth while.
const ENOUGH: i64 = 8192;
/// How long after a commit the log is looked at.
const PAUSE: Duration = Duration::from_secs(1);

/// Keeps the log short; all clones are the same.
#[derive(Clone)]
pub(super) struct LogKeeper {
    written: Arc<Notify>,
    ended: Arc<Notify>,
    task: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl LogKeeper {
    /// Starts it; within a runtime. Where the file cannot be brought to the disk it sets `stopped`.
    pub(super) fn start(options: SqliteConnectOptions, stopped: Arc<AtomicBool>) -> Self {
        let (written, ended) = (Arc::<Notify>::default(), Arc::<Notify>::default());
        let task = tokio::spawn(keep(options, written.clone(), ended.clone(), stopped));
        Self { written, ended, task: Arc::new(Mutex::new(Some(task))) }
    }

    /// Something was committed.
    pub(super) fn written(&self) {
        self.written.notify_one();
    }

    /// Ends it and closes its connection.
    pub(super) async fn end(&self) {
        self.ended.notify_one();
        if let Some(task) = self.task.lock().await.take() {
            let _ = task.await;
        }
    }
}

async fn keep(
    options: SqliteConnectOptions,
    written: Arc<Notify>,
    ended: Arc<Notify>,
    stopped: Arc<AtomicBool>,
) {
    let mut connection = None;
    loop {
        let commit = async {
            written.notified().await;
            tokio::time::sleep(PAUSE).await;
        };
        tokio::select! {
            () = commit => {}
            () = ended.notified() => break,
        }
        if stopped.load(Ordering::Acquire) {
            break;
        }
        match bring(&mut connection, &options).await.map_err(DbError::from) {
            Ok(()) => {}
            // The log stays, and with it all that is in it.
            Err(error @ (DbError::Busy(_) | DbError::Full(_))) => tracing::warn!(%error, "the log stays"),
            Err(error) => {
                // Asking the disk again could have it say yes to what it has forgotten.
                tracing::error!(%error, "no more writes until the next start");
                stopped.store(true, Ordering::Release);
            }
        }
    }
    if let Some(connection) = connection {
        let _ = connection.close().await;
    }
}

/// Brings the log into the file where it has enough pages; who writes or reads waits for nothing.
async fn bring(
    connection: &mut Option<SqliteConnection>,
    options: &SqliteConnectOptions,
) -> Result<(), sqlx::Error> {
    let connection = match connection {
        Some(connection) => connection,
        None => connection.insert(options.connect().await?),
    };
    let (_, pages, brought): (i64, i64, i64) =
        sqlx::query_as("PRAGMA wal_checkpoint(NOOP)").fetch_one(&mut *connection).await?;
    if pages - brought >= ENOUGH {
        sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").fetch_all(connection).await?;
    }
    Ok(())
}
