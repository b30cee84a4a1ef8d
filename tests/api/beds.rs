//! Beds of senior apartments: a queue that is honest, for what has no time.

use domain::{
    booking::{
        BookingState,
        api::{CancelBooking, GetBooking, TakeOffer},
    },
    household::{PersonDraft, Relation, api::ChangePerson},
    id::{BookingId, SlotId},
    notice::api::ListNotices,
    refusal::Refusal,
    time::{DAY, Day},
    work::{
        Because, CentreDay, NewPlaces,
        api::{CloseDay, GetRoster, GetWorkDay, ResizeSlot},
    },
};

use crate::{
    acts::refused,
    hall::Guest,
    world::{Client, World},
};

/// Beds without care at 文昌花园: two of sixty are free.
const BEDS: &str = "wenchang-beds.stay-1";
/// Those with care: none is.
const CARE: &str = "wenchang-beds.stay-2";
/// The desk of 文昌花园.
const WENCHANG: &str = "13900000004";

/// Somebody of that age today.
async fn aged(world: &World, phone: &str, born: (i32, u32, u32)) -> Guest {
    let guest = Guest::of(world.resident(phone).await).await;
    let born = Day::from_ymd_opt(born.0, born.1, born.2);
    let draft = PersonDraft { relation: Relation::Myself, name: "秦明".into(), born };
    guest.client.call::<ChangePerson>(guest.person.clone(), draft).await.expect("a birthday");
    guest
}

fn today() -> CentreDay {
    CentreDay::new("wenchang".into(), Day::from_ymd_opt(2026, 6, 24).expect("a day"))
}

async fn of_beds(desk: &Client, slot: &str) -> (u32, u32) {
    let day = desk.call::<GetWorkDay>(today(), ()).await.expect("a day");
    let places = day.slots.iter().find(|one| one.slot.as_str() == slot).expect("below the day").places;
    (places.free(), places.waiting)
}

#[tokio::test]
async fn who_is_old_enough_today_has_a_bed_or_waits_and_goes_out_all_the_same() {
    let world = World::new().await;
    let (beds, care) = (SlotId::from(BEDS), SlotId::from(CARE));
    let young = aged(&world, "13800000001", (1966, 6, 25)).await;
    let refusal = Refusal::TooYoung { person: young.person.clone(), from_months: 720 };
    assert_eq!(refused(young.book(&beds).await), refusal, "sixty tomorrow");
    let guest = aged(&world, "13800000002", (1966, 6, 24)).await;
    let bed = guest.book(&beds).await.expect("a bed");
    assert_eq!((bed.state, bed.released), (BookingState::Confirmed, None));
    let waits = guest.book(&care).await.expect("and the queue for another");
    assert_eq!((waits.state, waits.position), (BookingState::Waitlisted, Some(1)));
    assert!(matches!(refused(guest.book(&care).await), Refusal::AlreadyIn { .. }));
    guest.book(&SlotId::from("xinsheng-pingpong.20260625T1500")).await.expect("a table as ever");
}

#[tokio::test]
async fn a_bed_that_comes_free_is_held_for_days_for_whoever_waits_longest() {
    let world = World::new().await;
    let care = SlotId::from(CARE);
    let first = aged(&world, "13800000001", (1940, 1, 1)).await;
    let second = aged(&world, "13800000002", (1941, 1, 1)).await;
    let (mine, theirs) =
        (first.book(&care).await.expect("waits"), second.book(&care).await.expect("waits, too"));
    let desk = world.staff(WENCHANG).await;
    assert_eq!(of_beds(&desk, CARE).await, (0, 2));
    desk.call::<ResizeSlot>(care.clone(), NewPlaces { capacity: 43, kept: 0 }).await.expect("one more");
    let sees = async |guest: &Guest, id: &BookingId| {
        guest.client.call::<GetBooking>(id.clone(), ()).await.expect("their own")
    };
    let offer = sees(&first, &mine.id).await;
    assert_eq!(offer.state, BookingState::Offered);
    assert_eq!(offer.until, Some(world.now().plus(3 * DAY)), "nights do not count");
    assert_eq!(sees(&second, &theirs.id).await.position, Some(1));
    let notice = first.client.call::<ListNotices>((), ()).await.expect("told").remove(0);
    assert_eq!(notice.about.starts, None, "it has no time");
    let taken = first.client.call::<TakeOffer>(mine.id.clone(), ()).await.expect("in time");
    assert_eq!(taken.state, BookingState::Confirmed);
    // Weeks later it is still theirs, and goes on when they leave.
    world.clock.advance(20 * DAY);
    assert_eq!(sees(&first, &mine.id).await.state, BookingState::Confirmed);
    first.client.call::<CancelBooking>(mine.id, ()).await.expect("given back");
    assert_eq!(sees(&second, &theirs.id).await.state, BookingState::Offered);
}

#[tokio::test]
async fn a_day_that_is_closed_takes_nobodys_bed() {
    let world = World::new().await;
    let guest = aged(&world, "13800000001", (1940, 1, 1)).await;
    let bed = guest.book(&SlotId::from(BEDS)).await.expect("a bed");
    let desk = world.staff(WENCHANG).await;
    assert_eq!(of_beds(&desk, BEDS).await, (1, 0));
    let because = Because { reason: "停水一天".into() };
    desk.call::<CloseDay>(today(), because).await.expect("closed");
    let still = guest.client.call::<GetBooking>(bed.id, ()).await.expect("their own");
    assert_eq!(still.state, BookingState::Confirmed);
    let roster = desk.call::<GetRoster>(SlotId::from(BEDS), ()).await.expect("a list");
    assert_eq!((roster.parties.len(), roster.desk.places.capacity), (1, 60));
}
