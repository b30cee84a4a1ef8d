//! PostgreSQL: connections that read and write.

use sqlx::{
    ConnectOptions, PgConnection,
    postgres::{PgConnectOptions, PgRow},
};

use super::{
    Arg, DbError, Row, arg, error, migrate,
    pool::{Lease, Pool},
};

/// The oldest version that is tested.
const OLDEST: i64 = 13_00_00;
/// Connections of one server process.
const CONNECTIONS: usize = 12;
/// Connections beside them, for what every request asks.
const FIRST_CONNECTIONS: usize = 2;
/// One more, for the committer of bookings. It is made and used on the committer's own thread.
const COMMITTING: usize = 1;
/// `READ COMMITTED`, whatever the server's own choice: the locks are ours.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

/// How statements are planned. All of ours look rows up by keys that have an index, mostly hundreds of
/// keys at once; what is read stays in memory. Left to its own guesses, made for spinning disks and
/// without knowing how many keys there will be, PostgreSQL reads whole tables instead.
const PLANS: [(&str, &str); 5] = [
    ("random_page_cost", "1.1"),
    ("enable_seqscan", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    ("jit", "off"),
];

/// A PostgreSQL server.
#[derive(Clone)]
pub(super) struct Postgres {
    pool: Pool<PgConnection>,
    first: Pool<PgConnection>,
    committing: Pool<PgConnection>,
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
            .options(PLANS)
            .statement_cache_capacity(256)
            .disable_statement_logging();
        let first = Pool::new(options.clone(), FIRST_CONNECTIONS);
        let committing = Pool::new(options.clone(), COMMITTING);
        let pool = Pool::<PgConnection>::new(options, CONNECTIONS);
        let mut lease = pool.lease().await?;
        check(&mut lease.connection).await?;
        migrate::steps(|sql| sql.postgres).run(&mut lease.connection).await.map_err(migrate::explain)?;
        lease.put_back();
        Ok(Self { pool, first, committing })
    }

    /// Reads; once more where the connection was gone.
    pub(super) async fn rows(&self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, DbError> {
        read(&self.pool, sql, args).await
    }

    /// Reads on the connections that are kept for what every request asks.
    pub(super) async fn rows_first(&self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, DbError> {
        read(&self.first, sql, args).await
    }

    /// Begins a transaction; on a new connection where the one at hand was gone.
    pub(super) async fn begin(&self) -> Result<Writing, DbError> {
        begin(&self.pool).await
    }

    /// Begins one on a connection that is kept for the committer of bookings.
    pub(super) async fn begin_first(&self) -> Result<Writing, DbError> {
        begin(&self.committing).await
    }

    /// Closes the connections.
    pub(super) async fn close(&self) {
        self.pool.close(CONNECTIONS).await;
        self.first.close(FIRST_CONNECTIONS).await;
        self.committing.close(COMMITTING).await;
    }
}

async fn read(pool: &Pool<PgConnection>, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, DbError> {
    let args = arg::for_postgres(args)?;
    let mut again = true;
    loop {
        let mut lease = pool.lease().await?;
        let result = sqlx::query_with(sql, args.clone()).fetch_all(&mut lease.connection).await;
        match result {
            Err(error) if error::is_lost(&error) => {
                pool.forget();
                if !std::mem::take(&mut again) {
                    return Err(error.into());
                }
            }
            result => {
                lease.put_back();
                return Ok(wrap(result?));
            }
        }
    }
}

async fn begin(pool: &Pool<PgConnection>) -> Result<Writing, DbError> {
    let mut again = true;
    loop {
        let mut lease = pool.lease().await?;
        match sqlx::query(BEGIN).execute(&mut lease.connection).await {
            Ok(_) => return Ok(Writing { lease: Some(lease) }),
            Err(error) => {
                pool.forget();
                if !std::mem::take(&mut again) {
                    return Err(error.into());
                }
            }
        }
    }
}

/// A transaction of PostgreSQL; undone when dropped before its commit.
pub(super) struct Writing {
    /// `None` only after the end.
    lease: Option<Lease<PgConnection>>,
}

impl Writing {
    fn connection(&mut self) -> Result<&mut PgConnection, DbError> {
        let lease = self.lease.as_mut().ok_or_else(|| DbError::Other("the transaction has ended".into()))?;
        Ok(&mut lease.connection)
    }

    /// Reads within the transaction.
    pub(super) async fn rows(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, DbError> {
        let args = arg::for_postgres(args)?;
        Ok(wrap(sqlx::query_with(sql, args).fetch_all(self.connection()?).await?))
    }

    /// Writes; the number of rows it changed.
    pub(super) async fn run(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<u64, DbError> {
        let args = arg::for_postgres(args)?;
        Ok(sqlx::query_with(sql, args).execute(self.connection()?).await?.rows_affected())
    }

    /// Commits: it is on the disk, and on the standby where there is one, when this returns.
    pub(super) async fn commit(mut self) -> Result<(), DbError> {
        sqlx::query("COMMIT").execute(self.connection()?).await.map_err(DbError::of_commit)?;
        if let Some(lease) = self.lease.take() {
            lease.put_back();
        }
        Ok(())
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        let Some(mut lease) = self.lease.take() else { return };
        // What cannot be rolled back here is rolled back by the server, when the connection closes.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                if sqlx::query("ROLLBACK").execute(&mut lease.connection).await.is_ok() {
                    lease.put_back();
                }
            });
        }
    }
}

fn wrap(rows: Vec<PgRow>) -> Vec<Row> {
    rows.into_iter().map(Row::Postgres).collect()
}

/// Asserts the version, and that a commit is on the disk when it returns.
async fn check(connection: &mut PgConnection) -> Result<(), DbError> {
    let version = show(connection, "SHOW server_version_num").await?;
    if version.parse::<i64>().unwrap_or(0) < OLDEST {
        return Err(DbError::Other(format!("PostgreSQL {version} is too old")));
    }
    let encoding = show(connection, "SHOW server_encoding").await?;
    if encoding != "UTF8" {
        return Err(DbError::Other(format!("the database is kept in {encoding}, not in UTF8")));
    }
    let commit = show(connection, "SHOW synchronous_commit").await?;
    if !matches!(commit.as_str(), "on" | "remote_apply") {
        return Err(DbError::Other(format!("synchronous_commit is {commit}: a commit could be lost")));
    }
    for setting in ["SHOW fsync", "SHOW full_page_writes"] {
        if show(connection, setting).await? != "on" {
            tracing::warn!(setting, "off: a power cut can ruin this database");
        }
    }
    Ok(())
}

async fn show(connection: &mut PgConnection, sql: &'static str) -> Result<String, DbError> {
    Ok(sqlx::query_scalar(sql).fetch_one(connection).await?)
}
