//! Choosing a centre: by hand from the list, or the nearest after a tap that asks the phone.

use domain::{
    centre::{
        CentreCard,
        api::{Centres, ListCentres},
    },
    geo::metres,
    screen::Screen,
};
use leptos::prelude::*;

use super::{dotted, near, open_tag, words};
use crate::{
    host,
    lang::say,
    place,
    ui::{Look, Page, Tone, View, cells, el, empty, live, load, section, tag},
};

/// The screen on which one chooses a centre.
pub fn choose_page() -> View {
    let ask = el("div", "section")
        .child(near::ask(Look::Line, words::nearest()))
        .child(el("p", "small centre-promise").text(words::position_stays()).done())
        .child(near::missing())
        .done();
    Page::new(words::choose())
        .lede(words::choose_lede())
        .with(ask)
        .with(load::<ListCentres>(&(), |all| {
            let all = StoredValue::new(all);
            live(move || all.with_value(list))
        }))
        .done()
}

/// All centres: by distance where the resident's place is known, else by city.
fn list(all: &Centres) -> View {
    if all.centres.is_empty() {
        return empty("pin", words::no_centres(), None);
    }
    if let Some(here) = near::point() {
        let mut sorted: Vec<&CentreCard> = all.centres.iter().collect();
        sorted.sort_by(|a, b| metres(here, a.at).total_cmp(&metres(here, b.at)));
        let rows = sorted.into_iter().map(row).collect();
        return section(words::by_distance(), None, vec![cells(rows)]);
    }
    let own = place::city();
    let mut cities: Vec<_> = all.cities.iter().collect();
    cities.sort_by_key(|city| city.id != own);
    let sections = cities
        .into_iter()
        .map(|city| {
            let rows = all.centres.iter().filter(|card| card.city == city.id).map(row).collect();
            section(&say(&city.name), None, vec![cells(rows)])
        })
        .collect();
    el("div", "").children(sections).done()
}

/// A centre: a tap chooses it, the word at the end looks at it.
fn row(card: &CentreCard) -> View {
    let name = say(&card.name);
    let end = if card.id == place::centre() { tag(Tone::Hot, words::chosen()) } else { open_tag(card) };
    let note = dotted(&[near::walk(card.at), say(&card.address)]);
    let chosen = card.clone();
    let pick = el("button", "centre-pick")
        .attr("type", "button")
        .on("click", move |_| {
            place::choose(&chosen);
            host::go(&Screen::Home.path());
        })
        .child(
            el("span", "centre-name")
                .child(el("span", "cell-title").text(name.clone()).done())
                .child(end)
                .done(),
        )
        .child(el("span", "cell-note").text(note).done())
        .done();
    let look = el("a", "centre-look")
        .attr("href", Screen::Centre(card.id.clone()).path())
        .attr("aria-label", words::look_at(&name))
        .text(words::look())
        .done();
    el("div", "cell centre-row").child(pick).child(look).done()
}
