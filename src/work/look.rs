//! The sheet that opens somebody's record: the purpose first, which the guardian is shown.

pub mod words;

use domain::{
    id::PersonId,
    time::CHINA,
    work::{Purpose, Record, api::LookAtRecord, check_reason},
};
use leptos::prelude::*;

use super::words as shared;
use crate::{
    clock,
    ui::{
        Act, Choice, Look, View, button, chips, el, fact_words, facts, field, fill, live, nothing, sheet,
        text_input,
    },
    words as common,
};

/// What the sheet holds.
#[derive(Clone, Copy)]
struct Held {
    open: RwSignal<bool>,
    whom: RwSignal<Option<PersonId>>,
    purpose: RwSignal<String>,
    record: StoredValue<Option<Record>, LocalStorage>,
    /// Counts up when the record came or went.
    drawn: RwSignal<u32>,
    act: Act,
}

/// The sheet; `whom` says whose record it is about.
pub fn sheet_of(open: RwSignal<bool>, whom: RwSignal<Option<PersonId>>) -> View {
    let held = Held {
        open,
        whom,
        purpose: RwSignal::new(String::new()),
        record: StoredValue::new_local(None),
        drawn: RwSignal::new(0),
        act: Act::new(CHINA),
    };
    // Every look has a purpose of its own: nothing of the last one stays.
    Effect::new(move |_| {
        if !open.get() {
            held.record.set_value(None);
            held.purpose.set(String::new());
            held.drawn.update(|count| *count += 1);
        }
    });
    sheet(words::look_title(), open, move || {
        live(move || {
            held.drawn.track();
            held.record.with_value(|record| match record {
                Some(record) => shown(record, held),
                None => asking(held),
            })
        })
    })
}

fn asking(held: Held) -> View {
    let send = move || {
        let purpose = held.purpose.get_untracked();
        let Some(person) = held.whom.get_untracked() else { return };
        if !check_reason(&purpose).is_empty() {
            return;
        }
        held.act.send::<LookAtRecord>(person, Purpose { purpose }, move |record| {
            held.record.set_value(Some(record));
            held.drawn.update(|count| *count += 1);
        });
    };
    let choices = words::purposes().into_iter().map(|one| Choice::new(one, one)).collect();
    let pick = chips(words::purpose(), choices, held.purpose.into(), move |purpose| {
        fill("purpose", &purpose);
        held.purpose.set(purpose);
    });
    let input = text_input("purpose", "text", held.purpose);
    let buttons = el("div", "section buttons")
        .child(held.act.button(Look::Main, words::look_yes(), words::looking(), send))
        .child(button(Look::Line, shared::never_mind(), move || held.open.set(false)))
        .done();
    el("div", "stack")
        .child(el("p", "").text(words::look_words()).done())
        .child(pick)
        .child(field("purpose", words::purpose(), "", input, Signal::derive(String::new)))
        .child(held.act.says())
        .child(buttons)
        .done()
}

fn shown(record: &Record, held: Held) -> View {
    let today = clock::now().day(CHINA);
    let born = record.person.born.map(|day| shared::born_on(day, today)).unwrap_or_default();
    let rows = [
        fact_words(shared::name(), common::person(&record.person)),
        fact_words(shared::born(), born),
        fact_words(words::allergies(), record.care.allergies.clone()),
        fact_words(words::notes(), record.care.notes.clone()),
    ];
    let call = match &record.phone {
        Some(phone) => el("a", "button-call")
            .attr("href", format!("tel:{phone}"))
            .child(crate::ui::icon("phone"))
            .text(words::call(phone))
            .done(),
        None => nothing(),
    };
    el("div", "stack")
        .child(el("div", "card").child(facts(rows.into_iter().flatten().collect())).done())
        .child(call)
        .child(button(Look::Line, shared::done(), move || held.open.set(false)))
        .done()
}
