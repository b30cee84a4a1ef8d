//! Going to `WeChat` to show who one is, and coming back.
//!
//! Nothing is written when somebody goes. What was agreed on (a number drawn for it, the time, the
//! screen to go to) travels in a cookie, and its keyed digest is the `state` that comes back: letters
//! and digits, bound to this browser. Coming back by it counts once, in the database, whichever the
//! server. Nobody is signed in by an address that somebody else sent them.

use axum::{
    Extension,
    body::Body,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use domain::{
    endpoint::escape,
    screen::{Screen, own_path},
    time::{HOUR, MINUTE, Moment},
};
use serde::Deserialize;

use super::{
    api::{self, Nobody},
    store, visit_place,
};
use crate::{
    app::App,
    digest::{hex, sha256, unhex},
    failure::Failure,
    mount::{self, Arrival, intake},
    session,
    vault::Purpose,
};

/// What the cookie of somebody who was shown to us begins with.
pub const SHOWN: &str = "shown.";
/// What it begins with on the way there.
const GONE: &str = "gone.";
/// How long the way there and back may take, in milliseconds.
const WAY: i64 = 10 * MINUTE;
/// How many may come back to one address in an hour: each costs a question.
const MOST: u32 = 600;

#[derive(Deserialize)]
pub struct Go {
    next: Option<String>,
}

#[derive(Deserialize)]
pub struct Back {
    code: Option<String>,
    state: Option<String>,
}

/// How it ended, for the sign-in screen to go on from.
#[derive(Clone, Copy)]
enum End {
    /// Signed in.
    In,
    /// Shown to us, and bound to nobody yet.
    New,
    /// Only a preview of the page.
    Snapshot,
    /// Too late, twice, or from somewhere else.
    Lapsed,
    /// `WeChat` did not say.
    Failed,
}

/// Sends the browser to `WeChat`.
pub async fn go(
    State(app): State<App>,
    Extension(arrival): Extension<Arrival>,
    Query(Go { next }): Query<Go>,
) -> Response<Body> {
    let answer = async {
        let wechat = app.config.wechat.as_ref().ok_or(Failure::NotFound)?;
        let origin = app.config.origin.as_deref().ok_or(Failure::NotFound)?;
        let next = next.as_deref().and_then(own_path).unwrap_or("/mine");
        let gone = format!("{GONE}{}.{}.{}", app.dice.code(24), app.now().0, hex(next.as_bytes()));
        let address = format!(
            "{}/connect/oauth2/authorize?appid={}&redirect_uri={}&response_type=code&scope=snsapi_base\
             &state={}#wechat_redirect",
            wechat.open_site,
            wechat.app,
            escaped(&format!("{origin}/wechat/back")),
            state(&app, &gone),
        );
        redirect(&address, vec![cookie(&app, &gone, WAY)?])
    };
    answer.await.unwrap_or_else(|failure: Failure| failure.into_answer(&arrival.request))
}

/// Takes back who comes from there.
pub async fn back(
    State(app): State<App>,
    Extension(arrival): Extension<Arrival>,
    Query(back): Query<Back>,
    headers: HeaderMap,
) -> Response<Body> {
    let gone = intake::cookie(&headers, app.config.wechat_cookie()).unwrap_or_default();
    let next = read(gone).map(|(next, _)| next);
    let came = come(&app, &arrival, &back, gone, &headers).await;
    let (end, mut cookies) = came.unwrap_or_else(|failure| {
        tracing::warn!(?failure, "nobody came back from WeChat");
        (End::Failed, Vec::new())
    });
    if cookies.is_empty() {
        cookies.extend(cookie(&app, "", 0));
    }
    let next = escaped(next.as_deref().unwrap_or("/mine"));
    let end = match end {
        End::In => "in",
        End::New => "new",
        End::Snapshot => "snapshot",
        End::Lapsed => "lapsed",
        End::Failed => "failed",
    };
    let address = format!("{}?next={next}&wechat={end}", Screen::SignIn.path());
    redirect(&address, cookies).unwrap_or_else(|failure| failure.into_answer(&arrival.request))
}

async fn come(
    app: &App,
    arrival: &Arrival,
    back: &Back,
    gone: &str,
    headers: &HeaderMap,
) -> Result<(End, Vec<HeaderValue>), Failure> {
    let now = app.now();
    let wechat = app.config.wechat.as_ref().ok_or(Failure::NotFound)?;
    let fresh = read(gone).is_some_and(|(_, made)| (0..WAY).contains(&(now.0 - made.0)));
    let agreed = state(app, gone);
    if !fresh || !back.state.as_deref().is_some_and(|came| session::is_same(came, &agreed)) {
        return Ok((End::Lapsed, Vec::new()));
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    // Who says no comes back without a code.
    let Some(code) = back.code.as_deref().filter(|code| (1..=128).contains(&code.len())) else {
        return Ok((End::Failed, Vec::new()));
    };
    let address_mac = session::address_mac(app, arrival.address);
    if !code.bytes().all(plain) || store::visits(&app.db, &address_mac, now.plus(-HOUR)).await? >= MOST {
        return Ok((End::Failed, Vec::new()));
    }
    let state_hash = sha256(&agreed);
    let mut tx = app.db.begin().await?;
    if !store::come(&mut tx, &state_hash, &address_mac, now).await? {
        return Ok((End::Lapsed, Vec::new()));
    }
    // It counts as used before `WeChat` is asked: a state is good for one question.
    tx.commit().await?;
    let openid = match api::openid(&app.outside, wechat, code).await {
        Ok(openid) => openid,
        Err(Nobody::BadCode) => return Ok((End::Lapsed, Vec::new())),
        Err(Nobody::Snapshot) => return Ok((End::Snapshot, Vec::new())),
        Err(Nobody::Away) => return Ok((End::Failed, Vec::new())),
    };
    let mac = app.vault.digest(Purpose::Openid, &[&openid]);
    let signed_in = mount::resident(app, headers).await.ok();
    let mut tx = app.db.begin().await?;
    let known = store::account(&mut tx, &mac).await?;
    match (known, signed_in) {
        (Some(account), None) => {
            let cookies = session::enter(app, tx, None, &account, intake::device(headers)).await?;
            Ok((End::In, cookies))
        }
        (Some(account), Some(caller)) if account == caller.id => Ok((End::In, Vec::new())),
        // Who is signed in as somebody else stays so, unless they bind this WeChat themselves.
        _ => {
            let (token, sealed) =
                (app.dice.token(), app.vault.seal(visit_place(&state_hash), openid.as_bytes())?);
            store::show(&mut tx, &state_hash, &sha256(&token), [&mac, &sealed]).await?;
            tx.commit().await?;
            Ok((End::New, vec![cookie(app, &format!("{SHOWN}{token}"), super::SHOWN)?]))
        }
    }
}

/// What was agreed on, as it may be seen: 64 letters and digits.
fn state(app: &App, gone: &str) -> String {
    app.vault.digest(Purpose::Wechat, &[gone])
}

/// Where to go afterwards, and when they went.
fn read(gone: &str) -> Option<(String, Moment)> {
    let mut parts = gone.strip_prefix(GONE)?.split('.').skip(1);
    let made = Moment(parts.next()?.parse().ok()?);
    let next = String::from_utf8(unhex(parts.next()?)?).ok()?;
    own_path(&next).map(|next| (next.to_owned(), made))
}

fn cookie(app: &App, value: &str, life: i64) -> Result<HeaderValue, Failure> {
    session::any_cookie(&app.config, app.config.wechat_cookie(), value, life)
}

fn redirect(address: &str, cookies: Vec<HeaderValue>) -> Result<Response<Body>, Failure> {
    let address = HeaderValue::from_str(address).map_err(|error| Failure::Broken(error.to_string()))?;
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::SEE_OTHER;
    let headers = answer.headers_mut();
    headers.insert(header::LOCATION, address);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
    Ok(answer)
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    escape(text, &mut escaped);
    escaped
}
