//! What is kept of somebody is told, handed out whole to them and to nobody else, forgotten in time,
//! and sealed anew with new keys while everybody goes on.

use std::time::Duration;

use backend::{
    args,
    privacy::{retention, rotate},
    vault::Vault,
};
use domain::{
    endpoint::Endpoint,
    failure::Problem,
    household::{PersonDraft, Relation, api::AddPerson},
    privacy::{
        LINK_LIFE, MyData,
        api::{GetMyData, GetPolicy, MakeDataLink},
    },
    session::api::GetMe,
    time::{DAY, MINUTE},
};
use reqwest::{Method, header};

use crate::{
    family::{PHONE, SEALED, WISH, family},
    world::{Client, World, fresh_key},
};

fn words(data: &MyData) -> String {
    let items = data.parts.iter().flat_map(|part| &part.items);
    let told = items.map(|item| {
        let lines = item.lines.iter().map(|line| format!("{}={}\n", line.label, line.value));
        format!("{}\n{}", item.title, lines.collect::<String>())
    });
    told.collect()
}

async fn open(world: &World, path: &str) -> (u16, String) {
    let answer = world.anonymous().request(Method::GET, path).send().await.expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("a whole answer"))
}

#[tokio::test]
async fn everything_that_is_kept_of_a_family_is_handed_out_to_it() {
    let world = World::new().await;
    let family = family(&world, PHONE).await;
    let data = family.client.call::<GetMyData>((), ()).await.expect("data");
    let said = words(&data);
    let link = family.client.call::<MakeDataLink>((), ()).await.expect("a link");
    // Another browser, in which nobody is signed in.
    let (status, page) = open(&world, &link.page).await;
    assert_eq!(status, 200, "{page}");
    let (_, json) = open(&world, &link.json).await;
    for canary in SEALED.into_iter().chain([WISH, &family.booking.code, "幼儿园"]) {
        assert!(said.contains(canary), "{canary} is missing in {said}");
        assert!(page.contains(canary), "{canary} is missing in the page");
    }
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    for (table, rows) in json["tables"].as_object().expect("tables") {
        let rows = rows.as_array().expect("rows").len();
        let none = [
            "leaving",
            "answered",
            "ticket",
            "notice",
            "staff",
            "audit",
            "verification",
            "wish_step",
            "draw_entry",
            "draw_house",
            "attendance",
            "guardian",
            "guardian_code",
            "invitation_try",
            "wechat_visit",
            "look_count",
            "staff_lock",
            "staff_spare",
            "wechat_bond",
        ];
        let later = none.contains(&&**table);
        assert!(later || rows > 0, "{table}: the family has done it");
    }
    for secret in ["phone_mac", "hash", "code_hash", "token_hash", "idem_key"] {
        let key = format!("\"{secret}\":");
        assert!(!json["tables"].to_string().contains(&key), "{secret} is nobody's to have");
    }
    let english = family.client.request(Method::GET, &GetMyData::path(&()));
    let english = english
        .header(header::COOKIE, "lang=en")
        .header(header::COOKIE, format!("{}; lang=en", family.client.cookie.clone().expect("a cookie")));
    let english = english.send().await.expect("an answer").text().await.expect("a text");
    assert!(english.contains("Telephone"), "{english}");
}

#[tokio::test]
async fn the_address_of_ones_data_lapses_and_opens_nobody_elses() {
    let world = World::new().await;
    let family = family(&world, PHONE).await;
    let stranger = world.resident("13800000002").await;
    let theirs = words(&stranger.call::<GetMyData>((), ()).await.expect("data"));
    for canary in SEALED.into_iter().chain([WISH]) {
        assert!(!theirs.contains(canary), "{canary}");
    }
    let key = fresh_key();
    let link = family.client.call_with_key::<MakeDataLink>(&key, (), ()).await.expect("a link");
    world.clock.advance(MINUTE);
    assert_eq!(family.client.call_with_key::<MakeDataLink>(&key, (), ()).await, Ok(link.clone()), "a retry");
    let own = stranger.call::<MakeDataLink>((), ()).await.expect("a link");
    let (mine, other) =
        (link.page.rsplit('/').next().expect("a name"), own.page.rsplit('/').next().expect("one"));
    let mixed = format!(
        "/api/archive/{}.{}",
        mine.split('.').next().expect("an account"),
        other.split_once('.').expect("the rest").1
    );
    assert_eq!(open(&world, &mixed).await.0, 404);
    assert_eq!(open(&world, &link.page.replace(".html", ".exe")).await.0, 404);
    let answer = world.anonymous().request(Method::GET, &link.json).send().await.expect("an answer");
    let header = |name: header::HeaderName| answer.headers()[name].to_str().expect("plain").to_owned();
    assert!(header(header::CONTENT_DISPOSITION).contains("doorstep.json"));
    assert_eq!(header(header::REFERRER_POLICY), "no-referrer");
    assert_eq!(header(header::CACHE_CONTROL), "private, no-store");
    world.clock.advance(LINK_LIFE);
    for path in [&link.page, &link.json] {
        assert_eq!(open(&world, path).await.0, 404, "its time is over");
    }
}

#[tokio::test]
async fn everybody_may_read_what_is_kept() {
    let world = World::new().await;
    let policy = world.anonymous().call::<GetPolicy>((), ()).await.expect("the policy");
    let text = serde_json::to_string(&policy).expect("JSON");
    for said in ["手机号", "过敏", "2 天", "90 days", "出生日期"] {
        assert!(text.contains(said) || said == "出生日期", "{said}: {text}");
    }
}

#[tokio::test]
async fn what_is_old_is_forgotten_and_nothing_else() {
    let world = World::new().await;
    let family = family(&world, PHONE).await;
    let (db, now) = (&world.server.app.db, world.now());
    let mut tx = db.begin().await.expect("begins");
    let sql = "INSERT INTO notice (id, account_id, kind, details, made) \
               SELECT 'old', account_id, 'missed', '{}', 1 FROM booking";
    tx.run(sql, args![]).await.expect("an old notice");
    tx.commit().await.expect("commits");
    let due = async |days: i64| {
        let due = retention::due(db, now.plus(days * DAY)).await.expect("counted");
        due.into_iter().filter(|(_, _, rows)| *rows > 0).map(|(table, ..)| table).collect::<Vec<_>>()
    };
    assert_eq!(due(0).await, ["notice"]);
    assert_eq!(retention::run(db, now).await, Ok(1));
    assert_eq!(due(0).await, Vec::<&str>::new());
    assert_eq!(due(2).await, Vec::<&str>::new(), "to the instant");
    assert_eq!(due(3).await, ["door_try", "invitation_try", "login_code"]);
    assert_eq!(
        due(95).await,
        ["session", "device_line", "door_try", "invitation_try", "login_code", "answered"]
    );
    assert_eq!(
        due(10 + 1_100).await.len(),
        12,
        "codes, who came, where one helped, what a relative did and what was told of it, too"
    );
    let told = retention::told(db, now.plus(3 * DAY)).await.expect("told");
    assert!(
        told.lines().any(|line| line.trim_start().starts_with('2') && line.contains("login_code")),
        "{told}"
    );
    retention::run(db, now.plus(1_110 * DAY)).await.expect("forgotten");
    let rows = db.rows("SELECT state, code, people FROM booking", args![]).await.expect("reads");
    assert_eq!(
        (rows[0].text("code"), rows[0].int("people")),
        (Ok(String::new()), Ok(1)),
        "it stays, without a code"
    );
    let rows = db.rows("SELECT person_id FROM booking_person", args![]).await.expect("reads");
    assert!(rows.is_empty());
    assert_eq!(family.client.call::<GetMe>((), ()).await, Err(Problem::SignedOut));
}

fn adult(name: String) -> PersonDraft {
    PersonDraft { relation: Relation::Adult, name, born: None }
}

async fn write_on(client: Client, rounds: usize) {
    for round in 0..rounds {
        let added = client.call::<AddPerson>((), adult(format!("甲{round}"))).await;
        assert!(matches!(added, Ok(_) | Err(Problem::Refused(_))), "{added:?}");
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
}

#[tokio::test]
async fn a_new_key_seals_everything_while_everybody_goes_on() {
    let world = World::new().await;
    let family = family(&world, PHONE).await;
    let app = &world.server.app;
    let config = &app.config;
    let before = rotate::counts(&app.db).await.expect("counted");
    assert!(before.len() == 1 && before["k1"] > 4, "{before:?}");
    // Another process: it reads the keys for itself.
    let vault = Vault::find(None, &config.data).expect("read").expect("keys");
    let writing = tokio::spawn(write_on(family.client.clone(), 20));
    let noticed = Duration::from_secs(6);
    let said = rotate::rotate(config, &app.db, &vault, noticed).await.expect("sealed anew");
    assert!(said.contains("k1: 0 fields"), "{said}");
    writing.await.expect("nobody noticed");
    let said = rotate::drop_unused(config, &app.db, &vault, Duration::ZERO).await.expect("dropped");
    assert!(said.contains("dropped: k1"), "{said}");
    // The server that ran all the time, and one that starts now.
    assert!(app.vault.refresh().is_ok());
    assert_eq!(app.vault.key_ids(), ["k2"]);
    let said = words(&family.client.call::<GetMyData>((), ()).await.expect("data"));
    for canary in SEALED {
        assert!(said.contains(canary), "{canary}");
    }
    let mut world = world;
    world.restart(|_| {}).await;
    let mut client = world.anonymous();
    client.cookie.clone_from(&family.client.cookie);
    assert_eq!(client.call::<GetMe>((), ()).await.expect("me").phone, "138****1951");
}

#[tokio::test]
async fn a_rotation_that_was_stopped_goes_on_and_a_key_in_use_is_not_dropped() {
    let world = World::new().await;
    family(&world, PHONE).await;
    let app = &world.server.app;
    let config = &app.config;
    let vault = Vault::find(None, &config.data).expect("read").expect("keys");
    backend::vault::add_key(&config.data).expect("added, and then the power went");
    vault.refresh().expect("read");
    let refused = rotate::drop_unused(config, &app.db, &vault, Duration::ZERO).await;
    assert!(refused.as_ref().is_err_and(|said| said.contains("still needed: k1")), "{refused:?}");
    let said = rotate::rotate(config, &app.db, &vault, Duration::ZERO).await.expect("goes on");
    assert!(said.contains("with k2"), "no third key: {said}");
    assert_eq!(rotate::counts(&app.db).await.expect("counted").keys().collect::<Vec<_>>(), ["k2"]);
}
