//! The database: SQLite or PostgreSQL behind one small face. Only `store.rs` files hold SQL.
//!
//! Placeholders are `$1`, `$2`, … on both. Statements are literals, never put together from parts;
//! where the two databases need different words, [`Sql::both`] holds them side by side. Integers
//! are `BIGINT`; what PostgreSQL makes `numeric` (a `SUM`) needs `CAST(… AS BIGINT)`.

mod arg;
mod error;
mod migrate;
mod pool;
mod postgres;
mod row;
mod sql;
mod sqlite;
mod tx;
mod url;

pub use arg::Arg;
pub use error::DbError;
pub use row::Row;
pub use sql::Sql;
pub use tx::Tx;
pub use url::DatabaseUrl;

use postgres::Postgres;
use sqlite::Sqlite;

/// Arguments for the placeholders of a statement: `args![id, now]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::db::Arg::from($value)),*] };
}

/// A handle on the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    inner: Inner,
}

/// Which of the two it is.
#[derive(Clone)]
enum Inner {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Db {
    /// Connects, checks that the database keeps what it promises, and brings its tables up to date.
    ///
    /// # Errors
    /// When it cannot be reached, is too old, or is set up so that it could lose a commit.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, DbError> {
        let inner = match url {
            DatabaseUrl::Sqlite { path, max_pages, log_pages } => {
                Inner::Sqlite(Sqlite::open(path, *max_pages, *log_pages).await?)
            }
            DatabaseUrl::Postgres(options) => Inner::Postgres(Postgres::open(options).await?),
        };
        Ok(Self { inner })
    }

    /// Whether it is SQLite, the only server of its file.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.inner, Inner::Sqlite(_))
    }

    /// Reads rows, outside any transaction.
    pub async fn rows(&self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<Vec<Row>, DbError> {
        let sql = sql.into();
        sql.trace();
        match &self.inner {
            Inner::Sqlite(db) => db.rows(sql.sqlite, args).await,
            Inner::Postgres(db) => db.rows(sql.postgres, args).await,
        }
    }

    /// Reads the first row, if any.
    pub async fn row(&self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<Option<Row>, DbError> {
        Ok(self.rows(sql, args).await?.into_iter().next())
    }

    /// Begins a transaction that may write. On SQLite it has the only writing connection to itself:
    /// hold it for moments, and await nothing else meanwhile.
    ///
    /// # Errors
    /// [`DbError::Busy`] when no connection came free in time, [`DbError::Full`] where nothing can
    /// be written.
    pub async fn begin(&self) -> Result<Tx, DbError> {
        match &self.inner {
            Inner::Sqlite(db) => Ok(Tx::sqlite(db.begin().await?)),
            Inner::Postgres(db) => Ok(Tx::postgres(db.begin().await?)),
        }
    }

    /// Like [`Db::begin`], for the committer of bookings alone: it stands in no line of others. Whoever
    /// writes a lot holds up whoever else writes, and not the bookings.
    ///
    /// # Errors
    /// As [`Db::begin`].
    pub async fn begin_first(&self) -> Result<Tx, DbError> {
        match &self.inner {
            Inner::Sqlite(db) => Ok(Tx::sqlite(db.begin_first().await?)),
            Inner::Postgres(db) => Ok(Tx::postgres(db.begin_first().await?)),
        }
    }

    /// Like [`Db::rows`], for what every request asks: it stands in no line of others.
    pub async fn rows_first(&self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<Vec<Row>, DbError> {
        let sql = sql.into();
        sql.trace();
        match &self.inner {
            Inner::Sqlite(db) => db.rows_first(sql.sqlite, args).await,
            Inner::Postgres(db) => db.rows_first(sql.postgres, args).await,
        }
    }

    /// Whether writing has been given up until the next start, since a commit could not be brought to
    /// the disk.
    pub fn has_stopped(&self) -> bool {
        match &self.inner {
            Inner::Sqlite(db) => db.has_stopped(),
            Inner::Postgres(_) => false,
        }
    }

    /// Asks the database for nothing, to see that it answers.
    pub async fn ping(&self) -> Result<(), DbError> {
        self.rows("SELECT 1 AS one", Vec::new()).await.map(drop)
    }

    /// Leaves nothing of what was deleted in the files, as far as that is ours to do.
    ///
    /// # Errors
    /// When the database fails; it does no harm to go on.
    pub async fn scrub(&self) -> Result<(), DbError> {
        match &self.inner {
            Inner::Sqlite(db) => db.empty_log().await,
            Inner::Postgres(_) => Ok(()),
        }
    }

    /// Closes all connections; what is under way ends first.
    pub async fn close(&self) {
        match &self.inner {
            Inner::Sqlite(db) => db.close().await,
            Inner::Postgres(db) => db.close().await,
        }
    }
}

#[cfg(test)]
mod tests;
