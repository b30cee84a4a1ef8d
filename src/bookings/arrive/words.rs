//! Words of checking oneself in.

use domain::text::Lang;

use crate::lang::{lang, t};

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

/// `time` is a time of day.
pub fn by_when(time: &str) -> String {
    match lang() {
        Lang::Zh => format!("请在 {time} 前签到，过了就让给在场的邻居。"),
        Lang::En => format!("Please check in by {time}: then the place goes to neighbours who are there."),
    }
}
