//! Who comes to a slot, and what the desk does there.

use domain::{
    booking::{BookingState, is_stay},
    id::{BookingId, PersonId, SlotId},
    screen::Screen,
    work::{Party, Roster, api::GetRoster},
};
use leptos::prelude::*;

use super::{
    attendance, caller, counter, day::sums, framed, look, meetings, party, places, print, reason, scan, words,
};
use crate::{
    ui::{Look, Page, View, button, el, empty, live, load, nothing, section},
    words as common,
};

/// What is open on the page. It outlives the list, which is drawn anew after every write.
#[derive(Clone, Copy)]
pub struct Open {
    /// The sheet that takes a place back, and whose.
    pub withdraw: RwSignal<bool>,
    pub whose: RwSignal<Option<BookingId>>,
    /// The sheet that opens a record, and whose.
    pub look: RwSignal<bool>,
    pub whom: RwSignal<Option<PersonId>>,
    pub counter: RwSignal<bool>,
    pub places: RwSignal<bool>,
    pub close: RwSignal<bool>,
    pub gone: RwSignal<bool>,
    /// The sheet that moves a meeting or calls it off.
    pub meeting: meetings::Change,
    /// The sheet that does something on somebody's word.
    pub caller: caller::Sheet,
    /// Of whom it is noted who was there.
    pub noted: RwSignal<Option<BookingId>>,
}

impl Open {
    fn new() -> Self {
        let shut = || RwSignal::new(false);
        Self {
            withdraw: shut(),
            whose: RwSignal::new(None),
            look: shut(),
            whom: RwSignal::new(None),
            counter: shut(),
            places: shut(),
            close: shut(),
            gone: shut(),
            meeting: meetings::Change::new(),
            caller: caller::Sheet::new(),
            noted: RwSignal::new(None),
        }
    }
}

/// The page.
pub fn roster_page(slot: &SlotId) -> View {
    let slot = slot.clone();
    framed(Page::bare(words::work()).back(words::work(), Screen::Work.path()), move || {
        let open = Open::new();
        let sheets = el("div", "no-print")
            .child(reason::withdraw(open.withdraw, open.whose))
            .child(reason::close_slot(open.close, slot.clone()))
            .child(open.caller.view())
            .child(open.meeting.view())
            .child(look::sheet_of(open.look, open.whom))
            .done();
        let counter = counter::Counter::new(open.counter);
        el("div", "")
            .child(load::<GetRoster>(&slot, move |roster| {
                let roster = StoredValue::new_local(roster);
                live(move || {
                    let roster = roster.get_value();
                    let meeting = attendance::chosen().unwrap_or(roster.desk.meeting);
                    list(&roster.at(meeting), open, counter)
                })
            }))
            .child(sheets)
            .done()
    })
}

fn list(roster: &Roster, open: Open, counter: counter::Counter) -> View {
    let desk = &roster.desk;
    document().set_title(&words::title(desk));
    let of = |which: fn(BookingState) -> bool| -> Vec<&Party> {
        roster.parties.iter().filter(|party| which(party.state)).collect()
    };
    let here = of(BookingState::takes_places);
    let queue = of(|state| state == BookingState::Waitlisted);
    let gone = of(|state| !state.is_live());
    let numbers = sums(&[
        (words::online(), desk.places.online),
        (words::counter(), desk.places.counter),
        (words::waiting(), desk.places.waiting),
        (words::free(), desk.places.free()),
    ]);
    let stay = is_stay(desk.span.starts);
    let head = el("header", "")
        .child(el("h1", "").text(words::title(desk)).done())
        .child(
            el("p", "lede")
                .text(format!("{} · {}", common::when(desk.span, roster.zone), words::place(desk)))
                .done(),
        )
        .child(meetings::changed(roster))
        // Nobody comes through a door on a day.
        .child(if stay {
            nothing()
        } else {
            el("p", "lede").text(words::door(&roster.door, &roster.door_next)).done()
        })
        .done();
    let with_place = if here.is_empty() {
        empty("people", words::nobody(), None)
    } else {
        party::cards(roster, &here, open)
    };
    let buttons = el("div", "section buttons no-print")
        .child(button(Look::Main, words::book_for(), move || open.counter.set(true)))
        .child(button(Look::Line, words::print_roster(), || print::page("roster")))
        .done();
    let queue = if queue.is_empty() {
        nothing()
    } else {
        section(words::in_queue(), None, vec![party::cards(roster, &queue, open)])
    };
    let mut rest =
        el("div", "section buttons no-print")
            .child(button(Look::Line, words::change_places(), move || open.places.set(true)));
    rest = rest.child(open.meeting.opener(roster));
    rest = rest.child(button(Look::Line, words::close_slot(), move || open.close.set(true)));
    el("div", "printable")
        .child(head)
        .child(attendance::strip(roster))
        .child(el("div", "section").child(numbers).done())
        .child(buttons)
        .child(if stay { nothing() } else { scan::field(&roster.centre, roster.zone, Look::SlimLine) })
        .child(section(words::has_place(), None, vec![with_place]))
        .child(queue)
        .child(before(roster, &gone, open))
        .child(rest.done())
        .child(print::sheet(roster))
        .child(el("div", "slip-host").child(counter.sheet(roster)).done())
        .child(places::sheet_of(open.places, roster))
        .child(attendance::sheet_of(open.noted, roster))
        .done()
}

/// Who is gone, behind a button.
fn before(roster: &Roster, gone: &[&Party], open: Open) -> View {
    if gone.is_empty() {
        return nothing();
    }
    let toggle =
        button(Look::Quiet, words::gone(gone.len()), move || open.gone.update(|open| *open = !*open));
    let kept = StoredValue::new_local((roster.clone(), gone.iter().copied().cloned().collect::<Vec<_>>()));
    let list = live(move || {
        if !open.gone.get() {
            return nothing();
        }
        kept.with_value(|(roster, gone)| party::cards(roster, &gone.iter().collect::<Vec<_>>(), open))
    });
    el("div", "section no-print").child(toggle).child(list).done()
}
