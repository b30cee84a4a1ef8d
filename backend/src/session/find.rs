//! Finds sessions: those that are asked for at the same time with one statement.
//!
//! Every request of somebody who is signed in asks once; asked together, hundreds cost one statement.
//! Nobody waits for others to come: who comes while a statement is under way goes with the next one,
//! and so does whose request has arrived by then and has only to be read.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use super::store::{self, Session};
use crate::db::{Db, DbError};

/// How many statements are under way at once: a slow one must not hold up all.
const MOST_AT_ONCE: usize = 2;
/// How many sessions are asked for with one statement.
const MOST_TOGETHER: usize = 512;

type Answer = Result<Option<Session>, DbError>;

/// Whose cookie it is, and who wants to know.
struct Ask {
    hash: String,
    answer: oneshot::Sender<Answer>,
}

/// Those who wait, and how many statements are under way.
#[derive(Default)]
struct Queue {
    waiting: Vec<Ask>,
    running: usize,
}

/// Finds sessions. Cheap to clone: all clones are the same.
#[derive(Clone)]
pub struct Finder {
    db: Db,
    queue: Arc<Mutex<Queue>>,
}

impl Finder {
    /// Finds them in that database.
    pub fn new(db: Db) -> Self {
        Self { db, queue: Arc::default() }
    }

    /// The session of which that is the hash of a cookie, as it stands at some instant after the call.
    ///
    /// # Errors
    /// The database fails; then it does so for everybody who was asked for together.
    pub async fn find(&self, hash: String) -> Answer {
        let (answer, answered) = oneshot::channel();
        if self.wait(Ask { hash, answer }) {
            // In a task of its own: it answers others, too, and must not end with this request.
            tokio::spawn(self.clone().work());
        }
        answered.await.unwrap_or_else(|_| Err(DbError::Busy("nobody looked for a session".into())))
    }

    /// Joins those who wait; whether a statement more may be under way for them.
    fn wait(&self, ask: Ask) -> bool {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.waiting.push(ask);
        let more = queue.running < MOST_AT_ONCE;
        queue.running += usize::from(more);
        more
    }

    /// Those who have waited longest; where there are none, one statement less is under way.
    fn next(&self) -> Vec<Ask> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let count = queue.waiting.len().min(MOST_TOGETHER);
        if count == 0 {
            queue.running -= 1;
        }
        queue.waiting.drain(..count).collect()
    }

    /// Looks for as long as somebody waits.
    async fn work(self) {
        loop {
            // In a rush hundreds of requests lie read by nobody: they join first, and what would be sixty
            // statements for six people each is ten.
            tokio::task::yield_now().await;
            let asks = self.next();
            if asks.is_empty() {
                return;
            }
            let hashes: Vec<&str> = asks.iter().map(|ask| ask.hash.as_str()).collect();
            let found = store::sessions(&self.db, &hashes).await;
            for ask in asks {
                let answer = found.as_ref().map(|found| found.get(&ask.hash).cloned()).map_err(Clone::clone);
                // Who went away needs no answer.
                let _ = ask.answer.send(answer);
            }
        }
    }
}
