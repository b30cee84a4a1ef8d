//! Words of the circle of care.

use domain::{
    circle::Scope,
    text::Lang,
    time::{CHINA, Moment},
};

use crate::{
    clock,
    lang::{lang, t},
    ui::Question,
    words,
};

pub fn circle() -> &'static str {
    t("关爱圈", "Circle of care")
}

pub fn mine() -> &'static str {
    t("我的", "Mine")
}

pub fn lede() -> &'static str {
    t(
        "请信得过的家人替您办事。办过什么，您都看得到；不想让谁办了，随时点一下停。",
        "Let relatives you trust do things for you. You see all they did, and can stop it at any time.",
    )
}

pub fn who_helps() -> &'static str {
    t("谁能帮我办事", "Who helps me")
}

pub fn nobody() -> &'static str {
    t("还没有请家人来帮忙。", "Nobody yet.")
}

pub fn invite() -> &'static str {
    t("请家人来帮忙", "Invite a relative")
}

pub fn code_waits(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("给{name}的邀请码，再看一眼"),
        Lang::En => format!("The code for {name}, once more"),
    }
}

pub fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::See => t("只看看，不能办事", "Looks, and does nothing"),
        Scope::Act => t("能看，也能替我办事", "Sees and does things for me"),
    }
}

pub fn scope_short(scope: Scope) -> &'static str {
    match scope {
        Scope::See => t("只看看", "Look only"),
        Scope::Act => t("帮我办事", "Do things for me"),
    }
}

pub fn scope_of(scope: Scope) -> &'static str {
    match scope {
        Scope::See => t("您可以看，不能替办", "You may look"),
        Scope::Act => t("您可以替办", "You may act"),
    }
}

pub fn scope_means(scope: Scope) -> &'static str {
    match scope {
        Scope::See => t(
            "看得到您家的预约、家人的名字和生日、要嘱咐的事。不能订，也不能退。",
            "Sees your household’s bookings, names, birthdays and what to know. Books and cancels nothing.",
        ),
        Scope::Act => t(
            "看得到您家的预约、家人的名字和生日、要嘱咐的事，还能替您预约、取消、报名抽签、提心愿。不能改您的手机号、登录和这个关爱圈。",
            "Sees your household’s bookings, names, birthdays and what to know; books, cancels, enters draws and makes wishes for you. Never changes your sign-in or this circle.",
        ),
    }
}

pub fn since(since: Moment, phone: &str) -> String {
    let day = words::date(since.day(CHINA), clock::now().day(CHINA));
    match (lang(), phone.is_empty()) {
        (Lang::Zh, true) => format!("{day}起"),
        (Lang::Zh, false) => format!("{day}起 · {phone}"),
        (Lang::En, true) => format!("since {day}"),
        (Lang::En, false) => format!("since {day} · {phone}"),
    }
}

pub fn stop() -> &'static str {
    t("停", "Stop")
}

pub fn leave() -> &'static str {
    t("退出", "Leave")
}

pub fn whom_i_help() -> &'static str {
    t("我帮谁办事", "Whom I help")
}

pub fn act_for(scope: Scope) -> &'static str {
    match scope {
        Scope::See => t("看看", "Look"),
        Scope::Act => t("替老人办事", "Act for them"),
    }
}

pub fn i_have_a_code() -> &'static str {
    t("我有邀请码", "I have a code")
}

pub fn what_they_did() -> &'static str {
    t("家人替我办了什么", "What was done for me")
}

pub fn whole_log() -> &'static str {
    t("全部", "All")
}

pub fn log_lede() -> &'static str {
    t("谁、什么时候、办了什么，都记在这里。", "Who, when and what.")
}

pub fn nothing_yet() -> &'static str {
    t("还没有人替您办过事。", "Nothing was done for you yet.")
}

pub fn end_question() -> Question {
    Question {
        title: t("不让 TA 办事了吗？", "Stop it?"),
        words: t(
            "从现在起，TA 看不到您的安排，也不能替您办事。已经订好的还在，照常去就行。",
            "From now on they see nothing and do nothing for you. What was booked stays.",
        )
        .to_owned(),
        yes: t("停", "Stop it"),
        meanwhile: t("正在停…", "Stopping…"),
        no: t("先不变", "Keep it"),
    }
}

pub fn leave_question() -> Question {
    Question {
        title: t("不帮老人办事了吗？", "Leave?"),
        words: t(
            "以后您看不到老人的安排，也不能替老人办事。想再来，请老人再给一个邀请码。",
            "You will see and do nothing for them. To come back you need a new code.",
        )
        .to_owned(),
        yes: t("退出", "Leave"),
        meanwhile: t("正在退出…", "Leaving…"),
        no: t("先不变", "Stay"),
    }
}

pub fn their_name() -> &'static str {
    t("您怎么称呼 TA", "What you call them")
}

pub fn their_name_hint() -> &'static str {
    t("比如：女儿、小明", "Such as: my daughter, Tom")
}

pub fn my_name() -> &'static str {
    t("TA 怎么称呼您", "What they call you")
}

pub fn my_name_hint() -> &'static str {
    t("比如：妈妈、王奶奶", "Such as: Mum, Grandma Wang")
}

pub fn name_missing() -> &'static str {
    t("请写一个称呼。", "Please write a name.")
}

pub fn may_what() -> &'static str {
    t("TA 可以", "They may")
}

pub fn make_code() -> &'static str {
    t("做一个邀请码", "Make a code")
}

pub fn making() -> &'static str {
    t("正在做…", "Making…")
}

pub fn you_can_stop() -> &'static str {
    t(
        "以后不想让 TA 办了，在“关爱圈”里点“停”，马上就停。",
        "Tap Stop in the circle at any time: it ends at once.",
    )
}

pub fn code() -> &'static str {
    t("邀请码", "Code")
}

pub fn code_for(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("给{name}的邀请码"),
        Lang::En => format!("The code for {name}"),
    }
}

/// Eight signs are easier to read out as four and four.
pub fn spaced(code: &str) -> String {
    match code.split_at_checked(4) {
        Some((first, rest)) => format!("{first} {rest}"),
        None => code.to_owned(),
    }
}

pub fn code_steps() -> [&'static str; 3] {
    [
        t(
            "一、打电话把上面 8 个字念给 TA，或者抄下来发给 TA。",
            "1. Read the eight signs out to them, or send them.",
        ),
        t(
            "二、TA 在自己手机上打开“我的 → 关爱圈 → 我有邀请码”。",
            "2. They open Mine → Circle of care → I have a code.",
        ),
        t(
            "三、填上就好了，TA 的名字会出现在您的关爱圈里。",
            "3. Once it is entered they appear in your circle.",
        ),
    ]
}

pub fn code_good(lapses: Moment) -> String {
    let until = words::moment(lapses, CHINA);
    match lang() {
        Lang::Zh => format!("{until}前有效，只能用一次。不要给不认识的人。"),
        Lang::En => format!("Good once, before {until}. Never give it to strangers."),
    }
}

pub fn another_code() -> &'static str {
    t("重新做一个", "Make another one")
}

pub fn join_lede() -> &'static str {
    t(
        "填上家里老人念给您的邀请码，就能替老人看、替老人办。",
        "Enter the code that your relative read out to you.",
    )
}

pub fn code_hint() -> &'static str {
    t("8 位字母和数字，大小写都行", "Eight letters and digits")
}

pub fn code_wrong() -> &'static str {
    t("邀请码是 8 位字母和数字。", "A code has eight letters and digits.")
}

pub fn join() -> &'static str {
    t("进关爱圈", "Come in")
}

pub fn joining() -> &'static str {
    t("正在加入…", "Joining…")
}
