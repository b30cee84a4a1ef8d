//! The booking engine: slots, parties and the rules of who gets a place.
//!
//! Every rule is a pure function of what the database held when the slot was locked. The second
//! wall, for the day a rule is wrong, is the constraints of the schema.

use serde::{Deserialize, Serialize};

pub mod api;
#[cfg(test)]
mod model;

use crate::{
    geo::Point,
    id::{BookingId, CentreId, OfferingId, PersonId, SlotId},
    offering::{Ages, Measure, Unit},
    refusal::Refusal,
    text::Text,
    time::{Day, Moment, Span, Zone, age_in_months},
};

/// One bookable unit of an offering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Slot {
    /// Identifier.
    pub id: SlotId,
    /// Its meetings in order: one for a table hour, many for a course; never empty.
    pub meetings: Vec<Span>,
    /// Places in all.
    pub capacity: u32,
    /// When booking opens.
    pub opens: Moment,
    /// When booking closes.
    pub closes: Moment,
}

impl Slot {
    /// When the first meeting starts.
    pub fn starts(&self) -> Moment {
        self.meetings.first().map(|span| span.starts).unwrap_or_default()
    }

    /// When the last meeting ends.
    pub fn ends(&self) -> Moment {
        self.meetings.last().map(|span| span.ends).unwrap_or_default()
    }

    /// Whether it can be booked at `now`; the state of the button and the guard of the handler.
    ///
    /// # Errors
    /// Past, closed or not yet open.
    pub fn gate(&self, now: Moment) -> Result<(), Refusal> {
        if now >= self.starts() {
            Err(Refusal::SlotPast)
        } else if now >= self.closes {
            Err(Refusal::SlotClosed { closed: self.closes })
        } else if now < self.opens {
            Err(Refusal::NotYetOpen { opens: self.opens })
        } else {
            Ok(())
        }
    }
}

/// The rules of an offering that decide on a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// What takes a place.
    pub unit: Unit,
    /// Most people in one booking.
    pub party_max: u32,
    /// Age band, if any.
    pub ages: Option<Ages>,
    /// Nothing to book.
    pub drop_in: bool,
}

impl Rules {
    /// How many places a party of so many people takes.
    pub fn size(&self, people: usize) -> u32 {
        match self.unit {
            Unit::Person => u32::try_from(people).unwrap_or(u32::MAX),
            Unit::Party => 1,
        }
    }
}

/// One of a party, with what the rules need to know of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Who.
    pub person: PersonId,
    /// Date of birth, where known.
    pub born: Option<Day>,
    /// Their other live bookings that are not over.
    pub holds: Vec<Held>,
}

/// A live booking somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which booking.
    pub booking: BookingId,
    /// In which slot.
    pub slot: SlotId,
    /// Of what.
    pub title: Text,
    /// When.
    pub meetings: Vec<Span>,
}

/// Where a party comes to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// It has its places.
    Confirmed,
    /// It waits at the end of the queue.
    Waitlisted,
}

/// How a slot stands when a party asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Places taken.
    pub taken: u32,
}

/// Decides on a party that asks for `slot` at `now`. Rules 2, 3, 7 and 8 of the engine.
///
/// A newcomer that fits is confirmed even where a larger party waits: freed places go to the first
/// in order that fits whole, and whoever still waits did not fit.
///
/// # Errors
/// The first rule that refuses, with its data.
pub fn decide(
    slot: &Slot,
    rules: &Rules,
    standing: Standing,
    party: &[Attendee],
    now: Moment,
    zone: Zone,
) -> Result<Placement, Refusal> {
    if rules.drop_in {
        return Err(Refusal::DropIn);
    }
    slot.gate(now)?;
    let size = check_party(slot, rules, party)?;
    let first_day = slot.starts().day(zone);
    for attendee in party {
        check_age(attendee, rules.ages, first_day)?;
        check_clashes(attendee, slot)?;
    }
    if standing.taken.saturating_add(size) <= slot.capacity {
        Ok(Placement::Confirmed)
    } else {
        Ok(Placement::Waitlisted)
    }
}

/// Checks who is named; the places they take.
fn check_party(slot: &Slot, rules: &Rules, party: &[Attendee]) -> Result<u32, Refusal> {
    if party.is_empty() {
        return Err(Refusal::NobodyNamed);
    }
    for (index, attendee) in party.iter().enumerate() {
        if party[..index].iter().any(|earlier| earlier.person == attendee.person) {
            return Err(Refusal::NamedTwice { person: attendee.person.clone() });
        }
    }
    let size = rules.size(party.len());
    if party.len() > rules.party_max as usize || size > slot.capacity {
        let most = match rules.unit {
            Unit::Person => rules.party_max.min(slot.capacity),
            Unit::Party => rules.party_max,
        };
        return Err(Refusal::PartyTooLarge { most });
    }
    Ok(size)
}

/// Checks the age on the day of the first meeting.
fn check_age(attendee: &Attendee, ages: Option<Ages>, first_day: Day) -> Result<(), Refusal> {
    let Some(ages) = ages else { return Ok(()) };
    let person = || attendee.person.clone();
    let born = attendee.born.ok_or_else(|| Refusal::BirthdayMissing { person: person() })?;
    let age = age_in_months(born, first_day);
    match ages {
        Ages { from_months: Some(from_months), .. } if age.is_none_or(|age| age < from_months) => {
            Err(Refusal::TooYoung { person: person(), from_months })
        }
        Ages { to_months: Some(to_months), .. } if age.is_some_and(|age| age >= to_months) => {
            Err(Refusal::TooOld { person: person(), to_months })
        }
        _ => Ok(()),
    }
}

/// Checks that the attendee is not in this slot already, nor elsewhere at the time.
fn check_clashes(attendee: &Attendee, slot: &Slot) -> Result<(), Refusal> {
    for held in &attendee.holds {
        if held.slot == slot.id {
            return Err(Refusal::AlreadyIn {
                person: attendee.person.clone(),
                booking: Some(held.booking.clone()),
            });
        }
        for meeting in &held.meetings {
            if slot.meetings.iter().any(|own| own.overlaps(meeting)) {
                return Err(Refusal::Overlaps {
                    person: attendee.person.clone(),
                    title: held.title.clone(),
                    starts: meeting.starts,
                });
            }
        }
    }
    Ok(())
}

/// A party on the waitlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its booking.
    pub booking: BookingId,
    /// Places it needs.
    pub size: u32,
}

/// Which waiting parties get the `free` places: first come first, each whole or not at all.
/// `queue` is in the order of the sequence number. Rule 5.
pub fn promote(free: u32, queue: &[Waiting]) -> Vec<BookingId> {
    let mut left = free;
    queue
        .iter()
        .filter(|party| {
            let fits = party.size <= left;
            if fits {
                left -= party.size;
            }
            fits
        })
        .map(|party| party.booking.clone())
        .collect()
}

/// How a booking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BookingState {
    /// The places are theirs.
    Confirmed,
    /// In the queue.
    Waitlisted,
    /// Given back by the party.
    Cancelled,
}

impl BookingState {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Waitlisted => "waitlisted",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the name from the database.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Confirmed, Self::Waitlisted, Self::Cancelled].into_iter().find(|state| state.name() == name)
    }

    /// Whether it holds a place or a position in the queue.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Confirmed | Self::Waitlisted)
    }
}

/// A party's place in a slot, as its household sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Booking {
    /// Identifier.
    pub id: BookingId,
    /// How it stands.
    pub state: BookingState,
    /// Its position in the queue, counted from 1, where it waits.
    pub position: Option<u32>,
    /// Its number in the order of the slot's bookings, for the receipt.
    pub seq: u32,
    /// What the desk asks for: six letters and digits.
    pub code: String,
    /// Of what.
    pub offering: OfferingId,
    /// Its name.
    pub title: Text,
    /// The name of the slot, such as "first term".
    pub name: Option<Text>,
    /// The room.
    pub place: Text,
    /// What a place is called.
    pub measure: Measure,
    /// Which slot.
    pub slot: SlotId,
    /// Its meetings.
    pub meetings: Vec<Span>,
    /// Where.
    pub centre: CentreId,
    /// The centre's name.
    pub centre_name: Text,
    /// Where the centre is.
    pub at: Point,
    /// The desk's telephone.
    pub phone: String,
    /// The centre's clock.
    pub zone: Zone,
    /// Who comes.
    pub people: Vec<PersonId>,
    /// When it was made.
    pub made: Moment,
}

impl Booking {
    /// When the first meeting starts.
    pub fn starts(&self) -> Moment {
        self.meetings.first().map(|span| span.starts).unwrap_or_default()
    }

    /// When the last meeting ends.
    pub fn ends(&self) -> Moment {
        self.meetings.last().map(|span| span.ends).unwrap_or_default()
    }

    /// Whether it can be given back at `now`.
    pub fn may_cancel(&self, now: Moment) -> bool {
        may_cancel(self.state, self.starts(), now)
    }
}

/// Whether a booking that stands so, and starts then, can be given back at `now`.
pub fn may_cancel(state: BookingState, starts: Moment, now: Moment) -> bool {
    state.is_live() && now < starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{CHINA, HOUR};

    const NOON: i64 = 1_000_000 * HOUR;

    fn slot(capacity: u32) -> Slot {
        Slot {
            id: SlotId::from("s1"),
            meetings: vec![Span { starts: Moment(NOON), ends: Moment(NOON + HOUR) }],
            capacity,
            opens: Moment(NOON - 48 * HOUR),
            closes: Moment(NOON - HOUR),
        }
    }

    fn rules() -> Rules {
        Rules { unit: Unit::Person, party_max: 4, ages: None, drop_in: false }
    }

    fn person(name: &str) -> Attendee {
        Attendee { person: PersonId::from(name), born: None, holds: Vec::new() }
    }

    fn ask(
        slot: &Slot,
        rules: &Rules,
        taken: u32,
        party: &[Attendee],
        now: i64,
    ) -> Result<Placement, Refusal> {
        decide(slot, rules, Standing { taken }, party, Moment(now), CHINA)
    }

    #[test]
    fn the_last_place_is_given_and_the_next_party_waits() {
        let early = NOON - 2 * HOUR;
        assert_eq!(ask(&slot(3), &rules(), 2, &[person("a")], early), Ok(Placement::Confirmed));
        assert_eq!(ask(&slot(3), &rules(), 3, &[person("a")], early), Ok(Placement::Waitlisted));
    }

    #[test]
    fn a_party_gets_in_whole_or_waits_whole() {
        let two = [person("a"), person("b")];
        assert_eq!(ask(&slot(3), &rules(), 2, &two, NOON - 2 * HOUR), Ok(Placement::Waitlisted));
        let table = Rules { unit: Unit::Party, ..rules() };
        assert_eq!(ask(&slot(3), &table, 2, &two, NOON - 2 * HOUR), Ok(Placement::Confirmed));
    }

    #[test]
    fn the_gate_opens_and_closes_to_the_millisecond() {
        let slot = slot(3);
        let (opens, closes) = (slot.opens, slot.closes);
        assert_eq!(slot.gate(opens.plus(-1)), Err(Refusal::NotYetOpen { opens }));
        assert_eq!(slot.gate(opens), Ok(()));
        assert_eq!(slot.gate(closes.plus(-1)), Ok(()));
        assert_eq!(slot.gate(closes), Err(Refusal::SlotClosed { closed: closes }));
        assert_eq!(slot.gate(slot.starts()), Err(Refusal::SlotPast));
    }

    #[test]
    fn a_party_larger_than_the_slot_or_the_rule_is_told_the_most() {
        let five: Vec<Attendee> = ["a", "b", "c", "d", "e"].map(person).into();
        let now = NOON - 2 * HOUR;
        assert_eq!(ask(&slot(9), &rules(), 0, &five, now), Err(Refusal::PartyTooLarge { most: 4 }));
        assert_eq!(ask(&slot(2), &rules(), 0, &five[..3], now), Err(Refusal::PartyTooLarge { most: 2 }));
        assert_eq!(ask(&slot(2), &rules(), 0, &[], now), Err(Refusal::NobodyNamed));
        let twice = [person("a"), person("a")];
        let refusal = Refusal::NamedTwice { person: PersonId::from("a") };
        assert_eq!(ask(&slot(2), &rules(), 0, &twice, now), Err(refusal));
    }

    #[test]
    fn a_child_too_old_by_one_day_is_refused() {
        let first_day = Moment(NOON).day(CHINA);
        let daycare = Rules { ages: Some(Ages { from_months: Some(6), to_months: Some(36) }), ..rules() };
        let born = |months: u32, days_later: u64| {
            let mut child = person("kid");
            child.born = first_day
                .checked_sub_months(chrono::Months::new(months))
                .map(|day| crate::time::days_after(day, days_later));
            [child]
        };
        let now = NOON - 2 * HOUR;
        assert_eq!(ask(&slot(3), &daycare, 0, &born(36, 1), now), Ok(Placement::Confirmed));
        let kid = || PersonId::from("kid");
        let too_old = Refusal::TooOld { person: kid(), to_months: 36 };
        assert_eq!(ask(&slot(3), &daycare, 0, &born(36, 0), now), Err(too_old));
        let too_young = Refusal::TooYoung { person: kid(), from_months: 6 };
        assert_eq!(ask(&slot(3), &daycare, 0, &born(6, 1), now), Err(too_young));
        assert_eq!(
            ask(&slot(3), &daycare, 0, &[person("kid")], now),
            Err(Refusal::BirthdayMissing { person: kid() })
        );
    }

    #[test]
    fn nobody_is_in_two_places_at_once() {
        let mut busy = person("a");
        let title = Text::only("合唱");
        let held = |id: &str, from: i64| Held {
            booking: BookingId::from("b1"),
            slot: SlotId::from(id),
            title: title.clone(),
            meetings: vec![Span { starts: Moment(from), ends: Moment(from + HOUR) }],
        };
        let now = NOON - 2 * HOUR;
        busy.holds = vec![held("other", NOON + HOUR)];
        assert_eq!(ask(&slot(3), &rules(), 0, &[busy.clone()], now), Ok(Placement::Confirmed));
        busy.holds = vec![held("other", NOON + HOUR - 1)];
        let starts = Moment(NOON + HOUR - 1);
        let overlap = Refusal::Overlaps { person: PersonId::from("a"), title: title.clone(), starts };
        assert_eq!(ask(&slot(3), &rules(), 0, &[busy.clone()], now), Err(overlap));
        busy.holds = vec![held("s1", NOON)];
        let again = Refusal::AlreadyIn { person: PersonId::from("a"), booking: Some(BookingId::from("b1")) };
        assert_eq!(ask(&slot(3), &rules(), 0, &[busy], now), Err(again));
    }

    #[test]
    fn freed_places_go_to_the_first_in_order_that_fits_whole() {
        let queue = [("big", 3), ("pair", 2), ("one", 1)]
            .map(|(id, size)| Waiting { booking: BookingId::from(id), size });
        let ids = |names: &[&str]| names.iter().map(|name| BookingId::from(*name)).collect::<Vec<_>>();
        assert_eq!(promote(0, &queue), ids(&[]));
        assert_eq!(promote(1, &queue), ids(&["one"]));
        assert_eq!(promote(2, &queue), ids(&["pair"]));
        assert_eq!(promote(3, &queue), ids(&["big"]));
        assert_eq!(promote(6, &queue), ids(&["big", "pair", "one"]));
    }

    #[test]
    fn a_booking_can_be_given_back_until_it_starts() {
        assert!(may_cancel(BookingState::Confirmed, Moment(10), Moment(9)));
        assert!(!may_cancel(BookingState::Confirmed, Moment(10), Moment(10)));
        assert!(!may_cancel(BookingState::Cancelled, Moment(10), Moment(9)));
    }
}
