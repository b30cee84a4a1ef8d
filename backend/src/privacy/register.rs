//! What a line of the register of tables says: what is kept of whom, what for, for how long, and what
//! becomes of it when an account is erased.
//!
//! The lines stand in `store/tables/`. The archive of one's own data, erasure, retention and the page
//! that tells what is kept are all made from them, and a test compares them with the schema: a table
//! or a column that nobody declared is a failure, not a leak.

use domain::text::Text;

/// The same words in Chinese and in English.
pub type Say = (&'static str, &'static str);

/// Words as they travel.
pub fn text((zh, en): Say) -> Text {
    Text { zh: zh.into(), en: en.into() }
}

/// What a column holds, and so how it is shown to whom it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An identifier: in the file for machines alone.
    Id,
    /// A digest or a key to something; never shown, for whoever finds the file could use it.
    Secret,
    /// Words of theirs, or about them.
    Text,
    /// A word of the house's own, such as `confirmed`, for which there are words.
    Word,
    /// What a device looked like.
    Device,
    /// Something that only machines read, as JSON.
    Json,
    /// Sealed: opened for its owner.
    Sealed,
    /// One of the household, by their identifier.
    Person,
    /// A number.
    Number,
    /// A number that only machines read.
    Plain,
    /// An instant; 0 and nothing are never.
    Time,
    /// Yes or no.
    Truth,
}

impl Kind {
    /// Whether it is kept as an integer.
    pub const fn is_int(self) -> bool {
        matches!(self, Self::Number | Self::Plain | Self::Time | Self::Truth)
    }

    /// Whether people read it, and not only machines.
    pub const fn is_for_people(self) -> bool {
        !matches!(self, Self::Id | Self::Secret | Self::Json | Self::Plain)
    }
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the schema.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What people call it.
    pub label: Say,
}

/// A column that people read.
pub const fn shown(name: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Column {
    Column { name, kind, label: (zh, en) }
}

/// A column that people do not read.
pub const fn quiet(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, label: ("", "") }
}

/// What a table is about, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Who one is, and signing in.
    Account,
    /// The household.
    Family,
    /// What was booked.
    Bookings,
    /// Wishes and helping.
    Neighbours,
    /// What the house did.
    House,
}

/// How long the rows of a table stay.
#[derive(Clone, Copy, Debug)]
pub enum Kept {
    /// Until the account is erased, or its holder takes it away.
    Account,
    /// For good, in a form that names nobody.
    Good,
}

/// What goes by itself, without anybody asking.
#[derive(Clone, Copy, Debug)]
pub struct Sweep {
    /// What goes: `两年前结束的预约里，是谁来的`.
    pub what: Say,
    /// After so many days.
    pub days: i64,
    /// Counts as `due` what is older than the instant `$1`.
    pub count: &'static str,
    /// Takes it away.
    pub run: &'static str,
}

/// A table that holds something of somebody.
#[derive(Debug)]
pub struct Table {
    /// Its name in the schema.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// What its rows are.
    pub title: Say,
    /// What they are kept for.
    pub why: Say,
    /// All its columns.
    pub columns: &'static [Column],
    /// Reads the rows of the account `$1`; also as `about` the JSON of what a row is about, and as
    /// `about_at` when that starts, where `has_about` says so.
    pub mine: &'static str,
    /// Whether `mine` brings `about` and `about_at`.
    pub has_about: bool,
    /// How long its rows stay.
    pub kept: Kept,
    /// What goes by itself.
    pub sweep: Option<Sweep>,
    /// Erases the account `$1`, in this order.
    pub erase: &'static [&'static str],
    /// What becomes of the rows then.
    pub after: Say,
}
