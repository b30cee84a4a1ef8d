//! Words of a child's guardians.

use domain::{
    guardian::{BondStep, Deed, Scope},
    text::Lang,
    time::{CHINA, Moment},
};

use crate::{
    family::words::day_of,
    lang::{lang, t},
    words,
};

pub fn guardians() -> &'static str {
    t("一起照看", "Guardians")
}

pub fn guardians_note(shared: bool) -> &'static str {
    if shared {
        t("和谁一起照看，做过什么", "Who they are, and what happened")
    } else {
        t("请另一位监护人也能看、能报", "Let the other guardian see and book, too")
    }
}

pub fn guardians_lede() -> &'static str {
    t("孩子报了什么，一起照看的都看得到。", "All of them see what the child is booked into.")
}

pub fn shared(scope: Scope) -> &'static str {
    match scope {
        Scope::See => t("您和另一家一起照看，可以看。", "You are a guardian here and can look."),
        Scope::Book => t("您和另一家一起照看，可以看、可以报名。", "You are a guardian here: look and book."),
    }
}

pub fn is_shared() -> &'static str {
    t("一起照看", "Shared")
}

pub fn theirs_to_sign() -> &'static str {
    t("还没签，要孩子自己家里签", "Not signed: for the child’s own household")
}

pub fn i_have_a_code() -> &'static str {
    t("我有邀请码", "I have a code")
}

pub fn code() -> &'static str {
    t("邀请码", "Code")
}

pub fn code_hint() -> &'static str {
    t("孩子的另一位监护人发给您的 8 位码", "Eight signs, from the child’s other guardian")
}

pub fn code_wrong() -> &'static str {
    t("邀请码是 8 位字母和数字。", "A code has eight letters and digits.")
}

pub fn join() -> &'static str {
    t("一起照看", "Become a guardian")
}

pub fn joining() -> &'static str {
    t("正在加入…", "Joining…")
}

pub fn household_of(mine: bool) -> &'static str {
    if mine {
        t("您家，孩子的资料由您管", "Yours: you keep the child’s record")
    } else {
        t("孩子自己家", "The child’s own household")
    }
}

pub fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::See => t("只能看", "Look only"),
        Scope::Book => t("能看，也能报名", "Look and book"),
    }
}

pub fn may(what: Scope, since: Moment) -> String {
    match lang() {
        Lang::Zh => format!("{} · {}起", scope(what), day_of(since)),
        Lang::En => format!("{} · since {}", scope(what), day_of(since)),
    }
}

pub fn may_what() -> &'static str {
    t("对方可以", "They may")
}

pub fn invite() -> &'static str {
    t("请另一位监护人", "Invite the other guardian")
}

pub fn invite_words() -> &'static str {
    t(
        "生成一个邀请码，发给孩子的爸爸、妈妈或祖辈。码一天内有效，只能用一次；随时可以收回。",
        "Make a code and send it to them. It is good for a day and once; you can end it any time.",
    )
}

pub fn make_code() -> &'static str {
    t("生成邀请码", "Make a code")
}

pub fn making() -> &'static str {
    t("正在生成…", "Making…")
}

pub fn invitation() -> &'static str {
    t("邀请码做好了", "Here is the code")
}

pub fn code_good(what: Scope, lapses: Moment) -> String {
    let until = words::moment(lapses, CHINA);
    match lang() {
        Lang::Zh => {
            format!("{}。对方在“家人 → 我有邀请码”里填上，{until}前有效，只能用一次。", scope(what))
        }
        Lang::En => format!("{}. They enter it under Family, before {until}; good once.", scope(what)),
    }
}

pub fn send_away() -> &'static str {
    t("收回", "End")
}

pub fn leave() -> &'static str {
    t("退出", "Leave")
}

pub fn end_title() -> &'static str {
    t("不再一起照看吗？", "End it?")
}

pub fn end_words() -> &'static str {
    t(
        "以后这一位看不到孩子的资料，也不能再替孩子报名。这一位已经订好的还在，要取消请那位来办。",
        "They no longer see the child or book. What they have booked stays theirs to cancel.",
    )
}

pub fn end_yes() -> &'static str {
    t("不再一起照看", "End it")
}

pub fn ending() -> &'static str {
    t("正在办…", "One moment…")
}

pub fn end_no() -> &'static str {
    t("先不变", "Keep it")
}

pub fn record() -> &'static str {
    t("记录", "Record")
}

pub fn bond_step(step: &BondStep) -> String {
    let when = words::moment(step.at, CHINA);
    let what = match step.deed {
        Deed::Invited => t("生成了邀请码", "a code was made"),
        Deed::Joined => t("加入", "joined"),
        Deed::SentAway => t("被收回", "was sent away"),
        Deed::Left => t("自己退出", "left"),
    };
    let who = step.phone.clone().unwrap_or_default();
    let said = match lang() {
        Lang::Zh => format!("{when} {who} {what}（{}）", scope(step.scope)),
        Lang::En => format!("{when} {who} {what} ({})", scope(step.scope)),
    };
    said.replace("  ", " ")
}
