//! The sheet that changes how many places a slot has, and how many the counter keeps.

use domain::{
    time::CHINA,
    work::{
        NewPlaces, Roster,
        api::{GetRoster, ResizeSlot},
    },
};
use leptos::prelude::*;

use super::words;
use crate::ui::{Act, Look, View, button, el, field, sheet, text_input};

/// Kept answers that are out of date then.
const OUTDATED: [&str; 4] = ["/api/work/", "/api/offerings/", "/api/cities/", "/api/centres/"];

/// The sheet.
pub fn sheet_of(open: RwSignal<bool>, roster: &Roster) -> View {
    let places = &roster.desk.places;
    let capacity = RwSignal::new(places.capacity.to_string());
    let kept = RwSignal::new((places.kept + places.counter).to_string());
    let slot = roster.desk.slot.clone();
    let act = Act::new(CHINA);
    sheet(words::change_places(), open, move || {
        let slot = slot.clone();
        let send = move || {
            let read = |signal: RwSignal<String>| signal.get_untracked().trim().parse::<u32>().ok();
            let (Some(capacity), Some(kept)) = (read(capacity), read(kept)) else { return };
            let new = NewPlaces { capacity, kept };
            let onto = |roster: &Roster| roster.desk.slot.clone();
            act.send_onto::<ResizeSlot, GetRoster>(slot.clone(), new, &OUTDATED, onto, move |_| {
                open.set(false);
            });
        };
        let number = |id, value| text_input(id, "text", value).attr("inputmode", "numeric");
        let none = || Signal::derive(String::new);
        let buttons = el("div", "section buttons")
            .child(act.button(Look::Main, words::save(), words::saving(), send))
            .child(button(Look::Line, words::never_mind(), move || open.set(false)))
            .done();
        el("div", "")
            .child(field("capacity", words::capacity(), "", number("capacity", capacity), none()))
            .child(field("kept", words::kept(), words::kept_hint(), number("kept", kept), none()))
            .child(act.says())
            .child(buttons)
            .done()
    })
}
