//! The home page as most people see it.

use domain::{
    centre::CentreCard,
    home::{Home, TodayItem},
    screen::Screen,
    time::Zone,
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
    let day = now().day(home.centre.zone);
    let mut rows: Vec<View> = home.today.iter().take(SHOWN).map(|item| row(item, home.centre.zone)).collect();
    if rows.is_empty() {
        let over = Cell::new(words::nothing_more()).note(words::see_two_weeks());
        rows.push(over.to(Screen::Join.path()).arrow().done());
    }
    let own = mine.draw(my_row, crate::ui::nothing);
    let list = el("div", "cells").child(own).children(rows).done();
    let all = (words::all(), format!("{}?day={day}", Screen::Join.path()));
    section(words::today(), Some(all), vec![list, tiles])
}

fn my_row(next: &Next) -> View {
    let zone = next.booking.zone;
    let today = next.meeting.starts.day(zone) == now().day(zone);
    let day = if today { String::new() } else { words::tomorrow().to_owned() };
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
