//! The sheet that moves a meeting or calls it off, when the teacher is ill: who is elsewhere at the new
//! time is named before anything is sent.

mod words;

use domain::{
    booking::{is_stay, meeting::MeetingChange},
    id::BookingId,
    time::{Moment, Span, Zone, parse_day, write_day},
    work::{
        Roster,
        api::{ChangeMeeting, GetRoster, ListClashes},
    },
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    reason::{OUTDATED, Say, asking},
    words as shared,
};
use crate::{
    call, clock, host,
    ui::{Act, Choice, Look, View, button, chips, el, field, live, note, nothing, text_input},
    words as common,
};

/// The choice that calls a meeting off.
const OFF: &str = "off";
/// The choice that moves it.
const MOVE: &str = "move";

/// The sheet, what is typed into it, and who is elsewhere then. It outlives the list.
#[derive(Clone, Copy)]
pub struct Change {
    open: RwSignal<bool>,
    /// The list that it was opened from, at the meeting that is shown.
    roster: StoredValue<Option<Roster>, LocalStorage>,
    what: RwSignal<String>,
    day: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    reason: RwSignal<String>,
    /// Who of the slot is elsewhere at the time that is typed.
    clashes: RwSignal<Vec<BookingId>>,
    tried: RwSignal<bool>,
    act: Act,
}

impl Change {
    /// Shut.
    pub fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            open: RwSignal::new(false),
            roster: StoredValue::new_local(None),
            what: empty(),
            day: empty(),
            from: empty(),
            to: empty(),
            reason: empty(),
            clashes: RwSignal::new(Vec::new()),
            tried: RwSignal::new(false),
            act: Act::new(domain::time::CHINA),
        }
    }

    /// The button that opens it; nothing for a meeting that is over, and where somebody lives.
    pub fn opener(self, roster: &Roster) -> View {
        let desk = &roster.desk;
        if is_stay(desk.span.starts) || (!desk.off && desk.span.ends <= clock::now()) {
            return nothing();
        }
        let words = if desk.meetings > 1 { words::change_one() } else { words::change_only() };
        let roster = roster.clone();
        button(Look::Line, words, move || self.start(&roster))
    }

    fn start(self, roster: &Roster) {
        let (span, zone) = (roster.desk.span, roster.zone);
        let time = |at: Moment| common::clock(at, zone);
        self.what.set(MOVE.to_owned());
        self.day.set(write_day(span.starts.day(zone)));
        self.from.set(time(span.starts));
        self.to.set(time(span.ends));
        self.reason.set(String::new());
        self.clashes.set(Vec::new());
        self.tried.set(false);
        self.roster.set_value(Some(roster.clone()));
        self.open.set(true);
    }

    /// The sheet.
    pub fn view(self) -> View {
        self.watch_clashes();
        let say = move || Say {
            words: words::told().to_owned(),
            yes: words::yes(),
            meanwhile: words::changing(),
            no: shared::never_mind(),
            reason: words::reason(),
            hint: words::reason_hint(),
            often: words::reasons().into(),
        };
        let also = move || {
            let roster = self.roster.get_value();
            roster.map_or_else(nothing, |roster| self.form(&roster))
        };
        asking(words::title(), self.open, say, (self.act, self.reason), also, move |reason| self.send(reason))
    }

    fn form(self, roster: &Roster) -> View {
        let desk = &roster.desk;
        let mut choices = vec![Choice::new(MOVE, words::move_it())];
        if desk.meetings > 1 && !desk.off {
            choices.push(Choice::new(OFF, words::call_it_off()));
        }
        let which = if desk.meetings > 1 { words::which(desk.meeting) } else { String::new() };
        let when = format!("{which}{}", common::when(desk.span, roster.zone));
        let choose = move |what| self.what.set(what);
        let pick = chips(words::what(), choices, self.what.into(), choose);
        el("div", "stack")
            .child(el("p", "lede").text(when).done())
            .child(pick)
            .child(live(move || if self.what.get() == MOVE { self.times() } else { nothing() }))
            .child(live(move || self.named()))
            .done()
    }

    /// The new time.
    fn times(self) -> View {
        let error = Signal::derive(move || {
            let wrong = self.tried.get() && self.span().is_none();
            if wrong { words::no_time().to_owned() } else { String::new() }
        });
        let quiet = || Signal::derive(String::new);
        el("div", "stack")
            .child(field("new-day", words::day(), "", text_input("new-day", "date", self.day), error))
            .child(field("new-from", words::from(), "", text_input("new-from", "time", self.from), quiet()))
            .child(field("new-to", words::to(), "", text_input("new-to", "time", self.to), quiet()))
            .done()
    }

    /// Who is elsewhere at the new time.
    fn named(self) -> View {
        let clashes = self.clashes.get();
        if clashes.is_empty() || self.what.get() == OFF {
            return nothing();
        }
        let names = self.roster.with_value(|roster| {
            let parties = roster.iter().flat_map(|roster| &roster.parties);
            let clash = parties.filter(|party| clashes.contains(&party.booking));
            clash.map(shared::names).collect::<Vec<_>>()
        });
        note("note note-warn", words::clashes(clashes.len(), &names))
    }

    /// The time that is typed, if it is one.
    fn span(self) -> Option<Span> {
        let zone = self.roster.with_value(|roster| roster.as_ref().map(|roster| roster.zone))?;
        read(&self.day.get(), &self.from.get(), &self.to.get(), zone)
    }

    /// Asks who is elsewhere, whenever another time is typed.
    fn watch_clashes(self) {
        Effect::new(move |_| {
            // Asked first, so that it is heard of: nothing is typed before it opens.
            let open = self.open.get();
            let span = self.span().filter(|_| open);
            let slot = self.roster.with_value(|roster| roster.as_ref().map(|one| one.desk.slot.clone()));
            self.clashes.set(Vec::new());
            let (Some(span), Some(slot)) = (span, slot) else { return };
            spawn_local(async move {
                let found = call::write::<ListClashes>(&host::new_key(), slot, &span).await;
                // Another time may have been typed meanwhile.
                if self.day.try_get_untracked().is_some() && untrack(|| self.span()) == Some(span) {
                    self.clashes.set(found.unwrap_or_default());
                }
            });
        });
    }

    fn send(self, reason: String) {
        self.tried.set(true);
        let Some(roster) = self.roster.get_value() else { return };
        let moves = self.what.get_untracked() == MOVE;
        let to = untrack(|| self.span()).filter(|_| moves);
        if moves && to.is_none() {
            return;
        }
        let change = MeetingChange { meeting: roster.desk.meeting, to, reason };
        let onto = |roster: &Roster| roster.desk.slot.clone();
        let done = move |_| self.open.set(false);
        self.act.send_onto::<ChangeMeeting, GetRoster>(roster.desk.slot, change, &OUTDATED, onto, done);
    }
}

/// What was typed, as a time; `None` while it is none.
fn read(day: &str, from: &str, to: &str, zone: Zone) -> Option<Span> {
    let minutes = |text: &str| {
        let (hours, minutes) = text.trim().split_once(':')?;
        let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.get(..2)?.parse::<i64>().ok()?);
        ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
    };
    let day = parse_day(day.trim())?;
    let (from, to) = (minutes(from)?, minutes(to)?);
    (from < to).then(|| Span { starts: zone.moment(day, from), ends: zone.moment(day, to) })
}

/// What the centre changed about the meeting that is shown.
pub fn changed(roster: &Roster) -> View {
    let desk = &roster.desk;
    if desk.off {
        return note("note note-warn", words::is_off());
    }
    match desk.planned {
        Some(planned) => note("note", words::was_moved(planned, roster.zone)),
        None => nothing(),
    }
}
