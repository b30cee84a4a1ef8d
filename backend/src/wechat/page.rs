//! Signs our pages for `WeChat`'s functions.
//!
//! The ticket it takes is lent for two hours, and only so many a day: one server fetches it, all use
//! it, sealed in the database.

use std::time::Duration;

use domain::{
    refusal::Refusal,
    time::{MINUTE, Moment},
    wechat::{WechatConfig, WechatPage},
};
use sha1::{Digest, Sha1};

use super::{api, store};
use crate::{app::App, call::Call, config::Wechat, digest::hex, failure::Failure, vault::Place};

const TICKET: &str = "ticket";
/// How long before its end a ticket is replaced, in milliseconds.
const EARLY: i64 = 5 * MINUTE;
/// How long one server may be at it before another tries, in milliseconds.
const FETCHING: i64 = 15_000;
/// How long others wait for it: so many times, and for how long each.
const WAITING: (u32, Duration) = (30, Duration::from_millis(200));

/// Signs a page of ours.
pub async fn sign(call: Call, (): (), input: WechatPage) -> Result<WechatConfig, Failure> {
    let app = &call.app;
    let (Some(wechat), Some(origin)) = (&app.config.wechat, &app.config.origin) else {
        return Err(Refusal::WechatUnknown.into());
    };
    let url = input.url.split('#').next().unwrap_or_default();
    let ours = url.strip_prefix(origin.as_str()).is_some_and(|path| path.starts_with('/'));
    if !ours || url.chars().any(|sign| sign.is_control() || sign == '&' && !url.contains('?')) {
        return Err(Failure::Malformed("not a page of this house".into()));
    }
    let ticket = ticket(app, wechat).await?;
    let nonce = app.dice.code(16);
    let timestamp = u32::try_from(app.now().0 / 1_000).unwrap_or_default();
    let signature = signature(&ticket, &nonce, timestamp, url);
    let script = wechat.script.clone();
    Ok(WechatConfig { app: wechat.app.clone(), timestamp, nonce, signature, script })
}

/// The names in the order of the alphabet, the values as they are.
fn signature(ticket: &str, nonce: &str, timestamp: u32, url: &str) -> String {
    let text = format!("jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}");
    hex(&Sha1::digest(text))
}

/// The ticket of the house.
async fn ticket(app: &App, wechat: &Wechat) -> Result<String, Failure> {
    let (times, pause) = WAITING;
    for _ in 0..times {
        let now = app.now();
        let kept = store::loan(&app.db, TICKET).await?.filter(|(_, until)| *until > now);
        if let Some((sealed, until)) = &kept
            && until.0 - now.0 > EARLY
        {
            return open(app, sealed);
        }
        if store::fetch(&app.db, TICKET, now, [now.plus(FETCHING), now.plus(EARLY)]).await? {
            return fetch(app, wechat, now).await;
        }
        // Somebody else is at it. The old one does meanwhile, if there is one.
        if let Some((sealed, _)) = &kept {
            return open(app, sealed);
        }
        tokio::time::sleep(pause).await;
    }
    Err(Failure::Overloaded { retry_after: 5 })
}

async fn fetch(app: &App, wechat: &Wechat, now: Moment) -> Result<String, Failure> {
    let Some((ticket, seconds)) = api::ticket(&app.outside, wechat).await else {
        return Err(Failure::Overloaded { retry_after: 30 });
    };
    let sealed = app.vault.seal(place(), ticket.as_bytes())?;
    store::keep(&app.db, TICKET, &sealed, now.plus(seconds * 1_000)).await?;
    Ok(ticket)
}

fn open(app: &App, sealed: &str) -> Result<String, Failure> {
    let plain = app.vault.open(place(), sealed)?;
    String::from_utf8(plain).map_err(|error| Failure::Broken(error.to_string()))
}

fn place() -> Place<'static> {
    Place { table: "wechat_loan", row: TICKET, column: "ticket_box" }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the documentation.
    #[test]
    fn a_page_is_signed_as_the_documentation_does() {
        let ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg";
        assert_eq!(
            signature(ticket, "Wm3WZYTPz0wzccnW", 1_414_587_457, "http://mp.weixin.qq.com?params=value"),
            "0f9de62fce790f9a083d5c99e95740ceb90c27ed"
        );
    }
}
