//! Elders without a telephone: a circle opened for them at the desk, found again by the number on their
//! slip, and ended on their word. Every look and every deed has its reason.

mod moves;
mod words;

use domain::{
    circle::{
        Member, Scope,
        desk::{
            CardAsk, DeskCircle, EndAsk, InviteAsk, LostAsk, Opening,
            api::{EndBondAtDesk, FindCircle, FindLostCircle, InviteAtDesk, OpenCircle},
        },
        write_card,
    },
    id::{BondId, CentreId},
    screen::Screen,
    staff::{Workbench, api::GetWorkbench},
    time::{CHINA, parse_day},
};
use leptos::prelude::*;

use super::{page, print, tree, words as shared};
use crate::{
    helped,
    ui::{
        Act, Cell, Choice, Look, View, button, cells, chips, el, empty, field, focus, live, load, note,
        nothing, section, text_input,
    },
};

/// What is typed and what came of it.
#[derive(Clone, Copy)]
struct Desk {
    card: RwSignal<String>,
    name: RwSignal<String>,
    born: RwSignal<String>,
    relative: RwSignal<String>,
    scope: RwSignal<String>,
    reason: RwSignal<String>,
    moves: moves::Moves,
    /// What was done last, in words.
    done: RwSignal<String>,
    found: StoredValue<Option<DeskCircle>, LocalStorage>,
    drawn: RwSignal<u32>,
    act: Act,
}

/// The page.
pub fn circle_page() -> View {
    page(shared::no_phone(), (shared::work(), &Screen::Work), || {
        load::<GetWorkbench>(&(), |bench| {
            let bench = StoredValue::new_local(bench);
            live(move || bench.with_value(body))
        })
    })
}

fn body(bench: &Workbench) -> View {
    let Some(place) = tree::chosen(bench) else { return empty("place", shared::no_slots_any(), None) };
    let centre = StoredValue::new(place.centre.clone());
    let blank = || RwSignal::new(String::new());
    let desk = Desk {
        card: blank(),
        name: blank(),
        born: blank(),
        relative: blank(),
        scope: RwSignal::new(Scope::Act.name().to_owned()),
        reason: blank(),
        moves: moves::Moves::new(),
        done: blank(),
        found: StoredValue::new_local(None),
        drawn: RwSignal::new(0),
        act: Act::new(CHINA),
    };
    // The reason stands above all that needs one: who is told that it is missing finds it.
    Effect::new(move |_| {
        if desk.act.trouble().is_some()
            && let Some(field) = document().get_element_by_id("circle-reason")
        {
            focus(field);
        }
    });
    let drawn = live(move || {
        desk.drawn.track();
        let centre = centre.get_value();
        desk.found.with_value(|found| match found {
            Some(circle) => desk.circle(circle, &centre),
            None => desk.forms(&centre),
        })
    });
    let here = tree::here(bench, place, &Screen::WorkCircle);
    el("div", "").child(el("div", "no-print").child(here).done()).child(drawn).done()
}

impl Desk {
    fn show(self, circle: DeskCircle) {
        self.reason.set(String::new());
        self.relative.set(String::new());
        self.done.set(String::new());
        self.moves.clear();
        self.found.set_value(Some(circle));
        self.drawn.update(|count| *count += 1);
        // What has become of it stands at the top.
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    fn clear(self) {
        for typed in [self.card, self.name, self.born, self.relative, self.reason] {
            typed.set(String::new());
        }
        self.done.set(String::new());
        self.moves.clear();
        self.found.set_value(None);
        self.act.renew();
        self.drawn.update(|count| *count += 1);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    /// What was done last.
    fn says_done(self) -> View {
        live(move || match self.done.get() {
            done if done.is_empty() => nothing(),
            done => note("note note-ok section", done),
        })
    }

    fn scope(self) -> Scope {
        Scope::from_name(&self.scope.get_untracked()).unwrap_or(Scope::See)
    }

    fn reason(self, id: &'static str) -> View {
        let reason = input(id, words::reason(), words::reason_hint(), self.reason);
        el("div", "section").child(reason).done()
    }

    fn choose(self) -> View {
        let choices =
            [Scope::Act, Scope::See].map(|scope| Choice::new(scope.name(), words::scope(scope))).into();
        el("div", "section")
            .child(chips(words::may_what(), choices, self.scope.into(), move |scope| self.scope.set(scope)))
            .done()
    }

    fn forms(self, centre: &CentreId) -> View {
        let (here, there, lost) = (centre.clone(), centre.clone(), centre.clone());
        let find_lost = move || {
            let ask = LostAsk {
                name: self.name.get_untracked(),
                born: parse_day(self.born.get_untracked().trim()),
                reason: self.reason.get_untracked(),
            };
            self.act.renew();
            self.act.send::<FindLostCircle>(lost.clone(), ask, move |circle| self.show(circle));
        };
        let find = move || {
            let ask = CardAsk { card: self.card.get_untracked(), reason: self.reason.get_untracked() };
            self.act.renew();
            self.act.send::<FindCircle>(here.clone(), ask, move |circle| self.show(circle));
        };
        let open = move || {
            let opening = Opening {
                name: self.name.get_untracked(),
                born: parse_day(self.born.get_untracked().trim()),
                relative: self.relative.get_untracked(),
                scope: self.scope(),
                reason: self.reason.get_untracked(),
            };
            self.act.renew();
            self.act.send::<OpenCircle>(there.clone(), opening, move |circle| self.show(circle));
        };
        let finding = vec![
            input("circle-card", words::card(), words::card_hint(), self.card),
            el("div", "section")
                .child(self.act.button(Look::Line, words::find(), words::finding(), find))
                .done(),
        ];
        let losing = vec![
            input("lost-name", words::lost_name(), "", self.name),
            input("lost-born", words::lost_born(), words::lost_born_hint(), self.born),
            el("div", "section")
                .child(self.act.button(Look::Line, words::find_lost(), words::finding(), find_lost))
                .done(),
        ];
        let opening = vec![
            input("circle-name", words::elder_name(), "", self.name),
            input("circle-born", shared::born(), words::born_hint(), self.born),
            input("circle-relative", words::relative(), words::relative_hint(), self.relative),
            self.choose(),
            el("div", "section")
                .child(self.act.button(Look::Main, words::open(), words::opening(), open))
                .done(),
        ];
        el("div", "")
            .child(self.says_done())
            .child(el("p", "lede").text(words::lede()).done())
            .child(self.reason("circle-reason"))
            .child(el("div", "section").child(self.act.says()).done())
            .child(section(words::find_title(), None, finding))
            .child(section(words::open_title(), None, opening))
            .child(section(words::lost_title(), None, losing))
            .done()
    }

    fn circle(self, circle: &DeskCircle, centre: &CentreId) -> View {
        let (there, card) = (centre.clone(), circle.card.clone());
        let invite = move || {
            let ask = InviteAsk {
                card: card.clone(),
                relative: self.relative.get_untracked(),
                scope: self.scope(),
                reason: self.reason.get_untracked(),
            };
            self.act.renew();
            self.act.send::<InviteAtDesk>(there.clone(), ask, move |circle| self.show(circle));
        };
        let members = if circle.members.is_empty() {
            note("note", words::nobody())
        } else {
            cells(circle.members.iter().map(|one| self.member(one, circle, centre)).collect())
        };
        let inviting = vec![
            input("circle-relative", words::relative(), words::relative_hint(), self.relative),
            self.choose(),
            el("div", "section")
                .child(self.act.button(Look::Line, words::invite(), words::opening(), invite))
                .done(),
        ];
        let log = if circle.log.is_empty() {
            nothing()
        } else {
            section(words::log(), None, vec![helped::list(&circle.log)])
        };
        let ticket = el("div", "ticket")
            .child(
                el("div", "ticket-head")
                    .child(el("h2", "").text(circle.name.clone()).done())
                    .text(words::card())
                    .done(),
            )
            .child(el("p", "ticket-number").text(write_card(&circle.card)).done())
            .child(code(circle))
            .done();
        let screen = el("div", "no-print")
            .child(self.says_done())
            .child(
                el("div", "section buttons")
                    .child(button(Look::Main, words::print_slip(), || print::page("slip")))
                    .child(button(Look::Line, words::next(), move || self.clear()))
                    .done(),
            )
            .child(self.leaving(circle, centre))
            .child(self.reason("circle-reason"))
            .child(el("div", "section").child(self.act.says()).done())
            .child(section(words::members(), None, vec![members]))
            .child(section(words::another(), None, inviting))
            .child(log)
            .child(self.moving(circle, centre))
            .done();
        el("div", "printable")
            .child(el("div", "section no-print").child(ticket).done())
            .child(screen)
            .child(el("div", "slip-host").child(slip(circle)).done())
            .done()
    }

    fn member(self, one: &Member, circle: &DeskCircle, centre: &CentreId) -> View {
        let (there, card, bond) = (centre.clone(), circle.card.clone(), one.id.clone());
        let end = button(Look::SlimLine, words::end(), move || self.end(&there, &card, &bond));
        Cell::new(one.name.clone()).note(words::scope(one.scope)).note(one.phone.clone()).end(end).done()
    }

    fn end(self, centre: &CentreId, card: &str, bond: &BondId) {
        let ask = EndAsk { card: card.to_owned(), bond: bond.clone(), reason: self.reason.get_untracked() };
        self.act.renew();
        self.act.send::<EndBondAtDesk>(centre.clone(), ask, move |circle| self.show(circle));
    }
}

/// A line to be filled in.
fn input(id: &'static str, label: &'static str, hint: &'static str, value: RwSignal<String>) -> View {
    let input = text_input(id, "text", value).attr("autocomplete", "off");
    field(id, label, hint, input, Signal::derive(String::new))
}

/// The code that can still be used.
fn code(circle: &DeskCircle) -> View {
    let Some(invitation) = &circle.invitation else { return nothing() };
    el("div", "")
        .child(el("p", "ticket-head").text(words::code_for(&invitation.name)).done())
        .child(el("p", "ticket-number").text(words::spaced(&invitation.code)).done())
        .child(el("p", "ticket-head").text(words::good_until(invitation.lapses)).done())
        .done()
}

/// The slip that she takes home: on paper alone.
fn slip(circle: &DeskCircle) -> View {
    let mut slip = el("div", "paper paper-slip")
        .attr("aria-hidden", "true")
        .child(el("h2", "").text(words::slip_title()).done())
        .child(el("p", "").text(circle.name.clone()).done())
        .child(el("p", "").text(words::card()).done())
        .child(el("p", "ticket-number").text(write_card(&circle.card)).done())
        .child(el("p", "").text(words::slip_card()).done());
    if let Some(invitation) = &circle.invitation {
        slip = slip
            .child(el("p", "").text(words::code_for(&invitation.name)).done())
            .child(el("p", "ticket-number").text(words::spaced(&invitation.code)).done())
            .child(el("p", "").text(words::good_until(invitation.lapses)).done())
            .child(el("p", "").text(words::slip_code()).done());
    }
    for line in circle.log.iter().take(LINES) {
        slip = slip.child(el("p", "").text(helped::sentence(line)).done());
    }
    slip.child(el("p", "").text(words::slip_stop()).done()).done()
}

/// How many lines of the log go to paper.
const LINES: usize = 10;
