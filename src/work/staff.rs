//! Who works where: inviting by telephone, suspending, giving back.

mod reset;
mod words;

use domain::{
    area::Area,
    id::{AreaId, CentreId},
    screen::Screen,
    session::Phone,
    staff::{
        Invitation, Member, Post, Standing, Workbench,
        api::{GetWorkbench, InviteStaff, ListStaff, ResumeStaff, SuspendStaff},
    },
    time::CHINA,
};
use leptos::prelude::*;

use super::{page, tree, words as shared};
use crate::{
    lang::say,
    trouble,
    ui::{
        Act, Cell, Choice, Look, Tone, View, button, cells, chips, el, field, live, load, nothing, section,
        sheet, tag, text_input,
    },
};

/// Kept answers that are out of date once a post was given or taken.
const OUTDATED: [&str; 1] = ["/api/work"];

/// The page.
pub fn staff_page() -> View {
    page(shared::staff(), (shared::work(), &Screen::Work), || {
        let open = RwSignal::new(false);
        let resetting = reset::Reset::new();
        el("div", "")
            .child(el("p", "lede").text(words::staff_lede()).done())
            .child(resetting.sheet())
            .child(load::<ListStaff>(&(), move |members| list(&members, resetting)))
            .child(
                el("div", "section")
                    .child(button(Look::Main, words::invite(), move || open.set(true)))
                    .done(),
            )
            .child(load::<GetWorkbench>(&(), move |bench| inviting(open, bench)))
            .done()
    })
}

fn list(members: &[Member], resetting: reset::Reset) -> View {
    let of = |which: fn(&Post) -> bool| -> Vec<View> {
        members
            .iter()
            .filter(|member| which(&member.post))
            .map(|member| member_cell(member, resetting))
            .collect()
    };
    let groups = [
        of(|post| matches!(post, Post::Admin)),
        of(|post| matches!(post, Post::Office(_))),
        of(|post| matches!(post, Post::Staff(_))),
    ];
    let names = [Post::Admin, Post::Office(AreaId::from("-")), Post::Staff(CentreId::from("-"))];
    let groups = groups.into_iter().zip(names).filter(|(group, _)| !group.is_empty());
    let groups = groups.map(|(group, post)| section(words::role_name(&post), None, vec![cells(group)]));
    el("div", "").children(groups.collect()).done()
}

fn member_cell(member: &Member, resetting: reset::Reset) -> View {
    let act = Act::new(CHINA);
    let id = member.id.clone();
    let (tone, look) = match member.standing {
        Standing::Active => (Tone::Open, words::suspend()),
        Standing::Pending => (Tone::Wait, words::suspend()),
        Standing::Suspended => (Tone::Full, words::resume()),
    };
    let suspended = member.standing == Standing::Suspended;
    let tap = move || {
        let id = id.clone();
        if suspended {
            act.send_onto::<ResumeStaff, ListStaff>(id, (), &OUTDATED, |_| (), |_| {});
        } else {
            act.send_onto::<SuspendStaff, ListStaff>(id, (), &OUTDATED, |_| (), |_| {});
        }
    };
    let me = if member.me { format!(" · {}", words::yourself()) } else { String::new() };
    let end = el("span", "row")
        .child(tag(tone, words::standing(member.standing)))
        .child(act.button(Look::SlimLine, look, shared::saving(), tap))
        .done();
    let cell = Cell::new(format!("{}{me}", member.name))
        .note(say(&member.place))
        .note(member.phone.clone())
        .end(end)
        .done();
    el("div", "").child(cell).child(resetting.button(member)).child(act.says()).done()
}

/// The sheet with the invitation.
fn inviting(open: RwSignal<bool>, bench: Workbench) -> View {
    let (phone, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let role = RwSignal::new("staff".to_owned());
    let first = tree::chosen(&bench);
    let centre = RwSignal::new(first.map(|place| place.centre.0.clone()).unwrap_or_default());
    let offices = below(&bench);
    let area = RwSignal::new(offices.first().map(|area| area.id.0.clone()).unwrap_or_default());
    let offices = !offices.is_empty();
    let tried = RwSignal::new(false);
    let act = Act::new(CHINA);
    let admin = bench.posts.contains(&Post::Admin);
    let bench = StoredValue::new_local(bench);
    let invitation = move || Invitation {
        phone: phone.get().trim().to_owned(),
        name: name.get().trim().to_owned(),
        post: match &*role.get() {
            "admin" => Post::Admin,
            "office" => Post::Office(AreaId(area.get())),
            _ => Post::Staff(CentreId(centre.get())),
        },
    };
    let send = move || {
        tried.set(true);
        let invitation = untrack(invitation);
        if !invitation.check().is_empty() {
            return;
        }
        act.send_onto::<InviteStaff, ListStaff>(
            (),
            invitation,
            &OUTDATED,
            |_| (),
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
        let roles = [Post::Staff(CentreId::from("-")), Post::Office(AreaId::from("-")), Post::Admin];
        let roles = roles.iter().zip(["staff", "office", "admin"]).zip([true, offices, admin]);
        let roles = roles.filter(|(_, may)| *may);
        let roles: Vec<_> =
            roles.map(|((post, slug), _)| Choice::new(slug, words::role_name(post))).collect();
        let roles = if roles.len() > 1 {
            chips(words::role(), roles, role.into(), move |slug| role.set(slug))
        } else {
            nothing()
        };
        let tel =
            text_input("staff-phone", "tel", phone).attr("inputmode", "tel").attr("autocomplete", "off");
        let called = text_input("staff-name", "text", name).attr("autocomplete", "off");
        let buttons = el("div", "section buttons")
            .child(act.button(Look::Main, words::invite_yes(), words::inviting(), send))
            .child(button(Look::Line, shared::never_mind(), move || open.set(false)))
            .done();
        el("div", "")
            .child(el("p", "").text(words::invite_hint()).done())
            .child(field("staff-phone", shared::phone(), "", tel, phone_error))
            .child(field("staff-name", shared::name(), "", called, name_error))
            .child(el("div", "section").child(roles).done())
            .child(live(move || match &*role.get() {
                "admin" => nothing(),
                "office" => bench.with_value(|bench| {
                    let chosen = area.get_untracked();
                    let then = move |id: AreaId| area.set(id.0);
                    tree::areas(words::where_(), &bench.areas, &below(bench), &chosen, then)
                }),
                _ => bench.with_value(|bench| {
                    let chosen = CentreId(centre.get_untracked());
                    tree::centres(words::where_(), bench, &chosen, move |id| centre.set(id.0))
                }),
            }))
            .child(act.says())
            .child(buttons)
            .done()
    })
}

/// The areas to whose offices one appoints.
fn below(bench: &Workbench) -> Vec<&Area> {
    let appoints = |area: &&Area| {
        let office = Post::Office(area.id.clone());
        bench.posts.iter().any(|own| own.appoints(&office, &area.way))
    };
    bench.areas.iter().filter(appoints).collect()
}
