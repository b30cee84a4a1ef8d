//! The second lock of the workbench: setting it up, opening and closing it.

pub mod words;

use domain::{
    elevation::{
        Lock, LockKey, LockMade, LockSecret,
        api::{CloseLock, DrawLockSecret, GetLock, MakeLock, OpenLock},
    },
    screen::{Screen, own_path},
    time::CHINA,
};
use leptos::prelude::*;

use super::{page, words as shared};
use crate::{
    call, host,
    ui::{Act, Look, View, el, field, link_button, live, load, note, nothing, section, text_input},
    words as common,
};

/// What is on the screen beside what the server says.
#[derive(Clone, Copy)]
struct Steps {
    /// A secret that was drawn here.
    secret: RwSignal<Option<LockSecret>>,
    /// Spare codes that are shown this once.
    spare: RwSignal<Vec<String>>,
    password: RwSignal<String>,
    code: RwSignal<String>,
    act: Act,
}

/// The page. It leads back to where one was turned away.
pub fn lock_page() -> View {
    page(shared::lock(), (shared::mine(), &Screen::Mine), || {
        let steps = Steps {
            secret: RwSignal::new(None),
            spare: RwSignal::new(Vec::new()),
            password: RwSignal::new(String::new()),
            code: RwSignal::new(String::new()),
            act: Act::new(CHINA),
        };
        live(move || {
            let spare = steps.spare.get();
            if spare.is_empty() {
                load::<GetLock>(&(), move |lock| state(lock, steps))
            } else {
                spare_codes(&spare)
            }
        })
    })
}

fn state(lock: Lock, steps: Steps) -> View {
    match (lock.since, lock.open_until) {
        (None, _) => live(move || match steps.secret.get() {
            None => begin(steps),
            Some(secret) => set_up(&secret, steps),
        }),
        (Some(_), Some(until)) => {
            let close = move || {
                steps.act.send_onto::<CloseLock, GetLock>((), (), &["/api/work"], |_| (), |_| ());
            };
            el("div", "section stack")
                .child(note("note note-ok", words::open(&common::moment(until, CHINA), lock.spare)))
                .child(link_button(Look::Main, words::to_work(), next()))
                .child(steps.act.says())
                .child(steps.act.button(Look::Line, words::close(), shared::saving(), close))
                .done()
        }
        (Some(_), None) => {
            let form = form(["", words::code_or_spare(), words::open_it()], steps, move || {
                let opened = move |_| {
                    forget(steps);
                    host::replace(&next());
                };
                steps.act.send_onto::<OpenLock, GetLock>((), key(steps), &["/api/work"], |_| (), opened);
            });
            el("div", "")
                .child(el("p", "lede").text(words::closed()).done())
                .child(form)
                .child(el("p", "section small").text(words::lost()).done())
                .done()
        }
    }
}

/// Where one goes once it is open.
fn next() -> String {
    let next = host::query("next");
    next.as_deref().and_then(own_path).map_or_else(|| Screen::Work.path(), str::to_owned)
}

fn begin(steps: Steps) -> View {
    let draw = move || {
        steps.act.send::<DrawLockSecret>((), (), move |secret| steps.secret.set(Some(secret)));
    };
    el("div", "stack")
        .child(el("p", "lede").text(words::lede()).done())
        .child(el("p", "").text(words::needs_app()).done())
        .child(steps.act.says())
        .child(steps.act.button(Look::Main, words::begin(), shared::saving(), draw))
        .done()
}

fn set_up(secret: &LockSecret, steps: Steps) -> View {
    let picture = el("img", "ticket-qr")
        .attr("src", secret.picture.clone())
        .attr("alt", words::picture())
        .attr("width", "200")
        .attr("height", "200")
        .done();
    let by_hand = el("p", "small num").text(words::by_hand(&secret.secret)).done();
    let make = move || {
        steps.act.send::<MakeLock>((), key(steps), move |LockMade { spare, .. }| {
            call::forget("/api/work");
            steps.secret.set(None);
            forget(steps);
            steps.spare.set(spare);
        });
    };
    let demo = match &secret.demo_code {
        Some(code) => note("note", words::demo(code)),
        None => nothing(),
    };
    let shown = el("div", "section stack")
        .child(el("p", "centre").child(picture).done())
        .child(by_hand)
        .child(demo)
        .done();
    el("div", "")
        .child(section(words::scan(), None, vec![shown]))
        .child(form([words::password_hint(), words::code(), words::make()], steps, make))
        .done()
}

fn form([hint, code_words, does]: [&'static str; 3], steps: Steps, tap: impl Fn() + Clone + 'static) -> View {
    let password =
        text_input("password", "password", steps.password).attr("autocomplete", "current-password");
    let code = text_input("lock-code", "text", steps.code)
        .attr("autocomplete", "one-time-code")
        .attr("autocapitalize", "off")
        .attr("maxlength", "12");
    let none = || Signal::derive(String::new);
    let by_key = tap.clone();
    el("form", "section")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            by_key();
        })
        .child(field("password", words::password(), hint, password, none()))
        .child(field("lock-code", code_words, "", code, none()))
        .child(el("div", "section says").child(steps.act.says()).done())
        .child(steps.act.button(Look::Main, does, shared::saving(), tap))
        .done()
}

fn spare_codes(codes: &[String]) -> View {
    // In two halves, as one copies them by hand.
    let halves = |code: &String| code.split_at_checked(5).map_or(code.clone(), |(a, b)| format!("{a} {b}"));
    let lines = codes.iter().map(|code| el("p", "num").text(halves(code)).done()).collect();
    let all = el("div", "card spare").children(lines).done();
    let list = el("div", "stack")
        .child(el("p", "").text(words::spare_words()).done())
        .child(all)
        .child(link_button(Look::Main, words::spare_kept(), next()))
        .done();
    let body = vec![list];
    section(words::spare(), None, body)
}

fn key(steps: Steps) -> LockKey {
    LockKey {
        password: steps.password.get_untracked(),
        code: steps.code.get_untracked().chars().filter(|sign| !sign.is_whitespace()).collect(),
    }
}

/// Nothing of it stays on the screen.
fn forget(steps: Steps) {
    steps.password.set(String::new());
    steps.code.set(String::new());
}
