//! Words of the circle at the desk.

use domain::{
    circle::Scope,
    text::Lang,
    time::{CHINA, Moment},
};

use crate::{
    lang::{lang, t},
    words,
};

pub fn lede() -> &'static str {
    t(
        "老人没有手机，人在柜台：给他开一个关爱圈，打一张纸条。家人凭纸条上的码替他看、替他办。",
        "An elder without a phone stands here: open a circle, print a slip. With its code a relative acts for them.",
    )
}

pub fn reason() -> &'static str {
    t("为什么办", "Why")
}

pub fn reason_hint() -> &'static str {
    t(
        "至少 4 个字，会留在记录里。比如：老人在柜台，女儿在外地。",
        "Four characters at least; it stays on record.",
    )
}

pub fn find_title() -> &'static str {
    t("已经有纸条的", "Who has a slip")
}

pub fn card() -> &'static str {
    t("关爱号", "Number")
}

pub fn card_hint() -> &'static str {
    t("纸条上的 8 位数字", "Eight digits on the slip")
}

pub fn find() -> &'static str {
    t("找到老人", "Find")
}

pub fn finding() -> &'static str {
    t("正在找…", "Looking…")
}

pub fn open_title() -> &'static str {
    t("第一次来的", "Who comes for the first time")
}

pub fn elder_name() -> &'static str {
    t("老人姓名", "Name of the elder")
}

pub fn born_hint() -> &'static str {
    t("写成 1941-05-01，可以空着。", "As 1941-05-01; may be left empty.")
}

pub fn relative() -> &'static str {
    t("老人怎么称呼家人", "What they call the relative")
}

pub fn relative_hint() -> &'static str {
    t("比如：女儿", "Such as: my daughter")
}

pub fn may_what() -> &'static str {
    t("家人可以", "The relative may")
}

pub fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Act => t("帮忙办事", "Do things"),
        Scope::See => t("只看看", "Look only"),
    }
}

pub fn open() -> &'static str {
    t("开关爱圈", "Open the circle")
}

pub fn opening() -> &'static str {
    t("正在办…", "One moment…")
}

pub fn nobody() -> &'static str {
    t("家人还没有进来。", "No relative yet.")
}

pub fn members() -> &'static str {
    t("谁能替老人办事", "Who may act")
}

pub fn another() -> &'static str {
    t("再请一位家人", "Another relative")
}

pub fn invite() -> &'static str {
    t("做一个邀请码", "Make a code")
}

pub fn log() -> &'static str {
    t("办过什么", "What was done")
}

pub fn end() -> &'static str {
    t("停", "Stop")
}

pub fn print_slip() -> &'static str {
    t("打印纸条", "Print the slip")
}

pub fn next() -> &'static str {
    t("下一位", "Next")
}

pub fn code_for(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("给{name}的邀请码"),
        Lang::En => format!("Code for {name}"),
    }
}

pub fn spaced(code: &str) -> String {
    match code.split_at_checked(4) {
        Some((first, rest)) => format!("{first} {rest}"),
        None => code.to_owned(),
    }
}

pub fn good_until(lapses: Moment) -> String {
    let until = words::moment(lapses, CHINA);
    match lang() {
        Lang::Zh => format!("{until}前有效，只能用一次"),
        Lang::En => format!("Good once, before {until}"),
    }
}

pub fn slip_title() -> &'static str {
    t("家门口 · 关爱圈", "Doorstep · Circle of care")
}

pub fn slip_card() -> &'static str {
    t(
        "打电话或到前台，报这个号码就能办。请收好。",
        "Say this number on the telephone or at the desk. Keep it safe.",
    )
}

pub fn slip_code() -> &'static str {
    t(
        "家人打开“我的 → 关爱圈 → 我有邀请码”，填上就能替您办。不要给不认识的人。",
        "The relative enters it under Mine → Circle of care → I have a code. Never give it to strangers.",
    )
}

pub fn slip_stop() -> &'static str {
    t("不想让谁办了，到前台说一声，马上就停。", "To stop it, tell the desk: it ends at once.")
}
