//! Answers on the wire: JSON, snapshots, and which coding the client takes.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use serde::Serialize;

use crate::{
    compress,
    failure::Failure,
    snapshot::{Coding, Snapshot},
};

/// Answers below this are sent as they are.
const SMALL: usize = 1_024;
/// Answers above this are compressed where they hold up nobody.
const LARGE: usize = 65_536;

/// The best coding the client accepts: Brotli, then gzip, then none.
pub fn accepted(headers: &HeaderMap) -> Coding {
    let mut gzip = false;
    for line in headers.get_all(header::ACCEPT_ENCODING) {
        for choice in line.to_str().unwrap_or_default().split(',') {
            let (name, weight) = choice.split_once(';').unwrap_or((choice, ""));
            let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32));
            match name.trim() {
                _ if refused => {}
                "br" => return Coding::Brotli,
                "gzip" => gzip = true,
                _ => {}
            }
        }
    }
    if gzip { Coding::Gzip } else { Coding::Plain }
}

/// The header that names a coding.
pub fn coding_header(coding: Coding) -> Option<HeaderValue> {
    match coding {
        Coding::Plain => None,
        Coding::Brotli => Some(HeaderValue::from_static("br")),
        Coding::Gzip => Some(HeaderValue::from_static("gzip")),
    }
}

/// Whether the client has this very answer already.
pub fn has_it(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let strong = |text: &str| text.trim().trim_start_matches("W/").to_owned();
    let etag = strong(etag.to_str().unwrap_or_default());
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|known| known.trim() == "*" || strong(known) == etag)
}

/// The JSON of a handler's answer.
pub fn json<T: Serialize>(answer: &T) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(answer).map_err(|error| Failure::Broken(error.to_string()))
}

/// A handler's answer, which is for the caller alone.
pub async fn reply(
    mut body: Vec<u8>,
    cookies: Vec<HeaderValue>,
    headers: &HeaderMap,
) -> Result<Response<Body>, Failure> {
    let mut answer = Response::new(Body::empty());
    let out = answer.headers_mut();
    let length = body.len();
    if length > SMALL {
        let coding = accepted(headers);
        let compressed = move || match coding {
            Coding::Plain => body,
            Coding::Brotli => compress::brotli(&body, 4),
            Coding::Gzip => compress::gzip(&body, 4),
        };
        body = if length > LARGE {
            let compressing = tokio::task::spawn_blocking(compressed).await;
            compressing.map_err(|error| Failure::Broken(error.to_string()))?
        } else {
            compressed()
        };
        if let Some(name) = coding_header(coding) {
            out.insert(header::CONTENT_ENCODING, name);
        }
        out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for cookie in cookies {
        out.append(header::SET_COOKIE, cookie);
    }
    *answer.body_mut() = body.into();
    Ok(answer)
}

/// A snapshot, or 304 where the client has it.
pub async fn snapshot(snapshot: &Arc<Snapshot>, headers: &HeaderMap) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    answer.headers_mut().insert(header::ETAG, snapshot.etag.clone());
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    answer.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if has_it(headers, &snapshot.etag) {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        return answer;
    }
    let coding = if snapshot.plain.len() > SMALL { accepted(headers) } else { Coding::Plain };
    *answer.body_mut() = snapshot.coded(coding).await.into();
    if let Some(name) = coding_header(coding) {
        answer.headers_mut().insert(header::CONTENT_ENCODING, name);
    }
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(accept: &'static str) -> Coding {
        accepted(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accept))]))
    }

    #[test]
    fn brotli_goes_before_gzip_unless_it_is_refused() {
        assert_eq!(asks("gzip, deflate, br"), Coding::Brotli);
        assert_eq!(asks("gzip, br;q=0"), Coding::Gzip);
        assert_eq!(asks("identity"), Coding::Plain);
        assert_eq!(accepted(&HeaderMap::new()), Coding::Plain);
    }

    #[test]
    fn an_etag_is_recognised_among_others_weak_or_not() {
        let etag = HeaderValue::from_static("W/\"abc\"");
        let has = |line| {
            has_it(&HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static(line))]), &etag)
        };
        assert!(has("\"x\", W/\"abc\"") && has("\"abc\"") && has("*"));
        assert!(!has("\"ab\"") && !has(""));
    }
}
