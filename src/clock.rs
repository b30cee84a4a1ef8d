//! The time, as the server has it: a clock that nobody sets, plus the offset that the answers left
//! possible. The phone's own wall clock is asked only whether the phone slept, and how wrong it is.

use std::cell::Cell;

use domain::{sync::Sync, time::Moment};
use leptos::prelude::{document, window};

thread_local! {
    static SYNC: Cell<Sync> = Cell::new(Sync::guess(wall_now(), own_now()));
    /// How far the wall clock was ahead of our own when they were last compared.
    static AHEAD: Cell<i64> = Cell::new(wall_now().0 - own_now());
}

/// What is a matter of a moment, in milliseconds.
const MOMENT: i64 = 2_000;

/// How coarse the time in the page is, in milliseconds: the server rounds it down.
const COARSE: i64 = 10_000;

/// Takes the time from the page, which the server wrote since it was asked for: a first guess, until
/// an answer comes.
pub fn take_from_page() {
    let html = document().document_element();
    let written = html.and_then(|html| html.get_attribute("data-now")).and_then(|now| now.parse().ok());
    if let Some(written) = written {
        learn(Moment(written), -COARSE);
    }
    // From now on it is known when the phone sleeps.
    wake();
}

/// Now, on the server's clock.
pub fn now() -> Moment {
    SYNC.with(Cell::get).now(own_now())
}

/// Milliseconds since the page was asked for. Nobody can set this clock, but some phones let it stand
/// still while they sleep.
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds since the page was opened fit")]
pub fn own_now() -> i64 {
    window().performance().map_or_else(|| wall_now().0, |performance| performance.now() as i64)
}

/// The time on the phone's own wall clock.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the phone's clock")]
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds since 1970 fit")]
fn wall_now() -> Moment {
    Moment(js_sys::Date::now() as i64)
}

/// Takes note of the server's time in an answer asked for at `asked`, on our own clock.
pub fn learn(server: Moment, asked: i64) {
    change(|sync| sync.learn(server, asked, own_now()));
}

/// Looks whether the phone slept, and shows the right time again before anybody was asked; whether
/// it did.
pub fn wake() -> bool {
    let ahead = wall_now().0 - own_now();
    let before = AHEAD.with(|place| place.replace(ahead));
    change(|sync| sync.overslept(ahead - before))
}

/// In how many milliseconds it is certain that the server's clock has reached `then`, where that is a
/// matter of a moment; otherwise none.
pub fn certainly_in(then: Moment) -> i32 {
    let wait = then.0 - now().0 + SYNC.with(Cell::get).doubt(own_now());
    if (0..MOMENT).contains(&wait) { i32::try_from(wait).unwrap_or_default() } else { 0 }
}

/// By how many seconds the phone's own clock is fast, or slow where it is negative; none where that
/// is not certain or too little to be seen.
pub fn fast_by() -> Option<i64> {
    let doubt = SYNC.with(Cell::get).doubt(own_now());
    let fast = wall_now().0 - now().0;
    (doubt < 1_000 && fast.abs() > 1_500 + doubt).then_some((fast + fast.signum() * 500) / 1_000)
}

fn change<T>(change: impl FnOnce(&mut Sync) -> T) -> T {
    SYNC.with(|place| {
        let mut sync = place.get();
        let found = change(&mut sync);
        place.set(sync);
        found
    })
}
