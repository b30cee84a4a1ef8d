//! Who may call what: every endpoint × everybody there is, against the table in `matrix/table.rs`.
//!
//! An endpoint that is not in the table fails. Two families and two centres stand side by side, and
//! every identifier, in the path and in the body, is swapped for the other's and for one that was
//! never given out: the two answers must be the same, so that nobody learns what there is.

use std::collections::BTreeMap;

use backend::{app::App, args};
use domain::{
    endpoint::{Audience, Endpoint, Method},
    endpoints::{Visitor, visit_all},
    failure::Problem,
    staff::Post,
};
use serde_json::Value;

use crate::{
    matrix::{
        cast::{Cast, employ, suspend, with_token},
        table::{Row, TABLE, Who},
    },
    world::{Client, World, fresh_key},
};

mod cast;
mod kin;
mod raw;
mod table;

/// The identifiers that a request is made of, by the names they have in paths and in the table.
pub type Things = BTreeMap<&'static str, String>;

/// What must not be told of others, by its name in the table.
const PRIVATE: [&str; 10] =
    ["person", "adult", "booking", "mine", "ticket", "staff", "account", "bond", "volunteer", "member"];
/// What only those may touch who work there.
const OF_A_CENTRE: [&str; 9] =
    ["centre", "slot", "booking", "person", "adult", "volunteer", "team", "member", "draw"];

/// What of the staff's is open to them without their second lock.
const NEEDS_NO_LOCK: [&str; 6] = [
    "GET /api/work",
    "GET /api/work/lock",
    "POST /api/work/lock/secret",
    "POST /api/work/lock",
    "POST /api/work/lock/open",
    "DELETE /api/work/lock/open",
];

/// What a caller is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// The handler was reached and knew what it was about.
    In,
    /// Sign in first.
    SignedOut,
    /// There is no such thing.
    Missing,
    /// The second lock comes first.
    Locked,
}

/// Everybody there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Actor {
    Anonymous,
    Garbage,
    Expired,
    Owner,
    Stranger,
    /// At the desk here, with a lock that is not open.
    DeskLocked,
    DeskHere,
    DeskElsewhere,
    /// The office of the centre's city, of its district, of its street.
    OfficeHere,
    DistrictHere,
    StreetHere,
    /// The office of another city, of another district of this one, of a street there.
    OfficeElsewhere,
    DistrictElsewhere,
    StreetElsewhere,
    Admin,
    /// Of the desk here, of the office above it.
    Suspended,
    OfficeSuspended,
    /// A volunteer here, and one whom the desk has suspended.
    Volunteer,
    VolunteerSuspended,
    /// Of the team here, of one elsewhere, and one whom the desk has suspended.
    Member,
    MemberElsewhere,
    MemberSuspended,
}

impl Actor {
    /// Those who are turned away come first: whoever is let in may change something.
    const ALL: [Self; 22] = [
        Self::Anonymous,
        Self::Garbage,
        Self::Expired,
        Self::Stranger,
        Self::Suspended,
        Self::OfficeSuspended,
        Self::DeskLocked,
        Self::Volunteer,
        Self::VolunteerSuspended,
        Self::MemberElsewhere,
        Self::MemberSuspended,
        Self::Member,
        Self::DeskElsewhere,
        Self::OfficeElsewhere,
        Self::DistrictElsewhere,
        Self::StreetElsewhere,
        Self::DeskHere,
        Self::StreetHere,
        Self::DistrictHere,
        Self::OfficeHere,
        Self::Admin,
        Self::Owner,
    ];

    fn expected(self, row: &Row) -> Answer {
        let who = row.who;
        let signed_in = !matches!(self, Self::Anonymous | Self::Garbage | Self::Expired);
        let desks = [Self::DeskLocked, Self::DeskHere, Self::DeskElsewhere].contains(&self);
        let above = [Self::StreetHere, Self::DistrictHere, Self::OfficeHere, Self::Admin].contains(&self);
        let beside = [Self::OfficeElsewhere, Self::DistrictElsewhere, Self::StreetElsewhere].contains(&self);
        let allowed = match who {
            Who::Everybody => return Answer::In,
            Who::SignedIn => signed_in,
            Who::Owner => self == Self::Owner,
            Who::Staff => desks || above || beside,
            Who::Member => self == Self::Member,
            Who::Appointers => above || beside,
            Who::Office => above,
            Who::Above => above && self != Self::StreetHere,
            Who::Centre => above || matches!(self, Self::DeskHere | Self::DeskLocked),
        };
        if self == Self::DeskLocked
            && row.endpoint.contains(" /api/work")
            && !NEEDS_NO_LOCK.contains(&row.endpoint)
        {
            return Answer::Locked;
        }
        match (signed_in, allowed) {
            (false, _) => Answer::SignedOut,
            (true, true) => Answer::In,
            (true, false) => Answer::Missing,
        }
    }
}

/// A request with identifiers filled in: its path and its body.
fn fill(row: &Row, things: &Things) -> (String, Value) {
    let (_, path) = row.endpoint.split_once(' ').expect("a verb and a path");
    let path = path.split(['{', '}']).enumerate().fold(String::new(), |mut filled, (index, piece)| {
        let name = if row.who == Who::Owner && piece == "wish" { "mine" } else { piece };
        let value = things.get(name).map_or("-", String::as_str);
        filled.push_str(if index % 2 == 0 { piece } else { value });
        filled
    });
    (path, (row.body)(things))
}

/// Sends it: the status, and the body with every identifier blotted out.
async fn send(client: &Client, row: &Row, things: &Things) -> (u16, String) {
    let (verb, _) = row.endpoint.split_once(' ').expect("a verb and a path");
    let (path, body) = fill(row, things);
    let method = reqwest::Method::from_bytes(verb.as_bytes()).expect("a method");
    let mut request = client.request(method, &path);
    if verb != "GET" {
        request = request.header("idempotency-key", fresh_key());
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    let answer = request.send().await.expect("an answer");
    let status = answer.status().as_u16();
    let text = answer.text().await.expect("a whole answer");
    let blotted = things.values().filter(|value| value.len() > 3).fold(text, |text, value| {
        // Whatever was named may come back; that it does, or not, must not tell.
        text.replace(value.as_str(), "ID")
    });
    (status, blotted)
}

fn read((status, body): &(u16, String)) -> Answer {
    let problem = || serde_json::from_str::<Problem>(body).ok();
    match status {
        401 => {
            assert_eq!(problem(), Some(Problem::SignedOut), "{body}");
            Answer::SignedOut
        }
        423 => {
            assert_eq!(problem(), Some(Problem::Locked), "{body}");
            Answer::Locked
        }
        404 => {
            assert_eq!(problem(), Some(Problem::NotFound), "{body}");
            Answer::Missing
        }
        200 | 422 | 429 => Answer::In,
        other => panic!("{other}: {body}"),
    }
}

/// What a denied call must leave as it was.
async fn state(app: &App) -> Vec<String> {
    const SUMS: [&str; 10] = [
        "SELECT id AS a, scope AS b FROM circle WHERE ended IS NULL ORDER BY id",
        "SELECT id AS a, COALESCE(reason, '') || centre_id AS b FROM volunteer WHERE ended IS NULL ORDER BY id",
        "SELECT id AS a, COALESCE(account_id, '') AS b FROM team_member WHERE suspended IS NULL ORDER BY id",
        "SELECT id AS a, state AS b FROM booking ORDER BY id",
        "SELECT id AS a, sealed_box AS b FROM person WHERE removed IS NULL ORDER BY id",
        "SELECT id AS a, COALESCE(account_id, '') AS b FROM staff WHERE suspended IS NULL ORDER BY id",
        "SELECT wish_id AS a, kind AS b FROM wish_step ORDER BY wish_id, seq",
        "SELECT task_id AS a, account_id AS b FROM task_claim ORDER BY task_id, account_id",
        "SELECT account_id AS a, prefers AS b FROM draw_entry WHERE withdrawn IS NULL ORDER BY account_id",
        "SELECT id AS a, CAST(taken AS TEXT) AS b FROM slot WHERE taken > 0 ORDER BY id",
    ];
    let mut all = Vec::new();
    for sql in SUMS {
        for row in app.db.rows(sql, args![]).await.expect("reads") {
            all.push(format!("{}={}", row.text("a").expect("text"), row.text("b").expect("text")));
        }
    }
    all
}

struct Declared(Vec<String>);

impl Visitor for Declared {
    fn visit<E: Endpoint>(&mut self) {
        self.0.push(format!("{} {}", E::METHOD.name(), E::PATH));
        let lockless = E::AUDIENCE == Audience::Staff && !E::LOCKED;
        let endpoint = self.0.last().expect("just pushed");
        assert_eq!(lockless, NEEDS_NO_LOCK.contains(&&**endpoint), "{endpoint}: with or without the lock?");
        assert!(
            E::METHOD != Method::Get || std::any::TypeId::of::<E::Input>() == std::any::TypeId::of::<()>()
        );
    }
}

#[test]
fn every_endpoint_is_in_the_table_and_nothing_else() {
    let mut declared = Declared(Vec::new());
    visit_all(&mut declared);
    let known: Vec<&str> = TABLE.iter().map(|row| row.endpoint).collect();
    for endpoint in &declared.0 {
        assert!(
            known.contains(&&**endpoint),
            "{endpoint} is missing in tests/api/matrix/table.rs: who may call it?"
        );
    }
    for endpoint in known {
        assert!(declared.0.iter().any(|known| known == endpoint), "{endpoint} is in the table only");
    }
}

#[tokio::test]
async fn everybody_is_answered_as_the_table_says() {
    let world = World::new().await;
    for row in TABLE {
        let cast = Cast::new(&world).await;
        let before = state(&world.server.app).await;
        for actor in Actor::ALL {
            let expected = actor.expected(row);
            if expected == Answer::In && row.who != Who::Everybody {
                continue;
            }
            let answer = send(cast.client(actor), row, &cast.ours).await;
            let found = read(&answer);
            // Who is let in may find nothing there; who is not must be told that there is nothing.
            let may_miss = row.may_miss && expected == Answer::In;
            assert!(found == expected || may_miss, "{} by {actor:?}: {answer:?}", row.endpoint);
        }
        if row.who != Who::Everybody {
            assert_eq!(
                state(&world.server.app).await,
                before,
                "{}: a denied call left a trace",
                row.endpoint
            );
        }
        for actor in Actor::ALL.into_iter().filter(|actor| actor.expected(row) == Answer::In) {
            let answer = send(cast.client(actor), row, &cast.ours).await;
            let found = read(&answer);
            assert!(found == Answer::In || row.may_miss, "{} by {actor:?}: {answer:?}", row.endpoint);
        }
    }
}

#[tokio::test]
async fn what_belongs_to_others_is_answered_like_what_there_is_not() {
    let world = World::new().await;
    for row in TABLE {
        let (actors, names): (&[Actor], &[&str]) = match row.who {
            Who::Everybody | Who::Staff | Who::Appointers => continue,
            Who::SignedIn | Who::Owner => (&[Actor::Owner, Actor::Stranger], &PRIVATE),
            Who::Member => (&[Actor::Member], &["team"]),
            Who::Above => (&[Actor::DistrictHere, Actor::OfficeHere], &["area"]),
            Who::Office => (&[Actor::StreetHere, Actor::OfficeHere], &["staff", "centre"]),
            Who::Centre => (&[Actor::DeskHere, Actor::StreetHere, Actor::OfficeHere], &OF_A_CENTRE),
        };
        // Nothing that is sent here changes anything, so that one cast does.
        let cast = Cast::new(&world).await;
        for actor in actors {
            for name in names {
                let (own, others) = match actor {
                    Actor::Stranger => (&cast.theirs, &cast.ours),
                    _ => (&cast.ours, &cast.theirs),
                };
                let swapped = |with: &Things| {
                    let mut things = own.clone();
                    things.insert(name, with[name].clone());
                    things
                };
                let (foreign, unknown) = (swapped(others), swapped(&cast.nothing));
                if fill(row, &foreign) == fill(row, own) {
                    continue;
                }
                let before = state(&world.server.app).await;
                let foreign = send(cast.client(*actor), row, &foreign).await;
                let unknown = send(cast.client(*actor), row, &unknown).await;
                let told = format!("{} by {actor:?}, {name} swapped", row.endpoint);
                assert_eq!(foreign, unknown, "{told}: one can tell");
                assert!(matches!(foreign.0, 404 | 422), "{told}: {foreign:?}");
                assert_eq!(state(&world.server.app).await, before, "{told}: it left a trace");
            }
        }
    }
}

#[tokio::test]
async fn whoever_loses_a_post_loses_it_at_the_very_next_request() {
    let world = World::new().await;
    let app = &world.server.app;
    let (token, id) = employ(app, &Post::Staff("xinsheng".into())).await;
    let client = with_token(&world, &token);
    let row = TABLE.iter().find(|row| row.endpoint == "GET /api/work").expect("in the table");
    assert_eq!(send(&client, row, &Things::new()).await.0, 200);
    suspend(app, &id).await;
    assert_eq!(send(&client, row, &Things::new()).await.0, 404);
}
