//! Devices: cookies that are planted, stolen, replaced and revoked, and signing out from afar.

use domain::{
    device::{
        DeviceKind, DeviceLook, DeviceStep, Devices,
        api::{EndDevice, EndOtherDevices, ListDevices},
    },
    failure::Problem,
    id::DeviceId,
    session::{
        COOKIE_GRACE, COOKIE_TURN, CodeRequest, SignInRequest,
        api::{GetMe, RequestCode, SignOut},
    },
    time::{HOUR, MINUTE},
};
use reqwest::{Method, Response, header};

use crate::world::{Client, World, fresh_key, outcome};

const PHONE: &str = "13800000001";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0.40 \
    Language/zh_CN canary-5f3a";

/// Signs in with a user agent and the cookie that the browser has already; the cookie it gets.
async fn sign_in(client: &Client, agent: &str) -> String {
    let sent = client.call::<RequestCode>((), CodeRequest { phone: PHONE.into() }).await.expect("a code");
    let input = SignInRequest { request: sent.request, code: sent.demo_code.expect("a demo") };
    let request = client.request(Method::POST, "/api/session").header(header::USER_AGENT, agent);
    let answer = request.json(&input).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    cookie(&answer).expect("a cookie")
}

fn cookie(answer: &Response) -> Option<String> {
    let cookie = answer.headers().get(header::SET_COOKIE)?.to_str().expect("plain");
    cookie.split(';').next().map(str::to_owned)
}

fn with(client: &Client, cookie: &str) -> Client {
    let mut client = client.clone();
    client.cookie = Some(cookie.to_owned());
    client
}

async fn devices(client: &Client) -> Devices {
    client.call::<ListDevices>((), ()).await.expect("devices")
}

/// Two devices of one account: the older one first.
async fn two(world: &World) -> (Client, Client) {
    let one = world.resident(PHONE).await;
    world.clock.advance(MINUTE);
    let guest = world.anonymous();
    let other = with(&guest, &sign_in(&guest, IPHONE).await);
    (one, other)
}

#[tokio::test]
async fn every_device_is_listed_coarsely_and_this_one_is_marked() {
    let world = World::new().await;
    let (one, other) = two(&world).await;
    let all = devices(&other).await;
    assert_eq!(all.devices.len(), 2);
    assert!(all.devices[0].here && !all.devices[1].here);
    assert_eq!(all.devices[0].look, DeviceLook { kind: DeviceKind::Iphone, wechat: true });
    assert_eq!(all.devices[1].look, DeviceLook { kind: DeviceKind::Other, wechat: false });
    assert_eq!(all.devices[0].made, world.now());
    let told = devices(&one).await;
    assert_eq!(told.devices[0].id, all.devices[1].id);
    assert_eq!(told.lines[0].step, DeviceStep::SignedIn, "the other device is told of the new one");
    assert_eq!((told.lines[0].look, told.lines.len()), (all.devices[0].look, 2));
    for table in ["session", "device_line"] {
        let sql = if table == "session" {
            "SELECT device AS d FROM session"
        } else {
            "SELECT device AS d FROM device_line"
        };
        let rows = world.server.app.db.rows(sql, vec![]).await.expect("reads");
        assert!(
            rows.iter().all(|row| row.text("d").expect("text").len() < 20),
            "{table}: the agent is not kept"
        );
    }
}

#[tokio::test]
async fn one_device_is_signed_out_from_another_and_nothing_else_is() {
    let world = World::new().await;
    let (one, other) = two(&world).await;
    let lost = devices(&other).await.devices[1].id.clone();
    let key = fresh_key();
    let left = other.call_with_key::<EndDevice>(&key, lost.clone(), ()).await.expect("ended");
    assert_eq!((left.devices.len(), left.lines[0].step), (1, DeviceStep::Ended));
    assert_eq!(one.call::<GetMe>((), ()).await, Err(Problem::SignedOut), "a revoked cookie is worth nothing");
    if !world.server.app.db.is_sqlite() {
        let second = world.another_server().await;
        let there = |client: &Client| client.with_door(&format!("http://{}", second.address));
        assert_eq!(there(&one).call::<GetMe>((), ()).await, Err(Problem::SignedOut), "at no server");
        there(&other).call::<GetMe>((), ()).await.expect("while the other is good at each");
    }
    other.call::<GetMe>((), ()).await.expect("still signed in");
    assert_eq!(other.call_with_key::<EndDevice>(&key, lost.clone(), ()).await, Ok(left), "a retry");
    assert_eq!(other.call::<EndDevice>(lost, ()).await, Err(Problem::NotFound));
}

#[tokio::test]
async fn all_other_devices_are_signed_out_at_once() {
    let world = World::new().await;
    let (one, other) = two(&world).await;
    world.clock.advance(MINUTE);
    let guest = world.anonymous();
    let third = with(&guest, &sign_in(&guest, IPHONE).await);
    let stranger = world.resident("13800000002").await;
    let left = other.call::<EndOtherDevices>((), ()).await.expect("ended");
    assert_eq!(left.devices.len(), 1);
    for gone in [&one, &third] {
        assert_eq!(gone.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
    }
    other.call::<GetMe>((), ()).await.expect("this one stays");
    stranger.call::<GetMe>((), ()).await.expect("another account is not touched");
}

#[tokio::test]
async fn a_device_of_another_account_is_not_there() {
    let world = World::new().await;
    let (one, _) = two(&world).await;
    let stranger = world.resident("13800000002").await;
    let theirs = devices(&stranger).await.devices[0].id.clone();
    assert_eq!(one.call::<EndDevice>(theirs, ()).await, Err(Problem::NotFound));
    assert_eq!(one.call::<EndDevice>(DeviceId::from("nothing"), ()).await, Err(Problem::NotFound));
    stranger.call::<GetMe>((), ()).await.expect("signed in as before");
    assert!(devices(&one).await.lines.iter().all(|line| line.step == DeviceStep::SignedIn));
}

#[tokio::test]
async fn signing_out_this_device_from_the_list_takes_its_cookie_away() {
    let world = World::new().await;
    let (_, other) = two(&world).await;
    let here = devices(&other).await.devices[0].id.clone();
    let reply = other.send::<EndDevice>(here, (), Some(&fresh_key())).await;
    assert!(reply.headers()[header::SET_COOKIE].to_str().expect("plain").contains("Max-Age=0"));
    assert_eq!(other.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
}

#[tokio::test]
async fn a_planted_cookie_is_replaced_at_sign_in_and_a_stolen_one_ends_with_it() {
    let world = World::new().await;
    let guest = world.anonymous();
    // Planted before: it becomes nobody's session.
    let planted = format!("session={}", "A".repeat(43));
    let victim = with(&guest, &planted);
    let real = sign_in(&victim, IPHONE).await;
    assert_ne!(real, planted);
    assert_eq!(victim.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
    // The attacker's own session, planted: the victim does not end up in it, nor the attacker in theirs.
    let attacker = world.resident("13800000009").await;
    world.clock.advance(MINUTE);
    let theirs = sign_in(&attacker, IPHONE).await;
    let me = with(&guest, &theirs).call::<GetMe>((), ()).await.expect("signed in");
    assert_eq!(me.phone, "138****0001");
    assert_eq!(attacker.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
    // Stolen: after signing in anew, or out, the copy is worth nothing.
    let stolen = with(&guest, &theirs);
    world.clock.advance(MINUTE);
    let anew = with(&guest, &sign_in(&stolen, IPHONE).await);
    assert_eq!(stolen.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
    assert_eq!(devices(&anew).await.lines.len(), 2, "signing in anew is no new device");
    let copy = anew.clone();
    anew.call::<SignOut>((), ()).await.expect("out");
    assert_eq!(copy.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
}

#[tokio::test]
async fn a_cookie_in_use_is_replaced_and_lost_answers_cost_nobody_their_sign_in() {
    let world = World::new().await;
    let (old, other) = two(&world).await;
    let ask = async |client: &Client| client.send::<GetMe>((), (), None).await;
    assert_eq!(cookie(&ask(&old).await), None, "not every day");
    world.clock.advance(COOKIE_TURN);
    // The first answers are lost; each brings the same cookie.
    let first = cookie(&ask(&old).await).expect("another");
    world.clock.advance(HOUR * 24);
    let second = cookie(&ask(&old).await).expect("the same");
    assert_eq!(first, second);
    let new = with(&old, &second);
    assert_eq!(cookie(&ask(&new).await), None);
    outcome::<domain::session::Me>(ask(&old).await).await.expect("what is under way still counts");
    assert!(devices(&new).await.devices[0].here);
    assert_eq!(devices(&other).await.devices.len(), 2, "it is the same device");

    // Long afterwards the old one turns up: a copy. Both end, and the other device is told.
    world.clock.advance(COOKIE_GRACE);
    assert_eq!(old.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
    assert_eq!(new.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
    let told = devices(&other).await;
    assert_eq!((told.devices.len(), told.lines[0].step), (1, DeviceStep::CopyFound));
}

#[tokio::test]
async fn many_requests_at_the_hour_of_replacement_bring_one_cookie() {
    let world = World::new().await;
    let old = world.resident(PHONE).await;
    world.clock.advance(COOKIE_TURN);
    let mut asked = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let old = old.clone();
        asked.spawn(async move { cookie(&old.send::<GetMe>((), (), None).await) });
    }
    let mut brought = asked.join_all().await;
    brought.sort();
    brought.dedup();
    assert_eq!(brought.len(), 1);
    let new = with(&old, brought[0].as_deref().expect("another"));
    let mut asked = tokio::task::JoinSet::new();
    for turn in 0..16 {
        let client = if turn % 2 == 0 { old.clone() } else { new.clone() };
        asked.spawn(async move { client.call::<GetMe>((), ()).await.is_ok() });
    }
    assert!(asked.join_all().await.into_iter().all(|signed_in| signed_in));
}
