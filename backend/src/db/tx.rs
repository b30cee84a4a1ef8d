//! A transaction that may write.

use super::{Arg, DbError, Row, Sql, postgres, sqlite};

/// A transaction. Dropped without [`Tx::commit`], it is as if it had never been.
///
/// After an error it does nothing more: PostgreSQL would answer its commit with a silent rollback,
/// and SQLite may have undone it and would take the next statement as one of its own.
pub struct Tx {
    inner: Inner,
    failed: bool,
}

/// Of which database.
enum Inner {
    Sqlite(sqlite::Writing),
    Postgres(Box<postgres::Writing>),
}

impl Tx {
    /// Of SQLite.
    pub(super) fn sqlite(writing: sqlite::Writing) -> Self {
        Self { inner: Inner::Sqlite(writing), failed: false }
    }

    /// Of PostgreSQL.
    pub(super) fn postgres(writing: postgres::Writing) -> Self {
        Self { inner: Inner::Postgres(Box::new(writing)), failed: false }
    }

    /// Whether it is of SQLite, and so the only one of its file.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.inner, Inner::Sqlite(_))
    }

    /// Reads rows, seeing what this transaction has written.
    pub async fn rows(&mut self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<Vec<Row>, DbError> {
        self.sound()?;
        let sql = sql.into();
        sql.trace();
        let result = match &mut self.inner {
            Inner::Sqlite(writing) => writing.rows(sql.sqlite, args).await,
            Inner::Postgres(writing) => writing.rows(sql.postgres, args).await,
        };
        self.failed |= result.is_err();
        result
    }

    /// Reads the first row, if any.
    pub async fn row(&mut self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<Option<Row>, DbError> {
        Ok(self.rows(sql, args).await?.into_iter().next())
    }

    /// Writes; the number of rows changed.
    pub async fn run(&mut self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<u64, DbError> {
        self.sound()?;
        let sql = sql.into();
        sql.trace();
        let result = match &mut self.inner {
            Inner::Sqlite(writing) => writing.run(sql.sqlite, args).await,
            Inner::Postgres(writing) => writing.run(sql.postgres, args).await,
        };
        self.failed |= result.is_err();
        result
    }

    /// Commits; what was written is durable when this returns.
    ///
    /// # Errors
    /// [`DbError::Unknown`] when nobody can say whether it was done; with any other error it was
    /// not.
    pub async fn commit(self) -> Result<(), DbError> {
        self.sound()?;
        match self.inner {
            Inner::Sqlite(writing) => writing.commit().await,
            Inner::Postgres(writing) => writing.commit().await,
        }
    }

    /// Refuses to go on after an error.
    fn sound(&self) -> Result<(), DbError> {
        if self.failed {
            return Err(DbError::Other("an earlier statement of this transaction failed".into()));
        }
        Ok(())
    }
}
