//! A house without the demo: its files are loaded at the keyboard while the server runs.

use std::{fs, path::Path, time::Duration};

use backend::args;
use domain::{
    centre::api::{GetOffering, ListCentres},
    task::api::ListTasks,
    time::{CHINA, Day},
};

use crate::{admins::run, world::World};

/// A town with one centre, a course and a task on certain days, and somebody who would be of the staff.
const TOWN: &str = r#"
[city]
id = "town"
name = { zh = "小城", en = "Town" }

[[centre]]
id = "hall"
name = { zh = "大堂", en = "Hall" }
address = { zh = "大路 1 号", en = "1 Road" }
phone = "0514-00000000"
at = { lat = 32.0, lng = 119.0 }
about = { zh = "好", en = "Good" }
hours = [ { days = "1-7", from = "08:00", to = "20:00" } ]

[[offering]]
id = "hall-song"
centre = "hall"
kind = "class"
group = "everyone"
title = { zh = "合唱", en = "Choir" }
summary = { zh = "一起唱", en = "Sing" }
place = { zh = "二楼", en = "Upstairs" }
measure = "place"
unit = "person"
party_max = 4

[[offering.course]]
name = { zh = "夏季班", en = "Summer" }
opens = "2026-06-20"
opens_at = "09:00"
starts = "2026-07-06"
days = "1,3"
meetings = 4
from = "19:00"
to = "20:30"
capacity = 20

[[task]]
id = "hall-chairs"
centre = "hall"
title = { zh = "摆椅子", en = "Chairs" }
summary = { zh = "搬一搬", en = "Carry" }
place = { zh = "门口", en = "Door" }
needs = 2
on = "2026-07-05"
from = "14:00"
to = "16:00"

[[staff]]
phone = "13700000001"
name = "王"
role = "admin"
"#;

fn write(folder: &Path, text: &str) -> String {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join("town.toml"), text).expect("written");
    folder.display().to_string()
}

/// What a server shows that was told of a change by the database: within a second.
async fn until<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..100 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it was not told");
}

#[tokio::test]
async fn files_are_loaded_beside_a_server_checked_whole_and_only_once() {
    let world = World::new().await;
    let guest = world.anonymous();
    let folder = write(&world.folder.join("files"), TOWN);
    let said = run(&world, "load", &[&folder]).await.expect("loaded");
    assert!(said.starts_with("loaded: 1 cities, 1 centres, 1 offerings, 0 draws, 1 tasks"), "{said}");
    assert!(said.contains("posts and places in teams are not given"), "{said}");
    assert_eq!(
        run(&world, "load", &[&folder]).await.expect("again").lines().next(),
        Some("nothing has changed")
    );
    // The server that runs shows it, and what was there before is retired.
    let centres = async || {
        let all = guest.call::<ListCentres>((), ()).await.expect("centres").centres;
        let ids: Vec<String> = all.into_iter().map(|centre| centre.id.0).collect();
        (ids == ["hall"]).then_some(ids)
    };
    until(centres).await;
    let page = guest.call::<GetOffering>("hall-song".into(), ()).await.expect("the choir");
    let day = |month, day| Day::from_ymd_opt(2026, month, day).expect("a date");
    let slot = &page.slots[0].slot;
    assert_eq!(slot.id.as_str(), "hall-song.20260706-1");
    assert_eq!(
        (slot.opens, slot.starts()),
        (CHINA.moment(day(6, 20), 540), CHINA.moment(day(7, 6), 19 * 60))
    );
    let tasks = guest.call::<ListTasks>("town".into(), ()).await.expect("tasks");
    assert_eq!(tasks[0].span.starts, CHINA.moment(day(7, 5), 14 * 60));
    // Whoever stands in the file as staff is not: posts are given by people.
    let sql = "SELECT COUNT(*) AS posts FROM staff WHERE demo = 1";
    let posts = world.server.app.db.row(sql, args![]).await.expect("reads").expect("a row");
    let before = posts.int("posts").expect("a number");
    let staff = world.resident("13700000001").await;
    let bench = staff.call::<domain::staff::api::GetWorkbench>((), ()).await;
    assert_eq!(bench, Err(domain::failure::Problem::NotFound));
    let posts = world.server.app.db.row(sql, args![]).await.expect("reads").expect("a row");
    assert_eq!(posts.int("posts"), Ok(before));

    // A task on another day moves with the file while nobody has taken it.
    write(Path::new(&folder), &TOWN.replace("2026-07-05", "2026-07-07"));
    run(&world, "load", &[&folder]).await.expect("loaded");
    let moved = async || {
        let tasks = guest.call::<ListTasks>("town".into(), ()).await.expect("tasks");
        let starts: Vec<_> = tasks.iter().map(|task| task.span.starts).collect();
        (starts == [CHINA.moment(day(7, 7), 14 * 60)]).then_some(())
    };
    until(moved).await;
    // What is wrong is named, and nothing of the files is taken over.
    write(Path::new(&folder), &TOWN.replace("capacity = 20", "capacity = 0").replace("合唱", "独唱"));
    let wrong = run(&world, "load", &[&folder]).await.expect_err("no places");
    assert!(wrong.contains("town.toml: offering hall-song: course[0].capacity: expected 1"), "{wrong}");
    let page = guest.call::<GetOffering>("hall-song".into(), ()).await.expect("the choir");
    assert_eq!(page.offering.card.title.zh, "合唱");
    assert_eq!(run(&world, "load", &[]).await, Err("load needs a folder".into()));
}

#[tokio::test]
async fn a_course_whose_dates_are_over_is_not_set_up_again() {
    let world = World::new().await;
    let text = TOWN.replace("2026-07-06", "2026-06-22").replace("2026-06-20", "2026-06-01");
    let folder = write(&world.folder.join("files"), &text);
    run(&world, "load", &[&folder]).await.expect("loaded");
    let sql = "SELECT id FROM slot WHERE offering_id = 'hall-song'";
    let slots = world.server.app.db.rows(sql, args![]).await.expect("reads");
    assert_eq!(slots.len(), 0, "it has begun");
}
