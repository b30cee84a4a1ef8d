//! Words of entering somebody into a draw.

use domain::{
    text::Lang,
    time::{Moment, Zone},
};

use crate::{
    lang::{lang, t},
    words as common,
};

pub fn title() -> &'static str {
    t("抽签报名", "Draws")
}

pub fn until(closes: Moment, zone: Zone) -> String {
    let time = common::moment(closes, zone);
    match lang() {
        Lang::Zh => format!("报名到{time}，到时抽签"),
        Lang::En => format!("Open until {time}, then the lots are drawn"),
    }
}

pub fn enter() -> &'static str {
    t("代报名", "Enter somebody")
}

pub fn phone() -> &'static str {
    t("手机号或关爱号", "Mobile number, or the number on the slip")
}

pub fn phone_hint() -> &'static str {
    t(
        "抽签要认得出是哪一家，一家一次机会。没有手机的，先在“没有手机的老人”里给一个关爱号。",
        "A household has one chance, and is known by its number. Without a phone, give a number on a slip first.",
    )
}

pub fn name() -> &'static str {
    t("谁来上课", "Who comes")
}

pub fn born_hint() -> &'static str {
    t("有年龄要求的，写成 2018-03-01。", "Where there is an age limit; as 2018-03-01.")
}

pub fn wishes() -> &'static str {
    t("想上哪些课，最想的先点", "Which classes; tap the dearest first")
}

/// The classes in their order.
pub fn order(named: &[&str]) -> String {
    if named.is_empty() {
        return t("还没有选课。", "No class yet.").to_owned();
    }
    let numbered: Vec<String> = named.iter().zip(1..).map(|(title, at)| format!("{at}. {title}")).collect();
    numbered.join("  ")
}

/// Why the desk does it.
pub fn note() -> &'static str {
    t("电话或前台报名抽签", "Entered a draw by telephone or at the desk")
}

pub fn enter_yes() -> &'static str {
    t("报名抽签", "Enter")
}

pub fn entering() -> &'static str {
    t("正在报名…", "Entering…")
}

pub fn tag() -> &'static str {
    t("抽签号", "Number in the draw")
}

pub fn entered(when: &str) -> String {
    match lang() {
        Lang::Zh => format!("报上了。{when}抽签，结果请打电话或到前台问；先报后报机会一样。"),
        Lang::En => {
            format!("Entered. The lots are drawn {when}; ask for the result by telephone or at the desk.")
        }
    }
}

pub fn next() -> &'static str {
    t("再报一位", "Enter another")
}
