//! Words of taking something back.

use crate::lang::t;

pub fn withdraw_title() -> &'static str {
    t("取消这个名额？", "Take this place back?")
}

pub fn withdraw_words() -> &'static str {
    t(
        "这是中心要取消；本人说不来，请用“本人不来了”。原因会原样发给对方，并附上最近还有空位的一场。",
        "This is the centre’s doing; where they do not come, use “They cancel”. They are told the reason as you write it, and the nearest slot with places.",
    )
}

pub fn nearest() -> &'static str {
    t("会告诉对方还有：", "They are shown:")
}

pub fn no_nearest() -> &'static str {
    t("附近没有同类的空位。", "Nothing like it is free nearby.")
}

pub fn reason() -> &'static str {
    t("原因", "Reason")
}

pub fn reason_hint() -> &'static str {
    t("4 到 200 个字，说清楚为什么。", "4 to 200 characters that say why.")
}

/// Reasons that come up again and again.
pub fn reasons() -> [&'static str; 3] {
    [
        t("设备坏了，要修", "Equipment is being repaired"),
        t("老师临时有事", "The teacher cannot come"),
        t("停水停电", "No water or power"),
    ]
}

pub fn common_reasons() -> &'static str {
    t("常用的原因", "Common reasons")
}

pub fn withdraw_yes() -> &'static str {
    t("取消名额", "Take back")
}

pub fn withdrawing() -> &'static str {
    t("正在取消…", "Taking back…")
}

pub fn keep() -> &'static str {
    t("不取消", "Keep it")
}

pub fn close_words() -> &'static str {
    t(
        "所有预约和候补都会取消，每家都会收到原因。这一场不能再约。",
        "All bookings and the queue end, and everybody is told why. It can be booked no more.",
    )
}

pub fn close_day_words() -> &'static str {
    t(
        "这一天还没结束的场次全部关闭，每家都会收到原因。多次的课程不受影响。",
        "Every slot of the day that is not over closes, and everybody is told why. Courses stay.",
    )
}

pub fn close_yes() -> &'static str {
    t("关闭", "Close")
}

pub fn closing() -> &'static str {
    t("正在关闭…", "Closing…")
}
