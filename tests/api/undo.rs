//! Ten minutes in which a cancellation can be taken back.

use domain::{
    booking::{BookingState, UNDO, api::RestoreBooking},
    consent::api::{GiveConsent, WithdrawConsent},
    guardian::{
        Scope,
        api::{EndGuardian, GetGuardians},
    },
    refusal::Refusal,
    time::HOUR,
    work::{Because, api::CloseSlot},
};
use serde_json::json;

use crate::{
    acts::refused,
    consent, guardians,
    hall::{Guest, Hall, crowd, ledger},
    staff::DESK,
    world::{World, fresh_key},
};

#[tokio::test]
async fn the_place_is_theirs_again_where_nobody_waited() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(9, 1).await;
    let guest = crowd(&world, 1).await.remove(0);
    let booking = guest.book(&slot).await.expect("booked");
    assert_eq!(refused(guest.restores(&booking).await), Refusal::UndoOver, "nothing to take back");
    let gone = guest.cancels(&booking).await.expect("given back");
    assert_eq!(gone.undo_until, Some(world.now().plus(UNDO)));
    world.clock.advance(UNDO - 1);
    let key = fresh_key();
    let restore = async || guest.client.call_with_key::<RestoreBooking>(&key, booking.id.clone(), ()).await;
    let back = restore().await.expect("in time");
    assert_eq!((back.state, back.seq, back.undo_until), (BookingState::Confirmed, booking.seq, None));
    assert_eq!(restore().await, Ok(back), "a retry is answered the same");
    let gone = guest.cancels(&booking).await.expect("given back again");
    world.clock.advance(UNDO);
    assert_eq!(guest.sees(&gone).await.undo_until, None);
    assert_eq!(refused(guest.restores(&booking).await), Refusal::UndoOver);
    assert_eq!(ledger(&world.server.app.db, &slot).await.taken, 0);
}

#[tokio::test]
async fn what_was_taken_back_of_somebody_meanwhile_is_asked_for_again() {
    let world = World::new().await;
    let rules = json!({ "unit": "person", "needs_consent": true });
    let slot = Hall::new(&world.server.app, rules).await.slot(30, 5).await;
    let (mother, father, child) = guardians::both(&world, Scope::Book).await;
    mother.call::<GiveConsent>(child.clone(), consent::NOW).await.expect("given");
    let [hers, his] =
        [&mother, &father].map(|client| Guest { client: client.clone(), person: child.clone() });
    let booking = hers.book(&slot).await.expect("booked");
    hers.cancels(&booking).await.expect("given back");
    mother.call::<WithdrawConsent>(child.clone(), ()).await.expect("taken back");
    assert_eq!(refused(hers.restores(&booking).await), Refusal::NoConsent { person: child.clone() });
    mother.call::<GiveConsent>(child.clone(), consent::NOW).await.expect("given again");
    hers.restores(&booking).await.expect("as it was");
    hers.cancels(&booking).await.expect("given back");

    let booking = his.book(&slot).await.expect("booked by the other guardian");
    his.cancels(&booking).await.expect("given back");
    let bond = father.call::<GetGuardians>(child.clone(), ()).await.expect("guardians").others[0].id.clone();
    mother.call::<EndGuardian>(bond, ()).await.expect("sent away");
    assert_eq!(refused(his.restores(&booking).await), Refusal::PersonUnknown);
}

#[tokio::test]
async fn who_comes_back_stands_before_all_who_came_later() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(9, 1).await;
    let guests = crowd(&world, 3).await;
    let mut bookings = Vec::new();
    for guest in &guests {
        bookings.push(guest.book(&slot).await.expect("booked"));
    }
    guests[0].cancels(&bookings[0]).await.expect("given back");
    let back = guests[0].restores(&bookings[0]).await.expect("taken back");
    assert_eq!((back.state, back.position), (BookingState::Waitlisted, Some(1)), "it is held for another");
    assert_eq!(guests[2].sees(&bookings[2]).await.position, Some(2));
    guests[1].declines(&bookings[1]).await.expect("let go");
    assert_eq!(guests[0].sees(&bookings[0]).await.state, BookingState::Offered, "first in line");
    let back = guests[1].restores(&bookings[1]).await.expect("wants it after all");
    assert_eq!((back.state, back.position), (BookingState::Waitlisted, Some(1)), "before the third");
    guests[0].takes(&bookings[0]).await.expect("theirs");
    let ledger = ledger(&world.server.app.db, &slot).await;
    assert_eq!((ledger.taken, ledger.waiting), (1, 2));
}

#[tokio::test]
async fn who_is_elsewhere_by_now_cannot_come_back() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let (slot, other) = (hall.slot(9, 1).await, hall.slot(9, 1).await);
    let guest = crowd(&world, 1).await.remove(0);
    let booking = guest.book(&slot).await.expect("booked");
    guest.cancels(&booking).await.expect("given back");
    let elsewhere = guest.book(&other).await.expect("booked");
    assert!(matches!(refused(guest.restores(&booking).await), Refusal::Overlaps { .. }));
    guest.cancels(&elsewhere).await.expect("given back");
    let again = guest.book(&slot).await.expect("booked anew");
    let twice = Refusal::AlreadyIn { person: guest.person.clone(), booking: Some(again.id.clone()) };
    assert_eq!(refused(guest.restores(&booking).await), twice);
    let soon = hall.slot(1, 1).await;
    let booking = guest.book(&soon).await.expect("booked");
    world.clock.advance(HOUR - 1);
    guest.cancels(&booking).await.expect("just in time");
    world.clock.advance(1);
    assert_eq!(refused(guest.restores(&booking).await), Refusal::UndoOver, "it has begun");
}

#[tokio::test]
async fn nothing_comes_back_into_a_slot_that_the_centre_has_called_off() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(9, 1).await;
    let (had, waits) = (crowd(&world, 1).await.remove(0), crowd(&world, 1).await.remove(0));
    let (place, queue) = (had.book(&slot).await.expect("booked"), waits.book(&slot).await.expect("waits"));
    waits.cancels(&queue).await.expect("given back");
    had.cancels(&place).await.expect("given back");
    let because = Because { reason: "今天停水停电".into() };
    world.staff(DESK).await.call::<CloseSlot>(slot.clone(), because).await.expect("called off");
    for (guest, booking) in [(&had, &place), (&waits, &queue)] {
        assert_eq!(guest.sees(booking).await.undo_until, None, "nothing is promised");
        assert_eq!(refused(guest.restores(booking).await), Refusal::CalledOff);
    }
    let counts = ledger(&world.server.app.db, &slot).await;
    assert_eq!((counts.taken, counts.waiting), (0, 0));
}
