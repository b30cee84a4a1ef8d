//! What the rules of the engine say, one by one.

use super::*;
use crate::{
    offering::{Ages, Unit},
    refusal::Refusal,
    time::{CHINA, HOUR},
};

const NOON: i64 = 1_000_000 * HOUR;

fn slot(capacity: u32) -> Slot {
    Slot {
        id: SlotId::from("s1"),
        meetings: vec![Span { starts: Moment(NOON), ends: Moment(NOON + HOUR) }],
        capacity,
        opens: Moment(NOON - 48 * HOUR),
        closes: Moment(NOON - HOUR),
        kept: 0,
        kept_until: Moment(0),
        draw: None,
        drawn: false,
    }
}

fn rules() -> Rules {
    Rules { unit: Unit::Person, party_max: 4, ages: None, drop_in: false, terms: Terms::default() }
}

fn person(name: &str) -> Attendee {
    Attendee { person: PersonId::from(name), born: None, facts: None, holds: Vec::new() }
}

fn ask(slot: &Slot, rules: &Rules, taken: u32, party: &[Attendee], now: i64) -> Result<Placement, Refusal> {
    decide(slot, rules, Standing { taken, ..Standing::default() }, party, Moment(now), CHINA)
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
fn a_booking_can_be_given_back_until_it_starts() {
    assert!(may_cancel(BookingState::Confirmed, Moment(10), Moment(9)));
    assert!(!may_cancel(BookingState::Confirmed, Moment(10), Moment(10)));
    assert!(!may_cancel(BookingState::Cancelled, Moment(10), Moment(9)));
}
