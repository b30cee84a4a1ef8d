//! What can go wrong in a database, reduced to what a caller can do about it.

use core::fmt;
use std::error::Error;

/// Why the database did not do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DbError {
    /// It takes no writes at present (disk full, read-only, stopped); nothing was changed, and
    /// reading works.
    Full(String),
    /// A constraint of the schema says no; nothing was changed.
    Conflict(String),
    /// Too many at once, or the connection was lost; nothing was changed; try again.
    Busy(String),
    /// The commit was sent and its fate is not known.
    Unknown(String),
    /// Something is broken; nothing was changed.
    Other(String),
}

impl fmt::Display for DbError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, why) = match self {
            Self::Full(why) => ("takes no writes", why),
            Self::Conflict(why) => ("constraint", why),
            Self::Busy(why) => ("busy", why),
            Self::Unknown(why) => ("commit of unknown fate", why),
            Self::Other(why) => ("broken", why),
        };
        write!(out, "database: {what}: {why}")
    }
}

impl Error for DbError {}

impl From<sqlx::Error> for DbError {
    /// For everything but a COMMIT.
    fn from(error: sqlx::Error) -> Self {
        let why = error.to_string();
        match &error {
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default();
                match code.parse::<i32>() {
                    // SQLSTATE is five characters, SQLite's extended codes have up to four digits.
                    Ok(code) if database.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() => {
                        of_sqlite(code, why)
                    }
                    _ => of_postgres(&code, why),
                }
            }
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Busy(why),
            _ => Self::Other(why),
        }
    }
}

impl DbError {
    /// The meaning of an error of a COMMIT: unless the database itself said that it was undone, the
    /// transaction may be there.
    pub(super) fn of_commit(error: sqlx::Error) -> Self {
        let said_no = matches!(&error, sqlx::Error::Database(_));
        match Self::from(error) {
            known @ (Self::Full(_) | Self::Conflict(_) | Self::Busy(_)) if said_no => known,
            Self::Full(why)
            | Self::Conflict(why)
            | Self::Busy(why)
            | Self::Unknown(why)
            | Self::Other(why) => Self::Unknown(why),
        }
    }
}

/// SQLite's result codes. The low byte is the code, the rest says more.
fn of_sqlite(code: i32, why: String) -> DbError {
    /// The shared memory beside the log could not be made larger.
    const IOERR_SHMSIZE: i32 = 0x130a;
    match (code & 0xff, code) {
        (8 | 13, _) | (_, IOERR_SHMSIZE) => DbError::Full(why),
        (19, _) => DbError::Conflict(why),
        (5 | 6, _) => DbError::Busy(why),
        _ => DbError::Other(why),
    }
}

/// PostgreSQL's SQLSTATE, by class where the class says enough.
fn of_postgres(code: &str, why: String) -> DbError {
    match code {
        // Disk full; a standby that takes no writes.
        "53100" | "25006" => DbError::Full(why),
        // The server was stopped or fails over; a lock was not had in time.
        _ if code.starts_with("23") => DbError::Conflict(why),
        "55P03" => DbError::Busy(why),
        _ if ["40", "53"].iter().any(|class| code.starts_with(class)) && code != "40003" => {
            DbError::Busy(why)
        }
        _ => DbError::Other(why),
    }
}
