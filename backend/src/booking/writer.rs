//! The one place where bookings are written: a queue, and a committer that empties it in batches.
//!
//! Handlers put an [`Ask`] into the queue and wait. The committer takes whatever is waiting, decides
//! it in order in one transaction, commits once, and only then answers. One commit for hundreds of
//! bookings is what makes a rush on a small machine pass in a second.

use std::{
    collections::HashMap,
    io,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use domain::{
    booking::{
        Booking,
        attendance::Note,
        meeting::{Clash, MeetingChange},
    },
    id::{AccountId, BookingId, OfferingId, PersonId, SlotId},
    time::Moment,
};
use tokio::{
    runtime,
    sync::{Notify, mpsc, oneshot},
};

use crate::{
    call::Key,
    db::{Db, DbError},
    dice::Dice,
    failure::Failure,
    tickets::Frozen,
    vault::Vault,
};

mod batch;
pub mod plan;
pub mod store;

/// How many asks may wait; whoever comes then is told to come again.
const MOST_WAITING: usize = 4096;
/// How many asks go into one transaction.
const MOST_TOGETHER: usize = 512;
/// A batch that takes longer than this means that the database hangs.
const STUCK: Duration = Duration::from_secs(15);

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Who asks.
    pub account: AccountId,
    /// What a retry is recognised by.
    pub key: Key,
    /// When it arrived; opening and closing are decided by that.
    pub now: Moment,
    /// What.
    pub deed: Deed,
    /// Who asks for it on behalf of `account`; whether they may was checked before.
    pub by: By,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The household itself, or time alone.
    Household,
    /// A relative, as the household: it is told, and nothing else is different.
    Relative,
    /// Somebody of the staff, who may do what no household may.
    Desk(AccountId),
}

impl By {
    /// Whether it is the desk.
    pub const fn is_desk(&self) -> bool {
        matches!(self, Self::Desk(_))
    }
}

/// What is to be done. Whatever it is, the slot is folded to the present first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Places in a slot.
    Book {
        /// Which slot.
        slot: SlotId,
        /// Who comes.
        people: Vec<PersonId>,
        /// What the party's ticket says, where it brings a genuine one.
        ready: Option<Frozen>,
        /// Whether the party would share a table.
        share: bool,
        /// Whether the counter asks for it.
        counter: bool,
        /// How many come along without being named.
        guests: u32,
    },
    /// To take what is offered.
    Take {
        /// Which booking.
        booking: BookingId,
    },
    /// To let an offer go.
    Decline {
        /// Which booking.
        booking: BookingId,
    },
    /// To wait no longer than that.
    Stop {
        /// Which booking.
        booking: BookingId,
        /// Until when; `None` to wait until the slot starts.
        after: Option<Moment>,
    },
    /// To give a booking back.
    Cancel {
        /// Which one.
        booking: BookingId,
    },
    /// To take up again what was given back.
    Restore {
        /// Which booking.
        booking: BookingId,
    },
    /// To take a place back, as the centre.
    Withdraw {
        /// Which booking.
        booking: BookingId,
        /// Why, in words for the household.
        reason: String,
    },
    /// To note that they have come.
    CheckIn {
        /// Which booking.
        booking: BookingId,
    },
    /// To note how it was with somebody at a meeting; for staff.
    Note {
        /// Which booking.
        booking: BookingId,
        /// What.
        note: Note,
    },
    /// To have another number of places, and of places kept for the counter; for staff.
    Resize {
        /// Which slot.
        slot: SlotId,
        /// Places in all.
        capacity: u32,
        /// Places kept.
        kept: u32,
    },
    /// To have a meeting at another time, or not at all; for staff.
    Reschedule {
        /// Which slot.
        slot: SlotId,
        /// Which meeting, and what becomes of it.
        change: MeetingChange,
        /// What the parties have at that time, as far as is known.
        clashes: HashMap<BookingId, Clash>,
    },
    /// Nothing but what time alone has done: so that people are told.
    Settle {
        /// Which slot.
        slot: SlotId,
    },
}

impl Deed {
    /// A party that asks for places of its own, online and without a ticket.
    pub fn book(slot: SlotId, people: Vec<PersonId>) -> Self {
        Self::Book { slot, people, ready: None, share: false, counter: false, guests: 0 }
    }

    /// The booking it is about, where that is there already.
    fn booking(&self) -> Option<&BookingId> {
        match self {
            Self::Take { booking }
            | Self::Decline { booking }
            | Self::Stop { booking, .. }
            | Self::Cancel { booking }
            | Self::Restore { booking }
            | Self::Withdraw { booking, .. }
            | Self::CheckIn { booking }
            | Self::Note { booking, .. } => Some(booking),
            Self::Book { .. } | Self::Resize { .. } | Self::Reschedule { .. } | Self::Settle { .. } => None,
        }
    }
}

/// What an ask is answered with: the booking it is about, or nothing where it is about a slot.
pub type Answer = Result<Option<Booking>, Failure>;

/// An ask with where its answer goes.
struct Job {
    ask: Ask,
    answer: oneshot::Sender<Answer>,
}

/// What is called with the offerings whose slots changed, after the commit.
pub type OnChange = Arc<dyn Fn(&[OfferingId]) + Send + Sync>;

/// What the committer works with.
#[derive(Clone)]
struct Tools {
    db: Db,
    dice: Arc<dyn Dice>,
    vault: Vault,
    on_change: OnChange,
}

/// How the committer is doing.
#[derive(Default)]
struct Pulse {
    /// Since when it is at a batch.
    busy: Mutex<Option<Instant>>,
    ended: AtomicBool,
}

/// A handle on the committer; cheap to clone.
#[derive(Clone)]
pub struct Writer {
    db: Db,
    queue: mpsc::Sender<Job>,
    stop: Arc<Notify>,
    pulse: Arc<Pulse>,
    done: Arc<tokio::sync::Mutex<Option<oneshot::Receiver<()>>>>,
}

impl Writer {
    /// Starts the committer, on a thread of its own: between two statements of a batch it must not
    /// stand in line behind hundreds of requests.
    ///
    /// # Errors
    /// The machine has no thread for it.
    pub fn start(db: Db, dice: Arc<dyn Dice>, vault: Vault, on_change: OnChange) -> io::Result<Self> {
        let (queue, waiting) = mpsc::channel(MOST_WAITING);
        let (stop, pulse) = (Arc::new(Notify::new()), Arc::new(Pulse::default()));
        let tools = Tools { db: db.clone(), dice, vault, on_change };
        let own = runtime::Builder::new_current_thread().enable_all().build()?;
        let (end, ended) = oneshot::channel();
        let work = work(tools, waiting, Arc::clone(&stop), Arc::clone(&pulse));
        std::thread::Builder::new().name("committer".into()).spawn(move || {
            own.block_on(work);
            let _ = end.send(());
        })?;
        Ok(Self { db, queue, stop, pulse, done: Arc::new(tokio::sync::Mutex::new(Some(ended))) })
    }

    /// Asks, and waits for the answer. Where the caller goes away meanwhile, the ask still stands:
    /// a retry with the same key is told what became of it.
    ///
    /// # Errors
    /// What the rules say; [`Failure::Overloaded`] when too many wait already or the server stops.
    pub async fn ask(&self, ask: Ask) -> Result<Booking, Failure> {
        let answer = self.send(ask).await?;
        answer.ok_or_else(|| Failure::Broken("a deed without a booking was asked for one".into()))
    }

    /// Asks for what is about a slot and no booking: [`Deed::Resize`], [`Deed::Reschedule`] and
    /// [`Deed::Settle`].
    ///
    /// # Errors
    /// As [`Writer::ask`].
    pub async fn order(&self, ask: Ask) -> Result<(), Failure> {
        self.send(ask).await.map(drop)
    }

    /// Asks for whatever it is: the booking it is about, or none where it is about a slot.
    ///
    /// # Errors
    /// As [`Writer::ask`].
    pub async fn send(&self, ask: Ask) -> Answer {
        let (answer, answered) = oneshot::channel();
        self.queue.try_send(Job { ask, answer }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(job) => Failure::Overloaded { retry_after: spread(&job.ask) },
            mpsc::error::TrySendError::Closed(_) => Failure::Overloaded { retry_after: 2 },
        })?;
        answered.await.unwrap_or(Err(Failure::Unknown))
    }

    /// Whether asks are being answered and bookings can be written.
    pub fn is_alive(&self) -> bool {
        let busy = *self.pulse.busy.lock().unwrap_or_else(PoisonError::into_inner);
        !self.db.has_stopped()
            && !self.pulse.ended.load(Ordering::Acquire)
            && busy.is_none_or(|since| since.elapsed() < STUCK)
    }

    /// Takes no more asks, answers those that wait, and ends.
    pub async fn stop(&self) {
        self.stop.notify_one();
        if let Some(done) = self.done.lock().await.take()
            && done.await.is_err()
        {
            tracing::error!("the committer ended badly");
        }
    }
}

/// Those who were sent away come back one to three seconds later, not all at once.
fn spread(ask: &Ask) -> u32 {
    let sum = ask.key.text.bytes().fold(0_u32, |sum, byte| sum.wrapping_add(byte.into()));
    1 + sum % 3
}

/// The latest instant at which one of them arrived.
fn latest(asks: &[&Ask]) -> Moment {
    asks.iter().map(|ask| ask.now).max().unwrap_or_default()
}

/// Empties the queue until it is closed and empty.
async fn work(tools: Tools, mut waiting: mpsc::Receiver<Job>, stop: Arc<Notify>, pulse: Arc<Pulse>) {
    let mut jobs = Vec::with_capacity(MOST_TOGETHER);
    loop {
        tokio::select! {
            biased;
            () = stop.notified() => waiting.close(),
            count = waiting.recv_many(&mut jobs, MOST_TOGETHER) => {
                if count == 0 {
                    break;
                }
                *pulse.busy.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
                let batch = std::mem::replace(&mut jobs, Vec::with_capacity(MOST_TOGETHER));
                // In a task of its own: a panic costs one batch, whose askers are told that nobody
                // knows, and not the committer.
                if let Err(error) = tokio::spawn(serve(tools.clone(), batch)).await {
                    tracing::error!(%error, "a batch broke");
                }
                *pulse.busy.lock().unwrap_or_else(PoisonError::into_inner) = None;
            }
        }
    }
    pulse.ended.store(true, Ordering::Release);
}

/// Serves a batch. Where it fails, its halves are tried, and so on down to single asks, so that one
/// ask nobody foresaw cannot fail hundreds.
async fn serve(tools: Tools, batch: Vec<Job>) {
    let mut parts = vec![batch];
    while let Some(mut jobs) = parts.pop() {
        let asks: Vec<&Ask> = jobs.iter().map(|job| &job.ask).collect();
        let error = match batch::run(&tools, &asks).await {
            Ok(done) => {
                // Before the answers: who was answered must not be shown what was before.
                if !done.touched.is_empty() {
                    (tools.on_change)(&done.touched);
                }
                for (job, answer) in jobs.into_iter().zip(done.answers) {
                    // Who went away asks again with the same key.
                    let _ = job.answer.send(answer);
                }
                continue;
            }
            Err(error) => error,
        };
        let divisible = matches!(error, DbError::Conflict(_) | DbError::Other(_));
        if divisible && jobs.len() > 1 {
            tracing::warn!(%error, asks = jobs.len(), "a batch failed, its halves are tried");
            let later = jobs.split_off(jobs.len() / 2);
            parts.push(later);
            parts.push(jobs);
            continue;
        }
        let failure = Failure::from(error);
        for job in jobs {
            let _ = job.answer.send(Err(failure.clone()));
        }
    }
}
