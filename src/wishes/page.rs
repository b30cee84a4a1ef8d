//! One wish and its story.

use domain::{
    id::WishId,
    screen::Screen,
    time::CHINA,
    wish::{
        StepKind, Wish, WishPage, WishState,
        api::{GetWish, SupportWish, WithdrawWish},
    },
};
use leptos::prelude::*;

use super::{
    list::{neighbours, tags},
    words,
};
use crate::{
    host,
    lang::say,
    session,
    ui::{Act, Look, Page, Question, View, button, confirm, el, load, note, nothing, section},
    words as common,
};

/// Answers that are out of date once a wish has changed.
const OUTDATED: [&str; 2] = ["/api/centres/", "/api/wishes"];

/// The page of a wish; `?new=1` right after it was made.
pub fn wish_page(id: &WishId) -> View {
    let new = host::query("new").is_some();
    let (support, withdraw) = (Act::new(CHINA), Act::new(CHINA));
    let asking = RwSignal::new(false);
    Page::bare(words::wishes())
        .back(words::wishes(), Screen::Wishes.path())
        .with(load::<GetWish>(id, move |page| view(&page, new, support, withdraw, asking)))
        .done()
}

fn view(page: &WishPage, new: bool, support: Act, withdraw: Act, asking: RwSignal<bool>) -> View {
    let wish = &page.wish;
    let title = words::title(wish.number);
    document().set_title(&title);
    let head = el("header", "")
        .child(el("h1", "").text(title).done())
        .child(el("p", "lede").text(words::day(wish)).done())
        .done();
    let said = if new && wish.state() == WishState::Submitted {
        note("note note-ok section", words::said(wish.number))
    } else {
        nothing()
    };
    let card = el("div", "section card wish")
        .child(neighbours(el("span", "wish-count"), wish))
        .child(el("div", "grow").child(el("p", "").text(say(&wish.text)).done()).child(tags(wish)).done())
        .done();
    el("div", "")
        .child(head)
        .child(said)
        .child(card)
        .child(joining(page, support))
        .child(section(words::progress(), None, vec![story(wish)]))
        .child(taking_back(page, withdraw, asking))
        .done()
}

/// What happened so far, and what comes next.
fn story(wish: &Wish) -> View {
    let line = |class: &'static str, words: &str, rest: Vec<String>| {
        let line = el("li", class).child(el("b", "").text(words).done());
        line.children(rest.into_iter().map(|rest| el("p", "").text(rest).done()).collect())
    };
    let mut lines = vec![line("done", words::submitted(), vec![common::moment(wish.made, wish.zone)]).done()];
    for step in &wish.steps {
        let mut rest = vec![common::moment(step.at, wish.zone)];
        let note = say(&step.note);
        if !note.is_empty() {
            rest.push(note);
        }
        let line = if step.kind == StepKind::Accepted && wish.state() == WishState::Accepted {
            line("now", words::step(step.kind), rest).attr("aria-current", "step")
        } else {
            line("done", words::step(step.kind), rest)
        };
        lines.push(line.done());
    }
    if wish.state() == WishState::Submitted {
        let waiting = line("now", words::answer_to_come(), Vec::new()).attr("aria-current", "step");
        lines.push(waiting.done());
    }
    if wish.may_support() {
        lines.push(line("", words::done_to_come(), Vec::new()).done());
    }
    el("div", "card").child(el("ol", "steps").children(lines).done()).done()
}

/// Joining in: for whoever has not, and while it can still help.
fn joining(page: &WishPage, support: Act) -> View {
    if page.mine || !page.wish.may_support() {
        return nothing();
    }
    if page.supported {
        return el("div", "section").child(note("note note-ok", words::wanted())).done();
    }
    let id = page.wish.id.clone();
    let tap = move || {
        if session::signed_in() {
            let (id, onto) = (id.clone(), id.clone());
            support.send_onto::<SupportWish, GetWish>(id, (), &OUTDATED, move |_| onto, |_| {});
        } else {
            host::go(&session::sign_in_address(&host::here()));
        }
    };
    el("div", "section stack")
        .child(support.says())
        .child(support.button(Look::Main, words::want(), words::wanting(), tap))
        .child(el("p", "small").text(words::want_note()).done())
        .done()
}

fn taking_back(page: &WishPage, withdraw: Act, asking: RwSignal<bool>) -> View {
    if !page.mine || !page.wish.may_withdraw() {
        return nothing();
    }
    let question = Question {
        title: words::withdraw_title(),
        words: words::withdraw_words().to_owned(),
        yes: words::withdraw_yes(),
        meanwhile: words::withdrawing(),
        no: words::withdraw_no(),
    };
    let id = page.wish.id.clone();
    let tap = move || {
        let (id, onto) = (id.clone(), id.clone());
        let done = move |_| asking.set(false);
        withdraw.send_onto::<WithdrawWish, GetWish>(id, (), &OUTDATED, move |_| onto, done);
    };
    el("div", "section")
        .child(button(Look::Quiet, words::withdraw(), move || asking.set(true)))
        .child(confirm(asking, question, withdraw, tap))
        .done()
}
