//! Small, usual and large phones, words half as large again, both versions: nothing scrolls sideways,
//! nothing is cut off, nothing overlaps, and everything that is tapped is large enough.

use std::fmt::Write;

use serde_json::json;

use super::{
    house::House,
    phone::Phone,
    screens::{self, Screen},
};

const WIDTHS: [u32; 3] = [320, 375, 412];
const SIZES: [f64; 2] = [1.0, 1.5];

#[test]
fn every_screen_fits_every_phone() {
    fits("", [44, 48]);
}

#[test]
fn every_screen_fits_every_phone_in_elder_mode() {
    fits("view=elder", [44, 60]);
}

#[test]
fn every_screen_fits_every_phone_in_english() {
    fits("lang=en", [44, 48]);
}

#[test]
fn what_does_not_fit_would_be_found() {
    let house = House::new();
    let phone = Phone::new(&house);
    phone.opens("/");
    let measure = || phone.run_with(include_str!("layout.js"), &json!([44, 48])).to_string();
    assert_eq!(measure(), "[]");
    for (spoil, told) in [
        ("document.querySelector('.cells').style.width = '500px'", "px too wide"),
        ("document.querySelector('.tile').style.cssText = 'min-height: 0; height: 30px'", "30.0 px high"),
        (
            "Object.assign(document.querySelector('h2').style, { height: '8px', overflow: 'hidden' })",
            "is clipped",
        ),
        ("document.querySelector('.cell-note').style.marginTop = '-24px'", "lies over"),
        ("document.querySelector('main').style.paddingBottom = 0", "lie under the bar"),
    ] {
        phone.opens("/");
        phone.run(spoil);
        assert!(measure().contains(told), "{spoil}: {}", measure());
    }
}

fn fits(cookie: &str, targets: [u32; 2]) {
    let house = House::new();
    let (me, mine) = screens::all(&house);
    let mut told = String::new();
    for (phone, screens) in [(Phone::of(&house, &me), mine), (Phone::new(&house), screens::of_a_stranger())] {
        if !cookie.is_empty() {
            phone.has_cookie(cookie);
        }
        for screen in &screens {
            screen.show(&phone, usize::from(cookie == "lang=en"));
            look(&phone, screen, targets, &mut told);
        }
    }
    assert!(told.is_empty(), "{} faults:\n{told}", told.lines().count());
}

fn look(phone: &Phone, screen: &Screen, targets: [u32; 2], told: &mut String) {
    for size in SIZES {
        for width in WIDTHS {
            phone.is_wide(width, size);
            let faults = phone.run_with(include_str!("layout.js"), &json!(targets));
            for fault in faults.as_array().into_iter().flatten() {
                let fault = fault.as_str().unwrap_or_default();
                let _ = writeln!(told, "{} at {width} px × {size}: {fault}", screen.name());
            }
        }
    }
    phone.is_wide(375, 1.0);
}
