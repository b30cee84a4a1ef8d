//! The first screens of what neighbours wish for, and of what they lend a hand with.

use domain::{
    centre::api::Shift,
    screen::Screen,
    task::{Hands, Task},
    time::CHINA,
    wish::{Wish, WishState},
};
use maud::{Markup, html};

use super::{
    Reader,
    frame::{back, column, empty, icon, icon_class, meta, section, tag},
    page::Sheet,
    say::shorten,
    words,
};

/// The wishes of the chosen centre.
pub(super) fn wishes(reader: &Reader, wishes: &[Wish]) -> Sheet {
    let title = words::title(reader, &Screen::Wishes);
    let centre = reader.centre.as_ref().map_or("", |centre| reader.text(&centre.name));
    let chips = [
        words::any(reader),
        words::wish_fresh(reader),
        words::wish_under_way(reader),
        words::wish_done(reader),
    ];
    let inside = html! {
        header class="page-head" {
            (back(words::volunteer(reader), &Screen::Volunteer.path()))
            h1 { (title) }
        }
        p class="lede" { (words::wishes_lede(reader, centre)) }
        p class="section" {
            a class="button" href=(Screen::NewWish.path()) { (icon("plus")) (words::new_wish(reader)) }
        }
        div class="section" {
            div class="chips" role="group" aria-label=(words::wish_filter(reader)) {
                @for (index, words) in chips.iter().enumerate() {
                    button class="chip" type="button" aria-pressed=((index == 0).to_string()) { (words) }
                }
            }
        }
        @if wishes.is_empty() {
            (empty("wish", words::no_wishes(reader), &html! {}))
        } @else {
            div class="section stack" { @for wish in wishes { (card(reader, wish)) } }
        }
    };
    Sheet { title: title.to_owned(), body: column(reader, &Screen::Wishes, &inside, None) }
}

fn card(reader: &Reader, wish: &Wish) -> Markup {
    let day = reader.date(wish.made.day(wish.zone), reader.today(wish.zone));
    let tone = match wish.state() {
        WishState::Accepted => "wait",
        WishState::Done => "open",
        WishState::Submitted | WishState::Declined | WishState::Withdrawn => "full",
    };
    html! {
        a class="card wish" href=(Screen::Wish(wish.id.clone()).path()) {
            span class="wish-count" { b { (wish.supports) } (words::neighbours(reader, wish.supports)) }
            span class="grow" {
                b { (shorten(reader.text(&wish.text), 60)) }
                span class="small" { (day) " · " (words::number(reader, wish.number)) }
                span class="row" {
                    (tag(tone, words::wish_state(reader, wish.state())))
                    (tag("plain", words::category(reader, wish.category)))
                }
            }
        }
    }
}

/// What needs a hand in the city, the chosen centre's first: posts with their shifts, and tasks.
pub(super) fn tasks(reader: &Reader, shifts: &[Shift<'_>], tasks: &[Task]) -> Sheet {
    let title = words::title(reader, &Screen::Volunteer);
    let own = |task: &&Task| reader.centre.as_ref().is_some_and(|centre| centre.id == task.centre);
    let (here, elsewhere): (Vec<&Task>, Vec<&Task>) = tasks.iter().partition(own);
    let inside = html! {
        header class="page-head" {
            h1 { (title) }
            p class="lede" { (words::volunteer_lede(reader)) }
        }
        div class="section" {
            div class="cells" {
                a class="cell" href=(Screen::Wishes.path()) {
                    (icon_class("wish", "icon cell-lead"))
                    span class="grow" {
                        span class="cell-title" { (words::wishes_of_all(reader)) }
                        span class="cell-note" { (words::wishes_note(reader)) }
                    }
                    span class="cell-end" { (icon("next")) }
                }
                a class="cell" href=(Screen::Volunteering.path()) {
                    (icon_class("heart", "icon cell-lead"))
                    span class="grow" {
                        span class="cell-title" { (words::volunteering(reader)) }
                        span class="cell-note" { (words::volunteering_note(reader)) }
                    }
                    span class="cell-end" { (icon("next")) }
                }
            }
        }
        @if !shifts.is_empty() {
            (section(words::shifts(reader), None, &posts(reader, shifts)))
        }
        @if tasks.is_empty() {
            @let wishes = html! {
                a class="button-line" href=(Screen::Wishes.path()) { (words::wishes_of_all(reader)) }
            };
            (empty("hand", words::no_tasks(reader), &wishes))
        }
        @if let Some(first) = here.first() {
            (section(&words::tasks_here(reader, reader.text(&first.centre_name)), None, &cards(reader, &here)))
        }
        @if !elsewhere.is_empty() {
            (section(words::tasks_elsewhere(reader), None, &cards(reader, &elsewhere)))
        }
    };
    Sheet { title: title.to_owned(), body: column(reader, &Screen::Volunteer, &inside, None) }
}

fn posts(reader: &Reader, shifts: &[Shift<'_>]) -> Markup {
    html! {
        p class="small" { (words::shifts_note(reader)) }
        div class="stack section" {
            @for Shift { card, seats, centre } in shifts {
                a class="card task" href=(Screen::Offering(card.id.clone()).path()) {
                    span class="row" {
                        b class="grow" { (reader.text(&card.title)) }
                        (tag(
                            if seats.free > 0 { "hot" } else { "full" },
                            &words::hands_left(reader, seats.free),
                        ))
                    }
                    (meta("clock", &words::next_shift(reader, &reader.moment(seats.starts, CHINA))))
                    (meta("pin", reader.text(&centre.name)))
                }
            }
        }
    }
}

fn cards(reader: &Reader, tasks: &[&Task]) -> Markup {
    html! {
        div class="stack" {
            @for task in tasks {
                a class="card task" href=(Screen::Task(task.id.clone()).path()) {
                    span class="row" {
                        b class="grow" { (reader.text(&task.title)) }
                        @if let Hands::Team { name, .. } = &task.hands {
                            (tag("plain", &words::of_team(reader, name)))
                        } @else {
                            (tag(
                                if task.left() > 0 { "hot" } else { "full" },
                                &words::hands_left(reader, task.left()),
                            ))
                        }
                    }
                    (meta("clock", &reader.when(task.span, task.zone)))
                    (meta(
                        "pin",
                        &format!("{} · {}", reader.text(&task.centre_name), reader.text(&task.place)),
                    ))
                    @if task.hands == Hands::Volunteers {
                        (meta("heart", words::for_volunteers(reader)))
                    }
                }
            }
        }
    }
}
