//! The classes in the order of one's wishes: buttons in words, large enough for a thumb.

use domain::{
    draw::{Draw, DrawClass},
    household::Person,
};
use leptos::prelude::*;

use super::{
    form::{Form, obstacles},
    words,
};
use crate::{
    lang::say,
    offerings::words::meetings,
    trouble,
    ui::{Look, View, button::button_el, el, focus},
};

/// Those that are wished for, in their order, then the others.
pub fn view(form: Form, draw: &Draw, party: &[Person]) -> View {
    let wishes = form.wishes.get();
    let chosen = wishes.iter().filter_map(|slot| draw.class(slot));
    let mut rows: Vec<View> =
        chosen.enumerate().map(|(at, class)| wished(form, draw, class, party, (at, wishes.len()))).collect();
    let others = draw.classes.iter().filter(|class| !wishes.contains(&class.slot));
    rows.extend(others.map(|class| other(form, draw, class, party, wishes.len())));
    el("div", "")
        .child(el("h3", "").text(words::order()).done())
        .child(el("p", "small").text(words::order_note()).done())
        .child(el("ol", "draw-wishes").children(rows).done())
        .done()
}

fn wished(form: Form, draw: &Draw, class: &DrawClass, party: &[Person], (at, of): (usize, usize)) -> View {
    let tap = move |to: usize| {
        move || {
            form.wish(|wishes| {
                if at < wishes.len() && to < wishes.len() {
                    wishes.swap(at, to);
                }
            });
        }
    };
    let name = say(&class.title);
    let step = |words: &'static str, to: Option<usize>, id: String| {
        let shut = to.is_none_or(|to| to >= of);
        let (move_it, then) = (tap(to.unwrap_or(at)), id.clone());
        let step = button_el(Look::SlimLine, move || {
            move_it();
            keep_focus(then.clone());
        });
        let step = step.attr("id", id).attr("aria-label", words::of(words, &name)).text(words);
        if shut { step.attr("disabled", "").done() } else { step.done() }
    };
    let slot = class.slot.clone();
    let out = button_el(Look::SlimLine, move || form.wish(|wishes| wishes.retain(|wish| *wish != slot)))
        .attr("aria-label", words::of(words::out(), &name))
        .text(words::out());
    let buttons = el("div", "draw-steps")
        .child(step(words::up(), at.checked_sub(1), format!("up-{}", class.slot)))
        .child(step(words::down(), Some(at + 1), format!("down-{}", class.slot)))
        .child(out.done());
    let title = words::nth(at + 1, &name);
    el("li", "card").children(lines(draw, class, party, &title)).child(buttons.done()).done()
}

fn other(form: Form, draw: &Draw, class: &DrawClass, party: &[Person], next: usize) -> View {
    let name = say(&class.title);
    let slot = class.slot.clone();
    let add = button_el(Look::SlimLine, move || form.wish(|wishes| wishes.push(slot.clone())))
        .attr("aria-label", words::of(&words::add(next + 1), &name))
        .text(words::add(next + 1));
    let shut = !party.is_empty() && !obstacles(draw, class, party).is_empty();
    let add = if shut { add.attr("disabled", "") } else { add };
    let buttons = el("div", "draw-steps").child(add.done()).done();
    el("li", "card").children(lines(draw, class, party, &name)).child(buttons).done()
}

/// What it is called, when it is, and what stands in the way.
fn lines(draw: &Draw, class: &DrawClass, party: &[Person], title: &str) -> Vec<View> {
    let mut lines = vec![
        el("b", "").text(title).done(),
        el("p", "small").text(meetings(&class.meetings, draw.zone)).done(),
    ];
    if !party.is_empty() {
        let refusal = obstacles(draw, class, party).into_iter().next();
        let line = |refusal| el("p", "small bad").text(trouble::refusal(&refusal, draw.zone)).done();
        lines.extend(refusal.map(line));
    }
    lines
}

/// The list is drawn anew: whoever goes by the keyboard stays at the button they pressed, or at its
/// neighbour where that cannot be pressed any more.
fn keep_focus(id: String) {
    request_animation_frame(move || {
        let find = |id: &str| {
            let found = document().get_element_by_id(id)?;
            (!found.has_attribute("disabled")).then_some(found)
        };
        let other = match id.split_once('-') {
            Some(("up", slot)) => format!("down-{slot}"),
            Some((_, slot)) => format!("up-{slot}"),
            None => return,
        };
        if let Some(there) = find(&id).or_else(|| find(&other)) {
            focus(there);
        }
    });
}
