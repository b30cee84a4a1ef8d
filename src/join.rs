//! Everything one can take part in, looked through by sort, for whom, day and distance.

mod filter;
mod list;
mod sheet;
mod words;

use domain::{
    centre::api::{ListOfferings, ListSeats, OfferingList},
    offering::{Kind, Seats},
};
use leptos::prelude::*;

use self::filter::Filter;
pub use self::list::offer;
use crate::{
    centres, host, place,
    ui::{Choice, Look, Page, View, button::button_el, chips, el, live, load, load_or, nothing},
};

/// What the parts of the list share.
#[derive(Clone, Copy)]
struct Looking {
    filter: Signal<Filter>,
    list: RwSignal<Option<OfferingList>>,
    seats: RwSignal<Vec<Seats>>,
    sheet: RwSignal<bool>,
}

/// The screen 报名.
pub fn join_page() -> View {
    let looking = Looking {
        filter: Signal::derive(Filter::here),
        list: RwSignal::new(None),
        seats: RwSignal::new(Vec::new()),
        sheet: RwSignal::new(false),
    };
    let city = place::city();
    let seats = load_or::<ListSeats>(
        &city,
        move |seats| {
            looking.seats.set(seats);
            nothing()
        },
        nothing,
    );
    let offerings = load::<ListOfferings>(&city, move |list| {
        looking.list.set(Some(list));
        nothing()
    });
    Page::bare(words::join())
        .with(head(looking))
        .with(kinds(looking))
        .with(offerings)
        .with(seats)
        .with(live(move || {
            let (filter, seats) = (looking.filter.get(), looking.seats);
            looking.list.with(|list| match list {
                Some(list) => seats.with(|seats| list::show(list, seats, filter)),
                None => nothing(),
            })
        }))
        .with(sheet::sheet(looking))
        .done()
}

/// The heading with what is looked for, and the button with more.
fn head(looking: Looking) -> View {
    let more = button_el(Look::SlimLine, move || looking.sheet.set(true))
        .attr("aria-haspopup", "dialog")
        .live(move || crate::ui::text(words::filter_with(looking.filter.get().count())))
        .done();
    let summary = live(move || {
        let filter = looking.filter.get();
        looking.list.with(|list| list.as_ref().map_or_else(nothing, |list| list::summary(list, filter)))
    });
    let title = el("div", "grow")
        .child(el("h1", "").text(words::join()).done())
        .child(el("p", "lede").attr("role", "status").child(summary).done())
        .done();
    el("header", "page-head row join-head").child(title).child(more).done()
}

/// The row of sorts; in elder mode it stands in the sheet, where it needs no swipe.
fn kinds(looking: Looking) -> View {
    crate::ui::choice::reveal(".join-kinds > .chips");
    el("div", "join-kinds").child(kind_chips(looking)).done()
}

fn kind_chips(looking: Looking) -> View {
    let mut choices = vec![Choice::new("", words::all())];
    choices.extend(Kind::to_join().map(|kind| Choice::new(kind.slug(), centres::words::kind(kind))));
    let chosen = Signal::derive(move || {
        looking.filter.get().kind.map_or_else(String::new, |kind| kind.slug().to_owned())
    });
    chips(words::kinds(), choices, chosen, move |kind| {
        look(Filter { kind: Kind::from_slug(&kind), ..looking.filter.get_untracked() });
    })
}

/// Looks for something else.
fn look(filter: Filter) {
    host::refine(&filter.address());
}
