//! Who belongs to the household. `?who=` opens the form, `?next=` says where to go on afterwards.

use domain::{
    consent::is_needed,
    failure::Problem,
    household::Person,
    screen::Screen,
    session::{Me, api::GetMe},
    time::CHINA,
};
use leptos::prelude::*;

use super::{form::form, words};
use crate::{
    acting,
    call::Trouble,
    clock, host, session, trouble,
    ui::{Look, Page, Tone, View, button::button_el, cells, el, link_button, live, load, nothing, tag},
    words as common,
};

/// The value of `?who=` for somebody who is not there yet.
pub const NEW: &str = "new";

/// The page of the household.
pub fn family_page() -> View {
    if !session::signed_in() {
        let view = trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {});
        return Page::new(words::family()).back(words::mine(), Screen::Mine.path()).with(view).done();
    }
    // Whether the form was opened from here: then the way back is back.
    let opened = StoredValue::new(false);
    live(move || match host::query_live("who") {
        None => list(opened),
        Some(who) => Page::bare(words::family())
            .back(words::family(), address(None))
            .with(load::<GetMe>(&(), move |me| form(&me, &who, opened)))
            .done(),
    })
}

/// The address of this page with the form for `who`; what comes after is kept.
pub fn address(who: Option<&str>) -> String {
    let mut address = Screen::Family.path();
    let mut joint = '?';
    let next = host::query("next").map(|next| String::from(js_sys::encode_uri_component(&next)));
    for (name, value) in [("who", who), ("next", next.as_deref())] {
        if let Some(value) = value {
            address.push(joint);
            address.push_str(name);
            address.push('=');
            address.push_str(value);
            joint = '&';
        }
    }
    address
}

fn list(opened: StoredValue<bool>) -> View {
    let next = host::query("next").filter(|next| next.starts_with("/offerings/"));
    let on = match next {
        Some(next) => el("p", "section").child(link_button(Look::Line, words::on(), next)).done(),
        None => nothing(),
    };
    let why = el("div", "section note")
        .child(el("b", "").text(words::why()).done())
        .child(el("p", "").text(words::why_words()).done())
        .child(el("p", "").text(words::who_sees()).done())
        .done();
    Page::new(words::family())
        .back(words::mine(), Screen::Mine.path())
        .lede(words::lede())
        .with(load::<GetMe>(&(), move |me| people(&me, opened)))
        .with(on)
        .with(why)
        .done()
}

fn people(me: &Me, opened: StoredValue<bool>) -> View {
    let all = me.people.iter().map(cell).collect();
    let open = move || {
        opened.set_value(true);
        host::go(&address(Some(NEW)));
    };
    let join = link_button(Look::Quiet, words::i_have_a_code(), Screen::JoinFamily.path());
    let add = button_el(Look::Main, open).child(crate::ui::icon("plus")).text(words::add()).done();
    let list = el("div", "section stack").child(cells(all));
    // Who belongs to a household is for the household to say.
    if acting::is_on() { list.done() } else { list.child(add).child(join).done() }
}

fn cell(person: &Person) -> View {
    let mut words = el("span", "grow")
        .child(el("span", "cell-title").text(common::person(person)).done())
        .child(el("span", "cell-note").text(words::about(person)).done());
    let tags = tags(person);
    if !tags.is_empty() {
        words = words.child(el("span", "tags").children(tags).done());
    }
    el("a", "cell")
        .attr("href", Screen::Person(person.id.clone()).path())
        .child(words.done())
        .child(el("span", "cell-end").child(crate::ui::icon("next")).done())
        .done()
}

/// What is ready for a class that asks for it, and what a guardian can put right from here.
fn tags(person: &Person) -> Vec<View> {
    let mut tags = Vec::new();
    if person.shared.is_some() {
        tags.push(tag(Tone::Full, words::is_shared()));
    }
    if person.verified.is_some() {
        tags.push(tag(Tone::Open, words::is_verified()));
    }
    let today = clock::now().day(CHINA);
    if person.lacks_consent(today) {
        tags.push(tag(Tone::Wait, words::lacks_consent()));
    } else if is_needed(person.born, today) {
        tags.push(tag(Tone::Open, words::has_consent()));
    }
    tags
}
