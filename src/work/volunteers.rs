//! The volunteers of a centre: who they are for a purpose, suspending one with a reason.

mod words;

use domain::{
    id::{CentreId, VolunteerId},
    screen::Screen,
    staff::{Workbench, api::GetWorkbench},
    time::CHINA,
    volunteer::{
        Contact, Listed, Stand,
        api::{ListVolunteers, LookAtVolunteer, RestoreVolunteer, SuspendVolunteer},
    },
    work::{Because, Purpose, check_reason},
};
use leptos::prelude::*;

use super::{page, tree, words as shared};
use crate::{
    trouble,
    ui::{
        Act, Choice, Look, Tone, View, button, cells, chips, el, empty, fact_words, facts, field, fill, live,
        load, nothing, sheet, tag, text_input,
    },
};

/// Kept answers that are out of date once somebody was suspended or restored.
const OUTDATED: [&str; 2] = ["/api/work/", "/api/cities/"];

/// What is done with a volunteer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    /// Seeing who they are.
    Look,
    /// Suspending them.
    Suspend,
}

/// The sheets of the page.
#[derive(Clone, Copy)]
struct Sheets {
    whom: RwSignal<Option<VolunteerId>>,
    look: RwSignal<bool>,
    suspend: RwSignal<bool>,
}

/// The page.
pub fn volunteers_page() -> View {
    page(shared::volunteers(), (shared::work(), &Screen::Work), || {
        load::<GetWorkbench>(&(), |bench| {
            let bench = StoredValue::new_local(bench);
            live(move || bench.with_value(body))
        })
    })
}

fn body(bench: &Workbench) -> View {
    let Some(place) = tree::chosen(bench) else { return empty("place", shared::no_slots_any(), None) };
    let centre = place.centre.clone();
    let sheets =
        Sheets { whom: RwSignal::new(None), look: RwSignal::new(false), suspend: RwSignal::new(false) };
    let of = centre.clone();
    el("div", "")
        .child(el("p", "lede").text(words::lede()).done())
        .child(tree::which(bench, &centre, &Screen::WorkVolunteers))
        .child(load::<ListVolunteers>(&centre, move |all| list(&all, &of, sheets)))
        .child(looking(sheets))
        .child(suspending(sheets, centre))
        .done()
}

fn list(all: &[Listed], centre: &CentreId, sheets: Sheets) -> View {
    if all.is_empty() {
        return empty("heart", words::none(), None);
    }
    let rows = all.iter().map(|one| row(one, centre, sheets)).collect();
    el("div", "section").child(cells(rows)).done()
}

fn row(one: &Listed, centre: &CentreId, sheets: Sheets) -> View {
    let (id, act) = (one.id.clone(), Act::new(CHINA));
    let open = |deed: Deed| {
        let id = id.clone();
        move || {
            sheets.whom.set(Some(id.clone()));
            if deed == Deed::Look { sheets.look } else { sheets.suspend }.set(true);
        }
    };
    let (state, deed) = match &one.stand {
        Stand::Good => {
            (tag(Tone::Open, words::good()), button(Look::SlimLine, words::suspend(), open(Deed::Suspend)))
        }
        Stand::Suspended { .. } => {
            let (id, centre) = (one.id.clone(), centre.clone());
            let restore = move || {
                let centre = centre.clone();
                let onto = move |_: &Vec<Listed>| centre;
                act.send_onto::<RestoreVolunteer, ListVolunteers>(id.clone(), (), &OUTDATED, onto, |_| {});
            };
            (
                tag(Tone::Full, words::suspended()),
                act.button(Look::SlimLine, words::restore(), shared::saving(), restore),
            )
        }
    };
    let reason = match &one.stand {
        Stand::Suspended { reason } => el("span", "cell-note").text(words::because(reason)).done(),
        Stand::Good => nothing(),
    };
    let head =
        el("span", "row").child(el("b", "grow cell-title").text(one.name.clone()).done()).child(state).done();
    let acts = el("span", "row cell-acts")
        .child(button(Look::SlimLine, words::look(), open(Deed::Look)))
        .child(deed)
        .done();
    let words = el("span", "grow")
        .child(head)
        .child(el("span", "cell-note").text(words::likings(&one.likes)).done())
        .child(reason)
        .child(acts)
        .done();
    el("div", "").child(el("div", "cell").child(words).done()).child(act.says()).done()
}

/// The sheet that says who somebody is, once a purpose is given.
fn looking(sheets: Sheets) -> View {
    let (purpose, act) = (RwSignal::new(String::new()), Act::new(CHINA));
    let (found, drawn) = (StoredValue::new_local(None::<Contact>), RwSignal::new(0_u32));
    // Every look has a purpose of its own: nothing of the last one stays.
    Effect::new(move |_| {
        if !sheets.look.get() {
            found.set_value(None);
            purpose.set(String::new());
            drawn.update(|count| *count += 1);
        }
    });
    let send = move || {
        let given = purpose.get_untracked();
        let Some(id) = sheets.whom.get_untracked() else { return };
        if check_reason(&given).is_empty() {
            act.send::<LookAtVolunteer>(id, Purpose { purpose: given }, move |contact| {
                found.set_value(Some(contact));
                drawn.update(|count| *count += 1);
            });
        }
    };
    sheet(words::look_title(), sheets.look, move || {
        live(move || {
            drawn.track();
            let close = button(Look::Line, shared::never_mind(), move || sheets.look.set(false));
            found.with_value(|contact| match contact {
                Some(contact) => {
                    let rows = [
                        fact_words(shared::name(), contact.name.clone()),
                        fact_words(shared::phone(), contact.phone.clone()),
                    ];
                    el("div", "stack")
                        .child(el("div", "card").child(facts(rows.into_iter().flatten().collect())).done())
                        .child(button(Look::Line, shared::done(), move || sheets.look.set(false)))
                        .done()
                }
                None => asking(
                    words::look_words(),
                    words::purposes(),
                    purpose,
                    act,
                    words::look_yes(),
                    send,
                    close,
                ),
            })
        })
    })
}

/// The sheet that suspends somebody, once a reason is given.
fn suspending(sheets: Sheets, centre: CentreId) -> View {
    let (reason, act) = (RwSignal::new(String::new()), Act::new(CHINA));
    let send = move || {
        let given = reason.get_untracked();
        let Some(id) = sheets.whom.get_untracked() else { return };
        if check_reason(&given).is_empty() {
            let centre = centre.clone();
            act.send_onto::<SuspendVolunteer, ListVolunteers>(
                id,
                Because { reason: given },
                &OUTDATED,
                move |_| centre,
                move |_| {
                    sheets.suspend.set(false);
                    reason.set(String::new());
                },
            );
        }
    };
    sheet(words::suspend_title(), sheets.suspend, move || {
        let close = button(Look::Line, shared::never_mind(), move || sheets.suspend.set(false));
        asking(
            words::suspend_words(),
            words::reasons(),
            reason,
            act,
            words::suspend_yes(),
            send.clone(),
            close,
        )
    })
}

/// A sheet that asks for words: some to tap, and a field.
fn asking(
    why: &'static str,
    choices: [&'static str; 3],
    typed: RwSignal<String>,
    act: Act,
    yes: &'static str,
    send: impl Fn() + Clone + 'static,
    close: View,
) -> View {
    let tried = RwSignal::new(false);
    let error = Signal::derive(move || {
        let wrong = check_reason(&typed.get());
        wrong.first().filter(|_| tried.get()).map(|one| trouble::refusal(one, CHINA)).unwrap_or_default()
    });
    let choices = choices.map(|one| Choice::new(one, one)).into();
    let pick = chips(words::in_words(), choices, typed.into(), move |one| {
        fill("volunteer-why", &one);
        typed.set(one);
    });
    let tap = move || {
        tried.set(true);
        send();
    };
    let buttons = el("div", "section buttons")
        .child(act.button(Look::Main, yes, shared::saving(), tap))
        .child(close)
        .done();
    el("div", "stack")
        .child(el("p", "").text(why).done())
        .child(pick)
        .child(field(
            "volunteer-why",
            words::in_words(),
            "",
            text_input("volunteer-why", "text", typed),
            error,
        ))
        .child(act.says())
        .child(buttons)
        .done()
}
