//! What is kept of everybody, as the server's own list says it.

use domain::{
    privacy::{Holding, Policy, api::GetPolicy},
    screen::Screen,
};

use super::{fold::fold, words};
use crate::{
    lang::say,
    ui::{Page, Tone, View, cells, el, fact, facts, load, nothing, section, tag, text},
};

/// The page, for everybody.
pub fn policy_page() -> View {
    Page::new(words::policy())
        .back(words::settings(), Screen::Settings.path())
        .lede(words::policy_lede())
        .with(load::<GetPolicy>(&(), |policy| list(&policy)))
        .done()
}

fn list(policy: &Policy) -> View {
    let groups = policy.groups.iter().map(|group| {
        let items = group.items.iter().cloned().map(item).collect();
        section(&say(&group.title), None, vec![cells(items)])
    });
    el("div", "").children(groups.collect()).done()
}

fn item(holding: Holding) -> View {
    let sealed = if holding.sealed { tag(Tone::Open, words::sealed()) } else { nothing() };
    let (title, why) = (say(&holding.title), say(&holding.why));
    fold(title, why, sealed, move || {
        let holds: Vec<String> = holding.holds.iter().map(say).collect();
        facts(vec![
            fact(words::holds(), text(holds.join(words::and()))),
            fact(words::kept(), text(say(&holding.kept))),
            fact(words::after(), text(say(&holding.after))),
        ])
    })
}
