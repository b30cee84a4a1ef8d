//! A party on the list of a slot: who, how it stands, and what the desk does with it.

use domain::{
    booking::{BookingState, attendance::at_hand, may_cancel},
    work::{
        Guest, Party, Roster,
        api::{CheckIn, GetRoster},
    },
};
use leptos::prelude::*;

use super::{attendance, roster::Open, words};
use crate::{
    clock,
    ui::{Act, Look, Tone, View, button::busy_button, button::button_el, el, nothing, tag},
};

/// Kept answers that are out of date once somebody has come.
pub const OUTDATED: [&str; 1] = ["/api/work/"];

/// Parties, each in its card.
pub fn cards(roster: &Roster, parties: &[&Party], open: Open) -> View {
    el("div", "cells").children(parties.iter().map(|party| card(roster, party, open)).collect()).done()
}

fn card(roster: &Roster, party: &Party, open: Open) -> View {
    let mut words = el("span", "grow")
        .children(party.people.iter().map(|who| guest(roster, party, who, open)).collect())
        .children((party.guests > 0).then(|| line(words::guests(party))).into_iter().collect())
        .child(line(words::about(party)));
    if let Some(until) = party.until {
        words = words.child(line(words::offered_until(until, roster.zone)));
    }
    if let Some(reason) = &party.reason {
        words = words.child(line(words::because(reason)));
    }
    el("div", "cell party")
        .child(words.done())
        .child(el("span", "cell-end").child(attendance::stands(roster, party)).done())
        .child(buttons(roster, party, open))
        .done()
}

fn line(words: String) -> View {
    el("span", "cell-note").text(words).done()
}

/// Somebody; a tap opens their record, for a purpose.
fn guest(roster: &Roster, party: &Party, guest: &Guest, open: Open) -> View {
    let person = guest.person.clone();
    let name = button_el(Look::Quiet, move || {
        open.whom.set(Some(person.clone()));
        open.look.set(true);
    })
    .text(words::guest(guest))
    .done();
    let mut marks = Vec::new();
    if guest.care {
        marks.push(tag(Tone::Hot, words::care()));
    }
    if roster.papers && !guest.verified {
        marks.push(tag(Tone::Wait, words::unverified()));
    }
    marks.push(attendance::beside(roster, party, guest));
    let name = el("span", "party-name").child(name).children(marks).done();
    match guest.consent_back {
        None => name,
        Some(at) => {
            let back = el("span", "cell-note bad").text(words::consent_back(at, roster.zone)).done();
            el("span", "").child(name).child(back).done()
        }
    }
}

fn buttons(roster: &Roster, party: &Party, open: Open) -> View {
    let now = clock::now();
    let starts = roster.desk.span.starts;
    let meeting = roster.desk.meeting;
    let elsewhere = party.state == BookingState::Attended && !party.came(meeting);
    let comes = matches!(party.state, BookingState::Confirmed | BookingState::Missed) || elsewhere;
    let at_hand = at_hand(&roster.meetings, now) == Ok(meeting);
    let name = words::names(party);
    let mut buttons = Vec::new();
    let act = Act::new(roster.zone);
    if comes && at_hand {
        let booking = party.booking.clone();
        let tap = move || {
            let onto = |roster: &Roster| roster.desk.slot.clone();
            act.send_onto::<CheckIn, GetRoster>(booking.clone(), (), &OUTDATED, onto, |_| {});
        };
        let button = busy_button(Look::SlimLine, words::check_in(), words::checking_in(), act.busy(), tap);
        let label = words::check_in_whom(&name);
        buttons.push(el("span", "").attr("role", "group").attr("aria-label", label).child(button).done());
    }
    buttons.extend(attendance::opener(roster, party, open.noted));
    buttons.extend(open.caller.buttons(roster, party));
    if may_cancel(party.state, starts.max(roster.desk.span.ends), now) {
        let booking = party.booking.clone();
        let take = button_el(Look::SlimLine, move || {
            open.whose.set(Some(booking.clone()));
            open.withdraw.set(true);
        });
        buttons.push(take.attr("aria-label", words::cancel_whom(&name)).text(words::cancel()).done());
    }
    if buttons.is_empty() {
        return nothing();
    }
    el("div", "party-buttons row no-print").children(buttons).child(act.says()).done()
}
