//! Attacks on signing in: guessing, bombing, asking whom we know, and pages of others. Thousands at
//! once, to every server there is; the counts are exact.

use std::{
    net::Ipv4Addr,
    sync::{Arc, Mutex},
    time::Duration,
};

use backend::{
    args,
    config::Config,
    privacy::store::tables,
    start::{Running, start},
};
use domain::{
    circle::{JoinRequest, api::JoinCircle},
    endpoint::{Endpoint, Method},
    endpoints::{Visitor, visit_all},
    failure::Problem,
    guardian::api::JoinAsGuardian,
    invitation::MOST_TRIES,
    refusal::Refusal,
    session::{
        CODE_TRIES, CodeRequest, CodeSent, Me, SignInRequest,
        api::{GetMe, RequestCode, SignIn},
    },
    time::{HOUR, MINUTE},
};
use reqwest::header;
use tokio::{sync::Semaphore, task::JoinSet};
use tracing::{
    Event, Subscriber,
    dispatcher::DefaultGuard,
    field::{Field, Visit},
};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use crate::world::{Client, World, fresh_key, outcome};

const PHONE: &str = "13800000001";
/// Requests of an attack, and how many are under way at once.
const MANY: u32 = 10_000;
const HANDS: usize = 500;

/// A world, and the doors of all its servers: two, where the database has more than one.
async fn world(set_up: impl FnOnce(&mut Config)) -> (World, Vec<Client>, Option<Running>) {
    let world = World::with(set_up).await;
    let (mut doors, mut second) = (vec![world.anonymous().with_fresh_connections()], None);
    if !world.server.app.db.is_sqlite() {
        let config = Config::clone(&world.server.app.config);
        let server = start(config, world.clock.clone()).await.expect("the second server starts");
        doors.push(doors[0].with_door(&format!("http://{}", server.address)));
        second = Some(server);
    }
    (world, doors, second)
}

/// Sends as many as an attack has.
async fn attack<T>(
    doors: &[Client],
    request: impl Fn(&Client, u32) -> reqwest::RequestBuilder,
    read: fn(Result<T, Problem>) -> bool,
) -> usize
where
    T: serde::de::DeserializeOwned + Send + 'static,
{
    attack_by(doors, MANY, request, read).await
}

/// Sends many requests, each through the next door, from an address of its own.
async fn attack_by<T>(
    doors: &[Client],
    many: u32,
    request: impl Fn(&Client, u32) -> reqwest::RequestBuilder,
    read: fn(Result<T, Problem>) -> bool,
) -> usize
where
    T: serde::de::DeserializeOwned + Send + 'static,
{
    let (hands, mut all) = (Arc::new(Semaphore::new(HANDS)), JoinSet::new());
    for number in 0..many {
        let address = Ipv4Addr::from_bits(0x0b00_0000 + number).to_string();
        let request = request(&doors[number as usize % doors.len()], number);
        let request = request.header("x-forwarded-for", address);
        let hands = hands.clone();
        all.spawn(async move {
            let _hand = hands.acquire_owned().await.expect("a hand");
            read(outcome::<T>(request.send().await.expect("an answer")).await)
        });
    }
    all.join_all().await.into_iter().filter(|counts| *counts).count()
}

/// How many of so many messages at once that are asked for one telephone are sent.
async fn messages_of(doors: &[Client], many: u32) -> usize {
    attack_by::<CodeSent>(doors, many, |client, _| ask(client, PHONE), |answer| answer.is_ok()).await
}

fn ask(client: &Client, phone: &str) -> reqwest::RequestBuilder {
    let input = CodeRequest { phone: phone.into() };
    client.request(reqwest::Method::POST, RequestCode::PATH).json(&input)
}

async fn codes(world: &World) -> usize {
    world.server.app.db.rows("SELECT id FROM login_code", args![]).await.expect("reads").len()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_thousand_guesses_at_once_five_are_looked_at() {
    let (world, doors, _second) = world(|config| config.proxies = 1).await;
    let sent: CodeSent =
        doors[0].call::<RequestCode>((), CodeRequest { phone: PHONE.into() }).await.expect("a code");
    let right = sent.demo_code.clone().expect("a demo");
    let guess = |client: &Client, number: u32| {
        let mut code = format!("{number:06}");
        if code == right {
            code = "999999".into();
        }
        let input = SignInRequest { request: sent.request.clone(), code };
        client.request(reqwest::Method::POST, SignIn::PATH).json(&input)
    };
    let looked_at = attack::<Me>(&doors, guess, |answer| match answer {
        Err(Problem::Refused(refusals)) => matches!(refusals[..], [Refusal::CodeWrong { .. }]),
        // Who does not get their turn has guessed nothing.
        Err(Problem::Busy { .. }) => false,
        other => panic!("{:?}", other.err()),
    })
    .await;
    assert_eq!(looked_at, CODE_TRIES as usize);
    let rows = world.server.app.db.rows("SELECT tries FROM login_code", args![]).await.expect("reads");
    let tries: Vec<i64> = rows.iter().map(|row| row.int("tries").expect("a number")).collect();
    assert_eq!(tries, [i64::from(CODE_TRIES)], "and as many were counted");
    let input = SignInRequest { request: sent.request.clone(), code: right };
    let answer = doors[0].call::<SignIn>((), input).await;
    assert_eq!(answer, Err(Problem::Refused(vec![Refusal::CodeLapsed])), "not even the right one");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_thousand_messages_at_once_a_telephone_gets_one() {
    let (world, doors, _second) = world(|config| config.proxies = 1).await;
    let sent = attack::<CodeSent>(&doors, |client, _| ask(client, PHONE), |answer| answer.is_ok()).await;
    assert_eq!((sent, codes(&world).await), (1, 1));
    // The minute after, and the next: five an hour, however many ask.
    for minute in 1..7 {
        world.clock.advance(MINUTE);
        let again = messages_of(&doors, 200).await;
        assert_eq!(again, usize::from(minute < 5), "minute {minute}");
    }
    assert_eq!(codes(&world).await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_thousand_messages_at_once_the_house_pays_for_as_many_as_it_said() {
    const LID: u32 = 60;
    let (world, doors, _second) = world(|config| (config.proxies, config.codes_a_day) = (1, LID)).await;
    let request = |client: &Client, number: u32| ask(client, &format!("139{number:08}"));
    let sent = attack::<CodeSent>(&doors, request, |answer| answer.is_ok()).await;
    // A fifth is kept for browsers that were here before, and none of these was.
    let most = (LID - LID / 5) as usize;
    assert_eq!((sent, codes(&world).await), (most, most));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_hundreds_of_codes_tried_at_once_by_one_account_twenty_are_looked_at() {
    let (world, doors, _second) = world(|config| config.proxies = 1).await;
    let guesser = world.resident(PHONE).await;
    let cookie = guesser.cookie.clone().expect("signed in");
    let mut doors = doors;
    for door in &mut doors {
        door.cookie = Some(cookie.clone());
    }
    // Codes of circles and of guardians are counted together, whichever server is asked.
    let guess = |client: &Client, number: u32| {
        let path = if number.is_multiple_of(4) { JoinAsGuardian::PATH } else { JoinCircle::PATH };
        let code = JoinRequest { code: format!("ABCD{:04}", 2222 + number) };
        let request = client.request(reqwest::Method::POST, path).json(&code);
        request.header("idempotency-key", fresh_key())
    };
    let count = async || {
        attack_by::<serde_json::Value>(&doors, 400, guess, |answer| match answer {
            Err(Problem::Refused(refusals)) => match refusals[..] {
                [Refusal::InvitationUnknown] => true,
                [Refusal::TooManyTries] => false,
                _ => panic!("{refusals:?}"),
            },
            // Who does not get their turn has guessed nothing.
            Err(Problem::Busy { .. }) => false,
            other => panic!("{other:?}"),
        })
        .await
    };
    assert_eq!(count().await, MOST_TRIES as usize);
    world.clock.advance(HOUR);
    let other = world.resident("13800000002").await;
    let code = JoinRequest { code: "ABCD2345".into() };
    let answer = other.call::<JoinCircle>((), code.clone()).await.map(drop);
    assert_eq!(
        answer,
        Err(Problem::Refused(vec![Refusal::InvitationUnknown])),
        "each has tries of their own"
    );
    let answer = guesser.call::<JoinCircle>((), code).await.map(drop);
    assert_eq!(answer, Err(Problem::Refused(vec![Refusal::InvitationUnknown])), "an hour later again");
}

/// Keeps every statement that this thread sends to the database.
#[derive(Clone, Default)]
pub struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// Keeps them for as long as what is given back is kept.
    pub fn listen(&self) -> (DefaultGuard, tracing::Dispatch) {
        let listener = || tracing::Dispatch::new(tracing_subscriber::registry().with(self.clone()));
        // With only one in the whole process, what other tests' threads have seen first stays silent.
        let (listener, other) = (listener(), listener());
        (tracing::dispatcher::set_default(&listener), other)
    }

    /// Waits until a server that has just started has done what it begins with.
    pub async fn settle(&self) {
        while !self.take().is_empty() {
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }

    /// Those since the last time, but for what the house does by itself, whenever it does it.
    pub fn take(&self) -> Vec<String> {
        let all = std::mem::take(&mut *self.0.lock().expect("statements"));
        all.into_iter().filter(|sql| !of_the_house(sql)).collect()
    }
}

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        struct Sql(Option<String>);
        impl Visit for Sql {
            fn record_str(&mut self, field: &Field, value: &str) {
                if field.name() == "sql" {
                    self.0 = Some(value.to_owned());
                }
            }
            fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
        }
        let mut sql = Sql(None);
        event.record(&mut sql);
        self.0.lock().expect("statements").extend(sql.0);
    }
}

/// Whether a statement is one of what the house does by itself every few seconds: it forgets what is old,
/// erases, folds, holds draws and listens to other servers.
fn of_the_house(sql: &str) -> bool {
    const LOOKS: [&str; 4] = [
        "SELECT account_id FROM leaving WHERE until <= ",
        "SELECT id FROM slot WHERE due IS NOT NULL ",
        "SELECT id FROM draw WHERE drawn IS NULL AND closes <= ",
        "SELECT topic, value FROM revision",
    ];
    let mut sweeps = tables().filter_map(|table| table.sweep);
    LOOKS.iter().any(|look| sql.starts_with(look)) || sweeps.any(|sweep| sweep.run == sql)
}

/// The clock is no judge on a busy machine; but where the work is the same, so is the time.
#[tokio::test]
async fn whether_a_number_is_known_makes_no_difference_to_what_is_done() {
    let statements = Statements::default();
    let _listening = statements.listen();
    let world = World::new().await;
    let known = world.resident(PHONE).await;
    known.call::<GetMe>((), ()).await.expect("known");
    world.clock.advance(MINUTE);
    statements.settle().await;
    let mut told = Vec::new();
    for phone in [PHONE, "13900000001"] {
        statements.take();
        let guest = world.anonymous();
        let input = CodeRequest { phone: phone.into() };
        let answer = guest.send::<RequestCode>((), input, None).await;
        let names: Vec<String> = answer.headers().keys().map(ToString::to_string).collect();
        let sent: CodeSent = outcome(answer).await.expect("a code");
        let done = statements.take();
        assert!(done.len() > 8, "{done:?}");
        // Nor to what a wrong code is answered.
        let wrong = if sent.demo_code.as_deref() == Some("000000") { "000001" } else { "000000" };
        let input = SignInRequest { request: sent.request.clone(), code: wrong.into() };
        let answer = guest.call::<SignIn>((), input).await.map(drop);
        let tried = statements.take();
        assert!(tried.len() >= 2, "{tried:?}");
        for sql in done.iter().chain(&tried) {
            assert!(!sql.contains("account") && !sql.contains("person"), "whose number it is: {sql}");
        }
        told.push((names, sent.request.len(), sent.again_after, done, answer, tried));
    }
    assert_eq!(told[0], told[1]);
}

#[derive(Default)]
struct Writes(Vec<(Method, String)>);

impl Visitor for Writes {
    fn visit<E: Endpoint>(&mut self) {
        if E::METHOD != Method::Get {
            self.0.push((E::METHOD, filled(E::PATH)));
        }
    }
}

/// A path with something in the place of its parameters.
fn filled(path: &str) -> String {
    let filling = |name| if name == "day" { "2026-06-24" } else { "x" };
    let pieces = path.split(['{', '}']).enumerate();
    pieces.map(|(index, piece)| if index % 2 == 0 { piece } else { filling(piece) }).collect()
}

#[tokio::test]
async fn no_page_of_others_writes_anything() {
    let world = World::new().await;
    let victim = world.resident(PHONE).await;
    let mut writes = Writes::default();
    visit_all(&mut writes);
    let bare = reqwest::Client::new();
    for (method, path) in writes.0 {
        let method = reqwest::Method::from_bytes(method.name().as_bytes()).expect("a method");
        let send = |headers: &[(&str, &str)], kind: &str| {
            let mut request = bare.request(method.clone(), format!("{}{path}", world.base));
            request = request.header(header::COOKIE, victim.cookie.clone().expect("signed in"));
            request = request.header(header::CONTENT_TYPE, kind).header("idempotency-key", fresh_key());
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            request.body("{}").send()
        };
        for headers in [
            &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")][..],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
        ] {
            for kind in ["application/json", "text/plain", "application/x-www-form-urlencoded"] {
                let status = send(headers, kind).await.expect("an answer").status();
                assert_eq!(status, 403, "{method} {path} {headers:?} {kind}");
            }
        }
    }
    victim.call::<GetMe>((), ()).await.expect("as before: not even signed out");
}
