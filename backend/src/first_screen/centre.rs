//! The first screen of a centre.

use domain::{centre::api::CentrePage, screen::Screen};
use maud::{Markup, html};

use super::{
    Reader,
    frame::{column, icon, open_tag, section, state},
    join,
    page::Sheet,
    words,
};

/// The page.
pub(super) fn sheet(reader: &Reader, page: &CentrePage) -> Sheet {
    let (centre, card) = (&page.centre, &page.centre.card);
    let state = state(reader, card);
    let aloud = Reader { elder: false, ..reader.clone() };
    let inside = html! {
        a class="back" href="/centres" { (icon("back")) (words::all_centres(reader)) }
        header class="centre-head" {
            h1 { (reader.text(&card.name)) }
            (open_tag(reader, state))
            p class="lede" { (aloud.open_note(state, card.zone)) }
        }
        (ways(reader, page))
        @if !centre.about.zh.is_empty() { p class="section" { (reader.text(&centre.about)) } }
        div class="section card" { (facts(reader, page)) }
        (join::by_kind(reader, &page.offerings))
        @if !centre.rooms.is_empty() {
            @let rooms = html! {
                div class="cells" {
                    @for room in &centre.rooms {
                        div class="cell" {
                            span class="grow" {
                                span class="cell-title" { (reader.text(&room.name)) }
                                @if !reader.text(&room.note).is_empty() {
                                    span class="cell-note" { (reader.text(&room.note)) }
                                }
                            }
                        }
                    }
                }
            };
            (section(words::rooms(reader), None, &rooms))
        }
    };
    let title = reader.text(&card.name).to_owned();
    Sheet { title, body: column(reader, &Screen::Centre(card.id.clone()), &inside, None) }
}

fn ways(reader: &Reader, page: &CentrePage) -> Markup {
    let card = &page.centre.card;
    let own = reader.centre.as_ref().is_some_and(|own| own.id == card.id);
    html! {
        div class="buttons" {
            a class="button-call" href={ "tel:" (card.phone) } { (icon("phone")) (words::call_short(reader)) }
            @if own {
                p class="good centre-mine" { (icon("check")) (words::is_mine(reader)) }
            } @else {
                button class="button-line" type="button" { (words::make_mine(reader)) }
            }
        }
    }
}

fn facts(reader: &Reader, page: &CentrePage) -> Markup {
    let card = &page.centre.card;
    html! {
        dl class="facts" {
            div { dt { (words::address(reader)) } dd { (reader.text(&card.address)) } }
            div {
                dt { (words::hours(reader)) }
                dd { div { @for line in reader.opening(&card.hours) { p class="num" { (line) } } } }
            }
            div {
                dt { (words::phone(reader)) }
                dd { a class="link num" href={ "tel:" (card.phone) } { (card.phone) } }
            }
            @if let Some(area) = page.centre.area {
                div { dt { (words::area(reader)) } dd { (words::square_metres(reader, area)) } }
            }
        }
    }
}
