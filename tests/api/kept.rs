//! Places kept for the counter, what staff may do to a slot, and slots of another size.

use backend::booking::{
    settle_due,
    writer::{Ask, By, Deed},
};
use domain::{
    booking::BookingState,
    centre::api::GetOffering,
    id::{AccountId, BookingId},
    refusal::Refusal,
    time::HOUR,
};
use serde_json::json;

use crate::{
    acts::{by_desk, turned_down},
    hall::{Guest, Hall, crowd, ledger},
    world::World,
};

async fn hall(world: &World) -> Hall {
    Hall::new(&world.server.app, json!({ "unit": "person" })).await
}

fn at_counter(guest: &Guest, slot: &domain::id::SlotId) -> Deed {
    let people = vec![guest.person.clone()];
    Deed::Book { slot: slot.clone(), people, ready: None, share: false, counter: true, guests: 0 }
}

#[tokio::test]
async fn kept_places_are_the_counters_and_open_by_themselves_to_who_waits() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = hall(&world).await;
    let slot = hall.slot(30, 3).await;
    hall.keep(&slot, 2, world.now().plus(6 * HOUR)).await;
    let guests = crowd(&world, 4).await;
    let first = guests[0].book(&slot).await.expect("booked");
    let second = guests[1].book(&slot).await.expect("waits");
    assert_eq!((first.state, second.state), (BookingState::Confirmed, BookingState::Waitlisted));
    let desk = guests[2].at_desk(app, at_counter(&guests[2], &slot)).await.expect("booked");
    assert_eq!(desk.map(|booking| booking.state), Some(BookingState::Confirmed));
    assert_eq!(guests[2].was_told().await, ["booked_at_desk"]);
    let seats = async || {
        let page = world.anonymous().call::<GetOffering>(hall.offering.clone(), ()).await.expect("a page");
        let seats = page.slots.into_iter().find(|seats| seats.slot.id == slot).expect("the slot");
        (seats.taken, seats.counter, seats.free(world.now()), seats.kept_left(world.now()), seats.held)
    };
    assert_eq!(seats().await, (2, 1, 0, 1, 0));
    world.pass_hours(6);
    assert_eq!(guests[1].sees(&second).await.state, BookingState::Offered, "nobody had to do anything");
    assert!(guests[1].was_told().await.is_empty(), "before it is written down");
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    assert_eq!(seats().await, (3, 1, 0, 0, 1));
    settle_due(app).await.expect("written down");
    assert_eq!(guests[1].was_told().await, ["offered"]);
    assert_eq!(guests[3].book(&slot).await.expect("waits").position, Some(1));
    assert_eq!(ledger(&app.db, &slot).await.taken, 3);
}

#[tokio::test]
async fn what_is_taken_cannot_be_taken_away_by_a_number() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = hall(&world).await;
    let slot = hall.slot(9, 2).await;
    hall.keep(&slot, 0, world.now().plus(HOUR)).await;
    let guests = crowd(&world, 4).await;
    let mut bookings = Vec::new();
    for guest in &guests {
        bookings.push(guest.book(&slot).await.expect("booked"));
    }
    let resize = |capacity, kept| Deed::Resize { slot: slot.clone(), capacity, kept };
    let desk = AccountId::from("a-desk");
    let order = async |deed| app.bookings.order(by_desk(app, desk.clone(), deed)).await;
    assert_eq!(turned_down(order(resize(1, 0)).await), Refusal::CapacityTaken { taken: 2 });
    order(resize(3, 1)).await.expect("one more, and it is for the counter");
    assert_eq!(guests[2].sees(&bookings[2]).await.state, BookingState::Waitlisted);
    order(resize(5, 1)).await.expect("and two more");
    let states = [guests[2].sees(&bookings[2]).await.state, guests[3].sees(&bookings[3]).await.state];
    assert_eq!(states, [BookingState::Offered, BookingState::Offered]);
    let by_nobody = Ask { by: By::Household, ..by_desk(app, desk.clone(), resize(9, 0)) };
    assert_eq!(app.bookings.order(by_nobody).await, Err(backend::failure::Failure::NotFound));
}

#[tokio::test]
async fn the_centre_takes_a_place_back_with_a_reason_and_it_goes_on() {
    let world = World::new().await;
    let app = &world.server.app;
    let slot = hall(&world).await.slot(9, 1).await;
    let guests = crowd(&world, 2).await;
    let (first, second) =
        (guests[0].book(&slot).await.expect("in"), guests[1].book(&slot).await.expect("waits"));
    let withdraw = |booking: &BookingId| Deed::Withdraw { booking: booking.clone(), reason: "停电".into() };
    guests[0].at_desk(app, withdraw(&first.id)).await.expect("withdrawn");
    let seen = guests[0].sees(&first).await;
    assert_eq!(
        (seen.state, seen.reason.as_deref(), seen.undo_until),
        (BookingState::Withdrawn, Some("停电"), None)
    );
    assert_eq!(guests[0].was_told().await, ["withdrawn"]);
    assert_eq!(guests[1].takes(&second).await.expect("offered on").state, BookingState::Confirmed);
    assert_eq!(turned_down(guests[0].at_desk(app, withdraw(&first.id)).await), Refusal::CannotCancel);
    assert_eq!(crate::acts::refused(guests[0].restores(&first).await), Refusal::UndoOver);
    world.clock.advance(1);
    guests[1].at_desk(app, Deed::Cancel { booking: second.id.clone() }).await.expect("by telephone");
    assert_eq!(guests[1].was_told().await, ["cancelled_at_desk", "offered"]);
}
