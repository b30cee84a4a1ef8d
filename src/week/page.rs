//! The week's sheet. `?from=` names a day of the week that is shown, `?who=` whose week it is.

use std::sync::Arc;

use domain::{
    booking::{Booking, api::ListBookings},
    failure::Problem,
    id::PersonId,
    screen::Screen,
    session::{Me, api::GetMe},
    task::{Task, api::MyTasks},
    time::{CHINA, Day, days_after, parse_day, write_day},
    week::{WeekDay, monday, week},
};
use leptos::prelude::*;

use super::{day, subscribe, words};
use crate::{
    acting,
    call::Trouble,
    clock, host, session, trouble,
    ui::{
        self, Choice, Look, Page, View, button, chips, el, link_button, live, load, load_or, nothing,
        skeleton,
    },
    words as common,
};

/// The page of the week.
pub fn week_page() -> View {
    let page = Page::new(words::week()).back(words::mine(), Screen::Mine.path());
    if !session::signed_in() {
        let view = trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {});
        return page.with(view).done();
    }
    let range = el("p", "lede").attr("role", "status").live(|| {
        let from = shown();
        ui::text(words::range(from, days_after(from, 6), today()))
    });
    page.with(range.done())
        .with(turn())
        .with(load::<ListBookings>(&(), |bookings| {
            let bookings = Arc::new(bookings);
            load_or::<GetMe>(&(), move |me| with_tasks(&bookings, &Arc::new(me)), || skeleton(4))
        }))
        .with(subscribe::section())
        .done()
}

/// The Monday of the week that is shown.
fn shown() -> Day {
    host::query_live("from").and_then(|from| parse_day(&from)).map_or_else(this_week, monday)
}

fn this_week() -> Day {
    monday(today())
}

fn today() -> Day {
    clock::now().day(CHINA)
}

/// The address of the week from `from` for `who`, or for everybody where that is empty.
fn address(from: Day, who: &str) -> String {
    let mut address = Screen::Week.path();
    let mut joint = '?';
    let from = if from == this_week() { String::new() } else { write_day(from) };
    for (name, value) in [("from", &*from), ("who", who)] {
        if !value.is_empty() {
            address.push(joint);
            address.push_str(name);
            address.push('=');
            address.push_str(value);
            joint = '&';
        }
    }
    address
}

/// Whose week it is, of those who are in the household; `None` for everybody's.
fn whose(me: &Me) -> Option<PersonId> {
    let who = host::query_live("who")?;
    me.people.iter().map(|person| &person.id).find(|id| id.as_str() == who).cloned()
}

/// To the weeks before and after.
fn turn() -> View {
    let to = |from: Day| host::refine(&address(from, &host::query("who").unwrap_or_default()));
    let back = move || to(monday(days_before(shown_now())));
    let on = move || to(days_after(shown_now(), 7));
    el("div", "row week-turn")
        .child(button(Look::SlimLine, words::week_before(), back))
        .child(button(Look::SlimLine, words::week_after(), on))
        .live(move || {
            if shown() == this_week() {
                return nothing();
            }
            button(Look::SlimLine, words::this_week(), move || to(this_week()))
        })
        .done()
}

fn shown_now() -> Day {
    untrack(shown)
}

fn days_before(monday: Day) -> Day {
    monday.pred_opt().unwrap_or(monday)
}

/// Tasks are one's own: who acts for another sees none.
fn with_tasks(bookings: &Arc<Vec<Booking>>, me: &Arc<Me>) -> View {
    if acting::is_on() {
        return family(bookings, me, Vec::new());
    }
    let (bookings, me) = (Arc::clone(bookings), Arc::clone(me));
    load_or::<MyTasks>(&(), move |tasks| family(&bookings, &me, tasks), || skeleton(4))
}

fn family(bookings: &Arc<Vec<Booking>>, me: &Arc<Me>, tasks: Vec<Task>) -> View {
    let filter = if me.people.len() > 1 { people(me) } else { nothing() };
    let (bookings, me) = (Arc::clone(bookings), Arc::clone(me));
    let sheet = live(move || {
        let who = whose(&me);
        let holder = me.people.first().map(|person| &person.id);
        let tasks = if who.is_none() || who.as_ref() == holder { &*tasks } else { &[] };
        let days = week(&bookings, tasks, shown(), who.as_ref());
        sheet(&days, &bookings, &me, who.as_ref())
    });
    el("div", "").child(filter).child(sheet).done()
}

/// Whose week it shall be.
fn people(me: &Me) -> View {
    let everybody = Choice::new("", words::everybody());
    let people = me.people.iter().map(|person| Choice::new(person.id.as_str(), common::person(person)));
    let known: Vec<String> = me.people.iter().map(|person| person.id.to_string()).collect();
    let chosen =
        Signal::derive(move || host::query_live("who").filter(|who| known.contains(who)).unwrap_or_default());
    let choose = |who: String| host::refine(&address(shown_now(), &who));
    let chips = chips(words::whose(), core::iter::once(everybody).chain(people).collect(), chosen, choose);
    el("div", "section").child(chips).done()
}

fn sheet(days: &[WeekDay], bookings: &[Booking], me: &Me, who: Option<&PersonId>) -> View {
    if days.iter().all(WeekDay::is_free) {
        return empty(days, me, who);
    }
    let today = today();
    let mut views = Vec::new();
    let mut at = 0;
    while let Some(first) = days.get(at) {
        // Days on which there is nothing share a line, but for today.
        let free = |day: &&WeekDay| day.is_free() && (day.day != today || first.day == today);
        let run = days[at..].iter().take_while(free).count();
        let run = if first.day == today { run.min(1) } else { run };
        if run > 0 {
            views.push(day::free(first.day, days[at + run - 1].day, today));
            at += run;
        } else {
            views.push(day::day(first, today, bookings, me));
            at += 1;
        }
    }
    el("div", "").children(views).done()
}

fn empty(days: &[WeekDay], me: &Me, who: Option<&PersonId>) -> View {
    let over = days.last().is_some_and(|last| last.day < today());
    let action = if over {
        link_button(Look::Line, words::this_week(), address(this_week(), ""))
    } else {
        link_button(Look::Main, words::look_around(), Screen::Join.path())
    };
    let name = me.people.iter().find(|person| Some(&person.id) == who).map(common::person);
    ui::empty("calendar", &words::nothing(name.as_deref(), over), Some(action))
}
