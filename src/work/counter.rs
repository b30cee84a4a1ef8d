//! Booking for who calls or stands at the desk: a telephone, a name, and it is done.

mod words;

use domain::{
    failure::Problem,
    household::is_birthday,
    refusal::Refusal,
    time::{CHINA, parse_day},
    work::{Along, Caller, MOST_ALONG, Party, Roster, api::BookAtCounter},
};
use leptos::prelude::*;

use super::{print, reason, words as shared};
use crate::{
    call::Trouble,
    clock, trouble,
    ui::{
        Act, Choice, Look, View, button, chips, el, el::focus, field, live, note, nothing, sheet, stepper,
        text_input,
    },
};

/// The fields for the dates of birth: of who calls, and of those who come along.
const BIRTHDAYS: [&str; 9] =
    ["caller-born", "along-1", "along-2", "along-3", "along-4", "along-5", "along-6", "along-7", "along-8"];
const _: () = assert!(BIRTHDAYS.len() == MOST_ALONG as usize + 1, "a field for each");

/// What is typed, and what came of it. It outlives the list, which is drawn anew.
#[derive(Clone, Copy)]
pub struct Counter {
    open: RwSignal<bool>,
    phone: RwSignal<String>,
    name: RwSignal<String>,
    /// Dates of birth: of who calls, and of those who come along.
    born: [RwSignal<String>; BIRTHDAYS.len()],
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
            born: BIRTHDAYS.map(|_| empty()),
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
        // Whatever is refused because of somebody's age is mended in a field.
        Effect::new(move |_| {
            let about = counter.refused().and_then(|(number, _)| BIRTHDAYS.get(number).copied());
            if let Some(input) = about.and_then(|id| document().get_element_by_id(id)) {
                focus(input);
            }
        });
        counter
    }

    fn clear(self) {
        for typed in [self.phone, self.name].into_iter().chain(self.born) {
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
        let guests = if self.most.get_value().is_some() { self.along.get() } else { 0 };
        Caller {
            phone: (!phone.is_empty()).then_some(phone),
            name: self.name.get().trim().to_owned(),
            born: parse_day(self.born[0].get().trim()),
            guests,
            along: self.births().map(|born| Along { born: parse_day(born.get().trim()) }).collect(),
            note: self.how.get(),
        }
    }

    /// How many of those who come along may have a birthday: none of a group, which is counted.
    fn companions_count(self) -> usize {
        let count = if self.most.get_value().is_some() { 0 } else { self.along.get() };
        usize::try_from(count).unwrap_or_default()
    }

    /// The fields of those who come along.
    fn births(self) -> impl Iterator<Item = RwSignal<String>> {
        self.born.into_iter().skip(1).take(self.companions_count())
    }

    /// What the server said about the age or the consent of one of them: 0 for who calls.
    fn refused(self) -> Option<(usize, Refusal)> {
        let Some(Trouble::Problem(Problem::Refused(refusals))) = self.act.trouble() else { return None };
        refusals.into_iter().find_map(|refusal| match refusal {
            Refusal::Along { number, refusal } => Some((usize::try_from(number).ok()?, *refusal)),
            Refusal::BirthdayMissing { .. } | Refusal::TooYoung { .. } | Refusal::TooOld { .. } => {
                Some((0, refusal))
            }
            _ => None,
        })
    }

    /// What is wrong with a date of birth.
    fn wrong_birthday(self, number: usize) -> Option<String> {
        let typed = self.born[number].get();
        let refused = self.refused().filter(|(about, _)| *about == number).map(|(_, refusal)| refusal);
        let mut impossible = self.caller().check_birthdays(clock::now().day(CHINA)).into_iter();
        let impossible = impossible.find_map(|refusal| match refusal {
            Refusal::Along { number: about, refusal } => {
                (usize::try_from(about) == Ok(number)).then_some(*refusal)
            }
            refusal => (number == 0).then_some(refusal),
        });
        if !typed.trim().is_empty() && parse_day(typed.trim()).is_none() {
            return Some(words::date_form().to_owned());
        }
        impossible.or(refused).map(|refusal| match refusal {
            Refusal::BirthdayMissing { .. } => words::birthday_missing().to_owned(),
            refusal => trouble::refusal(&refusal, CHINA),
        })
    }

    /// What is wrong with one of the fields, once it was tried.
    fn error(self, which: fn(&Refusal) -> bool) -> Signal<String> {
        Signal::derive(move || {
            let tried = self.tried.get();
            let wrong = self.caller().check();
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
            let dates = 0..=caller.along.len();
            if !caller.check().is_empty() || untrack(|| dates.clone().any(|one| self.unreadable(one))) {
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
            .child(if roster.ages { self.birthday(0, words::born_hint()) } else { nothing() })
            .child(self.stepper())
            .child(self.companions(roster.children))
            .child(
                el("div", "section")
                    .child(chips(words::how(), ways, self.how.into(), move |way| self.how.set(way)))
                    .done(),
            )
            .child(live(move || if self.refused().is_some() { nothing() } else { self.act.says() }))
            .child(buttons)
            .done()
    }

    /// Whether a date of birth is none, or none that can be: that is said before anything is sent.
    fn unreadable(self, number: usize) -> bool {
        let typed = self.born[number].get();
        let day = parse_day(typed.trim());
        let can_be = day.is_none_or(|day| is_birthday(day, clock::now().day(CHINA)));
        !typed.trim().is_empty() && (day.is_none() || !can_be)
    }

    /// The date of birth of who calls, or of who comes along.
    fn birthday(self, number: usize, hint: &'static str) -> View {
        let id = BIRTHDAYS[number];
        let born = text_input(id, "text", self.born[number])
            .attr("inputmode", "numeric")
            .attr("autocomplete", "off")
            .attr("placeholder", "2020-03-01");
        let label = if number == 0 { shared::born().to_owned() } else { words::born_along(number) };
        let error = Signal::derive(move || {
            if self.tried.get() { self.wrong_birthday(number).unwrap_or_default() } else { String::new() }
        });
        field(id, &label, hint, born, error)
    }

    /// A date of birth for each who comes along; it can be left out.
    fn companions(self, children: bool) -> View {
        let hint = if children { words::born_along_hint() } else { words::born_optional() };
        live(move || {
            let count = self.companions_count();
            if count == 0 {
                return nothing();
            }
            let fields = (1..=count).map(|number| self.birthday(number, hint)).collect();
            el("div", "section").children(fields).done()
        })
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
