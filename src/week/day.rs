//! A day of the week's sheet.

use domain::{
    booking::{Booking, BookingState},
    household::Person,
    id::PersonId,
    screen::Screen,
    session::Me,
    task::Task,
    time::Day,
    week::{Entry, Tight, WeekDay},
};

use super::words;
use crate::{
    lang::say,
    ui::{Tone, View, cells, el, icon, nothing, tag},
    words as common,
};

/// Days on which there is nothing, in one line.
pub fn free(first: Day, last: Day, today: Day) -> View {
    let days = if first == last { words::day(first, today) } else { words::days(first, last) };
    let mut line = el("p", "row week-free").child(el("span", "").text(days).done());
    if first == today {
        line = line.child(tag(Tone::Open, words::today()));
    }
    line.child(el("span", "").text(words::free()).done()).done()
}

/// A day on which there is something.
pub fn day(day: &WeekDay, today: Day, bookings: &[Booking], me: &Me) -> View {
    let now = if day.day == today { tag(Tone::Open, words::today()) } else { nothing() };
    let head =
        el("div", "row week-day").child(el("h2", "").text(words::day(day.day, today)).done()).child(now);
    let mut lines = Vec::new();
    let mut tasks = day.tasks.iter().peekable();
    for entry in &day.entries {
        while let Some(earlier) = tasks.next_if(|task| task.span.starts < entry.span.starts) {
            lines.push(task(earlier, me));
        }
        lines.extend(clashes(entry, bookings, me));
        lines.extend(walks(entry, bookings, me));
        lines.push(cell(entry, me));
    }
    lines.extend(tasks.map(|later| task(later, me)));
    el("section", "section").child(head.done()).child(cells(lines)).done()
}

fn cell(entry: &Entry, me: &Me) -> View {
    let booking = entry.booking;
    let title = match &booking.name {
        Some(name) => format!("{} {}", say(&booking.title), say(name)),
        None => say(&booking.title),
    };
    let ends = words::until(&common::clock(entry.span.ends, booking.zone), &say(&booking.centre_name));
    let mut tags = Vec::new();
    match (booking.state, booking.until) {
        (BookingState::Waitlisted, _) => tags.push(tag(Tone::Wait, words::waits(booking.position))),
        (BookingState::Offered, Some(until)) => {
            tags.push(tag(Tone::Hot, words::offered(&common::moment(until, booking.zone))));
        }
        (BookingState::Attended, _) => tags.push(tag(Tone::Open, words::here())),
        _ => {}
    }
    // Alone in the household one knows who it is.
    if me.people.len() > 1 {
        tags.extend(named(me, |id| booking.people.contains(id)).map(|name| tag(Tone::Full, name)));
    }
    let words = el("span", "grow")
        .child(el("span", "cell-title").text(title).done())
        .child(el("span", "cell-note").text(ends).done())
        .child(if tags.is_empty() { nothing() } else { el("span", "week-who").children(tags).done() })
        .done();
    el("a", "cell")
        .attr("href", Screen::Booking(booking.id.clone()).path())
        .child(el("span", "cell-lead").text(common::clock(entry.span.starts, booking.zone)).done())
        .child(words)
        .done()
}

/// A task that the holder lends a hand with.
fn task(task: &Task, me: &Me) -> View {
    let ends = words::until(&common::clock(task.span.ends, task.zone), &say(&task.centre_name));
    let mut tags = vec![tag(Tone::Hot, words::lends_a_hand())];
    if me.people.len() > 1 {
        tags.extend(me.people.first().map(|person| tag(Tone::Full, common::person(person))));
    }
    let words = el("span", "grow")
        .child(el("span", "cell-title").text(say(&task.title)).done())
        .child(el("span", "cell-note").text(ends).done())
        .child(el("span", "week-who").children(tags).done())
        .done();
    el("a", "cell")
        .attr("href", Screen::Task(task.id.clone()).path())
        .child(el("span", "cell-lead").text(common::clock(task.span.starts, task.zone)).done())
        .child(words)
        .done()
}

fn named(me: &Me, among: impl Fn(&PersonId) -> bool) -> impl Iterator<Item = String> {
    me.people.iter().filter(move |person: &&Person| among(&person.id)).map(common::person)
}

/// Whom of the household a warning is for; alone one knows.
fn concerned(me: &Me, among: impl Fn(&PersonId) -> bool) -> Vec<String> {
    if me.people.len() > 1 { named(me, among).collect() } else { Vec::new() }
}

/// What to know before the next line.
fn warning(picture: &'static str, words: String) -> View {
    el("div", "cell week-walk").child(icon(picture)).child(el("span", "grow").text(words).done()).done()
}

/// Where somebody is to be at two places at once, since the centre moved a meeting.
fn clashes(entry: &Entry, bookings: &[Booking], me: &Me) -> Vec<View> {
    let mut others: Vec<&Booking> = Vec::new();
    for clash in &entry.clashes {
        let other = bookings.iter().find(|booking| booking.id == clash.with);
        others.extend(other.filter(|other| !others.iter().any(|known| known.id == other.id)));
    }
    let line = |other: &&Booking| {
        let with = |id: &PersonId| entry.clashes.iter().any(|one| one.with == other.id && one.person == *id);
        warning("clock", words::clash(&concerned(me, with), &say(&other.title)))
    };
    others.iter().map(line).collect()
}

/// Walks that are too short, said once for all who go the same way.
fn walks(entry: &Entry, bookings: &[Booking], me: &Me) -> Vec<View> {
    let mut ways: Vec<&Tight> = Vec::new();
    for tight in &entry.tight {
        if !ways.iter().any(|way| way.from == tight.from) {
            ways.push(tight);
        }
    }
    let line = |way: &&Tight| {
        let with = |id: &PersonId| entry.tight.iter().any(|one| one.from == way.from && one.person == *id);
        let from = bookings.iter().find(|booking| booking.id == way.from);
        let from = from.map(|booking| say(&booking.centre_name)).unwrap_or_default();
        warning("walk", words::tight(&concerned(me, with), &from, way))
    };
    ways.iter().map(line).collect()
}
