//! The second lock of the workbench: setting it up, opening and closing it.

use domain::{
    elevation::{
        Lock, LockKey, LockMade, LockSecret,
        api::{CloseLock, DrawLockSecret, GetLock, MakeLock, OpenLock},
    },
    screen::Screen,
    time::CHINA,
};
use leptos::prelude::*;

use super::{page, words};
use crate::{
    call,
    ui::{Act, Look, View, el, field, live, load, note, nothing, section, text_input},
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

/// The page.
pub fn lock_page() -> View {
    page(words::lock(), (words::work(), &Screen::Work), || {
        let steps = Steps {
            secret: RwSignal::new(None),
            spare: RwSignal::new(Vec::new()),
            password: RwSignal::new(String::new()),
            code: RwSignal::new(String::new()),
            act: Act::new(CHINA),
        };
        el("div", "")
            .child(el("p", "lede").text(words::lock_lede()).done())
            .child(live(move || spare_codes(&steps.spare.get())))
            .child(load::<GetLock>(&(), move |lock| state(lock, steps)))
            .done()
    })
}

fn state(lock: Lock, steps: Steps) -> View {
    match (lock.since, lock.open_until) {
        (None, _) => live(move || match steps.secret.get() {
            None => begin(steps),
            Some(secret) => set_up(&secret, steps),
        }),
        (Some(_), Some(until)) => {
            let close = move || steps.act.send_onto::<CloseLock, GetLock>((), (), &[], |_| (), |_| ());
            el("div", "section stack")
                .child(note("note note-ok", words::lock_open(&common::moment(until, CHINA), lock.spare)))
                .child(steps.act.says())
                .child(steps.act.button(Look::Line, words::lock_close(), words::saving(), close))
                .done()
        }
        (Some(_), None) => form(words::lock_code_or_spare(), words::lock_open_it(), steps, move || {
            steps.act.send_onto::<OpenLock, GetLock>((), key(steps), &[], |_| (), move |_| forget(steps));
        }),
    }
}

fn begin(steps: Steps) -> View {
    let draw = move || {
        steps.act.send::<DrawLockSecret>((), (), move |secret| steps.secret.set(Some(secret)));
    };
    el("div", "section stack")
        .child(el("p", "").text(words::lock_needs_app()).done())
        .child(steps.act.says())
        .child(steps.act.button(Look::Main, words::lock_begin(), words::saving(), draw))
        .done()
}

fn set_up(secret: &LockSecret, steps: Steps) -> View {
    let picture = el("img", "ticket-qr")
        .attr("src", secret.picture.clone())
        .attr("alt", words::lock_picture())
        .attr("width", "200")
        .attr("height", "200")
        .done();
    let by_hand = el("p", "small num").text(words::lock_by_hand(&secret.secret)).done();
    let make = move || {
        steps.act.send::<MakeLock>((), key(steps), move |LockMade { spare, .. }| {
            steps.spare.set(spare);
            steps.secret.set(None);
            forget(steps);
            call::forget("/api/work/lock");
            call::refresh();
        });
    };
    let shown =
        el("div", "section stack").child(el("p", "centre").child(picture).done()).child(by_hand).done();
    el("div", "")
        .child(section(words::lock_scan(), None, vec![shown]))
        .child(form(words::lock_code(), words::lock_make(), steps, make))
        .done()
}

fn form(
    code_words: &'static str,
    does: &'static str,
    steps: Steps,
    tap: impl Fn() + Clone + 'static,
) -> View {
    let password =
        text_input("password", "password", steps.password).attr("autocomplete", "current-password");
    let code = text_input("lock-code", "text", steps.code)
        .attr("autocomplete", "one-time-code")
        .attr("autocapitalize", "off")
        .attr("maxlength", "10");
    let none = || Signal::derive(String::new);
    let by_key = tap.clone();
    el("form", "section")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            by_key();
        })
        .child(field("password", words::lock_password(), words::lock_password_hint(), password, none()))
        .child(field("lock-code", code_words, "", code, none()))
        .child(el("div", "section").child(steps.act.says()).done())
        .child(steps.act.button(Look::Main, does, words::saving(), tap))
        .done()
}

fn spare_codes(codes: &[String]) -> View {
    if codes.is_empty() {
        return nothing();
    }
    let lines = codes.iter().map(|code| el("p", "num").text(code.clone()).done()).collect();
    let all = el("div", "card").children(lines).done();
    section(words::lock_spare(), None, vec![el("p", "").text(words::lock_spare_words()).done(), all])
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
