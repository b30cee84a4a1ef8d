//! Households that keep a diary of what they asked for and what they were told, so that nobody can
//! tell them otherwise after a crash.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicU64, Ordering},
};

use domain::{
    booking::{
        Booking, BookingState,
        api::{Book, BookRequest, CancelBooking, DeclineOffer, ListBookings, RestoreBooking, TakeOffer},
    },
    endpoint::Endpoint,
    id::{BookingId, PersonId, SlotId},
};
use reqwest::header;
use tokio::task::JoinHandle;

use crate::Outcome;

static KEYS: AtomicU64 = AtomicU64::new(0);

/// A key that was never used before.
pub fn fresh_key() -> String {
    format!("diary-{:08}-{:08}", std::process::id(), KEYS.fetch_add(1, Ordering::SeqCst))
}

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Places.
    Book,
    /// To give them back.
    Cancel,
    /// To have them again.
    Restore,
    /// What is offered.
    Take,
    /// Not what is offered.
    Decline,
}

/// What a server says.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// It is done.
    Done(Box<Booking>),
    /// A rule is against it.
    Refused(String),
    /// It cannot at present, or does not know: the status.
    Trouble(u16),
    /// Nothing: it is gone.
    Nothing,
}

/// A browser at a server.
#[derive(Clone, Debug)]
pub struct Browser {
    /// Its connections.
    pub http: reqwest::Client,
    /// Where the server is.
    pub base: String,
}

impl Browser {
    /// A browser at a server.
    pub fn at(base: &str) -> Self {
        Self { http: reqwest::Client::new(), base: base.to_owned() }
    }

    /// Asks for something with a key.
    ///
    /// # Errors
    /// An answer that is none.
    pub async fn ask(&self, cookie: &str, path: &str, key: &str, body: Option<String>) -> Outcome<Said> {
        let call = self.http.post(format!("{}{path}", self.base));
        let call = call.header("sec-fetch-site", "same-origin").header("idempotency-key", key);
        let mut call = call.header(header::COOKIE, cookie);
        if let Some(body) = body {
            call = call.header(header::CONTENT_TYPE, "application/json").body(body);
        }
        let Ok(answer) = call.send().await else { return Ok(Said::Nothing) };
        let status = answer.status().as_u16();
        let Ok(text) = answer.text().await else { return Ok(Said::Nothing) };
        match status {
            200 => match serde_json::from_str(&text) {
                Ok(booking) => Ok(Said::Done(Box::new(booking))),
                Err(error) => Err(format!("{error}: {text}")),
            },
            422 => Ok(Said::Refused(text)),
            429 | 500 | 503 | 504 | 507 => Ok(Said::Trouble(status)),
            _ => Err(format!("{status} {text}")),
        }
    }

    /// The bookings of a household.
    ///
    /// # Errors
    /// No answer, or one that is none.
    pub async fn bookings(&self, cookie: &str) -> Outcome<Vec<Booking>> {
        let call = self.http.get(format!("{}{}", self.base, ListBookings::path(&())));
        let answer = call.header(header::COOKIE, cookie).send().await.map_err(|error| error.to_string())?;
        let text = answer.text().await.map_err(|error| error.to_string())?;
        serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))
    }
}

/// What a household wanted of a slot, and what it was told.
#[derive(Clone, Debug)]
pub struct Wish {
    slot: SlotId,
    /// What it was told last.
    booking: Option<Booking>,
    /// What was acknowledged last.
    done: Option<Wanted>,
    /// What got no answer yet, under which key.
    open: Option<(Wanted, String)>,
    /// Whether what was open was refused: then it may stand as it likes.
    vague: bool,
}

/// A household that keeps a diary.
#[derive(Clone, Debug)]
pub struct Diary {
    cookie: String,
    person: PersonId,
    wishes: Vec<Wish>,
    /// The keys that were acknowledged.
    pub acknowledged: Vec<String>,
    /// How many asks got no answer.
    pub cut_off: usize,
}

/// Why a diary goes no further today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

impl Diary {
    /// An empty diary.
    pub fn new(cookie: String, person: PersonId) -> Self {
        Self { cookie, person, wishes: Vec::new(), acknowledged: Vec::new(), cut_off: 0 }
    }

    /// Repeats what got no answer, then goes on to new slots until the server is gone or in trouble.
    /// `acknowledge` is told the key of what was done at once.
    ///
    /// # Errors
    /// An answer that contradicts an earlier one.
    pub async fn go_on(
        &mut self,
        browser: &Browser,
        slots: &[SlotId],
        acknowledge: &(dyn Fn(&str) -> Outcome + Send + Sync),
    ) -> Outcome<Result<(), Stopped>> {
        for at in 0..self.wishes.len() {
            if let Some((wanted, key)) = self.wishes[at].open.clone()
                && self.want(at, wanted, key, browser, acknowledge).await?.is_err()
            {
                return Ok(Err(Stopped));
            }
        }
        for slot in slots {
            if self.wishes.iter().any(|wish| wish.slot == *slot) {
                continue;
            }
            let slot = slot.clone();
            self.wishes.push(Wish { slot, booking: None, done: None, open: None, vague: false });
            let at = self.wishes.len() - 1;
            let plan: &[Wanted] = match at % 6 {
                2 => &[Wanted::Book, Wanted::Cancel],
                4 => &[Wanted::Book, Wanted::Cancel, Wanted::Restore],
                _ => &[Wanted::Book],
            };
            for wanted in plan {
                if self.want(at, *wanted, fresh_key(), browser, acknowledge).await?.is_err() {
                    return Ok(Err(Stopped));
                }
            }
            if at % 4 == 3 && self.answer_offers(browser, acknowledge).await?.is_err() {
                return Ok(Err(Stopped));
            }
        }
        Ok(Ok(()))
    }

    /// Takes every other offer and declines the rest.
    async fn answer_offers(
        &mut self,
        browser: &Browser,
        acknowledge: &(dyn Fn(&str) -> Outcome + Send + Sync),
    ) -> Outcome<Result<(), Stopped>> {
        let Ok(told) = browser.bookings(&self.cookie).await else { return Ok(Err(Stopped)) };
        for booking in told.into_iter().filter(|booking| booking.state == BookingState::Offered) {
            let mine = |wish: &Wish| wish.booking.as_ref().is_some_and(|known| known.id == booking.id);
            let Some(at) = self.wishes.iter().position(mine) else { continue };
            let wanted = if booking.seq.is_multiple_of(2) { Wanted::Take } else { Wanted::Decline };
            if self.want(at, wanted, fresh_key(), browser, acknowledge).await?.is_err() {
                return Ok(Err(Stopped));
            }
        }
        Ok(Ok(()))
    }

    async fn want(
        &mut self,
        at: usize,
        wanted: Wanted,
        key: String,
        browser: &Browser,
        acknowledge: &(dyn Fn(&str) -> Outcome + Send + Sync),
    ) -> Outcome<Result<(), Stopped>> {
        let wish = &mut self.wishes[at];
        let known = wish.booking.as_ref().map_or_else(|| BookingId::from("b-none"), |known| known.id.clone());
        let (path, body) = match wanted {
            Wanted::Book => {
                let request = BookRequest::new(wish.slot.clone(), vec![self.person.clone()]);
                (Book::path(&()), serde_json::to_string(&request).ok())
            }
            Wanted::Cancel => (CancelBooking::path(&known), None),
            Wanted::Restore => (RestoreBooking::path(&known), None),
            Wanted::Take => (TakeOffer::path(&known), None),
            Wanted::Decline => (DeclineOffer::path(&known), None),
        };
        wish.open = Some((wanted, key.clone()));
        match browser.ask(&self.cookie, &path, &key, body).await? {
            Said::Done(booking) => {
                acknowledge(&key)?;
                if let Some(before) = &wish.booking
                    && (&before.id, before.seq, &before.code) != (&booking.id, booking.seq, &booking.code)
                {
                    return Err(format!("{wanted:?}: {booking:?} instead of {before:?}"));
                }
                self.acknowledged.push(key);
                (wish.booking, wish.done, wish.open, wish.vague) =
                    (Some(*booking), Some(wanted), None, false);
                Ok(Ok(()))
            }
            // An offer that lapsed meanwhile, an undo that came too late.
            Said::Refused(_) if wanted != Wanted::Book => {
                (wish.open, wish.vague) = (None, true);
                Ok(Ok(()))
            }
            Said::Refused(why) => Err(format!("{wanted:?}: {why}")),
            Said::Trouble(_) | Said::Nothing => {
                self.cut_off += 1;
                Ok(Err(Stopped))
            }
        }
    }

    /// Whether everything was asked of so many slots, and answered.
    pub fn is_full(&self, slots: usize) -> bool {
        self.wishes.len() == slots && self.wishes.iter().all(|wish| wish.open.is_none())
    }

    /// Whether a server tells what this diary says.
    ///
    /// # Errors
    /// What it tells otherwise.
    pub async fn check(&self, browser: &Browser) -> Outcome {
        let told = browser.bookings(&self.cookie).await?;
        let told: HashMap<_, _> = told.iter().map(|booking| (&booking.id, booking)).collect();
        for wish in &self.wishes {
            let Some(known) = &wish.booking else { continue };
            let kept =
                told.get(&known.id).ok_or_else(|| format!("an acknowledged booking is gone: {known:?}"))?;
            if (kept.seq, &kept.code) != (known.seq, &known.code) {
                return Err(format!("{kept:?} instead of {known:?}"));
            }
            if wish.open.is_some() || wish.vague {
                continue;
            }
            let live = kept.state.is_live();
            let right = match wish.done {
                None => true,
                Some(Wanted::Book | Wanted::Restore) if known.state == BookingState::Confirmed => {
                    kept.state == BookingState::Confirmed
                }
                Some(Wanted::Book | Wanted::Restore) => live,
                Some(Wanted::Cancel) => kept.state == BookingState::Cancelled,
                Some(Wanted::Take) => kept.state == BookingState::Confirmed,
                Some(Wanted::Decline) => kept.state == BookingState::Declined,
            };
            if !right {
                return Err(format!(
                    "{:?} was acknowledged, and now it is {:?}: {known:?}",
                    wish.done, kept.state
                ));
            }
        }
        Ok(())
    }
}

/// Lets all of them go on at once, until the server is gone or they have asked for everything; each
/// begins with another slot.
pub fn rush(
    diaries: Vec<Diary>,
    base: &str,
    slots: &[SlotId],
    acknowledge: impl Fn(&str) -> Outcome + Clone + Send + Sync + 'static,
) -> JoinHandle<Outcome<Vec<Diary>>> {
    let browser = Browser::at(base);
    let rushing: Vec<_> = diaries
        .into_iter()
        .enumerate()
        .map(|(n, mut diary)| {
            let (browser, acknowledge) = (browser.clone(), acknowledge.clone());
            let mut slots = slots.to_vec();
            let first = n % 7 % slots.len().max(1);
            slots.rotate_left(first);
            tokio::spawn(async move {
                let _ = diary.go_on(&browser, &slots, &acknowledge).await?;
                Ok::<_, String>(diary)
            })
        })
        .collect();
    tokio::spawn(async move {
        let mut diaries = Vec::with_capacity(rushing.len());
        for rushing in rushing {
            diaries.push(rushing.await.map_err(|error| error.to_string())??);
        }
        Ok(diaries)
    })
}
