//! The record of what the staff did: whole however many write at once, and before anything is shown.

use backend::audit;
use domain::{
    audit::Act,
    failure::Problem,
    id::PersonId,
    work::{
        Purpose,
        api::{GetRoster, LookAtRecord},
    },
};
use serde_json::json;

use crate::{
    hall::{Guest, Hall, crowd},
    staff::DESK,
    world::World,
};

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
        let seen = audit::of_person(&app.db, &guest.person).await.expect("reads");
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
