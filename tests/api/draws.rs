//! Draws: who may enter and change, that lots are drawn once and for all, and what anybody can check.

use std::collections::BTreeSet;

use backend::{args, digest::sha256, draws::hold_due, start::start, vault::Place};
use domain::{
    booking::{
        BookingState,
        api::{Book, ListBookings},
    },
    draw::{
        DrawOutcome, DrawResult, EntryDraft, Lot, Why,
        allot::allot,
        api::{EnterDraw, GetDraw, GetDrawResult, GetEntry, ListDraws, MyEntries, WithdrawEntry},
        check::check,
    },
    endpoint::Endpoint,
    failure::Problem,
    household::api::RemovePerson,
    id::{CentreId, DrawId, PersonId, SlotId},
    refusal::Refusal,
    time::{DAY, HOUR},
};
use serde_json::json;

use crate::{
    consent::child,
    hall::{Guest, Hall, crowd, ledger, request},
    lots::{Lots, household, mine, published},
    world::{Client, World, fresh_key},
};

const SUMMER: &str = "wenchang-draw-summer.20260624";
const HOBBY: &str = "wenchang-draw-hobby.20260624";

#[tokio::test]
async fn a_household_enters_changes_its_mind_and_goes() {
    let world = World::new().await;
    let wenchang = CentreId::from("wenchang");
    let draws = world.anonymous().call::<ListDraws>(wenchang, ()).await.expect("draws");
    let ids: Vec<&str> = draws.iter().map(|draw| draw.id.as_str()).collect();
    assert_eq!(ids, [HOBBY, SUMMER], "the next to be drawn stands first");
    let hobby = &draws[0];
    assert_eq!((hobby.classes.len(), hobby.places(), hobby.entries), (3, 12 + 9 + 16, 0));
    assert!(hobby.drawn.is_none() && hobby.commitment.len() == 64);

    let client = world.resident("13800000001").await;
    let kid = child(&client, (2018, 3, 1)).await;
    let slots: Vec<SlotId> = hobby.classes.iter().map(|class| class.slot.clone()).collect();
    let id = hobby.id.clone();
    let draft = |prefers: &[&SlotId]| EntryDraft {
        people: vec![kid.clone()],
        prefers: prefers.iter().map(|slot| (*slot).clone()).collect(),
    };
    let key = fresh_key();
    let first = draft(&[&slots[2], &slots[0]]);
    let entered = client.call_with_key::<EnterDraw>(&key, id.clone(), first.clone()).await.expect("entered");
    let entry = entered.entry.clone().expect("an entry");
    assert_eq!((entered.weight, entered.lost, entry.weight), (1, 0, 1));
    assert_eq!((entry.prefers.len(), entry.tag.len(), &entry.fate), (2, 16, &None));
    assert_eq!(client.call_with_key::<EnterDraw>(&key, id.clone(), first).await, Ok(entered));
    let other = client.call_with_key::<EnterDraw>(&key, id.clone(), draft(&[&slots[1]])).await;
    assert_eq!(other, Err(Problem::Refused(vec![Refusal::KeyReused])));

    let changed = client.call::<EnterDraw>(id.clone(), draft(&[&slots[1]])).await.expect("changed");
    let now = changed.entry.expect("an entry");
    assert_eq!((&now.tag, &now.prefers), (&entry.tag, &vec![slots[1].clone()]));
    let page = client.call::<GetDraw>(id.clone(), ()).await.expect("the draw");
    assert_eq!(page.entries, 1, "a change is no second entry");
    let list = client.call::<MyEntries>((), ()).await.expect("mine");
    assert_eq!(list.iter().map(|line| (&line.draw, &line.entry.tag)).collect::<Vec<_>>(), [(&id, &now.tag)]);

    let stranger = world.resident("13800000002").await;
    assert_eq!(mine(&stranger, &id).await.entry, None);
    assert_eq!(stranger.call::<WithdrawEntry>(id.clone(), ()).await, Err(Problem::NotFound));
    let foreign = stranger.call::<EnterDraw>(id.clone(), draft(&[&slots[0]])).await;
    assert_eq!(foreign, Err(Problem::Refused(vec![Refusal::PersonUnknown])));

    let gone = client.call::<WithdrawEntry>(id.clone(), ()).await.expect("taken back");
    assert_eq!(gone.entry, None);
    assert_eq!(client.call::<WithdrawEntry>(id.clone(), ()).await, Err(Problem::NotFound));
    assert_eq!(client.call::<GetDraw>(id.clone(), ()).await.expect("the draw").entries, 0);
    let back = client.call::<EnterDraw>(id.clone(), draft(&[&slots[0]])).await.expect("entered again");
    assert_eq!(back.entry.expect("an entry").tag, entry.tag, "the same number, whenever one comes");

    world.pass_hours(50);
    let refused = Problem::Refused(vec![Refusal::SlotClosed { closed: hobby.closes }]);
    assert_eq!(client.call::<EnterDraw>(id.clone(), draft(&[&slots[0]])).await, Err(refused.clone()));
    assert_eq!(client.call::<WithdrawEntry>(id.clone(), ()).await, Err(refused));
    assert_eq!(check(&published(&world, &id).await), []);
}

#[tokio::test]
async fn what_keeps_one_from_booking_keeps_one_from_entering() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let (kid, baby) = (child(&client, (2018, 3, 1)).await, child(&client, (2024, 3, 1)).await);
    let id = DrawId::from(HOBBY);
    let page = client.call::<GetDraw>(id.clone(), ()).await.expect("a draw");
    let slot = page.classes[0].slot.clone();
    let enter = async |people: &[&PersonId], prefers: &[&SlotId]| {
        let draft = EntryDraft {
            people: people.iter().map(|person| (*person).clone()).collect(),
            prefers: prefers.iter().map(|slot| (*slot).clone()).collect(),
        };
        client.call::<EnterDraw>(id.clone(), draft).await.map(|mine| mine.entry.is_some())
    };
    let refused = |refusal| Err(Problem::Refused(vec![refusal]));
    assert_eq!(enter(&[], &[&slot]).await, refused(Refusal::NobodyNamed));
    assert_eq!(enter(&[&kid], &[]).await, refused(Refusal::NoClassChosen));
    let unclear = |slot: &SlotId| refused(Refusal::ClassUnclear { slot: slot.clone() });
    assert_eq!(enter(&[&kid], &[&slot, &slot]).await, unclear(&slot));
    let foreign = SlotId::from("wenchang-summer.20260624-1");
    assert_eq!(enter(&[&kid], &[&foreign]).await, unclear(&foreign));
    let young = Refusal::TooYoung { person: baby.clone(), from_months: 60 };
    assert_eq!(enter(&[&kid, &baby], &[&slot]).await, refused(young));
    let twice = Refusal::NamedTwice { person: kid.clone() };
    assert_eq!(enter(&[&kid, &kid], &[&slot]).await, refused(twice));
    assert_eq!(enter(&[&kid], &[&slot]).await, Ok(true));

    // A class that needs papers and consent asks for them before the lots are drawn.
    let app = &world.server.app;
    let lots = Lots::new(app, &[3], 0).await;
    lots.asks(app, &json!({ "needs_verified": true, "needs_consent": true })).await;
    let strict = client.call::<EnterDraw>(lots.id.clone(), lots.draft(&[&kid], &[0])).await;
    let person = || kid.clone();
    let missing = vec![Refusal::NotVerified { person: person() }, Refusal::NoConsent { person: person() }];
    assert_eq!(strict, Err(Problem::Refused(missing)));

    // The places themselves cannot be had by booking.
    let booking = client.call::<Book>((), request(&slot, [&kid])).await;
    assert_eq!(booking.map(drop), Err(Problem::Refused(vec![Refusal::DrawPending])));
}

/// What must hold of a draw that was held: the file is sound, every household has what it says, and
/// the slots count what was given out.
async fn settled(world: &World, lots: &Lots, households: &[&Client], result: &DrawResult) {
    assert_eq!(check(result), []);
    assert_eq!(result.seed, lots.seed);
    assert_eq!(result.lots.len(), households.len());
    let again: Vec<Lot> = result.lots.iter().map(|drawn| drawn.lot.clone()).collect();
    let fates = allot(&result.classes, &again, &lots.seed);
    assert!(result.lots.iter().zip(&fates).all(|(drawn, fate)| drawn.fate == *fate));
    let mut taken = 0;
    for client in households {
        let entry = mine(client, &lots.id).await.entry.expect("an entry");
        let fate = entry.fate.clone().expect("drawn");
        let published = result.lots.iter().find(|drawn| drawn.lot.tag == entry.tag).expect("published");
        assert_eq!(published.fate, fate);
        let bookings = client.call::<ListBookings>((), ()).await.expect("bookings");
        let booking = bookings.iter().find(|booking| Some(&booking.id) == entry.booking.as_ref());
        match (&fate.outcome, booking) {
            (DrawOutcome::Placed { slot }, Some(booking)) => {
                assert_eq!((&booking.slot, booking.state), (slot, BookingState::Confirmed));
                assert_eq!(booking.people, entry.people);
                taken += booking.people.len();
            }
            (DrawOutcome::Waiting { slot, position }, Some(booking)) => {
                assert_eq!((&booking.slot, booking.state), (slot, BookingState::Waitlisted));
                assert_eq!(booking.position, Some(*position));
            }
            (DrawOutcome::LeftOut, None) => {}
            other => panic!("{other:?}"),
        }
    }
    let mut counted = 0;
    for slot in &lots.slots {
        counted += ledger(&world.server.app.db, slot).await.taken;
    }
    assert_eq!(counted, i64::try_from(taken).expect("few"));
    let told = world.server.app.db.rows("SELECT id FROM notice WHERE kind LIKE 'drawn%'", args![]).await;
    assert_eq!(told.expect("reads").len(), households.len(), "each is told once");
}

#[tokio::test]
async fn lots_are_drawn_once_whoever_comes() {
    let world = World::new().await;
    let app = &world.server.app;
    let lots = Lots::new(app, &[6], 0).await;
    let guests = crowd(&world, 15).await;
    for guest in &guests {
        lots.enter(&guest.client, &[&guest.person], &[0]).await;
    }
    let second = if app.db.is_sqlite() { None } else { Some(crate::bookings::second_server(&world).await) };
    let other = second.as_ref().map_or(app, |second| &second.server.app);
    assert_eq!(hold_due(app).await, Ok(0), "not before the time");
    assert_eq!(lots.page(&world).await.entries, 15);

    world.pass_hours(2);
    let (a, b, c, d) = tokio::join!(hold_due(app), hold_due(other), hold_due(app), hold_due(other));
    let held: usize = [a, b, c, d].into_iter().map(|held| held.expect("no error")).sum();
    assert!(held <= 1, "{held}");
    let result = lots.result(&world).await;
    assert_eq!(hold_due(app).await, Ok(0));
    let clients: Vec<&Client> = guests.iter().map(|guest| &guest.client).collect();
    settled(&world, &lots, &clients, &result).await;
    assert_eq!(ledger(&app.db, &lots.slots[0]).await.taken, 6);
    let drawn = lots.page(&world).await.drawn.expect("drawn");
    assert_eq!((drawn.placed, drawn.waiting, drawn.seed), (6, 9, lots.seed.clone()));

    // From now on it is first come, first served: who comes waits behind those who were drawn.
    let late = &crowd(&world, 1).await[0];
    let booking = late.book(&lots.slots[0]).await.expect("the queue is open");
    assert_eq!((booking.state, booking.position), (BookingState::Waitlisted, Some(10)));
}

#[tokio::test]
async fn families_come_whole_and_neighbours_first_where_the_class_says_so() {
    let world = World::new().await;
    let app = &world.server.app;
    let lots = Lots::new(app, &[5, 4, 3], 1).await;
    let mut households = Vec::new();
    for n in 0..14_usize {
        let (client, people) = household(&world, 1 + n % 3).await;
        if n % 2 == 0 {
            let mut tx = app.db.begin().await.expect("begins");
            for person in &people {
                let sql = "UPDATE person SET resident_of = 'xinsheng' WHERE id = $1";
                tx.run(sql, args![person]).await.expect("lives there");
            }
            tx.commit().await.expect("commits");
        }
        let wishes: &[usize] = [&[0, 1, 2][..], &[0], &[2, 0], &[1, 2]][n % 4];
        let entered = lots.enter(&client, &people.iter().collect::<Vec<_>>(), wishes).await;
        assert_eq!(entered.entry.expect("an entry").resident, n % 2 == 0);
        households.push(client);
    }
    let result = lots.result(&world).await;
    settled(&world, &lots, &households.iter().collect::<Vec<_>>(), &result).await;
    let (mut sizes, mut residents) = (BTreeSet::new(), 0);
    for drawn in &result.lots {
        sizes.insert(drawn.lot.size);
        residents += u32::from(drawn.lot.resident);
    }
    assert_eq!((sizes.len(), residents), (3, 7));
}

#[tokio::test]
async fn who_is_elsewhere_by_then_is_left_out_and_the_file_says_why() {
    let world = World::new().await;
    let app = &world.server.app;
    let lots = Lots::new(app, &[4, 4], 0).await;
    let guests = crowd(&world, 3).await;
    for guest in &guests[..2] {
        lots.enter(&guest.client, &[&guest.person], &[0, 1]).await;
    }
    lots.enter(&guests[2].client, &[&guests[2].person], &[0]).await;
    let (family, people) = household(&world, 2).await;
    lots.enter(&family, &[&people[0], &people[1]], &[1]).await;

    // At the same hour as the first class.
    let hall = Hall::new(app, json!({ "unit": "person" })).await;
    let clash = hall.slot(30, 9).await;
    guests[1].book(&clash).await.expect("booked");
    guests[2].book(&clash).await.expect("booked");
    family.call::<RemovePerson>(people[1].clone(), ()).await.expect("removed");

    let result = lots.result(&world).await;
    let clients: Vec<&Client> = guests.iter().map(|guest| &guest.client).chain([&family]).collect();
    settled(&world, &lots, &clients, &result).await;
    let mut told = Vec::new();
    for client in clients {
        let entry = mine(client, &lots.id).await.entry.expect("an entry");
        let drawn = result.lots.iter().find(|drawn| drawn.lot.tag == entry.tag).expect("published");
        let barred: Vec<(&SlotId, Why)> = drawn.lot.barred.iter().map(|bar| (&bar.slot, bar.why)).collect();
        told.push((drawn.fate.outcome.clone(), barred));
    }
    let placed = |class: usize| DrawOutcome::Placed { slot: lots.slots[class].clone() };
    assert_eq!(
        told,
        [
            (placed(0), vec![]),
            (placed(1), vec![(&lots.slots[0], Why::Elsewhere)]),
            (DrawOutcome::LeftOut, vec![(&lots.slots[0], Why::Elsewhere)]),
            (DrawOutcome::LeftOut, vec![(&lots.slots[1], Why::Gone)]),
        ]
    );
}

#[tokio::test]
async fn who_lost_has_more_lots_the_next_time() {
    let world = World::new().await;
    let app = &world.server.app;
    let guests = crowd(&world, 4).await;
    let mut weights = vec![1; 4];
    for round in 1..=5_u32 {
        let lots = Lots::new(app, &[1], 0).await;
        for (guest, weight) in guests.iter().zip(&weights) {
            assert_eq!(mine(&guest.client, &lots.id).await.weight, *weight, "before entering");
            let entered = lots.enter(&guest.client, &[&guest.person], &[0]).await;
            assert_eq!(entered.entry.expect("an entry").weight, *weight, "round {round}");
        }
        let result = lots.result(&world).await;
        assert_eq!(check(&result), []);
        for (guest, weight) in guests.iter().zip(&mut weights) {
            let fate = mine(&guest.client, &lots.id).await.entry.expect("an entry").fate.expect("drawn");
            if matches!(fate.outcome, DrawOutcome::Waiting { .. }) {
                *weight = (*weight + 1).min(4);
            }
        }
        world.clock.advance(3 * DAY);
    }
    assert!(weights.contains(&4), "{weights:?}");
    world.clock.advance(366 * DAY);
    let lots = Lots::new(app, &[1], 0).await;
    for guest in &guests {
        // Sessions last for weeks; what was lost counts for a year.
        let account = app.db.row("SELECT account_id FROM person WHERE id = $1", args![&guest.person]).await;
        let account = account.expect("reads").expect("there").text("account_id").expect("an id");
        let mut tx = app.db.begin().await.expect("begins");
        let sql = "UPDATE session SET seen = $2 WHERE account_id = $1";
        tx.run(sql, args![account, app.now()]).await.expect("fresh");
        tx.commit().await.expect("commits");
        assert_eq!(mine(&guest.client, &lots.id).await.weight, 1);
    }
}

#[tokio::test]
async fn a_server_that_was_down_draws_the_same_lots_later() {
    let mut world = World::new().await;
    let lots = Lots::new(&world.server.app, &[3], 0).await;
    let guests = crowd(&world, 8).await;
    for guest in &guests {
        lots.enter(&guest.client, &[&guest.person], &[0]).await;
    }
    let before = lots.page(&world).await;
    let again = async |world: &mut World| {
        let config = backend::config::Config::clone(&world.server.app.config);
        world.server.stop().await;
        world.server = start(config, world.clock.clone()).await.expect("it starts again");
        world.base = format!("http://{}", world.server.address);
    };
    again(&mut world).await;
    assert_eq!(lots.page(&world).await, before, "the same promise, the same entries");

    let config = backend::config::Config::clone(&world.server.app.config);
    world.server.stop().await;
    world.pass_hours(9);
    world.server = start(config, world.clock.clone()).await.expect("it starts late");
    world.base = format!("http://{}", world.server.address);
    let result = published(&world, &lots.id).await;
    assert_eq!((result.closes, result.drawn), (before.closes, before.closes.plus(7 * HOUR)));
    let mut guests = guests;
    for guest in &mut guests {
        let cookie = guest.client.cookie.clone();
        guest.client = world.anonymous();
        guest.client.cookie = cookie;
    }
    let clients: Vec<&Client> = guests.iter().map(|guest| &guest.client).collect();
    settled(&world, &lots, &clients, &result).await;
}

#[tokio::test]
async fn what_breaks_off_in_the_middle_has_not_happened() {
    let world = World::new().await;
    let app = &world.server.app;
    let lots = Lots::new(app, &[3], 0).await;
    let guests = crowd(&world, 8).await;
    for guest in &guests {
        lots.enter(&guest.client, &[&guest.person], &[0]).await;
    }
    // A number that is to be given out is given out already: the last of many statements fails.
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "UPDATE slot SET capacity = 3, desk = 3, taken = 3 WHERE id = $1";
    tx.run(sql, args![&lots.slots[0]]).await.expect("full at the desk");
    let sql = "INSERT INTO booking (id, account_id, slot_id, seq, size, state, code, made, changed, idem_key, \
               body_hash) SELECT 'in-the-way', account_id, $1, 5, 1, 'cancelled', 'AAAAAA', 0, 0, 'x', 'x' \
               FROM person WHERE id = $2";
    tx.run(sql, args![&lots.slots[0], &guests[0].person]).await.expect("in the way");
    tx.commit().await.expect("commits");
    world.pass_hours(2);
    assert!(hold_due(app).await.is_err());
    assert!(lots.page(&world).await.drawn.is_none());
    for table in ["notice", "booking_person"] {
        let sql = if table == "notice" {
            "SELECT id AS a FROM notice"
        } else {
            "SELECT booking_id AS a FROM booking_person"
        };
        assert!(app.db.rows(sql, args![]).await.expect("reads").is_empty(), "{table}");
    }
    assert_eq!(mine(&guests[0].client, &lots.id).await.entry.expect("an entry").fate, None);

    let mut tx = app.db.begin().await.expect("begins");
    tx.run("DELETE FROM booking WHERE id = 'in-the-way'", args![]).await.expect("out of the way");
    let sql = "UPDATE slot SET desk = 0, taken = 0 WHERE id = $1";
    tx.run(sql, args![&lots.slots[0]]).await.expect("free again");
    tx.commit().await.expect("commits");
    let result = published(&world, &lots.id).await;
    let clients: Vec<&Client> = guests.iter().map(|guest| &guest.client).collect();
    settled(&world, &lots, &clients, &result).await;
}

#[tokio::test]
async fn nobody_reads_the_seed_before_the_draw() {
    let world = World::new().await;
    let app = &world.server.app;
    let client = world.resident("13800000001").await;
    let kid = child(&client, (2018, 3, 1)).await;
    let mut seeds = Vec::new();
    for id in [SUMMER, HOBBY] {
        let row = app.db.row("SELECT * FROM draw WHERE id = $1", args![id]).await;
        let row = row.expect("reads").expect("a draw of the demo");
        let place = Place { table: "draw", row: id, column: "seed_box" };
        let seed = app.vault.open(place, &row.text("seed_box").expect("a box")).expect("opens");
        let seed = String::from_utf8(seed).expect("text");
        assert_eq!(row.text("commitment"), Ok(sha256(&seed)));
        assert_eq!(row.text_opt("seed"), Ok(None));
        seeds.push(seed);
    }
    assert_ne!(seeds[0], seeds[1]);

    let id = DrawId::from(SUMMER);
    let draft = EntryDraft { people: vec![kid], prefers: vec!["wenchang-summer.20260624-1".into()] };
    let key = fresh_key();
    let mut answers = vec![client.send::<EnterDraw>(id.clone(), draft, Some(&key)).await];
    for path in [
        ListDraws::path(&CentreId::from("wenchang")),
        GetDraw::path(&id),
        GetDrawResult::path(&id),
        GetEntry::path(&id),
        MyEntries::path(&()),
        format!("/draws/{id}"),
        "/offerings/wenchang-summer".into(),
    ] {
        answers.push(client.request(reqwest::Method::GET, &path).send().await.expect("an answer"));
    }
    for answer in answers {
        let (url, text) = (answer.url().clone(), answer.text().await.expect("text"));
        assert!(seeds.iter().all(|seed| !text.contains(seed)), "{url}");
    }
    if app.db.is_sqlite() {
        for end in ["", "-wal"] {
            let file = world.folder.join(format!("data/doorstep.db{end}"));
            let bytes = std::fs::read(&file).expect("the database");
            for seed in &seeds {
                assert!(!bytes.windows(seed.len()).any(|window| window == seed.as_bytes()), "{end}");
            }
        }
    }

    world.pass_hours(4 * 24);
    assert_eq!(published(&world, &id).await.seed, seeds[0], "then everybody does");
}

#[tokio::test]
async fn an_unknown_draw_is_not_found() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let guest = Guest::of(client.clone()).await;
    let id = DrawId::from("nope");
    let draft = EntryDraft { people: vec![guest.person], prefers: vec!["x".into()] };
    assert_eq!(client.call::<GetDraw>(id.clone(), ()).await.map(drop), Err(Problem::NotFound));
    assert_eq!(client.call::<GetEntry>(id.clone(), ()).await.map(drop), Err(Problem::NotFound));
    assert_eq!(client.call::<EnterDraw>(id.clone(), draft).await.map(drop), Err(Problem::NotFound));
    let summer = DrawId::from(SUMMER);
    assert_eq!(client.call::<GetDrawResult>(summer, ()).await.map(drop), Err(Problem::NotFound), "not yet");
    assert_eq!(client.call::<ListDraws>(CentreId::from("nope"), ()).await.map(drop), Err(Problem::NotFound));
}
