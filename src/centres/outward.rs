//! From a centre's page out of the app: the way there on a map, and telling neighbours of it.

use domain::{centre::Centre, geo::map_address, screen::Screen};
use leptos::prelude::*;

use super::words;
use crate::{
    host,
    lang::say,
    ui::{Look, View, button, copy_field, el, live, note, nothing},
};

/// What came of sharing.
#[derive(Clone, PartialEq, Eq)]
enum Shared {
    NotYet,
    /// `WeChat`'s own menu sends the card.
    ByMenu,
    /// The browser's sheet was shown, or closed again.
    BySheet,
    /// There is an address to copy.
    ByHand(String),
}

/// Two buttons, and what came of the second.
pub fn outward(centre: &Centre) -> View {
    let (name, address, at) = (say(&centre.card.name), say(&centre.card.address), centre.card.at);
    let shared = RwSignal::new(Shared::NotYet);
    let link = map_address(at, &name);
    let way = el("a", Look::Line.class()).attr("href", link.clone()).attr("rel", "external noreferrer");
    let (called, map) = (name.clone(), link);
    let way = way.on("click", move |event| {
        if host::wechat::within() {
            event.prevent_default();
            let map = map.clone();
            host::wechat::open_map(at, &called, &address, move |opened| {
                if !opened {
                    host::leave(&map);
                }
            });
        }
    });
    let path = Screen::Centre(centre.card.id.clone()).path();
    let tap = move || {
        let address = host::own_address(&path);
        let card = host::Card { title: name.clone(), words: words::share_words().into(), address };
        let by_hand = card.address.clone();
        host::share(card, move |sent| {
            shared.set(match sent {
                host::Sent::ByMenu => Shared::ByMenu,
                host::Sent::BySheet => Shared::BySheet,
                host::Sent::Not => Shared::ByHand(by_hand),
            });
        });
    };
    let buttons = el("div", "section buttons")
        .child(way.text(words::way()).done())
        .child(button(Look::Line, words::share(), tap))
        .done();
    let told = live(move || match shared.get() {
        Shared::NotYet | Shared::BySheet => nothing(),
        Shared::ByMenu => note("note section", words::share_by_menu()),
        Shared::ByHand(address) => {
            el("div", "section").child(copy_field("share", words::share_address(), "", address)).done()
        }
    });
    el("div", "").child(buttons).child(told).done()
}
