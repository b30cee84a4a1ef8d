//! Words of moving a meeting or calling it off.

use domain::{
    text::Lang,
    time::{Moment, Zone},
};

use crate::{
    lang::{lang, t},
    words as common,
};

/// On the button, where there are several meetings.
pub fn change_one() -> &'static str {
    t("改时间或停一次", "Move it or call it off")
}

/// On the button, where there is one.
pub fn change_only() -> &'static str {
    t("改时间", "Move to another time")
}

pub fn title() -> &'static str {
    t("改时间或停一次", "Another time, or off")
}

pub fn told() -> &'static str {
    t(
        "名单上和候补里的每一家都会收到消息，写明新的时间和原因。名额都保留。",
        "Everybody on the list and in the queue is told the new time and why. All places stay.",
    )
}

pub fn which(number: u32) -> String {
    match lang() {
        Lang::Zh => format!("第 {number} 次 · "),
        Lang::En => format!("Meeting {number} · "),
    }
}

pub fn what() -> &'static str {
    t("怎么改", "What to do")
}

pub fn move_it() -> &'static str {
    t("换个时间", "Another time")
}

pub fn call_it_off() -> &'static str {
    t("停一次", "Call it off")
}

pub fn day() -> &'static str {
    t("新的日期", "New day")
}

pub fn from() -> &'static str {
    t("几点开始", "From")
}

pub fn to() -> &'static str {
    t("几点结束", "To")
}

pub fn no_time() -> &'static str {
    t("请填好日期、开始和结束的时间。", "Please fill in the day, and from when to when.")
}

pub fn reason() -> &'static str {
    t("原因", "Reason")
}

pub fn reason_hint() -> &'static str {
    t("4 到 200 个字，会原样发给每一家。", "4 to 200 characters; everybody is told it as you write it.")
}

/// Reasons that come up again and again.
pub fn reasons() -> [&'static str; 3] {
    [
        t("老师生病了", "The teacher is ill"),
        t("台风天气，安全第一", "A typhoon: safety first"),
        t("场地临时要用", "The room is needed"),
    ]
}

pub fn yes() -> &'static str {
    t("改好，通知大家", "Change it and tell everybody")
}

pub fn changing() -> &'static str {
    t("正在改…", "Changing…")
}

/// Who has something else at the new time.
pub fn clashes(count: usize, names: &[String]) -> String {
    let names = common::and(names);
    match lang() {
        Lang::Zh => format!("{count} 户那时有别的约：{names}。仍然可以改，消息里会告诉他们撞上了什么。"),
        Lang::En => format!(
            "{count} have something else then: {names}. You can still move it; they are told what it clashes with."
        ),
    }
}

pub fn is_off() -> &'static str {
    t(
        "这一次停了，不用来。想恢复，改到原来的时间就行。",
        "This meeting is off. To have it after all, move it to its time.",
    )
}

pub fn was_moved(planned: Moment, zone: Zone) -> String {
    let was = common::moment(planned, zone);
    match lang() {
        Lang::Zh => format!("改过时间，原定{was}"),
        Lang::En => format!("Moved from {was}"),
    }
}
