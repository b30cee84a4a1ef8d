//! What becomes of a number: a new slip, a telephone in its place, or everything erased.

use domain::{
    circle::{
        desk::{CardAsk, DeskCircle},
        moves::{
            ErasureAsk, PhoneAsk, PhoneMove,
            api::{AskPhone, EraseAtDesk, MoveToPhone, ReplaceCard},
        },
    },
    id::CentreId,
    session::CodeSent,
};
use leptos::prelude::*;

use super::{Desk, input, words};
use crate::ui::{Look, View, button, el, live, note, nothing, section};

/// What is typed, and how far it has come.
#[derive(Clone, Copy)]
pub struct Moves {
    phone: RwSignal<String>,
    code: RwSignal<String>,
    sent: RwSignal<Option<CodeSent>>,
    /// Whether it was asked once more if everything shall go.
    sure: RwSignal<bool>,
}

impl Moves {
    /// Nothing yet.
    pub fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { phone: empty(), code: empty(), sent: RwSignal::new(None), sure: RwSignal::new(false) }
    }

    /// As in the beginning.
    pub fn clear(self) {
        self.phone.set(String::new());
        self.code.set(String::new());
        self.sent.set(None);
        self.sure.set(false);
    }
}

impl Desk {
    /// That everything is going to be erased, and that they may think better of it.
    pub(super) fn leaving(self, circle: &DeskCircle, centre: &CentreId) -> View {
        let Some(leaving) = circle.leaving else { return nothing() };
        let (there, card) = (centre.clone(), circle.card.clone());
        let stay = move || self.erase(&there, &card, true);
        el("div", "section stack")
            .child(note("note note-warn", words::leaving(leaving.until)))
            .child(self.act.button(Look::Line, words::stay(), words::opening(), stay))
            .done()
    }

    /// The three things that can become of the number.
    pub(super) fn moving(self, circle: &DeskCircle, centre: &CentreId) -> View {
        if circle.leaving.is_some() {
            return nothing();
        }
        el("div", "")
            .child(self.replacing(circle, centre))
            .child(self.phoning(circle, centre))
            .child(self.erasing(circle, centre))
            .done()
    }

    fn replacing(self, circle: &DeskCircle, centre: &CentreId) -> View {
        let (there, card) = (centre.clone(), circle.card.clone());
        let replace = move || {
            let ask = CardAsk { card: card.clone(), reason: self.reason.get_untracked() };
            self.act.renew();
            self.act.send::<ReplaceCard>(there.clone(), ask, move |circle| {
                self.show(circle);
                self.done.set(words::replaced().to_owned());
            });
        };
        let body = el("div", "stack")
            .child(el("p", "small").text(words::replace_words()).done())
            .child(self.act.button(Look::Line, words::replace(), words::opening(), replace))
            .done();
        section(words::replace_title(), None, vec![body])
    }

    fn phoning(self, circle: &DeskCircle, centre: &CentreId) -> View {
        let Moves { phone, code, sent, .. } = self.moves;
        let (there, card) = (StoredValue::new(centre.clone()), StoredValue::new(circle.card.clone()));
        let ask = move || {
            let ask = PhoneAsk {
                card: card.get_value(),
                phone: phone.get_untracked(),
                reason: self.reason.get_untracked(),
            };
            self.act.renew();
            self.act.send::<AskPhone>(there.get_value(), ask, move |answer| sent.set(Some(answer)));
        };
        let transfer = move || {
            let Some(CodeSent { request, .. }) = sent.get_untracked() else { return };
            let reason = self.reason.get_untracked();
            let typed = PhoneMove { card: card.get_value(), request, code: code.get_untracked(), reason };
            self.act.renew();
            self.act.send::<MoveToPhone>(there.get_value(), typed, move |moved| {
                self.clear();
                self.done.set(words::moved(&moved));
            });
        };
        let second = live(move || {
            let Some(answer) = sent.get() else { return nothing() };
            let demo = answer.demo_code.map(|code| note("note note-warn section", words::demo(&code)));
            el("div", "")
                .children(demo.into_iter().collect())
                .child(
                    el("div", "section")
                        .child(input("move-code", words::code(), words::code_hint(), code))
                        .done(),
                )
                .child(
                    el("div", "section")
                        .child(self.act.button(Look::Main, words::move_yes(), words::opening(), transfer))
                        .done(),
                )
                .done()
        });
        let body = el("div", "")
            .child(el("p", "small").text(words::move_words()).done())
            .child(el("div", "section").child(input("move-phone", words::new_phone(), "", phone)).done())
            .child(
                el("div", "section")
                    .child(self.act.button(Look::Line, words::send_code(), words::sending(), ask))
                    .done(),
            )
            .child(second)
            .done();
        section(words::move_title(), None, vec![body])
    }

    fn erasing(self, circle: &DeskCircle, centre: &CentreId) -> View {
        let sure = self.moves.sure;
        let (there, card) = (StoredValue::new(centre.clone()), StoredValue::new(circle.card.clone()));
        let body = live(move || {
            if !sure.get() {
                return button(Look::Line, words::erase(), move || sure.set(true));
            }
            let erase = move || self.erase(&there.get_value(), &card.get_value(), false);
            el("div", "stack")
                .child(note("note note-warn", words::erase_words()))
                .child(
                    el("div", "buttons")
                        .child(self.act.button(Look::Main, words::erase_yes(), words::opening(), erase))
                        .child(button(Look::Line, super::shared::never_mind(), move || sure.set(false)))
                        .done(),
                )
                .done()
        });
        section(words::erase_title(), None, vec![body])
    }

    fn erase(self, centre: &CentreId, card: &str, stay: bool) {
        let ask = ErasureAsk { card: card.to_owned(), stay, reason: self.reason.get_untracked() };
        self.act.renew();
        self.act.send::<EraseAtDesk>(centre.clone(), ask, move |circle| {
            self.show(circle);
            if stay {
                self.done.set(words::stays().to_owned());
            }
        });
    }
}
