//! The sheets that take something back: a reason is needed, and everybody concerned is told it.

mod words;

use domain::{
    booking::Alternative,
    id::{BookingId, SlotId},
    time::CHINA,
    work::{
        Because, CentreDay,
        api::{CloseDay, CloseSlot, GetRoster, GetWorkDay, ListInstead, WithdrawPlace},
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
pub const OUTDATED: [&str; 4] = ["/api/work/", "/api/offerings/", "/api/cities/", "/api/centres/"];

/// The words of such a sheet, beside its title.
#[derive(Clone)]
pub struct Say {
    pub words: String,
    pub yes: &'static str,
    pub meanwhile: &'static str,
    pub no: &'static str,
    /// What is asked for, what of it is said, and what is often answered.
    pub reason: &'static str,
    pub hint: &'static str,
    pub often: Vec<&'static str>,
}

/// The sheet that takes a party's place back; `whose` is the booking while it is open.
pub fn withdraw(open: RwSignal<bool>, whose: RwSignal<Option<BookingId>>) -> View {
    let say = saying(words::withdraw_words(), [words::withdraw_yes(), words::withdrawing(), words::keep()]);
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
    let also = move || nearest(whose.get_untracked().as_ref());
    asking(words::withdraw_title(), open, move || say.clone(), (act, typed), also, tap)
}

/// The sheet that closes a slot.
pub fn close_slot(open: RwSignal<bool>, slot: SlotId) -> View {
    let say = closing(words::close_words());
    let (act, typed) = (Act::new(CHINA), RwSignal::new(String::new()));
    let tap = move |reason: String| {
        let onto = |roster: &domain::work::Roster| roster.desk.slot.clone();
        let done = move |_| open.set(false);
        act.send_onto::<CloseSlot, GetRoster>(slot.clone(), Because { reason }, &OUTDATED, onto, done);
    };
    asking(shared::close_slot(), open, move || say.clone(), (act, typed), nothing, tap)
}

/// The sheet that closes a whole day.
pub fn close_day(open: RwSignal<bool>, day: CentreDay) -> View {
    let say = closing(words::close_day_words());
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
    asking(shared::close_day(), open, move || say.clone(), (act, typed), nothing, tap)
}

fn closing(words: &'static str) -> Say {
    saying(words, [words::close_yes(), words::closing(), shared::never_mind()])
}

fn saying(words: &'static str, [yes, meanwhile, no]: [&'static str; 3]) -> Say {
    Say {
        words: words.to_owned(),
        yes,
        meanwhile,
        no,
        reason: words::reason(),
        hint: words::reason_hint(),
        often: words::reasons().into(),
    }
}

/// A sheet that asks for a reason, and does nothing without one. `say` is asked each time it opens.
pub fn asking(
    title: &'static str,
    open: RwSignal<bool>,
    say: impl Fn() -> Say + Clone + Send + 'static,
    (act, typed): (Act, RwSignal<String>),
    also: impl Fn() -> View + Clone + Send + 'static,
    tap: impl Fn(String) + Clone + Send + 'static,
) -> View {
    let tried = RwSignal::new(false);
    sheet(title, open, move || {
        let say = say();
        tried.set(false);
        let error = Signal::derive(move || {
            let wrong = check_reason(&typed.get());
            let said = tried.get();
            wrong.first().filter(|_| said).map(|one| trouble::refusal(one, CHINA)).unwrap_or_default()
        });
        let choices = say.often.iter().map(|reason| Choice::new(*reason, *reason)).collect();
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
            .child(field("reason", say.reason, say.hint, text_input("reason", "text", typed), error))
            .child(pick)
            .child(act.says())
            .child(buttons)
            .done()
    })
}

/// What the party will be shown instead.
fn nearest(booking: Option<&BookingId>) -> View {
    booking.map_or_else(nothing, |booking| load_or::<ListInstead>(booking, |all| first(all.first()), nothing))
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
