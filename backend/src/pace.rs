//! How much one account may write: far more than a family ever does, and too little to fill a disk or
//! to stand in everybody's way.
//!
//! Every write takes a turn, and most leave a row behind, if only the answer for a retry. An account
//! may write so many times in a row, and then as fast as time gives them back. Each server counts by
//! itself.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::{
    id::AccountId,
    time::{HOUR, Moment, whole_seconds},
};

use crate::failure::Failure;

/// Most writes of an account in a row: a desk that checks in a whole hall stays below.
pub const MOST: u32 = 120;
/// Milliseconds after which it may write once more: ten times a minute.
const EACH: i64 = 6_000;

/// Counts writes. It holds no more accounts than wrote within the hour.
#[derive(Debug, Default)]
pub struct Pace(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    since: Moment,
    /// When each account has all its writes back.
    full: HashMap<AccountId, Moment>,
}

impl Counts {
    /// Forgets, each hour, who has all their writes back; a clock that was set back forgets everybody.
    fn turn(&mut self, now: Moment) {
        let passed = now.0.saturating_sub(self.since.0);
        if passed < 0 {
            *self = Self { since: now, ..Self::default() };
        } else if passed >= HOUR {
            self.full.retain(|_, full| *full > now);
            self.since = now;
        }
    }
}

impl Pace {
    /// Counts a write.
    ///
    /// # Errors
    /// There were too many.
    pub fn step(&self, account: &AccountId, now: Moment) -> Result<(), Failure> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.turn(now);
        let full = counts.full.get(account).copied().unwrap_or(now).max(now).plus(EACH);
        let wait = full.0 - now.0 - i64::from(MOST) * EACH;
        if wait > 0 {
            return Err(Failure::TooMany { retry_after: whole_seconds(wait) });
        }
        counts.full.insert(account.clone(), full);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_writes_too_much_waits_and_nobody_else() {
        let (pace, now) = (Pace::default(), Moment(1_782_000_000_000));
        let (one, other) = (AccountId::from("a1"), AccountId::from("a2"));
        for _ in 0..MOST {
            assert_eq!(pace.step(&one, now), Ok(()));
        }
        assert_eq!(pace.step(&one, now.plus(4_500)), Err(Failure::TooMany { retry_after: 2 }));
        assert_eq!(pace.step(&other, now), Ok(()));
        assert_eq!(pace.step(&one, now.plus(EACH)), Ok(()), "one has come back");
        assert_eq!(pace.step(&one, now.plus(EACH)), Err(Failure::TooMany { retry_after: 6 }));
        let later = now.plus(2 * HOUR);
        for _ in 0..MOST {
            assert_eq!(pace.step(&one, later), Ok(()), "all have come back");
        }
        assert_eq!(pace.step(&one, Moment(0)), Ok(()), "a clock that was set back");
    }
}
