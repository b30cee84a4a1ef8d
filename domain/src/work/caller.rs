//! Who calls or stands at the desk: who is booked for, and for whom the desk answers and gives back.

use serde::{Deserialize, Serialize};

use super::{LONGEST_REASON, Party, check_reason};
use crate::{
    booking::{BookingState, may_cancel},
    circle::read_card,
    household::{LONGEST_NAME, is_birthday},
    id::SlotId,
    refusal::Refusal,
    session::Phone,
    time::{Day, Moment},
};

/// Somebody who comes along with a caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Along {
    /// Date of birth, where it was said: children have one where their age counts.
    #[serde(with = "crate::time::day_text_option", default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Day>"))]
    pub born: Option<Day>,
}

/// The most people that come along with a caller.
pub const MOST_ALONG: u32 = 8;

/// A caller or somebody at the desk who is booked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Caller {
    /// Their telephone, or the number on the slip of somebody without one, as typed; `None` for
    /// somebody who just walked in.
    #[serde(default)]
    pub phone: Option<String>,
    /// What they are called; may be left out where the number says it.
    pub name: String,
    /// Date of birth, where there is an age band.
    #[serde(with = "crate::time::day_text_option", default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Day>"))]
    pub born: Option<Day>,
    /// Who come along, without a name.
    #[serde(default)]
    pub along: Vec<Along>,
    /// How many more come, where a group comes by its number alone.
    #[serde(default)]
    pub guests: u32,
    /// Why the desk does it, such as "by telephone": it stays on record.
    #[serde(default)]
    pub note: String,
}

impl Caller {
    /// The number of somebody without a telephone, where one was typed.
    pub fn card(&self) -> Option<String> {
        self.phone.as_deref().and_then(read_card)
    }

    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        let card = self.card().is_some();
        if let Some(Err(refusal)) = self.phone.as_deref().filter(|_| !card).map(Phone::parse) {
            refusals.push(refusal);
        }
        if self.name.trim().is_empty() && !card {
            refusals.push(Refusal::TextTooShort { least: 1 });
        }
        if self.name.chars().count() > LONGEST_NAME as usize {
            refusals.push(Refusal::TextTooLong { most: LONGEST_NAME });
        }
        if self.note.trim().is_empty() {
            refusals.push(Refusal::ReasonMissing);
        }
        if self.note.chars().count() > LONGEST_REASON as usize {
            refusals.push(Refusal::TextTooLong { most: LONGEST_REASON });
        }
        if self.along.len() > MOST_ALONG as usize {
            refusals.push(Refusal::PartyTooLarge { most: MOST_ALONG + 1 });
        }
        refusals
    }

    /// What is wrong with the dates of birth; empty when nothing is.
    pub fn check_birthdays(&self, today: Day) -> Vec<Refusal> {
        let wrong = |born: Option<Day>| born.is_some_and(|born| !is_birthday(born, today));
        let own = wrong(self.born).then_some(Refusal::BirthdayImpossible);
        let along = self.along.iter().zip(1..).filter(|(one, _)| wrong(one.born));
        let refusal = Box::new(Refusal::BirthdayImpossible);
        own.into_iter()
            .chain(along.map(|(_, number)| Refusal::Along { number, refusal: refusal.clone() }))
            .collect()
    }
}

/// Somebody who calls or stands at the desk is entered into a draw. They give a number, their telephone's
/// or that on their slip, by which the household has one entry, wherever it enters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CallerEntry {
    /// Who.
    pub caller: Caller,
    /// The classes they would come to, the dearest first.
    pub prefers: Vec<SlotId>,
}

impl CallerEntry {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        let nobody = self.caller.phone.is_none().then_some(Refusal::PhoneMalformed);
        nobody.into_iter().chain(self.caller.check()).collect()
    }
}

/// An entry that the desk made, for the slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeskEntry {
    /// The number under which it stands in the result.
    pub tag: String,
    /// How many lots it has.
    pub weight: u32,
    /// How many come.
    pub people: u32,
    /// The classes, the dearest first.
    pub prefers: Vec<SlotId>,
}

/// What the desk does with a booking on somebody's word, as they would themselves with a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallerDeed {
    /// Takes what is offered.
    Take,
    /// Lets an offer go.
    Decline,
    /// Gives a booking back.
    Cancel,
    /// Takes up again what was given back.
    Restore,
}

impl CallerDeed {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Take, Self::Decline, Self::Cancel, Self::Restore];

    /// The name on record.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Decline => "decline",
            Self::Cancel => "cancel",
            Self::Restore => "restore",
        }
    }

    /// Whether it can be done at `now` with a party of a slot that starts at `starts`. An offer is let
    /// go, not given back.
    pub fn fits(self, party: &Party, starts: Moment, now: Moment) -> bool {
        let offered = party.state == BookingState::Offered;
        match self {
            Self::Take | Self::Decline => offered && party.until.is_some_and(|until| now < until),
            Self::Cancel => !offered && may_cancel(party.state, starts, now),
            Self::Restore => party.undo_until.is_some_and(|until| now < until),
        }
    }
}

/// Something that the desk does on somebody's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ForCaller {
    /// What.
    pub deed: CallerDeed,
    /// How they asked, such as "called by themselves": it stays on record.
    pub note: String,
}

impl ForCaller {
    /// What is wrong with it; empty when nothing is.
    pub fn check(&self) -> Vec<Refusal> {
        check_reason(&self.note)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(state: BookingState) -> Party {
        Party {
            booking: "b1".into(),
            seq: 1,
            state,
            code: "ABC234".into(),
            size: 1,
            people: Vec::new(),
            guests: 0,
            counter: true,
            position: None,
            until: (state == BookingState::Offered).then_some(Moment(50)),
            reason: None,
            undo_until: (state == BookingState::Cancelled).then_some(Moment(50)),
        }
    }

    #[test]
    fn a_birthday_that_cannot_be_is_named_with_whose_it_is() {
        let day = |year| Day::from_ymd_opt(year, 7, 1);
        let along = [day(2020), None, day(2027)].map(|born| Along { born }).to_vec();
        let (name, note) = ("李大爷".into(), "电话预约".into());
        let caller = Caller { phone: None, name, born: day(1890), along, guests: 0, note };
        let today = Day::from_ymd_opt(2026, 7, 1).expect("a date");
        let third = Refusal::Along { number: 3, refusal: Box::new(Refusal::BirthdayImpossible) };
        assert_eq!(caller.check_birthdays(today), [Refusal::BirthdayImpossible, third]);
        assert!(caller.check().is_empty());
    }

    #[test]
    fn the_desk_does_for_a_caller_what_they_could_do_themselves() {
        let can = |state, now| -> Vec<CallerDeed> {
            let all = CallerDeed::ALL.into_iter();
            all.filter(|deed| deed.fits(&party(state), Moment(100), Moment(now))).collect()
        };
        assert_eq!(can(BookingState::Offered, 49), [CallerDeed::Take, CallerDeed::Decline]);
        assert_eq!(can(BookingState::Offered, 50), [], "too late");
        assert_eq!(can(BookingState::Confirmed, 99), [CallerDeed::Cancel]);
        assert_eq!(can(BookingState::Waitlisted, 99), [CallerDeed::Cancel]);
        assert_eq!(can(BookingState::Confirmed, 100), [], "it has begun");
        assert_eq!(can(BookingState::Cancelled, 49), [CallerDeed::Restore]);
        assert_eq!(can(BookingState::Cancelled, 50), [], "too late");
        assert_eq!(can(BookingState::Withdrawn, 0), [], "that was the centre");
    }
}
