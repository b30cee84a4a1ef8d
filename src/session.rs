//! Who is signed in. The cookie is the server's; the app only keeps a mark that there is one, so
//! that nobody who never signed in asks for what only residents have.

use domain::{screen::Screen, session::Me};
use leptos::prelude::*;

use crate::{acting, call, host};

const MARK: &str = "signed-in";

thread_local! {
    // Counted, not owned by the screen that happened to ask first: it outlives every screen.
    static SIGNED_IN: ArcRwSignal<bool> = ArcRwSignal::new(host::mark(MARK).is_some());
}

/// Whether somebody is signed in, as far as this device knows.
pub fn signed_in() -> bool {
    SIGNED_IN.with(Get::get)
}

/// Takes note that somebody signed in.
pub fn found(_me: &Me) {
    // What is the same for everybody may stay: nobody waits for it twice, and it is there offline.
    for theirs in [
        "/api/me",
        "/api/bookings",
        "/api/wishes",
        "/api/tasks",
        "/api/volunteering",
        "/api/teams",
        "/api/calendar",
        "/api/devices",
        "/api/draws",
        "/api/wechat",
        "/api/notices",
        "/api/people",
        "/api/slots",
        "/api/work",
        "/api/circle",
    ] {
        call::forget(theirs);
    }
    // Whoever signs in acts for nobody yet.
    acting::forget();
    host::set_mark(MARK, Some("1"));
    SIGNED_IN.with(|signal| signal.set(true));
}

/// Takes note that nobody is signed in any more, and forgets what was theirs.
pub fn lost() {
    call::forget("/api/");
    acting::forget();
    host::set_mark(MARK, None);
    SIGNED_IN.with(|signal| signal.set(false));
}

/// Takes note that the workbench is locked: what it showed is forgotten, and the lock shown in its
/// place. What was there comes back once it is open.
pub fn locked() {
    call::forget("/api/work");
    let (here, lock) = (host::here(), Screen::WorkLock.path());
    if !here.starts_with(&lock) {
        host::replace(&lock_address(&here));
    }
}

/// The address of the lock that leads back to `next`.
pub fn lock_address(next: &str) -> String {
    let next = js_sys::encode_uri_component(next);
    format!("{}?next={}", Screen::WorkLock.path(), String::from(next))
}

/// The address of the sign-in screen that leads back to `next`.
pub fn sign_in_address(next: &str) -> String {
    let next = js_sys::encode_uri_component(next);
    format!("{}?next={}", Screen::SignIn.path(), String::from(next))
}
