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
        let (mut shorter, mut at) = (false, 0);
        while at < best.len() && since.elapsed() < PATIENCE {
            let mut found = false;
            for candidate in candidates(&best, at, part) {
                if let Err(still) = play(stage, seed, &candidate).await {
                    (best, wrong, shorter, found) = (candidate, still, true, true);
                    break;
                }
            }
            if !found {
                at += part;
            }
        }
        if since.elapsed() >= PATIENCE || (part == 1 && !shorter) {
            return (best, wrong);
        }
        part = if part == 1 { 1 } else { part.div_ceil(2) };
    }
}

/// The story without some steps; where these let time pass, also with the time passing at once.
fn candidates(steps: &[Step], at: usize, part: usize) -> Vec<Vec<Step>> {
    let end = (at + part).min(steps.len());
    let without = |with: Option<Step>| -> Vec<Step> {
        steps[..at].iter().cloned().chain(with).chain(steps[end..].iter().cloned()).collect()
    };
    let minutes: i64 =
        steps[at..end].iter().map(|step| if let Step::Wait(minutes) = step { *minutes } else { 0 }).sum();
    let mut candidates = vec![without(None)];
    if minutes != 0 && part > 1 {
        candidates.push(without(Some(Step::Wait(minutes))));
    }
    // Two waits in a row are one.
    if let (1, Step::Wait(first), Some(Step::Wait(second))) = (part, &steps[at], steps.get(at + 1)) {
        let mut merged = steps.to_vec();
        merged.remove(at);
        merged[at] = Step::Wait(first + second);
        candidates.push(merged);
    }
    candidates
}
