//! Making a wish.

use domain::{
    centre::api::ListCentres,
    refusal::Refusal,
    screen::Screen,
    time::CHINA,
    wish::{
        Category, WishDraft,
        api::{GetWish, MakeWish},
    },
};
use leptos::prelude::*;

use super::{
    draft::{self, Writing},
    words,
};
use crate::{
    host,
    lang::say,
    place, session, trouble,
    ui::{Act, Choice, Look, Page, View, chips, el, field, live, load_or, nothing, text_area},
};

/// Answers that are out of date once there is a new wish.
const OUTDATED: [&str; 2] = ["/api/centres/", "/api/wishes"];

/// The form, with what was written before.
pub fn form_page() -> View {
    let written = draft::writing();
    let act = Act::new(CHINA).with_key(written.key);
    let category = RwSignal::new(written.category.slug().to_owned());
    let text = RwSignal::new(written.text);
    let tried = RwSignal::new(false);

    // Kept at every change, with a new key: what would be sent is another wish.
    Effect::new(move |before: Option<(String, String)>| {
        let now = (category.get(), text.get());
        if before.is_some_and(|before| before != now) {
            act.renew();
        }
        draft::keep(Some(Writing { category: chosen(&now.0), text: now.1.clone(), key: act.key() }));
        now
    });
    let draft = move || WishDraft {
        centre: place::centre(),
        category: chosen(&category.get_untracked()),
        text: text.get_untracked(),
    };
    let wrong = Signal::derive(move || {
        let words = WishDraft { centre: place::centre(), category: Category::Other, text: text.get() };
        let refusal = words.check().into_iter().find(|refusal| {
            // Too short is no mistake while one is still writing.
            tried.get() || !matches!(refusal, Refusal::TextTooShort { .. })
        });
        refusal.map(|refusal| trouble::refusal(&refusal, CHINA)).unwrap_or_default()
    });
    let submit = move || {
        tried.set(true);
        let draft = draft();
        if !draft.check().is_empty() {
            return;
        }
        if !session::signed_in() {
            host::go(&session::sign_in_address(&Screen::NewWish.path()));
            return;
        }
        act.send_onto::<MakeWish, GetWish>(
            (),
            draft,
            &OUTDATED,
            |page| page.wish.id.clone(),
            |page| {
                draft::keep(None);
                host::replace(&(Screen::Wish(page.wish.id).path() + "?new=1"));
            },
        );
    };
    Page::new(words::new())
        .back(words::wishes(), Screen::Wishes.path())
        .lede(words::form_lede())
        .with(centre())
        .with(fields(category, text, wrong, act, submit))
        .done()
}

fn chosen(slug: &str) -> Category {
    Category::from_slug(slug).unwrap_or(Category::Other)
}

fn fields(
    category: RwSignal<String>,
    text: RwSignal<String>,
    wrong: Signal<String>,
    act: Act,
    submit: impl FnMut() + Clone + 'static,
) -> View {
    let categories =
        Category::ALL.into_iter().map(|one| Choice::new(one.slug(), words::category(one))).collect();
    let about = el("fieldset", "field")
        .child(el("legend", "").text(words::what_about()).done())
        .child(chips(words::what_about(), categories, category.into(), move |slug| category.set(slug)))
        .done();
    let area = text_area("wish", text).attr("rows", "5").attr("placeholder", words::example());
    let count = live(move || {
        let length = text.with(|text| text.trim().chars().count());
        el("p", "field-hint end num").text(words::count(length)).done()
    });
    let (look, mut by_form) = (Look::Main, submit.clone());
    let button = if session::signed_in() {
        act.button(look, words::submit(), words::submitting(), submit)
    } else {
        act.button(look, words::submit_signed_out(), words::submitting(), submit)
    };
    let note = if session::signed_in() {
        nothing()
    } else {
        el("p", "small section").text(words::submit_signed_out_note()).done()
    };
    el("form", "section")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            by_form();
        })
        .child(about)
        .child(field("wish", words::your_wish(), words::hint(), area, wrong))
        .child(count)
        .child(el("div", "section").child(act.says()).done())
        .child(button)
        .child(note)
        .done()
}

/// To which centre it goes, and a way to another.
fn centre() -> View {
    load_or::<ListCentres>(
        &(),
        |all| {
            let chosen = place::centre();
            let Some(card) = all.centres.iter().find(|card| card.id == chosen) else { return nothing() };
            el("div", "section section-head")
                .child(el("h2", "").text(words::to(&say(&card.name))).done())
                .child(el("a", "").attr("href", Screen::Centres.path()).text(words::other_centre()).done())
                .done()
        },
        nothing,
    )
}
