//! The ticket itself, with the code or without.

use domain::{
    booking::{Booking, Meeting},
    screen::Screen,
    session::api::GetMe,
};
use leptos::prelude::*;

use super::words;
use crate::{
    acting,
    clock::now,
    lang::say,
    ui::{Tone, View, el, fact, fact_words, facts, load_or, nothing, tag, text},
    words as common,
};

/// How many meetings of a course are named from the next one on, beside those that the centre changed.
const MEETINGS: usize = 3;

/// A ticket that the desk can read.
pub fn with_code(booking: &Booking) -> View {
    // Without a network the picture may be missing: the six characters below it never are.
    let broken = RwSignal::new(false);
    let picture = el("img", "ticket-code")
        .attr("src", format!("/api/bookings/{}/code.svg{}", booking.id, acting::query()))
        .attr("alt", words::code_alt(&booking.code))
        .attr("width", "184")
        .attr("height", "184")
        .attr_live("hidden", move || broken.get().then(String::new))
        .on("error", move |_| broken.set(true))
        .done();
    el("div", "section ticket")
        .child(head(booking))
        .child(picture)
        .child(el("p", "ticket-number").text(spaced(&booking.code)).done())
        .child(el("div", "ticket-rest").child(rest(booking, true)).done())
        .done()
}

/// The same without a code: while waiting, or when it is over.
pub fn plain(booking: &Booking) -> View {
    let head = el("div", "")
        .child(el("h2", "").text(title(booking)).done())
        .child(el("p", "lede").text(words::times(booking)).done())
        .done();
    el("div", "section card stack").child(head).child(rest(booking, false)).done()
}

fn head(booking: &Booking) -> View {
    el("div", "ticket-head")
        .child(el("h2", "").text(title(booking)).done())
        .child(el("p", "").text(words::times(booking)).done())
        .done()
}

/// What is booked, with the name of its term or bed.
pub fn title(booking: &Booking) -> String {
    let title = say(&booking.title);
    match &booking.name {
        Some(name) => format!("{title} {}", say(name)),
        None => title,
    }
}

/// Six characters are easier to read out as three and three.
fn spaced(code: &str) -> String {
    match (code.get(..3), code.get(3..)) {
        (Some(first), Some(rest)) => format!("{first} {rest}"),
        _ => code.to_owned(),
    }
}

fn rest(booking: &Booking, receipt: bool) -> View {
    let mut rows = Vec::new();
    if booking.meetings.len() > 1 || booking.meetings.iter().any(|one| one.planned.is_some()) {
        rows.push(fact(words::time(), meetings(booking)));
    }
    rows.extend(fact_words(words::place(), say(&booking.place)));
    let centre = el("a", "link")
        .attr("href", Screen::Centre(booking.centre.clone()).path())
        .text(say(&booking.centre_name))
        .done();
    rows.push(fact(words::centre(), centre));
    rows.push(who(booking));
    rows.extend(
        booking.helper.as_deref().and_then(|helper| fact_words(words::booked_by(), words::helper(helper))),
    );
    rows.extend(booking.table.and_then(|table| fact_words(words::table(), words::shares(table))));
    if receipt {
        rows.push(fact(words::receipt_label(), el("span", "num").text(words::receipt(booking)).done()));
    }
    facts(rows)
}

fn meetings(booking: &Booking) -> View {
    let zone = booking.zone;
    let line = |meeting: &Meeting| {
        let day = words::meeting_day(meeting.span(), zone);
        let time = common::clocks(meeting.starts, meeting.ends, zone);
        if meeting.off {
            let planned = el("s", "soft").text(format!("{day} {time}")).done();
            return el("p", "").child(planned).text(" ").child(tag(Tone::Full, words::called_off())).done();
        }
        let line = el("p", "").text(day).text(" ").child(el("span", "num").text(time).done());
        match meeting.planned {
            Some(planned) => line.text(" ").child(tag(Tone::Wait, words::moved_from(planned, zone))).done(),
            None => line.done(),
        }
    };
    // Of a course that is over all are told as they were.
    let next = booking.meetings.iter().position(|one| one.ends > now()).unwrap_or(0);
    let named =
        |at: usize, one: &Meeting| (next..next + MEETINGS).contains(&at) || one.off || one.planned.is_some();
    let numbered = || booking.meetings.iter().enumerate();
    let mut lines: Vec<View> =
        numbered().filter(|(at, one)| named(*at, one)).map(|(_, one)| line(one)).collect();
    let later = numbered().skip(next).filter(|(at, one)| !named(*at, one)).count();
    if later > 0 {
        lines.push(el("p", "soft").text(words::and_more(later)).done());
    }
    el("div", "").children(lines).done()
}

/// The names come with the household; nothing while they are on their way.
fn who(booking: &Booking) -> View {
    let (people, guests, heads) = (booking.people.clone(), booking.guests, booking.heads());
    let names = load_or::<GetMe>(
        &(),
        move |me| {
            let names: Vec<String> =
                me.people.iter().filter(|person| people.contains(&person.id)).map(common::person).collect();
            let names = common::and(&names);
            text(if guests > 0 { words::and_others(&names, heads) } else { names })
        },
        nothing,
    );
    fact(words::who(booking), names)
}
