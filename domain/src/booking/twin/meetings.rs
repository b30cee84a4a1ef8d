//! A meeting at another time, or not at all, and every reason against it.

use super::{No, Told, Twin, Verdict};
use crate::{
    booking::{
        BookingState::{Attended, Confirmed, Offered},
        Mark, Meeting,
    },
    id::SlotId,
    refusal::Refusal,
    time::{DAY, HOUR, MINUTE, Moment, Span},
};

impl Twin {
    pub(super) fn reschedule(
        &mut self,
        slot: &SlotId,
        number: u32,
        to: Option<Span>,
        now: Moment,
    ) -> Verdict {
        let page = self.page_of(slot).ok_or(vec![No::NotFound])?;
        let against = self.against_change(page, number, to, now);
        if !against.is_empty() {
            return Err(against.into_iter().map(No::Refused).collect());
        }
        // What a ticket says was looked at for the old times.
        for (_, void) in self.tickets.iter_mut().filter(|((_, of), _)| of == slot) {
            *void = true;
        }
        let slot = &mut self.pages[page].slot;
        let before = slot.starts();
        let one = &mut slot.meetings[number as usize - 1];
        match to {
            None => one.off = true,
            Some(Span { starts, ends }) => {
                let planned = one.planned.unwrap_or(one.starts);
                *one =
                    Meeting { starts, ends, planned: Some(planned).filter(|at| *at != starts), off: false };
            }
        }
        // Whatever hangs on the start and is still ahead goes with it.
        let starts = slot.starts();
        let moved = |at: Moment| if at > now { Moment(at.0 + starts.0 - before.0) } else { at };
        (slot.closes, slot.kept_until) = (moved(slot.closes), moved(slot.kept_until));
        for party in self.on(page).collect::<Vec<_>>() {
            let one = &mut self.parties[party];
            if !one.live() {
                continue;
            }
            one.marks.retain(|(meeting, _), _| *meeting != number);
            if one.state == Attended && !one.marks.values().any(|mark| *mark == Mark::Attended) {
                (one.state, one.changed) = (Confirmed, now);
            }
            if one.state == Offered {
                one.until = one.until.min(Some(starts));
            }
            if one.stop >= Some(starts) {
                one.stop = None;
            }
            self.told.push((now, party, if to.is_some() { Told::Moved } else { Told::Off }));
        }
        self.walk(page, now);
        Ok(None)
    }

    fn against_change(&self, page: usize, number: u32, to: Option<Span>, now: Moment) -> Vec<Refusal> {
        let meetings = &self.pages[page].slot.meetings;
        let one = meetings.get((number as usize).wrapping_sub(1));
        let Some(one) = one.filter(|_| !self.pages[page].rules.terms.stay) else {
            return vec![Refusal::SlotPast];
        };
        let mut against = Vec::new();
        let too_late = if self.released(page).is_some() { one.starts } else { one.ends };
        if !one.off && too_late <= now {
            against.push(Refusal::SlotPast);
        }
        let others =
            || meetings.iter().enumerate().filter(|(at, other)| *at + 1 != number as usize && !other.off);
        let Some(to) = to else {
            if one.off || others().count() == 0 {
                against.push(Refusal::LastMeeting);
            }
            return against;
        };
        let latest = now.plus(180 * DAY);
        let minutes = (to.ends.0 - to.starts.0) / MINUTE;
        if to.starts <= now {
            against.push(Refusal::TimePast);
        }
        if to.starts > latest || minutes < 10 || to.ends > to.starts.plus(12 * HOUR) {
            against.push(Refusal::MeetingTime { latest });
        }
        let shares = |other: &Meeting| to.starts < other.ends && other.starts < to.ends;
        against.extend(
            others()
                .filter(|(_, other)| shares(other))
                .map(|(_, other)| Refusal::MeetingThen { starts: other.starts }),
        );
        if !one.off && (one.starts, one.ends) == (to.starts, to.ends) {
            against.push(Refusal::MeetingThen { starts: one.starts });
        }
        against
    }
}
