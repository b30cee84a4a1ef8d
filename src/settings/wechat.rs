//! Being signed in silently within `WeChat`: since when, beginning and ending it.

use domain::{
    screen::Screen,
    time::CHINA,
    wechat::{
        WechatBond,
        api::{BindWechat, GetWechat, UnbindWechat},
    },
};
use leptos::prelude::*;

use super::words;
use crate::{
    host, session,
    ui::{Act, Cell, Look, Question, View, button, cells, confirm, el, load_or, nothing},
    words as common,
};

/// The section, for who is signed in; nothing where the house has no `WeChat` and never had.
pub fn wechat() -> View {
    if !session::signed_in() {
        return nothing();
    }
    let (act, asking) = (Act::new(CHINA), RwSignal::new(false));
    let question = Question {
        title: words::unbind_title(),
        words: words::unbind_words().to_owned(),
        yes: words::unbind(),
        meanwhile: words::unbinding(),
        no: words::keep(),
    };
    let end = move || {
        act.send_onto::<UnbindWechat, GetWechat>((), (), &[], |_| (), move |_| asking.set(false));
    };
    el("div", "")
        .child(load_or::<GetWechat>(&(), move |bond| cell(bond, act, asking), nothing))
        .child(confirm(asking, question, act, end))
        .done()
}

fn cell(bond: WechatBond, act: Act, asking: RwSignal<bool>) -> View {
    let cell = Cell::new(words::wechat()).icon("me");
    let cell = match bond.since {
        Some(since) => cell.note(words::bound_since(&common::moment(since, CHINA))).end(button(
            Look::SlimLine,
            words::unbind(),
            move || asking.set(true),
        )),
        None if bond.ready => {
            let tie = move || act.send_onto::<BindWechat, GetWechat>((), (), &[], |_| (), |_| ());
            cell.note(words::wechat_ready()).end(act.button(Look::Slim, words::bind(), words::binding(), tie))
        }
        None if host::wechat::within() => {
            let go = || host::wechat::go_to_sign_in(&Screen::Settings.path());
            cell.note(words::wechat_note()).end(button(Look::SlimLine, words::bind(), go))
        }
        None => return nothing(),
    };
    el("div", "section").child(cells(vec![cell.done()])).done()
}
