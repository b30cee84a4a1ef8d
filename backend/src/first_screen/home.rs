//! The first screen of the home page, as usual and as the elder version.

use domain::{
    centre::CentreCard,
    home::{DoneItem, Home, SoonItem, TodayItem},
    screen::Screen,
    time::Zone,
};
use maud::{Markup, html};

use super::{
    Reader,
    frame::{cell, column, free, icon, icon_class, open_tag, section, state, tag},
    page::Sheet,
    say::dotted,
    times::clock,
    words,
};

/// How much of today stands on the page before "all" leads to the rest.
const SHOWN: usize = 3;

/// The page.
pub(super) fn sheet(reader: &Reader, home: &Home) -> Sheet {
    let inside = if reader.elder { elder(reader, home) } else { usual(reader, home) };
    let title = reader.text(&home.centre.name).to_owned();
    Sheet { title, body: column(reader, &Screen::Home, &inside, None) }
}

fn usual(reader: &Reader, home: &Home) -> Markup {
    let zone = home.centre.zone;
    html! {
        header class="home-head" {
            (centre_link(reader, &home.centre))
            (open_tag(reader, &home.centre))
            a class="button-line button-icon" href={ "tel:" (home.centre.phone) } aria-label=(words::call(reader)) {
                (icon("phone"))
            }
        }
        (today(reader, home))
        (soon(reader, &home.soon, zone))
        (done(reader, &home.done, zone))
        (other_view(words::larger(reader)))
    }
}

fn elder(reader: &Reader, home: &Home) -> Markup {
    let zone = home.centre.zone;
    html! {
        header class="home-head" { (centre_link(reader, &home.centre)) }
        (today_card(reader, home))
        nav class="tiles" aria-label=(words::ways(reader)) {
            (tile("lunch", words::lunch(reader), "/join?kind=canteen"))
            (tile("calendar", words::clubs(reader), "/join?kind=club"))
            (tile("health", words::health(reader), "/join?kind=health"))
            (tile("wish", words::make_wish(reader), "/wishes/new"))
        }
        (soon(reader, &home.soon, zone))
        (done(reader, &home.done, zone))
        (other_view(words::usual(reader)))
        a class="button-call home-call" href={ "tel:" (home.centre.phone) } {
            (icon("phone"))
            (words::call_aloud(reader))
        }
    }
}

fn centre_link(reader: &Reader, centre: &CentreCard) -> Markup {
    html! {
        a class="home-centre" href="/centres" {
            h1 { (reader.text(&centre.name)) " " (icon("down")) }
            p class="lede" { (reader.open_note(state(reader, centre), centre.zone)) }
        }
    }
}

fn today(reader: &Reader, home: &Home) -> Markup {
    let zone = home.centre.zone;
    let body = html! {
        div class="cells" {
            @for item in home.today.iter().take(SHOWN) { (row(reader, item, zone)) }
            @if home.today.is_empty() {
                (cell("/join", "", words::nothing_more(reader), &[words::see_two_weeks(reader)], &icon("next")))
            }
        }
        nav class="tiles" aria-label=(words::ways(reader)) {
            (tile("elder", words::elders(reader), "/join?group=elder"))
            (tile("child", words::children(reader), "/join?group=child"))
            (tile("place", words::places(reader), "/join?kind=facility"))
            (tile("wish", words::wishes(reader), "/wishes"))
        }
    };
    let day = home.day(reader.now);
    let all = format!("/join?day={day}");
    let title = if day == reader.today(zone) { words::today(reader) } else { words::tomorrow(reader) };
    section(title, Some((words::all(reader), all)), &body)
}

fn row(reader: &Reader, item: &TodayItem, zone: Zone) -> Markup {
    let going = if item.starts <= reader.now { words::going_on(reader) } else { "" };
    let end = if item.drop_in {
        tag("open", words::just_come(reader))
    } else {
        free(reader, item.free, item.measure)
    };
    let note = dotted(&[going, &reader.cost(item.price)]);
    let address = Screen::Offering(item.offering.clone()).path();
    cell(&address, &clock(item.starts, zone), reader.text(&item.title), &[&note], &end)
}

fn today_card(reader: &Reader, home: &Home) -> Markup {
    let zone = home.centre.zone;
    let (above, title, action, address) = match home.today.first() {
        None => (
            words::today(reader),
            words::nothing_more(reader).to_owned(),
            words::see_what_is_on(reader),
            Screen::Join.path(),
        ),
        Some(item) => {
            let when = if item.starts <= reader.now {
                words::now(reader).to_owned()
            } else {
                reader.aloud(item.starts, zone)
            };
            let title = format!("{when} {}", reader.text(&item.title));
            let address = Screen::Offering(item.offering.clone()).path();
            let is_today = home.day(reader.now) == reader.today(zone);
            let above = if is_today { words::today_here(reader) } else { words::tomorrow_here(reader) };
            (above, title, words::have_a_look(reader), address)
        }
    };
    html! {
        div class="card home-mine" {
            p { (above) }
            b { (title) }
            div class="buttons" { a class="button" href=(address) { (action) } }
        }
    }
}

fn tile(picture: &str, words: &str, address: &str) -> Markup {
    html! { a class="tile" href=(address) { (icon_class(picture, "icon icon-big")) span { (words) } } }
}

fn soon(reader: &Reader, items: &[SoonItem], zone: Zone) -> Markup {
    if items.is_empty() {
        return html! {};
    }
    let body = html! {
        div class="stack" {
            @for item in items {
                @let when = reader.moment(item.opens, zone);
                @let (to, note) = match &item.draw {
                    Some(draw) => (Screen::Draw(draw.clone()), words::lots_note(reader, &when, item.capacity)),
                    None => (
                        Screen::Offering(item.offering.clone()),
                        words::soon_note(reader, &when, item.capacity),
                    ),
                };
                a class="card row home-soon" href=(to.path()) {
                    b class="grow" {
                        (reader.text(&item.title))
                        @if let Some(name) = &item.name { " " (reader.text(name)) }
                    }
                    (tag("hot", &reader.until(item.opens)))
                    span class="cell-note" {
                        (note)
                    }
                }
            }
        }
    };
    section(words::soon(reader), None, &body)
}

fn done(reader: &Reader, items: &[DoneItem], zone: Zone) -> Markup {
    if items.is_empty() {
        return html! {};
    }
    let today = reader.today(zone);
    let body = html! {
        div class="stack" {
            @for item in items {
                @let day = reader.date(item.done.day(zone), today);
                a class="card" href=(Screen::Wish(item.wish.clone()).path()) {
                    b { (reader.text(&item.note)) }
                    p class="small" { (words::done_note(reader, item.supports, &day, item.number)) }
                }
            }
        }
    };
    section(words::done(reader), Some((words::all_wishes(reader), Screen::Wishes.path())), &body)
}

fn other_view(words: &str) -> Markup {
    html! {
        p class="section" { button class="button-line" type="button" { (icon("text-size")) (words) } }
    }
}
