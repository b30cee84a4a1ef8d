//! A row of an answer.

use domain::time::Moment;
use sqlx::{Decode, Row as _, Type, TypeInfo, ValueRef, postgres::PgRow, sqlite::SqliteRow};

use super::DbError;

/// A row; values are asked for by the name of their column.
pub enum Row {
    /// Of SQLite.
    #[doc(hidden)]
    Sqlite(SqliteRow),
    /// Of PostgreSQL.
    #[doc(hidden)]
    Postgres(PgRow),
}

impl Row {
    /// A text.
    ///
    /// # Errors
    /// Where there is no such column, or it holds something else or nothing.
    pub fn text(&self, column: &str) -> Result<String, DbError> {
        self.get(column)
    }

    /// A text, if there is one.
    pub fn text_opt(&self, column: &str) -> Result<Option<String>, DbError> {
        self.get(column)
    }

    /// An integer; a truth is 0 or 1.
    pub fn int(&self, column: &str) -> Result<i64, DbError> {
        self.int_opt(column)?.ok_or_else(|| DbError::Other(format!("{column} is NULL")))
    }

    /// An integer, if there is one.
    pub fn int_opt(&self, column: &str) -> Result<Option<i64>, DbError> {
        // SQLite has integers of one size; PostgreSQL makes `1` an int4 and `a = b` a bool.
        if let Self::Postgres(row) = self {
            let value = row.try_get_raw(column).map_err(DbError::from)?;
            match value.type_info().name() {
                "INT4" => return Ok(row.try_get::<Option<i32>, _>(column)?.map(i64::from)),
                "BOOL" => return Ok(row.try_get::<Option<bool>, _>(column)?.map(i64::from)),
                _ => {}
            }
        }
        self.get(column)
    }

    /// An integer that must fit 32 bits without sign.
    pub fn count(&self, column: &str) -> Result<u32, DbError> {
        u32::try_from(self.int(column)?).map_err(|_| DbError::Other(format!("{column} is no count")))
    }

    /// A truth kept as 0 or 1.
    pub fn flag(&self, column: &str) -> Result<bool, DbError> {
        Ok(self.int(column)? != 0)
    }

    /// An instant.
    pub fn moment(&self, column: &str) -> Result<Moment, DbError> {
        self.int(column).map(Moment)
    }

    /// A value kept as JSON in a text.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T, DbError> {
        serde_json::from_str(&self.text(column)?)
            .map_err(|error| DbError::Other(format!("{column}: {error}")))
    }

    /// Any value that both drivers can read.
    fn get<T>(&self, column: &str) -> Result<T, DbError>
    where
        T: for<'r> Decode<'r, sqlx::Sqlite>
            + Type<sqlx::Sqlite>
            + for<'r> Decode<'r, sqlx::Postgres>
            + Type<sqlx::Postgres>,
    {
        match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        }
        .map_err(DbError::from)
    }
}
