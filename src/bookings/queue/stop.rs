//! Until when a waiting party wants to be asked.

use domain::{
    booking::{
        Booking,
        api::{GetBooking, StopRequest, StopWaiting},
    },
    time::{DAY, HOUR, Moment, days_after},
};
use leptos::prelude::*;

use super::{
    super::acts::{Acts, OUTDATED},
    words,
};
use crate::{
    clock,
    ui::{Look, View, button, cells, el, icon, nothing, sheet},
    words::{clock as time, date},
};

/// Days among which one can choose.
const DAYS: u64 = 14;
/// Hours among which one can choose, where it is today or tomorrow.
const HOURS: i64 = 6;

/// What was said so far, and the way to say it.
pub fn stop(booking: &Booking, acts: Acts) -> View {
    let choices = choices(booking);
    if choices.is_empty() && booking.stop.is_none() {
        return nothing();
    }
    let said = match booking.stop {
        Some(stop) => el("p", "note section").text(words::stops(&say(booking, stop))).done(),
        None => nothing(),
    };
    let words = if booking.stop.is_some() { words::change_stop() } else { words::stop() };
    let open = button(Look::Line, words, move || acts.choosing.set(true));
    let booking = booking.clone();
    let choose = sheet(words::stop_title(), acts.choosing, move || {
        let rows =
            choices.iter().map(|at| row(&booking, words::stop_after(&say(&booking, *at)), Some(*at), acts));
        let forever = booking.stop.map(|_| row(&booking, words::never_stop().to_owned(), None, acts));
        el("div", "")
            .child(el("p", "small").text(words::stop_note()).done())
            .child(el("div", "section").child(cells(rows.chain(forever).collect())).done())
            .child(acts.other.says())
            .child(
                el("p", "section")
                    .child(button(Look::Line, words::leave_it(), move || acts.choosing.set(false)))
                    .done(),
            )
            .done()
    });
    el("div", "section stack").child(said).child(open).child(choose).done()
}

fn row(booking: &Booking, words: String, after: Option<Moment>, acts: Acts) -> View {
    let chosen = booking.stop == after && after.is_some();
    let id = booking.id.clone();
    let tap = move |_| {
        let (id, onto) = (id.clone(), id.clone());
        let done = move |_| acts.choosing.set(false);
        acts.other.send_onto::<StopWaiting, GetBooking>(
            id,
            StopRequest { after },
            &OUTDATED,
            move |_| onto,
            done,
        );
    };
    let mut row = el("button", "cell")
        .attr("type", "button")
        .attr("aria-pressed", chosen.to_string())
        .on("click", tap)
        .child(el("span", "grow").text(words).done());
    if chosen {
        row = row.child(el("span", "cell-end").child(icon("check")).done());
    }
    row.done()
}

/// When one may stop: the ends of the days before it starts, or where that is soon, hours.
fn choices(booking: &Booking) -> Vec<Moment> {
    let (now, starts, zone) = (clock::now(), booking.starts(), booking.zone);
    if starts.0 - now.0 > 2 * DAY {
        let today = now.day(zone);
        let ends = (1..=DAYS).map(|ahead| zone.moment(days_after(today, ahead), 0));
        return ends.filter(|end| *end < starts).collect();
    }
    let hours = (1..=HOURS).map(|before| starts.plus(-before * HOUR));
    let mut hours: Vec<Moment> = hours.filter(|hour| *hour > now).collect();
    hours.reverse();
    hours
}

/// The day that ends then, or the hour.
fn say(booking: &Booking, at: Moment) -> String {
    let today = clock::now().day(booking.zone);
    if at.minute_of_day(booking.zone) == 0 {
        date(at.plus(-1).day(booking.zone), today)
    } else {
        format!("{} {}", crate::words::day(at.day(booking.zone), today), time(at, booking.zone))
    }
}
