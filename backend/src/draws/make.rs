//! Makes draws: the seed is thrown here, sealed, and only its SHA-256 is shown.

use std::collections::BTreeMap;

use domain::{
    draw::allot::sha256,
    id::{CentreId, DrawId, SlotId},
    time::{Moment, Zone},
};

use super::store;
use crate::{
    app::App,
    catalogue::details::{DrawDetails, DrawPlan},
    db::DbError,
    digest::hex,
    slots::NewSlot,
    vault::{Place, Vault, VaultError},
};

/// A draw that may not be there yet.
pub struct NewDraw {
    pub id: DrawId,
    pub centre: CentreId,
    pub plan: DrawPlan,
    pub details: DrawDetails,
    pub opens: Moment,
    pub closes: Moment,
    pub commitment: String,
    pub seed_box: String,
    pub made: Moment,
}

impl NewDraw {
    /// Whether it gives out the places of one of these slots.
    pub fn is_of(&self, slots: &[NewSlot]) -> bool {
        slots.iter().any(|slot| slot.draw.as_ref().is_some_and(|draw| draw.id == self.id))
    }
}

/// A plan with where it holds.
pub struct Planned {
    pub centre: CentreId,
    pub zone: Zone,
    pub plan: DrawPlan,
}

/// The draws of the slots that are about to be made. Lots are drawn when their booking opens.
///
/// # Errors
/// The database fails; a plan is not there.
pub async fn planned(app: &App, slots: &[NewSlot]) -> Result<Vec<NewDraw>, DbError> {
    let mut groups: BTreeMap<&DrawId, Vec<&NewSlot>> = BTreeMap::new();
    for slot in slots {
        if let Some(draw) = &slot.draw {
            groups.entry(&draw.id).or_default().push(slot);
        }
    }
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let plans = store::plans(&app.db).await?;
    let made = app.now();
    groups.into_iter().map(|(id, slots)| new_draw(app, id, &slots, &plans, made)).collect()
}

fn new_draw(
    app: &App,
    id: &DrawId,
    slots: &[&NewSlot],
    plans: &BTreeMap<String, Planned>,
    made: Moment,
) -> Result<NewDraw, DbError> {
    let by_draw = || slots.iter().filter_map(|slot| Some((&slot.id, slot.draw.as_ref()?)));
    let plan = by_draw().next().and_then(|(_, draw)| plans.get(&draw.plan));
    let Planned { centre, zone, plan } =
        plan.ok_or_else(|| DbError::Other(format!("there is no plan for the draw {id}")))?;
    let base = base_day(id).ok_or_else(|| DbError::Other(format!("no day in the name of the draw {id}")))?;
    let residents_first: Vec<SlotId> =
        by_draw().filter(|(_, draw)| draw.residents_first).map(|(slot, _)| slot.clone()).collect();
    let mut bytes = [0; 32];
    app.dice.fill(&mut bytes);
    let seed = hex(&bytes);
    Ok(NewDraw {
        id: id.clone(),
        centre: centre.clone(),
        plan: plan.clone(),
        details: DrawDetails { title: plan.title.clone(), about: plan.about.clone(), residents_first },
        opens: zone.moment(plan.enter.day(base), plan.enter_at.into()),
        closes: slots.iter().map(|slot| slot.opens).min().unwrap_or(made),
        commitment: sha256(&seed),
        seed_box: seal(&app.vault, id, &seed).map_err(|error| DbError::Other(error.to_string()))?,
        made,
    })
}

/// The day after which a draw is named: the end of its identifier.
fn base_day(id: &DrawId) -> Option<domain::time::Day> {
    let (_, day) = id.as_str().rsplit_once('.')?;
    domain::time::Day::parse_from_str(day, "%Y%m%d").ok()
}

fn place(id: &DrawId) -> Place<'_> {
    Place { table: "draw", row: id.as_str(), column: "seed_box" }
}

fn seal(vault: &Vault, id: &DrawId, seed: &str) -> Result<String, VaultError> {
    vault.seal(place(id), seed.as_bytes())
}

/// Opens the seed of a draw.
pub fn unseal(vault: &Vault, id: &DrawId, seed_box: &str) -> Result<String, VaultError> {
    String::from_utf8(vault.open(place(id), seed_box)?).map_err(|_| VaultError::Sealed)
}
