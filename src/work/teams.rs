//! The teams of a centre: inviting by telephone, suspending, taking somebody out.

mod words;

use domain::{
    id::{CentreId, TeamId},
    screen::Screen,
    session::Phone,
    staff::{Standing, Workbench, api::GetWorkbench},
    team::{
        NewMember, TeamMember, TeamRoll,
        api::{InviteMember, ListTeams, RemoveMember, ResumeMember, SuspendMember},
    },
    time::CHINA,
};
use leptos::prelude::*;

use super::{page, tree, words as shared};
use crate::{
    lang::say,
    trouble,
    ui::{
        Act, Look, Question, Tone, View, button, cells, confirm, el, empty, field, live, load, section,
        sheet, tag, text_input,
    },
};

/// Kept answers that are out of date once somebody came or went.
const OUTDATED: [&str; 2] = ["/api/work/", "/api/cities/"];

/// The page.
pub fn teams_page() -> View {
    page(shared::teams(), (shared::work(), &Screen::Work), || {
        load::<GetWorkbench>(&(), |bench| {
            let bench = StoredValue::new_local(bench);
            live(move || bench.with_value(body))
        })
    })
}

fn body(bench: &Workbench) -> View {
    let Some(place) = tree::chosen(bench) else { return empty("place", shared::no_slots_any(), None) };
    let centre = place.centre.clone();
    let whom = RwSignal::new(None::<TeamId>);
    let open = RwSignal::new(false);
    let of = centre.clone();
    el("div", "")
        .child(el("p", "lede").text(words::lede()).done())
        .child(tree::which(bench, &centre, &Screen::WorkTeams))
        .child(load::<ListTeams>(&centre, move |rolls| list(&rolls, &of, whom, open)))
        .child(inviting(open, whom, centre))
        .done()
}

fn list(rolls: &[TeamRoll], centre: &CentreId, whom: RwSignal<Option<TeamId>>, open: RwSignal<bool>) -> View {
    if rolls.is_empty() {
        return empty("people", words::none(), None);
    }
    let sections = rolls.iter().map(|roll| {
        let team = roll.team.id.clone();
        let invite = move || {
            whom.set(Some(team.clone()));
            open.set(true);
        };
        let name = say(&roll.team.name);
        let members = if roll.members.is_empty() {
            el("p", "").text(words::nobody()).done()
        } else {
            cells(roll.members.iter().map(|one| member(one, centre)).collect())
        };
        let body = el("div", "stack")
            .child(el("p", "small").text(say(&roll.team.about)).done())
            .child(members)
            .child(button(Look::Line, words::invite_to(&name), invite))
            .done();
        section(&name, None, vec![body])
    });
    el("div", "").children(sections.collect()).done()
}

fn member(one: &TeamMember, centre: &CentreId) -> View {
    let (act, removing) = (Act::new(CHINA), RwSignal::new(false));
    let (tone, words) = match one.standing {
        Standing::Active => (Tone::Open, words::suspend()),
        Standing::Pending => (Tone::Wait, words::suspend()),
        Standing::Suspended => (Tone::Full, words::resume()),
    };
    let (id, suspended, of) = (one.id.clone(), one.standing == Standing::Suspended, centre.clone());
    let tap = move || {
        let (id, of) = (id.clone(), of.clone());
        let onto = move |_: &Vec<TeamRoll>| of;
        if suspended {
            act.send_onto::<ResumeMember, ListTeams>(id, (), &OUTDATED, onto, |_| {});
        } else {
            act.send_onto::<SuspendMember, ListTeams>(id, (), &OUTDATED, onto, |_| {});
        }
    };
    let question = Question {
        title: words::remove_title(),
        words: words::remove_words(&one.name),
        yes: words::remove_yes(),
        meanwhile: shared::saving(),
        no: shared::never_mind(),
    };
    let (id, of) = (one.id.clone(), centre.clone());
    let remove = move || {
        let of = of.clone();
        act.send_onto::<RemoveMember, ListTeams>(id.clone(), (), &OUTDATED, move |_| of, |_| {});
    };
    let head = el("span", "row")
        .child(el("b", "grow cell-title").text(one.name.clone()).done())
        .child(tag(tone, words::standing(one.standing)))
        .done();
    let acts = el("span", "row cell-acts")
        .child(act.button(Look::SlimLine, words, shared::saving(), tap))
        .child(button(Look::SlimLine, words::remove(), move || removing.set(true)))
        .done();
    let told = el("span", "grow")
        .child(head)
        .child(el("span", "cell-note").text(one.phone.clone()).done())
        .child(acts)
        .done();
    el("div", "")
        .child(el("div", "cell").child(told).done())
        .child(act.says())
        .child(confirm(removing, question, act, remove))
        .done()
}

/// The sheet with the invitation.
fn inviting(open: RwSignal<bool>, whom: RwSignal<Option<TeamId>>, centre: CentreId) -> View {
    let (phone, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (act, tried) = (Act::new(CHINA), RwSignal::new(false));
    let send = move || {
        tried.set(true);
        let new = NewMember {
            phone: phone.get_untracked().trim().to_owned(),
            name: name.get_untracked().trim().to_owned(),
        };
        let Some(team) = whom.get_untracked() else { return };
        if !new.check().is_empty() {
            return;
        }
        act.renew();
        let centre = centre.clone();
        act.send_onto::<InviteMember, ListTeams>(
            team,
            new,
            &OUTDATED,
            move |_| centre,
            move |_| {
                open.set(false);
                phone.set(String::new());
                name.set(String::new());
                tried.set(false);
            },
        );
    };
    sheet(words::invite(), open, move || {
        let phone_error = Signal::derive(move || {
            let wrong = tried.get().then(|| Phone::parse(&phone.get()).err()).flatten();
            wrong.map(|one| trouble::refusal(&one, CHINA)).unwrap_or_default()
        });
        let name_error = Signal::derive(move || {
            let short = domain::refusal::Refusal::TextTooShort { least: 1 };
            let wrong = tried.get() && name.get().trim().is_empty();
            if wrong { trouble::refusal(&short, CHINA) } else { String::new() }
        });
        let tel =
            text_input("member-phone", "tel", phone).attr("inputmode", "tel").attr("autocomplete", "off");
        let called = text_input("member-name", "text", name).attr("autocomplete", "off");
        let buttons = el("div", "section buttons")
            .child(act.button(Look::Main, words::invite_yes(), words::inviting(), send.clone()))
            .child(button(Look::Line, shared::never_mind(), move || open.set(false)))
            .done();
        el("div", "")
            .child(el("p", "").text(words::invite_hint()).done())
            .child(field("member-phone", shared::phone(), "", tel, phone_error))
            .child(field("member-name", shared::name(), "", called, name_error))
            .child(act.says())
            .child(buttons)
            .done()
    })
}
