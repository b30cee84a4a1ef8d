//! Groups: one has a name, the others come along. They are counted wherever places or people are.

use domain::{
    booking::{
        BookingState,
        api::{Book, BookRequest, CancelBooking, GetBooking, Instead, ListAlternatives},
    },
    id::{BookingId, SlotId},
    refusal::Refusal,
    session::api::GetMe,
    time::Day,
    work::{
        Caller, CentreDay, Party,
        api::{BookAtCounter, GetRoster, GetWorkDay},
    },
};
use serde_json::json;

use crate::{
    acts::refused,
    hall::{Guest, Hall, crowd, ledger, request},
    staff::DESK,
    world::World,
};

fn group(guest: &Guest, slot: &SlotId, guests: u32) -> BookRequest {
    BookRequest { guests, ..request(slot, [&guest.person]) }
}

#[tokio::test]
async fn a_group_takes_a_place_for_each_waits_whole_and_is_offered_whole() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = Hall::new(app, json!({ "unit": "person", "party_max": 2, "guests_max": 30 })).await;
    let slot = hall.slot(20, 15).await;
    let guests = crowd(&world, 3).await;
    let book = async |guest: &Guest, count| guest.client.call::<Book>((), group(guest, &slot, count)).await;
    assert_eq!(refused(book(&guests[0], 31).await), Refusal::PartyTooLarge { most: 15 });
    let first = book(&guests[0], 11).await.expect("twelve");
    assert_eq!((first.state, first.guests, first.heads()), (BookingState::Confirmed, 11, 12));
    assert_eq!(ledger(&app.db, &slot).await.taken, 12);
    let second = book(&guests[1], 4).await.expect("five wait");
    assert_eq!((second.state, second.guests), (BookingState::Waitlisted, 4));
    let third = book(&guests[2], 2).await.expect("three fit");
    assert_eq!(third.state, BookingState::Confirmed);
    let sees = async |guest: &Guest, id: &BookingId| {
        guest.client.call::<GetBooking>(id.clone(), ()).await.expect("their own")
    };
    guests[2].client.call::<CancelBooking>(third.id, ()).await.expect("given back");
    let waits = sees(&guests[1], &second.id).await;
    let passed = waits.passed.expect("three are too few");
    assert_eq!((waits.state, passed.needs, passed.free), (BookingState::Waitlisted, 5, 3));
    guests[0].client.call::<CancelBooking>(first.id, ()).await.expect("given back");
    let offered = sees(&guests[1], &second.id).await;
    assert_eq!((offered.state, offered.guests), (BookingState::Offered, 4));
    assert_eq!(ledger(&app.db, &slot).await.taken, 5);
}

#[tokio::test]
async fn where_a_group_has_it_to_itself_it_takes_one_place_and_elsewhere_everybody_has_a_name() {
    let world = World::new().await;
    let app = &world.server.app;
    let tour = Hall::new(app, json!({ "unit": "party", "party_max": 4, "guests_max": 40 })).await;
    let (slot, class) =
        (tour.slot(20, 1).await, Hall::new(app, json!({ "unit": "person" })).await.slot(20, 9).await);
    let guest = crowd(&world, 1).await.remove(0);
    let refusal = refused(guest.client.call::<Book>((), group(&guest, &slot, 41)).await);
    assert_eq!(refusal, Refusal::PartyTooLarge { most: 41 });
    let refusal = refused(guest.client.call::<Book>((), group(&guest, &class, 1)).await);
    assert_eq!(refusal, Refusal::PartyTooLarge { most: 4 }, "here everybody is named");
    let booked = guest.client.call::<Book>((), group(&guest, &slot, 40)).await.expect("a class");
    assert_eq!((booked.state, booked.heads()), (BookingState::Confirmed, 41));
    assert_eq!(ledger(&app.db, &slot).await.taken, 1);
}

#[tokio::test]
async fn the_desk_sees_how_many_come_and_books_a_group_that_calls_without_making_up_names() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = Hall::new(app, json!({ "unit": "person", "party_max": 2, "guests_max": 30 })).await;
    let slot = hall.slot(3, 40).await;
    let school = Guest::of(world.resident("13800000001").await).await;
    school.client.call::<Book>((), group(&school, &slot, 9)).await.expect("ten");
    let desk = world.staff(DESK).await;
    let caller = |guests| Caller {
        phone: Some("13800000002".into()),
        name: "王老师".into(),
        born: None,
        along: Vec::new(),
        guests,
        note: "电话预约".into(),
    };
    let teacher = world.resident("13800000002").await;
    let answer = desk.call::<BookAtCounter>(slot.clone(), caller(31)).await;
    assert_eq!(refused(answer), Refusal::PartyTooLarge { most: 31 });
    let party = desk.call::<BookAtCounter>(slot.clone(), caller(24)).await.expect("a class");
    assert_eq!((party.people.len(), party.guests, party.heads(), party.size), (1, 24, 25, 25));
    assert_eq!(teacher.call::<GetMe>((), ()).await.expect("me").people.len(), 1, "nobody is made up");
    let roster = desk.call::<GetRoster>(slot.clone(), ()).await.expect("a list");
    let heads: Vec<u32> = roster.parties.iter().map(Party::heads).collect();
    assert_eq!((heads, roster.guests_max), (vec![10, 25], Some(30)));
    let day = CentreDay::new("xinsheng".into(), Day::from_ymd_opt(2026, 6, 24).expect("a day"));
    let day = desk.call::<GetWorkDay>(day, ()).await.expect("a day");
    let places = day.slots.iter().find(|desk| desk.slot == slot).expect("on the list").places;
    assert_eq!((places.expected, places.people, places.online, places.counter), (2, 35, 10, 25));
}

#[tokio::test]
async fn who_waits_as_a_group_is_shown_only_what_holds_all_of_them() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall =
        |guests: u32| Hall::new(app, json!({ "unit": "person", "party_max": 2, "guests_max": guests }));
    let (full, wide, narrow) = (
        hall(20).await.slot(20, 1).await,
        hall(20).await.slot(21, 20).await,
        hall(4).await.slot(21, 20).await,
    );
    let found = async |people| {
        let instead = Instead::of(full.clone(), people);
        let found = world.anonymous().call::<ListAlternatives>(instead, ()).await.expect("others");
        let has = |slot: &SlotId| found.iter().any(|one| one.slot == *slot);
        (has(&wide), has(&narrow))
    };
    assert_eq!(found(5).await, (true, true));
    assert_eq!(found(6).await, (true, false), "at most five come together there");
}
