//! A few connections that take turns.
//!
//! The driver's own pool asks a connection before and after every use whether it is still there,
//! which makes three journeys out of one. Here it is found out by using it: what fails because the
//! connection is gone is done once more on a new one, where doing it twice does no harm.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sqlx::{ConnectOptions, Connection};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::DbError;

/// How long to wait for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// Connections made with the same options. All clones are the same.
pub(super) struct Pool<C: Connection>(Arc<Shared<C>>);

struct Shared<C: Connection> {
    options: C::Options,
    idle: Mutex<Vec<C>>,
    room: Arc<Semaphore>,
}

impl<C: Connection> Clone for Pool<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C: Connection> Pool<C> {
    /// At most so many at once; made when they are needed.
    pub(super) fn new(options: C::Options, most: usize) -> Self {
        Self(Arc::new(Shared { options, idle: Mutex::default(), room: Arc::new(Semaphore::new(most)) }))
    }

    /// A connection for one's own use, in the order of asking.
    pub(super) async fn lease(&self) -> Result<Lease<C>, DbError> {
        let waiting = tokio::time::timeout(PATIENCE, Arc::clone(&self.0.room).acquire_owned());
        let permit = match waiting.await {
            Ok(Ok(permit)) => permit,
            Ok(Err(_)) => return Err(DbError::Busy("the database is closed".into())),
            Err(_) => return Err(DbError::Busy("all connections are taken".into())),
        };
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => tokio::time::timeout(PATIENCE, self.0.options.connect())
                .await
                .map_err(|_| DbError::Busy("the database does not answer".into()))??,
        };
        Ok(Lease { connection, pool: self.clone(), _permit: permit })
    }

    /// Gives up the connections nobody uses, after one was found to be gone.
    pub(super) fn forget(&self) {
        self.idle().clear();
    }

    /// Waits for all connections and closes them; nobody gets one any more.
    pub(super) async fn close(&self, most: usize) {
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        let _all = tokio::time::timeout(PATIENCE, self.0.room.acquire_many(most)).await;
        self.0.room.close();
        let idle = std::mem::take(&mut *self.idle());
        for connection in idle {
            let _ = connection.close().await;
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<C>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection in use. It goes back to the others by [`Lease::put_back`] only: who lets go of it in
/// the middle of something closes it.
pub(super) struct Lease<C: Connection> {
    pub(super) connection: C,
    pool: Pool<C>,
    _permit: OwnedSemaphorePermit,
}

impl<C: Connection> Lease<C> {
    /// Lets others use it.
    pub(super) fn put_back(self) {
        let Self { connection, pool, _permit } = self;
        pool.idle().push(connection);
    }
}
