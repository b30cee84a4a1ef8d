//! Taking somebody's second lock off who lost what opens it.

use domain::{
    elevation::api::ResetLock,
    id::StaffId,
    staff::{Member, Standing},
    time::CHINA,
};
use leptos::prelude::*;

use crate::{
    ui::{Act, Look, View, button, confirm, confirm::Question, live, note, nothing},
    work::{lock::words, words as shared},
};

/// Whose lock, and whether it is asked about or was taken off.
#[derive(Clone, Copy)]
pub struct Reset {
    asking: RwSignal<bool>,
    whom: RwSignal<Option<(StaffId, String)>>,
    done: RwSignal<bool>,
    act: Act,
}

impl Reset {
    /// Nobody's yet.
    pub fn new() -> Self {
        Self {
            asking: RwSignal::new(false),
            whom: RwSignal::new(None),
            done: RwSignal::new(false),
            act: Act::new(CHINA),
        }
    }

    /// The button beside somebody at work; one's own is for others to take off.
    pub fn button(self, member: &Member) -> View {
        if member.me || member.standing != Standing::Active {
            return nothing();
        }
        let whom = (member.id.clone(), member.name.clone());
        button(Look::Quiet, words::reset(), move || {
            self.done.set(false);
            self.whom.set(Some(whom.clone()));
            self.asking.set(true);
        })
    }

    /// The question, and that it was done.
    pub fn sheet(self) -> View {
        live(move || {
            if self.done.get() {
                return note("note note-ok", words::reset_done());
            }
            let Some((id, name)) = self.whom.get() else { return nothing() };
            let question = Question {
                title: words::reset(),
                words: words::reset_words(&name),
                yes: words::reset_yes(),
                meanwhile: shared::saving(),
                no: shared::never_mind(),
            };
            confirm(self.asking, question, self.act, move || {
                self.act.send::<ResetLock>(id.clone(), (), move |()| {
                    self.asking.set(false);
                    self.done.set(true);
                });
            })
        })
    }
}
