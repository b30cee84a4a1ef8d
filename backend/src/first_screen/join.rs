//! The first screen of everything one can take part in.

use domain::{
    centre::{CentreCard, api::OfferingList},
    geo::{metres, walking_minutes},
    offering::{Group, Kind, OfferingCard, Seats},
    screen::Screen,
    time::{CHINA, Day, days_after},
};
use maud::{Markup, html};

use super::{
    Reader,
    frame::{cell, column, empty, free, icon, section, tag},
    page::Sheet,
    say::dotted,
    words,
};

/// Longest walk that is still near, in minutes.
const WALK: u32 = 15;

/// What is looked for, as the address says; what is not understood does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    kind: Option<Kind>,
    group: Option<Group>,
    day: Option<Day>,
    near: Near,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Near {
    #[default]
    City,
    Walk,
    Own,
}

impl Filter {
    /// Reads a query; only days of the next two weeks count.
    pub(super) fn read(query: &str, reader: &Reader) -> Self {
        let mut filter = Self::default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "kind" => filter.kind = Kind::from_slug(value).filter(|kind| kind.is_to_join()),
                "group" => filter.group = Group::from_slug(value),
                "day" => {
                    let today = reader.today(CHINA);
                    filter.day = value
                        .parse()
                        .ok()
                        .filter(|day: &Day| (0..14).contains(&day.signed_duration_since(today).num_days()));
                }
                "near" => {
                    filter.near = match value {
                        "walk" => Near::Walk,
                        "own" => Near::Own,
                        _ => Near::City,
                    }
                }
                _ => {}
            }
        }
        filter
    }

    fn count(self) -> usize {
        usize::from(self.group.is_some())
            + usize::from(self.day.is_some())
            + usize::from(self.near != Near::City)
    }

    fn fits(self, card: &OfferingCard) -> bool {
        let kind = card.kind.is_to_join() && self.kind.is_none_or(|kind| card.kind == kind);
        let group = self.group.is_none_or(|group| {
            card.group == group || (group == Group::Child && card.group == Group::Family)
        });
        kind && group && self.day.is_none_or(|day| is_on(card, day))
    }
}

fn is_on(card: &OfferingCard, day: Day) -> bool {
    let ahead = day.signed_duration_since(card.first_day).num_days();
    (0..14).contains(&ahead) && card.days & 1 << ahead != 0
}

struct Found<'a> {
    centre: &'a CentreCard,
    metres: f64,
    cards: Vec<&'a OfferingCard>,
}

/// The page.
pub(super) fn sheet(reader: &Reader, filter: Filter, list: &OfferingList, seats: &[Seats]) -> Sheet {
    let found = find(reader, filter, list);
    let inside = html! {
        (head(reader, filter, list, &found))
        div class="join-kinds" { (kinds(reader, filter)) }
        @if found.is_empty() {
            (nothing_found(reader, filter, list))
        }
        @for found in &found { (at_centre(reader, filter, found, seats)) }
    };
    let title = words::join(reader).to_owned();
    Sheet { title, body: column(reader, &Screen::Join, &inside, None) }
}

/// Looks through the list; the nearest centre first.
fn find<'a>(reader: &Reader, filter: Filter, list: &'a OfferingList) -> Vec<Found<'a>> {
    let own = reader.centre.as_ref();
    let position = |card: &&OfferingCard| Kind::ALL.iter().position(|kind| *kind == card.kind);
    let mut found: Vec<Found> = list
        .centres
        .iter()
        .filter_map(|centre| {
            let metres = own.map_or(0.0, |own| metres(own.at, centre.at));
            let near = match filter.near {
                Near::City => true,
                Near::Walk => walking_minutes(metres) <= WALK,
                Near::Own => is_own(reader, centre),
            };
            let mut cards: Vec<&OfferingCard> = list
                .offerings
                .iter()
                .filter(|card| near && card.centre == centre.id && filter.fits(card))
                .collect();
            cards.sort_by_key(|card| (position(card), reader.text(&card.title)));
            (!cards.is_empty()).then_some(Found { centre, metres, cards })
        })
        .collect();
    found.sort_by(|a, b| a.metres.total_cmp(&b.metres));
    found
}

fn is_own(reader: &Reader, centre: &CentreCard) -> bool {
    reader.centre.as_ref().is_some_and(|own| own.id == centre.id)
}

fn head(reader: &Reader, filter: Filter, list: &OfferingList, found: &[Found]) -> Markup {
    let day = filter.day.map_or_else(String::new, |day| reader.day(day, reader.today(CHINA)));
    let group = filter.group.map_or("", |group| words::group(reader, group));
    let near = match filter.near {
        Near::City => "",
        Near::Walk => words::near_walk(reader),
        Near::Own => words::near_own(reader),
    };
    let kind = filter.kind.map_or("", |kind| words::kind(reader, kind));
    let count = words::found(reader, found.iter().map(|found| found.cards.len()).sum());
    html! {
        header class="page-head row join-head" {
            div class="grow" {
                h1 { (words::join(reader)) }
                p class="lede" role="status" {
                    @if !list.offerings.is_empty() { (dotted(&[kind, &day, group, near, &count])) }
                }
            }
            button class="button-line button-slim" type="button" aria-haspopup="dialog" {
                (words::filter_with(reader, filter.count()))
            }
        }
    }
}

fn kinds(reader: &Reader, filter: Filter) -> Markup {
    let chip = |words: &str, chosen: bool| {
        html! { button class="chip" type="button" aria-pressed=(chosen.to_string()) { (words) } }
    };
    html! {
        div class="chips" role="group" aria-label=(words::kinds(reader)) {
            (chip(words::any(reader), filter.kind.is_none()))
            @for kind in Kind::to_join() { (chip(words::kind(reader, kind), filter.kind == Some(kind))) }
        }
    }
}

fn at_centre(reader: &Reader, filter: Filter, found: &Found, seats: &[Seats]) -> Markup {
    let distance =
        if is_own(reader, found.centre) { words::own(reader).to_owned() } else { reader.walk(found.metres) };
    html! {
        section class="section" {
            div class="section-head" {
                h2 { (reader.text(&found.centre.name)) }
                span class="small" { (distance) }
            }
            div class="cells" {
                @for card in &found.cards {
                    (offer(reader, card, seats.iter().find(|seats| seats.offering == card.id), filter.day))
                }
            }
        }
    }
}

/// An offering in a list. `seats` are those of its next slot; `day` is the day looked at, if any.
pub(super) fn offer(reader: &Reader, card: &OfferingCard, seats: Option<&Seats>, day: Option<Day>) -> Markup {
    let zone = CHINA;
    let seats = seats.filter(|seats| day.is_none_or(|day| seats.starts.day(zone) == day));
    let when = match (seats, day, card.opens) {
        (Some(seats), _, _) => reader.moment(seats.starts, zone),
        (None, Some(day), _) => reader.day(day, reader.today(zone)),
        (None, None, Some(_)) => String::new(),
        (None, None, None) => next_day(reader, card),
    };
    let end = match (card.drop_in, card.opens, seats) {
        (true, _, _) => tag("open", words::just_come(reader)),
        (false, Some(opens), _) if opens > reader.now => tag("hot", &reader.opens_on(opens, zone)),
        (false, _, Some(seats)) => free(reader, seats.free, card.measure),
        (false, _, None) => icon("next"),
    };
    let note = dotted(&[&when, &reader.cost(card.price)]);
    let address = Screen::Offering(card.id.clone()).path();
    cell(&address, "", reader.text(&card.title), &[&note, &reader.ages(card.ages)], &end)
}

/// Nothing fits: what could be let go, and how much there would be then.
fn nothing_found(reader: &Reader, filter: Filter, list: &OfferingList) -> Markup {
    if list.offerings.is_empty() {
        let centres = html! {
            a class="button-line button-slim" href=(Screen::Centres.path()) { (words::choose_by_hand(reader)) }
        };
        return empty("calendar", words::nothing_yet(reader), &centres);
    }
    let near = match filter.near {
        Near::City => "",
        Near::Walk => words::near_walk(reader),
        Near::Own => words::near_own(reader),
    };
    let day = filter.day.map_or_else(String::new, |day| reader.day(day, reader.today(CHINA)));
    let looser = [
        (day.as_str(), Filter { day: None, ..filter }),
        (near, Filter { near: Near::City, ..filter }),
        (filter.group.map_or("", |group| words::group(reader, group)), Filter { group: None, ..filter }),
        (filter.kind.map_or("", |kind| words::kind(reader, kind)), Filter { kind: None, ..filter }),
    ];
    let count = |filter| find(reader, filter, list).iter().map(|found| found.cards.len()).sum::<usize>();
    html! {
        (empty("search", words::nothing_fits(reader), &html! {}))
        div class="stack" {
            @for (name, looser) in looser {
                @let count = count(looser);
                @if !name.is_empty() && count > 0 {
                    button class="button-line" type="button" { (words::without(reader, name, count)) }
                }
            }
            button class="button-quiet" type="button" { (words::clear(reader)) }
        }
    }
}

/// The next day on which it is on.
fn next_day(reader: &Reader, card: &OfferingCard) -> String {
    let today = reader.today(CHINA);
    (0..14)
        .filter(|ahead| card.days & 1 << ahead != 0)
        .map(|ahead| days_after(card.first_day, ahead))
        .find(|day| *day >= today)
        .map_or_else(String::new, |day| reader.day(day, today))
}

/// The offerings of one centre, each sort under its name.
pub(super) fn by_kind(reader: &Reader, offerings: &[OfferingCard], seats: &[Seats]) -> Markup {
    html! {
        @for kind in Kind::ALL {
            @let cards: Vec<_> = offerings.iter().filter(|card| card.kind == kind).collect();
            @if !cards.is_empty() {
                @let rows = html! {
                    div class="cells" { @for card in cards {
                            (offer(reader, card, seats.iter().find(|seats| seats.offering == card.id), None))
                        } }
                };
                (section(words::kind(reader, kind), None, &rows))
            }
        }
    }
}
