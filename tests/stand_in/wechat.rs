//! A stand-in that answers for `WeChat` as its documentation says: where people are sent, where the
//! server asks, and the script of functions for pages.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    extract::{Query, State},
    http::header,
    response::Redirect,
    routing::{get, post},
};
use serde_json::{Value, json};

#[derive(Default)]
pub struct Counts {
    /// Codes that were asked about.
    pub used: HashSet<String>,
    /// How many tokens were lent.
    pub tokens: u32,
    /// How many tickets.
    pub tickets: u32,
    /// The token that was lent and not taken back.
    pub token: String,
    /// Whose WeChat it is that is sent here by a page: a name for a person, or `preview`.
    pub person: String,
}

/// What it has counted, for all who look.
pub type Shared = Arc<Mutex<Counts>>;

/// The house's account there.
pub const APP: &str = "wx0123456789abcdef";
/// Its secret.
pub const SECRET: &str = "secretcanary";

/// The script of functions for pages: it keeps what it was asked for, and answers as a phone would.
const SCRIPT: &str = include_str!("jweixin.js");

/// Answers for `WeChat`: its address.
pub async fn stand_in() -> (String, Shared) {
    #[derive(serde::Deserialize)]
    struct Ask {
        appid: String,
        secret: String,
        code: String,
        grant_type: String,
    }
    async fn who(State(counts): State<Shared>, Query(ask): Query<Ask>) -> Json<Value> {
        let error = |code: i64| Json(json!({ "errcode": code, "errmsg": "no" }));
        if (ask.appid.as_str(), ask.secret.as_str()) != (APP, SECRET) {
            return error(40125);
        }
        assert_eq!(ask.grant_type, "authorization_code");
        let Some(person) = ask.code.strip_prefix("code-") else { return error(40029) };
        if !counts.lock().expect("counts").used.insert(ask.code.clone()) {
            return error(40163);
        }
        let person = person.split('_').next().unwrap_or_default();
        let mut answer = json!({
            "access_token": "t", "expires_in": 7200, "refresh_token": "r", "scope": "snsapi_base",
            "openid": format!("oCanaryOpenid-{person}")
        });
        if person == "preview" {
            answer["is_snapshotuser"] = json!(1);
        }
        Json(answer)
    }
    async fn token(State(counts): State<Shared>, Json(ask): Json<Value>) -> Json<Value> {
        let mut counts = counts.lock().expect("counts");
        assert_eq!(ask["grant_type"], "client_credential");
        counts.tokens += 1;
        if counts.token.is_empty() || ask["force_refresh"] == true {
            counts.token = format!("token-{}", counts.tokens);
        }
        Json(json!({ "access_token": counts.token, "expires_in": 7200 }))
    }
    #[derive(serde::Deserialize)]
    struct Lend {
        access_token: String,
        r#type: String,
    }
    async fn ticket(State(counts): State<Shared>, Query(ask): Query<Lend>) -> Json<Value> {
        let mut counts = counts.lock().expect("counts");
        if ask.access_token != counts.token || ask.r#type != "jsapi" {
            return Json(json!({ "errcode": 40001, "errmsg": "invalid credential" }));
        }
        if ask.access_token == "token-spoilt" {
            return Json(json!({ "errcode": 42001, "errmsg": "access_token expired" }));
        }
        counts.tickets += 1;
        let ticket = format!("ticketcanary-{}", counts.tickets);
        Json(json!({ "errcode": 0, "errmsg": "ok", "ticket": ticket, "expires_in": 7200 }))
    }
    #[derive(serde::Deserialize)]
    struct Go {
        appid: String,
        redirect_uri: String,
        scope: String,
        state: String,
    }
    async fn authorize(State(counts): State<Shared>, Query(go): Query<Go>) -> Redirect {
        assert_eq!((go.appid.as_str(), go.scope.as_str()), (APP, "snsapi_base"));
        let counts = counts.lock().expect("counts");
        let code = format!("code-{}_{}", counts.person, counts.used.len());
        Redirect::to(&format!("{}?code={code}&state={}", go.redirect_uri, go.state))
    }
    let counts = Shared::default();
    let router = Router::new()
        .route("/connect/oauth2/authorize", get(authorize))
        .route("/jweixin.js", get(|| async { ([(header::CONTENT_TYPE, "text/javascript")], SCRIPT) }))
        .route("/sns/oauth2/access_token", get(who))
        .route("/cgi-bin/stable_token", post(token))
        .route("/cgi-bin/ticket/getticket", get(ticket))
        .with_state(counts.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let site = format!("http://{}", listener.local_addr().expect("an address"));
    // The server's own loop is not part of what is tested; a plain one does.
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = hyper_util::service::TowerToHyperService::new(router.clone());
            tokio::spawn(async move {
                let stream = hyper_util::rt::TokioIo::new(stream);
                let _ = hyper::server::conn::http1::Builder::new().serve_connection(stream, service).await;
            });
        }
    });
    (site, counts)
}
