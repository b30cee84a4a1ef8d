//! My circle: who may do things for me, what they did last, and for whom I do.

use domain::{
    circle::{
        Circle, Elder, Line, Member,
        api::{EndBond, GetCircle, GetCircleLog},
    },
    failure::Problem,
    id::BondId,
    screen::Screen,
    time::CHINA,
};
use leptos::prelude::*;

use super::words;
use crate::{
    acting,
    call::{self, Trouble},
    helped, session, trouble,
    ui::{
        Act, Cell, Look, Page, Question, View, button, cells, confirm, el, link_button, load, load_or,
        nothing, section,
    },
};

/// How many lines of the log stand here.
const LINES: usize = 3;

/// What the page does besides showing.
#[derive(Clone, Copy)]
struct Acts {
    end: Act,
    /// Whether it was asked for, of whom one sends away and whom one leaves.
    sending: RwSignal<bool>,
    leaving: RwSignal<bool>,
    which: StoredValue<Option<BondId>>,
}

/// The page.
pub fn circle_page() -> View {
    let page = Page::new(words::circle()).back(words::mine(), Screen::Mine.path());
    if !session::signed_in() {
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    let shut = || RwSignal::new(false);
    let acts = Acts { end: Act::new(CHINA), sending: shut(), leaving: shut(), which: StoredValue::new(None) };
    page.lede(words::lede())
        .with(load::<GetCircle>(&(), move |circle| view(&circle, acts)))
        .with(asking(acts.sending, words::end_question(), acts))
        .with(asking(acts.leaving, words::leave_question(), acts))
        .done()
}

fn view(circle: &Circle, acts: Acts) -> View {
    let members = if circle.members.is_empty() {
        el("p", "note").text(words::nobody()).done()
    } else {
        cells(circle.members.iter().map(|one| member(one, acts)).collect())
    };
    let invite = if let Some(code) = &circle.invitation {
        link_button(Look::Line, words::code_waits(&code.name), Screen::CircleInvite.path())
    } else {
        let look = if circle.elders.is_empty() { Look::Main } else { Look::Line };
        link_button(look, words::invite(), Screen::CircleInvite.path())
    };
    let invite = el("div", "section").child(invite).done();
    let elders: Vec<View> =
        circle.elders.iter().enumerate().map(|(at, one)| elder(one, at == 0, acts)).collect();
    let elders = if elders.is_empty() { nothing() } else { cells(elders) };
    let join = link_button(Look::Quiet, words::i_have_a_code(), Screen::JoinCircle.path());
    let theirs = el("div", "stack").child(elders).child(join).done();
    el("div", "")
        .child(section(words::who_helps(), None, vec![members, invite]))
        .child(load_or::<GetCircleLog>(&(), |lines| latest(&lines), nothing))
        .child(section(words::whom_i_help(), None, vec![theirs]))
        .done()
}

fn member(one: &Member, acts: Acts) -> View {
    let id = one.id.clone();
    let end = button(Look::SlimLine, words::stop(), move || {
        acts.which.set_value(Some(id.clone()));
        acts.sending.set(true);
    });
    Cell::new(one.name.clone())
        .note(words::scope(one.scope))
        .note(words::since(one.since, &one.phone))
        .end(end)
        .done()
}

fn elder(one: &Elder, first: bool, acts: Acts) -> View {
    let (id, leaving) = (one.id.clone(), one.id.clone());
    let look = if first { Look::Slim } else { Look::SlimLine };
    let begin = button(look, words::act_for(one.scope), move || acting::begin(&id, &Screen::Home.path()));
    let leave = button(Look::Quiet, words::leave(), move || {
        acts.which.set_value(Some(leaving.clone()));
        acts.leaving.set(true);
    });
    Cell::new(one.name.clone())
        .note(words::scope_of(one.scope))
        .end(el("span", "circle-ends").child(begin).child(leave).done())
        .done()
}

/// The last lines of the log.
fn latest(lines: &[Line]) -> View {
    if lines.is_empty() {
        return nothing();
    }
    let all = (words::whole_log(), Screen::CircleLog.path());
    section(words::what_they_did(), Some(all), vec![helped::list(&lines[..lines.len().min(LINES)])])
}

/// Asks before a bond ends.
fn asking(open: RwSignal<bool>, question: Question, acts: Acts) -> View {
    let tap = move || {
        let Some(bond) = acts.which.get_value() else { return };
        acts.end.send_onto::<EndBond, GetCircle>(
            bond,
            (),
            &["/api/circle"],
            |_| (),
            move |_| {
                open.set(false);
                call::refresh();
            },
        );
    };
    confirm(open, question, acts.end, tap)
}
