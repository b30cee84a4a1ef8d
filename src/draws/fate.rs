//! What one entered with, and what came of it.

use domain::{
    draw::{Draw, DrawOutcome, Entry, Fate},
    id::BookingId,
    screen::Screen,
};

use super::words;
use crate::{
    lang::say,
    ui::{Look, View, el, fact, facts, link_button, note, nothing, text},
    words::moment,
};

/// The entry as it stands before the draw.
pub fn entered(draw: &Draw, entry: &Entry) -> View {
    el("div", "stack")
        .child(note("note note-ok", words::entered(&moment(draw.closes, draw.zone))))
        .child(el("div", "card").child(told(draw, entry)).done())
        .child(el("p", "small").text(words::any_time()).done())
        .done()
}

/// What was entered, as labels and values.
fn told(draw: &Draw, entry: &Entry) -> View {
    let named = entry.prefers.iter().filter_map(|slot| draw.class(slot)).map(|class| say(&class.title));
    let wishes: Vec<View> = if entry.prefers.len() > 1 {
        named.zip(1..).map(|(name, n)| el("div", "").text(words::nth(n, &name)).done()).collect()
    } else {
        named.map(text).collect()
    };
    facts(vec![
        fact(words::classes_label(), el("div", "").children(wishes).done()),
        fact(words::people_label(), text(words::people(entry.people.len()))),
        fact(words::weight_label(), text(words::lots_count(entry.weight))),
        fact(words::tag_label(), el("b", "num").text(words::tag(&entry.tag)).done()),
    ])
}

/// What came of it.
pub fn view(draw: &Draw, entry: &Entry) -> View {
    let Some(Fate { order, outcome }) = &entry.fate else { return entered(draw, entry) };
    let class = |slot| draw.class(slot).map(|class| say(&class.title)).unwrap_or_default();
    let (heading, number, after) = match outcome {
        DrawOutcome::Placed { slot } => (words::placed(), class(slot), words::placed_note().to_owned()),
        DrawOutcome::Waiting { slot, position } => {
            (words::waiting(), words::position(*position), words::waiting_note(&class(slot)))
        }
        DrawOutcome::LeftOut => (words::left_out(), String::new(), words::left_out_note().to_owned()),
    };
    let card = el("div", "card receipt")
        .child(el("h3", "").text(heading).done())
        .child(if number.is_empty() { nothing() } else { el("p", "figure").text(number).done() })
        .child(el("p", "").text(after).done())
        .done();
    el("div", "stack")
        .child(card)
        .child(entry.booking.as_ref().map_or_else(nothing, see))
        .child(
            el("div", "card")
                .child(told(draw, entry))
                .child(el("p", "small").text(words::my_order(*order, draw.entries)).done())
                .done(),
        )
        .done()
}

fn see(booking: &BookingId) -> View {
    link_button(Look::Main, words::see_booking(), Screen::Booking(booking.clone()).path())
}
