//! The home page of the chosen centre: what is on today, and what is mine.

mod elder;
mod mine;
mod usual;
mod words;

use domain::{
    centre::{CentreCard, api::GetHome},
    home::{DoneItem, SoonItem},
    screen::Screen,
    time::Zone,
};
use leptos::prelude::*;

use crate::{
    centres::{self, dotted, near},
    clock::now,
    host,
    lang::say,
    place,
    ui::{Look, Page, Tone, View, button::button_el, el, icon, icon_class, load, section, tag},
    words as shared,
};

/// The home page, as usual or as the elder version.
pub fn home_page() -> View {
    let mine = mine::Mine::ask();
    let elder = host::elder();
    Page::bare(words::title())
        .with(mine.loader())
        .with(load::<GetHome>(&place::centre(), move |home| {
            document().set_title(&say(&home.centre.name));
            if elder { elder::home(&home, mine) } else { usual::home(&home, mine) }
        }))
        .done()
}

/// Which centre it is, and whether it is open.
fn centre_link(centre: &CentreCard, aloud: bool) -> View {
    let card = centre.clone();
    let name = el("h1", "").text(say(&centre.name) + " ").child(icon("down")).done();
    let note = el("p", "lede")
        .live(move || {
            let note = centres::words::open_note(centres::state(&card), card.zone, aloud);
            crate::ui::text(dotted(&[near::walk(card.at), note]))
        })
        .done();
    el("a", "home-centre").attr("href", Screen::Centres.path()).child(name).child(note).done()
}

/// An icon over a word.
fn tile(picture: &str, words: &'static str, address: impl Into<String>) -> View {
    el("a", "tile")
        .attr("href", address)
        .child(icon_class(picture, "icon icon-big"))
        .child(el("span", "").text(words).done())
        .done()
}

/// Booking that opens soon.
fn soon(items: &[SoonItem], zone: Zone) -> Option<View> {
    let cards: Vec<View> = items
        .iter()
        .map(|item| {
            let title = match &item.name {
                Some(name) => format!("{} {}", say(&item.title), say(name)),
                None => say(&item.title),
            };
            let when = shared::moment(item.opens, zone);
            let (to, note) = match &item.draw {
                Some(draw) => (Screen::Draw(draw.clone()), words::lots_note(&when, item.capacity)),
                None => (Screen::Offering(item.offering.clone()), words::soon_note(&when, item.capacity)),
            };
            el("a", "card row home-soon")
                .attr("href", to.path())
                .child(el("b", "grow").text(title).done())
                .child(tag(Tone::Hot, shared::until(item.opens)))
                .child(el("span", "cell-note").text(note).done())
                .done()
        })
        .collect();
    (!cards.is_empty()).then(|| section(words::soon(), None, vec![el("div", "stack").children(cards).done()]))
}

/// Wishes that came true.
fn done(items: &[DoneItem], zone: Zone) -> Option<View> {
    let today = now().day(zone);
    let cards: Vec<View> = items
        .iter()
        .map(|item| {
            let day = shared::date(item.done.day(zone), today);
            el("a", "card")
                .attr("href", Screen::Wish(item.wish.clone()).path())
                .child(el("b", "").text(say(&item.note)).done())
                .child(el("p", "small").text(words::done_note(item.supports, &day, item.number)).done())
                .done()
        })
        .collect();
    let all = (words::all_wishes(), Screen::Wishes.path());
    (!cards.is_empty())
        .then(|| section(words::done(), Some(all), vec![el("div", "stack").children(cards).done()]))
}

/// The button that changes between the usual and the elder version.
fn other_view(words: &'static str, view: &'static str) -> View {
    let change = button_el(Look::Line, move || {
        host::set_cookie("view", view);
        host::reload();
    });
    el("p", "section").child(change.child(icon("text-size")).text(words).done()).done()
}
