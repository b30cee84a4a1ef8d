//! Ready tickets: who gets one, for whom it is good, and what makes it void.

use backend::tickets::open;
use domain::{
    consent::api::{GetConsent, GiveConsent, WithdrawConsent},
    failure::Problem,
    household::{
        PersonDraft, Relation,
        api::{ChangePerson, RemovePerson},
    },
    id::{AccountId, PersonId, SlotId},
    refusal::Refusal,
    session::api::GetMe,
    ticket::{
        Item, Ticket, TicketDraft,
        api::{DropTicket, GetTicket, MakeTicket},
    },
    time::{CHINA, Day, HOUR, MINUTE},
};
use serde_json::json;

use crate::{
    consent::{NOW, child},
    hall::Hall,
    verification::sees,
    world::{Client, World, fresh_key},
};

/// A class for children of six to twelve with everything that can be asked, that opens in two hours
/// and meets on 26 June at ten.
pub async fn rush(world: &World) -> SlotId {
    let rules = json!({
        "unit": "person", "party_max": 3, "ages": { "from_months": 72, "to_months": 144 },
        "needs_verified": true, "needs_consent": true, "residents_first_minutes": 10,
    });
    let hall = Hall::new(&world.server.app, rules).await;
    let opens = world.now().plus(2 * HOUR);
    hall.slot_between(48, 2, opens, world.now().plus(48 * HOUR)).await
}

/// A child of eight with consent, seen by the desk of its own neighbourhood.
pub async fn ready_child(world: &World, client: &Client) -> PersonId {
    let id = child(client, (2018, 3, 1)).await;
    client.call::<GiveConsent>(id.clone(), NOW).await.expect("consent");
    sees(world, &id, "xinsheng", true, true).await;
    id
}

/// Asks for a ticket.
pub async fn make(client: &Client, slot: &SlotId, people: &[&PersonId]) -> Result<Option<Ticket>, Problem> {
    let people = people.iter().map(|person| (*person).clone()).collect();
    client.call::<MakeTicket>(slot.clone(), TicketDraft { people }).await
}

async fn find(client: &Client, slot: &SlotId) -> Option<Ticket> {
    client.call::<GetTicket>(slot.clone(), ()).await.expect("an answer")
}

#[tokio::test]
async fn who_is_ready_has_a_ticket_that_says_when_it_opens() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let slot = rush(&world).await;
    let id = ready_child(&world, &client).await;
    assert_eq!(find(&client, &slot).await, None);
    let ticket = make(&client, &slot, &[&id]).await.expect("ready").expect("a ticket");
    assert_eq!((&ticket.slot, &ticket.people), (&slot, &vec![id.clone()]));
    assert_eq!((ticket.opens, ticket.made), (world.now().plus(2 * HOUR), world.now()));
    let items: Vec<_> = ticket.checks.iter().map(|check| (check.item, check.missing.is_none())).collect();
    let all = [Item::Age, Item::Identity, Item::Consent, Item::Residence];
    assert_eq!(items, all.map(|item| (item, true)));
    assert_eq!(find(&client, &slot).await, Some(ticket.clone()));

    // Its household opens it, for these people; nobody else does.
    let rows = world.server.app.db.rows("SELECT account_id FROM ticket", Vec::new()).await.expect("rows");
    let account = AccountId(rows[0].text("account_id").expect("an account"));
    let vault = &world.server.app.vault;
    let opened = open(vault, &account, &slot, core::slice::from_ref(&id), &ticket.token).expect("genuine");
    assert!(opened.resident);
    assert!(open(vault, &AccountId::from("other"), &slot, &[id], &ticket.token).is_err());
}

#[tokio::test]
async fn what_is_missing_is_said_all_at_once() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let slot = rush(&world).await;
    let person = child(&client, (2018, 3, 1)).await;
    let missing =
        vec![Refusal::NotVerified { person: person.clone() }, Refusal::NoConsent { person: person.clone() }];
    assert_eq!(make(&client, &slot, &[&person]).await, Err(Problem::Refused(missing)));
    client.call::<GiveConsent>(person.clone(), NOW).await.expect("consent");
    // The desk of another centre will do for the papers, but not for where they live.
    sees(&world, &person, "tongsi", true, true).await;
    let ticket = make(&client, &slot, &[&person]).await.expect("ready").expect("a ticket");
    let later = world.now().plus(2 * HOUR + 10 * MINUTE);
    assert_eq!(ticket.opens, later);
    assert_eq!(ticket.checks[3].missing, Some(Refusal::ResidentsFirst { from: later }));
}

#[tokio::test]
async fn a_day_too_old_is_too_old_days_ahead_as_well() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let slot = rush(&world).await;
    // The first meeting is on 26 June 2026. Who was born on 29 February has a birthday on 1 March.
    for (born, refused) in [((2014, 6, 26), true), ((2014, 6, 27), false), ((2016, 2, 29), false)] {
        let person = child(&client, born).await;
        client.call::<GiveConsent>(person.clone(), NOW).await.expect("consent");
        sees(&world, &person, "xinsheng", true, true).await;
        let too_old = Problem::Refused(vec![Refusal::TooOld { person: person.clone(), to_months: 144 }]);
        let answer = make(&client, &slot, &[&person]).await;
        assert_eq!(answer.err(), refused.then_some(too_old), "{born:?}");
    }
}

#[tokio::test]
async fn a_household_has_one_ticket_for_a_slot_and_can_give_it_up() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let slot = rush(&world).await;
    let (one, two) = (ready_child(&world, &client).await, ready_child(&world, &client).await);
    let first = make(&client, &slot, &[&one]).await.expect("ready").expect("a ticket");
    let again = make(&client, &slot, &[&one]).await.expect("ready").expect("a ticket");
    assert_eq!(again, first, "a second phone of the family does not undo what the first one has");
    let both = make(&client, &slot, &[&two, &one]).await.expect("ready").expect("a ticket");
    assert_ne!(first.token, both.token);
    assert_eq!(both.people.len(), 2);
    assert_eq!(find(&client, &slot).await, Some(both));
    let key = fresh_key();
    for _ in 0..2 {
        assert_eq!(client.call_with_key::<DropTicket>(&key, slot.clone(), ()).await, Ok(None));
    }
    assert_eq!(find(&client, &slot).await, None);
    assert_eq!(client.call::<DropTicket>(slot, ()).await, Err(Problem::NotFound));
}

#[tokio::test]
async fn a_retry_is_one_ticket() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let slot = rush(&world).await;
    let id = ready_child(&world, &client).await;
    let (key, draft) = (fresh_key(), TicketDraft { people: vec![id.clone()] });
    let first = client.call_with_key::<MakeTicket>(&key, slot.clone(), draft.clone()).await.expect("ready");
    let again = client.call_with_key::<MakeTicket>(&key, slot.clone(), draft.clone()).await;
    assert_eq!(again, Ok(first));
    // Should it be lost meanwhile, a retry does not bring it back.
    client.call::<WithdrawConsent>(id, ()).await.expect("taken back");
    assert_eq!(client.call_with_key::<MakeTicket>(&key, slot, draft).await, Ok(None));
}

#[tokio::test]
async fn what_changes_about_somebody_makes_their_tickets_void() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let slot = rush(&world).await;
    let stays = ready_child(&world, &client).await;
    let change = |name: &str, day| PersonDraft {
        relation: Relation::Child,
        name: name.into(),
        born: Day::from_ymd_opt(2018, 3, day),
    };

    let id = ready_child(&world, &client).await;
    make(&client, &slot, &[&id, &stays]).await.expect("ready");
    client.call::<ChangePerson>(id.clone(), change("大朵", 1)).await.expect("another name");
    assert!(find(&client, &slot).await.is_some(), "a name changes nothing");
    client.call::<ChangePerson>(id.clone(), change("大朵", 2)).await.expect("another birthday");
    assert_eq!(find(&client, &slot).await, None);

    sees(&world, &id, "xinsheng", true, true).await;
    make(&client, &slot, &[&id]).await.expect("ready");
    sees(&world, &id, "xinsheng", true, true).await;
    assert!(find(&client, &slot).await.is_some(), "the papers were seen once more");
    sees(&world, &id, "xinsheng", true, false).await;
    assert_eq!(find(&client, &slot).await, None, "they moved away");

    make(&client, &slot, &[&id]).await.expect("ready");
    sees(&world, &id, "tongsi", false, false).await;
    assert_eq!(find(&client, &slot).await, None, "the papers were not theirs");

    make(&client, &slot, &[&stays]).await.expect("ready");
    client.call::<RemovePerson>(id, ()).await.expect("taken out");
    assert!(find(&client, &slot).await.is_some(), "somebody else went");
    client.call::<RemovePerson>(stays, ()).await.expect("taken out");
    assert_eq!(find(&client, &slot).await, None);
    let left = world.server.app.db.rows("SELECT id FROM ticket WHERE voided IS NULL", Vec::new()).await;
    assert!(left.expect("rows").is_empty());
}

#[tokio::test]
async fn there_is_no_ticket_for_what_is_not_there_and_not_for_others() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let slot = rush(&world).await;
    let id = ready_child(&world, &client).await;
    let other = world.resident("13800000002").await;
    let unknown = Err(Problem::Refused(vec![Refusal::PersonUnknown]));
    assert_eq!(make(&other, &slot, &[&id]).await, unknown);
    assert_eq!(make(&client, &SlotId::from("nowhere"), &[&id]).await, Err(Problem::NotFound));
    make(&client, &slot, &[&id]).await.expect("ready");
    assert_eq!(find(&other, &slot).await, None);
    assert_eq!(other.call::<DropTicket>(slot.clone(), ()).await, Err(Problem::NotFound));
    let guest = world.anonymous();
    assert_eq!(make(&guest, &slot, &[&id]).await, Err(Problem::SignedOut));
    assert_eq!(guest.call::<GetTicket>(slot.clone(), ()).await, Err(Problem::SignedOut));
    assert_eq!(guest.call::<DropTicket>(slot.clone(), ()).await, Err(Problem::SignedOut));
    let many = vec![id.clone(); 500];
    let answer = client.call::<MakeTicket>(slot.clone(), TicketDraft { people: many }).await;
    assert_eq!(answer, Err(Problem::Refused(vec![Refusal::PartyTooLarge { most: 12 }])));
    // Once it starts, there is nothing to be ready for.
    world.pass_hours(48);
    assert_eq!(make(&client, &slot, &[&id]).await, Err(Problem::Refused(vec![Refusal::SlotPast])));
    assert_eq!(find(&client, &slot).await, None);
}

#[tokio::test]
async fn the_household_of_a_child_is_told_what_rests_on_its_consent() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let me = client.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
    let id = ready_child(&world, &client).await;
    let consent = client.call::<GetConsent>(id, ()).await.expect("consent");
    assert!(consent.ahead.is_empty());
    assert!(!client.call::<GetConsent>(me, ()).await.expect("oneself").needed);
    assert_eq!(world.now().day(CHINA), Day::from_ymd_opt(2026, 6, 24).expect("a day"));
}
