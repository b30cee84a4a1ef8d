//! What is looked at before the opening, person by person, and what to do where something is missing.

use domain::{
    centre::api::OfferingPage,
    household::Person,
    refusal::Refusal,
    screen::Screen,
    ticket::{Check, Item},
};

use super::{super::desk::Desk, words};
use crate::{
    lang::say,
    trouble,
    ui::{View, cells, el, icon_class, nothing, section, skeleton},
    words as common,
};

/// The list, under the word whether the party is ready.
pub fn list(desk: Desk, page: &OfferingPage) -> View {
    let (Some(readiness), Some(household)) = (desk.readiness(), desk.household()) else { return skeleton(2) };
    let chosen = desk.people();
    let party: Vec<&Person> = household.iter().filter(|person| chosen.contains(&person.id)).collect();
    // What is missing comes first. Not to live near by is no fault.
    let (mut rows, mut fine): (Vec<View>, Vec<View>) = (Vec::new(), Vec::new());
    for person in party {
        let checks: Vec<&Check> = readiness.checks.iter().filter(|check| check.person == person.id).collect();
        if checks.is_empty() {
            fine.push(row(common::person(person), words::nothing_needed().to_owned(), done(), nothing()));
        }
        for check in checks {
            let missing = check.missing.is_some() && !matches!(check.item, Item::Residence);
            let place = if missing { &mut rows } else { &mut fine };
            place.push(one(desk, page, person, check));
        }
    }
    rows.extend(fine);
    let title = if desk.is_ready() == Some(true) { words::ready() } else { words::get_ready() };
    if rows.is_empty() {
        return section(title, None, vec![el("p", "").text(words::say_who()).done()]);
    }
    section(title, None, vec![cells(rows)])
}

fn one(desk: Desk, page: &OfferingPage, person: &Person, check: &Check) -> View {
    let name = common::person(person);
    let title = format!("{name} · {}", words::item(check.item));
    let Some(missing) = &check.missing else {
        return row(title, words::found(check.item, person, page), done(), nothing());
    };
    let zone = page.centre.zone;
    let consent = format!("{}?", Screen::Consent(person.id.clone()).path());
    let form = format!("{}?who={}&", Screen::Family.path(), person.id);
    match (check.item, missing) {
        (Item::Consent, _) => {
            row(title, words::consent_missing().to_owned(), nothing(), to(desk, &consent, words::sign()))
        }
        (_, Refusal::BirthdayMissing { .. }) => {
            row(title, words::birthday_missing().to_owned(), nothing(), to(desk, &form, words::fill_in()))
        }
        (Item::Identity, _) => {
            let call = el("a", "button-line button-slim")
                .attr("href", crate::centres::telephone(&page.centre.phone))
                .text(words::ask())
                .done();
            row(title, words::identity_missing(&say(&page.centre.name)), nothing(), call)
        }
        // Not near by is no fault: they only begin later.
        (Item::Residence, _) => row(title, words::not_near().to_owned(), nothing(), nothing()),
        (Item::Age, refusal) => row(title, trouble::refusal(refusal, zone), nothing(), nothing()),
    }
}

fn row(title: String, note: String, mark: View, action: View) -> View {
    let words = el("span", "grow")
        .child(el("span", "cell-title").text(title).done())
        .child(el("span", "cell-note").text(note).done())
        .done();
    el("div", "cell").child(words).child(el("span", "cell-end").child(mark).child(action).done()).done()
}

fn done() -> View {
    el("span", "good")
        .child(icon_class("check", "icon good"))
        .child(el("span", "visually-hidden").text(words::is_fine()).done())
        .done()
}

/// To where it can be done, and back here; `address` ends where a value of the query may follow.
fn to(desk: Desk, address: &str, words: &'static str) -> View {
    let next = js_sys::encode_uri_component(&desk.here());
    let address = format!("{address}next={}", String::from(next));
    el("a", "button-line button-slim").attr("href", address).text(words).done()
}
