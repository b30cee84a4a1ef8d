//! What a guardian signs on paper at the desk, and has taken back there.

use domain::{
    consent::{self, Given, PaperConsent, VERSION},
    household::Person,
    id::CentreId,
    time::CHINA,
    work::api::SignOnPaper,
};
use leptos::prelude::*;

use super::{Found, words};
use crate::{
    clock, trouble,
    ui::{Act, Look, View, button, el, field, live, nothing, text_input},
};

/// The consent for somebody under fourteen; nothing for others. What of it can be done opens by a tap.
pub fn of(person: &Person, centre: &CentreId, found: Found) -> View {
    if person.shared.is_some() || !consent::is_needed(person.born, clock::now().day(CHINA)) {
        return nothing();
    }
    let current = person.consent.filter(|given| Given::is_current(*given));
    let stands = match current {
        Some(given) => words::consent_given(given.at, CHINA),
        None => words::consent_missing().to_owned(),
    };
    let open = RwSignal::new(false);
    let (given, opener) = match current {
        Some(_) => (false, words::consent_back()),
        None => (true, words::consent_signed()),
    };
    let (person, centre) = (person.clone(), centre.clone());
    el("div", "stack")
        .child(el("p", "small").text(stands).done())
        .child(live(move || {
            if open.get() {
                form(&person, &centre, given, found, open)
            } else {
                button(Look::Line, opener, move || open.set(true))
            }
        }))
        .done()
}

/// Who signed it, or wants it taken back.
fn form(person: &Person, centre: &CentreId, given: bool, found: Found, open: RwSignal<bool>) -> View {
    let (guardian, tried, act) = (RwSignal::new(String::new()), RwSignal::new(false), Act::new(CHINA));
    let (person, centre) = (person.id.clone(), centre.clone());
    let draft = move |guardian: String| {
        let phone = found.phone.get_untracked();
        PaperConsent { phone, person: person.clone(), given, version: VERSION, guardian }
    };
    let check = draft.clone();
    let error = Signal::derive(move || {
        let wrong = check(guardian.get()).check();
        let said = tried.get();
        wrong.first().filter(|_| said).map(|one| trouble::refusal(one, CHINA)).unwrap_or_default()
    });
    let send = move || {
        tried.set(true);
        let paper = draft(guardian.get_untracked());
        if paper.check().is_empty() {
            act.renew();
            act.send::<SignOnPaper>(centre.clone(), paper, move |person| found.put(person));
        }
    };
    let (label, yes, meanwhile) = if given {
        (words::who_signed(), words::keep_signed(), words::keeping())
    } else {
        (words::who_takes_back(), words::take_back(), words::taking_back())
    };
    let input = text_input("paper-guardian", "text", guardian).attr("autocomplete", "off");
    el("div", "stack")
        .child(field("paper-guardian", label, words::who_hint(), input, error))
        .child(act.says())
        .child(act.button(Look::Main, yes, meanwhile, send))
        .child(button(Look::Quiet, super::shared::never_mind(), move || open.set(false)))
        .done()
}
