//! Holds a draw: at its time, once, on whichever server comes first, in one transaction.
//!
//! What comes of it depends on the entries, the classes and the seed alone, so it makes no
//! difference which server does it, or how late. If it breaks off in the middle nothing has
//! happened, and the next try starts anew.

use std::{collections::BTreeSet, time::Duration};

use domain::{
    booking::BookingState,
    draw::{
        Bar, DrawOutcome, DrawResult, DrawnLot, FORMAT, Fate, Lot, Pool, Why, allot::allot, enter::barred,
    },
    id::{BookingId, DrawId, OfferingId, SlotId},
    notice::{About, News},
    time::Moment,
};

use super::{
    make::unseal,
    party,
    store::{ClassRow, DrawRow, classes, json, lock},
};
use crate::{
    app::App,
    db::{DbError, Tx},
    dice::Dice,
    failure::Failure,
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
/// The database fails; what was not held is due as before.
pub async fn hold_due(app: &App) -> Result<usize, DbError> {
    let mut held = 0;
    for id in store::due(&app.db, app.now()).await? {
        held += usize::from(hold(app, &id).await?);
    }
    Ok(held)
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
    let held = Held::new(draw, seed, &classes, lots, now);

    let lines = held.lines(&entries, &mut classes, &*app.dice)?;
    store::write(&mut tx, id, &lines, &classes, now).await?;
    store::reveal(&mut tx, &held.result()).await?;
    announce(&mut tx, &[Topic::Draws, Topic::Catalogue]).await?;
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
    let mut lots = Vec::with_capacity(entries.len());
    for entry in entries {
        let class = |slot: &SlotId| classes.iter().find(|class| class.slot.id == *slot);
        let chosen: Vec<&ClassRow> = entry.prefers.iter().filter_map(class).collect();
        let party = match party(tx, (vault, now), &entry.account, draw, &chosen, &entry.people).await {
            Ok(party) => Some(party),
            // Somebody can no longer be named.
            Err(Failure::Refused(_)) => None,
            Err(failure) => return Err(DbError::Other(format!("the entry {}: {failure:?}", entry.tag))),
        };
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

/// A draw as it was worked out. Lots and fates stand in the order of the entries.
struct Held {
    draw: DrawRow,
    seed: String,
    pools: Vec<Pool>,
    lots: Vec<Lot>,
    fates: Vec<Fate>,
    now: Moment,
}

impl Held {
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
