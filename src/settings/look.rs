//! Elder mode, the size of words and the language: kept in cookies, so that the server draws the
//! first screen accordingly.

use domain::text::Lang;
use leptos::prelude::*;

use super::words;
use crate::{
    host,
    lang::lang,
    ui::{Choice, View, cells, chips, el, icon_class, section},
};

/// The classes on `<html>` beside the cookie's values.
const SIZES: [(&str, &str); 3] = [("", ""), ("2", "text-2"), ("3", "text-3")];

/// Elder mode; changing it loads the page anew.
pub fn elder() -> View {
    let on = host::cookie("view").as_deref() == Some("elder");
    let input = el("input", "").attr("type", "checkbox").attr("role", "switch").on("change", move |_| {
        host::set_cookie("view", if on { "" } else { "elder" });
        host::reload();
    });
    let input = if on { input.attr("checked", "") } else { input };
    let words = el("span", "grow")
        .text(words::elder())
        .child(el("span", "cell-note").text(words::elder_note()).done())
        .done();
    let row = el("label", "cell switch")
        .child(icon_class("elder", "icon cell-lead"))
        .child(words)
        .child(input.done())
        .done();
    el("div", "section").child(cells(vec![row])).done()
}

/// The size of all words, at once.
pub fn size() -> View {
    let chosen = RwSignal::new(host::cookie("text").unwrap_or_default());
    let choices =
        SIZES.iter().zip(words::sizes()).map(|((value, _), name)| Choice::new(*value, name)).collect();
    let choose = move |value: String| {
        host::set_cookie("text", &value);
        show_size(&value);
        chosen.set(value);
    };
    section(words::size(), None, vec![chips(words::size(), choices, chosen.into(), choose)])
}

fn show_size(value: &str) {
    let Some(html) = document().document_element() else { return };
    for (size, class) in SIZES.iter().filter(|(_, class)| !class.is_empty()) {
        let _ = html.class_list().toggle_with_force(class, *size == value);
    }
}

/// The language; changing it loads the page anew.
pub fn language() -> View {
    let chosen = RwSignal::new(if lang() == Lang::En { "en" } else { "" }.to_owned());
    let choices = vec![Choice::new("", words::chinese()), Choice::new("en", words::english())];
    let choose = move |value: String| {
        host::set_cookie("lang", &value);
        host::reload();
    };
    section(words::language(), None, vec![chips(words::language(), choices, chosen.into(), choose)])
}
