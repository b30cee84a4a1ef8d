//! What the desk has seen, what a household says of its children, and what undoes it.

use backend::{
    audit::{self, Entry},
    household::{Papers, facts, verify},
};
use domain::{
    audit::Act,
    failure::Problem,
    household::{
        Care, Person, PersonDraft, Relation, School,
        api::{ChangeCare, ChangePerson, GetCare, ListLooks},
    },
    id::{AccountId, CentreId, PersonId},
    refusal::Refusal,
    session::api::GetMe,
    time::{Day, HOUR},
};

use crate::{
    consent::child,
    hall::settle,
    world::{Client, World},
};

/// Somebody of the staff.
async fn staff(world: &World) -> AccountId {
    let account = AccountId(world.server.app.dice.id("a"));
    let person = PersonId(world.server.app.dice.id("p"));
    settle(&world.server.app, &account, &[person]).await;
    account
}

/// Lets the desk of a centre see somebody's papers.
pub async fn sees(world: &World, person: &PersonId, centre: &str, identity: bool, resident: bool) {
    let by = staff(world).await;
    let mut tx = world.server.app.db.begin().await.expect("begins");
    let papers = Papers { identity, resident };
    let now = world.now();
    verify(&mut tx, person, &CentreId::from(centre), &by, papers, now).await.expect("kept");
    tx.commit().await.expect("commits");
}

async fn person(client: &Client, id: &PersonId) -> Person {
    let me = client.call::<GetMe>((), ()).await.expect("me");
    me.people.into_iter().find(|person| person.id == *id).expect("of the household")
}

#[tokio::test]
async fn the_household_sees_who_saw_the_papers_and_when() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let id = child(&client, (2020, 3, 1)).await;
    assert_eq!(person(&client, &id).await.verified, None);

    sees(&world, &id, "xinsheng", true, true).await;
    let known = person(&client, &id).await;
    let verified = known.verified.expect("verified");
    assert_eq!((verified.at, verified.centre.as_str()), (world.now(), "xinsheng"));
    assert_eq!(verified.centre_name.zh, "新盛社区");
    assert_eq!(known.resident_of, Some(CentreId::from("xinsheng")));

    // Another centre sees the papers, too: where somebody lives is for their own centre to say.
    world.clock.advance(HOUR);
    sees(&world, &id, "tongsi", true, false).await;
    let known = person(&client, &id).await;
    assert_eq!(known.verified.expect("verified").centre.as_str(), "tongsi");
    assert_eq!(known.resident_of, Some(CentreId::from("xinsheng")));

    // They moved away; then somebody found that it was a mistake altogether.
    sees(&world, &id, "xinsheng", true, false).await;
    let known = person(&client, &id).await;
    assert!(known.verified.is_some() && known.resident_of.is_none());
    sees(&world, &id, "xinsheng", false, false).await;
    assert_eq!(person(&client, &id).await.verified, None);

    let rows = world.server.app.db.rows("SELECT identity FROM verification ORDER BY seq", Vec::new()).await;
    let found: Vec<i64> =
        rows.expect("rows").iter().map(|row| row.int("identity").expect("a flag")).collect();
    assert_eq!(found, [1, 1, 1, 0], "all of it stays on record");
}

#[tokio::test]
async fn another_birthday_has_to_be_seen_anew_another_name_not() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let id = child(&client, (2020, 2, 29)).await;
    sees(&world, &id, "xinsheng", true, true).await;
    let mut draft =
        PersonDraft {
            relation: Relation::Child, name: "大朵".into(), born: Day::from_ymd_opt(2020, 2, 29)
        };
    client.call::<ChangePerson>(id.clone(), draft.clone()).await.expect("another name");
    assert!(person(&client, &id).await.verified.is_some());
    draft.born = Day::from_ymd_opt(2020, 3, 1);
    client.call::<ChangePerson>(id.clone(), draft).await.expect("another birthday");
    let known = person(&client, &id).await;
    assert_eq!((known.verified, known.resident_of), (None, None));
}

#[tokio::test]
async fn what_to_know_of_a_child_is_kept_for_those_who_look_after_it() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let id = child(&client, (2020, 3, 1)).await;
    assert_eq!(client.call::<GetCare>(id.clone(), ()).await, Ok(Care::default()));
    let said = Care {
        school: Some(School::Kindergarten),
        allergies: " 花生\u{202e}、虾 ".into(),
        notes: "午睡要抱着小熊\r\n怕黑".into(),
    };
    let kept = client.call::<ChangeCare>(id.clone(), said).await.expect("kept");
    assert_eq!((&*kept.allergies, &*kept.notes), ("花生、虾", "午睡要抱着小熊\n怕黑"));
    assert_eq!(client.call::<GetCare>(id.clone(), ()).await, Ok(kept.clone()));

    // It stays when the name changes, and the desk can read it.
    let draft =
        PersonDraft { relation: Relation::Child, name: "大朵".into(), born: Day::from_ymd_opt(2020, 3, 1) };
    client.call::<ChangePerson>(id.clone(), draft).await.expect("another name");
    let (_, person, care) = facts(&world.server.app, &id).await.expect("facts");
    assert_eq!((&*person.name, care), ("大朵", kept));

    let long = Care { notes: "长".repeat(201), ..Care::default() };
    let refused = Err(Problem::Refused(vec![Refusal::TextTooLong { most: 200 }]));
    assert_eq!(client.call::<ChangeCare>(id.clone(), long).await, refused);
    let two = world.resident("13800000002").await;
    for (stranger, problem) in [(two, Problem::NotFound), (world.anonymous(), Problem::SignedOut)] {
        assert_eq!(stranger.call::<GetCare>(id.clone(), ()).await, Err(problem.clone()));
        assert_eq!(stranger.call::<ChangeCare>(id.clone(), Care::default()).await, Err(problem));
    }
}

#[tokio::test]
async fn a_guardian_sees_who_looked_and_nobody_else_does() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let (id, other) = (child(&client, (2020, 3, 1)).await, child(&client, (2021, 3, 1)).await);
    assert_eq!(client.call::<ListLooks>(id.clone(), ()).await, Ok(Vec::new()));
    let app = &world.server.app;
    let by = staff(&world).await;
    let mut tx = app.db.begin().await.expect("begins");
    let centre = CentreId::from("xinsheng");
    let mut entry = Entry::new(Some(&by), Act::Look, world.now());
    entry.person = Some(&id);
    entry.centre = Some(&centre);
    entry.purpose = "家长来电";
    audit::record(&mut tx, &app.vault, &[entry], None).await.expect("recorded");
    tx.commit().await.expect("commits");

    let looks = client.call::<ListLooks>(id.clone(), ()).await.expect("looks");
    let seen: Vec<_> = looks.iter().map(|look| (look.act, look.at, &*look.purpose)).collect();
    assert_eq!(seen, [(Act::Look, world.now(), "家长来电")]);
    assert_eq!(looks[0].centre_name.as_ref().map(|name| &*name.zh), Some("新盛社区"));
    assert_eq!(client.call::<ListLooks>(other, ()).await, Ok(Vec::new()));
    let two = world.resident("13800000002").await;
    assert_eq!(two.call::<ListLooks>(id.clone(), ()).await, Err(Problem::NotFound));
    assert_eq!(world.anonymous().call::<ListLooks>(id, ()).await, Err(Problem::SignedOut));
}
