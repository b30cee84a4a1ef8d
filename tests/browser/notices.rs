//! What the household is told: how much of it is new, and where it leads.

use domain::{
    booking::api::CancelBooking,
    work::{Because, api::WithdrawPlace},
};

use super::{house::House, phone::Phone, screens};

#[test]
fn messages_are_counted_until_they_were_seen() {
    let house = House::new();
    let (first, me) = (house.resident("13800000007"), house.resident(screens::MINE));
    let slot = "shurenyuan-memory.20260624T1100";
    let booked = screens::books(&first, slot);
    screens::books(&me, slot);
    let phone = Phone::of(&house, &me);
    phone.opens("/mine").taps("消息").is_at("/notices").sees("还没有消息").taps("看看有什么").is_at("/join");

    first.call::<CancelBooking>(booked.id, ()).expect("given back");
    phone.taps("我的").sees("1 条新的").taps("消息").sees("候补轮到您了").sees("参观记忆馆 · 明天 11:00");
    phone.sees("为您留到今天 11:3").sees("等您答复").taps("我的").sees_no("条新的");
    phone.taps("消息").taps("候补轮到您了").sees_heading("轮到您了").taps("我要了").sees_heading("订好了");

    // What is told lapses, too.
    let stranger = Phone::new(&house);
    stranger.opens("/notices").sees("登录以后就能看到");
    phone
        .has_cookie("view=elder")
        .opens("/notices")
        .sees("候补轮到您了")
        .has_cookie("lang=en")
        .opens("/notices");
    phone.sees("It is your turn");
}

#[test]
fn a_place_that_the_centre_takes_back_comes_with_a_reason_and_what_else_there_is() {
    let house = House::new();
    let (me, desk) = (house.resident(screens::MINE), house.staff(screens::DESK));
    let booking = screens::books(&me, "xinsheng-pingpong.20260624T1100");
    let phone = Phone::of(&house, &me);
    phone.opens(&format!("/bookings/{}", booking.id)).sees_heading("订好了");
    let because = Because { reason: "球室停电检修".into() };
    desk.call::<WithdrawPlace>(booking.id, because).expect("taken back");
    phone.looks_again().sees_heading("中心取消了这一次").sees("原因 球室停电检修").sees("还有空位的");
    phone.could_tap("打电话给新盛社区").taps("我的").sees("1 条新的").taps("消息");
    phone.sees("中心取消了这一次").sees("原因：球室停电检修").taps("中心取消了这一次");
    phone
        .sees("还有空位的")
        .taps("台球桌")
        .is_below("/offerings/xinsheng-billiards?slot=")
        .sees("明天 11:00–12:00");
}
