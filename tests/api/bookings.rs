//! Bookings as households meet them: places, the waitlist, refusals, retries, and what is not yours.

use backend::{args, config::Config, start::start};
use domain::{
    booking::{
        Booking, BookingState,
        api::{Book, CancelBooking, GetBooking, ListBookings, TakeOffer},
    },
    failure::Problem,
    household::{PersonDraft, Relation, api::AddPerson},
    id::{BookingId, PersonId, SlotId},
    refusal::Refusal,
    time::{CHINA, Day, HOUR, days_after},
};
use reqwest::Method;
use serde_json::json;

use crate::{
    hall::{Guest, Hall, crowd, ledger, request},
    world::{World, fresh_key},
};

/// The one refusal that a call was answered with.
fn refused<T: core::fmt::Debug>(answer: Result<T, Problem>) -> Refusal {
    match answer {
        Err(Problem::Refused(refusals)) if refusals.len() == 1 => refusals[0].clone(),
        other => panic!("not one refusal: {other:?}"),
    }
}

async fn cancel(guest: &Guest, booking: &Booking) -> Result<Booking, Problem> {
    guest.client.call::<CancelBooking>(booking.id.clone(), ()).await
}

async fn reread(guest: &Guest, booking: &Booking) -> Booking {
    guest.client.call::<GetBooking>(booking.id.clone(), ()).await.expect("their own")
}

#[tokio::test]
async fn the_last_place_then_the_waitlist_and_who_waited_first_moves_up() {
    let world = World::new().await;
    let app = &world.server.app;
    let slot = Hall::new(app, json!({ "unit": "person" })).await.slot(3, 2).await;
    let guests = crowd(&world, 5).await;
    let mut bookings = Vec::new();
    for guest in &guests {
        bookings.push(guest.book(&slot).await.expect("booked"));
    }
    let stood: Vec<_> =
        bookings.iter().map(|booking| (booking.state, booking.position, booking.seq)).collect();
    let (seat, wait) = (BookingState::Confirmed, BookingState::Waitlisted);
    let expected =
        [(seat, None, 1), (seat, None, 2), (wait, Some(1), 3), (wait, Some(2), 4), (wait, Some(3), 5)];
    assert_eq!(stood, expected);
    assert_eq!(bookings[0].code.len(), 6);
    assert_eq!(bookings[4], reread(&guests[4], &bookings[4]).await, "told and kept are the same");

    let gone = cancel(&guests[0], &bookings[0]).await.expect("given back");
    assert_eq!(gone.state, BookingState::Cancelled);
    let offer = reread(&guests[2], &bookings[2]).await;
    assert_eq!((offer.state, offer.until), (BookingState::Offered, Some(world.now().plus(2 * HOUR))));
    let taken = guests[2].client.call::<TakeOffer>(offer.id.clone(), ()).await.expect("in time");
    assert_eq!((taken.state, taken.until), (seat, None));
    assert_eq!(reread(&guests[3], &bookings[3]).await.position, Some(1));
    cancel(&guests[3], &bookings[3]).await.expect("leaves the queue");
    assert_eq!(reread(&guests[4], &bookings[4]).await.position, Some(1));
    assert_eq!(refused(cancel(&guests[0], &bookings[0]).await), Refusal::CannotCancel);
    let again = guests[0].book(&slot).await.expect("may come back, at the end of the queue");
    assert_eq!((again.position, again.seq), (Some(2), 6));
    let ledger = ledger(&app.db, &slot).await;
    assert_eq!((ledger.taken, ledger.waiting), (2, 2));

    world.pass_hours(3);
    assert_eq!(refused(cancel(&guests[1], &bookings[1]).await), Refusal::CannotCancel, "it has begun");
}

#[tokio::test]
async fn a_retry_is_answered_the_same_and_another_body_is_refused() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let (slot, other) = (hall.slot(3, 1).await, hall.slot(5, 1).await);
    let guest = crowd(&world, 1).await.remove(0);
    let key = fresh_key();
    let book = async |slot: &SlotId| {
        guest.client.call_with_key::<Book>(&key, (), request(slot, [&guest.person])).await
    };
    let first = book(&slot).await.expect("booked");
    for _ in 0..3 {
        assert_eq!(book(&slot).await.as_ref(), Ok(&first));
    }
    assert_eq!(refused(book(&other).await), Refusal::KeyReused);
    let cancel = async |key: &str, booking: &Booking| {
        guest.client.call_with_key::<CancelBooking>(key, booking.id.clone(), ()).await
    };
    assert_eq!(refused(cancel(&key, &first).await), Refusal::KeyReused);
    let aunt = PersonDraft { relation: Relation::Adult, name: "姑姑".into(), born: None };
    let elsewhere = guest.client.call_with_key::<AddPerson>(&key, (), aunt).await;
    assert_eq!(refused(elsewhere), Refusal::KeyReused);

    let (back, later) = (fresh_key(), book(&slot).await.expect("still the same"));
    let gone = cancel(&back, &later).await.expect("given back");
    assert_eq!(cancel(&back, &later).await.as_ref(), Ok(&gone));
    let request = request(&slot, [&guest.person]);
    let reused = guest.client.call_with_key::<Book>(&back, (), request).await;
    assert_eq!(refused(reused), Refusal::KeyReused);
    assert_eq!(ledger(&world.server.app.db, &slot).await.seqs, [1]);
}

#[tokio::test]
async fn refusals_come_with_their_data() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = Hall::new(app, json!({ "unit": "person", "party_max": 2 })).await;
    let guest = Guest::of(world.resident("13800000001").await).await;
    let now = world.now();

    let closed = now.plus(-1);
    let slot = hall.slot_between(3, 5, now.plus(-HOUR), closed).await;
    assert_eq!(refused(guest.book(&slot).await), Refusal::SlotClosed { closed });
    let opens = now.plus(HOUR);
    let slot = hall.slot_between(3, 5, opens, now.plus(2 * HOUR)).await;
    assert_eq!(refused(guest.book(&slot).await), Refusal::NotYetOpen { opens });
    world.pass_hours(1);
    guest.book(&slot).await.expect("open to the millisecond");
    let slot = hall.slot(0, 5).await;
    assert_eq!(refused(guest.book(&slot).await), Refusal::SlotPast);

    let slot = hall.slot(9, 5).await;
    let mut people = vec![guest.person.clone()];
    for name in ["爷爷", "奶奶"] {
        let draft = PersonDraft { relation: Relation::Elder, name: name.into(), born: None };
        let me = guest.client.call::<AddPerson>((), draft).await.expect("added");
        people.push(me.people.last().expect("somebody").id.clone());
    }
    let book = async |people: &[PersonId]| guest.client.call::<Book>((), request(&slot, people)).await;
    assert_eq!(refused(book(&people).await), Refusal::PartyTooLarge { most: 2 });
    assert_eq!(refused(book(&[]).await), Refusal::NobodyNamed);
    let twice = [people[1].clone(), people[1].clone()];
    assert_eq!(refused(book(&twice).await), Refusal::NamedTwice { person: people[1].clone() });
    let booking = book(&people[..2]).await.expect("a party of two");
    assert_eq!(booking.people, people[..2]);
    let again = Refusal::AlreadyIn { person: people[1].clone(), booking: Some(booking.id.clone()) };
    assert_eq!(refused(book(&people[1..]).await), again);
    let elsewhere = hall.slot(9, 5).await;
    let answer = guest.client.call::<Book>((), request(&elsewhere, [&people[0]])).await;
    let expected = Refusal::Overlaps {
        person: people[0].clone(),
        title: booking.title.clone(),
        starts: booking.starts(),
    };
    assert_eq!(refused(answer), expected);
    assert_eq!(ledger(&app.db, &slot).await.taken, 2, "refusals take nothing");

    let drop_in = Hall::new(app, json!({ "drop_in": true })).await.slot(20, 5).await;
    assert_eq!(refused(guest.book(&drop_in).await), Refusal::DropIn);
}

#[tokio::test]
async fn a_child_a_day_too_old_is_refused_and_a_day_younger_is_not() {
    let world = World::new().await;
    let ages = json!({ "unit": "person", "ages": { "from_months": 6, "to_months": 36 } });
    let slot = Hall::new(&world.server.app, ages).await.slot(30, 5).await;
    let guest = Guest::of(world.resident("13800000001").await).await;
    let first_day = world.now().plus(30 * HOUR).day(CHINA);
    let third_birthday = first_day.checked_sub_months(chrono::Months::new(36)).expect("a date");
    let child = async |born: Day| {
        let draft = PersonDraft { relation: Relation::Child, name: "朵朵".into(), born: Some(born) };
        let me = guest.client.call::<AddPerson>((), draft).await.expect("added");
        me.people.last().expect("somebody").id.clone()
    };
    let old = child(third_birthday).await;
    let answer = guest.client.call::<Book>((), request(&slot, [&old])).await;
    assert_eq!(refused(answer), Refusal::TooOld { person: old, to_months: 36 });
    let young = child(days_after(third_birthday, 1)).await;
    guest.client.call::<Book>((), request(&slot, [&young])).await.expect("just young enough");
    assert_eq!(refused(guest.book(&slot).await), Refusal::BirthdayMissing { person: guest.person.clone() });
}

#[tokio::test]
async fn what_is_ahead_is_shown_however_much_is_over_or_was_given_back() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = Hall::new(app, json!({ "unit": "person" })).await;
    let guests = crowd(&world, 1).await;
    let ahead = guests[0].book(&hall.slot(24, 5).await).await.expect("booked");
    // All of them made after that: two years of lunches, and as many that were given back.
    let slots = [(hall.slot(-24, 5).await, "attended"), (hall.slot(48, 5).await, "cancelled")];
    let mut tx = app.db.begin().await.expect("begins");
    for (slot, state) in slots {
        for seq in 1..=510 {
            let sql = "INSERT INTO booking (id, account_id, slot_id, seq, size, state, code, made, changed, \
                                            idem_key, body_hash) \
                       SELECT $1, account_id, $2, $3, 1, $4, code, made + 1, made + 1, $1, 'h' \
                       FROM booking WHERE id = $5";
            let id = format!("b-{state}-{seq}");
            tx.run(sql, args![id, &slot, seq, state, &ahead.id]).await.expect("another");
        }
    }
    tx.commit().await.expect("commits");
    let mine = guests[0].client.call::<ListBookings>((), ()).await.expect("bookings");
    assert_eq!(mine[0].id, ahead.id);
    assert_eq!(mine.len(), 101, "and a hundred of the others");
}

#[tokio::test]
async fn what_is_not_yours_does_not_exist() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let slot = hall.slot(3, 5).await;
    let guests = crowd(&world, 2).await;
    let (owner, other) = (&guests[0], &guests[1]);
    let booking = owner.book(&slot).await.expect("booked");
    let picture = async |guest: &Guest, id: &BookingId| {
        let path = format!("/api/bookings/{id}/code.svg");
        guest.client.request(Method::GET, &path).send().await.expect("an answer")
    };
    for id in [&booking.id, &BookingId::from("b-unknown")] {
        assert_eq!(other.client.call::<GetBooking>(id.clone(), ()).await, Err(Problem::NotFound));
        assert_eq!(other.client.call::<CancelBooking>(id.clone(), ()).await, Err(Problem::NotFound));
        assert_eq!(picture(other, id).await.status(), 404);
    }
    assert_eq!(other.client.call::<ListBookings>((), ()).await, Ok(vec![]));
    assert_eq!(owner.client.call::<ListBookings>((), ()).await, Ok(vec![booking.clone()]));
    let anonymous = Guest { client: world.anonymous(), person: owner.person.clone() };
    assert_eq!(picture(&anonymous, &booking.id).await.status(), 401);
    assert_eq!(anonymous.book(&slot).await, Err(Problem::SignedOut));

    let drawn = picture(owner, &booking.id).await;
    assert_eq!(drawn.headers()["content-type"], "image/svg+xml");
    assert!(drawn.text().await.expect("text").starts_with("<svg"));

    for unknown in ["nope", "a/b", ""] {
        let answer = owner.client.call::<Book>((), request(&SlotId::from(unknown), [&owner.person])).await;
        assert_eq!(answer, Err(Problem::NotFound), "{unknown}");
    }
    for stranger in [&other.person, &PersonId::from("p-unknown"), &PersonId::from("a b")] {
        let answer = owner.client.call::<Book>((), request(&hall.slot(8, 5).await, [stranger])).await;
        assert_eq!(refused(answer), Refusal::PersonUnknown);
    }
}

#[tokio::test]
async fn two_hundred_want_thirty_places_at_once_and_everybody_asks_twice() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(3, 30).await;
    let asking: Vec<_> = crowd(&world, 200)
        .await
        .into_iter()
        .map(|guest| {
            let (slot, key) = (slot.clone(), fresh_key());
            tokio::spawn(async move {
                let ask = || guest.client.call_with_key::<Book>(&key, (), request(&slot, [&guest.person]));
                let (one, two) = tokio::join!(ask(), ask());
                // As many may have come to wait in between.
                let same = |booking: &Booking| Booking { waiting: 0, ..booking.clone() };
                assert_eq!(one.as_ref().map(same), two.as_ref().map(same), "a retry is answered the same");
                one.expect("booked")
            })
        })
        .collect();
    let mut bookings = Vec::new();
    for asking in asking {
        bookings.push(asking.await.expect("runs"));
    }
    in_exact_order(&world, &slot, bookings, 30).await;
}

/// Whoever came first has a place, and whoever came later waits, in the order of the numbers.
async fn in_exact_order(world: &World, slot: &SlotId, mut bookings: Vec<Booking>, places: u32) {
    bookings.sort_by_key(|booking| booking.seq);
    for (index, booking) in (1..).zip(&bookings) {
        assert_eq!(booking.seq, index);
        let expected = if index <= places {
            (BookingState::Confirmed, None)
        } else {
            (BookingState::Waitlisted, Some(index - places))
        };
        assert_eq!((booking.state, booking.position), expected, "number {index}");
    }
    let ledger = ledger(&world.server.app.db, slot).await;
    assert_eq!((ledger.taken, ledger.seqs.len()), (places.into(), bookings.len()));
}

#[tokio::test]
async fn two_servers_on_one_database_give_out_no_place_twice() {
    let world = World::new().await;
    if world.server.app.db.is_sqlite() {
        // A SQLite file has one server; the suite runs on PostgreSQL, too.
        return;
    }
    let second = second_server(&world).await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(3, 30).await;
    let asking: Vec<_> = crowd(&world, 200)
        .await
        .into_iter()
        .enumerate()
        .map(|(index, guest)| {
            let (slot, key) = (slot.clone(), fresh_key());
            let mut other = Guest { client: second.anonymous(), ..guest.clone() };
            other.client.cookie.clone_from(&guest.client.cookie);
            tokio::spawn(async move {
                let ask = async |guest: &Guest| {
                    guest.client.call_with_key::<Book>(&key, (), request(&slot, [&guest.person])).await
                };
                let (one, two) = tokio::join!(ask(&guest), ask(&other));
                let same = |booking: &Booking| (booking.id.clone(), booking.seq);
                assert_eq!(one.as_ref().map(same), two.as_ref().map(same), "on whichever server");
                if index % 2 == 0 { one } else { two }.expect("booked")
            })
        })
        .collect();
    let mut bookings = Vec::new();
    for asking in asking {
        bookings.push(asking.await.expect("runs"));
    }
    in_exact_order(&world, &slot, bookings, 30).await;
}

/// Another server on the same database and with the same keys.
pub async fn second_server(world: &World) -> World {
    let config = Config::clone(&world.server.app.config);
    let server = start(config, world.clock.clone()).await.expect("the second server starts");
    let base = format!("http://{}", server.address);
    World::of(server, world.clock.clone(), base, world.folder.join("second"))
}
