//! A meeting that is moved or called off, on the house as it stands.

use std::collections::HashMap;

use domain::{
    booking::{
        Slot,
        meeting::{self, Clash, MeetingChange},
        offer_on,
    },
    id::{BookingId, NoticeId, SlotId},
    refusal::Refusal,
    time::Moment,
};

use super::{House, NewNotice};
use crate::{booking::writer::Ask, dice::Dice, failure::Failure};

impl House {
    /// Changes when a slot meets, and tells everybody in it.
    pub(super) fn reschedule(
        &mut self,
        ask: &Ask,
        slot: &SlotId,
        change: &MeetingChange,
        clashes: &HashMap<BookingId, Clash>,
        dice: &(dyn Dice + 'static),
    ) -> Result<(), Failure> {
        let board = self.boards.get_mut(slot).filter(|_| ask.by.is_desk()).ok_or(Failure::NotFound)?;
        let old = meeting::numbered(&board.slot.meetings, change.meeting).ok_or(Refusal::SlotPast)?;
        let from = old.starts;
        board.slot = meeting::changed(&board.slot, &board.rules.terms, change, ask.now)?;
        board.rescheduled = true;
        // For who asks in the same batch as well.
        self.tickets.retain(|_, (_, of, _)| of != slot);
        let after = board.slot.clone();
        let before = self.sheets.clone();
        let sheets = &mut self.sheets;
        let happened = board.work(ask.now, |frame, parties| {
            let mut told = meeting::follow(&after, parties, sheets, (from, change), clashes, ask.now);
            // Kept places may open earlier. Of what had begun the queue has ended, whatever it is moved to.
            told.extend(offer_on(frame, parties, ask.now));
            told
        });
        board.count_offers(&happened);
        self.remember(&after);
        for (booking, noted) in before {
            if let Some(sheet) = self.sheets.get(&booking).filter(|sheet| **sheet != noted).cloned() {
                self.keep_sheet(&booking, &noted, sheet, ask.now);
            }
        }
        self.tell(slot, happened, dice);
        self.tell_entered(slot, from, change, ask.now, dice);
        Ok(())
    }

    /// Tells those who take part in the draw of a slot, whose lots are still to fall.
    fn tell_entered(
        &mut self,
        slot: &SlotId,
        from: Moment,
        change: &MeetingChange,
        now: Moment,
        dice: &(dyn Dice + 'static),
    ) {
        let Some(board) = self.boards.get(slot) else { return };
        for (account, draw) in self.entered.get(slot).into_iter().flatten() {
            let about = board.notice(change.news(from, None, Some(draw.clone())));
            let (id, account) = (NoticeId(dice.id("n")), account.clone());
            self.changes.notices.push(NewNotice { id, account, booking: None, at: now, about });
        }
    }

    /// Whoever is in the slot is there at the new times, for whatever else is asked at the same instant.
    fn remember(&mut self, after: &Slot) {
        for held in self.holds.values_mut().flatten().filter(|held| held.slot == after.id) {
            held.meetings.clone_from(&after.meetings);
        }
        for (_, one) in self.uses.values_mut().flatten().filter(|(slot, _)| *slot == after.id) {
            one.starts = after.starts();
        }
    }
}
