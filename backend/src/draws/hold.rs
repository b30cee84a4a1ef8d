//! Holds a draw: at its time, once, on whichever server comes first, in one transaction.
//!
//! What comes of it depends on the entries, the classes and the seed alone, so it makes no
//! difference which server does it, or how late. If it breaks off in the middle nothing has
//! happened, and the next try starts anew.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use domain::{
    booking::{BookingState, Held},
    draw::{
        Bar, DrawOutcome, DrawResult, DrawnLot, FORMAT, Fate, Lot, Pool, Why,
        allot::allot,
        enter::{Entrant, barred},
    },
    id::{BookingId, DrawId, OfferingId, PersonId, SlotId},
    notice::{About, News},
    time::{Day, Moment},
};

use super::{
    entrant,
    make::unseal,
    store::{ClassRow, DrawRow, Member, classes, elsewhere, json, known, lock},
    window,
};
use crate::{
    app::App,
    db::{DbError, Tx},
    dice::Dice,
    household,
    snapshot::{Topic, announce},
    vault::Vault,
};

mod store;

use store::{EntryRow, Line};

/// How often it is looked whether a draw is due.
const TICK: Duration = Duration::from_secs(2);

/// Holds draws when they are due, for as long as the server runs. Several servers may do so at once.
pub async fn keep_held(app: App) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = hold_due(&app).await {
            tracing::warn!(%error, "a draw could not be held, it is tried again");
        }
    }
}

/// Holds the draws that are due; how many those were.
///
/// # Errors
/// The database fails; what was not held is due as before, and the others are held.
pub async fn hold_due(app: &App) -> Result<usize, DbError> {
    let (mut held, mut failed) = (0, None);
    for id in store::due(&app.db, app.now()).await? {
        match hold(app, &id).await {
            Ok(done) => held += usize::from(done),
            // The others need not wait for it.
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(held), Err)
}

/// Holds one; whether this server did.
async fn hold(app: &App, id: &DrawId) -> Result<bool, DbError> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    // Draw, households, slots: whoever locks more than one of these does it in that order.
    let due = |draw: &DrawRow| draw.result.is_none() && now >= draw.closes;
    let Some(draw) = lock(&mut tx, id).await?.filter(due) else { return Ok(false) };
    let entries = store::entries(&mut tx, id).await?;
    let houses = store::houses(&mut tx, id).await?;
    let accounts = entries.iter().map(|entry| &entry.account).chain(&houses);
    store::lock_accounts(&mut tx, &accounts.collect()).await?;
    store::lock_slots(&mut tx, id).await?;
    let mut classes = classes(&mut tx, id).await?;
    let lots = lots(&mut tx, (&app.vault, now), &draw, &entries, &classes).await?;
    let seed = unseal(&app.vault, id, &draw.seed_box)
        .map_err(|error| DbError::Other(format!("the seed of the draw {id}: {error}")))?;
    let drawing = Drawing::new(draw, seed, &classes, lots, now);

    let lines = drawing.lines(&entries, &mut classes, &*app.dice)?;
    store::write(&mut tx, id, &lines, &classes, now).await?;
    store::reveal(&mut tx, &drawing.result()).await?;
    announce(&mut tx, &[Topic::Catalogue, Topic::Draws]).await?;
    tx.commit().await?;

    app.snapshots.touch(&Topic::Draws);
    app.snapshots.touch(&Topic::Catalogue);
    for offering in classes.iter().map(|class| &class.offering).collect::<BTreeSet<&OfferingId>>() {
        app.snapshots.touch(&Topic::Seats(offering.clone()));
    }
    tracing::info!(draw = %id, entries = entries.len(), "lots drawn");
    Ok(true)
}

/// The entries as lots, each with the classes it cannot come to after all.
async fn lots(
    tx: &mut Tx,
    (vault, now): (&Vault, Moment),
    draw: &DrawRow,
    entries: &[EntryRow],
    classes: &[ClassRow],
) -> Result<Vec<Lot>, DbError> {
    let people: Vec<&PersonId> = entries.iter().flat_map(|entry| &entry.people).collect();
    let known = known(tx, &people).await?;
    let mut held: HashMap<PersonId, Vec<Held>> = HashMap::new();
    for one in elsewhere(tx, &people, window(classes.iter().map(|class| &class.slot)), now).await? {
        held.entry(one.person.clone()).or_default().push(one.held());
    }
    // `None` where somebody can no longer be named.
    let party = |entry: &EntryRow| -> Option<Vec<Entrant>> {
        let one = |person: &PersonId| {
            let member = known.get(&(entry.account.clone(), person.clone()))?;
            let holds = held.get(person).cloned().unwrap_or_default();
            Some(entrant(member, born(vault, member), holds, &draw.centre))
        };
        entry.people.iter().map(one).collect()
    };
    let mut lots = Vec::with_capacity(entries.len());
    for entry in entries {
        let class = |slot: &SlotId| classes.iter().find(|class| class.slot.id == *slot);
        let chosen: Vec<&ClassRow> = entry.prefers.iter().filter_map(class).collect();
        let party = party(entry);
        let why = |class: &ClassRow| match &party {
            Some(party) => barred(&class.slot, &class.rules(), party, draw.closes, draw.at.zone),
            None => Some(Why::Gone),
        };
        let bar = |class: &&ClassRow| Some(Bar { slot: class.slot.id.clone(), why: why(class)? });
        lots.push(Lot {
            tag: entry.tag.clone(),
            weight: entry.weight,
            resident: entry.resident,
            size: entry.size,
            prefers: entry.prefers.clone(),
            barred: chosen.iter().filter_map(bar).collect(),
        });
    }
    Ok(lots)
}

/// Somebody's birthday. One that cannot be read is none: it bars them where a class asks for an age, and
/// nobody else has to wait for it.
fn born(vault: &Vault, member: &Member) -> Option<Day> {
    let opened = household::unseal(vault, &member.person, &member.sealed);
    if let Err(error) = &opened {
        tracing::error!(?error, person = %member.person, "a box cannot be opened");
    }
    opened.ok()?.born
}

/// A draw as it was worked out. Lots and fates stand in the order of the entries.
struct Drawing {
    draw: DrawRow,
    seed: String,
    pools: Vec<Pool>,
    lots: Vec<Lot>,
    fates: Vec<Fate>,
    now: Moment,
}

impl Drawing {
    fn new(draw: DrawRow, seed: String, classes: &[ClassRow], lots: Vec<Lot>, now: Moment) -> Self {
        let pool = |class: &ClassRow| Pool {
            slot: class.slot.id.clone(),
            name: class.whole_name(),
            places: class.places(draw.closes),
            residents_first: draw.details.residents_first.contains(&class.slot.id),
        };
        let pools: Vec<Pool> = classes.iter().map(pool).collect();
        let fates = allot(&pools, &lots, &seed);
        Self { draw, seed, pools, lots, fates, now }
    }

    /// The order in which numbers are given out: those who got in, then those who wait, both as their
    /// class puts them; then the others.
    fn order(&self) -> Vec<usize> {
        let rank = |index: &usize| {
            let Fate { order, outcome } = &self.fates[*index];
            let (step, slot) = match outcome {
                DrawOutcome::Placed { slot } => (0, Some(slot)),
                DrawOutcome::Waiting { slot, .. } => (1, Some(slot)),
                DrawOutcome::LeftOut => (2, None),
            };
            let first = self.pools.iter().any(|pool| Some(&pool.slot) == slot && pool.residents_first);
            (step, first && !self.lots[*index].resident, *order)
        };
        let mut order: Vec<usize> = (0..self.lots.len()).collect();
        order.sort_by_key(rank);
        order
    }

    /// What is to be written of each entry; the classes are counted up.
    fn lines<'a>(
        &self,
        entries: &'a [EntryRow],
        classes: &mut [ClassRow],
        dice: &(dyn Dice + 'static),
    ) -> Result<Vec<Line<'a>>, DbError> {
        let mut lines = Vec::with_capacity(entries.len());
        for index in self.order() {
            let (entry, fate) = (&entries[index], &self.fates[index]);
            let draw = self.draw.id.clone();
            let (slot, state, news) = match &fate.outcome {
                DrawOutcome::Placed { slot } => (slot, Some(BookingState::Confirmed), News::DrawnIn { draw }),
                DrawOutcome::Waiting { slot, position } => {
                    let news = News::DrawnWaiting { draw, position: *position };
                    (slot, Some(BookingState::Waitlisted), news)
                }
                DrawOutcome::LeftOut => {
                    let Some(slot) = entry.prefers.first() else { continue };
                    (slot, None, News::DrawnOut { draw })
                }
            };
            let Some(class) = classes.iter_mut().find(|class| class.slot.id == *slot) else { continue };
            let about = About {
                news,
                offering: Some(class.offering.clone()),
                title: class.details.title.clone(),
                starts: Some(class.slot.starts()),
                zone: self.draw.at.zone,
            };
            let booking = state.map(|state| store::NewBooking {
                id: BookingId(dice.id_at("b", self.now)),
                slot: slot.clone(),
                seq: class.count(state, entry.size),
                state,
                code: dice.code(6),
            });
            lines.push(Line {
                entry,
                fate: json(fate)?,
                lost: matches!(fate.outcome, DrawOutcome::Waiting { .. }),
                booking,
                notice: dice.id("n"),
                kind: about.news.name(),
                about: json(&about)?,
            });
        }
        Ok(lines)
    }

    /// What everybody may read.
    fn result(self) -> DrawResult {
        let lots = self.lots.into_iter().zip(self.fates);
        let mut lots: Vec<DrawnLot> = lots.map(|(lot, fate)| DrawnLot { lot, fate }).collect();
        lots.sort_by_key(|drawn| drawn.fate.order);
        DrawResult {
            format: FORMAT.into(),
            draw: self.draw.id,
            title: self.draw.details.title,
            centre_name: self.draw.at.name,
            kind: self.draw.kind,
            closes: self.draw.closes,
            drawn: self.now,
            commitment: self.draw.commitment,
            seed: self.seed,
            classes: self.pools,
            lots,
        }
    }
}

impl ClassRow {
    /// Counts one more booking; its number.
    fn count(&mut self, state: BookingState, size: u32) -> u32 {
        if state == BookingState::Confirmed {
            self.taken += size;
        } else {
            self.waiting += 1;
        }
        self.next_seq += 1;
        self.next_seq - 1
    }
}
