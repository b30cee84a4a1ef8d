//! What the household is told: how much of it is new, and where it leads.

use domain::booking::api::CancelBooking;

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
