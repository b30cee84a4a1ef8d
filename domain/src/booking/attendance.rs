//! Who was there, meeting by meeting: a course has many under one booking.
//!
//! A booking counts as attended once anybody of its party was at any of its meetings. Not to have been
//! at a meeting is noted and no more: the mark that takes a booking of the week away is for slots of
//! one meeting whose place went on after the grace time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    BookingState::{Attended, Confirmed, Missed},
    Frame, Happening, Meeting, Party,
    deeds::{ARRIVE, gone},
    meeting,
    settle::released,
};
use crate::{
    id::PersonId,
    notice::News,
    refusal::Refusal,
    time::{DAY, Moment, Span},
};

/// For how long after a meeting its list can be mended, in milliseconds: paper comes in later.
pub const MEND: i64 = 7 * DAY;

/// How it was with somebody at a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// They were there.
    Attended,
    /// They were not.
    Absent,
    /// They were not, and said so.
    Excused,
}

impl Mark {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Attended, Self::Absent, Self::Excused];

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Attended => "attended",
            Self::Absent => "absent",
            Self::Excused => "excused",
        }
    }

    /// Reads the name from the database.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.name() == name)
    }
}

/// What is noted of somebody at a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attendance {
    /// Which meeting of the slot, counted from 1.
    pub meeting: u32,
    /// Who.
    pub person: PersonId,
    /// How it was.
    pub mark: Mark,
}

/// What is to be noted of somebody at a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// Which meeting of the slot, counted from 1.
    pub meeting: u32,
    /// Who.
    pub person: PersonId,
    /// How it was; `None` to note nothing.
    pub mark: Option<Mark>,
}

/// What is noted of a party: by meeting, counted from 1, and person.
pub type Sheet = BTreeMap<(u32, PersonId), Mark>;

/// A sheet as a list in the order of the meetings.
pub fn listed(sheet: &Sheet) -> Vec<Attendance> {
    let line = |((meeting, person), mark): (&(u32, PersonId), &Mark)| Attendance {
        meeting: *meeting,
        person: person.clone(),
        mark: *mark,
    };
    sheet.iter().map(line).collect()
}

/// The meeting one can check in to at `now`, counted from 1: the next that takes place, from half an
/// hour before it starts.
///
/// # Errors
/// Too early for it; all are over.
pub fn at_hand(meetings: &[Meeting], now: Moment) -> Result<u32, Refusal> {
    let (number, next) = meeting::next(meetings, now).ok_or(Refusal::CannotArrive)?;
    let from = next.starts.plus(-ARRIVE);
    if now < from {
        return Err(Refusal::TooEarlyToArrive { from });
    }
    Ok(number)
}

/// Notes that a party was at a meeting: all of it but who is excused, or all where all are.
pub fn arrive(sheet: &mut Sheet, people: &[PersonId], meeting: u32) {
    let excused = |person: &&PersonId| sheet.get(&(meeting, (*person).clone())) == Some(&Mark::Excused);
    let mut there: Vec<&PersonId> = people.iter().filter(|person| !excused(person)).collect();
    if there.is_empty() {
        there = people.iter().collect();
    }
    for person in there {
        sheet.insert((meeting, person.clone()), Mark::Attended);
    }
}

/// Whether a note can be made at `now` for a meeting: that somebody excuses themselves long before it,
/// all else from half an hour before it; nothing more a week after it.
///
/// # Errors
/// Too early, too late.
pub fn may_note(meeting: Span, mark: Option<Mark>, now: Moment) -> Result<(), Refusal> {
    let (from, closed) = (meeting.starts.plus(-ARRIVE), meeting.ends.plus(MEND));
    match mark {
        Some(Mark::Attended | Mark::Absent) if now < from => Err(Refusal::TooEarlyToArrive { from }),
        _ if now >= closed => Err(Refusal::ListClosed { closed }),
        _ => Ok(()),
    }
}

/// Notes how it was with one of the party at `at`, and lets the booking follow: attended where anybody
/// was anywhere, otherwise as if nobody had come yet.
///
/// # Errors
/// The party has no place; [`may_note`]; no such meeting, which is told as [`Refusal::CannotArrive`].
pub fn note(
    frame: &Frame<'_>,
    parties: &mut [Party],
    at: usize,
    sheet: &mut Sheet,
    note: &Note,
    now: Moment,
) -> Result<Vec<Happening>, Refusal> {
    if !matches!(parties[at].state, Confirmed | Attended) {
        return Err(Refusal::CannotArrive);
    }
    let meeting = meeting::numbered(&frame.slot.meetings, note.meeting).filter(|meeting| !meeting.off);
    may_note(meeting.ok_or(Refusal::CannotArrive)?.span(), note.mark, now)?;
    let line = (note.meeting, note.person.clone());
    match note.mark {
        Some(mark) => drop(sheet.insert(line, mark)),
        None => drop(sheet.remove(&line)),
    }
    let came = sheet.values().any(|mark| *mark == Mark::Attended);
    match (parties[at].state, came) {
        (Confirmed, true) => parties[at].turn(Attended, now),
        (Attended, false) if released(frame, &parties[at]).is_some_and(|released| released <= now) => {
            parties[at].turn(Missed, now);
            let mut told =
                vec![Happening { booking: parties[at].booking.clone(), at: now, news: News::Missed }];
            told.extend(gone(frame, parties, at, now));
            return Ok(told);
        }
        (Attended, false) => parties[at].turn(Confirmed, now),
        _ => {}
    }
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{HOUR, MINUTE};

    fn meetings() -> Vec<Meeting> {
        let on = |day: i64| Span { starts: Moment(day * DAY), ends: Moment(day * DAY + HOUR) };
        vec![on(10).into(), on(17).into()]
    }

    #[test]
    fn each_meeting_has_its_half_hour_and_its_end() {
        let meetings = meetings();
        let first = meetings[0].starts;
        let early = |from| Err(Refusal::TooEarlyToArrive { from });
        assert_eq!(at_hand(&meetings, first.plus(-ARRIVE - 1)), early(first.plus(-ARRIVE)));
        assert_eq!(at_hand(&meetings, first.plus(-ARRIVE)), Ok(1));
        assert_eq!(at_hand(&meetings, first.plus(HOUR - 1)), Ok(1));
        assert_eq!(at_hand(&meetings, first.plus(HOUR)), early(meetings[1].starts.plus(-ARRIVE)));
        assert_eq!(at_hand(&meetings, meetings[1].starts), Ok(2));
        assert_eq!(at_hand(&meetings, meetings[1].ends), Err(Refusal::CannotArrive));
    }

    #[test]
    fn who_is_excused_stays_so_when_the_others_come() {
        let people = [PersonId::from("a"), PersonId::from("b")];
        let mut sheet = Sheet::from([((1, people[0].clone()), Mark::Excused)]);
        arrive(&mut sheet, &people, 1);
        assert_eq!(sheet[&(1, people[0].clone())], Mark::Excused);
        assert_eq!(sheet[&(1, people[1].clone())], Mark::Attended);
        arrive(&mut sheet, &people[..1], 1);
        assert_eq!(sheet[&(1, people[0].clone())], Mark::Attended, "who comes after all is there");
    }

    #[test]
    fn a_list_opens_before_its_meeting_and_closes_a_week_after() {
        let meeting = meetings()[0].span();
        let early = meeting.starts.plus(-3 * DAY);
        assert_eq!(may_note(meeting, Some(Mark::Excused), early), Ok(()));
        assert_eq!(may_note(meeting, None, early), Ok(()));
        let from = meeting.starts.plus(-30 * MINUTE);
        for mark in [Mark::Attended, Mark::Absent] {
            assert_eq!(may_note(meeting, Some(mark), early), Err(Refusal::TooEarlyToArrive { from }));
            assert_eq!(may_note(meeting, Some(mark), from), Ok(()));
        }
        let closed = meeting.ends.plus(7 * DAY);
        assert_eq!(may_note(meeting, Some(Mark::Absent), closed.plus(-1)), Ok(()));
        assert_eq!(may_note(meeting, Some(Mark::Absent), closed), Err(Refusal::ListClosed { closed }));
    }
}
