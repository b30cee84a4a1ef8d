//! PostgreSQL: a pool of connections.

use std::time::Duration;

use sqlx::{
    ConnectOptions, PgPool, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{Arg, DbError, Row, arg, migrate};

/// The oldest version that is tested.
const OLDEST: i64 = 13_00_00;
/// How long to wait for a connection of the pool.
const PATIENCE: Duration = Duration::from_secs(5);
/// Connections of one server process.
const CONNECTIONS: u32 = 12;
/// `READ COMMITTED`, whatever the server's own choice: the locks are ours.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

/// A PostgreSQL server.
#[derive(Clone)]
pub(super) struct Postgres {
    pool: PgPool,
}

impl Postgres {
    /// Connects and checks how it is kept.
    pub(super) async fn open(options: &PgConnectOptions) -> Result<Self, DbError> {
        // No `statement_timeout`: it would also cut short a COMMIT that waits for the standby, which
        // PostgreSQL then reports as done.
        let options = options
            .clone()
            .application_name("doorstep")
            .options([("lock_timeout", "5s"), ("idle_in_transaction_session_timeout", "15s")])
            .statement_cache_capacity(256)
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .connect_with(options)
            .await?;
        check(&pool).await?;
        let mut connection = pool.acquire().await?;
        migrate::steps().run(&mut *connection).await.map_err(migrate::explain)?;
        drop(connection);
        Ok(Self { pool })
    }

    /// Reads.
    pub(super) async fn rows(&self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, DbError> {
        let rows = sqlx::query_with(sql, arg::for_postgres(args)?).fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(Row::Postgres).collect())
    }

    /// Begins a transaction.
    pub(super) async fn begin(&self) -> Result<Writing, DbError> {
        Ok(Writing { transaction: self.pool.begin_with(BEGIN).await? })
    }

    /// Closes the connections.
    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

/// A transaction of PostgreSQL; undone when dropped before its commit.
pub(super) struct Writing {
    transaction: Transaction<'static, sqlx::Postgres>,
}

impl Writing {
    /// Reads within the transaction.
    pub(super) async fn rows(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, DbError> {
        let args = arg::for_postgres(args)?;
        let rows = sqlx::query_with(sql, args).fetch_all(&mut *self.transaction).await?;
        Ok(rows.into_iter().map(Row::Postgres).collect())
    }

    /// Writes; the number of rows it changed.
    pub(super) async fn run(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<u64, DbError> {
        let args = arg::for_postgres(args)?;
        Ok(sqlx::query_with(sql, args).execute(&mut *self.transaction).await?.rows_affected())
    }

    /// Commits: it is on the disk, and on the standby where there is one, when this returns.
    pub(super) async fn commit(self) -> Result<(), DbError> {
        self.transaction.commit().await.map_err(DbError::of_commit)
    }
}

/// Asserts the version, and that a commit is on the disk when it returns.
async fn check(pool: &PgPool) -> Result<(), DbError> {
    let show = |sql: &'static str| async move {
        sqlx::query_scalar::<_, String>(sql).fetch_one(pool).await.map_err(DbError::from)
    };
    let version = show("SHOW server_version_num").await?;
    if version.parse::<i64>().unwrap_or(0) < OLDEST {
        return Err(DbError::Other(format!("PostgreSQL {version} is too old")));
    }
    let encoding = show("SHOW server_encoding").await?;
    if encoding != "UTF8" {
        return Err(DbError::Other(format!("the database is kept in {encoding}, not in UTF8")));
    }
    let commit = show("SHOW synchronous_commit").await?;
    if !matches!(commit.as_str(), "on" | "remote_apply") {
        return Err(DbError::Other(format!("synchronous_commit is {commit}: a commit could be lost")));
    }
    for setting in [show("SHOW fsync").await?, show("SHOW full_page_writes").await?] {
        if setting != "on" {
            tracing::warn!("fsync or full_page_writes is off: a power cut can ruin this database");
        }
    }
    Ok(())
}
