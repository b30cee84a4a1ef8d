//! The first screen of an offering: what it is, and its slots on the first day one can book.

use chrono::Datelike;
use domain::{
    centre::api::OfferingPage, hours, offering::SlotSeats, refusal::Refusal, screen::Screen, time::Day,
};
use maud::{Markup, html};

use super::{
    Reader,
    frame::{back, column, empty, free, icon, section, tag},
    page::Sheet,
    rush,
    say::dotted,
    times::clock,
    words,
};

/// How many days stand in the first row of elder mode, beside the word "more".
const FEW: usize = 4;

/// The page.
pub(super) fn sheet(reader: &Reader, page: &OfferingPage) -> Sheet {
    let title = reader.text(&page.offering.card.title).to_owned();
    let is_course = page.slots.iter().any(|seats| seats.slot.meetings.len() > 1 || seats.name.is_some());
    let only = if is_course { only_term(reader, page) } else { None };
    let opening = only.and_then(|seats| rush::opening(reader, seats).map(|opens| (seats, opens)));
    let inside = html! {
        (head(reader, page, &title, is_course))
        (rush::share(reader, page))
        @if let Some((seats, opens)) = opening {
            (rush::clock(reader, page, opens))
            (rush::ready(reader, page, seats))
        }
        @if is_course { (terms(reader, page, only)) } @else { (days(reader, page)) }
    };
    let screen = Screen::Offering(page.offering.card.id.clone());
    let foot = match only {
        Some(seats) => foot_of_one(reader, page, seats, opening.is_some()),
        None => foot(reader, page, is_course),
    };
    Sheet { title, body: column(reader, &screen, &inside, Some(&foot)) }
}

/// The term that the app picks by itself: the only one there is.
fn only_term<'p>(reader: &Reader, page: &'p OfferingPage) -> Option<&'p SlotSeats> {
    match page.slots.as_slice() {
        [only] if !page.offering.card.drop_in && can_pick(reader, page, only) => Some(only),
        _ => None,
    }
}

/// Whether it can be booked, or one can get ready for it.
fn can_pick(reader: &Reader, page: &OfferingPage, seats: &SlotSeats) -> bool {
    matches!(
        page.offering.rules().gate(&seats.slot, reader.now),
        Ok(()) | Err(Refusal::NotYetOpen { .. } | Refusal::DrawPending)
    )
}

/// Places that are held for who was asked, and kept for the counter.
fn others(reader: &Reader, seats: &SlotSeats) -> [String; 2] {
    let say = |count: u32, zh: &str, en: &str| {
        if count > 0 { format!("{count} {}", reader.t(zh, en)) } else { String::new() }
    };
    [
        say(seats.held, "个在等邻居答复", "held for a neighbour"),
        say(seats.kept_left(reader.now), "个留给现场", "kept for the counter"),
    ]
}

fn head(reader: &Reader, page: &OfferingPage, title: &str, is_course: bool) -> Markup {
    let (offering, centre) = (&page.offering, &page.centre);
    let each = if is_course { String::new() } else { each(reader, page) };
    let shift = offering.terms.volunteers;
    let company = match offering.terms.with_adult {
        true => reader.t("大人陪着", "with an adult"),
        false if shift => reader.t("志愿者来值", "for volunteers"),
        false => "",
    };
    let price = if shift { String::new() } else { reader.price(offering.card.price) };
    let pieces = [price, each, reader.ages(offering.card.ages), company.to_owned()];
    let (name, to) = if shift {
        (words::volunteer(reader), Screen::Volunteer)
    } else {
        (reader.text(&centre.name), Screen::Centre(centre.id.clone()))
    };
    let place = dotted(&[reader.text(&centre.name), reader.text(&offering.place)]);
    html! {
        header class="page-head" {
            (back(name, &to.path()))
            h1 { (title) }
            p class="lede" { (dotted(&pieces.each_ref().map(String::as_str))) }
            p class="offering-summary" { (reader.text(&offering.summary)) }
            p class="meta" { (icon("pin")) span { (place) } }
        }
    }
}

/// How long one time is, where all are as long.
fn each(reader: &Reader, page: &OfferingPage) -> String {
    let mut lengths =
        page.slots.iter().flat_map(|seats| &seats.slot.meetings).map(|span| span.ends.0 - span.starts.0);
    match lengths.next() {
        Some(first) if lengths.all(|length| length == first) => reader.each(first),
        _ => String::new(),
    }
}

/// The first day with a free place, or with one to wait for, or at all.
fn first_day(reader: &Reader, page: &OfferingPage) -> Option<Day> {
    let rules = page.offering.rules();
    let can = |seats: &&SlotSeats| rules.gate(&seats.slot, reader.now).is_ok();
    let slots = || page.slots.iter();
    slots()
        .filter(can)
        .find(|seats| seats.free(reader.now) > 0)
        .or_else(|| slots().find(can))
        .or_else(|| page.slots.first())
        .map(|seats| seats.slot.starts().day(page.centre.zone))
}

fn days(reader: &Reader, page: &OfferingPage) -> Markup {
    let zone = page.centre.zone;
    let Some(day) = first_day(reader, page) else {
        let others = html! { a class="button-line button-slim" href="/join" { (words::see_others(reader)) } };
        return empty("calendar", words::no_slots(reader), &others);
    };
    let parts = [
        (words::morning(reader), 0..12),
        (words::afternoon(reader), 12..18),
        (words::evening(reader), 18..24),
    ];
    html! {
        (strip(reader, page, day))
        @if let Some(closure) = hours::special(&page.centre.closures, day) {
            p class="note section" { (reader.special(closure)) }
        }
        @for (name, hours) in parts {
            @let slots: Vec<_> = page.slots.iter().filter(|seats| {
                let starts = seats.slot.starts();
                starts.day(zone) == day && hours.contains(&(starts.minute_of_day(zone) / 60))
            }).collect();
            @if !slots.is_empty() {
                @let rows = html! { div class="slots" { @for seats in slots { (slot(reader, page, seats)) } } };
                (section(name, None, &rows))
            }
        }
    }
}

fn strip(reader: &Reader, page: &OfferingPage, chosen: Day) -> Markup {
    let zone = page.centre.zone;
    let today = reader.today(zone);
    let mut all: Vec<Day> = page.slots.iter().map(|seats| seats.slot.starts().day(zone)).collect();
    all.dedup();
    let closed = hours::closed_between(&page.centre.closures, today, all.last().copied().unwrap_or(today));
    all.extend(closed.iter().filter(|day| !all.contains(day)).copied().collect::<Vec<_>>());
    all.sort();
    let few = reader.elder && all.len() > FEW + 1 && all.iter().position(|day| *day == chosen) < Some(FEW);
    if few {
        all.truncate(FEW);
    }
    let rules = page.offering.rules();
    let any = |day: Day| {
        page.slots.iter().any(|seats| {
            seats.slot.starts().day(zone) == day
                && (page.offering.card.drop_in || rules.gate(&seats.slot, reader.now).is_ok())
        })
    };
    html! {
        div class="dates" role="group" aria-label=(words::which_day(reader)) {
            @for day in all {
                button class=@if any(day) { "date" } @else { "date date-none" } type="button"
                    aria-pressed=((day == chosen).to_string()) {
                    span {
                        @if day == today { (words::today(reader)) }
                        @else if closed.contains(&day) { (reader.t("休息", "Closed")) }
                        @else { (reader.weekday(day)) }
                    }
                    b { (day.day()) }
                }
            }
            @if few {
                button class="date" type="button" aria-pressed="false" {
                    span { (reader.t("更多", "More")) }
                    b { "…" }
                }
            }
        }
    }
}

fn slot(reader: &Reader, page: &OfferingPage, seats: &SlotSeats) -> Markup {
    let (zone, slot) = (page.centre.zone, &seats.slot);
    let waiting =
        if seats.waiting > 0 { words::waiting(reader, seats.waiting, false) } else { String::new() };
    let [held, kept] = others(reader, seats);
    let note = dotted(&[&words::until(reader, &clock(slot.ends(), zone)), &waiting, &held, &kept]);
    let words = html! {
        span class="slot-time" { (clock(slot.starts(), zone)) }
        span class="slot-until" { (note) }
    };
    line(reader, page, seats, &words, (false, &html! {}))
}

/// A slot as a button, or as words where there is nothing to book.
fn line(
    reader: &Reader,
    page: &OfferingPage,
    seats: &SlotSeats,
    words: &Markup,
    (picked, notes): (bool, &Markup),
) -> Markup {
    if page.offering.card.drop_in {
        return html! { div class="slot" { (words) (tag("open", words::just_come(reader))) (notes) } };
    }
    html! {
        button class="slot" type="button" aria-pressed=(picked.to_string()) disabled[!can_pick(reader, page, seats)] {
            (words)
            (state_tag(reader, page, seats))
            (notes)
        }
    }
}

fn state_tag(reader: &Reader, page: &OfferingPage, seats: &SlotSeats) -> Markup {
    let (slot, free_now) = (&seats.slot, seats.free(reader.now));
    let begun = reader.now >= slot.starts();
    match page.offering.rules().gate(slot, reader.now) {
        Ok(()) if begun && free_now > 0 && page.offering.terms.volunteers => {
            tag("open", reader.t("还缺人，来了就能帮", "Come and help"))
        }
        Ok(()) if begun && free_now > 0 => tag("open", reader.t("有空位，先到先用", "Free for who is here")),
        Ok(()) if begun => tag("full", words::begun(reader)),
        Ok(()) if free_now == 0 && !seats.tables.is_empty() => {
            tag("wait", reader.t("可拼桌", "Can be shared"))
        }
        Ok(()) => free(reader, free_now, page.offering.card.measure),
        Err(Refusal::NotYetOpen { opens }) => tag("hot", &reader.opens_at(opens, page.centre.zone)),
        Err(Refusal::SlotClosed { .. }) => tag("full", words::ended(reader)),
        Err(Refusal::CalledOff) => tag("full", reader.t("已取消", "Called off")),
        Err(Refusal::DrawPending) => tag("wait", reader.t("抽签", "By lot")),
        Err(_) => tag("full", words::begun(reader)),
    }
}

fn terms(reader: &Reader, page: &OfferingPage, only: Option<&SlotSeats>) -> Markup {
    let rows = html! {
        div class="slots" {
            @for seats in &page.slots {
                @let name = seats.name.as_ref().unwrap_or(&page.offering.card.title);
                @let words = html! { b class="grow" { (reader.text(name)) } };
                @let notes = html! {
                    @let stay = page.offering.terms.stay;
                    @if !stay {
                        span class="term-note" { (reader.meetings(&seats.slot.meetings, page.centre.zone)) }
                    }
                    @for change in reader.changes(&seats.slot.meetings, page.centre.zone) {
                        span class="term-note" { (change) }
                    }
                    @if seats.waiting > 0 {
                        span class="term-note" { (words::waiting(reader, seats.waiting, stay)) }
                    }
                    @for note in others(reader, seats).into_iter().filter(|note| !note.is_empty()) {
                        span class="term-note" { (note) }
                    }
                };
                (line(reader, page, seats, &words, (only.is_some(), &notes)))
            }
        }
    };
    let title = if page.offering.terms.stay { words::pick_bed(reader) } else { words::terms(reader) };
    section(title, None, &rows)
}

/// The foot with the only term picked, for who has not signed in.
fn foot_of_one(reader: &Reader, page: &OfferingPage, seats: &SlotSeats, ahead: bool) -> Markup {
    if let Some(draw) = seats.slot.draw.clone().filter(|_| seats.slot.is_to_be_drawn()) {
        let words = reader
            .t("名额抽签决定，早报晚报一个样", "Places are drawn by lot: early or late makes no difference");
        return html! {
            div class="foot" {
                div class="foot-line row" { span class="grow" { (words) } }
                a class="button" href=(Screen::Draw(draw).path()) {
                    (reader.t("去报名抽签", "Enter the draw"))
                }
            }
        };
    }
    let title = reader.text(&page.offering.card.title);
    let term = match &seats.name {
        Some(name) => reader.text(name).to_owned(),
        None => reader.meetings(&seats.slot.meetings, page.centre.zone),
    };
    let full = !ahead && seats.free(reader.now) == 0;
    let words = if page.offering.terms.volunteers {
        reader.t("登录后来值班", "Sign in to take it")
    } else if ahead {
        reader.t("登录，提前准备好", "Sign in to get ready")
    } else {
        reader.t("登录后报名", "Sign in to enrol")
    };
    let address = Screen::Offering(page.offering.card.id.clone()).path();
    let next = format!("{address}?slot={}", seats.slot.id).replace('/', "%2F").replace('?', "%3F");
    html! {
        div class="foot" {
            div class="foot-line row" {
                span class="grow foot-what" {
                    (title) " · " (term)
                    @if full {
                        span class="cell-note" {
                            @if page.offering.terms.stay {
                                (reader.t("住满了，有床空出来就按顺序问您", "Full: when a bed comes free, whoever waits is asked in order"))
                            } @else {
                                (reader.t("满了，有人退就按顺序补上", "Full: whoever waits moves up in order"))
                            }
                        }
                    }
                }
            }
            a class="button" href={ "/sign-in?next=" (next.replace('=', "%3D")) } { (words) }
        }
    }
}

fn foot(reader: &Reader, page: &OfferingPage, is_course: bool) -> Markup {
    let drop_in = page.offering.card.drop_in;
    if page.slots.is_empty() || drop_in {
        return html! {
            div class="foot" {
                div class="foot-line row" {
                    @if drop_in { span class="grow" { (words::no_need(reader)) } }
                }
                a class="button-call" href={ "tel:" (page.centre.phone) } {
                    (icon("phone"))
                    (words::ask_by_phone(reader))
                }
            }
        };
    }
    let (hint, confirm) = if page.offering.terms.stay {
        (words::pick_bed_first(reader), words::ask_for_bed(reader))
    } else if is_course {
        (words::pick_term_first(reader), words::enrol(reader))
    } else if page.offering.terms.volunteers {
        (words::pick_shift_first(reader), words::take_shift(reader))
    } else {
        (words::pick_first(reader), words::confirm(reader))
    };
    html! {
        div class="foot" {
            div class="foot-line row" { span class="grow" { (hint) } }
            button class="button" type="button" disabled { (confirm) }
        }
    }
}
