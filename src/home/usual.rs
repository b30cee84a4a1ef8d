//! The home page as most people see it.

use domain::{
    centre::CentreCard,
    home::{Home, TodayItem},
    screen::Screen,
    time::{Day, Zone},
};

use super::{
    centre_link, done,
    mine::{Mine, Next},
    other_view, soon, tile, words,
};
use crate::{
    centres::{self, dotted, telephone},
    clock::now,
    lang::say,
    offerings::tags,
    ui::{Cell, Look, View, el, icon, link_button, section},
    words as shared,
};

/// How much of today stands on the page before "all" leads to the rest.
const SHOWN: usize = 3;

/// The page.
pub fn home(home: &Home, mine: Mine) -> View {
    let zone = home.centre.zone;
    let tiles = el("nav", "tiles")
        .attr("aria-label", words::ways())
        .child(tile("elder", words::elders(), "/join?group=elder"))
        .child(tile("child", words::children(), "/join?group=child"))
        .child(tile("place", words::places(), "/join?kind=facility"))
        .child(tile("wish", words::wishes(), Screen::Wishes.path()))
        .done();
    let parts = [
        Some(head(&home.centre)),
        Some(mine.asks()),
        Some(today(home, mine, tiles)),
        soon(&home.soon, zone),
        done(&home.done, zone),
        Some(other_view(words::larger(), "elder")),
    ];
    el("div", "").children(parts.into_iter().flatten().collect()).done()
}

fn head(centre: &CentreCard) -> View {
    let call = el("a", "button-line button-icon")
        .attr("href", telephone(&centre.phone))
        .attr("aria-label", words::call())
        .child(icon("phone"))
        .done();
    el("header", "home-head")
        .child(centre_link(centre, false))
        .child(centres::open_tag(centre))
        .child(call)
        .done()
}

fn today(home: &Home, mine: Mine, tiles: View) -> View {
    let day = home.day(now());
    let is_today = day == now().day(home.centre.zone);
    let mut rows: Vec<View> = home.today.iter().take(SHOWN).map(|item| row(item, home.centre.zone)).collect();
    if rows.is_empty() {
        let over = Cell::new(words::nothing_more()).note(words::see_two_weeks());
        rows.push(over.to(Screen::Join.path()).arrow().done());
    }
    let own = mine.draw(move |next| my_row(next, day), crate::ui::nothing);
    let list = el("div", "cells").child(own).children(rows).done();
    let all = (words::all(), format!("{}?day={day}", Screen::Join.path()));
    section(if is_today { words::today() } else { words::tomorrow() }, Some(all), vec![list, tiles])
}

/// My next booking; its day is said where it is not the one the list is about.
fn my_row(next: &Next, listed: Day) -> View {
    let zone = next.booking.zone;
    let (today, own) = (now().day(zone), next.meeting.starts.day(zone));
    let day = if own == listed { String::new() } else { shared::day(own, today) };
    let note = dotted(&[day, words::mine(&shared::clock(next.meeting.ends, zone))]);
    Cell::new(say(&next.booking.title))
        .lead(shared::clock(next.meeting.starts, zone))
        .note(note)
        .end(link_button(Look::Slim, words::my_code(), next.address()))
        .done()
}

fn row(item: &TodayItem, zone: Zone) -> View {
    let going = if item.starts <= now() { words::going_on() } else { "" };
    let end = if item.drop_in { tags::just_come() } else { tags::free(item.free, item.measure) };
    Cell::new(say(&item.title))
        .lead(shared::clock(item.starts, zone))
        .note(dotted(&[going.to_owned(), shared::cost(item.price)]))
        .end(end)
        .to(Screen::Offering(item.offering.clone()).path())
        .done()
}
