//! Words of booking for others.

use domain::{booking::BookingState, text::Lang, work::Party};

use crate::lang::{lang, t};

pub fn phone_hint() -> &'static str {
    t(
        "没有手机的，填纸条上的关爱号，或者空着，打印小票。",
        "Without a phone: the number on the slip, or left empty.",
    )
}

pub fn born_hint() -> &'static str {
    t("这一项有年龄要求，写成 2020-03-01。", "There is an age limit; as 2020-03-01.")
}

/// The date of birth of who comes along.
pub fn born_along(number: usize) -> String {
    match lang() {
        Lang::Zh => format!("同来的第 {number} 位，出生日期"),
        Lang::En => format!("Date of birth of companion {number}"),
    }
}

pub fn born_along_hint() -> &'static str {
    t("孩子请填，写成 2020-03-01；大人可以不填。", "For children, as 2020-03-01; adults may leave it out.")
}

pub fn born_optional() -> &'static str {
    t("可以不填；写成 2020-03-01。", "May be left out; as 2020-03-01.")
}

pub fn birthday_missing() -> &'static str {
    t("这一项要看年龄，请问一下出生日期。", "The age counts here: please ask for the date of birth.")
}

pub fn date_form() -> &'static str {
    t("请写成 2020-03-01。", "Please write it as 2020-03-01.")
}

pub fn along() -> &'static str {
    t("同来的人", "Others who come along")
}

pub fn fewer() -> &'static str {
    t("少一个", "One fewer")
}

pub fn more() -> &'static str {
    t("多一个", "One more")
}

pub fn by_phone() -> &'static str {
    t("电话预约", "By telephone")
}

pub fn at_desk() -> &'static str {
    t("到前台预约", "At the desk")
}

pub fn how() -> &'static str {
    t("怎么来的", "How they asked")
}

pub fn book_yes() -> &'static str {
    t("确认代办", "Book")
}

pub fn booking() -> &'static str {
    t("正在代办…", "Booking…")
}

pub fn booked(party: &Party) -> &'static str {
    if party.state == BookingState::Waitlisted {
        t("满了，已排进候补", "Full: in the queue")
    } else {
        t("办好了", "Done")
    }
}

pub fn slip_print() -> &'static str {
    t("打印小票", "Print the slip")
}

pub fn next_caller() -> &'static str {
    t("下一位", "Book another")
}

pub fn full_note() -> &'static str {
    t(
        "这一场满了，点了会排进候补。没有手机号的收不到通知。",
        "It is full: they will wait in the queue. Without a number nobody can tell them.",
    )
}
