//! SQLite: one connection that writes, a few that read.
//!
//! The transaction of the writing connection is begun and ended by plain statements: when the disk
//! is full SQLite may undo it by itself, and whoever counts levels of transactions loses count.

use std::{
    fs, io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sqlx::{
    ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{Arg, DbError, Row, arg, error, migrate, pool::Pool};

mod log;

/// Before 3.51.3 a reset of the log could lose commits.
const OLDEST: [u32; 3] = [3, 51, 3];
/// How long to wait for the writing connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// Pages of the log at which a commit brings it into the file: 256 MiB, should the one who does that
/// beside the writes not keep up.
const LOG_PAGES: u32 = 65536;
/// Rows that the driver's thread reads ahead: all that a batch asks for, so that it need not stop and
/// wait to be asked for more.
const ROWS: usize = 1024;
/// Connections that read.
const READERS: usize = 4;
/// Connections that read what every request asks.
const FIRST_READERS: usize = 2;

/// A database file.
#[derive(Clone)]
pub(super) struct Sqlite {
    readers: Pool<SqliteConnection>,
    first_readers: Pool<SqliteConnection>,
    pen: Arc<Mutex<Pen>>,
    /// Where all but the committer of bookings stand in line for the pen: it has one in front of it at
    /// most.
    line: Arc<Mutex<()>>,
    stopped: Arc<AtomicBool>,
    log: log::LogKeeper,
}

/// The connection that writes.
struct Pen {
    options: SqliteConnectOptions,
    /// `None` after an error that it may not have survived.
    connection: Option<SqliteConnection>,
    /// Whether a transaction was begun and not ended.
    open: bool,
}

impl Sqlite {
    /// Opens or makes the file and checks how it is kept.
    pub(super) async fn open(
        path: &Path,
        max_pages: Option<u32>,
        log_pages: Option<u32>,
    ) -> Result<Self, DbError> {
        let common = SqliteConnectOptions::new()
            .filename(path)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .statement_cache_capacity(256)
            .row_buffer_size(ROWS)
            .disable_statement_logging();
        let mut options = common
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("cache_size", "-65536")
            .pragma("wal_autocheckpoint", log_pages.unwrap_or(LOG_PAGES).to_string())
            // What is deleted is overwritten, too.
            .pragma("secure_delete", "ON")
            .pragma("journal_size_limit", "67108864");
        if let Some(pages) = max_pages {
            options = options.pragma("max_page_count", pages.to_string());
        }
        make_private(path).map_err(|error| DbError::Other(error.to_string()))?;
        let mut connection = options.connect().await?;
        check(&mut connection).await?;
        migrate::steps(|sql| sql.sqlite).run(&mut connection).await.map_err(migrate::explain)?;
        let readers = common.read_only(true);
        let first_readers = Pool::new(readers.clone(), FIRST_READERS);
        let readers = Pool::new(readers, READERS);
        let stopped = Arc::<AtomicBool>::default();
        let log = log::LogKeeper::start(options.clone(), stopped.clone());
        let pen = Pen { options, connection: Some(connection), open: false };
        let pen = Arc::new(Mutex::new(pen));
        Ok(Self { readers, first_readers, pen, line: Arc::default(), stopped, log })
    }

    /// Reads.
    pub(super) async fn rows(&self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, DbError> {
        read(&self.readers, sql, args).await
    }

    /// Reads on the connections that are kept for what every request asks.
    pub(super) async fn rows_first(&self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, DbError> {
        read(&self.first_readers, sql, args).await
    }

    /// Whether a commit could not be brought to the disk.
    pub(super) fn has_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    /// Takes the pen; in the order of asking.
    pub(super) async fn begin(&self) -> Result<Writing, DbError> {
        let line = tokio::time::timeout(PATIENCE, self.line.lock()).await;
        let _first_in_line = line.map_err(|_| taken())?;
        self.begin_first().await
    }

    /// Takes the pen before all who stand in line for it.
    pub(super) async fn begin_first(&self) -> Result<Writing, DbError> {
        if self.has_stopped() {
            return Err(DbError::Full("stopped: a commit could not be brought to the disk".into()));
        }
        let pen = tokio::time::timeout(PATIENCE, self.pen.clone().lock_owned()).await.map_err(|_| taken())?;
        let mut writing = Writing { pen: Some(pen), stopped: self.stopped.clone(), log: self.log.clone() };
        writing.begin().await?;
        Ok(writing)
    }

    /// Brings the log into the file and empties it, so that nothing of what was deleted is left there.
    /// While somebody reads, it may stay until later.
    pub(super) async fn empty_log(&self) -> Result<(), DbError> {
        let mut pen = self.pen.lock().await;
        pen.undo().await;
        if let Some(connection) = &mut pen.connection {
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(connection).await?;
        }
        Ok(())
    }

    /// Closes the connections. The last one brings the log into the file, except where a commit
    /// failed: then the next start finds out from the log what is there.
    pub(super) async fn close(&self) {
        self.log.end().await;
        let mut pen = self.pen.lock().await;
        pen.undo().await;
        if self.has_stopped() {
            return;
        }
        self.readers.close(READERS).await;
        self.first_readers.close(FIRST_READERS).await;
        if let Some(connection) = pen.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "closing the database");
        }
    }
}

impl Pen {
    /// Ends what was begun and not committed; a connection that cannot is given up.
    async fn undo(&mut self) {
        if !self.open {
            return;
        }
        if let Some(connection) = &mut self.connection
            && sqlx::query("ROLLBACK").execute(connection).await.is_err()
        {
            self.connection = None;
        }
        self.open = false;
    }
}

/// A transaction of SQLite; undone when dropped before its commit.
pub(super) struct Writing {
    /// `None` only after the end.
    pen: Option<OwnedMutexGuard<Pen>>,
    stopped: Arc<AtomicBool>,
    log: log::LogKeeper,
}

impl Writing {
    /// The connection.
    fn connection(&mut self) -> Result<&mut SqliteConnection, DbError> {
        self.pen
            .as_mut()
            .and_then(|pen| pen.connection.as_mut())
            .ok_or_else(|| DbError::Other("the transaction has ended".into()))
    }

    /// Takes the lock of the file at once, so that what is read stays true until the commit.
    async fn begin(&mut self) -> Result<(), DbError> {
        let Some(pen) = self.pen.as_mut() else { return Ok(()) };
        pen.undo().await;
        if pen.connection.is_none() {
            pen.connection = Some(pen.options.connect().await?);
        }
        // From here on, for a caller that goes away while SQLite is at it.
        pen.open = true;
        sqlx::query("BEGIN IMMEDIATE").execute(self.connection()?).await?;
        Ok(())
    }

    /// Reads within the transaction.
    pub(super) async fn rows(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, DbError> {
        let args = arg::for_sqlite(args)?;
        let rows = sqlx::query_with(sql, args).fetch_all(self.connection()?).await?;
        Ok(rows.into_iter().map(Row::Sqlite).collect())
    }

    /// Writes; the number of rows it changed.
    pub(super) async fn run(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<u64, DbError> {
        let args = arg::for_sqlite(args)?;
        Ok(sqlx::query_with(sql, args).execute(self.connection()?).await?.rows_affected())
    }

    /// Commits: it is on the disk when this returns.
    pub(super) async fn commit(mut self) -> Result<(), DbError> {
        let result = sqlx::query("COMMIT").execute(self.connection()?).await;
        match result.map_err(DbError::of_commit) {
            Ok(_) => {
                if let Some(pen) = self.pen.as_mut() {
                    pen.open = false;
                }
                self.log.written();
                Ok(())
            }
            Err(error) => {
                if matches!(error, DbError::Unknown(_)) {
                    // Asking the disk again could have it say yes to what it has forgotten.
                    tracing::error!(%error, "no more writes until the next start");
                    self.stopped.store(true, Ordering::Release);
                }
                Err(error)
            }
        }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        let Some(mut pen) = self.pen.take() else { return };
        // Without a runtime nobody is left to write; with one, the pen is put back clean.
        if pen.open
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(async move { pen.undo().await });
        }
    }
}

/// Asserts the version and that the settings took.
async fn check(connection: &mut SqliteConnection) -> Result<(), DbError> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut *connection).await?;
    let mut parts = [0; 3];
    for (part, text) in parts.iter_mut().zip(version.split('.')) {
        *part = text.parse().unwrap_or(0);
    }
    if parts < OLDEST {
        return Err(DbError::Other(format!("SQLite {version} is too old")));
    }
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *connection).await?;
    let sync: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *connection).await?;
    let keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(&mut *connection).await?;
    if (mode.as_str(), sync, keys) != ("wal", 2, 1) {
        let found = format!("journal_mode={mode} synchronous={sync} foreign_keys={keys}");
        return Err(DbError::Other(format!("SQLite is not kept as it must be: {found}")));
    }
    Ok(())
}

fn taken() -> DbError {
    DbError::Busy("the writing connection is taken".into())
}

/// Reads on one of these connections.
async fn read(
    readers: &Pool<SqliteConnection>,
    sql: &'static str,
    args: Vec<Arg>,
) -> Result<Vec<Row>, DbError> {
    let args = arg::for_sqlite(args)?;
    let mut lease = readers.lease().await?;
    let result = sqlx::query_with(sql, args).fetch_all(&mut lease.connection).await;
    if !result.as_ref().is_err_and(error::is_lost) {
        lease.put_back();
    }
    Ok(result?.into_iter().map(Row::Sqlite).collect())
}

/// Makes the file where there is none, so that nobody else on the machine can read it; SQLite gives
/// the files beside it the same rights. Those of a file that is there are its keeper's choice.
fn make_private(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}
