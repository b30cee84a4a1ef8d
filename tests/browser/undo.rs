//! Ten minutes to take back what was given back.

use domain::booking::api::ListBookings;

use super::{house::House, phone::Phone, screens};

const SLOT: &str = "xinsheng-pingpong.20260624T1100";

#[test]
fn what_was_cancelled_by_mistake_is_taken_back() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    let booking = screens::books(&me, SLOT);
    let phone = Phone::of(&house, &me);
    phone.opens(&format!("/bookings/{}", booking.id)).sees("取消后 10 分钟内还能恢复");
    phone.taps("取消预约").sees("10 分钟内可以恢复").taps("不去了，取消").sees_heading("已取消");
    phone.sees("9 分钟").sees("可以恢复").keeps_picture("undo").reloads().taps("恢复").sees_heading("订好了");
    let mine = me.call::<ListBookings>((), ()).expect("bookings");
    assert_eq!((mine.len(), &mine[0].code, mine[0].seq), (1, &booking.code, booking.seq));
}

#[test]
fn after_ten_minutes_it_is_too_late_and_says_so() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    let booking = screens::books(&me, SLOT);
    let phone = Phone::of(&house, &me);
    phone.opens(&format!("/bookings/{}", booking.id)).taps("取消预约").taps("不去了，取消").could_tap("恢复");
    house.is_at(0, 10 * 60 + 30, 0);
    phone.sleeps(1).sees_no("可以恢复").sees_heading("已取消").could_tap("再订一次");
}

#[test]
fn where_the_place_has_gone_on_one_is_first_in_line() {
    let house = House::new();
    let (me, other) = (house.resident(screens::MINE), house.resident("13800000002"));
    let slot = "shurenyuan-memory.20260624T1100";
    let booking = screens::books(&me, slot);
    screens::books(&other, slot);
    let phone = Phone::of(&house, &me);
    phone.has_cookie("view=elder").opens(&format!("/bookings/{}", booking.id));
    phone
        .taps("取消预约")
        .taps("不去了，取消")
        .sees("您就排在候补最前面")
        .keeps_picture("undo-elder")
        .taps("恢复")
        .sees_heading("候补第 1 位");
}
