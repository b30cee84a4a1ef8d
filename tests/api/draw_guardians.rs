//! Two guardians and a draw: either can enter the child, and neither makes its chance larger.

use backend::args;
use domain::{
    booking::api::ListBookings,
    draw::{
        DrawOutcome, Why,
        api::{EnterDraw, GetEntry, WithdrawEntry},
        check::check,
    },
    failure::Problem,
    guardian::{
        Scope,
        api::{EndGuardian, GetGuardians},
    },
    household::Relation,
    id::PersonId,
    refusal::Refusal,
    session::api::GetMe,
    work::{Caller, api::BookAtCounter},
};

use crate::{
    consent::child,
    guardians::both,
    lots::{Lots, household, mine},
    staff::DESK,
    world::{Client, World},
};

fn entered_by_other(person: &PersonId) -> Problem {
    Problem::Refused(vec![Refusal::EnteredByOther { person: person.clone() }])
}

/// Enters; its lots, or why not.
async fn enter(lots: &Lots, client: &Client, people: &[&PersonId]) -> Result<u32, Problem> {
    let draft = lots.draft(people, &[0]);
    let mine = client.call::<EnterDraw>(lots.id.clone(), draft).await?;
    Ok(mine.entry.expect("an entry").weight)
}

/// A child of somebody's own household, beside the one they share.
async fn own_child(client: &Client) -> PersonId {
    child(client, (2017, 3, 1)).await;
    let me = client.call::<GetMe>((), ()).await.expect("me");
    let own = me.people.into_iter().find(|one| one.shared.is_none() && one.relation == Relation::Child);
    own.expect("a child of their own").id
}

#[tokio::test]
async fn either_guardian_enters_the_child_and_then_the_other_cannot() {
    let world = World::new().await;
    let (mother, father, kid) = both(&world, Scope::Book).await;
    let sibling = child(&mother, (2016, 3, 1)).await;
    let lots = Lots::new(&world.server.app, &[2], 0).await;
    assert_eq!(enter(&lots, &father, &[&kid]).await, Ok(1));
    // Neither the child again, nor a sibling: the household takes part once.
    assert_eq!(enter(&lots, &mother, &[&kid]).await, Err(entered_by_other(&kid)));
    assert_eq!(enter(&lots, &mother, &[&sibling]).await, Err(entered_by_other(&sibling)));
    let seen = mine(&mother, &lots.id).await;
    assert_eq!(seen.entry, None);
    let herself = mother.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
    for person in [&herself, &kid, &sibling] {
        assert!(seen.entered.contains(person), "told before the tap: {:?}", seen.entered);
    }
    assert_eq!(mine(&father, &lots.id).await.entered, []);
    assert_eq!(lots.page(&world).await.entries, 1);

    // Once it is taken back the way is free, and the same holds the other way round.
    father.call::<WithdrawEntry>(lots.id.clone(), ()).await.expect("taken back");
    assert_eq!(mine(&mother, &lots.id).await.entered, []);
    assert_eq!(enter(&lots, &mother, &[&kid, &sibling]).await, Ok(1));
    assert_eq!(enter(&lots, &father, &[&kid]).await, Err(entered_by_other(&kid)));
    assert_eq!(mine(&father, &lots.id).await.entered, std::slice::from_ref(&kid));
    // His own he can enter: they are another household.
    let own = own_child(&father).await;
    assert_eq!(enter(&lots, &father, &[&own]).await, Ok(1));
    let both_of_his = enter(&lots, &father, &[&own, &kid]).await;
    assert_eq!(both_of_his, Err(entered_by_other(&kid)));
    assert_eq!(lots.page(&world).await.entries, 2);
}

#[tokio::test]
async fn who_both_enter_at_once_has_one_entry() {
    let world = World::new().await;
    let (mother, father, kid) = both(&world, Scope::Book).await;
    for _ in 0..4 {
        let lots = Lots::new(&world.server.app, &[1], 0).await;
        let party = [&kid];
        let (one, two) = tokio::join!(enter(&lots, &mother, &party), enter(&lots, &father, &party));
        let refused = Err(entered_by_other(&kid));
        assert!(
            (one == Ok(1) && two == refused) || (two == Ok(1) && one == refused),
            "one of them: {one:?} {two:?}"
        );
        assert_eq!(lots.page(&world).await.entries, 1);
        let names = world
            .server
            .app
            .db
            .rows("SELECT people FROM draw_entry WHERE draw_id = $1 AND withdrawn IS NULL", args![&lots.id]);
        assert_eq!(names.await.expect("reads").len(), 1);
    }
}

#[tokio::test]
async fn what_is_drawn_is_the_guardians_who_entered_and_both_see_it() {
    let world = World::new().await;
    let (mother, father, kid) = both(&world, Scope::Book).await;
    let lots = Lots::new(&world.server.app, &[1], 0).await;
    assert_eq!(enter(&lots, &father, &[&kid]).await, Ok(1));
    let result = lots.result(&world).await;
    assert!(matches!(result.lots[0].fate.outcome, DrawOutcome::Placed { .. }));
    assert_eq!(result.lots.len(), 1);
    let his = father.call::<ListBookings>((), ()).await.expect("bookings");
    let hers = mother.call::<ListBookings>((), ()).await.expect("bookings");
    assert_eq!((his.len(), his[0].theirs, &his[0].people), (1, false, &vec![kid]));
    assert_eq!((hers.len(), hers[0].theirs, &hers[0].id), (1, true, &his[0].id));
}

#[tokio::test]
async fn lots_follow_the_child_and_not_who_enters() {
    let world = World::new().await;
    let (mother, father, kid) = both(&world, Scope::Book).await;
    let own = own_child(&father).await;
    // Nobody gets in: the counter has given the only place away.
    let first = Lots::new(&world.server.app, &[1], 0).await;
    let mut tx = world.server.app.db.begin().await.expect("begins");
    let given = "UPDATE slot SET desk = 1, taken = 1 WHERE id = $1";
    tx.run(given, args![&first.slots[0]]).await.expect("given away");
    tx.commit().await.expect("commits");
    assert_eq!(enter(&first, &father, &[&kid]).await, Ok(1));
    first.result(&world).await;
    let second = Lots::new(&world.server.app, &[9], 0).await;
    assert_eq!(enter(&second, &father, &[&own]).await, Ok(1), "his own household has lost nothing");
    assert_eq!(enter(&second, &father, &[&own, &kid]).await, Ok(1), "nobody gains by whom they bring");
    let with_kid = enter(&second, &father, &[&kid]).await.expect("entered");
    father.call::<WithdrawEntry>(second.id.clone(), ()).await.expect("taken back");
    let by_her = enter(&second, &mother, &[&kid]).await.expect("entered");
    assert_eq!(with_kid, by_her, "the same, whoever enters");
    assert!(by_her > 1, "the child's household has lost: {by_her}");
}

#[tokio::test]
async fn a_guardian_who_is_none_any_more_does_not_stand_in_the_way() {
    let world = World::new().await;
    let (mother, father, kid) = both(&world, Scope::Book).await;
    let (lots, other) =
        (Lots::new(&world.server.app, &[1], 0).await, Lots::new(&world.server.app, &[1], 0).await);
    for draw in [&lots, &other] {
        assert_eq!(enter(draw, &father, &[&kid]).await, Ok(1));
    }
    let guardians = mother.call::<GetGuardians>(kid.clone(), ()).await.expect("guardians");
    mother.call::<EndGuardian>(guardians.others[0].id.clone(), ()).await.expect("ended");
    assert_eq!(mine(&mother, &lots.id).await.entered, []);
    assert_eq!(enter(&lots, &mother, &[&kid]).await, Ok(1));
    assert_eq!(mine(&father, &lots.id).await.entry, None, "his entry has gone");
    assert_eq!(lots.page(&world).await.entries, 1);
    let again = enter(&lots, &father, &[&kid]).await;
    assert_eq!(again, Err(Problem::Refused(vec![Refusal::PersonUnknown])));
    // Where nobody entered anew, the lots leave out what is no longer his to bring.
    let result = other.result(&world).await;
    assert_eq!(result.lots[0].lot.barred.iter().map(|bar| bar.why).collect::<Vec<_>>(), [Why::Gone]);
    assert!(father.call::<ListBookings>((), ()).await.expect("bookings").is_empty());
}

#[tokio::test]
async fn who_may_only_look_enters_nobody() {
    let world = World::new().await;
    let (mother, father, kid) = both(&world, Scope::See).await;
    let lots = Lots::new(&world.server.app, &[1], 0).await;
    let unknown = Err(Problem::Refused(vec![Refusal::PersonUnknown]));
    assert_eq!(enter(&lots, &father, &[&kid]).await, unknown);
    assert_eq!(enter(&lots, &mother, &[&kid]).await, Ok(1));
    let (stranger, people) = household(&world, 1).await;
    assert_eq!(enter(&lots, &stranger, &[&kid]).await, unknown);
    assert_eq!(enter(&lots, &stranger, &[&people[0]]).await, Ok(1));
    let theirs = stranger.call::<GetEntry>(lots.id.clone(), ()).await.expect("an answer");
    assert_eq!(theirs.entered, []);
}

#[tokio::test]
async fn a_post_at_the_desk_is_no_advantage() {
    let world = World::new().await;
    let app = &world.server.app;
    let lots = Lots::new(app, &[1], 0).await;
    let desk = world.staff(DESK).await;
    let (neighbour, people) = household(&world, 1).await;
    let own = desk.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
    assert_eq!(enter(&lots, &desk, &[&own]).await, Ok(1));
    assert_eq!(enter(&lots, &neighbour, &[&people[0]]).await, Ok(1), "as many lots");
    // The counter gives out no place of what is drawn, neither to a friend nor to itself.
    for phone in [None, Some("13900000003"), Some("13800000042")] {
        let phone = phone.map(str::to_owned);
        let caller = Caller {
            phone,
            name: "朋友".into(),
            born: None,
            along: Vec::new(),
            guests: 0,
            note: "来电".into(),
        };
        let booked = desk.call::<BookAtCounter>(lots.slots[0].clone(), caller).await;
        assert_eq!(booked, Err(Problem::Refused(vec![Refusal::DrawPending])));
    }
    assert_eq!(lots.page(&world).await.entries, 2);
    let result = lots.result(&world).await;
    assert!(result.lots.iter().all(|drawn| drawn.lot.weight == 1 && drawn.lot.barred.is_empty()));
    assert_eq!(check(&result), []);
}
