//! Words of papers that the desk sees.

use domain::{
    text::Lang,
    time::{Moment, Zone},
};

use crate::{
    lang::{lang, t},
    words as common,
};

pub fn papers_lede() -> &'static str {
    t(
        "请居民报手机号，对着证件核对，不用留复印件。",
        "Ask for their mobile number and look at the papers. Keep no copies.",
    )
}

pub fn purposes() -> [&'static str; 3] {
    [
        t("核对证件", "To see papers"),
        t("报名前核对", "To get ready for an opening"),
        t("居民说信息不对", "The resident says something is wrong"),
    ]
}

pub fn purpose_missing() -> &'static str {
    t("请写一下为什么查，至少 4 个字。家长看得到。", "Please say what for. The household can see it.")
}

pub fn find() -> &'static str {
    t("找到这家", "Find the household")
}

pub fn finding() -> &'static str {
    t("正在找…", "Looking…")
}

pub fn identity() -> &'static str {
    t("姓名、生日和证件一致", "Name and birthday match the papers")
}

pub fn resident() -> &'static str {
    t("住在本社区", "Lives in this neighbourhood")
}

pub fn verify() -> &'static str {
    t("核对过了", "Seen")
}

pub fn not_so() -> &'static str {
    t("对不上", "They do not match")
}

pub fn verified_at(at: Moment, zone: Zone) -> String {
    let day = common::moment(at, zone);
    match lang() {
        Lang::Zh => format!("{day} 核对过"),
        Lang::En => format!("Seen {day}"),
    }
}

/// How a guardian's consent stands.
pub fn consent_given(at: Moment, zone: Zone) -> String {
    let day = common::moment(at, zone);
    match lang() {
        Lang::Zh => format!("监护人同意书 {day} 签过"),
        Lang::En => format!("Guardian’s consent given {day}"),
    }
}

pub fn consent_missing() -> &'static str {
    t("监护人同意书还没签", "No guardian’s consent yet")
}

pub fn consent_signed() -> &'static str {
    t("监护人签了纸质同意书", "A guardian signed on paper")
}

pub fn consent_back() -> &'static str {
    t("监护人要收回同意书", "The guardian takes it back")
}

pub fn who_signed() -> &'static str {
    t("哪位监护人签的", "Which guardian signed")
}

pub fn who_takes_back() -> &'static str {
    t("哪位监护人要收回", "Which guardian takes it back")
}

pub fn who_hint() -> &'static str {
    t("例如：妈妈 王芳。家长看得到。", "Such as: mother, Wang Fang. The household can see it.")
}

pub fn keep_signed() -> &'static str {
    t("记下已签", "Keep it as signed")
}

pub fn keeping() -> &'static str {
    t("正在记…", "Keeping…")
}

pub fn take_back() -> &'static str {
    t("收回同意书", "Take it back")
}

pub fn taking_back() -> &'static str {
    t("正在收回…", "Taking it back…")
}
