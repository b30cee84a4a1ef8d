//! Booking for who calls or stands at the desk: a telephone, a name, and it is done.

mod words;

use domain::{
    refusal::Refusal,
    time::{CHINA, parse_day},
    work::{Caller, MOST_ALONG, Party, Roster, api::BookAtCounter},
};
use leptos::prelude::*;

use super::{print, reason, words as shared};
use crate::{
    trouble,
    ui::{
        Act, Choice, Look, View, button, chips, el, field, live, note, nothing, sheet, stepper, text_input,
    },
};

/// What is typed, and what came of it. It outlives the list, which is drawn anew.
#[derive(Clone, Copy)]
pub struct Counter {
    open: RwSignal<bool>,
    phone: RwSignal<String>,
    name: RwSignal<String>,
    born: RwSignal<String>,
    along: RwSignal<u32>,
    /// How many may come along without being named, where they may.
    most: StoredValue<Option<u32>>,
    how: RwSignal<String>,
    tried: RwSignal<bool>,
    booked: StoredValue<Option<Party>, LocalStorage>,
    drawn: RwSignal<u32>,
    act: Act,
}

impl Counter {
    /// Nothing typed yet.
    pub fn new(open: RwSignal<bool>) -> Self {
        let empty = || RwSignal::new(String::new());
        let counter = Self {
            open,
            phone: empty(),
            name: empty(),
            born: empty(),
            along: RwSignal::new(0),
            most: StoredValue::new(None),
            how: RwSignal::new(words::by_phone().to_owned()),
            tried: RwSignal::new(false),
            booked: StoredValue::new_local(None),
            drawn: RwSignal::new(0),
            act: Act::new(CHINA),
        };
        Effect::new(move |_| {
            if !open.get() {
                counter.clear();
            }
        });
        counter
    }

    fn clear(self) {
        for typed in [self.phone, self.name, self.born] {
            typed.set(String::new());
        }
        self.along.set(0);
        self.tried.set(false);
        self.booked.set_value(None);
        self.act.renew();
        self.drawn.update(|count| *count += 1);
    }

    fn caller(self) -> Caller {
        let phone = self.phone.get().trim().to_owned();
        Caller {
            phone: (!phone.is_empty()).then_some(phone),
            name: self.name.get().trim().to_owned(),
            born: parse_day(self.born.get().trim()),
            along: self.along.get(),
            note: self.how.get(),
        }
    }

    /// What is wrong with one of the fields, once it was tried.
    fn error(self, which: fn(&Refusal) -> bool) -> Signal<String> {
        Signal::derive(move || {
            let tried = self.tried.get();
            let wrong = self.caller().check_for(self.most.get_value());
            let one = wrong.iter().find(|refusal| tried && which(refusal));
            one.map(|one| trouble::refusal(one, CHINA)).unwrap_or_default()
        })
    }

    /// The sheet, with the form or with what was booked.
    pub fn sheet(self, roster: &Roster) -> View {
        let kept = StoredValue::new_local(roster.clone());
        sheet(shared::book_for(), self.open, move || {
            live(move || {
                self.drawn.track();
                kept.with_value(|roster| {
                    self.booked.with_value(|booked| match booked {
                        Some(party) => self.slip(roster, party),
                        None => self.form(roster),
                    })
                })
            })
        })
    }

    fn form(self, roster: &Roster) -> View {
        let slot = roster.desk.slot.clone();
        self.most.set_value(roster.guests_max);
        let before = StoredValue::new_local(None::<Caller>);
        let send = move || {
            self.tried.set(true);
            let caller = untrack(|| self.caller());
            if !caller.check_for(self.most.get_value()).is_empty() {
                return;
            }
            // Something else was typed since: another booking, another key.
            if before.with_value(|before| before.as_ref().is_some_and(|before| *before != caller)) {
                self.act.renew();
            }
            before.set_value(Some(caller.clone()));
            self.act.send::<BookAtCounter>(slot.clone(), caller, move |party| {
                self.booked.set_value(Some(party));
                self.drawn.update(|count| *count += 1);
                reason::outdated();
            });
        };
        let phone = text_input("caller-phone", "tel", self.phone)
            .attr("inputmode", "tel")
            .attr("autocomplete", "off");
        let name = text_input("caller-name", "text", self.name).attr("autocomplete", "off");
        let is_phone = |refusal: &Refusal| *refusal == Refusal::PhoneMalformed;
        let is_name =
            |refusal: &Refusal| matches!(refusal, Refusal::TextTooShort { .. } | Refusal::TextTooLong { .. });
        let ways = [words::by_phone(), words::at_desk()];
        let ways = ways.into_iter().map(|way| Choice::new(way, way)).collect();
        let buttons = el("div", "section buttons")
            .child(self.act.button(Look::Main, words::book_yes(), words::booking(), send))
            .child(button(Look::Line, shared::never_mind(), move || self.open.set(false)))
            .done();
        let full = roster.desk.places.free() == 0;
        el("div", "")
            .child(if full { note("note note-warn section", words::full_note()) } else { nothing() })
            .child(field("caller-phone", shared::phone(), words::phone_hint(), phone, self.error(is_phone)))
            .child(field("caller-name", shared::name(), "", name, self.error(is_name)))
            .child(if roster.ages { self.birthday() } else { nothing() })
            .child(self.stepper())
            .child(
                el("div", "section")
                    .child(chips(words::how(), ways, self.how.into(), move |way| self.how.set(way)))
                    .done(),
            )
            .child(self.act.says())
            .child(buttons)
            .done()
    }

    fn birthday(self) -> View {
        let born = text_input("caller-born", "text", self.born)
            .attr("inputmode", "numeric")
            .attr("placeholder", "2020-03-01");
        field("caller-born", shared::born(), words::born_hint(), born, Signal::derive(String::new))
    }

    fn stepper(self) -> View {
        let most = self.most.get_value().unwrap_or(MOST_ALONG);
        let label = el("span", "").text(words::along()).done();
        let change = move |by| self.along.update(|along| *along = along.saturating_add_signed(by).min(most));
        let row = stepper(label, [words::fewer(), words::more()], most, self.along.into(), change);
        el("div", "section").child(row).done()
    }

    fn slip(self, roster: &Roster, party: &Party) -> View {
        let ticket = el("div", "ticket")
            .child(
                el("div", "ticket-head")
                    .child(el("h2", "").text(shared::title(&roster.desk)).done())
                    .child(el("p", "").text(print::line(roster)).done())
                    .done(),
            )
            .child(el("p", "ticket-number").text(party.code.clone()).done())
            .child(el("p", "ticket-head").text(shared::names(party)).done())
            .done();
        let buttons = el("div", "section buttons")
            .child(button(Look::Main, words::slip_print(), || print::page("slip")))
            .child(button(Look::Line, words::next_caller(), move || self.clear()))
            .done();
        el("div", "stack")
            .child(note("note note-ok", words::booked(party)))
            .child(ticket)
            .child(buttons)
            .child(button(Look::Quiet, shared::done(), move || self.open.set(false)))
            .child(print::slip(roster, party))
            .done()
    }
}
