//! Words of doing something for who calls.

use domain::{text::Lang, work::CallerDeed};

use crate::lang::{lang, t};

pub fn title() -> &'static str {
    t("按本人的意思办", "On their word")
}

/// On the button beside the party.
pub fn deed(deed: CallerDeed) -> &'static str {
    match deed {
        CallerDeed::Take => t("替本人要了", "Take it"),
        CallerDeed::Decline => t("替本人不要", "Let it go"),
        CallerDeed::Cancel => t("本人不来了", "They cancel"),
        CallerDeed::Restore => t("恢复", "Bring back"),
    }
}

/// The same for who cannot see beside whom it stands.
pub fn deed_for(which: CallerDeed, who: &str) -> String {
    let words = deed(which);
    match lang() {
        Lang::Zh => format!("{words}：{who}"),
        Lang::En => format!("{words}: {who}"),
    }
}

pub fn about(deed: CallerDeed, who: &str) -> String {
    match (lang(), deed) {
        (Lang::Zh, CallerDeed::Take) => format!("{who} 要这个名额。点了就定下来了。"),
        (Lang::Zh, CallerDeed::Decline) => {
            format!("{who} 不要这个名额。名额马上问下一家，10 分钟内可以恢复。")
        }
        (Lang::Zh, CallerDeed::Cancel) => {
            format!("{who} 不来了。名额马上给候补的邻居，10 分钟内可以恢复。")
        }
        (Lang::Zh, CallerDeed::Restore) => {
            format!("{who} 还是要来。名额还空着就恢复，不空就排在候补最前面。")
        }
        (Lang::En, CallerDeed::Take) => format!("{who} takes the place. It is booked at once."),
        (Lang::En, CallerDeed::Decline) => {
            format!("{who} does not want it. The next is asked at once; it can be undone for ten minutes.")
        }
        (Lang::En, CallerDeed::Cancel) => {
            format!("{who} does not come. The next is asked at once; it can be undone for ten minutes.")
        }
        (Lang::En, CallerDeed::Restore) => {
            format!("{who} comes after all: with the place if it is free, otherwise first in the queue.")
        }
    }
}

pub fn yes(deed: CallerDeed) -> &'static str {
    match deed {
        CallerDeed::Take => t("要了，定下来", "Take it"),
        CallerDeed::Decline => t("不要了", "Let it go"),
        CallerDeed::Cancel => t("取消预约", "Cancel the booking"),
        CallerDeed::Restore => t("恢复预约", "Bring it back"),
    }
}

pub fn meanwhile() -> &'static str {
    t("正在办…", "One moment…")
}

pub fn how() -> &'static str {
    t("谁说的", "On whose word")
}

pub fn how_hint() -> &'static str {
    t("4 到 200 个字，本人看得到。", "4 to 200 characters; they can read it.")
}

/// Ways that come up again and again.
pub fn ways() -> [&'static str; 3] {
    [
        t("本人打电话来", "They called"),
        t("本人在前台", "They stand at the desk"),
        t("家人打电话来", "A relative called"),
    ]
}
