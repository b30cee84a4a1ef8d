//! Where the resident is, once they have said so with a tap. It stays in this page's memory: the
//! distances are worked out on the phone, and no address ever carries the place.

use domain::geo::{Point, metres};
use leptos::prelude::*;

use super::words;
use crate::{
    host::{self, NoPosition},
    ui::{Look, View, button::button_el, icon, live, note, nothing, text},
};

/// What is known of where the resident is.
#[derive(Clone, Copy, PartialEq)]
pub enum Here {
    /// Nobody asked.
    Unknown,
    /// The phone is looking.
    Asking,
    /// There.
    Found(Point),
    /// The phone does not say.
    Missing(NoPosition),
}

thread_local! {
    // Not a signal of some screen's, which would go when that screen goes.
    static HERE: ArcRwSignal<Here> = ArcRwSignal::new(Here::Unknown);
}

fn signal() -> ArcRwSignal<Here> {
    HERE.with(Clone::clone)
}

/// What is known of where the resident is; follows changes.
pub fn here() -> Here {
    signal().get()
}

/// The place the resident is at, if they said; follows changes.
pub fn point() -> Option<Point> {
    match here() {
        Here::Found(point) => Some(point),
        _ => None,
    }
}

/// How far it is from the resident to `there`, in words; empty where their place is not known.
pub fn walk(there: Point) -> String {
    point().map_or_else(String::new, |here| words::walk(metres(here, there)))
}

/// The button that asks the phone, and what it says when there is no answer.
pub fn ask(look: Look, words: &'static str) -> View {
    let tap = move || {
        let signal = signal();
        if signal.get_untracked() != Here::Asking {
            signal.set(Here::Asking);
            host::locate(move |found| {
                signal.set(match found {
                    Ok(point) => Here::Found(point),
                    Err(why) => Here::Missing(why),
                });
            });
        }
    };
    button_el(look, tap)
        .attr_live("aria-busy", || (here() == Here::Asking).then(|| "true".to_owned()))
        .child(icon("pin"))
        .live(move || {
            text(match here() {
                Here::Asking => words::looking(),
                Here::Found(_) => words::look_again(),
                _ => words,
            })
        })
        .done()
}

/// Says that the phone does not tell its place, where it does not.
pub fn missing() -> View {
    live(|| match here() {
        Here::Missing(NoPosition::Denied) => note("note note-warn", words::denied()),
        Here::Missing(NoPosition::NotFound) => note("note note-warn", words::not_found()),
        _ => nothing(),
    })
}
