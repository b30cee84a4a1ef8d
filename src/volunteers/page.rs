//! One's own page as a volunteer: the form, or what one said and how one stands.

use domain::{
    centre::api::{Centres, ListCentres},
    failure::Problem,
    id::CentreId,
    screen::{Screen, own_path},
    time::CHINA,
    volunteer::{
        Liking, Stand, Volunteer, VolunteerDraft, Volunteering,
        api::{BecomeVolunteer, GetVolunteering, StopVolunteering},
    },
};
use leptos::prelude::*;

use super::words;
use crate::{
    call::Trouble,
    host,
    lang::say,
    place, session, trouble,
    ui::{
        Act, Cell, Choice, Look, Page, Question, View, button, cells, choice, confirm, el, fact_words, facts,
        field, link_button, live, load, note, nothing, section, text_input,
    },
    words as common,
};

/// Answers that are out of date once one became a volunteer or stopped being one.
const OUTDATED: [&str; 2] = ["/api/tasks", "/api/cities/"];

/// The page; `?next=` says where to go on once one is a volunteer.
pub fn volunteering_page() -> View {
    let page = Page::new(words::title()).back(words::volunteer(), Screen::Volunteer.path());
    if !session::signed_in() {
        return page
            .lede(words::lede())
            .with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {}))
            .done();
    }
    let changing = RwSignal::new(false);
    page.with(load::<GetVolunteering>(&(), move |mine| {
        let mine = StoredValue::new_local(mine);
        live(move || mine.with_value(|mine| body(mine, changing)))
    }))
    .done()
}

fn body(mine: &Volunteering, changing: RwSignal<bool>) -> View {
    let own = match &mine.volunteer {
        Some(volunteer) if !changing.get() => shown(volunteer, changing),
        Some(volunteer) => form(Some(volunteer), changing),
        None => form(None, changing),
    };
    el("div", "").child(own).child(teams(mine)).done()
}

/// What one said, and how one stands.
fn shown(volunteer: &Volunteer, changing: RwSignal<bool>) -> View {
    let stand = match &volunteer.stand {
        Stand::Good => note("note note-ok", words::good(&say(&volunteer.centre_name))),
        Stand::Suspended { reason } => note("note note-warn", words::suspended(reason)),
    };
    let rows = [
        fact_words(words::name(), volunteer.name.clone()),
        fact_words(words::centre(), say(&volunteer.centre_name)),
        fact_words(words::likes(), words::likings(&volunteer.likes)),
        fact_words(words::since(), common::moment(volunteer.made, CHINA)),
    ];
    let next = match next() {
        Some(next) if volunteer.stand == Stand::Good => link_button(Look::Main, words::go_on(), next),
        _ => nothing(),
    };
    let (stop, asking) = (Act::new(CHINA), RwSignal::new(false));
    let question = Question {
        title: words::stop_title(),
        words: words::stop_words().to_owned(),
        yes: words::stop_yes(),
        meanwhile: words::stopping(),
        no: words::stop_no(),
    };
    let tap = move || {
        stop.send_onto::<StopVolunteering, GetVolunteering>(
            (),
            (),
            &OUTDATED,
            |_| (),
            move |_| {
                asking.set(false);
            },
        );
    };
    el("div", "section stack")
        .child(stand)
        .child(el("div", "card").child(facts(rows.into_iter().flatten().collect())).done())
        .child(next)
        .child(button(Look::Line, words::change(), move || changing.set(true)))
        .child(button(Look::Quiet, words::stop(), move || asking.set(true)))
        .child(confirm(asking, question, stop, tap))
        .done()
}

/// Where the tap came from that led here.
fn next() -> Option<String> {
    host::query("next").and_then(|next| own_path(&next).map(str::to_owned))
}

/// What the form holds.
#[derive(Clone, Copy)]
struct Held {
    name: RwSignal<String>,
    likes: RwSignal<Vec<String>>,
    centre: RwSignal<CentreId>,
    tried: RwSignal<bool>,
    act: Act,
    changing: RwSignal<bool>,
}

impl Held {
    fn draft(self) -> VolunteerDraft {
        let likes = self.likes.get();
        let likes = Liking::ALL.into_iter().filter(|one| likes.iter().any(|slug| slug == one.slug()));
        VolunteerDraft {
            centre: self.centre.get(),
            name: self.name.get().trim().to_owned(),
            likes: likes.collect(),
        }
    }

    fn send(self) {
        self.tried.set(true);
        let draft = untrack(|| self.draft());
        if !draft.check().is_empty() {
            return;
        }
        self.act.renew();
        let then = move |_| {
            self.changing.set(false);
            if let Some(next) = next() {
                host::replace(&next);
            }
        };
        self.act.send_onto::<BecomeVolunteer, GetVolunteering>((), draft, &OUTDATED, |_| (), then);
    }
}

fn form(known: Option<&Volunteer>, changing: RwSignal<bool>) -> View {
    let slugs = |one: &Volunteer| one.likes.iter().map(|one| one.slug().to_owned()).collect::<Vec<_>>();
    let held = Held {
        name: RwSignal::new(known.map(|one| one.name.clone()).unwrap_or_default()),
        likes: RwSignal::new(known.map(slugs).unwrap_or_default()),
        centre: RwSignal::new(known.map_or_else(place::centre, |one| one.centre.clone())),
        tried: RwSignal::new(false),
        act: Act::new(CHINA),
        changing,
    };
    let known = known.is_some();
    load::<ListCentres>(&(), move |all| fields(&all, held, known))
}

fn fields(all: &Centres, held: Held, known: bool) -> View {
    let error = Signal::derive(move || {
        let wrong = if held.tried.get() { held.draft().check() } else { Vec::new() };
        wrong.first().map(|one| trouble::refusal(one, CHINA)).unwrap_or_default()
    });
    let choices = Liking::ALL.into_iter().map(|one| Choice::new(one.slug(), words::liking(one))).collect();
    let input = text_input("volunteer-name", "text", held.name).attr("autocomplete", "nickname");
    let (lede, yes, meanwhile) = if known {
        (nothing(), words::save(), words::saving())
    } else {
        (el("p", "lede").text(words::lede()).done(), words::join(), words::joining())
    };
    let back =
        if known { button(Look::Line, words::keep(), move || held.changing.set(false)) } else { nothing() };
    let likes = el("fieldset", "field section")
        .child(el("legend", "").text(words::likes_long()).done())
        .child(choice::several(words::likes_long(), choices, held.likes))
        .done();
    let buttons = el("div", "section buttons")
        .child(held.act.button(Look::Main, yes, meanwhile, move || held.send()))
        .child(back)
        .done();
    el("form", "section")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            held.send();
        })
        .child(lede)
        .child(field("volunteer-name", words::name_long(), words::name_hint(), input, error))
        .child(likes)
        .child(centre(all, held.centre))
        .child(el("div", "section").child(held.act.says()).done())
        .child(buttons)
        .done()
}

/// The centres of the chosen one's city.
fn centre(all: &Centres, chosen: RwSignal<CentreId>) -> View {
    let now = chosen.get_untracked();
    let city = all.centres.iter().find(|card| card.id == now).map(|card| card.city.clone());
    let own = all.centres.iter().filter(|card| city.as_ref() == Some(&card.city));
    let options =
        own.map(|card| choice::option(Choice::new(card.id.as_str(), say(&card.name)), card.id == now));
    let select = choice::select(words::centre_long(), options.collect(), move |id| chosen.set(CentreId(id)));
    let legend = el("legend", "").text(words::centre_long()).done();
    el("fieldset", "field section").child(legend).child(select.done()).done()
}

fn teams(mine: &Volunteering) -> View {
    if mine.teams.is_empty() {
        return nothing();
    }
    let teams = mine.teams.iter().map(|team| {
        Cell::new(say(&team.name))
            .icon("people")
            .note(say(&team.about))
            .to(Screen::Team(team.id.clone()).path())
            .arrow()
            .done()
    });
    section(words::teams(), None, vec![cells(teams.collect())])
}
