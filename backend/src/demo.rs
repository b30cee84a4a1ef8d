//! Loads centres and what they offer from files that a person can edit: the demo, or those of a house.
//!
//! Loading is one transaction and may be repeated: what is there stays, what was edited is changed,
//! what was taken out is retired. Days are dates, or relative: to the day of the first load for wishes, to
//! the day on which they are set up for tasks and courses, and those are set up again when they are past.

use std::{fmt, fs, io, path::Path};

use domain::time::{Day, HOUR, Moment};
use sha2::{Digest, Sha256};

use crate::{app::App, db::DbError, slots, snapshot::Topic, staff, teams};

mod areas;
mod check;
mod draw;
mod file;
mod offering;
mod store;
mod tasks;
mod time;

use check::{Checked, Seen, Wrong};

/// The demo as the files have it, checked.
#[derive(Clone, Debug)]
pub struct Demo {
    checked: Checked,
    /// Changes with every change of a file.
    print: i64,
}

/// Why the demo could not be loaded.
#[derive(Debug)]
pub enum DemoError {
    /// The folder or a file cannot be read.
    Read(String, io::Error),
    /// A file is not TOML, or has a field that is unknown, missing or of the wrong type.
    Form(String, Box<toml::de::Error>),
    /// Something in a file makes no sense.
    Wrong(String, Box<Wrong>),
    /// There is no `.toml` file in the folder.
    Empty(String),
    /// The database refuses.
    Db(DbError),
}

impl fmt::Display for DemoError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(file, error) => write!(out, "{file}: {error}"),
            Self::Form(file, error) => write!(out, "{file}: {error}"),
            Self::Wrong(file, wrong) => write!(out, "{file}: {wrong}"),
            Self::Empty(folder) => write!(out, "{folder}: there are no .toml files"),
            Self::Db(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for DemoError {}

impl From<DbError> for DemoError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl Demo {
    /// Reads and checks all `.toml` files of a folder.
    pub fn read(folder: &Path) -> Result<Self, DemoError> {
        let unreadable = |path: &Path| {
            let path = path.display().to_string();
            move |error| DemoError::Read(path, error)
        };
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
            let path = entry.map_err(unreadable(folder))?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                paths.push(path);
            }
        }
        paths.sort();
        let mut texts = Vec::new();
        for path in paths {
            let text = fs::read_to_string(&path).map_err(unreadable(&path))?;
            texts.push((path.display().to_string(), text));
        }
        if texts.is_empty() {
            return Err(DemoError::Empty(folder.display().to_string()));
        }
        Self::parse(&texts)
    }

    /// Checks files, given as name and text.
    pub fn parse(texts: &[(String, String)]) -> Result<Self, DemoError> {
        let mut hash = Sha256::new();
        let mut files = Vec::new();
        for (name, text) in texts {
            hash.update(text.as_bytes());
            let file: file::File =
                toml::from_str(text).map_err(|error| DemoError::Form(name.clone(), Box::new(error)))?;
            files.push((name, file));
        }
        files.sort_by_key(|(_, file)| file.city.sort);
        let (mut seen, mut checked) = (Seen::default(), Checked::default());
        for (name, file) in files {
            check::check(file, &mut seen, &mut checked)
                .map_err(|wrong| DemoError::Wrong(name.clone(), Box::new(wrong)))?;
        }
        let digest = hash.finalize();
        let mut print = [0; 8];
        print.copy_from_slice(&digest[..8]);
        Ok(Self { checked, print: i64::from_be_bytes(print) })
    }

    /// Brings the database up to date with the files, then everything that depends on the day;
    /// whether anything changed.
    pub async fn load(&self, app: &App) -> Result<bool, DbError> {
        // At every start: a server that ran without the demo has taken its posts away.
        let changed = self.load_things(app).await?;
        store::staff(app, &self.checked.staff, &self.checked.members).await?;
        Ok(changed)
    }

    /// The same without the posts and the places in teams that the files give: a house has its own.
    pub async fn load_things(&self, app: &App) -> Result<bool, DbError> {
        let changed = store::load(app, &self.checked, self.print).await?;
        if changed {
            app.snapshots.touch(&Topic::Catalogue);
            app.snapshots.touch(&Topic::Wishes);
            app.snapshots.touch(&Topic::Tasks);
        }
        Ok(self.renew(app).await? | changed)
    }

    /// How many posts and places in teams the files give.
    pub fn gives(&self) -> usize {
        self.checked.staff.len() + self.checked.members.len()
    }

    /// Makes slots and tasks for the days ahead; whether any were missing.
    pub async fn renew(&self, app: &App) -> Result<bool, DbError> {
        let slots = slots::fill(app).await?;
        let tasks = tasks::fill(app, &self.checked.tasks).await?;
        Ok(slots + tasks > 0)
    }
}

impl fmt::Display for Demo {
    /// What is in the files, in a line.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Checked { cities, centres, offerings, draws, tasks, wishes, teams, .. } = &self.checked;
        let parts = [
            (cities.len(), "cities"),
            (centres.len(), "centres"),
            (offerings.len(), "offerings"),
            (draws.len(), "draws"),
            (tasks.len(), "tasks"),
            (wishes.len(), "wishes"),
            (teams.len(), "teams"),
        ];
        let parts: Vec<String> = parts.iter().map(|(count, what)| format!("{count} {what}")).collect();
        out.write_str(&parts.join(", "))
    }
}

/// Takes away every post and every place in a team that came with a demo, for good and on record: a
/// server that runs without one knows nobody whom no person has appointed.
///
/// # Errors
/// The database fails.
pub async fn end(app: &App) -> Result<(), DbError> {
    let mut tx = app.db.begin().await?;
    let members = teams::remove_demo(&mut tx).await?;
    let posts = staff::end_demo(&app.vault, &mut tx, app.now()).await?;
    tx.commit().await?;
    if members > 0 || posts > 0 {
        tracing::warn!(posts, members, "what the demo gave was taken away: this server runs without one");
    }
    Ok(())
}

/// Keeps the days ahead filled, every hour, until it is dropped.
/// Without a demo only slots are made. Several servers may do so at once.
pub async fn keep_filled(app: App, demo: Option<Demo>) {
    let mut last = None;
    let mut ticks = tokio::time::interval(std::time::Duration::from_secs(20));
    loop {
        ticks.tick().await;
        // By the server's clock, which tests can move: a new hour may be a new day.
        let hour = app.now().0.div_euclid(HOUR);
        if last == Some(hour) {
            continue;
        }
        let filled = match &demo {
            Some(demo) => demo.renew(&app).await.map(drop),
            None => slots::fill(&app).await.map(drop),
        };
        match filled {
            Ok(()) => last = Some(hour),
            Err(error) => tracing::warn!(%error, "the days ahead could not be filled"),
        }
    }
}

/// The instant `days` from `base` (before it when negative), at `minutes` past midnight.
fn moment(base: Day, days: i32, minutes: i64, zone: domain::time::Zone) -> Moment {
    zone.moment(base, i64::from(days) * 24 * 60 + minutes)
}

#[cfg(test)]
mod tests;
