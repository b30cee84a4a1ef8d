//! Everything that is kept of oneself, and an address to take it along.

use domain::{
    failure::Problem,
    privacy::{
        DataLink, Item, MyData, Part,
        api::{GetMyData, MakeDataLink},
    },
    screen::Screen,
    time::CHINA,
};
use leptos::prelude::*;

use super::{fold::fold, words};
use crate::{
    call::Trouble,
    session, trouble,
    ui::{Act, Cell, Look, Page, View, cells, copy_field, el, live, load, section, text},
    words as common,
};

/// The page, for who is signed in.
pub fn data_page() -> View {
    let page = Page::new(words::data()).back(words::settings(), Screen::Settings.path());
    if !session::signed_in() {
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    page.lede(words::data_lede()).with(take_along()).with(load::<GetMyData>(&(), |data| list(&data))).done()
}

/// The button, and then the address.
fn take_along() -> View {
    let act = Act::new(CHINA);
    let link = RwSignal::new(None::<DataLink>);
    let make = move || act.send::<MakeDataLink>((), (), move |made| link.set(Some(made)));
    let shown = live(move || match link.get() {
        None => el("div", "stack")
            .child(el("p", "small").text(words::take_what()).done())
            .child(act.button(Look::Main, words::take(), words::taking(), make))
            .done(),
        Some(link) => ready(&link),
    });
    el("div", "card section").child(shown).child(act.says()).done()
}

fn ready(link: &DataLink) -> View {
    let origin = window().location().origin().unwrap_or_default();
    let open = el("a", Look::Main.class())
        .attr("href", link.page.clone())
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .text(words::open())
        .done();
    let machines = el("a", Look::Line.class())
        .attr("href", link.json.clone())
        .attr("download", "")
        .text(words::machines())
        .done();
    el("div", "stack")
        .child(
            el("p", "").attr("role", "status").text(words::ready(&common::clock(link.until, CHINA))).done(),
        )
        .child(open)
        .child(copy_field("data-address", words::address(), words::how(), origin + &link.page))
        .child(machines)
        .done()
}

fn list(data: &MyData) -> View {
    let parts = data.parts.iter().cloned().map(part).collect();
    section(words::what_there_is(), None, vec![cells(parts)])
}

fn part(part: Part) -> View {
    let count = words::count(part.items.len());
    fold(part.title.clone(), count, text(""), move || cells(part.items.iter().map(item).collect()))
}

fn item(item: &Item) -> View {
    let line = |label: &str, value: &str| words::line(label, value);
    let mut lines = item.lines.iter();
    let title = if item.title.is_empty() {
        lines.next().map(|first| line(&first.label, &first.value)).unwrap_or_default()
    } else {
        item.title.clone()
    };
    lines.fold(Cell::new(title), |cell, next| cell.note(line(&next.label, &next.value))).done()
}
