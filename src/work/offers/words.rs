//! Words of offers that wait for an answer.

use domain::{
    household::Relation,
    text::Lang,
    time::{Moment, Zone},
    work::OpenOffer,
};

use crate::{
    lang::{lang, t},
    words as common,
};

pub fn title() -> &'static str {
    t("候补等答复", "Offers without an answer")
}

pub fn hint() -> &'static str {
    t(
        "名额正给这几家留着。没有短信，不看手机的请打电话问一声，问到了在名单里替他们答复。",
        "Places are held for these. No text message is sent: please call who does not look, and answer for them in the list.",
    )
}

/// Who it is, and how many they are.
pub fn who(offer: &OpenOffer) -> String {
    let relation = match offer.relation {
        Relation::Myself => t("本人", "self"),
        Relation::Child => t("孩子", "child"),
        Relation::Elder => t("长辈", "elder"),
        Relation::Adult => t("家人", "adult"),
    };
    let who = if offer.name.is_empty() { relation.to_owned() } else { format!("{} {relation}", offer.name) };
    match (lang(), offer.people) {
        (_, 0 | 1) => who,
        (Lang::Zh, people) => format!("{who}，一共 {people} 位"),
        (Lang::En, people) => format!("{who}, {people} in all"),
    }
}

pub fn until(until: Moment, zone: Zone) -> String {
    let time = common::moment(until, zone);
    match lang() {
        Lang::Zh => format!("名额留到{time}"),
        Lang::En => format!("Held until {time}"),
    }
}

/// How they can be reached.
pub fn reach(offer: &OpenOffer) -> String {
    let Some(phone) = &offer.phone else {
        return t("没留手机号，等本人来问", "No number: wait for them to ask").to_owned();
    };
    match (lang(), offer.signed_in) {
        (Lang::Zh, true) => format!("{phone}，手机上能看到"),
        (Lang::Zh, false) => format!("{phone}，手机上没登录，看不到"),
        (Lang::En, true) => format!("{phone}, can see it in the app"),
        (Lang::En, false) => format!("{phone}, not signed in: cannot see it"),
    }
}

pub fn ring() -> &'static str {
    t("看号码", "Number")
}

pub fn ring_whom(who: &str) -> String {
    match lang() {
        Lang::Zh => format!("看号码：{who}"),
        Lang::En => format!("Number: {who}"),
    }
}

pub fn answer() -> &'static str {
    t("去名单答复", "Answer in the list")
}
