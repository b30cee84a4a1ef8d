//! Values for the placeholders of a statement.

use domain::{
    id::{
        AccountId, AreaId, BondId, BookingId, CentreId, CityId, DeviceId, DrawId, GuardianId, MemberId,
        NoticeId, OfferingId, PersonId, SlotId, StaffId, TaskId, TeamId, TicketId, VolunteerId, WishId,
    },
    time::Moment,
};
use sqlx::{Arguments, postgres::PgArguments, sqlite::SqliteArguments};

use super::DbError;

/// One value. What may be absent says what it would be, for PostgreSQL needs to know.
#[derive(Clone, Debug)]
pub enum Arg {
    /// A text.
    Text(String),
    /// An integer.
    Int(i64),
    /// A text or NULL.
    TextOpt(Option<String>),
    /// An integer or NULL.
    IntOpt(Option<i64>),
}

impl Arg {
    /// A list, or whatever else, that travels as one JSON text; SQLite unfolds it with `json_each`,
    /// PostgreSQL with functions of its own.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<Self, DbError> {
        serde_json::to_string(value).map(Self::Text).map_err(|error| DbError::Other(error.to_string()))
    }
}

/// Adds every value to the arguments of either driver.
macro_rules! bind {
    ($values:expr, $into:expr) => {{
        let mut into = $into;
        for value in $values {
            match value {
                Arg::Text(value) => into.add(value),
                Arg::Int(value) => into.add(value),
                Arg::TextOpt(value) => into.add(value),
                Arg::IntOpt(value) => into.add(value),
            }
            .map_err(|error| DbError::Other(error.to_string()))?;
        }
        Ok(into)
    }};
}

/// The values as SQLite's driver takes them.
pub(super) fn for_sqlite(values: Vec<Arg>) -> Result<SqliteArguments, DbError> {
    bind!(values, SqliteArguments::default())
}

/// The values as PostgreSQL's driver takes them.
pub(super) fn for_postgres(values: Vec<Arg>) -> Result<PgArguments, DbError> {
    bind!(values, PgArguments::default())
}

/// Makes a value of each of these types into an argument.
macro_rules! from {
    ($($type:ty => |$value:ident| $arg:expr;)*) => {$(
        impl From<$type> for Arg {
            fn from($value: $type) -> Self {
                $arg
            }
        }
    )*};
}

from! {
    String => |value| Self::Text(value);
    &String => |value| Self::Text(value.clone());
    &str => |value| Self::Text(value.to_owned());
    Option<String> => |value| Self::TextOpt(value);
    Option<&str> => |value| Self::TextOpt(value.map(str::to_owned));
    i64 => |value| Self::Int(value);
    i32 => |value| Self::Int(value.into());
    u32 => |value| Self::Int(value.into());
    u16 => |value| Self::Int(value.into());
    bool => |value| Self::Int(value.into());
    Moment => |value| Self::Int(value.0);
    Option<i64> => |value| Self::IntOpt(value);
    Option<u32> => |value| Self::IntOpt(value.map(Into::into));
    Option<Moment> => |value| Self::IntOpt(value.map(|moment| moment.0));
}

/// Identifiers are texts.
macro_rules! from_ids {
    ($($id:ty)*) => {$(
        impl From<$id> for Arg {
            fn from(value: $id) -> Self {
                Self::Text(value.0)
            }
        }

        impl From<&$id> for Arg {
            fn from(value: &$id) -> Self {
                Self::Text(value.0.clone())
            }
        }

        impl From<Option<&$id>> for Arg {
            fn from(value: Option<&$id>) -> Self {
                Self::TextOpt(value.map(|id| id.0.clone()))
            }
        }
    )*};
}

from_ids! {
    AccountId AreaId BondId BookingId CentreId CityId DeviceId DrawId GuardianId MemberId NoticeId OfferingId PersonId
    SlotId StaffId TaskId TeamId TicketId VolunteerId WishId
}
