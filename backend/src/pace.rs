//! How much one account may write: far more than a family ever does, and too little to fill a disk.
//!
//! Every keyed write leaves a row behind, if only the answer for a retry. Each server counts by
//! itself, and from nothing each hour.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use domain::{
    id::AccountId,
    invitation::MOST_TRIES,
    refusal::Refusal,
    time::{HOUR, Moment},
};

use crate::failure::Failure;

/// Most keyed writes of an account within an hour.
pub const MOST: u32 = 600;

/// Counts the writes of the hour. It holds no more accounts than wrote in it.
#[derive(Debug, Default)]
pub struct Pace(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    since: Moment,
    by: HashMap<AccountId, u32>,
    guesses: HashMap<AccountId, u32>,
}

impl Counts {
    /// Begins anew where the hour is over; a clock that was set back begins anew, too.
    fn turn(&mut self, now: Moment) {
        if !(0..HOUR).contains(&now.0.saturating_sub(self.since.0)) {
            *self = Self { since: now, ..Self::default() };
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
        let left = counts.since.plus(HOUR).0.saturating_sub(now.0);
        let count = counts.by.entry(account.clone()).or_default();
        if *count >= MOST {
            return Err(Failure::TooMany { retry_after: u32::try_from(left / 1000 + 1).unwrap_or(u32::MAX) });
        }
        *count += 1;
        Ok(())
    }

    /// Counts a try of somebody's code: eight signs are not found by trying, and nobody shall try.
    ///
    /// # Errors
    /// There were too many.
    pub fn guess(&self, account: &AccountId, now: Moment) -> Result<(), Refusal> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.turn(now);
        let count = counts.guesses.entry(account.clone()).or_default();
        if *count >= MOST_TRIES {
            return Err(Refusal::TooManyTries);
        }
        *count += 1;
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
        let later = now.plus(HOUR - 1_500);
        assert_eq!(pace.step(&one, later), Err(Failure::TooMany { retry_after: 2 }));
        assert_eq!(pace.step(&other, later), Ok(()));
        assert_eq!(pace.step(&one, now.plus(HOUR)), Ok(()));
        assert_eq!(pace.step(&one, Moment(0)), Ok(()), "a clock that was set back");
    }

    #[test]
    fn codes_are_not_tried_without_end() {
        let (pace, now) = (Pace::default(), Moment(1_782_000_000_000));
        let (one, other) = (AccountId::from("a1"), AccountId::from("a2"));
        for _ in 0..MOST_TRIES {
            assert_eq!(pace.guess(&one, now), Ok(()));
        }
        assert_eq!(pace.guess(&one, now), Err(Refusal::TooManyTries));
        assert_eq!((pace.guess(&other, now), pace.step(&one, now)), (Ok(()), Ok(())));
        assert_eq!(pace.guess(&one, now.plus(HOUR)), Ok(()));
    }
}
