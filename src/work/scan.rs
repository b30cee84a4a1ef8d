//! The field for codes: typed, read by a scanner that types, or within `WeChat` by the phone's camera.

use domain::{
    id::CentreId,
    time::Zone,
    work::{Arrival, Scan, api::CheckInByCode},
};
use leptos::prelude::*;

use super::words;
use crate::{
    call, host,
    lang::say,
    ui::{Act, Look, View, button, el, fill, live, note, nothing, text_input},
};

/// The field with its button; it says who has come.
pub fn field(centre: &CentreId, zone: Zone, look: Look) -> View {
    let code = RwSignal::new(String::new());
    let came = RwSignal::new(None::<String>);
    let act = Act::new(zone);
    let before = StoredValue::new(String::new());
    let centre = centre.clone();
    let tap = move || {
        let typed = code.get_untracked().trim().to_owned();
        if typed.is_empty() {
            return;
        }
        if before.get_value() != typed {
            act.renew();
            before.set_value(typed.clone());
        }
        came.set(None);
        act.send::<CheckInByCode>(centre.clone(), Scan { code: typed }, move |arrival: Arrival| {
            came.set(Some(words::is_here(&arrival.party, &say(&arrival.title), arrival.span, zone)));
            code.set(String::new());
            fill("code", "");
            call::forget("/api/work/");
            call::refresh();
        });
    };
    let (by_form, by_camera) = (tap.clone(), tap.clone());
    let input = text_input("code", "text", code)
        .attr("autocomplete", "off")
        .attr("autocapitalize", "characters")
        .attr("spellcheck", "false")
        .attr("aria-describedby", "code-hint");
    el("form", "section field no-print")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            by_form();
        })
        .child(if host::wechat::within() { camera(code, by_camera) } else { nothing() })
        .child(el("label", "").attr("for", "code").text(words::code_label()).done())
        .child(
            el("div", "row")
                .child(el("div", "grow").child(input.done()).done())
                .child(act.button(look, words::check_in(), words::checking_in(), tap))
                .done(),
        )
        .child(el("p", "field-hint").attr("id", "code-hint").text(words::code_hint()).done())
        .child(act.says())
        .child(live(move || match came.get() {
            Some(words) => note("note note-ok", words),
            None => nothing(),
        }))
        .done()
}

/// Reads the square code on a resident's phone, and checks in who has it.
fn camera(code: RwSignal<String>, then: impl Fn() + Clone + 'static) -> View {
    let read = move || {
        let then = then.clone();
        host::wechat::scan(move |read| {
            if let Some(read) = read {
                fill("code", &read);
                code.set(read);
                then();
            }
        });
    };
    button(Look::Line, words::scan(), read)
}
