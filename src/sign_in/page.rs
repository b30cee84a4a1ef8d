//! The first step: the number. Then the code, in its place.

use domain::{
    centre::api::{Centres, ListCentres},
    screen::{Screen, own_path},
    session::{CodeRequest, CodeSent, Phone, api::RequestCode},
    time::{CHINA, Moment},
};
use leptos::prelude::*;

use super::{code::code_step, wechat, words};
use crate::{
    clock, host,
    lang::say,
    place, session, trouble,
    ui::{self, Act, Look, Page, View, el, field, icon, live, load_or, nothing, text_input},
};

/// A code that is on its way.
#[derive(Clone)]
pub struct Sent {
    /// As typed.
    pub phone: String,
    /// The server's answer.
    pub code: CodeSent,
    /// When another can be asked for.
    pub again: Moment,
}

/// What both steps share.
#[derive(Clone, Copy)]
pub struct Steps {
    /// The number as typed.
    pub phone: RwSignal<String>,
    /// The code that is on its way, once there is one.
    pub sent: RwSignal<Option<Sent>>,
    /// Asking for a code.
    pub asking: Act,
    /// Whether this `WeChat` shall be known from now on.
    pub remember: RwSignal<bool>,
}

impl Steps {
    /// Asks for a code for the number as it is typed.
    pub fn ask(self) {
        let phone = self.phone.get_untracked();
        self.asking.send::<RequestCode>((), CodeRequest { phone: phone.clone() }, move |code| {
            let again = clock::now().plus(i64::from(code.again_after) * 1_000);
            self.sent.set(Some(Sent { phone, code, again }));
        });
    }
}

/// The page for signing in; `?next=` says where to go afterwards.
pub fn sign_in_page() -> View {
    if let Some(view) = wechat::on_the_way() {
        return view;
    }
    let steps = Steps {
        phone: RwSignal::new(String::new()),
        sent: RwSignal::new(None),
        asking: Act::new(CHINA),
        remember: RwSignal::new(true),
    };
    if session::signed_in() {
        return already();
    }
    live(move || match steps.sent.get() {
        None => phone_step(steps),
        Some(sent) => code_step(steps, &sent),
    })
}

/// Where to go when it is done.
pub fn next() -> String {
    let next = host::query("next").unwrap_or_default();
    own_path(&next).map_or_else(|| Screen::Mine.path(), str::to_owned)
}

fn already() -> View {
    let on = ui::link_button(Look::Main, words::go_on(), next());
    Page::new(words::sign_in()).with(ui::empty("check", words::already(), Some(on))).done()
}

fn phone_step(steps: Steps) -> View {
    let tried = RwSignal::new(false);
    // Words of trouble only after the first try: nobody is told off while still typing.
    let wrong = Signal::derive(move || match Phone::parse(&steps.phone.get()) {
        Err(refusal) if tried.get() => trouble::refusal(&refusal, CHINA),
        _ => String::new(),
    });
    let submit = move || {
        tried.set(true);
        if Phone::parse(&steps.phone.get_untracked()).is_ok() {
            steps.ask();
        }
    };
    let input = text_input("phone", "tel", steps.phone)
        .attr("inputmode", "numeric")
        .attr("autocomplete", "tel")
        .attr("maxlength", "20");
    let form = el("form", "section")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit();
        })
        .child(field("phone", words::phone(), words::phone_hint(), input, wrong))
        .child(el("div", "section").child(steps.asking.says()).done())
        .child(steps.asking.button(Look::Main, words::get_code(), words::getting(), submit))
        .child(el("p", "section small").text(words::privacy()).done())
        .done();
    Page::new(words::title())
        .back(words::home(), Screen::Home.path())
        .lede(words::lede())
        .with(wechat::above(steps.remember))
        .with(form)
        .with(load_or::<ListCentres>(&(), |all| by_phone(&all), nothing))
        .done()
}

/// Nobody has to do this alone.
fn by_phone(all: &Centres) -> View {
    let chosen = place::centre();
    let Some(card) = all.centres.iter().find(|card| card.id == chosen) else { return nothing() };
    let call = el("a", Look::Call.class())
        .attr("href", format!("tel:{}", card.phone))
        .child(icon("phone"))
        .text(words::call(&say(&card.name)))
        .done();
    el("div", "section stack").child(el("p", "small").text(words::by_phone()).done()).child(call).done()
}
