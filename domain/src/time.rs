//! Instants, days and the centre's clock.
//!
//! Instants are milliseconds since 1970 in UTC. What people mean as a date (a birthday, a menu
//! day) is a [`Day`]. China has kept one offset all year since 1991, so a [`Zone`] is an offset.

use chrono::{DateTime, Datelike, Days, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

/// A calendar date, in JSON `"2026-07-01"`; fields say `#[serde(with = "day_text")]`.
pub type Day = chrono::NaiveDate;

/// One minute in milliseconds.
pub const MINUTE: i64 = 60_000;
/// One hour in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// One day of 24 hours in milliseconds.
pub const DAY: i64 = 24 * HOUR;

/// An instant: milliseconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Moment(pub i64);

/// Reads `2026-07-01`; `None` for anything else. Shorter than chrono's own parser by what a phone
/// would have to download of it.
pub fn parse_day(text: &str) -> Option<Day> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |from: usize, to: usize| {
        bytes[from..to]
            .iter()
            .try_fold(0_u16, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u16::from(byte - b'0')))
    };
    Day::from_ymd_opt(number(0, 4)?.into(), number(5, 7)?.into(), number(8, 10)?.into())
}

/// Writes `2026-07-01`.
pub fn write_day(day: Day) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

pub mod day_text {
    //! A day in JSON.

    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    use super::{Day, parse_day, write_day};

    /// Writes `"2026-07-01"`.
    pub fn serialize<S: Serializer>(day: &Day, to: S) -> Result<S::Ok, S::Error> {
        write_day(*day).serialize(to)
    }

    /// Reads `"2026-07-01"`.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Day, D::Error> {
        parse_day(&String::deserialize(from)?).ok_or_else(|| D::Error::custom("not a day"))
    }
}

pub mod day_text_option {
    //! A day in JSON, or `null`.

    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    use super::{Day, parse_day, write_day};

    /// Writes `"2026-07-01"` or `null`.
    pub fn serialize<S: Serializer>(day: &Option<Day>, to: S) -> Result<S::Ok, S::Error> {
        day.map(write_day).serialize(to)
    }

    /// Reads `"2026-07-01"` or `null`.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Day>, D::Error> {
        match Option::<String>::deserialize(from)? {
            None => Ok(None),
            Some(text) => parse_day(&text).map(Some).ok_or_else(|| D::Error::custom("not a day")),
        }
    }
}

/// Minutes east of UTC of a centre's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Zone(pub i32);

/// China Standard Time.
pub const CHINA: Zone = Zone(480);

/// So many milliseconds in whole seconds, rounded up; none where it is negative.
pub fn whole_seconds(millis: i64) -> u32 {
    u32::try_from(millis.max(0).saturating_add(999) / 1000).unwrap_or(u32::MAX)
}

impl Moment {
    /// The instant so many milliseconds later (earlier when negative).
    #[must_use]
    pub const fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// What a wall clock in `zone` shows.
    pub fn local(self, zone: Zone) -> NaiveDateTime {
        DateTime::from_timestamp_millis(self.0.saturating_add(i64::from(zone.0) * MINUTE))
            .unwrap_or_default()
            .naive_utc()
    }

    /// The calendar day in `zone`.
    pub fn day(self, zone: Zone) -> Day {
        self.local(zone).date()
    }

    /// Minutes since local midnight in `zone`, 0 to 1439.
    pub fn minute_of_day(self, zone: Zone) -> u16 {
        let time = self.local(zone).time();
        u16::try_from(time.hour() * 60 + time.minute()).unwrap_or_default()
    }
}

impl Zone {
    /// The instant at which a clock in this zone shows `day` and `minutes` past midnight.
    /// Minutes beyond 1439 run into the following days.
    pub fn moment(self, day: Day, minutes: i64) -> Moment {
        let midnight = day.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
        Moment(midnight + (minutes - i64::from(self.0)) * MINUTE)
    }
}

/// The day `count` days after `day`; the last representable day where the calendar ends.
pub fn days_after(day: Day, count: u64) -> Day {
    day.checked_add_days(Days::new(count)).unwrap_or(Day::MAX)
}

/// ISO weekday, 1 (Monday) to 7 (Sunday).
pub fn weekday(day: Day) -> u8 {
    u8::try_from(day.weekday().number_from_monday()).unwrap_or(1)
}

/// Whole months lived on `on` by somebody born on `born`; `None` before birth.
///
/// Who was born on the 29th of February turns a year older on the 1st of March in common years,
/// and likewise for the 31st in short months, as the Civil Code counts.
pub fn age_in_months(born: Day, on: Day) -> Option<u32> {
    if on < born {
        return None;
    }
    let months = (on.year() - born.year()) * 12 + i32::try_from(on.month()).ok()?
        - i32::try_from(born.month()).ok()?;
    let months = if on.day() < born.day() { months - 1 } else { months };
    u32::try_from(months).ok()
}

/// A stretch of time from `starts` up to but not including `ends`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// First instant.
    pub starts: Moment,
    /// First instant after it.
    pub ends: Moment,
}

impl Span {
    /// Whether the two share an instant; meeting end to start is no overlap.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.starts < other.ends && other.starts < self.ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Day {
        Day::from_ymd_opt(y, m, d).expect("a real date")
    }

    #[test]
    fn seconds_are_rounded_up() {
        assert_eq!([-5, 0, 1, 1000, 1001, 60_000].map(whole_seconds), [0, 0, 1, 1, 2, 60]);
    }

    #[test]
    fn a_local_evening_in_china_is_the_utc_noon_of_the_same_day() {
        let evening = CHINA.moment(day(2026, 7, 1), 19 * 60);
        assert_eq!(evening.local(CHINA).to_string(), "2026-07-01 19:00:00");
        assert_eq!(evening.local(Zone(0)).to_string(), "2026-07-01 11:00:00");
        assert_eq!(evening.minute_of_day(CHINA), 1140);
    }

    #[test]
    fn shortly_after_midnight_the_local_day_is_already_the_next() {
        let late = CHINA.moment(day(2026, 12, 31), 24 * 60 + 5);
        assert_eq!(late.day(CHINA), day(2027, 1, 1));
        assert_eq!(late.day(Zone(0)), day(2026, 12, 31));
    }

    #[test]
    fn a_leap_day_child_turns_one_on_the_first_of_march() {
        let born = day(2024, 2, 29);
        assert_eq!(age_in_months(born, day(2025, 2, 28)), Some(11));
        assert_eq!(age_in_months(born, day(2025, 3, 1)), Some(12));
        assert_eq!(age_in_months(born, day(2028, 2, 29)), Some(48));
        assert_eq!(age_in_months(born, day(2024, 2, 28)), None);
    }

    #[test]
    fn a_day_is_read_back_as_written_and_nothing_else_is_a_day() {
        assert_eq!(parse_day("2024-02-29"), Some(day(2024, 2, 29)));
        assert_eq!(write_day(day(2024, 2, 9)), "2024-02-09");
        for bad in [
            "",
            "2024-2-9",
            "2023-02-29",
            "2024-02-30",
            "20240-2-29",
            "2024-02-29x",
            "+024-02-29",
            "2024--229",
        ] {
            assert_eq!(parse_day(bad), None, "{bad}");
        }
    }

    #[test]
    fn spans_that_touch_do_not_overlap() {
        let span = |from, to| Span { starts: Moment(from), ends: Moment(to) };
        assert!(!span(0, 10).overlaps(&span(10, 20)));
        assert!(span(0, 11).overlaps(&span(10, 20)));
    }
}
