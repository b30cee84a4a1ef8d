//! The frame of the app: the bars at the top, the screen, and the tabs at the bottom.

pub mod words;

use domain::screen::Screen;
use leptos::prelude::*;
use leptos_router::{
    components::Router,
    hooks::{use_location, use_navigate},
    location::{BrowserUrl, LocationProvider},
};

use crate::{
    bookings, call, centres, family, home, host, join, offerings, settings, sign_in, tasks,
    ui::{self, el, icon, live, nothing},
    wishes,
};

/// The whole app.
pub fn app() -> impl IntoView {
    view! { <Router>{frame()}</Router> }
}

fn frame() -> AnyView {
    host::set_navigate(use_navigate());
    watch_the_window();
    let path = use_location().pathname;
    // The address bar follows a tapped link only when somebody says that its screen is there;
    // usually the router's own table of routes does.
    if let Some(bar) = use_context::<BrowserUrl>() {
        Effect::new(move |_| {
            path.track();
            bar.ready_to_complete();
        });
    }
    el("div", "").child(offline_bar()).child(update_bar()).child(live(move || show(&path.get()))).done()
}

/// A screen and, where it has them, the tabs.
fn show(path: &str) -> AnyView {
    let screen = Screen::parse(path);
    let tabs = match &screen {
        Some(Screen::Offering(_) | Screen::NewWish | Screen::SignIn) => nothing(),
        Some(screen) => tabs(screen),
        None => tabs(&Screen::Home),
    };
    let view = match screen {
        Some(Screen::Home) => home::home_page(),
        Some(Screen::Join) => join::join_page(),
        Some(Screen::Centres) => centres::choose_page(),
        Some(Screen::Centre(id)) => centres::centre_page(&id),
        Some(Screen::Offering(id)) => offerings::offering_page(&id),
        Some(Screen::Booking(id)) => bookings::booking_page(&id),
        Some(Screen::Mine) => bookings::mine_page(),
        Some(Screen::Family) => family::family_page(),
        Some(Screen::Wishes) => wishes::list_page(),
        Some(Screen::NewWish) => wishes::form_page(),
        Some(Screen::Wish(id)) => wishes::wish_page(&id),
        Some(Screen::Volunteer) => tasks::list_page(),
        Some(Screen::Task(id)) => tasks::task_page(&id),
        Some(Screen::Settings) => settings::settings_page(),
        Some(Screen::SignIn) => sign_in::sign_in_page(),
        None => lost(),
    };
    el("div", "").child(view).child(tabs).done()
}

fn lost() -> AnyView {
    let home = ui::link_button(ui::Look::Main, words::to_home(), Screen::Home.path());
    ui::Page::new(words::no_such_page())
        .with(ui::empty("info", words::no_such_page_note(), Some(home)))
        .done()
}

fn tabs(screen: &Screen) -> AnyView {
    let here = match screen {
        Screen::Join | Screen::Offering(_) => 1,
        Screen::Volunteer | Screen::Task(_) | Screen::Wishes | Screen::Wish(_) => 2,
        Screen::Mine | Screen::Family | Screen::Booking(_) | Screen::Settings => 3,
        _ => 0,
    };
    let all = [
        (Screen::Home, "home", words::home()),
        (Screen::Join, "join", words::join()),
        (Screen::Volunteer, "heart", words::volunteer()),
        (Screen::Mine, "me", words::mine()),
    ];
    let tabs = all
        .into_iter()
        .enumerate()
        .map(|(index, (screen, picture, name))| {
            let tab = el("a", "tab").attr("href", screen.path());
            let tab = if index == here { tab.attr("aria-current", "page") } else { tab };
            tab.child(icon(picture)).child(el("span", "").text(name).done()).done()
        })
        .collect();
    el("nav", "tabs").attr("aria-label", words::tabs()).children(tabs).done()
}

fn offline_bar() -> AnyView {
    let since = call::news().offline_since;
    live(move || match since.get() {
        Some(since) => el("div", "offline-bar")
            .attr("role", "status")
            .child(icon("offline"))
            .text(words::offline(since))
            .done(),
        None => nothing(),
    })
}

fn update_bar() -> AnyView {
    let new = call::news().new_version;
    live(move || {
        if !new.get() {
            return nothing();
        }
        let button = el("button", "")
            .attr("type", "button")
            .on("click", |_| host::reload())
            .text(words::update())
            .done();
        el("div", "update-bar")
            .attr("role", "status")
            .child(el("span", "grow").text(words::new_version()).done())
            .child(button)
            .done()
    })
}

/// What is on the screen is asked for again when the network or the app itself comes back.
fn watch_the_window() {
    let news = call::news();
    let resync = move || news.resync.update(|count| *count += 1);
    let since = move |name: &'static str, then: Box<dyn Fn()>| {
        // Listens for as long as the page lives: the handle is never used to stop it.
        let _ = window_event_listener_untyped(name, move |_| then());
    };
    since("online", Box::new(resync));
    since("offline", Box::new(move || news.offline_since.set(Some(crate::clock::now()))));
    since("pageshow", Box::new(resync));
    since("focus", Box::new(resync));
}
