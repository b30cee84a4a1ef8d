//! Two guardians of one child: who comes with a code, what they see and may do, and how it ends.

use std::time::Duration;

use backend::args;
use domain::{
    booking::api::{Book, BookRequest, CancelBooking, GetBooking, ListBookings, RestoreBooking},
    consent::api::{GetConsent, GiveConsent, WithdrawConsent},
    failure::Problem,
    guardian::{
        Deed, Guardians, InvitationDraft, JoinRequest, Scope,
        api::{EndGuardian, GetGuardians, InviteGuardian, JoinAsGuardian},
    },
    household::{
        PersonDraft, Relation,
        api::{ChangeCare, ChangePerson, GetCare, ListLooks, RemovePerson},
    },
    id::PersonId,
    refusal::Refusal,
    session::{Me, api::GetMe},
    ticket::api::GetTicket,
    time::{Day, HOUR},
};
use reqwest::Method;
use serde_json::json;

use crate::{
    consent::{NOW, child},
    hall::{Guest, Hall},
    tickets::{make, ready_child, rush},
    world::{Client, World, fresh_key},
};

async fn invite(client: &Client, person: &PersonId, scope: Scope) -> String {
    let draft = InvitationDraft { scope };
    let made = client.call::<InviteGuardian>(person.clone(), draft).await.expect("invited");
    made.invitation.expect("a code").code
}

async fn join(client: &Client, code: &str) -> Result<Me, Problem> {
    client.call::<JoinAsGuardian>((), JoinRequest { code: code.into() }).await
}

async fn guardians(client: &Client, person: &PersonId) -> Result<Guardians, Problem> {
    client.call::<GetGuardians>(person.clone(), ()).await
}

fn unknown() -> Result<Me, Problem> {
    Err(Problem::Refused(vec![Refusal::InvitationUnknown]))
}

/// A household with a child, and another guardian of it.
pub async fn both(world: &World, scope: Scope) -> (Client, Client, PersonId) {
    let mother = world.resident("13800000001").await;
    let father = world.resident("13900000002").await;
    let id = child(&mother, (2018, 3, 1)).await;
    let code = invite(&mother, &id, scope).await;
    join(&father, &code).await.expect("joined");
    (mother, father, id)
}

#[tokio::test]
async fn who_comes_with_a_code_has_the_child_among_their_people() {
    let world = World::new().await;
    let (mother, father, id) = both(&world, Scope::Book).await;
    let me = father.call::<GetMe>((), ()).await.expect("me");
    assert_eq!(me.people.len(), 2);
    let theirs = &me.people[1];
    assert_eq!((&theirs.id, &*theirs.name, theirs.shared), (&id, "朵朵", Some(Scope::Book)));
    assert_eq!(mother.call::<GetMe>((), ()).await.expect("me").people[1].shared, None);

    for (who, mine) in [(&mother, true), (&father, false)] {
        let seen = guardians(who, &id).await.expect("guardians");
        assert_eq!((seen.mine, &*seen.household), (mine, "138****0001"));
        let other = &seen.others[0];
        assert_eq!((&*other.phone, other.scope, other.me), ("139****0002", Scope::Book, !mine));
        let deeds: Vec<_> = seen.steps.iter().map(|step| step.deed).collect();
        assert_eq!(deeds.len(), 2);
        assert!(deeds.contains(&Deed::Invited) && deeds.contains(&Deed::Joined));
        assert_eq!(seen.invitation, None);
    }
    let stranger = world.resident("13800000003").await;
    assert_eq!(guardians(&stranger, &id).await, Err(Problem::NotFound));
}

#[tokio::test]
async fn a_code_is_good_once_for_a_day_until_the_next_and_not_for_oneself() {
    let world = World::new().await;
    let mother = world.resident("13800000001").await;
    let father = world.resident("13900000002").await;
    let id = child(&mother, (2018, 3, 1)).await;
    let first = invite(&mother, &id, Scope::See).await;
    assert_eq!(join(&mother, &first).await, unknown());
    let second = invite(&mother, &id, Scope::See).await;
    assert_ne!(first, second);
    assert_eq!(join(&father, &first).await, unknown(), "another was made");
    for wrong in ["", "ABCD2345", "abcd", "👩👧"] {
        assert_eq!(join(&father, wrong).await, unknown(), "{wrong}");
    }
    // The household can read it again as long as it is good.
    let shown = guardians(&mother, &id).await.expect("guardians").invitation.expect("a code");
    assert_eq!((shown.code.clone(), shown.lapses), (second.clone(), world.now().plus(24 * HOUR)));
    world.clock.advance(24 * HOUR);
    assert_eq!(join(&father, &second).await, unknown(), "too late");
    assert_eq!(guardians(&mother, &id).await.expect("guardians").invitation, None);

    let third = invite(&mother, &id, Scope::See).await;
    let typed = format!(" {}-{} ", third[..4].to_lowercase(), &third[4..]);
    let key = fresh_key();
    for _ in 0..2 {
        let request = JoinRequest { code: typed.clone() };
        let me = father.call_with_key::<JoinAsGuardian>(&key, (), request).await.expect("joined");
        assert_eq!(me.people.len(), 2);
    }
    let other = world.resident("13800000003").await;
    assert_eq!(join(&other, &third).await, unknown(), "used");
    let codes = world.server.app.db.rows("SELECT code_mac FROM guardian_code", Vec::new()).await;
    for row in codes.expect("rows") {
        let mac = row.text("code_mac").expect("a digest");
        assert!(mac.len() == 64 && ![&first, &second, &third].contains(&&mac));
    }
}

/// Two servers that let the same child into two slots at once would each find nothing in the way.
#[tokio::test]
async fn who_takes_a_childs_booking_up_again_waits_for_its_household() {
    let world = World::new().await;
    let app = &world.server.app;
    if app.db.is_sqlite() {
        // There, everybody who writes waits for everybody.
        return;
    }
    let (mother, father, id) = both(&world, Scope::Book).await;
    let slot = Hall::new(app, json!({ "unit": "person" })).await.slot(9, 5).await;
    let his = father.call::<Book>((), BookRequest::new(slot, vec![id.clone()])).await.expect("booked");
    father.call::<CancelBooking>(his.id.clone(), ()).await.expect("given back");
    let household = Guest { client: mother, person: id }.account(app).await;
    let mut holding = app.db.begin().await.expect("begins");
    let sql = "UPDATE account SET made = made WHERE id = $1";
    holding.run(sql, args![&household]).await.expect("holds it");
    let mut restoring = tokio::spawn(async move { father.call::<RestoreBooking>(his.id, ()).await });
    let early = tokio::time::timeout(Duration::from_millis(500), &mut restoring).await;
    assert!(early.is_err(), "it did not wait: {early:?}");
    drop(holding);
    restoring.await.expect("runs").expect("taken up again");
}

#[tokio::test]
async fn both_see_the_childs_bookings_and_each_deals_with_their_own() {
    let world = World::new().await;
    let (mother, father, id) = both(&world, Scope::Book).await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let (one, two) = (hall.slot(3, 5).await, hall.slot(9, 5).await);
    let fathers_own = father.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
    let hers = mother.call::<Book>((), BookRequest::new(one, vec![id.clone()])).await.expect("booked");
    let party = vec![id.clone(), fathers_own];
    let his = father.call::<Book>((), BookRequest::new(two.clone(), party)).await.expect("booked");
    assert!(!his.theirs && his.people.len() == 2);

    for (who, other) in [(&mother, &his), (&father, &hers)] {
        let all = who.call::<ListBookings>((), ()).await.expect("bookings");
        assert_eq!(all.len(), 2);
        let seen = who.call::<GetBooking>(other.id.clone(), ()).await.expect("seen");
        assert!(seen.theirs && !seen.may_cancel(world.now()) && seen.undo_until.is_none());
        assert_eq!(seen.people, core::slice::from_ref(&id), "nobody else of that party");
        assert_eq!(who.call::<CancelBooking>(other.id.clone(), ()).await, Err(Problem::NotFound));
    }
    // Nobody is in a slot twice, whoever books.
    let twice = mother.call::<Book>((), BookRequest::new(two, vec![id.clone()])).await;
    assert!(
        matches!(twice, Err(Problem::Refused(refusals)) if matches!(refusals[..], [Refusal::AlreadyIn { .. }]))
    );
    assert_eq!(
        mother.call::<RemovePerson>(id, ()).await,
        Err(Problem::Refused(vec![Refusal::PersonBooked])),
        "booked by the other"
    );
}

#[tokio::test]
async fn the_code_is_for_whoever_may_bring_the_child() {
    let world = World::new().await;
    let (mother, father, id) = both(&world, Scope::See).await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(3, 5).await;
    let hers = mother.call::<Book>((), BookRequest::new(slot, vec![id.clone()])).await.expect("booked");
    let seen = async || {
        let one = father.call::<GetBooking>(hers.id.clone(), ()).await.expect("seen");
        let all = father.call::<ListBookings>((), ()).await.expect("seen");
        assert_eq!((all.len(), &all[0].code), (1, &one.code));
        let path = format!("/api/bookings/{}/code.svg", hers.id);
        let picture = father.request(Method::GET, &path).send().await.expect("an answer");
        (one.code, picture.status().as_u16())
    };
    assert_eq!(seen().await, (String::new(), 404), "who may look checks nobody in");
    let code = invite(&mother, &id, Scope::Book).await;
    join(&father, &code).await.expect("joined");
    assert_eq!(seen().await, (hers.code.clone(), 200));
}

#[tokio::test]
async fn who_may_only_see_books_nothing_and_nobody_changes_the_child_of_another() {
    let world = World::new().await;
    let (mother, father, id) = both(&world, Scope::See).await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let slot = hall.slot(3, 5).await;
    let unknown = Err(Problem::Refused(vec![Refusal::PersonUnknown]));
    let asked = BookRequest::new(slot.clone(), vec![id.clone()]);
    assert_eq!(father.call::<Book>((), asked).await, unknown.clone());
    assert_eq!(make(&father, &slot, &[&id]).await.err(), unknown.err());

    let draft =
        PersonDraft { relation: Relation::Child, name: "豆".into(), born: Day::from_ymd_opt(2018, 3, 1) };
    let care = father.call::<GetCare>(id.clone(), ()).await.expect("to be read");
    assert_eq!(father.call::<ListLooks>(id.clone(), ()).await, Ok(Vec::new()));
    assert_eq!(father.call::<ChangeCare>(id.clone(), care).await, Err(Problem::NotFound));
    assert_eq!(father.call::<ChangePerson>(id.clone(), draft).await, Err(Problem::NotFound));
    assert_eq!(father.call::<RemovePerson>(id.clone(), ()).await, Err(Problem::NotFound));
    assert_eq!(father.call::<GetConsent>(id.clone(), ()).await, Err(Problem::NotFound));
    assert_eq!(father.call::<GiveConsent>(id.clone(), NOW).await, Err(Problem::NotFound));
    let draft = InvitationDraft { scope: Scope::Book };
    assert_eq!(father.call::<InviteGuardian>(id.clone(), draft).await, Err(Problem::NotFound));
    assert!(mother.call::<RemovePerson>(id.clone(), ()).await.is_ok());
    assert_eq!(father.call::<GetMe>((), ()).await.expect("me").people.len(), 1, "gone with the child");
    assert_eq!(guardians(&father, &id).await, Err(Problem::NotFound));
}

#[tokio::test]
async fn it_ends_when_either_wants_and_tickets_end_with_it() {
    let world = World::new().await;
    let mother = world.resident("13800000001").await;
    let father = world.resident("13900000002").await;
    let slot = rush(&world).await;
    let id = ready_child(&world, &mother).await;
    let code = invite(&mother, &id, Scope::Book).await;
    join(&father, &code).await.expect("joined");

    // What the household takes back counts for the other guardian, too.
    let ticket = make(&father, &slot, &[&id]).await.expect("ready").expect("a ticket");
    mother.call::<WithdrawConsent>(id.clone(), ()).await.expect("taken back");
    assert_eq!(father.call::<GetTicket>(slot.clone(), ()).await, Ok(None));
    mother.call::<GiveConsent>(id.clone(), NOW).await.expect("given");
    let again = make(&father, &slot, &[&id]).await.expect("ready").expect("a ticket");
    assert_ne!(ticket.token, again.token);
    let hers = make(&mother, &slot, &[&id]).await.expect("ready").expect("a ticket");

    let bond = guardians(&mother, &id).await.expect("guardians").others[0].id.clone();
    let stranger = world.resident("13800000003").await;
    assert_eq!(stranger.call::<EndGuardian>(bond.clone(), ()).await, Err(Problem::NotFound));
    let key = fresh_key();
    for _ in 0..2 {
        mother.call_with_key::<EndGuardian>(&key, bond.clone(), ()).await.expect("sent away");
    }
    assert_eq!(mother.call::<EndGuardian>(bond, ()).await, Err(Problem::NotFound));
    assert_eq!(father.call::<GetMe>((), ()).await.expect("me").people.len(), 1);
    assert_eq!(guardians(&father, &id).await, Err(Problem::NotFound));
    assert_eq!(father.call::<GetCare>(id.clone(), ()).await, Err(Problem::NotFound));
    assert_eq!(mother.call::<GetTicket>(slot.clone(), ()).await, Ok(Some(hers)), "hers is good");
    world.clock.advance(3 * HOUR);
    let request = BookRequest { ticket: Some(again.token), ..BookRequest::new(slot, vec![id.clone()]) };
    assert!(father.call::<Book>((), request).await.is_err());

    // And the other way: they leave by themselves.
    let code = invite(&mother, &id, Scope::See).await;
    join(&father, &code).await.expect("joined");
    let bond = guardians(&father, &id).await.expect("guardians").others[0].id.clone();
    father.call::<EndGuardian>(bond, ()).await.expect("left");
    let steps = guardians(&mother, &id).await.expect("guardians").steps;
    assert_eq!(steps[0].deed, Deed::Left);
    assert!(
        steps.iter().any(|step| step.deed == Deed::SentAway && step.phone.as_deref() == Some("139****0002"))
    );
}
