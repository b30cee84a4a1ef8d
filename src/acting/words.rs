//! Words of acting for another.

use domain::text::Lang;

use crate::lang::{lang, t};

pub fn acting_for(name: Option<&str>, only_sees: bool) -> String {
    let en = lang() == Lang::En;
    match (name, only_sees) {
        (Some(name), false) if en => format!("Acting for {name}"),
        (Some(name), true) if en => format!("Looking in for {name}"),
        (None, _) if en => "Acting for a relative".to_owned(),
        (Some(name), false) => format!("正在替 {name} 办事"),
        (Some(name), true) => format!("正在看 {name} 的安排"),
        (None, _) => "正在替家人办事".to_owned(),
    }
}

pub fn back_to_oneself() -> &'static str {
    t("换回自己", "Back to myself")
}

pub fn ended() -> &'static str {
    t("不再代办了", "It has ended")
}

pub fn ended_words(name: Option<&str>) -> String {
    let zh = name.map_or_else(|| "对方".to_owned(), |name| format!("{name} "));
    let en = name.unwrap_or("They");
    match lang() {
        Lang::Zh => {
            format!("{zh}已经请您退出关爱圈。已经订好的都还在，由本人或前台来办。")
        }
        Lang::En => format!("{en} ended it. What was booked stays; they or the desk deal with it."),
    }
}

pub fn oneself() -> &'static str {
    t("这件事要本人来办", "This is for oneself")
}

pub fn oneself_words(name: Option<&str>) -> String {
    match (lang(), name) {
        (Lang::Zh, Some(name)) => {
            format!("您正在替 {name} 办事。这一页是各人自己的，换回自己再来看。")
        }
        (Lang::Zh, None) => "您正在替家人办事。这一页是各人自己的，换回自己再来看。".to_owned(),
        (Lang::En, _) => {
            "You are acting for somebody else. This page is everybody’s own: change back to see yours."
                .to_owned()
        }
    }
}
