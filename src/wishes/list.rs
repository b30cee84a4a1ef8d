//! The wishes of the chosen centre, newest first.

use domain::{
    centre::api::ListCentres,
    screen::Screen,
    wish::{Wish, WishState, api::ListWishes},
};
use leptos::prelude::*;

use super::words;
use crate::{
    host,
    lang::say,
    place,
    ui::{self, Choice, El, Look, Page, Tone, View, chips, el, icon, load, load_or, tag, text},
    words as common,
};

/// What a chip lets through.
const FILTERS: [&str; 4] = ["", "new", "active", "done"];

/// The list; `?show=` keeps the filter for who comes back.
pub fn list_page() -> View {
    let show = RwSignal::new(host::query("show").unwrap_or_default());
    let choose = move |filter: String| {
        let query = if filter.is_empty() { String::new() } else { format!("?show={filter}") };
        host::refine(&(Screen::Wishes.path() + &query));
        show.set(filter);
    };
    let names = [words::all(), words::fresh(), words::under_way(), words::done()];
    let choices = FILTERS.iter().zip(names).map(|(value, name)| Choice::new(*value, name)).collect();
    let new = el("a", Look::Main.class())
        .attr("href", Screen::NewWish.path())
        .child(icon("plus"))
        .text(words::new())
        .done();
    Page::new(words::wishes())
        .back(words::volunteer(), Screen::Volunteer.path())
        .with(el("p", "lede").child(centre_name()).done())
        .with(el("p", "section").child(new).done())
        .with(el("div", "section").child(chips(words::filter(), choices, show.into(), choose)).done())
        .with(load::<ListWishes>(&place::centre(), move |wishes| list(wishes, show)))
        .done()
}

/// The line under the heading, with the name of the centre once it is there.
fn centre_name() -> View {
    load_or::<ListCentres>(
        &(),
        |all| {
            let chosen = place::centre();
            let centre = all.centres.iter().find(|card| card.id == chosen);
            text(centre.map_or_else(|| words::lede().to_owned(), |card| words::lede_of(&say(&card.name))))
        },
        || text(words::lede()),
    )
}

fn list(wishes: Vec<Wish>, show: RwSignal<String>) -> View {
    if wishes.is_empty() {
        return ui::empty("wish", words::none(), None);
    }
    ui::live(move || {
        let show = show.get();
        let cards: Vec<View> = wishes.iter().filter(|wish| passes(wish, &show)).map(card).collect();
        if cards.is_empty() {
            return ui::empty("wish", words::none_such(), None);
        }
        el("div", "section stack").children(cards).done()
    })
}

fn passes(wish: &Wish, filter: &str) -> bool {
    match filter {
        "new" => wish.state() == WishState::Submitted,
        "active" => wish.state() == WishState::Accepted,
        "done" => wish.state() == WishState::Done,
        _ => true,
    }
}

fn card(wish: &Wish) -> View {
    let words = el("span", "grow")
        .child(el("b", "").text(common::shorten(&say(&wish.text), 60)).done())
        .child(el("span", "small").text(words::about(wish)).done())
        .child(tags(wish))
        .done();
    el("a", "card wish")
        .attr("href", Screen::Wish(wish.id.clone()).path())
        .child(neighbours(el("span", "wish-count"), wish))
        .child(words)
        .done()
}

/// How many neighbours wish it.
pub fn neighbours(around: El, wish: &Wish) -> View {
    around
        .child(el("b", "").text(wish.supports.to_string()).done())
        .text(words::neighbours(wish.supports))
        .done()
}

/// Where a wish stands, and what it is about.
pub fn tags(wish: &Wish) -> View {
    let category = tag(Tone::Plain, words::category(wish.category));
    el("span", "row").child(state_tag(wish)).child(category).done()
}

fn state_tag(wish: &Wish) -> View {
    let state = wish.state();
    let tone = match state {
        WishState::Accepted => Tone::Wait,
        WishState::Done => Tone::Open,
        WishState::Submitted | WishState::Declined | WishState::Withdrawn => Tone::Full,
    };
    tag(tone, common::wish_state(state))
}
