//! What a machine can tell of accessibility: axe finds nothing serious on any screen, in both versions.

use std::fs;

use serde_json::Value;

use super::{house::House, phone::Phone, screens, settings};

/// Runs axe, and gives back what is wrong as impact, rule and places.
const RUN: &str = "const done = arguments[arguments.length - 1];
    const place = (node) => node.html.slice(0, 200) + ' ' + node.failureSummary;
    axe.run(document, { resultTypes: ['violations'] }).then(
        (found) => done(found.violations.map((one) => [one.impact, one.id, one.nodes.map(place)])),
        (error) => done(String(error)),
    );";

#[test]
fn axe_would_find_what_is_wrong() {
    let axe = fs::read_to_string(settings::axe()).expect("axe");
    let house = House::new();
    let phone = Phone::new(&house);
    phone.opens("/");
    phone.run("document.querySelector('.home-head .button-icon').removeAttribute('aria-label')");
    phone.run("document.querySelector('.cell-note').style.color = '#ccc'");
    phone.run(&axe);
    let told = serious(&phone.run_patiently(RUN)).collect::<Vec<_>>().join("\n");
    assert!(told.contains("link-name") && told.contains("color-contrast"), "{told}");
}

#[test]
fn axe_finds_nothing_serious_on_any_screen() {
    examine("");
}

#[test]
fn axe_finds_nothing_serious_in_elder_mode() {
    examine("view=elder");
}

fn examine(cookie: &str) {
    let axe = fs::read_to_string(settings::axe()).expect("axe");
    let house = House::new();
    let (me, mine) = screens::all(&house);
    let mut told = Vec::new();
    for (phone, screens) in [(Phone::of(&house, &me), mine), (Phone::new(&house), screens::of_a_stranger())] {
        if !cookie.is_empty() {
            phone.has_cookie(cookie);
        }
        for screen in screens {
            screen.show(&phone, 0);
            phone.run(&axe);
            let found = phone.run_patiently(RUN);
            told.extend(serious(&found).map(|fault| format!("{}: {fault}", screen.name())));
        }
    }
    assert!(told.is_empty(), "{} faults:\n{}", told.len(), told.join("\n"));
}

fn serious(found: &Value) -> impl Iterator<Item = String> {
    let list = found.as_array().expect("a list of what is wrong");
    let bad = |one: &&Value| matches!(one[0].as_str(), Some("serious" | "critical"));
    list.iter().filter(bad).map(|one| format!("{} {} {}", one[0], one[1], one[2]))
}
