//! Links of 我的 that are there for everybody, and for who is signed in.

use domain::{
    household::Relation,
    notice::{Notice, api::ListNotices},
    screen::Screen,
    session::Me,
    time::CHINA,
};

use super::words;
use crate::{
    acting,
    ui::{Cell, Tone, View, cells, el, icon, load_or, nothing, tag},
    words as common,
};

/// To the settings.
pub fn settings() -> View {
    Cell::new(words::settings())
        .icon("settings")
        .note(words::settings_note())
        .to(Screen::Settings.path())
        .arrow()
        .done()
}

/// To what the household was told, with how much of it is new.
fn notices() -> View {
    let new = |notices: Vec<Notice>| match notices.iter().filter(|notice| notice.seen.is_none()).count() {
        0 => icon("next"),
        count => tag(Tone::Hot, words::unread(count)),
    };
    Cell::new(words::notices())
        .icon("bell")
        .note(words::notices_note())
        .to(Screen::Notices.path())
        .end(load_or::<ListNotices>(&(), new, || icon("next")))
        .done()
}

/// To the family's week.
fn week() -> View {
    Cell::new(words::week()).icon("calendar").note(words::week_note()).to(Screen::Week.path()).arrow().done()
}

/// To the workbench, for those who work here: before all else, for that is what they came for.
pub fn work(me: &Me) -> View {
    if me.posts.is_empty() {
        return nothing();
    }
    let link = Cell::new(words::work()).icon("order").note(words::work_note());
    el("div", "section").child(cells(vec![link.to(Screen::Work.path()).arrow().done()])).done()
}

/// To the people one books for.
fn family(me: &Me) -> View {
    let names: Vec<String> =
        me.people.iter().filter(|person| person.relation != Relation::Myself).map(common::person).collect();
    let note = if names.is_empty() { words::family_note().to_owned() } else { common::and(&names) };
    Cell::new(words::family()).icon("family").note(note).to(Screen::Family.path()).arrow().done()
}

/// To the circle of care.
fn circle() -> View {
    Cell::new(words::circle())
        .icon("heart")
        .note(words::circle_note())
        .to(Screen::Circle.path())
        .arrow()
        .done()
}

/// For who has asked to be erased: when, and where to undo it.
pub fn leaving(me: &Me) -> View {
    let Some(leaving) = me.leaving else { return nothing() };
    let cell = Cell::new(words::leaving(&common::moment(leaving.until, CHINA)));
    let cell = cell.icon("info").note(words::tap_to_stay()).to(Screen::Leave.path()).arrow();
    el("div", "section").child(cells(vec![cell.done()])).done()
}

/// Who is signed in, and where to go from here.
pub fn household(me: &Me) -> View {
    let name = me.people.first().map(|myself| myself.name.clone()).unwrap_or_default();
    let who = Cell::new(if name.is_empty() { me.phone.clone() } else { name.clone() }).icon("me");
    let who = if name.is_empty() { who } else { who.note(me.phone.clone()) };
    let mut all = vec![who.done(), notices(), week(), family(me)];
    // What is everybody's own is not theirs to deal with who act for somebody.
    if !acting::is_on() {
        all.extend([circle(), settings()]);
    }
    el("div", "section").child(cells(all)).done()
}
