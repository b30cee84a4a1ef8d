//! Other slots with places, for who waits or was left out.

use domain::{
    booking::{Alternative, Booking, api::ListAlternatives},
    geo::walking_minutes,
    screen::Screen,
};

use super::words;
use crate::{
    centres::dotted,
    lang::say,
    offerings::tags,
    ui::{Cell, View, cells, load_or, nothing, section},
    words::moment,
};

/// The section; nothing where there are none.
pub fn others(booking: &Booking) -> View {
    let list = |found: Vec<Alternative>| {
        if found.is_empty() {
            return nothing();
        }
        section(words::others(), None, vec![cells(found.iter().map(row).collect())])
    };
    load_or::<ListAlternatives>(&booking.slot, list, nothing)
}

fn row(other: &Alternative) -> View {
    let walk =
        if other.metres == 0 { String::new() } else { words::walk(walking_minutes(f64::from(other.metres))) };
    let count = if other.meetings > 1 { words::meetings(other.meetings) } else { String::new() };
    let when = dotted(&[moment(other.starts, other.zone), count]);
    Cell::new(say(&other.title))
        .note(when)
        .note(dotted(&[say(&other.centre_name), walk]))
        .end(tags::free(other.free, other.measure))
        .to(format!("{}?slot={}", Screen::Offering(other.offering.clone()).path(), other.slot))
        .done()
}
