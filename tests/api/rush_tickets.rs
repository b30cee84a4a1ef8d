//! Booking with a ready ticket: good ones open, all others open nothing.

use domain::{
    booking::{
        Booking, BookingState,
        api::{Book, BookRequest},
        meeting::MeetingChange,
    },
    consent::{
        VERSION,
        api::{GetConsent, WithdrawConsent},
    },
    failure::Problem,
    household::{PersonDraft, Relation, api::ChangePerson},
    id::{PersonId, SlotId},
    refusal::Refusal,
    ticket::{Ticket, api::DropTicket},
    time::{Day, HOUR, MINUTE, Span},
    work::api::ChangeMeeting,
};

use crate::{
    consent::child,
    staff::DESK,
    tickets::{make, ready_child, rush},
    verification::sees,
    world::{Client, World, fresh_key},
};

fn request(slot: &SlotId, people: &[&PersonId], ticket: Option<&str>) -> BookRequest {
    let people = people.iter().map(|person| (*person).clone()).collect();
    BookRequest { ticket: ticket.map(str::to_owned), ..BookRequest::new(slot.clone(), people) }
}

async fn book(
    client: &Client,
    slot: &SlotId,
    person: &PersonId,
    ticket: Option<&str>,
) -> Result<Booking, Problem> {
    client.call::<Book>((), request(slot, &[person], ticket)).await
}

async fn ticket(client: &Client, slot: &SlotId, person: &PersonId) -> Ticket {
    make(client, slot, &[person]).await.expect("ready").expect("a ticket")
}

fn void<T>() -> Result<T, Problem> {
    Err(Problem::Refused(vec![Refusal::TicketVoid]))
}

#[tokio::test]
async fn one_tap_at_the_opening_is_enough() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let slot = rush(&world).await;
    let id = ready_child(&world, &client).await;
    let ticket = ticket(&client, &slot, &id).await;
    world.clock.advance(2 * HOUR - 1);
    let early = book(&client, &slot, &id, Some(&ticket.token)).await;
    assert_eq!(early, Err(Problem::Refused(vec![Refusal::NotYetOpen { opens: ticket.opens }])));
    world.clock.advance(1);
    let (key, asked) = (fresh_key(), request(&slot, &[&id], Some(&ticket.token)));
    let booked = client.call_with_key::<Book>(&key, (), asked.clone()).await.expect("booked");
    assert_eq!(booked.state, BookingState::Confirmed);
    // Also for a retry, when the ticket is long gone.
    client.call::<DropTicket>(slot.clone(), ()).await.expect("given up");
    let again = client.call_with_key::<Book>(&key, (), asked).await.expect("the same");
    assert_eq!(again.id, booked.id);
    // And what was booked on a consent is named where it may be taken back.
    let consent = client.call::<GetConsent>(id, ()).await.expect("consent");
    assert_eq!(consent.ahead.iter().map(|one| &one.booking).collect::<Vec<_>>(), [&booked.id]);
}

#[tokio::test]
async fn without_a_ticket_everything_is_asked_at_the_opening() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let slot = rush(&world).await;
    let person = child(&client, (2018, 3, 1)).await;
    let ready = ready_child(&world, &client).await;
    world.clock.advance(2 * HOUR + 10 * MINUTE);
    let refused = book(&client, &slot, &person, None).await;
    assert_eq!(refused, Err(Problem::Refused(vec![Refusal::NoConsent { person }])));
    assert!(book(&client, &slot, &ready, None).await.is_ok());
}

#[tokio::test]
async fn forged_altered_and_foreign_tickets_open_nothing() {
    let world = World::new().await;
    let (client, other) = (world.resident("13800000001").await, world.resident("13800000002").await);
    let (slot, elsewhere) = (rush(&world).await, rush(&world).await);
    let (one, two) = (ready_child(&world, &client).await, ready_child(&world, &client).await);
    let theirs = ready_child(&world, &other).await;
    let good = ticket(&client, &slot, &one).await.token;
    world.clock.advance(3 * HOUR);
    let older = good.replace(&format!(".r{VERSION}."), &format!(".r{}.", VERSION - 1));
    assert_ne!(older, good, "made under an earlier version of the consent");
    let mut turned = good.clone();
    turned.replace_range(turned.len() - 1.., if good.ends_with('0') { "1" } else { "0" });
    let digest = good.rsplit('.').next().unwrap_or_default();
    let forged =
        [older, turned, good.replace(".r", ".o"), format!("t1.r1.{digest}"), String::new(), "x".repeat(5000)];
    for token in &forged {
        assert_eq!(book(&client, &slot, &one, Some(token)).await, void(), "{token}");
    }
    assert_eq!(book(&client, &elsewhere, &one, Some(&good)).await, void(), "another slot");
    assert_eq!(book(&client, &slot, &two, Some(&good)).await, void(), "somebody else");
    let both = request(&slot, &[&one, &two], Some(&good));
    assert_eq!(client.call::<Book>((), both).await, void(), "somebody more");
    assert_eq!(book(&other, &slot, &theirs, Some(&good)).await, void(), "another household");
    assert!(book(&other, &slot, &one, Some(&good)).await.is_err(), "another household's child");
    assert!(book(&client, &slot, &one, Some(&good)).await.is_ok());
}

#[tokio::test]
async fn what_is_taken_back_between_ticket_and_opening_counts() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let slot = rush(&world).await;
    let id = ready_child(&world, &client).await;
    let first = ticket(&client, &slot, &id).await.token;
    client.call::<WithdrawConsent>(id.clone(), ()).await.expect("taken back");
    world.clock.advance(2 * HOUR);
    assert_eq!(book(&client, &slot, &id, Some(&first)).await, void());
    let bare = Err(Problem::Refused(vec![Refusal::NoConsent { person: id.clone() }]));
    assert_eq!(book(&client, &slot, &id, None).await, bare);

    // Another child's birthday is corrected: it was a day too old all along.
    let old = ready_child(&world, &client).await;
    let second = ticket(&client, &slot, &old).await.token;
    let born = Day::from_ymd_opt(2014, 6, 26);
    let draft = PersonDraft { relation: Relation::Child, name: "朵朵".into(), born };
    client.call::<ChangePerson>(old.clone(), draft).await.expect("corrected");
    assert_eq!(book(&client, &slot, &old, Some(&second)).await, void());
    sees(&world, &old, "xinsheng", true, true).await;
    let too_old = Err(Problem::Refused(vec![Refusal::TooOld { person: old.clone(), to_months: 144 }]));
    assert_eq!(book(&client, &slot, &old, None).await, too_old);

    // A ticket that gave way to another, and one that was given up.
    let both = [ready_child(&world, &client).await, ready_child(&world, &client).await];
    let third = ticket(&client, &slot, &both[0]).await.token;
    let fourth = ticket(&client, &slot, &both[1]).await.token;
    assert_eq!(book(&client, &slot, &both[0], Some(&third)).await, void());
    client.call::<DropTicket>(slot.clone(), ()).await.expect("given up");
    assert_eq!(book(&client, &slot, &both[1], Some(&fourth)).await, void());
}

#[tokio::test]
async fn a_first_meeting_that_is_moved_makes_tickets_void_and_ages_are_asked_anew() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let slot = rush(&world).await;
    // Twelve on the day after the first meeting, and on the very day it is moved to.
    let id = ready_child(&world, &client).await;
    let born = Day::from_ymd_opt(2014, 6, 27);
    let draft = PersonDraft { relation: Relation::Child, name: "朵朵".into(), born };
    client.call::<ChangePerson>(id.clone(), draft).await.expect("corrected");
    sees(&world, &id, "xinsheng", true, true).await;
    let ticket = ticket(&client, &slot, &id).await.token;
    let starts = world.now().plus(72 * HOUR);
    let to = Some(Span { starts, ends: starts.plus(HOUR) });
    let change = MeetingChange { meeting: 1, to, reason: "老师病了".into() };
    world.staff(DESK).await.call::<ChangeMeeting>(slot.clone(), change).await.expect("moved");
    world.clock.advance(2 * HOUR);
    assert_eq!(book(&client, &slot, &id, Some(&ticket)).await, void());
    let too_old = Refusal::TooOld { person: id.clone(), to_months: 144 };
    assert_eq!(book(&client, &slot, &id, None).await, Err(Problem::Refused(vec![too_old])));
}

#[tokio::test]
async fn the_neighbourhood_goes_first_by_what_the_ticket_says() {
    let world = World::new().await;
    let (near, far) = (world.resident("13800000001").await, world.resident("13800000002").await);
    let slot = rush(&world).await;
    let here = ready_child(&world, &near).await;
    let away = ready_child(&world, &far).await;
    sees(&world, &away, "xinsheng", true, false).await;
    let (first, later) = (ticket(&near, &slot, &here).await, ticket(&far, &slot, &away).await);
    assert_eq!(later.opens, first.opens.plus(10 * MINUTE));
    world.clock.advance(2 * HOUR);
    let refused = Err(Problem::Refused(vec![Refusal::ResidentsFirst { from: later.opens }]));
    assert_eq!(book(&far, &slot, &away, Some(&later.token)).await, refused);
    assert!(book(&near, &slot, &here, Some(&first.token)).await.is_ok());
    world.clock.advance(10 * MINUTE);
    assert!(book(&far, &slot, &away, Some(&later.token)).await.is_ok());
}
