//! The writer of bookings under pressure: a full queue, a stop, an ask that breaks, lost connections.

use backend::{
    app::App,
    args,
    booking::writer::{Ask, By, Deed},
    call::Key,
    db::Tx,
    failure::Failure,
};
use domain::{
    booking::Booking,
    id::{AccountId, PersonId, SlotId},
    session::api::GetMe,
};
use serde_json::json;

use crate::{
    hall::{Guest, Hall, crowd, ledger, settle},
    world::{World, fresh_key},
};

fn ask(app: &App, account: &AccountId, person: &PersonId, slot: &SlotId) -> Ask {
    Ask {
        account: account.clone(),
        key: Key { text: fresh_key(), body_hash: "h".into() },
        now: app.now(),
        deed: Deed::book(slot.clone(), vec![person.clone()]),
        by: By::Household,
    }
}

type Asking = Vec<tokio::task::JoinHandle<Result<Booking, Failure>>>;

/// Asks at once: the first household is held, and with it the writer, until what is returned commits. By
/// then all are in the queue.
async fn queue(app: &App, asks: Vec<Ask>) -> (Tx, Asking) {
    let mut held = app.db.begin().await.expect("begins");
    let sql = "UPDATE account SET made = made WHERE id = $1";
    assert_eq!(held.run(sql, args![&asks[0].account]).await, Ok(1));
    let asking: Asking = asks
        .into_iter()
        .map(|ask| {
            let app = app.clone();
            tokio::spawn(async move { app.bookings.ask(ask).await })
        })
        .collect();
    // Every task has its turn in between.
    for _ in 0..asking.len() {
        tokio::task::yield_now().await;
    }
    (held, asking)
}

async fn answers(asking: Asking) -> Vec<Result<Booking, Failure>> {
    let mut answers = Vec::new();
    for asking in asking {
        answers.push(asking.await.expect("runs"));
    }
    answers
}

async fn ask_all(app: &App, asks: Vec<Ask>) -> Vec<Result<Booking, Failure>> {
    let (held, asking) = queue(app, asks).await;
    held.commit().await.expect("lets go");
    answers(asking).await
}

async fn households(app: &App, count: usize) -> Vec<(AccountId, PersonId)> {
    let mut households = Vec::new();
    for n in 0..count {
        let (account, person) = (AccountId(format!("a{n}")), PersonId(format!("p{n}")));
        settle(app, &account, core::slice::from_ref(&person)).await;
        households.push((account, person));
    }
    households
}

#[tokio::test]
async fn whoever_does_not_fit_into_the_queue_is_told_when_to_come_again() {
    let world = World::new().await;
    let app = &world.server.app;
    let (account, person) = households(app, 1).await.remove(0);
    let slot = SlotId::from("nope");
    let asks = (0..5_000).map(|_| ask(app, &account, &person, &slot)).collect();
    let answers = ask_all(app, asks).await;
    let unknown = answers.iter().filter(|answer| **answer == Err(Failure::NotFound)).count();
    let waits: Vec<u32> = answers
        .iter()
        .filter_map(|answer| match answer {
            Err(Failure::Overloaded { retry_after }) => Some(*retry_after),
            _ => None,
        })
        .collect();
    assert_eq!(unknown + waits.len(), 5_000, "everybody is answered");
    assert!(!waits.is_empty() && unknown >= 4_096, "{unknown}");
    for seconds in 1..=3 {
        assert!(waits.contains(&seconds), "they do not all come back at once");
    }
}

#[tokio::test]
async fn one_ask_that_breaks_does_not_break_those_beside_it() {
    let world = World::new().await;
    let app = &world.server.app;
    let rules = json!({ "unit": "person", "ages": { "from_months": 0 } });
    let slot = Hall::new(app, rules).await.slot(3, 50).await;
    let households = households(app, 20).await;
    let mut tx = app.db.begin().await.expect("begins");
    tx.run("UPDATE person SET sealed_box = 'broken' WHERE id = $1", args!["p7"]).await.expect("breaks it");
    tx.commit().await.expect("commits");
    let asks = households.iter().map(|(account, person)| ask(app, account, person, &slot)).collect();
    for (n, answer) in ask_all(app, asks).await.into_iter().enumerate() {
        match answer {
            Err(Failure::Broken(_)) => assert_eq!(n, 7),
            // Nobody has said when they were born; what matters is that the rules were asked.
            Err(Failure::Refused(_)) => assert_ne!(n, 7),
            other => panic!("{n}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_server_that_stops_answers_those_who_wait() {
    let world = World::new().await;
    let app = &world.server.app;
    let slot = Hall::new(app, json!({ "unit": "person" })).await.slot(3, 5).await;
    let households = households(app, 40).await;
    let asks: Vec<Ask> =
        households.iter().map(|(account, person)| ask(app, account, person, &slot)).collect();
    let late = ask(app, &households[0].0, &households[0].1, &slot);
    let (held, asking) = queue(app, asks).await;
    let (committed, ()) = tokio::join!(held.commit(), app.bookings.stop());
    committed.expect("lets go");
    for answer in answers(asking).await {
        answer.expect("whoever was in the queue has a booking");
    }
    assert_eq!(ledger(&app.db, &slot).await.seqs.len(), 40);
    assert!(matches!(app.bookings.ask(late).await, Err(Failure::Overloaded { .. })));
    assert!(!app.bookings.is_alive());
}

#[tokio::test]
async fn connections_that_were_cut_are_made_anew() {
    let world = World::new().await;
    let app = &world.server.app;
    if app.db.is_sqlite() {
        // There is nothing to cut between a server and its file.
        return;
    }
    let slot = Hall::new(app, json!({ "unit": "person" })).await.slot(3, 5).await;
    let guests = crowd(&world, 6).await;
    for guest in &guests[..5] {
        let cut = "SELECT COUNT(pg_terminate_backend(pid)) AS n FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        app.db.row(cut, args![]).await.expect("cuts all others");
        let Guest { client, .. } = guest;
        client.call::<GetMe>((), ()).await.expect("reads");
        guest.book(&slot).await.expect("books");
    }
    assert_eq!(ledger(&app.db, &slot).await.taken, 5);
}
