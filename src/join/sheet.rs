//! The filters that are not always in sight: for whom, which day, how far.

use chrono::Datelike;
use domain::{
    offering::Group,
    screen::Screen,
    time::{CHINA, days_after},
};
use leptos::prelude::*;

use super::{
    Looking,
    filter::{Filter, Near},
    kind_chips, list, look, words,
};
use crate::{
    centres::{self, near},
    clock::now,
    lang::say,
    place,
    ui::{
        self, Choice, Look, View, button::button_el, chips, choice::DayChoice, dates, el, link_button, live,
        nothing,
    },
    words as shared,
};

/// How many days the strip has: as many as are known ahead.
const DAYS: u64 = 14;

/// The sheet with the filters.
pub fn sheet(looking: Looking) -> View {
    ui::sheet(words::filter(), looking.sheet, move || {
        el("div", "join-sheet")
            .child(part(words::kinds(), "join-sheet-kinds", kind_chips(looking)))
            .child(part(words::which_day(), "", days(looking)))
            .child(part(words::for_whom(), "", groups(looking)))
            .child(part(words::how_far(), "", distances(looking)))
            .child(clear(looking))
            .child(el("div", "join-done").child(done(looking)).done())
            .done()
    })
}

fn part(title: &'static str, class: &'static str, body: View) -> View {
    el("div", class).child(el("h3", "join-part").text(title).done()).child(body).done()
}

fn groups(looking: Looking) -> View {
    let mut choices = vec![Choice::new("", words::all())];
    choices.extend(Group::ALL.map(|group| Choice::new(group.slug(), words::group(group))));
    let chosen = Signal::derive(move || {
        looking.filter.get().group.map_or_else(String::new, |group| group.slug().to_owned())
    });
    chips(words::for_whom(), choices, chosen, move |group| {
        look(Filter { group: Group::from_slug(&group), ..looking.filter.get_untracked() });
    })
}

fn days(looking: Looking) -> View {
    let today = now().day(CHINA);
    let any =
        DayChoice { value: String::new(), above: words::any_day().into(), number: "·".into(), any: true };
    let days = (0..DAYS).map(|ahead| {
        let day = days_after(today, ahead);
        let on = looking.list.with_untracked(|list| {
            list.as_ref().is_some_and(|list| {
                let filter = Filter { day: Some(day), ..Filter::ANY };
                list.offerings.iter().any(|card| filter.fits(card))
            })
        });
        DayChoice {
            value: day.to_string(),
            above: if ahead == 0 { words::today().into() } else { shared::weekday_name(day).into() },
            number: day.day().to_string(),
            any: on,
        }
    });
    let chosen =
        Signal::derive(move || looking.filter.get().day.map_or_else(String::new, |day| day.to_string()));
    dates(words::which_day(), std::iter::once(any).chain(days).collect(), chosen, move |day| {
        look(Filter { day: domain::time::parse_day(&day), ..looking.filter.get_untracked() });
    })
}

fn distances(looking: Looking) -> View {
    let choices = Near::ALL.map(|near| Choice::new(near.slug(), words::near(near))).into();
    let chosen = Signal::derive(move || looking.filter.get().near.slug().to_owned());
    let chips = chips(words::how_far(), choices, chosen, move |slug| {
        let near = Near::ALL.into_iter().find(|near| near.slug() == slug).unwrap_or(Near::City);
        look(Filter { near, ..looking.filter.get_untracked() });
    });
    let from = live(move || {
        let from = if near::point().is_some() {
            words::from_me().to_owned()
        } else {
            let own = place::centre();
            looking.list.with(|list| {
                list.as_ref()
                    .and_then(|list| list.centres.iter().find(|card| card.id == own))
                    .map_or_else(String::new, |card| words::from_centre(&say(&card.name)))
            })
        };
        ui::text(from)
    });
    let ways = el("div", "buttons")
        .child(near::ask(Look::Line, centres::words::use_position()))
        .child(link_button(Look::Line, words::choose_centre(), Screen::Centres.path()))
        .done();
    el("div", "")
        .child(chips)
        .child(el("p", "small join-from").child(from).done())
        .child(near::missing())
        .child(ways)
        .done()
}

/// The button that closes the sheet, with what there is to see.
fn done(looking: Looking) -> View {
    let count = move || {
        let filter = looking.filter.get();
        looking.list.with(|list| list.as_ref().map_or(0, |list| list::count(&list::find(list, filter))))
    };
    button_el(Look::Main, move || looking.sheet.set(false))
        .live(move || {
            let count = count();
            if count == 0 { ui::text(words::show_none()) } else { ui::text(words::show(count)) }
        })
        .done()
}

fn clear(looking: Looking) -> View {
    live(move || {
        if looking.filter.get() == Filter::ANY {
            nothing()
        } else {
            ui::button(Look::Quiet, words::clear(), || look(Filter::ANY))
        }
    })
}
