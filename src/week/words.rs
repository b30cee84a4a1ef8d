//! Words of the family's week.

use domain::{
    text::Lang,
    time::{CHINA, Day, Moment},
    week::Tight,
};

use crate::{
    clock,
    lang::{lang, t},
    words::{and, date, weekday_name},
};

pub fn week() -> &'static str {
    t("一家人的一周", "Our week")
}

pub fn mine() -> &'static str {
    t("我的", "Mine")
}

/// From Monday to Sunday: `6月29日 – 7月5日`.
pub fn range(first: Day, last: Day, today: Day) -> String {
    format!("{} – {}", date(first, today), date(last, today))
}

pub fn week_before() -> &'static str {
    t("‹ 上周", "‹ Before")
}

pub fn week_after() -> &'static str {
    t("下周 ›", "After ›")
}

pub fn this_week() -> &'static str {
    t("回到本周", "This week")
}

pub fn everybody() -> &'static str {
    t("全家", "Everybody")
}

pub fn whose() -> &'static str {
    t("看谁的", "Whose week")
}

pub fn today() -> &'static str {
    t("今天", "Today")
}

/// A day of the sheet: `周三 7月1日`.
pub fn day(day: Day, today: Day) -> String {
    format!("{} {}", weekday_name(day), date(day, today))
}

/// Several days in a row: `周四到周六`.
pub fn days(first: Day, last: Day) -> String {
    let (first, last) = (weekday_name(first), weekday_name(last));
    match lang() {
        Lang::Zh => format!("{first}到{last}"),
        Lang::En => format!("{first} to {last}"),
    }
}

pub fn lends_a_hand() -> &'static str {
    t("志愿", "Volunteering")
}

pub fn free() -> &'static str {
    t("没有安排", "Nothing")
}

/// Until when, and where: `到 10:00 · 新盛社区`.
pub fn until(ends: &str, centre: &str) -> String {
    match lang() {
        Lang::Zh => format!("到 {ends} · {centre}"),
        Lang::En => format!("to {ends} · {centre}"),
    }
}

pub fn waits(position: Option<u32>) -> String {
    match (position, lang()) {
        (Some(position), Lang::Zh) => format!("候补第 {position} 位"),
        (Some(position), Lang::En) => format!("Waiting ({position})"),
        (None, _) => t("候补", "Waiting").to_owned(),
    }
}

/// `until` is a day and a time.
pub fn offered(until: &str) -> String {
    match lang() {
        Lang::Zh => format!("轮到您了，留到{until}"),
        Lang::En => format!("Your turn, held until {until}"),
    }
}

pub fn here() -> &'static str {
    t("签到了", "Checked in")
}

/// A walk that is too tight, for those named: nobody where one is alone.
pub fn tight(names: &[String], from: &str, walk: &Tight) -> String {
    let Tight { gap_minutes: gap, walk_minutes: minutes, .. } = walk;
    let who = whom(names);
    match lang() {
        Lang::Zh => {
            let between =
                if *gap == 0 { "中间没有空".to_owned() } else { format!("中间只有 {gap} 分钟") };
            format!("{who}从{from}走过去要 {minutes} 分钟，{between}")
        }
        Lang::En => {
            let between =
                if *gap == 0 { "no time between".to_owned() } else { format!("only {gap} between") };
            format!("{who}{minutes} min on foot from {from}, {between}")
        }
    }
}

/// Before what is said to some of a household.
fn whom(names: &[String]) -> String {
    match (names, lang()) {
        ([], _) => String::new(),
        (_, Lang::Zh) => format!("{}：", and(names)),
        (_, Lang::En) => format!("{}: ", and(names)),
    }
}

/// Who is to be at two places at once.
pub fn clash(names: &[String], other: &str) -> String {
    let who = whom(names);
    match lang() {
        Lang::Zh => {
            format!("{who}下面这一场和“{other}”撞了时间，去不了的请取消")
        }
        Lang::En => {
            format!("{who}the next one is at the same time as {other}; please cancel what you cannot come to")
        }
    }
}

/// Nothing this week, for one of the household or for all.
pub fn nothing(name: Option<&str>, over: bool) -> String {
    let who = name.unwrap_or_default();
    match (lang(), over) {
        (Lang::Zh, true) => format!("{who}这一周没有安排。"),
        (Lang::Zh, false) => format!("{who}这一周还没有安排。打球、吃饭、上课，订好的都会排在这里。"),
        (Lang::En, true) => "Nothing was booked in this week.".to_owned(),
        (Lang::En, false) => {
            "Nothing booked in this week yet. Tables, meals, classes: what is booked stands here.".to_owned()
        }
    }
}

pub fn look_around() -> &'static str {
    t("看看有什么", "See what is on")
}

pub fn subscribe() -> &'static str {
    t("订阅到手机日历", "In your phone’s calendar")
}

pub fn what() -> &'static str {
    t(
        "生成一个只有您知道的地址，填进手机日历，以后订的、取消的都会自己更新。日历里只有项目、时间和地点，没有家人的名字。",
        "Make an address that only you know and give it to your calendar: it follows by itself what you book and cancel. It says what, when and where, and nobody’s name.",
    )
}

pub fn make() -> &'static str {
    t("生成订阅地址", "Make an address")
}

pub fn making() -> &'static str {
    t("正在生成…", "Making it…")
}

pub fn address() -> &'static str {
    t("订阅地址", "Address")
}

pub fn address_once() -> &'static str {
    t(
        "只显示这一次，离开就看不到了。谁有这个地址都能看到安排，请不要发到群里。",
        "Shown only this once. Whoever has it can see what you booked, so please keep it to yourself.",
    )
}

pub fn how() -> &'static str {
    t(
        "复制以后，在手机日历的设置里选“添加订阅日历”，粘贴进去。",
        "Copy it, choose “Add subscription calendar” in your calendar’s settings, and paste it there.",
    )
}

pub fn made(at: Moment) -> String {
    let day = date(at.day(CHINA), clock::now().day(CHINA));
    match lang() {
        Lang::Zh => {
            format!("{day}生成过一个地址，在用它的日历会自己更新。地址不再显示；忘了就换一个，旧的马上失效。")
        }
        Lang::En => format!(
            "An address was made on {day}; calendars that have it follow by themselves. It is not shown again: if it is lost, make another, and the old one ends at once."
        ),
    }
}

pub fn another() -> &'static str {
    t("换一个地址", "Make another address")
}

pub fn stop() -> &'static str {
    t("不再订阅", "Stop it")
}

pub fn stopping() -> &'static str {
    t("正在停用…", "Stopping…")
}
