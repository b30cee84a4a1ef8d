//! A group comes: one is named, the others are counted.

use super::{house::House, phone::Phone, screens};

/// The memory hall, tomorrow at eleven.
const SLOT: &str = "shurenyuan-memory.20260624T1100";

#[test]
fn a_class_is_booked_by_its_number_and_the_desk_sees_it() {
    let house = House::new();
    let phone = Phone::of(&house, &house.resident(screens::MINE));
    phone.opens(&format!("/offerings/shurenyuan-memory?slot={SLOT}"));
    phone.sees("一共几个人").sees("最多 41 人").taps("多一个 +10").taps("多一个").sees("等 12 人");
    phone.scrolls_to(".stepper").keeps_screen("groups-page");
    phone.taps("确认预约").is_below("/bookings/").sees("等 12 人").keeps_picture("groups-ticket");

    let desk = Phone::of(&house, &house.staff(screens::ADMIN));
    desk.opens(&format!("/work/slots/{SLOT}"))
        .sees("另有 11 人同来，一共 12 人")
        .keeps_picture("groups-desk");

    let elder = Phone::of(&house, &house.resident("13800000002"));
    elder.has_cookie("view=elder").opens("/offerings/shurenyuan-memory?slot=shurenyuan-memory.20260625T1000");
    elder.sees("一共几个人").taps("多一个").taps("多一个").taps("少一个").sees("等 2 人");
    elder.scrolls_to(".stepper").keeps_screen("groups-page-elder");
}
