//! Slots with their parties, read so that they can be folded to the present: for the committer within
//! its transaction, for readers beside it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    booking::{Frame, Party, Rules, Slot, Tally, settle},
    id::SlotId,
    time::{Moment, Zone},
};

use crate::db::{Db, DbError, Tx};

mod store;

pub use store::party;

/// A slot with its live parties.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The slot.
    pub slot: Slot,
    /// The rules of its offering.
    pub rules: Rules,
    /// The centre's clock.
    pub zone: Zone,
    /// Places given out before this system.
    pub desk: u32,
    /// When time alone changes something, as it was kept.
    pub due: Option<Moment>,
    /// Its live parties by their numbers; after a fold those that ended in it, too.
    pub parties: Vec<Party>,
}

impl Sheet {
    /// What its parties are folded within.
    pub fn frame(&self) -> Frame<'_> {
        Frame { slot: &self.slot, terms: &self.rules.terms, zone: self.zone, desk: self.desk }
    }

    /// As it stands at `now`; nothing is written.
    #[must_use]
    pub fn folded(self, now: Moment) -> Self {
        // What was written stood as it stands: nothing is due.
        if self.due.is_none_or(|due| due > now) {
            return self;
        }
        let mut parties = self.parties.clone();
        settle(&self.frame(), &mut parties, self.due, now);
        Self { parties, ..self }
    }

    /// Its places, counted.
    pub fn tally(&self) -> Tally {
        Tally::of(self.desk, &self.parties)
    }
}

/// Slots as they stand at `now`, each with its parties; those that are not there are left out.
///
/// # Errors
/// The database fails.
pub async fn sheets(
    db: &Db,
    slots: &BTreeSet<SlotId>,
    now: Moment,
) -> Result<BTreeMap<SlotId, Sheet>, DbError> {
    if slots.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sheets = store::sheets(db, slots).await?;
    Ok(sheets.into_iter().map(|sheet| (sheet.slot.id.clone(), sheet.folded(now))).collect())
}

/// Slots with their live parties as they are kept, within a transaction.
///
/// # Errors
/// The database fails.
pub async fn sheets_within(tx: &mut Tx, slots: &BTreeSet<SlotId>) -> Result<Vec<Sheet>, DbError> {
    store::sheets_within(tx, slots).await
}

/// The live parties of slots as they are kept, within a transaction; also where there are none.
///
/// # Errors
/// The database fails.
pub async fn parties_within(
    tx: &mut Tx,
    slots: &BTreeSet<SlotId>,
) -> Result<BTreeMap<SlotId, Vec<Party>>, DbError> {
    store::parties_within(tx, slots).await
}
