//! Words of getting ready and of the opening.

use domain::{
    centre::api::OfferingPage,
    household::Person,
    text::Lang,
    ticket::Item,
    time::{Moment, Zone},
};

use crate::{
    centres::words::clock as short_clock,
    clock::now,
    lang::{lang, say, t},
    words::date,
};

pub fn opens_in() -> &'static str {
    t("离开放报名还有", "Booking opens in")
}

/// A time of day without a leading zero: `9:00`.
pub fn time(moment: Moment, zone: Zone) -> String {
    short_clock(moment.minute_of_day(zone))
}

pub fn opens(day: &str, time: &str) -> String {
    match lang() {
        Lang::Zh => format!("{day} {time} · 以中心时间为准"),
        Lang::En => format!("{day} {time}, by the centre’s clock"),
    }
}

pub fn phone_is_fast(seconds: i64) -> String {
    let by = seconds.abs();
    if by > 86_400 {
        return t("您手机的日期不准，不影响", "Your phone’s date is wrong: never mind").to_owned();
    }
    let (count, unit) = if by < 120 { (by, t("秒", "s")) } else { (by / 60, t("分钟", "min")) };
    match (lang(), seconds > 0) {
        (Lang::Zh, true) => format!("您的手机快 {count} {unit}，不影响"),
        (Lang::Zh, false) => format!("您的手机慢 {count} {unit}，不影响"),
        (Lang::En, true) => format!("Your phone is {count} {unit} fast: never mind"),
        (Lang::En, false) => format!("Your phone is {count} {unit} slow: never mind"),
    }
}

pub fn still(left: &str) -> String {
    match lang() {
        Lang::Zh => format!("离开放报名还有 {left}"),
        Lang::En => format!("Booking opens in {left}"),
    }
}

pub fn ready() -> &'static str {
    t("已准备好", "Ready")
}

pub fn get_ready() -> &'static str {
    t("提前准备好", "Get ready")
}

pub fn sign_in_first() -> &'static str {
    t(
        "先登录，该核对的现在就核对好，开放时点一下就行。",
        "Sign in and have everything checked now: at the opening one tap is enough.",
    )
}

pub fn say_who() -> &'static str {
    t("先在下面选好谁来。", "First say who is coming, below.")
}

pub fn item(item: Item) -> &'static str {
    match item {
        Item::Age => t("年龄", "Age"),
        Item::Identity => t("身份", "Papers"),
        Item::Consent => t("监护人同意书", "Guardian’s consent"),
        Item::Residence => t("本社区居民", "Lives near by"),
    }
}

pub fn is_fine() -> &'static str {
    t("好了", "Fine")
}

pub fn nothing_needed() -> &'static str {
    t("不用证件，点一下就行", "No papers needed")
}

/// What was found where nothing is missing.
pub fn found(item: Item, person: &Person, page: &OfferingPage) -> String {
    let zone = page.centre.zone;
    let today = now().day(zone);
    let on = |at: Moment| date(at.day(zone), today);
    match (item, lang()) {
        (Item::Age, _) => t("符合要求", "Right").to_owned(),
        (Item::Identity, Lang::Zh) => person
            .verified
            .as_ref()
            .map_or_else(String::new, |seen| format!("{}由{}核对", on(seen.at), say(&seen.centre_name))),
        (Item::Identity, Lang::En) => person.verified.as_ref().map_or_else(String::new, |seen| {
            format!("Seen at {} on {}", say(&seen.centre_name), on(seen.at))
        }),
        (Item::Consent, Lang::Zh) => {
            person.consent.map_or_else(String::new, |given| format!("{}签署", on(given.at)))
        }
        (Item::Consent, Lang::En) => {
            person.consent.map_or_else(String::new, |given| format!("Given on {}", on(given.at)))
        }
        (Item::Residence, _) => t("第一时间就能报", "Among the first").to_owned(),
    }
}

pub fn consent_missing() -> &'static str {
    t("还没签，现在就能在手机上签", "Not given yet: it can be given here")
}

pub fn sign() -> &'static str {
    t("去签", "Read and sign")
}

pub fn birthday_missing() -> &'static str {
    t("还没填生日", "Date of birth is missing")
}

pub fn fill_in() -> &'static str {
    t("去填", "Fill in")
}

pub fn identity_missing(centre: &str) -> String {
    match lang() {
        Lang::Zh => format!("请带户口本或出生证到{centre}前台核对一次，以后都不用再带"),
        Lang::En => format!("Please bring the papers to {centre} once; later never again"),
    }
}

pub fn ask() -> &'static str {
    t("打电话问", "Call")
}

pub fn not_near() -> &'static str {
    t("不住本社区，比本社区居民晚一点开放", "Not near by: it opens a little later for you")
}

pub fn places(capacity: u32) -> String {
    match lang() {
        Lang::Zh => {
            format!(
                "{capacity} 个名额，先到先得，前台与手机同一个队。没报上会自动排进候补，关掉页面也不会丢。"
            )
        }
        Lang::En => format!(
            "{capacity} places, first come first served, one queue for phones and the desk. Whoever is too late is on the waitlist by itself."
        ),
    }
}

pub fn kept(count: u32, day: &str, time: &str) -> String {
    match lang() {
        Lang::Zh => format!("其中 {count} 个先留给到现场报名的邻居，{day} {time} 还没用完的，手机上也能报。"),
        Lang::En => format!("{count} of them are kept for neighbours at the counter until {day} {time}."),
    }
}

pub fn residents_first(minutes: u32) -> String {
    match lang() {
        Lang::Zh => format!("开放后的头 {minutes} 分钟先让本社区的居民报。"),
        Lang::En => format!("For the first {minutes} minutes neighbours of the centre go first."),
    }
}

pub fn one_tap(day: &str, time: &str) -> String {
    match lang() {
        Lang::Zh => format!("已准备好，{day} {time} 点一下就行"),
        Lang::En => format!("Ready: one tap on {day} at {time}"),
    }
}

/// On the button that cannot be tapped yet.
pub fn tap_then(time: &str) -> String {
    match lang() {
        Lang::Zh => format!("{time} 点这里"),
        Lang::En => format!("Tap here at {time}"),
    }
}

pub fn be_ready() -> &'static str {
    t("准备好", "Get ready")
}

pub fn getting_ready() -> &'static str {
    t("正在核对…", "Checking…")
}

pub fn sign_in_to_get_ready() -> &'static str {
    t("登录，提前准备好", "Sign in to get ready")
}

pub fn something_missing() -> &'static str {
    t(
        "还有没办好的，往下翻看一看，办好了再点“准备好”。",
        "Something is still missing: scroll down and see to it, then tap Get ready.",
    )
}
