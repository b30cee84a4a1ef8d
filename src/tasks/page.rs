//! One task: what it is, and saying yes to it.

use domain::{
    failure::Problem,
    id::TaskId,
    refusal::Refusal,
    screen::Screen,
    task::{
        Hands, Task, TaskPage,
        api::{ClaimTask, GetTask, LeaveTask},
    },
    time::CHINA,
    volunteer::{Helper, Stand},
};
use leptos::prelude::*;

use super::words;
use crate::{
    call::Trouble,
    clock, host,
    lang::say,
    session, trouble,
    ui::{
        self, Act, Look, Page, Question, View, button, confirm, el, fact, fact_words, facts, icon,
        link_button, live, load, note,
    },
    words as common,
};

/// Answers that are out of date once somebody joined or left.
const OUTDATED: [&str; 3] = ["/api/cities/", "/api/tasks", "/api/teams"];

/// The page of a task.
pub fn task_page(id: &TaskId) -> View {
    let (claim, leave) = (Act::new(CHINA), Act::new(CHINA));
    let leaving = RwSignal::new(false);
    Page::bare(words::volunteer())
        .back(words::volunteer(), Screen::Volunteer.path())
        .with(load::<GetTask>(id, move |page| view(&page, claim, leave, leaving)))
        .done()
}

fn view(page: &TaskPage, claim: Act, leave: Act, leaving: RwSignal<bool>) -> View {
    let TaskPage { task, mine, helper } = page;
    let title = say(&task.title);
    document().set_title(&title);
    let head = el("header", "").child(el("h1", "").text(title).done()).done();
    let about = el("div", "section card stack")
        .child(el("p", "").text(say(&task.summary)).done())
        .child(task_facts(task))
        .done();
    let action = if *mine { joined(task, leave, leaving) } else { open(task, helper, claim) };
    let call = el("a", "button-line")
        .attr("href", format!("tel:{}", task.phone))
        .child(icon("phone"))
        .text(words::call(task))
        .done();
    el("div", "").child(head).child(about).child(action).child(el("p", "section").child(call).done()).done()
}

fn task_facts(task: &Task) -> View {
    let centre = el("a", "link")
        .attr("href", Screen::Centre(task.centre.clone()).path())
        .text(say(&task.centre_name))
        .done();
    let mut rows = vec![fact(words::time(), ui::text(common::when(task.span, task.zone)))];
    rows.extend(fact_words(words::place(), say(&task.place)));
    rows.push(fact(words::centre(), centre));
    rows.extend(fact_words(words::people(), words::hands(task)));
    rows.extend(match &task.hands {
        Hands::Anybody => None,
        Hands::Volunteers => fact_words(words::whose(), words::for_volunteers().to_owned()),
        Hands::Team { name, .. } => fact_words(words::whose(), words::of_team(&say(name))),
    });
    facts(rows)
}

/// For who is not in.
fn open(task: &Task, helper: &Helper, claim: Act) -> View {
    let section = el("div", "section stack");
    // Whoever is not signed in may be a volunteer: the server says so afterwards.
    let unknown = !session::signed_in() && task.hands == Hands::Volunteers;
    let known = Helper { volunteer: Some(Stand::Good), ..Helper::default() };
    match task.may_claim(clock::now(), if unknown { &known } else { helper }, Vec::new()) {
        Ok(()) => {
            let id = task.id.clone();
            let tap = move || {
                if session::signed_in() {
                    let (id, onto) = (id.clone(), id.clone());
                    claim.send_onto::<ClaimTask, GetTask>(id, (), &OUTDATED, move |_| onto, |_| {});
                } else {
                    host::go(&session::sign_in_address(&host::here()));
                }
            };
            section
                .child(claim.says())
                .child(claim.button(Look::Main, words::help(), words::helping(), tap))
                .child(el("p", "small").text(words::help_note()).done())
                .done()
        }
        Err(refusal @ Refusal::VolunteersOnly) => {
            let here = js_sys::encode_uri_component(&host::here());
            let join = format!("{}?next={}", Screen::Volunteering.path(), String::from(here));
            section
                .child(note("note", trouble::refusal(&refusal, CHINA)))
                .child(link_button(Look::Main, words::become_volunteer(), join))
                .done()
        }
        Err(refusal @ (Refusal::VolunteerSuspended { .. } | Refusal::OfTeam { .. })) => {
            section.child(note("note note-warn", trouble::refusal(&refusal, CHINA))).child(others()).done()
        }
        Err(refusal) => section.child(too_late(&refusal, claim)).child(others()).done(),
    }
}

/// Others were quicker, perhaps by a second: then the server said who.
fn too_late(refusal: &Refusal, claim: Act) -> View {
    let words = if *refusal == Refusal::TaskPast { words::begun() } else { words::complete() };
    live(move || match claim.trouble() {
        Some(trouble @ Trouble::Problem(Problem::Refused(_))) => {
            note("note note-warn", trouble::trouble(&trouble, CHINA))
        }
        _ => note("note note-warn", words),
    })
}

fn others() -> View {
    link_button(Look::Main, words::others(), Screen::Volunteer.path())
}

/// For who is in.
fn joined(task: &Task, leave: Act, leaving: RwSignal<bool>) -> View {
    if !task.may_leave(clock::now()) {
        return el("div", "section").child(note("note note-ok", words::begun_mine())).done();
    }
    let id = task.id.clone();
    let question = Question {
        title: words::leave_title(),
        words: words::leave_words().to_owned(),
        yes: words::leave_yes(),
        meanwhile: words::leaving(),
        no: words::leave_no(),
    };
    let tap = move || {
        let (id, onto) = (id.clone(), id.clone());
        leave.send_onto::<LeaveTask, GetTask>(id, (), &OUTDATED, move |_| onto, move |_| leaving.set(false));
    };
    let thanks = el("div", "card receipt")
        .attr("role", "status")
        .child(icon("heart"))
        .child(el("h2", "").text(words::thanks()).done())
        .child(el("p", "").text(words::thanks_note(task)).done())
        .done();
    el("div", "section stack")
        .child(thanks)
        .child(button(Look::Line, words::leave(), move || leaving.set(true)))
        .child(confirm(leaving, question, leave, tap))
        .done()
}
