//! Entering: who comes, which classes in which order, and the button.

use domain::{
    draw::{
        Draw, DrawClass, DrawKind, Entry, EntryDraft, MyDraw,
        api::{EnterDraw, GetEntry, WithdrawEntry},
        enter::{Entrant, may_enter, once},
    },
    household::Person,
    id::{DrawId, PersonId, SlotId},
    refusal::Refusal,
    screen::Screen,
    ticket::Candidate,
    time::CHINA,
};
use leptos::prelude::*;

use super::{fate, wishes, words};
use crate::{
    clock, host, trouble,
    ui::{Act, Look, Question, View, button, cells, confirm, el, icon, link_button, live, note, nothing},
    words::person as name_of,
};

/// Answers that are out of date once an entry has changed.
const OUTDATED: [&str; 2] = ["/api/draws", "/api/centres/"];

/// What was picked so far. A copy is as good as the original.
#[derive(Clone, Copy)]
pub struct Form {
    id: StoredValue<DrawId>,
    /// Who comes.
    pub people: RwSignal<Vec<PersonId>>,
    /// The classes, the dearest first.
    pub wishes: RwSignal<Vec<SlotId>>,
    /// Whether an entry that is there is being changed.
    editing: RwSignal<bool>,
    /// Whether everything in the published result is shown.
    pub whole: RwSignal<bool>,
    asking: RwSignal<bool>,
    enter: Act,
    withdraw: Act,
}

impl Form {
    /// Nothing picked.
    pub fn new(id: DrawId) -> Self {
        Self {
            id: StoredValue::new(id),
            people: RwSignal::new(Vec::new()),
            wishes: RwSignal::new(Vec::new()),
            editing: RwSignal::new(false),
            whole: RwSignal::new(false),
            asking: RwSignal::new(false),
            enter: Act::new(CHINA),
            withdraw: Act::new(CHINA),
        }
    }

    /// The entry with what can be done about it, or the form where there is none.
    pub fn view(self, draw: &Draw, mine: &MyDraw, people: Vec<Person>) -> View {
        let shared = StoredValue::new_local((draw.clone(), mine.clone(), people));
        live(move || {
            shared.with_value(|(draw, mine, people)| match &mine.entry {
                Some(entry) if !self.editing.get() => self.entered(draw, entry),
                _ => self.fields(draw, mine, people),
            })
        })
    }

    fn entered(self, draw: &Draw, entry: &Entry) -> View {
        let before = entry.clone();
        let change = move || {
            self.people.set(before.people.clone());
            self.wishes.set(before.prefers.clone());
            self.editing.set(true);
        };
        let question = Question {
            title: words::withdraw_title(),
            words: words::withdraw_words().to_owned(),
            yes: words::withdraw_yes(),
            meanwhile: words::withdrawing(),
            no: words::withdraw_no(),
        };
        let take_back = move || {
            let done = move |_| self.asking.set(false);
            let id = self.id.get_value();
            self.withdraw.send_onto::<WithdrawEntry, GetEntry>(id.clone(), (), &OUTDATED, move |_| id, done);
        };
        el("div", "stack")
            .child(fate::entered(draw, entry))
            .child(button(Look::Line, words::change(), change))
            .child(button(Look::Quiet, words::withdraw(), move || self.asking.set(true)))
            .child(confirm(self.asking, question, self.withdraw, take_back))
            .done()
    }

    fn fields(self, draw: &Draw, mine: &MyDraw, people: &[Person]) -> View {
        let party: Vec<Person> =
            people.iter().filter(|person| self.people.get().contains(&person.id)).cloned().collect();
        let rows = people.iter().map(|person| self.row(draw, mine, person, &party)).collect();
        let family = format!(
            "{}?next={}",
            Screen::Family.path(),
            String::from(js_sys::encode_uri_component(&host::here()))
        );
        let who = el("div", "offering-who")
            .child(el("h3", "").text(words::who()).done())
            .child(el("p", "small").text(words::together()).done())
            .child(cells(rows))
            .child(link_button(Look::Quiet, words::add_family(), family))
            .done();
        let wishes = if draw.kind == DrawKind::Ranked { wishes::view(self, draw, &party) } else { nothing() };
        let stop = if mine.entry.is_some() {
            button(Look::Quiet, words::keep(), move || self.editing.set(false))
        } else {
            nothing()
        };
        // A child of another household has the lots of that one.
        let weight = if party.iter().any(|person| person.shared.is_some()) {
            words::weight_of_theirs().to_owned()
        } else {
            words::weight(mine.weight, mine.lost)
        };
        let weight = el("p", "small").text(weight).done();
        let words = if mine.entry.is_some() { words::save() } else { words::enter() };
        let send = self.enter.button(Look::Main, words, words::sending(), move || self.send());
        el("div", "stack")
            .child(who)
            .child(wishes)
            .child(weight)
            .child(self.says(draw, &party))
            .child(send)
            .child(stop)
            .done()
    }

    /// What went wrong; before that, what is still missing.
    fn says(self, draw: &Draw, party: &[Person]) -> View {
        if self.enter.trouble().is_some() {
            return self.enter.says();
        }
        match draw.classes.first() {
            Some(class) if draw.kind == DrawKind::Lottery && !party.is_empty() => {
                match obstacles(draw, class, party).into_iter().next() {
                    Some(refusal) => note("note note-warn", trouble::refusal(&refusal, draw.zone)),
                    None => nothing(),
                }
            }
            _ => nothing(),
        }
    }

    /// Somebody of the household: a button where they can come, with the reason where not.
    fn row(self, draw: &Draw, mine: &MyDraw, person: &Person, party: &[Person]) -> View {
        let chosen = party.iter().any(|one| one.id == person.id);
        let alone =
            |class: &DrawClass| obstacles(draw, class, std::slice::from_ref(person)).into_iter().next();
        let all: Vec<Option<Refusal>> = draw.classes.iter().map(alone).collect();
        let none = if all.iter().all(Option::is_some) { all.into_iter().flatten().next() } else { None };
        let obstacle = once(&mine.entered, std::slice::from_ref(&person.id)).err().or(none);
        let mut lines = el("span", "grow").child(el("span", "cell-title").text(name_of(person)).done());
        if let Some(refusal) = &obstacle {
            lines = lines.child(el("span", "cell-note").text(trouble::refusal(refusal, draw.zone)).done());
        }
        let id = person.id.clone();
        let kept = StoredValue::new_local(draw.clone());
        let mut row = el("button", "cell")
            .attr("type", "button")
            .attr("aria-pressed", if chosen { "true" } else { "false" })
            .on("click", move |_| kept.with_value(|draw| self.toggle(draw, &id)))
            .child(lines.done());
        if chosen {
            row = row.child(el("span", "cell-end").child(icon("check")).done());
        } else if obstacle.is_some() {
            row = row.attr("disabled", "");
        }
        row.done()
    }

    fn toggle(self, draw: &Draw, person: &PersonId) {
        self.enter.renew();
        self.people.update(|people| match people.iter().position(|one| one == person) {
            Some(at) => {
                people.remove(at);
            }
            None => people.push(person.clone()),
        });
        if draw.kind == DrawKind::Lottery {
            self.wishes.set(draw.classes.iter().map(|class| class.slot.clone()).collect());
        }
    }

    /// Puts the wishes in another order, or others among them.
    pub fn wish(self, change: impl FnOnce(&mut Vec<SlotId>)) {
        self.enter.renew();
        self.wishes.update(change);
    }

    fn send(self) {
        let draft = EntryDraft { people: self.people.get_untracked(), prefers: self.wishes.get_untracked() };
        let id = self.id.get_value();
        let done = move |_| self.editing.set(false);
        self.enter.send_onto::<EnterDraw, GetEntry>(id.clone(), draft, &OUTDATED, move |_| id, done);
    }
}

/// What keeps a party from a class, as far as the phone knows.
pub fn obstacles(draw: &Draw, class: &DrawClass, party: &[Person]) -> Vec<Refusal> {
    let entrant =
        |person: &Person| Entrant { candidate: Candidate::of(person, &draw.centre), holds: Vec::new() };
    let party: Vec<Entrant> = party.iter().map(entrant).collect();
    may_enter(&class.slot(draw.closes), &class.rules(), &party, clock::now(), draw.zone)
        .err()
        .unwrap_or_default()
}
