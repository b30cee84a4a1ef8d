//! Within `WeChat`: going there to be known, and what to say on coming back. `?wechat=` says how it
//! ended.

use domain::{
    screen::Screen,
    session::{Me, api::GetMe},
    wechat::api::BindWechat,
};
use leptos::{prelude::*, task::spawn_local};

use super::{page::next, words};
use crate::{
    call, host, session,
    ui::{Look, Page, View, button, el, note, nothing, skeleton},
};

/// The screen while somebody is on the way to `WeChat` or just back and known; `None` where there is
/// something to fill in.
pub fn on_the_way() -> Option<View> {
    match host::query("wechat").as_deref() {
        Some("in") => spawn_local(async move {
            match call::read::<GetMe>(()).await {
                Ok(me) => {
                    let next = after(&me);
                    session::found(&me);
                    host::replace(&next);
                }
                Err(_) => host::replace(&session::sign_in_address(&next())),
            }
        }),
        // Who is signed in wanted to show this WeChat, and goes on where they came from.
        Some("new") if session::signed_in() => host::replace(&next()),
        // Only after a tap, never when the page was opened here: that would show a preview of it. And
        // not where words would be lost that stand nowhere but in this page.
        None if host::wechat::within()
            && !session::signed_in()
            && !host::opened_here()
            && !next().starts_with(&Screen::NewWish.path()) =>
        {
            host::wechat::go_to_sign_in(&next());
        }
        _ => return None,
    }
    Some(
        Page::new(words::sign_in())
            .with(el("p", "lede").text(words::asking_wechat()).done())
            .with(skeleton(2))
            .done(),
    )
}

/// What stands above the form.
pub fn above(wish: RwSignal<bool>) -> View {
    if !host::wechat::within() {
        return nothing();
    }
    let again = || button(Look::Line, words::by_wechat(), || host::wechat::go_to_sign_in(&next()));
    let view = match host::query("wechat").as_deref() {
        Some("new") => {
            el("div", "stack").child(note("note", words::wechat_new())).child(remember(wish)).done()
        }
        Some("snapshot") => note("note note-warn", words::wechat_snapshot()),
        Some(_) => {
            el("div", "stack").child(note("note note-warn", words::wechat_failed())).child(again()).done()
        }
        None => again(),
    };
    el("div", "section").child(view).done()
}

/// Whether this `WeChat` shall be known from now on.
fn remember(wish: RwSignal<bool>) -> View {
    let input = el("input", "").attr("type", "checkbox").attr("role", "switch");
    let input = if wish.get_untracked() { input.attr("checked", "") } else { input };
    let input = input.on("change", move |_| wish.update(|wish| *wish = !*wish));
    let words = el("span", "grow")
        .text(words::remember_wechat())
        .child(el("span", "cell-note").text(words::remember_wechat_note()).done())
        .done();
    let row = el("label", "cell switch").child(words).child(input.done()).done();
    crate::ui::cells(vec![row])
}

/// Goes on after signing in by telephone, with this `WeChat` known if that is wished.
pub fn go_on(me: Me, wish: RwSignal<bool>) {
    // Read first: whoever is found leaves this screen.
    let (next, bind) = (after(&me), is_new() && wish.get_untracked());
    if !bind {
        session::found(&me);
        host::replace(&next);
        return;
    }
    spawn_local(async move {
        // Should it not work, nothing is lost: the settings offer it again.
        let _ = call::write::<BindWechat>(&host::new_key(), (), &()).await;
        session::found(&me);
        host::replace(&next);
    });
}

/// Where to go: who is about to leave is asked about that first.
fn after(me: &Me) -> String {
    if me.leaving.is_some() { Screen::Leave.path() } else { next() }
}

fn is_new() -> bool {
    host::query("wechat").as_deref() == Some("new")
}
