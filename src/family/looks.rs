//! Who looked at somebody's record: every look of the staff is on it.

use domain::{audit::Looked, household::api::ListLooks, id::PersonId, time::CHINA};

use super::{
    person::{back_to, of_household},
    words,
};
use crate::{
    lang::say,
    ui::{Cell, Page, View, cells, el, empty, load},
    words as common,
};

/// The page with who looked at the record of somebody.
pub fn looks_page(id: &PersonId) -> View {
    of_household(Page::bare(words::looks()), id, |person| {
        let head = el("header", "page-head")
            .child(back_to(&person))
            .child(el("h1", "").text(words::looks()).done())
            .child(el("p", "lede").text(words::looks_lede()).done())
            .done();
        let list = load::<ListLooks>(&person.id, |looks| list(&looks));
        el("div", "").child(head).child(list).done()
    })
}

fn list(looks: &[Looked]) -> View {
    if looks.is_empty() {
        return empty("search", words::nobody_looked(), None);
    }
    let all = looks.iter().map(cell).collect();
    el("div", "section").child(cells(all)).done()
}

fn cell(look: &Looked) -> View {
    let desk = look
        .centre_name
        .as_ref()
        .map_or_else(|| words::the_house().to_owned(), |name| words::desk_of(&say(name)));
    Cell::new(words::act(look.act))
        .note(format!("{} · {desk}", common::moment(look.at, CHINA)))
        .note(words::purpose(&look.purpose))
        .done()
}
