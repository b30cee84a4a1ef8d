//! How a session is kept: the cookie, whose it is, and its replacement by another while it is used.
//!
//! A cookie that is used is replaced once a week. The new one takes the place of the old one when it
//! is first seen, so that an answer which is lost on the way costs nobody their sign-in. An old one
//! that turns up long after that is a copy: whoever has it, the session ends, and the account's
//! other devices can read why.

use axum::http::HeaderValue;
use domain::{
    device::DeviceStep,
    session::{COOKIE_GRACE, COOKIE_TURN, SESSION_LIFE},
    time::{HOUR, Moment},
};

use super::store::{self, Session, Which};
use crate::{
    app::App, call::Account, config::Config, db::Tx, digest::sha256, failure::Failure, vault::Purpose,
};

/// Whose session the cookie with this value is, if it is one and has not lapsed.
pub async fn account(app: &App, token: &str) -> Result<Option<Account>, Failure> {
    let now = app.now();
    let hash = sha256(token);
    let found = app.sessions.find(hash.clone()).await?;
    let Some(session) = found.filter(|session| session.seen > lapsed(now)) else { return Ok(None) };
    let mut account = Account { id: session.account.clone(), session: session.hash.clone(), renewed: None };
    match session.which {
        Which::Present => {
            if now.0 - session.turned.0 >= COOKIE_TURN {
                account.renewed = note(offer(app, &session).await);
            }
        }
        Which::Next => {
            note(store::turn(&app.db, &hash, now).await.map(Some).map_err(Failure::from));
            account.session = hash;
            return Ok(Some(account));
        }
        Which::Past if now.0 - session.turned.0 < COOKIE_GRACE => {}
        Which::Past => {
            end_copied(app, &session).await?;
            return Ok(None);
        }
    }
    // A session lives on while it is used; once an hour is exact enough, and spares the disk.
    if now.0 - session.seen.0 >= HOUR {
        note(store::see(&app.db, &session.hash, now).await.map(Some).map_err(Failure::from));
    }
    Ok(Some(account))
}

/// Gives a session another cookie at once, since more hangs on it from now on: its new hash, and the
/// cookie.
pub async fn turn_now(app: &App, tx: &mut Tx, caller: &Account) -> Result<(String, HeaderValue), Failure> {
    let token = app.dice.token();
    let hash = sha256(&token);
    if !store::replace(tx, &caller.session, &hash, app.now()).await? {
        return Err(Failure::SignedOut);
    }
    Ok((hash, cookie(&app.config, &token, SESSION_LIFE)?))
}

/// The cookie that shall take the place of the present one. It follows from the one before, so that
/// answers which are under way at the same time all bring the same.
async fn offer(app: &App, session: &Session) -> Result<Option<HeaderValue>, Failure> {
    let next = app.vault.digest(Purpose::Session, &[&session.hash]);
    if !session.has_next {
        store::offer(&app.db, &session.hash, &sha256(&next)).await?;
    }
    cookie(&app.config, &next, SESSION_LIFE).map(Some)
}

async fn end_copied(app: &App, session: &Session) -> Result<(), Failure> {
    tracing::warn!("a cookie that had been replaced turned up again; its session has ended");
    let mut tx = app.db.begin().await?;
    if store::end_session(&mut tx, &session.hash).await? {
        store::add_line(&mut tx, &session.account, DeviceStep::CopyFound, session.look, app.now()).await?;
    }
    Ok(tx.commit().await?)
}

/// What cannot be written now is written at another time: nobody is turned away for it.
fn note<T>(outcome: Result<Option<T>, Failure>) -> Option<T> {
    outcome.unwrap_or_else(|failure| {
        tracing::warn!(?failure, "a session could not be prolonged");
        None
    })
}

/// The session cookie; it ends at once where `life`, in milliseconds, is 0.
pub fn cookie(config: &Config, token: &str, life: i64) -> Result<HeaderValue, Failure> {
    any_cookie(config, config.session_cookie(), token, life)
}

/// A cookie that scripts cannot read.
pub fn any_cookie(config: &Config, name: &str, value: &str, life: i64) -> Result<HeaderValue, Failure> {
    let secure = if config.is_https() { "; Secure" } else { "" };
    let life = life / 1000;
    let text = format!("{name}={value}; Path=/; Max-Age={life}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).map_err(|error| Failure::Broken(error.to_string()))
}

/// Since when a session that was not used is none any more.
pub fn lapsed(now: Moment) -> Moment {
    now.plus(-SESSION_LIFE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_kept_from_scripts_and_on_https_to_this_very_host() {
        let plain = cookie(&Config::default(), "t", SESSION_LIFE).expect("a header");
        assert_eq!(plain, "session=t; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax");
        let https = Config { origin: Some("https://example.org".into()), ..Config::default() };
        let ended = cookie(&https, "", 0).expect("a header");
        assert_eq!(ended, "__Host-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
    }
}
