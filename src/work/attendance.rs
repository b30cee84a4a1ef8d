//! Who was at a meeting: the strip of a course's meetings, and the sheet that notes it one by one.

mod words;

use chrono::Datelike;
use domain::{
    booking::{
        BookingState, Mark,
        attendance::{Note, may_note},
    },
    id::BookingId,
    screen::Screen,
    work::{
        Guest, Party, Roster,
        api::{GetRoster, NoteAttendance},
    },
};
use leptos::prelude::*;

use super::{party::OUTDATED, words as shared};
use crate::{
    clock, host,
    ui::{
        Act, Choice, Look, Tone, View, button, button::button_el, chips, choice::DayChoice, dates, el,
        nothing, sheet, tag,
    },
    words as common,
};

/// Which meeting the address names, counted from 1.
pub fn chosen() -> Option<u32> {
    host::query_live("meeting")?.parse().ok()
}

/// The address of the list of a slot at one of its meetings.
pub fn address(slot: &domain::id::SlotId, meeting: u32) -> String {
    format!("{}?meeting={meeting}", Screen::WorkSlot(slot.clone()).path())
}

/// The meetings of a course, one of which is shown; nothing where there is one.
pub fn strip(roster: &Roster) -> View {
    if roster.meetings.len() < 2 {
        return nothing();
    }
    let choices = roster.meetings.iter().zip(1_u32..).map(|(span, number)| {
        let day = span.starts.day(roster.zone);
        let above = if span.off { shared::called_off() } else { common::weekday_name(day) }.to_owned();
        let number_of_day = format!("{}/{}", day.month(), day.day());
        DayChoice { value: number.to_string(), above, number: number_of_day, any: !span.off }
    });
    let chosen = roster.desk.meeting.to_string();
    let slot = roster.desk.slot.clone();
    crate::ui::choice::reveal(".dates");
    let strip = dates(
        words::which(),
        choices.collect(),
        Signal::derive(move || chosen.clone()),
        move |number: String| {
            if let Ok(number) = number.parse() {
                host::refine(&address(&slot, number));
            }
        },
    );
    el("div", "section no-print").child(strip).done()
}

/// How a party stands at the meeting that is shown, as a tag.
pub fn stands(roster: &Roster, party: &Party) -> View {
    let tone = match party.state {
        BookingState::Attended => Tone::Open,
        BookingState::Waitlisted | BookingState::Offered => Tone::Wait,
        BookingState::Confirmed => Tone::Plain,
        _ => Tone::Full,
    };
    // Of a course it is the meeting that counts, not that somebody came to another one.
    if roster.meetings.len() > 1 && party.state == BookingState::Attended {
        return if party.came(roster.desk.meeting) {
            tag(Tone::Open, words::mark(Mark::Attended))
        } else {
            tag(Tone::Plain, words::booked())
        };
    }
    tag(tone, shared::state(party))
}

/// What is noted of somebody, beside the name: that they are there only where not all of a party are.
pub fn beside(roster: &Roster, party: &Party, guest: &Guest) -> View {
    match guest.mark(roster.desk.meeting) {
        Some(mark @ (Mark::Absent | Mark::Excused)) => tag(Tone::Wait, words::mark(mark)),
        Some(Mark::Attended) if party.people.len() > 1 => tag(Tone::Open, words::mark(Mark::Attended)),
        _ => nothing(),
    }
}

/// The button that opens the sheet, while something can be noted.
pub fn opener(roster: &Roster, party: &Party, open: RwSignal<Option<BookingId>>) -> Option<View> {
    let has_place = matches!(party.state, BookingState::Confirmed | BookingState::Attended);
    if !has_place || roster.desk.off || may_note(roster.desk.span, None, clock::now()).is_err() {
        return None;
    }
    let booking = party.booking.clone();
    let label = words::note_whom(&shared::names(party));
    let button = button_el(Look::SlimLine, move || open.set(Some(booking.clone())));
    Some(button.attr("aria-label", label).text(words::note()).done())
}

/// The sheet: for each of the party how it was.
pub fn sheet_of(open: RwSignal<Option<BookingId>>, roster: &Roster) -> View {
    let shown = RwSignal::new(open.get_untracked().is_some());
    // Each follows the other, and neither says what the other knows: setting alone wakes whoever listens.
    Effect::new(move |_| {
        let wanted = open.get().is_some();
        if shown.get_untracked() != wanted {
            shown.set(wanted);
        }
    });
    Effect::new(move |_| {
        if !shown.get() && open.get_untracked().is_some() {
            open.set(None);
        }
    });
    let roster = roster.clone();
    let act = Act::new(roster.zone);
    sheet(words::note(), shown, move || {
        let booking = open.get_untracked();
        let party = roster.parties.iter().find(|party| Some(&party.booking) == booking.as_ref());
        let Some(party) = party else { return nothing() };
        let people = party.people.iter().map(|guest| one(&roster, party, guest, act)).collect();
        el("div", "stack")
            .child(el("p", "lede").text(words::meeting(&roster)).done())
            .children(people)
            .child(act.says())
            .child(button(Look::Line, shared::done(), move || open.set(None)))
            .done()
    })
}

/// Somebody with what can be noted of them now.
fn one(roster: &Roster, party: &Party, guest: &Guest, act: Act) -> View {
    let meeting = roster.desk.meeting;
    let can = |mark: Option<Mark>| may_note(roster.desk.span, mark, clock::now()).is_ok();
    let mut choices: Vec<Choice> = Mark::ALL
        .into_iter()
        .filter(|mark| can(Some(*mark)))
        .map(|mark| Choice::new(mark.name(), words::mark(mark)))
        .collect();
    choices.push(Choice::new("", words::nothing_noted()));
    let now = guest.mark(meeting).map_or("", Mark::name).to_owned();
    let (booking, person) = (party.booking.clone(), guest.person.clone());
    let choose = move |name: String| {
        let note = Note { meeting, person: person.clone(), mark: Mark::from_name(&name) };
        let onto = |roster: &Roster| roster.desk.slot.clone();
        act.send_onto::<NoteAttendance, GetRoster>(booking.clone(), note, &OUTDATED, onto, |_| {});
    };
    el("div", "")
        .child(el("b", "").text(shared::guest(guest)).done())
        .child(chips(words::note(), choices, Signal::derive(move || now.clone()), choose))
        .done()
}
