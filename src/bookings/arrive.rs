//! At the door: checking oneself in with the four digits that hang there.

mod words;

use domain::booking::{
    Booking, BookingState,
    api::{Arrive, ArriveRequest, GetBooking},
    deeds::ARRIVE,
};
use leptos::prelude::*;

use super::acts::{Acts, OUTDATED};
use crate::{
    clock::now,
    ui::{Look, View, el, field, left_until, live, note, nothing, text_input},
};

/// How many digits there are.
const DIGITS: &str = "4";

/// The card, once it is time; and before, by when one has to be there.
pub fn arrive(booking: &Booking, acts: Acts) -> View {
    let next = booking.next_meeting(now()).filter(|_| booking.may_arrive(now()));
    let Some((_, next)) = next else { return nothing() };
    let left = left_until(next.starts.plus(-ARRIVE));
    let early = Memo::new(move |_| !left.get().is_over());
    let booking = booking.clone();
    live(move || if early.get() { by_when(&booking) } else { card(&booking, acts) })
}

fn by_when(booking: &Booking) -> View {
    match booking.released {
        Some(released) if booking.state == BookingState::Confirmed => {
            note("note section", words::by_when(booking, released))
        }
        _ => nothing(),
    }
}

fn card(booking: &Booking, acts: Acts) -> View {
    let missed = booking.state == BookingState::Missed;
    let hint = if missed { words::late().to_owned() } else { words::how().to_owned() };
    let by = match booking.released {
        Some(released) if !missed && released > now() => words::by_when(booking, released),
        _ => String::new(),
    };
    let input = text_input("door", "text", acts.door)
        .attr("class", "code-input")
        .attr("inputmode", "numeric")
        .attr("pattern", "[0-9]*")
        .attr("autocomplete", "off")
        .attr("maxlength", DIGITS);
    let id = booking.id.clone();
    let tap = move || {
        let (id, onto) = (id.clone(), id.clone());
        let door = acts.door.get_untracked().trim().to_owned();
        acts.other.send_onto::<Arrive, GetBooking>(
            id,
            ArriveRequest { door },
            &OUTDATED,
            move |_| onto,
            |_| {},
        );
    };
    let mut card = el("div", "section card stack").child(el("b", "").text(words::title()).done());
    for line in [hint, by] {
        if !line.is_empty() {
            card = card.child(el("p", "small").text(line).done());
        }
    }
    card.child(field("door", words::digits(), "", input, Signal::derive(String::new)))
        .child(acts.other.says())
        .child(acts.other.button(Look::Main, words::here(), words::checking_in(), tap))
        .done()
}
