//! Signing in: limits, tries and lapses are exact, also for requests at the same instant.

use std::time::Duration;

use domain::{
    endpoint::Endpoint,
    failure::Problem,
    refusal::Refusal,
    session::{
        ADDRESS_LIMITS, CODE_LIFE, CODE_TRIES, CodeRequest, CodeSent, SESSION_LIFE, SignInRequest,
        api::{GetMe, GetTime, RequestCode, SignIn, SignOut},
    },
    time::{DAY, HOUR, MINUTE},
};
use reqwest::header;
use tokio::task::JoinSet;

use crate::world::{Client, World, outcome};

const PHONE: &str = "13800000001";

async fn ask(client: &Client, phone: &str) -> Result<CodeSent, Problem> {
    client.call::<RequestCode>((), CodeRequest { phone: phone.into() }).await
}

async fn answer(client: &Client, sent: &CodeSent, code: &str) -> Result<domain::session::Me, Problem> {
    let input = SignInRequest { request: sent.request.clone(), code: code.into() };
    client.call::<SignIn>((), input).await
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Problem>) -> Refusal {
    match outcome {
        Err(Problem::Refused(mut refusals)) if refusals.len() == 1 => refusals.remove(0),
        other => panic!("one refusal was expected: {other:?}"),
    }
}

/// A code that is not the right one.
fn wrong(sent: &CodeSent) -> &'static str {
    if sent.demo_code.as_deref() == Some("000000") { "000001" } else { "000000" }
}

#[tokio::test]
async fn a_code_brings_a_session_and_a_household_of_one() {
    let world = World::new().await;
    let guest = world.anonymous();
    assert_eq!(guest.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
    let sent = ask(&guest, "138 0000 0001").await.expect("a code");
    assert_eq!(sent.again_after, 60);
    let input =
        SignInRequest { request: sent.request.clone(), code: sent.demo_code.clone().expect("a demo") };
    let reply = guest.send::<SignIn>((), input, None).await;
    let cookie = reply.headers()[header::SET_COOKIE].to_str().expect("plain").to_owned();
    assert!(cookie.starts_with("session="), "{cookie}");
    for flag in ["; Path=/", "; Max-Age=7776000", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(flag), "{cookie} lacks {flag}");
    }
    let me: domain::session::Me = outcome(reply).await.expect("signed in");
    assert_eq!(me.phone, "138****0001");
    assert_eq!(me.people.len(), 1);
    assert_eq!(me.people[0].name, "");

    let mut client = guest.clone();
    client.cookie = cookie.split(';').next().map(str::to_owned);
    assert_eq!(client.call::<GetMe>((), ()).await, Ok(me.clone()));
    assert_eq!(refused(answer(&guest, &sent, sent.demo_code.as_deref().unwrap()).await), Refusal::CodeLapsed);

    let reply = client.send::<SignOut>((), (), None).await;
    assert!(reply.headers()[header::SET_COOKIE].to_str().expect("plain").contains("Max-Age=0"));
    assert_eq!(client.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
    client.call::<SignOut>((), ()).await.expect("signing out twice does no harm");

    world.clock.advance(MINUTE);
    let again = world.resident(PHONE).await.call::<GetMe>((), ()).await;
    assert_eq!(again, Ok(me), "the same number is the same account");
}

#[tokio::test]
async fn on_https_the_cookie_is_kept_to_this_host() {
    let world = World::with(|config| config.origin = Some("https://example.org".into())).await;
    let client = world.resident(PHONE).await;
    assert!(client.cookie.as_deref().is_some_and(|cookie| cookie.starts_with("__Host-session=")));
    client.call::<GetMe>((), ()).await.expect("signed in");
}

#[tokio::test]
async fn five_wrong_tries_end_a_code() {
    let world = World::new().await;
    let guest = world.anonymous();
    let sent = ask(&guest, PHONE).await.expect("a code");
    for left in (0..5).rev() {
        assert_eq!(refused(answer(&guest, &sent, wrong(&sent)).await), Refusal::CodeWrong { left });
    }
    let right = sent.demo_code.as_deref().expect("a demo");
    assert_eq!(refused(answer(&guest, &sent, right).await), Refusal::CodeLapsed);
}

#[tokio::test]
async fn twenty_tries_at_once_are_five() {
    let world = World::new().await;
    let sent = ask(&world.anonymous(), PHONE).await.expect("a code");
    let mut tries = JoinSet::new();
    for _ in 0..20 {
        let (client, sent) = (world.anonymous(), sent.clone());
        tries.spawn(async move { refused(answer(&client, &sent, wrong(&sent)).await) });
    }
    let wrong = tries.join_all().await.iter().filter(|one| matches!(one, Refusal::CodeWrong { .. })).count();
    assert_eq!(wrong, 5);
}

#[tokio::test]
async fn a_code_lapses_after_five_minutes_and_belongs_to_its_request() {
    let world = World::new().await;
    let guest = world.anonymous();
    let sent = ask(&guest, PHONE).await.expect("a code");
    let code = sent.demo_code.clone().expect("a demo");
    world.clock.advance(CODE_LIFE);
    assert_eq!(refused(answer(&guest, &sent, &code).await), Refusal::CodeLapsed);

    let (one, two) = (ask(&guest, "13800000002").await.unwrap(), ask(&guest, "13800000003").await.unwrap());
    world.clock.advance(CODE_LIFE - 1);
    let code = one.demo_code.clone().expect("a demo");
    if one.demo_code != two.demo_code {
        assert_eq!(refused(answer(&guest, &two, &code).await), Refusal::CodeWrong { left: 4 });
    }
    let stranger = CodeSent { request: one.request.replace('.', "x."), ..one.clone() };
    assert_eq!(refused(answer(&guest, &stranger, &code).await), Refusal::CodeLapsed);
    for request in ["", ".", "c1.k1.00.00", "x.y"] {
        let sent = CodeSent { request: request.into(), ..one.clone() };
        assert_eq!(refused(answer(&guest, &sent, &code).await), Refusal::CodeLapsed, "{request:?}");
    }
    answer(&guest, &one, &code).await.expect("the last millisecond counts");
}

#[tokio::test]
async fn a_phone_gets_one_code_a_minute_five_an_hour_and_ten_a_day() {
    let world = World::new().await;
    let guest = world.anonymous();
    ask(&guest, PHONE).await.expect("the first");
    assert_eq!(refused(ask(&guest, PHONE).await), Refusal::CodeTooSoon { seconds: 60 });
    world.clock.advance(MINUTE - 1);
    assert_eq!(refused(ask(&guest, PHONE).await), Refusal::CodeTooSoon { seconds: 1 });
    world.clock.advance(1);
    for _ in 0..4 {
        ask(&guest, PHONE).await.expect("one a minute");
        world.clock.advance(MINUTE);
    }
    assert_eq!(refused(ask(&guest, PHONE).await), Refusal::CodeTooSoon { seconds: 55 * 60 });
    world.clock.advance(HOUR);
    for _ in 0..5 {
        ask(&guest, PHONE).await.expect("the hour is over");
        world.clock.advance(MINUTE);
    }
    world.clock.advance(HOUR);
    assert!(matches!(refused(ask(&guest, PHONE).await), Refusal::CodeTooSoon { seconds } if seconds > 3600));
    ask(&guest, "13800000002").await.expect("another number is not held up");
    world.clock.advance(DAY);
    ask(&guest, PHONE).await.expect("the day is over");
    for phone in ["", "12345678901", "1380000000", "138000000010", "１３８００００００００"] {
        assert_eq!(refused(ask(&guest, phone).await), Refusal::PhoneMalformed, "{phone}");
    }
}

#[tokio::test]
async fn of_many_requests_at_once_for_one_phone_one_gets_a_code() {
    let world = World::new().await;
    let mut requests = JoinSet::new();
    for _ in 0..16 {
        let client = world.anonymous();
        requests.spawn(async move { ask(&client, PHONE).await.is_ok() });
    }
    assert_eq!(requests.join_all().await.into_iter().filter(|sent| *sent).count(), 1);
}

#[tokio::test]
async fn an_address_gets_as_many_codes_as_it_may() {
    let world = World::new().await;
    let (within, most) = ADDRESS_LIMITS[0];
    let mut requests = JoinSet::new();
    for number in 0..most + 8 {
        let client = world.anonymous();
        requests.spawn(async move { ask(&client, &format!("139{number:08}")).await });
    }
    let answers = requests.join_all().await;
    assert_eq!(answers.iter().filter(|sent| sent.is_ok()).count(), most as usize);
    let hour = u32::try_from(within / 1000).expect("seconds");
    let busy = Err(Problem::Busy { retry_after: hour });
    assert!(answers.iter().filter(|sent| sent.is_err()).all(|sent| *sent == busy), "{answers:?}");
    world.clock.advance(within);
    ask(&world.anonymous(), PHONE).await.expect("the hour is over");
}

#[tokio::test]
async fn a_network_of_ones_own_is_one_address() {
    let world = World::with(|config| config.proxies = 1).await;
    let (_, most) = ADDRESS_LIMITS[0];
    let ask_from = async |address: String, number: u32| {
        let request = world.anonymous().request(reqwest::Method::POST, RequestCode::PATH);
        let input = CodeRequest { phone: format!("139{number:08}") };
        request.header("x-forwarded-for", address).json(&input).send().await.expect("an answer").status()
    };
    for number in 0..most {
        assert_eq!(ask_from(format!("2001:db8:1:2{number:02x}::1"), number).await, 200, "{number}");
    }
    assert_eq!(ask_from("2001:db8:1:2ff:3:4:5:6".into(), most).await, 429);
    assert_eq!(ask_from("2001:db8:1:300::1".into(), most).await, 200);
}

#[tokio::test]
async fn who_is_turned_away_takes_nobodys_turn_at_writing() {
    let world = World::new().await;
    let guest = world.anonymous();
    let sent = ask(&guest, PHONE).await.expect("a code");
    for _ in 0..CODE_TRIES {
        refused(answer(&guest, &sent, wrong(&sent)).await);
    }
    // Somebody writes, for longer than anybody waits for their turn.
    let writing = world.server.app.db.begin().await.expect("begins");
    let turned_away = async {
        assert_eq!(refused(ask(&guest, PHONE).await), Refusal::CodeTooSoon { seconds: 60 });
        assert_eq!(refused(answer(&guest, &sent, wrong(&sent)).await), Refusal::CodeLapsed);
    };
    tokio::time::timeout(Duration::from_secs(3), turned_away).await.expect("at once");
    drop(writing);
}

#[tokio::test]
async fn signing_in_again_ends_the_session_that_the_browser_had() {
    let world = World::new().await;
    let before = world.resident(PHONE).await;
    world.clock.advance(MINUTE);
    let sent = ask(&before, PHONE).await.expect("a code");
    let code = sent.demo_code.clone().expect("a demo");
    answer(&before, &sent, &code).await.expect("signed in anew");
    assert_eq!(
        before.call::<GetMe>((), ()).await,
        Err(Problem::SignedOut),
        "the old cookie is worth nothing"
    );
}

#[tokio::test]
async fn a_session_lives_while_it_is_used() {
    let world = World::new().await;
    let client = world.resident(PHONE).await;
    for _ in 0..3 {
        world.clock.advance(SESSION_LIFE - 2 * HOUR);
        client.call::<GetMe>((), ()).await.expect("it was used in time");
    }
    world.clock.advance(SESSION_LIFE);
    assert_eq!(client.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
    let mut forged = client;
    forged.cookie = Some("session=nonsense".into());
    assert_eq!(forged.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
    forged.call::<GetTime>((), ()).await.expect("public pages open for everybody");
}
