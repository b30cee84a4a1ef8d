//! The words around what is kept, and those for what is kept as a name of the house's own.

use domain::text::{Lang, Text};

use super::register::{Group, Say};

/// What stays for as long as its holder stays.
pub const WITH_ACCOUNT: Say = ("到您删掉它或注销账号为止", "Until you take it away or erase the account");
/// What stays for good.
pub const FOR_GOOD: Say = ("一直留着，不带名字", "For good, without names");

/// A group of things.
pub const fn group(group: Group) -> Say {
    match group {
        Group::Account => ("账号和登录", "Account and signing in"),
        Group::Family => ("家人", "Family"),
        Group::Bookings => ("预约", "Bookings"),
        Group::Neighbours => ("心愿和帮忙", "Wishes and lending a hand"),
        Group::House => ("中心的工作", "The work of the centres"),
    }
}

/// For how long something is kept of which a part goes by itself.
pub fn kept(what: Say, days: i64, base: Say) -> Text {
    let (zh, en) = match days {
        days if days % 365 == 0 => (
            format!("{} 年", days / 365),
            format!("{} year{}", days / 365, if days == 365 { "" } else { "s" }),
        ),
        days => (format!("{days} 天"), format!("{days} days")),
    };
    Text {
        zh: format!("{}；{} {zh}后自动删掉", base.0, what.0),
        en: format!("{}. After {en} these go by themselves: {}", base.1, lower(what.1)),
    }
}

fn lower(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}

/// The heading of the archive.
pub const fn archive_title(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "家门口 · 我的资料",
        Lang::En => "Doorstep · What is kept about me",
    }
}

/// What the archive is.
pub fn archive_lede(made: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "这里是家门口保存的、关于您和您家人的全部资料，{made} 整理。请自己收好，不要转给别人。\
             页面里还带着一份给电脑读的同样的资料。"
        ),
        Lang::En => format!(
            "This is everything that Doorstep keeps about you and your family, put together on {made}. Keep it \
             to yourself. The page also holds the same for machines."
        ),
    }
}

/// Yes or no.
pub const fn truth(yes: bool, lang: Lang) -> &'static str {
    match (yes, lang) {
        (true, Lang::Zh) => "是",
        (false, Lang::Zh) => "否",
        (true, Lang::En) => "Yes",
        (false, Lang::En) => "No",
    }
}

/// What stands between several words.
pub const fn between(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    }
}

/// The word for a name of the house's own; the name itself where there is none.
pub fn word<'a>(of: &str, name: &'a str, lang: Lang) -> &'a str {
    let found = WORDS.iter().find(|(table, known, _)| *table == of && *known == name);
    match (found, lang) {
        (Some((.., (zh, _))), Lang::Zh) => zh,
        (Some((.., (_, en))), Lang::En) => en,
        (None, _) => name,
    }
}

/// What a device looked like, as it is kept: `iphone`, `wechat android`.
pub fn device(name: &str, lang: Lang) -> String {
    match name.strip_prefix("wechat ") {
        Some(kind) => format!("{} · {}", word("device", "wechat", lang), word("device", kind, lang)),
        None => word("device", name, lang).to_owned(),
    }
}

/// What is kept of those who are no more.
pub const REGISTER: [Say; 5] = [
    ("注销过的记号", "Marks of those who were erased"),
    ("旧的备份恢复以后，再删一次", "So that a database that is brought back is erased again"),
    ("一串认不出人的字符，和删除的时间", "A digest that tells nobody, and the time"),
    ("一直留着", "For good"),
    ("就是这时候记下的", "This is when it is made"),
];

const WORDS: &[(&str, &str, Say)] = &[
    ("person", "Myself", ("我自己", "Myself")),
    ("person", "Child", ("孩子", "Child")),
    ("person", "Elder", ("老人", "Elder")),
    ("person", "Adult", ("大人", "Adult")),
    ("fields", "name", ("名字", "Name")),
    ("fields", "born", ("出生日期", "Date of birth")),
    ("fields", "school", ("学校", "School")),
    ("fields", "allergies", ("过敏", "Allergies")),
    ("fields", "notes", ("要嘱咐的", "Notes")),
    ("fields", "phone", ("手机号", "Telephone")),
    ("fields", "member", ("家人", "The relative")),
    ("fields", "elder", ("老人", "The elder")),
    ("fields", "likes", ("愿意帮的事", "Likes to help with")),
    ("likes", "meals", ("送餐", "Taking meals")),
    ("likes", "elders", ("陪老人", "Company for elders")),
    ("likes", "children", ("带孩子", "Children")),
    ("likes", "repairs", ("修修补补", "Repairs")),
    ("likes", "phones", ("教用手机", "Phones")),
    ("likes", "events", ("活动帮手", "Events")),
    ("likes", "tidying", ("打扫环境", "Tidying")),
    ("school", "home", ("在家或托班", "At home or in a nursery")),
    ("school", "kindergarten", ("幼儿园", "Kindergarten")),
    ("school", "lower", ("小学一到三年级", "Primary school, years 1 to 3")),
    ("school", "upper", ("小学四到六年级", "Primary school, years 4 to 6")),
    ("school", "middle", ("初中", "Middle school")),
    ("device", "wechat", ("微信", "WeChat")),
    ("device", "iphone", ("苹果手机", "iPhone")),
    ("device", "ipad", ("苹果平板", "iPad")),
    ("device", "android", ("安卓手机", "Android phone")),
    ("device", "harmony", ("鸿蒙手机", "HarmonyOS phone")),
    ("device", "computer", ("电脑", "Computer")),
    ("device", "other", ("其他设备", "Another device")),
    ("device_line", "signed-in", ("登录", "Signed in")),
    ("device_line", "ended", ("退出", "Signed out")),
    ("device_line", "bound", ("绑定了微信", "WeChat bound")),
    ("device_line", "unbound", ("解除了微信", "WeChat unbound")),
    ("device_line", "copy-found", ("发现被复制，已退出", "A copy was found; signed out")),
    ("guardian", "see", ("只看", "See")),
    ("guardian", "book", ("看和报名", "See and book")),
    ("guardian_code", "see", ("只看", "See")),
    ("guardian_code", "book", ("看和报名", "See and book")),
    ("circle", "see", ("只看看", "See")),
    ("circle", "act", ("帮我办事", "See and act")),
    ("circle_code", "see", ("只看看", "See")),
    ("circle_code", "act", ("帮我办事", "See and act")),
    ("circle_line", "book", ("预约", "Booked")),
    ("circle_line", "cancel", ("取消", "Gave a booking back")),
    ("circle_line", "restore", ("恢复预约", "Took a booking up again")),
    ("circle_line", "take", ("要了留的位子", "Took an offer")),
    ("circle_line", "decline", ("没要留的位子", "Let an offer go")),
    ("circle_line", "stop", ("说好等到什么时候", "Said how long to wait")),
    ("circle_line", "arrive", ("签到", "Checked in")),
    ("circle_line", "ready", ("提前准备", "Got ready for an opening")),
    ("circle_line", "unready", ("取消准备", "Not ready any more")),
    ("circle_line", "enter", ("报名抽签", "Entered a draw")),
    ("circle_line", "withdraw", ("退出抽签", "Left a draw")),
    ("circle_line", "wish", ("提心愿", "Made a wish")),
    ("circle_line", "support", ("一起想要", "Joined in a wish")),
    ("circle_line", "unwish", ("收回心愿", "Took a wish back")),
    ("circle_line", "person", ("改家人资料", "Changed somebody's details")),
    ("circle_line", "care", ("改嘱咐", "Changed what to know")),
    ("booking", "confirmed", ("已订上", "Booked")),
    ("booking", "waitlisted", ("候补中", "On the waitlist")),
    ("booking", "offered", ("轮到您了", "A place is held")),
    ("booking", "declined", ("没要", "Not taken")),
    ("booking", "lapsed", ("过了时间", "Lapsed")),
    ("booking", "cancelled", ("已退", "Given back")),
    ("booking", "withdrawn", ("中心取消", "Withdrawn by the centre")),
    ("booking", "attended", ("到了", "Attended")),
    ("booking", "missed", ("没到", "Missed")),
    ("attendance", "attended", ("到了", "Was there")),
    ("attendance", "absent", ("没到", "Was not there")),
    ("attendance", "excused", ("请了假", "Excused")),
    ("notice", "offered", ("轮到您了", "A place is held")),
    ("notice", "lapsed", ("留位过了时间", "An offer lapsed")),
    ("notice", "stopped", ("不再问您了", "Asked no more")),
    ("notice", "unreached", ("直到开始都没轮到", "Not reached before it started")),
    ("notice", "class_off", ("抽签选的班不办了", "A class of a draw was called off")),
    ("notice", "missed", ("没到，位子让出", "Missed, and the place went on")),
    ("notice", "withdrawn", ("中心取消", "Withdrawn by the centre")),
    ("notice", "meeting_moved", ("有一次改了时间", "A meeting was moved")),
    ("notice", "meeting_off", ("有一次停了", "A meeting was called off")),
    ("notice", "booked_at_desk", ("柜台为您订了", "Booked at the desk")),
    ("notice", "queued_at_desk", ("柜台为您排了队", "Queued at the desk")),
    ("notice", "cancelled_at_desk", ("柜台为您退了", "Cancelled at the desk")),
    ("notice", "booked_for_you", ("家人为您订了", "Booked by a relative")),
    ("notice", "queued_for_you", ("家人为您排了队", "Queued by a relative")),
    ("notice", "cancelled_for_you", ("家人为您退了", "Given back by a relative")),
    ("notice", "table_yours", ("桌子归您了", "The table is yours")),
    ("notice", "volunteer_suspended", ("停了志愿者任务", "Suspended as a volunteer")),
    ("notice", "volunteer_restored", ("恢复了志愿者任务", "Restored as a volunteer")),
    ("notice", "team_suspended", ("停了队里的任务", "Suspended in a team")),
    ("notice", "team_resumed", ("恢复了队里的任务", "Back in a team")),
    ("notice", "team_left", ("离开了队伍", "Left a team")),
    ("notice", "circle_joined", ("家人进了关爱圈", "A relative came into the circle")),
    ("wish", "place", ("场地", "Places")),
    ("wish", "safety", ("安全", "Safety")),
    ("wish", "elders", ("老人", "Elders")),
    ("wish", "children", ("孩子", "Children")),
    ("wish", "culture", ("文化", "Culture")),
    ("wish", "other", ("其他", "Other")),
    ("wish_step", "accepted", ("中心答应了", "Accepted")),
    ("wish_step", "done", ("办好了", "Done")),
    ("wish_step", "declined", ("办不了", "Declined")),
    ("wish_step", "withdrawn", ("收回了", "Taken back")),
    ("staff", "staff", ("中心工作人员", "At the desk")),
    ("staff", "office", ("街道或区里工作人员", "At an office")),
    ("staff", "admin", ("管理员", "Administrator")),
    ("audit", "roster", ("看了名单", "Saw a list")),
    ("audit", "look", ("看了资料", "Looked at details")),
    ("audit", "check_in", ("签到", "Checked in")),
    ("audit", "attendance", ("记出勤", "Noted attendance")),
    ("audit", "book", ("代为预约", "Booked")),
    ("audit", "withdraw", ("取消", "Withdrew")),
    ("audit", "for_caller", ("按来电人的意思办", "Done on a caller’s word")),
    ("audit", "resize", ("改了名额", "Changed places")),
    ("audit", "reschedule", ("改了一次的时间", "Changed when a meeting is")),
    ("audit", "close", ("停了一场", "Closed a slot")),
    ("audit", "verify", ("核对证件", "Saw papers")),
    ("audit", "paper_consent", ("记下纸质同意书", "Kept a consent on paper")),
    ("audit", "consent_back", ("收回同意书", "Took a consent back")),
    ("audit", "circle", ("开关爱圈", "Opened a circle of care")),
    ("audit", "end_bond", ("退出关爱圈", "Ended a bond")),
    ("audit", "new_card", ("换了关爱号", "Gave another number")),
    ("audit", "move_phone", ("换成手机号", "Put a telephone in its place")),
    ("audit", "erase", ("安排删除资料", "Arranged for erasure")),
    ("audit", "stop_erasing", ("不再删除资料", "Stopped an erasure")),
    ("audit", "invite", ("给了职务", "Gave a post")),
    ("audit", "suspend", ("停了职务", "Took a post away")),
    ("audit", "resume", ("恢复职务", "Gave a post back")),
    ("audit", "make_lock", ("设好第二道锁", "Set up the second lock")),
    ("audit", "try_lock", ("没打开第二道锁", "Tried the second lock in vain")),
    ("audit", "reset_lock", ("重设第二道锁", "Reset the second lock")),
    ("audit", "remove", ("请出队伍", "Took somebody out of a team")),
];
