//! Random stories told to the real writer, on the real database, and to its twin: both must agree on
//! every answer, every number, every place and everything that time alone changes.
//!
//! A story follows from its seed: `DOORSTEP_SEED=7 cargo test -p backend --test api story` tells that
//! one. A story that goes wrong is shortened and printed; put into a file and changed at will it is
//! played again by `DOORSTEP_SEED=7 DOORSTEP_STORY=file cargo test …`.

use std::time::{Duration, Instant};

use backend::clock::Clock;
use proof::{
    play::{Stage, Tally, play, script, tell},
    step::story,
    tale::Shape,
};

use crate::world::World;

/// Stories are told until so many things were asked, but not for ever on a slow machine.
const ASKS: usize = 12_000;
const PATIENCE: Duration = Duration::from_secs(25);

#[tokio::test]
async fn the_writer_tells_the_same_stories_as_its_twin() {
    let seed = std::env::var("DOORSTEP_SEED").ok().and_then(|seed| seed.parse().ok());
    let world = World::new().await;
    let mut others = Vec::new();
    if !world.server.app.db.is_sqlite() {
        others.push(world.another_server().await);
    }
    let app = &world.server.app;
    let mut writers = vec![app.bookings.clone()];
    writers.extend(others.iter().map(|server| server.app.bookings.clone()));
    let clock = world.clock.clone();
    let stage = Stage {
        db: app.db.clone(),
        vault: app.vault.clone(),
        dice: app.dice.clone(),
        writers,
        clock: Box::new(move |now| {
            clock.set(now);
        }),
    };
    if let Ok(file) = std::env::var("DOORSTEP_STORY") {
        let seed = seed.expect("a story happens in the setting of its seed: DOORSTEP_SEED");
        let text = std::fs::read_to_string(&file).expect("the story");
        let steps = story(&text).expect("a story");
        let told = play(&stage, seed, &steps).await;
        told.unwrap_or_else(|wrong| panic!("{wrong}\n\n{}", script(&stage, seed, &steps)));
        return;
    }
    let shape = Shape { asks: 400, servers: stage.writers.len(), clock_goes_back: true };
    let (first, since) = (seed.unwrap_or(2_026), Instant::now());
    let (mut sum, mut stories) = (Tally::default(), 0);
    while sum.asks < ASKS && (since.elapsed() < PATIENCE || stories < 3) {
        let tally = tell(&stage, first + stories, shape).await;
        let tally = tally.unwrap_or_else(|wrong| panic!("DOORSTEP_SEED={}\n\n{wrong}", first + stories));
        sum.asks += tally.asks;
        sum.done += tally.done;
        sum.offers += tally.offers;
        sum.parties += tally.parties;
        stories += 1;
        if seed.is_some() {
            return;
        }
    }
    assert!(sum.done * 3 > sum.asks && sum.offers > 10, "stories in which something happens: {sum:?}");
    for server in &mut others {
        server.stop().await;
    }
}
