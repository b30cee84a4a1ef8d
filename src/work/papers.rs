//! Papers that the desk sees: a household by its telephone, and what was found of each.

mod consent;
mod words;

use domain::{
    household::Person,
    id::CentreId,
    screen::Screen,
    staff::{Workbench, api::GetWorkbench},
    time::CHINA,
    work::{
        HouseholdAsk, Papers,
        api::{FindHousehold, SeePapers},
        check_reason,
    },
};
use leptos::prelude::*;

use super::{look::words as looking, page, tree, words as shared};
use crate::{
    clock,
    ui::{
        Act, Choice, Look, Tone, View, chips, el, empty, field, fill, live, load, nothing, tag, text_input,
    },
    words as common,
};

/// What is typed and what came of it.
#[derive(Clone, Copy)]
struct Found {
    phone: RwSignal<String>,
    purpose: RwSignal<String>,
    people: StoredValue<Vec<Person>, LocalStorage>,
    /// Counts up whenever the people are others, or were seen.
    drawn: RwSignal<u32>,
}

impl Found {
    fn show(self, people: Vec<Person>) {
        self.people.set_value(people);
        self.drawn.update(|count| *count += 1);
    }

    /// Puts one of them, who was just seen, in the place of what was known before.
    fn put(self, seen: Person) {
        self.people.update_value(|people| {
            if let Some(person) = people.iter_mut().find(|person| person.id == seen.id) {
                *person = seen;
            }
        });
        self.drawn.update(|count| *count += 1);
    }
}

/// The page.
pub fn papers_page() -> View {
    page(shared::papers(), (shared::work(), &Screen::Work), || {
        load::<GetWorkbench>(&(), |bench| {
            let bench = StoredValue::new_local(bench);
            live(move || bench.with_value(body))
        })
    })
}

fn body(bench: &Workbench) -> View {
    let Some(place) = tree::chosen(bench) else { return empty("place", shared::no_slots_any(), None) };
    let centre = place.centre.clone();
    let found = Found {
        phone: RwSignal::new(String::new()),
        purpose: RwSignal::new(String::new()),
        people: StoredValue::new_local(Vec::new()),
        drawn: RwSignal::new(0),
    };
    el("div", "")
        .child(tree::here(bench, place, &Screen::WorkPapers))
        .child(el("p", "lede").text(words::papers_lede()).done())
        .child(form(&centre, found))
        .child(live(move || {
            found.drawn.track();
            found.people.with_value(|people| {
                let cards = people.iter().map(|person| card(person, &centre, found));
                el("div", "section stack").children(cards.collect()).done()
            })
        }))
        .done()
}

fn form(centre: &CentreId, found: Found) -> View {
    let act = Act::new(CHINA);
    let (wrong, there) = (RwSignal::new(String::new()), centre.clone());
    let ask = move || {
        let purpose = found.purpose.get_untracked();
        let missing = !check_reason(&purpose).is_empty();
        wrong.set(if missing { words::purpose_missing().to_owned() } else { String::new() });
        if missing {
            return;
        }
        act.renew();
        let ask = HouseholdAsk { phone: found.phone.get_untracked(), purpose };
        act.send::<FindHousehold>(there.clone(), ask, move |people| found.show(people));
    };
    let by_form = ask.clone();
    let phone = text_input("papers-phone", "tel", found.phone);
    let phone = phone.attr("inputmode", "tel").attr("autocomplete", "off");
    let choices = words::purposes().into_iter().map(|one| Choice::new(one, one)).collect();
    let pick = chips(looking::purpose(), choices, found.purpose.into(), move |purpose| {
        fill("papers-purpose", &purpose);
        found.purpose.set(purpose);
    });
    let purpose = text_input("papers-purpose", "text", found.purpose).attr("autocomplete", "off");
    el("form", "section stack")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            by_form();
        })
        .child(field("papers-phone", shared::phone(), "", phone, Signal::derive(String::new)))
        .child(pick)
        .child(field("papers-purpose", looking::purpose(), looking::look_words(), purpose, wrong.into()))
        .child(act.says())
        .child(act.button(Look::Main, words::find(), words::finding(), ask))
        .done()
}

fn card(person: &Person, centre: &CentreId, found: Found) -> View {
    let (seen, not_so) = (Act::new(CHINA), Act::new(CHINA));
    let resident = RwSignal::new(person.resident_of.as_ref() == Some(centre));
    let (id, there) = (person.id.clone(), centre.clone());
    let say = move |act: Act, identity: bool| {
        let resident = identity && resident.get_untracked();
        let papers = Papers { phone: found.phone.get_untracked(), person: id.clone(), identity, resident };
        act.send::<SeePapers>(there.clone(), papers, move |person| found.put(person));
    };
    let (yes, no) = (say.clone(), say);
    let today = clock::now().day(CHINA);
    let born = person.born.map(|day| shared::born_on(day, today)).unwrap_or_default();
    let stands = match &person.verified {
        Some(seen) => tag(Tone::Open, words::verified_at(seen.at, CHINA)),
        None => tag(Tone::Wait, shared::unverified()),
    };
    let name = format!("papers-{}", person.id);
    let input = el("input", "").attr("type", "checkbox").attr("id", name.clone()).on("change", move |_| {
        resident.update(|resident| *resident = !*resident);
        // Something else is said now.
        seen.renew();
    });
    let input = if resident.get_untracked() { input.attr("checked", "") } else { input };
    let buttons = el("div", "buttons")
        .child(seen.button(Look::Line, words::verify(), shared::saving(), move || yes(seen, true)))
        .child(not_so.button(Look::Quiet, words::not_so(), shared::saving(), move || no(not_so, false)))
        .done();
    el("div", "card stack")
        .child(
            el("div", "row").child(el("b", "grow").text(common::person(person)).done()).child(stands).done(),
        )
        .child(if born.is_empty() { nothing() } else { el("p", "").text(born).done() })
        .child(el("p", "small").text(words::identity()).done())
        .child(
            el("label", "cell")
                .attr("for", name)
                .child(input.done())
                .child(el("span", "grow").text(words::resident()).done())
                .done(),
        )
        .child(seen.says())
        .child(not_so.says())
        .child(buttons)
        .child(consent::of(person, centre, found))
        .done()
}
