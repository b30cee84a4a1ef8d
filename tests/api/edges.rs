//! What happens around the handlers: slow clients, health, files, pages and their headers.

use std::time::{Duration, Instant};

use backend::config::Patience;
use domain::{
    centre::api::{GetHome, ListCentres},
    endpoint::Endpoint,
    endpoints::{Visitor, visit_all},
    session::api::GetTime,
};
use reqwest::{Method, Response, header};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::world::World;

const OLD: &str = "Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 \
    Chrome/86.0.4240.99 XWEB/3262 Mobile Safari/537.36 MicroMessenger/8.0.21";

async fn get(world: &World, path: &str, headers: &[(header::HeaderName, &str)]) -> Response {
    let mut request = world.anonymous().request(Method::GET, path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    request.send().await.expect("an answer")
}

fn text(answer: &Response, name: impl header::AsHeaderName) -> &str {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// A world whose server waits a second and no longer.
async fn hasty() -> World {
    let second = Duration::from_secs(1);
    World::with(|config| config.patience = Patience { headers: second, body: second, stop: second }).await
}

/// Sends `bytes`, then nothing; how long until the server hangs up, and what it said.
async fn stall(world: &World, bytes: &str) -> (Duration, String) {
    let since = Instant::now();
    let mut stream = TcpStream::connect(world.server.address).await.expect("connected");
    stream.write_all(bytes.as_bytes()).await.expect("sent");
    let mut heard = Vec::new();
    let reading = stream.read_to_end(&mut heard);
    let _ = tokio::time::timeout(Duration::from_secs(10), reading).await.expect("the server hangs up");
    (since.elapsed(), String::from_utf8_lossy(&heard).into_owned())
}

#[tokio::test]
async fn clients_that_stall_are_let_go() {
    let world = hasty().await;
    let body = "POST /api/session/code HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
        content-length: 40\r\n\r\n{\"phone\"";
    let unread = "GET /api/time HTTP/1.1\r\nhost: x\r\ncontent-length: 40\r\n\r\n{";
    let idle = "GET /api/time HTTP/1.1\r\nhost: x\r\n\r\n";
    let (silent, half, idle, body, unread) = tokio::join!(
        stall(&world, ""),
        stall(&world, "GET / HT"),
        stall(&world, idle),
        stall(&world, body),
        stall(&world, unread),
    );
    for (what, (took, _)) in [("silence", &silent), ("half a header", &half), ("no next request", &idle)] {
        assert!(*took > Duration::from_millis(900), "{what}: {took:?}");
    }
    for (took, said) in [&silent, &half, &idle, &body, &unread] {
        assert!(*took < Duration::from_secs(4), "{took:?}: {said}");
    }
    assert!(body.1.starts_with("HTTP/1.1 408"), "{}", body.1);
}

#[tokio::test]
async fn a_client_that_takes_nothing_is_let_go() {
    let world = hasty().await;
    let stream = TcpStream::connect(world.server.address).await.expect("connected");
    let (mut reads, mut writes) = stream.into_split();
    // Many requests at once, whose answers nobody takes.
    let request = "GET /api/openapi.json HTTP/1.1\r\nhost: x\r\n\r\n".repeat(400);
    let since = Instant::now();
    let sending = tokio::spawn(async move {
        for _ in 0..200 {
            if writes.write_all(request.as_bytes()).await.is_err() {
                return;
            }
        }
    });
    tokio::time::timeout(Duration::from_secs(8), sending).await.expect("the server hangs up").expect("sent");
    assert!(since.elapsed() < Duration::from_secs(8));
    // What is left in the pipe ends, by an error or not.
    let _ = tokio::time::timeout(Duration::from_secs(5), reads.read_to_end(&mut Vec::new())).await;
}

#[tokio::test]
async fn with_too_many_connections_the_next_is_turned_away_at_once() {
    let world = World::with(|config| config.connections = 2).await;
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(world.server.address).await.expect("connected");
        stream.write_all(b"GET /api/time HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("sent");
        let mut byte = [0];
        stream.read_exact(&mut byte).await.expect("an answer");
        held.push(stream);
    }
    let (took, said) = stall(&world, "").await;
    assert!(said.starts_with("HTTP/1.1 503") && said.contains("retry-after: 2"), "{said}");
    assert!(took < Duration::from_secs(1), "{took:?}");
    let body = said.split("\r\n\r\n").nth(1).unwrap_or_default();
    let problem: domain::failure::Problem = serde_json::from_str(body).expect("a problem");
    assert_eq!(problem, domain::failure::Problem::Busy { retry_after: 2 });
}

#[tokio::test]
async fn what_is_under_way_is_finished_when_the_server_stops() {
    let world = World::new().await;
    let mut stream = TcpStream::connect(world.server.address).await.expect("connected");
    let body = r#"{"phone":"13800000001"}"#;
    let head = format!(
        "POST /api/session/code HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{}",
        body.len(),
        &body[..5]
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    tokio::time::sleep(Duration::from_millis(100)).await;
    let (mut world, address) = (world, stream.peer_addr().expect("connected"));
    let stopping = tokio::spawn(async move { world.server.stop().await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(TcpStream::connect(address).await.is_err(), "it accepts nobody any more");
    stream.write_all(&body.as_bytes()[5..]).await.expect("sent");
    let mut said = String::new();
    stream.read_to_string(&mut said).await.expect("an answer");
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
    tokio::time::timeout(Duration::from_secs(5), stopping).await.expect("it stops").expect("well");
}

#[tokio::test]
async fn health_and_time_are_told() {
    let world = World::new().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(get(&world, path, &[]).await.status(), 200, "{path}");
    }
    let time = world.anonymous().call::<GetTime>((), ()).await.expect("the time");
    assert_eq!(time.now, world.now());
    let answer = get(&world, "/api/time", &[]).await;
    assert_eq!(text(&answer, "x-now"), world.now().0.to_string());
    assert!(!text(&answer, "x-build").is_empty() && !text(&answer, "x-request").is_empty());
}

#[tokio::test]
async fn the_document_lists_every_endpoint() {
    struct Check(serde_json::Value);
    impl Visitor for Check {
        fn visit<E: Endpoint>(&mut self) {
            let operation = &self.0["paths"][E::PATH][E::METHOD.name().to_lowercase()];
            assert_eq!(operation["summary"], E::SUMMARY, "{}", E::PATH);
        }
    }
    let world = World::new().await;
    let answer = get(&world, "/api/openapi.json", &[]).await;
    assert_eq!(text(&answer, header::CONTENT_TYPE), "application/json");
    visit_all(&mut Check(answer.json().await.expect("JSON")));
}

#[tokio::test]
async fn a_public_answer_is_sent_once_and_then_only_named() {
    let world = World::new().await;
    let path = ListCentres::path(&());
    let first = get(&world, &path, &[]).await;
    let etag = text(&first, header::ETAG).to_owned();
    assert!(etag.starts_with("W/\""), "{etag}");
    let again = get(&world, &path, &[(header::IF_NONE_MATCH, &etag)]).await;
    assert_eq!(again.status(), 304);
    assert_eq!(again.bytes().await.expect("no body").len(), 0);

    let plain = first.bytes().await.expect("a body").len();
    for coding in ["br", "gzip"] {
        let packed = get(&world, &path, &[(header::ACCEPT_ENCODING, coding)]).await;
        assert_eq!(text(&packed, header::CONTENT_ENCODING), coding);
        assert_eq!(text(&packed, header::VARY), "accept-encoding");
        assert!(packed.bytes().await.expect("a body").len() * 2 < plain, "{coding}");
    }
}

#[tokio::test]
async fn files_travel_compressed_and_are_kept_for_as_long_as_their_names_say() {
    let world = World::new().await;
    let wasm = "/doorstep-0123456789abcdef_bg.wasm";
    let answer = get(&world, wasm, &[(header::ACCEPT_ENCODING, "gzip, br")]).await;
    assert_eq!(text(&answer, header::CONTENT_TYPE), "application/wasm");
    assert_eq!(text(&answer, header::CONTENT_ENCODING), "br");
    assert_eq!(text(&answer, header::CACHE_CONTROL), "public, max-age=31536000, immutable");
    assert_eq!(text(&answer, header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    let etag = text(&answer, header::ETAG).to_owned();
    assert_eq!(get(&world, wasm, &[(header::IF_NONE_MATCH, &etag)]).await.status(), 304);

    let icon = get(&world, "/icon.svg", &[]).await;
    assert_eq!(text(&icon, header::CACHE_CONTROL), "no-cache");
    assert_eq!(text(&icon, header::CONTENT_TYPE), "image/svg+xml");
    for path in
        ["/doorstep-0123456789abcdef_bg.wasm.map", "/../Cargo.toml", "/%2e%2e/Cargo.toml", "/index.html"]
    {
        assert_eq!(get(&world, path, &[]).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_page_has_its_first_screen_its_data_and_its_headers() {
    let world = World::new().await;
    let answer = get(&world, "/", &[(header::COOKIE, "centre=wenchang; lang=en; view=elder")]).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(text(&answer, header::CACHE_CONTROL), "no-store");
    assert_eq!(text(&answer, header::CONTENT_TYPE), "text/html; charset=utf-8");
    let policy = text(&answer, header::CONTENT_SECURITY_POLICY).to_owned();
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"), "{policy}");
    assert!(!policy.contains("'unsafe-inline'"), "{policy}");
    let page = answer.text().await.expect("a page");
    assert!(page.contains("<html lang=\"en\" class=\"elder\" data-centre=\"wenchang\""), "{page}");
    assert!(page.contains("href=\"tel:"), "{page}");
    let data = page.split("id=\"first-data\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let data: Vec<(String, serde_json::Value)> =
        serde_json::from_str(data.expect("data")).expect("pairs of address and answer");
    let home = GetHome::path(&"wenchang".into());
    assert!(data.iter().any(|(address, _)| *address == home), "{home}");

    let old = get(&world, "/", &[(header::USER_AGENT, OLD)]).await;
    let policy = text(&old, header::CONTENT_SECURITY_POLICY);
    assert!(policy.contains("script-src 'self' 'unsafe-eval';"), "{policy}");
}

#[tokio::test]
async fn an_address_that_leads_nowhere_says_so_in_the_frame_of_the_app() {
    let world = World::new().await;
    for path in ["/nope", "/centres/nowhere", "/offerings/nothing", "/centres/%00"] {
        let answer = get(&world, path, &[]).await;
        assert_eq!(answer.status(), 404, "{path}");
        let page = answer.text().await.expect("a page");
        assert!(page.contains("class=\"tabs\"") && page.contains("没有这个页面"), "{page}");
    }
    for path in ["/join?kind=class", "/mine", "/settings", "/sign-in?next=%2Fmine", "/wishes/new"] {
        assert_eq!(get(&world, path, &[]).await.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn where_the_address_is_https_browsers_are_held_to_it() {
    let plain = World::new().await;
    assert_eq!(text(&get(&plain, "/", &[]).await, header::STRICT_TRANSPORT_SECURITY), "");
    let world = World::with(|config| config.origin = Some("https://doorstep.example".into())).await;
    for path in ["/", "/api/time", "/icon.svg"] {
        let answer = get(&world, path, &[]).await;
        assert!(text(&answer, header::STRICT_TRANSPORT_SECURITY).starts_with("max-age=31536000"), "{path}");
    }
}

#[tokio::test]
async fn only_a_test_may_set_the_clock() {
    let world = World::new().await;
    let set = |world: &World| world.anonymous().request(Method::POST, "/test/clock").body("1000");
    assert_eq!(set(&world).send().await.expect("an answer").status(), 404);
    let world = World::with(|config| config.test_clock = true).await;
    assert_eq!(set(&world).send().await.expect("an answer").status(), 204);
    assert_eq!(world.now().0, 1_000);
}
