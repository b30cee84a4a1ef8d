//! Tags that say whether there is room.

use domain::offering::Measure;

use super::words;
use crate::{
    ui::{Tone, View, tag},
    words as shared,
};

/// So many places are left; none: one can wait.
pub fn free(count: u32, measure: Measure) -> View {
    match measure {
        _ if count > 0 => tag(Tone::Open, shared::free(count, measure)),
        Measure::Hand => tag(Tone::Full, words::hands_enough()),
        Measure::Bed => tag(Tone::Full, words::beds_full()),
        _ => tag(Tone::Full, words::full()),
    }
}

/// No booking needed.
pub fn just_come() -> View {
    tag(Tone::Open, words::just_come())
}
