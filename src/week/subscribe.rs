//! The week in the phone's own calendar: a secret address, shown once.

use domain::{
    calendar::{
        Subscription,
        api::{GetCalendar, MakeCalendar, RemoveCalendar},
    },
    time::CHINA,
};
use leptos::prelude::*;

use super::words;
use crate::{
    call,
    ui::{self, Act, Look, View, copy_field, el, live, load_or, nothing},
};

/// Where the address is made, changed and taken away.
pub fn section() -> View {
    let (make, stop) = (Act::new(CHINA), Act::new(CHINA));
    let fresh = RwSignal::new(None::<String>);
    let panel = load_or::<GetCalendar>(&(), move |state| panel(state, fresh, make, stop), nothing);
    ui::section(words::subscribe(), None, vec![panel])
}

fn panel(state: Subscription, fresh: RwSignal<Option<String>>, make: Act, stop: Act) -> View {
    let there = move || state.made.is_some() || fresh.with(Option::is_some);
    let renew = move || {
        make.send::<MakeCalendar>((), (), move |address| {
            call::forget("/api/calendar");
            let origin = window().location().origin().unwrap_or_default();
            fresh.set(Some(origin + &address.path));
            call::refresh();
        });
    };
    let end = move || {
        stop.send_onto::<RemoveCalendar, GetCalendar>(
            (),
            (),
            &["/api/calendar"],
            |_| (),
            move |_| {
                fresh.set(None);
            },
        );
    };
    let said = live(move || match (fresh.get(), state.made) {
        (Some(address), _) => el("div", "stack")
            .child(copy_field("calendar-address", words::address(), words::address_once(), address))
            .child(el("p", "small").text(words::how()).done())
            .done(),
        (None, Some(at)) => el("p", "small").text(words::made(at)).done(),
        (None, None) => el("p", "small").text(words::what()).done(),
    });
    let buttons = live(move || {
        let buttons = el("div", "stack section");
        if there() {
            buttons
                .child(make.button(Look::Line, words::another(), words::making(), renew))
                .child(stop.button(Look::Quiet, words::stop(), words::stopping(), end))
        } else {
            buttons.child(make.button(Look::Line, words::make(), words::making(), renew))
        }
        .done()
    });
    el("div", "card").child(said).child(make.says()).child(stop.says()).child(buttons).done()
}
