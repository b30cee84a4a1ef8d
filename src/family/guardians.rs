//! The guardians of a child: who they are, inviting another, and how it ends.

pub mod words;

use domain::{
    guardian::{
        Guardian, Guardians, Invitation, InvitationDraft, Scope,
        api::{EndGuardian, GetGuardians, InviteGuardian},
    },
    id::PersonId,
    screen::Screen,
    session::api::GetMe,
    time::CHINA,
};
use leptos::prelude::*;

use super::person::{back_to, of_household};
use crate::{
    call, host,
    ui::{
        Act, Cell, Choice, Look, Page, Question, View, button, cells, chips, confirm, copy_field, el, load,
        nothing, page::section,
    },
};

/// What the page does besides showing.
#[derive(Clone, Copy)]
struct Acts {
    invite: Act,
    end: Act,
    /// What who comes may do.
    scope: RwSignal<String>,
    /// Whose bond is to end, once that was asked for.
    ending: RwSignal<bool>,
    whose: StoredValue<Option<Guardian>>,
}

/// The page with the guardians of a child.
pub fn guardians_page(id: &PersonId) -> View {
    let acts = Acts {
        invite: Act::new(CHINA),
        end: Act::new(CHINA),
        scope: RwSignal::new(Scope::Book.name().to_owned()),
        ending: RwSignal::new(false),
        whose: StoredValue::new(None),
    };
    of_household(Page::bare(words::guardians()), id, move |person| {
        let head = el("header", "page-head")
            .child(back_to(&person))
            .child(el("h1", "").text(words::guardians()).done())
            .child(el("p", "lede").text(words::guardians_lede()).done())
            .done();
        let id = person.id.clone();
        let body = load::<GetGuardians>(&id.clone(), move |guardians| view(&id, &guardians, acts));
        el("div", "").child(head).child(body).child(asking(&person.id, acts)).done()
    })
}

fn view(id: &PersonId, guardians: &Guardians, acts: Acts) -> View {
    let household = Cell::new(guardians.household.clone()).note(words::household_of(guardians.mine)).done();
    let others = guardians.others.iter().map(|one| other(one, guardians.mine, acts));
    let all = core::iter::once(household).chain(others).collect();
    let invite = if guardians.mine { inviting(id, guardians.invitation.as_ref(), acts) } else { nothing() };
    let steps: Vec<View> =
        guardians.steps.iter().map(|step| el("p", "small").text(words::bond_step(step)).done()).collect();
    let steps = if steps.is_empty() { nothing() } else { section(words::record(), None, steps) };
    el("div", "").child(el("div", "section").child(cells(all)).done()).child(invite).child(steps).done()
}

fn other(one: &Guardian, mine: bool, acts: Acts) -> View {
    let cell = Cell::new(one.phone.clone()).note(words::may(one.scope, one.since));
    if !mine && !one.me {
        return cell.done();
    }
    let who = one.clone();
    let end = button(Look::SlimLine, if mine { words::send_away() } else { words::leave() }, move || {
        acts.whose.set_value(Some(who.clone()));
        acts.ending.set(true);
    });
    cell.end(end).done()
}

fn inviting(id: &PersonId, invitation: Option<&Invitation>, acts: Acts) -> View {
    if let Some(Invitation { code, scope, lapses }) = invitation {
        let code = format!("{} {}", &code[..4], &code[4..]);
        let hint = words::code_good(*scope, *lapses);
        return section(
            words::invitation(),
            None,
            vec![copy_field("invitation", words::code(), &hint, code)],
        );
    }
    let choices =
        [Scope::Book, Scope::See].map(|scope| Choice::new(scope.name(), words::scope(scope))).into();
    let (id, onto) = (id.clone(), id.clone());
    let invite = move || {
        let scope = untrack(|| Scope::from_name(&acts.scope.get())).unwrap_or(Scope::See);
        let (id, onto) = (id.clone(), onto.clone());
        let draft = InvitationDraft { scope };
        acts.invite.renew();
        acts.invite.send_onto::<InviteGuardian, GetGuardians>(id, draft, &[], move |_| onto, |_| {});
    };
    let body = vec![
        el("p", "").text(words::invite_words()).done(),
        el("div", "section")
            .child(chips(words::may_what(), choices, acts.scope.into(), move |scope| acts.scope.set(scope)))
            .done(),
        el("div", "section").child(acts.invite.says()).done(),
        acts.invite.button(Look::Main, words::make_code(), words::making(), invite),
    ];
    section(words::invite(), None, body)
}

/// Asks before a bond ends.
fn asking(person: &PersonId, acts: Acts) -> View {
    let question = Question {
        title: words::end_title(),
        words: words::end_words().to_owned(),
        yes: words::end_yes(),
        meanwhile: words::ending(),
        no: words::end_no(),
    };
    let person = person.clone();
    let tap = move || {
        let Some(who) = acts.whose.get_value() else { return };
        let there = Screen::Person(person.clone()).path();
        acts.end.send_onto::<EndGuardian, GetMe>(
            who.id,
            (),
            &["/api/people", "/api/bookings"],
            |_| (),
            move |_| {
                acts.ending.set(false);
                call::refresh();
                host::replace(&if who.me { Screen::Family.path() } else { there });
            },
        );
    };
    confirm(acts.ending, question, acts.end, tap)
}
