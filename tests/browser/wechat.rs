//! Within `WeChat`: signed in silently after a tap, once bound; its functions, and the plain browser
//! that does the same without them.

use serde_json::{Value, json};

use super::{
    house::House,
    phone::Phone,
    screens::{self, MINE},
};

/// The functions that were asked for, each with its options.
fn calls(phone: &Phone, name: &str) -> Vec<Value> {
    let calls = phone.run("return window.wechatCalls || []");
    let calls = calls.as_array().cloned().unwrap_or_default();
    calls.into_iter().filter(|call| call[0] == name).map(|call| call[1].clone()).collect()
}

/// A phone within `WeChat`, which answers those functions so.
fn within(house: &House, answers: &Value) -> Phone {
    let phone = Phone::new(house);
    phone.is_within_wechat(answers);
    phone
}

#[test]
fn a_tap_signs_in_silently_once_the_number_was_given() {
    let house = House::with_wechat();
    screens::books(&house.resident(MINE), "xinsheng-pingpong.20260623T1900");
    // A telephone gets one code a minute.
    house.is_at(0, 9 * 60 + 40, 0).wechat_is_of("wang");
    let phone = within(&house, &json!({}));
    // Opening the page there asks nobody: a preview would be asked as well.
    phone.opens("/sign-in?next=%2Fmine").sees("用微信登录").sees("手机号");
    phone.opens("/mine").sees("用手机号登录").taps("登录").is_at("/sign-in?next=%2Fmine&wechat=new");
    phone.sees("填一次手机号，以后在微信里直接进").sees("记住这个微信").signs_in(MINE).is_at("/mine");
    phone.sees("乒乓球桌").opens("/settings").sees("开通，在微信里直接登录");
    phone.taps("退出登录").taps("退出登录").is_at("/mine").sees("用手机号登录");

    // From now on a tap is enough, and leads back to where it was made.
    phone
        .opens("/offerings/xinsheng-pingpong")
        .taps("11:00")
        .taps("登录")
        .sees("确认预约")
        .could_tap("确认预约");
    phone.is_below("/offerings/xinsheng-pingpong").opens("/mine").sees("乒乓球桌");

    // Somebody else's WeChat on the same phone is nobody yet.
    phone.opens("/settings").taps("退出登录").taps("退出登录").is_at("/mine");
    house.wechat_is_of("li");
    phone.taps("登录").is_at("/sign-in?next=%2Fmine&wechat=new").sees("填一次手机号");

    // Unbound, the first one is nobody again.
    house.wechat_is_of("wang");
    phone
        .opens("/mine")
        .taps("登录")
        .is_at("/mine")
        .opens("/settings")
        .taps("关闭")
        .sees("关闭微信登录吗？")
        .taps("关闭");
    phone.sees_no("在微信里直接登录").taps("退出登录").taps("退出登录").is_at("/mine");
    phone.taps("登录").is_at("/sign-in?next=%2Fmine&wechat=new").sees("填一次手机号");
}

#[test]
fn a_preview_is_nobody_and_who_says_no_signs_in_by_number() {
    let house = House::with_wechat();
    house.wechat_is_of("preview");
    let phone = within(&house, &json!({}));
    phone.opens("/mine").taps("登录").is_at("/sign-in?next=%2Fmine&wechat=snapshot").sees("微信的预览页");
    phone.signs_in(MINE).is_at("/mine").opens("/settings").sees_no("在微信里直接登录");
}

#[test]
fn its_functions_share_and_find_the_way() {
    let house = House::with_wechat();
    let here = json!({ "latitude": "32.39", "longitude": "119.42" });
    let done = json!({ "errMsg": "ok" });
    let phone = within(
        &house,
        &json!({
            "updateAppMessageShareData": done, "updateTimelineShareData": done,
            "openLocation": done, "getLocation": here,
        }),
    );
    phone.opens("/centres/xinsheng").taps("告诉邻居").sees("右上角");
    let card = &calls(&phone, "updateAppMessageShareData")[0];
    assert_eq!(card["link"], format!("{}/centres/xinsheng", house.base));
    assert!(card["title"].as_str().is_some_and(|title| title.contains("新盛")), "{card}");
    assert_eq!(calls(&phone, "updateTimelineShareData").len(), 1);
    phone.taps("怎么走");
    phone.waits("the map was asked for", || calls(&phone, "openLocation").len() == 1);
    let map = &calls(&phone, "openLocation")[0];
    assert!(
        map["latitude"].is_number() && map["name"].as_str().is_some_and(|name| name.contains("新盛")),
        "{map}"
    );
    phone.opens("/centres").taps("用我的位置找最近的");
    phone.waits("the place was asked for", || calls(&phone, "getLocation").len() == 1);
    assert_eq!(calls(&phone, "getLocation")[0]["type"], "gcj02");
    phone.sees("走路");
    // Signed for this very page, with the ticket of the house.
    let config = &calls(&phone, "config")[0];
    assert_eq!(config["appId"], super::wechat_stand_in::APP);
    assert_eq!(config["signature"].as_str().map(str::len), Some(40));
}

#[test]
fn the_desk_reads_a_residents_code_with_the_camera() {
    let house = House::with_wechat();
    let booked = screens::books(&house.resident(MINE), "xinsheng-pingpong.20260623T1000");
    let desk = Phone::of(&house, &house.staff(screens::DESK));
    desk.is_within_wechat(
        &json!({ "scanQRCode": { "resultStr": format!("{}:{}", booked.id, booked.code) } }),
    );
    desk.opens("/work").taps("扫一扫居民的码").sees("到了：乒乓球桌 10:00");
    assert_eq!(calls(&desk, "scanQRCode")[0]["scanType"], json!(["qrCode"]));
}

#[test]
fn a_plain_browser_does_the_same_without_it() {
    let house = House::with_wechat();
    let phone = Phone::new(&house);
    phone.opens("/centres/xinsheng");
    phone.run("navigator.share = (what) => { window.shared = what; return Promise.resolve(); }");
    phone.taps("告诉邻居");
    phone.waits("the browser shares", || phone.run("return !!window.shared") == true);
    let shared = phone.run("return window.shared");
    assert_eq!(shared["url"], format!("{}/centres/xinsheng", house.base));
    let way =
        phone.run("return [...document.querySelectorAll('a')].find((a) => a.innerText === '怎么走').href");
    assert!(way.as_str().is_some_and(|way| way.starts_with("https://")), "{way}");
    phone
        .opens("/mine")
        .taps("登录")
        .is_at("/sign-in?next=%2Fmine")
        .sees_no("微信")
        .signs_in(MINE)
        .is_at("/mine");
    phone.opens("/settings").sees_no("微信登录");
    let scripts = phone.run("return [...document.scripts].map((one) => one.src).join() + typeof window.wx");
    assert!(!scripts.as_str().unwrap_or_default().contains("jweixin"), "{scripts}");
}
