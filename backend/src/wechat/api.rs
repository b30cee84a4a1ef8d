//! What is asked of `WeChat`: who somebody is, and a ticket for pages.

use http_body_util::Full;
use hyper::{Request, body::Bytes};
use serde::Deserialize;
use serde_json::json;

use crate::{
    config::Wechat,
    outside::{Answer, Outside},
};

/// The code was made up or had lapsed.
const BAD_CODE: i64 = 40029;
/// The code had been used.
const USED_CODE: i64 = 40163;
/// The token that was lent has been taken back, or has lapsed.
const BAD_TOKEN: [i64; 3] = [40001, 40014, 42001];

/// Why nobody is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nobody {
    /// The code is worth nothing.
    BadCode,
    /// A preview of the page, in which everybody is the same.
    Snapshot,
    /// `WeChat` cannot be asked, or does not know us.
    Away,
}

/// Who somebody is, by the code they came back with.
pub async fn openid(outside: &Outside, wechat: &Wechat, code: &str) -> Result<String, Nobody> {
    #[derive(Deserialize)]
    struct Person {
        openid: Option<String>,
        #[serde(default)]
        is_snapshotuser: i64,
        #[serde(default)]
        errcode: i64,
    }
    let (app, secret) = (&wechat.app, wechat.secret.reveal());
    let path = format!(
        "/sns/oauth2/access_token?appid={app}&secret={secret}&code={code}&grant_type=authorization_code"
    );
    let answer = outside.get(&wechat.api_site, &path).await.map_err(|error| {
        tracing::error!(%error, "WeChat");
        Nobody::Away
    })?;
    let person: Person = read(&answer).ok_or(Nobody::Away)?;
    match (person.errcode, person.openid) {
        (0, Some(_)) if person.is_snapshotuser == 1 => Err(Nobody::Snapshot),
        (0, Some(openid)) if !openid.is_empty() => Ok(openid),
        (BAD_CODE | USED_CODE, _) => Err(Nobody::BadCode),
        (errcode, _) => {
            tracing::error!(errcode, "WeChat refuses us");
            Err(Nobody::Away)
        }
    }
}

/// A ticket for pages, and for how many seconds it is good.
pub async fn ticket(outside: &Outside, wechat: &Wechat) -> Option<(String, i64)> {
    #[derive(Deserialize)]
    struct Loan {
        #[serde(default)]
        errcode: i64,
        ticket: Option<String>,
        #[serde(default)]
        expires_in: i64,
    }
    for force in [false, true] {
        let token = token(outside, wechat, force).await?;
        let path = format!("/cgi-bin/ticket/getticket?access_token={token}&type=jsapi");
        let answer = outside.get(&wechat.api_site, &path).await;
        let answer = answer.inspect_err(|error| tracing::error!(%error, "WeChat")).ok()?;
        let Loan { errcode, ticket, expires_in } = read(&answer)?;
        match ticket {
            Some(ticket) if errcode == 0 => return Some((ticket, expires_in)),
            _ if BAD_TOKEN.contains(&errcode) && !force => {}
            _ => {
                tracing::error!(errcode, "WeChat lends no ticket");
                return None;
            }
        }
    }
    None
}

/// The house's token. The stable sort: a second server that asks gets the same, and ends none.
async fn token(outside: &Outside, wechat: &Wechat, force: bool) -> Option<String> {
    #[derive(Deserialize)]
    struct Token {
        access_token: Option<String>,
        #[serde(default)]
        errcode: i64,
    }
    let body = json!({
        "grant_type": "client_credential",
        "appid": wechat.app,
        "secret": wechat.secret.reveal(),
        "force_refresh": force,
    });
    let request = Request::post("/cgi-bin/stable_token")
        .header("content-type", "application/json")
        .body(Full::new(Bytes::from(body.to_string())));
    let answer = outside.send(&wechat.api_site, request).await;
    let answer = answer.inspect_err(|error| tracing::error!(%error, "WeChat")).ok()?;
    let token: Token = read(&answer)?;
    let plain = |text: &String| {
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~'))
    };
    if token.access_token.is_none() {
        tracing::error!(errcode = token.errcode, "WeChat lends no token");
    }
    token.access_token.filter(plain)
}

fn read<T: for<'a> Deserialize<'a>>(answer: &Answer) -> Option<T> {
    let read = serde_json::from_slice(&answer.body);
    read.inspect_err(|_| tracing::error!(status = answer.status, "WeChat says what it should not")).ok()
}
