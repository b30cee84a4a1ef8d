//! A draw for the tests of draws, with classes and a seed that the test knows.

use std::time::Duration;

use backend::{app::App, args, digest::sha256, vault::Place};
use domain::{
    draw::{
        Draw, DrawResult, EntryDraft, MyDraw,
        api::{EnterDraw, GetDraw, GetDrawResult, GetEntry},
    },
    id::{AccountId, DrawId, PersonId, SlotId},
    time::HOUR,
};
use serde_json::{Value, json};

use crate::{
    hall::{Hall, settle},
    world::{Client, World},
};

/// A draw of the test's own, which takes entries for two hours.
pub struct Lots {
    pub id: DrawId,
    pub slots: Vec<SlotId>,
    pub seed: String,
}

impl Lots {
    /// A draw over classes of so many places, a day apart; `first` of them put residents first.
    pub async fn new(app: &App, places: &[u32], first: usize) -> Self {
        let hall = Hall::new(app, json!({ "unit": "person", "party_max": 4 })).await;
        let id = DrawId(app.dice.id("d"));
        let seed = sha256(id.as_str());
        let closes = app.now().plus(2 * HOUR);
        let mut slots = Vec::new();
        for (n, places) in (0_i64..).zip(places) {
            let ends = app.now().plus((30 + 24 * n) * HOUR);
            slots.push(hall.slot_between(30 + 24 * n, *places, closes, ends).await);
        }
        let title = json!({ "zh": "抽签", "en": "Lots" });
        let details = json!({ "title": title, "about": title, "residents_first": &slots[..first] });
        let place = Place { table: "draw", row: id.as_str(), column: "seed_box" };
        let sealed = app.vault.seal(place, seed.as_bytes()).expect("sealed");
        let kind = if places.len() == 1 { "lottery" } else { "ranked" };
        let mut tx = app.db.begin().await.expect("begins");
        let sql = "INSERT INTO draw (id, centre_id, kind, details, opens, closes, commitment, seed_box, made) \
                   VALUES ($1, 'xinsheng', $2, $3, $4, $5, $6, $7, $4)";
        let args = args![&id, kind, details.to_string(), app.now(), closes, sha256(&seed), sealed];
        tx.run(sql, args).await.expect("a draw");
        for slot in &slots {
            tx.run("UPDATE slot SET draw_id = $2 WHERE id = $1", args![slot, &id]).await.expect("drawn");
        }
        tx.commit().await.expect("commits");
        Self { id, slots, seed }
    }

    /// Has its classes ask for more.
    pub async fn asks(&self, app: &App, more: &Value) {
        let mut tx = app.db.begin().await.expect("begins");
        let sql =
            "SELECT o.id, o.details FROM offering o JOIN slot s ON s.offering_id = o.id WHERE s.id = $1";
        let row = tx.row(sql, args![&self.slots[0]]).await.expect("reads").expect("an offering");
        let mut details: Value = row.json("details").expect("details");
        for (name, value) in more.as_object().expect("an object") {
            details[name] = value.clone();
        }
        let sql = "UPDATE offering SET details = $2 WHERE id = $1";
        let id = row.text("id").expect("an id");
        tx.run(sql, args![&*id, details.to_string()]).await.expect("stricter");
        tx.commit().await.expect("commits");
    }

    /// Enters for these people, with classes by their number.
    pub async fn enter(&self, client: &Client, people: &[&PersonId], wishes: &[usize]) -> MyDraw {
        let draft = self.draft(people, wishes);
        client.call::<EnterDraw>(self.id.clone(), draft).await.expect("entered")
    }

    /// Enters one household of one for each of these wishes.
    pub async fn households(&self, world: &World, wishes: &[&[usize]]) -> Vec<Client> {
        let mut clients = Vec::with_capacity(wishes.len());
        for wishes in wishes {
            let (client, people) = household(world, 1).await;
            self.enter(&client, &[&people[0]], wishes).await;
            clients.push(client);
        }
        clients
    }

    /// What it takes to enter.
    pub fn draft(&self, people: &[&PersonId], wishes: &[usize]) -> EntryDraft {
        EntryDraft {
            people: people.iter().map(|person| (*person).clone()).collect(),
            prefers: wishes.iter().map(|wish| self.slots[*wish].clone()).collect(),
        }
    }

    /// As everybody sees it.
    pub async fn page(&self, world: &World) -> Draw {
        world.anonymous().call::<GetDraw>(self.id.clone(), ()).await.expect("a draw")
    }

    /// Lets the time come; the result, once it is there.
    pub async fn result(&self, world: &World) -> DrawResult {
        world.pass_hours(2);
        published(world, &self.id).await
    }
}

/// The result of a draw that is due, as soon as a server has noticed.
pub async fn published(world: &World, id: &DrawId) -> DrawResult {
    for _ in 0..100 {
        if let Ok(result) = world.anonymous().call::<GetDrawResult>(id.clone(), ()).await {
            return result;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the draw {id} was not held within ten seconds");
}

/// One's own entry.
pub async fn mine(client: &Client, id: &DrawId) -> MyDraw {
    client.call::<GetEntry>(id.clone(), ()).await.expect("an answer")
}

/// A household of so many, signed in.
pub async fn household(world: &World, count: usize) -> (Client, Vec<PersonId>) {
    let app = &world.server.app;
    let account = AccountId(app.dice.id("a"));
    let people: Vec<PersonId> = (0..count).map(|_| PersonId(app.dice.id("p"))).collect();
    let token = settle(app, &account, &people).await;
    let mut client = world.anonymous();
    client.cookie = Some(format!("{}={token}", app.config.session_cookie()));
    (client, people)
}
