//! Works a published result out again, from nothing but the file.

use std::collections::BTreeSet;

use super::{
    DrawResult, FORMAT, Fate, Lot, MOST_WEIGHT,
    allot::{allot, sha256},
};

/// What is wrong with a published result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is no result, or one of another form.
    Format,
    /// The seed is not the one that was promised.
    Seed {
        /// The SHA-256 of the seed in the file.
        found: String,
    },
    /// An entry is there twice.
    Twice {
        /// Its number.
        tag: String,
    },
    /// An entry has more lots than there may be, or none, or takes no place.
    Weight {
        /// Its number.
        tag: String,
    },
    /// An entry wishes for a class that is not drawn, or for one twice.
    Wish {
        /// Its number.
        tag: String,
    },
    /// Something else comes of an entry than the file says.
    Fate {
        /// Its number.
        tag: String,
        /// What the file says.
        said: Fate,
        /// What comes of seed and entries.
        found: Fate,
    },
}

/// Everything that is wrong with a result; nothing where it is what seed and entries make of it.
pub fn check(result: &DrawResult) -> Vec<Flaw> {
    if result.format != FORMAT {
        return vec![Flaw::Format];
    }
    let mut flaws = Vec::new();
    let found = sha256(&result.seed);
    if found != result.commitment {
        flaws.push(Flaw::Seed { found });
    }
    let mut tags = BTreeSet::new();
    for drawn in &result.lots {
        let Lot { tag, weight, size, prefers, .. } = &drawn.lot;
        if !tags.insert(tag) {
            flaws.push(Flaw::Twice { tag: tag.clone() });
        }
        if !(1..=MOST_WEIGHT).contains(weight) || *size == 0 {
            flaws.push(Flaw::Weight { tag: tag.clone() });
        }
        let known = prefers.iter().all(|slot| result.classes.iter().any(|class| class.slot == *slot));
        if !known || prefers.iter().collect::<BTreeSet<_>>().len() != prefers.len() {
            flaws.push(Flaw::Wish { tag: tag.clone() });
        }
    }
    if flaws.iter().any(|flaw| matches!(flaw, Flaw::Twice { .. } | Flaw::Weight { .. })) {
        return flaws;
    }
    let lots: Vec<Lot> = result.lots.iter().map(|drawn| drawn.lot.clone()).collect();
    for (drawn, found) in result.lots.iter().zip(allot(&result.classes, &lots, &result.seed)) {
        if drawn.fate != found {
            flaws.push(Flaw::Fate { tag: drawn.lot.tag.clone(), said: drawn.fate.clone(), found });
        }
    }
    flaws
}
