//! Whether the server is well, and what time it has.

use axum::{extract::State, http::StatusCode, routing::get};
use domain::session::{ServerTime, api::GetTime};

use crate::{app::App, call::Call, failure::Failure, mount::Mount};

/// Mounts the clock and the two questions that load balancers ask.
pub fn mount(mount: Mount) -> Mount {
    let app = mount.app().clone();
    mount
        .serve::<GetTime, _, _>(time)
        .raw("/healthz", get(async || "alive\n"))
        .raw("/readyz", get(ready).with_state(app))
}

async fn time(call: Call, (): (), (): ()) -> Result<ServerTime, Failure> {
    Ok(ServerTime { now: call.now() })
}

/// Ready when the database answers and bookings can be written.
async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.db.ping().await.is_err() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n");
    }
    if !app.bookings.is_alive() {
        return (StatusCode::SERVICE_UNAVAILABLE, "bookings are stuck\n");
    }
    (StatusCode::OK, "ready\n")
}
