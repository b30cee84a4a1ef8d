//! Inviting a relative: what one calls them, what they may do, and the code to read out to them.

use domain::{
    circle::{
        Invitation, InvitationDraft, Scope,
        api::{GetCircle, InviteRelative},
    },
    failure::Problem,
    household::Relation,
    refusal::Refusal,
    screen::Screen,
    session::{Me, api::GetMe},
    time::CHINA,
};
use leptos::prelude::*;

use super::words;
use crate::{
    call::{self, Trouble},
    session, trouble,
    ui::{
        Act, Choice, Look, Page, View, button, chips, copy_field, el, field, fill, live, load, load_or,
        nothing, text_input,
    },
};

/// What is typed. It outlives what is drawn anew.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    me: RwSignal<String>,
    scope: RwSignal<String>,
    tried: RwSignal<bool>,
    /// Another code is wanted although one is good.
    again: RwSignal<bool>,
    act: Act,
}

/// The page.
pub fn invite_page() -> View {
    let page = Page::new(words::invite()).back(words::circle(), Screen::Circle.path());
    if !session::signed_in() {
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    let form = Form {
        name: RwSignal::new(String::new()),
        me: RwSignal::new(String::new()),
        scope: RwSignal::new(Scope::Act.name().to_owned()),
        tried: RwSignal::new(false),
        again: RwSignal::new(false),
        act: Act::new(CHINA),
    };
    let body = load::<GetCircle>(&(), move |circle| {
        let invitation = StoredValue::new_local(circle.invitation);
        live(move || {
            let again = form.again.get();
            invitation.with_value(|code| match code {
                Some(code) if !again => made(code, form),
                _ => blank(form),
            })
        })
    });
    page.with(body).done()
}

/// The code, large enough to be read out.
fn made(invitation: &Invitation, form: Form) -> View {
    let code = words::spaced(&invitation.code);
    let ticket = el("div", "section ticket")
        .child(
            el("div", "ticket-head")
                .child(el("h2", "").text(words::code_for(&invitation.name)).done())
                .done(),
        )
        .child(el("p", "ticket-number").text(code.clone()).done())
        .child(el("p", "ticket-head").text(words::scope(invitation.scope)).done())
        .done();
    let steps = words::code_steps().into_iter().map(|step| el("p", "").text(step).done()).collect();
    let copied = copy_field("circle-code", words::code(), &words::code_good(invitation.lapses), code);
    el("div", "")
        .child(ticket)
        .child(el("div", "section note stack").children(steps).done())
        .child(el("div", "section").child(copied).done())
        .child(button(Look::Quiet, words::another_code(), move || form.again.set(true)))
        .done()
}

fn blank(form: Form) -> View {
    let error = move |value: RwSignal<String>| {
        Signal::derive(move || {
            let wrong = domain::circle::check_name(&value.get()).filter(|_| form.tried.get());
            wrong.map(|wrong| said(&wrong)).unwrap_or_default()
        })
    };
    let input = |id, value| text_input(id, "text", value).attr("autocomplete", "off").attr("maxlength", "20");
    let choices = [Scope::Act, Scope::See];
    let choices = choices.map(|scope| Choice::new(scope.name(), words::scope_short(scope))).into();
    let meaning = live(move || {
        let scope = Scope::from_name(&form.scope.get()).unwrap_or(Scope::See);
        el("p", "field-hint").text(words::scope_means(scope)).done()
    });
    let scope = el("div", "section")
        .child(chips(words::may_what(), choices, form.scope.into(), move |scope| form.scope.set(scope)))
        .child(meaning)
        .done();
    el("div", "")
        .child(load_or::<GetMe>(&(), move |me| own_name(&me, form), nothing))
        .child(
            el("div", "section")
                .child(field(
                    "circle-name",
                    words::their_name(),
                    words::their_name_hint(),
                    input("circle-name", form.name),
                    error(form.name),
                ))
                .child(field(
                    "circle-me",
                    words::my_name(),
                    words::my_name_hint(),
                    input("circle-me", form.me),
                    error(form.me),
                ))
                .done(),
        )
        .child(scope)
        .child(el("div", "section").child(form.act.says()).done())
        .child(form.act.button(Look::Main, words::make_code(), words::making(), move || send(form)))
        .child(el("p", "field-hint").text(words::you_can_stop()).done())
        .done()
}

fn said(wrong: &Refusal) -> String {
    match wrong {
        Refusal::TextTooShort { .. } => words::name_missing().to_owned(),
        other => trouble::refusal(other, CHINA),
    }
}

/// Proposes the name that is known already.
fn own_name(me: &Me, form: Form) -> View {
    let holder = me.people.iter().find(|person| person.relation == Relation::Myself);
    if let Some(holder) = holder.filter(|holder| !holder.name.is_empty())
        && form.me.get_untracked().is_empty()
    {
        form.me.set(holder.name.clone());
        fill("circle-me", &holder.name);
    }
    nothing()
}

fn send(form: Form) {
    form.tried.set(true);
    let draft = untrack(|| InvitationDraft {
        name: form.name.get().trim().to_owned(),
        me: form.me.get().trim().to_owned(),
        scope: Scope::from_name(&form.scope.get()).unwrap_or(Scope::See),
    });
    if !draft.check().is_empty() {
        return;
    }
    form.act.renew();
    form.act.send_onto::<InviteRelative, GetCircle>(
        (),
        draft,
        &["/api/circle"],
        |_| (),
        move |_| {
            form.again.set(false);
            call::refresh();
        },
    );
}
