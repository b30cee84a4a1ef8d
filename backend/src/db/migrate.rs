//! The tables, made and changed step by step; both databases take the same steps, almost always in the
//! same words.

use std::borrow::Cow;

use sqlx::{
    SqlSafeStr,
    migrate::{MigrateError, Migration, MigrationType, Migrator},
};

use super::{DbError, Sql};

/// The steps in order, each with its number. A step that has been released is never changed; a new one is added.
const STEPS: &[(i64, &str, Sql)] = &[
    (1, "house", Sql::same(include_str!("../../migrations/0001_house.sql"))),
    (2, "calendar", Sql::same(include_str!("../../migrations/0002_calendar.sql"))),
    (3, "engine", Sql::same(include_str!("../../migrations/0003_engine.sql"))),
    (4, "draw", Sql::same(include_str!("../../migrations/0004_draw.sql"))),
    (5, "staff", Sql::same(include_str!("../../migrations/0005_staff.sql"))),
    (6, "people", Sql::same(include_str!("../../migrations/0006_people.sql"))),
    (7, "identity", Sql::same(include_str!("../../migrations/0007_identity.sql"))),
    (8, "privacy", Sql::same(include_str!("../../migrations/0008_privacy.sql"))),
    (9, "circle", Sql::same(include_str!("../../migrations/0009_circle.sql"))),
    (10, "roles", Sql::same(include_str!("../../migrations/0010_roles.sql"))),
    (11, "lock", Sql::same(include_str!("../../migrations/0011_lock.sql"))),
    (12, "engine2", Sql::same(include_str!("../../migrations/0012_engine2.sql"))),
    (13, "records", Sql::same(include_str!("../../migrations/0013_records.sql"))),
    (14, "desk", Sql::same(include_str!("../../migrations/0014_desk.sql"))),
    (16, "real_life", Sql::same(include_str!("../../migrations/0016_real_life.sql"))),
    (17, "references", Sql::both("", include_str!("../../migrations/0017_references.postgres.sql"))),
    (18, "queue", Sql::same(include_str!("../../migrations/0018_queue.sql"))),
];

/// All steps in the words that `text` chooses, to be run on a connection; what has been taken already is
/// checked and passed over.
pub(super) fn steps(text: fn(&Sql) -> &'static str) -> Migrator {
    up_to(STEPS.len(), text)
}

/// The first so many steps.
fn up_to(count: usize, text: fn(&Sql) -> &'static str) -> Migrator {
    let steps = STEPS[..count].iter().map(|(version, name, sql)| {
        let name = Cow::Borrowed(*name);
        Migration::new(*version, name, MigrationType::Simple, text(sql).into_sql_str(), false)
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

#[cfg(test)]
mod tests {
    use sqlx::{ConnectOptions, Connection, Executor, sqlite::SqliteConnectOptions};

    use super::*;
    use crate::{
        args,
        db::{DatabaseUrl, Db},
    };

    /// A database as it was before a step, with these rows; then all steps are taken.
    async fn taken(step: &str, rows: &[&'static str]) -> (std::path::PathBuf, Db) {
        let folder = std::env::temp_dir().join(format!("doorstep-{step}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("x.db");
        let before = STEPS.iter().position(|(_, name, _)| *name == step).expect("the step");
        let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
        let mut old = options.connect().await.expect("opens");
        up_to(before, |sql| sql.sqlite).run_direct(None, &mut old, false).await.expect("as it was before");
        for sql in rows {
            old.execute(*sql).await.expect("written");
        }
        old.close().await.expect("closed");
        (folder, Db::open(&DatabaseUrl::file(&path)).await.expect("takes the other steps"))
    }

    #[tokio::test]
    async fn queues_of_what_has_begun_end_and_all_others_are_due_at_their_start() {
        let (folder, db) = taken(
            "queue",
            &[
                "INSERT INTO city (id, name_zh, sort) VALUES ('c', '扬州', 0)",
                "INSERT INTO centre (id, city_id, details) VALUES ('x', 'c', '{}')",
                "INSERT INTO offering (id, centre_id, kind, sort, details) VALUES ('o', 'x', 'course', 0, '{}')",
                "INSERT INTO account (id, phone_mac, phone_box, made) VALUES ('a', 'm', 'b', 0)",
                "INSERT INTO person (id, account_id, relation, sealed_box, sort) VALUES ('p', 'a', 'Myself', 'b', 0)",
                "INSERT INTO slot (id, offering_id, starts, ends, meetings, capacity, waiting, opens, closes) \
                 VALUES ('past', 'o', 40, 50, '[]', 0, 1, 0, 0), ('ahead', 'o', 90, 99, '[]', 0, 1, 0, 0), \
                 ('bed', 'o', 4102358400000, 4102444800000, '[]', 0, 1, 0, 0)",
                "INSERT INTO booking (id, account_id, slot_id, seq, size, state, code, made, changed, idem_key, \
                                      body_hash) \
                 VALUES ('b1', 'a', 'past', 1, 1, 'waitlisted', 'C', 10, 10, 'k1', ''), \
                 ('b2', 'a', 'ahead', 1, 1, 'waitlisted', 'C', 60, 60, 'k2', ''), \
                 ('b3', 'a', 'bed', 1, 1, 'waitlisted', 'C', 20, 20, 'k3', '')",
                "INSERT INTO booking_person (booking_id, slot_id, person_id, place, live) \
                 VALUES ('b1', 'past', 'p', 0, 1), ('b2', 'ahead', 'p', 0, 1), ('b3', 'bed', 'p', 0, 1)",
            ],
        )
        .await;
        let sql = "SELECT b.state, b.changed, bp.live, s.waiting, COALESCE(s.due, 0) AS due FROM booking b \
                   JOIN slot s ON s.id = b.slot_id JOIN booking_person bp ON bp.booking_id = b.id ORDER BY b.id";
        let rows = db.rows(sql, args![]).await.expect("reads");
        let told = rows.iter().map(|row| {
            let int = |name| row.int(name).expect("a number");
            let state = row.text("state").expect("a state");
            format!("{state} {} {} {} {}", int("changed"), int("live"), int("waiting"), int("due"))
        });
        let told: Vec<String> = told.collect();
        assert_eq!(told, ["lapsed 40 0 0 0", "waitlisted 60 1 1 90", "waitlisted 20 1 1 0"]);
        db.close().await;
        std::fs::remove_dir_all(folder).expect("removed");
    }

    #[tokio::test]
    async fn offices_of_cities_become_offices_of_areas_and_the_demos_are_known() {
        let rows = [
            "INSERT INTO city (id, name_zh, sort) VALUES ('yangzhou', '扬州', 0)",
            "INSERT INTO centre (id, city_id, details) VALUES ('xinsheng', 'yangzhou', '{}')",
            "INSERT INTO staff (id, phone_mac, sealed_box, role, city_id, made) \
             VALUES ('s1', 'm1', 'b', 'district', 'yangzhou', 1)",
            "INSERT INTO staff (id, phone_mac, sealed_box, role, centre_id, made, suspended) \
             VALUES ('s2', 'm2', 'b', 'staff', 'xinsheng', 2, 3)",
            // This one was given at the keyboard: that is on record.
            "INSERT INTO audit (seq, at, act, subject, purpose, prev, hash) \
             VALUES (1, 2, 'invite', 's2', '', '', '')",
        ];
        let (folder, db) = taken("roles", &rows).await;
        let sql = "SELECT s.id, s.role, s.demo, COALESCE(a.path, '') AS path, \
                   COALESCE(s.suspended, 0) AS suspended FROM staff s \
                   LEFT JOIN area a ON a.id = s.area_id ORDER BY s.id";
        let rows = db.rows(sql, args![]).await.expect("reads");
        let told: Vec<String> = rows
            .iter()
            .map(|row| {
                let text = |name| row.text(name).expect("a text");
                let int = |name| row.int(name).expect("a number");
                let (id, role, path) = (text("id"), text("role"), text("path"));
                format!("{id} {role} {path} {} {}", int("demo"), int("suspended"))
            })
            .collect();
        assert_eq!(told, ["s1 office yangzhou/ 1 0", "s2 staff  0 3"]);
        db.close().await;
        std::fs::remove_dir_all(folder).expect("removed");
    }
}
