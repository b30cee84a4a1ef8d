//! Before booking opens: how long it takes on the centre's clock, and getting ready for it, so that one
//! tap is enough.

mod checks;
pub mod words;

use domain::{centre::api::OfferingPage, offering::SlotSeats, time::Moment};
use leptos::{prelude::*, task::spawn_local};

use super::desk::Desk;
use crate::{
    call, clock, session,
    ui::{View, countdown, el, left_until, live, nothing},
    words::day,
};

/// From how long before the opening on the second matters, in seconds.
const SOON: i64 = 6 * 3_600;
/// How long before the opening the time is taken once more, in seconds; a little different for each.
const CLOSE: f64 = 60.0;

/// The countdown, while the opening lies ahead.
pub fn clock(desk: Desk) -> View {
    let opening = Memo::new(move |_| desk.opening());
    live(move || match opening.get() {
        Some(opens) => countdown_card(desk, opens),
        None => nothing(),
    })
}

fn countdown_card(desk: Desk, opens: Moment) -> View {
    let left = left_until(opens);
    let taken = take_the_time(move || left.get().total());
    let over = Memo::new(move |_| left.get().is_over());
    // The moment itself: what was shut can be tapped.
    Effect::new(move |_| {
        if over.get() {
            desk.redraw();
        }
    });
    let when = move || {
        desk.page(|page| {
            let zone = page.centre.zone;
            let on = day(opens.day(zone), clock::now().day(zone));
            el("p", "").text(words::opens(&on, &words::time(opens, zone))).done()
        })
    };
    let fast = live(move || {
        taken.track();
        match clock::fast_by() {
            Some(seconds) => el("p", "").text(words::phone_is_fast(seconds)).done(),
            None => nothing(),
        }
    });
    el("div", "section card receipt")
        .child(el("p", "").text(words::opens_in()).done())
        .child(countdown(left, words::still))
        .live(when)
        .child(fast)
        .done()
}

/// Takes the time when one comes, when one comes back, and once more shortly before; counts how often.
fn take_the_time(left: impl Fn() -> i64 + Copy + Send + Sync + 'static) -> RwSignal<u32> {
    #[expect(clippy::cast_possible_truncation, reason = "a minute or so")]
    let close = (CLOSE * (0.7 + js_sys::Math::random() * 0.6)) as i64;
    let close = Memo::new(move |_| left() <= close);
    let taken = RwSignal::new(0);
    let resync = call::news().resync;
    let soon = Memo::new(move |_| left() <= SOON);
    Effect::new(move |_| {
        resync.track();
        close.track();
        // Days ahead nobody looks at the second.
        if !soon.get() {
            return;
        }
        spawn_local(async move {
            call::take_the_time().await;
            taken.try_update(|count| *count += 1);
        });
    });
    taken
}

/// Getting ready: what was looked at and what is missing, and how the places are given out.
pub fn ready(desk: Desk) -> View {
    let opening = Memo::new(move |_| desk.opening().is_some());
    live(move || {
        if !opening.get() {
            return nothing();
        }
        el("div", "").live(move || desk.page(|page| whole(desk, page))).done()
    })
}

fn whole(desk: Desk, page: &OfferingPage) -> View {
    let slot = desk.slot();
    let Some(seats) = page.slots.iter().find(|seats| Some(&seats.slot.id) == slot.as_ref()) else {
        return nothing();
    };
    let checks = if session::signed_in() { checks::list(desk, page) } else { signed_out() };
    el("div", "").child(checks).child(how(page, seats)).done()
}

fn signed_out() -> View {
    el("div", "section card")
        .child(el("b", "").text(words::get_ready()).done())
        .child(el("p", "small").text(words::sign_in_first()).done())
        .done()
}

/// How many places there are, and how they are given out.
fn how(page: &OfferingPage, seats: &SlotSeats) -> View {
    let slot = &seats.slot;
    let mut lines = vec![words::places(slot.capacity)];
    let kept = seats.kept_left(clock::now());
    if kept > 0 {
        let zone = page.centre.zone;
        let on = day(slot.kept_until.day(zone), clock::now().day(zone));
        lines.push(words::kept(kept, &on, &words::time(slot.kept_until, zone)));
    }
    if let Some(minutes) = page.offering.terms.residents_first_minutes {
        lines.push(words::residents_first(minutes));
    }
    let lines = lines.into_iter().map(|line| el("p", "small").text(line).done()).collect();
    el("div", "section rush-how").children(lines).done()
}
