//! The staff: who works where, who invites whom, and posts that are gone at the next request.

use backend::{audit, staff};
use domain::{
    failure::Problem,
    id::StaffId,
    refusal::Refusal,
    session::api::GetMe,
    staff::{
        Invitation, Member, Post, Standing,
        api::{GetWorkbench, InviteStaff, ListStaff, ResumeStaff, SuspendStaff},
    },
};

use crate::world::{Client, World, fresh_key};

/// The staff of the demo: who runs the house, the office of Yangzhou, the desk of Xinsheng.
pub const ADMIN: &str = "13900000001";
pub const DISTRICT: &str = "13900000002";
pub const DESK: &str = "13900000003";

fn invitation(phone: &str, post: Post) -> Invitation {
    Invitation { phone: phone.into(), name: "赵老师".into(), post }
}

fn desk(centre: &str) -> Post {
    Post::Staff(centre.into())
}

async fn find(client: &Client, post: &Post, standing: Standing) -> Member {
    let members = client.call::<ListStaff>((), ()).await.expect("the staff");
    let mut found = members.into_iter().filter(|member| member.post == *post && member.standing == standing);
    found.next().expect("somebody of that post")
}

#[tokio::test]
async fn the_staff_sign_in_like_everybody_and_are_told_where_they_work() {
    let world = World::new().await;
    let resident = world.resident("13800000001").await;
    assert!(resident.call::<GetMe>((), ()).await.expect("me").posts.is_empty());
    assert_eq!(resident.call::<GetWorkbench>((), ()).await, Err(Problem::NotFound));

    let staff = world.staff(DESK).await;
    assert_eq!(staff.call::<GetMe>((), ()).await.expect("me").posts, [desk("xinsheng")]);
    let bench = staff.call::<GetWorkbench>((), ()).await.expect("a workbench");
    let centres: Vec<&str> = bench.centres.iter().map(|place| place.centre.as_str()).collect();
    assert_eq!(centres, ["xinsheng"]);
    assert_eq!(staff.call::<ListStaff>((), ()).await, Err(Problem::NotFound), "a desk appoints nobody");

    let office = world.staff(DISTRICT).await.call::<GetWorkbench>((), ()).await.expect("a workbench");
    assert!(office.centres.len() > 1);
    assert!(office.centres.iter().all(|place| place.city.as_str() == "yangzhou"));
    let house = world.staff(ADMIN).await.call::<GetWorkbench>((), ()).await.expect("a workbench");
    assert!(house.centres.len() > office.centres.len());
}

#[tokio::test]
async fn an_invitation_waits_for_its_telephone_and_a_post_is_gone_at_the_next_request() {
    let world = World::new().await;
    let office = world.staff(DISTRICT).await;
    let (phone, post) = ("13700000001", desk("wenchang"));
    let (key, input) = (fresh_key(), invitation(phone, post.clone()));
    let first = office.call_with_key::<InviteStaff>(&key, (), input.clone()).await.expect("invited");
    let again = office.call_with_key::<InviteStaff>(&key, (), input).await.expect("invited once");
    assert_eq!(first, again);
    let invited = find(&office, &post, Standing::Pending).await;
    let mine = first.iter().find(|member| member.phone == "137****0001").expect("on the list");
    assert_eq!((&*mine.name, mine.standing, mine.me), ("赵老师", Standing::Pending, false));
    assert!(first.iter().any(|member| member.id == invited.id));

    let member = world.resident(phone).await;
    assert_eq!(member.call::<GetMe>((), ()).await.expect("me").posts, std::slice::from_ref(&post));
    member.call::<GetWorkbench>((), ()).await.expect("at work");
    let listed = office.call::<ListStaff>((), ()).await.expect("the staff");
    let listed = listed.iter().find(|member| member.id == mine.id).expect("still there");
    assert_eq!(listed.standing, Standing::Active);

    office.call::<SuspendStaff>(mine.id.clone(), ()).await.expect("suspended");
    assert_eq!(member.call::<GetWorkbench>((), ()).await, Err(Problem::NotFound));
    assert!(member.call::<GetMe>((), ()).await.expect("still a resident").posts.is_empty());
    office.call::<ResumeStaff>(mine.id.clone(), ()).await.expect("resumed");
    member.call::<GetWorkbench>((), ()).await.expect("back at work");

    let app = &world.server.app;
    assert_eq!(audit::verify(&app.db, &app.vault).await, Ok(Ok(3)), "invited, suspended, resumed");
}

#[tokio::test]
async fn an_office_appoints_the_desks_of_its_own_city_and_nobody_else() {
    let world = World::new().await;
    let office = world.staff(DISTRICT).await;
    for post in [desk("shuangqiao"), desk("nowhere"), Post::Office("yangzhou".into()), Post::Admin] {
        let answer = office.call::<InviteStaff>((), invitation("13700000001", post.clone())).await;
        assert_eq!(answer, Err(Problem::NotFound), "{post:?}");
    }
    let wrong = Invitation { name: String::new(), ..invitation("1", desk("xinsheng")) };
    let refusals = vec![Refusal::PhoneMalformed, Refusal::TextTooShort { least: 1 }];
    assert_eq!(office.call::<InviteStaff>((), wrong).await, Err(Problem::Refused(refusals)));

    let admin = world.staff(ADMIN).await;
    let abroad = desk("shuangqiao");
    admin.call::<InviteStaff>((), invitation("13700000002", abroad.clone())).await.expect("invited");
    let there = find(&admin, &abroad, Standing::Pending).await;
    for id in [&there.id, &StaffId::from("s-unknown")] {
        assert_eq!(office.call::<SuspendStaff>(id.clone(), ()).await, Err(Problem::NotFound));
        assert_eq!(office.call::<ResumeStaff>(id.clone(), ()).await, Err(Problem::NotFound));
    }
    assert!(office.call::<ListStaff>((), ()).await.expect("the staff").iter().all(|m| m.id != there.id));
}

#[tokio::test]
async fn the_last_who_runs_the_house_stays() {
    let world = World::new().await;
    let admin = world.staff(ADMIN).await;
    let myself = find(&admin, &Post::Admin, Standing::Active).await;
    assert!(myself.me);
    let last = Err(Problem::Refused(vec![Refusal::LastAdministrator]));
    assert_eq!(admin.call::<SuspendStaff>(myself.id.clone(), ()).await, last);
    admin.call::<InviteStaff>((), invitation("13700000001", Post::Admin)).await.expect("invited");
    assert_eq!(admin.call::<SuspendStaff>(myself.id.clone(), ()).await, last, "who never came runs nothing");
    let second = world.staff("13700000001").await;
    second.call::<SuspendStaff>(myself.id.clone(), ()).await.expect("now there is another");
    assert_eq!(admin.call::<ListStaff>((), ()).await, Err(Problem::NotFound));
}

#[tokio::test]
async fn a_line_of_the_record_that_was_touched_shows() {
    let world = World::new().await;
    let app = &world.server.app;
    let admin = world.staff(ADMIN).await;
    for n in 1..=4 {
        let phone = format!("1370000000{n}");
        admin.call::<InviteStaff>((), invitation(&phone, desk("xinsheng"))).await.expect("invited");
    }
    assert_eq!(audit::verify(&app.db, &app.vault).await, Ok(Ok(4)));
    let tamper = async |sql: &'static str| {
        let mut tx = app.db.begin().await.expect("begins");
        tx.run(sql, Vec::new()).await.expect("runs");
        tx.commit().await.expect("commits");
        audit::verify(&app.db, &app.vault).await.expect("reads")
    };
    let found = tamper("UPDATE audit SET act = 'resume' WHERE seq = 2").await;
    assert_eq!(found, Err(audit::Fault::Changed(2)));
    let found = tamper("UPDATE audit SET act = 'invite' WHERE seq = 2").await;
    assert_eq!(found, Ok(4), "as it was");
    let found = tamper("DELETE FROM audit WHERE seq = 4").await;
    assert_eq!(found, Err(audit::Fault::Cut { written: 4, there: 3 }));
    let found = tamper("DELETE FROM audit WHERE seq = 2").await;
    assert_eq!(found, Err(audit::Fault::Missing(2)));
}

#[tokio::test]
async fn from_the_command_line_posts_are_given_and_taken() {
    let world = World::new().await;
    let run = async |command: &str, args: &[&str]| crate::admins::run(&world, command, args).await;
    let phone = "13700000009";
    let given = run("grant", &["--phone", phone, "--role", "district", "--city", "xiaoyi"]).await;
    assert_eq!(given, Ok("granted\n".into()));
    let unknown = run("grant", &["--phone", phone, "--role", "staff", "--centre", "nowhere"]).await;
    assert_eq!(unknown, Err("there is no such centre or area".into()));
    let nowhere = run("grant", &["--phone", phone, "--role", "office", "--area", "nowhere"]).await;
    assert_eq!(nowhere, Err("there is no such centre or area".into()));
    let officer = world.resident(phone).await;
    assert_eq!(officer.call::<GetMe>((), ()).await.expect("me").posts, [Post::Office("xiaoyi".into())]);

    assert_eq!(run("revoke", &["--phone", phone]).await, Ok("revoked: 1\n".into()));
    assert_eq!(officer.call::<GetWorkbench>((), ()).await, Err(Problem::NotFound));
    let nothing = Err("that telephone holds no such post".into());
    assert_eq!(run("revoke", &["--phone", phone]).await, nothing);
    let last = Err("nobody would be left who runs the house".into());
    assert_eq!(run("revoke", &["--phone", ADMIN]).await, last);
    assert_eq!(run("audit-verify", &[]).await, Ok("the record is whole: 2 lines\n".into()));
    let posts = staff::posts(&world.server.app.db, &"a-nobody".into()).await;
    assert_eq!(posts, Ok(vec![]));
}
