//! Opening hours of a centre: a weekly pattern, and days that differ.

use serde::{Deserialize, Serialize};

use crate::time::{Day, Moment, Zone, days_after, weekday};

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

/// Whether a centre is open at some instant, and what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenState {
    /// Open, until then.
    Open {
        /// When it closes.
        until: Moment,
    },
    /// Closed; it opens next then (within a week).
    Closed {
        /// When it opens, if it does within the next seven days.
        opens: Option<Moment>,
    },
}

/// Whether `day`'s weekday is among `days` (bit 0 is Monday).
pub fn on_day(days: u8, day: Day) -> bool {
    days & (1 << (weekday(day) - 1)) != 0
}

/// The state of opening at `now` for a centre with these hours.
pub fn state(hours: &[Hours], now: Moment, zone: Zone) -> OpenState {
    let today = now.day(zone);
    let mut next: Option<Moment> = None;
    for ahead in 0..8 {
        let day = days_after(today, ahead);
        for span in hours.iter().filter(|span| on_day(span.days, day)) {
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
        assert_eq!(state(&hours, at(6, 600), CHINA), OpenState::Open { until: at(6, 690) });
        assert_eq!(state(&hours, at(6, 690), CHINA), OpenState::Closed { opens: Some(at(6, 840)) });
        assert_eq!(state(&hours, at(10, 1050), CHINA), OpenState::Closed { opens: Some(at(13, 510)) });
        assert_eq!(state(&[], at(6, 600), CHINA), OpenState::Closed { opens: None });
    }
}
