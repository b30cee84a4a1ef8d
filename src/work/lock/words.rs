//! Words of the second lock.

use domain::text::Lang;

use crate::lang::{lang, t};

pub fn lede() -> &'static str {
    t(
        "工作台里有街坊和孩子的资料。除了手机号，再加一个密码和一组每半分钟变一次的数字，别人捡到手机也进不来。设一次，一分钟。",
        "The workbench shows neighbours and their children. Beyond your number it wants a password and digits that change every half minute. Setting it up takes a minute, once.",
    )
}

pub fn closed() -> &'static str {
    t(
        "工作台锁着。打开以后当天都能用，一小时没动就自己锁上。",
        "The workbench is locked. Once open it stays so for the day, and closes after an hour without use.",
    )
}

pub fn lost() -> &'static str {
    t(
        "密码忘了，或者验证器和备用码都丢了？请给您开权限的人在“人员”里重设，再来设一个新的。",
        "Lost the password, or the app and the spare codes? Whoever appointed you takes the lock off under Staff; then set up another.",
    )
}

pub fn demo(code: &str) -> String {
    match lang() {
        Lang::Zh => format!("演示环境：没有验证器也行，现在的数字是 {code}"),
        Lang::En => format!("Demo: without the app, the digits are {code} right now"),
    }
}

pub fn to_work() -> &'static str {
    t("去工作台", "To the workbench")
}

pub fn spare_kept() -> &'static str {
    t("抄好了，去工作台", "Written down; to the workbench")
}

pub fn reset() -> &'static str {
    t("重设第二道锁", "Take the second lock off")
}

pub fn reset_words(name: &str) -> String {
    match lang() {
        Lang::Zh => format!(
            "先确认是{name}本人：密码忘了，或者手机丢了。重设以后，{name}在所有手机上的工作台都会锁上，要重新设一个。这一步会留下记录。"
        ),
        Lang::En => format!(
            "Make sure that it is {name} who asks. The workbench closes on all of their devices until they set up another lock. This is put on record."
        ),
    }
}

pub fn reset_yes() -> &'static str {
    t("是本人，重设", "It is them: take it off")
}

pub fn reset_done() -> &'static str {
    t("重设好了。请对方打开工作台，重新设一个。", "Done. They set up another when they open the workbench.")
}

pub fn needs_app() -> &'static str {
    t(
        "先在手机上装一个身份验证器（很多手机自带），再点下面。",
        "You need an authenticator app; many phones have one. Then tap below.",
    )
}

pub fn begin() -> &'static str {
    t("开始设置", "Set it up")
}

pub fn scan() -> &'static str {
    t("用验证器扫一下", "Scan it with the app")
}

pub fn picture() -> &'static str {
    t("给身份验证器扫的码", "Square code for the authenticator app")
}

pub fn by_hand(secret: &str) -> String {
    let fours: Vec<&str> = (0..secret.len()).step_by(4).filter_map(|at| secret.get(at..at + 4)).collect();
    let secret = fours.join(" ");
    match lang() {
        Lang::Zh => format!("扫不了就手填：{secret}"),
        Lang::En => format!("Or type it: {secret}"),
    }
}

pub fn password() -> &'static str {
    t("密码", "Password")
}

pub fn password_hint() -> &'static str {
    t("至少 10 个字，一句自己记得住的话最好", "At least 10 characters; a sentence you remember is best")
}

pub fn code() -> &'static str {
    t("验证器上的 6 位数字", "The 6 digits in the app")
}

pub fn code_or_spare() -> &'static str {
    t("验证器上的 6 位数字，或一个备用码", "The 6 digits in the app, or a spare code")
}

pub fn make() -> &'static str {
    t("设好", "Done")
}

pub fn open_it() -> &'static str {
    t("打开", "Open")
}

pub fn close() -> &'static str {
    t("现在就锁上", "Close it now")
}

pub fn open(until: &str, spare: u32) -> String {
    match lang() {
        Lang::Zh => {
            format!("开着，最晚{until}自己锁上；一小时没动也会锁。备用码还有 {spare} 个。")
        }
        Lang::En => {
            format!("Open until {until} at most, or an hour without use. {spare} spare codes are left.")
        }
    }
}

pub fn spare() -> &'static str {
    t("备用码，只显示这一次", "Spare codes, shown this once")
}

pub fn spare_words() -> &'static str {
    t(
        "抄下来，别放在手机里。验证器不在身边时，一个码可以当一次数字用。",
        "Write them down, not in the phone. Without the app, each stands for the digits once.",
    )
}
