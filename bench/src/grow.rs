//! Growing: the same rush with ten thousand bookings in the tables, and with a thousand times as many.

use std::{rc::Rc, time::Instant};

use backend::{
    args,
    clock::{Clock, SystemClock},
    db::{DbError, Sql},
};
use serde_json::{Value, json};

use crate::{
    Outcome,
    flags::Flags,
    house::House,
    load::{self, Plan},
    report::{Figures, heading},
    rush::{check, requests},
    server::{ECHO, Server},
};

/// Bookings of a slot that is filled: thirty with places, ten waiting.
const OF_A_SLOT: u64 = 40;
/// Bookings of a household.
const OF_A_HOUSEHOLD: u64 = 20;
/// Bookings written together: many, so that a page of an index is written once for all that fall on it.
const TOGETHER: u64 = 1_000_000;
/// So many bookings in the tables.
const SIZES: [u64; 4] = [10_000, 100_000, 1_000_000, 10_000_000];

/// Runs it and says what came of it.
pub async fn run(flags: Flags) -> Outcome {
    let server = Server::start(&flags)?;
    let house = House::open(&server.database).await?;
    let sizes: Vec<u64> = SIZES.into_iter().filter(|size| *size <= flags.most).collect();
    // One round of each size warms up.
    let slots = house.slots(sizes.len() * (flags.rounds + 1), flags.places).await?;
    let mut slots = slots.iter();
    let (mut filled, mut lines) = (0, Vec::new());
    for size in sizes {
        let since = Instant::now();
        fill(&house, filled, size).await.map_err(|error| error.to_string())?;
        filled = size;
        let took = since.elapsed().as_secs_f64();
        // Others each time: what somebody holds already is read with what they ask for, and must not grow
        // along.
        let residents = house.settle(flags.users).await?;
        let (mut rushes, mut ceilings) = (Vec::new(), Vec::new());
        for round in 0..=flags.rounds {
            let slot = slots.next().ok_or("no slots")?;
            let echo = requests(&house, &residents, slot, ECHO);
            let ceiling = load::run(server.echo, flags.connections, Plan::Each(Rc::new(echo))).await?;
            let rush = requests(&house, &residents, slot, "/api/bookings");
            let rush = load::run(server.address, flags.connections, Plan::Each(Rc::new(rush))).await?;
            check(&house, &rush, slot, &flags).await.map_err(|problem| format!("{size}: {problem}"))?;
            if round > 0 {
                rushes.push(rush);
                ceilings.push(ceiling);
            }
        }
        let ceiling = Figures::of("the same HTTP, no database", &ceilings).rate;
        let figures = Figures::of(&format!("with {} bookings", thousands(size)), &rushes);
        if !flags.json {
            if lines.is_empty() {
                println!("{} people want {} places\n\n{}", flags.users, flags.places, heading());
            }
            println!("{}  filled in {took:.0} s", figures.line(ceiling));
        }
        let mut value = figures.json(ceiling);
        value["bookings"] = json!(size);
        lines.push(value);
    }
    if flags.json {
        println!("{:#}", json!({ "bench": "grow", "users": flags.users, "figures": Value::from(lines) }));
    }
    Ok(())
}

fn thousands(number: u64) -> String {
    if number >= 1_000_000 {
        format!("{} million", number / 1_000_000)
    } else {
        format!("{} thousand", number / 1_000)
    }
}

/// Fills the tables up from so many bookings to so many, as two years of a city would: identifiers of
/// households are spread over the indexes like real ones, those of bookings follow time.
#[expect(clippy::too_many_lines, reason = "a statement for each table")]
async fn fill(house: &House, from: u64, to: u64) -> Result<(), DbError> {
    const ACCOUNTS: Sql = Sql::both(
        "WITH RECURSIVE n(n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < $2) \
         INSERT INTO account (id, phone_mac, phone_box, made) \
         SELECT printf('a%08x-%d', n * 2654435761 % 4294967296, n), \
                printf('m%08x-%d', n * 2654435761 % 4294967296, n), 'x', $3 FROM n",
        "INSERT INTO account (id, phone_mac, phone_box, made) \
         SELECT 'a' || lpad(to_hex(n * 2654435761 % 4294967296), 8, '0') || '-' || n, \
                'm' || lpad(to_hex(n * 2654435761 % 4294967296), 8, '0') || '-' || n, 'x', $3 \
         FROM generate_series($1, $2 - 1) AS n",
    );
    const PEOPLE: Sql = Sql::both(
        "WITH RECURSIVE n(n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < $2) \
         INSERT INTO person (id, account_id, relation, sealed_box) \
         SELECT printf('p%08x-%d', n * 2654435761 % 4294967296, n), \
                printf('a%08x-%d', n * 2654435761 % 4294967296, n), 'Myself', 'x' FROM n",
        "INSERT INTO person (id, account_id, relation, sealed_box) \
         SELECT 'p' || lpad(to_hex(n * 2654435761 % 4294967296), 8, '0') || '-' || n, \
                'a' || lpad(to_hex(n * 2654435761 % 4294967296), 8, '0') || '-' || n, 'Myself', 'x' \
         FROM generate_series($1, $2 - 1) AS n",
    );
    const SLOTS: Sql = Sql::both(
        "WITH RECURSIVE n(n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < $2) \
         INSERT INTO slot (id, offering_id, starts, ends, meetings, capacity, opens, closes, taken, waiting, \
                           next_seq, queued) \
         SELECT printf('s-%d', n), 'grown', $3 + n % 17000 * 3600000, $3 + (n % 17000 + 1) * 3600000, \
                printf('[{\"starts\":%d,\"ends\":%d}]', $3 + n % 17000 * 3600000, \
                       $3 + (n % 17000 + 1) * 3600000), \
                30, $3, $3 + n % 17000 * 3600000, 30, 10, 41, 10 FROM n",
        "INSERT INTO slot (id, offering_id, starts, ends, meetings, capacity, opens, closes, taken, waiting, \
                           next_seq, queued) \
         SELECT 's-' || n, 'grown', $3 + n % 17000 * 3600000, $3 + (n % 17000 + 1) * 3600000, \
                '[{\"starts\":' || $3 + n % 17000 * 3600000 || ',\"ends\":' || $3 + (n % 17000 + 1) * 3600000 \
                || '}]', 30, $3, $3 + n % 17000 * 3600000, 30, 10, 41, 10 \
         FROM generate_series($1, $2 - 1) AS n",
    );
    const BOOKINGS: Sql = Sql::both(
        "WITH RECURSIVE n(n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < $2) \
         INSERT INTO booking (id, account_id, slot_id, seq, size, state, code, made, changed, idem_key, body_hash) \
         SELECT printf('b0%012d', n), \
                printf('a%08x-%d', n * 7919 % $4 * 2654435761 % 4294967296, n * 7919 % $4), \
                printf('s-%d', n / 40), n % 40 + 1, 1, CASE WHEN n % 40 < 30 THEN 'confirmed' ELSE 'waitlisted' END, \
                'ABCDEF', $3, $3, printf('k%08x-%d', n * 40503 % 4294967296, n), 'h' FROM n",
        "INSERT INTO booking (id, account_id, slot_id, seq, size, state, code, made, changed, idem_key, body_hash) \
         SELECT 'b0' || lpad(CAST(n AS text), 12, '0'), \
                'a' || lpad(to_hex(n * 7919 % $4 * 2654435761 % 4294967296), 8, '0') || '-' || n * 7919 % $4, \
                's-' || n / 40, n % 40 + 1, 1, CASE WHEN n % 40 < 30 THEN 'confirmed' ELSE 'waitlisted' END, \
                'ABCDEF', $3, $3, 'k' || lpad(to_hex(n * 40503 % 4294967296), 8, '0') || '-' || n, 'h' \
         FROM generate_series($1, $2 - 1) AS n",
    );
    const INSIDE: Sql = Sql::both(
        "WITH RECURSIVE n(n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < $2) \
         INSERT INTO booking_person (booking_id, slot_id, person_id, place, live) \
         SELECT printf('b0%012d', n), printf('s-%d', n / 40), \
                printf('p%08x-%d', n * 7919 % $3 * 2654435761 % 4294967296, n * 7919 % $3), 0, 1 FROM n",
        "INSERT INTO booking_person (booking_id, slot_id, person_id, place, live) \
         SELECT 'b0' || lpad(CAST(n AS text), 12, '0'), 's-' || n / 40, \
                'p' || lpad(to_hex(n * 7919 % $3 * 2654435761 % 4294967296), 8, '0') || '-' || n * 7919 % $3, 0, 1 \
         FROM generate_series($1, $2 - 1) AS n",
    );
    const NOTICES: Sql = Sql::both(
        "WITH RECURSIVE n(n) AS (SELECT $1 UNION ALL SELECT n + 4 FROM n WHERE n + 4 < $2) \
         INSERT INTO notice (id, account_id, booking_id, kind, details, made) \
         SELECT printf('n%08x-%d', n * 2654435761 % 4294967296, n), \
                printf('a%08x-%d', n * 7919 % $4 * 2654435761 % 4294967296, n * 7919 % $4), NULL, 'lapsed', '{}', $3 \
         FROM n",
        "INSERT INTO notice (id, account_id, booking_id, kind, details, made) \
         SELECT 'n' || lpad(to_hex(n * 2654435761 % 4294967296), 8, '0') || '-' || n, \
                'a' || lpad(to_hex(n * 7919 % $4 * 2654435761 % 4294967296), 8, '0') || '-' || n * 7919 % $4, \
                NULL, 'lapsed', '{}', $3 FROM generate_series($1, $2 - 1, 4) AS n",
    );
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    // The last of these slots are still ahead.
    let first = SystemClock.now().plus(-16_900 * domain::time::HOUR);
    let households = |bookings: u64| count(bookings / OF_A_HOUSEHOLD);
    let mut tx = house.db.begin().await?;
    if from == 0 {
        let sql = "INSERT INTO offering (id, centre_id, kind, details) \
                   SELECT 'grown', centre_id, kind, details FROM offering WHERE id = 'xinsheng-massage'";
        tx.run(sql, args![]).await?;
    }
    let (old, new) = (households(from), households(to));
    tx.run(ACCOUNTS, args![old, new, first]).await?;
    tx.run(PEOPLE, args![old, new]).await?;
    tx.run(SLOTS, args![count(from / OF_A_SLOT), count(to / OF_A_SLOT), first]).await?;
    tx.commit().await?;
    let mut at = from;
    while at < to {
        let end = (at + TOGETHER).min(to);
        let mut tx = house.db.begin().await?;
        if tx.is_sqlite() {
            tx.run("PRAGMA cache_size = -4000000", args![]).await?;
        }
        tx.run(BOOKINGS, args![count(at), count(end), first, new]).await?;
        tx.run(INSIDE, args![count(at), count(end), new]).await?;
        tx.run(NOTICES, args![count(at), count(end), first, new]).await?;
        tx.commit().await?;
        at = end;
    }
    if !house.db.is_sqlite() {
        house.db.rows("ANALYZE", args![]).await?;
    }
    Ok(())
}
