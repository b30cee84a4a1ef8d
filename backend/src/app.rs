//! What every handler has at hand: the database, the clock, the dice, the vault and the caches.

use std::{ops::Deref, sync::Arc};

use domain::time::Moment;

use crate::{
    booking::Writer, clock::Clock, config::Config, db::Db, dice::Dice, outside::Outside, pace::Pace,
    sender::CodeSender, session::Finder, snapshot::Snapshots, vault::Vault,
};

/// The server's parts. Cheap to clone: all clones are the same.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an [`App`] is made of.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub dice: Arc<dyn Dice>,
    /// Seals what is personal.
    pub vault: Vault,
    /// Books and cancels, many to a transaction.
    pub bookings: Writer,
    /// Finds who is signed in.
    pub sessions: Finder,
    /// How much one account may write.
    pub pace: Pace,
    /// Asks servers of others.
    pub outside: Outside,
    /// Brings one-time codes to telephones.
    pub sender: Arc<dyn CodeSender>,
    /// Public answers, ready to be sent.
    pub snapshots: Snapshots,
    /// How the server was started.
    pub config: Arc<Config>,
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// What time it is.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
