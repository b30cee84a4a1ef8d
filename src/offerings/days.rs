//! The days on which there is something, and the slots of the day that is shown.

use chrono::Datelike;
use domain::{
    centre::api::OfferingPage, hours, offering::SlotSeats, refusal::Refusal, screen::Screen, time::Day,
};
use leptos::prelude::*;

use super::{
    desk::{Desk, can_pick},
    tags, words,
};
use crate::{
    centres::{self, dotted},
    clock::now,
    host,
    lang::say,
    ui::{
        Look, Tone, View,
        choice::{DayChoice, keep},
        dates, el, empty, link_button, nothing, section, tag,
    },
    words as shared,
};

/// How many days there are in the first row of elder mode, beside the word "more".
const FEW: usize = 4;
/// The choice that is not a day.
const MORE: &str = "more";

/// The strip of days and the slots of one day.
pub fn days(desk: Desk, page: &OfferingPage) -> View {
    if page.slots.is_empty() {
        let others = link_button(Look::SlimLine, words::see_others(), Screen::Join.path());
        return empty("calendar", words::no_slots(), Some(others));
    }
    let day = desk.day();
    let on_day: Vec<&SlotSeats> =
        page.slots.iter().filter(|seats| Some(seats.slot.starts().day(page.centre.zone)) == day).collect();
    let hour = |seats: &&SlotSeats| seats.slot.starts().minute_of_day(page.centre.zone) / 60;
    let parts = [(words::morning(), 0..12), (words::afternoon(), 12..18), (words::evening(), 18..24)];
    let sections = parts.into_iter().filter_map(|(name, hours)| {
        let slots: Vec<View> = on_day
            .iter()
            .copied()
            .filter(|seats| hours.contains(&hour(seats)))
            .map(|seats| slot(desk, page, seats))
            .collect();
        (!slots.is_empty()).then(|| section(name, None, vec![el("div", "slots").children(slots).done()]))
    });
    el("div", "").child(strip(desk, page, day)).child(special(page, day)).children(sections.collect()).done()
}

/// What is different on the day that is shown, such as a holiday.
fn special(page: &OfferingPage, day: Option<Day>) -> View {
    match day.and_then(|day| hours::special(&page.centre.closures, day)) {
        Some(closure) => {
            let other = if closure.open.is_none() { words::another_day() } else { "" };
            let words = format!("{}{other}", centres::words::special(closure));
            el("p", "note section").text(words).done()
        }
        None => nothing(),
    }
}

fn strip(desk: Desk, page: &OfferingPage, chosen: Option<Day>) -> View {
    let zone = page.centre.zone;
    let today = now().day(zone);
    let mut all: Vec<Day> = page.slots.iter().map(|seats| seats.slot.starts().day(zone)).collect();
    all.dedup();
    // Days on which the centre is closed stand among them, so that nobody wonders where they are.
    let closed = hours::closed_between(&page.centre.closures, today, all.last().copied().unwrap_or(today));
    all.extend(closed.iter().filter(|day| !all.contains(day)).copied().collect::<Vec<_>>());
    all.sort();
    // In elder mode the days stand in rows: the first row, until somebody wants more.
    let few = all.len() > FEW + 1
        && host::elder()
        && !desk.more()
        && all.iter().position(|day| Some(*day) == chosen) < Some(FEW);
    if few {
        all.truncate(FEW);
    }
    let rules = page.offering.rules();
    let mut choices: Vec<DayChoice> = all
        .into_iter()
        .map(|day| DayChoice {
            value: day.to_string(),
            above: if closed.contains(&day) && day != today {
                words::closed().into()
            } else if day == today {
                words::today().into()
            } else {
                shared::weekday_name(day).into()
            },
            number: day.day().to_string(),
            any: page.slots.iter().any(|seats| {
                seats.slot.starts().day(zone) == day
                    && (page.offering.card.drop_in || rules.gate(&seats.slot, now()).is_ok())
            }),
        })
        .collect();
    if few {
        let (value, above) = (MORE.into(), words::more_days().into());
        choices.push(DayChoice { value, above, number: "…".into(), any: true });
    }
    let chosen = Signal::derive(move || desk.day().map_or_else(String::new, |day| day.to_string()));
    keep(".dates");
    dates(words::which_day(), choices, chosen, move |day| {
        if day == MORE { desk.show_more() } else { desk.pick_day(domain::time::parse_day(&day)) }
    })
}

/// A time of the day: a button where it can be picked.
fn slot(desk: Desk, page: &OfferingPage, seats: &SlotSeats) -> View {
    let zone = page.centre.zone;
    let card = &page.offering.card;
    let slot = &seats.slot;
    let waiting = if seats.waiting > 0 { words::waiting(seats.waiting) } else { String::new() };
    let [held, kept] = others(seats);
    let note = dotted(&[words::until(slot.ends(), zone), waiting, held, kept]);
    let words = |line| {
        let time = el("span", "slot-time").text(shared::clock(slot.starts(), zone)).done();
        el(line, "slot").child(time).child(el("span", "slot-until").text(note).done())
    };
    if card.drop_in {
        return words("div").child(tags::just_come()).done();
    }
    let id = slot.id.clone();
    let pressed = desk.slot().as_ref() == Some(&id);
    let button = words("button")
        .attr("type", "button")
        .attr("aria-pressed", if pressed { "true" } else { "false" })
        .child(state_tag(page, seats))
        .on("click", move |_| desk.pick_slot(id.clone()));
    if can_pick(page, seats, now()) { button.done() } else { button.attr("disabled", "").done() }
}

/// Whether there is room, or why it cannot be picked.
pub fn state_tag(page: &OfferingPage, seats: &SlotSeats) -> View {
    let (slot, measure, zone) = (&seats.slot, page.offering.card.measure, page.centre.zone);
    let free = seats.free(now());
    match page.offering.rules().gate(slot, now()) {
        // It has begun, and not everybody came.
        Ok(()) if now() >= slot.starts() && free > 0 => tag(Tone::Open, words::whoever_is_there(measure)),
        Ok(()) if now() >= slot.starts() => tag(Tone::Full, words::begun()),
        Ok(()) if free == 0 && !seats.tables.is_empty() => tag(Tone::Wait, words::can_share()),
        Ok(()) => tags::free(free, measure),
        Err(Refusal::NotYetOpen { opens }) => tag(Tone::Hot, words::opens_at(opens, zone)),
        Err(Refusal::SlotClosed { .. }) => tag(Tone::Full, words::ended()),
        Err(Refusal::CalledOff) => tag(Tone::Full, words::called_off()),
        Err(Refusal::DrawPending) => tag(Tone::Wait, words::drawn()),
        Err(_) => tag(Tone::Full, words::begun()),
    }
}

/// Places that are neither free nor somebody's for good: held for who was asked, kept for the counter.
pub fn others(seats: &SlotSeats) -> [String; 2] {
    let say = |count, words: fn(u32) -> String| if count > 0 { words(count) } else { String::new() };
    [say(seats.held, words::held), say(seats.kept_left(now()), words::kept)]
}

/// A slot in words for the foot: `今天 19:00–20:00`.
pub fn in_words(page: &OfferingPage, seats: &SlotSeats) -> String {
    let zone = page.centre.zone;
    match (&seats.name, seats.slot.meetings.as_slice()) {
        (Some(name), _) => say(name),
        (None, [only]) => {
            let day = shared::day(only.starts.day(zone), now().day(zone));
            format!("{day} {}", shared::clocks(only.starts, only.ends, zone))
        }
        (None, all) => words::meetings(all, zone),
    }
}
