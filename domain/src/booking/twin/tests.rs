//! The pure rules beside the twin: random sheets of parties, folded by both to random moments.

use std::collections::HashMap;

use super::{Facts, Page, Party, Twin, hold_until};
use crate::{
    booking::{
        self, BookingState,
        BookingState::{Attended, Confirmed, Offered, Waitlisted},
        Frame, Rules, Slot, Tally, Terms, due, settle,
    },
    id::{AccountId, BookingId, CentreId, OfferingId, PersonId, SlotId},
    offering::Unit,
    time::{CHINA, Day, HOUR, MINUTE, Moment, Span},
};

fn at(day: u32, hour: i64, minute: i64) -> Moment {
    CHINA.moment(Day::from_ymd_opt(2026, 6, day).expect("a day"), hour * 60 + minute)
}

/// A linear congruential generator (Knuth's MMIX constants): the same seed, the same sheet.
struct Fate(u64);

impl Fate {
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn count(&mut self, end: i64) -> u32 {
        u32::try_from(self.below(end)).expect("small")
    }
}

#[test]
fn an_offer_is_not_held_at_night() {
    let until = |at: Moment, minutes: i64| hold_until(at, minutes * MINUTE, CHINA, at.plus(1_000 * HOUR));
    assert_eq!(until(at(24, 10, 0), 120), at(24, 12, 0));
    assert_eq!(until(at(24, 20, 0), 120), at(24, 22, 0));
    assert_eq!(until(at(24, 21, 0), 120), at(25, 9, 0));
    assert_eq!(until(at(24, 23, 30), 120), at(25, 10, 0));
    assert_eq!(until(at(24, 3, 0), 120), at(24, 10, 0));
    assert_eq!(until(at(24, 21, 0), 16 * 60), at(26, 9, 0));
    assert_eq!(hold_until(at(24, 10, 0), 2 * HOUR, CHINA, at(24, 11, 0)), at(24, 11, 0));
}

#[test]
fn the_hold_is_the_same_as_the_twin_s() {
    let mut fate = Fate(11);
    for _ in 0..20_000 {
        let at = at(24, 0, 0).plus(fate.below(3 * 24 * HOUR));
        let (hold, starts) = (1 + fate.below(40 * HOUR), at.plus(1 + fate.below(60 * HOUR)));
        let twin = hold_until(at, hold, CHINA, starts);
        assert_eq!(booking::hold_until(at, hold, CHINA, starts), twin, "{at:?} {hold} {starts:?}");
    }
}

/// A sheet of parties on one page, as some morning may find it.
fn sheet(fate: &mut Fate) -> Twin {
    let begin = at(24, 6, 0);
    let starts = begin.plus((3 + fate.below(40)) * HOUR);
    let kept = if fate.below(2) == 0 { fate.count(4) } else { 0 };
    let tables = fate.below(3) == 0;
    let terms = Terms {
        hold_minutes: 30 + fate.count(200),
        grace_minutes: (fate.below(2) == 0).then(|| 5 + fate.count(30)),
        table_seats: tables.then_some(4),
        ..Terms::default()
    };
    let slot = Slot {
        id: SlotId::from("s"),
        meetings: vec![Span { starts, ends: starts.plus(HOUR) }.into()],
        capacity: 0,
        opens: begin,
        closes: starts,
        kept,
        kept_until: starts.plus(-fate.below(30) * HOUR / 10),
        draw: None,
        drawn: false,
        called_off: false,
    };
    let unit = if tables { Unit::Party } else { Unit::Person };
    let rules = Rules { unit, party_max: 3, ages: None, drop_in: false, terms };
    let mut twin = Twin::default();
    twin.pages.push(Page {
        slot,
        rules,
        offering: OfferingId::from("o"),
        centre: CentreId::from("c"),
        zone: CHINA,
        desk: fate.count(2),
        queued: 0,
        lifted: 0,
        told: begin.plus(-1),
    });
    let mut host = None;
    for seq in 1..=fate.count(14) {
        let state = BookingState::ALL[usize::try_from(fate.below(9)).expect("small")];
        let state = if fate.below(2) == 0 { Waitlisted } else { state };
        let person = PersonId(format!("p{seq}"));
        let account = AccountId::from("a");
        let (consent, verified) = (false, false);
        let facts = Facts {
            account: account.clone(),
            born: None,
            verified,
            consent,
            resident_of: None,
            holder: true,
        };
        twin.people.insert(person.clone(), facts);
        let guest = host.filter(|_| tables && matches!(state, Confirmed | Attended) && fate.below(2) == 0);
        twin.parties.push(Party {
            id: Some(BookingId(format!("b{seq}"))),
            account,
            page: 0,
            seq,
            people: vec![person],
            guests: 0,
            size: if tables { 1 } else { 1 + fate.count(3) },
            state,
            until: (state == Offered).then(|| begin.plus(fate.below(6 * HOUR)).min(starts)),
            stop: (state == Waitlisted && fate.below(4) == 0)
                .then(|| begin.plus(fate.below(30 * HOUR)).min(starts.plus(-1))),
            was: None,
            shared: tables,
            host: guest,
            counter: !tables && fate.below(4) == 0,
            changed: begin.plus(-1),
            made: begin.plus(-1),
            lapsed: None,
            marks: HashMap::new(),
        });
        if guest.is_none() && matches!(state, Confirmed | Attended) {
            host = Some(twin.parties.len() - 1);
        }
    }
    twin.pages[0].slot.capacity = twin.taken(0) + fate.count(3);
    twin
}

/// The same sheet as the rules read it.
fn parties(twin: &Twin) -> Vec<booking::Party> {
    let id = |party: usize| twin.parties[party].id.clone().expect("named");
    let read = |(n, party): (usize, &Party)| booking::Party {
        booking: id(n),
        account: party.account.clone(),
        seq: party.seq,
        size: party.size,
        people: u32::try_from(party.people.len()).expect("few"),
        state: party.state,
        until: party.until,
        stop: party.stop,
        was: party.was,
        shared: party.shared,
        host: party.host.map(id),
        counter: party.counter,
        reason: None,
        made: party.changed,
        changed: party.changed,
    };
    twin.parties.iter().enumerate().map(read).collect()
}

#[test]
fn time_alone_does_the_same_to_the_rules_and_to_the_twin() {
    let mut offers = 0;
    for story in 0..6_000 {
        let mut fate = Fate(story);
        let mut twin = sheet(&mut fate);
        let page = twin.pages[0].clone();
        let terms = page.rules.terms;
        let frame = Frame { slot: &page.slot, terms: &terms, zone: CHINA, desk: page.desk };
        let mut sheet = parties(&twin);
        // Nobody waits who would fit: whoever wrote the sheet last saw to that.
        twin.walk(0, at(24, 6, 0));
        booking::offer_on(&frame, &mut sheet, at(24, 6, 0));
        let mut now = at(24, 6, 0);
        let mut next = due(&frame, &sheet, now);
        for _ in 0..6 {
            now = now.plus(fate.below(12 * HOUR));
            let kept = next;
            // Readers and writers fold where something is due.
            if kept.is_some_and(|due| due <= now) {
                settle(&frame, &mut sheet, kept, now);
            }
            twin.pass(0, now);
            let stands = |party: &booking::Party| (party.state, party.until, party.host.clone());
            let has = |party: &Party| {
                let host = party.host.map(|host| twin.parties[host].id.clone().expect("named"));
                (party.state, party.until, host)
            };
            let (read, told): (Vec<_>, Vec<_>) =
                (sheet.iter().map(stands).collect(), twin.parties.iter().map(has).collect());
            assert_eq!(read, told, "story {story} at {now:?}, due {kept:?}");
            let tally = Tally::of(page.desk, &sheet);
            assert_eq!((tally.taken, tally.counter), (twin.taken(0), twin.counter(0)), "story {story}");
            assert!(tally.taken <= page.slot.capacity, "story {story}");
            next = due(&frame, &sheet, now);
            assert!(next.is_none_or(|due| due > now), "story {story}");
        }
        offers += twin.pages[0].lifted;
    }
    assert!(offers > 3_000, "sheets on which something happens: {offers}");
}
