//! Words of who was at a meeting.

use domain::{booking::Mark, text::Lang, work::Roster};

use crate::{
    lang::{lang, t},
    words as common,
};

pub fn note() -> &'static str {
    t("记出勤", "Attendance")
}

pub fn note_whom(name: &str) -> String {
    format!("{}{}{name}", note(), t("：", ": "))
}

pub fn which() -> &'static str {
    t("哪一次", "Which meeting")
}

pub fn booked() -> &'static str {
    t("已报名", "Enrolled")
}

pub fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Attended => t("到了", "Here"),
        Mark::Absent => t("没到", "Absent"),
        Mark::Excused => t("请假", "Excused"),
    }
}

pub fn nothing_noted() -> &'static str {
    t("还没记", "Not noted")
}

/// Which meeting it is about.
pub fn meeting(roster: &Roster) -> String {
    let desk = &roster.desk;
    let when = common::when(desk.span, roster.zone);
    if desk.meetings < 2 {
        return when;
    }
    match lang() {
        Lang::Zh => format!("第 {} 次 · {when}", desk.meeting),
        Lang::En => format!("Meeting {} · {when}", desk.meeting),
    }
}
