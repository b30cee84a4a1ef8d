//! The draws the household has entered and that are not held yet, for the list of what is mine.

use domain::{
    draw::{EntryLine, api::MyEntries},
    screen::Screen,
};

use super::words;
use crate::{
    lang::say,
    ui::{Cell, Tone, View, cells, load_or, nothing, section, tag},
    words::moment,
};

/// The section; nothing where there is none. What was drawn is among the bookings.
pub fn mine() -> View {
    load_or::<MyEntries>(&(), |lines| list(&lines), nothing)
}

fn list(lines: &[EntryLine]) -> View {
    let ahead: Vec<View> = lines.iter().filter(|line| line.entry.fate.is_none()).map(cell).collect();
    if ahead.is_empty() { nothing() } else { section(words::lots(), None, vec![cells(ahead)]) }
}

fn cell(line: &EntryLine) -> View {
    Cell::new(say(&line.title))
        .note(say(&line.centre_name))
        .note(words::draws(&moment(line.closes, line.zone)))
        .to(Screen::Draw(line.draw.clone()).path())
        .end(tag(Tone::Open, words::in_it()))
        .done()
}
