//! Words of the household.

use domain::{
    audit::Act,
    household::{Care, Person, Relation, School, Verified},
    text::Lang,
    time::{CHINA, Day, Moment, age_in_months},
};

pub use super::guardians::words::*;
use crate::{
    clock,
    lang::{lang, say, t},
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

pub fn ready() -> &'static str {
    t("报名准备", "Ready to book")
}

pub fn identity() -> &'static str {
    t("身份核对", "Papers")
}

/// Where and when the desk saw the papers: `新盛社区 6月20日已核对 · 本社区居民`.
pub fn verified(verified: &Verified, lives: bool) -> String {
    let (desk, day) = (say(&verified.centre_name), day_of(verified.at));
    let mut words = match lang() {
        Lang::Zh => format!("{day}在{desk}核对过"),
        Lang::En => format!("Seen at {desk}, {day}"),
    };
    if lives {
        words += t(" · 本社区居民", " · lives near by");
    }
    words
}

/// A day, with the year where it is not this one.
pub fn day_of(at: Moment) -> String {
    words::date(at.day(CHINA), clock::now().day(CHINA))
}

pub fn not_verified() -> &'static str {
    t("还没核对", "Not seen yet")
}

pub fn not_verified_note() -> &'static str {
    t(
        "有的班要先核对：带户口本或身份证到前台，两分钟，一次就好",
        "Some classes ask for it: bring an ID to the desk once, two minutes",
    )
}

pub fn consent() -> &'static str {
    t("监护人同意书", "Guardian’s consent")
}

pub fn signed(at: Moment) -> String {
    match lang() {
        Lang::Zh => format!("{}签的", day_of(at)),
        Lang::En => format!("Signed {}", day_of(at)),
    }
}

pub fn consent_missing() -> &'static str {
    t("还没签，一分钟", "Not signed yet: a minute")
}

pub fn consent_news() -> &'static str {
    t("有新内容，麻烦再看一遍", "It has changed: please read it again")
}

pub fn go_sign() -> &'static str {
    t("去签", "Sign")
}

pub fn read_again() -> &'static str {
    t("看一看", "Read")
}

/// On the list: what is ready and what is missing, short.
pub fn has_consent() -> &'static str {
    t("同意书已签", "Consent signed")
}

pub fn lacks_consent() -> &'static str {
    t("同意书待签", "Consent missing")
}

pub fn is_verified() -> &'static str {
    t("身份已核对", "Papers seen")
}

pub fn care() -> &'static str {
    t("照看时要知道的事", "What to know")
}

pub fn care_empty() -> &'static str {
    t("过敏、忌口、想叮嘱的话；可以不填", "Allergies, anything to mind; optional")
}

/// What is said of somebody, in a line or two.
pub fn care_said(care: &Care) -> String {
    let school = care.school.map(|one| school(one).to_owned());
    let texts = [care.allergies.replace('\n', " "), care.notes.replace('\n', " ")];
    let said: Vec<String> =
        school.into_iter().chain(texts.into_iter().filter(|text| !text.is_empty())).collect();
    words::shorten(&said.join(" · "), 40)
}

pub fn care_lede() -> &'static str {
    t("都可以不填。填了，老师和食堂就会留心。", "All optional. Whoever looks after them will mind it.")
}

pub fn school_optional() -> &'static str {
    t("平时在哪（可以不选）", "On other days (optional)")
}

pub fn school(school: School) -> &'static str {
    match school {
        School::Home => t("在家或托班", "Home or nursery"),
        School::Kindergarten => t("幼儿园", "Kindergarten"),
        School::Lower => t("小学一到三年级", "Primary 1–3"),
        School::Upper => t("小学四到六年级", "Primary 4–6"),
        School::Middle => t("初中", "Middle school"),
    }
}

pub fn allergies() -> &'static str {
    t("过敏、忌口（可以不填）", "Allergies (optional)")
}

pub fn allergies_hint() -> &'static str {
    t("比如“花生、虾”", "For example: peanuts, shrimps")
}

pub fn notes() -> &'static str {
    t("叮嘱（可以不填）", "Anything else (optional)")
}

pub fn notes_hint(relation: Relation) -> &'static str {
    if relation == Relation::Child {
        t("比如“午睡要抱着小熊”", "For example: naps with a teddy bear")
    } else {
        t("比如“耳朵背，说话请大声些”", "For example: hard of hearing, please speak up")
    }
}

pub fn care_who_sees() -> &'static str {
    t(
        "加密保存。只有您，和报了名的中心的工作人员能看；他们每看一次都有记录。",
        "Kept encrypted. Only you and staff of a centre with a booking see it; each look is on record.",
    )
}

pub fn looks() -> &'static str {
    t("谁看过资料", "Who looked")
}

pub fn looks_note() -> &'static str {
    t("工作人员每看一次，这里都有一笔", "Each look by staff is noted here")
}

pub fn looks_lede() -> &'static str {
    t("工作人员每看一次、每办一件，这里都有一笔。", "Every time staff looked or did something.")
}

pub fn nobody_looked() -> &'static str {
    t("还没有人看过。", "Nobody has looked yet.")
}

pub fn the_house() -> &'static str {
    t("系统管理员", "Administrator")
}

pub fn desk_of(centre: &str) -> String {
    match lang() {
        Lang::Zh => format!("{centre}前台"),
        Lang::En => format!("desk of {centre}"),
    }
}

pub fn purpose(purpose: &str) -> String {
    match (lang(), purpose) {
        (_, "") => String::new(),
        (Lang::Zh, said) => format!("事由：{said}"),
        (Lang::En, said) => format!("What for: {said}"),
    }
}

pub fn act(act: Act) -> &'static str {
    match act {
        Act::Roster => t("在名单里看到（名字打了星号）", "Saw the masked name in a list"),
        Act::Look => t("打开了资料", "Opened the record"),
        Act::CheckIn => t("签到", "Checked in"),
        Act::Attendance => t("记了出勤", "Noted attendance"),
        Act::Book => t("在前台代为报名", "Booked at the desk"),
        Act::Withdraw => t("收回了名额", "Took a place back"),
        Act::ForCaller => t("按来电人的意思，代为答复或取消", "Answered or cancelled, on a caller’s word"),
        Act::Resize => t("改了名额数", "Changed the places"),
        Act::Reschedule => t("改了一次的时间", "Changed when a meeting is"),
        Act::Close => t("关了这一场", "Closed a slot"),
        Act::Verify => t("核对了证件", "Checked the papers"),
        Act::PaperConsent => t("记下了监护人签的纸质同意书", "Kept that a guardian signed on paper"),
        Act::ConsentBack => {
            t("按监护人的意思，收回了同意书", "Took the consent back, as the guardian wished")
        }
        Act::Circle => t("开了关爱圈，给了邀请码", "Opened a circle of care, with a code"),
        Act::EndBond => t("按本人的意思，请家人退出关爱圈", "Ended a bond, as was wished"),
        Act::NewCard => t("换了关爱号", "Gave another number"),
        Act::MovePhone => t("把关爱号换成了手机号", "Put a telephone in the place of the number"),
        Act::Erase => t("按本人的意思，安排删除资料", "Arranged for erasure, as was wished"),
        Act::StopErasing => t("按本人的意思，不再删除资料", "Stopped the erasure, as was wished"),
        Act::Invite
        | Act::Suspend
        | Act::Resume
        | Act::Remove
        | Act::MakeLock
        | Act::TryLock
        | Act::ResetLock => t("改了工作人员的权限", "Changed a post"),
    }
}
