//! Shows what an endpoint answers: at once where the answer is at hand, with grey bars while it is
//! on its way, and with words and a way on when it does not come.

use domain::{
    endpoint::Endpoint,
    time::{CHINA, Day},
};
use leptos::{prelude::*, task::spawn_local};

use super::{View, again::ask_again, live, skeleton};
use crate::{
    call::{self, Kept, Reach, Trouble, reach},
    clock, host, trouble,
};

/// After how many seconds a centre that could not be reached is asked again.
const EVERY: u32 = 4;

enum State {
    Waiting,
    Here(Kept),
    Failed(Trouble),
}

impl State {
    /// Whether there is nothing to show, for the centre could not be reached.
    fn is_offline(&self) -> bool {
        matches!(self, Self::Failed(Trouble::Offline))
    }
}

type Draw = Box<dyn Fn(&Kept) -> Option<View>>;

/// Shows an endpoint's answer, and keeps it up to date when the app comes back to the front.
pub fn load<E: Endpoint<Input = ()>>(params: &E::Params, show: impl Fn(E::Output) -> View + 'static) -> View {
    load_path(
        E::path(params),
        reach::<E>(),
        Box::new(move |kept| kept.read::<E::Output>().map(&show)),
        Box::new(|| skeleton(4)),
    )
}

/// Like [`load`], with something else in place of the grey bars and of the words of trouble: for
/// parts of a page that may quietly be missing.
pub fn load_or<E: Endpoint<Input = ()>>(
    params: &E::Params,
    show: impl Fn(E::Output) -> View + 'static,
    meanwhile: fn() -> View,
) -> View {
    let path = E::path(params);
    part(path, reach::<E>(), Box::new(move |kept| kept.read::<E::Output>().map(&show)), meanwhile)
}

fn part(path: String, reach: Reach, draw: Draw, meanwhile: fn() -> View) -> View {
    let state = follow(path, reach);
    let draw = StoredValue::new_local(draw);
    live(move || {
        state.1.track();
        state.0.with_value(|state| match state {
            State::Here(kept) => draw.with_value(|draw| draw(kept)).unwrap_or_else(meanwhile),
            State::Waiting | State::Failed(_) => meanwhile(),
        })
    })
}

fn load_path(path: String, reach: Reach, draw: Draw, waiting: Box<dyn Fn() -> View>) -> View {
    let state = follow(path, reach);
    let draw = StoredValue::new_local(draw);
    let waiting = StoredValue::new_local(waiting);
    live(move || {
        state.1.track();
        let retry = move || call::news().resync.update(|count| *count += 1);
        state.0.with_value(|state| match state {
            State::Waiting => waiting.with_value(|waiting| waiting()),
            State::Here(kept) => draw
                .with_value(|draw| draw(kept))
                .unwrap_or_else(|| trouble::trouble_view(&Trouble::Offline, retry)),
            State::Failed(trouble) => trouble::trouble_view(trouble, retry),
        })
    })
}

fn today() -> Day {
    clock::now().day(CHINA)
}

/// Keeps a state up to date; the signal fires when it changes, and when what it says of today and
/// tomorrow has become wrong over night.
fn follow(path: String, reach: Reach) -> (StoredValue<State, LocalStorage>, RwSignal<()>) {
    let (first, fresh) = match call::kept(&path) {
        Some((kept, fresh)) => (State::Here(kept), fresh),
        None => (State::Waiting, false),
    };
    let state = StoredValue::new_local(first);
    let changed = RwSignal::new(());
    let drawn = StoredValue::new(today());
    let redraw = move || {
        drawn.set_value(today());
        changed.set(());
    };
    let resync = call::news().resync;
    let seen = StoredValue::new(fresh.then(|| resync.get_untracked()));
    // Where there is nothing to show because the centre cannot be reached, nobody has to tap once it can.
    let back = RwSignal::new(());
    ask_again(
        || EVERY,
        move || {
            if state.try_with_value(State::is_offline) == Some(true) {
                back.try_set(());
            }
        },
    );
    Effect::new(move |_| {
        let count = resync.get();
        back.track();
        // What came with the page is not asked for again.
        if seen.get_value() == Some(count) {
            return;
        }
        seen.set_value(None);
        // What a write has just answered need not be asked for either.
        if let Some((kept, true)) = call::kept(&path) {
            state.set_value(State::Here(kept));
            redraw();
            return;
        }
        let path = path.clone();
        spawn_local(async move {
            let answer = call::ask(&path, reach).await;
            let news = match (answer, state.try_with_value(|state| matches!(state, State::Here(_)))) {
                // The page has gone in the meantime.
                (_, None) => return,
                (Ok(kept), Some(_)) => {
                    let same = state.with_value(|old| matches!(old, State::Here(old) if old.same_as(&kept)));
                    (!same).then_some(State::Here(kept))
                }
                // Old words are better than none; the bar at the top says how old. And the same words of
                // trouble are not drawn anew: a finger may be on their button.
                (Err(Trouble::Offline), Some(is_here)) if is_here || state.with_value(State::is_offline) => {
                    None
                }
                (Err(trouble), Some(_)) => Some(State::Failed(trouble)),
            };
            // Where somebody is writing, what they wrote matters more than a day in words.
            let other_day = drawn.get_value() != today() && !host::is_written_on();
            if news.is_none() && !other_day {
                return;
            }
            if let Some(news) = news {
                state.set_value(news);
            }
            redraw();
        });
    });
    (state, changed)
}
