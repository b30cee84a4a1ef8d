//! Stories by the million, and a server that is killed again and again in mid-rush.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use backend::{
    booking::Writer,
    clock::{Clock, SystemClock},
    db::{DatabaseUrl, Db},
    dice::SystemDice,
    vault::Vault,
};
use proof::{
    Outcome,
    play::{Stage, Tally, tell},
    tale::Shape,
};

mod kills;

use kills::Kills;

/// What one can ask for.
pub const USAGE: &str = "proof --program doorstep-server
  --minutes N | --seconds N   for how long; 10 minutes
  --kills N                   at least so often a server is killed in mid-rush; 100
  --restarts N                at least so often PostgreSQL is restarted in mid-rush; 10
  --seed N                    the first story; drawn from the clock where none is given
  --asks N                    asks of a story; 400
  --database URL              postgres://… that is ours to fill and restart; a passing SQLite file
  --keep                      the folder stays";

/// The settings of a run.
#[derive(Clone, Debug)]
pub struct Flags {
    program: PathBuf,
    time: Duration,
    kills: usize,
    restarts: usize,
    seed: u64,
    asks: usize,
    database: Option<String>,
    keep: bool,
}

impl Flags {
    /// Reads flags.
    ///
    /// # Errors
    /// A line for the person at the keyboard.
    pub fn read(mut args: impl Iterator<Item = String>) -> Outcome<Self> {
        let drawn = u64::try_from(SystemClock.now().0 / 1_000).unwrap_or_default();
        let mut flags = Self {
            program: PathBuf::new(),
            time: Duration::from_mins(10),
            kills: 100,
            restarts: 10,
            seed: drawn % 1_000_000 * 1_000,
            asks: 400,
            database: None,
            keep: false,
        };
        while let Some(flag) = args.next() {
            if flag == "--keep" {
                flags.keep = true;
                continue;
            }
            let value = args.next().ok_or_else(|| format!("{flag} needs a value\n{USAGE}"))?;
            let number = || value.parse::<u64>().map_err(|_| format!("{flag} {value}: a number is needed"));
            let count = || number().map(|number| usize::try_from(number).unwrap_or(usize::MAX));
            match flag.as_str() {
                "--program" => flags.program = PathBuf::from(value),
                "--minutes" => flags.time = Duration::from_secs(number()? * 60),
                "--seconds" => flags.time = Duration::from_secs(number()?),
                "--kills" => flags.kills = count()?,
                "--restarts" => flags.restarts = count()?,
                "--seed" => flags.seed = number()?,
                "--asks" => flags.asks = count()?.max(1),
                "--database" => flags.database = Some(value),
                _ => return Err(format!("{flag}: no such flag\n{USAGE}")),
            }
        }
        if flags.program.is_file() { Ok(flags) } else { Err(format!("--program is missing\n{USAGE}")) }
    }
}

/// What has been done so far.
#[derive(Default)]
struct Sum {
    stories: u64,
    tally: Tally,
    kills: usize,
    restarts: usize,
    acknowledged: usize,
    cut_off: usize,
    /// How long stories were told.
    telling: Duration,
}

impl Sum {
    /// How quickly stories are told, and how long a million asks take so; nothing where none were told.
    fn pace(&self) -> String {
        if self.tally.asks == 0 {
            return String::new();
        }
        let millis = self.telling.as_millis().max(1);
        let rate = self.tally.asks as u128 * 1_000 / millis;
        let minutes = 1_000_000 / rate.max(1) / 60;
        format!("; {rate} asks a second: a million take {minutes} minutes")
    }

    fn line(&self) -> String {
        format!(
            "{} asks in {} stories ({} done, {} parties, {} offers); {} kills and {} database restarts in mid-rush, \
             {} acknowledged, {} cut off",
            self.tally.asks,
            self.stories,
            self.tally.done,
            self.tally.parties,
            self.tally.offers,
            self.kills,
            self.restarts,
            self.acknowledged,
            self.cut_off,
        )
    }
}

/// Runs it and says what came of it.
///
/// # Errors
/// The first thing that was not as it must be.
pub async fn run(flags: Flags) -> Outcome {
    let folder = std::env::temp_dir().join(format!("doorstep-soak-{}", std::process::id()));
    let outcome = soak(&flags, &folder).await;
    if !flags.keep {
        let _ = std::fs::remove_dir_all(&folder);
    }
    outcome
}

async fn soak(flags: &Flags, folder: &std::path::Path) -> Outcome {
    let (began, mut said) = (Instant::now(), Instant::now());
    let mut sum = Sum::default();
    let mut kills =
        Kills::new(&flags.program, &folder.join("kills"), flags.database.as_deref(), flags.seed).await?;
    // Stories have writers of this process, and a file has only one: they have a file of their own.
    let story_folder = folder.join(if flags.database.is_some() { "kills" } else { "stories" });
    if flags.database.is_none() {
        kills::furnish(&flags.program, &story_folder, None)?;
    }
    let mut seed = flags.seed;
    let mut audited = (Instant::now(), Duration::ZERO);
    println!("from seed {seed}, for {} s", flags.time.as_secs());
    let restarts = if flags.database.is_some() { flags.restarts } else { 0 };
    while began.elapsed() < flags.time || sum.kills < flags.kills || sum.restarts < restarts {
        // Both spread over the whole time; what is still to come then follows at once.
        let behind = |done: usize, wanted: usize| {
            let due = done as u128 * flags.time.as_millis() < wanted as u128 * began.elapsed().as_millis();
            done < wanted && due
        };
        let restart = behind(sum.restarts, restarts);
        if restart || behind(sum.kills, flags.kills) {
            kills.round(restart).await.map_err(|wrong| format!("{wrong}\n{}", sum.line()))?;
            sum.kills += usize::from(!restart);
            sum.restarts += usize::from(restart);
            (sum.acknowledged, sum.cut_off) = kills.count();
        } else {
            let stage = stage(flags, &story_folder).await?;
            let since = Instant::now();
            while since.elapsed() < Duration::from_secs(5) && began.elapsed() < flags.time {
                let shape = Shape { asks: flags.asks, servers: stage.writers.len(), clock_goes_back: true };
                let began = Instant::now();
                let told = tell(&stage, seed, shape).await;
                sum.telling += began.elapsed();
                let tally = told.map_err(|wrong| format!("story {seed}: {wrong}\n{}", sum.line()))?;
                seed += 1;
                sum.stories += 1;
                sum.tally.asks += tally.asks;
                sum.tally.done += tally.done;
                sum.tally.parties += tally.parties;
                sum.tally.offers += tally.offers;
            }
            for writer in &stage.writers {
                writer.stop().await;
            }
            // The more there is, the longer it takes: it may have a tenth of the time.
            if audited.0.elapsed() > audited.1 * 9 {
                let began = Instant::now();
                proof::audit::tables(&stage.db).await?;
                audited = (Instant::now(), began.elapsed());
            }
            stage.db.close().await;
        }
        if said.elapsed() > Duration::from_secs(10) {
            said = Instant::now();
            println!("· {} s: {}{}", began.elapsed().as_secs(), sum.line(), sum.pace());
        }
    }
    let stage = stage(flags, &story_folder).await?;
    for writer in &stage.writers {
        writer.stop().await;
    }
    proof::audit::tables(&stage.db).await?;
    stage.db.close().await;
    kills.finish().await?;
    (sum.acknowledged, sum.cut_off) = kills.count();
    println!("{} s: {}{}", began.elapsed().as_secs(), sum.line(), sum.pace());
    println!("every acknowledged key is there once, every answer and every table as the twin has it");
    Ok(())
}

/// Writers for stories: two on PostgreSQL, as of two servers, one on SQLite.
async fn stage(flags: &Flags, folder: &std::path::Path) -> Outcome<Stage> {
    let said = |error: backend::db::DbError| error.to_string();
    let url = match &flags.database {
        Some(url) => url.parse().map_err(said)?,
        None => DatabaseUrl::file(&folder.join("data/doorstep.db")),
    };
    let vault = Vault::find(None, &folder.join("data")).map_err(|error| error.to_string())?;
    let vault = vault.ok_or("the server has made no keys")?;
    let db = Db::open(&url).await.map_err(said)?;
    let dice = Arc::new(SystemDice);
    let mut writers = Vec::new();
    for _ in 0..if db.is_sqlite() { 1 } else { 2 } {
        let db = if db.is_sqlite() { db.clone() } else { Db::open(&url).await.map_err(said)? };
        writers.push(
            Writer::start(db, dice.clone(), vault.clone(), Arc::new(|_: &[_]| {}))
                .map_err(|error| error.to_string())?,
        );
    }
    Ok(Stage { db, vault, dice, writers, clock: Box::new(|_| {}) })
}
