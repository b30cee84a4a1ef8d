//! The record of what the staff looked at and did: a chain to which lines are only ever added.
//!
//! Every line holds a keyed hash of itself and of the line before: whoever changes, takes out or puts
//! in a line without the keys of the house breaks the chain, and [`verify`] says where. A read of what
//! is personal is recorded and committed before anything of it is answered; a deed is recorded before
//! it is tried.

use domain::{
    audit::{Act, Looked},
    id::{AccountId, BookingId, CentreId, PersonId, SlotId},
    time::{DAY, MINUTE, Moment},
};

mod store;

use crate::{
    call::Call,
    db::{Db, DbError, Tx},
    failure::Failure,
    vault::{Purpose, Vault},
};

/// What the first line holds for the hash of the line before.
const BEGINNING: &str = "beginning";
/// How many lines are checked at a time.
const AT_ONCE: i64 = 1_000;
/// For how long a retry is known as one, in milliseconds: as long as the answers to it are kept. After
/// that the same would act again, and is recorded again.
pub const RETRIED: i64 = 30 * DAY;
/// The most lines a guardian is shown: of looks and of papers that were seen, and of everything else. No
/// number of the latter takes one of the former away.
const MOST_SHOWN: [i64; 2] = [1_000, 200];
/// For how long somebody who looks at the same list again is not recorded again, in milliseconds.
const SAME_LOOK: i64 = 10 * MINUTE;

/// A line to be added.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Who; `None` for the command line.
    pub by: Option<&'a AccountId>,
    /// When.
    pub at: Moment,
    /// What.
    pub act: Act,
    /// Whom it concerns.
    pub person: Option<&'a PersonId>,
    /// Which booking.
    pub booking: Option<&'a BookingId>,
    /// At the desk of which centre.
    pub centre: Option<&'a CentreId>,
    /// Which slot, or whose post.
    pub subject: Option<&'a str>,
    /// What for, in the words of the staff; sealed, for it may name somebody.
    pub purpose: &'a str,
}

impl<'a> Entry<'a> {
    /// A line that says who did what, and when.
    pub fn new(by: Option<&'a AccountId>, act: Act, at: Moment) -> Self {
        Self { by, at, act, person: None, booking: None, centre: None, subject: None, purpose: "" }
    }
}

/// What is wrong with the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The line with this number is missing.
    Missing(i64),
    /// The line with this number is not what it was.
    Changed(i64),
    /// So many lines were written, and so many are there.
    Cut {
        /// Lines that were written.
        written: i64,
        /// Lines that are there.
        there: i64,
    },
}

impl core::fmt::Display for Fault {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Missing(line) => write!(out, "line {line} is missing"),
            Self::Changed(line) => write!(out, "line {line} is not what it was"),
            Self::Cut { written, there } => write!(out, "{written} lines were written, {there} are there"),
        }
    }
}

/// Adds lines. From here to the end of the transaction nobody else adds any, on no server: let it be
/// the last thing before the commit. Where `retry` names a request, what was recorded of that very
/// request before is not added again; another deed, or one about something else, is.
///
/// # Errors
/// The database fails.
pub async fn record(
    tx: &mut Tx,
    vault: &Vault,
    entries: &[Entry<'_>],
    retry: Option<&str>,
) -> Result<(), DbError> {
    let Some(count) = i64::try_from(entries.len()).ok().filter(|count| *count > 0) else { return Ok(()) };
    let last = store::take_numbers(tx, count).await?;
    let mut fresh = Vec::with_capacity(entries.len());
    for entry in entries {
        let mark = retry.map(|retry| mark(vault, retry, entry));
        let known = match &mark {
            Some(mark) => store::is_recorded(tx, mark, entry.at.plus(-RETRIED)).await?,
            None => false,
        };
        if !known {
            fresh.push((entry, mark));
        }
    }
    let left = count - i64::try_from(fresh.len()).unwrap_or(count);
    if left > 0 {
        // The numbers go back with those that were taken.
        store::give_back(tx, left).await?;
    }
    let mut prev = match store::hash_of(tx, last - count).await? {
        Some(hash) => hash,
        None => BEGINNING.to_owned(),
    };
    for (seq, (entry, mark)) in (last - count + 1..).zip(fresh) {
        let hash = seal(vault, &prev, seq, &store::Line::of(entry));
        store::add(tx, vault, seq, entry, mark.as_deref(), [&prev, &hash]).await?;
        prev = hash;
    }
    Ok(())
}

/// By what a retry of one line of a request is known: a request may leave several, and whoever sends
/// something else under the same key does not do it off the record.
fn mark(vault: &Vault, retry: &str, entry: &Entry<'_>) -> String {
    let ids = [entry.person.map(PersonId::as_str), entry.booking.map(BookingId::as_str), entry.subject];
    let mut parts = vec![retry, entry.act.name()];
    parts.extend(ids.map(Option::unwrap_or_default));
    vault.digest(Purpose::Request, &parts)
}

/// Records, in a transaction of its own, what a keyed call is about to ask for. A retry is not
/// recorded twice.
///
/// # Errors
/// Nothing can be written: then nothing is done either.
pub async fn before(call: &Call, entries: &[Entry<'_>]) -> Result<(), Failure> {
    write(call, entries, retry(call).as_deref()).await
}

/// Records, in a transaction of its own, what a call is about to be shown, however often it is.
///
/// # Errors
/// Nothing can be written: then nothing is shown either.
pub async fn seen(call: &Call, entries: &[Entry<'_>]) -> Result<(), Failure> {
    write(call, entries, None).await
}

/// Records that these people stood on the list of a slot that is about to be shown. Who has it before
/// them anyway, and only looks again, is not recorded again.
///
/// # Errors
/// Nothing can be written: then nothing is shown either.
pub async fn listed<'a>(
    call: &Call,
    centre: &CentreId,
    slot: &SlotId,
    people: impl Iterator<Item = &'a PersonId>,
) -> Result<(), Failure> {
    let (by, now) = (call.account()?, call.now());
    let known = store::just_listed(&call.app.db, by, slot, [now.plus(-SAME_LOOK), now]).await?;
    let entries: Vec<Entry> = people
        .filter(|person| !known.contains(*person))
        .map(|person| Entry {
            person: Some(person),
            centre: Some(centre),
            subject: Some(slot.as_str()),
            ..Entry::new(Some(by), Act::Roster, now)
        })
        .collect();
    seen(call, &entries).await
}

async fn write(call: &Call, entries: &[Entry<'_>], retry: Option<&str>) -> Result<(), Failure> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut tx = call.app.db.begin().await?;
    record(&mut tx, &call.app.vault, entries, retry).await?;
    Ok(tx.commit().await?)
}

/// By what a retry of a keyed call is known in the record: who calls, with which key, and with what.
pub fn retry(call: &Call) -> Option<String> {
    let (key, account) = (call.key.as_ref()?, call.caller.as_ref()?);
    let parts = ["retry", account.id.as_str(), &key.text, &key.body_hash];
    Some(call.app.vault.digest(Purpose::Request, &parts))
}

/// What the staff had to do with a person, latest first, as their guardian is shown it. Whether it is
/// a person of the caller's is the caller's to ask.
///
/// # Errors
/// The database fails.
pub async fn of_person(db: &Db, vault: &Vault, person: &PersonId) -> Result<Vec<Looked>, DbError> {
    store::of_person(db, vault, person, MOST_SHOWN).await
}

/// Checks the whole chain: how many lines there are, or what is wrong first.
///
/// # Errors
/// The database fails.
pub async fn verify(db: &Db, vault: &Vault) -> Result<Result<i64, Fault>, DbError> {
    let written = store::written(db).await?;
    let (mut last, mut prev) = (0, BEGINNING.to_owned());
    loop {
        let lines = store::lines(db, vault, last, AT_ONCE).await?;
        if lines.is_empty() {
            break;
        }
        for (seq, line, [was_prev, hash]) in lines {
            if seq != last + 1 {
                return Ok(Err(Fault::Missing(last + 1)));
            }
            if was_prev != prev || hash != seal(vault, &prev, seq, &line) {
                return Ok(Err(Fault::Changed(seq)));
            }
            (last, prev) = (seq, hash);
        }
    }
    if last == written { Ok(Ok(last)) } else { Ok(Err(Fault::Cut { written, there: last })) }
}

/// The keyed hash of a line.
fn seal(vault: &Vault, prev: &str, seq: i64, line: &store::Line) -> String {
    let (seq, at) = (seq.to_string(), line.at.0.to_string());
    let mut parts = vec![prev, &*seq, &*at, &*line.act];
    for part in [&line.by, &line.person, &line.booking, &line.centre, &line.subject] {
        // Nothing is not the same as an empty text.
        parts.push(if part.is_some() { "1" } else { "0" });
        parts.push(part.as_deref().unwrap_or_default());
    }
    parts.push(&line.purpose);
    vault.digest(Purpose::Audit, &parts)
}
