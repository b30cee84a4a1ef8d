//! The workbench's first page: a day at a centre, slot by slot.

use chrono::Datelike;
use domain::{
    booking::is_stay,
    id::CentreId,
    screen::Screen,
    staff::{Post, Workbench, Workplace, api::GetWorkbench},
    time::{Day, Zone, days_after, parse_day},
    work::{CentreDay, ConsentBack, Desk, WorkDay, api::GetWorkDay},
};
use leptos::prelude::*;

use super::{attendance, lots, offers, page, print, reason, scan, tree, words};
use crate::{
    clock, host,
    lang::say,
    ui::{
        Cell, Look, Tone, View, button, cells, choice::DayChoice, dates, el, empty, link_button, live, load,
        nothing, section, tag,
    },
    words as common,
};

/// How many days ahead are in the strip.
const AHEAD: u64 = 13;

/// The page.
pub fn day_page() -> View {
    page(words::work(), (words::mine(), &Screen::Mine), || {
        load::<GetWorkbench>(&(), |bench| {
            let bench = StoredValue::new_local(bench);
            live(move || bench.with_value(body))
        })
    })
}

fn body(bench: &Workbench) -> View {
    let Some(place) = tree::chosen(bench) else { return empty("place", words::no_slots_any(), None) };
    let (centre, zone) = (place.centre.clone(), place.zone);
    let today = clock::now().day(zone);
    let day = host::query_live("day").and_then(|day| parse_day(&day)).unwrap_or(today);
    let closing = RwSignal::new(false);
    let there = CentreDay::new(centre.clone(), day);
    let close = reason::close_day(closing, there.clone());
    let (ring, lots) = (offers::Ring::new(), lots::Lots::new());
    el("div", "")
        .child(if bench.centres.len() > 1 { which(bench, &centre) } else { lede(place) })
        .child(scan::field(&centre, zone, Look::Slim))
        .child(strip(&centre, day, today))
        .child(load::<GetWorkDay>(&there, move |day| {
            el("div", "").child(offers::list(&day, ring)).child(consents_back(&day)).child(slots(&day)).done()
        }))
        .child(lots.list(&centre))
        .child(tools(closing))
        .child(links(bench, &centre))
        .child(close)
        .child(ring.view())
        .child(lots.view())
        .done()
}

fn address(centre: &CentreId, day: Option<&str>) -> String {
    let day = day.map(|day| format!("&day={day}")).unwrap_or_default();
    format!("{}?centre={centre}{day}", Screen::Work.path())
}

fn lede(place: &Workplace) -> View {
    el("p", "lede").text(say(&place.name)).done()
}

fn which(bench: &Workbench, centre: &CentreId) -> View {
    tree::centres(words::which_centre(), bench, centre, |chosen| {
        host::refine(&address(&chosen, host::query("day").as_deref()));
    })
}

fn strip(centre: &CentreId, day: Day, today: Day) -> View {
    let first = today.pred_opt().unwrap_or(today);
    let choices = (0..=AHEAD + 1)
        .map(|ahead| {
            let day = days_after(first, ahead);
            let above = if day == today { words::today() } else { common::weekday_name(day) };
            let (value, number) = (domain::time::write_day(day), day.day().to_string());
            DayChoice { value, above: above.to_owned(), number, any: true }
        })
        .collect();
    let chosen = domain::time::write_day(day);
    let centre = centre.clone();
    crate::ui::choice::reveal(".dates");
    let strip = dates(words::which_day(), choices, Signal::derive(move || chosen.clone()), move |day| {
        host::refine(&address(&centre, Some(&day)));
    });
    el("div", "section no-print").child(strip).done()
}

fn slots(day: &WorkDay) -> View {
    if day.slots.is_empty() {
        return empty("calendar", words::no_slots(), None);
    }
    // Who lives there, or waits for that, does not come today.
    let (stays, slots): (Vec<&Desk>, Vec<&Desk>) =
        day.slots.iter().partition(|desk| is_stay(desk.span.starts));
    let sum = |of: fn(&Desk) -> u32| slots.iter().copied().map(of).sum::<u32>();
    let sums = sums(&[
        (words::expected(), sum(|desk| desk.places.expected)),
        (words::arrived(), sum(|desk| desk.places.arrived)),
        (words::waiting(), sum(|desk| desk.places.waiting)),
    ]);
    let now = clock::now();
    let (over, ahead): (Vec<&Desk>, Vec<&Desk>) = slots.into_iter().partition(|desk| desk.span.ends <= now);
    let list = |desks: &[&Desk]| {
        let list = cells(desks.iter().map(|desk| slot(desk, day.zone)).collect());
        el("div", "desk-day").child(list).done()
    };
    let mut body = el("div", "section stack").child(sums);
    if !ahead.is_empty() {
        body = body.child(list(&ahead));
    }
    if !over.is_empty() {
        // The browser folds by itself, and keeps it so.
        let summary = el("summary", "button-quiet").text(words::over(over.len())).done();
        body = body.child(el("details", "").child(summary).child(list(&over)).done());
    }
    if !stays.is_empty() {
        body = body.child(section(words::stays(), None, vec![list(&stays)]));
    }
    body.done()
}

/// Consents that were taken back for children whom the centre still expects.
fn consents_back(day: &WorkDay) -> View {
    if day.consents.is_empty() {
        return nothing();
    }
    let cell = |back: &ConsentBack| {
        Cell::new(say(&back.title))
            .icon("child")
            .note(common::when(back.span, day.zone))
            .note(words::taken_back_at(back.at, day.zone))
            .to(Screen::WorkSlot(back.slot.clone()).path())
            .arrow()
            .done()
    };
    let list = cells(day.consents.iter().map(cell).collect());
    let hint = el("p", "small").text(words::consents_back_words()).done();
    section(words::consents_back(), None, vec![el("div", "stack").child(hint).child(list).done()])
}

/// Large numbers in a row, each with its word.
pub fn sums(numbers: &[(&'static str, u32)]) -> View {
    let numbers = numbers.iter().map(|(word, number)| {
        el("div", "")
            .child(el("b", "figure").text(number.to_string()).done())
            .child(el("span", "").text(*word).done())
            .done()
    });
    el("div", "sums card").children(numbers.collect()).done()
}

fn slot(desk: &Desk, zone: Zone) -> View {
    let places = &desk.places;
    let over = desk.span.ends <= clock::now();
    let stay = is_stay(desk.span.starts);
    let end = if desk.off {
        tag(Tone::Full, words::called_off())
    } else if places.expected > 0 {
        let all = places.arrived == places.expected;
        tag(if all || over { Tone::Open } else { Tone::Plain }, words::here_of(places))
    } else if over || (desk.closes <= clock::now() && desk.span.starts > clock::now()) {
        tag(Tone::Full, words::closed())
    } else if places.free() > 0 {
        tag(Tone::Open, words::left(places.free(), desk.measure))
    } else {
        tag(Tone::Full, words::full())
    };
    let cell = Cell::new(words::title(desk));
    let cell = if stay { cell } else { cell.lead(common::clock(desk.span.starts, zone)) };
    cell.note(words::place(desk))
        .note(words::places(places))
        .end(end)
        .to(if desk.meetings > 1 {
            attendance::address(&desk.slot, desk.meeting)
        } else {
            Screen::WorkSlot(desk.slot.clone()).path()
        })
        .done()
}

/// What else there is to do at the desk.
fn links(bench: &Workbench, centre: &CentreId) -> View {
    let link = |words: &'static str, address: String| link_button(Look::Line, words, address);
    let here = |screen: &Screen| format!("{}?centre={centre}", screen.path());
    let mut links = vec![
        link(words::papers(), here(&Screen::WorkPapers)),
        link(words::no_phone(), here(&Screen::WorkCircle)),
        link(words::volunteers(), here(&Screen::WorkVolunteers)),
        link(words::teams(), here(&Screen::WorkTeams)),
        link(words::lock(), Screen::WorkLock.path()),
    ];
    if bench.posts.iter().any(Post::appoints_some) {
        links.push(link(words::staff(), Screen::WorkStaff.path()));
    }
    el("div", "section buttons no-print").children(links).done()
}

fn tools(closing: RwSignal<bool>) -> View {
    el("div", "section buttons no-print")
        .child(button(Look::Line, words::print(), || print::page("day")))
        .child(button(Look::Line, words::close_day(), move || closing.set(true)))
        .done()
}
