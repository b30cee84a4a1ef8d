//! Words of a team.

use domain::{team::TeamTask, text::Lang};

use crate::{
    lang::{lang, t},
    words as common,
};

pub fn team() -> &'static str {
    t("队伍", "Team")
}

pub fn volunteer() -> &'static str {
    t("志愿", "Volunteer")
}

pub fn of_centre(centre: &str) -> String {
    match lang() {
        Lang::Zh => format!("{centre}的队伍"),
        Lang::En => format!("A team of {centre}"),
    }
}

pub fn members(count: usize) -> String {
    match lang() {
        Lang::Zh => format!("队员 {count} 人"),
        Lang::En => format!("{count} in the team"),
    }
}

pub fn tasks() -> &'static str {
    t("队里的任务", "Tasks of the team")
}

pub fn no_tasks() -> &'static str {
    t("这几天队里没有任务。", "The team has no tasks these days.")
}

/// On a tag: whether one does it, and how many are missing.
pub fn state(one: &TeamTask) -> String {
    match (one.mine, lang(), one.task.left()) {
        (true, ..) => t("我接了", "Mine").to_owned(),
        (false, Lang::Zh, 0) => "人齐了".to_owned(),
        (false, Lang::Zh, left) => format!("还缺 {left} 人"),
        (false, Lang::En, 0) => "Complete".to_owned(),
        (false, Lang::En, left) => format!("{left} wanted"),
    }
}

/// Who of the team does it.
pub fn who(by: &[String]) -> String {
    if by.is_empty() {
        return t("还没有人接", "Nobody yet").to_owned();
    }
    match lang() {
        Lang::Zh => format!("{}接了", common::and(by)),
        Lang::En => format!("{} will do it", common::and(by)),
    }
}
