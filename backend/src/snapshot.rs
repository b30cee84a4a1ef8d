//! Public answers kept ready to be sent: bytes, compressed bytes and an ETag, rebuilt when
//! something in them changes.
//!
//! Every answer depends on [`Topic`]s. Who changes something calls [`Snapshots::touch`] after the
//! commit. Whoever asks next rebuilds, once, while all others wait for it. Answers that show free
//! places or the time of day also expire.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{
        Arc, OnceLock, PoisonError, RwLock,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use axum::http::HeaderValue;
use domain::time::Moment;

use crate::{compress, failure::Failure};

mod store;
mod topic;
mod watch;

pub use axum::body::Bytes;
pub use topic::{Freshness, Topic};
pub use watch::{announce, watch};

/// How many counters the topics share; two topics on one counter cost a rebuild, never a mistake.
const COUNTERS: usize = 512;
/// How many answers are kept; beyond that all are forgotten, which costs a rebuild of each.
const MOST: usize = 5_000;
/// How many bytes they may have together, before they are compressed; likewise.
const MOST_BYTES: usize = 48 * 1024 * 1024;

/// An answer, ready to be sent.
#[derive(Debug)]
pub struct Snapshot {
    /// As it is.
    pub plain: Bytes,
    /// Names this very answer; weak, since compressed forms share it.
    pub etag: HeaderValue,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
    often: bool,
}

/// A form in which bytes travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// As they are.
    Plain,
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
}

impl Snapshot {
    /// An answer made of `plain`; `often` when it will not live long.
    pub fn new(plain: Vec<u8>, often: bool) -> Self {
        let etag = compress::weak_etag(&plain);
        Self { plain: plain.into(), etag, brotli: OnceLock::new(), gzip: OnceLock::new(), often }
    }

    /// The bytes in a coding; compressed when it is first asked for, beside the requests.
    pub async fn coded(self: &Arc<Self>, coding: Coding) -> Bytes {
        let known = match coding {
            Coding::Plain => Some(&self.plain),
            Coding::Brotli => self.brotli.get(),
            Coding::Gzip => self.gzip.get(),
        };
        if let Some(bytes) = known {
            return bytes.clone();
        }
        let this = Arc::clone(self);
        let work = move || {
            let made = match coding {
                Coding::Plain => &this.plain,
                Coding::Brotli => this
                    .brotli
                    .get_or_init(|| compress::brotli(&this.plain, if this.often { 5 } else { 9 }).into()),
                Coding::Gzip => this.gzip.get_or_init(|| compress::gzip(&this.plain, 6).into()),
            };
            made.clone()
        };
        tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| self.plain.clone())
    }
}

/// An answer with what it was made of.
struct Kept {
    answer: Arc<Snapshot>,
    seen: Vec<(usize, u64)>,
    lasts: Duration,
    /// For people's time, which tests can set.
    made: Moment,
    /// For the machine's time, which always runs.
    since: Instant,
}

/// A place for one answer.
#[derive(Default)]
struct Place {
    kept: RwLock<Option<Kept>>,
    /// Held by the one who rebuilds.
    building: tokio::sync::Mutex<()>,
}

struct Shelf {
    places: RwLock<HashMap<String, Arc<Place>>>,
    /// How many bytes the answers in them have, about: one that is built while all are forgotten
    /// may be counted or not, until all are forgotten again.
    bytes: AtomicUsize,
    counters: Vec<AtomicU64>,
    hasher: RandomState,
}

/// All answers that are kept. Cheap to clone: all clones are the same.
#[derive(Clone)]
pub struct Snapshots(Arc<Shelf>);

impl Default for Snapshots {
    fn default() -> Self {
        Self(Arc::new(Shelf {
            places: RwLock::default(),
            bytes: AtomicUsize::new(0),
            counters: (0..COUNTERS).map(|_| AtomicU64::new(0)).collect(),
            hasher: RandomState::new(),
        }))
    }
}

impl Snapshots {
    /// Says that something in `topic` has changed: after the commit, not before.
    pub fn touch(&self, topic: &Topic) {
        self.0.counters[self.counter(topic)].fetch_add(1, Ordering::SeqCst);
    }

    /// The answer at `address`, built when there is none or it is no longer good.
    ///
    /// # Errors
    /// What `make` says; nothing is kept then.
    pub async fn get<F>(
        &self,
        now: Moment,
        address: &str,
        freshness: &Freshness,
        make: impl FnOnce() -> F,
    ) -> Result<Arc<Snapshot>, Failure>
    where
        F: Future<Output = Result<Vec<u8>, Failure>>,
    {
        let place = self.place(address);
        if let Some(answer) = self.good(&place, now) {
            return Ok(answer);
        }
        let _alone = place.building.lock().await;
        if let Some(answer) = self.good(&place, now) {
            return Ok(answer);
        }
        // Read before the database is: what changes in between makes the answer stale, never wrong.
        let seen = freshness.topics.iter().map(|topic| self.counter(topic)).map(|at| (at, self.count(at)));
        let seen = seen.collect();
        let since = Instant::now();
        let outcome = make().await;
        let mut kept = place.kept.write().unwrap_or_else(PoisonError::into_inner);
        self.count_bytes(
            kept.as_ref().map_or(0, |kept| kept.answer.plain.len()),
            outcome.as_ref().map_or(0, Vec::len),
        );
        let plain = match outcome {
            Ok(plain) => plain,
            Err(failure) => {
                *kept = None;
                drop(kept);
                self.forget(address, &place);
                return Err(failure);
            }
        };
        let answer = match kept.take() {
            Some(old) if old.answer.plain == plain => old.answer,
            _ => Arc::new(Snapshot::new(plain, freshness.lasts < Duration::from_secs(10))),
        };
        *kept = Some(Kept { answer: Arc::clone(&answer), seen, lasts: freshness.lasts, made: now, since });
        Ok(answer)
    }

    fn counter(&self, topic: &Topic) -> usize {
        usize::try_from(self.0.hasher.hash_one(topic) % COUNTERS as u64).unwrap_or_default()
    }

    fn count(&self, at: usize) -> u64 {
        self.0.counters[at].load(Ordering::SeqCst)
    }

    fn good(&self, place: &Place, now: Moment) -> Option<Arc<Snapshot>> {
        let kept = place.kept.read().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.as_ref()?;
        let age = Duration::from_millis(now.0.abs_diff(kept.made.0));
        let good = kept.since.elapsed() < kept.lasts
            && age < kept.lasts
            && kept.seen.iter().all(|(at, count)| self.count(*at) == *count);
        good.then(|| Arc::clone(&kept.answer))
    }

    /// An answer of `was` bytes gives way to one of `is` bytes.
    fn count_bytes(&self, was: usize, is: usize) {
        let change = |bytes: usize| Some(bytes.saturating_sub(was).saturating_add(is));
        // It always changes, so it never fails.
        let _ = self.0.bytes.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change);
    }

    fn place(&self, address: &str) -> Arc<Place> {
        let places = self.0.places.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = places.get(address) {
            return Arc::clone(place);
        }
        drop(places);
        let mut places = self.0.places.write().unwrap_or_else(PoisonError::into_inner);
        if places.len() >= MOST || self.0.bytes.load(Ordering::Relaxed) >= MOST_BYTES {
            places.clear();
            self.0.bytes.store(0, Ordering::Relaxed);
        }
        Arc::clone(places.entry(address.to_owned()).or_default())
    }

    /// Gives up the place of an answer that there is not, so that made-up addresses fill nothing.
    fn forget(&self, address: &str, place: &Arc<Place>) {
        let mut places = self.0.places.write().unwrap_or_else(PoisonError::into_inner);
        if places.get(address).is_some_and(|known| Arc::ptr_eq(known, place)) {
            places.remove(address);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use domain::id::OfferingId;

    use super::*;

    const NOON: Moment = Moment(1_000_000);

    async fn get(snapshots: &Snapshots, count: &AtomicUsize, now: Moment) -> Arc<Snapshot> {
        let freshness = Freshness::of([Topic::Wishes]);
        let build = async || {
            tokio::task::yield_now().await;
            Ok(format!("[{}]", count.fetch_add(1, Ordering::SeqCst)).into_bytes())
        };
        snapshots.get(now, "/api/x", &freshness, build).await.expect("it builds")
    }

    #[tokio::test]
    async fn many_who_ask_at_once_cause_one_build_and_a_touch_causes_another() {
        let (snapshots, count) = (Snapshots::default(), AtomicUsize::new(0));
        let (a, b) = tokio::join!(get(&snapshots, &count, NOON), get(&snapshots, &count, NOON));
        assert!(Arc::ptr_eq(&a, &b));
        snapshots.touch(&Topic::Seats(OfferingId::from("chess")));
        snapshots.touch(&Topic::Wishes);
        let c = get(&snapshots, &count, NOON).await;
        assert_eq!(&c.plain[..], b"[1]");
        assert_ne!(a.etag, c.etag);
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn an_answer_that_came_out_the_same_keeps_its_compressed_forms() {
        let snapshots = Snapshots::default();
        let freshness = Freshness::of([Topic::Tasks]).with_seats();
        let build = async || Ok(b"[]".to_vec());
        let a = snapshots.get(NOON, "/api/x", &freshness, build).await.expect("it builds");
        let later = NOON.plus(1_000);
        let b = snapshots.get(later, "/api/x", &freshness, build).await.expect("it builds");
        assert!(Arc::ptr_eq(&a, &b));
        assert_eq!(compress::tests::unbrotli(&b.coded(Coding::Brotli).await), b"[]");
    }

    #[tokio::test]
    async fn what_is_kept_is_bounded_in_bytes() {
        let snapshots = Snapshots::default();
        let build = async || Ok(vec![b'a'; 8 * 1024 * 1024]);
        for page in 0..40 {
            let address = format!("page {page}");
            snapshots.get(NOON, &address, &Freshness::of([]), build).await.expect("it builds");
            let places = snapshots.0.places.read().expect("no panic").len();
            assert!((1..=6).contains(&places), "{places} after {page}");
        }
        // The same again and again is counted once.
        let before = snapshots.0.bytes.load(Ordering::Relaxed);
        for minute in 1..9 {
            let later = NOON.plus(minute * 60_000);
            snapshots.get(later, "page 39", &Freshness::of([]), build).await.expect("it builds");
        }
        assert_eq!(snapshots.0.bytes.load(Ordering::Relaxed), before);
    }

    #[tokio::test]
    async fn what_there_is_not_leaves_nothing_behind() {
        let snapshots = Snapshots::default();
        let build = async || Err(Failure::NotFound);
        let answer = snapshots.get(NOON, "/api/y", &Freshness::of([]), build).await;
        assert_eq!(answer.map(|_| ()), Err(Failure::NotFound));
        assert!(snapshots.0.places.read().expect("no panic").is_empty());
    }
}
