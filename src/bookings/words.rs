//! Words of a booking and of what is mine.

use chrono::Datelike;
use domain::{
    booking::{Booking, BookingState},
    text::Lang,
    time::{Span, Zone},
};

use crate::{
    clock,
    lang::{lang, say, t},
    words::{date, weekday_name, when},
};

pub fn mine() -> &'static str {
    t("我的", "Mine")
}

pub fn booking() -> &'static str {
    t("预约", "Booking")
}

pub fn confirmed() -> &'static str {
    t("订好了", "Booked")
}

pub fn confirmed_lede() -> &'static str {
    t("到了中心，给前台看这个码，或报下面的号", "At the centre, show this or say the code below")
}

pub fn new_confirmed() -> &'static str {
    t(
        "到时给工作人员看这个码，在“我的”里随时能找到。",
        "Show this code when you come. You find it under Mine.",
    )
}

pub fn over() -> &'static str {
    t("已经结束", "It is over")
}

pub fn cancelled() -> &'static str {
    t("已取消", "Cancelled")
}

pub fn cancelled_note() -> &'static str {
    t("位置已经让出来了，谢谢您说一声。", "The place is free for a neighbour. Thank you for telling us.")
}

pub fn waiting_title(position: u32) -> String {
    match lang() {
        Lang::Zh => format!("候补第 {position} 位"),
        Lang::En => format!("Number {position} on the waitlist"),
    }
}

pub fn waiting_before() -> &'static str {
    t("候补第", "On the waitlist, number")
}

pub fn waiting_after(receipt: &str) -> String {
    match lang() {
        Lang::Zh => format!("位 · 回执 {receipt}"),
        Lang::En => format!("Receipt {receipt}"),
    }
}

pub fn waiting_how() -> &'static str {
    t("有人不来，就按顺序补上", "When somebody cancels, the next in line moves up")
}

pub fn waiting_note() -> &'static str {
    t(
        "关掉页面也不会丢。轮到您时，这里会变成“订好了”，请在开始前来看一眼。",
        "Closing the page loses nothing. When it is your turn this says “Booked”: please look again before it starts.",
    )
}

pub fn code_alt(code: &str) -> String {
    match lang() {
        Lang::Zh => format!("签到码 {code}"),
        Lang::En => format!("Check-in code {code}"),
    }
}

pub fn time() -> &'static str {
    t("时间", "When")
}

pub fn place() -> &'static str {
    t("地点", "Where")
}

pub fn centre() -> &'static str {
    t("中心", "Centre")
}

pub fn who() -> &'static str {
    t("谁来", "Who")
}

pub fn receipt_label() -> &'static str {
    t("回执", "Receipt")
}

/// The number on the receipt: the day of the first meeting, and the order of booking.
pub fn receipt(booking: &Booking) -> String {
    let day = booking.starts().day(booking.zone);
    format!("{}-{:02}{:02}-{:04}", day.year(), day.month(), day.day(), booking.seq)
}

/// When it is: `今天 19:00–20:00`; for a course its first day and how often: `7月6日 周一起 · 共 15 次`.
pub fn times(booking: &Booking) -> String {
    let Some(first) = booking.meetings.first() else { return String::new() };
    let count = booking.meetings.len();
    if count == 1 {
        return when(*first, booking.zone);
    }
    let day = first.starts.day(booking.zone);
    let name = date(day, clock::now().day(booking.zone));
    match lang() {
        Lang::Zh => format!("{name} {}起 · 共 {count} 次", weekday_name(day)),
        Lang::En => format!("From {} {name} · {count} times", weekday_name(day)),
    }
}

/// The day of one meeting of a course: `7月6日 周一`.
pub fn meeting_day(span: Span, zone: Zone) -> String {
    let day = span.starts.day(zone);
    format!("{} {}", date(day, clock::now().day(zone)), weekday_name(day))
}

pub fn and_more(count: usize) -> String {
    match lang() {
        Lang::Zh => format!("后面还有 {count} 次"),
        Lang::En => format!("and {count} more"),
    }
}

pub fn call(booking: &Booking) -> String {
    match lang() {
        Lang::Zh => format!("打电话给{}", say(&booking.centre_name)),
        Lang::En => format!("Call {}", say(&booking.centre_name)),
    }
}

pub fn cancel(state: BookingState) -> &'static str {
    if state == BookingState::Waitlisted {
        t("不排了", "Leave the waitlist")
    } else {
        t("取消预约", "Cancel")
    }
}

pub fn cancel_title() -> &'static str {
    t("确定不去了吗？", "You are not going?")
}

pub fn cancel_words(state: BookingState) -> &'static str {
    if state == BookingState::Waitlisted {
        t(
            "您的位置会让给后面的邻居。以后想去，要从队尾重新排。",
            "Your place in line goes to the next neighbour. To come back you start at the end.",
        )
    } else {
        t(
            "名额会马上让给后面候补的邻居。以后想去，要重新预约。",
            "Your place goes to the next neighbour at once. To come back you book anew.",
        )
    }
}

pub fn cancel_yes() -> &'static str {
    t("不去了，取消", "Cancel it")
}

pub fn cancelling() -> &'static str {
    t("正在取消…", "Cancelling…")
}

pub fn cancel_no() -> &'static str {
    t("我还是去", "I’m going")
}

pub fn again() -> &'static str {
    t("再订一次", "Book again")
}

pub fn signed_out() -> &'static str {
    t(
        "您订的、说的、帮的，都会在这里。用手机号登录，不用密码。",
        "What you book, wish and help with is kept here. Sign in with your mobile number, without a password.",
    )
}

pub fn sign_in() -> &'static str {
    t("登录", "Sign in")
}

pub fn next() -> &'static str {
    t("接下来", "Coming up")
}

pub fn nothing_booked() -> &'static str {
    t(
        "还没有预约。打球、吃饭、上课，都能在这里订。",
        "Nothing booked yet. Tables, meals, classes: all can be booked.",
    )
}

pub fn look_around() -> &'static str {
    t("看看有什么", "See what is on")
}

pub fn past(count: usize) -> String {
    match lang() {
        Lang::Zh => format!("以前的（{count}）"),
        Lang::En => format!("Before ({count})"),
    }
}

/// How a booking stands, on a tag.
pub fn state(booking: &Booking) -> String {
    match (booking.state, booking.position, lang()) {
        (BookingState::Confirmed, ..) if booking.ends() <= clock::now() => t("去过了", "Over").to_owned(),
        (BookingState::Confirmed, ..) => confirmed().to_owned(),
        (BookingState::Waitlisted, Some(position), Lang::Zh) => format!("候补第 {position}"),
        (BookingState::Waitlisted, Some(position), Lang::En) => format!("Waiting ({position})"),
        (BookingState::Waitlisted, None, _) => t("没排上", "Not reached").to_owned(),
        (BookingState::Cancelled, ..) => cancelled().to_owned(),
        (BookingState::Offered, ..) => t("等您确认", "Please confirm").to_owned(),
        (BookingState::Declined, ..) => t("没要", "Declined").to_owned(),
        (BookingState::Lapsed, ..) => t("过期了", "Lapsed").to_owned(),
        (BookingState::Withdrawn, ..) => t("中心取消", "Cancelled by the centre").to_owned(),
        (BookingState::Attended, ..) => t("去过了", "You came").to_owned(),
        (BookingState::Missed, ..) => t("没来", "Missed").to_owned(),
    }
}

pub fn my_tasks() -> &'static str {
    t("我去帮忙", "Where I help")
}

pub fn my_wishes() -> &'static str {
    t("我的心愿", "My wishes")
}

pub fn new_wish() -> &'static str {
    t("说个心愿", "Make a wish")
}

pub fn all_tasks() -> &'static str {
    t("看看谁需要帮手", "See who needs a hand")
}

pub fn week() -> &'static str {
    t("一家人的一周", "Our week")
}

pub fn week_note() -> &'static str {
    t("全家订的，按天排好", "What everybody has booked, day by day")
}

pub fn to_calendar() -> &'static str {
    t("加到日历", "Add to calendar")
}

pub fn calendar_note() -> &'static str {
    t(
        "在微信里点了没反应？可以复制订阅地址，填进手机日历：",
        "Nothing happens inside WeChat? Copy the address for calendars instead:",
    )
}

pub fn family() -> &'static str {
    t("家人", "Family")
}

pub fn family_note() -> &'static str {
    t("替孩子、长辈预约", "Book for children and elders")
}

pub fn settings() -> &'static str {
    t("设置", "Settings")
}

pub fn settings_note() -> &'static str {
    t("长辈版、大字、English", "Elder mode, large text, 中文")
}
