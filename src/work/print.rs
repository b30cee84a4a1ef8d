//! What goes to paper: the day, the sign-in sheet of a slot, the slip of somebody without a phone.

use domain::{
    booking::is_stay,
    work::{Party, Roster},
};
use leptos::prelude::*;

use super::words;
use crate::{
    clock,
    lang::say,
    ui::{View, el, nothing},
    words as common,
};

/// Prints what is on the screen; of several things for paper only those of that name.
pub fn page(what: &'static str) {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("data-print", what);
    }
    let _ = window().print();
}

/// The sign-in sheet: on paper alone. Names stay masked, for lists lie about.
pub fn sheet(roster: &Roster) -> View {
    let head = words::columns().into_iter().map(|word| el("th", "").text(word).done()).collect();
    let rows = roster.parties.iter().filter(|party| party.state.takes_places()).map(|party| {
        let cell = |words: String| el("td", "").text(words).done();
        el("tr", "")
            .child(cell(party.seq.to_string()))
            .child(cell(words::names(party)))
            .child(cell(party.heads().to_string()))
            .child(cell(party.code.clone()))
            .child(cell(String::new()))
            .done()
    });
    let table = el("table", "paper-table")
        .child(el("thead", "").child(el("tr", "").children(head).done()).done())
        .child(el("tbody", "").children(rows.collect()).done())
        .done();
    el("div", "paper paper-roster")
        .attr("aria-hidden", "true")
        .child(el("h2", "").text(words::title(&roster.desk)).done())
        .child(el("p", "").text(line(roster)).done())
        .child(table)
        .done()
}

/// Where and when.
pub fn line(roster: &Roster) -> String {
    let (span, zone) = (roster.desk.span, roster.zone);
    let (place, centre) = (words::place(&roster.desk), say(&roster.centre_name));
    if is_stay(span.starts) {
        return format!("{} · {place} · {centre}", common::lived_in());
    }
    let day = common::date(span.starts.day(zone), clock::now().day(zone));
    let weekday = common::weekday_name(span.starts.day(zone));
    let time = common::clocks(span.starts, span.ends, zone);
    format!("{day} {weekday} {time} · {place} · {centre}")
}

/// A slip for somebody without a phone: on paper alone.
pub fn slip(roster: &Roster, party: &Party) -> View {
    el("div", "paper paper-slip")
        .attr("aria-hidden", "true")
        .child(el("h2", "").text(words::title(&roster.desk)).done())
        .child(el("p", "").text(line(roster)).done())
        .child(el("p", "").text(words::state(party)).done())
        .child(el("p", "ticket-number").text(party.code.clone()).done())
        .child(el("p", "").text(format!("{} · {}", words::names(party), words::party_size(party))).done())
        .child(el("p", "").text(words::slip_note(party)).done())
        .child(if roster.phone.is_empty() {
            nothing()
        } else {
            el("p", "").text(words::slip_phone(&roster.phone)).done()
        })
        .done()
}
