//! Batches decided in memory.

use std::sync::atomic::{AtomicU8, Ordering};

use domain::{
    booking::{Booking, Rules, Slot, Tally, Terms},
    geo::Point,
    id::CentreId,
    offering::{Measure, Unit},
    text::Text,
    time::{CHINA, HOUR, Span},
};

use super::*;
use crate::{booking::about::About, call::Key};

const NOON: i64 = 1_000 * HOUR;

/// Dice that count.
#[derive(Default)]
struct Counting(AtomicU8);

impl Dice for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0.fetch_add(1, Ordering::SeqCst));
    }
}

/// A house with one slot of `capacity`, open, and the people `a0` of account `a` and so on.
fn house(capacity: u32) -> House {
    let board = Board {
        slot: Slot {
            id: SlotId::from("s"),
            meetings: vec![Span { starts: Moment(NOON), ends: Moment(NOON + HOUR) }.into()],
            capacity,
            opens: Moment(0),
            closes: Moment(NOON),
            kept: 0,
            kept_until: Moment(0),
            draw: None,
            drawn: false,
            called_off: false,
        },
        rules: Rules {
            unit: Unit::Person,
            party_max: 4,
            ages: None,
            drop_in: false,
            terms: Terms::default(),
        },
        retired: false,
        about: About {
            offering: OfferingId::from("chess"),
            title: Text::only("棋"),
            name: None,
            place: Text::only("一楼"),
            measure: Measure::Place,
            centre: CentreId::from("xinsheng"),
            centre_name: Text::only("新盛"),
            at: Point { lat: 32.39, lng: 119.4 },
            phone: "0514-00000103".into(),
            zone: CHINA,
        },
        desk: 0,
        tally: Tally::default(),
        next_seq: 1,
        was_seq: 1,
        queued: 0,
        lifted: 0,
        due: None,
        parties: None,
        before: HashMap::new(),
        changed: false,
        rescheduled: false,
    };
    let mut house = House::default();
    for account in ["a", "b", "c", "d"] {
        for n in 0..4 {
            let key = (AccountId::from(account), PersonId(format!("{account}{n}")));
            house.people.insert(key, Known::default());
        }
    }
    house.boards.insert(SlotId::from("s"), board);
    house
}

fn ask(account: &str, key: &str, deed: Deed) -> Ask {
    let body_hash = format!("{deed:?}");
    Ask {
        account: AccountId::from(account),
        key: Key { text: key.into(), body_hash },
        now: Moment(1),
        deed,
        by: By::Household,
    }
}

fn book(account: &str, key: &str, people: u32) -> Ask {
    let people = (0..people).map(|n| PersonId(format!("{account}{n}"))).collect();
    ask(account, key, Deed::book(SlotId::from("s"), people))
}

fn cancel(account: &str, key: &str, booking: &BookingId) -> Ask {
    ask(account, key, Deed::Cancel { booking: booking.clone() })
}

fn decide_all(house: &mut House, asks: &[Ask], dice: &Counting) -> Vec<Result<Booking, Failure>> {
    let targets = house.decide(&asks.iter().collect::<Vec<_>>(), dice);
    let show = |target: Result<Target, Failure>| match target? {
        Target::Booking(booking) => house.show(&booking, Moment(1)).ok_or(Failure::NotFound),
        Target::Slot => panic!("a deed with a booking"),
    };
    targets.into_iter().map(show).collect()
}

/// The house as the next batch would read it.
fn reread(mut house: House) -> House {
    house.changes = Changes::default();
    let known: Vec<BookingId> = house.records.keys().cloned().collect();
    for booking in known {
        let party = house.party(&booking).cloned().expect("a party");
        house.records.get_mut(&booking).expect("a record").party = party;
    }
    let mut parties: Vec<Party> = house.records.values().map(|record| record.party.clone()).collect();
    parties.retain(|party| party.state.is_live());
    parties.sort_by_key(|party| party.seq);
    for board in house.boards.values_mut() {
        board.changed = false;
        board.was_seq = board.next_seq;
        board.open(parties.clone());
    }
    house
}

fn stands(answer: &Result<Booking, Failure>) -> (BookingState, Option<u32>, u32) {
    let booking = answer.as_ref().expect("booked");
    (booking.state, booking.position, booking.seq)
}

#[test]
fn places_are_given_in_order_and_the_rest_waits_in_order() {
    let mut house = house(3);
    let asks = [book("a", "k1", 2), book("b", "k2", 2), book("c", "k3", 1), book("d", "k4", 1)];
    let answers = decide_all(&mut house, &asks, &Counting::default());
    assert_eq!(stands(&answers[0]), (BookingState::Confirmed, None, 1));
    assert_eq!(stands(&answers[1]), (BookingState::Waitlisted, Some(1), 2));
    assert_eq!(stands(&answers[2]), (BookingState::Confirmed, None, 3), "what fits needs not wait");
    assert_eq!(stands(&answers[3]), (BookingState::Waitlisted, Some(2), 4));
    let board = &house.boards[&SlotId::from("s")];
    assert_eq!((board.tally.taken, board.tally.waiting, board.next_seq), (3, 2, 5));
    assert_eq!(house.touched(), [OfferingId::from("chess")]);
}

#[test]
fn a_retry_in_the_same_batch_is_one_booking() {
    let mut house = house(3);
    let asks = [book("a", "k1", 1), book("a", "k1", 1), book("a", "k1", 2), book("a", "k2", 1)];
    let answers = decide_all(&mut house, &asks, &Counting::default());
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[2], Err(Refusal::KeyReused.into()));
    let booking = answers[0].as_ref().expect("booked").id.clone();
    let again = Refusal::AlreadyIn { person: PersonId::from("a0"), booking: Some(booking) };
    assert_eq!(answers[3], Err(again.into()), "with another key it is a second wish for the same place");
    assert_eq!(house.changes.made.len(), 1);
}

#[test]
fn what_is_given_back_goes_on_in_the_same_batch() {
    let mut house = house(2);
    let asks = [book("a", "k1", 2), book("b", "k2", 2), book("c", "k3", 1)];
    let first = decide_all(&mut house, &asks, &Counting::default());
    let id = |n: usize| first[n].as_ref().expect("booked").id.clone();
    let mut house = reread(house);
    let asks = [cancel("c", "k4", &id(2)), cancel("a", "k5", &id(0)), book("d", "k6", 1)];
    let answers = decide_all(&mut house, &asks, &Counting(AtomicU8::new(50)));
    assert_eq!(stands(&answers[0]).0, BookingState::Cancelled);
    assert_eq!(stands(&answers[2]), (BookingState::Waitlisted, Some(1), 4));
    let gone = house.moved().iter().filter(|party| party.state == BookingState::Cancelled).count();
    assert_eq!((gone, house.moved().len()), (2, 3));
    assert_eq!(house.party(&id(1)).map(|party| party.state), Some(BookingState::Offered));
    let told: Vec<_> =
        house.changes.notices.iter().map(|one| (&one.booking, one.about.news.name())).collect();
    assert_eq!(told, [(&Some(id(1)), "offered")]);
    let board = &house.boards[&SlotId::from("s")];
    assert_eq!((board.tally.taken, board.tally.waiting), (2, 1));
}

#[test]
fn a_booking_of_somebody_else_does_not_exist() {
    let mut house = house(2);
    let first = decide_all(&mut house, &[book("a", "k1", 1)], &Counting::default());
    let id = first[0].as_ref().expect("booked").id.clone();
    let mut house = reread(house);
    let asks = [
        cancel("b", "k2", &id),
        cancel("b", "k3", &BookingId::from("nope")),
        ask("b", "k4", Deed::book(SlotId::from("s"), vec![PersonId::from("a1")])),
        ask("b", "k5", Deed::book(SlotId::from("nope"), vec![PersonId::from("b0")])),
        cancel("a", "k6", &id),
        cancel("a", "k6", &id),
        cancel("a", "k7", &id),
    ];
    let answers = decide_all(&mut house, &asks, &Counting(AtomicU8::new(50)));
    assert_eq!(answers[0], Err(Failure::NotFound));
    assert_eq!(answers[1], Err(Failure::NotFound));
    assert_eq!(answers[2], Err(Refusal::PersonUnknown.into()));
    assert_eq!(answers[3], Err(Failure::NotFound));
    assert_eq!(stands(&answers[4]).0, BookingState::Cancelled);
    assert_eq!(answers[4], answers[5]);
    assert_eq!(answers[6], Err(Refusal::CannotCancel.into()));
    assert_eq!(house.changes.answered.len(), 1);
}

#[test]
fn what_is_offered_no_more_is_kept_and_given_back_but_not_booked() {
    let mut house = house(2);
    let first = decide_all(&mut house, &[book("a", "k1", 1)], &Counting::default());
    let id = first[0].as_ref().expect("booked").id.clone();
    let mut house = reread(house);
    for board in house.boards.values_mut() {
        board.retired = true;
    }
    let asks = [book("b", "k2", 1), book("a", "k1", 1), cancel("a", "k3", &id)];
    let answers = decide_all(&mut house, &asks, &Counting(AtomicU8::new(50)));
    assert_eq!(answers[0], Err(Failure::NotFound));
    assert_eq!(answers[1].as_ref().map(|booking| &booking.id), Ok(&id), "a retry is answered");
    assert_eq!(stands(&answers[2]).0, BookingState::Cancelled);
}
