//! Compares the tables and the answers with the twin.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use backend::{
    args,
    db::{DbError, Row, Sql},
};
use domain::{
    booking::{Booking, BookingState, twin::Twin},
    time::{MINUTE, Moment},
};

use super::Player;
use crate::Outcome;

/// What a household is shown of its party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct View {
    state: BookingState,
    position: Option<u32>,
    until: Option<Moment>,
    stop: Option<Moment>,
}

impl View {
    /// As the twin has it.
    pub(super) fn of(twin: &Twin, party: usize) -> Self {
        let one = &twin.parties[party];
        let position = twin.position(party).and_then(|position| u32::try_from(position).ok());
        let stop = one.stop.filter(|_| one.state == BookingState::Waitlisted);
        Self { state: one.state, position, until: one.until, stop }
    }

    /// As the engine shows it.
    pub(super) fn shown(booking: &Booking) -> Self {
        let stop = booking.stop.filter(|_| booking.state == BookingState::Waitlisted);
        Self { state: booking.state, position: booking.position, until: booking.until, stop }
    }
}

/// A statement about the slots of a story, which are told as one JSON text: what other stories left in
/// the tables is not even looked at, however many there were.
macro_rules! of_slots {
    ($select:literal, $join:literal) => {
        Sql::both(
            concat!($select, " FROM json_each($1) AS k CROSS ", $join),
            concat!($select, " FROM jsonb_array_elements_text(CAST($1 AS jsonb)) AS k(value) ", $join),
        )
    };
}

const SLOTS: Sql = of_slots!(
    "SELECT s.id, s.capacity, s.taken, s.waiting, s.counter, s.next_seq, s.queued, s.lifted, s.kept, \
     s.due, s.starts, s.ends, s.closes, s.kept_until",
    "JOIN slot s ON s.id = k.value"
);
const BOOKINGS: Sql = of_slots!(
    "SELECT b.id, b.slot_id, b.seq, b.state, b.until, b.stop, b.host, b.people, \
     (SELECT COUNT(*) FROM booking_person p WHERE p.booking_id = b.id AND p.live = 1) AS live",
    "JOIN booking b ON b.slot_id = k.value"
);
const NOTED: Sql = of_slots!(
    "SELECT a.booking_id, a.meeting, a.person_id, a.mark",
    "JOIN booking b ON b.slot_id = k.value JOIN attendance a ON a.booking_id = b.id"
);
const TOLD: Sql = of_slots!(
    "SELECT n.booking_id, n.kind, COUNT(*) AS n",
    "JOIN booking b ON b.slot_id = k.value \
     JOIN notice n ON n.account_id = b.account_id AND n.booking_id = b.id GROUP BY n.booking_id, n.kind"
);

impl Player<'_> {
    /// The slots of the story, as one JSON text.
    fn slot_ids(&self) -> Outcome<String> {
        let ids: Vec<&str> = self.twin.pages.iter().map(|page| page.slot.id.as_str()).collect();
        serde_json::to_string(&ids).map_err(|error| error.to_string())
    }

    /// Compares the tables with the twin, but for slots whose time is still to be told: those say so.
    pub(super) async fn compare(&self) -> Outcome {
        let told = |error: DbError| error.to_string();
        let ids = self.slot_ids()?;
        let slots = self.stage.db.rows(SLOTS, args![&*ids]).await.map_err(told)?;
        let bookings = self.stage.db.rows(BOOKINGS, args![&*ids]).await.map_err(told)?;
        let noted = self.stage.db.rows(NOTED, args![&*ids]).await.map_err(told)?;
        self.noted(&noted).map_err(told)?.map_or(Ok(()), Err)?;
        let mut by_slot: HashMap<String, Vec<&Row>> = HashMap::new();
        for row in &bookings {
            by_slot.entry(row.text("slot_id").map_err(told)?).or_default().push(row);
        }
        for row in &slots {
            let id = row.text("id").map_err(told)?;
            let page = self.twin.pages.iter().position(|page| page.slot.id.as_str() == id);
            let page = page.ok_or_else(|| format!("a slot {id}"))?;
            let rows = by_slot.remove(&id).unwrap_or_default();
            let wrong = self.slot(page, row, &rows).map_err(told)?;
            if let Some(wrong) = wrong {
                let minute = (self.now.0 - self.setting.begin.0) / MINUTE;
                return Err(format!("s{page} at minute {minute}: {wrong}"));
            }
        }
        Ok(())
    }

    /// What differs in what was noted of who was there.
    fn noted(&self, rows: &[Row]) -> Result<Option<String>, DbError> {
        let found: BTreeSet<_> = rows
            .iter()
            .map(|row| {
                let of = (row.text("booking_id")?, row.int("meeting")?, row.text("person_id")?);
                Ok((of, row.text("mark")?))
            })
            .collect::<Result<_, DbError>>()?;
        let mut expected = BTreeSet::new();
        for party in &self.twin.parties {
            let id = party.id.as_ref().map(ToString::to_string).unwrap_or_default();
            for ((meeting, person), mark) in &party.marks {
                let of = (id.clone(), i64::from(*meeting), person.to_string());
                expected.insert((of, mark.name().to_owned()));
            }
        }
        let differs = found.symmetric_difference(&expected).next();
        Ok(differs.map(|line| format!("noted {line:?}, in the tables: {}", found.contains(line))))
    }

    /// What differs in a slot.
    fn slot(&self, page: usize, row: &Row, rows: &[&Row]) -> Result<Option<String>, DbError> {
        let twin = &self.twin;
        let due = row.int_opt("due")?.map(Moment);
        if due.is_some_and(|due| due <= self.now) {
            return Ok(None);
        }
        // What the slot says of the next time it changes must not come too late; where the clock went
        // back it may until somebody writes again.
        if !self.went_back
            && let Some(next) = self.changes(page)
            && due.is_none_or(|due| due > next)
        {
            return Ok(Some(format!("due {due:?}, but {next:?} something changes")));
        }
        let kept: [i64; 12] = [
            row.int("capacity")?,
            row.int("taken")?,
            row.int("waiting")?,
            row.int("counter")?,
            row.int("next_seq")?,
            row.int("queued")?,
            row.int("lifted")?,
            row.int("kept")?,
            row.int("starts")?,
            row.int("ends")?,
            row.int("closes")?,
            row.int("kept_until")?,
        ];
        let of = &twin.pages[page];
        let waiting = i64::try_from(twin.waiting(page)).unwrap_or(i64::MAX);
        let parties: Vec<usize> = twin.on(page).collect();
        let next = i64::try_from(parties.len()).unwrap_or(i64::MAX) + 1;
        let expected = [
            of.slot.capacity.into(),
            twin.taken(page).into(),
            waiting,
            twin.counter(page).into(),
            next,
            of.queued.into(),
            of.lifted.into(),
            of.slot.kept.into(),
            of.slot.starts().0,
            of.slot.ends().0,
            of.slot.closes.0,
            of.slot.kept_until.0,
        ];
        if kept != expected {
            let what = "capacity, taken, waiting, counter, next number, queued, lifted, kept, times";
            return Ok(Some(format!("{what}: {kept:?}, the twin has {expected:?}")));
        }
        let rows: BTreeMap<i64, &Row> =
            rows.iter().map(|row| Ok((row.int("seq")?, *row))).collect::<Result<_, DbError>>()?;
        if rows.len() != parties.len() {
            return Ok(Some(format!("{} bookings, the twin has {}", rows.len(), parties.len())));
        }
        for party in parties {
            let one = &twin.parties[party];
            let Some(row) = rows.get(&one.seq.into()) else {
                return Ok(Some(format!("no number {}", one.seq)));
            };
            let host = one.host.and_then(|host| twin.parties[host].id.clone()).map(|id| id.0);
            let stop = one.stop.filter(|_| one.state == BookingState::Waitlisted).map(|stop| stop.0);
            let live = if one.live() { one.people.len() } else { 0 };
            let people = row.int("people")?;
            if usize::try_from(people).ok() != Some(one.heads()) {
                return Ok(Some(format!(
                    "number {}: {people} people, the twin has {}",
                    one.seq,
                    one.heads()
                )));
            }
            let expected = (one.state.name().to_owned(), one.until.map(|until| until.0), stop, host, live);
            let waits = row.text("state")? == BookingState::Waitlisted.name();
            let seated = matches!(one.state, BookingState::Confirmed | BookingState::Attended);
            let stands = (
                row.text("state")?,
                row.int_opt("until")?,
                row.int_opt("stop")?.filter(|_| waits),
                row.text_opt("host")?.filter(|_| seated),
                usize::try_from(row.int("live")?).unwrap_or_default(),
            );
            if Some(row.text("id")?) != one.id.clone().map(|id| id.0) || stands != expected {
                return Ok(Some(format!("number {}: {stands:?}, the twin has {expected:?}", one.seq)));
            }
        }
        Ok(None)
    }

    /// When time alone changes something in a slot, where it does.
    fn changes(&self, page: usize) -> Option<Moment> {
        let mut twin = self.twin.clone();
        let before: Vec<_> = twin.parties.iter().map(|party| party.state).collect();
        while let Some(next) = twin.next(page) {
            twin.pass(page, next);
            if twin.parties.iter().map(|party| party.state).ne(before.iter().copied()) {
                return Some(next);
            }
        }
        None
    }

    /// Compares what households were told.
    pub(super) async fn compare_notices(&self) -> Outcome {
        let told = |error: DbError| error.to_string();
        let rows = self.stage.db.rows(TOLD, args![&*self.slot_ids()?]).await.map_err(told)?;
        let mut found = BTreeMap::new();
        for row in rows {
            let kind = row.text("kind").map_err(told)?;
            let kind = kind.strip_prefix("meeting_").unwrap_or(&kind).to_owned();
            let told_of =
                ["offered", "lapsed", "stopped", "unreached", "missed", "withdrawn", "moved", "off"];
            if told_of.contains(&kind.as_str()) {
                found.insert((row.text("booking_id").map_err(told)?, kind), row.int("n").map_err(told)?);
            }
        }
        let mut expected = BTreeMap::new();
        for (_, party, what) in &self.twin.told {
            let id = self.twin.parties[*party].id.as_ref().map(ToString::to_string).unwrap_or_default();
            *expected.entry((id, format!("{what:?}").to_lowercase())).or_insert(0_i64) += 1;
        }
        let differing = found.iter().filter(|(key, count)| expected.get(*key) != Some(*count));
        let missing = expected.iter().filter(|(key, _)| !found.contains_key(*key));
        match differing.chain(missing).next() {
            None => Ok(()),
            Some((key, _)) => {
                Err(format!("notices {key:?}: {:?}, the twin has {:?}", found.get(key), expected.get(key)))
            }
        }
    }
}
