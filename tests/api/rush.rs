//! Three thousand parents want the thirty places of a summer class, and press the button again when
//! it takes too long: over real connections, to one server and to three on one PostgreSQL.

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use backend::start::Running;
use domain::{
    booking::{Booking, BookingState, api::Book},
    endpoint::Endpoint,
    failure::Problem,
};
use proof::{
    crowd::{Household, singles},
    fate::Fate,
};
use reqwest::header;
use serde_json::json;

use crate::{
    hall::{Hall, ledger, request},
    world::{World, fresh_key, outcome},
};

const PARENTS: usize = 3_000;
const PLACES: u32 = 30;
/// Connections at once.
const HANDS: usize = 128;

/// A parent's wish: whose, under which key, and what it says.
struct Wish {
    cookie: String,
    key: String,
    body: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn three_thousand_parents_want_thirty_places_of_one_server() {
    let world = World::new().await;
    rush(&world, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_thousand_parents_want_thirty_places_of_three_servers() {
    let world = World::new().await;
    if world.server.app.db.is_sqlite() {
        // A file has one server.
        return;
    }
    let mut others = [world.another_server().await, world.another_server().await];
    rush(&world, &others).await;
    for server in &mut others {
        server.stop().await;
    }
}

async fn rush(world: &World, others: &[Running]) {
    let app = &world.server.app;
    let slot = Hall::new(app, json!({ "unit": "person" })).await.slot(3, PLACES).await;
    let parents = singles(&app.db, &app.vault, &*app.dice, PARENTS, app.now()).await.expect("they move in");
    let wish = |parent: &Household| Wish {
        cookie: format!("{}={}", app.config.session_cookie(), parent.token),
        key: fresh_key(),
        body: serde_json::to_string(&request(&slot, [&parent.people[0].person])).expect("JSON"),
    };
    let wishes: Arc<Vec<Wish>> = Arc::new(parents.iter().map(wish).collect());
    let mut bases = vec![world.base.clone()];
    bases.extend(others.iter().map(|server| format!("http://{}", server.address)));

    // Everybody once, in any order; whoever is impatient again, of any server, before or after.
    let mut fate = Fate::new(7);
    let mut calls: Vec<(usize, String)> = Vec::new();
    for parent in 0..PARENTS {
        for _ in 0..=fate.below(3) {
            calls.push((parent, fate.one_of(&bases).clone()));
        }
    }
    fate.shuffle(&mut calls);
    let (calls, next, http) = (Arc::new(calls), Arc::new(AtomicUsize::new(0)), reqwest::Client::new());
    let hands: Vec<_> = (0..HANDS)
        .map(|_| {
            let (wishes, calls, next) = (Arc::clone(&wishes), Arc::clone(&calls), Arc::clone(&next));
            let http = http.clone();
            tokio::spawn(async move {
                let mut answers = Vec::new();
                while let Some((parent, base)) = calls.get(next.fetch_add(1, Ordering::Relaxed)) {
                    answers.push((*parent, press(&http, base, &wishes[*parent]).await));
                }
                answers
            })
        })
        .collect();
    let mut told: Vec<Option<Booking>> = (0..PARENTS).map(|_| None).collect();
    for hand in hands {
        for (parent, answer) in hand.await.expect("runs") {
            let first = told[parent].get_or_insert_with(|| answer.clone());
            assert_eq!(receipt(first), receipt(&answer), "the same answer every time, from every server");
        }
    }

    let mut bookings: Vec<Booking> =
        told.into_iter().map(|told| told.expect("everybody was answered")).collect();
    bookings.sort_by_key(|booking| booking.seq);
    for (number, booking) in (1..).zip(&bookings) {
        let expected = if number <= PLACES {
            (number, BookingState::Confirmed, None)
        } else {
            (number, BookingState::Waitlisted, Some(number - PLACES))
        };
        assert_eq!((booking.seq, booking.state, booking.position), expected);
    }
    let ids: HashSet<_> = bookings.iter().map(|booking| &booking.id).collect();
    assert_eq!(ids.len(), PARENTS);
    let kept = ledger(&app.db, &slot).await;
    assert_eq!((kept.taken, kept.waiting, kept.seqs.len()), (30, 2_970, PARENTS));
}

/// What may not change between two answers.
fn receipt(booking: &Booking) -> (String, u32, String, BookingState, Option<u32>) {
    (booking.id.to_string(), booking.seq, booking.code.clone(), booking.state, booking.position)
}

/// Asks until there is an answer other than that everybody is busy.
async fn press(http: &reqwest::Client, base: &str, wish: &Wish) -> Booking {
    loop {
        let call = http
            .post(format!("{base}{}", Book::path(&())))
            .header("sec-fetch-site", "same-origin")
            .header("idempotency-key", &wish.key)
            .header(header::COOKIE, &wish.cookie)
            .header(header::CONTENT_TYPE, "application/json")
            .body(wish.body.clone());
        match outcome(call.send().await.expect("an answer")).await {
            Ok(booking) => return booking,
            Err(Problem::Busy { .. }) => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(problem) => panic!("{problem:?}"),
        }
    }
}
