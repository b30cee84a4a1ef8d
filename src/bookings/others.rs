//! Other slots with places, for who waits or was left out.

use domain::{
    booking::{
        Alternative, Booking,
        api::{Instead, ListAlternatives, ListBookings},
        meeting, near,
    },
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

/// The section; nothing where there are none. All of the party fit into what is shown, and none of them
/// has booked something else at that time.
pub fn others(booking: &Booking) -> View {
    let booking = booking.clone();
    let instead = Instead::of(booking.slot.clone(), booking.heads().max(1));
    load_or::<ListAlternatives>(
        &instead,
        move |found| {
            let booking = booking.clone();
            // Without what else is booked nothing is shown, rather than something that clashes.
            load_or::<ListBookings>(&(), move |mine| list(found.clone(), &booking, &mine), nothing)
        },
        nothing,
    )
}

fn list(found: Vec<Alternative>, booking: &Booking, mine: &[Booking]) -> View {
    let beside = mine.iter().filter(|one| one.id != booking.id && one.state.is_live());
    let of_them = beside.filter(|one| one.people.iter().any(|person| booking.people.contains(person)));
    let held: Vec<_> = of_them.flat_map(|one| meeting::spans(&one.meetings)).collect();
    let found = near::fitting(found, &held);
    if found.is_empty() {
        return nothing();
    }
    section(words::others(), None, vec![cells(found.iter().map(|other| row(other, booking)).collect())])
}

fn row(other: &Alternative, booking: &Booking) -> View {
    let walk =
        if other.metres == 0 { String::new() } else { words::walk(walking_minutes(f64::from(other.metres))) };
    let count = if other.meetings > 1 { words::meetings(other.meetings) } else { String::new() };
    let when = dotted(&[moment(other.starts, other.zone), count]);
    // Who waits for one class cannot be in another at the same time.
    let own = if booking.state.is_live() { meeting::spans(&booking.meetings) } else { Vec::new() };
    let clashes = other.spans.iter().any(|span| own.iter().any(|one| one.overlaps(span)));
    Cell::new(say(&other.title))
        .note(when)
        .note(if clashes { words::leave_first() } else { "" })
        .note(dotted(&[say(&other.centre_name), walk]))
        .end(tags::free(other.free, other.measure))
        .to(format!("{}?slot={}", Screen::Offering(other.offering.clone()).path(), other.slot))
        .done()
}
