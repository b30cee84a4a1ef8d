//! Plays a story to the writer and to its twin, and looks for the first thing in which they differ.

use std::{collections::HashMap, fmt::Write, sync::Arc};

use backend::{
    args,
    booking::Writer,
    booking::writer::{Ask, By, Deed},
    call::Key,
    db::{Arg, Db, DbError},
    dice::Dice,
    failure::Failure,
    tickets::Frozen,
    vault::Vault,
};
use domain::{
    booking::{
        Booking,
        attendance::Note,
        meeting::MeetingChange,
        twin::{Act, No, Told, Twin, Verdict},
    },
    id::{AccountId, BookingId, SlotId, TicketId},
    refusal::Refusal,
    time::{MINUTE, Moment},
};

use crate::{
    Outcome,
    setting::{self, Setting, some_morning},
    step::{Asked, Stands, Step, What},
    tale::{self, Shape, make_up},
};

/// The servers a story is played on.
pub struct Stage {
    /// Their database.
    pub db: Db,
    /// Their keys.
    pub vault: Vault,
    /// Chance, for names.
    pub dice: Arc<dyn Dice>,
    /// The writers, one of each server.
    pub writers: Vec<Writer>,
    /// Called with the time of the story, for servers that have clocks of their own.
    pub clock: Box<dyn Fn(Moment) + Send + Sync>,
}

/// What came of a story.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Asks, retries included.
    pub asks: usize,
    /// Of these, what was not refused.
    pub done: usize,
    /// Parties in the end.
    pub parties: usize,
    /// Offers made.
    pub offers: usize,
}

/// Makes up a story and plays it.
///
/// # Errors
/// How it went wrong, shortened, as lines that can be played again.
pub async fn tell(stage: &Stage, seed: u64, shape: Shape) -> Outcome<Tally> {
    let steps = make_up(seed, &Setting::new(seed, some_morning(), &*stage.dice), shape);
    match play(stage, seed, &steps).await {
        Ok(tally) => Ok(tally),
        Err(wrong) => {
            let before = steps.len();
            let (steps, wrong) = crate::shrink::shrink(stage, seed, steps, wrong).await;
            Err(format!(
                "{wrong}\n\n{} of {before} steps remain:\n\n{}",
                steps.len(),
                script(stage, seed, &steps)
            ))
        }
    }
}

/// A story as text, with what one has to know to follow it.
pub fn script(stage: &Stage, seed: u64, steps: &[Step]) -> String {
    let setting = Setting::new(seed, some_morning(), &*stage.dice);
    let (mut slots, mut people) = (Vec::new(), Vec::new());
    for step in steps {
        if let Step::Ask(Asked { what, .. }) = step {
            match what {
                What::Book { slot, people: party, .. } => {
                    slots.push(*slot);
                    people.extend(party);
                }
                What::Resize(slot, ..) | What::Move(slot, ..) | What::Settle(slot) => slots.push(*slot),
                What::Note { person, .. } => people.push(*person),
                What::Party(..) | What::Stop(..) => {}
            }
        }
    }
    for numbers in [&mut slots, &mut people] {
        numbers.sort_unstable();
        numbers.dedup();
    }
    let mut text = setting.remarks(&slots, &people);
    for step in steps {
        let _ = writeln!(text, "{step}");
    }
    text
}

/// Plays a story in a setting of its own.
///
/// # Errors
/// The first thing in which writer and twin differ.
pub async fn play(stage: &Stage, seed: u64, steps: &[Step]) -> Outcome<Tally> {
    let setting = Setting::new(seed, some_morning(), &*stage.dice);
    let furnished = setting.furnish(&stage.db, &stage.vault).await;
    furnished.map_err(|error| format!("furnishing: {error}"))?;
    let twin = setting.twin.clone();
    let now = setting.begin;
    let mut player = Player {
        stage,
        setting,
        twin,
        now,
        asked: HashMap::new(),
        booked: HashMap::new(),
        tally: Tally::default(),
        went_back: false,
    };
    (player.stage.clock)(now);
    let mut batch = Vec::new();
    for step in steps {
        if let Step::Stand(household, stands) = step {
            player.scene(&std::mem::take(&mut batch)).await?;
            player.stand(*household, *stands).await?;
        } else if let Step::Wait(minutes) = step {
            player.scene(&std::mem::take(&mut batch)).await?;
            if *minutes < 0 {
                // Time that was told stays told: what was due before the clock goes back is done.
                player.settle_all().await?;
                player.went_back = true;
            }
            player.now = player.now.plus(minutes * MINUTE);
            (player.stage.clock)(player.now);
        } else {
            batch.push(step);
        }
    }
    player.scene(&batch).await?;
    player.settle_all().await?;
    player.compare_notices().await?;
    player.tally.parties = player.twin.parties.len();
    player.tally.offers = player.twin.told.iter().filter(|(.., told)| *told == Told::Offered).count();
    Ok(player.tally)
}

struct Player<'a> {
    stage: &'a Stage,
    setting: Setting,
    twin: Twin,
    now: Moment,
    /// What was asked under which key.
    asked: HashMap<u32, Asked>,
    /// The party of a key under which something was booked.
    booked: HashMap<u32, BookingId>,
    tally: Tally,
    /// Whether the clock ever went back.
    went_back: bool,
}

/// One ask on its way.
struct Line {
    server: usize,
    text: String,
    account: AccountId,
    key: String,
    desk: bool,
    act: Act,
}

mod compare;

use compare::View;

impl Player<'_> {
    /// What is asked at once: in turn of each server, or of all at the same time where the order does
    /// not matter to the twin.
    async fn scene(&mut self, steps: &[&Step]) -> Outcome {
        let mut lines: Vec<Line> = Vec::new();
        for step in steps {
            let line = self.line(step);
            if let Some(line) = line {
                // What is asked about a party in the same breath cannot know its name yet.
                lines.push(line);
            }
        }
        if is_crush(&lines) {
            self.run(&lines, true).await?;
        } else {
            for lines in lines.chunk_by(|one, other| one.server == other.server) {
                self.run(lines, false).await?;
            }
        }
        if lines.is_empty() { Ok(()) } else { self.compare().await }
    }

    /// Writes how a household comes to stand as a volunteer, and tells the twin.
    async fn stand(&mut self, household: usize, stands: Stands) -> Outcome {
        let Some(account) = self.setting.households.get(household) else { return Ok(()) };
        tale::stand(&mut self.twin, account, stands);
        let stand = self.twin.volunteers.get(account).map(Option::as_deref);
        let told = |error: DbError| error.to_string();
        let mut tx = self.stage.db.begin().await.map_err(told)?;
        setting::volunteers(&mut tx, account, stand, self.now).await.map_err(told)?;
        tx.commit().await.map_err(told)
    }

    fn line(&mut self, step: &Step) -> Option<Line> {
        let (key, server, misuse) = match step {
            Step::Wait(_) | Step::Stand(..) => return None,
            Step::Ask(asked) => {
                self.asked.insert(asked.key, asked.clone());
                (asked.key, asked.server, false)
            }
            Step::Again(key, server) => (*key, *server, false),
            Step::Misuse(key, server) => (*key, *server, true),
        };
        let mut asked = self.asked.get(&key)?.clone();
        if misuse {
            let (people, share, desk, ticket) = (Vec::new(), false, false, false);
            asked.what = What::Book { slot: 0, people, share, desk, ticket, guests: 0 };
        }
        let named =
            |key: u32| self.booked.get(&key).cloned().unwrap_or_else(|| BookingId(format!("b-none-{key}")));
        let (account, desk, act) = tale::act(&self.setting, &asked, named)?;
        let server = server % self.stage.writers.len();
        Some(Line { server, text: step.to_string(), account, key: format!("story-key-{key:08}"), desk, act })
    }

    /// Gives out the tickets that parties are about to come with.
    async fn give_out(&mut self, lines: &[Line]) -> Result<(), DbError> {
        const TICKET: &str = "INSERT INTO ticket (id, account_id, slot_id, people, resident, made) \
                              VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING";
        let mut tx = None;
        for line in lines {
            if let Act::Book { slot, people, ready: Some(resident), .. } = &line.act {
                let id = ticket(&line.account, slot);
                self.twin.give_ticket(&line.account, slot);
                let tx = match &mut tx {
                    Some(tx) => tx,
                    None => tx.insert(self.stage.db.begin().await?),
                };
                let args = args![id, &line.account, slot, Arg::json(people)?, *resident, self.now];
                tx.run(TICKET, args).await?;
            }
        }
        if let Some(tx) = tx { tx.commit().await } else { Ok(()) }
    }

    async fn run(&mut self, lines: &[Line], crush: bool) -> Outcome {
        self.give_out(lines).await.map_err(|error| format!("giving out tickets: {error}"))?;
        let asking: Vec<_> = lines
            .iter()
            .map(|line| {
                let writer = self.stage.writers[line.server].clone();
                let ask = self.ask(line);
                let orders =
                    matches!(ask.deed, Deed::Resize { .. } | Deed::Reschedule { .. } | Deed::Settle { .. });
                tokio::spawn(async move {
                    if orders {
                        writer.order(ask).await.map(|()| None)
                    } else {
                        writer.ask(ask).await.map(Some)
                    }
                })
            })
            .collect();
        let mut answers = Vec::with_capacity(lines.len());
        for asking in asking {
            answers.push(asking.await.map_err(|error| error.to_string())?);
        }
        let mut order: Vec<usize> = (0..lines.len()).collect();
        if crush {
            // The numbers say in which order they were let in.
            order.sort_by_key(|at| match &answers[*at] {
                Ok(Some(booking)) => booking.seq,
                _ => u32::MAX,
            });
        }
        let mut seen: HashMap<usize, Vec<View>> = HashMap::new();
        let mut verdicts = Vec::with_capacity(lines.len());
        for at in order {
            let (line, answer) = (&lines[at], &answers[at]);
            let verdict = self.twin.tell(&line.account, &line.key, line.desk, &line.act, self.now);
            self.tally.asks += 1;
            self.tally.done += usize::from(verdict.is_ok());
            self.check(line, &verdict, answer)?;
            if let Ok(Some(party)) = verdict {
                seen.entry(party).or_default();
                verdicts.push((at, party));
            }
            for (party, views) in &mut seen {
                views.push(View::of(&self.twin, *party));
            }
        }
        for (at, party) in verdicts {
            if let Ok(Some(booking)) = &answers[at] {
                let shown = View::shown(booking);
                if !seen[&party].contains(&shown) {
                    let views = &seen[&party];
                    return Err(format!("{}: shown {shown:?}, the twin has {views:?}", lines[at].text));
                }
            }
        }
        Ok(())
    }

    fn ask(&self, line: &Line) -> Ask {
        let body_hash = format!("{:?}", line.act);
        let key = Key { text: line.key.clone(), body_hash };
        Ask {
            account: line.account.clone(),
            key,
            now: self.now,
            deed: deed(&line.account, &line.act),
            by: if line.desk { By::Desk(AccountId::from("desk")) } else { By::Household },
        }
    }

    /// Compares an answer with a verdict, and learns the names of new parties.
    fn check(
        &mut self,
        line: &Line,
        verdict: &Verdict,
        answer: &Result<Option<Booking>, Failure>,
    ) -> Outcome {
        let context = || format!("{} at minute {}", line.text, (self.now.0 - self.setting.begin.0) / MINUTE);
        match (verdict, answer) {
            (Ok(Some(party)), Ok(Some(booking))) => {
                let one = &mut self.twin.parties[*party];
                if one.id.get_or_insert_with(|| booking.id.clone()) != &booking.id {
                    return Err(format!("{}: {} instead of {:?}", context(), booking.id, one.id));
                }
                if booking.seq != one.seq || booking.people != one.people {
                    return Err(format!(
                        "{}: number {} of {:?}, the twin has {one:?}",
                        context(),
                        booking.seq,
                        booking.people
                    ));
                }
                if let (Act::Book { .. }, Some(key)) = (&line.act, key_number(&line.key)) {
                    self.booked.insert(key, booking.id.clone());
                }
                Ok(())
            }
            (Ok(None), Ok(None)) => Ok(()),
            (Ok(_), Ok(answer)) => Err(format!("{}: answered with {answer:?}", context())),
            (Err(against), Err(failure)) if is_among(failure, against) => Ok(()),
            (Ok(_), Err(failure)) => {
                Err(format!("{}: {failure:?}, the twin has nothing against it", context()))
            }
            (Err(against), Ok(booking)) => {
                let state = booking.as_ref().map(|booking| booking.state);
                Err(format!("{}: done ({state:?}), the twin says {against:?}", context()))
            }
            (Err(against), Err(failure)) => {
                Err(format!("{}: {failure:?}, the twin says {against:?}", context()))
            }
        }
    }

    /// Tells all slots the time.
    async fn settle_all(&mut self) -> Outcome {
        let lines: Vec<Line> = (0..self.setting.twin.pages.len())
            .map(|slot| Line {
                server: 0,
                text: format!("settles s{slot}"),
                account: self.setting.households[0].clone(),
                key: format!("story-settle-{slot}-{}", self.tally.asks),
                desk: true,
                act: Act::Settle(self.setting.twin.pages[slot].slot.id.clone()),
            })
            .collect();
        self.run(&lines, false).await?;
        self.compare().await
    }
}

fn key_number(key: &str) -> Option<u32> {
    key.rsplit('-').next()?.parse().ok()
}

/// Whether all of these are new parties of households of their own, asked of several servers: then
/// the order is theirs to find.
fn is_crush(lines: &[Line]) -> bool {
    let mut askers: HashMap<&AccountId, (&str, &Act)> = HashMap::new();
    lines.iter().any(|line| line.server != lines[0].server)
        && lines.iter().all(|line| {
            let asks = (line.key.as_str(), &line.act);
            matches!(line.act, Act::Book { counter: false, .. })
                && *askers.entry(&line.account).or_insert(asks) == asks
        })
}

/// Whether the engine's reason is one that the twin has, too.
fn is_among(failure: &Failure, against: &[No]) -> bool {
    match failure {
        Failure::NotFound => against.contains(&No::NotFound),
        Failure::Refused(refusals) => refusals.iter().all(|refusal| {
            against.iter().any(|no| match (no, refusal) {
                // What it is called is nothing the twin knows.
                (
                    No::Refused(Refusal::Overlaps { person, starts, .. }),
                    Refusal::Overlaps { person: other, starts: at, .. },
                ) => person == other && starts == at,
                (No::Refused(known), refusal) => known == refusal,
                (No::NotFound, _) => false,
            })
        }),
        _ => false,
    }
}

/// The deed that an act is to the writer.
/// The ticket of a household for a slot.
fn ticket(account: &AccountId, slot: &SlotId) -> TicketId {
    TicketId(format!("t-{account}-{slot}"))
}

fn deed(account: &AccountId, act: &Act) -> Deed {
    match act.clone() {
        Act::Book { slot, people, share, counter, guests, ready } => {
            let ready = ready.map(|resident| Frozen { ticket: ticket(account, &slot), resident });
            Deed::Book { slot, people, ready, share, counter, guests }
        }
        Act::Take(booking) => Deed::Take { booking },
        Act::Decline(booking) => Deed::Decline { booking },
        Act::Stop(booking, after) => Deed::Stop { booking, after },
        Act::Cancel(booking) => Deed::Cancel { booking },
        Act::Restore(booking) => Deed::Restore { booking },
        Act::Withdraw(booking) => Deed::Withdraw { booking, reason: "the roof leaks".into() },
        Act::CheckIn(booking) => Deed::CheckIn { booking },
        Act::Note(booking, meeting, person, mark) => {
            Deed::Note { booking, note: Note { meeting, person, mark } }
        }
        Act::Resize(slot, capacity, kept) => Deed::Resize { slot, capacity, kept },
        Act::Reschedule(slot, meeting, to) => {
            let change = MeetingChange { meeting, to, reason: "the teacher is ill".into() };
            Deed::Reschedule { slot, change, clashes: HashMap::new() }
        }
        Act::Settle(slot) => Deed::Settle { slot },
    }
}
