//! Compares the tables and the answers with the twin.

use std::collections::{BTreeMap, HashMap};

use backend::{
    args,
    db::{DbError, Row},
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

impl Player<'_> {
    /// Compares the tables with the twin, but for slots whose time is still to be told: those say so.
    pub(super) async fn compare(&self) -> Outcome {
        let told = |error: DbError| error.to_string();
        let offerings = format!("{}%", self.setting.name());
        let sql = "SELECT id, capacity, taken, waiting, counter, next_seq, queued, lifted, kept, due FROM slot \
                   WHERE offering_id LIKE $1";
        let slots = self.stage.db.rows(sql, args![&offerings]).await.map_err(told)?;
        let sql = "SELECT b.id, b.slot_id, b.seq, b.state, b.until, b.stop, b.host, \
                          (SELECT COUNT(*) FROM booking_person p WHERE p.booking_id = b.id AND p.live = 1) AS live \
                   FROM booking b WHERE b.slot_id LIKE $1";
        let bookings = self.stage.db.rows(sql, args![&offerings]).await.map_err(told)?;
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
        let kept: [i64; 8] = [
            row.int("capacity")?,
            row.int("taken")?,
            row.int("waiting")?,
            row.int("counter")?,
            row.int("next_seq")?,
            row.int("queued")?,
            row.int("lifted")?,
            row.int("kept")?,
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
        ];
        if kept != expected {
            let what = "capacity, taken, waiting, counter, next number, queued, lifted, kept";
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
        let sql = "SELECT n.booking_id, n.kind, COUNT(*) AS n FROM notice n JOIN booking b ON b.id = n.booking_id \
                   WHERE b.slot_id LIKE $1 GROUP BY n.booking_id, n.kind";
        let rows = self.stage.db.rows(sql, args![format!("{}%", self.setting.name())]).await.map_err(told)?;
        let mut found = BTreeMap::new();
        for row in rows {
            let kind = row.text("kind").map_err(told)?;
            if ["offered", "lapsed", "stopped", "missed", "withdrawn"].contains(&kind.as_str()) {
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
