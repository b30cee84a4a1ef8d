//! Teams: the desk invites by telephone, who comes does the team's tasks, and nobody else does.

use backend::privacy::retention;
use domain::{
    failure::Problem,
    notice::News,
    refusal::Refusal,
    staff::Standing,
    task::{
        Hands,
        api::{ClaimTask, GetTask, MyTasks},
    },
    team::{
        NewMember, TeamMember,
        api::{GetTeam, InviteMember, ListTeams, RemoveMember, ResumeMember, SuspendMember},
    },
    time::{DAY, MINUTE},
    volunteer::api::GetVolunteering,
};

use crate::{
    acts::refused,
    staff::{ADMIN, DESK, DISTRICT},
    volunteers::{task, told},
    world::{Client, World, fresh_key},
};

const TEAM: &str = "xinsheng-repairs";
const BULBS: &str = "xinsheng-task-bulbs";
/// Of the demo's repairs team.
const MASTER: &str = "13900000007";

fn new(phone: &str) -> NewMember {
    NewMember { phone: phone.into(), name: "冯师傅".into() }
}

async fn members(desk: &Client) -> Vec<TeamMember> {
    let rolls = desk.call::<ListTeams>("xinsheng".into(), ()).await.expect("teams");
    assert_eq!(rolls.iter().map(|roll| roll.team.id.as_str()).collect::<Vec<_>>(), [TEAM, "xinsheng-silver"]);
    rolls.into_iter().next().expect("the repairs team").members
}

#[tokio::test]
async fn somebody_is_invited_signs_in_and_does_what_is_the_teams() {
    let world = World::new().await;
    let (desk, phone) = (world.staff(DESK).await, "13700000001");
    let neighbour = world.resident("13800000001").await;
    let bulbs = task(&neighbour, BULBS).await;
    let page = neighbour.call::<GetTask>(bulbs.clone(), ()).await.expect("everybody sees it");
    let Hands::Team { name, .. } = page.task.hands else { panic!("{:?}", page.task.hands) };
    let answer = neighbour.call::<ClaimTask>(bulbs.clone(), ()).await;
    assert_eq!(refused(answer), Refusal::OfTeam { team: name });
    assert_eq!(neighbour.call::<GetTeam>(TEAM.into(), ()).await, Err(Problem::NotFound));

    // The demo's is in the team before her.
    world.clock.advance(MINUTE);
    let key = fresh_key();
    for _ in 0..2 {
        desk.call_with_key::<InviteMember>(&key, TEAM.into(), new(phone)).await.expect("invited once");
    }
    let listed = members(&desk).await;
    let hers = listed.iter().find(|one| one.phone == "137****0001").expect("on the list");
    assert_eq!((&*hers.name, hers.standing), ("冯师傅", Standing::Pending));
    assert_eq!(listed.len(), 2, "and the demo's");

    let she = world.resident(phone).await;
    let teams = she.call::<GetVolunteering>((), ()).await.expect("teams").teams;
    assert_eq!(teams.iter().map(|team| team.id.as_str()).collect::<Vec<_>>(), [TEAM]);
    she.call::<ClaimTask>(bulbs.clone(), ()).await.expect("the team's");
    let master = world.resident(MASTER).await;
    let page = master.call::<GetTeam>(TEAM.into(), ()).await.expect("the team");
    assert_eq!(page.members, ["孙**", "冯**"], "by their first signs");
    assert_eq!(
        (page.tasks.len(), page.tasks[0].mine, &page.tasks[0].by),
        (1, false, &vec!["冯**".to_owned()])
    );
    assert!(she.call::<GetTeam>(TEAM.into(), ()).await.expect("the team").tasks[0].mine);
}

#[tokio::test]
async fn who_is_suspended_or_taken_out_is_out_at_the_next_request_and_told() {
    let world = World::new().await;
    let desk = world.staff(DESK).await;
    let master = world.resident(MASTER).await;
    let bulbs = task(&master, BULBS).await;
    master.call::<ClaimTask>(bulbs.clone(), ()).await.expect("the team's");
    let id = members(&desk).await[0].id.clone();
    desk.call::<SuspendMember>(id.clone(), ()).await.expect("suspended");
    assert_eq!(master.call::<GetTeam>(TEAM.into(), ()).await, Err(Problem::NotFound));
    assert!(master.call::<MyTasks>((), ()).await.expect("tasks").is_empty(), "others can come");
    assert!(matches!(refused(master.call::<ClaimTask>(bulbs.clone(), ()).await), Refusal::OfTeam { .. }));
    assert_eq!(told(&master).await, [News::TeamSuspended]);
    desk.call::<SuspendMember>(id.clone(), ()).await.expect("is so already");
    world.clock.advance(MINUTE);
    desk.call::<ResumeMember>(id.clone(), ()).await.expect("back");
    assert_eq!(told(&master).await, [News::TeamResumed, News::TeamSuspended]);
    master.call::<ClaimTask>(bulbs.clone(), ()).await.expect("again");

    world.clock.advance(MINUTE);
    let key = fresh_key();
    for _ in 0..2 {
        let rolls = desk.call_with_key::<RemoveMember>(&key, id.clone(), ()).await.expect("out");
        assert!(rolls[0].members.is_empty());
    }
    assert_eq!(desk.call::<RemoveMember>(id, ()).await, Err(Problem::NotFound));
    assert_eq!(master.call::<GetTeam>(TEAM.into(), ()).await, Err(Problem::NotFound));
    assert_eq!(master.call::<GetTask>(bulbs, ()).await.expect("a page").task.claimed, 0);
    assert_eq!(told(&master).await[0], News::TeamLeft);
}

#[tokio::test]
async fn a_team_is_kept_by_its_own_desk_and_the_offices_above() {
    let world = World::new().await;
    let id = members(&world.staff(ADMIN).await).await[0].id.clone();
    let (elsewhere, above) = (world.staff("13900000004").await, world.staff(DISTRICT).await);
    let none = Err(Problem::NotFound);
    assert_eq!(elsewhere.call::<ListTeams>("xinsheng".into(), ()).await, none);
    assert_eq!(elsewhere.call::<InviteMember>(TEAM.into(), new("13700000001")).await, none);
    assert_eq!(elsewhere.call::<SuspendMember>(id.clone(), ()).await, none);
    assert_eq!(elsewhere.call::<RemoveMember>(id.clone(), ()).await, none);
    above.call::<SuspendMember>(id, ()).await.expect("the city's office");
    assert_eq!(above.call::<InviteMember>("nothing".into(), new("13700000001")).await, none);
    let wrong = above.call::<InviteMember>(TEAM.into(), new("1")).await;
    assert_eq!(refused(wrong), Refusal::PhoneMalformed);
}

#[tokio::test]
async fn an_invitation_that_nobody_comes_for_is_forgotten() {
    let world = World::new().await;
    let desk = world.staff(DESK).await;
    desk.call::<InviteMember>(TEAM.into(), new("13700000001")).await.expect("invited");
    retention::run(&world.server.app.db, world.now().plus(91 * DAY)).await.expect("swept");
    let row = world.server.app.db.row("SELECT COUNT(*) AS there FROM team_member", backend::args![]).await;
    assert_eq!(row.expect("reads").expect("a count").int("there"), Ok(1), "the demo's stays");
}
