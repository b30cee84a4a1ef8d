//! Words of the frame.

use domain::{
    text::Lang,
    time::{CHINA, Moment},
};

use crate::{
    host,
    lang::{lang, t},
    words::clock,
};

pub fn home() -> &'static str {
    t("首页", "Home")
}

pub fn join() -> &'static str {
    t("报名", "Join in")
}

pub fn volunteer() -> &'static str {
    t("志愿", "Volunteer")
}

pub fn mine() -> &'static str {
    t("我的", "Mine")
}

pub fn tabs() -> &'static str {
    t("主要页面", "Main pages")
}

pub fn offline(since: Moment) -> String {
    let time = clock(since, CHINA);
    match (lang(), host::has_network()) {
        (Lang::Zh, false) => format!("没有网络，显示的是 {time} 的内容"),
        (Lang::Zh, true) => format!("暂时连不上中心，显示的是 {time} 的内容"),
        (Lang::En, false) => format!("No network. Showing what was there at {time}"),
        (Lang::En, true) => format!("The centre cannot be reached. Showing what was there at {time}"),
    }
}

pub fn new_version() -> &'static str {
    t("有新版本", "There is a new version")
}

pub fn update() -> &'static str {
    t("点这里更新", "Update")
}

pub fn no_such_page() -> &'static str {
    t("没有这个页面", "No such page")
}

pub fn no_such_page_note() -> &'static str {
    t("链接可能旧了，回首页看看吧。", "The link may be old. Have a look at the home page.")
}

pub fn to_home() -> &'static str {
    t("回首页", "To the home page")
}
