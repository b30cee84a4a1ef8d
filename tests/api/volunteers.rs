//! Volunteers: who becomes one, whom the desk suspends, and what each may do.

use backend::{audit, privacy::retention};
use domain::{
    audit::Act,
    failure::Problem,
    household::api::ListLooks,
    id::{CityId, TaskId},
    notice::{News, api::ListNotices},
    privacy::{GRACE, api::AskErasure},
    refusal::Refusal,
    session::api::GetMe,
    task::{
        Hands,
        api::{ClaimTask, GetTask, LeaveTask, ListTasks},
    },
    time::{DAY, MINUTE},
    volunteer::{
        Liking, Stand, VolunteerDraft,
        api::{
            BecomeVolunteer, GetVolunteering, ListVolunteers, LookAtVolunteer, RestoreVolunteer,
            StopVolunteering, SuspendVolunteer,
        },
    },
    work::{Because, Purpose},
};
use tokio::task::JoinSet;

use crate::{
    acts::refused,
    staff::DESK,
    world::{Client, World, fresh_key},
};

/// The desk of 文昌花园, and a task there that is for volunteers.
const WENCHANG: &str = "13900000004";
const READING: &str = "wenchang-task-reading";

fn draft(centre: &str, name: &str) -> VolunteerDraft {
    VolunteerDraft { centre: centre.into(), name: name.into(), likes: vec![Liking::Elders, Liking::Meals] }
}

fn because(reason: &str) -> Because {
    Because { reason: reason.into() }
}

/// A task of 扬州 whose identifier begins so.
pub async fn task(client: &Client, beginning: &str) -> TaskId {
    let tasks = client.call::<ListTasks>(CityId::from("yangzhou"), ()).await.expect("tasks");
    tasks.into_iter().map(|task| task.id).find(|id| id.as_str().starts_with(beginning)).expect("the task")
}

/// What somebody was told, latest first.
pub async fn told(client: &Client) -> Vec<News> {
    let notices = client.call::<ListNotices>((), ()).await.expect("notices");
    notices.into_iter().map(|notice| notice.about.news).collect()
}

#[tokio::test]
async fn a_task_for_volunteers_is_theirs_and_becoming_one_opens_it() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let reading = task(&client, READING).await;
    let page = client.call::<GetTask>(reading.clone(), ()).await.expect("a page");
    assert_eq!((&page.task.hands, &page.helper.volunteer), (&Hands::Volunteers, &None));
    let answer = client.call::<ClaimTask>(reading.clone(), ()).await;
    assert_eq!(refused(answer), Refusal::VolunteersOnly);
    assert_eq!(client.call::<GetVolunteering>((), ()).await.expect("nothing yet").volunteer, None);

    let key = fresh_key();
    for _ in 0..2 {
        let mine = client.call_with_key::<BecomeVolunteer>(&key, (), draft("xinsheng", " 小秦 ")).await;
        let mine = mine.expect("a volunteer").volunteer.expect("a volunteer");
        assert_eq!((&*mine.name, mine.centre.as_str(), &mine.stand), ("小秦", "xinsheng", &Stand::Good));
        assert_eq!(mine.likes, [Liking::Meals, Liking::Elders], "in their order, each once");
    }
    let page = client.call::<ClaimTask>(reading.clone(), ()).await.expect("at any centre");
    assert!(page.mine && page.helper.volunteer == Some(Stand::Good));
    // Saying something else keeps it one registration; another centre's list has it then.
    client.call::<BecomeVolunteer>((), draft("wenchang", "小秦")).await.expect("moved");
    let here = world.staff(DESK).await;
    assert!(here.call::<ListVolunteers>("xinsheng".into(), ()).await.expect("a list").is_empty());

    // Leaving gives the task to others, and the name goes.
    let mine = client.call::<StopVolunteering>((), ()).await.expect("left");
    assert_eq!(mine.volunteer, None);
    let page = client.call::<GetTask>(reading, ()).await.expect("a page");
    assert_eq!((page.mine, page.task.claimed), (false, 0));
    let nowhere = client.call::<BecomeVolunteer>((), draft("nowhere", "小秦")).await;
    assert_eq!(nowhere, Err(Problem::NotFound));
    let nameless = client.call::<BecomeVolunteer>((), draft("xinsheng", " ")).await;
    assert_eq!(refused(nameless), Refusal::TextTooShort { least: 1 });
}

#[tokio::test]
async fn who_is_suspended_is_told_why_loses_what_lies_ahead_and_does_not_evade_it_by_leaving() {
    let world = World::new().await;
    let app = &world.server.app;
    let client = world.resident("13800000001").await;
    let (reading, open) = (task(&client, READING).await, task(&client, "xinsheng-task-meals").await);
    client.call::<BecomeVolunteer>((), draft("wenchang", "小秦")).await.expect("a volunteer");
    for id in [&reading, &open] {
        client.call::<ClaimTask>(id.clone(), ()).await.expect("claimed");
    }
    let desk = world.staff(WENCHANG).await;
    let list = desk.call::<ListVolunteers>("wenchang".into(), ()).await.expect("a list");
    assert_eq!(list.iter().map(|one| &*one.name).collect::<Vec<_>>(), ["小**"], "masked");
    let id = list[0].id.clone();
    let short = desk.call::<SuspendVolunteer>(id.clone(), because("不")).await;
    assert_eq!(refused(short), Refusal::TextTooShort { least: 4 });
    let elsewhere = world.staff(DESK).await;
    let answer = elsewhere.call::<SuspendVolunteer>(id.clone(), because("几次没有来")).await;
    assert_eq!(answer, Err(Problem::NotFound), "another centre's");
    let list = desk.call::<SuspendVolunteer>(id.clone(), because("几次没有来")).await.expect("suspended");
    let stand = Stand::Suspended { reason: "几次没有来".into() };
    assert_eq!(list[0].stand, stand);

    let news = News::VolunteerSuspended { reason: "几次没有来".into() };
    assert_eq!(told(&client).await, [news]);
    let mine = client.call::<GetVolunteering>((), ()).await.expect("mine").volunteer.expect("still");
    assert_eq!(mine.stand, stand);
    assert!(!client.call::<GetTask>(reading.clone(), ()).await.expect("a page").mine, "given back");
    assert!(client.call::<GetTask>(open.clone(), ()).await.expect("a page").mine, "this is for anybody");
    client.call::<LeaveTask>(open.clone(), ()).await.expect("left");
    client.call::<ClaimTask>(open, ()).await.expect("and joined again");
    let refusal = Refusal::VolunteerSuspended { reason: "几次没有来".into() };
    assert_eq!(refused(client.call::<ClaimTask>(reading.clone(), ()).await), refusal);

    // Leaving and coming back changes nothing of it; nor does another centre.
    client.call::<StopVolunteering>((), ()).await.expect("left");
    assert_eq!(refused(client.call::<ClaimTask>(reading.clone(), ()).await), Refusal::VolunteersOnly);
    assert!(desk.call::<ListVolunteers>("wenchang".into(), ()).await.expect("a list").is_empty());
    client.call::<BecomeVolunteer>((), draft("wenchang", "小秦")).await.expect("back");
    assert_eq!(refused(client.call::<ClaimTask>(reading.clone(), ()).await), refusal);

    world.clock.advance(MINUTE);
    let list = desk.call::<RestoreVolunteer>(id, ()).await.expect("restored");
    assert_eq!(list[0].stand, Stand::Good);
    assert_eq!(told(&client).await[0], News::VolunteerRestored);
    client.call::<ClaimTask>(reading, ()).await.expect("in good standing");
    assert!(audit::verify(&app.db, &app.vault).await.expect("reads").is_ok());
}

#[tokio::test]
async fn who_a_volunteer_is_is_seen_for_a_purpose_that_they_can_read() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    client.call::<BecomeVolunteer>((), draft("xinsheng", "小秦")).await.expect("a volunteer");
    let desk = world.staff(DESK).await;
    let id = desk.call::<ListVolunteers>("xinsheng".into(), ()).await.expect("a list")[0].id.clone();
    let purpose = |text: &str| Purpose { purpose: text.into() };
    let short = desk.call::<LookAtVolunteer>(id.clone(), purpose("看")).await;
    assert_eq!(refused(short), Refusal::TextTooShort { least: 4 });
    let contact = desk.call::<LookAtVolunteer>(id.clone(), purpose("安排周末任务")).await.expect("who");
    assert_eq!((&*contact.name, &*contact.phone), ("小秦", "138****0001"));
    let me = client.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
    let looks = client.call::<ListLooks>(me, ()).await.expect("looks");
    assert_eq!(looks.len(), 1);
    assert_eq!((looks[0].act, &*looks[0].purpose), (Act::Look, "安排周末任务"));
    let answer = world.staff(WENCHANG).await.call::<LookAtVolunteer>(id, purpose("安排周末任务")).await;
    assert_eq!(answer, Err(Problem::NotFound));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_suspension_and_a_claim_at_once_no_suspended_volunteer_keeps_a_task() {
    let world = World::new().await;
    let desk = world.staff(WENCHANG).await;
    let reading = task(&desk, READING).await;
    for round in 0..6 {
        let client = world.resident(&format!("1380000001{round}")).await;
        client.call::<BecomeVolunteer>((), draft("wenchang", "小秦")).await.expect("a volunteer");
        let list = desk.call::<ListVolunteers>("wenchang".into(), ()).await.expect("a list");
        let id = list.into_iter().find(|one| one.stand == Stand::Good).expect("the new one").id;
        let mut taps = JoinSet::new();
        for _ in 0..3 {
            let (client, task) = (client.clone(), reading.clone());
            taps.spawn(async move { drop(client.call::<ClaimTask>(task, ()).await) });
        }
        let (by, whom) = (desk.clone(), id.clone());
        taps.spawn(async move { drop(by.call::<SuspendVolunteer>(whom, because("几次没有来")).await) });
        taps.join_all().await;
        let page = client.call::<GetTask>(reading.clone(), ()).await.expect("a page");
        assert_eq!((page.mine, page.task.claimed), (false, 0), "round {round}");
    }
}

#[tokio::test]
async fn nothing_of_a_volunteer_is_left_after_erasure_and_a_suspension_is_forgotten_in_time() {
    let world = World::new().await;
    let app = &world.server.app;
    let (client, desk) = (world.resident("13800000001").await, world.staff(DESK).await);
    client.call::<BecomeVolunteer>((), draft("xinsheng", "小秦")).await.expect("a volunteer");
    let other = world.resident("13800000002").await;
    other.call::<BecomeVolunteer>((), draft("xinsheng", "小尤")).await.expect("a volunteer");
    for one in desk.call::<ListVolunteers>("xinsheng".into(), ()).await.expect("a list") {
        desk.call::<SuspendVolunteer>(one.id, because("几次没有来")).await.expect("suspended");
    }
    other.call::<StopVolunteering>((), ()).await.expect("left");
    client.call::<AskErasure>((), ()).await.expect("asked");
    world.clock.advance(GRACE);
    assert_eq!(backend::privacy::erase::erase_due(app).await.expect("erased"), 1);
    let count = async || {
        let row = app.db.row("SELECT COUNT(*) AS there FROM volunteer", backend::args![]).await;
        row.expect("reads").expect("a count").int("there").expect("a number")
    };
    assert_eq!(count().await, 1, "that the other was suspended");
    retention::run(&app.db, world.now().plus(366 * DAY)).await.expect("swept");
    assert_eq!(count().await, 0);
}
