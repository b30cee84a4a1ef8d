//! What time it is on the server, as far as somebody can know who only hears from it now and then;
//! and what is left until an instant.
//!
//! Readings of one's own are milliseconds on a clock that only ever runs forward and that nobody
//! sets. Every answer says: when it was written it was so late, and that was between asking and
//! hearing. What all of them leave possible is a stretch; the quickest answer makes it narrow.

use crate::time::{DAY, HOUR, MINUTE, Moment};

/// How far two clocks drift apart, at the worst: a millisecond in so many.
const DRIFT: i64 = 10_000;
/// A forward jump of the wall clock that is no small correction: the phone was asleep, in milliseconds.
const NAP: i64 = 1_500;

/// What is known of the server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sync {
    /// Server's time minus one's own is at least and at most so much.
    least: i64,
    most: i64,
    /// When that was found, on one's own clock.
    at: i64,
}

impl Sync {
    /// Nothing but the wall clock of the phone, which may be anything.
    pub const fn guess(wall: Moment, at: i64) -> Self {
        const ANYTHING: i64 = 400 * DAY;
        let offset = wall.0 - at;
        Self { least: offset - ANYTHING, most: offset + ANYTHING, at }
    }

    /// Takes note of an answer in which the server wrote `server`; it was asked for at `asked` and
    /// heard at `heard`.
    pub fn learn(&mut self, server: Moment, asked: i64, heard: i64) {
        // The server's milliseconds are rounded down.
        let (least, most) = (server.0 - heard, server.0 + 1 - asked);
        let (known_least, known_most) = self.grown(heard);
        let (both_least, both_most) = (least.max(known_least), most.min(known_most));
        *self = if both_least <= both_most {
            Self { least: both_least, most: both_most, at: heard }
        } else {
            // They contradict each other: the phone slept, or the server's clock was set. News is right.
            Self { least, most, at: heard }
        };
    }

    /// Takes note that the phone's wall clock went on by so many milliseconds more than one's own,
    /// which in some phones stands still while they sleep; whether it did.
    pub fn overslept(&mut self, millis: i64) -> bool {
        let did = millis > NAP;
        if did {
            // Close enough to show; the next answer makes it right.
            self.least += millis - NAP;
            self.most += millis + NAP;
        }
        did
    }

    /// The server's time when one's own clock shows `own`.
    pub const fn now(&self, own: i64) -> Moment {
        Moment(own + i64::midpoint(self.least, self.most))
    }

    /// By how many milliseconds that may be wrong.
    pub fn doubt(&self, own: i64) -> i64 {
        let (least, most) = self.grown(own);
        (most - least) / 2
    }

    /// What is still certain of it at `own`.
    fn grown(&self, own: i64) -> (i64, i64) {
        let drift = (own - self.at).max(0) / DRIFT;
        (self.least - drift, self.most + drift)
    }
}

/// What is left until an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Left {
    /// Whole days.
    pub days: i64,
    /// Hours of the day.
    pub hours: i64,
    /// Minutes of the hour.
    pub minutes: i64,
    /// Seconds of the minute, rounded up: it says zero only when it is time.
    pub seconds: i64,
}

impl Left {
    /// From `now` until `then`; nothing where that is past.
    pub fn until(then: Moment, now: Moment) -> Self {
        let seconds = (then.0 - now.0).max(0).saturating_add(999) / 1_000;
        let part = |unit: i64| seconds / (unit / 1_000);
        Self { days: part(DAY), hours: part(HOUR) % 24, minutes: part(MINUTE) % 60, seconds: seconds % 60 }
    }

    /// Whether it is time.
    pub fn is_over(self) -> bool {
        self.total() == 0
    }

    /// All of it in seconds.
    pub fn total(self) -> i64 {
        ((self.days * 24 + self.hours) * 60 + self.minutes) * 60 + self.seconds
    }

    /// The last of the steps that has been reached, in seconds: what is read aloud changes with it
    /// and not every second. `None` while more than a day is left.
    pub fn step(self) -> Option<i64> {
        const STEPS: [i64; 10] = [0, 10, 30, 60, 300, 600, 1_800, 3_600, 6 * 3_600, 24 * 3_600];
        STEPS.into_iter().find(|step| self.total() <= *step)
    }
}

/// Milliseconds until the digits of [`Left::until`] change next; at least 1.
pub fn next_tick(then: Moment, now: Moment) -> i64 {
    let left = (then.0 - now.0).max(0);
    if left == 0 { 1_000 } else { (left - 1) % 1_000 + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_782_200_000_000;

    fn answered(sync: &mut Sync, asked: i64, there: i64, back: i64, ahead: i64) {
        sync.learn(Moment(NOON + ahead + asked + there), asked, asked + there + back);
    }

    #[test]
    fn the_quickest_answer_counts_however_lopsided_the_slow_ones_are() {
        let mut sync = Sync::guess(Moment(NOON - 9 * DAY), 0);
        answered(&mut sync, 100, 900, 100, 0);
        assert_eq!(sync.now(1_100), Moment(NOON + 1_100 + 400));
        answered(&mut sync, 1_200, 20, 30, 0);
        answered(&mut sync, 1_400, 20, 1_500, 0);
        answered(&mut sync, 3_000, 2_500, 20, 0);
        let wrong = sync.now(6_000).0 - (NOON + 6_000);
        assert!(wrong.abs() <= 15, "{wrong}");
        assert!(wrong.abs() <= sync.doubt(6_000));
    }

    #[test]
    fn it_is_never_further_off_than_it_says() {
        let mut seed = 7_u64;
        let mut next = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((seed >> 33) % most).unwrap_or_default()
        };
        for _ in 0..200 {
            let (mut sync, mut own) = (Sync::guess(Moment(NOON), 0), 0);
            for _ in 0..20 {
                own += next(60_000);
                let (there, back) = (next(2_000), next(2_000));
                answered(&mut sync, own, there, back, 0);
                own += there + back;
                let wrong = (sync.now(own).0 - NOON - own).abs();
                assert!(wrong <= sync.doubt(own) + 1, "{wrong} off, {} admitted", sync.doubt(own));
            }
        }
    }

    #[test]
    fn after_two_hours_a_new_answer_counts_though_it_was_slower() {
        let mut sync = Sync::guess(Moment(NOON), 0);
        answered(&mut sync, 0, 5, 5, 0);
        // Our clock ran slow by 400 ms in two hours.
        answered(&mut sync, 2 * HOUR, 40, 40, 400);
        let wrong = sync.now(2 * HOUR + 80).0 - (NOON + 400 + 2 * HOUR + 80);
        assert!(wrong.abs() <= 40, "{wrong}");
    }

    #[test]
    fn a_clock_that_was_set_is_believed() {
        let mut sync = Sync::guess(Moment(NOON), 0);
        answered(&mut sync, 0, 5, 5, 0);
        answered(&mut sync, 1_000, 300, 300, -HOUR);
        assert!((sync.now(1_600).0 - (NOON - HOUR + 1_600)).abs() <= 300);
    }

    #[test]
    fn a_phone_that_slept_shows_the_right_time_before_anybody_is_asked() {
        let mut sync = Sync::guess(Moment(NOON), 0);
        answered(&mut sync, 0, 5, 5, 0);
        assert!(!sync.overslept(40), "a small correction");
        assert!(!sync.overslept(-HOUR), "somebody set the phone's clock back");
        assert!(sync.overslept(2 * HOUR));
        assert!((sync.now(1_000).0 - (NOON + 2 * HOUR + 1_000)).abs() <= 10);
        // And an answer is then the better word again.
        answered(&mut sync, 1_000, 20, 20, 2 * HOUR + 700);
        assert!((sync.now(1_040).0 - (NOON + 2 * HOUR + 1_740)).abs() <= 20);
    }

    #[test]
    fn zero_is_said_only_when_it_is_time() {
        let left = |millis| Left::until(Moment(NOON), Moment(NOON - millis));
        assert_eq!(left(165_000), Left { days: 0, hours: 0, minutes: 2, seconds: 45 });
        assert_eq!(left(DAY + 2 * HOUR), Left { days: 1, hours: 2, minutes: 0, seconds: 0 });
        assert_eq!(left(1).seconds, 1);
        assert!(!left(1).is_over());
        assert!(left(0).is_over() && left(-5_000).is_over());
    }

    #[test]
    fn the_digits_change_when_the_server_changes_its_second() {
        let tick = |millis| next_tick(Moment(NOON), Moment(NOON - millis));
        assert_eq!([tick(1), tick(1_000), tick(1_001), tick(2_500)], [1, 1_000, 1, 500]);
        for millis in 1..3_000 {
            let before = Left::until(Moment(NOON), Moment(NOON - millis));
            let now = Moment(NOON - millis + tick(millis));
            assert_ne!(Left::until(Moment(NOON), now), before, "{millis}");
            assert_eq!(Left::until(Moment(NOON), now.plus(-1)), before, "{millis}");
        }
        assert_eq!(tick(0), 1_000);
    }

    #[test]
    fn it_is_read_aloud_at_steps() {
        let step = |seconds: i64| Left::until(Moment(NOON), Moment(NOON - seconds * 1_000)).step();
        assert_eq!(
            [step(200_000), step(86_400), step(90), step(59), step(11), step(9), step(0)],
            [None, Some(86_400), Some(300), Some(60), Some(30), Some(10), Some(0)]
        );
        let said: std::collections::BTreeSet<_> = (0..3_600).map(step).collect();
        assert_eq!(said.len(), 8);
    }
}
