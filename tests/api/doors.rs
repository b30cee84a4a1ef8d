//! Who comes, who does not, and who may: checking in, the grace time, papers, consent, neighbours
//! first.

use backend::{args, booking::door_code, booking::writer::Deed};
use domain::{
    booking::{
        Booking, BookingState, UNDO,
        api::{Arrive, ArriveRequest, Book, BookRequest, CancelBooking},
    },
    failure::Problem,
    refusal::Refusal,
    time::{CHINA, DAY, HOUR, MINUTE},
    work::api::GetRoster,
};
use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    acts::{refused, turned_down},
    hall::{Guest, Hall, crowd, ledger, request},
    staff::DESK,
    world::{World, fresh_key},
};

/// The digits that hang at the door of the hall this week.
fn door(world: &World, hall: &Hall) -> String {
    door_code(&world.server.app.vault, &hall.offering, world.now().day(CHINA))
}

async fn arrives(guest: &Guest, booking: &Booking, door: &str) -> Result<Booking, Problem> {
    let input = ArriveRequest { door: door.into() };
    guest.client.call::<Arrive>(booking.id.clone(), input).await
}

#[tokio::test]
async fn who_stands_at_the_door_checks_in() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = Hall::new(app, json!({ "unit": "person", "grace_minutes": 10 })).await;
    let slot = hall.slot(1, 1).await;
    let guests = crowd(&world, 2).await;
    let booking = guests[0].book(&slot).await.expect("booked");
    assert_eq!(booking.released, Some(booking.starts().plus(10 * MINUTE)));
    let door = door(&world, &hall);
    let wrong = if door == "1234" { "4321" } else { "1234" };
    assert_eq!(refused(arrives(&guests[0], &booking, wrong).await), Refusal::DoorWrong { left: 4 });
    let from = booking.starts().plus(-30 * MINUTE);
    world.clock.advance(30 * MINUTE - 1);
    assert_eq!(refused(arrives(&guests[0], &booking, &door).await), Refusal::TooEarlyToArrive { from });
    world.clock.advance(1);
    assert_eq!(arrives(&guests[1], &booking, &door).await, Err(Problem::NotFound), "not theirs");
    let there = arrives(&guests[0], &booking, &format!(" {door} ")).await.expect("there");
    assert_eq!((there.state, there.released), (BookingState::Attended, None));
    assert_eq!(arrives(&guests[0], &booking, &door).await.expect("still").state, BookingState::Attended);
    let cancel = guests[0].cancels(&booking).await;
    assert_eq!(refused(cancel), Refusal::CannotCancel, "they are there");
    world.clock.advance(HOUR);
    assert_eq!(guests[0].sees(&booking).await.state, BookingState::Attended);
    assert_eq!(refused(guests[1].book(&slot).await), Refusal::NoneLeft);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_digits_typed_at_once_five_are_looked_at_and_others_are_not_kept_out() {
    let world = World::new().await;
    let app = &world.server.app;
    let second = if app.db.is_sqlite() { None } else { Some(world.another_server().await) };
    let hall = Hall::new(app, json!({ "unit": "person", "grace_minutes": 10 })).await;
    let slot = hall.slot(1, 2).await;
    let guests = crowd(&world, 2).await;
    let booking = guests[0].book(&slot).await.expect("booked");
    let neighbours = guests[1].book(&slot).await.expect("booked");
    world.clock.advance(40 * MINUTE);
    let door = door(&world, &hall);
    let mut guesses = JoinSet::new();
    for number in 0..300 {
        let typed = format!("{number:04}");
        let mut guest = guests[0].clone();
        if let (1, Some(second)) = (number % 2, &second) {
            guest.client = guest.client.with_door(&format!("http://{}", second.address));
        }
        let (booking, wrong) = (booking.clone(), typed != door);
        if wrong {
            guesses.spawn(async move { arrives(&guest, &booking, &typed).await });
        }
    }
    let told = guesses.join_all().await;
    let mut left: Vec<u32> = Vec::new();
    for answer in told {
        match answer {
            // As much as an account may send at once was sent: these were not even looked at.
            Err(Problem::Busy { .. }) => {}
            answer => match refused(answer) {
                Refusal::DoorWrong { left: more } => left.push(more),
                Refusal::DoorShut { seconds: 900 } => {}
                other => panic!("{other:?}"),
            },
        }
    }
    left.sort_unstable();
    assert_eq!(left, [0, 1, 2, 3, 4]);
    world.clock.advance(MINUTE);
    assert_eq!(refused(arrives(&guests[0], &booking, &door).await), Refusal::DoorShut { seconds: 840 });
    arrives(&guests[1], &neighbours, &door).await.expect("a neighbour's tries are their own");
    world.clock.advance(15 * MINUTE);
    assert_eq!(arrives(&guests[0], &booking, &door).await.expect("there").state, BookingState::Attended);
}

#[tokio::test]
async fn the_place_of_who_does_not_come_goes_to_whoever_is_there() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = Hall::new(app, json!({ "unit": "person", "grace_minutes": 10 })).await;
    let slot = hall.slot(1, 1).await;
    let guests = crowd(&world, 3).await;
    let booking = guests[0].book(&slot).await.expect("booked");
    world.clock.advance(HOUR);
    assert_eq!(refused(guests[1].book(&slot).await), Refusal::SlotPast, "they may be on their way");
    world.clock.advance(10 * MINUTE - 1);
    assert_eq!(refused(guests[1].book(&slot).await), Refusal::SlotPast);
    world.clock.advance(1);
    let walk_in = guests[1].book(&slot).await.expect("first come");
    assert_eq!((walk_in.state, walk_in.released), (BookingState::Confirmed, None));
    assert_eq!(guests[0].sees(&booking).await.state, BookingState::Missed);
    assert_eq!(guests[0].was_told().await, ["missed"]);
    assert_eq!(refused(guests[2].book(&slot).await), Refusal::NoneLeft, "nobody waits any more");
    let door = door(&world, &hall);
    assert_eq!(refused(arrives(&guests[0], &booking, &door).await), Refusal::NoneLeft);
    world.clock.advance(40 * MINUTE);
    assert_eq!(guests[1].sees(&walk_in).await.state, BookingState::Confirmed);
    let ledger = ledger(&app.db, &slot).await;
    assert_eq!((ledger.taken, ledger.seqs.len()), (1, 2));
}

#[tokio::test]
async fn who_is_late_may_still_come_in_while_the_place_is_free() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = Hall::new(app, json!({ "unit": "person", "grace_minutes": 10 })).await;
    let slot = hall.slot(1, 2).await;
    let guest = crowd(&world, 1).await.remove(0);
    let booking = guest.book(&slot).await.expect("booked");
    world.clock.advance(HOUR + 15 * MINUTE);
    assert_eq!(guest.sees(&booking).await.state, BookingState::Missed);
    let deed = Deed::CheckIn { booking: booking.id.clone() };
    let there = guest.at_desk(app, deed.clone()).await.expect("let in");
    assert_eq!(there.map(|booking| booking.state), Some(BookingState::Attended));
    world.clock.advance(45 * MINUTE);
    assert_eq!(turned_down(guest.at_desk(app, deed).await), Refusal::CannotArrive, "it is over");
}

#[tokio::test]
async fn neighbours_go_first_to_the_minute() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = Hall::new(app, json!({ "unit": "person", "residents_first_minutes": 30 })).await;
    let slot = hall.slot(9, 5).await;
    let guests = crowd(&world, 2).await;
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "UPDATE person SET resident_of = 'xinsheng' WHERE id = $1";
    tx.run(sql, args![&guests[0].person]).await.expect("a neighbour");
    tx.commit().await.expect("commits");
    let from = world.now().plus(30 * MINUTE);
    guests[0].book(&slot).await.expect("a neighbour");
    assert_eq!(refused(guests[1].book(&slot).await), Refusal::ResidentsFirst { from });
    world.clock.advance(30 * MINUTE - 1);
    assert_eq!(refused(guests[1].book(&slot).await), Refusal::ResidentsFirst { from });
    world.clock.advance(1);
    guests[1].book(&slot).await.expect("everybody");
}

#[tokio::test]
async fn papers_and_consent_are_asked_for_where_they_are_needed() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall =
        Hall::new(app, json!({ "unit": "person", "needs_verified": true, "needs_consent": true })).await;
    let slot = hall.slot(9, 5).await;
    let guest = Guest::of(world.resident("13800000001").await).await;
    let person = guest.person.clone();
    assert_eq!(refused(guest.book(&slot).await), Refusal::NotVerified { person });
    let mut tx = app.db.begin().await.expect("begins");
    tx.run("UPDATE person SET verified = 1 WHERE id = $1", args![&guest.person]).await.expect("seen");
    tx.commit().await.expect("commits");
    guest.book(&slot).await.expect("grown-ups need no consent");
    let born = domain::time::Day::from_ymd_opt(2018, 3, 1);
    let draft = domain::household::PersonDraft {
        relation: domain::household::Relation::Child,
        name: "朵朵".into(),
        born,
    };
    let me = guest.client.call::<domain::household::api::AddPerson>((), draft).await.expect("added");
    let child = me.people.last().expect("a child").id.clone();
    let book = async || guest.client.call::<Book>((), request(&slot, [&child])).await;
    assert_eq!(refused(book().await), Refusal::NoConsent { person: child.clone() });
    let forged = BookRequest { ticket: Some("t.r1.00".into()), ..request(&slot, [&child]) };
    assert_eq!(refused(guest.client.call::<Book>((), forged).await), Refusal::TicketVoid);
}

#[tokio::test]
async fn a_key_is_for_one_deed_whatever_the_deed() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = Hall::new(app, json!({ "unit": "person" })).await;
    let slot = hall.slot(1, 1).await;
    let guests = crowd(&world, 2).await;
    let booking = guests[0].book(&slot).await.expect("booked");
    let waits = guests[1].book(&slot).await.expect("waits");
    let key = fresh_key();
    let cancel = async |booking: &Booking| {
        guests[0].client.call_with_key::<CancelBooking>(&key, booking.id.clone(), ()).await
    };
    let gone = cancel(&booking).await.expect("given back");
    world.clock.advance(UNDO / 2);
    let same = |booking: &Booking| (booking.id.clone(), booking.state);
    assert_eq!(cancel(&booking).await.as_ref().map(same), Ok(same(&gone)));
    let input = ArriveRequest { door: door(&world, &hall) };
    let other = guests[0].client.call_with_key::<Arrive>(&key, booking.id.clone(), input).await;
    assert_eq!(refused(other), Refusal::KeyReused);
    let key = fresh_key();
    let client = &guests[1].client;
    let take = || client.call_with_key::<domain::booking::api::TakeOffer>(&key, waits.id.clone(), ());
    let taken = take().await.expect("taken");
    assert_eq!(take().await, Ok(taken), "however often");
    let stop = domain::booking::api::StopRequest { after: None };
    let stop = client.call_with_key::<domain::booking::api::StopWaiting>(&key, waits.id.clone(), stop).await;
    assert_eq!(refused(stop), Refusal::KeyReused);
    let decline =
        client.call_with_key::<domain::booking::api::DeclineOffer>(&key, waits.id.clone(), ()).await;
    assert_eq!(refused(decline), Refusal::KeyReused);
    let restore =
        client.call_with_key::<domain::booking::api::RestoreBooking>(&key, waits.id.clone(), ()).await;
    assert_eq!(refused(restore), Refusal::KeyReused);
}

#[tokio::test]
async fn the_digits_at_the_door_are_others_from_monday_on_and_the_desk_knows_both() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let slot = hall.slot(7 * 24, 2).await;
    let guest = crowd(&world, 1).await.remove(0);
    let booking = guest.book(&slot).await.expect("booked");
    let desk = world.staff(DESK).await;
    let list = desk.call::<GetRoster>(slot, ()).await.expect("a list");
    assert_eq!(list.door, door(&world, &hall));
    assert!(list.phone.starts_with("0514-"), "for the slip: {}", list.phone);
    world.clock.advance(7 * DAY);
    assert_eq!(list.door_next, door(&world, &hall));
    if list.door != list.door_next {
        let old = arrives(&guest, &booking, &list.door).await;
        assert_eq!(refused(old), Refusal::DoorWrong { left: 4 });
    }
    arrives(&guest, &booking, &list.door_next).await.expect("there");
}
