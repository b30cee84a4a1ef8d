//! The one place of the server that reads the time; everything else is given it.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use domain::time::Moment;

/// Something that knows what time it is.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Moment;

    /// Sets it, where it can be set; whether it could.
    fn set(&self, _now: Moment) -> bool {
        false
    }
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is set: for tests within the process.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl TestClock {
    /// A clock that shows `now`.
    pub fn at(now: Moment) -> Self {
        Self(AtomicI64::new(now.0))
    }

    /// Moves it by so many milliseconds.
    pub fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        Moment(self.0.load(Ordering::SeqCst))
    }

    fn set(&self, now: Moment) -> bool {
        self.0.store(now.0, Ordering::SeqCst);
        true
    }
}

/// The machine's clock, running, but some way ahead or behind: for tests with a real browser.
#[derive(Debug, Default)]
pub struct ShiftedClock(AtomicI64);

impl Clock for ShiftedClock {
    fn now(&self) -> Moment {
        SystemClock.now().plus(self.0.load(Ordering::SeqCst))
    }

    /// It runs on from `now`.
    fn set(&self, now: Moment) -> bool {
        self.0.store(now.0.saturating_sub(SystemClock.now().0), Ordering::SeqCst);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shifted_clock_runs_on_from_where_it_was_set() {
        let clock = ShiftedClock::default();
        assert!(clock.set(Moment(1_000_000)));
        let shown = clock.now().0;
        assert!((1_000_000..1_060_000).contains(&shown), "{shown}");
    }
}
