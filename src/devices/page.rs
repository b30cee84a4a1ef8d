//! The page of the devices.

use domain::{
    device::{
        Device, DeviceLine, Devices,
        api::{EndDevice, EndOtherDevices, ListDevices},
    },
    failure::Problem,
    id::DeviceId,
    screen::Screen,
    time::CHINA,
};
use leptos::prelude::*;

use super::words;
use crate::{
    call::Trouble,
    session, trouble,
    ui::{
        Act, Cell, Look, Page, Question, Tone, View, button, button::button_el, cells, confirm, el, load,
        nothing, section, tag,
    },
    words as common,
};

/// What is about to be signed out.
#[derive(Clone, Copy)]
struct Ending {
    act: Act,
    one: RwSignal<Option<Device>>,
    asking: RwSignal<bool>,
    others: RwSignal<bool>,
}

/// The devices, for who is signed in.
pub fn devices_page() -> View {
    let page = Page::new(words::devices()).back(words::settings(), Screen::Settings.path());
    if !session::signed_in() {
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    let ending = Ending {
        act: Act::new(CHINA),
        one: RwSignal::new(None),
        asking: RwSignal::new(false),
        others: RwSignal::new(false),
    };
    page.lede(words::lede())
        .with(load::<ListDevices>(&(), move |all| list(&all, ending)))
        .with(ask_one(ending))
        .with(ask_others(ending))
        .done()
}

fn list(all: &Devices, ending: Ending) -> View {
    let mut devices: Vec<View> = all.devices.iter().map(|device| cell(device, ending)).collect();
    devices.extend(all.wechat.map(|since| {
        let since = words::wechat_since(&common::moment(since, CHINA));
        Cell::new(words::wechat()).icon("me").note(since).to(Screen::Settings.path()).arrow().done()
    }));
    let others = if all.wechat.is_some() || all.devices.iter().any(|device| !device.here) {
        button(Look::Line, words::end_others(), move || ending.others.set(true))
    } else {
        nothing()
    };
    let lines = all.lines.iter().map(line).collect::<Vec<_>>();
    let story = if lines.is_empty() {
        nothing()
    } else {
        section(
            words::story(),
            None,
            vec![cells(lines), el("p", "section small").text(words::not_me()).done()],
        )
    };
    el("div", "")
        .child(el("div", "section stack").child(cells(devices)).child(others).done())
        .child(story)
        .done()
}

fn cell(device: &Device, ending: Ending) -> View {
    let name = words::look(device.look);
    let since = words::since(&common::moment(device.made, CHINA));
    let cell = Cell::new(name.clone()).icon("device").note(since);
    if device.here {
        return cell.end(tag(Tone::Open, words::here())).done();
    }
    let one = device.clone();
    let end = button_el(Look::SlimLine, move || {
        ending.one.set(Some(one.clone()));
        ending.asking.set(true);
    })
    .attr("aria-label", words::end_which(&name))
    .text(words::end())
    .done();
    let seen = if device.seen == device.made {
        String::new()
    } else {
        words::seen(&common::moment(device.seen, CHINA))
    };
    cell.note(seen).end(end).done()
}

fn line(line: &DeviceLine) -> View {
    Cell::new(words::step(line.step, &words::look(line.look))).note(common::moment(line.at, CHINA)).done()
}

fn ask_one(ending: Ending) -> View {
    crate::ui::live(move || {
        let Some(device) = ending.one.get() else { return nothing() };
        let question = Question {
            title: words::end_title(),
            words: words::end_words(&words::look(device.look)),
            yes: words::end(),
            meanwhile: words::ending(),
            no: words::stay(),
        };
        let id: DeviceId = device.id;
        confirm(ending.asking, question, ending.act, move || {
            ending.act.send_onto::<EndDevice, ListDevices>(
                id.clone(),
                (),
                &[],
                |_| (),
                move |_| {
                    ending.asking.set(false);
                },
            );
        })
    })
}

fn ask_others(ending: Ending) -> View {
    let question = Question {
        title: words::others_title(),
        words: words::others_words().to_owned(),
        yes: words::end(),
        meanwhile: words::ending(),
        no: words::stay(),
    };
    confirm(ending.others, question, ending.act, move || {
        ending.act.send_onto::<EndOtherDevices, ListDevices>(
            (),
            (),
            &[],
            |_| (),
            move |_| {
                ending.others.set(false);
            },
        );
    })
}
