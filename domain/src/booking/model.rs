//! The reference model: a slot as a plain list, so small that one sees it is right. Random stories
//! are told to it and to the rules, and both must agree after every step.

use super::{Attendee, Placement, Rules, Slot, Standing, Terms, Waiting, decide, promote};
use crate::{
    id::{BookingId, PersonId, SlotId},
    offering::Unit,
    time::{CHINA, HOUR, Moment, Span},
};

/// A slot told as a list of parties in order of arrival.
#[derive(Default)]
struct Model {
    parties: Vec<(u32, u32, bool)>,
}

impl Model {
    fn taken(&self) -> u32 {
        self.parties.iter().filter(|party| party.2).map(|party| party.1).sum()
    }

    /// Walks the whole queue again from the front, as a person at a desk would.
    fn settle(&mut self, capacity: u32) {
        for index in 0..self.parties.len() {
            let (_, size, seated) = self.parties[index];
            if !seated && self.taken() + size <= capacity {
                self.parties[index].2 = true;
            }
        }
    }
}

/// A linear congruential generator (Knuth's MMIX constants): the same seed, the same story.
fn next(seed: &mut u64) -> u32 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as u32
}

#[test]
fn the_rules_tell_the_same_story_as_a_list() {
    for story in 0..200_u64 {
        let mut seed = story;
        let capacity = next(&mut seed) % 7 + 4;
        let slot = Slot {
            id: SlotId::from("s"),
            meetings: vec![Span { starts: Moment(HOUR), ends: Moment(2 * HOUR) }],
            capacity,
            opens: Moment(0),
            closes: Moment(HOUR),
            kept: 0,
            kept_until: Moment(0),
            draw: None,
            drawn: false,
        };
        let rules =
            Rules { unit: Unit::Person, party_max: 4, ages: None, drop_in: false, terms: Terms::default() };
        let mut model = Model::default();
        let (mut taken, mut seats, mut queue) = (0, Vec::new(), Vec::<Waiting>::new());
        for step in 0..120_u32 {
            if !next(&mut seed).is_multiple_of(3) || model.parties.is_empty() {
                let size = next(&mut seed) % 4 + 1;
                let party: Vec<Attendee> = (0..size)
                    .map(|n| Attendee {
                        person: PersonId(format!("{step}-{n}")),
                        born: None,
                        holds: Vec::new(),
                    })
                    .collect();
                let booking = BookingId(step.to_string());
                match decide(&slot, &rules, Standing { taken }, &party, Moment(1), CHINA) {
                    Ok(Placement::Confirmed) => {
                        taken += size;
                        seats.push(Waiting { booking, size });
                    }
                    Ok(Placement::Waitlisted) => queue.push(Waiting { booking, size }),
                    Err(refusal) => panic!("story {story}, step {step}: {refusal:?}"),
                }
                model.parties.push((step, size, false));
            } else {
                let gone = next(&mut seed) as usize % model.parties.len();
                let id = BookingId(model.parties.remove(gone).0.to_string());
                queue.retain(|party| party.booking != id);
                if let Some(index) = seats.iter().position(|party| party.booking == id) {
                    taken -= seats.remove(index).size;
                }
                for lucky in promote(capacity - taken, &queue) {
                    let index = queue.iter().position(|party| party.booking == lucky).expect("in the queue");
                    let party = queue.remove(index);
                    taken += party.size;
                    seats.push(party);
                }
            }
            model.settle(capacity);
            assert!(taken <= capacity, "story {story}, step {step}");
            assert_eq!(model.taken(), taken, "story {story}, step {step}");
            let waiting: Vec<String> =
                model.parties.iter().filter(|party| !party.2).map(|party| party.0.to_string()).collect();
            let queued: Vec<String> = queue.iter().map(|party| party.booking.0.clone()).collect();
            assert_eq!(waiting, queued, "story {story}, step {step}");
        }
    }
}
