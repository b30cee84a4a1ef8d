//! Made-up people who are signed in, and slots for them, put straight into the database.

use std::sync::Arc;

use backend::{
    args,
    booking::{
        Writer,
        writer::{Ask, By, Deed},
    },
    call::Key,
    clock::{Clock, SystemClock},
    db::{Db, DbError},
    dice::{Dice, SystemDice},
    digest::sha256,
    vault::{Place, Vault},
};
use domain::{
    id::{AccountId, PersonId, SlotId},
    time::HOUR,
};
use serde_json::json;

use crate::{Outcome, server::KEYS};

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Resident {
    /// Their account.
    pub account: AccountId,
    /// Themselves.
    pub person: PersonId,
    /// The token of their session.
    pub token: String,
}

/// The house of a run.
pub struct House {
    /// The database.
    pub db: Db,
    dice: Arc<dyn Dice>,
    vault: Vault,
}

impl House {
    /// Opens the database that a server has filled.
    pub async fn open(database: &str) -> Outcome<Self> {
        let url = database.parse().map_err(|error: DbError| error.to_string())?;
        let db = Db::open(&url).await.map_err(|error| error.to_string())?;
        let vault = Vault::read(KEYS).map_err(|error| error.to_string())?;
        Ok(Self { db, dice: Arc::new(SystemDice), vault })
    }

    /// Lets people move in.
    pub async fn settle(&self, count: usize) -> Outcome<Vec<Resident>> {
        let residents: Vec<Resident> = (0..count)
            .map(|_| Resident {
                account: AccountId(self.dice.id("a")),
                person: PersonId(self.dice.id("p")),
                token: self.dice.token(),
            })
            .collect();
        for residents in residents.chunks(1_000) {
            self.write(residents).await.map_err(|error| error.to_string())?;
        }
        Ok(residents)
    }

    async fn write(&self, residents: &[Resident]) -> Result<(), DbError> {
        let sealed = |table, row: &str, column, plain: &[u8]| {
            self.vault
                .seal(Place { table, row, column }, plain)
                .map_err(|error| DbError::Other(error.to_string()))
        };
        let now = SystemClock.now();
        let mut tx = self.db.begin().await?;
        for Resident { account, person, token } in residents {
            let phone = sealed("account", account.as_str(), "phone_box", b"13800000000")?;
            let sql = "INSERT INTO account (id, phone_mac, phone_box, made) VALUES ($1, $1, $2, $3)";
            tx.run(sql, args![account, phone, now]).await?;
            let plain = json!({ "name": "", "born": "1960-01-01" }).to_string();
            let sealed = sealed("person", person.as_str(), "sealed_box", plain.as_bytes())?;
            let sql =
                "INSERT INTO person (id, account_id, relation, sealed_box) VALUES ($1, $2, 'Myself', $3)";
            tx.run(sql, args![person, account, sealed]).await?;
            let sql = "INSERT INTO session (hash, account_id, made, seen) VALUES ($1, $2, $3, $3)";
            tx.run(sql, args![sha256(token), account, now]).await?;
        }
        tx.commit().await
    }

    /// Slots of a class of the demo, one after the other, so that nobody is in two at once.
    pub async fn slots(&self, count: usize, places: u32) -> Outcome<Vec<SlotId>> {
        self.make_slots(count, places).await.map_err(|error| error.to_string())
    }

    async fn make_slots(&self, count: usize, places: u32) -> Result<Vec<SlotId>, DbError> {
        let now = SystemClock.now();
        let mut tx = self.db.begin().await?;
        let class = "SELECT id, centre_id, details FROM offering WHERE id = 'xinsheng-massage'";
        let class = tx.row(class, args![]).await?.ok_or_else(|| DbError::Other("no demo".into()))?;
        let offering = self.dice.id("bench-");
        let sql = "INSERT INTO offering (id, centre_id, kind, details) VALUES ($1, $2, 'club', $3)";
        tx.run(sql, args![&offering, class.text("centre_id")?, class.text("details")?]).await?;
        let mut slots = Vec::with_capacity(count);
        for hours in (1..).take(count) {
            let id = SlotId(self.dice.id("bench-"));
            let (starts, ends) = (now.plus(hours * HOUR), now.plus((hours + 1) * HOUR));
            let meetings = json!([{ "starts": starts, "ends": ends }]).to_string();
            let sql = "INSERT INTO slot (id, offering_id, starts, ends, meetings, capacity, opens, closes) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $3)";
            tx.run(sql, args![&id, &offering, starts, ends, meetings, places, now]).await?;
            slots.push(id);
        }
        tx.commit().await?;
        Ok(slots)
    }

    /// A key that was never used before.
    pub fn key(&self) -> String {
        self.dice.id("bench-")
    }

    /// How long a writer of our own takes for these people, without HTTP and sessions: seconds.
    pub async fn write_alone(&self, residents: &[Resident], slot: &SlotId) -> Outcome<f64> {
        let writer = Writer::start(
            self.db.clone(),
            Arc::clone(&self.dice),
            self.vault.clone(),
            Arc::new(|_: &[_]| {}),
        )
        .map_err(|error| error.to_string())?;
        let asks: Vec<Ask> = residents
            .iter()
            .map(|resident| Ask {
                account: resident.account.clone(),
                key: Key { text: self.key(), body_hash: String::new() },
                now: SystemClock.now(),
                deed: Deed::book(slot.clone(), vec![resident.person.clone()]),
                by: By::Household,
            })
            .collect();
        let since = std::time::Instant::now();
        for asks in asks.chunks(4_000) {
            let asking: Vec<_> = asks
                .iter()
                .map(|ask| {
                    let (writer, ask) = (writer.clone(), ask.clone());
                    tokio::spawn(async move { writer.ask(ask).await })
                })
                .collect();
            for asking in asking {
                asking.await.map_err(|error| error.to_string())?.map_err(|failure| format!("{failure:?}"))?;
            }
        }
        let took = since.elapsed().as_secs_f64();
        writer.stop().await;
        Ok(took)
    }
}
