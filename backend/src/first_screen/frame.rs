//! What all first screens have: the column, cells, tags, tabs, and how to reach the centre without
//! the app. The markup is that of the app's `ui`, so that nothing moves when it takes over.

use domain::{
    centre::CentreCard,
    hours::{self, OpenState},
    offering::Measure,
    screen::Screen,
};
use maud::{Markup, html};

use super::{Reader, page::Sheet, words};

/// An icon of the sprite.
pub(super) fn icon(name: &str) -> Markup {
    icon_class(name, "icon")
}

/// An icon with classes of its own.
pub(super) fn icon_class(name: &str, class: &str) -> Markup {
    html! { svg class=(class) aria-hidden="true" { use href={ "#i-" (name) } {} } }
}

/// A column, a bar at its foot if there is one, and the tabs where the screen has them.
pub(super) fn column(reader: &Reader, screen: &Screen, inside: &Markup, foot: Option<&Markup>) -> Markup {
    html! {
        main class=@if foot.is_some() { "page page-with-foot" } @else { "page" } { (inside) (reach(reader)) }
        @if let Some(foot) = foot { (foot) }
        (tabs(reader, screen))
    }
}

/// A section with its heading; `link` is words and an address.
pub(super) fn section(title: &str, link: Option<(&str, String)>, body: &Markup) -> Markup {
    html! {
        section class="section" {
            div class="section-head" {
                h2 { (title) }
                @if let Some((words, address)) = link { a href=(address) { (words) } }
            }
            (body)
        }
    }
}

/// A cell that leads somewhere: large words before the title, the title, lines below, and an end.
pub(super) fn cell(address: &str, lead: &str, title: &str, notes: &[&str], end: &Markup) -> Markup {
    html! {
        a class="cell" href=(address) {
            @if !lead.is_empty() { span class="cell-lead" { (lead) } }
            span class="grow" {
                span class="cell-title" { (title) }
                @for note in notes.iter().filter(|note| !note.is_empty()) { span class="cell-note" { (note) } }
            }
            span class="cell-end" { (end) }
        }
    }
}

/// A state in words; `tone` is `open`, `wait`, `full`, `hot` or `plain`.
pub(super) fn tag(tone: &str, words: &str) -> Markup {
    html! { span class={ "tag tag-" (tone) } { (words) } }
}

/// So many places are left; none: one can wait.
pub(super) fn free(reader: &Reader, count: u32, measure: Measure) -> Markup {
    match measure {
        _ if count > 0 => tag("open", &reader.free(count, measure)),
        Measure::Hand => tag("full", words::hands_enough(reader)),
        Measure::Bed => tag("full", words::beds_full(reader)),
        _ => tag("full", words::full(reader)),
    }
}

/// Whether a centre is open now, and what comes next.
pub(super) fn state(reader: &Reader, centre: &CentreCard) -> OpenState {
    hours::state(&centre.hours, &centre.closures, reader.now, centre.zone)
}

/// The tag that says whether it is open.
pub(super) fn open_tag(reader: &Reader, centre: &CentreCard) -> Markup {
    match state(reader, centre) {
        OpenState::Open { .. } => tag("open", words::open(reader)),
        OpenState::Closed { opens: Some(opens) } if opens.day(centre.zone) == reader.today(centre.zone) => {
            tag("wait", words::not_yet_open(reader))
        }
        OpenState::Closed { .. } => tag("full", words::closed(reader)),
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

/// Nothing here: what it is, and what to do next.
pub(super) fn empty(picture: &str, words: &str, action: &Markup) -> Markup {
    html! { div class="empty" { (icon(picture)) p { (words) } (action) } }
}

/// Where the centre is, when it is open and how to call it: all there is to know should the app
/// never arrive. It stands below everything else, and the style sheet shows it when the app is late.
fn reach(reader: &Reader) -> Markup {
    let Some(centre) = &reader.centre else { return html! {} };
    let lines = html! {
        div class="cells" {
            a class="cell" href={ "tel:" (centre.phone) } {
                span class="grow" {
                    span class="cell-title" { (centre.phone) }
                    span class="cell-note" { (words::call(reader)) }
                }
            }
            div class="cell" {
                span class="grow" {
                    span class="cell-title" { (reader.text(&centre.address)) }
                    @for line in reader.opening(&centre.hours) { span class="cell-note" { (line) } }
                }
            }
        }
    };
    html! {
        section class="section first-reach" {
            div class="section-head" { h2 { (reader.text(&centre.name)) } }
            p class="small" { (words::reach(reader)) }
            (lines)
        }
    }
}

fn tabs(reader: &Reader, screen: &Screen) -> Markup {
    let Some(here) = screen.tab() else { return html! {} };
    let all =
        [(Screen::Home, "home"), (Screen::Join, "join"), (Screen::Volunteer, "heart"), (Screen::Mine, "me")];
    html! {
        nav class="tabs" aria-label=(words::tabs(reader)) {
            @for (index, (screen, picture)) in all.iter().enumerate() {
                a class="tab" href=(screen.path()) aria-current=[(index == here as usize).then_some("page")] {
                    (icon(picture))
                    span { (words::tab(reader, index)) }
                }
            }
        }
    }
}

/// A link back above a heading.
pub(super) fn back(words: &str, address: &str) -> Markup {
    html! { a class="back" href=(address) { (icon("back")) (words) } }
}

/// A line of facts: an icon, and words that say the same.
pub(super) fn meta(picture: &str, words: &str) -> Markup {
    html! { span class="meta" { (icon(picture)) span { (words) } } }
}

/// A screen whose content is not public: its head, and grey bars for the rest.
pub(super) fn shell(screen: &Screen, reader: &Reader) -> Sheet {
    let title = words::title(reader, screen);
    let (back_to, heading, lede) = match screen {
        Screen::Booking(_) => (Some((words::mine(reader), Screen::Mine)), false, ""),
        Screen::Family => (Some((words::mine(reader), Screen::Mine)), true, words::family_lede(reader)),
        Screen::Person(_) => (Some((words::title(reader, &Screen::Family), Screen::Family)), false, ""),
        Screen::JoinFamily => (Some((words::title(reader, &Screen::Family), Screen::Family)), true, ""),
        Screen::CircleLog | Screen::CircleInvite | Screen::JoinCircle => {
            (Some((words::title(reader, &Screen::Circle), Screen::Circle)), true, "")
        }
        Screen::Week | Screen::Notices | Screen::Settings | Screen::Work | Screen::Circle => {
            (Some((words::mine(reader), Screen::Mine)), true, "")
        }
        Screen::WorkSlot(_)
        | Screen::WorkStaff
        | Screen::WorkVolunteers
        | Screen::WorkTeams
        | Screen::WorkLock
        | Screen::WorkPapers
        | Screen::WorkCircle => (Some((words::title(reader, &Screen::Work), Screen::Work)), true, ""),
        Screen::Devices | Screen::Privacy | Screen::MyData | Screen::Leave => {
            (Some((words::title(reader, &Screen::Settings), Screen::Settings)), true, "")
        }
        Screen::NewWish => {
            (Some((words::wishes_of_all(reader), Screen::Wishes)), true, words::form_lede(reader))
        }
        Screen::Wish(_) => (Some((words::wishes_of_all(reader), Screen::Wishes)), false, ""),
        Screen::Task(_) | Screen::Team(_) => (Some((words::volunteer(reader), Screen::Volunteer)), false, ""),
        Screen::Volunteering => (Some((words::volunteer(reader), Screen::Volunteer)), true, ""),
        Screen::SignIn => (Some((words::home(reader), Screen::Home)), true, words::sign_in_lede(reader)),
        // Where the link back bears a name, it is not for this page to say.
        _ => (None, true, ""),
    };
    let inside = html! {
        header class="page-head" {
            @if let Some((words, screen)) = back_to { (back(words, &screen.path())) }
            @if heading { h1 { (title) } }
            @if !lede.is_empty() { p class="lede" { (lede) } }
        }
        (skeleton(4))
    };
    Sheet { title: title.to_owned(), body: column(reader, screen, &inside, None) }
}

/// The page for an address that leads nowhere.
pub(super) fn lost(reader: &Reader) -> Sheet {
    let title = words::no_such_page(reader);
    let home = html! { a class="button" href="/" { (words::to_home(reader)) } };
    let inside = html! {
        header class="page-head" { h1 { (title) } }
        (empty("info", words::no_such_page_note(reader), &home))
    };
    Sheet { title: title.to_owned(), body: column(reader, &Screen::Home, &inside, None) }
}
