//! Words of wishes.

use domain::{
    text::Lang,
    wish::{Category, LONGEST, StepKind, Wish},
};

use crate::{
    clock::now,
    lang::{lang, t},
    words::{date, wish_number},
};

pub fn wishes() -> &'static str {
    t("邻里心愿", "Neighbours’ wishes")
}

pub fn volunteer() -> &'static str {
    t("志愿", "Volunteer")
}

pub fn lede() -> &'static str {
    t("每个心愿都有编号，能看到办到哪一步", "Every wish has a number and can be followed")
}

pub fn lede_of(centre: &str) -> String {
    format!("{centre} · {}", t("每个心愿都有编号", "every wish has a number"))
}

pub fn new() -> &'static str {
    t("说个心愿", "Make a wish")
}

pub fn filter() -> &'static str {
    t("办到哪一步", "How far it is")
}

pub fn all() -> &'static str {
    t("全部", "All")
}

pub fn done() -> &'static str {
    t("办成的", "Done")
}

pub fn under_way() -> &'static str {
    t("在办", "Under way")
}

pub fn fresh() -> &'static str {
    t("新提的", "New")
}

pub fn none() -> &'static str {
    t("还没有心愿。您来说第一个吧。", "No wishes yet. Make the first one.")
}

pub fn none_such() -> &'static str {
    t("这一类还没有。", "None of these yet.")
}

/// Under the number of neighbours.
pub fn neighbours(count: u32) -> &'static str {
    if count == 1 { t("位邻居", "neighbour") } else { t("位邻居", "neighbours") }
}

pub fn title(number: u32) -> String {
    match lang() {
        Lang::Zh => format!("心愿 {number:04}"),
        Lang::En => format!("Wish {number:04}"),
    }
}

/// Under a wish: `6月3日 · 编号 0186`.
pub fn about(wish: &Wish) -> String {
    format!("{} · {}", day(wish), wish_number(wish.number))
}

/// The day on which it was made.
pub fn day(wish: &Wish) -> String {
    date(wish.made.day(wish.zone), now().day(wish.zone))
}

pub fn category(category: Category) -> &'static str {
    match category {
        Category::Place => t("环境设施", "Streets and places"),
        Category::Safety => t("安全", "Safety"),
        Category::Elders => t("老人", "Elders"),
        Category::Children => t("孩子", "Children"),
        Category::Culture => t("文体活动", "Culture and sport"),
        Category::Other => t("别的", "Something else"),
    }
}

pub fn form_lede() -> &'static str {
    t("每个心愿都有编号，走到哪一步都看得到", "It gets a number, and you can see how far it has come")
}

pub fn to(centre: &str) -> String {
    match lang() {
        Lang::Zh => format!("说给 {centre}"),
        Lang::En => format!("To {centre}"),
    }
}

pub fn other_centre() -> &'static str {
    t("换个中心", "Another centre")
}

pub fn what_about() -> &'static str {
    t("关于哪方面", "What about")
}

pub fn your_wish() -> &'static str {
    t("您的心愿", "Your wish")
}

pub fn example() -> &'static str {
    t("谁需要、在哪里、最好什么时候", "Who needs it, where, and when it would be best")
}

pub fn hint() -> &'static str {
    t(
        "邻居们都能看到，不会显示您是谁。请不要写姓名、电话和门牌号。",
        "Everybody can read it; nobody sees that it is from you. Please leave out names, numbers and flat numbers.",
    )
}

pub fn count(length: usize) -> String {
    format!("{length} / {LONGEST}")
}

pub fn submit() -> &'static str {
    t("提交心愿", "Send it")
}

pub fn submit_signed_out() -> &'static str {
    t("登录后提交", "Sign in to send it")
}

pub fn submit_signed_out_note() -> &'static str {
    t("您写的会留着，登录回来点一下就提交。", "What you wrote stays here: sign in, come back and send it.")
}

pub fn submitting() -> &'static str {
    t("正在提交…", "Sending…")
}

pub fn said(number: u32) -> String {
    match lang() {
        Lang::Zh => format!("社区收到了。编号 {number:04}，可以随时回来看进展。"),
        Lang::En => {
            format!("The centre has it. Its number is {number:04}; come back any time to see how far it is.")
        }
    }
}

pub fn want() -> &'static str {
    t("我也想要", "Me too")
}

pub fn wanting() -> &'static str {
    t("正在记下…", "Adding you…")
}

pub fn want_note() -> &'static str {
    t("想要的邻居越多，社区越清楚先办什么。", "The more neighbours join in, the clearer what comes first.")
}

pub fn wanted() -> &'static str {
    t("已经记下，您也想要。", "You have joined in.")
}

pub fn progress() -> &'static str {
    t("办到哪一步了", "How far it is")
}

pub fn submitted() -> &'static str {
    t("已提交", "Sent")
}

pub fn step(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Accepted => t("社区接下了", "The centre took it on"),
        StepKind::Done => t("办好了", "Done"),
        StepKind::Declined => t("社区答复：暂时办不了", "The centre’s answer: not possible now"),
        StepKind::Withdrawn => t("提的人收回了", "Taken back by its maker"),
    }
}

pub fn answer_to_come() -> &'static str {
    t("等社区答复", "Waiting for the centre’s answer")
}

pub fn done_to_come() -> &'static str {
    t("办好了会写在这里", "What was done will stand here")
}

pub fn withdraw() -> &'static str {
    t("收回这个心愿", "Take it back")
}

pub fn withdraw_title() -> &'static str {
    t("收回这个心愿吗？", "Take it back?")
}

pub fn withdraw_words() -> &'static str {
    t(
        "收回以后，邻居们就看不到它了。以后还可以再说一个新的。",
        "Neighbours will not see it any more. You can make another one later.",
    )
}

pub fn withdraw_yes() -> &'static str {
    t("收回", "Take it back")
}

pub fn withdrawing() -> &'static str {
    t("正在收回…", "Taking it back…")
}

pub fn withdraw_no() -> &'static str {
    t("留着", "Keep it")
}
