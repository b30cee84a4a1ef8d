//! Words of the home page.

use domain::text::Lang;

use crate::lang::{lang, t};

pub fn title() -> &'static str {
    t("家门口", "Doorstep")
}

pub fn call() -> &'static str {
    t("打电话给中心", "Call the centre")
}

pub fn today() -> &'static str {
    t("今天", "Today")
}

pub fn tomorrow() -> &'static str {
    t("明天", "Tomorrow")
}

pub fn all() -> &'static str {
    t("全部 ›", "All ›")
}

pub fn going_on() -> &'static str {
    t("正在进行", "On now")
}

pub fn mine(until: &str) -> String {
    match lang() {
        Lang::Zh => format!("我订的 · 到 {until}"),
        Lang::En => format!("My booking · to {until}"),
    }
}

pub fn your_turn(title: &str) -> String {
    match lang() {
        Lang::Zh => format!("轮到您了：{title}"),
        Lang::En => format!("Your turn: {title}"),
    }
}

pub fn please_answer() -> &'static str {
    t("等您答复", "Please answer")
}

pub fn held(until: &str) -> String {
    match lang() {
        Lang::Zh => format!("为您留到{until}"),
        Lang::En => format!("Held for you until {until}"),
    }
}

pub fn my_code() -> &'static str {
    t("我的码", "My code")
}

pub fn nothing_more() -> &'static str {
    t("今天的活动都结束了", "That was all for today")
}

pub fn see_two_weeks() -> &'static str {
    t("看看这两周有什么", "See what is on in the next two weeks")
}

pub fn ways() -> &'static str {
    t("常用", "Ways in")
}

pub fn elders() -> &'static str {
    t("一老", "Elders")
}

pub fn children() -> &'static str {
    t("一小", "Children")
}

pub fn places() -> &'static str {
    t("场地", "Places")
}

pub fn wishes() -> &'static str {
    t("心愿", "Wishes")
}

pub fn soon() -> &'static str {
    t("快开始报名", "Opening soon")
}

pub fn soon_note(opens: &str, places: u32) -> String {
    match lang() {
        Lang::Zh => format!("{opens} · {places} 个名额"),
        Lang::En => format!("{opens} · {places} places"),
    }
}

pub fn lots_note(drawn: &str, places: u32) -> String {
    match lang() {
        Lang::Zh => format!("{drawn} 抽签 · {places} 个名额"),
        Lang::En => format!("Lots drawn {drawn} · {places} places"),
    }
}

pub fn done() -> &'static str {
    t("邻里办成的事", "Done for neighbours")
}

pub fn all_wishes() -> &'static str {
    t("心愿 ›", "Wishes ›")
}

pub fn done_note(supports: u32, day: &str, number: u32) -> String {
    match (lang(), supports) {
        (Lang::Zh, _) => format!("{supports} 位邻居的心愿 · {day} · 编号 {number:04}"),
        (Lang::En, 1) => format!("A neighbour's wish · {day} · No. {number:04}"),
        (Lang::En, _) => format!("{supports} neighbours' wish · {day} · No. {number:04}"),
    }
}

pub fn larger() -> &'static str {
    t("字大一些：长辈版", "Larger text: elder version")
}

pub fn usual() -> &'static str {
    t("回到普通版", "Back to the usual version")
}

pub fn lunch() -> &'static str {
    t("订午饭", "Lunch")
}

pub fn clubs() -> &'static str {
    t("活动", "Clubs")
}

pub fn health() -> &'static str {
    t("看病量血压", "Health")
}

pub fn make_wish() -> &'static str {
    t("说心愿", "Make a wish")
}

pub fn call_centre() -> &'static str {
    t("打电话给社区", "Call the centre")
}

pub fn you_today() -> &'static str {
    t("您今天", "You today")
}

pub fn you_tomorrow() -> &'static str {
    t("您明天", "You tomorrow")
}

pub fn tomorrow_here() -> &'static str {
    t("明天这里有", "Here tomorrow")
}

pub fn today_here() -> &'static str {
    t("今天这里有", "Here today")
}

pub fn now() -> &'static str {
    t("现在", "Now")
}

pub fn have_a_look() -> &'static str {
    t("去看看", "Have a look")
}

pub fn see_what_is_on() -> &'static str {
    t("看看有什么", "See what is on")
}

pub fn aloud_title(when: &str, title: &str) -> String {
    format!("{when} {title}")
}
