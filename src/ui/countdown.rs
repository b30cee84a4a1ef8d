//! What is left until an instant, in large digits that change with the server's seconds.

use std::time::Duration;

use domain::{
    sync::{Left, next_tick},
    time::Moment,
};
use leptos::prelude::*;

use super::{View, el, text};
use crate::{call, clock, words};

/// What is left until `then`, to be followed; it ticks as long as the screen is there.
pub fn left_until(then: Moment) -> RwSignal<Left> {
    let left = RwSignal::new(Left::until(then, clock::now()));
    tick(left, then);
    // The digits are right at once when the app is looked at again, or has heard from the server.
    let resync = call::news().resync;
    Effect::new(move |_| {
        resync.track();
        show(left, then);
    });
    left
}

fn tick(left: RwSignal<Left>, then: Moment) {
    let wait = u64::try_from(next_tick(then, clock::now())).unwrap_or(1_000);
    let again = move || {
        // A phone that wakes up fires its timers late, and may have let the clock stand still.
        if clock::wake() {
            call::refresh();
        }
        if show(left, then) {
            tick(left, then);
        }
    };
    set_timeout(again, Duration::from_millis(wait));
}

/// `false` where the screen has gone.
fn show(left: RwSignal<Left>, then: Moment) -> bool {
    let Some(old) = left.try_get_untracked() else { return false };
    let new = Left::until(then, clock::now());
    if words::left(old) != words::left(new) || old.step() != new.step() {
        left.set(new);
    }
    true
}

/// The digits, and for whom cannot see them a word at sensible steps. `aloud` makes a sentence of what
/// is left.
pub fn countdown(left: RwSignal<Left>, aloud: fn(&str) -> String) -> View {
    let step = Memo::new(move |_| left.get().step());
    let spoken = move || {
        step.track();
        text(aloud(&words::left_aloud(left.get_untracked())))
    };
    el("div", "")
        .child(el("p", "count").attr("role", "timer").live(move || text(words::left(left.get()))).done())
        .child(el("p", "visually-hidden").attr("role", "status").live(spoken).done())
        .done()
}
