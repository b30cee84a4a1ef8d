//! A guardian's consent, on a page of its own: what is kept of a child, what for, who reads it and for
//! how long, in plain words.

mod words;

use domain::{
    consent::{
        Consent, ConsentDraft, Resting, TERMS, Term,
        api::{GetConsent, GiveConsent, WithdrawConsent},
    },
    household::Person,
    id::PersonId,
    screen::{Screen, own_path},
    time::CHINA,
};
use leptos::prelude::*;

use super::person::{back_to, of_household};
use crate::{
    host,
    lang::say,
    ui::{
        Act, Cell, Look, Page, Question, View, button, cells, confirm, el, fact_words, facts, load, note,
        nothing, page::section,
    },
    words as common,
};

/// Answers that are no longer true once consent was given or taken back.
const OUTDATED: [&str; 2] = ["/api/me", "/api/slots"];

/// What the page does besides showing.
#[derive(Clone, Copy)]
struct Acts {
    give: Act,
    take: Act,
    asking: RwSignal<bool>,
}

/// The page. `?next=` says where to go on afterwards, `?then=back` that it is where one came from.
pub fn consent_page(id: &PersonId) -> View {
    let acts = Acts { give: Act::new(CHINA), take: Act::new(CHINA), asking: RwSignal::new(false) };
    of_household(Page::bare(words::title()), id, move |person| {
        let head = el("header", "page-head")
            .child(if is_on_the_way() { nothing() } else { back_to(&person) })
            .child(el("h1", "").text(words::title()).done())
            .child(el("p", "lede").text(words::lede(&common::person(&person))).done())
            .done();
        let id = person.id.clone();
        let body = load::<GetConsent>(&id, move |consent| view(&person, &consent, acts));
        el("div", "").child(head).child(body).done()
    })
}

/// Whether the page stands between something the resident was at and where that goes on.
fn is_on_the_way() -> bool {
    host::query("next").is_some() || host::query("then").is_some()
}

/// On to where the resident was going, if anywhere.
fn go_on() {
    if host::query("then").is_some() {
        host::back();
    } else if let Some(next) = host::query("next").as_deref().and_then(own_path) {
        host::replace(next);
    }
}

fn view(person: &Person, consent: &Consent, acts: Acts) -> View {
    let name = common::person(person);
    let terms = TERMS.iter().map(term).collect();
    el("div", "consent")
        .child(standing(consent))
        .child(el("div", "section stack").children(terms).done())
        .child(readers())
        .child(never())
        .child(later(consent))
        .child(el("div", "section").child(acts.give.says()).done())
        .child(buttons(consent, acts))
        .child(history(consent))
        .child(asking(&name, consent, acts))
        .done()
}

/// How it stands, before anything else.
fn standing(consent: &Consent) -> View {
    match consent.given {
        Some(given) if given.is_current() => {
            let desk = consent.in_force().and_then(|step| step.desk.as_ref()).map(say);
            note("note note-ok section", words::is_given(given.at, desk.as_deref()))
        }
        Some(_) => note("note note-warn section", words::is_older()),
        None if consent.needed => nothing(),
        None => note("note section", words::not_needed()),
    }
}

/// One thing that is agreed to.
fn term(term: &Term) -> View {
    let rows = [
        fact_words(words::what(), words::fields(term.fields)),
        if same_readers() { None } else { fact_words(words::who(), words::readers(term.readers)) },
        fact_words(words::how_long(), words::keep(term.keep).to_owned()),
    ];
    el("section", "card")
        .child(el("h2", "").text(words::purpose(term.purpose)).done())
        .child(facts(rows.into_iter().flatten().collect()))
        .done()
}

/// Whether the same people read all of it: then that is said once.
fn same_readers() -> bool {
    TERMS.iter().all(|term| term.readers == TERMS[0].readers)
}

/// Who reads it.
fn readers() -> View {
    if !same_readers() {
        return nothing();
    }
    let who = el("p", "").text(words::readers_whole(TERMS[0].readers)).done();
    section(words::who(), None, vec![who])
}

fn never() -> View {
    section(words::never_title(), None, vec![el("p", "").text(words::never()).done()])
}

/// What happens when it is taken back, said before it is given.
fn later(consent: &Consent) -> View {
    let words = if consent.given.is_some() { words::taking_back() } else { words::can_take_back() };
    section(words::any_time(), None, vec![el("p", "").text(words).done()])
}

fn buttons(consent: &Consent, acts: Acts) -> View {
    let (id, version) = (consent.person.clone(), consent.version);
    let current = consent.given.is_some_and(domain::consent::Given::is_current);
    let mut buttons = el("div", "section stack");
    if consent.needed && !current {
        let onto = id.clone();
        let give = move || {
            let (id, onto) = (id.clone(), onto.clone());
            let draft = ConsentDraft { version };
            acts.give.send_onto::<GiveConsent, GetConsent>(id, draft, &OUTDATED, move |_| onto, |_| go_on());
        };
        buttons = buttons.child(acts.give.button(Look::Main, words::agree(), words::agreeing(), give));
    }
    if is_on_the_way() {
        let words = if current { words::go_on() } else { words::not_now() };
        buttons = buttons.child(button(Look::Line, words, go_on));
        if !current {
            buttons = buttons.child(el("p", "field-hint").text(words::not_now_note()).done());
        }
    }
    if consent.given.is_some() {
        buttons = buttons.child(button(Look::Quiet, words::take_back(), move || acts.asking.set(true)));
    }
    buttons.done()
}

/// Asks before it is taken back, and says what becomes of what was booked.
fn asking(name: &str, consent: &Consent, acts: Acts) -> View {
    let id = consent.person.clone();
    let question = Question {
        title: words::take_back_title(),
        words: words::take_back_words(name, consent.ahead.len()),
        yes: words::take_back(),
        meanwhile: words::taking(),
        no: words::keep_it(),
    };
    let tap = move || {
        let (id, onto) = (id.clone(), id.clone());
        acts.take.send_onto::<WithdrawConsent, GetConsent>(
            id,
            (),
            &OUTDATED,
            move |_| onto,
            move |_| acts.asking.set(false),
        );
    };
    confirm(acts.asking, question, acts.take, tap)
}

/// What was booked on it, and what was done so far.
fn history(consent: &Consent) -> View {
    let ahead: Vec<View> = consent.ahead.iter().map(resting).collect();
    let ahead = if ahead.is_empty() {
        nothing()
    } else {
        section(words::ahead(consent.given.is_some()), None, vec![cells(ahead)])
    };
    let steps: Vec<View> =
        consent.steps.iter().map(|step| el("p", "small").text(words::step(step)).done()).collect();
    let steps = if steps.is_empty() { nothing() } else { section(words::steps(), None, steps) };
    el("div", "").child(ahead).child(steps).done()
}

fn resting(one: &Resting) -> View {
    Cell::new(say(&one.title))
        .note(common::moment(one.starts, one.zone))
        .to(Screen::Booking(one.booking.clone()).path())
        .arrow()
        .done()
}
