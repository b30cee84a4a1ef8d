//! Where a story takes place: offerings of every sort, slots that overlap here and there, and
//! households of four.

use std::sync::atomic::{AtomicU64, Ordering};

use backend::{
    args,
    db::{Db, DbError, Tx},
    dice::Dice,
    vault::Vault,
};
use domain::{
    booking::{
        Fair, Meeting, Rules, Slot, Terms,
        twin::{Facts, Page, Twin},
    },
    id::{AccountId, CentreId, OfferingId, PersonId, SlotId},
    offering::{Ages, Unit},
    time::{CHINA, Day, HOUR, MINUTE, Moment, Span},
};
use serde_json::{Value, json};

use crate::{
    crowd::{Household, Member, move_in},
    fate::Fate,
};

/// Households of a story.
pub const HOUSEHOLDS: usize = 12;
/// People of each.
pub const MEMBERS: usize = 4;
/// The centre of the demo where it takes place.
const CENTRE: &str = "xinsheng";
/// The offering of the demo whose words are borrowed.
const PATTERN: &str = "xinsheng-pingpong";

static NUMBER: AtomicU64 = AtomicU64::new(0);

/// Where a story takes place.
#[derive(Clone, Debug)]
pub struct Setting {
    /// When it begins.
    pub begin: Moment,
    /// Its places and people as the twin has them.
    pub twin: Twin,
    /// Its households; a person has the number of the household times four and their own.
    pub households: Vec<AccountId>,
    name: String,
}

impl Setting {
    /// A place with its people, under a name that was never used before.
    pub fn new(seed: u64, begin: Moment, dice: &(dyn Dice + 'static)) -> Self {
        let name = format!("t{}-{}", dice.id(""), NUMBER.fetch_add(1, Ordering::SeqCst));
        let mut fate = Fate::new(seed ^ 0x5e77);
        let households = (0..HOUSEHOLDS).map(|n| AccountId(format!("{name}-h{n}"))).collect();
        let mut setting = Self { begin, twin: Twin::default(), households, name };
        setting.people(&mut fate);
        for (n, rules) in sorts().into_iter().enumerate() {
            setting.slots(&mut fate, n, rules);
        }
        setting.tasks(&mut fate);
        setting
    }

    /// A person by number.
    pub fn person(&self, number: usize) -> PersonId {
        PersonId(format!("{}-p{number}", self.name))
    }

    /// What all its identifiers begin with.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn people(&mut self, fate: &mut Fate) {
        let day = self.begin.day(CHINA);
        for number in 0..HOUSEHOLDS * MEMBERS {
            let child = number % MEMBERS >= 2;
            let months = if child { 30 + 12 * fate.below(14) } else { 12 * (25 + fate.below(50)) };
            let months = u32::try_from(months).unwrap_or_default();
            let born = day.checked_sub_months(chrono::Months::new(months));
            let facts = Facts {
                account: self.households[number / MEMBERS].clone(),
                born: born.filter(|_| !fate.happens(12)),
                verified: !fate.happens(4),
                consent: child && !fate.happens(4),
                resident_of: fate.happens(2).then(|| CentreId::from(CENTRE)),
                holder: number % MEMBERS == 0,
            };
            self.twin.people.insert(self.person(number), facts);
        }
        for household in &self.households {
            match fate.below(6) {
                0 => {}
                1 => drop(self.twin.volunteers.insert(household.clone(), Some(REASON.into()))),
                _ => drop(self.twin.volunteers.insert(household.clone(), None)),
            }
        }
    }

    /// Some lend a hand with a task at the time of a shift, or around it.
    fn tasks(&mut self, fate: &mut Fate) {
        let shifts = self.twin.pages.iter().filter(|page| page.rules.terms.volunteers);
        let spans: Vec<Span> = shifts.flat_map(|page| page.slot.meetings.iter().map(Meeting::span)).collect();
        for household in 0..HOUSEHOLDS {
            if !fate.happens(3) {
                continue;
            }
            let span = *fate.one_of(&spans);
            let later = [0, HOUR / 2, 3 * HOUR][fate.below(3)];
            let task = Span { starts: span.starts.plus(later), ends: span.ends.plus(later) };
            self.twin.tasks.push((self.person(household * MEMBERS), task));
        }
    }

    /// Four slots of an offering, on this day and the next two.
    fn slots(&mut self, fate: &mut Fate, offering: usize, rules: Rules) {
        let id = OfferingId(format!("{}-o{offering}", self.name));
        let is_course = offering == COURSE;
        for n in 0..4_usize {
            let in_hours = [2, 5, 24, 28][n] + i64::try_from(fate.below(4)).unwrap_or_default();
            // Where somebody lives there is no time; far apart, so that the twin can tell them from each other.
            let far = if rules.terms.stay { 20 * 365 * 24 } else { 0 };
            let starts = self.begin.plus((in_hours + far) * HOUR);
            let length = if fate.happens(3) { 2 * HOUR } else { HOUR };
            // Of a course the second meeting is the day after, the third so soon that one comes from the
            // other.
            let after: &[i64] = if is_course { &[0, 23 * HOUR, 23 * HOUR + length + HOUR / 4] } else { &[0] };
            let meeting =
                |after: &i64| Span { starts: starts.plus(*after), ends: starts.plus(*after + length) }.into();
            let capacity = u32::try_from(fate.below(4)).unwrap_or_default() + 1;
            let opens = self.begin.plus(if n == 3 { HOUR } else { 0 });
            let closes = starts.plus(if fate.happens(3) { -30 * MINUTE } else { 0 });
            let keeps = offering == 1 || fate.happens(6);
            let desk = u32::from(fate.happens(4) && capacity > 1);
            let slot = Slot {
                id: SlotId(format!("{id}-{n}")),
                meetings: after.iter().map(meeting).collect(),
                capacity,
                opens,
                closes,
                kept: if keeps { capacity.div_ceil(2) } else { 0 },
                kept_until: if keeps { starts.plus(-HOUR * 90 / 60) } else { Moment(0) },
                draw: None,
                drawn: false,
                called_off: false,
            };
            self.twin.pages.push(Page {
                slot,
                rules,
                offering: id.clone(),
                centre: CentreId::from(CENTRE),
                zone: CHINA,
                desk,
                queued: 0,
                lifted: 0,
                told: self.begin,
            });
        }
    }

    /// Writes it all into a database that has the demo.
    ///
    /// # Errors
    /// The database's.
    pub async fn furnish(&self, db: &Db, vault: &Vault) -> Result<(), DbError> {
        let mut tx = db.begin().await?;
        let households: Vec<Household> =
            self.households.iter().enumerate().map(|(n, account)| self.household(n, account)).collect();
        move_in(&mut tx, vault, &households, self.begin).await?;
        for (account, reason) in &self.twin.volunteers {
            volunteers(&mut tx, account, Some(reason.as_deref()), self.begin).await?;
        }
        for (n, (person, span)) in self.twin.tasks.iter().enumerate() {
            self.task(&mut tx, n, person, *span).await?;
        }
        let pattern = tx.row("SELECT details FROM offering WHERE id = $1", args![PATTERN]).await?;
        let pattern: Value = pattern.ok_or_else(|| DbError::Other("no demo".into()))?.json("details")?;
        let mut last = None;
        for page in &self.twin.pages {
            if last != Some(&page.offering) {
                let sql = "INSERT INTO offering (id, centre_id, kind, details) VALUES ($1, $2, 'club', $3)";
                let details = details(&pattern, &page.rules)?;
                tx.run(sql, args![&page.offering, &page.centre, details]).await?;
                last = Some(&page.offering);
            }
            let sql = "INSERT INTO slot (id, offering_id, starts, ends, meetings, capacity, desk, taken, \
                                         opens, closes, kept, kept_until) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10, $11)";
            let slot = &page.slot;
            let meetings = serde_json::to_string(&slot.meetings).unwrap_or_default();
            let (starts, ends) = (slot.starts(), slot.ends());
            let args = args![
                &slot.id,
                &page.offering,
                starts,
                ends,
                meetings,
                slot.capacity,
                page.desk,
                slot.opens,
                slot.closes,
                slot.kept,
                slot.kept_until
            ];
            tx.run(sql, args).await?;
        }
        tx.commit().await
    }

    /// A task that somebody is in.
    async fn task(&self, tx: &mut Tx, n: usize, person: &PersonId, span: Span) -> Result<(), DbError> {
        let id = format!("{}-t{n}", self.name);
        let words = json!({ "zh": "搭把手", "en": "A hand" });
        let details = json!({ "title": words, "summary": words, "place": words }).to_string();
        let sql = "INSERT INTO task (id, centre_id, details, starts, ends, needs, claimed) \
                   VALUES ($1, $2, $3, $4, $5, 1, 1)";
        tx.run(sql, args![&*id, CENTRE, details, span.starts, span.ends]).await?;
        let account = &self.twin.people[person].account;
        let sql = "INSERT INTO task_claim (task_id, account_id, made) VALUES ($1, $2, $3)";
        tx.run(sql, args![&*id, account, self.begin]).await.map(drop)
    }

    fn household(&self, n: usize, account: &AccountId) -> Household {
        let member = |number: usize| {
            let person = self.person(number);
            let facts = &self.twin.people[&person];
            Member {
                person,
                born: facts.born,
                consent: if facts.consent { domain::consent::VERSION } else { 0 },
                verified: if facts.verified { self.begin } else { Moment(0) },
                resident_of: facts.resident_of.clone(),
            }
        };
        let people = (n * MEMBERS..(n + 1) * MEMBERS).map(member).collect();
        Household { account: account.clone(), token: format!("{account}-token"), people }
    }

    /// What one has to know of slots and people to follow a story.
    pub fn remarks(&self, slots: &[usize], people: &[usize]) -> String {
        use core::fmt::Write;
        let mut text = String::new();
        let hours = |at: Moment| (at.0 - self.begin.0) / MINUTE;
        for at in slots {
            let Page { slot, rules, desk, .. } = &self.twin.pages[*at];
            let _ = writeln!(
                text,
                "# s{at}: {} places, {desk} at the desk, {} kept until {}, opens {}, closes {}, starts {}, \
                 ends {} minutes after the beginning; {rules:?}",
                slot.capacity,
                slot.kept,
                hours(slot.kept_until),
                hours(slot.opens),
                hours(slot.closes),
                hours(slot.starts()),
                hours(slot.ends()),
            );
        }
        for number in people {
            let Some(facts) = self.twin.people.get(&self.person(*number)) else { continue };
            let Facts { born, verified, consent, resident_of, .. } = facts;
            let _ = writeln!(
                text,
                "# p{number}: born {born:?}, verified {verified}, consent {consent}, of {resident_of:?}"
            );
            if facts.holder {
                let (stand, tasks) = (self.twin.volunteers.get(&facts.account), &self.twin.tasks);
                let person = self.person(*number);
                let tasks = tasks.iter().filter(|(of, _)| *of == person).map(|(_, task)| hours(task.starts));
                let tasks: Vec<i64> = tasks.collect();
                let _ = writeln!(text, "# p{number}: volunteer {stand:?}, tasks from minute {tasks:?}");
            }
        }
        text
    }
}

/// Why somebody is suspended as a volunteer.
pub const REASON: &str = "did not come";

/// Writes how a household stands as a volunteer: not at all, or with why it is suspended, if it is.
///
/// # Errors
/// The database's.
pub async fn volunteers(
    tx: &mut Tx,
    account: &AccountId,
    stand: Option<Option<&str>>,
    now: Moment,
) -> Result<(), DbError> {
    tx.run("DELETE FROM volunteer WHERE account_id = $1", args![account]).await?;
    let Some(reason) = stand else { return Ok(()) };
    let sql = "INSERT INTO volunteer (id, account_id, centre_id, sealed_box, made, suspended, reason) \
               VALUES ($1, $1, $2, '', $3, $4, $5)";
    tx.run(sql, args![account, CENTRE, now, reason.map(|_| now), reason]).await.map(drop)
}

/// Which of the sorts is a course: its slots have three meetings.
const COURSE: usize = 8;

/// Offerings of every sort.
fn sorts() -> Vec<Rules> {
    let plain =
        Rules { unit: Unit::Person, party_max: 3, ages: None, drop_in: false, terms: Terms::default() };
    let with = |change: fn(&mut Rules)| {
        let mut rules = plain;
        change(&mut rules);
        rules
    };
    vec![
        plain,
        with(|rules| rules.terms.hold_minutes = 45),
        with(|rules| {
            (rules.unit, rules.party_max) = (Unit::Party, 3);
            rules.terms.table_seats = Some(4);
        }),
        with(|rules| rules.terms.fair = Some(Fair { per_week: 2, spare_hours: 3 })),
        with(|rules| {
            rules.unit = Unit::Party;
            rules.terms.grace_minutes = Some(15);
            rules.terms.fair = Some(Fair { per_week: 3, spare_hours: 1 });
        }),
        with(|rules| {
            rules.ages = Some(Ages { from_months: Some(36), to_months: Some(12 * 60) });
            rules.terms.residents_first_minutes = Some(60);
            rules.terms.needs_verified = true;
            rules.terms.needs_consent = true;
        }),
        with(|rules| {
            (rules.unit, rules.party_max) = (Unit::Party, 2);
            rules.terms.table_seats = Some(4);
            rules.terms.grace_minutes = Some(10);
        }),
        with(|rules| {
            rules.ages = Some(Ages { from_months: None, to_months: Some(7 * 12) });
            rules.terms.with_adult = true;
        }),
        // A grace time says nothing where there are more meetings to come to.
        with(|rules| rules.terms.grace_minutes = Some(10)),
        with(|rules| rules.terms.volunteers = true),
        with(|rules| rules.terms.guests_max = Some(4)),
        with(|rules| (rules.unit, rules.terms.guests_max) = (Unit::Party, Some(6))),
        with(|rules| {
            rules.terms.stay = true;
            rules.terms.hold_minutes = 300;
            rules.ages = Some(Ages { from_months: Some(60 * 12), to_months: None });
        }),
    ]
}

/// The details of an offering with such rules.
fn details(pattern: &Value, rules: &Rules) -> Result<String, DbError> {
    let mut details = pattern.clone();
    let value =
        |value: Result<Value, serde_json::Error>| value.map_err(|error| DbError::Other(error.to_string()));
    details["patterns"] = json!([]);
    details["unit"] = value(serde_json::to_value(rules.unit))?;
    details["party_max"] = json!(rules.party_max);
    details["ages"] = value(serde_json::to_value(rules.ages))?;
    if let (Value::Object(terms), Value::Object(details)) =
        (value(serde_json::to_value(rules.terms))?, &mut details)
    {
        // What the borrowed offering asks is not what the story's asks.
        for name in [
            "fair",
            "grace_minutes",
            "table_seats",
            "with_adult",
            "volunteers",
            "stay",
            "guests_max",
            "except",
        ] {
            details.remove(name);
        }
        details.extend(terms);
    }
    Ok(details.to_string())
}

/// A day on which nothing in particular happens: a Wednesday, at ten in the morning.
pub fn some_morning() -> Moment {
    CHINA.moment(Day::from_ymd_opt(2026, 6, 24).unwrap_or_default(), 10 * 60)
}
