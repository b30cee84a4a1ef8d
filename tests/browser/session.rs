//! What is mine is mine: signing out, a second account on the same phone, and codes that are wrong.

use super::{house::House, phone::Phone, screens};

#[test]
fn who_signs_out_leaves_nothing_for_the_next() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    let ticket = format!("/bookings/{}", screens::books(&me, "xinsheng-pingpong.20260623T1900").id);
    let phone = Phone::of(&house, &me);
    phone.expects("status of 404");
    phone.opens(&ticket).sees_heading("订好了").opens("/mine").sees("乒乓球桌");
    phone
        .taps("设置")
        .taps("退出登录")
        .sees("退出登录吗？")
        .taps("退出登录")
        .is_at("/mine")
        .sees("用手机号登录");
    phone.sees_no("乒乓球桌").goes_back().opens("/mine").sees_no("乒乓球桌");
    phone.opens(&ticket).sees("登录以后就能看到").sees_no("订好了").opens("/").sees_no("我的码");

    // Somebody else on the same phone.
    phone
        .opens(&ticket)
        .taps("登录")
        .signs_in("13800000002")
        .is_at(&ticket)
        .sees("没有找到")
        .sees_no("乒乓球桌");
    phone.opens("/mine").sees("还没有预约");
    let kept = phone.run("return JSON.stringify(Object.entries(localStorage)) + document.cookie");
    let kept = kept.as_str().unwrap_or_default().to_owned();
    assert!(!kept.contains("13800000") && !kept.contains("session="), "kept where scripts can read: {kept}");
}

#[test]
fn a_sign_in_that_lapsed_asks_again_and_leads_back() {
    let house = House::new();
    let phone = Phone::of(&house, &house.resident(screens::MINE));
    phone.expects("status of 401").opens("/offerings/xinsheng-pingpong").taps("11:00").could_tap("确认预约");
    phone.has_cookie("session=nonsense").taps("确认预约").is_below("/sign-in?next=").signs_in("13800000002");
    phone.is_at("/offerings/xinsheng-pingpong?slot=xinsheng-pingpong.20260623T1100").taps("确认预约");
    phone.sees_heading("订好了");
}

#[test]
fn numbers_and_codes_that_are_wrong_are_told_in_words() {
    let house = House::new();
    let phone = Phone::new(&house);
    phone.expects("status of 422");
    phone
        .opens("/sign-in?next=%2Ffamily")
        .types("手机号", "12345")
        .taps("获取验证码")
        .sees("请填 11 位手机号码。");
    phone.types("手机号", "138 0000 0001").taps("获取验证码").sees("138****0001").sees("秒后可以再发");
    phone.types("短信里的 6 位数字", "000000").sees("验证码不对，还可以试 4 次。");
    phone.taps("替我填上").is_at("/family").sees_heading("家人");
    phone.opens("/sign-in?next=%2Ffamily").sees("您已经登录了。").taps("继续").is_at("/family");

    let other = Phone::new(&house);
    other.expects("status of 422");
    other.opens("/sign-in").types("手机号", "13800000001").taps("获取验证码").sees("验证码刚发过");
}

#[test]
fn a_phone_that_was_lost_is_signed_out_from_another() {
    let house = House::new();
    let mine = house.resident(screens::MINE);
    let lost = Phone::of(&house, &mine);
    lost.opens("/mine").sees("设置");
    // A number gets one code a minute.
    let later = "fetch('/test/clock', { method: 'POST', body: String(Date.now() + 120000) })";
    lost.run_patiently(&format!("{later}.then(() => arguments[0]())"));
    let phone = Phone::new(&house);
    phone.opens("/sign-in?next=%2Fsettings").signs_in(screens::MINE).is_at("/settings");
    phone.taps("登录的设备").sees_heading("登录的设备").sees("就是这台").sees("最近的变化");
    phone
        .taps("退出其他所有设备")
        .sees("除了手上这台")
        .taps("退出")
        .sees("退出了")
        .sees_no("退出其他所有设备");
    lost.expects("status of 401").opens("/devices").sees("登录以后就能看到");
}
