//! Words of what is over or was given back.

use domain::text::Lang;

use crate::lang::{lang, t};

pub fn declined() -> &'static str {
    t("您没要这个名额", "You let it go")
}

pub fn declined_note() -> &'static str {
    t("名额让出来了，谢谢您说一声。", "The place is free again. Thank you for telling us.")
}

pub fn stopped() -> &'static str {
    t("不再排了", "No longer waiting")
}

pub fn stopped_note() -> &'static str {
    t("按您说的时间，不再为您排队了。", "As you wished, you are not asked any more.")
}

pub fn lapsed() -> &'static str {
    t("没等到您的答复", "There was no answer")
}

pub fn lapsed_note() -> &'static str {
    t(
        "名额为您留过，时间到了就让出来了。想来的话，可以重新排。",
        "The place was held for you until the time was up. You are welcome to wait again.",
    )
}

pub fn withdrawn() -> &'static str {
    t("中心取消了这一次", "The centre had to cancel")
}

pub fn withdrawn_note(centre: &str) -> String {
    match lang() {
        Lang::Zh => format!("很抱歉，{centre}没能留住您的名额。有疑问请打电话。"),
        Lang::En => {
            format!("We are sorry: {centre} could not keep your place. Please call with any question.")
        }
    }
}

pub fn reason() -> &'static str {
    t("原因", "Why")
}

pub fn missed() -> &'static str {
    t("这次没签到", "You were not checked in")
}

/// `fades` is a date.
pub fn missed_note(fades: &str) -> String {
    match lang() {
        Lang::Zh => format!(
            "到点没签到，位置先给在场的邻居用。这次会记 30 天，{fades}自动消掉。来不了时先取消，就不会记。"
        ),
        Lang::En => format!(
            "You were not checked in in time: neighbours who are there go first. This is kept for 30 days, until {fades}. Cancelling in time leaves no mark."
        ),
    }
}

pub fn attended() -> &'static str {
    t("去过了", "You came")
}

pub fn attended_note() -> &'static str {
    t("谢谢您来。", "Thank you for coming.")
}

pub fn not_reached() -> &'static str {
    t("这次没轮到", "It was not your turn")
}

pub fn not_reached_note() -> &'static str {
    t(
        "直到开始都没轮到您。您没有占用任何次数。",
        "It started before it was your turn. It does not count against your share.",
    )
}

pub fn restore_note() -> &'static str {
    t(
        "点错了？现在可以恢复。要是名额已经给了后面的邻居，您就排在候补最前面。",
        "By mistake? You can have it back. If the place has gone on already, you are first in line.",
    )
}

pub fn restore() -> &'static str {
    t("恢复", "Take it back")
}

pub fn restoring() -> &'static str {
    t("正在恢复…", "Taking it back…")
}

pub fn still(left: &str) -> String {
    match lang() {
        Lang::Zh => format!("还有 {left}可以恢复"),
        Lang::En => format!("Possible for {left}"),
    }
}
