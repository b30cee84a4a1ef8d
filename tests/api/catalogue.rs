//! What centres are and offer: every centre of the demo, on every day, and demo files that change.

use std::{collections::HashSet, fs};

use backend::{clock::Clock, demo::Demo};
use domain::{
    booking::api::{Book, BookRequest},
    centre::api::{GetCentre, GetHome, GetOffering, ListCentres, ListCounts, ListOfferings, ListSeats},
    failure::Problem,
    id::{CentreId, CityId, OfferingId},
    offering::SlotSeats,
    session::api::GetMe,
    time::{CHINA, DAY, HOUR},
};

use crate::world::{World, root};

/// The centres that the first issue names, by what their names must hold.
const NAMED: [&str; 24] = [
    "文昌花园",
    "树人苑",
    "新盛",
    "通泗",
    "石塔",
    "皇宫",
    "双桥",
    "方泰东",
    "欣园",
    "祥和",
    "尚义峰",
    "百花",
    "幸福城",
    "龙井",
    "兴业",
    "晓光",
    "石磊",
    "盛景雅苑",
    "永兴",
    "世家",
    "星富",
    "永泰",
    "紫荆",
    "育才路",
];

fn demo() -> Demo {
    Demo::read(&root().join("demo")).expect("the demo is sound")
}

#[tokio::test]
async fn every_centre_is_there_and_has_something_on_today_and_in_the_days_ahead() {
    let world = World::new().await;
    let guest = world.anonymous();
    let all = guest.call::<ListCentres>((), ()).await.expect("centres");
    assert_eq!(all.cities[0].id, CityId::from("yangzhou"));
    for name in NAMED {
        let is_it = |text: &str| text.contains(name);
        let found = all.centres.iter().any(|centre| is_it(&centre.name.zh) || is_it(&centre.address.zh));
        assert!(found, "{name} is missing");
    }
    for centre in &all.centres {
        let home = guest.call::<GetHome>(centre.id.clone(), ()).await.expect("a home page");
        assert_eq!(home.centre, *centre);
        assert!(!home.today.is_empty() && home.today.len() <= 6, "{}", centre.id);
        assert!(home.today.iter().all(|item| item.starts.day(CHINA) == world.now().day(CHINA)));
        assert!(home.today.iter().all(|item| item.starts > world.now() || item.drop_in));
        assert!(home.today.windows(2).all(|pair| pair[0].starts <= pair[1].starts));
        assert!(home.soon.iter().all(|item| item.opens > world.now()));
        let page = guest.call::<GetCentre>(centre.id.clone(), ()).await.expect("a page");
        assert_eq!(page.centre.card, *centre);
        let days = page.offerings.iter().fold(0, |days, card| days | card.days);
        assert_eq!(days & 0b1_1111, 0b1_1111, "{}: Wednesday to Sunday", centre.id);
    }
}

#[tokio::test]
async fn the_lists_of_a_city_and_the_pages_agree() {
    let world = World::new().await;
    let guest = world.anonymous();
    let city = CityId::from("yangzhou");
    let list = guest.call::<ListOfferings>(city.clone(), ()).await.expect("a list");
    let seats = guest.call::<ListSeats>(city, ()).await.expect("seats");
    let ids: HashSet<&OfferingId> = list.offerings.iter().map(|card| &card.id).collect();
    assert_eq!(ids.len(), list.offerings.len());
    for card in &list.offerings {
        let page = guest.call::<GetOffering>(card.id.clone(), ()).await.expect("a page");
        assert_eq!(page.offering.card, *card);
        assert_eq!(page.centre.id, card.centre);
        let next = page.slots.iter().find(|seats| seats.slot.gate(world.now()).is_ok());
        let seats = seats.iter().find(|seats| seats.offering == card.id);
        match next.filter(|_| !card.drop_in) {
            Some(next) => {
                let seats = seats.expect("it can be booked");
                assert_eq!((seats.starts, seats.free), (next.slot.starts(), next.free(world.now())));
            }
            None => assert!(seats.is_none(), "{}", card.id),
        }
        assert!(page.slots.iter().all(|seats| seats.slot.ends() > world.now()));
        assert!(page.slots.windows(2).all(|pair| pair[0].slot.starts() <= pair[1].slot.starts()));
        if let Some(opens) = card.opens {
            assert!(page.slots.iter().any(|seats| seats.slot.opens == opens && opens > world.now()));
        }
    }
}

#[tokio::test]
async fn who_looks_again_is_told_how_full_it_is_and_nothing_else() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let id = OfferingId::from("xinsheng-pingpong");
    let mut page = client.call::<GetOffering>(id.clone(), ()).await.expect("tables");
    let counts = client.call::<ListCounts>(id.clone(), ()).await.expect("counts");
    assert_eq!(counts, page.slots.iter().map(SlotSeats::count).collect::<Vec<_>>());
    assert!(page.slots.iter_mut().zip(counts).all(|(seats, count)| !seats.recount(count)));

    let free =
        page.slots.iter().find(|seats| seats.free(world.now()) > 0 && seats.slot.gate(world.now()).is_ok());
    let slot = free.expect("a free table").slot.id.clone();
    let me = client.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
    client.call::<Book>((), BookRequest::new(slot.clone(), vec![me])).await.expect("booked");
    let counts = client.call::<ListCounts>(id.clone(), ()).await.expect("counts");
    let mut changed = Vec::new();
    for (seats, count) in page.slots.iter_mut().zip(counts) {
        if seats.recount(count) {
            changed.push(seats.slot.id.clone());
        }
    }
    assert_eq!(changed, [slot]);
    assert_eq!(client.call::<GetOffering>(id, ()).await.expect("tables").slots, page.slots);
}

#[tokio::test]
async fn what_there_is_not_is_not_found() {
    let world = World::new().await;
    let guest = world.anonymous();
    let (centre, city) = (CentreId::from("nowhere"), CityId::from("nowhere"));
    assert_eq!(guest.call::<GetHome>(centre.clone(), ()).await, Err(Problem::NotFound));
    assert_eq!(guest.call::<GetCentre>(centre, ()).await, Err(Problem::NotFound));
    assert_eq!(guest.call::<ListOfferings>(city.clone(), ()).await, Err(Problem::NotFound));
    assert_eq!(guest.call::<ListSeats>(city, ()).await, Err(Problem::NotFound));
    assert_eq!(guest.call::<GetOffering>(OfferingId::from("no"), ()).await, Err(Problem::NotFound));
    for path in ["/api/centres/a%00b", "/api/centres/%FF", "/api/offerings/..%2F..%2Fx"] {
        let answer = guest.request(reqwest::Method::GET, path).send().await.expect("an answer");
        assert_eq!(answer.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn late_in_the_evening_the_home_page_shows_tomorrow() {
    let world = World::new().await;
    let guest = world.anonymous();
    world.clock.set(CHINA.moment(world.now().day(CHINA), 23 * 60 + 30));
    let home = guest.call::<GetHome>(CentreId::from("xinsheng"), ()).await.expect("a home page");
    let tomorrow = world.now().plus(DAY).day(CHINA);
    assert!(!home.today.is_empty());
    assert!(home.today.iter().all(|item| item.starts.day(CHINA) == tomorrow));
}

#[tokio::test]
async fn loading_the_demo_again_changes_nothing() {
    let world = World::new().await;
    let app = &world.server.app;
    assert_eq!(demo().load(app).await, Ok(false));
    world.clock.advance(HOUR);
    assert_eq!(demo().load(app).await, Ok(false), "nor an hour later");
}

#[tokio::test]
async fn weeks_later_the_demo_is_as_full_as_on_the_first_day() {
    let world = World::new().await;
    let guest = world.anonymous();
    let centres = guest.call::<ListCentres>((), ()).await.expect("centres").centres;
    let cities: HashSet<CityId> = centres.iter().map(|centre| centre.city.clone()).collect();
    let mut tasks = 0;
    for city in &cities {
        tasks += guest.call::<domain::task::api::ListTasks>(city.clone(), ()).await.expect("tasks").len();
    }
    for days in [1, 6, 40] {
        world.clock.advance(days * DAY);
        demo().renew(&world.server.app).await.expect("filled");
        assert_eq!(demo().renew(&world.server.app).await, Ok(false), "once is enough");
        for centre in &centres {
            let home = guest.call::<GetHome>(centre.id.clone(), ()).await.expect("a home page");
            assert!(!home.today.is_empty(), "{} after {days} days", centre.id);
        }
        let mut now = 0;
        for city in &cities {
            let list = guest.call::<ListOfferings>(city.clone(), ()).await.expect("a list");
            for card in list.offerings {
                let page = guest.call::<GetOffering>(card.id.clone(), ()).await.expect("a page");
                let ahead = page.slots.iter().any(|seats| seats.slot.starts() > world.now());
                assert!(ahead, "{} after {days} days", card.id);
            }
            now += guest.call::<domain::task::api::ListTasks>(city.clone(), ()).await.expect("tasks").len();
        }
        assert_eq!(now, tasks);
    }
}

/// The demo with the first `from` after `at` replaced.
pub fn edited(at: &str, from: &str, to: &str) -> Demo {
    let mut texts = Vec::new();
    for entry in fs::read_dir(root().join("demo")).expect("the demo") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(&path).expect("a file");
            let text = match text.find(at) {
                Some(at) => {
                    let (head, tail) = text.split_at(at);
                    format!("{head}{}", tail.replacen(from, to, 1))
                }
                None => text,
            };
            texts.push((path.display().to_string(), text));
        }
    }
    Demo::parse(&texts).expect("still sound")
}

#[tokio::test]
async fn an_edited_offering_is_changed_and_what_was_booked_stays() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let id = OfferingId::from("xinsheng-pingpong");
    let before = client.call::<GetOffering>(id.clone(), ()).await.expect("tables");
    let free =
        before.slots.iter().find(|seats| seats.free(world.now()) > 0 && seats.slot.gate(world.now()).is_ok());
    let booked = free.expect("a free table").slot.id.clone();
    let me = client.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
    let asked = BookRequest::new(booked.clone(), vec![me]);
    client.call::<Book>((), asked).await.expect("booked");

    let edited = edited("id = \"xinsheng-pingpong\"", "capacity = 3", "capacity = 5");
    assert_eq!(edited.load(&world.server.app).await, Ok(true));
    let after = client.call::<GetOffering>(id, ()).await.expect("tables");
    assert_eq!(after.slots.len(), before.slots.len());
    for seats in &after.slots {
        let stays = seats.slot.id == booked || seats.slot.starts() <= world.now();
        assert_eq!(seats.slot.capacity, if stays { 3 } else { 5 }, "{}", seats.slot.id);
    }
    assert_eq!(edited.load(&world.server.app).await, Ok(false));
}
