//! The twin's own clock, since it has nothing to be compared with.

use super::hold_until;
use crate::time::{CHINA, Day, HOUR, MINUTE, Moment};

fn at(day: u32, hour: i64, minute: i64) -> Moment {
    CHINA.moment(Day::from_ymd_opt(2026, 6, day).expect("a day"), hour * 60 + minute)
}

#[test]
fn an_offer_is_not_held_at_night() {
    let until = |at: Moment, minutes: i64| hold_until(at, minutes * MINUTE, CHINA, at.plus(1_000 * HOUR));
    assert_eq!(until(at(24, 10, 0), 120), at(24, 12, 0));
    assert_eq!(until(at(24, 20, 0), 120), at(24, 22, 0));
    assert_eq!(until(at(24, 21, 0), 120), at(25, 9, 0));
    assert_eq!(until(at(24, 23, 30), 120), at(25, 10, 0));
    assert_eq!(until(at(24, 3, 0), 120), at(24, 10, 0));
    assert_eq!(until(at(24, 21, 0), 16 * 60), at(26, 9, 0));
    assert_eq!(hold_until(at(24, 10, 0), 2 * HOUR, CHINA, at(24, 11, 0)), at(24, 11, 0));
}
