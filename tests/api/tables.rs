//! Tables that neighbours share.

use backend::booking::settle_due;
use domain::{
    booking::{
        Booking, BookingState, Table,
        api::{Book, BookRequest},
    },
    centre::api::GetOffering,
    id::SlotId,
    notice::{News, api::ListNotices},
    time::HOUR,
};
use serde_json::json;

use crate::{
    hall::{Guest, Hall, crowd, ledger},
    offers::{family, people_of},
    world::World,
};

async fn hall(world: &World) -> Hall {
    Hall::new(&world.server.app, json!({ "unit": "party", "party_max": 4, "table_seats": 4 })).await
}

async fn shares(guest: &Guest, slot: &SlotId) -> Booking {
    let people = people_of(guest).await;
    let request = BookRequest { share: true, ..BookRequest::new(slot.clone(), people) };
    guest.client.call::<Book>((), request).await.expect("booked")
}

fn table(neighbours: u32) -> Table {
    Table { seats: 4, neighbours }
}

#[tokio::test]
async fn who_shares_sits_with_neighbours_and_takes_no_table() {
    let world = World::new().await;
    let hall = hall(&world).await;
    let slot = hall.slot(9, 2).await;
    let (two, one, three) = (family(&world, 2).await, family(&world, 1).await, family(&world, 3).await);
    let first = shares(&two, &slot).await;
    assert_eq!((first.state, first.table), (BookingState::Confirmed, Some(table(0))));
    let second = shares(&one, &slot).await;
    assert_eq!((second.state, second.table), (BookingState::Confirmed, Some(table(2))));
    assert_eq!(two.sees(&first).await.table, Some(table(1)));
    let third = shares(&three, &slot).await;
    assert_eq!(third.table, Some(table(0)), "three do not fit beside three");
    let alone = crowd(&world, 1).await.remove(0);
    let fourth = alone.book(&slot).await.expect("waits");
    assert_eq!(
        (fourth.state, fourth.table),
        (BookingState::Waitlisted, None),
        "a table of their own is none"
    );
    assert_eq!(shares(&family(&world, 1).await, &slot).await.state, BookingState::Confirmed);
    assert_eq!(ledger(&world.server.app.db, &slot).await.taken, 2);
    let page = world.anonymous().call::<GetOffering>(hall.offering.clone(), ()).await.expect("a page");
    let seats = page.slots.iter().find(|seats| seats.slot.id == slot).expect("the slot");
    assert_eq!((seats.taken, &*seats.tables), (2, &[1][..]), "one seat beside the three");
}

#[tokio::test]
async fn a_table_goes_on_without_who_opened_it() {
    let world = World::new().await;
    let slot = hall(&world).await.slot(9, 1).await;
    let guests = [family(&world, 1).await, family(&world, 1).await, family(&world, 1).await];
    let mut bookings = Vec::new();
    for guest in &guests {
        bookings.push(shares(guest, &slot).await);
    }
    let waiting = crowd(&world, 1).await.remove(0);
    let waits = waiting.book(&slot).await.expect("waits");
    guests[0].cancels(&bookings[0]).await.expect("given back");
    assert_eq!(guests[1].was_told().await, ["table_yours"]);
    assert_eq!(guests[2].sees(&bookings[2]).await.table, Some(table(1)));
    assert_eq!(waiting.sees(&waits).await.position, Some(1));
    let back = guests[0].restores(&bookings[0]).await.expect("taken back");
    assert_eq!((back.state, back.table), (BookingState::Confirmed, Some(table(2))), "as a guest now");
    for n in [1, 0, 2] {
        assert_eq!(waiting.sees(&waits).await.state, BookingState::Waitlisted);
        guests[n].cancels(&bookings[n]).await.expect("given back");
    }
    assert_eq!(waiting.sees(&waits).await.state, BookingState::Offered, "an empty table is free");
    assert_eq!(ledger(&world.server.app.db, &slot).await.taken, 1);
}

#[tokio::test]
async fn where_no_tables_are_shared_wishing_so_changes_nothing() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "party" })).await.slot(9, 1).await;
    let (one, two) = (family(&world, 1).await, family(&world, 1).await);
    assert_eq!(shares(&one, &slot).await.table, None);
    assert_eq!(shares(&two, &slot).await.state, BookingState::Waitlisted);
}

#[tokio::test]
async fn who_waited_in_vain_may_take_what_is_released_like_anybody() {
    let world = World::new().await;
    let app = &world.server.app;
    let rules = json!({ "unit": "party", "party_max": 4, "table_seats": 4, "grace_minutes": 10 });
    let hall = Hall::new(app, rules).await;
    let slot = hall.slot(1, 2).await;
    hall.keep(&slot, 1, world.now().plus(HOUR / 2)).await;
    let (four, alone, late) = (family(&world, 4).await, family(&world, 1).await, family(&world, 1).await);
    shares(&four, &slot).await;
    let second = alone.book(&slot).await.expect("waits for what is kept");
    let third = shares(&late, &slot).await;
    assert_eq!((second.position, third.position), (Some(1), Some(2)));
    world.clock.advance(HOUR / 2);
    alone.takes(&second).await.expect("it has opened");
    world.clock.advance(HOUR / 2 + HOUR / 6);
    settle_due(app).await.expect("nobody has come");
    assert_eq!(ledger(&app.db, &slot).await.taken, 0);
    let third = late.sees(&third).await;
    assert_eq!((third.state, third.not_reached), (BookingState::Lapsed, true), "nobody is called any more");
    let told = late.client.call::<ListNotices>((), ()).await.expect("told");
    assert_eq!(told.iter().filter(|one| one.about.news == News::Unreached).count(), 1);
    let there = late.book(&slot).await.expect("comes first");
    assert_eq!(there.state, BookingState::Confirmed);
}
