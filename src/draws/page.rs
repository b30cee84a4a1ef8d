//! The page of a draw.

use domain::{
    draw::{
        Draw, DrawClass, DrawKind, DrawState, MyDraw,
        api::{GetDraw, GetEntry},
    },
    guardian::Scope,
    household::Person,
    id::DrawId,
    screen::Screen,
    session::api::GetMe,
};
use leptos::prelude::*;

use super::{check, fate, form::Form, words};
use crate::{
    call, clock,
    lang::say,
    offerings::words::{changes, meetings},
    session,
    ui::{
        Cell, Look, Page, Tone, View, ask_again, cells, countdown, el, left_until, link_button, live, load,
        load_or, meta, nothing, section, tag,
    },
    words::{ages, moment},
};

/// While the lots are being drawn it is looked again so often, in seconds.
const SOON: u32 = 3;

/// The page.
pub fn draw_page(id: &DrawId) -> View {
    let form = Form::new(id.clone());
    // Fires when time alone changes what one can do here, though every answer is the same.
    let (drawing, passed) = (RwSignal::new(false), RwSignal::new(()));
    ask_again(
        || SOON,
        move || {
            // How many have entered may wait until one comes back; the result may not.
            if drawing.get_untracked() {
                call::refresh();
            }
        },
    );
    Page::bare(words::lots())
        .with(load::<GetDraw>(id, move |draw| {
            let draw = StoredValue::new_local(draw);
            live(move || {
                passed.track();
                draw.with_value(|draw| {
                    drawing.set(draw.state(clock::now()) == DrawState::Closed);
                    view(draw, form, passed)
                })
            })
        }))
        .done()
}

fn view(draw: &Draw, form: Form, passed: RwSignal<()>) -> View {
    document().set_title(&say(&draw.title));
    let state = draw.state(clock::now());
    el("div", "")
        .child(head(draw, state))
        .child(time(draw, state, passed))
        .child(mine(draw, state, form))
        .child(classes(draw))
        .child(rules(draw))
        .child(check::section(draw, form))
        .done()
}

fn head(draw: &Draw, state: DrawState) -> View {
    let back = el("a", "back")
        .attr("href", Screen::Centre(draw.centre.clone()).path())
        .child(crate::ui::icon("back"))
        .text(say(&draw.centre_name));
    let tag = match state {
        DrawState::Announced => tag(Tone::Wait, words::announced()),
        DrawState::Open => tag(Tone::Open, words::open()),
        DrawState::Closed => tag(Tone::Hot, words::drawing()),
        DrawState::Drawn => tag(Tone::Plain, words::drawn()),
    };
    let lede =
        el("p", "lede row").child(tag).child(el("span", "grow").text(words::numbers(draw)).done()).done();
    el("header", "page-head")
        .child(back.done())
        .child(el("h1", "").text(say(&draw.title)).done())
        .child(lede)
        .child(el("p", "offering-summary").text(say(&draw.about)).done())
        .done()
}

/// What is waited for, and for how long.
fn time(draw: &Draw, state: DrawState, passed: RwSignal<()>) -> View {
    let zone = draw.zone;
    let (above, then, below) = match state {
        DrawState::Announced => (words::opens_in(), draw.opens, words::opens(&moment(draw.opens, zone))),
        DrawState::Open => (words::drawn_in(), draw.closes, words::draws(&moment(draw.closes, zone))),
        DrawState::Closed => {
            return el("p", "note section").attr("role", "status").text(words::wait_a_moment()).done();
        }
        DrawState::Drawn => return nothing(),
    };
    let left = left_until(then);
    let over = Memo::new(move |_| left.get().is_over());
    Effect::new(move |_| {
        if over.get() {
            passed.set(());
            call::refresh();
        }
    });
    el("div", "section card receipt")
        .child(el("p", "").text(above).done())
        .child(countdown(left, words::still))
        .child(el("p", "").text(below).done())
        .done()
}

/// The household's own part.
fn mine(draw: &Draw, state: DrawState, form: Form) -> View {
    if state == DrawState::Announced {
        return nothing();
    }
    if !session::signed_in() {
        if state != DrawState::Open {
            return nothing();
        }
        let to = session::sign_in_address(&Screen::Draw(draw.id.clone()).path());
        let body = el("div", "stack")
            .child(el("p", "small").text(words::sign_in_first()).done())
            .child(link_button(Look::Main, words::sign_in(), to))
            .done();
        return section(words::mine(), None, vec![body]);
    }
    let draw = draw.clone();
    let body = load_or::<GetEntry>(
        &draw.id.clone(),
        move |mine: MyDraw| match (&mine.entry, state) {
            (Some(entry), DrawState::Drawn) => fate::view(&draw, entry),
            (None, DrawState::Closed | DrawState::Drawn) => {
                el("p", "small").text(words::not_entered()).done()
            }
            (Some(entry), DrawState::Closed) => fate::entered(&draw, entry),
            _ => {
                let draw = draw.clone();
                load_or::<GetMe>(
                    &(),
                    move |me| form.view(&draw, &mine, nameable(me.people)),
                    || crate::ui::skeleton(2),
                )
            }
        },
        || crate::ui::skeleton(2),
    );
    section(words::mine(), None, vec![body])
}

/// What there is to be drawn; each leads to its own page.
fn classes(draw: &Draw) -> View {
    let class = |class: &DrawClass| {
        let first = match (class.called_off, class.residents_first) {
            (true, _) => words::called_off(),
            (false, true) => words::residents_first(),
            (false, false) => "",
        };
        Cell::new(say(&class.title))
            .note(meetings(&class.meetings, draw.zone))
            .note(changes(&class.meetings, draw.zone).join(" · "))
            .note(words::places_for(class.places, &ages(class.ages)))
            .note(first)
            .to(Screen::Offering(class.offering.clone()).path())
            .arrow()
            .done()
    };
    section(words::classes(draw.kind), None, vec![cells(draw.classes.iter().map(class).collect())])
}

/// How the places are given out, in plain words.
fn rules(draw: &Draw) -> View {
    let ranked = draw.kind == DrawKind::Ranked;
    let first = draw.classes.iter().any(|class| class.residents_first);
    let lines = words::rules(ranked, first).into_iter().map(|line| meta("check", line)).collect();
    section(words::how(), None, vec![el("div", "card").children(lines).done()])
}

/// Whom one can enter: one's own people, and children for whom one may book.
fn nameable(mut people: Vec<Person>) -> Vec<Person> {
    people.retain(|person| person.shared.is_none_or(|scope| scope == Scope::Book));
    people
}
