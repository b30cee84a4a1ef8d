//! One of the household: what is ready for a class that asks for it, what is missing, and how that is
//! put right.

use domain::{
    consent::is_needed,
    failure::Problem,
    household::{Care, Person, Relation, api::GetCare},
    id::PersonId,
    screen::Screen,
    session::{Me, api::GetMe},
    time::CHINA,
};
use leptos::prelude::*;

use super::{list::address, words};
use crate::{
    acting,
    call::Trouble,
    clock, host, session, trouble,
    ui::{
        Cell, Look, Page, View, button::button_el, cells, el, icon, icon_class, link_button, load, load_or,
        note, nothing, page::section,
    },
    words as common,
};

/// The page of somebody of the household.
pub fn person_page(id: &PersonId) -> View {
    of_household(Page::bare(words::family()), id, |person| view(&person))
}

/// A page about somebody of the household, with the ways out for whoever is not signed in and for
/// whoever is not there.
pub fn of_household(page: Page, id: &PersonId, show: impl Fn(Person) -> View + 'static) -> View {
    if !session::signed_in() {
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    let id = id.clone();
    let found = move |me: Me| match me.people.into_iter().find(|person| person.id == id) {
        Some(person) => show(person),
        None => trouble::trouble_view(&Trouble::Problem(Problem::NotFound), || {}),
    };
    page.with(load::<GetMe>(&(), found)).done()
}

/// A link back to the page of somebody, under their name.
pub fn back_to(person: &Person) -> View {
    el("a", "back")
        .attr("href", Screen::Person(person.id.clone()).path())
        .child(icon("back"))
        .text(common::person(person))
        .done()
}

fn view(person: &Person) -> View {
    let name = common::person(person);
    document().set_title(&name);
    let form = format!("{}&then=back", address(Some(person.id.as_str())));
    let change = button_el(Look::SlimLine, move || host::go(&form))
        .attr("aria-label", words::change_whom(&name))
        .text(words::change())
        .done();
    let whom = el("div", "row person-head")
        .child(
            el("div", "grow")
                .child(el("h1", "").text(name.clone()).done())
                .child(el("p", "lede").text(words::about(person)).done())
                .done(),
        )
        .child(if person.shared.is_some() { nothing() } else { change })
        .done();
    let family = el("a", "back").attr("href", Screen::Family.path());
    let family = family.child(icon("back")).text(words::family()).done();
    let more = cells(vec![care(person), guardians(person), record(person)]);
    let said = match person.shared {
        Some(scope) => note("note section", words::shared(scope)),
        None => nothing(),
    };
    el("div", "")
        .child(el("header", "page-head").child(family).child(whom).done())
        .child(said)
        .child(section(words::ready(), None, vec![ready(person)]))
        .child(el("div", "section").child(more).done())
        .done()
}

/// What a class may ask for beforehand.
fn ready(person: &Person) -> View {
    let mut all = vec![identity(person)];
    if is_needed(person.born, clock::now().day(CHINA)) {
        all.insert(0, consent(person));
    }
    cells(all)
}

fn consent(person: &Person) -> View {
    let address = Screen::Consent(person.id.clone()).path();
    let cell = Cell::new(words::consent());
    if person.shared.is_some() || acting::is_on() {
        // It is for the child's own household to sign.
        return match person.consent {
            Some(given) if given.is_current() => cell.note(words::signed(given.at)).end(done_mark()).done(),
            _ => cell.note(words::theirs_to_sign()).done(),
        };
    }
    match person.consent {
        Some(given) if given.is_current() => {
            cell.note(words::signed(given.at)).to(address).end(done_mark()).done()
        }
        Some(_) => cell
            .note(words::consent_news())
            .end(link_button(Look::SlimLine, words::read_again(), address))
            .done(),
        None => {
            cell.note(words::consent_missing()).end(link_button(Look::Slim, words::go_sign(), address)).done()
        }
    }
}

fn identity(person: &Person) -> View {
    let cell = Cell::new(words::identity());
    match &person.verified {
        Some(verified) => {
            let lives = person.resident_of.as_ref() == Some(&verified.centre);
            cell.note(words::verified(verified, lives)).end(done_mark()).done()
        }
        None => cell.note(words::not_verified()).note(words::not_verified_note()).done(),
    }
}

fn done_mark() -> View {
    icon_class("check", "icon done-mark")
}

/// What those who look after a child or an elder should know.
fn care(person: &Person) -> View {
    let of_an_elder = person.relation == Relation::Myself && acting::is_on();
    if !of_an_elder && !matches!(person.relation, Relation::Child | Relation::Elder) {
        return nothing();
    }
    let address = Screen::Care(person.id.clone()).path();
    let shared = person.shared.is_some();
    let show = move |care: Care| {
        let said = words::care_said(&care);
        let note = if said.is_empty() { words::care_empty().to_owned() } else { said };
        let cell = Cell::new(words::care()).icon("heart").note(note);
        if shared { cell.done() } else { cell.to(address.clone()).arrow().done() }
    };
    let waiting = || Cell::new(words::care()).icon("heart").note("…").done();
    load_or::<GetCare>(&person.id, show, waiting)
}

/// The other guardian of a child.
fn guardians(person: &Person) -> View {
    if person.relation != Relation::Child || acting::is_on() {
        return nothing();
    }
    Cell::new(words::guardians())
        .icon("people")
        .note(words::guardians_note(person.shared.is_some()))
        .to(Screen::Guardians(person.id.clone()).path())
        .arrow()
        .done()
}

fn record(person: &Person) -> View {
    if acting::is_on() {
        return nothing();
    }
    Cell::new(words::looks())
        .icon("search")
        .note(words::looks_note())
        .to(Screen::Looks(person.id.clone()).path())
        .arrow()
        .done()
}
