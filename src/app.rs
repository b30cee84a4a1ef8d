//! The frame of the app: the bars at the top, the screen, and the tabs at the bottom.

mod later;
pub mod words;

use domain::screen::Screen;
use leptos::prelude::*;
use leptos_router::{
    components::Router,
    hooks::{use_location, use_navigate},
    location::{BrowserUrl, LocationProvider},
};

use wasm_bindgen::JsCast;

use crate::{
    acting, call, clock, home, host,
    ui::{self, View, el, icon, live, nothing},
};

/// The whole app.
pub fn app() -> impl IntoView {
    view! { <Router>{frame().any()}</Router> }
}

fn frame() -> View {
    host::set_navigate(use_navigate());
    watch_the_window();
    host::swallow_second_taps();
    let path = use_location().pathname;
    // The address bar follows a tapped link only when somebody says that its screen is there;
    // usually the router's own table of routes does.
    if let Some(bar) = use_context::<BrowserUrl>() {
        Effect::new(move |_| {
            path.track();
            bar.ready_to_complete();
        });
    }
    el("div", "")
        .child(offline_bar())
        .child(update_bar())
        .child(live(|| if acting::is_gone() { nothing() } else { acting::bar() }))
        .child(live(move || if acting::is_gone() { gone() } else { show(&path.get()) }))
        .done()
}

fn gone() -> View {
    host::take_over();
    acting::gone_page()
}

/// A screen and, where it has them, the tabs.
fn show(path: &str) -> View {
    let screen = Screen::parse(path);
    let tabs = match &screen {
        Some(screen) => tabs(screen),
        None => tabs(&Screen::Home),
    };
    let view = match screen {
        Some(Screen::Home) => home::home_page(),
        Some(screen) if acting::is_on() && !screen.is_for_another() => acting::not_for_another(),
        Some(screen) => match later::show(screen) {
            Some(view) => view,
            // What the server wrote into the page is better than grey bars.
            None if host::first_is_there() => return nothing(),
            None => el("main", "page").child(ui::skeleton(4)).done(),
        },
        None => lost(),
    };
    host::take_over();
    el("div", "").child(view).child(tabs).done()
}

fn lost() -> View {
    let home = ui::link_button(ui::Look::Main, words::to_home(), Screen::Home.path());
    ui::Page::new(words::no_such_page())
        .with(ui::empty("info", words::no_such_page_note(), Some(home)))
        .done()
}

fn tabs(screen: &Screen) -> View {
    let Some(here) = screen.tab() else { return nothing() };
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
            let tab = if index == here as usize { tab.attr("aria-current", "page") } else { tab };
            tab.child(icon(picture)).child(el("span", "").text(name).done()).done()
        })
        .collect();
    el("nav", "tabs").attr("aria-label", words::tabs()).children(tabs).done()
}

fn offline_bar() -> View {
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

fn update_bar() -> View {
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
    let offline_since = call::news().offline_since;
    let on = |name: &'static str, then: Box<dyn Fn(web_sys::Event)>| {
        // Listens for as long as the page lives: the handle is never used to stop it.
        let _ = window_event_listener_untyped(name, then);
    };
    on("pointerdown", Box::new(|_| later::fetch()));
    on("keydown", Box::new(|_| later::fetch()));
    // Not every screen asks for something that would find it out; what fails again says so again.
    let online = move |_| {
        offline_since.set(None);
        call::refresh();
    };
    on("online", Box::new(online));
    on("offline", Box::new(move |_| offline_since.set(Some(clock::now()))));
    // Only a page that iOS had frozen: a new one has just come with its data.
    on(
        "pageshow",
        Box::new(|event| {
            if event.unchecked_into::<web_sys::PageTransitionEvent>().persisted() {
                clock::wake();
                call::refresh();
            }
        }),
    );
    host::on_return(|| {
        clock::wake();
        call::refresh();
    });
}
