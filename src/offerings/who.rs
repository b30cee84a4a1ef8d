//! The sheet in which one says who comes. Who may not is shown, too, with the reason.

use domain::{household::Person, refusal::Refusal, screen::Screen, time::CHINA};
use leptos::prelude::*;

use super::{desk::Desk, words};
use crate::{
    trouble,
    ui::{self, Look, View, button, cells, el, icon, link_button},
    words as shared,
};

/// The sheet.
pub fn sheet(desk: Desk) -> View {
    ui::sheet(words::who(), desk.sheet, move || {
        el("div", "")
            .live(move || {
                desk.page(|page| el("p", "small").text(words::who_most(page.offering.party_max)).done())
            })
            .live(move || {
                let people = desk.household().unwrap_or_default();
                let rows = people.iter().map(|person| row(desk, person)).collect();
                el("div", "offering-who").child(cells(rows)).done()
            })
            .child(
                el("div", "stack section")
                    .child(button(Look::Main, words::done(), move || desk.sheet.set(false)))
                    .child(link_button(Look::Quiet, words::add_family(), family(desk)))
                    .done(),
            )
            .done()
    })
}

/// Where family is added, leading back here.
fn family(desk: Desk) -> String {
    let next = js_sys::encode_uri_component(&desk.here());
    format!("{}?next={}", Screen::Family.path(), String::from(next))
}

fn row(desk: Desk, person: &Person) -> View {
    let chosen = desk.people().contains(&person.id);
    let obstacle = desk.obstacle(&person.id);
    let mut lines = el("span", "grow").child(el("span", "cell-title").text(shared::person(person)).done());
    if let Some(refusal) = &obstacle {
        lines = lines.child(el("span", "cell-note").text(trouble::refusal(refusal, CHINA)).done());
    }
    let end = |name| el("span", "cell-end").child(icon(name)).done();
    // A missing birthday can be filled in.
    if matches!(obstacle, Some(Refusal::BirthdayMissing { .. })) && !chosen {
        return el("a", "cell").attr("href", family(desk)).child(lines.done()).child(end("next")).done();
    }
    let id = person.id.clone();
    let mut row = el("button", "cell")
        .attr("type", "button")
        .attr("aria-pressed", if chosen { "true" } else { "false" })
        .on("click", move |_| desk.toggle(&id))
        .child(lines.done());
    if chosen {
        row = row.child(end("check"));
    } else if obstacle.is_some() {
        // Who is in can always be taken out.
        row = row.attr("disabled", "");
    }
    row.done()
}
