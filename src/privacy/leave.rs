//! Having the account erased: what happens, the question, and a week to think better of it.

use domain::{
    failure::Problem,
    privacy::{
        Erasure, Leaving, Policy,
        api::{AskErasure, GetErasure, GetPolicy, StopErasure},
    },
    screen::Screen,
    time::CHINA,
};
use leptos::prelude::*;

use super::words;
use crate::{
    call::{self, Trouble},
    lang::say,
    session, trouble,
    ui::{
        Act, Cell, Look, Page, Question, View, button, cells, confirm, el, link_button, load, load_or, note,
        nothing, section,
    },
    words as common,
};

/// What is shown differently when one goes or stays.
const OUTDATED: [&str; 6] =
    ["/api/me", "/api/bookings", "/api/tasks", "/api/draws", "/api/offerings", "/api/devices"];

/// The page, for who is signed in.
pub fn leave_page() -> View {
    let page = Page::new(words::leave()).back(words::settings(), Screen::Settings.path());
    if !session::signed_in() {
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    let (ask, stop) = (Act::new(CHINA), Act::new(CHINA));
    let asking = RwSignal::new(false);
    page.lede(words::leave_lede())
        .with(load::<GetErasure>(&(), move |erasure| match erasure.leaving {
            Some(leaving) => going(leaving, stop),
            None => outlook(&erasure, asking),
        }))
        .with(load_or::<GetPolicy>(&(), |policy| what_then(&policy), nothing))
        .with(question(asking, ask))
        .done()
}

/// It was asked for: one tap undoes it.
fn going(leaving: Leaving, stop: Act) -> View {
    let undo = move || {
        stop.send_onto::<StopErasure, GetErasure>((), (), &OUTDATED, |_| (), |_| ());
    };
    el("div", "section stack")
        .child(note("note note-warn", words::going(&common::moment(leaving.until, CHINA))))
        .child(el("p", "").text(words::going_more()).done())
        .child(stop.button(Look::Main, words::undo(), words::undoing(), undo))
        .child(stop.says())
        .child(link_button(Look::Line, words::take_first(), Screen::MyData.path()))
        .done()
}

fn outlook(erasure: &Erasure, asking: RwSignal<bool>) -> View {
    let steps = cells(vec![
        Cell::new(words::at_once())
            .icon("clock")
            .note(words::given_back(erasure.bookings, erasure.tasks))
            .done(),
        Cell::new(words::for_a_week()).icon("calendar").note(words::undo_while()).done(),
        Cell::new(words::after_a_week()).icon("check").note(words::gone(erasure.people, erasure.stay)).done(),
    ]);
    let buttons = el("div", "section stack")
        .child(link_button(Look::Line, words::take_first(), Screen::MyData.path()))
        .child(button(Look::Quiet, words::leave(), move || asking.set(true)))
        .done();
    el("div", "section").child(steps).child(buttons).done()
}

/// What goes and what stays, as the server's own list says it.
fn what_then(policy: &Policy) -> View {
    let all = || policy.groups.iter().flat_map(|group| &group.items);
    let goes: Vec<String> = all().filter(|item| !item.stays).map(|item| say(&item.title)).collect();
    let stays =
        all().filter(|item| item.stays).map(|item| Cell::new(say(&item.title)).note(say(&item.after)).done());
    let first = el("p", "").text(words::goes_first()).done();
    // The browser folds by itself.
    let summary = el("summary", "button-quiet").text(words::goes_rest()).done();
    let rest = el("p", "small").text(goes.join(words::and())).done();
    let rest = el("details", "").child(summary).child(rest).done();
    let goes = el("div", "card").child(first).child(rest).done();
    el("div", "")
        .child(section(words::goes(), None, vec![goes]))
        .child(section(words::changes(), None, vec![cells(stays.collect())]))
        .done()
}

fn question(asking: RwSignal<bool>, ask: Act) -> View {
    let question = Question {
        title: words::sure(),
        words: words::sure_words().to_owned(),
        yes: words::leave(),
        meanwhile: words::leaving(),
        no: words::stay(),
    };
    confirm(asking, question, ask, move || {
        ask.send_onto::<AskErasure, GetErasure>(
            (),
            (),
            &OUTDATED,
            |_| (),
            move |_| {
                // The home page names what was booked.
                call::forget("/api/centres");
                asking.set(false);
                window().scroll_to_with_x_and_y(0.0, 0.0);
            },
        );
    })
}
