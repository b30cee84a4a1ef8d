//! Recurring opening patterns, and the slots they unfold into.

use crate::{
    hours::on_day,
    time::{Day, MINUTE, Moment, Span, Zone, days_after},
};

/// Slots that recur on some weekdays, in the centre's local time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Weekdays: bit 0 is Monday.
    pub days: u8,
    /// Start of the day's first slot, minutes since midnight.
    pub first: u16,
    /// Start of the day's last slot.
    pub last: u16,
    /// Minutes from start to start, at least 1.
    pub every: u16,
    /// Length in minutes, at least 1.
    pub minutes: u16,
}

/// No course takes longer than this, in days.
const MOST_DAYS: u64 = 5 * 366;

/// One enrolment for several meetings, in the centre's local time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// First day on which it can meet.
    pub from_day: Day,
    /// Weekdays on which it meets: bit 0 is Monday.
    pub days: u8,
    /// How many meetings.
    pub meetings: u16,
    /// Start, minutes since midnight.
    pub from: u16,
    /// End, minutes since midnight.
    pub to: u16,
}

impl Pattern {
    /// The times of day at which slots start on `day`, with their spans.
    pub fn on(&self, day: Day, zone: Zone) -> Vec<Span> {
        if !on_day(self.days, day) || self.every == 0 {
            return Vec::new();
        }
        (self.first..=self.last)
            .step_by(usize::from(self.every))
            .map(|start| {
                let starts = zone.moment(day, i64::from(start));
                Span { starts, ends: starts.plus(i64::from(self.minutes) * MINUTE) }
            })
            .collect()
    }
}

impl Course {
    /// The meetings, in order, on days that are `open`. Empty where no weekday is named; fewer than
    /// asked for where years go by without an open day.
    pub fn meetings(&self, zone: Zone, open: impl Fn(Day) -> bool) -> Vec<Span> {
        if self.days.trailing_zeros() >= 7 {
            return Vec::new();
        }
        (0..MOST_DAYS)
            .map(|ahead| days_after(self.from_day, ahead))
            .filter(|day| on_day(self.days, *day) && open(*day))
            .take(usize::from(self.meetings))
            .map(|day| Span {
                starts: zone.moment(day, self.from.into()),
                ends: zone.moment(day, self.to.into()),
            })
            .collect()
    }
}

/// The days among the 14 from `first` on which one of `starts` falls, as bits.
pub fn day_bits(first: Day, starts: impl IntoIterator<Item = Moment>, zone: Zone) -> u16 {
    starts.into_iter().fold(0, |bits, start| {
        let ahead = start.day(zone).signed_duration_since(first).num_days();
        if (0..14).contains(&ahead) { bits | 1 << ahead } else { bits }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::CHINA;

    fn day(m: u32, d: u32) -> Day {
        Day::from_ymd_opt(2026, m, d).expect("a real date")
    }

    #[test]
    fn a_pattern_fills_its_weekdays_and_no_others() {
        let tables = Pattern { days: 0b001_1111, first: 540, last: 1200, every: 60, minutes: 60 };
        let monday = tables.on(day(7, 6), CHINA);
        assert_eq!(monday.len(), 12);
        assert_eq!(monday[0].starts, CHINA.moment(day(7, 6), 540));
        assert_eq!(monday[11].ends, CHINA.moment(day(7, 6), 1260));
        assert!(tables.on(day(7, 11), CHINA).is_empty(), "Saturday is off");
    }

    #[test]
    fn a_course_of_six_on_tuesdays_and_thursdays_takes_three_weeks_across_a_month_end() {
        let course = Course { from_day: day(6, 24), days: 0b000_1010, meetings: 6, from: 1140, to: 1230 };
        let days: Vec<Day> =
            course.meetings(CHINA, |_| true).iter().map(|span| span.starts.day(CHINA)).collect();
        assert_eq!(days, [day(6, 25), day(6, 30), day(7, 2), day(7, 7), day(7, 9), day(7, 14)]);
    }

    #[test]
    fn a_course_skips_the_days_on_which_it_is_closed() {
        let course = Course { from_day: day(6, 24), days: 0b000_1010, meetings: 3, from: 1140, to: 1230 };
        let closed = |open: Day| open != day(6, 30);
        let days: Vec<Day> =
            course.meetings(CHINA, closed).iter().map(|span| span.starts.day(CHINA)).collect();
        assert_eq!(days, [day(6, 25), day(7, 2), day(7, 7)]);
        assert!(course.meetings(CHINA, |_| false).is_empty());
    }

    #[test]
    fn a_slot_that_runs_past_midnight_ends_on_the_next_day() {
        let night = Pattern { days: 0b111_1111, first: 1410, last: 1410, every: 60, minutes: 60 };
        assert_eq!(night.on(day(7, 31), CHINA)[0].ends.day(CHINA), day(8, 1));
    }

    #[test]
    fn the_days_of_a_card_are_bits_from_its_first_day() {
        let starts = [CHINA.moment(day(7, 6), 0), CHINA.moment(day(7, 8), 600), CHINA.moment(day(7, 30), 0)];
        assert_eq!(day_bits(day(7, 6), starts, CHINA), 0b101);
    }
}
