//! Until when an offer is held: nobody is asked to answer at night.

use crate::time::{Moment, Zone, days_after};

/// From this minute of the day on a hold runs: 8:00.
const MORNING: i64 = 8 * 60;
/// At this minute of the day it pauses: 22:00.
const NIGHT: i64 = 22 * 60;

/// When an offer made at `at` lapses: after `hold` milliseconds, of which only those between 8:00 and
/// 22:00 on the centre's clock count, and at the latest when the slot starts.
pub fn hold_until(at: Moment, hold: i64, zone: Zone, starts: Moment) -> Moment {
    let (mut from, mut left) = (at, hold.max(0));
    loop {
        let day = from.day(zone);
        let (morning, night) = (zone.moment(day, MORNING), zone.moment(day, NIGHT));
        from = from.max(morning);
        let room = night.0.saturating_sub(from.0).max(0);
        if left <= room && from < night {
            return from.plus(left).min(starts);
        }
        left -= room;
        from = zone.moment(days_after(day, 1), MORNING);
        if from >= starts {
            return starts;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{CHINA, Day, HOUR, MINUTE};

    fn at(day: u32, minutes: i64) -> Moment {
        CHINA.moment(Day::from_ymd_opt(2026, 7, day).expect("a real date"), minutes)
    }

    fn held(from: Moment, minutes: i64) -> Moment {
        hold_until(from, minutes * MINUTE, CHINA, at(31, 0))
    }

    #[test]
    fn by_day_a_hold_is_as_long_as_it_says() {
        assert_eq!(held(at(1, 14 * 60), 120), at(1, 16 * 60));
        assert_eq!(held(at(1, 8 * 60), 120), at(1, 10 * 60));
        assert_eq!(held(at(1, 20 * 60), 120), at(1, 22 * 60), "to the last minute of the day");
    }

    #[test]
    fn at_night_it_pauses() {
        assert_eq!(held(at(1, 20 * 60 + 1), 120), at(2, 8 * 60 + 1));
        assert_eq!(held(at(1, 22 * 60), 120), at(2, 10 * 60));
        assert_eq!(held(at(1, 22 * 60).plus(-1), 120), at(2, 10 * 60).plus(-1));
        assert_eq!(held(at(2, 3 * 60), 120), at(2, 10 * 60));
        assert_eq!(held(at(2, 8 * 60).plus(-1), 120), at(2, 10 * 60));
        assert_eq!(held(at(1, 15 * 60), 24 * 60), at(3, 11 * 60), "7 hours today, 14 tomorrow, 3 then");
    }

    #[test]
    fn it_never_outlasts_the_beginning() {
        let starts = at(1, 15 * 60);
        assert_eq!(hold_until(at(1, 14 * 60), 2 * HOUR, CHINA, starts), starts);
        let early = at(2, 7 * 60);
        assert_eq!(hold_until(at(1, 21 * 60 + 59), 2 * HOUR, CHINA, early), early);
    }
}
