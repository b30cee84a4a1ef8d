//! The time, as the server has it: the phone's clock plus the offset seen in the quickest answer.

use std::cell::Cell;

use domain::time::Moment;
use leptos::prelude::{document, window};

thread_local! {
    /// (offset in ms, round trip in ms of the answer it was read from)
    static OFFSET: Cell<(f64, f64)> = const { Cell::new((0.0, f64::INFINITY)) };
}

/// How coarse the time in the page is, in milliseconds: the server rounds it down.
const COARSE: f64 = 10_000.0;

/// Takes the time from the page, which the server wrote a download ago: a first guess, until an
/// answer comes. That it was rounded counts as if it had been so much longer under way.
pub fn take_from_page() {
    let html = document().document_element();
    let written = html.and_then(|html| html.get_attribute("data-now")).and_then(|now| now.parse().ok());
    if let (Some(written), Some(performance)) = (written, window().performance()) {
        learn(Moment(written), phone_now() - performance.now() - COARSE);
    }
}

/// Now, on the server's clock.
pub fn now() -> Moment {
    let offset = OFFSET.with(Cell::get).0;
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds since 1970 fit")]
    Moment((phone_now() + offset) as i64)
}

/// Milliseconds since 1970 on the phone's own clock.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the phone's clock")]
pub fn phone_now() -> f64 {
    js_sys::Date::now()
}

/// Takes note of the server's time in an answer asked for at `asked` (phone's clock).
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit exactly")]
pub fn learn(server: Moment, asked: f64) {
    let arrived = phone_now();
    let trip = arrived - asked;
    OFFSET.with(|offset| {
        if trip <= offset.get().1 {
            offset.set((server.0 as f64 + trip / 2.0 - arrived, trip));
        }
    });
}
