//! Words of devices.

use domain::{
    device::{DeviceKind, DeviceLook, DeviceStep},
    text::Lang,
};

use crate::lang::{lang, t};

pub fn devices() -> &'static str {
    t("登录的设备", "Where I am signed in")
}

pub fn lede() -> &'static str {
    t(
        "不认识的、不再用的，点一下就能退出。",
        "What you do not know, or use no more, can be signed out with a tap.",
    )
}

pub fn settings() -> &'static str {
    t("设置", "Settings")
}

/// What a device is called: `微信 · 安卓手机`.
pub fn look(look: DeviceLook) -> String {
    let kind = match look.kind {
        DeviceKind::Iphone => t("苹果手机", "iPhone"),
        DeviceKind::Ipad => t("苹果平板", "iPad"),
        DeviceKind::Android => t("安卓手机", "Android phone"),
        DeviceKind::Harmony => t("鸿蒙手机", "HarmonyOS phone"),
        DeviceKind::Computer => t("电脑", "Computer"),
        DeviceKind::Other => t("其他设备", "Another device"),
    };
    if look.wechat { format!("{} · {kind}", t("微信", "WeChat")) } else { kind.to_owned() }
}

pub fn here() -> &'static str {
    t("就是这台", "This one")
}

pub fn wechat() -> &'static str {
    t("绑定的微信", "Bound WeChat")
}

pub fn wechat_since(moment: &str) -> String {
    match lang() {
        Lang::Zh => format!("{moment} 绑定，不用验证码就能登录"),
        Lang::En => format!("Bound {moment}; signs in without a code"),
    }
}

pub fn since(moment: &str) -> String {
    match lang() {
        Lang::Zh => format!("{moment} 登录"),
        Lang::En => format!("Signed in {moment}"),
    }
}

pub fn seen(moment: &str) -> String {
    match lang() {
        Lang::Zh => format!("{moment} 用过"),
        Lang::En => format!("Used {moment}"),
    }
}

pub fn end() -> &'static str {
    t("退出", "Sign out")
}

pub fn end_which(device: &str) -> String {
    match lang() {
        Lang::Zh => format!("退出{device}"),
        Lang::En => format!("Sign out on {device}"),
    }
}

pub fn ending() -> &'static str {
    t("正在退出…", "Signing out…")
}

pub fn end_others() -> &'static str {
    t("退出其他所有设备", "Sign out everywhere else")
}

pub fn end_title() -> &'static str {
    t("退出这台设备吗？", "Sign out there?")
}

pub fn end_words(device: &str) -> String {
    match lang() {
        Lang::Zh => format!("{device}上要重新用手机号登录。预约都还在。"),
        Lang::En => {
            format!("{device} then has to sign in with the number again. Bookings stay.")
        }
    }
}

pub fn others_title() -> &'static str {
    t("退出其他所有设备吗？", "Sign out everywhere else?")
}

pub fn others_words() -> &'static str {
    t(
        "除了手上这台，都要重新用手机号登录，绑定的微信也一起解除。预约都还在。",
        "Everywhere but here, one then has to sign in with the number again; WeChat is unbound, too. Bookings stay.",
    )
}

pub fn stay() -> &'static str {
    t("先不退", "Leave it")
}

pub fn story() -> &'static str {
    t("最近的变化", "Lately")
}

/// What happened on a device.
pub fn step(step: DeviceStep, device: &str) -> String {
    match (step, lang()) {
        (DeviceStep::SignedIn, Lang::Zh) => format!("在{device}上登录"),
        (DeviceStep::SignedIn, Lang::En) => format!("Signed in: {device}"),
        (DeviceStep::Ended, Lang::Zh) => format!("退出了{device}"),
        (DeviceStep::Ended, Lang::En) => format!("Signed out: {device}"),
        (DeviceStep::Bound, Lang::Zh) => format!("在{device}上绑定了微信，以后不用验证码就能登录"),
        (DeviceStep::Bound, Lang::En) => format!("WeChat bound, which signs in without a code: {device}"),
        (DeviceStep::Unbound, Lang::Zh) => format!("在{device}上解除了微信"),
        (DeviceStep::Unbound, Lang::En) => format!("WeChat unbound: {device}"),
        (DeviceStep::CopyFound, Lang::Zh) => format!("{device}的登录出现了一份旧拷贝，为了安全已退出"),
        (DeviceStep::CopyFound, Lang::En) => {
            format!("An old copy of a sign-in turned up ({device}); it was ended to be safe")
        }
    }
}

pub fn not_me() -> &'static str {
    t(
        "不是您登录的？先退出那台设备。您的验证码不要告诉任何人，中心的人也不会问。",
        "It was not you? Sign that device out. Tell nobody your codes; the centre never asks for them.",
    )
}
