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
        if is_lost(&error) {
            return Self::Busy(why);
        }
        let sqlx::Error::Database(database) = &error else { return Self::Other(why) };
        let code = database.code().unwrap_or_default();
        if database.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
            of_sqlite(code.parse().unwrap_or_default(), why)
        } else {
            of_postgres(&code, why)
        }
    }
}

impl DbError {
    /// The meaning of an error of a COMMIT: unless the database itself said that it was undone, the
    /// transaction may be there.
    pub(super) fn of_commit(error: sqlx::Error) -> Self {
        let lost = is_lost(&error);
        match Self::from(error) {
            known @ (Self::Full(_) | Self::Conflict(_) | Self::Busy(_)) if !lost => known,
            Self::Full(why)
            | Self::Conflict(why)
            | Self::Busy(why)
            | Self::Unknown(why)
            | Self::Other(why) => Self::Unknown(why),
        }
    }
}

/// Whether the connection is gone: broken off, or ended by a server that stops.
pub(super) fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(database) => {
            let is_postgres = database.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().is_some();
            let code = database.code().unwrap_or_default();
            is_postgres && (code.starts_with("08") || code.starts_with("57P"))
        }
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => true,
        _ => false,
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
        // Nobody knows whether the statement was completed.
        "40003" => DbError::Unknown(why),
        // A lock was not had in time; an integrity constraint; a deadlock; no room for now.
        "55P03" => DbError::Busy(why),
        _ if code.starts_with("23") => DbError::Conflict(why),
        _ if code.starts_with("40") || code.starts_with("53") => DbError::Busy(why),
        _ => DbError::Other(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_to_be_undone_is_unknown() {
        let broken = || sqlx::Error::Io(std::io::Error::other("gone"));
        assert!(matches!(DbError::from(broken()), DbError::Busy(_)), "before the commit nothing is there");
        assert!(matches!(DbError::of_commit(broken()), DbError::Unknown(_)));
        assert!(matches!(DbError::of_commit(sqlx::Error::RowNotFound), DbError::Unknown(_)));
    }

    #[test]
    fn codes_are_told_apart() {
        let why = String::new;
        assert!(matches!(of_sqlite(13, why()), DbError::Full(_)));
        assert!(matches!(of_sqlite(0x508, why()), DbError::Full(_)), "an extended READONLY");
        assert!(matches!(of_sqlite(2067, why()), DbError::Conflict(_)), "an extended CONSTRAINT");
        assert!(matches!(of_sqlite(0x40a, why()), DbError::Other(_)), "IOERR_FSYNC");
        assert!(matches!(of_postgres("53100", why()), DbError::Full(_)));
        assert!(matches!(of_postgres("23505", why()), DbError::Conflict(_)));
        assert!(matches!(of_postgres("40P01", why()), DbError::Busy(_)));
        assert!(matches!(of_postgres("40003", why()), DbError::Unknown(_)));
    }
}
