//! Coming into somebody's circle, with the code that they read out.

use domain::{
    circle::{
        JoinRequest,
        api::{GetCircle, JoinCircle},
    },
    failure::Problem,
    invitation::read_code,
    screen::Screen,
    time::CHINA,
};
use leptos::prelude::*;

use super::words;
use crate::{
    call::Trouble,
    host, session, trouble,
    ui::{Act, Look, Page, View, el, field, text_input},
};

/// The page for a code.
pub fn join_page() -> View {
    let page = Page::new(words::i_have_a_code()).back(words::circle(), Screen::Circle.path());
    if !session::signed_in() {
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    let (typed, tried) = (RwSignal::new(String::new()), RwSignal::new(false));
    let act = Act::new(CHINA);
    let join = move || {
        tried.set(true);
        if let Some(code) = read_code(&typed.get_untracked()) {
            act.renew();
            act.send_onto::<JoinCircle, GetCircle>(
                (),
                JoinRequest { code },
                &["/api/circle"],
                |_| (),
                |_| host::replace(&Screen::Circle.path()),
            );
        }
    };
    let error = Signal::derive(move || {
        let wrong = tried.get() && read_code(&typed.get()).is_none();
        if wrong { words::code_wrong().to_owned() } else { String::new() }
    });
    let input = text_input("code", "text", typed)
        .attr("autocomplete", "off")
        .attr("autocapitalize", "characters")
        .attr("maxlength", "12");
    let form = el("form", "section")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            join();
        })
        .child(field("code", words::code(), words::code_hint(), input, error))
        .child(el("div", "section").child(act.says()).done())
        .child(act.button(Look::Main, words::join(), words::joining(), join))
        .done();
    page.lede(words::join_lede()).with(form).done()
}
