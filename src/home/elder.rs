//! The home page in elder mode: one column, large tiles, and the telephone always in sight.

use domain::{
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
    centres::{self, telephone},
    clock::now,
    lang::say,
    ui::{Look, View, el, icon, link_button},
};

/// The page.
pub fn home(home: &Home, mine: Mine) -> View {
    let zone = home.centre.zone;
    let head = el("header", "home-head").child(centre_link(&home.centre, true)).done();
    let first = home.today.first().cloned();
    let is_today = home.day(now()) == now().day(zone);
    let card = mine.draw(my_card, move || today_card(first.as_ref(), is_today, zone));
    let tiles = el("nav", "tiles")
        .attr("aria-label", words::ways())
        .child(tile("lunch", words::lunch(), "/join?kind=canteen"))
        .child(tile("calendar", words::clubs(), "/join?kind=club"))
        .child(tile("health", words::health(), "/join?kind=health"))
        .child(tile("wish", words::make_wish(), Screen::NewWish.path()))
        .done();
    let call = el("a", "button-call home-call")
        .attr("href", telephone(&home.centre.phone))
        .child(icon("phone"))
        .text(words::call_centre())
        .done();
    let parts = [
        Some(head),
        Some(mine.asks()),
        Some(card),
        Some(tiles),
        soon(&home.soon, zone),
        done(&home.done, zone),
        Some(other_view(words::usual(), "")),
        Some(call),
    ];
    el("div", "").children(parts.into_iter().flatten().collect()).done()
}

fn my_card(next: &Next) -> View {
    let zone = next.booking.zone;
    let today = next.meeting.starts.day(zone) == now().day(zone);
    let when = centres::words::aloud(next.meeting.starts, zone);
    let title = words::aloud_title(&when, &say(&next.booking.title));
    card(
        if today { words::you_today() } else { words::you_tomorrow() },
        title,
        link_button(Look::Main, words::my_code(), next.address()),
    )
}

fn today_card(first: Option<&TodayItem>, is_today: bool, zone: Zone) -> View {
    let Some(item) = first else {
        let see = link_button(Look::Main, words::see_what_is_on(), Screen::Join.path());
        return card(words::today(), words::nothing_more().to_owned(), see);
    };
    let when =
        if item.starts <= now() { words::now().to_owned() } else { centres::words::aloud(item.starts, zone) };
    let look = link_button(Look::Main, words::have_a_look(), Screen::Offering(item.offering.clone()).path());
    let above = if is_today { words::today_here() } else { words::tomorrow_here() };
    card(above, words::aloud_title(&when, &say(&item.title)), look)
}

fn card(above: &'static str, title: String, action: View) -> View {
    el("div", "card home-mine")
        .child(el("p", "").text(above).done())
        .child(el("b", "").text(title).done())
        .child(el("div", "buttons").child(action).done())
        .done()
}
