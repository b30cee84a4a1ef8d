//! What those who look after a child or an elder should know: all of it may be left out.

use domain::{
    household::{
        Care, Person, Relation, School,
        api::{ChangeCare, GetCare},
    },
    id::PersonId,
    refusal::Refusal,
    screen::Screen,
    time::CHINA,
};
use leptos::prelude::*;

use super::{
    person::{back_to, of_household},
    words,
};
use crate::{
    host, trouble,
    ui::{Act, Choice, Look, Page, View, button, chips, el, field, load, nothing, text_area},
};

/// The page with what to know of somebody.
pub fn care_page(id: &PersonId) -> View {
    let page = Page::bare(words::care());
    of_household(page, id, move |person| {
        let head = el("header", "page-head")
            .child(back_to(&person))
            .child(el("h1", "").text(words::care()).done())
            .child(el("p", "lede").text(words::care_lede()).done())
            .done();
        let id = person.id.clone();
        let form = load::<GetCare>(&id, move |care| form(&person, &care));
        el("div", "").child(head).child(form).done()
    })
}

/// What is typed so far.
#[derive(Clone, Copy)]
struct Typed {
    school: RwSignal<String>,
    allergies: RwSignal<String>,
    notes: RwSignal<String>,
}

impl Typed {
    fn care(self) -> Care {
        Care {
            school: School::from_slug(&self.school.get()),
            allergies: self.allergies.get().trim().to_owned(),
            notes: self.notes.get().trim().to_owned(),
        }
    }
}

fn form(person: &Person, care: &Care) -> View {
    let typed = Typed {
        school: RwSignal::new(care.school.map(School::slug).unwrap_or_default().to_owned()),
        allergies: RwSignal::new(care.allergies.clone()),
        notes: RwSignal::new(care.notes.clone()),
    };
    let act = Act::new(CHINA);
    let sent = StoredValue::new(None::<Care>);
    let id = person.id.clone();
    let there = Screen::Person(id.clone()).path();
    let leave = there.clone();
    let save = move || {
        let care = untrack(|| typed.care());
        if !care.check().is_empty() {
            return;
        }
        if sent.with_value(|sent| sent.as_ref().is_some_and(|sent| *sent != care)) {
            act.renew();
        }
        sent.set_value(Some(care.clone()));
        let (onto, there) = (id.clone(), there.clone());
        act.send_onto::<ChangeCare, GetCare>(
            id.clone(),
            care,
            &[],
            move |_| onto,
            move |_| {
                host::replace(&there);
            },
        );
    };
    let by_form = save.clone();
    let school = if person.relation == Relation::Child { school(typed) } else { nothing() };
    el("form", "section")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            by_form();
        })
        .child(school)
        .child(area("allergies", words::allergies(), words::allergies_hint(), typed.allergies))
        .child(area("notes", words::notes(), words::notes_hint(person.relation), typed.notes))
        .child(el("p", "note section").text(words::care_who_sees()).done())
        .child(el("div", "section").child(act.says()).done())
        .child(
            el("div", "buttons")
                .child(act.button(Look::Main, words::save(), words::saving(), save))
                .child(button(Look::Line, words::never_mind(), move || host::replace(&leave)))
                .done(),
        )
        .done()
}

fn school(typed: Typed) -> View {
    let choices =
        School::ALL.iter().map(|school| Choice::new(school.slug(), words::school(*school))).collect();
    let pick = move |slug: String| {
        // A second tap takes it back: it may be left out.
        typed.school.update(|chosen| *chosen = if *chosen == slug { String::new() } else { slug });
    };
    el("fieldset", "field")
        .child(el("legend", "").text(words::school_optional()).done())
        .child(chips(words::school_optional(), choices, typed.school.into(), pick))
        .done()
}

fn area(id: &'static str, label: &'static str, hint: &'static str, value: RwSignal<String>) -> View {
    let error = Signal::derive(move || {
        let care = Care { allergies: value.get().trim().to_owned(), ..Care::default() };
        let wrong: Vec<Refusal> = care.check();
        wrong.first().map(|refusal| trouble::refusal(refusal, CHINA)).unwrap_or_default()
    });
    field(id, label, hint, text_area(id, value).attr("rows", "3"), error)
}
