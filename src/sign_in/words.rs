//! Words of signing in.

use domain::text::Lang;

use crate::lang::{lang, t};

pub fn sign_in() -> &'static str {
    t("登录", "Sign in")
}

pub fn by_wechat() -> &'static str {
    t("用微信登录", "Sign in by WeChat")
}

pub fn asking_wechat() -> &'static str {
    t("正在登录…", "Signing in…")
}

pub fn wechat_new() -> &'static str {
    t("第一次来，填一次手机号，以后在微信里直接进。", "Your number once; from then on WeChat is enough.")
}

pub fn wechat_snapshot() -> &'static str {
    t(
        "您看到的是微信的预览页。点页面下方的“使用完整服务”，再登录。",
        "This is WeChat's preview of the page. Tap \u{201c}使用完整服务\u{201d} at its foot, then sign in.",
    )
}

pub fn wechat_failed() -> &'static str {
    t(
        "微信这次没认出您，用手机号登录也一样。",
        "WeChat did not recognise you this time. Your number does as well.",
    )
}

pub fn remember_wechat() -> &'static str {
    t("记住这个微信", "Remember this WeChat")
}

pub fn remember_wechat_note() -> &'static str {
    t(
        "下次在微信里打开就是登录的。替别人登录时请关掉。",
        "Opened in WeChat, you are then signed in. Turn it off when you sign in for somebody else.",
    )
}

pub fn title() -> &'static str {
    t("留个手机号", "Your mobile number")
}

pub fn lede() -> &'static str {
    t("订好的、说过的，换个手机也能找回来。", "So that you find what you booked and said, on any phone.")
}

pub fn home() -> &'static str {
    t("首页", "Home")
}

pub fn phone() -> &'static str {
    t("手机号", "Mobile number")
}

pub fn phone_hint() -> &'static str {
    t("11 位数字，中间有空格也行", "11 digits; spaces are fine")
}

pub fn get_code() -> &'static str {
    t("获取验证码", "Send me a code")
}

pub fn getting() -> &'static str {
    t("正在发送…", "Sending…")
}

pub fn privacy() -> &'static str {
    t(
        "不用设密码。号码加密保存，只用来认出是您，别的居民看不到。",
        "No password. The number is kept encrypted and only tells us that it is you; other residents never see it.",
    )
}

pub fn by_phone() -> &'static str {
    t(
        "不想在手机上弄？打个电话，中心的人帮您订。",
        "Rather not do this on a phone? Call, and the centre books for you.",
    )
}

pub fn call(centre: &str) -> String {
    match lang() {
        Lang::Zh => format!("打电话给{centre}"),
        Lang::En => format!("Call {centre}"),
    }
}

pub fn code_title() -> &'static str {
    t("填写验证码", "Enter the code")
}

pub fn sent_to(phone: &str) -> String {
    match lang() {
        Lang::Zh => format!("已发到 {phone}，5 分钟内有效"),
        Lang::En => format!("Sent to {phone}, good for 5 minutes"),
    }
}

pub fn code() -> &'static str {
    t("短信里的 6 位数字", "The 6 digits in the message")
}

pub fn enter() -> &'static str {
    t("登录", "Sign in")
}

pub fn entering() -> &'static str {
    t("正在登录…", "Signing in…")
}

pub fn again_in(seconds: u32) -> String {
    match lang() {
        Lang::Zh => format!("没收到？{seconds} 秒后可以再发"),
        Lang::En => format!("Not there? You can ask again in {seconds} s"),
    }
}

pub fn again() -> &'static str {
    t("没收到，再发一次", "Not there? Send again")
}

pub fn other_number() -> &'static str {
    t("换个号码", "Another number")
}

pub fn demo(code: &str) -> String {
    match lang() {
        Lang::Zh => format!("演示环境，不发短信。验证码：{code}"),
        Lang::En => format!("This is a demo and sends no message. The code: {code}"),
    }
}

pub fn fill_in() -> &'static str {
    t("替我填上", "Fill it in")
}

pub fn already() -> &'static str {
    t("您已经登录了。", "You are signed in.")
}

pub fn go_on() -> &'static str {
    t("继续", "Go on")
}
