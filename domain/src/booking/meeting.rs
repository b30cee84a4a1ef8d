//! The meetings of a slot, and what becomes of one when the teacher is ill: it is moved, or called off.
//!
//! A meeting keeps its number, whatever becomes of it: who was there is noted by number. One that is
//! called off stays in the list and takes place no more; one that was moved knows when it was planned.

use core::hash::BuildHasher;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{
    BookingState::{Attended, Confirmed, Offered},
    Happening, Mark, Party, Slot, Terms,
    attendance::Sheet,
};
use crate::{
    id::{BookingId, DrawId},
    notice::News,
    refusal::Refusal,
    text::Text,
    time::{DAY, HOUR, MINUTE, Moment, Span},
};

/// How far ahead a meeting can be moved, in milliseconds.
pub const FARTHEST: i64 = 180 * DAY;
/// How short and how long a meeting can be, in milliseconds.
pub const LENGTHS: (i64, i64) = (10 * MINUTE, 12 * HOUR);

/// A meeting of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Meeting {
    /// First instant.
    pub starts: Moment,
    /// First instant after it.
    pub ends: Moment,
    /// When it was to start before the centre moved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Moment>,
    /// Whether the centre called it off.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub off: bool,
}

impl From<Span> for Meeting {
    fn from(Span { starts, ends }: Span) -> Self {
        Self { starts, ends, planned: None, off: false }
    }
}

impl Meeting {
    /// From when to when.
    pub fn span(&self) -> Span {
        Span { starts: self.starts, ends: self.ends }
    }

    /// From when to when it was to be before the centre changed anything.
    pub fn as_planned(&self) -> Span {
        let starts = self.planned.unwrap_or(self.starts);
        Span { starts, ends: starts.plus(self.ends.0 - self.starts.0) }
    }

    /// Whether somebody cannot be at both.
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.off && !other.off && self.span().overlaps(&other.span())
    }
}

/// Those that take place, with their numbers.
fn held(meetings: &[Meeting]) -> impl Iterator<Item = (u32, Meeting)> {
    let numbered = (1..).zip(meetings.iter().copied());
    numbered.filter(|(_, meeting)| !meeting.off)
}

/// When the first starts that takes place.
pub fn first_start(meetings: &[Meeting]) -> Moment {
    first(meetings).starts
}

/// The first that takes place.
pub fn first(meetings: &[Meeting]) -> Span {
    held(meetings).map(|(_, meeting)| meeting.span()).min_by_key(|span| span.starts).unwrap_or_default()
}

/// When the last ends that takes place.
pub fn last_end(meetings: &[Meeting]) -> Moment {
    held(meetings).map(|(_, meeting)| meeting.ends).max().unwrap_or_default()
}

/// How many take place.
pub fn count(meetings: &[Meeting]) -> u32 {
    u32::try_from(held(meetings).count()).unwrap_or(u32::MAX)
}

/// From when to when those are that take place.
pub fn spans(meetings: &[Meeting]) -> Vec<Span> {
    held(meetings).map(|(_, meeting)| meeting.span()).collect()
}

/// The one that is under way or next at `now`, with its number; `None` when all are over.
pub fn next(meetings: &[Meeting], now: Moment) -> Option<(u32, Meeting)> {
    held(meetings).filter(|(_, meeting)| now < meeting.ends).min_by_key(|(_, meeting)| meeting.starts)
}

/// The one with that number.
pub fn numbered(meetings: &[Meeting], number: u32) -> Option<&Meeting> {
    meetings.get(usize::try_from(number).ok()?.checked_sub(1)?)
}

/// That a meeting is to be at another time, or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeetingChange {
    /// Which meeting of the slot, counted from 1.
    pub meeting: u32,
    /// When it is instead; `None` to call it off.
    pub to: Option<Span>,
    /// Why, in words that everybody concerned is told.
    pub reason: String,
}

impl MeetingChange {
    /// What a household is told of it: what it has at the new time, or in which draw it takes part.
    pub fn news(&self, from: Moment, clash: Option<Clash>, draw: Option<DrawId>) -> News {
        let reason = self.reason.clone();
        match self.to {
            Some(to) => News::MeetingMoved { from, to, reason, clash, draw },
            None => News::MeetingOff { from, reason, draw },
        }
    }
}

/// What somebody has at the new time of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Clash {
    /// What.
    pub title: Text,
    /// When it starts.
    pub starts: Moment,
}

/// The slot as it is after the change. When it starts at another time because of it, its booking closes
/// and its kept places open as long before as they did; what is closed stays closed.
///
/// # Errors
/// The meeting is over; the new time lies behind, is too far away, too short or too long, or another
/// meeting is then; no other meeting would be left.
pub fn changed(slot: &Slot, terms: &Terms, change: &MeetingChange, now: Moment) -> Result<Slot, Refusal> {
    // What somebody lives in has no time that could be another.
    let old = numbered(&slot.meetings, change.meeting).filter(|_| !terms.stay);
    let old = old.ok_or(Refusal::SlotPast)?;
    // Where a place goes on some minutes after the start, it has gone on by then.
    let until = if terms.released(slot).is_some() { old.starts } else { old.ends };
    if !old.off && now >= until {
        return Err(Refusal::SlotPast);
    }
    let others = || held(&slot.meetings).filter(|(number, _)| *number != change.meeting);
    let new = match change.to {
        None if others().next().is_none() || old.off => return Err(Refusal::LastMeeting),
        None => Meeting { off: true, ..*old },
        Some(to) => {
            let (length, (shortest, longest)) = (to.ends.0.saturating_sub(to.starts.0), LENGTHS);
            let latest = now.plus(FARTHEST);
            if to.starts <= now {
                return Err(Refusal::TimePast);
            }
            if to.starts > latest || length < shortest || length > longest {
                return Err(Refusal::MeetingTime { latest });
            }
            let planned = old.as_planned().starts;
            let new = Meeting { planned: (planned != to.starts).then_some(planned), ..Meeting::from(to) };
            let same = Some(*old).filter(|old| !old.off && old.span() == to);
            if let Some(other) = others().map(|(_, other)| other).find(|other| other.overlaps(&new)).or(same)
            {
                return Err(Refusal::MeetingThen { starts: other.starts });
            }
            new
        }
    };
    let mut after = slot.clone();
    if let Some(place) = after.meetings.iter_mut().zip(1..).find(|(_, number)| *number == change.meeting) {
        *place.0 = new;
    }
    let later = after.starts().0 - slot.starts().0;
    for at in [&mut after.closes, &mut after.kept_until] {
        if *at > now {
            *at = at.plus(later);
        }
    }
    Ok(after)
}

/// What follows for who is in the slot: everybody is told, an offer ends when the slot starts, and what
/// was noted of the meeting is worth nothing. Nobody loses a place.
pub fn follow<S: BuildHasher>(
    after: &Slot,
    parties: &mut [Party],
    sheets: &mut HashMap<BookingId, Sheet, S>,
    (from, change): (Moment, &MeetingChange),
    clashes: &HashMap<BookingId, Clash, S>,
    now: Moment,
) -> Vec<Happening> {
    let mut told = Vec::new();
    for party in parties.iter_mut().filter(|party| party.state.is_live()) {
        if let Some(sheet) = sheets.get_mut(&party.booking) {
            sheet.retain(|(meeting, _), _| *meeting != change.meeting);
            let came = sheet.values().any(|mark| *mark == Mark::Attended);
            if party.state == Attended && !came {
                party.turn(Confirmed, now);
            }
        }
        if party.state == Offered {
            party.until = party.until.map(|until| until.min(after.starts()));
        }
        // The start is the end of all waiting.
        party.stop = party.stop.filter(|stop| *stop < after.starts());
        let news = change.news(from, clashes.get(&party.booking).cloned(), None);
        told.push(Happening { booking: party.booking.clone(), at: now, news });
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::booking::STAY;
    use crate::id::{PersonId, SlotId};

    const NOW: Moment = Moment(100 * DAY);

    fn on(day: i64) -> Span {
        Span { starts: NOW.plus(day * DAY), ends: NOW.plus(day * DAY + HOUR) }
    }

    /// A course of three meetings, a week apart; its booking closes an hour before.
    fn course() -> Slot {
        Slot {
            id: SlotId::from("s"),
            meetings: [1, 8, 15].map(|day| on(day).into()).to_vec(),
            capacity: 5,
            opens: Moment(0),
            closes: on(1).starts.plus(-HOUR),
            kept: 0,
            kept_until: on(1).starts.plus(-2 * HOUR),
            draw: None,
            drawn: false,
            called_off: false,
        }
    }

    fn change(meeting: u32, to: Option<Span>) -> MeetingChange {
        MeetingChange { meeting, to, reason: "老师病了".into() }
    }

    fn try_it(slot: &Slot, meeting: u32, to: Option<Span>) -> Result<Slot, Refusal> {
        changed(slot, &Terms::default(), &change(meeting, to), NOW)
    }

    #[test]
    fn a_meeting_that_is_moved_keeps_its_number_and_knows_when_it_was_planned() {
        let after = try_it(&course(), 2, Some(on(20))).expect("moved");
        let moved = after.meetings[1];
        assert_eq!((moved.span(), moved.planned, moved.off), (on(20), Some(on(8).starts), false));
        assert_eq!((after.starts(), after.ends()), (on(1).starts, on(20).ends));
        assert_eq!(next(&after.meetings, on(2).starts).map(|(number, _)| number), Some(3));
        assert_eq!(next(&after.meetings, on(16).starts).map(|(number, _)| number), Some(2));
        let back = try_it(&after, 2, Some(on(8))).expect("moved back");
        assert_eq!(back, course(), "as if nothing had been");
    }

    #[test]
    fn a_meeting_that_is_called_off_stays_in_the_list_and_clashes_with_nothing() {
        let after = try_it(&course(), 2, None).expect("called off");
        assert!(after.meetings[1].off);
        assert_eq!((after.meetings.len(), count(&after.meetings)), (3, 2));
        assert!(!after.meetings[1].overlaps(&on(8).into()));
        assert_eq!(next(&after.meetings, on(7).starts).map(|(number, _)| number), Some(3));
        let again = try_it(&after, 2, Some(on(8))).expect("takes place after all");
        assert_eq!(again, course());
        let other = try_it(&after, 2, Some(on(9))).expect("a substitute");
        assert_eq!(other.meetings[1].planned, Some(on(8).starts));
    }

    #[test]
    fn a_slot_that_starts_later_closes_later_and_what_is_closed_stays_so() {
        let after = try_it(&course(), 1, None).expect("called off");
        assert_eq!(after.starts(), on(8).starts);
        assert_eq!(
            (after.closes, after.kept_until),
            (on(8).starts.plus(-HOUR), on(8).starts.plus(-2 * HOUR))
        );
        let closed = Slot { closes: NOW, ..course() };
        assert_eq!(try_it(&closed, 1, Some(on(3))).expect("moved").closes, NOW);
    }

    #[test]
    fn a_new_time_lies_ahead_is_sane_and_has_no_other_meeting() {
        let slot = course();
        let latest = NOW.plus(FARTHEST);
        let odd = Err(Refusal::MeetingTime { latest });
        let long = |length| Some(Span { starts: on(3).starts, ends: on(3).starts.plus(length) });
        assert_eq!(try_it(&slot, 2, Some(on(0))), Err(Refusal::TimePast));
        assert_eq!(try_it(&slot, 2, Some(on(181))), odd);
        for length in [-HOUR, 0, 10 * MINUTE - 1, 12 * HOUR + 1] {
            assert_eq!(try_it(&slot, 2, long(length)), odd, "{length}");
        }
        assert!(try_it(&slot, 2, long(10 * MINUTE)).is_ok() && try_it(&slot, 2, long(12 * HOUR)).is_ok());
        for (to, then) in [(on(15), on(15)), (on(8), on(8))] {
            assert_eq!(try_it(&slot, 2, Some(to)), Err(Refusal::MeetingThen { starts: then.starts }));
        }
        assert_eq!(try_it(&slot, 4, None), Err(Refusal::SlotPast), "there is none");
    }

    #[test]
    fn what_is_lived_in_is_not_moved() {
        let terms = Terms { stay: true, ..Terms::default() };
        for meeting in [STAY, on(20)] {
            let slot = Slot { meetings: vec![meeting.into()], ..course() };
            assert_eq!(changed(&slot, &terms, &change(1, Some(on(5))), NOW), Err(Refusal::SlotPast));
        }
    }

    #[test]
    fn what_is_over_is_not_changed_and_one_meeting_stays() {
        let try_at = |terms: Terms, slot: &Slot, now| changed(slot, &terms, &change(1, Some(on(5))), now);
        let (slot, first) = (course(), on(1));
        assert!(try_at(Terms::default(), &slot, first.ends.plus(-1)).is_ok(), "the teacher never came");
        assert_eq!(try_at(Terms::default(), &slot, first.ends), Err(Refusal::SlotPast));
        let one = Slot { meetings: vec![first.into()], ..course() };
        let grace = Terms { grace_minutes: Some(10), ..Terms::default() };
        assert!(try_at(grace, &one, first.starts.plus(-1)).is_ok());
        assert_eq!(try_at(grace, &one, first.starts), Err(Refusal::SlotPast), "places have gone on");
        assert_eq!(try_it(&one, 1, None), Err(Refusal::LastMeeting));
        assert!(try_it(&one, 1, Some(on(2))).is_ok());
    }

    fn party(booking: &str, state: super::super::BookingState) -> Party {
        Party {
            booking: booking.into(),
            account: "a".into(),
            seq: 1,
            size: 1,
            people: 1,
            state,
            until: (state == Offered).then(|| on(1).starts),
            stop: None,
            was: None,
            shared: false,
            host: None,
            counter: false,
            reason: None,
            made: Moment(0),
            changed: Moment(0),
        }
    }

    #[test]
    fn everybody_in_the_slot_is_told_and_who_was_there_too_early_was_not() {
        use super::super::BookingState::{Cancelled, Waitlisted};
        let states =
            [("b1", Attended), ("b2", Offered), ("b3", Waitlisted), ("b4", Cancelled), ("b5", Attended)];
        let mut parties = states.map(|(booking, state)| party(booking, state));
        let sheet = |meetings: &[u32]| -> Sheet {
            meetings.iter().map(|meeting| ((*meeting, PersonId::from("p")), Mark::Attended)).collect()
        };
        let mut sheets = HashMap::from([("b1".into(), sheet(&[1])), ("b5".into(), sheet(&[1, 2]))]);
        let earlier = Span { starts: NOW.plus(HOUR), ends: NOW.plus(2 * HOUR) };
        let change = change(1, Some(earlier));
        let after = changed(&course(), &Terms::default(), &change, NOW).expect("moved");
        let clash = Clash { title: Text::only("合唱"), starts: earlier.starts };
        let clashes = HashMap::from([("b3".into(), clash.clone())]);
        let from = on(1).starts;
        let told = follow(&after, &mut parties, &mut sheets, (from, &change), &clashes, NOW);
        let told: Vec<_> = told.into_iter().map(|one| (one.booking.0, one.news)).collect();
        let news =
            |clash| News::MeetingMoved {
                from, to: earlier, reason: "老师病了".into(), clash, draw: None
            };
        let expected = [("b1", None), ("b2", None), ("b3", Some(clash)), ("b5", None)];
        assert_eq!(told, expected.map(|(booking, clash)| (booking.to_owned(), news(clash))));
        assert_eq!(parties[0].state, Confirmed);
        assert_eq!(parties[1].until, Some(earlier.starts), "an offer ends when the slot starts");
        assert_eq!((parties[3].state, parties[4].state), (Cancelled, Attended));
        assert_eq!(sheets[&BookingId::from("b5")], sheet(&[2]));
    }
}
