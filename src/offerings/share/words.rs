//! Words of sharing.

use domain::text::Lang;

use crate::lang::{lang, t};

pub fn each_week(times: u32) -> String {
    match lang() {
        Lang::Zh => format!("每家每周 {times} 次，让大家都轮得上"),
        Lang::En => format!("{times} a week for each household, so that everybody has a turn"),
    }
}

/// What is left of it: in the week of the slot that is picked, or in this one.
pub fn left(left: u32, allowed: u32, picked: bool) -> String {
    let week = if picked { t("那一周", "that week") } else { t("本周", "this week") };
    match (lang(), left) {
        (Lang::Zh, 0) => format!("每家每周 {allowed} 次，{week}您家已经订满，谢谢您让邻居也轮得上"),
        (Lang::Zh, _) => format!("每家每周 {allowed} 次，{week}您家还可以订 {left} 次"),
        (Lang::En, 0) => {
            format!("{allowed} a week for each household: you have had them {week}. Thank you for sharing")
        }
        (Lang::En, _) => format!("{allowed} a week for each household: {left} left {week}"),
    }
}

pub fn share() -> &'static str {
    t("愿意和邻居拼桌", "Share the table with neighbours")
}

/// On the button that turns it on.
pub fn share_now() -> &'static str {
    t("和邻居拼桌", "Sit with neighbours")
}

/// No table is free, but neighbours have seats for the party.
pub fn seats_with_neighbours() -> &'static str {
    t(
        "没有空桌了。打开“愿意和邻居拼桌”，现在就能坐",
        "No table is free. Share one with neighbours, and you have a seat now",
    )
}

pub fn what_it_means(seats: u32) -> String {
    match lang() {
        Lang::Zh => {
            format!("一桌坐 {seats} 位。没有空桌时，可以坐到愿意拼桌的邻居那里；您开的桌，邻居也可以坐进来。")
        }
        Lang::En => format!(
            "{seats} seats at a table. When none is free you join neighbours who share; at your own table neighbours may join you."
        ),
    }
}
