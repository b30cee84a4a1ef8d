//! A fair share of what many want: three times a week, one less for each time one did not come, and
//! whatever is left shortly before is for everybody.

use backend::booking::settle_due;
use domain::{
    booking::BookingState,
    id::SlotId,
    refusal::Refusal,
    time::{DAY, HOUR, MINUTE},
};
use serde_json::{Value, json};

use crate::{
    acts::refused,
    hall::{Guest, Hall, crowd},
    world::World,
};

/// It is ten in the morning of a Wednesday; the week ends on Sunday at midnight, 110 hours from now.
const TO_MONDAY: i64 = 4 * 24 + 14;

fn terms(per_week: u32) -> Value {
    json!({ "unit": "person", "fair": { "per_week": per_week, "spare_hours": 2 } })
}

async fn slots(hall: &Hall, hours: &[i64]) -> Vec<SlotId> {
    let mut slots = Vec::new();
    for in_hours in hours {
        slots.push(hall.slot(*in_hours, 5).await);
    }
    slots
}

async fn one(world: &World) -> Guest {
    crowd(world, 1).await.remove(0)
}

#[tokio::test]
async fn a_week_ends_on_sunday_at_midnight() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, terms(2)).await;
    let slots =
        slots(&hall, &[5, TO_MONDAY - 1, TO_MONDAY - 5, TO_MONDAY, TO_MONDAY + 167, TO_MONDAY + 168]).await;
    let guest = one(&world).await;
    guest.book(&slots[0]).await.expect("the first of the week");
    let sunday = guest.book(&slots[1]).await.expect("the second");
    let spare_from = world.now().plus((TO_MONDAY - 5 - 2) * HOUR);
    let full = Refusal::WeekFull { allowed: 2, marks: 0, spare_from };
    assert_eq!(refused(guest.book(&slots[2]).await), full);
    for monday in &slots[3..] {
        guest.book(monday).await.expect("other weeks");
    }
    guest.cancels(&sunday).await.expect("given back");
    guest.book(&slots[2]).await.expect("what is given back does not count");
    let other = one(&world).await;
    other.book(&slots[1]).await.expect("every household has its own share");
}

#[tokio::test]
async fn who_takes_back_what_was_given_back_stays_within_the_share() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, terms(1)).await;
    let slots = slots(&hall, &[5, 8]).await;
    let guest = one(&world).await;
    let first = guest.book(&slots[0]).await.expect("the share");
    guest.cancels(&first).await.expect("given back");
    let second = guest.book(&slots[1]).await.expect("in its place");
    assert!(matches!(refused(guest.restores(&first).await), Refusal::WeekFull { allowed: 1, .. }));
    guest.cancels(&second).await.expect("given back");
    guest.restores(&first).await.expect("one or the other");
    assert!(matches!(refused(guest.restores(&second).await), Refusal::WeekFull { .. }));
}

#[tokio::test]
async fn what_is_left_shortly_before_is_for_everybody() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, terms(1)).await;
    let slots = slots(&hall, &[5, 8]).await;
    let guest = one(&world).await;
    guest.book(&slots[0]).await.expect("the share");
    world.clock.advance(6 * HOUR - 1);
    let spare_from = world.now().plus(1);
    assert_eq!(refused(guest.book(&slots[1]).await), Refusal::WeekFull { allowed: 1, marks: 0, spare_from });
    world.clock.advance(1);
    guest.book(&slots[1]).await.expect("spare");
}

#[tokio::test]
async fn waiting_counts_and_time_alone_ends_it() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = Hall::new(app, terms(1)).await;
    let (full, other) = (hall.slot(9, 1).await, hall.slot(20, 1).await);
    let (holder, guest) = (one(&world).await, one(&world).await);
    let held = holder.book(&full).await.expect("booked");
    guest.book(&full).await.expect("waits");
    assert!(matches!(refused(guest.book(&other).await), Refusal::WeekFull { .. }));
    holder.cancels(&held).await.expect("given back");
    world.pass_hours(2);
    guest.book(&other).await.expect("the offer has lapsed, whether or not anybody has written that down");
}

#[tokio::test]
async fn who_did_not_come_has_less_for_thirty_days() {
    let world = World::new().await;
    let app = &world.server.app;
    let mut rules = terms(3);
    rules["grace_minutes"] = json!(10);
    let hall = Hall::new(app, rules).await;
    let guest = one(&world).await;
    let missed = guest.book(&hall.slot(1, 5).await).await.expect("booked");
    let begin = missed.starts();
    world.clock.advance(HOUR + 10 * MINUTE);
    assert_eq!(guest.sees(&missed).await.state, BookingState::Missed);
    // In the week of the mark: one is used up by it, and one is left of two.
    let more = guest.book(&hall.slot(20, 5).await).await.expect("one more");
    let refusal = refused(guest.book(&hall.slot(40, 5).await).await);
    assert!(matches!(refusal, Refusal::WeekFull { allowed: 2, marks: 1, .. }), "{refusal:?}");
    settle_due(app).await.expect("written down");
    let refusal = refused(guest.book(&hall.slot(40, 5).await).await);
    assert!(matches!(refusal, Refusal::WeekFull { allowed: 2, marks: 1, .. }), "{refusal:?}");

    guest.cancels(&more).await.expect("given back, which is no mark");

    // Four weeks later, a millisecond before it fades and then.
    world.clock.advance(begin.0 + 30 * DAY - 1 - world.now().0);
    guest.book(&hall.slot(20, 5).await).await.expect("the first of two");
    guest.book(&hall.slot(24, 5).await).await.expect("the second of two");
    let third = hall.slot(28, 5).await;
    let refusal = refused(guest.book(&third).await);
    assert!(matches!(refusal, Refusal::WeekFull { allowed: 2, marks: 1, .. }), "{refusal:?}");
    world.clock.advance(1);
    guest.book(&third).await.expect("it has faded");
}

#[tokio::test]
async fn however_often_one_stayed_away_once_a_week_is_left() {
    let world = World::new().await;
    let mut rules = terms(2);
    rules["grace_minutes"] = json!(10);
    let hall = Hall::new(&world.server.app, rules).await;
    let guest = one(&world).await;
    for _ in 0..3 {
        guest.book(&hall.slot(2, 5).await).await.expect("spare hours are for everybody");
        world.pass_hours(3);
    }
    world.clock.advance(7 * DAY);
    guest.book(&hall.slot(20, 5).await).await.expect("once");
    let refusal = refused(guest.book(&hall.slot(24, 5).await).await);
    assert!(matches!(refusal, Refusal::WeekFull { allowed: 1, marks: 3, .. }), "{refusal:?}");
}
