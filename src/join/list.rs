//! The offerings that were found, under the centres where they are, the nearest first.

use domain::{
    centre::{CentreCard, api::OfferingList},
    geo::{metres, walking_minutes},
    offering::{Kind, OfferingCard, Seats},
    screen::Screen,
    time::{Day, Zone, days_after},
};

use super::{
    filter::{Filter, Near},
    words,
};
use crate::{
    centres::{self, dotted, near},
    clock::now,
    host,
    lang::say,
    offerings::{self, tags},
    place,
    ui::{Cell, Look, Tone, View, button, cells, el, empty, link_button, nothing, tag, text},
    words as shared,
};

/// What was found at one centre.
pub struct Found<'a> {
    centre: &'a CentreCard,
    metres: f64,
    own: bool,
    cards: Vec<&'a OfferingCard>,
}

/// Looks through the list; the nearest centre first.
pub fn find(list: &OfferingList, filter: Filter) -> Vec<Found<'_>> {
    let own = place::centre();
    let from = near::point().or_else(|| list.centres.iter().find(|card| card.id == own).map(|card| card.at));
    let mut found: Vec<Found> = list
        .centres
        .iter()
        .filter_map(|centre| {
            let metres = from.map_or(0.0, |from| metres(from, centre.at));
            let own = centre.id == own;
            if !filter.near.reaches(walking_minutes(metres), own) {
                return None;
            }
            let mut cards: Vec<&OfferingCard> =
                list.offerings.iter().filter(|card| card.centre == centre.id && filter.fits(card)).collect();
            cards
                .sort_by_key(|card| (Kind::ALL.iter().position(|kind| *kind == card.kind), say(&card.title)));
            (!cards.is_empty()).then_some(Found { centre, metres, own, cards })
        })
        .collect();
    found.sort_by(|a, b| a.metres.total_cmp(&b.metres));
    found
}

/// How many were found.
pub fn count(found: &[Found]) -> usize {
    found.iter().map(|found| found.cards.len()).sum()
}

/// The list, or a way on where it is empty.
pub fn show(list: &OfferingList, seats: &[Seats], filter: Filter) -> View {
    let found = find(list, filter);
    if found.is_empty() {
        return nothing_found(list, filter);
    }
    let sections = found.iter().map(|found| at_centre(found, seats, filter.day)).collect();
    el("div", "").children(sections).done()
}

fn at_centre(found: &Found, seats: &[Seats], day: Option<Day>) -> View {
    let distance = if found.own && near::point().is_none() {
        words::own().to_owned()
    } else {
        centres::words::walk(found.metres)
    };
    let rows = found
        .cards
        .iter()
        .map(|card| offer(card, seats.iter().find(|seats| seats.offering == card.id), day))
        .collect();
    let head = el("div", "section-head")
        .child(el("h2", "").text(say(&found.centre.name)).done())
        .child(el("span", "small").text(distance).done())
        .done();
    el("section", "section").child(head).child(cells(rows)).done()
}

/// An offering in a list: what and when, for how much and for whom, and whether there is room.
/// `seats` are those of its next slot; `day` is the day that is looked at, if one is.
pub fn offer(card: &OfferingCard, seats: Option<&Seats>, day: Option<Day>) -> View {
    // Clocks in China agree; the card does not say which one is its own.
    let zone = domain::time::CHINA;
    let seats = seats.filter(|seats| day.is_none_or(|day| seats.starts.day(zone) == day));
    let when = match (seats, day, card.opens) {
        (Some(seats), _, _) => shared::moment(seats.starts, zone),
        (None, Some(day), _) => shared::day(day, now().day(zone)),
        (None, None, Some(_)) => String::new(),
        (None, None, None) => next_day(card, zone),
    };
    let cell = Cell::new(say(&card.title))
        .note(dotted(&[when, shared::cost(card.price)]))
        .note(shared::ages(card.ages))
        .to(Screen::Offering(card.id.clone()).path());
    let tag = match (card.drop_in, card.opens, seats) {
        (true, _, _) => tags::just_come(),
        (false, Some(opens), _) if opens > now() => tag(Tone::Hot, offerings::words::opens_on(opens, zone)),
        (false, _, Some(seats)) => tags::free(seats.free, card.measure),
        (false, _, None) => return cell.arrow().done(),
    };
    cell.end(tag).done()
}

/// The next day on which it is on.
fn next_day(card: &OfferingCard, zone: Zone) -> String {
    let today = now().day(zone);
    (0..14)
        .filter(|ahead| card.days & 1 << ahead != 0)
        .map(|ahead| days_after(card.first_day, ahead))
        .find(|day| *day >= today)
        .map_or_else(String::new, |day| shared::day(day, today))
}

/// Nothing fits: what could be let go, and how much there would be then.
fn nothing_found(list: &OfferingList, filter: Filter) -> View {
    if list.offerings.is_empty() {
        let centres = link_button(Look::SlimLine, words::choose_centre(), Screen::Centres.path());
        return empty("calendar", words::nothing_yet(), Some(centres));
    }
    let today = now().day(domain::time::CHINA);
    let looser = [
        (filter.day.map(|day| shared::day(day, today)), Filter { day: None, ..filter }),
        (
            (filter.near != Near::City).then(|| words::near(filter.near).to_owned()),
            Filter { near: Near::City, ..filter },
        ),
        (filter.group.map(|group| words::group(group).to_owned()), Filter { group: None, ..filter }),
        (filter.kind.map(|kind| centres::words::kind(kind).to_owned()), Filter { kind: None, ..filter }),
    ];
    let mut ways: Vec<View> = looser
        .into_iter()
        .filter_map(|(name, looser)| {
            let count = count(&find(list, looser));
            let name = name.filter(|_| count > 0)?;
            let address = looser.address();
            Some(button(Look::Line, words::without(&name, count), move || host::refine(&address)))
        })
        .collect();
    ways.push(button(Look::Quiet, words::clear(), || host::refine(&Filter::ANY.address())));
    el("div", "")
        .child(empty("search", words::nothing_fits(), None))
        .child(el("div", "stack").children(ways).done())
        .done()
}

/// What is looked for, in words: `今天 · 孩子 · 共 12 项`.
pub fn summary(list: &OfferingList, filter: Filter) -> View {
    let today = now().day(domain::time::CHINA);
    let pieces = [
        filter.kind.map_or_else(String::new, |kind| centres::words::kind(kind).to_owned()),
        filter.day.map_or_else(String::new, |day| shared::day(day, today)),
        filter.group.map_or_else(String::new, |group| words::group(group).to_owned()),
        if filter.near == Near::City { String::new() } else { words::near(filter.near).to_owned() },
        words::found(count(&find(list, filter))),
    ];
    if list.offerings.is_empty() { nothing() } else { text(dotted(&pieces)) }
}
