//! The guardian's consent for a child: its own, of one version, given and taken back.

use backend::audit;
use domain::{
    booking::{BookingState, api::GetBooking},
    consent::{
        Consent, ConsentDraft, VERSION,
        api::{GetConsent, GiveConsent, WithdrawConsent},
    },
    failure::Problem,
    household::{PersonDraft, Relation, api::AddPerson},
    id::{PersonId, SlotId},
    refusal::Refusal,
    session::api::GetMe,
    time::{CHINA, Day, HOUR, MINUTE},
    work::{
        CentreDay,
        api::{GetRoster, GetWorkDay},
    },
};
use serde_json::json;

use crate::{
    hall::{Guest, Hall},
    staff::DESK,
    world::{Client, World, fresh_key},
};

pub const NOW: ConsentDraft = ConsentDraft { version: VERSION };

/// Adds a child born on that day to the household.
pub async fn child(client: &Client, born: (i32, u32, u32)) -> PersonId {
    let born = Day::from_ymd_opt(born.0, born.1, born.2);
    let draft = PersonDraft { relation: Relation::Child, name: "朵朵".into(), born };
    let me = client.call::<AddPerson>((), draft).await.expect("added");
    me.people.last().expect("a child").id.clone()
}

async fn read(client: &Client, person: &PersonId) -> Consent {
    client.call::<GetConsent>(person.clone(), ()).await.expect("consent")
}

#[tokio::test]
async fn consent_is_given_and_taken_back_and_both_stay_on_record() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let person = child(&client, (2020, 3, 1)).await;
    let before = read(&client, &person).await;
    assert!(before.needed && before.given.is_none() && before.steps.is_empty());
    assert_eq!(before.version, VERSION);

    let given = client.call::<GiveConsent>(person.clone(), NOW).await.expect("given");
    let at = world.now();
    assert_eq!(given.given.map(|given| (given.version, given.at)), Some((VERSION, at)));
    let me = client.call::<GetMe>((), ()).await.expect("me");
    assert_eq!(me.people[1].consent, given.given);
    assert!(!me.people[1].lacks_consent(Day::from_ymd_opt(2026, 6, 24).expect("a day")));

    // To say it twice changes nothing.
    world.clock.advance(HOUR);
    assert_eq!(client.call::<GiveConsent>(person.clone(), NOW).await, Ok(given));

    let taken = client.call::<WithdrawConsent>(person.clone(), ()).await.expect("taken back");
    assert!(taken.given.is_none());
    let steps: Vec<_> = taken.steps.iter().map(|step| (step.given, step.at)).collect();
    assert_eq!(steps, [(false, world.now()), (true, at)]);
    let again = client.call::<WithdrawConsent>(person.clone(), ()).await.expect("nothing to take back");
    assert_eq!(again, taken);
    assert!(client.call::<GetMe>((), ()).await.expect("me").people[1].consent.is_none());

    let given = client.call::<GiveConsent>(person.clone(), NOW).await.expect("given again");
    assert_eq!((given.steps.len(), given.given.map(|given| given.at)), (3, Some(world.now())));
}

#[tokio::test]
async fn a_retry_is_one_consent() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let person = child(&client, (2020, 3, 1)).await;
    let key = fresh_key();
    for _ in 0..2 {
        let given = client.call_with_key::<GiveConsent>(&key, person.clone(), NOW).await.expect("given");
        assert_eq!(given.steps.len(), 1);
    }
    let key = fresh_key();
    for _ in 0..2 {
        let taken = client.call_with_key::<WithdrawConsent>(&key, person.clone(), ()).await.expect("taken");
        assert_eq!(taken.steps.len(), 2);
    }
}

#[tokio::test]
async fn only_what_was_shown_is_consented_to() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let person = child(&client, (2020, 3, 1)).await;
    for version in [0, VERSION - 1, VERSION + 1] {
        let other = client.call::<GiveConsent>(person.clone(), ConsentDraft { version }).await;
        assert_eq!(other, Err(Problem::Refused(vec![Refusal::ConsentChanged { version: VERSION }])));
    }
    assert!(read(&client, &person).await.steps.is_empty());
}

#[tokio::test]
async fn consent_to_an_earlier_version_counts_no_more() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let person = child(&client, (2020, 3, 1)).await;
    client.call::<GiveConsent>(person.clone(), NOW).await.expect("given");
    let me = client.call::<GetMe>((), ()).await.expect("me");
    let mut older = me.people[1].clone();
    let today = Day::from_ymd_opt(2026, 6, 24).expect("a day");
    assert!(!older.lacks_consent(today));
    // What the next version will say of it.
    older.consent = older.consent.map(|mut given| {
        given.version = VERSION - 1;
        given
    });
    assert!(older.lacks_consent(today));
}

#[tokio::test]
async fn from_fourteen_on_nobody_consents_for_somebody_else() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    // Fourteen on that very day, and a day younger.
    let grown = child(&client, (2012, 6, 24)).await;
    let young = child(&client, (2012, 6, 25)).await;
    assert!(!read(&client, &grown).await.needed);
    let answer = client.call::<GiveConsent>(grown, NOW).await;
    assert!(matches!(answer, Err(Problem::Malformed(_))), "{answer:?}");
    assert!(client.call::<GiveConsent>(young, NOW).await.expect("given").needed);
}

#[tokio::test]
async fn nobody_consents_for_the_children_of_others() {
    let world = World::new().await;
    let one = world.resident("13800000001").await;
    let two = world.resident("13800000002").await;
    let person = child(&one, (2020, 3, 1)).await;
    one.call::<GiveConsent>(person.clone(), NOW).await.expect("given");
    for (stranger, problem) in [(two, Problem::NotFound), (world.anonymous(), Problem::SignedOut)] {
        assert_eq!(stranger.call::<GetConsent>(person.clone(), ()).await, Err(problem.clone()));
        assert_eq!(stranger.call::<GiveConsent>(person.clone(), NOW).await, Err(problem.clone()));
        assert_eq!(stranger.call::<WithdrawConsent>(person.clone(), ()).await, Err(problem));
    }
    assert_eq!(read(&one, &person).await.steps.len(), 1);
}

#[tokio::test]
async fn the_desk_that_expects_the_child_sees_that_consent_was_taken_back_and_nothing_is_cancelled() {
    let world = World::new().await;
    let app = &world.server.app;
    let asks = Hall::new(app, json!({ "unit": "person", "needs_consent": true })).await;
    let (ahead, other) =
        (asks.slot(30, 5).await, Hall::new(app, json!({ "unit": "person" })).await.slot(40, 5).await);
    let client = world.resident("13800000001").await;
    let person = child(&client, (2020, 3, 1)).await;
    client.call::<GiveConsent>(person.clone(), NOW).await.expect("given");
    let guest = Guest { client: client.clone(), person: person.clone() };
    let (booking, plain) =
        (guest.book(&ahead).await.expect("booked"), guest.book(&other).await.expect("booked"));
    let (desk, elsewhere) = (world.staff(DESK).await, world.staff("13900000004").await);
    let day = async |client: &Client, centre: &str| {
        let there = CentreDay::new(centre.into(), world.now().day(CHINA));
        client.call::<GetWorkDay>(there, ()).await.expect("the day").consents
    };
    let back = async |slot: &SlotId| {
        let roster = desk.call::<GetRoster>(slot.clone(), ()).await.expect("the list");
        roster.parties[0].people[0].consent_back
    };
    assert_eq!((day(&desk, "xinsheng").await.len(), back(&ahead).await), (0, None));

    world.clock.advance(MINUTE);
    let at = world.now();
    let taken = client.call::<WithdrawConsent>(person.clone(), ()).await.expect("taken back");
    assert_eq!(taken.ahead.iter().map(|one| &one.booking).collect::<Vec<_>>(), [&booking.id]);
    let told = day(&desk, "xinsheng").await;
    let told: Vec<_> = told.iter().map(|back| (&back.slot, back.at)).collect();
    assert_eq!(told, [(&ahead, at), (&other, at)], "whether it was asked for there or not");
    assert_eq!((back(&ahead).await, back(&other).await), (Some(at), Some(at)));
    assert!(day(&elsewhere, "wenchang").await.is_empty(), "to the desk that expects them, and to no other");
    for booking in [&booking, &plain] {
        let mine = client.call::<GetBooking>(booking.id.clone(), ()).await.expect("theirs");
        assert_eq!(mine.state, BookingState::Confirmed);
    }
    let looks = audit::of_person(&app.db, &app.vault, &person).await.expect("reads");
    assert_eq!(looks.len(), 2, "each list is on record, the entry names nobody");

    let again = client.call::<GiveConsent>(person.clone(), NOW).await.expect("given again");
    assert_eq!((again.steps.len(), day(&desk, "xinsheng").await.len(), back(&ahead).await), (3, 0, None));
    client.call::<WithdrawConsent>(person.clone(), ()).await.expect("and back");
    assert_eq!(day(&desk, "xinsheng").await.len(), 2);
    guest.cancels(&booking).await.expect("the guardian's to give back");
    let left = day(&desk, "xinsheng").await;
    assert_eq!(left.iter().map(|back| &back.slot).collect::<Vec<_>>(), [&other]);
}
