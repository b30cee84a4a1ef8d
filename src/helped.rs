//! What relatives did for an elder, line by line: for her own page, and for the desk.

mod words;

use domain::{
    circle::{Line, What},
    screen::Screen,
};

use crate::ui::{self, View, cells, el};

/// A line as one sentence, for paper.
pub fn sentence(line: &Line) -> String {
    let more = words::more(line).join(" · ");
    format!("{} · {more}", words::said(line))
}

/// Lines as a list.
pub fn list(lines: &[Line]) -> View {
    cells(lines.iter().map(row).collect())
}

fn row(line: &Line) -> View {
    let mut said = el("span", "grow").child(el("span", "cell-title").text(words::said(line)).done());
    for note in words::more(line) {
        said = said.child(el("span", "cell-note").text(note).done());
    }
    let booking = match &line.what {
        What::Did { about: Some(about), .. } => about.booking.clone(),
        _ => None,
    };
    match booking {
        Some(booking) => el("a", "cell")
            .attr("href", Screen::Booking(booking).path())
            .child(said.done())
            .child(el("span", "cell-end").child(ui::icon("next")).done())
            .done(),
        None => el("div", "cell").child(said.done()).done(),
    }
}
