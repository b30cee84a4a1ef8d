//! Makes up stories: who asks for what, and when, so that something happens.

use std::collections::BTreeSet;

use domain::{
    booking::{
        BookingState::{Cancelled, Confirmed, Declined, Missed, Offered, Waitlisted},
        Mark,
        twin::{Act, Party, Twin},
    },
    id::{AccountId, BookingId},
    time::{HOUR, MINUTE, Moment, Span},
};

use crate::{
    fate::Fate,
    setting::{HOUSEHOLDS, MEMBERS, REASON, Setting},
    step::{Asked, STANDS, Stands, Step, Verb, What},
};

/// How a story is made up.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// So many asks, retries not counted.
    pub asks: usize,
    /// So many servers are asked.
    pub servers: usize,
    /// Whether somebody sets the clock back now and then.
    pub clock_goes_back: bool,
}

/// A story that follows from its seed.
pub fn make_up(seed: u64, setting: &Setting, shape: Shape) -> Vec<Step> {
    let fate = Fate::new(seed);
    let twin = setting.twin.clone();
    let mut teller = Teller {
        fate,
        twin,
        setting,
        now: setting.begin,
        shape,
        steps: Vec::new(),
        late: Vec::new(),
        keys: 0,
        tickets: BTreeSet::new(),
        server: 0,
    };
    while (teller.keys as usize) < shape.asks && teller.now < setting.begin.plus(60 * HOUR) {
        teller.scene();
    }
    teller.steps
}

/// Tells the story to a twin of its own while it is made up, to know whom an offer waits for.
struct Teller<'a> {
    fate: Fate,
    twin: Twin,
    setting: &'a Setting,
    now: Moment,
    shape: Shape,
    steps: Vec<Step>,
    /// Retries that come later: after so many steps.
    late: Vec<(usize, Step)>,
    keys: u32,
    /// Which households have a ticket for which slots.
    tickets: BTreeSet<(usize, usize)>,
    /// Which server most ask at present.
    server: usize,
}

impl Teller<'_> {
    /// What is asked at once, and the time until the next.
    fn scene(&mut self) {
        self.server = self.fate.below(self.shape.servers);
        if self.fate.happens(8) {
            self.stand();
        }
        if self.fate.happens(6) {
            self.crush();
        } else {
            for _ in 0..=self.fate.below(12) {
                let what = self.what();
                let household = self.household(&what);
                self.ask(household, what, false);
            }
        }
        let wait = match self.fate.below(if self.shape.clock_goes_back { 24 } else { 23 }) {
            0..=5 => 0,
            6..=9 => 1,
            10..=13 => 5,
            14..=16 => 15,
            17 | 18 => 30,
            19 => 60,
            20 => 120,
            21 => 45,
            22 => [240, 600][self.fate.below(2)],
            _ => self.back(),
        };
        self.now = self.now.plus(wait * MINUTE);
        self.steps.push(Step::Wait(wait));
    }

    /// A household becomes a volunteer, is suspended or leaves.
    fn stand(&mut self) {
        let household = self.fate.below(HOUSEHOLDS);
        // Most are in good standing, or nothing would happen at a shift.
        let stands = STANDS[[0, 0, 0, 1, 2][self.fate.below(5)]].0;
        stand(&mut self.twin, &self.setting.households[household], stands);
        self.steps.push(Step::Stand(household, stands));
    }

    /// By how much the clock goes back: never over the start of a slot or over the hour at which its kept
    /// places open, which would happen a second time.
    fn back(&mut self) -> i64 {
        let wait = [-10, -60, -180][self.fate.below(3)];
        let then = self.now.plus(wait * MINUTE);
        let twice = self.twin.pages.iter().any(|page| {
            let over = |at: Moment| then < at && at <= self.now;
            over(page.slot.starts()) || (page.slot.kept_until.0 > 0 && over(page.slot.kept_until))
        });
        if twice { 0 } else { wait }
    }

    /// Many want the same slot at the same time.
    fn crush(&mut self) {
        let slot = self.fate.below(self.setting.twin.pages.len());
        let mut households: Vec<usize> = (0..HOUSEHOLDS).collect();
        self.fate.shuffle(&mut households);
        households.truncate(2 + self.fate.below(HOUSEHOLDS - 2));
        self.steps.push(Step::Wait(0));
        self.late.clear();
        for household in households {
            let what = self.book(slot, household);
            self.ask(household, what, true);
        }
        self.steps.extend(self.late.drain(..).map(|(_, step)| step));
    }

    fn what(&mut self) -> What {
        if self.twin.parties.is_empty() || self.fate.below(10) < 4 {
            let slot = self.open_slot();
            let household = self.fate.below(HOUSEHOLDS);
            return self.book(slot, household);
        }
        if self.fate.happens(14) {
            let slot = self.fate.below(self.twin.pages.len());
            let taken = usize::try_from(self.twin.taken(slot)).unwrap_or_default();
            let capacity = self.fate.below(taken + 5);
            let kept = if self.fate.happens(2) { 0 } else { self.fate.below(capacity + 1) };
            let short = |number| u32::try_from(number).unwrap_or_default();
            return What::Resize(slot, short(capacity.max(1)), short(kept));
        }
        if self.fate.happens(25) {
            return self.moves();
        }
        if self.fate.happens(20) {
            return What::Settle(self.fate.below(self.twin.pages.len()));
        }
        // Whoever something can be done about is more likely to do something.
        let party = match self.fate.below(6) {
            0 | 1 => self.some(|_, party| party.state == Offered),
            2 => self.some(|_, party| matches!(party.state, Cancelled | Declined | Missed)),
            3 | 4 => self.some(|twin, party| party.seated() && twin.waiting(party.page) > 0),
            _ => None,
        };
        let party = party.unwrap_or_else(|| self.fate.below(self.twin.parties.len()));
        let key = key_of(&self.twin, party);
        if self.twin.parties[party].seated() && self.fate.happens(5) {
            return self.note(party, key);
        }
        let verb = match (self.twin.parties[party].state, self.fate.below(10)) {
            (Offered, 0..=4) | (_, 0) => Verb::Take,
            (Offered, 5 | 6) | (_, 1) => Verb::Decline,
            (Cancelled | Declined, _) | (_, 2) => Verb::Restore,
            (Waitlisted, 3..=5) => {
                let past = (self.now.0 - self.setting.begin.0) / MINUTE;
                let minutes = [5, 30, 60, 300, -5][self.fate.below(5)];
                return What::Stop(key, (!self.fate.happens(4)).then_some(past + minutes));
            }
            (_, 3) => Verb::Withdraw,
            (Confirmed, 4 | 5) | (Missed, _) | (_, 4) => Verb::Arrive,
            _ => Verb::Cancel,
        };
        What::Party(verb, key)
    }

    /// A meeting is moved, rather one of a course, or called off.
    fn moves(&mut self) -> What {
        let pages = &self.twin.pages;
        let courses: Vec<usize> = (0..pages.len()).filter(|at| pages[*at].slot.meetings.len() > 1).collect();
        let course = !courses.is_empty() && self.fate.happens(2);
        let slot = if course { *self.fate.one_of(&courses) } else { self.open_slot() };
        let meetings = self.twin.pages[slot].slot.meetings.len();
        let meeting =
            u32::try_from(1 + self.fate.below(meetings)).unwrap_or(1) + u32::from(self.fate.happens(20));
        if self.fate.happens(3) {
            return What::Move(slot, meeting, None);
        }
        let past = (self.now.0 - self.setting.begin.0) / MINUTE;
        let ahead = [-10, 15, 60, 300, 600, 1440, 3000, 300_000][self.fate.below(8)];
        let length = [60, 60, 90, 5][self.fate.below(4)];
        What::Move(slot, meeting, Some((past + ahead, length)))
    }

    /// Somebody is noted: mostly one of the party, at one of its meetings.
    fn note(&mut self, party: usize, key: u32) -> What {
        let owner = self.owner(key).unwrap_or_default();
        let person = owner * MEMBERS + self.fate.below(MEMBERS);
        let meetings = self.twin.pages[self.twin.parties[party].page].slot.meetings.len();
        let meeting =
            u32::try_from(1 + self.fate.below(meetings)).unwrap_or(1) + u32::from(self.fate.happens(20));
        let mark = match self.fate.below(5) {
            0 | 1 => Some(Mark::Attended),
            2 => Some(Mark::Absent),
            3 => Some(Mark::Excused),
            _ => None,
        };
        What::Note { party: key, person, meeting, mark }
    }

    /// Somebody whose party stands so.
    fn some(&mut self, of: impl Fn(&Twin, &Party) -> bool) -> Option<usize> {
        let parties = &self.twin.parties;
        let found: Vec<usize> =
            (0..parties.len()).filter(|party| of(&self.twin, &parties[*party])).rev().take(12).collect();
        (!found.is_empty()).then(|| *self.fate.one_of(&found))
    }

    /// A slot, rather one that is still ahead.
    fn open_slot(&mut self) -> usize {
        let ahead = |page: &usize| self.twin.pages[*page].slot.ends() > self.now;
        let mut slots: Vec<usize> = (0..self.twin.pages.len()).filter(ahead).collect();
        // Everybody wants the same ones.
        slots.truncate(9);
        if slots.is_empty() || self.fate.happens(6) {
            return self.fate.below(self.twin.pages.len());
        }
        *self.fate.one_of(&slots)
    }

    fn book(&mut self, slot: usize, household: usize) -> What {
        let (first, count) =
            (self.fate.below(MEMBERS), 1 + self.fate.below(2) + usize::from(self.fate.happens(9)));
        let mut people: Vec<usize> =
            (0..count).map(|n| household * MEMBERS + (first + n) % MEMBERS).collect();
        match self.fate.below(40) {
            0 => people.push(people[0]),
            1 => people.push(self.fate.below(HOUSEHOLDS * MEMBERS)),
            2 => people.clear(),
            _ => {}
        }
        let tables = self.twin.pages[slot].rules.terms.table_seats.is_some();
        // The desk keeps no tables for parties that share them.
        let desk = !tables && self.fate.happens(7);
        let share = tables && !self.fate.happens(4);
        let guests = match self.twin.pages[slot].rules.terms.guests_max {
            Some(most) => self.fate.below(most as usize + 2),
            None => usize::from(self.fate.happens(60)),
        };
        let guests = u32::try_from(guests).unwrap_or_default();
        What::Book { slot, people, share, desk, ticket: false, guests }
    }

    /// Has some parties come with a ticket: one of a household for a slot, for people of its own.
    fn with_ticket(&mut self, household: usize, what: &mut What) {
        let What::Book { slot, people, desk: false, ticket, .. } = what else { return };
        let named: BTreeSet<usize> = people.iter().copied().collect();
        let own = named.iter().all(|person| person / MEMBERS == household);
        let plain = own && !people.is_empty() && named.len() == people.len();
        *ticket = plain && self.fate.happens(4) && self.tickets.insert((household, *slot));
    }

    /// Who asks: mostly whose business it is.
    fn household(&mut self, what: &What) -> usize {
        let owner = match what {
            What::Book { people, .. } => people.first().map(|person| person / MEMBERS),
            What::Party(_, key) | What::Stop(key, _) | What::Note { party: key, .. } => self.owner(*key),
            What::Resize(..) | What::Move(..) | What::Settle(_) => None,
        };
        match owner {
            Some(owner) if !self.fate.happens(25) => owner,
            _ => self.fate.below(HOUSEHOLDS),
        }
    }

    fn owner(&self, key: u32) -> Option<usize> {
        let party = &self.twin.parties[self.twin.party_of(&id(key))?];
        self.setting.households.iter().position(|household| *household == party.account)
    }

    /// Adds an ask, with its retries at once and later.
    fn ask(&mut self, household: usize, mut what: What, crush: bool) {
        self.with_ticket(household, &mut what);
        self.keys += 1;
        let key = self.keys;
        // A crush is at all doors; otherwise most go to the same.
        let server =
            if crush || self.fate.happens(8) { self.fate.below(self.shape.servers) } else { self.server };
        let asked = Asked { key, household, server, what };
        if let Some((account, desk, act)) = act(self.setting, &asked, id) {
            let verdict = self.twin.tell(&account, &key.to_string(), desk, &act, self.now);
            if let (Ok(Some(party)), Act::Book { .. }) = (verdict, &act) {
                self.twin.parties[party].id = Some(id(key));
            }
        }
        self.steps.push(Step::Ask(asked));
        if self.fate.happens(4) {
            for _ in 0..=self.fate.below(4) {
                let again = Step::Again(key, self.fate.below(self.shape.servers));
                self.late.push((self.fate.below(30), again));
            }
        }
        if self.fate.happens(40) {
            self.late.push((self.fate.below(30), Step::Misuse(key, self.fate.below(self.shape.servers))));
        }
        let (steps, late) = (&mut self.steps, &mut self.late);
        late.retain_mut(|(left, step)| {
            if *left == 0 {
                steps.push(step.clone());
            }
            let stays = *left > 0;
            *left = left.saturating_sub(1);
            stays
        });
    }
}

fn id(key: u32) -> BookingId {
    BookingId(format!("k{key}"))
}

fn key_of(twin: &Twin, party: usize) -> u32 {
    let id = twin.parties[party].id.as_ref().and_then(|id| id.as_str().strip_prefix('k')?.parse().ok());
    id.unwrap_or_default()
}

/// Tells the twin how a household comes to stand as a volunteer.
pub fn stand(twin: &mut Twin, account: &AccountId, stands: Stands) {
    match stands {
        Stands::Helps => drop(twin.volunteers.insert(account.clone(), None)),
        Stands::Pauses => drop(twin.volunteers.insert(account.clone(), Some(REASON.into()))),
        Stands::Leaves => drop(twin.volunteers.remove(account)),
    }
}

/// What an ask means: who, whether the desk, and what; `None` where it makes no sense.
pub fn act(
    setting: &Setting,
    asked: &Asked,
    id: impl Fn(u32) -> BookingId,
) -> Option<(AccountId, bool, Act)> {
    let account = setting.households.get(asked.household)?.clone();
    let slot = |slot: &usize| setting.twin.pages.get(*slot).map(|page| page.slot.id.clone());
    let act = match &asked.what {
        What::Book { slot: at, people, share, desk, guests, ticket } => Act::Book {
            slot: slot(at)?,
            people: people.iter().map(|person| setting.person(*person)).collect(),
            share: *share,
            counter: *desk,
            guests: *guests,
            // What was found when it was given out, whatever holds now.
            ready: ticket.then_some(asked.key.is_multiple_of(2)),
        },
        What::Party(verb, party) => {
            let party = id(*party);
            match verb {
                Verb::Take => Act::Take(party),
                Verb::Decline => Act::Decline(party),
                Verb::Cancel => Act::Cancel(party),
                Verb::Restore => Act::Restore(party),
                Verb::Withdraw => Act::Withdraw(party),
                Verb::Arrive => Act::CheckIn(party),
            }
        }
        What::Note { party, person, meeting, mark } => {
            Act::Note(id(*party), *meeting, setting.person(*person), *mark)
        }
        What::Stop(party, after) => {
            Act::Stop(id(*party), after.map(|minutes| setting.begin.plus(minutes * MINUTE)))
        }
        What::Resize(at, capacity, kept) => Act::Resize(slot(at)?, *capacity, *kept),
        What::Move(at, meeting, to) => {
            let span = |(to, length): &(i64, i64)| {
                let starts = setting.begin.plus(to * MINUTE);
                Span { starts, ends: starts.plus(length * MINUTE) }
            };
            Act::Reschedule(slot(at)?, *meeting, to.as_ref().map(span))
        }
        What::Settle(at) => Act::Settle(slot(at)?),
    };
    let desk = match &act {
        Act::Book { counter, .. } => *counter,
        Act::Withdraw(_)
        | Act::CheckIn(_)
        | Act::Note(..)
        | Act::Resize(..)
        | Act::Reschedule(..)
        | Act::Settle(_) => true,
        _ => false,
    };
    Some((account, desk, act))
}
