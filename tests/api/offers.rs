//! Places that come free are offered: in time, too late, to the next, at night, to one phone or two.

use domain::{
    booking::{
        Booking, BookingState, Passed,
        api::{Book, TakeOffer},
    },
    id::{PersonId, SlotId},
    refusal::Refusal,
    time::{HOUR, MINUTE, Moment},
};
use serde_json::json;

use crate::{
    acts::refused,
    hall::{Guest, Hall, crowd, ledger, request},
    world::{World, fresh_key},
};

const HOLD: i64 = 2 * HOUR;

/// A slot of one place in five hours, and so many guests who have asked for it in their order.
async fn queue(world: &World, count: usize) -> (SlotId, Vec<Guest>, Vec<Booking>) {
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let slot = hall.slot(9, 1).await;
    let guests = crowd(world, count).await;
    let mut bookings = Vec::new();
    for guest in &guests {
        bookings.push(guest.book(&slot).await.expect("booked"));
    }
    (slot, guests, bookings)
}

#[tokio::test]
async fn an_offer_is_there_to_the_last_millisecond_and_no_longer() {
    let world = World::new().await;
    let (slot, guests, bookings) = queue(&world, 3).await;
    guests[0].cancels(&bookings[0]).await.expect("given back");
    let until = world.now().plus(HOLD);
    assert_eq!(guests[1].sees(&bookings[1]).await.until, Some(until));
    world.clock.advance(HOLD);
    assert_eq!(guests[1].sees(&bookings[1]).await.state, BookingState::Lapsed, "nothing has swept past");
    let next = guests[2].sees(&bookings[2]).await;
    assert_eq!((next.state, next.until), (BookingState::Offered, Some(until.plus(HOLD))));
    assert_eq!(refused(guests[1].takes(&bookings[1]).await), Refusal::OfferLapsed { until });
    world.clock.advance(HOLD - 1);
    assert_eq!(guests[2].takes(&bookings[2]).await.expect("in time").state, BookingState::Confirmed);
    assert_eq!(refused(guests[2].takes(&bookings[2]).await), Refusal::NotOffered);
    assert_eq!(ledger(&world.server.app.db, &slot).await.taken, 1);
}

#[tokio::test]
async fn two_phones_take_the_same_offer_once() {
    let world = World::new().await;
    let (slot, guests, bookings) = queue(&world, 2).await;
    guests[0].cancels(&bookings[0]).await.expect("given back");
    let (one, two) = tokio::join!(guests[1].takes(&bookings[1]), guests[1].takes(&bookings[1]));
    let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
    assert_eq!(won.expect("one of them").state, BookingState::Confirmed);
    assert_eq!(refused(lost), Refusal::NotOffered);
    let key = fresh_key();
    let again = async || guests[1].client.call_with_key::<TakeOffer>(&key, bookings[1].id.clone(), ()).await;
    assert_eq!(refused(again().await), Refusal::NotOffered);
    assert_eq!(ledger(&world.server.app.db, &slot).await.taken, 1);
}

#[tokio::test]
async fn what_one_declines_is_offered_on_at_once_down_the_queue() {
    let world = World::new().await;
    let (slot, guests, bookings) = queue(&world, 4).await;
    assert_eq!(refused(guests[1].declines(&bookings[1]).await), Refusal::NotOffered, "not yet");
    guests[0].cancels(&bookings[0]).await.expect("given back");
    for n in 1..3 {
        assert_eq!(guests[n].sees(&bookings[n]).await.state, BookingState::Offered);
        assert_eq!(guests[n].declines(&bookings[n]).await.expect("let go").state, BookingState::Declined);
    }
    assert_eq!(guests[3].takes(&bookings[3]).await.expect("theirs").state, BookingState::Confirmed);
    let ledger = ledger(&world.server.app.db, &slot).await;
    assert_eq!((ledger.taken, ledger.waiting), (1, 0));
}

#[tokio::test]
async fn an_offer_made_in_the_evening_is_held_until_the_morning() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let slot = hall.slot(30, 1).await;
    let guests = crowd(&world, 2).await;
    let (first, second) =
        (guests[0].book(&slot).await.expect("booked"), guests[1].book(&slot).await.expect("waits"));
    let ten = world.now();
    world.clock.advance(11 * HOUR);
    guests[0].cancels(&first).await.expect("at nine in the evening");
    let nine_in_the_morning = ten.plus(23 * HOUR);
    assert_eq!(guests[1].sees(&second).await.until, Some(nine_in_the_morning));
    world.clock.advance(12 * HOUR - 1);
    assert_eq!(guests[1].takes(&second).await.expect("slept well").state, BookingState::Confirmed);
}

#[tokio::test]
async fn a_party_that_is_passed_over_sees_why_and_keeps_its_position() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = Hall::new(app, json!({ "unit": "person" })).await;
    let slot = hall.slot(9, 3).await;
    let holder = crowd(&world, 3).await;
    let family = family(&world, 3).await;
    let (one, two) =
        (holder[0].book(&slot).await.expect("booked"), holder[1].book(&slot).await.expect("booked"));
    let book = async |people: &[PersonId]| family.client.call::<Book>((), request(&slot, people)).await;
    let three = book(&people_of(&family).await).await.expect("waits");
    assert_eq!((three.position, three.passed), (Some(1), Some(Passed { needs: 3, free: 1, later: 0 })));
    // Somebody alone fits, and nothing is left: the family sees why it was not its turn all the same.
    let alone = holder[2].book(&slot).await.expect("booked");
    assert_eq!(alone.state, BookingState::Confirmed);
    let seen = family.sees(&three).await;
    assert_eq!((seen.position, seen.passed), (Some(1), Some(Passed { needs: 3, free: 0, later: 1 })));
    holder[0].cancels(&one).await.expect("given back");
    let seen = family.sees(&three).await;
    assert_eq!((seen.position, seen.passed), (Some(1), Some(Passed { needs: 3, free: 1, later: 1 })));
    holder[1].cancels(&two).await.expect("given back");
    holder[2].cancels(&alone).await.expect("given back");
    assert_eq!(family.sees(&three).await.state, BookingState::Offered, "whole or not at all");
    assert_eq!(family.takes(&three).await.expect("all three").people.len(), 3);
}

#[tokio::test]
async fn who_wants_to_wait_no_longer_is_not_asked() {
    let world = World::new().await;
    let (_, guests, bookings) = queue(&world, 3).await;
    let now = world.now();
    assert_eq!(refused(guests[1].stops(&bookings[1], Some(now)).await), Refusal::TimePast);
    assert_eq!(refused(guests[0].stops(&bookings[0], None).await), Refusal::NotWaiting);
    let stop = now.plus(30 * MINUTE);
    assert_eq!(guests[1].stops(&bookings[1], Some(stop)).await.expect("noted").stop, Some(stop));
    assert_eq!(guests[2].stops(&bookings[2], Some(Moment(i64::MAX))).await.expect("noted").stop, None);
    world.clock.advance(30 * MINUTE);
    assert_eq!(guests[1].sees(&bookings[1]).await.state, BookingState::Lapsed);
    assert_eq!(guests[2].sees(&bookings[2]).await.position, Some(1));
    guests[0].cancels(&bookings[0]).await.expect("given back");
    assert_eq!(guests[2].sees(&bookings[2]).await.state, BookingState::Offered);
    assert_eq!(refused(guests[1].takes(&bookings[1]).await), Refusal::NotOffered);
}

#[tokio::test]
async fn what_time_has_ended_stands_in_nobodys_way() {
    let world = World::new().await;
    let (_, guests, bookings) = queue(&world, 2).await;
    guests[0].cancels(&bookings[0]).await.expect("given back");
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let same_time = hall.slot(9, 5).await;
    assert!(matches!(refused(guests[1].book(&same_time).await), Refusal::Overlaps { .. }), "it is held");
    world.clock.advance(HOLD);
    let same_time = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(7, 5).await;
    assert_eq!(guests[1].book(&same_time).await.expect("free again").state, BookingState::Confirmed);
    let again = guests[1].book(&bookings[1].slot).await;
    assert!(matches!(refused(again), Refusal::Overlaps { .. }), "not in both");
}

/// A household of so many people.
pub async fn family(world: &World, count: usize) -> Guest {
    use backend::app::App;
    let app: &App = &world.server.app;
    let account = domain::id::AccountId(app.dice.id("a"));
    let people: Vec<PersonId> = (0..count).map(|_| PersonId(app.dice.id("p"))).collect();
    let token = crate::hall::settle(app, &account, &people).await;
    let mut client = world.anonymous();
    client.cookie = Some(format!("{}={token}", app.config.session_cookie()));
    Guest { client, person: people[0].clone() }
}

/// All of a household.
pub async fn people_of(guest: &Guest) -> Vec<PersonId> {
    let me = guest.client.call::<domain::session::api::GetMe>((), ()).await.expect("signed in");
    me.people.into_iter().map(|person| person.id).collect()
}
