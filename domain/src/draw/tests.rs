//! What must hold of every draw, told to hundreds of random ones.

use super::{
    allot::{allot, salt, sha256},
    check::{Flaw, check},
    *,
};
use crate::time::CHINA;

/// A linear congruential generator (Knuth's MMIX constants): the same seed, the same story.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32 % end
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(u32::try_from(end).expect("short") + 1) as usize);
        }
    }
}

fn slot(class: u32) -> SlotId {
    SlotId(format!("class{class}"))
}

fn pool(class: u32, places: u32, residents_first: bool) -> Pool {
    Pool { slot: slot(class), name: Text::only("班"), places, residents_first }
}

fn lot(number: u32, prefers: &[u32]) -> Lot {
    let tag = sha256(&number.to_string())[..16].to_owned();
    let prefers = prefers.iter().map(|class| slot(*class)).collect();
    Lot { tag, weight: 1, resident: false, size: 1, prefers, barred: Vec::new() }
}

/// Three or four classes and up to forty households, of parties up to `largest`.
fn story(seed: u64, largest: u32) -> (Vec<Pool>, Vec<Lot>) {
    let mut dice = Dice(seed);
    let count = dice.below(2) + 3;
    let classes: Vec<Pool> = (0..count).map(|class| pool(class, dice.below(7), dice.below(2) == 0)).collect();
    let lots = (0..=dice.below(40))
        .map(|number| {
            let mut prefers: Vec<u32> = (0..count).collect();
            dice.shuffle(&mut prefers);
            prefers.truncate(dice.below(count) as usize + 1);
            let mut lot = lot(number, &prefers);
            lot.weight = dice.below(MOST_WEIGHT) + 1;
            lot.resident = dice.below(2) == 0;
            lot.size = dice.below(largest) + 1;
            if dice.below(8) == 0 {
                let barred = dice.below(u32::try_from(prefers.len()).expect("few")) as usize;
                lot.barred = vec![Bar { slot: slot(prefers[barred]), why: Why::Elsewhere }];
            }
            lot
        })
        .collect();
    (classes, lots)
}

/// Which of its wishes a lot has; the number of its wishes where it has none.
fn wish(lot: &Lot, fate: &Fate) -> usize {
    let placed = lot
        .prefers
        .iter()
        .position(|wish| matches!(&fate.outcome, DrawOutcome::Placed { slot } if slot == wish));
    placed.unwrap_or(lot.prefers.len())
}

/// Who is in a class, as lots with their fates.
fn inside<'a>(class: &Pool, lots: &'a [Lot], fates: &'a [Fate]) -> Vec<(&'a Lot, &'a Fate)> {
    let placed = |fate: &Fate| fate.outcome == DrawOutcome::Placed { slot: class.slot.clone() };
    lots.iter().zip(fates).filter(|(_, fate)| placed(fate)).collect()
}

fn size(inside: &[(&Lot, &Fate)]) -> u32 {
    inside.iter().map(|(lot, _)| lot.size).sum()
}

#[test]
fn the_order_in_which_people_came_changes_nothing() {
    for seed in 0..200 {
        let (classes, mut lots) = story(seed, 4);
        let before = allot(&classes, &lots, "seed");
        let fate_of = |lots: &[Lot], fates: &[Fate]| {
            let mut pairs: Vec<_> =
                lots.iter().zip(fates).map(|(lot, fate)| (lot.tag.clone(), fate.clone())).collect();
            pairs.sort_by(|a, b| a.0.cmp(&b.0));
            pairs
        };
        let expected = fate_of(&lots, &before);
        for turn in 0..5 {
            Dice(seed * 31 + turn).shuffle(&mut lots);
            assert_eq!(fate_of(&lots, &allot(&classes, &lots, "seed")), expected, "story {seed}");
        }
    }
}

#[test]
fn whole_parties_within_the_places_and_nowhere_they_did_not_wish_for() {
    for seed in 0..300 {
        let (classes, lots) = story(seed, 4);
        let fates = allot(&classes, &lots, &seed.to_string());
        assert_eq!(fates.len(), lots.len());
        for class in &classes {
            assert!(size(&inside(class, &lots, &fates)) <= class.places, "story {seed}");
        }
        for (lot, fate) in lots.iter().zip(&fates) {
            let barred = |slot: &SlotId| lot.barred.iter().any(|bar| bar.slot == *slot);
            match &fate.outcome {
                DrawOutcome::Placed { slot } => assert!(lot.prefers.contains(slot) && !barred(slot)),
                DrawOutcome::Waiting { slot, .. } => {
                    assert_eq!(Some(slot), lot.prefers.iter().find(|slot| !barred(slot)), "story {seed}");
                }
                DrawOutcome::LeftOut => assert!(lot.prefers.iter().all(barred), "story {seed}"),
            }
        }
    }
}

#[test]
fn no_place_stays_empty_that_a_whole_party_would_rather_have() {
    for seed in 0..300 {
        let (classes, lots) = story(seed, 4);
        let fates = allot(&classes, &lots, &seed.to_string());
        for class in &classes {
            let room = class.places - size(&inside(class, &lots, &fates));
            for (lot, fate) in lots.iter().zip(&fates) {
                let barred = lot.barred.iter().any(|bar| bar.slot == class.slot);
                let dearer = lot.prefers[..wish(lot, fate)].contains(&class.slot);
                assert!(barred || !dearer || lot.size > room, "story {seed}, {}", lot.tag);
            }
        }
    }
}

#[test]
fn for_parties_of_one_nobody_is_passed_over_for_somebody_behind_them() {
    for seed in 0..300 {
        let (classes, lots) = story(seed, 1);
        let fates = allot(&classes, &lots, &seed.to_string());
        for class in &classes {
            let rank = |lot: &Lot, fate: &Fate| (class.residents_first && !lot.resident, fate.order);
            let inside = inside(class, &lots, &fates);
            let last = inside.iter().map(|(lot, fate)| rank(lot, fate)).max();
            for (lot, fate) in lots.iter().zip(&fates) {
                let barred = lot.barred.iter().any(|bar| bar.slot == class.slot);
                if lot.prefers[..wish(lot, fate)].contains(&class.slot) && !barred {
                    assert_eq!(size(&inside), class.places, "story {seed}: room, and {} is not in", lot.tag);
                    assert!(last < Some(rank(lot, fate)), "story {seed}: {} was passed over", lot.tag);
                }
            }
        }
    }
}

/// All ways to put some of three classes in order.
fn every_list() -> Vec<Vec<u32>> {
    let mut lists = Vec::new();
    for a in 0..3 {
        lists.push(vec![a]);
        for b in (0..3).filter(|b| *b != a) {
            lists.push(vec![a, b]);
            lists.push(vec![a, b, 3 - a - b]);
        }
    }
    lists
}

#[test]
fn to_tell_ones_true_wishes_is_never_worse() {
    assert_eq!(every_list().len(), 15);
    for seed in 0..25 {
        let mut dice = Dice(seed);
        let classes: Vec<Pool> = (0..3).map(|class| pool(class, dice.below(2) + 1, class == 0)).collect();
        let lists = every_list();
        let others: Vec<Lot> = (1..8)
            .map(|number| {
                let mut other = lot(number, &lists[dice.below(15) as usize]);
                other.resident = dice.below(2) == 0;
                other
            })
            .collect();
        let gets = |wishes: &[u32], told: &[u32]| {
            let mut lots = others.clone();
            lots.push(lot(99, told));
            let fates = allot(&classes, &lots, &seed.to_string());
            wish(&lot(99, wishes), fates.last().expect("the last is ours"))
        };
        for wishes in &lists {
            let honest = gets(wishes, wishes);
            for told in &lists {
                // Where a wish is not among the true ones, it is as good as no place.
                assert!(honest <= gets(wishes, told), "story {seed}: {wishes:?} does worse than {told:?}");
            }
        }
    }
}

#[test]
fn a_lottery_takes_whole_parties_in_the_order_of_the_lots() {
    for seed in 0..100 {
        let (_, mut lots) = story(seed, 4);
        for lot in &mut lots {
            (lot.prefers, lot.barred) = (vec![slot(0)], Vec::new());
        }
        let fates = allot(&[pool(0, 12, false)], &lots, &seed.to_string());
        let mut in_order: Vec<_> = lots.iter().zip(&fates).collect();
        in_order.sort_by_key(|(_, fate)| fate.order);
        let (mut room, mut waiting) = (12, 0);
        for (lot, fate) in in_order {
            if lot.size <= room {
                room -= lot.size;
                assert_eq!(fate.outcome, DrawOutcome::Placed { slot: slot(0) });
            } else {
                waiting += 1;
                assert_eq!(fate.outcome, DrawOutcome::Waiting { slot: slot(0), position: waiting });
            }
        }
    }
}

/// How often each of `lots` gets the one place, of `rounds` draws.
fn wins(lots: &[Lot], rounds: u32) -> Vec<u32> {
    let mut wins = vec![0; lots.len()];
    for round in 0..rounds {
        for (fate, wins) in allot(&[pool(0, 1, false)], lots, &round.to_string()).iter().zip(&mut wins) {
            *wins += u32::from(fate.order == 1);
        }
    }
    wins
}

#[test]
fn three_lots_are_three_times_the_chance() {
    const ROUNDS: u32 = 8_000;
    let weights = [1, 2, 3, 4, 1, 2, 3];
    let lots: Vec<Lot> =
        weights.iter().zip(0..).map(|(weight, n)| Lot { weight: *weight, ..lot(n, &[0]) }).collect();
    for (weight, wins) in weights.iter().zip(wins(&lots, ROUNDS)) {
        let chance = f64::from(*weight) / 16.0;
        let expected = chance * f64::from(ROUNDS);
        let spread = (expected * (1.0 - chance)).sqrt();
        let off = (f64::from(wins) - expected).abs() / spread;
        assert!(off < 3.5, "weight {weight}: {wins} of {ROUNDS}, {off:.1} standard deviations off");
    }
}

#[test]
fn seven_equal_households_come_first_equally_often() {
    const ROUNDS: u32 = 7_000;
    let lots: Vec<Lot> = (0..7).map(|n| lot(n, &[0])).collect();
    // Chi-squared with six degrees of freedom: 22.5 is passed once in a thousand.
    let expected = f64::from(ROUNDS) / 7.0;
    let sum: f64 = wins(&lots, ROUNDS).iter().map(|n| (f64::from(*n) - expected).powi(2) / expected).sum();
    assert!(sum < 22.5, "{sum}");
}

/// The recipe by hand: `printf 'seed\naa\nbb' | sha256sum` and so on.
#[test]
fn the_recipe_is_the_published_one() {
    let salt = salt("seed", ["bb", "aa"].into_iter());
    assert_eq!(salt, sha256("seed\naa\nbb"));
    let tagged = |tag: &str, weight| Lot { tag: tag.into(), weight, ..lot(0, &[0]) };
    let lots = [tagged("aa", 1), tagged("bb", 2)];
    let number = |tag: &str, i: u32| sha256(&format!("{salt}\n{tag}\n{i}"));
    let first = number("aa", 1) < number("bb", 1).min(number("bb", 2));
    assert_eq!(allot(&[pool(0, 1, false)], &lots, "seed")[0].order, if first { 1 } else { 2 });
}

fn result(seed: u64) -> DrawResult {
    let (classes, lots) = story(seed, 3);
    let text = sha256(&seed.to_string());
    let mut lots: Vec<DrawnLot> = allot(&classes, &lots, &text)
        .into_iter()
        .zip(lots)
        .map(|(fate, lot)| DrawnLot { lot, fate })
        .collect();
    lots.sort_by_key(|drawn| drawn.fate.order);
    DrawResult {
        format: FORMAT.into(),
        draw: DrawId::from("d"),
        title: Text::only("托管班"),
        centre_name: Text::only("新盛"),
        kind: DrawKind::Ranked,
        closes: Moment(1),
        drawn: Moment(2),
        commitment: sha256(&text),
        seed: text,
        classes,
        lots,
    }
}

#[test]
fn a_result_is_sound_until_somebody_touches_it() {
    for seed in 1..40 {
        let good = result(seed);
        let text = serde_json::to_string(&good).expect("JSON");
        let good: DrawResult = serde_json::from_str(&text).expect("it is read back");
        assert_eq!(check(&good), [], "story {seed}");

        let mut other = good.clone();
        other.seed.replace_range(..1, if good.seed.starts_with('0') { "1" } else { "0" });
        assert_eq!(check(&other)[0], Flaw::Seed { found: sha256(&other.seed) });

        let mut other = good.clone();
        let drawn = &mut other.lots[0];
        drawn.fate.outcome = match drawn.fate.outcome {
            DrawOutcome::LeftOut => DrawOutcome::Placed { slot: slot(0) },
            _ => DrawOutcome::LeftOut,
        };
        let (tag, said, found) = (drawn.lot.tag.clone(), drawn.fate.clone(), good.lots[0].fate.clone());
        assert_eq!(check(&other), [Flaw::Fate { tag, said, found }]);

        let mut other = good.clone();
        other.lots.push(good.lots[0].clone());
        assert_eq!(check(&other), [Flaw::Twice { tag: good.lots[0].lot.tag.clone() }]);

        let mut other = good.clone();
        other.lots[0].lot.weight = MOST_WEIGHT + 1;
        assert_eq!(check(&other), [Flaw::Weight { tag: good.lots[0].lot.tag.clone() }]);

        let mut other = good;
        other.format = "another".into();
        assert_eq!(check(&other), [Flaw::Format]);
    }
}

#[test]
fn whoever_is_left_away_is_missed() {
    let good = result(3);
    let missed = (0..good.lots.len()).filter(|index| {
        let mut other = good.clone();
        other.lots.remove(*index);
        !check(&other).is_empty()
    });
    assert_eq!(missed.count(), good.lots.len(), "every entry is part of the salt");
}

#[test]
fn wishes_name_classes_of_the_draw_each_once() {
    let draft = |prefers: &[u32]| EntryDraft {
        people: Vec::new(),
        prefers: prefers.iter().map(|class| slot(*class)).collect(),
    };
    let (zero, one) = (slot(0), slot(1));
    let classes = [&zero, &one];
    assert_eq!(draft(&[1, 0]).check(&classes), Ok(()));
    assert_eq!(draft(&[]).check(&classes), Err(Refusal::NoClassChosen));
    for (prefers, wrong) in [(&[0, 2][..], 2), (&[1, 1], 1)] {
        assert_eq!(draft(prefers).check(&classes), Err(Refusal::ClassUnclear { slot: slot(wrong) }));
    }
}

#[test]
fn who_lost_has_more_lots_up_to_four() {
    assert_eq!([0, 1, 2, 3, 4, 99].map(weight), [1, 2, 3, 4, 4, 4]);
}

#[test]
fn a_draw_stands_as_the_clock_says() {
    let mut draw = Draw {
        id: DrawId::from("d"),
        centre: CentreId::from("c"),
        centre_name: Text::only("新盛"),
        phone: "0514-00000103".into(),
        zone: CHINA,
        title: Text::only("班"),
        about: Text::only("班"),
        kind: DrawKind::Lottery,
        classes: Vec::new(),
        opens: Moment(10),
        closes: Moment(20),
        commitment: String::new(),
        entries: 0,
        drawn: None,
    };
    let states = [9, 10, 19, 20].map(|at| draw.state(Moment(at)));
    assert_eq!(states, [DrawState::Announced, DrawState::Open, DrawState::Open, DrawState::Closed]);
    draw.drawn = Some(Drawn { at: Moment(21), seed: "s".into(), placed: 0, waiting: 0 });
    assert_eq!(draw.state(Moment(5)), DrawState::Drawn, "what was revealed stays revealed");
}
