//! The one place that touches the network.
//!
//! Answers to reads are kept while the app is open: a screen one comes back to is there at once,
//! and without a network the last answer is shown with its time. Writes carry a key, so that a
//! retry of the same tap never acts twice.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
};

use domain::{
    circle::{ForAnother, HEADER},
    endpoint::{Audience, Endpoint},
    failure::Problem,
    session::api::{GetMe, GetTime},
    time::Moment,
};
use gloo_net::http::{Method, RequestBuilder};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

use crate::{acting, clock, session};

mod write;

use write::pause_about;
pub use write::{Doubt, write, write_for_sure, write_for_sure_onto, write_onto};

/// How long an answer may take, in milliseconds.
const PATIENCE: i32 = 15_000;
/// The same where somebody asks again at once: an answer that is lost costs less time.
const QUICK: i32 = 6_000;
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
    /// It was not asked for: that is for oneself, and one acts for another.
    OnlyOneself,
    /// It was not asked for: one may only look.
    OnlySee,
}

/// In whose name something can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It is the same for everybody.
    Everybody,
    /// For oneself alone.
    Oneself,
    /// For another, by whoever may see.
    See,
    /// For another, by whoever may act.
    Act,
}

/// In whose name an endpoint can be called.
pub const fn reach<E: Endpoint>() -> Reach {
    match (E::FOR_ANOTHER, E::AUDIENCE) {
        (ForAnother::See, _) => Reach::See,
        (ForAnother::Act(_), _) => Reach::Act,
        (ForAnother::Never, Audience::Public) => Reach::Everybody,
        (ForAnother::Never, _) => Reach::Oneself,
    }
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
    /// Somebody is asking for the time.
    static TAKING: Cell<bool> = const { Cell::new(false) };
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
pub async fn ask(path: &str, reach: Reach) -> Result<Kept, Trouble> {
    match send(reach, "GET", path, None, None, PATIENCE).await {
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
    ask(&E::path(&params), reach::<E>()).await?.read().ok_or(Trouble::Problem(Problem::Unknown))
}

/// Asks for the time a few times in a row; the quickest answer counts.
pub async fn take_the_time() {
    if TAKING.replace(true) {
        return;
    }
    for _ in 0..5 {
        // Nothing depends on any one of them.
        let _ = send(Reach::Everybody, "GET", &GetTime::path(&()), None, None, QUICK).await;
        pause_about(80, 160).await;
    }
    TAKING.set(false);
}

/// The bond that goes with a request; an error where it is not to be sent at all.
fn bond_for(reach: Reach) -> Result<Option<String>, Trouble> {
    match (reach, acting::bond()) {
        (_, None) | (Reach::Everybody, _) => Ok(None),
        (Reach::Oneself, Some(_)) => Err(Trouble::OnlyOneself),
        (Reach::Act, Some(_)) if acting::only_sees() => Err(Trouble::OnlySee),
        (Reach::See | Reach::Act, bond) => Ok(bond),
    }
}

/// What was asked for by a bond is not there. Where the one for whom one acts is not there either, it
/// is the bond that has ended.
fn doubt_bond(path: &str) {
    if path == GetMe::path(&()) {
        acting::gone();
        return;
    }
    leptos::task::spawn_local(async {
        let _ = Box::pin(ask(&GetMe::path(&()), Reach::See)).await;
    });
}

async fn send(
    reach: Reach,
    method: &str,
    path: &str,
    body: Option<String>,
    key: Option<&str>,
    patience: i32,
) -> Result<String, Trouble> {
    let bond = bond_for(reach)?;
    let asked = clock::own_now();
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
    if let Some(bond) = &bond {
        request = request.header(HEADER, bond);
    }
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body),
        None => request.build(),
    }
    .map_err(|_| Trouble::Offline)?;
    let timer = abort.map(|abort| {
        set_timeout_with_handle(
            move || abort.abort(),
            std::time::Duration::from_millis(patience.unsigned_abs().into()),
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
    match problem {
        Problem::SignedOut => session::lost(),
        Problem::Locked => session::locked(),
        _ => {}
    }
    if problem == Problem::NotFound && bond.is_some() {
        doubt_bond(path);
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
