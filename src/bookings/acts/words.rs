//! Words of giving a booking back, and of letting an offer go.

use domain::booking::{Booking, BookingState};

use crate::{bookings::words::is_shift, lang::t};

pub fn decline_title() -> &'static str {
    t("不要这个名额了吗？", "You do not want it?")
}

pub fn decline_yes() -> &'static str {
    t("不要了，给别人吧", "Let it go")
}

pub fn decline_no() -> &'static str {
    t("我再想想", "Let me think")
}

pub fn cancel_title(booking: &Booking) -> &'static str {
    if booking.is_stay() {
        return t("确定不要了吗？", "You do not want it any more?");
    }
    t("确定不去了吗？", "You are not going?")
}

pub fn cancel_words(booking: &Booking) -> &'static str {
    match booking.state {
        BookingState::Waitlisted => t(
            "您的位置会让给后面的邻居。10 分钟内可以恢复，再晚就要从队尾重新排。",
            "Your place in line goes to the next neighbour. You can take it back within 10 minutes; later you start at the end.",
        ),
        BookingState::Offered => t(
            "名额马上给后面的邻居。10 分钟内可以恢复，那时您排在候补最前面。",
            "It goes to the next neighbour at once. Within 10 minutes you can take that back, and are first in line.",
        ),
        _ if is_shift(booking) => t(
            "没关系，这一班马上请别的邻居来。10 分钟内可以恢复，再晚就要重新认领。",
            "That is all right: other neighbours are asked at once. You can take it back within 10 minutes.",
        ),
        _ if booking.is_stay() => t(
            "床位会马上问后面排队的邻居。10 分钟内可以恢复，再晚就要从队尾重新排。",
            "The next in line is asked at once. You can take it back within 10 minutes; later you start at the end.",
        ),
        _ => t(
            "名额会马上让给后面候补的邻居。10 分钟内可以恢复，再晚就要重新预约。",
            "Your place goes to the next neighbour at once. You can take it back within 10 minutes; later you book anew.",
        ),
    }
}

pub fn cancel_yes(booking: &Booking) -> &'static str {
    if is_shift(booking) {
        return t("确定来不了", "I’m not coming");
    }
    if booking.is_stay() {
        return t("确定不要了", "Give it back");
    }
    t("不去了，取消", "Cancel it")
}

pub fn cancelling() -> &'static str {
    t("正在取消…", "Cancelling…")
}

pub fn cancel_no(booking: &Booking) -> &'static str {
    if booking.is_stay() {
        return t("我还要", "I keep it");
    }
    t("我还是去", "I’m going")
}
