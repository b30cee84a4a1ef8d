//! Chance that can be repeated.

/// A linear congruential generator (Knuth's MMIX constants): the same seed, the same story.
#[derive(Clone, Debug)]
pub struct Fate(u64);

impl Fate {
    /// Chance that follows from a seed.
    pub fn new(seed: u64) -> Self {
        let mut fate = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2026);
        fate.below(2);
        fate
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end.max(1)
    }

    /// Whether something of that chance happens.
    pub fn happens(&mut self, once_in: usize) -> bool {
        self.below(once_in) == 0
    }

    /// One of these.
    pub fn one_of<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }

    /// Puts things into another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for end in (2..=things.len()).rev() {
            things.swap(end - 1, self.below(end));
        }
    }
}
