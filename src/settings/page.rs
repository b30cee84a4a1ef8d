//! The page of the settings.

use domain::{centre::api::ListCentres, screen::Screen, session::api::SignOut, time::CHINA};
use leptos::prelude::*;

use super::{look, wechat, words};
use crate::{
    host,
    lang::say,
    place, session,
    ui::{
        Act, Cell, Look, Page, Question, View, button, cells, confirm, el, link_button, load_or, nothing,
        section,
    },
};

/// The settings, for who is signed in and who is not.
pub fn settings_page() -> View {
    let centre = load_or::<ListCentres>(
        &(),
        |all| {
            let chosen = place::centre();
            let card = all.centres.iter().find(|card| card.id == chosen);
            centre(card.map(|card| say(&card.name)))
        },
        || centre(None),
    );
    let points = words::privacy_points().into_iter().map(|point| el("p", "").text(point).done()).collect();
    Page::new(words::settings())
        .back(words::mine(), Screen::Mine.path())
        .with(look::elder())
        .with(look::size())
        .with(look::language())
        .with(el("div", "section").child(centre).done())
        .with(section(words::privacy(), None, vec![el("div", "note stack").children(points).done()]))
        .with(wechat::wechat())
        .with(el("div", "section").child(kept()).done())
        .with(devices())
        .with(el("div", "section").child(account()).done())
        .with(el("p", "section small centre").text(words::version(env!("CARGO_PKG_VERSION"))).done())
        .done()
}

fn centre(name: Option<String>) -> View {
    let cell = Cell::new(words::centre()).icon("pin").to(Screen::Centres.path()).arrow();
    let cell = match name {
        Some(name) => cell.note(name),
        None => cell.note(words::change()),
    };
    cells(vec![cell.done()])
}

/// What is kept, and one's rights in it.
fn kept() -> View {
    let cell = |title, note, icon, screen: Screen| {
        Cell::new(title).icon(icon).note(note).to(screen.path()).arrow().done()
    };
    let mut all = vec![cell(words::policy(), words::policy_note(), "info", Screen::Privacy)];
    if session::signed_in() {
        all.push(cell(words::data(), words::data_note(), "me", Screen::MyData));
        all.push(cell(words::leave(), words::leave_note(), "trash", Screen::Leave));
    }
    cells(all)
}

fn devices() -> View {
    if !session::signed_in() {
        return nothing();
    }
    let cell = Cell::new(words::devices()).icon("device").note(words::devices_note());
    el("div", "section").child(cells(vec![cell.to(Screen::Devices.path()).arrow().done()])).done()
}

fn account() -> View {
    if !session::signed_in() {
        let address = session::sign_in_address(&Screen::Settings.path());
        return link_button(Look::Line, words::sign_in(), address);
    }
    let asking = RwSignal::new(false);
    let act = Act::new(CHINA);
    let question = Question {
        title: words::sign_out_title(),
        words: words::sign_out_words().to_owned(),
        yes: words::sign_out(),
        meanwhile: words::signing_out(),
        no: words::stay(),
    };
    let tap = move || {
        act.send::<SignOut>((), (), |()| {
            session::lost();
            host::replace(&Screen::Mine.path());
        });
    };
    el("div", "")
        .child(button(Look::Line, words::sign_out(), move || asking.set(true)))
        .child(confirm(asking, question, act, tap))
        .done()
}
