//! A statement: one text for both databases, or two side by side.

/// A statement in the words of each database.
#[derive(Clone, Copy, Debug)]
pub struct Sql {
    /// What SQLite is told.
    pub(super) sqlite: &'static str,
    /// What PostgreSQL is told.
    pub(super) postgres: &'static str,
}

impl Sql {
    /// A statement that the two must be told in different words.
    pub const fn both(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite, postgres }
    }

    /// A statement in words that both understand.
    pub const fn same(text: &'static str) -> Self {
        Self { sqlite: text, postgres: text }
    }

    /// Tells the log, where it wants to know every statement (`DOORSTEP_LOG=backend::db=trace`).
    pub(super) fn trace(self) {
        tracing::trace!(sql = self.sqlite, "statement");
    }
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Self::same(text)
    }
}
