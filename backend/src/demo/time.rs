//! Weekdays, times of day and days as people write them: `1-5`, `2,4`, `09:30`, `2026-10-01`, `10-01`.

use domain::{
    hours::Dates,
    time::{Day, parse_day},
};

/// Reads weekdays, 1 (Monday) to 7, such as `1-5` or `2,4,6-7`, as bits from Monday.
pub fn weekdays(text: &str) -> Option<u8> {
    let mut bits = 0_u8;
    for part in text.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to) = (weekday(from)?, weekday(to)?);
        if from > to {
            return None;
        }
        for day in from..=to {
            bits |= 1 << (day - 1);
        }
    }
    Some(bits)
}

fn weekday(text: &str) -> Option<u8> {
    match text.trim().as_bytes() {
        [digit @ b'1'..=b'7'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Reads a time of day `00:00` to `24:00` as minutes since midnight.
pub fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= 24 * 60).then_some(all)
}

/// Reads days from the first to the last, `2026-10-01`, or without a year for those that come again
/// every year, `10-01`; these may cross the end of the year.
pub fn dates(from: &str, to: &str) -> Option<Dates> {
    if let (Some(from), Some(to)) = (parse_day(from), parse_day(to)) {
        return (from <= to).then_some(Dates { from, to, yearly: false });
    }
    // Read in a leap year, which has all days.
    let yearly = |text: &str| -> Option<Day> { parse_day(&format!("2024-{text}")) };
    Some(Dates { from: yearly(from)?, to: yearly(to)?, yearly: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_bits_from_monday() {
        assert_eq!(weekdays("1-5"), Some(0b001_1111));
        assert_eq!(weekdays("2,4"), Some(0b000_1010));
        assert_eq!(weekdays("1,6-7"), Some(0b110_0001));
        for bad in ["", "0", "8", "5-1", "1-", "a", "1;2", "12"] {
            assert_eq!(weekdays(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_have_a_year_or_come_every_year() {
        let day = |year| Day::from_ymd_opt(year, 10, 1).expect("a real date");
        let national = dates("2026-10-01", "2026-10-03").expect("days");
        assert!(national.cover(day(2026)) && !national.cover(day(2027)));
        assert!(dates("10-01", "10-03").is_some_and(|dates| dates.cover(day(2030))));
        assert!(dates("12-31", "01-02").is_some_and(|dates| dates.yearly));
        for (from, to) in [("2026-10-03", "2026-10-01"), ("10-01", "2026-10-03"), ("10-1", "10-03"), ("", "")]
        {
            assert_eq!(dates(from, to), None, "{from} {to}");
        }
    }

    #[test]
    fn times_run_from_midnight_to_midnight() {
        assert_eq!(minutes("00:00"), Some(0));
        assert_eq!(minutes("09:30"), Some(570));
        assert_eq!(minutes("24:00"), Some(1440));
        for bad in ["", "9:30", "09:60", "24:01", "0930", "-1:00", "+9:00"] {
            assert_eq!(minutes(bad), None, "{bad}");
        }
    }
}
