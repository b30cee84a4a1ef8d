//! Words of the household.

use domain::{
    household::{Person, Relation},
    text::Lang,
    time::{CHINA, Day, age_in_months},
};

use crate::{
    clock,
    lang::{lang, t},
    words,
};

pub fn family() -> &'static str {
    t("家人", "Family")
}

pub fn lede() -> &'static str {
    t("替孩子、长辈预约，先把他们加进来", "Add children and elders to book for them")
}

pub fn mine() -> &'static str {
    t("我的", "Mine")
}

pub fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Myself => t("我自己", "Myself"),
        Relation::Child => t("孩子", "Child"),
        Relation::Elder => t("长辈", "Elder"),
        Relation::Adult => t("别的家人", "Other adult"),
    }
}

/// Under a name: `孩子 · 8 岁 · 2018年3月1日`.
pub fn about(person: &Person) -> String {
    let mut words = Vec::new();
    if !person.name.is_empty() {
        words.push(relation(person.relation).to_owned());
    }
    let today = clock::now().day(CHINA);
    if let Some(born) = person.born {
        if let Some(months) = age_in_months(born, today) {
            words.push(words::age(if months >= 36 { months - months % 12 } else { months }));
        }
        words.push(birthday(born, today));
    } else {
        words.push(t("没填生日", "No date of birth").to_owned());
    }
    words.join(" · ")
}

fn birthday(born: Day, today: Day) -> String {
    let date = words::date(born, today);
    match lang() {
        Lang::Zh => format!("{date}生"),
        Lang::En => format!("born {date}"),
    }
}

pub fn change() -> &'static str {
    t("修改", "Change")
}

pub fn change_whom(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("修改{name}"),
        Lang::En => format!("Change {name}"),
    }
}

pub fn add() -> &'static str {
    t("添加家人", "Add somebody")
}

pub fn on() -> &'static str {
    t("好了，接着预约", "Done, back to booking")
}

pub fn why() -> &'static str {
    t("为什么要生日", "Why the date of birth")
}

pub fn why_words() -> &'static str {
    t(
        "有的活动有年龄要求，比如托育只收 3 岁以下。生日只用来核对年龄。",
        "Some things have an age limit, such as day care for under threes. It is used for nothing else.",
    )
}

pub fn who_sees() -> &'static str {
    t(
        "名字和生日加密保存，别的居民看不到。随时可以改，也可以移除。",
        "Names and dates are kept encrypted, and no other resident sees them. Change or remove them any time.",
    )
}

pub fn myself_title() -> &'static str {
    t("我自己", "Myself")
}

pub fn who() -> &'static str {
    t("是您的", "They are your")
}

pub fn my_name() -> &'static str {
    t("怎么称呼您（可以不填）", "What may we call you? (optional)")
}

pub fn name() -> &'static str {
    t("怎么称呼", "What they are called")
}

pub fn name_hint() -> &'static str {
    t("小名、称呼都行，比如“妈妈”“乐乐”", "A nickname will do, such as Mum or Lele")
}

pub fn my_name_hint() -> &'static str {
    t("比如“陈女士”", "For example: Ms Chen")
}

pub fn born() -> &'static str {
    t("出生日期", "Date of birth")
}

pub fn born_optional() -> &'static str {
    t("出生日期（可以不填）", "Date of birth (optional)")
}

pub fn born_hint() -> &'static str {
    t("只用来核对活动的年龄要求", "Only to check age limits")
}

pub fn year() -> &'static str {
    t("年", "Year")
}

pub fn month() -> &'static str {
    t("月", "Month")
}

pub fn day() -> &'static str {
    t("日", "Day")
}

pub fn save() -> &'static str {
    t("保存", "Save")
}

pub fn saving() -> &'static str {
    t("正在保存…", "Saving…")
}

pub fn never_mind() -> &'static str {
    t("先不填了", "Not now")
}

pub fn remove() -> &'static str {
    t("移除", "Remove")
}

pub fn remove_title() -> &'static str {
    t("要移除吗？", "Remove?")
}

pub fn remove_words(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("移除以后，就不能再替{name}预约了。以前的记录还在，以后也可以再加。"),
        Lang::En => {
            format!("You can no longer book for {name}. Past bookings stay, and you can add them again.")
        }
    }
}

pub fn remove_yes() -> &'static str {
    t("移除", "Remove")
}

pub fn removing() -> &'static str {
    t("正在移除…", "Removing…")
}

pub fn remove_no() -> &'static str {
    t("不移除", "Keep")
}
