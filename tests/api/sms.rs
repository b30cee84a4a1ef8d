//! Codes as text messages: a gateway stands in for the real one, checks every signature by the
//! published rules, and has bad days.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU8, Ordering},
};

use backend::{
    clock::Clock,
    config::{Filling, Secret, Sms},
    digest::{hex, sha256},
};
use domain::{
    failure::Problem,
    refusal::Refusal,
    session::{
        ADDRESS_LIMITS, CodeRequest, CodeSent, Me, SignInRequest,
        api::{RequestCode, SignIn},
    },
    time::{DAY, HOUR, MINUTE, Moment, Zone},
};
use hmac::{Hmac, Mac};
use reqwest::header;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::world::{Client, World};

const PHONE: &str = "13800000001";
const KEY: &str = "Gu5t9xGARNpq86cd98joQYCN3canary";

/// What the gateway does with what comes in order.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Mood {
    Well,
    RefusesTheNumber,
    OutOfMoney,
    HangsUp,
    SaysNonsense,
}

/// The gateway.
#[derive(Clone)]
struct Gateway {
    mood: Arc<AtomicU8>,
    /// Numbers and codes it was given.
    messages: Arc<Mutex<Vec<(String, String)>>>,
    /// What it answered.
    told: Arc<Mutex<Vec<String>>>,
}

impl Gateway {
    fn is(&self, mood: Mood) {
        self.mood.store(mood as u8, Ordering::SeqCst);
    }

    fn messages(&self) -> Vec<(String, String)> {
        self.messages.lock().expect("messages").clone()
    }

    fn last_told(&self) -> String {
        self.told.lock().expect("answers").last().cloned().unwrap_or_default()
    }

    /// Reads a request, which comes with its length, and answers.
    async fn serve(self, mut stream: TcpStream, now: impl Fn() -> Moment) {
        let mut bytes = Vec::new();
        let (head, body) = loop {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = field(head, "content-length").and_then(|length| length.parse().ok());
                if body.len() >= length.unwrap_or(0) {
                    break (head.to_owned(), body.to_owned());
                }
            }
            if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
                return;
            }
        };
        let mood = self.mood.load(Ordering::SeqCst);
        let answer = if mood == Mood::SaysNonsense as u8 {
            "<html>busy</html>".into()
        } else {
            match checked(&head, &body, now()) {
                Err(why) => json!({ "Response": { "Error": { "Code": why }, "RequestId": "r" } }).to_string(),
                Ok(message) => {
                    let code = match mood {
                        1 => "LimitExceeded.PhoneNumberDailyLimit",
                        2 => "FailedOperation.InsufficientBalanceInSmsPackage",
                        _ => "Ok",
                    };
                    if code == "Ok" {
                        self.messages.lock().expect("messages").push(message);
                    }
                    json!({ "Response": { "SendStatusSet": [{ "Code": code, "Fee": 1 }], "RequestId": "r" } })
                        .to_string()
                }
            }
        };
        self.told.lock().expect("answers").push(answer.clone());
        if mood != Mood::HangsUp as u8 {
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", answer.len());
            let _ = stream.write_all((head + &answer).as_bytes()).await;
        }
    }
}

fn field<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn mac(key: impl AsRef<[u8]>, text: &str) -> Vec<u8> {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key.as_ref()).expect("any key");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Number and code of a request whose signature is right, or the gateway's word for what is wrong.
fn checked(head: &str, body: &str, now: Moment) -> Result<(String, String), &'static str> {
    let field = |name: &str| field(head, name).ok_or("MissingParameter");
    let authorization = field("authorization")?.strip_prefix("TC3-HMAC-SHA256 ").ok_or("AuthFailure")?;
    let part = |name: &str| {
        let mut parts = authorization.split(", ").filter_map(|part| part.split_once('='));
        parts.find(|(known, _)| *known == name).map(|(_, value)| value).ok_or("AuthFailure")
    };
    let (credential, names, signature) = (part("Credential")?, part("SignedHeaders")?, part("Signature")?);
    let (id, scope) = credential.split_once('/').ok_or("AuthFailure")?;
    let seconds: i64 = field("x-tc-timestamp")?.parse().map_err(|_| "AuthFailure")?;
    let date = Moment(seconds * 1_000).day(Zone(0)).to_string();
    if id != "AKID" || scope != format!("{date}/sms/tc3_request") {
        return Err("AuthFailure.SecretIdNotFound");
    }
    if (now.0 / 1_000 - seconds).abs() > 300 {
        return Err("AuthFailure.SignatureExpire");
    }
    let heads: Result<Vec<String>, &str> = names
        .split(';')
        .map(|name| Ok::<_, &str>(format!("{name}:{}\n", field(name)?.trim().to_lowercase())))
        .collect();
    let canonical = format!("POST\n/\n\n{}\n{names}\n{}", heads?.concat(), sha256(body));
    let to_sign = format!("TC3-HMAC-SHA256\n{seconds}\n{scope}\n{}", sha256(canonical));
    let key = mac(mac(mac(format!("TC3{KEY}"), &date), "sms"), "tc3_request");
    if !names.contains("host") || hex(&mac(key, &to_sign)) != signature {
        return Err("AuthFailure.SignatureFailure");
    }
    if (field("x-tc-action")?, field("x-tc-version")?) != ("SendSms", "2021-01-11") {
        return Err("InvalidAction");
    }
    let body: Value = serde_json::from_str(body).map_err(|_| "InvalidParameter")?;
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or("InvalidParameter");
    if (&body["SmsSdkAppId"], &body["SignName"], &body["TemplateId"])
        != (&json!("1400006666"), &json!("家门口"), &json!("1110"))
        || body["TemplateParamSet"][1] != "5"
    {
        return Err("InvalidParameterValue");
    }
    Ok((text(&body["PhoneNumberSet"][0])?, text(&body["TemplateParamSet"][0])?))
}

/// A world whose messages go through a gateway.
async fn world(key: &str, set_up: impl FnOnce(&mut backend::config::Config)) -> (World, Gateway) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let site = format!("http://{}", listener.local_addr().expect("an address"));
    let gateway = Gateway { mood: Arc::default(), messages: Arc::default(), told: Arc::default() };
    let world = World::with(|config| {
        config.demo = None;
        config.sms = Some(Sms {
            site,
            app: "1400006666".into(),
            sign: "家门口".into(),
            template: "1110".into(),
            fillings: vec![Filling::Code, Filling::Minutes],
            id: Secret::new("AKID"),
            key: Secret::new(key),
            ..Sms::default()
        });
        set_up(config);
    })
    .await;
    let (serving, clock) = (gateway.clone(), world.clock.clone());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let clock = clock.clone();
            tokio::spawn(serving.clone().serve(stream, move || clock.now()));
        }
    });
    (world, gateway)
}

async fn ask(client: &Client, phone: &str) -> Result<CodeSent, Problem> {
    client.call::<RequestCode>((), CodeRequest { phone: phone.into() }).await
}

fn refusal(refusal: Refusal) -> Result<CodeSent, Problem> {
    Err(Problem::Refused(vec![refusal]))
}

#[tokio::test]
async fn a_code_comes_as_a_signed_message_and_signs_in() {
    let (world, gateway) = world(KEY, |_| {}).await;
    let guest = world.anonymous();
    let sent = ask(&guest, PHONE).await.expect("sent");
    assert_eq!(sent.demo_code, None, "the page does not show it");
    let (number, code) = gateway.messages().pop().expect("a message");
    assert_eq!(number, "+8613800000001");
    let input = SignInRequest { request: sent.request, code };
    let me: Me = guest.call::<SignIn>((), input).await.expect("signed in");
    assert_eq!(me.phone, "138****0001");
}

#[tokio::test]
async fn what_could_not_be_sent_is_told_and_counts_for_nobody() {
    let (world, gateway) = world(KEY, |_| {}).await;
    let guest = world.anonymous();
    for _ in 0..3 {
        gateway.is(Mood::RefusesTheNumber);
        assert_eq!(ask(&guest, PHONE).await, refusal(Refusal::PhoneRefused));
        for mood in [Mood::OutOfMoney, Mood::SaysNonsense] {
            gateway.is(mood);
            assert_eq!(ask(&guest, PHONE).await, refusal(Refusal::CodeNotSent));
        }
    }
    gateway.is(Mood::Well);
    ask(&guest, PHONE).await.expect("no minute to wait: nothing was sent before");
    assert_eq!(ask(&guest, PHONE).await, refusal(Refusal::CodeTooSoon { seconds: 60 }));
    assert_eq!(gateway.messages().len(), 1);
}

#[tokio::test]
async fn an_address_that_only_fails_is_stopped_all_the_same() {
    let (world, gateway) = world(KEY, |_| {}).await;
    gateway.is(Mood::RefusesTheNumber);
    let guest = world.anonymous();
    for _ in 0..ADDRESS_LIMITS[0].1 {
        assert_eq!(ask(&guest, PHONE).await, refusal(Refusal::PhoneRefused));
    }
    assert!(matches!(ask(&guest, PHONE).await, Err(Problem::Busy { .. })));
}

#[tokio::test]
async fn an_answer_that_is_lost_may_have_been_a_message() {
    let (world, gateway) = world(KEY, |_| {}).await;
    gateway.is(Mood::HangsUp);
    let guest = world.anonymous();
    let sent = ask(&guest, PHONE).await.expect("perhaps");
    let (_, code) = gateway.messages().pop().expect("a message");
    let input = SignInRequest { request: sent.request, code };
    guest.call::<SignIn>((), input).await.expect("it had come");
    assert_eq!(ask(&guest, PHONE).await, refusal(Refusal::CodeTooSoon { seconds: 60 }));
}

#[tokio::test]
async fn a_gateway_that_is_away_or_does_not_know_us_sends_nothing() {
    let (stranger, gateway) = world("another key", |_| {}).await;
    assert_eq!(ask(&stranger.anonymous(), PHONE).await, refusal(Refusal::CodeNotSent));
    assert!(gateway.last_told().contains("AuthFailure.SignatureFailure"));
    let (away, _) = world(KEY, |config| {
        let sms = config.sms.as_mut().expect("a gateway");
        "http://127.0.0.1:1".clone_into(&mut sms.site);
    })
    .await;
    assert_eq!(ask(&away.anonymous(), PHONE).await, refusal(Refusal::CodeNotSent));
}

#[tokio::test]
async fn the_house_has_a_lid_on_the_bill_of_a_day() {
    let (world, gateway) = world(KEY, |config| config.codes_a_day = 3).await;
    let guest = world.anonymous();
    gateway.is(Mood::OutOfMoney);
    for number in 0..4 {
        assert_eq!(ask(&guest, &format!("1390000000{number}")).await, refusal(Refusal::CodeNotSent));
    }
    gateway.is(Mood::Well);
    for number in 0..3 {
        ask(&guest, &format!("1390000000{number}")).await.expect("within the lid");
        world.clock.advance(MINUTE);
    }
    let left = u32::try_from((DAY - 3 * MINUTE) / 1_000).expect("seconds");
    assert_eq!(ask(&guest, "13900000003").await, Err(Problem::Busy { retry_after: left }));
    assert_eq!(gateway.messages().len(), 3);
    world.clock.advance(DAY);
    ask(&guest, "13900000003").await.expect("another day");
}

/// The browser in which `guest` signs in with [`PHONE`], known from then on and not signed in.
async fn known_browser(guest: &Client) -> Client {
    let sent = ask(guest, PHONE).await.expect("a code");
    let input = SignInRequest { request: sent.request, code: sent.demo_code.expect("a demo") };
    let answer = guest.send::<SignIn>((), input, None).await;
    let cookies: Vec<&str> = answer
        .headers()
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|cookie| cookie.to_str().ok())
        .collect();
    let known = cookies.iter().find(|cookie| cookie.starts_with("known=")).expect("a cookie");
    assert!(known.contains("; HttpOnly; SameSite=Lax") && !known.contains(PHONE), "{known}");
    let mut mine = guest.clone();
    mine.cookie = known.split(';').next().map(str::to_owned);
    mine
}

#[tokio::test]
async fn who_uses_up_the_lid_does_not_shut_out_those_who_were_here_before() {
    let world = World::with(|config| config.codes_a_day = 10).await;
    let guest = world.anonymous();
    let mine = known_browser(&guest).await;
    for number in 1..8 {
        ask(&guest, &format!("1390000000{number}")).await.expect("within what is for everybody");
    }
    assert!(matches!(ask(&guest, "13900000009").await, Err(Problem::Busy { .. })));
    for _ in 0..2 {
        world.clock.advance(MINUTE);
        ask(&mine, PHONE).await.expect("what is kept");
    }
    world.clock.advance(MINUTE);
    assert!(matches!(ask(&mine, PHONE).await, Err(Problem::Busy { .. })), "and no more than that");
}

#[tokio::test]
async fn who_signed_in_here_before_is_not_shut_out_by_those_who_ask_in_their_name() {
    let world = World::new().await;
    let guest = world.anonymous();
    let mine = known_browser(&guest).await;

    // Somebody asks until the day's codes are used up.
    for asked in 1..10 {
        world.clock.advance(if asked == 5 { HOUR } else { MINUTE });
        ask(&guest, PHONE).await.expect("one of ten");
    }
    world.clock.advance(HOUR);
    assert!(matches!(ask(&guest, PHONE).await, Err(Problem::Refused(_))));
    ask(&mine, PHONE).await.expect("an allowance of its own");
    assert_eq!(ask(&mine, PHONE).await, refusal(Refusal::CodeTooSoon { seconds: 60 }));
    // For another number the browser is not known; and its own allowance has an end, too.
    world.clock.advance(MINUTE);
    for asked in 1..10 {
        world.clock.advance(if asked == 5 { HOUR } else { MINUTE });
        ask(&mine, PHONE).await.expect("one of ten");
    }
    world.clock.advance(HOUR);
    assert!(matches!(ask(&mine, PHONE).await, Err(Problem::Refused(_))));
}
