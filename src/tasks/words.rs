//! Words of the volunteer tasks.

use domain::{task::Task, text::Lang};

use crate::lang::{lang, say, t};

pub fn volunteer() -> &'static str {
    t("志愿", "Volunteer")
}

pub fn lede() -> &'static str {
    t("搭把手，一小时也好", "Lend a hand, if only for an hour")
}

pub fn mine() -> &'static str {
    t("我接下的", "What I said yes to")
}

pub fn here(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("{name}等人来帮"),
        Lang::En => format!("Hands wanted at {name}"),
    }
}

pub fn elsewhere() -> &'static str {
    t("附近的中心也在找人", "Nearby centres, too")
}

pub fn none() -> &'static str {
    t(
        "这几天没有等人帮的事。邻居们想要什么，可以先看看心愿。",
        "Nobody needs a hand these days. Have a look at what neighbours wish for.",
    )
}

pub fn shifts() -> &'static str {
    t("固定岗位", "Posts")
}

pub fn shifts_note() -> &'static str {
    t("登记过的志愿者轮流来值，哪班得空认哪班。", "Volunteers take turns: choose whichever shift suits you.")
}

/// When the next shift of a post is.
pub fn next_shift(when: &str) -> String {
    match lang() {
        Lang::Zh => format!("下一班 {when}"),
        Lang::En => format!("Next: {when}"),
    }
}

pub fn wishes() -> &'static str {
    t("邻里心愿", "Neighbours’ wishes")
}

pub fn wishes_note() -> &'static str {
    t("看看大家想要什么，也说说您的", "What people would like, and what you would")
}

/// How many hands are missing, on a tag.
pub fn left(count: u32) -> String {
    match (lang(), count) {
        (Lang::Zh, 0) => "人齐了".to_owned(),
        (Lang::Zh, left) => format!("还缺 {left} 人"),
        (Lang::En, 0) => "Complete".to_owned(),
        (Lang::En, left) => format!("{left} wanted"),
    }
}

/// Whose task it is, on a tag.
pub fn of_team(team: &str) -> String {
    match lang() {
        Lang::Zh => format!("{team}的任务"),
        Lang::En => format!("For the {team}"),
    }
}

/// Under a task that is for volunteers.
pub fn for_volunteers() -> &'static str {
    t("登记过的志愿者来做", "For volunteers")
}

pub fn volunteering() -> &'static str {
    t("做志愿者", "Volunteering")
}

pub fn volunteering_note() -> &'static str {
    t("登记一次，中心就知道您愿意帮什么", "Say once what you like to help with")
}

pub fn become_volunteer() -> &'static str {
    t("成为志愿者", "Become a volunteer")
}

pub fn my_teams() -> &'static str {
    t("我的队伍", "My teams")
}

pub fn whose() -> &'static str {
    t("谁来做", "For whom")
}

pub fn time() -> &'static str {
    t("时间", "When")
}

pub fn place() -> &'static str {
    t("地点", "Where")
}

pub fn centre() -> &'static str {
    t("中心", "Centre")
}

pub fn people() -> &'static str {
    t("人手", "Hands")
}

pub fn hands(task: &Task) -> String {
    let (needs, claimed) = (task.needs, task.claimed);
    match (lang(), task.left()) {
        (Lang::Zh, 0) => format!("{needs} 人，齐了"),
        (Lang::Zh, left) => format!("要 {needs} 人，还缺 {left} 人"),
        (Lang::En, _) => format!("{claimed} of {needs} so far"),
    }
}

pub fn help() -> &'static str {
    t("我来帮忙", "I’ll help")
}

pub fn helping() -> &'static str {
    t("正在告诉中心…", "Telling the centre…")
}

pub fn help_note() -> &'static str {
    t("不会做也没关系，中心的人会带着您。", "No experience needed: somebody from the centre shows you.")
}

pub fn thanks() -> &'static str {
    t("谢谢您！到时见。", "Thank you! See you there.")
}

pub fn thanks_note(task: &Task) -> String {
    match lang() {
        Lang::Zh => format!("已经告诉{}您会来。在“我的”里随时能看到。", say(&task.centre_name)),
        Lang::En => {
            format!("{} knows that you are coming. You find this under Mine.", say(&task.centre_name))
        }
    }
}

pub fn leave() -> &'static str {
    t("有事去不了", "I can’t make it")
}

pub fn leave_title() -> &'static str {
    t("去不了了吗？", "You can’t make it?")
}

pub fn leave_words() -> &'static str {
    t(
        "没关系。名额会马上放出来，让别的邻居来帮。",
        "That is all right. Your place is offered to other neighbours at once.",
    )
}

pub fn leave_yes() -> &'static str {
    t("确定不去了", "I’m not coming")
}

pub fn leaving() -> &'static str {
    t("正在告诉中心…", "Telling the centre…")
}

pub fn leave_no() -> &'static str {
    t("我还是去", "I’ll come")
}

pub fn complete() -> &'static str {
    t("人已经齐了，谢谢您的心意。", "There are hands enough. Thank you for offering.")
}

pub fn begun() -> &'static str {
    t("已经开始了。", "It has begun.")
}

pub fn begun_mine() -> &'static str {
    t("谢谢您来帮忙！", "Thank you for helping!")
}

pub fn others() -> &'static str {
    t("看看别的任务", "See other tasks")
}

pub fn call(task: &Task) -> String {
    match lang() {
        Lang::Zh => format!("打电话给{}", say(&task.centre_name)),
        Lang::En => format!("Call {}", say(&task.centre_name)),
    }
}
