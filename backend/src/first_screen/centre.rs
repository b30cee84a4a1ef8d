//! The first screens of a centre, and of choosing one.

use domain::{
    centre::{
        CentreCard,
        api::{CentrePage, Centres},
    },
    geo::map_address,
    hours,
    offering::Seats,
    screen::Screen,
};
use maud::{Markup, html};

use super::{
    Reader,
    frame::{back, column, icon, open_tag, section, state, tag},
    join,
    page::Sheet,
    say::dotted,
    words,
};

/// The page.
pub(super) fn sheet(reader: &Reader, page: &CentrePage, seats: &[Seats]) -> Sheet {
    let (centre, card) = (&page.centre, &page.centre.card);
    let plain = Reader { elder: false, ..reader.clone() };
    let inside = html! {
        (back(words::all_centres(reader), "/centres"))
        header class="centre-head" {
            h1 { (reader.text(&card.name)) }
            (open_tag(reader, card))
            p class="lede" { (lede(&plain, card)) }
        }
        (ways(reader, page))
        @if !centre.about.zh.is_empty() { p class="section" { (reader.text(&centre.about)) } }
        div class="section card" { (facts(reader, page)) }
        div {
            div class="section buttons" {
                a class="button-line" href=(map_address(card.at, reader.text(&card.name))) rel="external noreferrer" {
                    (words::way(reader))
                }
                button class="button-line" type="button" { (words::share(reader)) }
            }
        }
        (join::by_kind(reader, &page.offerings, seats))
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

/// Until when it is open, and what is different today.
fn lede(plain: &Reader, card: &CentreCard) -> String {
    let note = plain.open_note(state(plain, card), card.zone);
    let special = hours::special(&card.closures, plain.today(card.zone)).map(|one| plain.special(one));
    dotted(&[&note, special.as_deref().unwrap_or_default()])
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
    let today = reader.today(card.zone);
    let special: Vec<String> = hours::ahead(&card.closures, today)
        .into_iter()
        .map(|(closure, from, to)| reader.special_days(closure, from, to, today))
        .collect();
    html! {
        dl class="facts" {
            div { dt { (words::address(reader)) } dd { (reader.text(&card.address)) } }
            div {
                dt { (words::hours(reader)) }
                dd { div { @for line in reader.opening(&card.hours) { p class="num" { (line) } } } }
            }
            @if !special.is_empty() {
                div {
                    dt { (reader.t("节假日", "Holidays")) }
                    dd { div { @for line in special { p class="num" { (line) } } } }
                }
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

/// Choosing a centre: by city, one's own first.
pub(super) fn choose(reader: &Reader, all: &Centres) -> Sheet {
    let own = reader.centre.as_ref().map(|centre| &centre.city);
    let mut cities: Vec<_> = all.cities.iter().collect();
    cities.sort_by_key(|city| Some(&city.id) != own);
    let title = words::title(reader, &Screen::Centres);
    let inside = html! {
        header class="page-head" {
            h1 { (title) }
            p class="lede" { (words::choose_lede(reader)) }
        }
        div class="section" {
            button class="button-line" type="button" { (icon("pin")) (words::nearest(reader)) }
            p class="small centre-promise" { (words::position_stays(reader)) }
        }
        @for city in cities {
            @let rows = html! {
                div class="cells" {
                    @for card in all.centres.iter().filter(|card| card.city == city.id) { (row(reader, card)) }
                }
            };
            (section(reader.text(&city.name), None, &rows))
        }
    };
    Sheet { title: title.to_owned(), body: column(reader, &Screen::Centres, &inside, None) }
}

fn row(reader: &Reader, card: &CentreCard) -> Markup {
    let name = reader.text(&card.name);
    let own = reader.centre.as_ref().is_some_and(|own| own.id == card.id);
    html! {
        div class="cell centre-row" {
            button class="centre-pick" type="button" {
                span class="centre-name" {
                    span class="cell-title" { (name) }
                    @if own { (tag("hot", words::chosen(reader))) } @else { (open_tag(reader, card)) }
                }
                span class="cell-note" { (reader.text(&card.address)) }
            }
            a class="centre-look" href=(Screen::Centre(card.id.clone()).path())
                aria-label=(words::look_at(reader, name)) {
                (words::look(reader))
            }
        }
    }
}
