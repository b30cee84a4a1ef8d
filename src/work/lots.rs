//! Entering somebody into a draw who calls or stands at the desk.

mod words;

use domain::{
    draw::{Draw, DrawState, api::ListDraws},
    id::{CentreId, SlotId},
    time::{CHINA, parse_day},
    work::{Caller, CallerEntry, DeskEntry, api::EnterForCaller},
};
use leptos::prelude::*;

use super::words as shared;
use crate::{
    call, clock,
    lang::say,
    trouble,
    ui::{
        Act, Cell, Choice, Look, View, button, cells, choice::several, el, field, live, load_or, note,
        nothing, section, sheet, text_input,
    },
    words as common,
};

/// The sheet, what is typed into it, and what came of it. It outlives the list.
#[derive(Clone, Copy)]
pub struct Lots {
    open: RwSignal<bool>,
    draw: StoredValue<Option<Draw>, LocalStorage>,
    phone: RwSignal<String>,
    name: RwSignal<String>,
    born: RwSignal<String>,
    wishes: RwSignal<Vec<String>>,
    tried: RwSignal<bool>,
    entered: RwSignal<Option<DeskEntry>>,
    act: Act,
}

impl Lots {
    /// Shut.
    pub fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let lots = Self {
            open: RwSignal::new(false),
            draw: StoredValue::new_local(None),
            phone: empty(),
            name: empty(),
            born: empty(),
            wishes: RwSignal::new(Vec::new()),
            tried: RwSignal::new(false),
            entered: RwSignal::new(None),
            act: Act::new(CHINA),
        };
        Effect::new(move |_| {
            if !lots.open.get() {
                lots.clear();
            }
        });
        lots
    }

    fn clear(self) {
        for typed in [self.phone, self.name, self.born] {
            typed.set(String::new());
        }
        self.wishes.set(Vec::new());
        self.tried.set(false);
        self.entered.set(None);
        self.act.renew();
    }

    /// The draws of a centre that one can enter now; nothing where there are none.
    pub fn list(self, centre: &CentreId) -> View {
        let list = move |draws: Vec<Draw>| {
            let now = clock::now();
            let open: Vec<_> = draws.into_iter().filter(|draw| draw.state(now) == DrawState::Open).collect();
            if open.is_empty() {
                return nothing();
            }
            section(words::title(), None, vec![cells(open.into_iter().map(|draw| self.cell(draw)).collect())])
        };
        load_or::<ListDraws>(centre, list, nothing)
    }

    fn cell(self, draw: Draw) -> View {
        let title = say(&draw.title);
        let until = words::until(draw.closes, draw.zone);
        let enter = button(Look::SlimLine, words::enter(), move || {
            self.draw.set_value(Some(draw.clone()));
            self.open.set(true);
        });
        Cell::new(title).note(until).end(enter).done()
    }

    /// The sheet, with the form or with what was entered.
    pub fn view(self) -> View {
        sheet(words::enter(), self.open, move || {
            live(move || {
                let entered = self.entered.get();
                self.draw.with_value(|draw| match (draw, entered) {
                    (Some(draw), Some(entry)) => self.done(draw, &entry),
                    (Some(draw), None) => self.form(draw),
                    (None, _) => nothing(),
                })
            })
        })
    }

    fn entry(self) -> CallerEntry {
        let phone = self.phone.get().trim().to_owned();
        CallerEntry {
            caller: Caller {
                phone: (!phone.is_empty()).then_some(phone),
                name: self.name.get().trim().to_owned(),
                born: parse_day(self.born.get().trim()),
                along: Vec::new(),
                guests: 0,
                note: words::note().to_owned(),
            },
            prefers: self.wishes.get().into_iter().map(SlotId).collect(),
        }
    }

    fn form(self, draw: &Draw) -> View {
        let id = draw.id.clone();
        let send = move || {
            self.tried.set(true);
            let entry = untrack(|| self.entry());
            if entry.check().is_empty() && !entry.prefers.is_empty() {
                self.act.renew();
                self.act.send::<EnterForCaller>(id.clone(), entry, move |entry| {
                    self.entered.set(Some(entry));
                    call::forget("/api/centres/");
                });
            }
        };
        let error = Signal::derive(move || {
            let wrong = self.entry().check();
            let said = self.tried.get();
            wrong.first().filter(|_| said).map(|one| trouble::refusal(one, CHINA)).unwrap_or_default()
        });
        let quiet = || Signal::derive(String::new);
        let typed = |id, kind, value| text_input(id, kind, value).attr("autocomplete", "off");
        let choices = draw.classes.iter().map(|class| Choice::new(class.slot.0.clone(), say(&class.title)));
        let titles: Vec<_> =
            draw.classes.iter().map(|class| (class.slot.0.clone(), say(&class.title))).collect();
        let order = live(move || {
            let wishes = self.wishes.get();
            let titles = wishes.iter().filter_map(|slot| titles.iter().find(|(known, _)| known == slot));
            let named: Vec<&str> = titles.map(|(_, title)| &**title).collect();
            let missing = named.is_empty() && self.tried.get();
            let class = if missing { "small bad" } else { "small" };
            el("p", class).text(words::order(&named)).done()
        });
        let ages = draw.classes.iter().any(|class| class.ages.is_some());
        let birthday = if ages {
            field(
                "lots-born",
                shared::born(),
                words::born_hint(),
                typed("lots-born", "text", self.born),
                quiet(),
            )
        } else {
            nothing()
        };
        let buttons = el("div", "section buttons")
            .child(self.act.button(Look::Main, words::enter_yes(), words::entering(), send))
            .child(button(Look::Line, shared::never_mind(), move || self.open.set(false)))
            .done();
        el("div", "stack")
            .child(el("p", "").text(say(&draw.title)).done())
            .child(field(
                "lots-phone",
                words::phone(),
                words::phone_hint(),
                typed("lots-phone", "tel", self.phone),
                error,
            ))
            .child(field("lots-name", words::name(), "", typed("lots-name", "text", self.name), quiet()))
            .child(birthday)
            .child(el("b", "section").text(words::wishes()).done())
            .child(several(words::wishes(), choices.collect(), self.wishes))
            .child(order)
            .child(self.act.says())
            .child(buttons)
            .done()
    }

    fn done(self, draw: &Draw, entry: &DeskEntry) -> View {
        let title = |slot: &SlotId| draw.class(slot).map(|class| say(&class.title));
        let named: Vec<String> = entry.prefers.iter().filter_map(title).collect();
        let named: Vec<&str> = named.iter().map(|title| &**title).collect();
        let ticket = el("div", "ticket")
            .child(el("p", "ticket-head").text(words::tag()).done())
            .child(el("p", "lots-tag").text(entry.tag.clone()).done())
            .child(el("p", "ticket-head").text(words::order(&named)).done())
            .done();
        let when = common::moment(draw.closes, draw.zone);
        el("div", "stack")
            .child(note("note note-ok", words::entered(&when)))
            .child(ticket)
            .child(button(Look::Main, words::next(), move || self.clear()))
            .child(button(Look::Quiet, shared::done(), move || self.open.set(false)))
            .done()
    }
}
