//! Words of the settings.

use domain::text::Lang;

use crate::lang::{lang, t};

pub fn settings() -> &'static str {
    t("设置", "Settings")
}

pub fn mine() -> &'static str {
    t("我的", "Mine")
}

pub fn elder() -> &'static str {
    t("长辈版", "Elder mode")
}

pub fn elder_note() -> &'static str {
    t("字大、按钮大，一列到底", "Large words and buttons, one column")
}

pub fn size() -> &'static str {
    t("字的大小", "Size of words")
}

/// The sizes, smallest first.
pub fn sizes() -> [&'static str; 3] {
    [t("正常", "Normal"), t("大", "Large"), t("特大", "Very large")]
}

pub fn language() -> &'static str {
    t("语言 Language", "Language 语言")
}

pub fn chinese() -> &'static str {
    "中文"
}

pub fn english() -> &'static str {
    "English"
}

pub fn centre() -> &'static str {
    t("我的中心", "My centre")
}

pub fn change() -> &'static str {
    t("点这里换一个", "Tap to choose another")
}

pub fn privacy() -> &'static str {
    t("我的信息怎么用", "What is kept about me")
}

/// What is kept, in plain words.
pub fn privacy_points() -> [&'static str; 4] {
    [
        t(
            "手机号、家人的名字和生日都加密保存，别的居民看不到。",
            "Your number, and names and dates of birth of your family, are kept encrypted. No other resident sees them.",
        ),
        t(
            "您订的和帮的只有自己和中心看得到；心愿大家都看得到，但不写是谁说的。",
            "What you book and help with is between you and the centre. Wishes are for all to read, without names.",
        ),
        t(
            "您的位置只在您点“离我近”时用一下，不保存，也不上传。",
            "Your position is used only when you tap for what is near. It is neither kept nor sent.",
        ),
        t("没有广告，也不给别人。", "No advertising, and nothing is passed on."),
    ]
}

pub fn policy() -> &'static str {
    t("我们保存什么", "What is kept")
}

pub fn policy_note() -> &'static str {
    t("每一样做什么用、留多久", "What for, and for how long")
}

pub fn data() -> &'static str {
    t("我的资料", "What is kept about me")
}

pub fn data_note() -> &'static str {
    t("看一看，也可以带走一份", "Read it, and take a copy along")
}

pub fn leave() -> &'static str {
    t("注销账号", "Erase my account")
}

pub fn leave_note() -> &'static str {
    t("七天内可以反悔", "With seven days to think better of it")
}

pub fn wechat() -> &'static str {
    t("微信登录", "Sign in by WeChat")
}

pub fn wechat_note() -> &'static str {
    t("开通以后，在微信里打开就不用再填验证码", "No more codes when you open this in WeChat")
}

pub fn wechat_ready() -> &'static str {
    t("认出您的微信了，点“开通”就好", "Your WeChat is recognised: tap to turn it on")
}

pub fn bound_since(moment: &str) -> String {
    match lang() {
        Lang::Zh => format!("{moment} 开通，在微信里直接登录"),
        Lang::En => format!("On since {moment}: signed in by itself within WeChat"),
    }
}

pub fn bind() -> &'static str {
    t("开通", "Turn on")
}

pub fn binding() -> &'static str {
    t("正在开通…", "Turning on…")
}

pub fn unbind() -> &'static str {
    t("关闭", "Turn off")
}

pub fn unbinding() -> &'static str {
    t("正在关闭…", "Turning off…")
}

pub fn unbind_title() -> &'static str {
    t("关闭微信登录吗？", "Turn off signing in by WeChat?")
}

pub fn unbind_words() -> &'static str {
    t(
        "以后在微信里也用手机号登录。预约都还在。",
        "Within WeChat, too, you then sign in with your number. Bookings stay.",
    )
}

pub fn keep() -> &'static str {
    t("先不关", "Leave it on")
}

pub fn devices() -> &'static str {
    t("登录的设备", "Where I am signed in")
}

pub fn devices_note() -> &'static str {
    t("看看在哪些手机上登录着，不认识的可以退出", "See on which phones, and sign out those you do not know")
}

pub fn sign_in() -> &'static str {
    t("登录", "Sign in")
}

pub fn sign_out() -> &'static str {
    t("退出登录", "Sign out")
}

pub fn sign_out_title() -> &'static str {
    t("退出登录吗？", "Sign out?")
}

pub fn sign_out_words() -> &'static str {
    t(
        "您的预约都还在，用同一个手机号登录就能看到。别人要用这部手机时，退出更放心。",
        "Your bookings stay: sign in with the same number to see them. On a shared phone it is safer to sign out.",
    )
}

pub fn signing_out() -> &'static str {
    t("正在退出…", "Signing out…")
}

pub fn stay() -> &'static str {
    t("先不退", "Stay signed in")
}

pub fn version(version: &str) -> String {
    format!("{} {version}", t("家门口", "Doorstep"))
}
