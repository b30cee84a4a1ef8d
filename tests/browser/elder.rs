//! The elder version: on, with a home of its own, and off again; and the size of words.

use super::{house::House, phone::Phone, screens};

#[test]
fn elder_mode_is_turned_on_and_off() {
    let house = House::new();
    let phone = Phone::new(&house);
    let is_elder =
        |phone: &Phone| phone.run("return document.documentElement.classList.contains('elder')") == true;
    phone.opens("/").taps("字大一些：长辈版").sees("订午饭").sees("看病量血压").could_tap("打电话给社区");
    phone.sees("今天开到晚上 8 点半").reloads().sees("订午饭");
    assert!(is_elder(&phone));
    phone
        .taps("订午饭")
        .is_at("/join?kind=canteen")
        .sees("两荤两素午餐")
        .goes_back()
        .is_at("/")
        .sees("订午饭");
    phone.taps("回到普通版").sees("一老").sees_no("订午饭");
    assert!(!is_elder(&phone));

    phone.opens("/settings").taps("长辈版").waits("the elder version", || is_elder(&phone));
    phone.opens("/").could_tap("说心愿").opens("/settings").taps("长辈版");
    phone.waits("the usual version", || !is_elder(&phone));
}

#[test]
fn my_next_booking_stands_on_both_homes() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    screens::books(&me, "xinsheng-pingpong.20260623T1900");
    let phone = Phone::of(&house, &me);
    phone.opens("/").sees("19:00 乒乓球桌 我订的 · 到 20:00").taps("我的码").sees_heading("订好了");
    phone
        .opens("/")
        .taps("字大一些：长辈版")
        .sees("您今天 晚上 7 点 乒乓球桌")
        .taps("我的码")
        .sees_heading("订好了");
}

#[test]
fn larger_words_stay_larger() {
    let house = House::new();
    let phone = Phone::new(&house);
    let size = |phone: &Phone| {
        let size = phone.run("return parseFloat(getComputedStyle(document.documentElement).fontSize)");
        size.as_f64().unwrap_or_default()
    };
    phone.opens("/settings").taps("特大").waits("larger words", || size(&phone) > 23.0);
    phone.opens("/");
    assert!(size(&phone) > 23.0, "{}", size(&phone));
    phone.opens("/settings").taps("正常").waits("usual words", || size(&phone) < 17.0);
}
