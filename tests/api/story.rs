//! Random stories told to the real writer, on the real database, and to a ledger kept by hand: both
//! must agree on every refusal, every number and every place.
//!
//! A story follows from its seed. `DOORSTEP_SEED=7 cargo test -p backend --test api story` tells
//! another one.

use std::collections::HashMap;

use backend::{
    app::App,
    booking::writer::{Ask, Deed},
    call::Key,
    failure::Failure,
};
use domain::{
    booking::{Booking, BookingState, hold_until},
    id::{AccountId, BookingId, PersonId, SlotId},
    refusal::Refusal,
    time::{CHINA, HOUR, Moment, Span},
};
use serde_json::json;

use crate::{
    hall::{Hall, ledger, settle},
    world::World,
};

const SCENES: u32 = 250;
const LARGEST_PARTY: u32 = 3;

/// A linear congruential generator (Knuth's MMIX constants): the same seed, the same story.
struct Fate(u64);

impl Fate {
    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// A party as the ledger has it.
struct Party {
    account: AccountId,
    slot: usize,
    seq: u32,
    people: Vec<PersonId>,
    state: BookingState,
    until: Moment,
}

/// A slot as the ledger has it.
struct Page {
    id: SlotId,
    capacity: u32,
    span: Span,
    opens: Moment,
    closes: Moment,
    parties: Vec<usize>,
}

/// The ledger kept by hand.
#[derive(Default)]
struct Book {
    pages: Vec<Page>,
    parties: Vec<Party>,
    /// Key and body of what was done, and to which party.
    keys: HashMap<(AccountId, String), (String, usize)>,
}

/// What the ledger says of an ask: the party, or the refusal without its data.
type Verdict = Result<usize, &'static str>;

impl Book {
    fn judge(&mut self, ask: &Ask, ids: &HashMap<BookingId, usize>) -> Verdict {
        self.pass(ask.now);
        let key = (ask.account.clone(), ask.key.text.clone());
        if let Some((body, party)) = self.keys.get(&key) {
            return if *body == ask.key.body_hash { Ok(*party) } else { Err("KeyReused") };
        }
        let party = match &ask.deed {
            Deed::Book { slot, people, .. } => self.book(ask, slot, people)?,
            Deed::Cancel { booking } => self.cancel(ask, ids.get(booking).copied().ok_or("NotFound")?)?,
            deed => unreachable!("nobody tells of {deed:?}"),
        };
        self.keys.insert(key, (ask.key.body_hash.clone(), party));
        Ok(party)
    }

    fn book(&mut self, ask: &Ask, slot: &SlotId, people: &[PersonId]) -> Verdict {
        let at = self.pages.iter().position(|page| page.id == *slot).ok_or("NotFound")?;
        let page = &self.pages[at];
        if people.iter().any(|person| !person.0.starts_with(&format!("p-{}-", ask.account))) {
            return Err("PersonUnknown");
        }
        if ask.now >= page.span.starts {
            return Err("SlotPast");
        } else if ask.now >= page.closes {
            return Err("SlotClosed");
        } else if ask.now < page.opens {
            return Err("NotYetOpen");
        }
        if people.is_empty() {
            return Err("NobodyNamed");
        }
        let size = u32::try_from(people.len()).expect("few");
        if size > LARGEST_PARTY || size > page.capacity {
            return Err("PartyTooLarge");
        }
        for person in people {
            let held: Vec<usize> = self
                .parties
                .iter()
                .filter(|party| party.state.is_live() && party.people.contains(person))
                .map(|party| party.slot)
                .collect();
            if held.contains(&at) {
                return Err("AlreadyIn");
            }
            if held.iter().any(|other| self.pages[*other].span.overlaps(&page.span)) {
                return Err("Overlaps");
            }
        }
        let fits = self.taken(at) + size <= page.capacity;
        let state = if fits { BookingState::Confirmed } else { BookingState::Waitlisted };
        let party = self.parties.len();
        self.pages[at].parties.push(party);
        let seq = u32::try_from(self.pages[at].parties.len()).expect("few");
        let (account, people) = (ask.account.clone(), people.to_vec());
        self.parties.push(Party { account, slot: at, seq, people, state, until: Moment(0) });
        Ok(party)
    }

    fn cancel(&mut self, ask: &Ask, party: usize) -> Verdict {
        let (slot, state) = (self.parties[party].slot, self.parties[party].state);
        if self.parties[party].account != ask.account {
            return Err("NotFound");
        }
        if !state.is_live() || ask.now >= self.pages[slot].span.starts {
            return Err("CannotCancel");
        }
        self.parties[party].state = BookingState::Cancelled;
        self.walk(slot, ask.now);
        Ok(party)
    }

    /// From the front of the queue, as a person at a desk would.
    fn walk(&mut self, slot: usize, at: Moment) {
        let starts = self.pages[slot].span.starts;
        if at >= starts {
            return;
        }
        for next in self.pages[slot].parties.clone() {
            let size = u32::try_from(self.parties[next].people.len()).expect("few");
            let waits = self.parties[next].state == BookingState::Waitlisted;
            if waits && self.taken(slot) + size <= self.pages[slot].capacity {
                self.parties[next].state = BookingState::Offered;
                self.parties[next].until = hold_until(at, 2 * HOUR, CHINA, starts);
            }
        }
    }

    /// Lets offers lapse, one after the other.
    fn pass(&mut self, now: Moment) {
        for slot in 0..self.pages.len() {
            while let Some(until) = self.next_lapse(slot).filter(|until| *until <= now) {
                for party in self.pages[slot].parties.clone() {
                    let party = &mut self.parties[party];
                    if party.state == BookingState::Offered && party.until == until {
                        party.state = BookingState::Lapsed;
                    }
                }
                self.walk(slot, until);
            }
        }
    }

    fn next_lapse(&self, slot: usize) -> Option<Moment> {
        let parties = self.pages[slot].parties.iter().map(|party| &self.parties[*party]);
        parties.filter(|party| party.state == BookingState::Offered).map(|party| party.until).min()
    }

    fn taken(&self, slot: usize) -> u32 {
        let sum = |state| self.sum(slot, state, |party| party.people.len());
        sum(BookingState::Confirmed) + sum(BookingState::Offered)
    }

    fn sum(&self, slot: usize, state: BookingState, of: fn(&Party) -> usize) -> u32 {
        let parties = self.pages[slot].parties.iter().map(|party| &self.parties[*party]);
        let sum: usize = parties.filter(|party| party.state == state).map(of).sum();
        u32::try_from(sum).expect("few")
    }
}

/// The refusal without its data.
fn name(failure: &Failure) -> &'static str {
    match failure {
        Failure::NotFound => "NotFound",
        Failure::Refused(refusals) => match refusals[0] {
            Refusal::KeyReused => "KeyReused",
            Refusal::PersonUnknown => "PersonUnknown",
            Refusal::SlotPast => "SlotPast",
            Refusal::SlotClosed { .. } => "SlotClosed",
            Refusal::NotYetOpen { .. } => "NotYetOpen",
            Refusal::NobodyNamed => "NobodyNamed",
            Refusal::PartyTooLarge { .. } => "PartyTooLarge",
            Refusal::AlreadyIn { .. } => "AlreadyIn",
            Refusal::Overlaps { .. } => "Overlaps",
            Refusal::CannotCancel => "CannotCancel",
            _ => "something else",
        },
        _ => "a failure",
    }
}

#[tokio::test]
async fn the_writer_tells_the_same_story_as_a_ledger_kept_by_hand() {
    let seed = std::env::var("DOORSTEP_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(2_026);
    let world = World::new().await;
    let app = world.server.app.clone();
    let mut fate = Fate(seed);
    let (mut book, accounts) = (set_the_scene(&app, &mut fate).await, accounts());
    let mut ids: HashMap<BookingId, usize> = HashMap::new();
    let mut told: Vec<Ask> = Vec::new();
    for scene in 0..SCENES {
        let asks: Vec<Ask> = (0..=fate.below(30))
            .map(|n| improvise(&mut fate, &book, &ids, &told, &accounts, app.now(), (scene, n)))
            .collect();
        let answers = ask_all(&app, &asks).await;
        for (ask, answer) in asks.iter().zip(&answers) {
            let verdict = book.judge(ask, &ids);
            let context = || format!("seed {seed}, scene {scene}: {ask:?}\n{answer:?}");
            match (&verdict, answer) {
                (Ok(party), Ok(booking)) => {
                    assert_eq!(*ids.entry(booking.id.clone()).or_insert(*party), *party, "{}", context());
                    assert_eq!(booking.seq, book.parties[*party].seq, "{}", context());
                }
                (Err(refusal), Err(failure)) => assert_eq!(*refusal, name(failure), "{}", context()),
                _ => panic!("the ledger says {verdict:?}\n{}", context()),
            }
        }
        told.extend(asks);
        if scene % 10 == 0 || scene + 1 == SCENES {
            settle_all(&app, &mut book).await;
            compare(&app, &book, &ids, &format!("seed {seed}, scene {scene}")).await;
        }
        world.clock.advance(HOUR / 40);
    }
    assert!(book.parties.len() > 100, "a story in which something happens");
}

fn accounts() -> Vec<AccountId> {
    (0..14).map(|n| AccountId(format!("h{n}"))).collect()
}

/// Households of four, and slots that overlap one another here and there.
async fn set_the_scene(app: &App, fate: &mut Fate) -> Book {
    for account in accounts() {
        let people: Vec<PersonId> = (0..4).map(|n| PersonId(format!("p-{account}-{n}"))).collect();
        settle(app, &account, &people).await;
    }
    let hall = Hall::new(app, json!({ "unit": "person", "party_max": LARGEST_PARTY })).await;
    let mut book = Book::default();
    for n in 0..12_i64 {
        let capacity = u32::try_from(fate.below(8)).expect("small") + 1;
        let in_hours = n / 2 + 1;
        let starts = app.now().plus(in_hours * HOUR);
        let opens = app.now().plus(if n % 4 == 3 { HOUR } else { 0 });
        let closes = starts.plus(if n % 3 == 2 { -HOUR / 2 } else { 0 });
        let id = hall.slot_between(in_hours, capacity, opens, closes).await;
        let span = Span { starts, ends: starts.plus(HOUR) };
        book.pages.push(Page { id, capacity, span, opens, closes, parties: Vec::new() });
    }
    book
}

/// Somebody asks for something.
fn improvise(
    fate: &mut Fate,
    book: &Book,
    ids: &HashMap<BookingId, usize>,
    told: &[Ask],
    accounts: &[AccountId],
    now: Moment,
    (scene, n): (u32, usize),
) -> Ask {
    let account = accounts[fate.below(accounts.len())].clone();
    let fresh = format!("key-{scene:06}-{n:06}");
    // A party is named by its place in the ledger: identifiers are drawn, and would end the replay.
    let known = |fate: &mut Fate| {
        let party = fate.below(book.parties.len());
        let id = ids.iter().find(|(_, at)| **at == party).map(|(id, _)| id.clone());
        (book.parties[party].account.clone(), id.unwrap_or_else(|| BookingId::from("b-none")))
    };
    let (account, key, deed) = match fate.below(20) {
        0 | 1 if !told.is_empty() => {
            let again = told[fate.below(told.len())].clone();
            (again.account, again.key.text, again.deed)
        }
        2 if !told.is_empty() => {
            let again = &told[fate.below(told.len())];
            let slot = book.pages[fate.below(book.pages.len())].id.clone();
            (again.account.clone(), again.key.text.clone(), Deed::book(slot, Vec::new()))
        }
        3..=9 if !book.parties.is_empty() => {
            let (owner, booking) = known(fate);
            (owner, fresh, Deed::Cancel { booking })
        }
        10 if !book.parties.is_empty() => {
            let (_, booking) = known(fate);
            (account, fresh, Deed::Cancel { booking })
        }
        chance => {
            let slot = book.pages[fate.below(book.pages.len())].id.clone();
            let (first, count) = (fate.below(4), 1 + fate.below(if chance == 11 { 4 } else { 3 }));
            let stranger = chance == 12 && fate.below(4) == 0;
            let of = if stranger { &accounts[fate.below(accounts.len())] } else { &account };
            let people = (0..count).map(|n| PersonId(format!("p-{of}-{}", (first + n) % 4))).collect();
            (account, fresh, Deed::book(slot, people))
        }
    };
    let body_hash = format!("{deed:?}");
    Ask { account, key: Key { text: key, body_hash }, now, deed, by: None }
}

/// Asks at once, in this order: the tasks of this test's runtime start in the order of spawning.
async fn ask_all(app: &App, asks: &[Ask]) -> Vec<Result<Booking, Failure>> {
    let asking: Vec<_> = asks
        .iter()
        .map(|ask| {
            let (app, ask) = (app.clone(), ask.clone());
            tokio::spawn(async move { app.bookings.ask(ask).await })
        })
        .collect();
    let mut answers = Vec::new();
    for asking in asking {
        answers.push(asking.await.expect("runs"));
    }
    answers
}

/// What time alone has done is written down, too.
async fn settle_all(app: &App, book: &mut Book) {
    book.pass(app.now());
    for page in &book.pages {
        let key = Key { text: String::new(), body_hash: String::new() };
        let deed = Deed::Settle { slot: page.id.clone() };
        let ask = Ask { account: AccountId::from("nobody"), key, now: app.now(), deed, by: None };
        app.bookings.order(ask).await.expect("settled");
    }
}

/// Compares the whole database with the ledger.
async fn compare(app: &App, book: &Book, ids: &HashMap<BookingId, usize>, context: &str) {
    for (at, page) in book.pages.iter().enumerate() {
        let kept = ledger(&app.db, &page.id).await;
        let waiting = book.sum(at, BookingState::Waitlisted, |_| 1);
        assert_eq!((kept.taken, kept.waiting), (book.taken(at).into(), waiting.into()), "{context}");
        assert_eq!(kept.seqs.len(), page.parties.len(), "{context}");
    }
    let rows = app.db.rows("SELECT id, state FROM booking", Vec::new()).await.expect("reads");
    assert_eq!(rows.len(), book.parties.len(), "{context}");
    for row in rows {
        let id = BookingId(row.text("id").expect("a text"));
        let state = book.parties[ids[&id]].state.name();
        assert_eq!(row.text("state").expect("a text"), state, "{context}: {id}");
    }
    let live = "SELECT COUNT(*) AS n FROM booking_person bp JOIN booking b ON b.id = bp.booking_id \
                WHERE (bp.live = 1) <> (b.state NOT IN ('cancelled', 'lapsed'))";
    let row = app.db.row(live, Vec::new()).await.expect("reads").expect("a row");
    assert_eq!(row.int("n"), Ok(0), "{context}: who is in and whose booking lives");
}
