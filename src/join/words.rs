//! Words of the list of everything one can take part in.

use domain::{offering::Group, text::Lang};

use super::filter::Near;
use crate::lang::{lang, t};

pub fn join() -> &'static str {
    t("报名", "Join in")
}

pub fn kinds() -> &'static str {
    t("种类", "Kind")
}

pub fn all() -> &'static str {
    t("全部", "All")
}

pub fn filter() -> &'static str {
    t("筛选", "Filter")
}

pub fn filter_with(count: usize) -> String {
    if count == 0 { filter().to_owned() } else { format!("{} · {count}", filter()) }
}

pub fn for_whom() -> &'static str {
    t("为谁找", "For whom")
}

pub fn which_day() -> &'static str {
    t("哪一天", "Which day")
}

pub fn how_far() -> &'static str {
    t("多远", "How far")
}

pub fn any_day() -> &'static str {
    t("都行", "Any day")
}

pub fn group(group: Group) -> &'static str {
    match group {
        Group::Elder => t("老人", "Elders"),
        Group::Child => t("孩子", "Children"),
        Group::Family => t("亲子", "Families"),
        Group::Everyone => t("大家", "Everyone"),
    }
}

pub fn near(near: Near) -> &'static str {
    match near {
        Near::City => t("全城", "The whole city"),
        Near::Walk => t("走路 15 分钟内", "15 min walk"),
        Near::Own => t("本中心", "My centre"),
    }
}

pub fn from_centre(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("距离从{name}算起。"),
        Lang::En => format!("Distances are from {name}."),
    }
}

pub fn from_me() -> &'static str {
    t("距离从您现在的位置算起。", "Distances are from where you are.")
}

pub fn choose_centre() -> &'static str {
    t("自己选中心", "Choose a centre")
}

/// How many were found: `共 12 项`, with what was looked for.
pub fn found(count: usize) -> String {
    match (lang(), count) {
        (Lang::Zh, _) => format!("共 {count} 项"),
        (Lang::En, 1) => "1 result".to_owned(),
        (Lang::En, _) => format!("{count} results"),
    }
}

pub fn show(count: usize) -> String {
    match lang() {
        Lang::Zh => format!("看这 {count} 项"),
        Lang::En => format!("Show {count}"),
    }
}

pub fn show_none() -> &'static str {
    t("没有符合的，换一换", "Nothing fits. Change something")
}

pub fn clear() -> &'static str {
    t("清除筛选", "Clear the filters")
}

pub fn nothing_fits() -> &'static str {
    t("这样找没有结果，放宽一点试试。", "Nothing fits. Try looking a little wider.")
}

pub fn nothing_yet() -> &'static str {
    t("这里的活动还没有发布。", "Nothing has been announced here yet.")
}

/// Without one of the filters there would be some.
pub fn without(filter: &str, count: usize) -> String {
    match lang() {
        Lang::Zh => format!("不限“{filter}”：{count} 项"),
        Lang::En => format!("Without “{filter}”: {count}"),
    }
}

pub fn own() -> &'static str {
    t("本中心", "Your centre")
}

pub fn today() -> &'static str {
    t("今天", "Today")
}
