//! Words of the guardian's consent. Whoever changes what they promise raises the version in
//! `domain/src/consent.rs`, so that guardians are asked again.

use domain::{
    consent::{ConsentStep, Field, Keep, Purpose, Reader},
    text::Lang,
    time::{CHINA, Moment},
};

use crate::{
    clock,
    lang::{lang, say, t},
    words,
};

pub fn title() -> &'static str {
    t("监护人同意书", "Guardian’s consent")
}

pub fn lede(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("{name}还不满 14 岁，用到孩子的资料，要您同意。"),
        Lang::En => format!("{name} is under 14: it is for you to say what we may keep."),
    }
}

/// A day, with the year where it is not this one.
fn day(at: Moment) -> String {
    words::date(at.day(CHINA), clock::now().day(CHINA))
}

/// When it was given, and at which desk on paper.
pub fn is_given(at: Moment, desk: Option<&str>) -> String {
    match (lang(), desk) {
        (Lang::Zh, None) => format!("您{}签过了，一直有效。", day(at)),
        (Lang::En, None) => format!("You agreed on {}. It is in force.", day(at)),
        (Lang::Zh, Some(desk)) => format!("{}在{desk}前台签过纸质的，一直有效。", day(at)),
        (Lang::En, Some(desk)) => {
            format!("Signed on paper at the desk of {desk} on {}. It is in force.", day(at))
        }
    }
}

pub fn is_older() -> &'static str {
    t(
        "同意书有了新内容，麻烦您再看一遍。签之前，要同意书的活动先报不了。",
        "The consent has changed: please read it again. Until then, what asks for it cannot be booked.",
    )
}

pub fn not_needed() -> &'static str {
    t("已满 14 岁，不用签了。", "From 14 on this is not needed any more.")
}

pub fn what() -> &'static str {
    t("记什么", "What")
}

pub fn who() -> &'static str {
    t("谁能看", "Who sees it")
}

pub fn how_long() -> &'static str {
    t("留多久", "How long")
}

pub fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Places => t("为了报名、核对年龄", "To book places and check the age"),
        Purpose::Care => t("为了照看好孩子", "To look after your child"),
        Purpose::Roll => t("为了知道孩子到没到", "To know who is there"),
    }
}

pub fn fields(fields: &[Field]) -> String {
    let all: Vec<String> = fields.iter().map(|one| field(*one).to_owned()).collect();
    words::and(&all)
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Name => t("称呼（小名就行）", "a name (a nickname will do)"),
        Field::Birthday => t("出生日期", "date of birth"),
        Field::School => t("上几年级（可以不填）", "school (optional)"),
        Field::Allergies => t("过敏、忌口（可以不填）", "allergies (optional)"),
        Field::Notes => t("您想叮嘱的话（可以不填）", "what you want us to know (optional)"),
        Field::Attendance => t("报了哪些活动、到没到", "what was booked, and whether they came"),
    }
}

/// As a sentence of its own.
pub fn readers_whole(list: &[Reader]) -> String {
    match lang() {
        Lang::Zh => readers(list) + "。",
        Lang::En => {
            let words = readers(list);
            let (first, rest) = words.split_at(words.len().min(1));
            first.to_uppercase() + rest + "."
        }
    }
}

pub fn readers(readers: &[Reader]) -> String {
    let all: Vec<String> = readers.iter().map(|one| reader(*one).to_owned()).collect();
    words::and(&all)
}

fn reader(reader: Reader) -> &'static str {
    match reader {
        Reader::Household => t("您自己", "yourself"),
        Reader::Staff => t(
            "孩子报了名的中心的工作人员；他们每看一次都有记录，您查得到",
            "staff of the centre where your child is booked; each look is on record for you to see",
        ),
    }
}

pub fn keep(keep: Keep) -> &'static str {
    match keep {
        Keep::UntilRemoved => {
            t("您改了、移除了，原来的马上删掉", "Until you change or remove it; then it is gone at once")
        }
        Keep::Nameless => t(
            "次数会留下；您移除孩子以后，不再有名字和生日",
            "It stays, but without name and birthday once you remove your child",
        ),
    }
}

pub fn never_title() -> &'static str {
    t("我们不做的", "What we do not do")
}

pub fn never() -> &'static str {
    t(
        "不给别的单位，不做广告，不排名。称呼、生日和叮嘱都加密保存，别的居民看不到。",
        "We hand nothing on, show no advertisements, make no rankings. Name, birthday and notes are \
         kept encrypted, and no other resident sees them.",
    )
}

pub fn any_time() -> &'static str {
    t("随时可以撤回", "You can take it back any time")
}

pub fn can_take_back() -> &'static str {
    t(
        "撤回以后，要同意书的活动不能再报；已经报上的名额先给孩子留着，去不去您说了算。",
        "Then nothing that asks for it can be booked. Places you have stay until you give them back.",
    )
}

pub fn taking_back() -> &'static str {
    t(
        "撤回以后，要同意书的活动不能再报，提前准备好的不再算数；已经报上的名额先留着。",
        "Then nothing that asks for it can be booked, and what was made ready does not count any more. Places you have stay.",
    )
}

pub fn agree() -> &'static str {
    t("我是监护人，我同意", "I am the guardian, and I agree")
}

pub fn agreeing() -> &'static str {
    t("正在记下…", "Saving…")
}

pub fn not_now() -> &'static str {
    t("先不签", "Not now")
}

pub fn not_now_note() -> &'static str {
    t("不签也能报大多数活动，要的时候再签。", "Most things can be booked without. You can sign later.")
}

pub fn go_on() -> &'static str {
    t("好了，接着来", "Go on")
}

pub fn take_back() -> &'static str {
    t("撤回同意", "Take back")
}

pub fn take_back_title() -> &'static str {
    t("要撤回吗？", "Take it back?")
}

pub fn take_back_words(name: &str, ahead: usize) -> String {
    match (lang(), ahead) {
        (Lang::Zh, 0) => format!(
            "撤回以后，要同意书的活动不能再替{name}报名，提前准备好的不再算数。孩子还有预约的中心会看到您撤回了。"
        ),
        (Lang::Zh, _) => format!(
            "撤回以后，要同意书的活动不能再替{name}报名，提前准备好的不再算数。已经报上的 {ahead} 个先留着，\
             不想去请在“我的”里取消。那边的中心会看到您撤回了，会打电话来商量。"
        ),
        (Lang::En, 0) => {
            format!(
                "Nothing that asks for consent can be booked for {name}; what was made ready does not count any more. Centres that expect the child see it."
            )
        }
        (Lang::En, _) => format!(
            "Nothing that asks for consent can be booked for {name}; what was made ready does not count any more. What is \
             booked ({ahead}) stays: cancel it under Mine if you like. The desks there see it, and call you."
        ),
    }
}

pub fn taking() -> &'static str {
    t("正在撤回…", "Taking back…")
}

pub fn keep_it() -> &'static str {
    t("不撤回", "Keep it")
}

pub fn ahead(in_force: bool) -> &'static str {
    if in_force {
        t("靠它报上的", "Booked with it")
    } else {
        t("这些名额还给孩子留着", "These places are still yours")
    }
}

pub fn steps() -> &'static str {
    t("签署记录", "Record")
}

pub fn step(step: &ConsentStep) -> String {
    let when = words::moment(step.at, CHINA);
    if let Some(desk) = step.desk.as_ref().map(say) {
        return match (lang(), step.given) {
            (Lang::Zh, true) => format!("{when} 在{desk}前台签了纸质的（第 {} 版）", step.version),
            (Lang::Zh, false) => format!("{when} 在{desk}前台撤回（第 {} 版）", step.version),
            (Lang::En, true) => format!("{when}: signed on paper at {desk} (version {})", step.version),
            (Lang::En, false) => format!("{when}: taken back at {desk} (version {})", step.version),
        };
    }
    match (lang(), step.given) {
        (Lang::Zh, true) => format!("{when} 同意（第 {} 版）", step.version),
        (Lang::Zh, false) => format!("{when} 撤回（第 {} 版）", step.version),
        (Lang::En, true) => format!("{when}: agreed (version {})", step.version),
        (Lang::En, false) => format!("{when}: taken back (version {})", step.version),
    }
}
