//! The staff's workbench: a day at a centre, the list of a slot, and what the desk does there.

use serde::{Deserialize, Serialize};

pub mod api;
mod caller;
mod offer;
mod pace;

pub use caller::{Along, Caller, CallerDeed, CallerEntry, DeskEntry, ForCaller, MOST_ALONG};
pub use offer::OpenOffer;
pub use pace::{LOOKS, Looks};

use crate::{
    booking::{BookingState, Mark, Meeting, meeting},
    endpoint::Params,
    household::{Care, Person, Relation},
    id::{BookingId, CentreId, OfferingId, PersonId, SlotId, is_id},
    offering::{Measure, Unit},
    refusal::Refusal,
    text::Text,
    time::{Day, Moment, Span, Zone, parse_day, write_day},
};

/// The shortest reason, in characters.
pub const SHORTEST_REASON: u32 = 4;
/// The longest reason, in characters.
pub const LONGEST_REASON: u32 = 200;

/// What is wrong with a reason; empty when nothing is.
pub fn check_reason(reason: &str) -> Vec<Refusal> {
    let length = reason.trim().chars().count();
    if length < SHORTEST_REASON as usize {
        vec![Refusal::TextTooShort { least: SHORTEST_REASON }]
    } else if length > LONGEST_REASON as usize {
        vec![Refusal::TextTooLong { most: LONGEST_REASON }]
    } else {
        Vec::new()
    }
}

/// A name as it may stand in a list: the first sign, and that there is more.
pub fn masked(name: &str) -> String {
    name.trim().chars().next().map(|first| format!("{first}**")).unwrap_or_default()
}

/// A day at a centre, in addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CentreDay {
    /// Which centre.
    pub centre: CentreId,
    /// Which day, on the centre's clock, as `2026-07-01`.
    day: String,
}

impl CentreDay {
    /// That day at that centre.
    pub fn new(centre: CentreId, day: Day) -> Self {
        Self { centre, day: write_day(day) }
    }

    /// Which day.
    pub fn day(&self) -> Day {
        parse_day(&self.day).unwrap_or_default()
    }
}

impl Params for CentreDay {
    const SAMPLE: Self = Self { centre: CentreId(String::new()), day: String::new() };

    fn values(&self) -> Vec<&str> {
        vec![self.centre.as_str(), &self.day]
    }

    fn parse(values: &[&str]) -> Option<Self> {
        match values {
            [centre, day] if is_id(centre) => Some(Self::new(CentreId::from(*centre), parse_day(day)?)),
            _ => None,
        }
    }
}

/// How many places of a slot stand how. `online` and `counter` together are what is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Places {
    /// Places in all.
    pub capacity: u32,
    /// Booked by households themselves, or held for an offer to one.
    pub online: u32,
    /// Given out at the counter.
    pub counter: u32,
    /// Kept for the counter and not given out yet.
    pub kept: u32,
    /// Parties in the queue.
    pub waiting: u32,
    /// Parties with a place or an offer.
    pub expected: u32,
    /// Parties that came.
    pub arrived: u32,
    /// People of the parties expected, those without a name included.
    #[serde(default)]
    pub people: u32,
}

impl Places {
    /// Places that nobody has.
    pub fn free(&self) -> u32 {
        self.capacity.saturating_sub(self.online + self.counter)
    }
}

/// What one asks the desk for, as the list of a day shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Desk {
    /// Which slot.
    pub slot: SlotId,
    /// Of which offering.
    pub offering: OfferingId,
    /// Its name.
    pub title: Text,
    /// The name of the slot, such as "first term".
    pub name: Option<Text>,
    /// The room.
    pub place: Text,
    /// What a place is called.
    pub measure: Measure,
    /// What takes a place.
    pub unit: Unit,
    /// Its meeting on the day that is shown; of a list, the next or the last.
    pub span: Span,
    /// Which of its meetings that is, counted from 1.
    pub meeting: u32,
    /// When that was to start before it was moved.
    #[serde(default)]
    pub planned: Option<Moment>,
    /// Whether it was called off.
    #[serde(default)]
    pub off: bool,
    /// How many meetings it has.
    pub meetings: u32,
    /// When it can be booked no more.
    pub closes: Moment,
    /// How its places stand.
    pub places: Places,
}

/// A day at a centre.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorkDay {
    /// Which centre.
    pub centre: CentreId,
    /// Its name.
    pub centre_name: Text,
    /// Its clock.
    pub zone: Zone,
    /// Its slots in the order of time.
    pub slots: Vec<Desk>,
    /// Consents that were taken back for children whom the centre still expects, on whichever day, in
    /// the order of time. Who it is stands in the list of the slot, where looking is on record.
    #[serde(default)]
    pub consents: Vec<ConsentBack>,
    /// Places that are held now for parties that waited, on whichever day, what lapses first first: no
    /// message leaves the app, so the desk rings who does not look.
    #[serde(default)]
    pub offers: Vec<OpenOffer>,
}

/// A guardian took back the consent for a child who is still expected, whether the offering asks for
/// one or not: the centre has its record. The booking stays until somebody gives it back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsentBack {
    /// Which slot.
    pub slot: SlotId,
    /// Of what.
    pub title: Text,
    /// Its first meeting.
    pub span: Span,
    /// When it was taken back.
    pub at: Moment,
}

/// Somebody on the list of a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Guest {
    /// Who.
    pub person: PersonId,
    /// The first sign of the name; empty where the household has not said.
    pub name: String,
    /// What they are to the one who booked.
    pub relation: Relation,
    /// Whether a guardian answers for them: each look is on record.
    pub child: bool,
    /// Whether there is something to know before looking after them.
    pub care: bool,
    /// Whether the desk has seen their papers.
    pub verified: bool,
    /// When a guardian took back the consent for them, where they are still expected.
    #[serde(default)]
    pub consent_back: Option<Moment>,
    /// What is noted of them, meeting by meeting; those are counted from 1. No map: the app reads keys as
    /// the texts that they are in JSON.
    #[serde(default)]
    pub marks: Vec<(u32, Mark)>,
}

impl Guest {
    /// What is noted of them at a meeting.
    pub fn mark(&self, meeting: u32) -> Option<Mark> {
        self.marks.iter().find(|(of, _)| *of == meeting).map(|(_, mark)| *mark)
    }
}

/// A party on the list of a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Party {
    /// Its booking.
    pub booking: BookingId,
    /// Its number in the slot.
    pub seq: u32,
    /// How it stands.
    pub state: BookingState,
    /// What it shows at the desk.
    pub code: String,
    /// Places it takes; none where it sits at somebody else's table.
    pub size: u32,
    /// Who comes.
    pub people: Vec<Guest>,
    /// How many come along without being named.
    #[serde(default)]
    pub guests: u32,
    /// Whether the desk booked it.
    pub counter: bool,
    /// Its position in the queue, where it waits.
    pub position: Option<u32>,
    /// When its offer lapses.
    pub until: Option<Moment>,
    /// Why the centre took the place back.
    pub reason: Option<String>,
    /// Until when what was given back can be taken up again, where it can be.
    #[serde(default)]
    pub undo_until: Option<Moment>,
}

/// The list of a slot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Roster {
    /// Which slot, and how its places stand.
    pub desk: Desk,
    /// Of which centre.
    pub centre: CentreId,
    /// Its name.
    pub centre_name: Text,
    /// Its clock.
    pub zone: Zone,
    /// Whether everybody needs a birthday.
    pub ages: bool,
    /// Whether birthdays of children count: for an age band, for consent, for who comes with whom.
    #[serde(default)]
    pub children: bool,
    /// Whether the desk must have seen everybody's papers.
    pub papers: bool,
    /// How many may come along without being named, where they may.
    #[serde(default)]
    pub guests_max: Option<u32>,
    /// The desk's telephone, for slips.
    #[serde(default)]
    pub phone: String,
    /// The four digits for the sign at the door, with which residents check themselves in this week.
    #[serde(default)]
    pub door: String,
    /// Those of the next week, from Monday on.
    #[serde(default)]
    pub door_next: String,
    /// All its meetings, by their numbers.
    #[serde(default)]
    pub meetings: Vec<Meeting>,
    /// Parties with a place, then those that wait, then those that are gone, each in order.
    pub parties: Vec<Party>,
}

impl Roster {
    /// The same list for one of its meetings, counted from 1; any other number leaves it as it is.
    #[must_use]
    pub fn at(mut self, meeting: u32) -> Self {
        if let Some(one) = meeting::numbered(&self.meetings, meeting).copied() {
            (self.desk.span, self.desk.meeting) = (one.span(), meeting);
            (self.desk.planned, self.desk.off) = (one.planned, one.off);
            let came = self.parties.iter().filter(|party| party.came(meeting)).count();
            self.desk.places.arrived = u32::try_from(came).unwrap_or(u32::MAX);
        }
        self
    }
}

impl Party {
    /// How many come, with a name or without.
    pub fn heads(&self) -> u32 {
        u32::try_from(self.people.len()).unwrap_or(u32::MAX).saturating_add(self.guests)
    }

    /// Whether anybody of it was at a meeting, counted from 1.
    pub fn came(&self, meeting: u32) -> bool {
        self.people.iter().any(|guest| guest.mark(meeting) == Some(Mark::Attended))
    }
}

/// A code as it was typed, or as a scanner read it: `booking:CODE`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scan {
    /// The text.
    pub code: String,
}

impl Scan {
    /// The booking, where the text names it, and the six letters and digits; `None` where it is
    /// neither. Spaces and small letters are what people type.
    pub fn read(&self) -> Option<(Option<BookingId>, String)> {
        let (booking, code) = match self.code.trim().split_once(':') {
            Some((booking, code)) if is_id(booking) => (Some(BookingId::from(booking)), code),
            Some(_) => return None,
            None => (None, self.code.as_str()),
        };
        let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
        let code = code.to_ascii_uppercase();
        let plain = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        plain.then_some((booking, code))
    }
}

/// A party that has just come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Arrival {
    /// To which slot.
    pub slot: SlotId,
    /// Of what.
    pub title: Text,
    /// Its meeting today.
    pub span: Span,
    /// The party.
    pub party: Party,
}

/// Why a place is taken back, a slot closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Because {
    /// In words that the party is told.
    pub reason: String,
}

/// New numbers for a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewPlaces {
    /// Places in all.
    pub capacity: u32,
    /// Places kept for the counter, those it has given out included.
    pub kept: u32,
}

/// What a look at a record is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Purpose {
    /// In words that the guardian is shown.
    pub purpose: String,
}

/// Somebody's record, opened for a purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Record {
    /// Who.
    pub person: Person,
    /// What those who look after them should know.
    pub care: Care,
    /// The telephone of the household, to be called; `None` for somebody who walked in.
    pub phone: Option<String>,
}

/// A household at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HouseholdAsk {
    /// The telephone that they give, or the number on their slip, as typed.
    pub phone: String,
    /// What it is for, in words that the household is shown.
    pub purpose: String,
}

/// Somebody of a household at the desk, whose papers are to be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Papers {
    /// The telephone that they give, or the number on their slip, as typed.
    pub phone: String,
    /// Whose papers.
    pub person: PersonId,
    /// They are who the household says, with that date of birth.
    pub identity: bool,
    /// They live in the neighbourhood of the centre.
    pub resident: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_typed_and_as_it_is_scanned() {
        let read = |code: &str| Scan { code: code.into() }.read();
        assert_eq!(read("abc 234"), Some((None, "ABC234".into())));
        assert_eq!(read("b1:ABC234"), Some((Some("b1".into()), "ABC234".into())));
        for bad in ["", "ABC23", "ABC2345", "b/1:ABC234", "名ABC2"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_name_shows_its_first_sign_alone() {
        assert_eq!(masked(" 王小明"), "王**");
        assert_eq!(masked("Anna"), "A**");
        assert_eq!(masked(" "), "");
    }

    #[test]
    fn a_day_in_an_address_is_a_day() {
        let day = Day::from_ymd_opt(2026, 7, 1).expect("a date");
        let there = CentreDay::new("xinsheng".into(), day);
        assert_eq!(there.values(), ["xinsheng", "2026-07-01"]);
        assert_eq!(CentreDay::parse(&there.values()), Some(there.clone()));
        assert_eq!(there.day(), day);
        assert_eq!(CentreDay::parse(&["xinsheng", "today"]), None);
    }

    #[test]
    fn a_reason_says_something() {
        assert_eq!(check_reason(" 停电 "), [Refusal::TextTooShort { least: 4 }]);
        assert!(check_reason("水管坏了").is_empty());
        assert_eq!(check_reason(&"长".repeat(201)), [Refusal::TextTooLong { most: 200 }]);
    }
}
