//! Who may call what: every endpoint × everybody there is, against the table in `matrix/table.rs`.
//!
//! An endpoint that is not in the table fails. Two families and two centres stand side by side, and
//! every identifier, in the path and in the body, is swapped for the other's and for one that was
//! never given out: the two answers must be the same, so that nobody learns what there is.

use std::collections::BTreeMap;

use backend::{
    app::App,
    args,
    staff::{self, House},
};
use domain::{
    booking::Booking,
    endpoint::{Audience, Endpoint, Method},
    endpoints::{Visitor, visit_all},
    failure::Problem,
    household::{PersonDraft, Relation, api::AddPerson},
    id::{AccountId, PersonId, StaffId},
    session::Phone,
    staff::Post,
    time::{CHINA, DAY, Day},
    wish::{Category, WishDraft, api::MakeWish},
};
use serde_json::{Value, json};

use crate::{
    hall::{Guest, Hall, settle},
    matrix::table::{Row, TABLE, Who},
    opened::opened,
    world::{Client, World, fresh_key},
};

mod kin;
mod table;

/// The identifiers that a request is made of, by the names they have in paths and in the table.
pub type Things = BTreeMap<&'static str, String>;

/// What must not be told of others, by its name in the table.
const PRIVATE: [&str; 8] = ["person", "adult", "booking", "mine", "ticket", "staff", "account", "bond"];
/// What only those may touch who work there.
const OF_A_CENTRE: [&str; 5] = ["centre", "slot", "booking", "person", "adult"];

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
    OfficeHere,
    OfficeElsewhere,
    Admin,
    Suspended,
}

impl Actor {
    /// Those who are turned away come first: whoever is let in may change something.
    const ALL: [Self; 12] = [
        Self::Anonymous,
        Self::Garbage,
        Self::Expired,
        Self::Stranger,
        Self::Suspended,
        Self::DeskLocked,
        Self::DeskElsewhere,
        Self::OfficeElsewhere,
        Self::DeskHere,
        Self::OfficeHere,
        Self::Admin,
        Self::Owner,
    ];

    fn expected(self, row: &Row) -> Answer {
        let who = row.who;
        let signed_in = !matches!(self, Self::Anonymous | Self::Garbage | Self::Expired);
        let at_work = signed_in && !matches!(self, Self::Owner | Self::Stranger | Self::Suspended);
        let allowed = match who {
            Who::Everybody => return Answer::In,
            Who::SignedIn => signed_in,
            Who::Owner => self == Self::Owner,
            Who::Staff => at_work,
            Who::Appointers => matches!(self, Self::OfficeHere | Self::OfficeElsewhere | Self::Admin),
            Who::Office => matches!(self, Self::OfficeHere | Self::Admin),
            Who::Centre => matches!(self, Self::DeskLocked | Self::DeskHere | Self::OfficeHere | Self::Admin),
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

/// Two families at two centres, and everybody who might come by.
struct Cast {
    /// What belongs to the owner, and to the centre here.
    ours: Things,
    /// What belongs to the stranger, and to the centre elsewhere.
    theirs: Things,
    /// Names for what was never given out.
    nothing: Things,
    clients: Vec<(Actor, Client)>,
}

impl Cast {
    async fn new(world: &World) -> Self {
        let app = &world.server.app;
        let mut clients = vec![
            (Actor::Anonymous, world.anonymous()),
            (Actor::Garbage, with_token(world, &"A".repeat(43))),
            (Actor::Expired, with_token(world, &expired(app).await)),
        ];
        let (owner, ours) = family(world, "xinsheng", "yangzhou").await;
        let (stranger, theirs) = family(world, "shuangqiao", "xiaoyi").await;
        clients.extend([(Actor::Owner, owner), (Actor::Stranger, stranger)]);
        for (actor, post) in [
            (Actor::DeskHere, Post::Staff("xinsheng".into())),
            (Actor::DeskLocked, Post::Staff("xinsheng".into())),
            (Actor::Suspended, Post::Staff("xinsheng".into())),
            (Actor::DeskElsewhere, Post::Staff("wenchang".into())),
            (Actor::OfficeHere, Post::District("yangzhou".into())),
            (Actor::OfficeElsewhere, Post::District("xiaoyi".into())),
            (Actor::Admin, Post::Admin),
        ] {
            let (token, id) = employ(app, &post).await;
            if actor == Actor::Suspended {
                suspend(app, &id).await;
            }
            let client = with_token(world, &token);
            let at_work = !matches!(actor, Actor::Suspended | Actor::DeskLocked);
            clients.push((actor, if at_work { opened(app, &client).await } else { client }));
        }
        let nothing = ours.keys().map(|name| (*name, format!("{name}-unknown"))).collect();
        Self { ours, theirs, nothing, clients }
    }

    fn client(&self, actor: Actor) -> &Client {
        let found = self.clients.iter().find(|(known, _)| *known == actor);
        &found.expect("everybody is there").1
    }
}

/// A family with a person, a booking, a wish and a member of staff of their centre.
async fn family(world: &World, centre: &str, city: &str) -> (Client, Things) {
    let app = &world.server.app;
    let account = AccountId(app.dice.id("a"));
    let people = [PersonId(app.dice.id("p")), PersonId(app.dice.id("p"))];
    let token = settle(app, &account, &people).await;
    let client = with_token(world, &token);
    let born = Day::from_ymd_opt(2020, 2, 2);
    let child = PersonDraft { relation: Relation::Child, name: "朵朵".into(), born };
    let me = client.call::<AddPerson>((), child).await.expect("added");
    let child = me.people.last().expect("the child").id.clone();
    let hall = Hall::new(app, json!({ "unit": "person" })).await;
    let slot = hall.slot(3, 5).await;
    let other = hall.slot(9, 5).await;
    move_to(app, &hall, centre).await;
    let guest = Guest { client: client.clone(), person: child.clone() };
    let booking: Booking = guest.book(&slot).await.expect("booked");
    let draft =
        WishDraft { centre: centre.into(), category: Category::Place, text: "想要一个充电棚".into() };
    let wish = client.call::<MakeWish>((), draft).await.expect("wished");
    let (_, staff) = employ(app, &Post::Staff(centre.into())).await;
    let task = app.db.row("SELECT id FROM task ORDER BY starts DESC, id LIMIT 1", args![]).await;
    let task = task.expect("reads").expect("the demo has tasks").text("id").expect("an id");
    let (_, bond) = kin::relative(app, &account, "see").await;
    let things = Things::from([
        ("bond", bond),
        ("device", another_device(app, &account).await),
        ("account", account.0),
        ("person", child.0),
        ("adult", people[1].0.clone()),
        ("booking", booking.id.0),
        ("code", booking.code),
        ("slot", slot.0),
        ("other_slot", other.0),
        ("offering", hall.offering.0.clone()),
        ("wish", wish.wish.id.0.clone()),
        ("mine", wish.wish.id.0),
        ("ticket", app.dice.id("k")),
        // Draws are everybody's; one's entry hangs on the draw, and no address names another's.
        ("draw", "wenchang-draw-hobby.20260624".to_owned()),
        ("drawn_slot", "wenchang-weiqi.20260624-1".to_owned()),
        ("task", task),
        ("staff", staff.0),
        ("centre", centre.to_owned()),
        ("city", city.to_owned()),
        ("day", world.now().day(CHINA).to_string()),
    ]);
    (client, things)
}

/// Another device on which an account is signed in.
async fn another_device(app: &App, account: &AccountId) -> String {
    let id = app.dice.id("s");
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "INSERT INTO session (hash, account_id, made, seen, id) VALUES ($1, $2, $3, $3, $4)";
    tx.run(sql, args![app.dice.token(), account, app.now(), &id]).await.expect("a session");
    tx.commit().await.expect("commits");
    id
}

async fn move_to(app: &App, hall: &Hall, centre: &str) {
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "UPDATE offering SET centre_id = $2 WHERE id = $1";
    tx.run(sql, args![&hall.offering, centre]).await.expect("moved");
    tx.commit().await.expect("commits");
}

/// Somebody new with a post: the token of their session, and the post.
async fn employ(app: &App, post: &Post) -> (String, StaffId) {
    let account = AccountId(app.dice.id("a"));
    let token = settle(app, &account, &[PersonId(app.dice.id("p"))]).await;
    let phone = Phone::parse(&format!("137{}", app.dice.digits(8))).expect("a number");
    let house = House { vault: &app.vault, dice: &*app.dice, now: app.now() };
    let mut tx = app.db.begin().await.expect("begins");
    let id = staff::give(&house, &mut tx, &phone, "王老师", post, None).await.expect("given");
    let mac = app.vault.digest(backend::vault::Purpose::Phone, &[phone.reveal()]);
    staff::claim(&mut tx, &account, &mac).await.expect("claimed");
    tx.commit().await.expect("commits");
    (token, id)
}

async fn suspend(app: &App, id: &StaffId) {
    let mut tx = app.db.begin().await.expect("begins");
    tx.run("UPDATE staff SET suspended = 1 WHERE id = $1", args![id]).await.expect("suspended");
    tx.commit().await.expect("commits");
}

/// The token of a session that nobody has used for a hundred days.
async fn expired(app: &App) -> String {
    let account = AccountId(app.dice.id("a"));
    let token = settle(app, &account, &[PersonId(app.dice.id("p"))]).await;
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "UPDATE session SET seen = $2 WHERE account_id = $1";
    tx.run(sql, args![&account, app.now().plus(-100 * DAY)]).await.expect("aged");
    tx.commit().await.expect("commits");
    token
}

fn with_token(world: &World, token: &str) -> Client {
    let mut client = world.anonymous();
    client.cookie = Some(format!("{}={token}", world.server.app.config.session_cookie()));
    client
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
    const SUMS: [&str; 8] = [
        "SELECT id AS a, scope AS b FROM circle WHERE ended IS NULL ORDER BY id",
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
            assert!(found == expected || row.may_miss, "{} by {actor:?}: {answer:?}", row.endpoint);
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
            Who::Office => (&[Actor::OfficeHere], &["staff"]),
            Who::Centre => (&[Actor::DeskHere, Actor::OfficeHere], &OF_A_CENTRE),
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
