//! What all first screens have: the column, cells, tags, tabs, and how to reach the centre without
//! the app. The markup is that of the app's `ui`, so that nothing moves when it takes over.

use domain::{
    centre::CentreCard,
    hours::{self, OpenState},
    screen::Screen,
};
use maud::{Markup, html};

use super::{Reader, page::Sheet, words};

/// An icon of the sprite.
pub(super) fn icon(name: &str) -> Markup {
    html! { svg class="icon" aria-hidden="true" { use href={ "/icons.svg#i-" (name) } {} } }
}

/// A column with tabs below, at one of which one is.
pub(super) fn column(reader: &Reader, screen: &Screen, inside: &Markup) -> Markup {
    html! {
        main class="page" { (inside) (reach(reader)) }
        (tabs(reader, screen))
    }
}

/// Grey bars in place of so many cells.
pub(super) fn skeleton(lines: usize) -> Markup {
    html! {
        div class="cells section" aria-hidden="true" {
            @for _ in 0..lines {
                div class="cell" {
                    span class="grow" {
                        span class="skeleton" {}
                        span class="skeleton skeleton-short" {}
                    }
                }
            }
        }
    }
}

/// Where the centre is, when it is open and how to call it: all there is to know should the app
/// never arrive. It stands below everything else, where it moves nothing when it goes.
fn reach(reader: &Reader) -> Markup {
    let Some(centre) = &reader.centre else { return html! {} };
    html! {
        section class="section" {
            div class="section-head" { h2 { (centre.name.in_lang(reader.lang)) } }
            div class="cells" {
                a class="cell" href={ "tel:" (centre.phone) } {
                    span class="grow" {
                        span class="cell-title" { (centre.phone) }
                        span class="cell-note" { (words::call(reader)) }
                    }
                }
                div class="cell" {
                    span class="grow" {
                        span class="cell-title" { (centre.address.in_lang(reader.lang)) }
                        @for line in words::week(reader, &centre.hours) { span class="cell-note" { (line) } }
                    }
                }
            }
        }
    }
}

/// Whether the centre is open now, and until or from when.
pub(super) fn open_state(reader: &Reader, centre: &CentreCard) -> OpenState {
    hours::state(&centre.hours, reader.now, centre.zone)
}

fn tabs(reader: &Reader, screen: &Screen) -> Markup {
    let here = match screen {
        Screen::Offering(_) | Screen::NewWish | Screen::SignIn => return html! {},
        Screen::Join => 1,
        Screen::Volunteer | Screen::Task(_) | Screen::Wishes | Screen::Wish(_) => 2,
        Screen::Mine | Screen::Family | Screen::Booking(_) | Screen::Settings => 3,
        Screen::Home | Screen::Centres | Screen::Centre(_) => 0,
    };
    let all =
        [(Screen::Home, "home"), (Screen::Join, "join"), (Screen::Volunteer, "heart"), (Screen::Mine, "me")];
    html! {
        nav class="tabs" aria-label=(words::tabs(reader)) {
            @for (index, (screen, picture)) in all.iter().enumerate() {
                a class="tab" href=(screen.path()) aria-current=[(index == here).then_some("page")] {
                    (icon(picture))
                    span { (words::tab(reader, index)) }
                }
            }
        }
    }
}

/// A screen whose content is not public, or comes with the app.
pub(super) fn shell(screen: &Screen, reader: &Reader) -> Sheet {
    let title = words::title(reader, screen);
    let inside = html! {
        header class="page-head" { h1 { (title) } }
        (skeleton(4))
    };
    Sheet { title: title.to_owned(), body: column(reader, screen, &inside) }
}

/// The page for an address that leads nowhere.
pub(super) fn lost(reader: &Reader) -> Sheet {
    let title = words::no_such_page(reader);
    let inside = html! {
        header class="page-head" { h1 { (title) } }
        div class="empty" {
            (icon("info"))
            p { (words::no_such_page_note(reader)) }
            a class="button" href="/" { (words::to_home(reader)) }
        }
    };
    Sheet { title: title.to_owned(), body: column(reader, &Screen::Home, &inside) }
}
