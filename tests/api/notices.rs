//! What households are told, and what else there is for who waits.

use backend::booking::settle_due;
use domain::{
    booking::{
        BookingState,
        api::{Instead, ListAlternatives},
        near,
    },
    failure::Problem,
    id::SlotId,
    notice::{
        News,
        api::{SeeNotices, SeenRequest},
    },
    offering::Kind,
    time::HOUR,
};
use serde_json::json;

use crate::{
    hall::{Hall, crowd},
    world::World,
};

#[tokio::test]
async fn an_offer_and_its_lapse_are_told_once_and_stay_until_they_are_read() {
    let world = World::new().await;
    let app = &world.server.app;
    let slot = Hall::new(app, json!({ "unit": "person" })).await.slot(9, 1).await;
    let guests = crowd(&world, 3).await;
    let mut bookings = Vec::new();
    for guest in &guests {
        bookings.push(guest.book(&slot).await.expect("booked"));
    }
    assert_eq!(settle_due(app).await.expect("looked"), 0);
    guests[0].cancels(&bookings[0]).await.expect("given back");
    let offered = guests[1].notices().await.remove(0);
    let until = world.now().plus(2 * HOUR);
    assert_eq!(offered.about.news, News::Offered { until });
    assert_eq!((offered.booking.as_ref(), offered.made), (Some(&bookings[1].id), world.now()));
    assert_eq!((offered.about.starts, offered.seen), (Some(bookings[1].starts()), None));
    world.pass_hours(3);
    assert_eq!(settle_due(app).await.expect("written down"), 1);
    assert_eq!(settle_due(app).await.expect("looked"), 0, "once");
    let told = guests[1].notices().await;
    assert_eq!((told.len(), &told[0].about.news, told[0].made), (2, &News::Lapsed, until));
    assert_eq!(guests[2].was_told().await, ["offered"]);
    assert!(guests[0].was_told().await.is_empty(), "what one does oneself needs no telling");
    let seen = SeenRequest { up_to: offered.made };
    guests[1].client.call::<SeeNotices>((), seen).await.expect("noted");
    let read: Vec<bool> = guests[1].notices().await.iter().map(|notice| notice.seen.is_some()).collect();
    assert_eq!(read, [false, true]);
    assert!(guests[2].notices().await[0].seen.is_none());
}

#[tokio::test]
async fn who_waits_is_shown_what_else_there_is() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let slot = hall.slot(9, 1).await;
    let guests = crowd(&world, 2).await;
    guests[0].book(&slot).await.expect("booked");
    assert_eq!(guests[1].book(&slot).await.expect("waits").state, BookingState::Waitlisted);
    let (near, far) = (hall.slot(12, 3).await, hall.slot(20, 3).await);
    let client = world.anonymous();
    let found = client.call::<ListAlternatives>(Instead::of(slot.clone(), 1), ()).await;
    let found = near::fitting(found.expect("alternatives"), &[]);
    assert!((1..=3).contains(&found.len()), "{found:?}");
    assert!(found.iter().all(|one| one.free > 0 && one.slot != slot && one.starts > world.now()));
    assert!(found.is_sorted_by_key(|one| one.metres));
    let own: Vec<&SlotId> =
        found.iter().filter(|one| one.offering == hall.offering).map(|one| &one.slot).collect();
    assert_eq!(own, [&near], "the nearest time, not {far}");
    let kind = Kind::from_slug("club").expect("what halls are");
    for one in &found {
        let page = client.call::<domain::centre::api::GetOffering>(one.offering.clone(), ()).await;
        assert_eq!(page.expect("a page").offering.card.kind, kind);
    }
    let nowhere = client.call::<ListAlternatives>(Instead::of("nope".into(), 1), ()).await;
    assert_eq!(nowhere, Err(Problem::NotFound));
}
