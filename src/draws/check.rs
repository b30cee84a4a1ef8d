//! How anybody can check a draw: what was promised before, what was revealed after, and the list.

use domain::{
    draw::{
        Draw, DrawOutcome, DrawResult, DrawnLot,
        api::{GetDrawResult, GetEntry},
    },
    endpoint::Endpoint,
    id::SlotId,
};
use leptos::prelude::*;

use super::{form::Form, words};
use crate::{
    lang::say,
    session,
    ui::{self, Cell, Look, Tone, View, button, cells, el, live, load, load_or, nothing, tag},
};

/// The section.
pub fn section(draw: &Draw, form: Form) -> View {
    let code = |label: &'static str, value: &str| {
        el("div", "draw-code")
            .child(el("span", "cell-note").text(label).done())
            .child(el("code", "").text(value).done())
            .done()
    };
    let promise = code(words::commitment_label(), &draw.commitment);
    let body = match &draw.drawn {
        None => vec![el("p", "small").text(words::promise()).done(), promise],
        Some(drawn) => {
            let path = GetDrawResult::path(&draw.id);
            let file = el("a", Look::Line.class())
                .attr("href", path)
                .attr("download", format!("{}.json", draw.id))
                .attr("target", "_blank")
                .text(words::file());
            vec![
                el("p", "small").text(words::revealed()).done(),
                promise,
                code(words::seed_label(), &drawn.seed),
                el("p", "small").text(words::by_yourself()).done(),
                el("div", "stack section").child(list(draw, form)).child(file.done()).done(),
            ]
        }
    };
    ui::section(words::checking(), None, vec![el("div", "card").children(body).done()])
}

/// Everything that was drawn, once somebody asks for it.
fn list(draw: &Draw, form: Form) -> View {
    let draw = StoredValue::new_local(draw.clone());
    live(move || {
        if !form.whole.get() {
            return button(Look::Line, words::show_all(), move || form.whole.set(true));
        }
        draw.with_value(|whole| {
            load::<GetDrawResult>(&whole.id, move |result| {
                if !session::signed_in() {
                    return rows(&result, None);
                }
                let (id, result) = (result.draw.clone(), StoredValue::new_local(result));
                load_or::<GetEntry>(
                    &id,
                    move |mine| {
                        let tag = mine.entry.map(|entry| entry.tag);
                        result.with_value(|result| rows(result, tag.as_deref()))
                    },
                    nothing,
                )
            })
        })
    })
}

fn rows(result: &DrawResult, mine: Option<&str>) -> View {
    let name = |slot: &SlotId| {
        let pool = result.classes.iter().find(|pool| pool.slot == *slot);
        pool.map(|pool| say(&pool.name)).unwrap_or_default()
    };
    let row = |drawn: &DrawnLot| {
        let outcome = match &drawn.fate.outcome {
            DrawOutcome::Placed { slot } => name(slot),
            DrawOutcome::Waiting { slot, position } => words::waits(&name(slot), *position),
            DrawOutcome::LeftOut => words::left_out_short().to_owned(),
        };
        let cell = Cell::new(words::tag(&drawn.lot.tag))
            .lead(drawn.fate.order.to_string())
            .note(outcome)
            .note(words::lot(drawn.lot.weight, drawn.lot.size, drawn.lot.resident));
        if mine == Some(&*drawn.lot.tag) {
            cell.end(tag(Tone::Hot, words::yours())).done()
        } else {
            cell.done()
        }
    };
    cells(result.lots.iter().map(row).collect())
}
