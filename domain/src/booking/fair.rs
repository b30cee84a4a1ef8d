//! A fair share of what many want: how often a household may come in a week.

use super::{BookingState, Fair};
use crate::{
    id::{BookingId, OfferingId},
    refusal::Refusal,
    time::{DAY, Moment, Zone, days_after},
    week::monday,
};

/// For how long not having come counts, in milliseconds from the start.
pub const MARK: i64 = 30 * DAY;

/// A booking of a household, as far as its share is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Which booking.
    pub booking: BookingId,
    /// Of what.
    pub offering: OfferingId,
    /// When the slot starts.
    pub starts: Moment,
    /// How it stands.
    pub state: BookingState,
}

/// How a household stands with its share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Bookings allowed in that week.
    pub allowed: u32,
    /// Bookings it has in it.
    pub used: u32,
    /// Marks for not having come.
    pub marks: u32,
}

/// How a household that has had `uses` stands with its share of `offering` in the week in which
/// `starts` falls.
pub fn stands(
    fair: Fair,
    uses: &[Use],
    offering: &OfferingId,
    starts: Moment,
    now: Moment,
    zone: Zone,
) -> Share {
    let (from, to) = week_of(starts, zone);
    let counts = |state: BookingState| state.is_live() || state == BookingState::Missed;
    let booked = uses
        .iter()
        .filter(|one| one.offering == *offering && counts(one.state))
        .filter(|one| from <= one.starts && one.starts < to)
        .count();
    let marks = uses.iter().filter(|one| is_mark(one, now)).count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let marks = number(marks);
    Share { allowed: fair.per_week.saturating_sub(marks).max(1), used: number(booked), marks }
}

/// Checks whether a household that has had `uses` may have another booking of `offering`, in a slot
/// that starts then. Rule 14.
///
/// # Errors
/// It has had its share of that week, and the slot is not spare yet.
pub fn share(
    fair: Fair,
    uses: &[Use],
    offering: &OfferingId,
    starts: Moment,
    now: Moment,
    zone: Zone,
) -> Result<(), Refusal> {
    let spare_from = starts.plus(-fair.spare());
    if now >= spare_from {
        return Ok(());
    }
    let Share { allowed, used, marks } = stands(fair, uses, offering, starts, now, zone);
    if used < allowed { Ok(()) } else { Err(Refusal::WeekFull { allowed, marks, spare_from }) }
}

/// Whether somebody did not come to it, less than 30 days ago; of whatever offering it was.
fn is_mark(one: &Use, now: Moment) -> bool {
    one.state == BookingState::Missed && now < one.starts.plus(MARK)
}

/// The week from Monday to Sunday in which `at` falls on the centre's clock: its first instant and the
/// first one after it.
pub fn week_of(at: Moment, zone: Zone) -> (Moment, Moment) {
    let first = monday(at.day(zone));
    (zone.moment(first, 0), zone.moment(days_after(first, 7), 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{CHINA, Day, HOUR};

    /// So many hours past the midnight with which Wednesday the first of July 2026 begins.
    fn at(hours: i64) -> Moment {
        CHINA.moment(Day::from_ymd_opt(2026, 7, 1).expect("a real date"), hours * 60)
    }

    fn used(hours: i64, state: BookingState) -> Use {
        let (booking, offering) = (BookingId::from("b"), OfferingId::from("tables"));
        Use { booking, offering, starts: at(hours), state }
    }

    fn ask(uses: &[Use], starts: i64, now: i64) -> Result<(), Refusal> {
        let fair = Fair { per_week: 2, spare_hours: 2 };
        share(fair, uses, &OfferingId::from("tables"), at(starts), at(now), CHINA)
    }

    #[test]
    fn a_week_is_from_monday_to_sunday_on_the_centres_clock() {
        let (from, to) = week_of(at(10), CHINA);
        assert_eq!((from, to), (at(-48), at(5 * 24)));
        assert_eq!(week_of(at(5 * 24).plus(-1), CHINA).0, from, "the last instant of Sunday");
        assert_eq!(week_of(to, CHINA).0, to);
    }

    #[test]
    fn what_counts_is_what_one_has_or_missed_of_this_offering_in_this_week() {
        let live = [
            BookingState::Confirmed,
            BookingState::Waitlisted,
            BookingState::Offered,
            BookingState::Attended,
        ];
        for state in live {
            let full = Refusal::WeekFull { allowed: 2, marks: 0, spare_from: at(48) };
            assert_eq!(ask(&[used(30, state), used(40, state)], 50, 20), Err(full), "{state:?}");
        }
        for state in
            [BookingState::Cancelled, BookingState::Declined, BookingState::Lapsed, BookingState::Withdrawn]
        {
            assert_eq!(ask(&[used(30, state), used(40, state)], 50, 20), Ok(()), "{state:?}");
        }
        let mut other = used(30, BookingState::Confirmed);
        other.offering = OfferingId::from("billiards");
        assert_eq!(ask(&[other, used(40, BookingState::Confirmed)], 50, 20), Ok(()));
        let next = [used(5 * 24, BookingState::Confirmed), used(40, BookingState::Confirmed)];
        assert_eq!(ask(&next, 50, 20), Ok(()));
    }

    #[test]
    fn a_mark_takes_one_away_and_fades_but_one_is_always_left() {
        let missed = [used(-72, BookingState::Missed)];
        let one = [missed[0].clone(), used(40, BookingState::Confirmed)];
        assert!(matches!(ask(&one, 50, 20), Err(Refusal::WeekFull { allowed: 1, marks: 1, .. })));
        assert_eq!(ask(&missed, 50, 20), Ok(()));
        let many = [missed[0].clone(), missed[0].clone(), missed[0].clone()];
        assert_eq!(ask(&many, 50, 20), Ok(()), "once a week is left");
        let fades = -72 + 30 * 24;
        let then = |now: Moment| {
            let uses = [missed[0].clone(), used(fades + 10, BookingState::Confirmed)];
            let fair = Fair { per_week: 2, spare_hours: 2 };
            share(fair, &uses, &OfferingId::from("tables"), at(fades + 12), now, CHINA)
        };
        assert!(then(at(fades).plus(-1)).is_err());
        assert_eq!(then(at(fades)), Ok(()));
    }

    #[test]
    fn shortly_before_it_is_spare() {
        let uses = [used(30, BookingState::Confirmed), used(40, BookingState::Confirmed)];
        assert!(ask(&uses, 50, 47).is_err());
        assert_eq!(ask(&uses, 50, 48), Ok(()));
        let fair = Fair { per_week: 2, spare_hours: 2 };
        let just = at(48).plus(-HOUR / 3_600_000);
        assert!(share(fair, &uses, &OfferingId::from("tables"), at(50), just, CHINA).is_err());
    }
}
