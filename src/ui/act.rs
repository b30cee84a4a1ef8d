//! A write that a tap sets off: busy while it is under way, and in words what went wrong.

use std::time::Duration;

use domain::{endpoint::Endpoint, failure::Problem, time::Zone};
use leptos::{prelude::*, task::spawn_local};

use super::{Look, View, button::busy_button, live, note, nothing};
use crate::{
    call::{self, Doubt, Trouble},
    host, session, trouble,
};

/// After so long without an answer one is told so.
const LONG: Duration = Duration::from_secs(3);

/// One thing the resident may do on a screen. Its key stays the same until it is known whether it
/// was done, so that tapping again after a lost answer does it only once.
#[derive(Clone, Copy)]
pub struct Act {
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
    doubt: RwSignal<Option<Doubt>>,
    key: StoredValue<String>,
    zone: Zone,
}

/// A timer, where there is one.
struct Slow(Option<TimeoutHandle>);

impl Slow {
    fn clear(self) {
        if let Some(timer) = self.0 {
            timer.clear();
        }
    }
}

impl Act {
    /// Nothing under way yet. `zone` is the clock for times in words.
    pub fn new(zone: Zone) -> Self {
        Self {
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            doubt: RwSignal::new(None),
            key: StoredValue::new(host::new_key()),
            zone,
        }
    }

    /// The same with a key from before, for a form that was left and opened again.
    #[must_use]
    pub fn with_key(self, key: String) -> Self {
        self.key.set_value(key);
        self
    }

    /// Takes a new key: what would be sent has changed.
    pub fn renew(self) {
        self.key.set_value(host::new_key());
    }

    /// The key as it is now.
    pub fn key(self) -> String {
        self.key.get_value()
    }

    /// Whether it is under way, for a button of its own.
    pub fn busy(self) -> RwSignal<bool> {
        self.busy
    }

    /// What went wrong, if something did.
    pub fn trouble(self) -> Option<Trouble> {
        self.trouble.get()
    }

    /// The button for it.
    pub fn button(
        self,
        look: Look,
        words: &'static str,
        meanwhile: &'static str,
        tap: impl FnMut() + 'static,
    ) -> View {
        busy_button(look, words, meanwhile, self.busy, tap)
    }

    /// The place where it says what went wrong.
    pub fn says(self) -> View {
        live(move || match (self.doubt.get(), self.trouble.get()) {
            (Some(doubt), _) => note("note note-warn", trouble::doubt(doubt)),
            (None, Some(trouble)) => note("note note-bad", trouble::trouble(&trouble, self.zone)),
            (None, None) => nothing(),
        })
    }

    /// Writes. `then` runs when it is done, if the screen is still there.
    pub fn send<E: Endpoint>(
        self,
        params: E::Params,
        input: E::Input,
        then: impl FnOnce(E::Output) + 'static,
    ) {
        let Some(key) = self.begin() else { return };
        spawn_local(async move {
            let answer = call::write::<E>(&key, params, &input).await;
            if let Some(output) = self.end(answer) {
                then(output);
            }
        });
    }

    /// Writes what nobody must be left in doubt about: it is sent again until somebody knows, for as
    /// long as the screen is there. It goes off after `wait` milliseconds. `again` hears what went wrong
    /// before the resident does, and may say once what to send instead. `then` runs when it is done.
    pub fn send_for_sure<E: Endpoint<Params = ()>>(
        self,
        wait: i32,
        input: E::Input,
        again: impl FnOnce(&Trouble) -> Option<E::Input> + 'static,
        then: impl FnOnce(E::Output) + 'static,
    ) {
        let Some(key) = self.begin() else { return };
        let (told, slow) = self.doubts();
        spawn_local(async move {
            if wait > 0 {
                host::sleep(wait).await;
            }
            let mut answer = call::write_for_sure::<E>(&key, (), &input, &told).await;
            // Who left meanwhile was told that nothing was done, and must not be proved wrong.
            if self.busy.try_get_untracked().is_some()
                && let Some(input) = answer.as_ref().err().and_then(again)
            {
                self.renew();
                answer = call::write_for_sure::<E>(&self.key(), (), &input, &told).await;
            }
            slow.clear();
            if let Some(output) = self.end(answer) {
                then(output);
            }
        });
    }

    /// Writes for sure, and shows the answer wherever `R` at `onto` is on the screen.
    pub fn send_for_sure_onto<E: Endpoint, R: Endpoint<Input = (), Output = E::Output>>(
        self,
        params: E::Params,
        input: E::Input,
        outdated: &'static [&'static str],
        onto: impl FnOnce(&E::Output) -> R::Params + 'static,
    ) {
        let Some(key) = self.begin() else { return };
        let (told, slow) = self.doubts();
        spawn_local(async move {
            let answer = call::write_for_sure_onto::<E, R>(&key, params, &input, outdated, onto, told).await;
            slow.clear();
            if self.end(answer).is_some() {
                call::refresh();
            }
        });
    }

    /// What hears of doubts and says whether the screen is still there; and a timer, for whoever hears
    /// nothing for a while is told that nothing was heard.
    fn doubts(self) -> (impl Fn(Doubt) -> bool + 'static, Slow) {
        let slow = move || {
            if self.busy.try_get_untracked() == Some(true) {
                self.doubt.update(|doubt| {
                    doubt.get_or_insert(Doubt::NoAnswer);
                });
            }
        };
        let told = move |doubt| self.doubt.try_set(Some(doubt)).is_none();
        (told, Slow(set_timeout_with_handle(slow, LONG).ok()))
    }

    /// Writes, and shows the answer wherever `R` at `onto` is on the screen. Kept answers to paths
    /// that begin with one of `outdated` are forgotten.
    pub fn send_onto<E: Endpoint, R: Endpoint<Input = (), Output = E::Output>>(
        self,
        params: E::Params,
        input: E::Input,
        outdated: &'static [&'static str],
        onto: impl FnOnce(&E::Output) -> R::Params + 'static,
        then: impl FnOnce(E::Output) + 'static,
    ) {
        let Some(key) = self.begin() else { return };
        spawn_local(async move {
            let answer = call::write_onto::<E, R>(&key, params, &input, outdated, onto).await;
            if let Some(output) = self.end(answer) {
                then(output);
                call::refresh();
            }
        });
    }

    /// `None` while it is under way already.
    fn begin(self) -> Option<String> {
        if self.busy.get_untracked() {
            return None;
        }
        self.busy.set(true);
        self.trouble.set(None);
        Some(self.key.get_value())
    }

    /// `None` where it did not work, or the screen has gone in the meantime.
    fn end<T>(self, answer: Result<T, Trouble>) -> Option<T> {
        self.busy.try_get_untracked()?;
        self.busy.set(false);
        self.doubt.set(None);
        match answer {
            Ok(output) => {
                self.renew();
                Some(output)
            }
            Err(trouble) => {
                self.fail(trouble);
                None
            }
        }
    }

    fn fail(self, trouble: Trouble) {
        match &trouble {
            // The sign-in had lapsed: back here after a new one.
            Trouble::Problem(Problem::SignedOut) => host::go(&session::sign_in_address(&host::here())),
            Trouble::Problem(Problem::Refused(_) | Problem::NotFound) => {
                self.renew();
                // What the screen shows was out of date.
                call::refresh();
            }
            _ => {}
        }
        self.trouble.set(Some(trouble));
    }
}
