//! A team: who is in it, and what lies before it.

use domain::{
    failure::Problem,
    id::TeamId,
    screen::Screen,
    team::{TeamPage, TeamTask, api::GetTeam},
};
use leptos::prelude::document;

use super::words;
use crate::{
    call::Trouble,
    lang::say,
    session, trouble,
    ui::{Page, Tone, View, el, empty, load, meta, section, tag},
    words as common,
};

/// The page of a team.
pub fn team_page(id: &TeamId) -> View {
    let page = Page::bare(words::team()).back(words::volunteer(), Screen::Volunteer.path());
    if !session::signed_in() {
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    page.with(load::<GetTeam>(id, |page| view(&page))).done()
}

fn view(page: &TeamPage) -> View {
    let title = say(&page.team.name);
    document().set_title(&title);
    let head = el("header", "page-head")
        .child(el("h1", "").text(title).done())
        .child(el("p", "lede").text(say(&page.team.about)).done())
        .done();
    let members = el("div", "card")
        .child(el("p", "").text(common::and(&page.members)).done())
        .child(el("p", "small").text(words::of_centre(&say(&page.team.centre_name))).done())
        .done();
    let tasks = if page.tasks.is_empty() {
        empty("hand", words::no_tasks(), None)
    } else {
        el("div", "stack").children(page.tasks.iter().map(card).collect()).done()
    };
    el("div", "")
        .child(head)
        .child(section(&words::members(page.members.len()), None, vec![members]))
        .child(section(words::tasks(), None, vec![tasks]))
        .done()
}

fn card(one: &TeamTask) -> View {
    let task = &one.task;
    let tone = match (one.mine, task.left()) {
        (true, _) => Tone::Open,
        (false, 0) => Tone::Full,
        (false, _) => Tone::Hot,
    };
    let head = el("span", "row")
        .child(el("b", "grow").text(say(&task.title)).done())
        .child(tag(tone, words::state(one)))
        .done();
    el("a", "card task")
        .attr("href", Screen::Task(task.id.clone()).path())
        .child(head)
        .child(meta("clock", common::when(task.span, task.zone)))
        .child(meta("pin", say(&task.place)))
        .child(meta("hand", words::who(&one.by)))
        .done()
}
