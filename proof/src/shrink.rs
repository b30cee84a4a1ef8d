//! Makes a story that goes wrong as short as it can be while it still goes wrong.

use std::time::{Duration, Instant};

use crate::{
    play::{Stage, play},
    step::Step,
};

/// For how long it is worth while.
const PATIENCE: Duration = Duration::from_secs(90);

/// The shortest story found, and how it goes wrong.
pub async fn shrink(stage: &Stage, seed: u64, steps: Vec<Step>, wrong: String) -> (Vec<Step>, String) {
    let since = Instant::now();
    let (mut best, mut wrong) = (steps, wrong);
    let mut part = best.len().div_ceil(2).max(1);
    loop {
        let mut shorter = false;
        let mut at = 0;
        while at < best.len() && since.elapsed() < PATIENCE {
            let end = (at + part).min(best.len());
            let without: Vec<Step> = best[..at].iter().chain(&best[end..]).cloned().collect();
            match play(stage, seed, &without).await {
                Err(still) => {
                    (best, wrong, shorter) = (without, still, true);
                }
                Ok(_) => at = end,
            }
        }
        if since.elapsed() >= PATIENCE || (part == 1 && !shorter) {
            return (best, wrong);
        }
        part = if part == 1 { 1 } else { part.div_ceil(2) };
    }
}
