//! Who is ready, and what is missing otherwise.

use super::*;
use crate::{
    booking::Terms,
    offering::{Ages, Unit},
    time::{CHINA, DAY, HOUR, Span},
};

fn day(y: i32, m: u32, d: u32) -> Day {
    Day::from_ymd_opt(y, m, d).expect("a real date")
}

/// Opens on 1 July 2026 at nine and meets first on the 6th.
fn slot() -> Slot {
    let starts = CHINA.moment(day(2026, 7, 6), 8 * 60 + 30);
    Slot {
        id: SlotId::from("s"),
        meetings: vec![Span { starts, ends: starts.plus(8 * HOUR) }.into()],
        capacity: 30,
        opens: CHINA.moment(day(2026, 7, 1), 9 * 60),
        closes: starts,
        kept: 0,
        kept_until: Moment(0),
        draw: None,
        drawn: false,
        called_off: false,
    }
}

/// Children from six to twelve, all papers, and the neighbourhood ten minutes ahead.
fn rules() -> Rules {
    let terms = Terms {
        needs_verified: true,
        needs_consent: true,
        residents_first_minutes: Some(10),
        ..Terms::default()
    };
    let ages = Some(Ages { from_months: Some(72), to_months: Some(144) });
    Rules { unit: Unit::Person, party_max: 2, ages, drop_in: false, terms }
}

fn ready(name: &str) -> Candidate {
    Candidate {
        person: PersonId::from(name),
        born: Some(day(2018, 3, 1)),
        consent: consent::VERSION,
        verified: true,
        resident: true,
    }
}

fn before() -> Moment {
    slot().opens.plus(-3 * DAY)
}

fn look(party: &[Candidate]) -> Readiness {
    check(&slot(), &rules(), party, before(), CHINA)
}

#[test]
fn who_has_everything_is_ready_and_opens_with_the_neighbourhood() {
    let both = look(&[ready("a"), ready("b")]);
    assert!(both.is_ready() && both.resident);
    assert_eq!(both.opens, slot().opens);
    assert_eq!(both.checks.len(), 8);
    assert!(both.checks.iter().all(|check| check.missing.is_none()));
}

#[test]
fn what_is_missing_is_said_of_each() {
    let person = || PersonId::from("b");
    let bare = Candidate { consent: 0, verified: false, ..ready("b") };
    let refusals = look(&[ready("a"), bare]).refusals();
    assert_eq!(
        refusals,
        [Refusal::NotVerified { person: person() }, Refusal::NoConsent { person: person() }]
    );
    let unknown = Candidate { born: None, ..ready("b") };
    assert_eq!(look(&[unknown]).refusals(), [Refusal::BirthdayMissing { person: person() }]);
}

#[test]
fn consent_to_an_earlier_version_is_missing() {
    let older = Candidate { consent: consent::VERSION - 1, ..ready("a") };
    assert_eq!(look(&[older]).refusals(), [Refusal::NoConsent { person: PersonId::from("a") }]);
    let newer = Candidate { consent: consent::VERSION + 1, ..ready("a") };
    assert!(look(&[newer]).is_ready());
}

#[test]
fn whoever_lives_elsewhere_is_ready_for_later() {
    let far = Candidate { resident: false, ..ready("b") };
    let mixed = look(&[ready("a"), far]);
    assert!(mixed.is_ready() && !mixed.resident);
    assert_eq!(mixed.opens, slot().opens.plus(10 * MINUTE));
    let missing: Vec<_> = mixed.checks.iter().filter_map(|check| check.missing.clone()).collect();
    assert_eq!(missing, [Refusal::ResidentsFirst { from: mixed.opens }]);
}

#[test]
fn the_age_is_that_of_the_first_meeting_to_the_day() {
    let aged = |y, m, d| Candidate { born: Some(day(y, m, d)), ..ready("a") };
    let person = || PersonId::from("a");
    // Twelve on the day of the first meeting is one day too old, six on that day is just old enough.
    let too_old = Refusal::TooOld { person: person(), to_months: 144 };
    let too_young = Refusal::TooYoung { person: person(), from_months: 72 };
    assert_eq!(look(&[aged(2014, 7, 6)]).refusals(), [too_old]);
    assert!(look(&[aged(2014, 7, 7)]).is_ready());
    assert!(look(&[aged(2020, 7, 6)]).is_ready());
    assert_eq!(look(&[aged(2020, 7, 7)]).refusals(), [too_young]);
}

#[test]
fn who_was_born_on_the_29th_of_february_is_a_year_older_on_the_1st_of_march() {
    let on = |m, d| {
        let mut slot = slot();
        let starts = CHINA.moment(day(2026, m, d), 9 * 60);
        slot.meetings = vec![Span { starts, ends: starts.plus(HOUR) }.into()];
        slot.closes = starts;
        let leap = Candidate { born: Some(day(2020, 2, 29)), ..ready("a") };
        check(&slot, &rules(), &[leap], starts.plus(-DAY), CHINA).is_ready()
    };
    assert!(!on(2, 28) && on(3, 1));
}

#[test]
fn the_age_of_the_first_meeting_decides_on_consent_too() {
    let mut rules = rules();
    rules.ages = None;
    let nearly = |born| {
        let party = [Candidate { consent: 0, born: Some(born), ..ready("a") }];
        check(&slot(), &rules, &party, before(), CHINA).refusals().len()
    };
    assert_eq!((nearly(day(2012, 7, 7)), nearly(day(2012, 7, 6))), (1, 0));
}

#[test]
fn what_is_not_asked_is_not_looked_at() {
    let plain = Rules { ages: None, terms: Terms::default(), ..rules() };
    let bare = Candidate { consent: 0, verified: false, resident: false, born: None, ..ready("a") };
    let readiness = check(&slot(), &plain, &[bare], before(), CHINA);
    assert!(readiness.is_ready() && readiness.checks.is_empty());
    assert_eq!(readiness.opens, slot().opens);
}

#[test]
fn a_child_alone_is_not_ready_where_adults_come_along() {
    let mut rules = Rules { ages: None, terms: Terms::default(), ..rules() };
    rules.terms.with_adult = true;
    let child = Candidate { born: Some(slot().starts().day(CHINA)), ..ready("a") };
    let adult = Candidate { born: None, ..ready("b") };
    let look = |party: &[Candidate]| check(&slot(), &rules, party, before(), CHINA).refusals();
    assert_eq!(look(core::slice::from_ref(&child)), [Refusal::AdultMissing]);
    assert_eq!(look(core::slice::from_ref(&adult)), [Refusal::ChildMissing]);
    assert_eq!(look(&[child, adult]), []);
}

#[test]
fn a_party_that_can_never_be_booked_has_no_ticket() {
    let three = [ready("a"), ready("b"), ready("c")];
    assert_eq!(look(&three).refusals(), [Refusal::PartyTooLarge { most: 2 }]);
    assert_eq!(look(&[]).refusals(), [Refusal::NobodyNamed]);
    let twice = Refusal::NamedTwice { person: PersonId::from("a") };
    assert_eq!(look(&[ready("a"), ready("a")]).refusals(), [twice]);
    let at = |now| check(&slot(), &rules(), &[ready("a")], now, CHINA).refusals();
    assert!(at(slot().closes.plus(-1)).is_empty());
    assert_eq!(at(slot().starts()), [Refusal::SlotPast]);
    let drop_in = Rules { drop_in: true, ..rules() };
    assert_eq!(check(&slot(), &drop_in, &[ready("a")], before(), CHINA).party, Some(Refusal::DropIn));
}
