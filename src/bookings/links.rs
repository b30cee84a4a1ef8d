//! Links of 我的 that are there for everybody, and for who is signed in.

use domain::{household::Relation, screen::Screen, session::Me};

use super::words;
use crate::{
    ui::{Cell, View, cells, el},
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

/// To the family's week.
fn week() -> View {
    Cell::new(words::week()).icon("calendar").note(words::week_note()).to(Screen::Week.path()).arrow().done()
}

/// To the people one books for.
fn family(me: &Me) -> View {
    let names: Vec<String> =
        me.people.iter().filter(|person| person.relation != Relation::Myself).map(common::person).collect();
    let note = if names.is_empty() { words::family_note().to_owned() } else { common::and(&names) };
    Cell::new(words::family()).icon("family").note(note).to(Screen::Family.path()).arrow().done()
}

/// Who is signed in, and where to go from here.
pub fn household(me: &Me) -> View {
    let name = me.people.first().map(|myself| myself.name.clone()).unwrap_or_default();
    let who = Cell::new(if name.is_empty() { me.phone.clone() } else { name.clone() }).icon("me");
    let who = if name.is_empty() { who } else { who.note(me.phone.clone()) };
    el("div", "section").child(cells(vec![who.done(), week(), family(me), settings()])).done()
}
