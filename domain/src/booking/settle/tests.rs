//! Slots that are left to themselves for a while.

use super::*;
use crate::{
    booking::{
        BookingState::{self, Attended, Cancelled},
        STAY, Slot, Terms, deeds,
    },
    id::{AccountId, SlotId},
    refusal::Refusal,
    time::{CHINA, Day, HOUR, MINUTE, Span},
};

/// So many minutes past ten in the morning of the first of July.
fn at(minutes: i64) -> Moment {
    CHINA.moment(Day::from_ymd_opt(2026, 7, 1).expect("a real date"), 600 + minutes)
}

/// A slot that starts at nine in the evening of that day and has places for so many.
struct Desk {
    slot: Slot,
    terms: Terms,
    parties: Vec<Party>,
}

impl Desk {
    fn new(capacity: u32) -> Self {
        let starts = at(11 * 60);
        let slot = Slot {
            id: SlotId::from("s"),
            meetings: vec![Span { starts, ends: starts.plus(HOUR) }.into()],
            capacity,
            opens: Moment(0),
            closes: starts,
            kept: 0,
            kept_until: Moment(0),
            draw: None,
            drawn: false,
            called_off: false,
        };
        Self { slot, terms: Terms::default(), parties: Vec::new() }
    }

    fn with(mut self, state: BookingState, size: u32) -> Self {
        let seq = u32::try_from(self.parties.len()).expect("few") + 1;
        let id = format!("{}", char::from(b'a' + u8::try_from(seq - 1).expect("few")));
        self.parties.push(Party {
            booking: BookingId::from(&*id),
            account: AccountId(id),
            seq,
            size,
            people: size,
            state,
            until: None,
            stop: None,
            was: None,
            shared: false,
            host: None,
            counter: false,
            reason: None,
            made: Moment(0),
            changed: Moment(0),
        });
        self
    }

    fn of(&mut self, name: &str) -> &mut Party {
        self.parties.iter_mut().find(|party| party.booking.as_str() == name).expect("a party")
    }

    fn sheet(&mut self) -> (Frame<'_>, &mut Vec<Party>) {
        (Frame { slot: &self.slot, terms: &self.terms, zone: CHINA, desk: 0 }, &mut self.parties)
    }

    fn settle(&mut self, minutes: i64) -> Vec<Happening> {
        let (frame, parties) = self.sheet();
        settle(&frame, parties, None, at(minutes))
    }

    fn due(&mut self, minutes: i64) -> Option<i64> {
        let (frame, parties) = self.sheet();
        due(&frame, parties, at(minutes)).map(|due| (due.0 - at(0).0) / MINUTE)
    }

    fn cancel(&mut self, name: &str, minutes: i64) {
        let index = self.parties.iter().position(|party| party.booking.as_str() == name).expect("a party");
        let (frame, parties) = self.sheet();
        deeds::cancel(&frame, parties, index, at(minutes)).expect("cancelled");
    }

    fn restore(&mut self, name: &str, minutes: i64) -> Result<(), Refusal> {
        let index = self.parties.iter().position(|party| party.booking.as_str() == name).expect("a party");
        let (frame, parties) = self.sheet();
        deeds::restore(&frame, parties, index, at(minutes)).map(drop)
    }

    /// How all stand, with the first letter of each state.
    fn states(&self) -> String {
        self.parties.iter().map(|party| party.state.name().chars().next().unwrap_or(' ')).collect()
    }

    fn taken(&mut self) -> u32 {
        Tally::of(0, &self.parties).taken
    }
}

#[test]
fn what_is_given_back_is_offered_to_the_first_that_fits_whole() {
    let mut desk =
        Desk::new(2).with(Confirmed, 2).with(Waitlisted, 3).with(Waitlisted, 2).with(Waitlisted, 1);
    desk.cancel("a", 0);
    assert_eq!(desk.states(), "cwow");
    assert_eq!(desk.of("c").until, Some(at(120)));
    assert_eq!((desk.taken(), desk.due(0)), (2, Some(120)));
}

#[test]
fn a_chain_of_lapses_is_told_whenever_one_looks() {
    let mut desk =
        Desk::new(1).with(Confirmed, 1).with(Waitlisted, 1).with(Waitlisted, 1).with(Waitlisted, 1);
    desk.cancel("a", 0);
    let mut asleep = Desk { slot: desk.slot.clone(), terms: desk.terms, parties: desk.parties.clone() };
    assert!(desk.settle(119).is_empty());
    for minutes in [120, 200, 239, 240, 300, 360, 361] {
        desk.settle(minutes);
    }
    let told = asleep.settle(361);
    assert_eq!(asleep.parties, desk.parties, "in steps or at once");
    assert_eq!(desk.states(), "clll");
    let times: Vec<_> = told.iter().map(|one| (one.booking.as_str(), one.at, one.news.name())).collect();
    let expected = [
        ("b", at(120), "lapsed"),
        ("c", at(120), "offered"),
        ("c", at(240), "lapsed"),
        ("d", at(240), "offered"),
        ("d", at(360), "lapsed"),
    ];
    assert_eq!(times, expected);
    assert_eq!((desk.taken(), desk.due(361)), (0, None));
}

#[test]
fn an_offer_is_gone_at_its_very_instant() {
    let mut desk = Desk::new(1).with(Confirmed, 1).with(Waitlisted, 1);
    desk.cancel("a", 0);
    let until = at(120);
    assert_eq!(deeds::take(&mut desk.of("b").clone(), until.plus(-1)), Ok(()));
    assert_eq!(deeds::take(desk.of("b"), until), Err(Refusal::OfferLapsed { until }));
    desk.settle(120);
    assert_eq!(deeds::take(desk.of("b"), at(121)), Err(Refusal::OfferLapsed { until }));
}

#[test]
fn who_wants_to_wait_no_longer_is_passed_over_from_then_on() {
    let mut desk = Desk::new(1).with(Confirmed, 1).with(Waitlisted, 1).with(Waitlisted, 1);
    {
        let (frame, parties) = desk.sheet();
        assert_eq!(deeds::stop(&frame, &mut parties[1], Some(at(0)), at(0)), Err(Refusal::TimePast));
        assert_eq!(deeds::stop(&frame, &mut parties[0], None, at(0)), Err(Refusal::NotWaiting));
        assert_eq!(deeds::stop(&frame, &mut parties[2], Some(at(11 * 60)), at(0)), Ok(()));
        assert_eq!(parties[2].stop, None, "the start is the end of all waiting");
        assert_eq!(deeds::stop(&frame, &mut parties[1], Some(at(30)), at(0)), Ok(()));
    }
    assert_eq!(desk.due(0), Some(30));
    assert_eq!(desk.settle(30)[0].news, News::Stopped);
    desk.cancel("a", 31);
    assert_eq!(desk.states(), "clo");
}

#[test]
fn the_queue_ends_with_the_start_and_whoever_was_not_reached_is_told() {
    let mut desk = Desk::new(1).with(Confirmed, 1).with(Waitlisted, 1);
    assert_eq!(desk.due(0), Some(11 * 60));
    assert!(desk.settle(11 * 60 - 1).is_empty());
    assert_eq!(desk.settle(11 * 60)[0].news, News::Unreached);
    assert_eq!((desk.states(), desk.due(11 * 60)), ("cl".into(), None));
    let mut home = Desk::new(1).with(Confirmed, 1).with(Waitlisted, 1);
    home.slot.meetings = vec![STAY.into()];
    assert_eq!(home.due(0), None, "for a room to live in one may wait for years");
}

#[test]
fn kept_places_open_to_who_waits() {
    let mut desk = Desk::new(3).with(Confirmed, 1).with(Waitlisted, 2).with(Waitlisted, 1);
    (desk.slot.kept, desk.slot.kept_until) = (2, at(60));
    assert!(desk.settle(59).is_empty());
    assert_eq!(desk.due(59), Some(60));
    desk.settle(60);
    assert_eq!(desk.states(), "cow");
    assert_eq!(desk.of("b").until, Some(at(180)));
}

#[test]
fn the_counter_uses_up_what_is_kept() {
    let mut desk = Desk::new(3).with(Confirmed, 1);
    (desk.slot.kept, desk.slot.kept_until) = (2, at(60));
    desk.of("a").counter = true;
    let (frame, parties) = desk.sheet();
    let tally = Tally::of(0, parties);
    assert_eq!((tally.counter, frame.free(&tally, at(0)), frame.free(&tally, at(60))), (1, 1, 2));
}

#[test]
fn who_is_not_there_in_time_loses_the_place_and_who_comes_later_does_not() {
    let mut desk = Desk::new(4).with(Confirmed, 1).with(Attended, 1).with(Waitlisted, 4).with(Confirmed, 1);
    desk.terms.grace_minutes = Some(10);
    desk.of("d").made = at(11 * 60 + 10);
    assert_eq!(desk.due(11 * 60), Some(11 * 60 + 10));
    let told = desk.settle(11 * 60 + 10);
    assert_eq!(desk.states(), "malc", "nobody is called to a slot that has begun");
    assert_eq!(told.iter().map(|one| one.news.name()).collect::<Vec<_>>(), ["unreached", "missed"]);
    let (frame, parties) = desk.sheet();
    assert_eq!(deeds::check_in(&frame, parties, 0, at(11 * 60 + 20)), Ok(1), "the place was still free");
    assert_eq!(deeds::check_in(&frame, parties, 0, at(11 * 60 + 21)), Ok(1), "twice is the same");
    assert_eq!(deeds::check_in(&frame, parties, 3, at(12 * 60)), Err(Refusal::CannotArrive));
}

#[test]
fn a_restored_party_stands_before_all_who_came_later() {
    let mut desk = Desk::new(2).with(Confirmed, 2).with(Confirmed, 0).with(Waitlisted, 2).with(Waitlisted, 2);
    desk.cancel("a", 0);
    assert_eq!(desk.states(), "ccow");
    assert_eq!(desk.restore("a", 9), Ok(()));
    assert_eq!(desk.states(), "wcow", "the place is held for somebody else");
    let until = desk.of("c").until;
    desk.settle(120);
    assert_eq!((desk.states(), until), ("oclw".to_owned(), Some(at(120))), "it goes before the others");
    assert_eq!(desk.restore("c", 121), Err(Refusal::UndoOver), "a lapse is not undone");
    desk.cancel("a", 130);
    assert_eq!(desk.states(), "cclo");
    assert_eq!(desk.restore("a", 140), Err(Refusal::UndoOver), "ten minutes are over");
    assert_eq!(desk.of("a").state, Cancelled);
}

#[test]
fn what_nobody_took_meanwhile_is_theirs_again() {
    let mut desk = Desk::new(2).with(Confirmed, 2);
    desk.cancel("a", 0);
    assert_eq!(desk.restore("a", 9), Ok(()));
    assert_eq!(desk.states(), "c");
    let mut desk = Desk::new(2).with(Confirmed, 2).with(Waitlisted, 3);
    desk.cancel("a", 0);
    assert_eq!(desk.restore("a", 9), Ok(()));
    assert_eq!(desk.states(), "cw");
}

#[test]
fn a_table_goes_on_without_its_host() {
    let mut desk = Desk::new(1).with(Confirmed, 1).with(Confirmed, 1).with(Confirmed, 1).with(Waitlisted, 1);
    desk.terms.table_seats = Some(4);
    for (name, host) in [("a", None), ("b", Some("a")), ("c", Some("a"))] {
        let party = desk.of(name);
        (party.shared, party.host) = (true, host.map(BookingId::from));
    }
    assert_eq!(desk.taken(), 1);
    let (frame, parties) = desk.sheet();
    assert_eq!(table::find(&frame, parties, 1), Some(BookingId::from("a")));
    assert_eq!((table::find(&frame, parties, 2), table::free_seats(&frame, parties)), (None, vec![1]));
    assert_eq!(table::neighbours(parties, &parties[1]), Some(2));
    desk.cancel("a", 0);
    assert_eq!((desk.states(), desk.taken()), ("cccw".to_owned(), 1), "the table is not free");
    assert_eq!(desk.of("b").host, None);
    assert_eq!(desk.of("c").host, Some(BookingId::from("b")));
    desk.cancel("c", 1);
    assert_eq!(desk.states(), "cccw");
    desk.cancel("b", 2);
    assert_eq!((desk.states(), desk.taken()), ("ccco".to_owned(), 1), "an empty table is");
}
