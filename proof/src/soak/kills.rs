//! A real server that is killed, or whose database is restarted, at any moment of a rush.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use backend::{
    args,
    clock::{Clock, SystemClock},
    db::{DatabaseUrl, Db, DbError},
    dice::{Dice, SystemDice},
    vault::Vault,
};
use domain::{
    id::{OfferingId, SlotId},
    time::HOUR,
};
use proof::{
    Outcome, audit,
    crowd::singles,
    diary::{Browser, Diary, rush},
    fate::Fate,
    postgres,
    process::Server,
};
use serde_json::json;

const GUESTS: usize = 40;
const SLOTS: i64 = 40;
const PLACES: u32 = 5;

/// A server's folder and those who write diaries of it.
pub struct Kills {
    program: PathBuf,
    folder: PathBuf,
    database: Option<String>,
    dice: Arc<dyn Dice>,
    fate: Fate,
    slots: Vec<SlotId>,
    diaries: Vec<Diary>,
    /// Acknowledged and cut off by those who have finished.
    done: (usize, usize),
}

/// A folder with the demo in its database, as a server leaves it.
pub fn furnish(program: &Path, folder: &Path, database: Option<&str>) -> Outcome {
    let said = |error: std::io::Error| error.to_string();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for part in ["data", "dist"] {
        fs::create_dir_all(folder.join(part)).map_err(said)?;
    }
    fs::copy(root.join("index.html"), folder.join("dist/index.html")).map_err(said)?;
    let demo = root.join("demo");
    Server::start(program, folder, database, &[("DOORSTEP_DEMO", demo.as_os_str())])?.kill()
}

impl Kills {
    /// Everything for a first round.
    pub async fn new(program: &Path, folder: &Path, database: Option<&str>, seed: u64) -> Outcome<Self> {
        furnish(program, folder, database)?;
        let mut kills = Self {
            program: program.to_owned(),
            folder: folder.to_owned(),
            database: database.map(str::to_owned),
            dice: Arc::new(SystemDice),
            fate: Fate::new(seed),
            slots: Vec::new(),
            diaries: Vec::new(),
            done: (0, 0),
        };
        kills.refill().await?;
        Ok(kills)
    }

    /// What was acknowledged and what was cut off so far.
    pub fn count(&self) -> (usize, usize) {
        let acknowledged: usize = self.diaries.iter().map(|diary| diary.acknowledged.len()).sum();
        let cut_off: usize = self.diaries.iter().map(|diary| diary.cut_off).sum();
        (self.done.0 + acknowledged, self.done.1 + cut_off)
    }

    /// Starts the server, has everybody check their diaries and go on, and kills it, or its database.
    pub async fn round(&mut self, restart: bool) -> Outcome {
        let mut server = self.start()?;
        self.check(&server).await?;
        let diaries = std::mem::take(&mut self.diaries);
        let rushing = rush(diaries, &server.base, &self.slots, |_: &str| Ok(()));
        let wait = if self.fate.happens(4) { self.fate.below(30) } else { self.fate.below(400) };
        tokio::time::sleep(Duration::from_millis(wait as u64)).await;
        if restart {
            let db = self.open().await?;
            postgres::restart(&db).await?;
            self.diaries = rushing.await.map_err(|error| error.to_string())??;
            // The same server, without a new start, has to find its way back.
            self.check(&server).await?;
            self.go_on(&server).await?;
            db.close().await;
        } else {
            server.kill()?;
            self.diaries = rushing.await.map_err(|error| error.to_string())??;
        }
        drop(server);
        if self.diaries.iter().all(|diary| diary.is_full(self.slots.len())) {
            self.audit().await?;
            self.refill().await?;
        }
        Ok(())
    }

    /// Lets everybody finish, and checks everything.
    pub async fn finish(&mut self) -> Outcome {
        let server = self.start()?;
        self.check(&server).await?;
        self.go_on(&server).await?;
        self.check(&server).await?;
        drop(server);
        self.audit().await
    }

    fn start(&self) -> Outcome<Server> {
        Server::start(&self.program, &self.folder, self.database.as_deref(), &[])
    }

    async fn open(&self) -> Outcome<Db> {
        let said = |error: DbError| error.to_string();
        let url = match &self.database {
            Some(url) => url.parse().map_err(said)?,
            None => DatabaseUrl::file(&self.folder.join("data/doorstep.db")),
        };
        Db::open(&url).await.map_err(said)
    }

    async fn check(&self, server: &Server) -> Outcome {
        let browser = Browser::at(&server.base);
        for diary in &self.diaries {
            diary.check(&browser).await?;
        }
        Ok(())
    }

    /// Until everybody has asked for everything.
    async fn go_on(&mut self, server: &Server) -> Outcome {
        for _ in 0..100 {
            let diaries = std::mem::take(&mut self.diaries);
            let rushing = rush(diaries, &server.base, &self.slots, |_: &str| Ok(()));
            self.diaries = rushing.await.map_err(|error| error.to_string())??;
            if self.diaries.iter().all(|diary| diary.is_full(self.slots.len())) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err("the server did not come back within ten seconds".into())
    }

    /// Whether the tables agree with themselves and with every diary; the server is down.
    async fn audit(&self) -> Outcome {
        let db = self.open().await?;
        audit::tables(&db).await?;
        let keys = audit::keys(&db).await.map_err(|error| error.to_string())?;
        for key in self.diaries.iter().flat_map(|diary| &diary.acknowledged) {
            match keys.get(key) {
                Some(1) => {}
                other => {
                    return Err(format!("the acknowledged key {key} is there {} times", other.unwrap_or(&0)));
                }
            }
        }
        db.close().await;
        Ok(())
    }

    /// New slots, new people, empty diaries.
    async fn refill(&mut self) -> Outcome {
        self.done = self.count();
        let db = self.open().await?;
        let vault = Vault::find(None, &self.folder.join("data")).map_err(|error| error.to_string())?;
        let vault = vault.ok_or("the server has made no keys")?;
        let said = |error: DbError| error.to_string();
        self.slots = self.make_slots(&db).await.map_err(said)?;
        let guests = singles(&db, &vault, &*self.dice, GUESTS, SystemClock.now()).await.map_err(said)?;
        self.diaries = guests
            .iter()
            .map(|guest| Diary::new(format!("session={}", guest.token), guest.people[0].person.clone()))
            .collect();
        db.close().await;
        Ok(())
    }

    async fn make_slots(&self, db: &Db) -> Result<Vec<SlotId>, DbError> {
        let mut tx = db.begin().await?;
        let class = "SELECT centre_id, details FROM offering WHERE id = 'xinsheng-massage'";
        let class = tx.row(class, args![]).await?.ok_or_else(|| DbError::Other("no demo".into()))?;
        let offering = OfferingId(self.dice.id("soak-"));
        let sql = "INSERT INTO offering (id, centre_id, kind, details) VALUES ($1, $2, 'club', $3)";
        tx.run(sql, args![&offering, class.text("centre_id")?, class.text("details")?]).await?;
        let (now, mut slots) = (SystemClock.now(), Vec::new());
        for n in 0..SLOTS {
            let id = SlotId(self.dice.id("soak-"));
            let (starts, ends) = (now.plus((30 + 2 * n) * HOUR), now.plus((31 + 2 * n) * HOUR));
            let meetings = json!([{ "starts": starts, "ends": ends }]).to_string();
            let sql = "INSERT INTO slot (id, offering_id, starts, ends, meetings, capacity, opens, closes) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $3)";
            tx.run(sql, args![&id, &offering, starts, ends, meetings, PLACES, now.plus(-HOUR)]).await?;
            slots.push(id);
        }
        tx.commit().await?;
        Ok(slots)
    }
}
