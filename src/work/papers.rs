//! Papers that the desk sees: a household by its telephone, and what was found of each.

mod words;

use domain::{
    household::Person,
    screen::Screen,
    staff::{Workbench, api::GetWorkbench},
    time::CHINA,
    work::{
        HouseholdAsk, Papers,
        api::{FindHousehold, SeePapers},
    },
};
use leptos::prelude::*;

use super::{page, words as shared};
use crate::{
    clock, place,
    ui::{Act, Look, Tone, View, el, field, live, load, nothing, tag, text_input},
    words as common,
};

/// The page.
pub fn papers_page() -> View {
    page(shared::papers(), (shared::work(), &Screen::Work), || {
        load::<GetWorkbench>(&(), |bench| body(&bench))
    })
}

fn body(bench: &Workbench) -> View {
    let here = bench.centres.iter().find(|one| one.centre == place::centre());
    let Some(workplace) = here.or_else(|| bench.centres.first()) else { return nothing() };
    let centre = workplace.centre.clone();
    let (phone, act) = (RwSignal::new(String::new()), Act::new(CHINA));
    let found = StoredValue::new_local(Vec::<Person>::new());
    let drawn = RwSignal::new(0_u32);
    let show = move |people: Vec<Person>| {
        found.set_value(people);
        drawn.update(|count| *count += 1);
    };
    let ask = {
        let centre = centre.clone();
        move || {
            let typed = phone.get_untracked();
            act.renew();
            act.send::<FindHousehold>(centre.clone(), HouseholdAsk { phone: typed }, show);
        }
    };
    let by_form = ask.clone();
    let input = text_input("papers-phone", "tel", phone).attr("inputmode", "tel").attr("autocomplete", "off");
    let form = el("form", "section")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            by_form();
        })
        .child(field("papers-phone", shared::phone(), "", input, Signal::derive(String::new)))
        .child(el("div", "section").child(act.says()).done())
        .child(act.button(Look::Main, words::find(), words::finding(), ask))
        .done();
    let list = live(move || {
        drawn.track();
        found.with_value(|people| {
            let cards = people.iter().map(|person| card(person, &centre, phone, show));
            el("div", "section stack").children(cards.collect()).done()
        })
    });
    el("div", "").child(el("p", "lede").text(words::papers_lede()).done()).child(form).child(list).done()
}

fn card(
    person: &Person,
    centre: &domain::id::CentreId,
    phone: RwSignal<String>,
    show: impl Fn(Vec<Person>) + Copy + 'static,
) -> View {
    let act = Act::new(CHINA);
    let resident = RwSignal::new(person.resident_of.as_ref() == Some(centre));
    let (id, there) = (person.id.clone(), centre.clone());
    let send = move || {
        let papers = Papers {
            phone: phone.get_untracked(),
            person: id.clone(),
            identity: true,
            resident: resident.get_untracked(),
        };
        act.send::<SeePapers>(there.clone(), papers, show);
    };
    let today = clock::now().day(CHINA);
    let born = person.born.map(|day| shared::born_on(day, today)).unwrap_or_default();
    let seen = match &person.verified {
        Some(seen) => tag(Tone::Open, words::verified_at(seen.at, CHINA)),
        None => tag(Tone::Wait, shared::unverified()),
    };
    let name = format!("papers-{}", person.id);
    let input = el("input", "").attr("type", "checkbox").attr("id", name.clone()).on("change", move |_| {
        resident.update(|resident| *resident = !*resident);
    });
    let input = if resident.get_untracked() { input.attr("checked", "") } else { input };
    el("div", "card stack")
        .child(el("div", "row").child(el("b", "grow").text(common::person(person)).done()).child(seen).done())
        .child(if born.is_empty() { nothing() } else { el("p", "").text(born).done() })
        .child(el("p", "small").text(words::identity()).done())
        .child(
            el("label", "cell")
                .attr("for", name)
                .child(input.done())
                .child(el("span", "grow").text(words::resident()).done())
                .done(),
        )
        .child(act.says())
        .child(act.button(Look::Line, words::verify(), shared::saving(), send))
        .done()
}
