//! What the desk does for who calls: an offer taken or let go, a booking given back or taken up again, on
//! their word, with how they asked.

mod words;

use domain::{
    booking::meeting,
    id::BookingId,
    time::CHINA,
    work::{
        CallerDeed, ForCaller, Party, Roster,
        api::{AnswerForCaller, GetRoster},
    },
};
use leptos::prelude::*;

use super::{
    reason::{self, Say},
    words as shared,
};
use crate::{
    clock,
    ui::{Act, Look, View, button::button_el, nothing},
};

/// What is about to be done for whom, while the sheet is open.
#[derive(Clone)]
pub struct Wish {
    booking: BookingId,
    who: String,
    deed: CallerDeed,
}

/// The sheet, and what it is about. It outlives the list, which is drawn anew.
#[derive(Clone, Copy)]
pub struct Sheet {
    open: RwSignal<bool>,
    wish: RwSignal<Option<Wish>>,
}

impl Sheet {
    /// Shut.
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), wish: RwSignal::new(None) }
    }

    /// The buttons for what can be done for a party now.
    pub fn buttons(self, roster: &Roster, party: &Party) -> Vec<View> {
        let starts = meeting::first_start(&roster.meetings);
        let now = clock::now();
        let who = shared::names(party);
        let fitting = CallerDeed::ALL.into_iter().filter(|deed| deed.fits(party, starts, now));
        fitting
            .map(|deed| {
                let wish = Wish { booking: party.booking.clone(), who: who.clone(), deed };
                let button = button_el(Look::SlimLine, move || {
                    self.wish.set(Some(wish.clone()));
                    self.open.set(true);
                });
                button.attr("aria-label", words::deed_for(deed, &who)).text(words::deed(deed)).done()
            })
            .collect()
    }

    /// The sheet that asks how they asked.
    pub fn view(self) -> View {
        let (act, typed) = (Act::new(CHINA), RwSignal::new(String::new()));
        let tap = move |note: String| {
            let Some(wish) = self.wish.get_untracked() else { return };
            let input = ForCaller { deed: wish.deed, note };
            let onto = |roster: &Roster| roster.desk.slot.clone();
            let outdated = &reason::OUTDATED;
            act.send_onto::<AnswerForCaller, GetRoster>(wish.booking, input, outdated, onto, move |_| {
                self.open.set(false);
            });
        };
        // Each has a call of its own, and a key: nothing of the last one stays.
        Effect::new(move |_| {
            if !self.open.get() {
                typed.set(String::new());
                act.renew();
            }
        });
        let say = move || {
            let wish = self.wish.get_untracked();
            let (deed, who) = wish.map_or((CallerDeed::Cancel, String::new()), |wish| (wish.deed, wish.who));
            Say {
                words: words::about(deed, &who),
                yes: words::yes(deed),
                meanwhile: words::meanwhile(),
                no: shared::never_mind(),
                reason: words::how(),
                hint: words::how_hint(),
                often: words::ways().into(),
            }
        };
        reason::asking(words::title(), self.open, say, (act, typed), nothing, tap)
    }
}
