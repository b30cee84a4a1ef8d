//! Words of waiting, and of being offered what others gave back.

use domain::{
    booking::{Odds, Passed},
    text::Lang,
};

use super::likely;
use crate::lang::{lang, t};

pub fn title(position: u32) -> String {
    match lang() {
        Lang::Zh => format!("候补第 {position} 位"),
        Lang::En => format!("Number {position} on the waitlist"),
    }
}

pub fn before() -> &'static str {
    t("候补第", "On the waitlist, number")
}

/// Above the number of those before one in line for a bed.
pub fn before_bed() -> &'static str {
    t("排队候床 · 前面", "Waiting for a bed · before you")
}

pub fn how_bed() -> &'static str {
    t("有床空出来，就按顺序问您", "When a bed comes free, whoever waits is asked in order")
}

pub fn hold_bed() -> &'static str {
    t(
        "轮到您时没有短信：请常来“我的 → 消息”看看，前台也会打电话。床位先为您留几天，留到什么时候写在这里；想先看看房间，可以约参观。",
        "No text message is sent: please look under Mine → Messages often; the desk rings, too. The bed is held for some days, until when is said here. To see the rooms first, book a visit.",
    )
}

pub fn after(receipt: &str) -> String {
    match lang() {
        Lang::Zh => format!("位 · 回执 {receipt}"),
        Lang::En => format!("Receipt {receipt}"),
    }
}

pub fn chance(odds: Odds) -> &'static str {
    match odds.times {
        0 => t("以前还没轮到过这个位置", "So far it never came to this place"),
        _ if odds.times == odds.of => t("以前每次都轮到了", "So far it always came to this place"),
        _ if likely(odds) => t("多半能轮到", "It is likely to be your turn"),
        _ => t("有机会，但不大", "There is a chance, a small one"),
    }
}

/// `过去 12 次里，有 9 次轮到了第 4 位。`
pub fn odds(odds: Odds, position: u32) -> String {
    let Odds { of, times } = odds;
    match lang() {
        Lang::Zh => format!("过去 {of} 次里，有 {times} 次轮到了第 {position} 位。"),
        Lang::En => format!("Of the last {of} times, number {position} had a turn {times} times."),
    }
}

pub fn how() -> &'static str {
    t("有人不来，就按顺序轮到您", "When somebody cancels, it is the next one’s turn")
}

pub fn hold() -> &'static str {
    t(
        "轮到您时没有短信，请常来“我的 → 消息”看看。轮到了，名额先为您留着，白天一般两小时，等您点“我要了”；夜里 10 点到早上 8 点不计时。关掉页面，排队的位置不会丢。",
        "No text message is sent: please look under Mine → Messages often. When it is your turn the place is held until you say yes, by day for two hours as a rule; the time from 22:00 to 8:00 does not count. Closing the page does not lose your place in line.",
    )
}

pub fn passed(passed: Passed) -> String {
    let Passed { needs, free, later } = passed;
    match (lang(), later) {
        (Lang::Zh, 0) => format!(
            "现在空着 {free} 个，您家要 {needs} 个，不够一起进，可能先轮到后面人少的。您的位置不变，凑够 {needs} 个先给您。"
        ),
        (Lang::Zh, _) => format!(
            "空出来的位子不够您家 {needs} 个一起进，先轮到了后面人少的 {later} 家。您的位置不变，凑够 {needs} 个先给您。"
        ),
        (Lang::En, 0) => format!(
            "{free} free now, and you need {needs}: not enough for all of you, so a smaller party may go first. You keep your place in line."
        ),
        (Lang::En, _) => format!(
            "There was not room for all {needs} of you at once, so {later} smaller went first. You keep your place in line: the next {needs} are yours."
        ),
    }
}

pub fn stop() -> &'static str {
    t("过了某天就不用再问我", "Stop asking me after a day")
}

pub fn change_stop() -> &'static str {
    t("改一下", "Change it")
}

pub fn stop_title() -> &'static str {
    t("什么时候以后不用再问您？", "Until when may we ask you?")
}

pub fn stop_note() -> &'static str {
    t(
        "到那时还没轮到，就不再排了，名额直接问后面的邻居。随时可以改。",
        "If it was not your turn by then, the next neighbour is asked instead. You can change it at any time.",
    )
}

pub fn stop_after(when: &str) -> String {
    match lang() {
        Lang::Zh => format!("{when}以后不用再问我"),
        Lang::En => format!("Not after {when}"),
    }
}

pub fn stops(when: &str) -> String {
    match lang() {
        Lang::Zh => format!("好的，{when}以后不再问您。"),
        Lang::En => format!("We will not ask you after {when}."),
    }
}

pub fn never_stop() -> &'static str {
    t("一直等到开始", "Wait until it starts")
}

pub fn leave_it() -> &'static str {
    t("先不改", "Leave it")
}

pub fn your_turn() -> &'static str {
    t("轮到您了", "It is your turn")
}

pub fn your_turn_lede(stay: bool) -> &'static str {
    if stay {
        return t("有床空出来了，先给您留着。", "A bed has come free, and is held for you.");
    }
    t("有邻居来不了，名额先给您留着。", "A neighbour cannot come, and the place is held for you.")
}

pub fn held_until(when: &str) -> String {
    match lang() {
        Lang::Zh => format!("为您留到{when}，还有"),
        Lang::En => format!("Held for you until {when}, that is"),
    }
}

pub fn still(left: &str) -> String {
    match lang() {
        Lang::Zh => format!("还有 {left}"),
        Lang::En => format!("{left} left"),
    }
}

pub fn night() -> &'static str {
    t("夜里 10 点到早上 8 点不计时，已经算进去了", "The time from 22:00 to 8:00 does not count against you")
}

pub fn take() -> &'static str {
    t("我要了", "Yes, I take it")
}

pub fn taking() -> &'static str {
    t("正在确认…", "Confirming…")
}

pub fn decline() -> &'static str {
    t("不要了", "No, thank you")
}

pub fn time_is_up() -> &'static str {
    t("时间到了，正在看名额还在不在…", "Time is up: looking whether it is still there…")
}
