//! How often somebody at a desk may look for people by a number: enough for a busy day, and too little to
//! find out who is behind many numbers.

use crate::{
    refusal::Refusal,
    time::{DAY, HOUR, Moment, whole_seconds},
};

/// Within how long, in milliseconds, how many looks: of the hour, and of the day.
pub const LOOKS: [(i64, u32); 2] = [(HOUR, 60), (DAY, 300)];

/// The looks of somebody: since when they are counted and how many there were, for each of [`LOOKS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looks(pub [(Moment, u32); 2]);

impl Looks {
    /// The looks with one more.
    ///
    /// # Errors
    /// There were as many as there may be; nothing was counted.
    pub fn one_more(mut self, now: Moment) -> Result<Self, Refusal> {
        let mut wait = 0;
        for ((since, count), (within, most)) in self.0.iter_mut().zip(LOOKS) {
            // A clock that was set back begins anew, too.
            if !(0..within).contains(&now.0.saturating_sub(since.0)) {
                (*since, *count) = (now, 0);
            }
            if *count >= most {
                wait = wait.max(since.0 + within - now.0);
            }
            *count += 1;
        }
        if wait > 0 { Err(Refusal::LooksSpent { seconds: whole_seconds(wait) }) } else { Ok(self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_has_its_looks_and_a_day_has_fewer_than_its_hours() {
        let start = Moment(1_782_000_000_000);
        let (mut looks, mut done) = (Looks::default(), 0);
        for hour in 0..24 {
            let now = start.plus(hour * HOUR);
            while let Ok(more) = looks.one_more(now) {
                (looks, done) = (more, done + 1);
            }
            let seconds = if hour < 4 { 3_600 } else { whole_seconds(DAY - hour * HOUR) };
            assert_eq!(looks.one_more(now), Err(Refusal::LooksSpent { seconds }), "hour {hour}");
        }
        assert_eq!(done, LOOKS[1].1);
        assert!(looks.one_more(start.plus(DAY)).is_ok());
        assert!(looks.one_more(Moment(0)).is_ok(), "a clock that was set back");
    }
}
