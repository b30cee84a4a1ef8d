//! Where the database is.

use core::{fmt, str::FromStr};
use std::path::{Path, PathBuf};

use sqlx::postgres::PgConnectOptions;

use super::DbError;

/// `sqlite:path/to/file.db` or `postgres://user:password@host:port/name`.
///
/// A SQLite address may end in `?max_pages=N`: the file then never grows beyond N pages of 4 KiB,
/// and is treated like a full disk when it gets there. Or in `?log_pages=N`: a commit brings the
/// log into the file when it has so many pages, 65536 unless told.
#[derive(Clone)]
pub enum DatabaseUrl {
    /// A file beside the server.
    Sqlite {
        /// The file.
        path: PathBuf,
        /// Most pages it may have.
        max_pages: Option<u32>,
        /// Pages of the log at which it is brought into the file.
        log_pages: Option<u32>,
    },
    /// A PostgreSQL server.
    Postgres(Box<PgConnectOptions>),
}

impl DatabaseUrl {
    /// The SQLite file `path`.
    pub fn file(path: &Path) -> Self {
        Self::Sqlite { path: path.to_owned(), max_pages: None, log_pages: None }
    }
}

impl FromStr for DatabaseUrl {
    type Err = DbError;

    fn from_str(text: &str) -> Result<Self, DbError> {
        if text.starts_with("postgres:") || text.starts_with("postgresql:") {
            // The address holds a password: the message does not repeat it.
            let options = text.parse().map_err(|_| DbError::Other("not a PostgreSQL address".into()))?;
            return Ok(Self::Postgres(Box::new(options)));
        }
        let Some(rest) = text.strip_prefix("sqlite:") else {
            return Err(DbError::Other("a database address begins with sqlite: or postgres:".into()));
        };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = path.strip_prefix("//").unwrap_or(path);
        let number =
            |text: &str| text.parse().map_err(|_| DbError::Other("a number of pages is no number".into()));
        let (max_pages, log_pages) = match query.split_once('=') {
            _ if query.is_empty() => (None, None),
            Some(("max_pages", pages)) => (Some(number(pages)?), None),
            Some(("log_pages", pages)) => (None, Some(number(pages)?)),
            _ => return Err(DbError::Other("a SQLite address knows max_pages or log_pages".into())),
        };
        if path.is_empty() {
            return Err(DbError::Other("a SQLite address names a file".into()));
        }
        Ok(Self::Sqlite { path: path.into(), max_pages, log_pages })
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl fmt::Display for DatabaseUrl {
    /// What may be printed: no password.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite { path, .. } => write!(out, "sqlite:{}", path.display()),
            Self::Postgres(options) => {
                let name = options.get_database().unwrap_or_default();
                write!(out, "postgres://{}:{}/{name}", options.get_host(), options.get_port())
            }
        }
    }
}
