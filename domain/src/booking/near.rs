//! What else there is for who waits: the nearest centre first, then the nearest time.

use super::Alternative;
use crate::{
    geo::{Point, metres},
    offering::Ages,
    time::Moment,
};

/// How many are shown.
pub const MOST: usize = 3;

/// A slot with places that might do, and where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// As it would be shown; its distance is worked out here.
    pub shown: Alternative,
    /// Where its centre is.
    pub at: Point,
    /// Its age band.
    pub ages: Option<Ages>,
}

/// What the candidates are compared with.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Where its centre is.
    pub at: Point,
    /// When it starts.
    pub starts: Moment,
    /// Its age band: whoever fits it must fit an alternative, too.
    pub ages: Option<Ages>,
}

/// Up to three of `candidates`: of each offering the slot nearest in time, the nearest centre first.
pub fn nearest(wanted: &Wanted, candidates: Vec<Candidate>) -> Vec<Alternative> {
    let away = |shown: &Alternative| shown.starts.0.abs_diff(wanted.starts.0);
    let mut found: Vec<Alternative> = candidates
        .into_iter()
        .filter(|one| one.shown.free > 0 && includes(one.ages, wanted.ages))
        .map(|one| {
            let metres = whole_metres(metres(wanted.at, one.at));
            Alternative { metres, ..one.shown }
        })
        .collect();
    found.sort_by(|a, b| {
        (a.metres, away(a), &a.centre, &a.slot).cmp(&(b.metres, away(b), &b.centre, &b.slot))
    });
    let mut known = Vec::new();
    found.retain(|one| {
        let first = !known.contains(&one.offering);
        known.push(one.offering.clone());
        first
    });
    found.truncate(MOST);
    found
}

/// Whether everybody who fits `inner` fits `outer`.
fn includes(outer: Option<Ages>, inner: Option<Ages>) -> bool {
    let (outer, inner) = (outer.unwrap_or_default(), inner.unwrap_or_default());
    let from = outer.from_months.unwrap_or(0) <= inner.from_months.unwrap_or(0);
    let to = outer.to_months.unwrap_or(u32::MAX) >= inner.to_months.unwrap_or(u32::MAX);
    from && to
}

/// Metres without their fraction; a city is smaller than 32 bits of them.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance in a city")]
fn whole_metres(metres: f64) -> u32 {
    metres.clamp(0.0, f64::from(u32::MAX)) as u32
}
