//! A rush: thousands want a few places in the same second.

use std::rc::Rc;

use backend::args;
use domain::{
    booking::{Booking, BookingState},
    id::SlotId,
};
use serde_json::json;

use crate::{
    Outcome,
    flags::Flags,
    house::{House, Resident},
    load::{self, Load, Plan},
    report::{Figures, heading},
    server::{ECHO, Server},
};

/// Runs it and says what came of it.
pub async fn run(flags: Flags) -> Outcome {
    let server = Server::start(&flags)?;
    let house = House::open(&server.database).await?;
    // The first round warms up; one more is for the writer alone.
    let slots = house.slots(flags.rounds + 2, flags.places).await?;
    let (alone, slots) = slots.split_first().ok_or("no slots")?;

    let mut ceilings = Vec::new();
    let mut rushes = Vec::new();
    for (round, slot) in slots.iter().enumerate() {
        // Others each time: what somebody holds already is read with what they ask for, and rounds must
        // not depend on how many there were.
        let residents = house.settle(flags.users).await?;
        let echo = requests(&house, &residents, slot, ECHO);
        let ceiling = load::run(server.echo, flags.connections, Plan::Each(Rc::new(echo))).await?;
        if let Some((_, answer)) = ceiling.answers.iter().find(|(_, answer)| answer.status != 200) {
            return Err(format!("the ceiling: {}", String::from_utf8_lossy(&answer.body)));
        }
        let rush = requests(&house, &residents, slot, "/api/bookings");
        let rush = load::run(server.address, flags.connections, Plan::Each(Rc::new(rush))).await?;
        check(&house, &rush, slot, &flags).await.map_err(|problem| format!("round {round}: {problem}"))?;
        if round > 0 {
            ceilings.push(ceiling);
            rushes.push(rush);
        }
    }
    let residents = house.settle(flags.users).await?;
    let writer = residents.len() as f64 / house.write_alone(&residents, alone).await?;
    let ceiling = Figures::of("the same HTTP, no database", &ceilings);
    let rush = Figures::of("bookings", &rushes);
    let database = if house.db.is_sqlite() { "SQLite" } else { "PostgreSQL" };
    let Flags { users, places, rounds, connections, .. } = flags;
    if flags.json {
        let result = json!({
            "bench": "rush", "database": database, "users": users, "places": places, "rounds": rounds,
            "connections": connections, "correct": true, "writer_alone": writer.round(),
            "figures": [rush.json(ceiling.rate), ceiling.json(ceiling.rate)],
        });
        println!("{result:#}");
        return Ok(());
    }
    println!("{users} people want {places} places, {connections} connections, {rounds} rounds, {database}\n");
    println!("{}", heading());
    println!("{}", rush.line(ceiling.rate));
    println!("{}", ceiling.line(ceiling.rate));
    println!("  {:<34}{writer:>10.0}{:>7.0} %", "the writer alone, no HTTP", writer / ceiling.rate * 100.0);
    println!(
        "\n  correct: in every round {places} confirmed, {} waiting in exact order, nobody twice",
        users.saturating_sub(places as usize)
    );
    Ok(())
}

/// One request for each of the people.
pub fn requests(house: &House, residents: &[Resident], slot: &SlotId, path: &str) -> Vec<Vec<u8>> {
    residents
        .iter()
        .map(|resident| {
            let body = json!({ "slot": slot, "people": [resident.person] }).to_string();
            format!(
                "POST {path} HTTP/1.1\r\nhost: bench\r\nsec-fetch-site: same-origin\r\n\
                 content-type: application/json\r\nidempotency-key: {}\r\ncookie: session={}\r\n\
                 content-length: {}\r\n\r\n{body}",
                house.key(),
                resident.token,
                body.len()
            )
            .into_bytes()
        })
        .collect()
}

/// Whether exactly the first have places and all others wait in the order of their numbers, by what
/// they were told and by what is in the database.
pub async fn check(house: &House, rush: &Load, slot: &SlotId, flags: &Flags) -> Outcome {
    let mut bookings = Vec::with_capacity(rush.answers.len());
    for (_, answer) in &rush.answers {
        let text = String::from_utf8_lossy(&answer.body);
        if answer.status != 200 {
            return Err(format!("{} {text}", answer.status));
        }
        bookings.push(serde_json::from_str::<Booking>(&text).map_err(|error| format!("{error}: {text}"))?);
    }
    bookings.sort_by_key(|booking| booking.seq);
    for (number, booking) in (1..).zip(&bookings) {
        let expected = if number <= flags.places {
            (number, BookingState::Confirmed, None)
        } else {
            (number, BookingState::Waitlisted, Some(number - flags.places))
        };
        let told = (booking.seq, booking.state, booking.position);
        if told != expected {
            return Err(format!("number {number} was told {told:?} instead of {expected:?}"));
        }
    }
    let sql = "SELECT taken, waiting, next_seq, (SELECT COUNT(*) FROM booking_person WHERE slot_id = s.id) AS people \
               FROM slot s WHERE id = $1";
    let row = house.db.row(sql, args![slot]).await.map_err(|error| error.to_string())?.ok_or("no slot")?;
    let read = |column| row.int(column).map_err(|error| error.to_string());
    let kept = (read("taken")?, read("waiting")?, read("next_seq")?, read("people")?);
    let users = i64::try_from(flags.users).unwrap_or_default();
    let taken = users.min(flags.places.into());
    if kept != (taken, users - taken, users + 1, users) {
        return Err(format!("the database says {kept:?}"));
    }
    Ok(())
}
