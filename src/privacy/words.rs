//! Words of what is kept.

use domain::text::Lang;

use crate::lang::{lang, t};

pub fn settings() -> &'static str {
    t("设置", "Settings")
}

pub fn policy() -> &'static str {
    t("我们保存什么", "What is kept")
}

pub fn policy_lede() -> &'static str {
    t(
        "这张单子就是服务器照着做的那一张，一样不少。点开看留多久。没有广告，也不给别人。",
        "This is the very list that the server goes by; nothing is left out. Tap to see for how long. No \
         advertising, and nothing is passed on.",
    )
}

pub fn sealed() -> &'static str {
    t("加密", "Encrypted")
}

pub fn holds() -> &'static str {
    t("有哪些", "What")
}

pub fn kept() -> &'static str {
    t("留多久", "How long")
}

pub fn after() -> &'static str {
    t("注销以后", "Once erased")
}

pub fn and() -> &'static str {
    t("、", ", ")
}

pub fn data() -> &'static str {
    t("我的资料", "What is kept about me")
}

pub fn data_lede() -> &'static str {
    t(
        "这里是我们保存的、关于您和家人的全部资料。",
        "This is everything that is kept about you and your family.",
    )
}

pub fn take_what() -> &'static str {
    t(
        "可以带走一份：一个网页，手机电脑都能打开，里面也有给电脑读的数据。",
        "Take a copy along: one page that opens on any phone or computer, with the data for machines in it.",
    )
}

pub fn take() -> &'static str {
    t("带走一份", "Take a copy")
}

pub fn taking() -> &'static str {
    t("正在整理…", "Putting it together…")
}

pub fn ready(until: &str) -> String {
    match lang() {
        Lang::Zh => format!("整理好了，{until} 前可以打开。"),
        Lang::En => format!("It is ready, and can be opened until {until}."),
    }
}

pub fn open() -> &'static str {
    t("打开我的资料", "Open it")
}

pub fn machines() -> &'static str {
    t("下载给电脑读的一份", "Download it for machines")
}

pub fn address() -> &'static str {
    t("在浏览器打开", "Open in a browser")
}

pub fn how() -> &'static str {
    t(
        "微信里存不了文件：复制这个网址，粘贴到手机自带的浏览器里打开，再点“分享”或“打印”保存。别发给别人。",
        "WeChat saves no files: copy this address, open it in the phone's own browser, and save it there. Send \
         it to nobody.",
    )
}

pub fn what_there_is() -> &'static str {
    t("一样一样看", "One by one")
}

pub fn count(count: usize) -> String {
    match (lang(), count) {
        (Lang::Zh, _) => format!("{count} 条"),
        (Lang::En, 1) => "1 entry".to_owned(),
        (Lang::En, _) => format!("{count} entries"),
    }
}

/// A label with its value.
pub fn line(label: &str, value: &str) -> String {
    match lang() {
        Lang::Zh => format!("{label}：{value}"),
        Lang::En => format!("{label}: {value}"),
    }
}

pub fn leave() -> &'static str {
    t("注销账号", "Erase my account")
}

pub fn leave_lede() -> &'static str {
    t(
        "不想用了，可以把您和家人的资料都删掉。",
        "If you want to go, everything about you and your family goes, too.",
    )
}

pub fn at_once() -> &'static str {
    t("马上", "At once")
}

/// What goes to the neighbours at once.
pub fn given_back(bookings: u32, tasks: u32) -> String {
    match (lang(), bookings, tasks) {
        (Lang::Zh, 0, 0) => "没有要退的预约。其他设备会退出登录。".to_owned(),
        (Lang::Zh, bookings, 0) => format!("{bookings} 个预约退掉，让给排队的邻居。其他设备会退出登录。"),
        (Lang::Zh, 0, tasks) => format!("报名帮忙的 {tasks} 件事退出。其他设备会退出登录。"),
        (Lang::Zh, bookings, tasks) => {
            format!(
                "{bookings} 个预约退掉，让给排队的邻居；报名帮忙的 {tasks} 件事退出。其他设备会退出登录。"
            )
        }
        (Lang::En, bookings, tasks) => {
            format!(
                "Bookings given back to neighbours who wait: {bookings}. Tasks left to others: {tasks}. Other \
                 devices are signed out."
            )
        }
    }
}

pub fn for_a_week() -> &'static str {
    t("七天之内", "For seven days")
}

pub fn undo_while() -> &'static str {
    t(
        "想留下，登录后点一下“不注销了”就行。退掉的预约不会自己回来。",
        "To stay, sign in and tap “Keep my account”. Bookings that were given back do not come back by \
         themselves.",
    )
}

pub fn after_a_week() -> &'static str {
    t("七天以后", "After that")
}

/// What is gone for good.
pub fn gone(people: u32, stay: u32) -> String {
    let gone = match (lang(), people) {
        (Lang::Zh, 0) => "全部删掉，找不回来。".to_owned(),
        (Lang::Zh, people) => format!("连同 {people} 位家人的资料全部删掉，找不回来。"),
        (Lang::En, 0) => "Everything is erased, for good.".to_owned(),
        (Lang::En, people) => {
            format!("Everything is erased, for good, also of the others of your family ({people}).")
        }
    };
    match (lang(), stay) {
        (_, 0) => gone,
        (Lang::Zh, stay) => format!("{gone}另一位监护人也在照看的 {stay} 个孩子，留在那一家。"),
        (Lang::En, stay) => format!("{gone} Children who stay with their other guardian: {stay}."),
    }
}

pub fn goes() -> &'static str {
    t("全部删掉的", "What goes")
}

/// What goes: what matters most to people.
pub fn goes_first() -> &'static str {
    t(
        "手机号、全家人的名字、生日、学校、过敏和嘱咐，还有登录、消息这些零碎的记录。",
        "Your number; names, birthdays, schools, allergies and notes of the family; and small things, such as \
         sign-ins and messages.",
    )
}

pub fn goes_rest() -> &'static str {
    t("零碎的有哪些", "Which small things")
}

pub fn changes() -> &'static str {
    t("留下一点、看不出是谁的", "Of what something stays, without telling who")
}

pub fn sure() -> &'static str {
    t("真的要注销吗？", "Erase it?")
}

pub fn sure_words() -> &'static str {
    t(
        "预约马上让给邻居。七天之内还可以反悔，七天以后就找不回来了。",
        "Bookings go to neighbours at once. You have seven days to think better of it; after that nothing \
         brings it back.",
    )
}

pub fn leaving() -> &'static str {
    t("正在办理…", "One moment…")
}

pub fn stay() -> &'static str {
    t("先不注销", "Keep it")
}

/// When it will be gone.
pub fn going(until: &str) -> String {
    match lang() {
        Lang::Zh => format!("您申请了注销，{until} 删除"),
        Lang::En => format!("You asked to be erased: {until}"),
    }
}

pub fn going_more() -> &'static str {
    t(
        "在这之前点一下就能留下，资料都还在。什么都不做，到时候就自动删除。",
        "Until then one tap keeps everything. If you do nothing, it is erased by itself.",
    )
}

pub fn undo() -> &'static str {
    t("不注销了", "Keep my account")
}

pub fn undoing() -> &'static str {
    t("正在恢复…", "One moment…")
}

pub fn take_first() -> &'static str {
    t("先带走一份资料", "Take a copy first")
}
