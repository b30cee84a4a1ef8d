//! Words of checking oneself in.

use domain::{booking::Booking, text::Lang, time::Moment};

use super::super::words::is_shift;
use crate::{
    clock::now,
    lang::{lang, t},
    words::{clock, moment},
};

pub fn title() -> &'static str {
    t("到了？自己签个到", "Are you here? Check in yourself")
}

pub fn how() -> &'static str {
    t(
        "门口牌子上有 4 位数字，填进来就行。找不到就把下面的码给前台看。",
        "Four digits hang at the door. If you cannot find them, show the code below at the desk.",
    )
}

pub fn late() -> &'static str {
    t("位置要是还空着，现在签到还来得及。", "If the place is still free, you can check in now.")
}

pub fn digits() -> &'static str {
    t("门口的 4 位数字", "The four digits at the door")
}

pub fn here() -> &'static str {
    t("我到了", "I am here")
}

pub fn checking_in() -> &'static str {
    t("正在签到…", "Checking in…")
}

/// By when one has to be there; with the day where it is not today.
pub fn by_when(booking: &Booking, released: Moment) -> String {
    let zone = booking.zone;
    let today = released.day(zone) == now().day(zone);
    let time = if today { clock(released, zone) } else { moment(released, zone) };
    match (lang(), is_shift(booking)) {
        (Lang::Zh, false) => format!("请在 {time} 前签到，过了就让给在场的邻居。"),
        (Lang::Zh, true) => format!("请在 {time} 前签到，过了就请在场的邻居来帮忙。"),
        (Lang::En, false) => {
            format!("Please check in by {time}: then the place goes to neighbours who are there.")
        }
        (Lang::En, true) => {
            format!("Please check in by {time}: then neighbours who are there are asked to help.")
        }
    }
}
