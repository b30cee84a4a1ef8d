//! The tables, made and changed step by step; both databases take the same steps.

use std::borrow::Cow;

use sqlx::{
    SqlSafeStr,
    migrate::{MigrateError, Migration, MigrationType, Migrator},
};

use super::DbError;

/// The steps in order, each with its number. A step that has been released is never changed; a new one is added.
const STEPS: &[(i64, &str, &str)] = &[
    (1, "house", include_str!("../../migrations/0001_house.sql")),
    (2, "calendar", include_str!("../../migrations/0002_calendar.sql")),
    (3, "engine", include_str!("../../migrations/0003_engine.sql")),
    (4, "draw", include_str!("../../migrations/0004_draw.sql")),
    (5, "staff", include_str!("../../migrations/0005_staff.sql")),
    (6, "people", include_str!("../../migrations/0006_people.sql")),
    (7, "identity", include_str!("../../migrations/0007_identity.sql")),
    (8, "privacy", include_str!("../../migrations/0008_privacy.sql")),
    (9, "circle", include_str!("../../migrations/0009_circle.sql")),
    (11, "lock", include_str!("../../migrations/0011_lock.sql")),
    (12, "engine2", include_str!("../../migrations/0012_engine2.sql")),
];

/// All steps, to be run on a connection; what has been taken already is checked and passed over.
pub(super) fn steps() -> Migrator {
    let steps = STEPS.iter().map(|(version, name, sql)| {
        let name = Cow::Borrowed(*name);
        Migration::new(*version, name, MigrationType::Simple, (*sql).into_sql_str(), false)
    });
    Migrator::with_migrations(steps.collect())
}

/// A disk that is full says so; everything else ends the start.
pub(super) fn explain(error: MigrateError) -> DbError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        MigrateError::VersionMissing(step) => {
            DbError::Other(format!("step {step} comes from a newer version of the server"))
        }
        MigrateError::VersionMismatch(step) => DbError::Other(format!(
            "step {step} was another one when this database was made: an unreleased version"
        )),
        other => DbError::Other(other.to_string()),
    }
}
