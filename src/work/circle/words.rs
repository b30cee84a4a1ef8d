//! Words of the circle at the desk.

use domain::{
    circle::{Scope, moves::Moved},
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

pub fn lost_title() -> &'static str {
    t("纸条丢了的", "Who has lost the slip")
}

pub fn lost_name() -> &'static str {
    t("当时登记的姓名", "Name, as it was given")
}

pub fn lost_born() -> &'static str {
    t("当时说的出生日期", "Date of birth, as it was given")
}

pub fn lost_born_hint() -> &'static str {
    t(
        "写成 1941-05-01；当时没说的空着。请先看身份证。",
        "As 1941-05-01; empty if it was not said. Please look at the identity card first.",
    )
}

pub fn find_lost() -> &'static str {
    t("按姓名找", "Find by name")
}

pub fn replace_title() -> &'static str {
    t("纸条丢了、坏了", "A lost slip")
}

pub fn replace_words() -> &'static str {
    t(
        "给一个新号码。旧号码和旧邀请码马上作废，家人和预约都不变。",
        "A new number. The old one and an old code are void at once; relatives and bookings stay.",
    )
}

pub fn replace() -> &'static str {
    t("换一张纸条", "A new slip")
}

pub fn replaced() -> &'static str {
    t("换好了，旧号码作废了。请打印新纸条。", "Done, the old number is void. Please print the new slip.")
}

pub fn move_title() -> &'static str {
    t("老人有手机了", "They have a phone now")
}

pub fn move_words() -> &'static str {
    t(
        "验证码发到老人的手机上，请老人念出来。换好以后用手机号登录，家人和预约都还在，关爱号作废。",
        "A code goes to their phone, and they read it out. From then on they sign in with the phone; relatives and bookings stay, the number is void.",
    )
}

pub fn new_phone() -> &'static str {
    t("老人的手机号", "Their mobile number")
}

pub fn send_code() -> &'static str {
    t("发验证码", "Send a code")
}

pub fn sending() -> &'static str {
    t("正在发…", "Sending…")
}

pub fn demo(code: &str) -> String {
    match lang() {
        Lang::Zh => format!("演示环境，不发短信。验证码：{code}"),
        Lang::En => format!("This is a demo and sends no message. The code: {code}"),
    }
}

pub fn code() -> &'static str {
    t("老人念的 6 位数字", "The 6 digits they read out")
}

pub fn code_hint() -> &'static str {
    t("5 分钟内有效。", "Good for 5 minutes.")
}

pub fn move_yes() -> &'static str {
    t("换成手机号", "Use the phone")
}

pub fn moved(moved: &Moved) -> String {
    let Moved { name, phone } = moved;
    match lang() {
        Lang::Zh => format!("换好了：{name}以后用 {phone} 登录，关爱号作废了。"),
        Lang::En => format!("Done: {name} signs in with {phone} from now on; the number is void."),
    }
}

pub fn erase_title() -> &'static str {
    t("删除资料", "Erase everything")
}

pub fn erase() -> &'static str {
    t("老人要删除资料", "They want it erased")
}

pub fn erase_words() -> &'static str {
    t(
        "还没开始的预约马上取消，名额给邻居，家人也不能再替办。7 天里来说一声就不删；过了 7 天，姓名、生日、家人这些全部删掉，找不回来。",
        "What is ahead is cancelled at once, and relatives act no more. Within seven days a word stops it; after that names, birthdays and relatives are gone for good.",
    )
}

pub fn erase_yes() -> &'static str {
    t("确认删除", "Erase")
}

pub fn leaving(until: Moment) -> String {
    let until = words::moment(until, CHINA);
    match lang() {
        Lang::Zh => format!("资料将在{until}删除。在这之前本人说一声，就不删了。"),
        Lang::En => format!("Everything is erased {until}. Before that a word of theirs stops it."),
    }
}

pub fn stay() -> &'static str {
    t("本人说不删了", "They want it to stay")
}

pub fn stays() -> &'static str {
    t("好的，资料不删了。", "It stays.")
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
    t(
        "不想让谁办了，到前台说一声，马上就停。纸条丢了、有手机了、要删资料，也到前台说一声。",
        "To stop it, tell the desk: it ends at once. So do if you lose this, have a phone, or want everything erased.",
    )
}
