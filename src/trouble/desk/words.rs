//! Words of refusals that the desk alone meets.

use domain::{refusal::Refusal, text::Lang, time::Zone};

use crate::{
    lang::{lang, t},
    words::moment,
};

/// What is about one of those who come along with whom the desk books for.
pub fn along(number: u32, refusal: &Refusal, zone: Zone) -> String {
    let why = crate::trouble::refusal(refusal, zone);
    match lang() {
        Lang::Zh => format!("同来的第 {number} 位：{why}"),
        Lang::En => format!("Companion {number}: {why}"),
    }
}

/// Why a meeting cannot be moved or called off so.
pub fn meeting(refusal: &Refusal, zone: Zone) -> String {
    match (refusal, lang()) {
        (Refusal::MeetingTime { latest }, Lang::Zh) => {
            format!("新的时间要在{}以前，一次 10 分钟到 12 小时。", moment(*latest, zone))
        }
        (Refusal::MeetingTime { latest }, Lang::En) => {
            format!("It has to start before {} and last from 10 minutes to 12 hours.", moment(*latest, zone))
        }
        (Refusal::MeetingThen { starts }, Lang::Zh) => {
            format!("这门课{}已经有一次，请换个时间。", moment(*starts, zone))
        }
        (Refusal::MeetingThen { starts }, Lang::En) => {
            format!("There is another meeting {}. Please take another time.", moment(*starts, zone))
        }
        _ => t(
            "只剩这一次了，或者已经停了。要整个停办，请用“关闭这一场”。",
            "It is the only one left, or is off already. To stop it altogether, close this slot.",
        )
        .to_owned(),
    }
}
