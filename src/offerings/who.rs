//! The sheet in which one says who comes. Who may not is shown, too, with the reason.

use domain::{
    circle::{Circle, Elder, Scope, api::GetCircle},
    household::Person,
    refusal::Refusal,
    screen::Screen,
    time::CHINA,
};
use leptos::prelude::*;

use super::{desk::Desk, words};
use crate::{
    acting, trouble,
    ui::{self, Look, View, button, cells, el, icon, link_button, load_or},
    words as shared,
};

/// The sheet.
pub fn sheet(desk: Desk) -> View {
    ui::sheet(words::who(), desk.sheet, move || {
        el("div", "")
            .live(move || {
                desk.page(|page| {
                    let most = page.offering.party_max;
                    let guests = page.offering.terms.guests_max.is_some();
                    let words = if guests { words::named_most(most) } else { words::who_most(most) };
                    el("p", "small").text(words).done()
                })
            })
            .live(move || {
                let people = desk.household().unwrap_or_default();
                let rows = people.iter().map(|person| row(desk, person)).collect();
                el("div", "offering-who").child(cells(rows)).done()
            })
            .child(
                el("div", "stack section")
                    .child(button(Look::Main, words::done(), move || desk.sheet.set(false)))
                    .child(if acting::is_on() { ui::nothing() } else { others(desk) })
                    .done(),
            )
            .done()
    })
}

/// Family to be added, and elders in whose name one may go on here.
fn others(desk: Desk) -> View {
    let elders = move |circle: Circle| {
        let may = circle.elders.into_iter().filter(|elder| elder.scope == Scope::Act);
        let one = |elder: Elder| {
            button(Look::Line, words::for_elder(&elder.name), move || acting::begin(&elder.id, &desk.here()))
        };
        el("div", "stack").children(may.map(one).collect()).done()
    };
    el("div", "stack")
        .child(load_or::<GetCircle>(&(), elders, ui::nothing))
        .child(link_button(Look::Quiet, words::add_family(), family(desk)))
        .done()
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
