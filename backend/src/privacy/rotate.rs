//! Puts a new key in the place of the old one, while the house is open.
//!
//! The new key is written into the key file first; every server notices within seconds and seals with
//! it. Then every field is sealed anew, a few at a time, each only where nobody has changed it
//! meanwhile. Stopped in the middle, it goes on where it was. The key by which things are looked up
//! stays: the record of the staff, the calendars' addresses and the register of erasures hang on it.

use std::{collections::BTreeMap, time::Duration};

use super::store::sealed::{self, SEALED};
use crate::{
    config::Config,
    db::{Db, DbError},
    vault::{self, Place, Vault},
};

/// How many fields are sealed anew in one transaction.
const AT_ONCE: u32 = 100;
/// How often all fields are gone through, for servers that had not noticed the new key yet.
const ROUNDS: usize = 6;
/// After so long every server has noticed that the key file changed.
pub const NOTICED: Duration = Duration::from_secs(10);

/// What came of sealing anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Fields that were sealed anew.
    pub changed: u64,
    /// Fields that no key opens.
    pub broken: u64,
}

/// Adds a key and seals everything with it; goes on with one that is not everywhere yet. Between two
/// rounds it has so much patience with servers that have not noticed the new key. What to say.
///
/// # Errors
/// A line for the person at the keyboard.
pub async fn rotate(config: &Config, db: &Db, vault: &Vault, patience: Duration) -> Result<String, String> {
    let started = vault.key_ids();
    let before = counts(db).await.map_err(line)?;
    let unfinished = started.iter().skip(1).any(|key| before.contains_key(key));
    if config.keys.is_none() && !unfinished {
        vault::add_key(&config.data).map_err(line)?;
        vault.refresh().map_err(line)?;
    } else if config.keys.is_some() && started.len() < 2 {
        let fresh = vault::fresh_line(&started);
        return Err(format!(
            "the keys come from DOORSTEP_KEYS: put this line before the first one there, start all servers \
             anew, then run this again\n{fresh}"
        ));
    }
    let key = vault.key_ids().into_iter().next().ok_or("there is no key")?;
    let mut done = Outcome::default();
    for round in 0..ROUNDS {
        if round > 0 {
            tokio::time::sleep(patience).await;
        }
        let outcome = seal_anew(db, vault, &key).await.map_err(line)?;
        done.changed += outcome.changed;
        done.broken = outcome.broken;
        // Something sealed with an old key a moment ago comes from a server that has not noticed.
        if round > 0 && outcome.changed == 0 {
            break;
        }
    }
    if done.broken > 0 {
        return Err(format!("{} fields are opened by no key and were left as they are", done.broken));
    }
    let mut said = format!("sealed anew with {key}: {}\n", done.changed);
    said += &told(vault, &counts(db).await.map_err(line)?);
    Ok(said)
}

/// Takes off the keys that nothing is sealed with any more, after so much patience with servers that
/// have not noticed the new one. What to say.
///
/// # Errors
/// A line for the person at the keyboard; also where a key is still needed.
pub async fn drop_unused(
    config: &Config,
    db: &Db,
    vault: &Vault,
    patience: Duration,
) -> Result<String, String> {
    if config.keys.is_some() {
        return Err("the keys come from DOORSTEP_KEYS: take the lines away there".to_owned());
    }
    let counted = counts(db).await.map_err(line)?;
    let old: Vec<String> = vault.key_ids().into_iter().skip(1).collect();
    let (needed, idle): (Vec<_>, Vec<_>) = old.into_iter().partition(|key| counted.contains_key(key));
    if !needed.is_empty() {
        return Err(format!(
            "{}still needed: {}; run rotate-keys first",
            told(vault, &counted),
            needed.join(" ")
        ));
    }
    if idle.is_empty() {
        return Ok(format!("{}there is one key, and it is needed\n", told(vault, &counted)));
    }
    // A server that has not noticed yet could still seal with it: look again when all have.
    tokio::time::sleep(patience).await;
    let counted = counts(db).await.map_err(line)?;
    if idle.iter().any(|key| counted.contains_key(key)) {
        return Err("somebody sealed with an old key a moment ago; run rotate-keys again".to_owned());
    }
    let said = told(vault, &counted);
    vault::drop_keys(&config.data, &idle).map_err(line)?;
    Ok(format!(
        "{said}dropped: {}\nkeep a copy of it for as long as you keep backups from before\n",
        idle.join(" ")
    ))
}

/// Seals every field that another key sealed with the first one.
///
/// # Errors
/// The database fails.
pub async fn seal_anew(db: &Db, vault: &Vault, key: &str) -> Result<Outcome, DbError> {
    let mut outcome = Outcome::default();
    for field in SEALED {
        let mut after = String::new();
        loop {
            let batch = sealed::batch(db, field, key, &after, AT_ONCE).await?;
            let Some((last, _)) = batch.last() else { break };
            after.clone_from(last);
            let mut tx = db.begin().await?;
            for (id, old) in &batch {
                let place = Place { table: field.table, row: id, column: field.column };
                let new = vault.open(place, old).and_then(|plain| vault.seal(place, &plain));
                match new {
                    Ok(new) => {
                        let changed = sealed::change(&mut tx, field, id, old, &new).await?;
                        outcome.changed += u64::from(changed);
                    }
                    Err(_) => outcome.broken += 1,
                }
            }
            tx.commit().await?;
        }
    }
    Ok(outcome)
}

/// How many fields are sealed with which key.
///
/// # Errors
/// The database fails.
pub async fn counts(db: &Db) -> Result<BTreeMap<String, i64>, DbError> {
    let mut all = BTreeMap::new();
    for field in SEALED {
        for (key, fields) in sealed::count(db, field).await? {
            *all.entry(key).or_default() += fields;
        }
    }
    Ok(all)
}

fn told(vault: &Vault, counted: &BTreeMap<String, i64>) -> String {
    let count = |key: &String| counted.get(key).copied().unwrap_or(0);
    let lines: Vec<String> =
        vault.key_ids().iter().map(|key| format!("{key}: {} fields\n", count(key))).collect();
    lines.concat()
}

fn line(error: impl core::fmt::Display) -> String {
    error.to_string()
}
