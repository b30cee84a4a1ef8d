//! The log: one JSON object a line, without personal data.
//!
//! A request is logged with its number, method, route as declared (never the path, which may name a
//! booking), status and time taken. Public reads that went well are logged at `debug`: there may be
//! tens of thousands a second.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use tracing_subscriber::EnvFilter;

use crate::kernel::Kernel;

/// Starts logging to standard error; `filter` as in `DOORSTEP_LOG`, such as `info` or
/// `backend=debug`.
pub fn start(filter: Option<&str>) {
    let filter =
        EnvFilter::try_new(filter.unwrap_or("info,sqlx=warn")).unwrap_or_else(|_| EnvFilter::new("info"));
    // Fails only where somebody else has started it, as tests do.
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_target(false)
        .with_writer(std::io::stderr)
        .with_env_filter(filter)
        .try_init();
}

/// The route an answer came from, as it was declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// An endpoint of the JSON interface, or something beside it.
    Api(&'static str),
    /// A page of the app.
    Page(&'static str),
    /// A file of the app.
    File,
}

/// Writes the line for a request.
pub fn request(
    number: &str,
    method: &Method,
    route: Option<Route>,
    status: StatusCode,
    took: Duration,
    kernel: Kernel,
) {
    let millis = took.as_secs_f64() * 1_000.0;
    let millis = (millis * 10.0).round() / 10.0;
    let (method, status) = (known(method), status.as_u16());
    match route {
        Some(Route::Page(route)) => {
            let kernel = kernel.to_string();
            tracing::info!(request = number, method, route, status, millis, kernel, "page");
        }
        Some(Route::Api(route)) if method != "GET" || status >= 400 => {
            tracing::info!(request = number, method, route, status, millis, "call");
        }
        Some(Route::Api(route)) => {
            tracing::debug!(request = number, method, route, status, millis, "call");
        }
        Some(Route::File) => tracing::debug!(request = number, method, status, millis, "file"),
        None => tracing::info!(request = number, method, status, millis, "no route"),
    }
}

/// The name of a method. One that nobody has heard of may be long, and say anything.
fn known(method: &Method) -> &str {
    let all = [&Method::GET, &Method::HEAD, &Method::POST, &Method::DELETE, &Method::PUT];
    let others = [&Method::PATCH, &Method::OPTIONS, &Method::TRACE, &Method::CONNECT];
    if all.contains(&method) || others.contains(&method) { method.as_str() } else { "other" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_method_writes_nothing_into_the_log() {
        let made_up = Method::from_bytes(b"13800000001").expect("a token");
        assert_eq!(known(&made_up), "other");
        assert_eq!(known(&Method::DELETE), "DELETE");
    }
}
