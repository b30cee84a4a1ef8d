//! The main job: a table is found near by, booked, shown and given back.

use domain::geo::Point;

use super::{house::House, phone::Phone, screens};

#[test]
fn a_table_near_by_is_found_booked_and_given_back() {
    let house = House::new();
    let phone = Phone::new(&house);
    // A corner or two from 通泗, and far from 新盛, where strangers begin.
    phone.opens("/").stands_at(Point { lat: 32.3899, lng: 119.4262 });
    phone.sees_heading("新盛社区").taps("新盛社区").is_at("/centres");
    phone.taps("用我的位置找最近的").sees("由近到远").sees("走路 1 分钟");
    let nearest = phone.names().into_iter().find(|name| name.starts_with("看看")).unwrap_or_default();
    assert_eq!(nearest, "看看通泗社区");
    phone.taps("看看通泗社区").is_at("/centres/tongsi").sees_heading("通泗社区").sees("老城巷子里的健身房");
    phone.taps("乒乓球桌").is_at("/offerings/tongsi-pingpong").sees("先在上面选一个时段");
    // Who is not there after a quarter of an hour gives way.
    phone.could_tap("09:00 到 10:00 有空位，先到先用").taps("19:00 到 20:00 1 张空着").sees("登录后预约");

    // Signing in on the way leads back to the slot that was picked.
    phone.taps("登录后预约").is_below("/sign-in?next=").signs_in("13800000001");
    phone.is_at("/offerings/tongsi-pingpong?slot=tongsi-pingpong.20260623T1900").sees("今天 19:00–20:00");
    phone.sees("我自己").taps("确认预约").is_below("/bookings/").sees_heading("订好了");
    phone.waits("the code can be scanned", || {
        phone.run("const code = document.querySelector('.ticket-code'); return code?.complete && code.naturalWidth > 0")
            == true
    });
    let code = phone.run("return document.querySelector('.ticket-number').innerText");
    assert_eq!(code.as_str().unwrap_or_default().replace(' ', "").len(), 6, "{code}");
    phone.keeps_picture("booked");
    let ticket = phone.address();

    // The place is gone for others, and the phone's back button does not offer to book it again.
    phone
        .goes_back()
        .sees("已经报过这一场了")
        .could_tap("19:00 到 20:00 已满 · 可候补")
        .could_tap("看我的预约");

    phone
        .opens("/")
        .sees("19:00 乒乓球桌 我订的 · 到 20:00")
        .taps("我的")
        .is_at("/mine")
        .sees_heading("我的");
    phone.taps("19:00 乒乓球桌").sees_heading("订好了");
    assert_eq!(Some(phone.address().as_str()), ticket.split('?').next());
    phone.taps("取消预约").sees("确定不去了吗？").taps("我还是去").sees_no("确定不去了吗？").sees("订好了");
    phone.taps("取消预约").taps("不去了，取消").sees_heading("已取消").sees("谢谢您说一声");
    phone.taps("我的").sees("还没有预约").taps("以前的（1）").sees("已取消");
    phone.opens("/offerings/tongsi-pingpong").could_tap("19:00 到 20:00 1 张空着");
}

#[test]
fn in_elder_mode_it_is_the_same_with_larger_words() {
    let house = House::new();
    let phone = Phone::of(&house, &house.resident(screens::MINE));
    phone.has_cookie("view=elder").opens("/offerings/tongsi-pingpong").taps("19:00").sees("今天 19:00–20:00");
    phone.keeps_picture("booking-elder").taps("确认预约").sees_heading("订好了").sees("回执");
    phone.keeps_picture("booked-elder").opens("/mine").taps("19:00 乒乓球桌").sees_heading("订好了");
    phone
        .taps("取消预约")
        .sees("确定不去了吗？")
        .taps("不去了，取消")
        .sees_heading("已取消")
        .could_tap("恢复");
}

#[test]
fn two_taps_on_confirm_are_one_booking() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    let phone = Phone::of(&house, &me);
    phone.opens("/offerings/xinsheng-pingpong").taps("11:00").could_tap("确认预约");
    phone.taps_twice("确认预约").sees_heading("订好了");
    phone.taps("我的").is_at("/mine").sees("11:00 乒乓球桌");
    let mine = me.call::<domain::booking::api::ListBookings>((), ()).expect("bookings");
    assert_eq!(mine.len(), 1, "{mine:?}");
}

#[test]
fn what_cannot_be_booked_says_why() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    screens::books(&me, "xinsheng-pingpong.20260623T1100");
    let phone = Phone::of(&house, &me);
    // Already in, at the same time elsewhere, not open yet, too late, and no need to.
    phone.opens("/offerings/xinsheng-pingpong?slot=xinsheng-pingpong.20260623T1100").sees("已经报过这一场了");
    phone.taps("看我的预约").sees_heading("订好了");
    phone.opens("/offerings/xinsheng-billiards?slot=xinsheng-billiards.20260623T1100");
    phone.sees("这个时间已经订了“乒乓球桌”").cannot_tap("确认预约");
    phone.opens("/offerings/xinsheng-holiday").sees("6月25日 9:00 开放").sees("离开放报名还有");
    phone.opens("/offerings/shita-breakfast").sees_no("今天").could_tap("06:45");
    phone.opens("/offerings/shita-chess").sees("不用预约，到时间直接来。").could_tap("打电话问问");
}

#[test]
fn who_says_no_to_the_position_picks_a_centre_by_hand() {
    let house = House::new();
    let phone = Phone::new(&house);
    phone
        .opens("/centres")
        .may_know_its_place("denied")
        .taps("用我的位置找最近的")
        .sees("没关系，在列表里选一个中心就行。");
    phone.taps("石塔社区").is_at("/").sees_heading("石塔社区").reloads().sees_heading("石塔社区");
}
