//! The record of what the staff did: whole however many write at once, and before anything is shown.

use backend::{
    args,
    audit::{self, Entry},
    db::Row,
    vault::Place,
};
use domain::{
    audit::Act,
    booking::api::{Book, CancelBooking},
    failure::Problem,
    household::api::ListLooks,
    id::{AccountId, PersonId},
    time::{CHINA, MINUTE},
    work::{
        Because, CentreDay, Purpose,
        api::{CheckIn, CloseDay, GetRoster, LookAtRecord, WithdrawPlace},
    },
};
use serde_json::json;

use crate::{
    desk::child_of,
    hall::{Guest, Hall, crowd, request},
    staff::{ADMIN, DESK},
    world::{World, fresh_key},
};

/// What the lines of an act were for, in order: as they are sealed.
pub async fn purposes(world: &World, act: Act) -> Vec<String> {
    let app = &world.server.app;
    let sql = "SELECT id, purpose_box FROM audit WHERE act = $1 ORDER BY seq";
    let rows = app.db.rows(sql, args![act.name()]).await.expect("reads");
    let opened = |row: &Row| {
        let id = row.text("id").expect("an id");
        let place = Place { table: "audit", row: &id, column: "purpose_box" };
        let plain = app.vault.open(place, &row.text("purpose_box").expect("a box")).expect("opens");
        String::from_utf8(plain).expect("a text")
    };
    rows.iter().map(opened).collect()
}

/// What the lines of an act are about, in order: the booking, or the slot.
async fn about(world: &World, act: Act) -> Vec<String> {
    let sql = "SELECT COALESCE(booking_id, subject) AS what FROM audit WHERE act = $1 ORDER BY seq";
    let rows = world.server.app.db.rows(sql, args![act.name()]).await.expect("reads");
    rows.iter().map(|row| row.text("what").expect("a text")).collect()
}

#[tokio::test]
async fn lines_that_are_written_at_once_make_one_chain() {
    let world = World::new().await;
    let app = &world.server.app;
    let slot = Hall::new(app, json!({ "unit": "person" })).await.slot(3, 20).await;
    let guests = crowd(&world, 12).await;
    for guest in &guests {
        guest.book(&slot).await.expect("booked");
    }
    let desk = world.staff(DESK).await;
    let looking: Vec<_> = guests
        .iter()
        .flat_map(|guest| [guest.person.clone(), guest.person.clone()])
        .map(|person: PersonId| {
            let desk = desk.clone();
            tokio::spawn(async move {
                desk.call::<LookAtRecord>(person, Purpose { purpose: "联系家长".into() }).await
            })
        })
        .collect();
    for look in looking {
        look.await.expect("runs").expect("opened");
    }
    assert_eq!(audit::verify(&app.db, &app.vault).await, Ok(Ok(24)));
    for guest in &guests {
        let seen = audit::of_person(&app.db, &app.vault, &guest.person).await.expect("reads");
        assert_eq!(seen.iter().map(|look| look.act).collect::<Vec<_>>(), [Act::Look; 2]);
    }
}

#[tokio::test]
async fn who_is_turned_away_leaves_no_line_and_sees_nothing() {
    let world = World::new().await;
    let app = &world.server.app;
    let slot = Hall::new(app, json!({ "unit": "person" })).await.slot(3, 20).await;
    let guest: Guest = crowd(&world, 1).await.remove(0);
    guest.book(&slot).await.expect("booked");
    let elsewhere = world.staff("13900000004").await;
    let purpose = Purpose { purpose: "联系家长".into() };
    let look = elsewhere.call::<LookAtRecord>(guest.person.clone(), purpose.clone()).await;
    assert_eq!(look, Err(Problem::NotFound));
    assert_eq!(elsewhere.call::<GetRoster>(slot, ()).await, Err(Problem::NotFound));
    // Long after the slot the desk has nothing to do with them any more either.
    world.pass_hours(24 * 31);
    let desk = world.staff(DESK).await;
    assert_eq!(desk.call::<LookAtRecord>(guest.person, purpose).await, Err(Problem::NotFound));
    assert_eq!(audit::verify(&app.db, &app.vault).await, Ok(Ok(0)));
}

#[tokio::test]
async fn no_deed_goes_unrecorded_under_the_key_of_another() {
    let world = World::new().await;
    let app = &world.server.app;
    let slot = Hall::new(app, json!({ "unit": "person" })).await.slot(3, 20).await;
    let guests = crowd(&world, 2).await;
    let one = guests[0].book(&slot).await.expect("booked").id;
    let two = guests[1].book(&slot).await.expect("booked").id;
    world.pass_hours(3);
    let desk = world.staff(DESK).await;
    let (key, because) = (fresh_key(), || Because { reason: "水管坏了，要修".into() });
    for _ in 0..2 {
        desk.call_with_key::<CheckIn>(&key, one.clone(), ()).await.expect("here");
    }
    assert_eq!(about(&world, Act::CheckIn).await, [&*one.0], "once, however often it is sent");
    // The other household has no such key; the clerk's own has been seen before.
    for _ in 0..2 {
        desk.call_with_key::<WithdrawPlace>(&key, two.clone(), because()).await.expect("taken back");
    }
    assert_eq!(about(&world, Act::Withdraw).await, [&*two.0]);
    desk.call_with_key::<CheckIn>(&key, two.clone(), ()).await.expect_err("it was taken back");
    assert_eq!(about(&world, Act::CheckIn).await, [&*one.0, &*two.0]);
    assert!(audit::verify(&app.db, &app.vault).await.expect("reads").is_ok());
}

#[tokio::test]
async fn every_slot_of_a_day_that_is_closed_has_its_line() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = Hall::new(app, json!({ "unit": "person" })).await;
    let slots = [hall.slot(5, 2).await, hall.slot(6, 2).await, hall.slot(7, 2).await];
    let desk = world.staff(DESK).await;
    let (key, there) = (fresh_key(), CentreDay::new("xinsheng".into(), world.now().day(CHINA)));
    let close = async || {
        let because = Because { reason: "全天停水停电".into() };
        desk.call_with_key::<CloseDay>(&key, there.clone(), because).await.expect("closed");
        about(&world, Act::Close).await
    };
    let lines = close().await;
    for slot in &slots {
        assert_eq!(lines.iter().filter(|line| **line == slot.0).count(), 1, "{slot}");
    }
    assert_eq!(close().await, lines, "a retry adds nothing");
    assert!(audit::verify(&app.db, &app.vault).await.expect("reads").is_ok());
}

#[tokio::test]
async fn a_look_is_not_washed_away_by_lists() {
    let world = World::new().await;
    let app = &world.server.app;
    let slot = Hall::new(app, json!({ "unit": "person" })).await.slot(3, 20).await;
    let guest = Guest::of(world.resident("13800000001").await).await;
    let child = child_of(&guest.client).await;
    guest.client.call::<Book>((), request(&slot, [&child])).await.expect("booked");
    let desk = world.staff(DESK).await;
    let purpose = Purpose { purpose: "联系家长".into() };
    desk.call::<LookAtRecord>(child.clone(), purpose).await.expect("opened");
    let acts = async || -> Vec<Act> {
        let lines = guest.client.call::<ListLooks>(child.clone(), ()).await.expect("looks");
        lines.iter().map(|line| line.act).collect()
    };
    for _ in 0..30 {
        desk.call::<GetRoster>(slot.clone(), ()).await.expect("a list");
    }
    assert_eq!(acts().await, [Act::Roster, Act::Look], "who looks again sees nothing new");
    world.clock.advance(11 * MINUTE);
    desk.call::<GetRoster>(slot.clone(), ()).await.expect("a list");
    world.staff(ADMIN).await.call::<GetRoster>(slot.clone(), ()).await.expect("somebody else");
    assert_eq!(acts().await, [Act::Roster, Act::Roster, Act::Roster, Act::Look]);

    // However long the list of lists grows.
    let by = AccountId::from("a-clerk");
    let entry = Entry { person: Some(&child), ..Entry::new(Some(&by), Act::Roster, world.now()) };
    let entries = core::iter::repeat_n(entry, 250).collect::<Vec<_>>();
    let mut tx = app.db.begin().await.expect("begins");
    audit::record(&mut tx, &app.vault, &entries, None).await.expect("recorded");
    tx.commit().await.expect("commits");
    let acts = acts().await;
    assert_eq!((acts.len(), acts.last()), (201, Some(&Act::Look)));
}

#[tokio::test]
async fn who_gave_the_place_back_is_no_business_of_the_desk_any_more() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(3, 20).await;
    let guest = Guest::of(world.resident("13800000001").await).await;
    let child = child_of(&guest.client).await;
    let booking = guest.client.call::<Book>((), request(&slot, [&child])).await.expect("booked").id;
    let desk = world.staff(DESK).await;
    let look = async || {
        let purpose = Purpose { purpose: "联系家长".into() };
        desk.call::<LookAtRecord>(child.clone(), purpose).await.map(drop)
    };
    assert_eq!(look().await, Ok(()));
    guest.client.call::<CancelBooking>(booking, ()).await.expect("given back");
    assert_eq!(look().await, Err(Problem::NotFound));
}
