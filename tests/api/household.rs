//! The household: its own people, nobody else's, and nothing of them readable on the disk.

use std::{fs, path::Path};

use backend::household::keys_fit;
use domain::{
    booking::api::{Book, BookRequest, CancelBooking},
    centre::api::GetOffering,
    failure::Problem,
    household::{
        Care, MOST_PEOPLE, PersonDraft, Relation,
        api::{AddPerson, ChangeCare, ChangePerson, RemovePerson},
    },
    id::{OfferingId, PersonId},
    refusal::Refusal,
    session::{Me, api::GetMe},
    time::Day,
};

use crate::world::{Client, World, fresh_key};

fn born(year: i32) -> Option<Day> {
    Day::from_ymd_opt(year, 2, 28)
}

fn child(name: &str) -> PersonDraft {
    PersonDraft { relation: Relation::Child, name: name.into(), born: born(2023) }
}

async fn add(client: &Client, draft: PersonDraft) -> Result<Me, Problem> {
    client.call::<AddPerson>((), draft).await
}

#[tokio::test]
async fn people_are_added_changed_and_taken_out() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let me = add(&client, child(" 朵\u{7}朵\n")).await.expect("added");
    assert_eq!(me.people.len(), 2);
    let added = me.people[1].clone();
    assert_eq!((added.relation, &*added.name, added.born), (Relation::Child, "朵朵", born(2023)));

    let changed = PersonDraft { relation: Relation::Adult, name: "大朵".into(), born: None };
    let me = client.call::<ChangePerson>(added.id.clone(), changed).await.expect("changed");
    assert_eq!((me.people[1].relation, &*me.people[1].name), (Relation::Adult, "大朵"));

    let holder = me.people[0].id.clone();
    let name = PersonDraft { relation: Relation::Myself, name: "阿珍".into(), born: None };
    let me = client.call::<ChangePerson>(holder.clone(), name).await.expect("the holder has a name");
    assert_eq!(me.people[0].name, "阿珍");

    let me = client.call::<RemovePerson>(added.id.clone(), ()).await.expect("taken out");
    assert_eq!(me.people.len(), 1);
    assert_eq!(client.call::<RemovePerson>(added.id, ()).await, Err(Problem::NotFound));
    assert_eq!(client.call::<GetMe>((), ()).await, Ok(me));
}

#[tokio::test]
async fn a_household_has_one_holder_who_stays() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let holder = client.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
    let myself = || PersonDraft { relation: Relation::Myself, name: "甲".into(), born: None };
    assert!(matches!(add(&client, myself()).await, Err(Problem::Malformed(_))));
    let other = client.call::<ChangePerson>(holder.clone(), child("乙")).await;
    assert!(matches!(other, Err(Problem::Malformed(_))));
    assert!(matches!(client.call::<RemovePerson>(holder, ()).await, Err(Problem::Malformed(_))));
    let added = add(&client, child("乙")).await.expect("added").people[1].id.clone();
    assert!(matches!(client.call::<ChangePerson>(added, myself()).await, Err(Problem::Malformed(_))));
}

#[tokio::test]
async fn what_is_wrong_with_a_person_is_said() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    for (name, born, refusal) in [
        ("\u{7} ", born(2023), Refusal::TextTooShort { least: 1 }),
        (&*"长".repeat(21), born(2023), Refusal::TextTooLong { most: 20 }),
        ("朵朵", born(2030), Refusal::BirthdayImpossible),
        ("朵朵", None, Refusal::BirthdayImpossible),
    ] {
        let draft = PersonDraft { relation: Relation::Child, name: name.into(), born };
        assert_eq!(add(&client, draft).await, Err(Problem::Refused(vec![refusal])));
    }
}

#[tokio::test]
async fn a_household_is_full_at_its_limit_also_for_taps_at_once() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let mut taps = tokio::task::JoinSet::new();
    for number in 0..MOST_PEOPLE + 3 {
        let client = client.clone();
        taps.spawn(async move { add(&client, child(&format!("娃{number}"))).await });
    }
    let answers = taps.join_all().await;
    let full = Err(Problem::Refused(vec![Refusal::HouseholdFull { most: MOST_PEOPLE }]));
    assert_eq!(answers.iter().filter(|answer| **answer == full).count(), 4);
    let me = client.call::<GetMe>((), ()).await.expect("me");
    assert_eq!(me.people.len(), MOST_PEOPLE as usize);
}

#[tokio::test]
async fn a_retry_adds_nobody_twice_and_a_key_is_good_for_one_thing() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let key = fresh_key();
    let first = client.call_with_key::<AddPerson>(&key, (), child("朵朵")).await.expect("added");
    let second = client.call_with_key::<AddPerson>(&key, (), child("朵朵")).await.expect("the same");
    assert_eq!(first, second);
    assert_eq!(
        client.call_with_key::<AddPerson>(&key, (), child("豆豆")).await,
        Err(Problem::Refused(vec![Refusal::KeyReused]))
    );
}

#[tokio::test]
async fn the_people_of_others_are_not_there() {
    let world = World::new().await;
    let one = world.resident("13800000001").await;
    let two = world.resident("13800000002").await;
    let person = add(&one, child("朵朵")).await.expect("added").people[1].id.clone();
    for id in [person.clone(), PersonId::from("p-unknown")] {
        assert_eq!(two.call::<ChangePerson>(id.clone(), child("我的")).await, Err(Problem::NotFound));
        assert_eq!(two.call::<RemovePerson>(id, ()).await, Err(Problem::NotFound));
    }
    let guest = world.anonymous();
    assert_eq!(add(&guest, child("朵朵")).await, Err(Problem::SignedOut));
    assert_eq!(guest.call::<ChangePerson>(person.clone(), child("朵")).await, Err(Problem::SignedOut));
    assert_eq!(guest.call::<RemovePerson>(person, ()).await, Err(Problem::SignedOut));
    assert_eq!(one.call::<GetMe>((), ()).await.expect("me").people[1].name, "朵朵");
}

#[tokio::test]
async fn who_is_booked_stays_until_the_booking_is_given_back() {
    let world = World::new().await;
    let client = world.resident("13800000001").await;
    let draft = PersonDraft { relation: Relation::Adult, name: "老王".into(), born: born(1990) };
    let person = add(&client, draft).await.expect("added").people[1].id.clone();
    let tables = OfferingId::from("xinsheng-pingpong");
    let page = client.call::<GetOffering>(tables, ()).await.expect("tables");
    let slot =
        page.slots.iter().find(|seats| seats.free(world.now()) > 0 && seats.slot.gate(world.now()).is_ok());
    let slot = slot.expect("a free table").slot.id.clone();
    let asked = BookRequest::new(slot, vec![person.clone()]);
    let booking = client.call::<Book>((), asked).await.expect("booked");
    assert_eq!(
        client.call::<RemovePerson>(person.clone(), ()).await,
        Err(Problem::Refused(vec![Refusal::PersonBooked]))
    );
    client.call::<CancelBooking>(booking.id, ()).await.expect("given back");
    assert_eq!(client.call::<RemovePerson>(person, ()).await.expect("taken out").people.len(), 1);
}

/// The names and numbers below must not be found in any file but that of the keys.
#[tokio::test]
async fn on_the_disk_there_is_no_number_no_name_and_no_birthday() {
    let world = World::new().await;
    let client = world.resident("13847261950").await;
    let mut draft = child("金丝雀朵朵");
    draft.born = Day::from_ymd_opt(2023, 11, 19);
    let person = add(&client, draft.clone()).await.expect("added").people[1].id.clone();
    let key = fresh_key();
    client.call_with_key::<ChangePerson>(&key, person.clone(), draft.clone()).await.expect("changed");
    client.call_with_key::<ChangePerson>(&key, person.clone(), draft).await.expect("a retry");
    let said = Care {
        allergies: "长尾山雀羽毛".into(), notes: "怕打雷的晚上".into(), ..Care::default()
    };
    let key = fresh_key();
    client.call_with_key::<ChangeCare>(&key, person.clone(), said.clone()).await.expect("said");
    client.call_with_key::<ChangeCare>(&key, person, said).await.expect("a retry");
    let token = client.cookie.clone().expect("a cookie").replace("session=", "");
    for secret in ["13847261950", "金丝雀", "2023-11-19", "山雀", "打雷", &token] {
        search(&world.folder.join("data"), secret.as_bytes());
    }
    let sql =
        "SELECT p.sealed_box, a.phone_box, a.phone_mac FROM person p JOIN account a ON a.id = p.account_id";
    for row in world.server.app.db.rows(sql, Vec::new()).await.expect("rows") {
        for column in ["sealed_box", "phone_box", "phone_mac"] {
            let text = row.text(column).expect("a text");
            assert!(text.is_ascii() && !text.contains("13847261950") && !text.contains("2023-11-19"));
        }
    }
    for row in world.server.app.db.rows("SELECT answer FROM answered", Vec::new()).await.expect("rows") {
        assert!(!row.text("answer").expect("a text").contains("金丝雀"));
    }
}

fn search(folder: &Path, secret: &[u8]) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            search(&path, secret);
        } else {
            let bytes = fs::read(&path).expect("a file");
            let found = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "{} holds {}", path.display(), String::from_utf8_lossy(secret));
        }
    }
}

#[tokio::test]
async fn keys_of_another_house_are_noticed() {
    let world = World::new().await;
    let app = &world.server.app;
    assert_eq!(keys_fit(&app.db, Some(&app.vault)).await, Ok(true), "nothing is sealed yet");
    world.resident("13800000001").await;
    assert_eq!(keys_fit(&app.db, Some(&app.vault)).await, Ok(true));
    let sql = "UPDATE account SET phone_box = 'k1.00.00'";
    let mut tx = app.db.begin().await.expect("a transaction");
    tx.run(sql, Vec::new()).await.expect("sealed by somebody else");
    tx.commit().await.expect("committed");
    assert_eq!(keys_fit(&app.db, Some(&app.vault)).await, Ok(false));
}
