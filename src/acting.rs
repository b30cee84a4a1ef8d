//! For whom this page acts: for oneself, or for an elder in whose circle one is. The browser keeps the
//! bond for as long as this tab lives, and nothing else of her.
//!
//! Going over and coming back load the page anew, so that nothing of the one is left in front of the
//! other: no kept answer, no draft, no answer that is still on its way.

mod words;

use std::cell::RefCell;

use domain::{
    circle::{Elder, QUERY, Scope},
    endpoint::Endpoint,
    id::BondId,
    screen::Screen,
    session::api::GetMe,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    call::{self, Reach},
    host,
    ui::{self, Look, Page, View, button, button::button_el, el, icon, live, nothing},
};

/// What the bond is kept under.
const MARK: &str = "for";

/// Of what is known of her, all that this part of the app needs.
#[derive(serde::Deserialize)]
struct Known {
    acting: Option<Elder>,
}

thread_local! {
    static BOND: RefCell<Option<String>> = RefCell::new(host::tab_mark(MARK));
    static WHO: ArcRwSignal<Option<Elder>> = ArcRwSignal::new(None);
    static GONE: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// The bond by which one acts; `None` for oneself.
pub fn bond() -> Option<String> {
    BOND.with(|bond| bond.borrow().clone())
}

/// Whether one acts for another.
pub fn is_on() -> bool {
    BOND.with(|bond| bond.borrow().is_some())
}

/// Whether one may only look, as far as is known.
pub fn only_sees() -> bool {
    WHO.with(|who| who.with_untracked(|who| who.as_ref().is_some_and(|who| who.scope == Scope::See)))
}

/// What an address of a picture or a file ends with, which brings no header.
pub fn query() -> String {
    bond().map(|bond| format!("?{QUERY}={bond}")).unwrap_or_default()
}

/// Goes over to acting for another, at `address`.
pub fn begin(bond: &BondId, address: &str) {
    host::set_tab_mark(MARK, Some(bond.as_str()));
    host::leave(address);
}

/// Comes back to oneself. What this page still asks for before it goes is hers, and is asked for in her
/// name: only the next page acts for nobody.
pub fn end() {
    host::set_tab_mark(MARK, None);
    host::leave(&Screen::Mine.path());
}

/// Acts for nobody any more: somebody signed in or out.
pub fn forget() {
    host::set_tab_mark(MARK, None);
    BOND.with(|bond| *bond.borrow_mut() = None);
    GONE.with(|gone| gone.set(false));
}

/// The bond has ended.
pub fn gone() {
    GONE.with(|gone| gone.set(true));
}

/// Whether it has, to be followed.
pub fn is_gone() -> bool {
    is_on() && GONE.with(|gone| gone.get())
}

/// What one calls the elder, as far as that is known by now.
pub fn elder() -> Option<String> {
    WHO.with(|who| who.with_untracked(|who| who.as_ref().map(|who| who.name.clone())))
}

fn name() -> Option<String> {
    WHO.with(|who| who.with(|who| who.as_ref().map(|who| who.name.clone())))
}

/// The bar that says for whom one acts, on every screen.
pub fn bar() -> View {
    if !is_on() {
        return nothing();
    }
    ask();
    let back = button_el(Look::Quiet, end).text(words::back_to_oneself()).done();
    el("div", "acting-bar")
        .attr("role", "status")
        .child(icon("heart"))
        .child(el("b", "grow").live(|| ui::text(words::acting_for(name().as_deref(), only_sees()))).done())
        .child(back)
        .done()
}

/// Asks who it is, and again whenever the screen is, until that is known.
fn ask() {
    let resync = call::news().resync;
    Effect::new(move |_| {
        resync.track();
        if WHO.with(|who| who.with_untracked(Option::is_some)) {
            return;
        }
        spawn_local(async {
            if let Ok(kept) = call::ask(&GetMe::path(&()), Reach::See).await {
                WHO.with(|who| who.set(kept.read::<Known>().and_then(|me| me.acting)));
            }
        });
    });
}

/// The page once the bond has ended.
pub fn gone_page() -> View {
    Page::new(words::ended())
        .with(ui::empty(
            "heart",
            &words::ended_words(name().as_deref()),
            Some(button(Look::Main, words::back_to_oneself(), end)),
        ))
        .done()
}

/// The page in the place of one that is for oneself alone.
pub fn not_for_another() -> View {
    let why = live(|| ui::text(words::oneself_words(name().as_deref())));
    Page::new(words::oneself())
        .with(el("p", "lede").child(why).done())
        .with(el("div", "section").child(button(Look::Main, words::back_to_oneself(), end)).done())
        .done()
}
