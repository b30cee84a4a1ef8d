//! Words of the desk's teams.

use domain::{staff::Standing, text::Lang};

use crate::lang::{lang, t};

pub fn lede() -> &'static str {
    t("队里的任务，只有队员接得了。", "Only who is in a team can take its tasks.")
}

pub fn none() -> &'static str {
    t("这个中心还没有队伍。", "This centre has no teams yet.")
}

pub fn nobody() -> &'static str {
    t("队里还没有人。", "Nobody is in it yet.")
}

pub fn invite() -> &'static str {
    t("请一位进队", "Invite to the team")
}

pub fn invite_to(team: &str) -> String {
    match lang() {
        Lang::Zh => format!("请一位进{team}"),
        Lang::En => format!("Invite somebody to {team}"),
    }
}

pub fn invite_hint() -> &'static str {
    t(
        "用这个手机号登录后，在“志愿”里就能看到队里的任务。",
        "Whoever signs in with this number sees the team’s tasks under Volunteer.",
    )
}

pub fn invite_yes() -> &'static str {
    t("邀请", "Invite")
}

pub fn inviting() -> &'static str {
    t("正在邀请…", "Inviting…")
}

pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Pending => t("等登录", "Invited"),
        Standing::Active => t("在队", "In the team"),
        Standing::Suspended => t("已停", "Suspended"),
    }
}

pub fn suspend() -> &'static str {
    t("停用", "Suspend")
}

pub fn resume() -> &'static str {
    t("恢复", "Resume")
}

pub fn remove() -> &'static str {
    t("退队", "Remove")
}

pub fn remove_title() -> &'static str {
    t("请出这个队？", "Take out of the team?")
}

pub fn remove_words(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("{name}的名字和手机号会从队里删掉，还没开始的任务让给队里别人。"),
        Lang::En => {
            format!("Name and number of {name} are deleted here, and tasks ahead go to others of the team.")
        }
    }
}

pub fn remove_yes() -> &'static str {
    t("请出", "Take out")
}
