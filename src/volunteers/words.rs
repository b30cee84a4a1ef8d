//! Words of being a volunteer.

use domain::{text::Lang, volunteer::Liking};

use crate::lang::{lang, t};

pub fn title() -> &'static str {
    t("做志愿者", "Volunteering")
}

pub fn volunteer() -> &'static str {
    t("志愿", "Volunteer")
}

pub fn lede() -> &'static str {
    t(
        "登记一次，中心就知道您愿意帮什么。随时可以不做。",
        "Say once what you like to help with. You can stop at any time.",
    )
}

pub fn name() -> &'static str {
    t("称呼", "Name")
}

pub fn name_long() -> &'static str {
    t("怎么称呼您", "The name you go by")
}

pub fn name_hint() -> &'static str {
    t("中心的人这样叫您，别的邻居看不到", "For the people of the centre; neighbours do not see it")
}

pub fn likes() -> &'static str {
    t("愿意帮", "Likes")
}

pub fn likes_long() -> &'static str {
    t("愿意帮什么", "What you like to help with")
}

pub fn liking(liking: Liking) -> &'static str {
    match liking {
        Liking::Meals => t("送餐", "Taking meals"),
        Liking::Elders => t("陪老人", "Company for elders"),
        Liking::Children => t("带孩子", "Children"),
        Liking::Repairs => t("修修补补", "Repairs"),
        Liking::Phones => t("教用手机", "Phones"),
        Liking::Events => t("活动帮手", "Events"),
        Liking::Tidying => t("打扫环境", "Tidying"),
    }
}

/// All of them in a line.
pub fn likings(likes: &[Liking]) -> String {
    let names: Vec<&str> = likes.iter().map(|one| liking(*one)).collect();
    match lang() {
        _ if names.is_empty() => t("什么都行", "Anything").to_owned(),
        Lang::Zh => names.join("、"),
        Lang::En => names.join(", "),
    }
}

pub fn centre() -> &'static str {
    t("中心", "Centre")
}

pub fn centre_long() -> &'static str {
    t("在哪个中心", "At which centre")
}

pub fn since() -> &'static str {
    t("登记", "Since")
}

pub fn join() -> &'static str {
    t("成为志愿者", "Become a volunteer")
}

pub fn joining() -> &'static str {
    t("正在登记…", "Telling the centre…")
}

pub fn good(centre: &str) -> String {
    match lang() {
        Lang::Zh => format!("您是{centre}的志愿者，谢谢您。"),
        Lang::En => format!("You are a volunteer at {centre}. Thank you."),
    }
}

pub fn suspended(reason: &str) -> String {
    match lang() {
        Lang::Zh => format!("中心暂时停了您的志愿者任务。原因：{reason}。有疑问请打电话给中心。"),
        Lang::En => {
            format!(
                "The centre has paused your tasks as a volunteer. Why: {reason}. Please call if in doubt."
            )
        }
    }
}

pub fn go_on() -> &'static str {
    t("接着看刚才的任务", "Back to the task")
}

pub fn change() -> &'static str {
    t("改一改", "Change this")
}

pub fn save() -> &'static str {
    t("保存", "Save")
}

pub fn saving() -> &'static str {
    t("正在保存…", "Saving…")
}

pub fn keep() -> &'static str {
    t("不改了", "Leave it")
}

pub fn stop() -> &'static str {
    t("不做志愿者了", "Stop volunteering")
}

pub fn stop_title() -> &'static str {
    t("不做志愿者了吗？", "Stop volunteering?")
}

pub fn stop_words() -> &'static str {
    t(
        "登记的内容会删掉。已经接下、还没开始的志愿者任务，会让给别的邻居。以后还可以再来。",
        "What you said is deleted, and volunteers’ tasks ahead go to neighbours. You can come back later.",
    )
}

pub fn stop_yes() -> &'static str {
    t("确定不做了", "Stop")
}

pub fn stopping() -> &'static str {
    t("正在告诉中心…", "Telling the centre…")
}

pub fn stop_no() -> &'static str {
    t("我还是做", "Go on")
}

pub fn teams() -> &'static str {
    t("我的队伍", "My teams")
}
