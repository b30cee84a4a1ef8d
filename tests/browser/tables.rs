//! Tables that neighbours share, the fair share of a week, and checking in at the door.

use domain::{
    booking::{BookingState, api::ListBookings},
    id::SlotId,
    staff::Post,
    work::api::GetRoster,
};

use super::{house::House, phone::Phone, screens};

const TABLES: &str = "/offerings/tongsi-pingpong";

#[test]
fn neighbours_share_a_table() {
    let house = House::new();
    let (me, other, third) =
        (house.resident(screens::MINE), house.resident("13800000002"), house.resident("13800000003"));
    // One of two tables was given out at the counter.
    let address = format!("{TABLES}?slot=tongsi-pingpong.20260624T1000");
    let phone = Phone::of(&house, &me);
    phone
        .opens(&address)
        .sees("每家每周 3 次，那一周您家还可以订 3 次")
        .taps("愿意和邻居拼桌")
        .taps("确认预约");
    phone.sees_heading("订好了").sees("愿意拼，还没有邻居来 · 共 4 座").sees("请在 明天 10:15 前签到");

    let neighbour = Phone::of(&house, &other);
    neighbour.opens(&address).sees("可拼桌").keeps_picture("table-share");
    neighbour.sees("没有空桌了").could_tap("候补排队").taps("和邻居拼桌").could_tap("确认预约");
    let switch = "return document.querySelector('[role=switch]').checked";
    neighbour.waits("the switch is on", || neighbour.run(switch) == true);
    neighbour.taps("确认预约");
    neighbour.sees_heading("订好了").sees("和 1 位邻居一桌 · 共 4 座");
    phone.looks_again().sees("和 1 位邻居一桌 · 共 4 座");

    // Who would rather have a table alone waits for one.
    let alone = Phone::of(&house, &third);
    alone.has_cookie("view=elder").opens(&address).sees("可拼桌").keeps_picture("table-share-elder");
    alone.taps("候补排队").sees_heading("候补第 1 位");

    // When the host leaves, the table is the neighbour's.
    phone.taps("取消预约").taps("不去了，取消").sees_heading("已取消");
    neighbour.looks_again().sees("愿意拼，还没有邻居来").opens("/notices").sees("这张桌归您了");
    assert_eq!(third.call::<ListBookings>((), ()).expect("bookings")[0].state, BookingState::Waitlisted);
}

#[test]
fn a_household_has_its_share_of_a_week() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    let phone = Phone::of(&house, &me);
    Phone::new(&house).opens(TABLES).sees("每家每周 3 次，让大家都轮得上");
    for hour in [11, 13, 14] {
        screens::books(&me, &format!("tongsi-pingpong.20260625T{hour}00"));
    }
    phone.opens(&format!("{TABLES}?slot=tongsi-pingpong.20260626T1100"));
    phone.sees("那一周您家已经订满，谢谢您让邻居也轮得上").sees("还空着的话，那时可以再订");
    phone.cannot_tap("确认预约").keeps_picture("week-full");
    let elder = Phone::of(&house, &me);
    let full = format!("{TABLES}?slot=tongsi-pingpong.20260626T1100");
    elder.has_cookie("view=elder").opens(&full).sees("那一周您家已经订满。").keeps_picture("week-full-elder");
    elder.opens("/mine").sees("乒乓球桌").keeps_picture("mine-elder");
    // Next week is another, and what is left shortly before belongs to whoever comes.
    phone
        .opens(&format!("{TABLES}?slot=tongsi-pingpong.20260629T1100"))
        .sees("还可以订 3 次")
        .could_tap("确认预约");
    house.is_at(3, 9 * 60 + 30, 0);
    phone
        .opens(&format!("{TABLES}?slot=tongsi-pingpong.20260626T1100"))
        .taps("确认预约")
        .sees_heading("订好了");
}

/// The digits that hang at the door of the tables, as the desk reads them.
fn door(house: &House, slot: &str) -> String {
    let admin = house.staff(screens::ADMIN);
    screens::employs(&admin, "13700000009", Post::Staff("tongsi".into()), "Cai");
    let desk = house.staff("13700000009");
    let sheet = Phone::of(house, &desk);
    let door = desk.call::<GetRoster>(SlotId::from(slot), ()).expect("the list").door;
    sheet.opens(&format!("/work/slots/{slot}")).sees(&format!("门口签到号 {door}"));
    door
}

#[test]
fn who_is_there_checks_in_with_the_digits_at_the_door() {
    let house = House::new();
    let slot = "tongsi-pingpong.20260624T1100";
    let me = house.resident(screens::MINE);
    let address = format!("/bookings/{}", screens::books(&me, slot).id);
    let door = door(&house, slot);
    let phone = Phone::of(&house, &me);
    phone.expects("status of 422");
    phone.opens(&address).sees("请在 明天 11:15 前签到，过了就让给在场的邻居").sees_no("我到了");
    house.is_at(1, 10 * 60 + 35, 0);
    phone.sleeps(25).sees("到了？自己签个到").sees("今天 11:00").sees("请在 11:15 前签到");
    phone.keeps_picture("arrive");
    let wrong = if door == "1234" { "4321" } else { "1234" };
    phone.types("门口的 4 位数字", wrong).taps("我到了").sees("不是门口的号码");
    phone.types("门口的 4 位数字", &door).taps("我到了").sees_heading("签到了").sees("您已经签到，请进。");
    phone.opens("/mine").sees("签到了").opens("/week").sees("签到了");
    assert_eq!(me.call::<ListBookings>((), ()).expect("bookings")[0].state, BookingState::Attended);
}

#[test]
fn who_does_not_come_gives_way_and_the_mark_fades() {
    let house = House::new();
    // At seven in the evening one of two tables was given out at the counter.
    let slot = "tongsi-pingpong.20260624T1900";
    let (me, other) = (house.resident(screens::MINE), house.resident("13800000002"));
    let address = format!("/bookings/{}", screens::books(&me, slot).id);
    let door = door(&house, slot);
    let phone = Phone::of(&house, &me);
    phone.has_cookie("view=elder").opens(&address).sees_heading("订好了");
    house.is_at(1, 19 * 60 + 16, 0);
    phone.sleeps(34).sees_heading("这次没签到").sees("7月24日自动消").sees("位置要是还空着");
    phone.keeps_picture("missed-elder");

    let neighbour = Phone::of(&house, &other);
    neighbour.opens(&format!("/offerings/tongsi-pingpong?slot={slot}")).sees("有空位，先到先用");
    neighbour.taps("确认预约").sees_heading("订好了");
    phone.expects("status of 422").opens(&address).types("门口的 4 位数字", &door).taps("我到了");
    phone.sees("这会儿没有空位了").sees_heading("这次没签到");
    phone.opens("/notices").sees("没签到，位置让给了邻居").sees("30 天后自动消");
}
