//! What makes no sense is told so, and nothing happens.

use domain::{
    endpoint::{Audience, Endpoint},
    endpoints::{Visitor, visit_all},
    failure::Problem,
    task::api::ClaimTask,
    wish::api::MyWishes,
};
use reqwest::{Method, RequestBuilder, header};

use crate::world::{Client, World, fresh_key, outcome};

const JSON: &str = "application/json";

/// A write that would make a wish, were its body and headers in order.
fn wish(client: &Client, body: impl Into<reqwest::Body>) -> RequestBuilder {
    client
        .request(Method::POST, "/api/wishes")
        .header("idempotency-key", fresh_key())
        .header(header::CONTENT_TYPE, JSON)
        .body(body)
}

async fn status(request: RequestBuilder) -> u16 {
    let answer = request.send().await.expect("an answer");
    let status = answer.status().as_u16();
    assert_eq!(answer.headers()[header::CONTENT_TYPE], JSON);
    let problem: Problem = answer.json().await.expect("a problem");
    assert!(!matches!(problem, Problem::Broken { .. }), "{problem:?}");
    status
}

#[tokio::test]
async fn bodies_that_make_no_sense_are_refused_with_a_reason() {
    let world = World::new().await;
    let resident = world.resident("13800000001").await;
    let good = r#"{"centre":"xinsheng","category":"place","text":"想要一个充电棚"}"#;
    let with = |extra: &str| good.replacen('{', &format!("{{{extra},"), 1);
    for (what, body) in [
        ("nothing", Vec::new()),
        ("half", good.as_bytes()[..20].to_vec()),
        ("no JSON", b"text=wish".to_vec()),
        ("the wrong shape", b"[1,2,3]".to_vec()),
        ("a field missing", br#"{"centre":"xinsheng"}"#.to_vec()),
        ("an unknown category", good.replace("place", "gold").into_bytes()),
        ("two bodies", format!("{good}{good}").into_bytes()),
        ("no UTF-8", [&good.as_bytes()[..45], &[0xff, 0xfe], &good.as_bytes()[45..]].concat()),
        ("a NUL byte", good.replace("想", "\0").into_bytes()),
        ("a NUL character", good.replace("想", "\\u0000").into_bytes()),
        ("a NUL nobody reads", with(r#""x":"\u0000""#).into_bytes()),
        ("deep nesting", "[".repeat(50_000).into_bytes()),
        (
            "deep nesting nobody reads",
            with(&format!("\"x\":{}1{}", "[".repeat(99), "]".repeat(99))).into_bytes(),
        ),
        ("half a surrogate", good.replace("想", "\\ud800").into_bytes()),
    ] {
        assert_eq!(status(wish(&resident, body)).await, 400, "{what}");
    }
    assert_eq!(status(wish(&resident, good.replace("想", &"想".repeat(30_000)))).await, 413);
    assert_eq!(status(wish(&resident, vec![b' '; 3_000_000])).await, 413);
    let wishes = resident.call::<MyWishes>((), ()).await.expect("a list");
    assert!(wishes.is_empty(), "nothing happened");
}

#[tokio::test]
async fn a_body_that_grows_while_it_comes_is_cut_off() {
    let world = World::new().await;
    let resident = world.resident("13800000001").await;
    // Without a declared length.
    let answer = raw(
        &world,
        &format!(
            "POST /api/wishes HTTP/1.1\r\nhost: x\r\nsec-fetch-site: same-origin\r\ncookie: {}\r\n\
             content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n{}0\r\n\r\n",
            resident.cookie.as_deref().unwrap_or_default(),
            format!("2000\r\n{}\r\n", " ".repeat(0x2000)).repeat(20),
        ),
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

/// Sends bytes as they are and reads what comes until the server hangs up or has nothing to add.
async fn raw(world: &World, text: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(world.server.address).await.expect("connected");
    let _ = stream.write_all(text.as_bytes()).await;
    let mut bytes = vec![0; 4_096];
    let read = stream.read(&mut bytes).await.unwrap_or_default();
    String::from_utf8_lossy(&bytes[..read]).into_owned()
}

#[tokio::test]
async fn requests_that_are_no_http_are_turned_away() {
    let world = World::new().await;
    for text in [
        "GET / HTTP/1.1\r\nbad header\r\n\r\n".to_owned(),
        format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(80_000)),
        "POST /api/wishes HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n".to_owned(),
        "POST /api/wishes HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n".to_owned(),
    ] {
        let answer = raw(&world, &text).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
}

#[tokio::test]
async fn writes_from_elsewhere_are_foreign() {
    let world = World::new().await;
    let resident = world.resident("13800000001").await;
    let cookie = resident.cookie.as_deref().unwrap_or_default();
    let post = |headers: &[(&str, &str)]| {
        let mut request = reqwest::Client::new()
            .post(format!("{}/api/wishes", world.base))
            .header("idempotency-key", fresh_key())
            .header(header::COOKIE, cookie)
            .body(r#"{"centre":"xinsheng","category":"place","text":"想要一个充电棚"}"#);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request
    };
    let own = world.base.as_str();
    let json = ("content-type", JSON);
    for foreign in [
        &[("sec-fetch-site", "cross-site"), json][..],
        &[("sec-fetch-site", "same-site"), ("origin", own), json],
        &[("origin", "https://evil.example"), json],
        &[("origin", "null"), json],
    ] {
        assert_eq!(status(post(foreign)).await, 403, "{foreign:?}");
    }
    // What a form of somebody else's page could send.
    let form =
        reqwest::Client::new().post(format!("{}/api/wishes", world.base)).header(header::COOKIE, cookie);
    let form = form.header(header::CONTENT_TYPE, "text/plain").body("{}");
    assert_eq!(status(form).await, 403);
    for (headers, expected) in [
        (&[("origin", own), ("content-type", "text/plain")][..], 415),
        (&[("origin", own), ("content-type", "application/jsonp")], 415),
        (&[("origin", own), ("content-type", "application/json; charset=gbk")], 415),
        (&[("sec-fetch-site", "same-origin")], 415),
        (&[], 415),
    ] {
        assert_eq!(status(post(headers)).await, expected, "{headers:?}");
    }
    let answer = post(&[("origin", own), json]).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn a_keyed_write_needs_a_key_that_is_one() {
    let world = World::new().await;
    let resident = world.resident("13800000001").await;
    let body = r#"{"centre":"xinsheng","category":"place","text":"想要一个充电棚"}"#;
    for key in [None, Some(""), Some("short"), Some("spaces are not good"), Some(&*"k".repeat(65))] {
        let mut request =
            resident.request(Method::POST, "/api/wishes").header(header::CONTENT_TYPE, JSON).body(body);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        assert_eq!(status(request).await, 400, "{key:?}");
    }
}

#[tokio::test]
async fn who_is_not_signed_in_is_told_so_before_anything_else_is_looked_at() {
    struct All(Vec<(Method, String, Audience)>);
    impl Visitor for All {
        fn visit<E: Endpoint>(&mut self) {
            let method = Method::from_bytes(E::METHOD.name().as_bytes()).expect("a method");
            let path = E::PATH.replace("{day}", "2026-06-24");
            let path = path.split(['{', '}']).step_by(2).collect::<Vec<_>>().join("nobody");
            self.0.push((method, path, E::AUDIENCE));
        }
    }
    let world = World::new().await;
    let stranger = world.anonymous();
    let mut all = All(Vec::new());
    visit_all(&mut all);
    for (method, path, audience) in all.0 {
        let told = format!("{method} {path}");
        let answer = stranger.request(method, &path).send().await.expect("an answer");
        assert_eq!(answer.status() == 401, audience.signs_in(), "{told}");
    }
    let mut stale = stranger.clone();
    stale.cookie = Some(format!("session={}", "A".repeat(43)));
    assert_eq!(status(stale.request(Method::GET, "/api/me")).await, 401);
}

#[tokio::test]
async fn what_there_is_not_is_not_found_and_the_wrong_verb_is_said_to_be() {
    let world = World::new().await;
    let resident = world.resident("13800000001").await;
    for path in [
        "/api/nothing",
        "/api/",
        "/api/centres/nowhere",
        "/api/centres/nowhere/home",
        "/api/centres/nowhere/wishes",
        "/api/cities/nowhere/offerings",
        "/api/cities/nowhere/seats",
        "/api/cities/nowhere/tasks",
        "/api/offerings/nothing",
        "/api/bookings/nothing",
        "/api/wishes/nothing",
        "/api/tasks/nothing",
        "/api/centres/%00",
        "/api/centres/%ff",
        "/api/centres/..%2fcities",
        "/api/centres/a%20b",
        &format!("/api/centres/{}", "a".repeat(65)),
    ] {
        assert_eq!(status(resident.request(Method::GET, path)).await, 404, "{path}");
    }
    let nowhere = resident.call::<ClaimTask>("nothing".into(), ()).await;
    assert_eq!(nowhere.map(|_| ()), Err(Problem::NotFound));
    for (method, path) in [
        (Method::PUT, "/api/wishes"),
        (Method::DELETE, "/api/centres"),
        (Method::POST, "/api/time"),
        (Method::PATCH, "/api/me"),
    ] {
        assert_eq!(status(resident.request(method, path)).await, 405, "{path}");
    }
    let answer = resident.request(Method::POST, "/join").send().await.expect("an answer");
    assert_eq!(outcome::<()>(answer).await, Err(Problem::NotFound));
}
