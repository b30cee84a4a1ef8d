//! How places follow from a seed and the entries: a pure function in whole numbers, the same for
//! whoever works it out, in whatever order the entries came.
//!
//! 1. The salt is `SHA-256(seed ⏎ tag ⏎ tag …)` with the tags of all entries sorted; digests are
//!    written as hexadecimal digits, `⏎` is a line feed.
//! 2. An entry of weight `w` has the `w` numbers `SHA-256(salt ⏎ tag ⏎ i)`, `i` from 1 to `w`. The
//!    smallest is its own, and the smaller number comes first. So an entry of weight 3 is first
//!    exactly as often as three entries of weight 1 together.
//! 3. A class puts those who ask for it in the order of their numbers; where residents come first,
//!    all of them before all others. It takes each whole party for which there is still room.
//! 4. Every entry asks for its dearest class; whoever is not taken, or is put out again by somebody
//!    whom the class puts before them, asks for the next (deferred acceptance). Who asks next is
//!    always the one with the smallest number.
//! 5. Where a larger party left room, it goes to whoever would rather be there and fits: by class in
//!    their order, by the class's own order, until nobody moves any more.
//! 6. Who has no place waits for their first choice, in the order of that class.
//!
//! For parties of one this is stable: nobody would rather be in a class that has room or that took
//! somebody it puts behind them; and to tell one's true wishes is never worse than to tell others.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::{DrawOutcome, Fate, Lot, Pool};

/// The SHA-256 of a text, 64 hexadecimal digits.
pub fn sha256(text: &str) -> String {
    hex(&digest(text))
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.map(|nibble| char::from(DIGITS[usize::from(nibble)])).collect()
}

/// The salt of a draw, from its seed and the tags of all its entries in any order.
pub fn salt<'a>(seed: &str, tags: impl Iterator<Item = &'a str>) -> String {
    let mut tags: Vec<&str> = tags.collect();
    tags.sort_unstable();
    sha256(&format!("{seed}\n{}", tags.join("\n")))
}

/// The number of an entry: the smallest of as many as it has weight.
fn number(salt: &str, lot: &Lot) -> [u8; 32] {
    let numbers = (1..=lot.weight.max(1)).map(|i| digest(&format!("{salt}\n{}\n{i}", lot.tag)));
    numbers.min().unwrap_or([u8::MAX; 32])
}

/// What comes of each of the `lots`, in their order. Tags are unique; a class that is wished for and
/// not among `classes` is passed over.
pub fn allot(classes: &[Pool], lots: &[Lot], seed: &str) -> Vec<Fate> {
    let salt = salt(seed, lots.iter().map(|lot| lot.tag.as_str()));
    let mut order: Vec<usize> = (0..lots.len()).collect();
    order.sort_by_cached_key(|index| (number(&salt, &lots[*index]), lots[*index].tag.as_str()));
    let mut table = Table::new(classes, lots, &order);
    table.ask();
    table.fill();
    let outcomes = table.outcomes();
    let mut fates: Vec<Option<Fate>> = vec![None; lots.len()];
    for ((index, outcome), place) in order.into_iter().zip(outcomes).zip(1..) {
        fates[index] = Some(Fate { order: place, outcome });
    }
    fates.into_iter().flatten().collect()
}

/// A party at the table, by its place in the order of the lots.
struct Party {
    size: u32,
    resident: bool,
    /// Classes it can come to, the dearest first.
    wishes: Vec<usize>,
    /// How many of its wishes have been asked for.
    asked: usize,
    /// Which of its wishes it has.
    has: Option<usize>,
}

/// The draw while it is worked out.
struct Table<'a> {
    classes: &'a [Pool],
    /// In the order of the lots.
    parties: Vec<Party>,
    /// Who is in each class, in the class's own order.
    taken: Vec<BTreeSet<(bool, usize)>>,
}

impl<'a> Table<'a> {
    fn new(classes: &'a [Pool], lots: &[Lot], order: &[usize]) -> Self {
        let party = |index: &usize| {
            let lot = &lots[*index];
            let open = lot.prefers.iter().filter(|slot| !lot.barred.iter().any(|bar| bar.slot == **slot));
            let wishes = open.filter_map(|slot| classes.iter().position(|class| class.slot == *slot));
            Party { size: lot.size, resident: lot.resident, wishes: wishes.collect(), asked: 0, has: None }
        };
        Self {
            classes,
            parties: order.iter().map(party).collect(),
            taken: vec![BTreeSet::new(); classes.len()],
        }
    }

    /// Where a class puts a party: the smaller comes first.
    fn rank(&self, class: usize, party: usize) -> (bool, usize) {
        (self.classes[class].residents_first && !self.parties[party].resident, party)
    }

    /// Step 4: all ask, and ask on, until everybody has a class or has asked for all.
    fn ask(&mut self) {
        let mut without: BTreeSet<usize> = (0..self.parties.len()).collect();
        while let Some(asking) = without.pop_first() {
            let Party { wishes, asked, .. } = &mut self.parties[asking];
            let Some(&class) = wishes.get(*asked) else { continue };
            *asked += 1;
            let mut all = std::mem::take(&mut self.taken[class]);
            all.insert(self.rank(class, asking));
            let mut room = self.classes[class].places;
            for (behind, party) in all {
                let fits = self.parties[party].size <= room;
                if fits {
                    room -= self.parties[party].size;
                    self.taken[class].insert((behind, party));
                } else {
                    without.insert(party);
                }
                self.parties[party].has = if fits { self.wish(party, class) } else { None };
            }
        }
    }

    /// Which of a party's wishes a class is.
    fn wish(&self, party: usize, class: usize) -> Option<usize> {
        self.parties[party].wishes.iter().position(|wish| *wish == class)
    }

    /// Step 5: room that a larger party left goes to whoever would rather be there.
    fn fill(&mut self) {
        while let Some((class, party)) = self.claim() {
            if let Some(has) = self.parties[party].has {
                let left = self.parties[party].wishes[has];
                let rank = self.rank(left, party);
                self.taken[left].remove(&rank);
            }
            self.parties[party].has = self.wish(party, class);
            let rank = self.rank(class, party);
            self.taken[class].insert(rank);
        }
    }

    /// The first who would rather be in a class that has room for them. Every move is to a dearer
    /// wish, so they come to an end.
    fn claim(&self) -> Option<(usize, usize)> {
        (0..self.classes.len()).find_map(|class| {
            let inside: u32 = self.taken[class].iter().map(|(_, party)| self.parties[*party].size).sum();
            let room = self.classes[class].places.saturating_sub(inside);
            let rather = |party: &usize| {
                let Party { size, has, .. } = &self.parties[*party];
                let dearer = self.wish(*party, class).is_some_and(|wish| has.is_none_or(|has| wish < has));
                dearer && *size <= room
            };
            let first = (0..self.parties.len()).filter(rather).min_by_key(|party| self.rank(class, *party));
            first.map(|party| (class, party))
        })
    }

    /// What came of each, in the order of the lots.
    fn outcomes(&self) -> Vec<DrawOutcome> {
        let mut queues = vec![BTreeSet::new(); self.classes.len()];
        for (index, party) in self.parties.iter().enumerate() {
            if let (None, Some(&class)) = (party.has, party.wishes.first()) {
                queues[class].insert(self.rank(class, index));
            }
        }
        let mut positions = vec![0; self.parties.len()];
        for queue in queues {
            for ((_, party), position) in queue.into_iter().zip(1..) {
                positions[party] = position;
            }
        }
        let slot = |class: usize| self.classes[class].slot.clone();
        let outcome = |(party, position): (&Party, u32)| match (party.has, party.wishes.first()) {
            (Some(has), _) => DrawOutcome::Placed { slot: slot(party.wishes[has]) },
            (None, Some(&class)) => DrawOutcome::Waiting { slot: slot(class), position },
            (None, None) => DrawOutcome::LeftOut,
        };
        self.parties.iter().zip(positions).map(outcome).collect()
    }
}
