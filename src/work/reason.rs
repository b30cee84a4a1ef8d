//! The sheets that take something back: a reason is needed, and everybody concerned is told it.

mod words;

use domain::{
    booking::{Alternative, api::ListAlternatives},
    id::{BookingId, SlotId},
    time::CHINA,
    work::{
        Because, CentreDay,
        api::{CloseDay, CloseSlot, GetRoster, GetWorkDay, WithdrawPlace},
        check_reason,
    },
};
use leptos::prelude::*;

use super::words as shared;
use crate::{
    call,
    lang::say,
    trouble,
    ui::{Act, Choice, Look, View, button, chips, el, field, fill, load_or, nothing, sheet, text_input},
    words as common,
};

/// Kept answers that are out of date once places were taken back.
const OUTDATED: [&str; 4] = ["/api/work/", "/api/offerings/", "/api/cities/", "/api/centres/"];

/// The words of such a sheet.
#[derive(Clone, Copy)]
struct Say {
    title: &'static str,
    words: &'static str,
    yes: &'static str,
    meanwhile: &'static str,
    no: &'static str,
}

/// The sheet that takes a party's place back; `whose` is the booking while it is open.
pub fn withdraw(open: RwSignal<bool>, whose: RwSignal<Option<BookingId>>, slot: SlotId) -> View {
    let say = Say {
        title: words::withdraw_title(),
        words: words::withdraw_words(),
        yes: words::withdraw_yes(),
        meanwhile: words::withdrawing(),
        no: words::keep(),
    };
    let (act, typed) = (Act::new(CHINA), RwSignal::new(String::new()));
    let tap = move |reason: String| {
        let Some(booking) = whose.get_untracked() else { return };
        let because = Because { reason };
        let onto = |roster: &domain::work::Roster| roster.desk.slot.clone();
        act.send_onto::<WithdrawPlace, GetRoster>(booking, because, &OUTDATED, onto, move |_| {
            open.set(false);
            typed.set(String::new());
        });
    };
    asking(say, open, act, typed, move || nearest(&slot), tap)
}

/// The sheet that closes a slot.
pub fn close_slot(open: RwSignal<bool>, slot: SlotId) -> View {
    let say = closing(shared::close_slot(), words::close_words());
    let (act, typed) = (Act::new(CHINA), RwSignal::new(String::new()));
    let tap = move |reason: String| {
        let onto = |roster: &domain::work::Roster| roster.desk.slot.clone();
        let done = move |_| open.set(false);
        act.send_onto::<CloseSlot, GetRoster>(slot.clone(), Because { reason }, &OUTDATED, onto, done);
    };
    asking(say, open, act, typed, nothing, tap)
}

/// The sheet that closes a whole day.
pub fn close_day(open: RwSignal<bool>, day: CentreDay) -> View {
    let say = closing(shared::close_day(), words::close_day_words());
    let (act, typed) = (Act::new(CHINA), RwSignal::new(String::new()));
    let tap = move |reason: String| {
        let onto = day.clone();
        let done = move |_| open.set(false);
        act.send_onto::<CloseDay, GetWorkDay>(
            day.clone(),
            Because { reason },
            &OUTDATED,
            move |_| onto,
            done,
        );
    };
    asking(say, open, act, typed, nothing, tap)
}

fn closing(title: &'static str, words: &'static str) -> Say {
    Say { title, words, yes: words::close_yes(), meanwhile: words::closing(), no: shared::never_mind() }
}

fn asking(
    say: Say,
    open: RwSignal<bool>,
    act: Act,
    typed: RwSignal<String>,
    also: impl Fn() -> View + Clone + Send + 'static,
    tap: impl Fn(String) + Clone + Send + 'static,
) -> View {
    let tried = RwSignal::new(false);
    sheet(say.title, open, move || {
        let error = Signal::derive(move || {
            let wrong = check_reason(&typed.get());
            let said = tried.get();
            wrong.first().filter(|_| said).map(|one| trouble::refusal(one, CHINA)).unwrap_or_default()
        });
        let choices = words::reasons().into_iter().map(|reason| Choice::new(reason, reason)).collect();
        let pick = chips(words::common_reasons(), choices, typed.into(), move |reason| {
            fill("reason", &reason);
            typed.set(reason);
        });
        let tap = tap.clone();
        let send = move || {
            tried.set(true);
            let reason = typed.get_untracked();
            if check_reason(&reason).is_empty() {
                tap(reason);
            }
        };
        let buttons = el("div", "section buttons")
            .child(act.button(Look::Main, say.yes, say.meanwhile, send))
            .child(button(Look::Line, say.no, move || open.set(false)))
            .done();
        el("div", "stack")
            .child(el("p", "").text(say.words).done())
            .child(also())
            .child(field(
                "reason",
                words::reason(),
                words::reason_hint(),
                text_input("reason", "text", typed),
                error,
            ))
            .child(pick)
            .child(act.says())
            .child(buttons)
            .done()
    })
}

/// What the party will be shown instead.
fn nearest(slot: &SlotId) -> View {
    load_or::<ListAlternatives>(slot, |all| first(all.first()), nothing)
}

fn first(alternative: Option<&Alternative>) -> View {
    let words = match alternative {
        Some(other) => {
            let when = common::moment(other.starts, other.zone);
            format!("{}{} · {} · {when}", words::nearest(), say(&other.title), say(&other.centre_name))
        }
        None => words::no_nearest().to_owned(),
    };
    el("p", "note").text(words).done()
}

/// Forgets what is out of date after a write of the workbench that shows its answer by itself.
pub fn outdated() {
    for prefix in OUTDATED {
        call::forget(prefix);
    }
    call::refresh();
}
