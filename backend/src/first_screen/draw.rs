//! The first screen of a draw: what it is, how many want how many places, and until when.

use domain::{
    draw::{Draw, DrawState},
    screen::Screen,
};
use maud::html;

use super::{
    Reader,
    frame::{back, column, skeleton, tag},
    page::Sheet,
};

/// The page.
pub(super) fn sheet(reader: &Reader, draw: &Draw) -> Sheet {
    let (tone, state) = match draw.state(reader.now) {
        DrawState::Announced => ("wait", reader.t("还没开始报", "Not yet open")),
        DrawState::Open => ("open", reader.t("正在报名", "Open")),
        DrawState::Closed => ("hot", reader.t("正在抽签", "Being drawn")),
        DrawState::Drawn => ("plain", reader.t("已抽签", "Drawn")),
    };
    let (places, entries) = (draw.places(), draw.entries);
    let numbers = match &draw.drawn {
        None => reader.t(
            format!("{entries} 家报名 · {places} 个名额"),
            format!("{entries} households · {places} places"),
        ),
        Some(drawn) => reader.t(
            format!("{entries} 家报名 · {} 家抽中 · {} 家候补", drawn.placed, drawn.waiting),
            format!("{entries} households · {} drawn · {} waiting", drawn.placed, drawn.waiting),
        ),
    };
    let inside = html! {
        header class="page-head" {
            (back(reader.text(&draw.centre_name), &Screen::Centre(draw.centre.clone()).path()))
            h1 { (reader.text(&draw.title)) }
            p class="lede row" { (tag(tone, state)) span class="grow" { (numbers) } }
            p class="offering-summary" { (reader.text(&draw.about)) }
        }
        (skeleton(4))
    };
    let title = reader.text(&draw.title).to_owned();
    Sheet { title, body: column(reader, &Screen::Draw(draw.id.clone()), &inside, None) }
}
