//! Volunteer tasks: of two who want the last place one gets it, the other is told.

use backend::{args, clock::Clock, pace};
use domain::{
    failure::Problem,
    household::{PersonDraft, Relation, api::ChangePerson},
    id::{CityId, TaskId},
    notice::api::{SeeNotices, SeenRequest},
    refusal::Refusal,
    session::api::GetMe,
    task::{
        Task,
        api::{ClaimTask, GetTask, LeaveTask, ListTasks, MyTasks},
    },
    text::Text,
    time::{DAY, HOUR, Moment},
};
use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    hall::{Guest, Hall},
    world::{Client, World, fresh_key},
};

async fn tasks(client: &Client) -> Vec<Task> {
    client.call::<ListTasks>(CityId::from("yangzhou"), ()).await.expect("tasks")
}

async fn call_me(client: &Client, name: &str) {
    let me = client.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
    let draft = PersonDraft { relation: Relation::Myself, name: name.into(), born: None };
    client.call::<ChangePerson>(me, draft).await.expect("named");
}

#[tokio::test]
async fn tasks_lie_ahead_and_come_in_order() {
    let world = World::new().await;
    let list = tasks(&world.anonymous()).await;
    assert!(list.len() >= 6);
    assert!(list.iter().all(|task| task.span.starts > world.now() && task.claimed == 0));
    assert!(list.windows(2).all(|pair| pair[0].span.starts <= pair[1].span.starts));
    let page = world.anonymous().call::<GetTask>(list[0].id.clone(), ()).await.expect("public");
    assert!(!page.mine && page.task == list[0]);
    let guest = world.anonymous();
    assert_eq!(guest.call::<GetTask>(TaskId::from("nothing"), ()).await, Err(Problem::NotFound));
    assert_eq!(guest.call::<ListTasks>(CityId::from("nowhere"), ()).await, Err(Problem::NotFound));
    assert_eq!(guest.call::<ClaimTask>(list[0].id.clone(), ()).await, Err(Problem::SignedOut));
    assert_eq!(guest.call::<LeaveTask>(list[0].id.clone(), ()).await, Err(Problem::SignedOut));
    assert_eq!(guest.call::<MyTasks>((), ()).await, Err(Problem::SignedOut));
}

#[tokio::test]
async fn of_many_who_claim_at_once_as_many_get_it_as_are_needed() {
    let world = World::new().await;
    let task = tasks(&world.anonymous()).await.remove(0);
    let mut taps = JoinSet::new();
    for number in 0..8 {
        let client = world.resident(&format!("1380000000{number}")).await;
        call_me(&client, &format!("甲乙丙丁{number}")).await;
        let id = task.id.clone();
        taps.spawn(async move { client.call::<ClaimTask>(id, ()).await });
    }
    let mut got = 0;
    for answer in taps.join_all().await {
        match answer {
            Ok(page) => {
                got += 1;
                assert!(page.mine && page.task.claimed <= task.needs);
            }
            Err(Problem::Refused(refusals)) => {
                let by = vec!["甲*".to_owned(); task.needs as usize];
                assert_eq!(refusals, [Refusal::TaskTaken { by }], "one sign of a name, no more");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(got, task.needs);
    let page = world.anonymous().call::<GetTask>(task.id, ()).await.expect("public");
    assert_eq!((page.task.claimed, page.task.left()), (task.needs, 0));
}

#[tokio::test]
async fn claiming_twice_is_claiming_once_and_leaving_makes_room() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let task = tasks(&client).await.remove(0);
    let key = fresh_key();
    for _ in 0..2 {
        let page = client.call_with_key::<ClaimTask>(&key, task.id.clone(), ()).await.expect("in");
        assert_eq!((page.mine, page.task.claimed), (true, 1));
    }
    let page = client.call::<ClaimTask>(task.id.clone(), ()).await.expect("a second tap");
    assert_eq!(page.task.claimed, 1);
    assert_eq!(client.call::<MyTasks>((), ()).await.expect("mine"), [page.task]);
    let page = client.call::<LeaveTask>(task.id.clone(), ()).await.expect("out");
    assert_eq!((page.mine, page.task.claimed), (false, 0));
    let page = client.call::<LeaveTask>(task.id.clone(), ()).await.expect("out already");
    assert_eq!(page.task.claimed, 0);
    assert!(client.call::<MyTasks>((), ()).await.expect("none").is_empty());
    let listed = tasks(&world.anonymous()).await.into_iter().find(|listed| listed.id == task.id);
    assert_eq!(listed.map(|task| task.claimed), Some(0), "the list is up to date");
    let other = client.call_with_key::<LeaveTask>(&key, task.id, ()).await;
    assert_eq!(other, Err(Problem::Refused(vec![Refusal::KeyReused])));
}

#[tokio::test]
async fn who_gave_no_name_is_not_named() {
    let world = World::new().await;
    let task = tasks(&world.anonymous()).await.remove(0);
    for number in 0..task.needs {
        let client = world.resident(&format!("1380000000{number}")).await;
        client.call::<ClaimTask>(task.id.clone(), ()).await.expect("in");
    }
    let late = world.resident("13900000000").await;
    let taken = Refusal::TaskTaken { by: Vec::new() };
    assert_eq!(late.call::<ClaimTask>(task.id, ()).await, Err(Problem::Refused(vec![taken])));
}

#[tokio::test]
async fn a_task_that_has_begun_is_neither_claimed_nor_left() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let list = tasks(&client).await;
    client.call::<ClaimTask>(list[0].id.clone(), ()).await.expect("in");
    world.clock.set(list[0].span.starts);
    let past = Err(Problem::Refused(vec![Refusal::TaskPast]));
    assert_eq!(client.call::<LeaveTask>(list[0].id.clone(), ()).await, past);
    let other = world.resident("13800000002").await;
    assert_eq!(other.call::<ClaimTask>(list[0].id.clone(), ()).await, past);
    assert_eq!(client.call::<MyTasks>((), ()).await.expect("under way").len(), 1);
    world.clock.advance(DAY);
    assert!(client.call::<MyTasks>((), ()).await.expect("over").is_empty());
}

#[tokio::test]
async fn nobody_lends_a_hand_in_two_places_at_once() {
    let world = World::new().await;
    let db = &world.server.app.db;
    let guest = Guest::of(world.resident("13800000001").await).await;
    let list = tasks(&guest.client).await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let booked = guest.book(&hall.slot(20, 5).await).await.expect("booked");
    let moves = async |task: &Task, starts: Moment| {
        let mut tx = db.begin().await.expect("begins");
        let sql = "UPDATE task SET starts = $2, ends = $3 WHERE id = $1";
        tx.run(sql, args![&task.id, starts, starts.plus(HOUR)]).await.expect("moved");
        tx.commit().await.expect("committed");
    };
    let claim = async |task: &Task| guest.client.call::<ClaimTask>(task.id.clone(), ()).await.map(drop);
    let overlaps = |title: &Text, starts: Moment| {
        let (person, title) = (guest.person.clone(), title.clone());
        Err(Problem::Refused(vec![Refusal::Overlaps { person, title, starts }]))
    };
    moves(&list[0], booked.starts().plus(HOUR / 2)).await;
    assert_eq!(claim(&list[0]).await, overlaps(&booked.title, booked.starts()));
    moves(&list[0], booked.ends()).await;
    assert_eq!(claim(&list[0]).await, Ok(()), "right after it");
    moves(&list[1], booked.ends().plus(HOUR / 2)).await;
    assert_eq!(claim(&list[1]).await, overlaps(&list[0].title, booked.ends()));
    guest.client.call::<LeaveTask>(list[0].id.clone(), ()).await.expect("left");
    assert_eq!(claim(&list[1]).await, Ok(()));
}

#[tokio::test]
async fn an_account_that_writes_without_end_is_slowed_down() {
    let world = World::new().await;
    let (busy, other) = (world.resident("13800000001").await, world.resident("13800000002").await);
    let task = tasks(&busy).await.remove(0).id;
    for _ in 0..pace::MOST / 2 {
        busy.call::<ClaimTask>(task.clone(), ()).await.expect("claimed");
        busy.call::<LeaveTask>(task.clone(), ()).await.expect("left");
    }
    let stopped = || Err(Problem::Busy { retry_after: 6 });
    assert_eq!(busy.call::<ClaimTask>(task.clone(), ()).await, stopped());
    let seen = SeenRequest { up_to: world.now() };
    assert_eq!(
        busy.call::<SeeNotices>((), seen).await,
        Err(Problem::Busy { retry_after: 6 }),
        "whatever it writes"
    );
    busy.call::<GetMe>((), ()).await.expect("reading goes on");
    other.call::<ClaimTask>(task.clone(), ()).await.expect("others are not concerned");
    world.clock.advance(6_000);
    busy.call::<ClaimTask>(task.clone(), ()).await.expect("one has come back");
    assert_eq!(busy.call::<LeaveTask>(task, ()).await, Err(Problem::Busy { retry_after: 6 }), "and no more");
}
