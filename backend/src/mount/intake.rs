//! What a request must be like before a handler sees it: its origin, its key and its body.

use std::time::Duration;

use axum::{
    body::Body,
    http::{HeaderMap, Method, Uri, header, request::Parts},
};
use domain::{device::DeviceLook, endpoint::Endpoint, text::Lang};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::{
    call::Key,
    failure::Failure,
    vault::{Purpose, Vault},
};

/// Largest body in bytes.
pub const MOST_BYTES: usize = 64 * 1024;
/// The header of keyed writes.
const KEY: &str = "idempotency-key";
/// Deepest nesting of a body; the deepest that means anything is three.
const DEEPEST: usize = 32;

/// Refuses writes that do not come from our own pages.
///
/// Browsers say where a request comes from; what says nothing is no browser, or an old one, and
/// must then be such as no page can send elsewhere without asking first: JSON, with a header of
/// ours, or to delete.
pub fn same_origin(method: &Method, headers: &HeaderMap) -> Result<(), Failure> {
    let text = |name| headers.get(name).map(|value: &header::HeaderValue| value.to_str().unwrap_or("?"));
    let own = match (text(header::HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text(header::HOST)
        }
        (None, None) => is_json(headers) || headers.contains_key(KEY) || method == Method::DELETE,
    };
    if own { Ok(()) } else { Err(Failure::Foreign) }
}

/// Whether the body is said to be JSON, in UTF-8 if anything is said of that.
fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = value.split(';').map(str::trim);
    parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"))
        && parts.all(|part| part.is_empty() || part.eq_ignore_ascii_case("charset=utf-8"))
}

/// The body as it came, within `patience` from first byte to last.
pub async fn body(parts: &Parts, body: Body, patience: Duration) -> Result<Vec<u8>, Failure> {
    let declared =
        parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if declared.is_some_and(|length: u64| length > MOST_BYTES as u64) {
        return Err(Failure::TooLarge(MOST_BYTES));
    }
    let whole = tokio::time::timeout(patience, Limited::new(body, MOST_BYTES).collect());
    let bytes = match whole.await {
        Ok(Ok(bytes)) => bytes.to_bytes().to_vec(),
        Ok(Err(cause)) if cause.is::<LengthLimitError>() => return Err(Failure::TooLarge(MOST_BYTES)),
        Ok(Err(_)) => return Err(Failure::Malformed("the body broke off".into())),
        Err(_) => return Err(Failure::TooSlow),
    };
    if !bytes.is_empty() && !is_json(&parts.headers) {
        return Err(Failure::NotJson);
    }
    Ok(bytes)
}

/// Reads the input of an endpoint; no body stands for `null`.
pub fn input<E: Endpoint>(bytes: &[u8]) -> Result<E::Input, Failure> {
    let bytes = if bytes.is_empty() { b"null" } else { bytes };
    let text = str::from_utf8(bytes).map_err(|_| Failure::Malformed("the body is not UTF-8".into()))?;
    scan(text)?;
    serde_json::from_str(text).map_err(|error| Failure::Malformed(format!("the body: {error}")))
}

/// Refuses nesting and NUL characters, wherever they stand; parsing would miss them in fields that
/// nobody reads.
fn scan(text: &str) -> Result<(), Failure> {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut in_string) = (0, 0_usize, false);
    while let Some(byte) = bytes.get(at) {
        match (in_string, byte) {
            (true, b'\\') => {
                if bytes[at..].starts_with(b"\\u0000") {
                    return Err(Failure::Malformed("the body holds a NUL character".into()));
                }
                at += 1;
            }
            (_, b'"') => in_string = !in_string,
            (false, b'[' | b'{') => depth += 1,
            (false, b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Failure::Malformed(format!("the body is nested deeper than {DEEPEST}")));
        }
        at += 1;
    }
    Ok(())
}

/// The key of a keyed write, bound to the whole request.
pub fn key(
    vault: &Vault,
    headers: &HeaderMap,
    method: &Method,
    uri: &Uri,
    body: &[u8],
) -> Result<Key, Failure> {
    let text = headers.get(KEY).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !(16..=64).contains(&text.len()) || !text.bytes().all(plain) {
        return Err(Failure::Malformed(
            "idempotency-key must be 16 to 64 letters, digits, dashes or underscores".into(),
        ));
    }
    let parts = [method.as_str().as_bytes(), uri.path().as_bytes(), body];
    Ok(Key { text: text.to_owned(), body_hash: vault.digest_bytes(Purpose::Request, &parts) })
}

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then_some(value))
}

/// What the request came from.
pub fn device(headers: &HeaderMap) -> DeviceLook {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    DeviceLook::of(agent.unwrap_or_default())
}

/// The language that the reader chose.
pub fn lang(headers: &HeaderMap) -> Lang {
    if cookie(headers, "lang") == Some("en") { Lang::En } else { Lang::Zh }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (header::HeaderName::from_static(name), header::HeaderValue::from_static(value))
            })
            .collect()
    }

    #[test]
    fn a_write_from_another_page_is_foreign() {
        let json = ("content-type", "application/json; charset=UTF-8");
        for own in [
            &[("sec-fetch-site", "same-origin")][..],
            &[("origin", "http://localhost:8080"), ("host", "localhost:8080")],
            &[json],
            &[("idempotency-key", "0123456789abcdef")],
        ] {
            assert_eq!(same_origin(&Method::POST, &headers(own)), Ok(()), "{own:?}");
        }
        for foreign in [
            &[("sec-fetch-site", "cross-site"), json][..],
            &[("sec-fetch-site", "same-site"), json],
            &[("origin", "http://evil.example"), ("host", "localhost:8080"), json],
            &[("origin", "null"), ("host", "localhost:8080"), json],
            &[("content-type", "text/plain")],
            &[],
        ] {
            assert_eq!(same_origin(&Method::POST, &headers(foreign)), Err(Failure::Foreign), "{foreign:?}");
        }
    }

    #[test]
    fn nul_and_deep_nesting_are_found_wherever_they_stand() {
        assert_eq!(scan(r#"{"a":"\\u0000","b":"[[["}"#), Ok(()));
        assert!(scan(r#"{"unread":"a\u0000"}"#).is_err());
        assert_eq!(scan(&"[]".repeat(100)), Ok(()));
        assert!(scan(&"[".repeat(100)).is_err());
    }

    #[test]
    fn a_key_belongs_to_one_request() {
        let good = headers(&[("idempotency-key", "0123456789abcdef")]);
        let uri = |text: &'static str| Uri::from_static(text);
        let vault = Vault::passing().expect("keys of its own");
        let hash = |path, body| key(&vault, &good, &Method::POST, &uri(path), body).expect("a key").body_hash;
        assert_eq!(hash("/api/x", b"1"), hash("/api/x", b"1"));
        assert_ne!(hash("/api/x", b"1"), hash("/api/x", b"2"));
        assert_ne!(hash("/api/x", b"1"), hash("/api/y", b"1"));
        for bad in [
            "",
            "short",
            "0123456789abcde!",
            "0123456789012345678901234567890123456789012345678901234567890123x",
        ] {
            let bad = headers(&[("idempotency-key", bad)]);
            assert!(key(&vault, &bad, &Method::POST, &uri("/"), b"").is_err());
        }
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let jar = headers(&[("cookie", "centre=xinsheng; session=abc=; lang=en")]);
        assert_eq!(cookie(&jar, "session"), Some("abc="));
        assert_eq!(cookie(&jar, "sess"), None);
        assert_eq!((lang(&jar), lang(&HeaderMap::new())), (Lang::En, Lang::Zh));
    }
}
