//! The tree of areas: an office reaches what lies below it, and nothing beside or above.

use backend::{args, db::DbError};
use domain::{
    failure::Problem,
    staff::{
        Invitation, Member, Post,
        api::{GetWorkbench, InviteStaff, ListStaff, ResumeStaff, SuspendStaff},
    },
    time::CHINA,
    work::{CentreDay, api::GetWorkDay},
};

use crate::{
    staff::{ADMIN, DISTRICT},
    world::{Client, World},
};

/// The offices of 广陵区 and of its 汶河街道.
const GUANGLING: &str = "13900000005";
const WENHE: &str = "13900000006";

fn office(area: &str) -> Post {
    Post::Office(area.into())
}

fn desk(centre: &str) -> Post {
    Post::Staff(centre.into())
}

async fn invite(client: &Client, phone: &str, post: Post) -> Result<Vec<Member>, Problem> {
    client.call::<InviteStaff>((), Invitation { phone: phone.into(), name: "赵老师".into(), post }).await
}

async fn bench(client: &Client) -> (Vec<String>, Vec<String>) {
    let bench = client.call::<GetWorkbench>((), ()).await.expect("a workbench");
    let centres = bench.centres.into_iter().map(|place| place.centre.0).collect();
    (centres, bench.areas.into_iter().map(|area| area.id.0).collect())
}

#[tokio::test]
async fn an_office_sees_its_own_subtree_and_the_chain_above_sees_more() {
    let world = World::new().await;
    let street = ["tongsi", "shita", "huanggong"];
    let (centres, areas) = bench(&world.staff(WENHE).await).await;
    assert_eq!((centres, areas), (street.map(str::to_owned).into(), vec!["wenhe".to_owned()]));
    let (centres, areas) = bench(&world.staff(GUANGLING).await).await;
    assert_eq!(centres, ["wenchang", "tongsi", "shita", "huanggong"]);
    assert_eq!(areas, ["guangling", "wenhe"]);
    let (centres, areas) = bench(&world.staff(DISTRICT).await).await;
    assert_eq!(centres, ["wenchang", "tongsi", "shita", "huanggong", "shurenyuan", "xinsheng"]);
    assert_eq!(areas, ["yangzhou", "guangling", "wenhe", "hanjiang", "xinsheng-street"]);
    let admin = bench(&world.staff(ADMIN).await).await;
    assert!(admin.0.len() > 20 && admin.1.iter().any(|area| area == "zhongyanglou"));
}

#[tokio::test]
async fn an_office_appoints_desks_and_offices_below_itself_and_nobody_else() {
    let world = World::new().await;
    let district = world.staff(GUANGLING).await;
    for post in [
        office("guangling"),
        office("yangzhou"),
        office("hanjiang"),
        office("xinsheng-street"),
        office("nowhere"),
        desk("xinsheng"),
        desk("shuangqiao"),
        Post::Admin,
    ] {
        let answer = invite(&district, "13700000001", post.clone()).await;
        assert_eq!(answer, Err(Problem::NotFound), "{post:?}");
    }
    invite(&district, "13700000001", office("wenhe")).await.expect("the street below");
    invite(&district, "13700000002", desk("shita")).await.expect("a desk two levels below");
    let listed = invite(&district, "13700000003", desk("wenchang")).await.expect("a desk right below");
    let posts: Vec<&Post> = listed.iter().map(|member| &member.post).collect();
    let all = [&office("wenhe"), &office("wenhe"), &desk("wenchang"), &desk("wenchang"), &desk("shita")];
    assert_eq!(posts, all, "those of the demo and those invited, in the order of the tree");

    // Who was appointed appoints below, at once, and not the one who holds the same.
    let street = world.staff("13700000001").await;
    let peer = listed.iter().find(|member| member.phone == "139****0006").expect("the other office");
    assert_eq!(street.call::<SuspendStaff>(peer.id.clone(), ()).await, Err(Problem::NotFound));
    let of_street = street.call::<ListStaff>((), ()).await.expect("the staff");
    assert!(of_street.iter().all(|member| member.post == desk("shita")));
    let desk_there = of_street[0].id.clone();
    street.call::<SuspendStaff>(desk_there.clone(), ()).await.expect("suspended");
    street.call::<ResumeStaff>(desk_there.clone(), ()).await.expect("resumed");

    // The street's office is suspended from above: gone at the very next request.
    let me = listed.iter().find(|member| member.phone == "137****0001").expect("on the list");
    district.call::<SuspendStaff>(me.id.clone(), ()).await.expect("suspended");
    assert_eq!(street.call::<SuspendStaff>(desk_there, ()).await, Err(Problem::NotFound));
    assert_eq!(invite(&street, "13700000004", desk("shita")).await, Err(Problem::NotFound));
}

#[tokio::test]
async fn a_centre_that_moves_to_another_area_is_another_offices_at_once() {
    let world = World::new().await;
    let (street, app) = (world.staff(WENHE).await, &world.server.app);
    let day = CentreDay::new("shita".into(), world.now().day(CHINA));
    street.call::<GetWorkDay>(day.clone(), ()).await.expect("its own");
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "UPDATE centre SET area_id = 'guangling' WHERE id = 'shita'";
    tx.run(sql, args![]).await.expect("moved");
    tx.commit().await.expect("commits");
    assert_eq!(street.call::<GetWorkDay>(day.clone(), ()).await, Err(Problem::NotFound));
    world.staff(GUANGLING).await.call::<GetWorkDay>(day, ()).await.expect("the district's");
}

#[tokio::test]
async fn the_schema_knows_no_circle_and_no_area_from_nowhere() {
    let world = World::new().await;
    let db = &world.server.app.db;
    let try_all = async |statements: &[&'static str]| -> Result<(), DbError> {
        let mut tx = db.begin().await?;
        for sql in statements {
            tx.run(*sql, args![]).await?;
        }
        tx.commit().await
    };
    for wrong in [
        // A parent that is not there, a path that is not below it, one's own child as a parent.
        &["INSERT INTO area (id, parent, path, name_zh) VALUES ('x', 'no/', 'no/x/', '某')"][..],
        &["INSERT INTO area (id, parent, path, name_zh) VALUES ('x', 'yangzhou/', 'xiaoyi/x/', '某')"],
        &["INSERT INTO area (id, parent, path, name_zh) VALUES ('a/b', NULL, 'a/b/', '某')"],
        &["UPDATE area SET parent = 'yangzhou/guangling/wenhe/' WHERE id = 'guangling'"],
        &["UPDATE area SET parent = 'yangzhou/guangling/wenhe/', \
             path = 'yangzhou/guangling/wenhe/guangling/' WHERE id = 'guangling'"],
        // Moved without what lies below.
        &["UPDATE area SET parent = 'xiaoyi/', path = 'xiaoyi/guangling/' WHERE id = 'guangling'"],
        &["DELETE FROM area WHERE id = 'guangling'"],
    ] {
        assert!(try_all(wrong).await.is_err(), "{wrong:?}");
    }
    let moved = [
        "UPDATE area SET parent = 'xiaoyi/', path = 'xiaoyi/guangling/' WHERE id = 'guangling'",
        "UPDATE area SET parent = 'xiaoyi/guangling/', path = 'xiaoyi/guangling/wenhe/' WHERE id = 'wenhe'",
    ];
    try_all(&moved).await.expect("moved with all that lies below");
    let (centres, _) = bench(&world.staff(DISTRICT).await).await;
    assert_eq!(centres, ["shurenyuan", "xinsheng"]);
}
