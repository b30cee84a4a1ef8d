//! The one place that touches the network.
//!
//! Answers to reads are kept while the app is open: a screen one comes back to is there at once,
//! and without a network the last answer is shown with its time. Writes carry a key, so that a
//! retry of the same tap never acts twice.

use std::{cell::RefCell, collections::HashMap};

use domain::{endpoint::Endpoint, failure::Problem, time::Moment};
use gloo_net::http::{Method, RequestBuilder};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

use crate::{clock, host, session};

/// How long an answer may take, in milliseconds.
const PATIENCE: i32 = 15_000;
/// Pauses before the retries of a write, in milliseconds.
const PAUSES: [i32; 2] = [600, 1_800];
/// For how long a resident is left waiting before a retry that the server asks for, in seconds; what
/// takes longer they are told at once.
pub const SHORT: u32 = 10;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The network did not carry it. For a write: it is unknown whether it arrived; the same key
    /// may be sent again.
    Offline,
    /// The server answered with a problem.
    Problem(Problem),
}

/// A kept answer.
#[derive(Clone)]
pub struct Kept {
    text: String,
    /// When it came.
    pub at: Moment,
    fresh: bool,
}

thread_local! {
    static KEPT: RefCell<HashMap<String, Kept>> = RefCell::default();
    static BUILD: RefCell<Option<String>> = const { RefCell::new(None) };
    /// What the bars at the top of the window say.
    static NEWS: News = News { offline_since: RwSignal::new(None), new_version: RwSignal::new(false), resync: RwSignal::new(0) };
}

/// What concerns the whole app.
#[derive(Clone, Copy)]
pub struct News {
    /// Set while reads are answered from what was kept: the time of what is shown for the one that failed last.
    pub offline_since: RwSignal<Option<Moment>>,
    /// A newer version of the app is there.
    pub new_version: RwSignal<bool>,
    /// Counts up when what is on the screen should be asked for again.
    pub resync: RwSignal<u32>,
}

/// What concerns the whole app.
pub fn news() -> News {
    NEWS.with(|news| *news)
}

/// Takes the answers over that the server put into the page.
pub fn take_first_data() {
    let Some(script) = document().get_element_by_id("first-data") else { return };
    let text = script.text_content().unwrap_or_default();
    let Ok(list) = js_sys::JSON::parse(&text) else { return };
    for pair in js_sys::Array::from(&list).iter() {
        let pair = js_sys::Array::from(&pair);
        if let (Some(path), Ok(body)) = (pair.get(0).as_string(), js_sys::JSON::stringify(&pair.get(1))) {
            keep(path, body.into(), true);
        }
    }
    script.remove();
}

fn keep(path: String, text: String, fresh: bool) {
    KEPT.with(|kept| kept.borrow_mut().insert(path, Kept { text, at: clock::now(), fresh }));
}

/// The kept answer of a path. `true` beside it: it came with the page and need not be asked for.
pub fn kept(path: &str) -> Option<(Kept, bool)> {
    KEPT.with(|all| {
        let mut all = all.borrow_mut();
        let kept = all.get_mut(path)?;
        let fresh = std::mem::take(&mut kept.fresh);
        Some((kept.clone(), fresh))
    })
}

/// Asks again for what is on the screen.
pub fn refresh() {
    news().resync.update(|count| *count += 1);
}

/// Forgets all kept answers whose path begins so: after a write, or when signing out.
pub fn forget(prefix: &str) {
    KEPT.with(|kept| kept.borrow_mut().retain(|path, _| !path.starts_with(prefix)));
}

impl Kept {
    /// Reads it; `None` where an older app kept something else.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        decode(&self.text)
    }

    /// Whether both say the same.
    pub fn same_as(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

fn decode<T: DeserializeOwned>(text: &str) -> Option<T> {
    let value = if text.is_empty() { JsValue::NULL } else { js_sys::JSON::parse(text).ok()? };
    serde_wasm_bindgen::from_value(value).ok()
}

fn encode<T: Serialize>(value: &T) -> Option<String> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    js_sys::JSON::stringify(&value.serialize(&serializer).ok()?).ok()?.as_string()
}

/// Asks for a path and keeps the answer.
pub async fn ask(path: &str) -> Result<Kept, Trouble> {
    match send("GET", path, None, None).await {
        Ok(text) => {
            keep(path.to_owned(), text.clone(), false);
            news().offline_since.set(None);
            Ok(Kept { text, at: clock::now(), fresh: false })
        }
        Err(trouble) => {
            if trouble == Trouble::Offline {
                let since = KEPT.with(|all| all.borrow().get(path).map(|kept| kept.at));
                news().offline_since.set(Some(since.unwrap_or_else(clock::now)));
            }
            Err(trouble)
        }
    }
}

/// Reads an endpoint once, past what was kept.
pub async fn read<E: Endpoint<Input = ()>>(params: E::Params) -> Result<E::Output, Trouble> {
    ask(&E::path(&params)).await?.read().ok_or(Trouble::Problem(Problem::Unknown))
}

/// Writes. `key` is made once for what the resident means to do, and kept until it is done: another
/// tap after a lost answer sends the same key.
pub async fn write<E: Endpoint>(
    key: &str,
    params: E::Params,
    input: &E::Input,
) -> Result<E::Output, Trouble> {
    let text = send_write::<E>(key, &params, input).await?;
    understood(&text)
}

/// An answer of another shape comes from a newer server: the bar at the top says so.
fn understood<T: DeserializeOwned>(text: &str) -> Result<T, Trouble> {
    decode(text).ok_or_else(|| {
        news().new_version.set(true);
        Trouble::Problem(Problem::Unknown)
    })
}

/// Writes like [`write`], and takes the answer for what `R` would answer now: what is on the screen
/// changes at once and without a second request. `onto` says of what it is the answer; what begins
/// with one of `outdated` is forgotten.
pub async fn write_onto<E: Endpoint, R: Endpoint<Input = (), Output = E::Output>>(
    key: &str,
    params: E::Params,
    input: &E::Input,
    outdated: &[&str],
    onto: impl FnOnce(&E::Output) -> R::Params,
) -> Result<E::Output, Trouble> {
    let text = send_write::<E>(key, &params, input).await?;
    let output: E::Output = understood(&text)?;
    for prefix in outdated {
        forget(prefix);
    }
    keep(R::path(&onto(&output)), text, true);
    Ok(output)
}

async fn send_write<E: Endpoint>(key: &str, params: &E::Params, input: &E::Input) -> Result<String, Trouble> {
    let path = E::path(params);
    let body =
        (std::any::TypeId::of::<E::Input>() != std::any::TypeId::of::<()>()).then(|| encode(input)).flatten();
    send_patiently(E::METHOD.name(), &path, body, E::KEYED.then_some(key)).await
}

/// Sends a write, and again with the same key while the network or the server stumbles.
async fn send_patiently(
    method: &str,
    path: &str,
    body: Option<String>,
    key: Option<&str>,
) -> Result<String, Trouble> {
    let mut tries = if key.is_some() { PAUSES.iter() } else { [].iter() };
    loop {
        let answer = send(method, path, body.clone(), key).await;
        let pause = match &answer {
            Err(Trouble::Offline | Trouble::Problem(Problem::Unknown)) if host::has_network() => {
                tries.next().map(|pause| (pause / 2, *pause))
            }
            Err(Trouble::Problem(Problem::Busy { retry_after })) if *retry_after <= SHORT => {
                tries.next().map(|_| (retry_after.cast_signed().max(1) * 1_000, 1_000))
            }
            _ => None,
        };
        let Some((least, spread)) = pause else { return answer };
        // Many phones that were refused together must not come back together.
        #[expect(clippy::cast_possible_truncation, reason = "a fraction of a pause")]
        let jitter = (js_sys::Math::random() * f64::from(spread)) as i32;
        host::sleep(least + jitter).await;
    }
}

async fn send(method: &str, path: &str, body: Option<String>, key: Option<&str>) -> Result<String, Trouble> {
    let asked = clock::phone_now();
    let abort = web_sys::AbortController::new().ok();
    let signal = abort.as_ref().map(web_sys::AbortController::signal);
    let method = match method {
        "POST" => Method::POST,
        "DELETE" => Method::DELETE,
        _ => Method::GET,
    };
    let mut request = RequestBuilder::new(path).method(method).abort_signal(signal.as_ref());
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body),
        None => request.build(),
    }
    .map_err(|_| Trouble::Offline)?;
    let timer = abort.map(|abort| {
        set_timeout_with_handle(
            move || abort.abort(),
            std::time::Duration::from_millis(PATIENCE.unsigned_abs().into()),
        )
    });
    let answer = async {
        let response = request.send().await.map_err(|_| Trouble::Offline)?;
        let text = response.text().await.map_err(|_| Trouble::Offline)?;
        Ok((response, text))
    }
    .await;
    if let Some(Ok(timer)) = timer {
        timer.clear();
    }
    let (response, text) = answer?;
    // Read as an integer: the parser of floats would cost every visitor ten kilobytes.
    if let Some(now) = response.headers().get("x-now").and_then(|now| now.parse().ok()) {
        clock::learn(Moment(now), asked);
    }
    note_build(response.headers().get("x-build"));
    if response.ok() {
        return Ok(text);
    }
    // Something between us and the server answered in its place.
    let problem = decode(&text).ok_or(Trouble::Offline)?;
    if problem == Problem::SignedOut {
        session::lost();
    }
    Err(Trouble::Problem(problem))
}

fn note_build(build: Option<String>) {
    let Some(build) = build else { return };
    let changed = BUILD.with(|known| {
        let mut known = known.borrow_mut();
        let changed = known.as_ref().is_some_and(|known| *known != build);
        known.get_or_insert(build);
        changed
    });
    if changed {
        news().new_version.set(true);
    }
}
