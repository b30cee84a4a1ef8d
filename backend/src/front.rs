//! What happens to every request and answer: a number, the headers that all answers have, the log.

use std::{
    net::{IpAddr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Response, header},
};
use tower::ServiceExt;

use crate::{
    app::App,
    kernel::Kernel,
    log::{self, Route},
    mount::Arrival,
};

const NOW: HeaderName = HeaderName::from_static("x-now");
const BUILD: HeaderName = HeaderName::from_static("x-build");
const REQUEST: HeaderName = HeaderName::from_static("x-request");

/// The door of the server. Cheap to clone: all clones are the same.
#[derive(Clone)]
pub struct Front(Arc<Parts>);

struct Parts {
    app: App,
    router: Router,
    build: HeaderValue,
    boot: String,
    count: AtomicU64,
}

impl Front {
    /// A door before `router`; `build` names the app that is served.
    pub fn new(app: App, router: Router, build: &str) -> Self {
        let build = HeaderValue::from_str(build).unwrap_or(HeaderValue::from_static("-"));
        let boot = app.dice.code(4).to_lowercase();
        Self(Arc::new(Parts { app, router, build, boot, count: AtomicU64::new(1) }))
    }

    /// Answers a request that came from `peer`.
    pub async fn answer(&self, peer: SocketAddr, mut request: Request) -> Response<Body> {
        let since = Instant::now();
        let Parts { app, router, build, boot, count } = &*self.0;
        let number = format!("{boot}-{}", count.fetch_add(1, Ordering::Relaxed));
        let address = address(peer.ip(), request.headers(), app.config.proxies);
        request.extensions_mut().insert(Arrival { request: number.clone(), address });
        let method = request.method().clone();
        // Only pages are logged with it; answers there are too many of.
        let agent = (!request.uri().path().starts_with("/api/"))
            .then(|| request.headers().get(header::USER_AGENT)?.to_str().ok())
            .flatten();
        let kernel = agent.map_or(Kernel::Other, Kernel::of);
        let mut answer = match router.clone().oneshot(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        let route = answer.extensions().get::<Route>().copied();
        let headers = answer.headers_mut();
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if app.config.is_https() {
            headers.insert(
                header::STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=31536000; includeSubDomains"),
            );
        }
        if route != Some(Route::File) {
            headers.insert(NOW, HeaderValue::from(app.now().0));
            headers.insert(BUILD, build.clone());
            if let Ok(number) = HeaderValue::from_str(&number) {
                headers.insert(REQUEST, number);
            }
        }
        log::request(&number, &method, route, answer.status(), since.elapsed(), kernel);
        answer
    }

    /// The server.
    pub fn app(&self) -> &App {
        &self.0.app
    }
}

/// Where a request came from: what the outermost of our own `proxies` saw. Headers from further
/// out could say anything.
fn address(peer: IpAddr, headers: &HeaderMap, proxies: usize) -> IpAddr {
    let Some(back) = proxies.checked_sub(1) else { return peer };
    // As bytes: a line with something else in it would be left out whole, and with it our own hop.
    let lines = headers.get_all("x-forwarded-for").iter();
    let hops: Vec<&[u8]> = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b',')).collect();
    let hop = hops.iter().rev().nth(back).and_then(|hop| std::str::from_utf8(hop).ok());
    hop.and_then(|hop| hop.trim().parse().ok()).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_proxies_are_believed() {
        let peer: IpAddr = [10, 0, 0, 1].into();
        let headers = HeaderMap::from_iter([(
            HeaderName::from_static("x-forwarded-for"),
            HeaderValue::from_static("6.6.6.6, 203.0.113.9, 10.0.0.2"),
        )]);
        assert_eq!(address(peer, &headers, 0), peer);
        assert_eq!(address(peer, &headers, 2).to_string(), "203.0.113.9");
        assert_eq!(address(peer, &headers, 9), peer);
    }

    #[test]
    fn strange_bytes_further_out_hide_nothing() {
        let peer: IpAddr = [10, 0, 0, 1].into();
        let mut headers = HeaderMap::new();
        for line in [&b"6.6.6.6"[..], b"\xff, 203.0.113.9"] {
            let line = HeaderValue::from_bytes(line).expect("a header");
            headers.append("x-forwarded-for", line);
        }
        assert_eq!(address(peer, &headers, 1).to_string(), "203.0.113.9");
    }
}
