//! The tasks of a city, the chosen centre's first.

use domain::{
    screen::Screen,
    task::{
        Hands, Task,
        api::{ListTasks, MyTasks},
    },
    volunteer::{Volunteering, api::GetVolunteering},
};

use super::{shifts::shifts, words};
use crate::{
    lang::say,
    place, session,
    ui::{self, Cell, Look, Page, Tone, View, cells, el, load, load_or, meta, nothing, section, tag},
    words::{self as common, moment},
};

/// The tab 志愿.
pub fn list_page() -> View {
    let wishes = Cell::new(words::wishes())
        .icon("wish")
        .note(words::wishes_note())
        .to(Screen::Wishes.path())
        .arrow()
        .done();
    let volunteering = Cell::new(words::volunteering())
        .icon("heart")
        .note(words::volunteering_note())
        .to(Screen::Volunteering.path())
        .arrow()
        .done();
    let teams = if session::signed_in() {
        load_or::<GetVolunteering>(&(), |mine| teams(&mine), nothing)
    } else {
        nothing()
    };
    let mine =
        if session::signed_in() { load_or::<MyTasks>(&(), |tasks| mine(&tasks), nothing) } else { nothing() };
    Page::new(words::volunteer())
        .lede(words::lede())
        .with(el("div", "section").child(cells(vec![wishes, volunteering])).done())
        .with(teams)
        .with(mine)
        .with(shifts())
        .with(load::<ListTasks>(&place::city(), all))
        .done()
}

/// The teams that one is in.
fn teams(mine: &Volunteering) -> View {
    if mine.teams.is_empty() {
        return nothing();
    }
    let teams = mine.teams.iter().map(|team| {
        Cell::new(say(&team.name))
            .icon("people")
            .note(say(&team.about))
            .to(Screen::Team(team.id.clone()).path())
            .arrow()
            .done()
    });
    section(words::my_teams(), None, vec![cells(teams.collect())])
}

fn mine(tasks: &[Task]) -> View {
    if tasks.is_empty() {
        return nothing();
    }
    let tasks = tasks.iter().map(mine_cell).collect();
    section(words::mine(), None, vec![cells(tasks)])
}

fn mine_cell(task: &Task) -> View {
    Cell::new(say(&task.title))
        .icon("hand")
        .note(moment(task.span.starts, task.zone))
        .to(Screen::Task(task.id.clone()).path())
        .arrow()
        .done()
}

fn all(tasks: Vec<Task>) -> View {
    if tasks.is_empty() {
        let action = ui::link_button(Look::Line, words::wishes(), Screen::Wishes.path());
        return ui::empty("hand", words::none(), Some(action));
    }
    let centre = place::centre();
    let (here, elsewhere): (Vec<_>, Vec<_>) = tasks.into_iter().partition(|task| task.centre == centre);
    let mut sections = Vec::new();
    if let Some(first) = here.first() {
        let title = words::here(&say(&first.centre_name));
        sections.push(section(&title, None, vec![cards(&here)]));
    }
    if !elsewhere.is_empty() {
        sections.push(section(words::elsewhere(), None, vec![cards(&elsewhere)]));
    }
    el("div", "").children(sections).done()
}

fn cards(tasks: &[Task]) -> View {
    el("div", "stack").children(tasks.iter().map(card).collect()).done()
}

fn card(task: &Task) -> View {
    let tone = if task.left() > 0 { Tone::Hot } else { Tone::Full };
    let state = match &task.hands {
        Hands::Team { name, .. } => tag(Tone::Plain, words::of_team(&say(name))),
        Hands::Anybody | Hands::Volunteers => tag(tone, words::left(task.left())),
    };
    let head = el("span", "row").child(el("b", "grow").text(say(&task.title)).done()).child(state).done();
    let volunteers = (task.hands == Hands::Volunteers).then(|| meta("heart", words::for_volunteers()));
    let place = format!("{} · {}", say(&task.centre_name), say(&task.place));
    el("a", "card task")
        .attr("href", Screen::Task(task.id.clone()).path())
        .child(head)
        .child(meta("clock", common::when(task.span, task.zone)))
        .child(meta("pin", place))
        .children(volunteers.into_iter().collect())
        .done()
}
