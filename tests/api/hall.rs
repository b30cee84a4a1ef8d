//! A hall for the tests of bookings: offerings and slots with the very rules a test is about, and a
//! crowd that is signed in already.

use std::sync::atomic::{AtomicU32, Ordering};

use backend::{app::App, args, db::Db, digest::sha256, household::Sealed, vault::Place};
use domain::{
    booking::{
        Booking,
        api::{Book, BookRequest},
    },
    failure::Problem,
    id::{AccountId, OfferingId, PersonId, SlotId},
    session::api::GetMe,
    time::{DAY, HOUR, Moment},
};
use serde_json::{Value, json};

use crate::world::{Client, World};

static HALLS: AtomicU32 = AtomicU32::new(0);

/// An offering of the test's own.
pub struct Hall {
    app: App,
    /// Its offering.
    pub offering: OfferingId,
}

impl Hall {
    /// An offering whose details are those of the ping-pong table but for `rules`, such as
    /// `{"unit": "person"}`.
    pub async fn new(app: &App, rules: Value) -> Self {
        let offering = OfferingId(format!("hall-{}", HALLS.fetch_add(1, Ordering::SeqCst)));
        let pattern = app.db.row("SELECT * FROM offering WHERE id = $1", args!["xinsheng-pingpong"]).await;
        let pattern = pattern.expect("reads").expect("the demo's table");
        let mut details: Value = pattern.json("details").expect("details");
        details["patterns"] = json!([]);
        let of_the_demo = ["fair", "grace_minutes", "table_seats", "except"];
        for name in of_the_demo {
            details.as_object_mut().expect("details are an object").remove(name);
        }
        for (name, value) in rules.as_object().expect("rules are an object") {
            details[name] = value.clone();
        }
        let mut tx = app.db.begin().await.expect("begins");
        let sql = "INSERT INTO offering (id, centre_id, kind, details) VALUES ($1, 'xinsheng', 'club', $2)";
        tx.run(sql, args![&offering, details.to_string()]).await.expect("an offering");
        tx.commit().await.expect("commits");
        Self { app: app.clone(), offering }
    }

    /// A slot of an hour that starts so many hours from now, can be booked at once and until then.
    pub async fn slot(&self, in_hours: i64, capacity: u32) -> SlotId {
        let now = self.app.now();
        self.slot_between(in_hours, capacity, now, now.plus(in_hours * HOUR)).await
    }

    /// A slot that can be booked from `opens` to `closes`.
    pub async fn slot_between(&self, in_hours: i64, capacity: u32, opens: Moment, closes: Moment) -> SlotId {
        let id = SlotId(format!("{}.{}", self.offering, HALLS.fetch_add(1, Ordering::SeqCst)));
        let starts = self.app.now().plus(in_hours * HOUR);
        let ends = starts.plus(HOUR);
        let meetings = json!([{ "starts": starts, "ends": ends }]).to_string();
        let mut tx = self.app.db.begin().await.expect("begins");
        let sql = "INSERT INTO slot (id, offering_id, starts, ends, meetings, capacity, opens, closes) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let args = args![&id, &self.offering, starts, ends, meetings, capacity, opens, closes];
        tx.run(sql, args).await.expect("a slot");
        tx.commit().await.expect("commits");
        id
    }
}

impl Hall {
    /// Makes a slot a course: so many meetings, a week apart.
    pub async fn weekly(&self, slot: &SlotId, meetings: i64) {
        let mut tx = self.app.db.begin().await.expect("begins");
        let row = tx.row("SELECT starts FROM slot WHERE id = $1", args![slot]).await.expect("reads");
        let first = row.expect("a slot").moment("starts").expect("a time");
        let starts = |week: i64| first.plus(week * 7 * DAY);
        let all: Vec<_> = (0..meetings)
            .map(|week| json!({ "starts": starts(week), "ends": starts(week).plus(HOUR) }))
            .collect();
        let sql = "UPDATE slot SET meetings = $2, ends = $3 WHERE id = $1";
        let ends = starts(meetings - 1).plus(HOUR);
        tx.run(sql, args![slot, json!(all).to_string(), ends]).await.expect("a course");
        tx.commit().await.expect("commits");
    }

    /// Keeps so many places of a slot for the counter until then.
    pub async fn keep(&self, slot: &SlotId, kept: u32, until: Moment) {
        let mut tx = self.app.db.begin().await.expect("begins");
        let sql = "UPDATE slot SET kept = $2, kept_until = $3 WHERE id = $1";
        tx.run(sql, args![slot, kept, until]).await.expect("kept");
        tx.commit().await.expect("commits");
    }
}

/// What the database says of a slot: taken, waiting, next number, and the same counted anew.
#[derive(Debug, PartialEq, Eq)]
pub struct Ledger {
    /// Places taken.
    pub taken: i64,
    /// Parties waiting.
    pub waiting: i64,
    /// The numbers of all bookings in order.
    pub seqs: Vec<i64>,
}

/// Reads a slot's ledger; what is kept and what is counted must agree.
pub async fn ledger(db: &Db, slot: &SlotId) -> Ledger {
    let sql = "SELECT taken, waiting, next_seq, \
               (SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM booking \
                WHERE slot_id = s.id AND host IS NULL \
                AND state IN ('confirmed', 'offered', 'attended')) AS sum, \
               (SELECT COUNT(*) FROM booking WHERE slot_id = s.id AND state = 'waitlisted') AS queue \
               FROM slot s WHERE s.id = $1";
    let row = db.row(sql, args![slot]).await.expect("reads").expect("a slot");
    let int = |column| row.int(column).expect("a number");
    let rows = db.rows("SELECT seq FROM booking WHERE slot_id = $1 ORDER BY seq", args![slot]).await;
    let seqs: Vec<i64> = rows.expect("reads").iter().map(|row| row.int("seq").expect("a number")).collect();
    assert_eq!((int("taken"), int("waiting")), (int("sum"), int("queue")), "kept and counted");
    assert_eq!(int("next_seq"), i64::try_from(seqs.len()).expect("few") + 1, "no number is left out");
    Ledger { taken: int("taken"), waiting: int("waiting"), seqs }
}

/// Somebody of a crowd.
#[derive(Clone)]
pub struct Guest {
    /// Their browser.
    pub client: Client,
    /// Themselves.
    pub person: PersonId,
}

impl Guest {
    /// Somebody who signed in by hand.
    pub async fn of(client: Client) -> Self {
        let me = client.call::<GetMe>((), ()).await.expect("signed in");
        Self { person: me.people[0].id.clone(), client }
    }

    /// Books for oneself.
    ///
    /// # Errors
    /// What the server answers.
    pub async fn book(&self, slot: &SlotId) -> Result<Booking, Problem> {
        self.client.call::<Book>((), request(slot, [&self.person])).await
    }
}

/// A request for a slot.
pub fn request<'a>(slot: &SlotId, people: impl IntoIterator<Item = &'a PersonId>) -> BookRequest {
    BookRequest::new(slot.clone(), people.into_iter().cloned().collect())
}

/// So many people who are signed in, each an account of its own; straight into the database, for
/// codes are limited.
pub async fn crowd(world: &World, count: usize) -> Vec<Guest> {
    let app = &world.server.app;
    let mut guests = Vec::with_capacity(count);
    for _ in 0..count {
        let account = AccountId(app.dice.id("a"));
        let person = PersonId(app.dice.id("p"));
        let token = settle(app, &account, core::slice::from_ref(&person)).await;
        let mut client = world.anonymous();
        client.cookie = Some(format!("{}={token}", app.config.session_cookie()));
        guests.push(Guest { client, person });
    }
    guests
}

/// Writes an account with its people, the holder first; the token of its session.
pub async fn settle(app: &App, account: &AccountId, people: &[PersonId]) -> String {
    let token = app.dice.token();
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "INSERT INTO account (id, phone_mac, phone_box, made) VALUES ($1, $1, $2, $3)";
    let place = Place { table: "account", row: account.as_str(), column: "phone_box" };
    let phone = app.vault.seal(place, b"13800000000").expect("sealed");
    tx.run(sql, args![account, phone, app.now()]).await.expect("an account");
    for (n, person) in people.iter().enumerate() {
        let relation = if n == 0 { "Myself" } else { "Adult" };
        let sql = "INSERT INTO person (id, account_id, relation, sealed_box) VALUES ($1, $2, $3, $4)";
        tx.run(sql, args![person, account, relation, seal(app, person)]).await.expect("a person");
    }
    let sql = "INSERT INTO session (hash, account_id, made, seen) VALUES ($1, $2, $3, $3)";
    tx.run(sql, args![sha256(&token), account, app.now()]).await.expect("a session");
    tx.commit().await.expect("commits");
    token
}

/// The box of a person who has not said a name.
fn seal(app: &App, person: &PersonId) -> String {
    let place = Place { table: "person", row: person.as_str(), column: "sealed_box" };
    let plain = serde_json::to_vec(&Sealed::default()).expect("JSON");
    app.vault.seal(place, &plain).expect("sealed")
}
