//! Words of the desk's list of volunteers.

use domain::{text::Lang, volunteer::Liking};

use crate::lang::{lang, t};

pub fn lede() -> &'static str {
    t(
        "谁看过名单、为什么看，都有记录，对方看得到。",
        "Who looked, and why, is on record; volunteers can read it.",
    )
}

pub fn none() -> &'static str {
    t("还没有人登记做志愿者。", "Nobody has become a volunteer yet.")
}

pub fn good() -> &'static str {
    t("在做", "Active")
}

pub fn suspended() -> &'static str {
    t("已停", "Suspended")
}

pub fn because(reason: &str) -> String {
    match lang() {
        Lang::Zh => format!("原因：{reason}"),
        Lang::En => format!("Why: {reason}"),
    }
}

/// What somebody likes to help with, in a line.
pub fn likings(likes: &[Liking]) -> String {
    let names: Vec<&str> = likes.iter().map(|one| liking(*one)).collect();
    if names.is_empty() { t("什么都行", "Anything").to_owned() } else { names.join(t("、", ", ")) }
}

fn liking(liking: Liking) -> &'static str {
    match liking {
        Liking::Meals => t("送餐", "Taking meals"),
        Liking::Elders => t("陪老人", "Company for elders"),
        Liking::Children => t("带孩子", "Children"),
        Liking::Repairs => t("修修补补", "Repairs"),
        Liking::Phones => t("教用手机", "Phones"),
        Liking::Events => t("活动帮手", "Events"),
        Liking::Tidying => t("打扫环境", "Tidying"),
    }
}

pub fn look() -> &'static str {
    t("是谁", "Who is it")
}

pub fn look_title() -> &'static str {
    t("这位志愿者是谁", "Who this volunteer is")
}

pub fn look_words() -> &'static str {
    t("为什么要看？写下来，对方看得到。", "What for? They can read it.")
}

pub fn look_yes() -> &'static str {
    t("查看", "Look")
}

pub fn purposes() -> [&'static str; 3] {
    [
        t("联系志愿者", "Calling a volunteer"),
        t("安排任务", "Planning a task"),
        t("核对签到", "Checking who came"),
    ]
}

pub fn suspend() -> &'static str {
    t("停一停", "Suspend")
}

pub fn restore() -> &'static str {
    t("恢复", "Restore")
}

pub fn suspend_title() -> &'static str {
    t("停这位志愿者的任务？", "Suspend this volunteer?")
}

pub fn suspend_words() -> &'static str {
    t(
        "对方会收到原因。还没开始的志愿者任务会让给别人。",
        "They are told why, and volunteers’ tasks ahead go to others.",
    )
}

pub fn suspend_yes() -> &'static str {
    t("停用", "Suspend")
}

pub fn reasons() -> [&'static str; 3] {
    [
        t("几次没有来", "Did not come several times"),
        t("身体不适，先休息", "Unwell: to rest first"),
        t("需要当面聊一聊", "To be talked over in person"),
    ]
}

pub fn in_words() -> &'static str {
    t("原因", "In words")
}
