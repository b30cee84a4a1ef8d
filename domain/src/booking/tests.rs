//! What the rules of the engine say, one by one.

use super::*;
use crate::{
    offering::{Ages, Unit},
    refusal::Refusal,
    time::{CHINA, HOUR},
    volunteer::Stand,
};

const NOON: i64 = 1_000_000 * HOUR;

fn slot(capacity: u32) -> Slot {
    Slot {
        id: SlotId::from("s1"),
        meetings: vec![Span { starts: Moment(NOON), ends: Moment(NOON + HOUR) }.into()],
        capacity,
        opens: Moment(NOON - 48 * HOUR),
        closes: Moment(NOON - HOUR),
        kept: 0,
        kept_until: Moment(0),
        draw: None,
        drawn: false,
        called_off: false,
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
fn a_child_comes_with_an_adult_and_the_band_is_the_childs() {
    let day = Moment(NOON).day(CHINA);
    let aged = |name: &str, months: u32| {
        let born = day.checked_sub_months(chrono::Months::new(months));
        Attendee { born, ..person(name) }
    };
    let mut rules = rules();
    rules.ages = Some(Ages { from_months: Some(12), to_months: Some(84) });
    rules.terms.with_adult = true;
    let ask = |party: &[Attendee]| ask(&slot(9), &rules, 0, party, NOON - 2 * HOUR);
    let (child, mother, unknown) = (aged("c", 83), aged("m", 18 * 12), person("g"));
    assert_eq!(ask(&[child.clone(), mother.clone()]), Ok(Placement::Confirmed));
    assert_eq!(ask(&[unknown, child.clone()]), Ok(Placement::Confirmed), "only children give a birthday");
    assert_eq!(ask(core::slice::from_ref(&child)), Err(Refusal::AdultMissing));
    assert_eq!(ask(core::slice::from_ref(&mother)), Err(Refusal::ChildMissing));
    let almost = aged("a", 18 * 12 - 1);
    let refusal = Refusal::TooOld { person: PersonId::from("a"), to_months: 84 };
    assert_eq!(ask(&[child.clone(), almost]), Err(refusal), "a brother of seventeen is no adult");
    let refusal = Refusal::TooYoung { person: PersonId::from("b"), from_months: 12 };
    assert_eq!(ask(&[aged("b", 11), mother]), Err(refusal));
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
        meetings: vec![Span { starts: Moment(from), ends: Moment(from + HOUR) }.into()],
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

#[test]
fn kept_places_are_the_counters_until_they_open() {
    let mut slot = slot(3);
    (slot.kept, slot.kept_until) = (2, Moment(NOON - 3 * HOUR));
    let ask = |taken, given, counter, now| {
        let standing = Standing { taken, given, counter, ..Standing::default() };
        decide(&slot, &rules(), standing, &[person("a")], Moment(now), CHINA)
    };
    let (early, late) = (NOON - 3 * HOUR - 1, NOON - 3 * HOUR);
    assert_eq!(ask(0, 0, false, early), Ok(Placement::Confirmed));
    assert_eq!(ask(1, 0, false, early), Ok(Placement::Waitlisted));
    assert_eq!(ask(1, 0, true, early), Ok(Placement::Confirmed), "the counter has them");
    assert_eq!(ask(2, 1, false, early), Ok(Placement::Waitlisted), "one of them is given out");
    assert_eq!(ask(2, 2, false, early), Ok(Placement::Confirmed), "both are");
    assert_eq!(ask(1, 0, false, late), Ok(Placement::Confirmed));
}

#[test]
fn after_the_grace_time_who_comes_first_has_what_is_left() {
    let mut rules = rules();
    rules.terms.grace_minutes = Some(10);
    let ask = |taken, now: i64| ask(&slot(1), &rules, taken, &[person("a")], now);
    let released = NOON + 10 * 60_000;
    assert_eq!(ask(0, NOON), Err(Refusal::SlotPast));
    assert_eq!(ask(0, released - 1), Err(Refusal::SlotPast));
    assert_eq!(ask(0, released), Ok(Placement::Confirmed));
    assert_eq!(ask(1, released), Err(Refusal::NoneLeft), "nobody waits for what is under way");
    assert_eq!(ask(0, NOON + HOUR), Err(Refusal::SlotPast));
}

#[test]
fn papers_consent_and_neighbours_are_asked_for_unless_a_ticket_says_so() {
    let mut rules = rules();
    (rules.terms.needs_verified, rules.terms.needs_consent) = (true, true);
    rules.terms.residents_first_minutes = Some(30);
    let slot = slot(3);
    let mut kid = person("kid");
    kid.born = Moment(NOON).day(CHINA).checked_sub_months(chrono::Months::new(14 * 12 - 1));
    let ask = |facts, ticket, now: Moment| {
        let standing = Standing { ticket, ..Standing::default() };
        let kid = Attendee { facts: Some(facts), ..kid.clone() };
        decide(&slot, &rules, standing, &[kid], now, CHINA)
    };
    let (from, opens) = (slot.opens.plus(30 * 60_000), slot.opens);
    let facts = |consent, verified, resident| Facts { consent, verified, resident };
    let who = || PersonId::from("kid");
    assert_eq!(ask(facts(true, true, false), None, from.plus(-1)), Err(Refusal::ResidentsFirst { from }));
    assert_eq!(ask(facts(true, true, false), None, from), Ok(Placement::Confirmed));
    assert_eq!(ask(facts(true, true, true), None, opens), Ok(Placement::Confirmed));
    assert_eq!(ask(facts(false, true, true), None, from), Err(Refusal::NoConsent { person: who() }));
    assert_eq!(ask(facts(true, false, true), None, from), Err(Refusal::NotVerified { person: who() }));
    assert_eq!(ask(facts(false, false, false), Some(true), opens), Ok(Placement::Confirmed));
    let outside = ask(facts(false, false, true), Some(false), opens);
    assert_eq!(outside, Err(Refusal::ResidentsFirst { from }), "what the ticket says holds");
}

#[test]
fn a_shift_is_for_a_volunteer_in_good_standing_who_comes_too() {
    let mut shift = rules();
    shift.terms.volunteers = true;
    let (suspended, reason) = (Stand::Suspended { reason: "没有来".into() }, "没有来".into());
    assert_eq!(check_volunteer(&rules(), None, false), Ok(()), "a class asks nothing of that");
    assert_eq!(check_volunteer(&shift, None, true), Err(Refusal::VolunteersOnly));
    let refusal = Refusal::VolunteerSuspended { reason };
    assert_eq!(check_volunteer(&shift, Some(&suspended), true), Err(refusal));
    assert_eq!(check_volunteer(&shift, Some(&Stand::Good), true), Ok(()));
    assert_eq!(check_volunteer(&shift, Some(&Stand::Good), false), Err(Refusal::VolunteerMissing));
}

#[test]
fn guests_without_names_come_along_as_far_as_the_offering_lets_them() {
    let mut tour = rules();
    (tour.party_max, tour.terms.guests_max) = (2, Some(5));
    let ask = |rules: &Rules, capacity, named: &[Attendee], guests| {
        let standing = Standing { guests, ..Standing::default() };
        decide(&slot(capacity), rules, standing, named, Moment(NOON - 24 * HOUR), CHINA)
    };
    let (one, two, three) = ([person("a")], [person("a"), person("b")], ["a", "b", "c"].map(person));
    let too_large = |most| Err(Refusal::PartyTooLarge { most });
    assert_eq!(ask(&tour, 9, &one, 5), Ok(Placement::Confirmed));
    assert_eq!(ask(&tour, 9, &two, 4), Ok(Placement::Confirmed), "named ones are among the six");
    assert_eq!(ask(&tour, 9, &one, 6), too_large(6));
    assert_eq!(ask(&tour, 9, &two, 5), too_large(6));
    assert_eq!(ask(&tour, 9, &three, 0), too_large(6), "two are named at most");
    assert_eq!(ask(&tour, 4, &one, 4), too_large(4), "each takes a place");
    assert_eq!(ask(&tour, 9, &one, u32::MAX), too_large(6));
    tour.unit = Unit::Party;
    assert_eq!(ask(&tour, 1, &one, 5), Ok(Placement::Confirmed), "the group has the hall to itself");
    tour.terms.guests_max = None;
    assert_eq!(ask(&tour, 1, &one, 1), too_large(2));
}

#[test]
fn a_bed_clashes_with_nothing_and_asks_how_old_one_is_today() {
    let mut bed = rules();
    (bed.terms.stay, bed.ages) = (true, Some(Ages { from_months: Some(720), to_months: None }));
    let slot = Slot { meetings: vec![STAY.into()], closes: STAY.starts, ..slot(1) };
    let today = Moment(NOON).day(CHINA);
    let ask = |months, holds: Vec<Held>| {
        let born = today.checked_sub_months(chrono::Months::new(months));
        let she = Attendee { born, holds, ..person("a") };
        decide(&slot, &bed, Standing::default(), &[she], Moment(NOON), CHINA)
    };
    let too_young = Refusal::TooYoung { person: PersonId::from("a"), from_months: 720 };
    assert_eq!(ask(719, Vec::new()), Err(too_young), "though she would be old enough then");
    assert_eq!(ask(720, Vec::new()), Ok(Placement::Confirmed));
    let held = |slot: &str| Held {
        booking: BookingId::from("b"),
        slot: SlotId::from(slot),
        title: Text::only("床位"),
        meetings: vec![STAY.into()],
    };
    assert_eq!(ask(720, vec![held("another house")]), Ok(Placement::Confirmed), "one may wait at two");
    assert!(matches!(ask(720, vec![held("s1")]), Err(Refusal::AlreadyIn { .. })));
}

#[test]
fn odds_are_told_from_three_slots_on() {
    assert_eq!(odds(1, &[3, 0]), None);
    assert_eq!(odds(2, &[3, 0, 2]), Some(Odds { of: 3, times: 2 }));
    assert_eq!(odds(9, &[3, 0, 2]), Some(Odds { of: 3, times: 0 }));
}
