//! Words of opening a record.

use domain::text::Lang;

use crate::lang::{lang, t};

pub fn look_title() -> &'static str {
    t("查看资料", "Open the record")
}

pub fn look_words() -> &'static str {
    t(
        "每次查看都会记下时间和用途，家长看得到。",
        "Each look is kept with its purpose; the guardian can see it.",
    )
}

pub fn purpose() -> &'static str {
    t("用途", "Purpose")
}

pub fn purposes() -> [&'static str; 5] {
    [
        t("问候补的名额要不要", "To ask about an offer"),
        t("联系家长", "To call the guardian"),
        t("核对过敏和注意事项", "To check allergies and notes"),
        t("核对年龄", "To check the age"),
        t("接送确认", "To confirm the pick-up"),
    ]
}

pub fn look_yes() -> &'static str {
    t("查看", "Open")
}

pub fn looking() -> &'static str {
    t("正在打开…", "Opening…")
}

pub fn allergies() -> &'static str {
    t("过敏", "Allergies")
}

pub fn notes() -> &'static str {
    t("注意事项", "Notes")
}

pub fn call(phone: &str) -> String {
    match lang() {
        Lang::Zh => format!("打电话 {phone}"),
        Lang::En => format!("Call {phone}"),
    }
}
