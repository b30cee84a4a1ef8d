//! Unfolding of patterns and courses.

use std::collections::BTreeMap;

use domain::{
    hours::{Dates, Open},
    offering::{Group, Measure, Unit},
    time::{CHINA, DAY, HOUR},
};

use super::*;
use crate::catalogue::details::{Exception, On, Pattern};

fn day(m: u32, d: u32) -> Day {
    Day::from_ymd_opt(2026, m, d).expect("a real date")
}

fn unfolding() -> Unfolding {
    let text = || Text::only("桌");
    let tables = Pattern {
        days: 0b001_1111,
        first: 540,
        last: 600,
        every: 60,
        minutes: 60,
        capacity: 3,
        desk: BTreeMap::from([(600, 2)]),
        kept: Kept { places: 2, hours: 12 },
    };
    let course = Course {
        name: text(),
        opens: On::Days(2),
        opens_at: 540,
        starts: On::Days(5),
        days: 0b000_1010,
        meetings: 4,
        from: 1140,
        to: 1230,
        capacity: 20,
        desk: 5,
        kept: Kept::default(),
        draw: None,
        residents_first: false,
    };
    Unfolding {
        id: OfferingId::from("tables"),
        zone: CHINA,
        closures: Vec::new(),
        details: OfferingDetails {
            group: Group::Everyone,
            title: text(),
            summary: text(),
            place: text(),
            price: None,
            measure: Measure::Table,
            unit: Unit::Party,
            party_max: 4,
            terms: domain::booking::Terms::default(),
            ages: None,
            closes_minutes: 30,
            drop_in: false,
            patterns: vec![tables],
            except: Vec::new(),
            stays: Vec::new(),
            courses: vec![course],
        },
    }
}

#[test]
fn a_slot_is_named_after_its_local_time_and_counts_the_desk() {
    let slots = unfolding().recurring(day(7, 6));
    assert_eq!(slots.len(), 22, "eleven weekdays in fifteen days from a Monday");
    let second = &slots[1];
    assert_eq!(second.id.as_str(), "tables.20260706T1000");
    assert_eq!((second.capacity, second.desk, slots[0].desk), (3, 2, 0));
    assert_eq!(second.closes, second.meetings[0].starts.plus(-30 * MINUTE));
    assert_eq!((second.kept, second.kept_until), (2, second.meetings[0].starts.plus(-12 * HOUR)));
    assert_eq!(second.opens, CHINA.moment(day(7, 6), 0).plus(-14 * DAY));
    assert!(slots.iter().all(|slot| slot.opens <= CHINA.moment(day(7, 6), 0)), "all can be booked");
}

#[test]
fn a_course_is_set_up_relative_to_its_day() {
    let courses: Vec<NewSlot> = unfolding().courses(day(7, 1)).collect();
    let [course] = &courses[..] else { panic!("one course") };
    assert_eq!(course.id.as_str(), "tables.20260701-1");
    assert_eq!(course.opens, CHINA.moment(day(7, 3), 540));
    let days: Vec<Day> = course.meetings.iter().map(|span| span.starts.day(CHINA)).collect();
    assert_eq!(days, [day(7, 7), day(7, 9), day(7, 14), day(7, 16)]);
}

#[test]
fn on_closed_days_nothing_is_on_and_an_exception_goes_before() {
    let dates = |from: Day, to: Day| Dates { from, to, yearly: false };
    let mut one = unfolding();
    one.closures =
        vec![Closure { name: Text::only("节日"), dates: dates(day(7, 7), day(7, 9)), open: None }];
    let short = Pattern { last: 540, ..one.details.patterns[0].clone() };
    let exception = |dates, patterns| Exception { dates, patterns };
    one.details.except = vec![
        exception(dates(day(7, 9), day(7, 9)), vec![short]),
        exception(dates(day(7, 10), day(7, 10)), Vec::new()),
    ];
    let slots: Vec<String> = one.recurring(day(7, 6)).into_iter().map(|slot| slot.id.0).take(5).collect();
    let expected = ["0706T0900", "0706T1000", "0709T0900", "0713T0900", "0713T1000"];
    assert_eq!(slots, expected.map(|stamp| format!("tables.2026{stamp}")));
    // With hours of its own only what falls into them is on.
    let mut half = unfolding();
    half.closures = vec![Closure {
        name: Text::only("节日"),
        dates: dates(day(7, 6), day(7, 6)),
        open: Some(Open { from: 540, to: 600 }),
    }];
    let slots: Vec<String> = half.recurring(day(7, 6)).into_iter().map(|slot| slot.id.0).take(3).collect();
    assert_eq!(slots[0], "tables.20260706T0900");
    assert!(slots.iter().all(|slot| slot != "tables.20260706T1000"), "{slots:?}");
    let course = one.courses(day(7, 1)).next().expect("a course");
    let days: Vec<Day> = course.meetings.iter().map(|span| span.starts.day(CHINA)).collect();
    assert_eq!(days, [day(7, 9), day(7, 14), day(7, 16), day(7, 21)], "it meets on the next of its days");
}

#[test]
fn what_is_there_is_not_made_again_and_a_past_course_is_renewed() {
    let all = [unfolding()];
    let morning = CHINA.moment(day(7, 6), 0);
    let first = missing(&all, &BTreeSet::new(), morning);
    assert_eq!(first.len(), 23);
    let ahead: BTreeSet<String> = first.iter().map(|slot| slot.id.0.clone()).collect();
    assert!(missing(&all, &ahead, morning).is_empty());
    let next: Vec<String> =
        missing(&all, &ahead, morning.plus(DAY + HOUR)).into_iter().map(|slot| slot.id.0).collect();
    assert_eq!(next, ["tables.20260721T0900", "tables.20260721T1000"], "one more day");
    let without_course = ahead.into_iter().filter(|id| !id.ends_with("-1")).collect();
    let renewed = missing(&all, &without_course, morning.plus(HOUR));
    assert_eq!(renewed.len(), 1);
    assert_eq!(renewed[0].id.as_str(), "tables.20260706-1");
}

#[test]
fn a_course_with_dates_is_the_same_on_every_day_and_is_set_up_once() {
    let mut one = unfolding();
    let course = &mut one.details.courses[0];
    (course.opens, course.starts) = (On::Date(day(7, 1)), On::Date(day(7, 6)));
    let set_up = |base| one.courses(base).next().expect("a course");
    assert_eq!(set_up(day(6, 1)), set_up(day(6, 20)));
    let made = set_up(day(6, 1));
    assert_eq!(made.id.as_str(), "tables.20260706-1");
    assert_eq!(made.opens, CHINA.moment(day(7, 1), 540));
    assert_eq!(made.meetings[0].starts.day(CHINA), day(7, 7), "the first of its weekdays");
    let at = |moment: Moment| {
        let missing = missing(core::slice::from_ref(&one), &BTreeSet::new(), moment);
        missing.into_iter().filter(|slot| slot.name.is_some()).count()
    };
    let begins = made.meetings[0].starts;
    assert_eq!((at(begins.plus(-1)), at(begins), at(begins.plus(30 * DAY))), (1, 0, 0));
}

#[test]
fn late_in_the_evening_only_what_is_still_to_come_is_made() {
    let evening = CHINA.moment(day(7, 6), 9 * 60 + 30);
    let made = missing(&[unfolding()], &BTreeSet::new(), evening);
    assert_eq!(made[0].id.as_str(), "tables.20260706T0900", "it is still running");
    let night = CHINA.moment(day(7, 6), 22 * 60);
    let made = missing(&[unfolding()], &BTreeSet::new(), night);
    assert_eq!(made[0].id.as_str(), "tables.20260707T0900");
}
