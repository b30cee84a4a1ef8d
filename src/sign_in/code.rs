//! The second step: the code.

use std::time::Duration;

use domain::{
    session::{SignInRequest, api::SignIn, is_code},
    time::{CHINA, Moment, whole_seconds},
};
use leptos::prelude::*;

use super::{
    page::{Sent, Steps},
    wechat, words,
};
use crate::{
    clock,
    ui::{self, Act, Look, Page, View, button, el, field, fill, live, nothing, text_input},
};

const INPUT: &str = "code";

/// Asks for the code that was sent; six digits are sent off by themselves.
pub fn code_step(steps: Steps, sent: &Sent) -> View {
    let code = RwSignal::new(String::new());
    let signing_in = Act::new(CHINA);
    let masked = domain::session::Phone::parse(&sent.phone).map(|phone| phone.masked()).unwrap_or_default();
    let request = sent.code.request.clone();
    let submit = move || {
        let digits = digits(&code.get_untracked());
        if is_code(&digits) {
            let input = SignInRequest { request: request.clone(), code: digits };
            signing_in.send::<SignIn>((), input, move |me| wechat::go_on(me, steps.remember));
        }
    };
    let by_itself = submit.clone();
    let by_hand = submit.clone();
    let input = text_input(INPUT, "text", code)
        .attr("class", "code-input")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "one-time-code")
        .attr("maxlength", "6")
        .on("input", move |_| by_itself());
    let form = el("form", "section")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            by_hand();
        })
        .child(field(INPUT, words::code(), "", input, Signal::stored(String::new())))
        .child(el("div", "section says").child(signing_in.says()).child(steps.asking.says()).done())
        .child(signing_in.button(Look::Main, words::enter(), words::entering(), submit.clone()))
        .done();
    let other = button(Look::Quiet, words::other_number(), move || steps.sent.set(None));
    request_animation_frame(|| {
        if let Some(input) = document().get_element_by_id(INPUT) {
            ui::focus(input);
        }
    });
    Page::new(words::code_title())
        .lede(words::sent_to(&masked))
        .with(demo(sent, code, submit))
        .with(form)
        .with(el("div", "section").child(again(steps, sent.again)).child(other).done())
        .done()
}

/// Full-width digits and spaces are as good.
fn digits(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '0'..='9' => Some(c),
            '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(c) - 0xff10 + u32::from('0')),
            _ => None,
        })
        .collect()
}

/// Where nothing is really sent, the code stands here.
fn demo(sent: &Sent, code: RwSignal<String>, submit: impl Fn() + 'static) -> View {
    let Some(demo) = sent.code.demo_code.clone() else { return nothing() };
    let words = el("span", "grow").text(words::demo(&demo)).done();
    let tap = button(Look::SlimLine, words::fill_in(), move || {
        fill(INPUT, &demo);
        code.set(demo.clone());
        submit();
    });
    el("div", "section card row").child(words).child(tap).done()
}

/// Counts down until another code can be had.
fn again(steps: Steps, at: Moment) -> View {
    let left = move || whole_seconds(at.0 - clock::now().0);
    let seconds = RwSignal::new(left());
    let timer = set_interval_with_handle(move || seconds.set(left()), Duration::from_secs(1));
    if let Ok(timer) = timer {
        on_cleanup(move || timer.clear());
    }
    live(move || {
        let seconds = seconds.get();
        if seconds > 0 {
            return el("p", "small centre").text(words::again_in(seconds)).done();
        }
        steps.asking.button(Look::Line, words::again(), words::getting(), move || steps.ask())
    })
}
