//! Opening hours of a centre: a weekly pattern, and days that differ.

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use crate::{
    text::Text,
    time::{Day, Moment, Zone, days_after, weekday},
};

/// Opening hours on some weekdays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hours {
    /// Weekdays it holds for: bit 0 is Monday, bit 6 Sunday.
    pub days: u8,
    /// Opening, minutes since local midnight.
    pub from: u16,
    /// Closing, minutes since local midnight, later than `from`.
    pub to: u16,
}

/// Days in a row that differ from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dates {
    /// The first.
    #[serde(with = "crate::time::day_text")]
    #[cfg_attr(feature = "schema", schemars(with = "Day"))]
    pub from: Day,
    /// The last, itself among them.
    #[serde(with = "crate::time::day_text")]
    #[cfg_attr(feature = "schema", schemars(with = "Day"))]
    pub to: Day,
    /// Whether they come again every year; their year then means nothing.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub yearly: bool,
}

impl Dates {
    /// Whether `day` is among them.
    pub fn cover(&self, day: Day) -> bool {
        if !self.yearly {
            return (self.from..=self.to).contains(&day);
        }
        let [from, to, day] = [self.from, self.to, day].map(|day| (day.month(), day.day()));
        if from <= to { from <= day && day <= to } else { from <= day || day <= to }
    }

    /// The first and the last of them, of the next time that is not over on `today`.
    pub fn next(&self, today: Day) -> Option<(Day, Day)> {
        if !self.yearly {
            return (self.to >= today).then_some((self.from, self.to));
        }
        // Over the end of the year they are in the middle of January those of the year before.
        let crosses = (self.from.month(), self.from.day()) > (self.to.month(), self.to.day());
        (today.year() - 1..=today.year() + 4).find_map(|year| {
            let from = self.from.with_year(year)?;
            let to = self.to.with_year(if crosses { year + 1 } else { year })?;
            (to >= today).then_some((from, to))
        })
    }
}

/// Days on which a centre is closed, or open for other hours, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Closure {
    /// What for, such as National Day.
    pub name: Text,
    /// When.
    pub dates: Dates,
    /// When it is open on each of them; `None` where it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<Open>,
}

/// From when to when a centre is open on a day that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Open {
    /// Opening, minutes since local midnight.
    pub from: u16,
    /// Closing, minutes since local midnight, later than `from`.
    pub to: u16,
}

/// Why `day` differs from other days, if it does: of several the first counts.
pub fn special(closures: &[Closure], day: Day) -> Option<&Closure> {
    closures.iter().find(|closure| closure.dates.cover(day))
}

/// Why it is closed on `day`, if it is.
pub fn closed_for(closures: &[Closure], day: Day) -> Option<&Closure> {
    special(closures, day).filter(|closure| closure.open.is_none())
}

/// Whether something can be on from and to such minutes of `day`: not where it is closed, nor outside the
/// hours of a day that differs.
pub fn can_be_on(closures: &[Closure], day: Day, from: u16, to: u16) -> bool {
    match special(closures, day) {
        None => true,
        Some(Closure { open: None, .. }) => false,
        Some(Closure { open: Some(open), .. }) => open.from <= from && to <= open.to,
    }
}

/// The days from `first` to `last`, both among them, on which it is closed.
pub fn closed_between(closures: &[Closure], first: Day, last: Day) -> Vec<Day> {
    let days = (0..AHEAD).map(|ahead| days_after(first, ahead)).take_while(|day| *day <= last);
    days.filter(|day| closed_for(closures, *day).is_some()).collect()
}

/// For how many days ahead days that differ are told.
const TOLD: u64 = 180;

/// The days that differ and are not over on `today`, the next first, each with its first and last day.
pub fn ahead(closures: &[Closure], today: Day) -> Vec<(&Closure, Day, Day)> {
    let last = days_after(today, TOLD);
    let mut ahead: Vec<(&Closure, Day, Day)> = closures
        .iter()
        .filter_map(|closure| {
            let (from, to) = closure.dates.next(today)?;
            (from <= last).then_some((closure, from, to))
        })
        .collect();
    ahead.sort_by_key(|(_, from, to)| (*from, *to));
    ahead
}

/// For how many days ahead it is looked when it opens: longer than any holiday.
const AHEAD: u64 = 40;

/// Whether a centre is open at some instant, and what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenState {
    /// Open, until then.
    Open {
        /// When it closes.
        until: Moment,
    },
    /// Closed; it opens next then.
    Closed {
        /// When it opens, if it does within the next weeks.
        opens: Option<Moment>,
    },
}

/// Whether `day`'s weekday is among `days` (bit 0 is Monday).
pub fn on_day(days: u8, day: Day) -> bool {
    days & (1 << (weekday(day) - 1)) != 0
}

/// The state of opening at `now` for a centre with these hours, which is closed on some days.
pub fn state(hours: &[Hours], closures: &[Closure], now: Moment, zone: Zone) -> OpenState {
    let today = now.day(zone);
    let mut next: Option<Moment> = None;
    for ahead in 0..AHEAD {
        let day = days_after(today, ahead);
        let special = special(closures, day);
        let usual = hours.iter().filter(|span| special.is_none() && on_day(span.days, day));
        let usual = usual.map(|span| Open { from: span.from, to: span.to });
        for span in usual.chain(special.and_then(|special| special.open)) {
            let (from, to) = (zone.moment(day, span.from.into()), zone.moment(day, span.to.into()));
            if from <= now && now < to {
                return OpenState::Open { until: to };
            }
            if now < from && next.is_none_or(|earlier| from < earlier) {
                next = Some(from);
            }
        }
        if next.is_some() {
            break;
        }
    }
    OpenState::Closed { opens: next }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::CHINA;

    fn at(day: u32, minutes: i64) -> Moment {
        // The 6th of July 2026 is a Monday.
        CHINA.moment(Day::from_ymd_opt(2026, 7, day).expect("a real date"), minutes)
    }

    #[test]
    fn a_lunch_break_is_closed_and_opens_again_in_the_afternoon() {
        let hours =
            [Hours { days: 0b001_1111, from: 510, to: 690 }, Hours { days: 0b001_1111, from: 840, to: 1050 }];
        let state = |hours: &[Hours], now, zone| state(hours, &[], now, zone);
        assert_eq!(state(&hours, at(6, 600), CHINA), OpenState::Open { until: at(6, 690) });
        assert_eq!(state(&hours, at(6, 690), CHINA), OpenState::Closed { opens: Some(at(6, 840)) });
        assert_eq!(state(&hours, at(10, 1050), CHINA), OpenState::Closed { opens: Some(at(13, 510)) });
        assert_eq!(state(&[], at(6, 600), CHINA), OpenState::Closed { opens: None });
    }

    fn dates(from: (i32, u32, u32), to: (i32, u32, u32), yearly: bool) -> Dates {
        let day = |(y, m, d)| Day::from_ymd_opt(y, m, d).expect("a real date");
        Dates { from: day(from), to: day(to), yearly }
    }

    #[test]
    fn a_holiday_is_closed_to_its_last_day() {
        let hours = [Hours { days: 0b111_1111, from: 540, to: 1200 }];
        let closures = [Closure {
            name: Text::only("歇业"),
            dates: dates((2026, 7, 7), (2026, 7, 17), false),
            open: None,
        }];
        assert_eq!(state(&hours, &closures, at(6, 1199), CHINA), OpenState::Open { until: at(6, 1200) });
        let opens = Some(at(18, 540));
        for now in [at(6, 1200), at(7, 600), at(17, 600)] {
            assert_eq!(state(&hours, &closures, now, CHINA), OpenState::Closed { opens });
        }
    }

    #[test]
    fn a_holiday_may_have_hours_of_its_own() {
        let hours = [Hours { days: 0b111_1111, from: 540, to: 1200 }];
        let day = |day| Day::from_ymd_opt(2026, 7, day).expect("a real date");
        let short = Some(Open { from: 540, to: 720 });
        let closures = [Closure {
            name: Text::only("端午节"),
            dates: dates((2026, 7, 7), (2026, 7, 8), false),
            open: short,
        }];
        assert_eq!(state(&hours, &closures, at(7, 600), CHINA), OpenState::Open { until: at(7, 720) });
        assert_eq!(
            state(&hours, &closures, at(8, 720), CHINA),
            OpenState::Closed { opens: Some(at(9, 540)) }
        );
        assert_eq!(closed_for(&closures, day(7)), None);
        assert!(can_be_on(&closures, day(7), 660, 720) && can_be_on(&closures, day(9), 660, 900));
        assert!(!can_be_on(&closures, day(7), 660, 721));
    }

    #[test]
    fn days_that_differ_are_told_ahead_of_time_the_next_first() {
        let one = |name: &str, from, to, yearly| Closure {
            name: Text::only(name),
            dates: dates(from, to, yearly),
            open: None,
        };
        let closures = [
            one("国庆节", (2026, 10, 1), (2026, 10, 3), true),
            one("端午节", (2026, 6, 19), (2026, 6, 21), false),
            one("元旦", (2026, 12, 31), (2026, 1, 1), true),
        ];
        let told = |year, month, day| -> Vec<(String, String)> {
            let today = Day::from_ymd_opt(year, month, day).expect("a real date");
            let told = ahead(&closures, today).into_iter();
            told.map(|(closure, from, _)| (closure.name.zh.clone(), from.to_string())).collect()
        };
        let line = |name: &str, from: &str| (name.to_owned(), from.to_owned());
        assert_eq!(told(2026, 6, 21), [line("端午节", "2026-06-19"), line("国庆节", "2026-10-01")]);
        assert_eq!(told(2026, 6, 22), [line("国庆节", "2026-10-01")], "half a year ahead");
        assert_eq!(told(2027, 1, 1), [line("元旦", "2026-12-31")]);
        assert_eq!(told(2027, 10, 3)[0], line("国庆节", "2027-10-01"));
    }

    #[test]
    fn what_comes_every_year_may_cross_its_end() {
        let day = |y, m, d| Day::from_ymd_opt(y, m, d).expect("a real date");
        let national = dates((2026, 10, 1), (2026, 10, 3), true);
        assert!(national.cover(day(2031, 10, 1)) && national.cover(day(2025, 10, 3)));
        assert!(!national.cover(day(2026, 9, 30)) && !national.cover(day(2027, 10, 4)));
        let turn = dates((2026, 12, 31), (2026, 1, 1), true);
        assert!(turn.cover(day(2026, 12, 31)) && turn.cover(day(2027, 1, 1)) && !turn.cover(day(2027, 1, 2)));
        assert!(!dates((2026, 10, 1), (2026, 10, 3), false).cover(day(2027, 10, 1)));
    }
}
