//! The ready ticket: asked for, made, and lost.

use domain::{
    endpoint::Endpoint,
    failure::Problem,
    id::SlotId,
    refusal::Refusal,
    ticket::{
        Ticket, TicketDraft,
        api::{GetTicket, MakeTicket},
    },
    time::{DAY, MINUTE},
};
use leptos::{prelude::*, task::spawn_local};

use super::Desk;
use crate::{
    call::{self, Trouble},
    clock, session,
};

/// For how long after the opening a ticket may be good, in milliseconds.
const LATELY: i64 = DAY;

/// Whether a booking was refused because its ticket is void.
pub fn is_void(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Problem(Problem::Refused(why)) if why.contains(&Refusal::TicketVoid))
}

impl Desk {
    /// Asks, where the household may have made itself ready for the slot, whether it has; once.
    pub(super) fn ask_for_ticket(self) {
        if self.picked.with_value(|picked| picked.asked == picked.slot) {
            return;
        }
        if let Some(slot) = self.slot_with_ticket()
            && let Some((kept, _)) = call::kept(&GetTicket::path(&slot))
            && let Some(known) = kept.read()
        {
            self.take_ticket(&slot, known);
        }
        self.ask_for_ticket_anew();
    }

    /// Asks again whenever what is on the screen is asked for again, as it is after a refusal: another
    /// phone of the household may have made the ticket void. Not around the opening: the centre has
    /// enough to do then, and a tap finds it out itself.
    pub(super) fn follow_ticket(self) {
        let resync = call::news().resync;
        Effect::new(move |before: Option<u32>| {
            let count = resync.get();
            if before.is_some_and(|before| before != count) && !self.is_around_the_opening(MINUTE) {
                self.ask_for_ticket_anew();
            }
            count
        });
    }

    fn ask_for_ticket_anew(self) {
        let Some(slot) = self.slot_with_ticket() else { return };
        let before = self.picked.with_value(|picked| picked.ticket.clone());
        spawn_local(async move {
            let Ok(ticket) = call::read::<GetTicket>(slot.clone()).await else { return };
            // Who got ready while it was asked for knows better.
            if self.picked.try_with_value(|picked| picked.ticket == before) == Some(true) {
                self.take_ticket(&slot, ticket);
            }
        });
    }

    /// The slot, where the household may have a ticket for it.
    fn slot_with_ticket(self) -> Option<SlotId> {
        self.picked.with_value(|picked| {
            let slot = &picked.seats()?.slot;
            let lately = clock::now().0 - slot.opens.0 < LATELY;
            (lately && session::signed_in()).then(|| slot.id.clone())
        })
    }

    fn take_ticket(self, slot: &SlotId, ticket: Option<Ticket>) {
        self.change(|picked| {
            if picked.slot.as_ref() == Some(slot) {
                picked.take_ticket(ticket);
                picked.propose();
            }
        });
    }

    /// The ticket turned out to be void.
    pub(super) fn lose_ticket(self, slot: &SlotId) {
        call::forget(&GetTicket::path(slot));
        self.take_ticket(slot, None);
    }

    /// Makes the party ready: what can be checked ahead is checked now.
    pub fn get_ready(self) {
        let wanted = self
            .picked
            .with_value(|picked| Some((picked.slot.clone()?, TicketDraft { people: picked.people.clone() })));
        let Some((slot, draft)) = wanted else { return };
        self.ready.send::<MakeTicket>(slot.clone(), draft, move |ticket| {
            call::forget("/api/slots/");
            self.take_ticket(&slot, ticket);
        });
    }
}
