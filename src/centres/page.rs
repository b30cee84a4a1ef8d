//! The page of a centre: open or not, how to reach it, and what is on there.

use domain::{
    centre::{
        Centre,
        api::{CentrePage, GetCentre, ListSeats},
    },
    hours,
    id::CentreId,
    offering::{Kind, OfferingCard, Seats},
    screen::Screen,
};
use leptos::prelude::*;

use super::{dotted, near, open_tag, outward::outward, state, telephone, words};
use crate::{
    clock, host, join,
    lang::say,
    place,
    ui::{self, Cell, Look, Page, View, button, cells, el, icon, live, load, load_or, nothing, section},
};

/// The screen of a centre.
pub fn centre_page(id: &CentreId) -> View {
    Page::bare(words::all_centres()).with(load::<GetCentre>(id, |page| draw(&page))).done()
}

fn draw(page: &CentrePage) -> View {
    let centre = &page.centre;
    document().set_title(&say(&centre.card.name));
    let mut parts = vec![back(), head(centre), ways(centre)];
    if !centre.about.zh.is_empty() {
        parts.push(el("p", "section").text(say(&centre.about)).done());
    }
    parts.push(el("div", "section card").child(facts(centre)).done());
    parts.push(outward(centre));
    let (offerings, seats) = (StoredValue::new(page.offerings.clone()), RwSignal::new(Vec::new()));
    parts.push(live(move || seats.with(|seats| offerings.with_value(|offerings| offers(offerings, seats)))));
    let found = move |found| {
        seats.set(found);
        nothing()
    };
    parts.push(load_or::<ListSeats>(&centre.card.city, found, nothing));
    if !centre.rooms.is_empty() {
        let rooms = centre.rooms.iter().map(|room| Cell::new(say(&room.name)).note(say(&room.note)).done());
        parts.push(section(words::rooms(), None, vec![cells(rooms.collect())]));
    }
    el("div", "").children(parts).done()
}

fn back() -> View {
    let address = Screen::Centres.path();
    el("a", "back").attr("href", address).child(icon("back")).text(words::all_centres()).done()
}

fn head(centre: &Centre) -> View {
    let card = centre.card.clone();
    el("header", "centre-head")
        .child(el("h1", "").text(say(&card.name)).done())
        .child(open_tag(&card))
        .child(
            el("p", "lede")
                .live(move || {
                    let note = words::open_note(state(&card), card.zone, false);
                    let today = clock::now().day(card.zone);
                    let special = hours::special(&card.closures, today).map(words::special);
                    ui::text(dotted(&[near::walk(card.at), note, special.unwrap_or_default()]))
                })
                .done(),
        )
        .done()
}

/// The two things to do: call, and make it one's own.
fn ways(centre: &Centre) -> View {
    let card = centre.card.clone();
    let call = el("a", "button-call")
        .attr("href", telephone(&card.phone))
        .child(icon("phone"))
        .text(words::call())
        .done();
    let own = if place::centre() == card.id {
        el("p", "good centre-mine").child(icon("check")).text(words::is_mine()).done()
    } else {
        button(Look::Line, words::make_mine(), move || {
            place::choose(&card);
            host::go(&Screen::Home.path());
        })
    };
    el("div", "buttons").child(call).child(own).done()
}

fn facts(centre: &Centre) -> View {
    let card = &centre.card;
    let phone = el("a", "link num").attr("href", telephone(&card.phone)).text(card.phone.clone()).done();
    let hours = words::opening(&card.hours).into_iter().map(|line| el("p", "num").text(line).done());
    let today = clock::now().day(card.zone);
    let special = hours::ahead(&card.closures, today)
        .into_iter()
        .map(|(closure, from, to)| el("p", "num").text(words::special_days(closure, from, to, today)).done());
    let special: Vec<View> = special.collect();
    let mut facts = vec![
        ui::facts::fact(words::address(), ui::text(say(&card.address))),
        ui::facts::fact(words::hours(), el("div", "").children(hours.collect()).done()),
        ui::facts::fact(words::phone(), phone),
    ];
    if !special.is_empty() {
        facts.insert(2, ui::facts::fact(words::holidays(), el("div", "").children(special).done()));
    }
    if let Some(area) = centre.area {
        facts.push(ui::facts::fact(words::area(), ui::text(words::square_metres(area))));
    }
    ui::facts::facts(facts)
}

/// What the centre offers, each sort under its name.
fn offers(offerings: &[OfferingCard], seats: &[Seats]) -> View {
    if offerings.is_empty() {
        return section(words::offers(), None, vec![el("p", "small").text(words::no_offers()).done()]);
    }
    let sections = Kind::ALL
        .into_iter()
        .filter_map(|kind| {
            let cards: Vec<View> = offerings
                .iter()
                .filter(|card| card.kind == kind)
                .map(|card| join::offer(card, seats.iter().find(|seats| seats.offering == card.id), None))
                .collect();
            (!cards.is_empty()).then(|| section(words::kind(kind), None, vec![cells(cards)]))
        })
        .collect();
    el("div", "").children(sections).done()
}
