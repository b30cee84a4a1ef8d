//! One walk in the large view over everything that is about oneself: signing in, family, consent, devices,
//! what is kept, taking it along, and leaving. Pictures of every page are kept to be looked at.

use super::{house::House, phone::Phone, screens};

#[test]
fn everything_about_oneself_can_be_done_in_large_letters() {
    let house = House::new();
    let phone = Phone::new(&house);
    phone.has_cookie("view=elder").opens("/mine").keeps_picture("elder-mine-nobody");
    phone.taps("登录").sees("手机号").keeps_picture("elder-sign-in");
    phone.types("手机号", screens::MINE).taps("获取验证码").sees("演示环境").keeps_picture("elder-code");
    let text = phone.text();
    let (_, code) = text.split_once("验证码：").expect("the demo shows the code");
    phone.types("短信里的 6 位数字", &code.trim().chars().take(6).collect::<String>()).is_at("/mine");

    phone.opens("/family").taps("添加家人").keeps_picture("elder-family-new");
    phone.types("怎么称呼", "孙女朵朵").types("年", "2019").types("月", "2").types("日", "28").taps("保存");
    phone.sees_heading("监护人同意书").keeps_picture("elder-consent").taps("我是监护人，我同意");
    phone.is_at("/family").sees("孙女朵朵").keeps_picture("elder-family");
    phone.taps("孙女朵朵").sees_heading("孙女朵朵").keeps_picture("elder-person");
    phone.taps("监护人同意书").taps("撤回同意").sees("要撤回吗？").taps("不撤回");

    phone.opens("/settings").sees("登录的设备").keeps_picture("elder-settings");
    phone.taps("登录的设备").sees_heading("登录的设备").sees("就是这台").keeps_picture("elder-devices");
    phone.opens("/my-data").sees_heading("我的资料").keeps_picture("elder-my-data");
    phone.taps("带走一份").sees("前可以打开").keeps_picture("elder-my-data-link");
    phone.opens("/privacy").sees_heading("我们保存什么").keeps_picture("elder-privacy");
    phone.opens("/leave").sees("监护人同意").keeps_picture("elder-leave");
    phone.taps("注销账号").sees("真的要注销吗？");
    phone.run("document.querySelector('.sheet .button').click()");
    phone.sees("您申请了注销").keeps_picture("elder-leaving").taps("不注销了").sees("没有要退的预约");
}
