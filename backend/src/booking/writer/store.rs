//! SQL of the committer. Every statement is about the whole batch at once: its identifiers travel as
//! one JSON text, which SQLite unfolds with `json_each` and PostgreSQL with functions of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    booking::{Held, MOST_KNOWN, Tally, fair::Use},
    id::{AccountId, BookingId, CentreId, OfferingId, PersonId, SlotId, TicketId},
    time::{Moment, Span},
};

use super::{
    Ask,
    plan::{Board, Kept, Record},
};
use crate::{
    args,
    booking::{about::About, fold::party, store::state},
    catalogue::rows,
    db::{Arg, DbError, Row, Sql, Tx},
};

pub mod attendance;
mod meetings;
mod write;

pub use attendance::sheets;
pub use write::write;

/// Locks the households, and those of the people who are named or come again with one of `bookings`: a
/// guardian may bring a child of another. SQLite has one writer, who holds the whole file already.
pub async fn lock_accounts(
    tx: &mut Tx,
    accounts: &BTreeSet<&AccountId>,
    people: &BTreeSet<&PersonId>,
    bookings: &BTreeSet<&BookingId>,
) -> Result<(), DbError> {
    const LOCK: &str = "SELECT id FROM account \
                        WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)) UNION \
                        SELECT account_id FROM person WHERE id = ANY \
                        (ARRAY(SELECT jsonb_array_elements_text(CAST($2 AS jsonb)))) UNION \
                        SELECT p.account_id FROM booking_person bp JOIN person p ON p.id = bp.person_id \
                        WHERE bp.booking_id = ANY \
                        (ARRAY(SELECT jsonb_array_elements_text(CAST($3 AS jsonb)))))) \
                        ORDER BY id FOR NO KEY UPDATE";
    if tx.is_sqlite() {
        return Ok(());
    }
    tx.rows(LOCK, args![Arg::json(accounts)?, Arg::json(people)?, Arg::json(bookings)?]).await.map(drop)
}

/// The keys of the asks that have been used before, with what was done then.
pub async fn keys(tx: &mut Tx, asks: &[&Ask]) -> Result<HashMap<(AccountId, String), Kept>, DbError> {
    const KEYS: Sql = Sql::both(
        "SELECT b.account_id, b.idem_key, b.body_hash, b.id AS booking FROM jsonb_each($1) AS k \
         CROSS JOIN booking b ON b.account_id = k.value ->> 0 AND b.idem_key = k.value ->> 1 \
         UNION ALL \
         SELECT a.account_id, a.idem_key, a.body_hash, a.answer FROM jsonb_each($1) AS k \
         CROSS JOIN answered a ON a.account_id = k.value ->> 0 AND a.idem_key = k.value ->> 1",
        "SELECT b.account_id, b.idem_key, b.body_hash, b.id AS booking \
         FROM jsonb_array_elements(CAST($1 AS jsonb)) AS k(value) \
         JOIN booking b ON b.account_id = k.value ->> 0 AND b.idem_key = k.value ->> 1 \
         UNION ALL \
         SELECT a.account_id, a.idem_key, a.body_hash, a.answer \
         FROM jsonb_array_elements(CAST($1 AS jsonb)) AS k(value) \
         JOIN answered a ON a.account_id = k.value ->> 0 AND a.idem_key = k.value ->> 1",
    );
    let pairs: Vec<_> = asks.iter().map(|ask| (&ask.account, &ask.key.text)).collect();
    let rows = tx.rows(KEYS, args![Arg::json(&pairs)?]).await?;
    rows.iter()
        .map(|row| {
            let key = (AccountId(row.text("account_id")?), row.text("idem_key")?);
            let booking = BookingId(row.text("booking")?);
            Ok((key, Kept { body_hash: row.text("body_hash")?, booking }))
        })
        .collect()
}

/// The slots of bookings; which those are never changes, so no lock is needed.
pub async fn slots_of(
    tx: &mut Tx,
    bookings: &BTreeSet<BookingId>,
) -> Result<Vec<(BookingId, SlotId)>, DbError> {
    const SLOTS: Sql = Sql::both(
        "SELECT id, slot_id FROM booking WHERE id IN (SELECT value FROM json_each($1))",
        "SELECT id, slot_id FROM booking \
         WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb))))",
    );
    let rows = tx.rows(SLOTS, args![Arg::json(bookings)?]).await?;
    rows.iter().map(|row| Ok((BookingId(row.text("id")?), SlotId(row.text("slot_id")?)))).collect()
}

/// Locks slots in the order of their identifiers and reads them; those that are not there are left
/// out.
pub async fn lock_slots(tx: &mut Tx, slots: &BTreeSet<SlotId>) -> Result<BTreeMap<SlotId, Board>, DbError> {
    const LOCK: Sql = Sql::both(
        "SELECT s.id, s.meetings, s.name_zh, s.name_en, s.capacity, s.desk, s.counter, s.taken, s.waiting, s.next_seq, \
                s.queued, s.lifted, s.due, s.opens, \
                s.closes, s.kept, s.kept_until, s.draw_id, s.drawn, s.called_off, o.id AS offering, o.retired, o.details, c.id AS centre, c.details AS centre_details \
         FROM slot s JOIN offering o ON o.id = s.offering_id JOIN centre c ON c.id = o.centre_id \
         WHERE s.id IN (SELECT value FROM json_each($1))",
        "SELECT s.id, s.meetings, s.name_zh, s.name_en, s.capacity, s.desk, s.counter, s.taken, s.waiting, s.next_seq, \
                s.queued, s.lifted, s.due, s.opens, \
                s.closes, s.kept, s.kept_until, s.draw_id, s.drawn, s.called_off, o.id AS offering, o.retired, o.details, c.id AS centre, c.details AS centre_details \
         FROM slot s JOIN offering o ON o.id = s.offering_id JOIN centre c ON c.id = o.centre_id \
         WHERE s.id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) \
         ORDER BY s.id FOR NO KEY UPDATE OF s",
    );
    let rows = tx.rows(LOCK, args![Arg::json(slots)?]).await?;
    rows.iter().map(|row| board(row).map(|board| (board.slot.id.clone(), board))).collect()
}

/// A slot out of its row.
fn board(row: &Row) -> Result<Board, DbError> {
    let (about, rules) = About::read(row)?;
    Ok(Board {
        slot: rows::slot(row)?,
        rules,
        retired: row.flag("retired")?,
        about,
        desk: row.count("desk")?,
        tally: Tally {
            taken: row.count("taken")?,
            counter: row.count("counter")?,
            held: 0,
            waiting: row.count("waiting")?,
        },
        next_seq: row.count("next_seq")?,
        was_seq: row.count("next_seq")?,
        queued: row.count("queued")?,
        lifted: row.count("lifted")?,
        due: row.int_opt("due")?.map(Moment),
        parties: None,
        before: HashMap::new(),
        changed: false,
        rescheduled: false,
    })
}

/// These bookings, as they stand now that their slots are locked.
pub async fn records(
    tx: &mut Tx,
    bookings: &BTreeSet<BookingId>,
) -> Result<HashMap<BookingId, Record>, DbError> {
    const RECORDS: Sql = Sql::both(
        "SELECT b.*, \
                (SELECT json_group_array(person_id) FROM (SELECT person_id FROM booking_person \
                 WHERE booking_id = b.id ORDER BY place)) AS names, \
                (SELECT COUNT(*) FROM booking w WHERE b.state = 'waitlisted' AND w.state = 'waitlisted' \
                 AND w.slot_id = b.slot_id AND w.seq <= b.seq) AS position \
         FROM booking b WHERE b.id IN (SELECT value FROM json_each($1))",
        "SELECT b.*, \
                (SELECT CAST(json_agg(person_id ORDER BY place) AS text) FROM booking_person \
                 WHERE booking_id = b.id) AS names, \
                (SELECT COUNT(*) FROM booking w WHERE b.state = 'waitlisted' AND w.state = 'waitlisted' \
                 AND w.slot_id = b.slot_id AND w.seq <= b.seq) AS position \
         FROM booking b WHERE b.id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb))))",
    );
    let rows = tx.rows(RECORDS, args![Arg::json(bookings)?]).await?;
    rows.iter()
        .map(|row| {
            let record = Record {
                party: party(row)?,
                slot: SlotId(row.text("slot_id")?),
                code: row.text("code")?,
                people: row.json("names")?,
                position: Some(row.count("position")?),
            };
            Ok((record.party.booking.clone(), record))
        })
        .collect()
}

/// Tickets that are not void, with whose they are, for which slot and for whom.
pub async fn tickets(
    tx: &mut Tx,
    tickets: &BTreeSet<&TicketId>,
) -> Result<HashMap<TicketId, (AccountId, SlotId, BTreeSet<PersonId>)>, DbError> {
    const TICKETS: Sql = Sql::both(
        "SELECT id, account_id, slot_id, people FROM ticket \
         WHERE id IN (SELECT value FROM json_each($1)) AND voided IS NULL",
        "SELECT id, account_id, slot_id, people FROM ticket \
         WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) AND voided IS NULL",
    );
    let rows = tx.rows(TICKETS, args![Arg::json(tickets)?]).await?;
    rows.iter()
        .map(|row| {
            let of = (AccountId(row.text("account_id")?), SlotId(row.text("slot_id")?), row.json("people")?);
            Ok((TicketId(row.text("id")?), of))
        })
        .collect()
}

/// Somebody who is named.
pub struct PersonRow {
    /// Whose.
    pub account: AccountId,
    /// Who.
    pub id: PersonId,
    /// Name and birthday, sealed; where the birthday was asked for.
    pub sealed: Option<String>,
    /// Whether a guardian's consent is in force.
    pub consent: bool,
    /// Whether the desk has seen the papers.
    pub verified: bool,
    /// In whose neighbourhood they live.
    pub resident_of: Option<CentreId>,
    /// Whether the account is theirs.
    pub holder: bool,
}

/// The people among those named who belong to who names them, or whose guardian that is; the boxes of
/// those alone whose birthday matters.
pub async fn people(
    tx: &mut Tx,
    people: &BTreeSet<(&AccountId, &PersonId)>,
    dated: &BTreeSet<&PersonId>,
) -> Result<Vec<PersonRow>, DbError> {
    const PEOPLE: Sql = Sql::both(
        "SELECT k.value ->> 0 AS account_id, p.id, CASE k.value ->> 2 WHEN 1 THEN p.sealed_box END AS sealed_box, \
                p.relation, p.consent, p.verified, p.resident_of \
         FROM jsonb_each($1) AS k CROSS JOIN person p ON p.id = k.value ->> 1 \
         WHERE p.removed IS NULL AND (p.account_id = k.value ->> 0 OR EXISTS \
         (SELECT 1 FROM guardian g WHERE g.person_id = p.id AND g.account_id = k.value ->> 0 \
          AND g.scope = 'book' AND g.ended IS NULL))",
        "SELECT k.value ->> 0 AS account_id, p.id, \
                CASE k.value ->> 2 WHEN 'true' THEN p.sealed_box END AS sealed_box, \
                p.relation, p.consent, p.verified, p.resident_of \
         FROM jsonb_array_elements(CAST($1 AS jsonb)) AS k(value) JOIN person p ON p.id = k.value ->> 1 \
         WHERE p.removed IS NULL AND (p.account_id = k.value ->> 0 OR EXISTS \
         (SELECT 1 FROM guardian g WHERE g.person_id = p.id AND g.account_id = k.value ->> 0 \
          AND g.scope = 'book' AND g.ended IS NULL))",
    );
    let named: Vec<(&AccountId, &PersonId, bool)> =
        people.iter().map(|(account, person)| (*account, *person, dated.contains(person))).collect();
    let rows = tx.rows(PEOPLE, args![Arg::json(&named)?]).await?;
    rows.iter()
        .map(|row| {
            Ok(PersonRow {
                account: AccountId(row.text("account_id")?),
                id: PersonId(row.text("id")?),
                sealed: row.text_opt("sealed_box")?,
                consent: row.int("consent")? >= i64::from(domain::consent::VERSION),
                verified: row.int("verified")? > 0,
                resident_of: row.text_opt("resident_of")?.map(CentreId),
                holder: row.text("relation")? == "Myself",
            })
        })
        .collect()
}

/// What these people hold that falls into `window`, from the first start to the last end of all slots
/// that are asked for: nothing else can stand in the way. With when time alone changes something there.
pub async fn holds(
    tx: &mut Tx,
    people: &BTreeSet<&PersonId>,
    window: Span,
) -> Result<Vec<(PersonId, Held, Option<Moment>)>, DbError> {
    const HOLDS: Sql = Sql::both(
        "SELECT bp.person_id, bp.booking_id, bp.slot_id, s.meetings, s.due, o.details -> '$.title' AS title \
         FROM json_each($1) AS k CROSS JOIN booking_person bp ON bp.person_id = k.value AND bp.live = 1 \
         JOIN slot s ON s.id = bp.slot_id AND s.ends > $2 AND s.starts < $3 \
         JOIN offering o ON o.id = s.offering_id",
        "SELECT bp.person_id, bp.booking_id, bp.slot_id, s.meetings, s.due, \
                CAST(CAST(o.details AS jsonb) -> 'title' AS text) AS title \
         FROM booking_person bp \
         JOIN slot s ON s.id = bp.slot_id AND s.ends > $2 AND s.starts < $3 \
         JOIN offering o ON o.id = s.offering_id \
         WHERE bp.person_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb)))) \
         AND bp.live = 1",
    );
    let rows = tx.rows(HOLDS, args![Arg::json(people)?, window.starts, window.ends]).await?;
    rows.iter()
        .map(|row| {
            let held = Held {
                booking: BookingId(row.text("booking_id")?),
                slot: SlotId(row.text("slot_id")?),
                title: row.json("title")?,
                meetings: row.json("meetings")?,
            };
            Ok((PersonId(row.text("person_id")?), held, row.int_opt("due")?.map(Moment)))
        })
        .collect()
}

/// A booking that counts towards the share of a household: whose, in which slot, and when time alone
/// changes something there.
type Counted = (AccountId, SlotId, Use, Option<Moment>);

/// What these households have booked in slots that start within `span`.
pub async fn uses(tx: &mut Tx, accounts: &BTreeSet<&AccountId>, span: Span) -> Result<Vec<Counted>, DbError> {
    const USES: Sql = Sql::both(
        "SELECT b.id, b.account_id, b.slot_id, b.state, s.offering_id, s.starts, s.due FROM json_each($1) AS k \
         CROSS JOIN booking b ON b.account_id = k.value \
         JOIN slot s ON s.id = b.slot_id AND s.starts >= $2 AND s.starts < $3",
        "SELECT b.id, b.account_id, b.slot_id, b.state, s.offering_id, s.starts, s.due FROM booking b \
         JOIN slot s ON s.id = b.slot_id AND s.starts >= $2 AND s.starts < $3 \
         WHERE b.account_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS jsonb))))",
    );
    let rows = tx.rows(USES, args![Arg::json(accounts)?, span.starts, span.ends]).await?;
    rows.iter()
        .map(|row| {
            let one = Use {
                booking: BookingId(row.text("id")?),
                offering: OfferingId(row.text("offering_id")?),
                starts: row.moment("starts")?,
                state: state(row)?,
            };
            let due = row.int_opt("due")?.map(Moment);
            Ok((AccountId(row.text("account_id")?), SlotId(row.text("slot_id")?), one, due))
        })
        .collect()
}

/// Of the last slots of offerings in which somebody waited, how many parties got an offer in each.
pub async fn lifted(
    tx: &mut Tx,
    offerings: &BTreeSet<OfferingId>,
    now: Moment,
) -> Result<HashMap<OfferingId, Vec<u32>>, DbError> {
    by_offering(&tx.rows(LIFTED, args![Arg::json(offerings)?, now, MOST_KNOWN]).await?)
}

/// Selects how many parties got an offer in each of the last `$3` slots of the offerings `$1` that had
/// ended at `$2` and in which somebody waited.
pub const LIFTED: Sql = Sql::both(
    "SELECT s.offering_id, s.lifted FROM json_each($1) AS k CROSS JOIN slot s ON s.id IN \
     (SELECT n.id FROM slot n WHERE n.offering_id = k.value AND n.ends <= $2 AND n.queued > 0 \
      ORDER BY n.starts DESC, n.id LIMIT $3)",
    "SELECT s.offering_id, s.lifted FROM jsonb_array_elements_text(CAST($1 AS jsonb)) AS k(value) \
     CROSS JOIN LATERAL (SELECT n.offering_id, n.lifted FROM slot n WHERE n.offering_id = k.value \
      AND n.ends <= $2 AND n.queued > 0 ORDER BY n.starts DESC, n.id LIMIT $3) s",
);

/// What [`LIFTED`] found.
pub fn by_offering(rows: &[Row]) -> Result<HashMap<OfferingId, Vec<u32>>, DbError> {
    let mut lifted: HashMap<OfferingId, Vec<u32>> = HashMap::new();
    for row in rows {
        lifted.entry(OfferingId(row.text("offering_id")?)).or_default().push(row.count("lifted")?);
    }
    Ok(lifted)
}
