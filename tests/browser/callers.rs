//! Who has no phone calls, and the desk does it for them: an offer is taken, a booking is given back and
//! taken up again.

use domain::booking::api::CancelBooking;

use super::{
    house::House,
    phone::Phone,
    screens::{self, DESK, MINE},
};

const SLOT: &str = "xinsheng-pingpong.20260623T1900";
const PAGE: &str = "/work/slots/xinsheng-pingpong.20260623T1900";

#[test]
fn the_desk_answers_an_offer_and_cancels_for_who_calls() {
    let house = House::new();
    let resident = house.resident(MINE);
    let booked = screens::books(&resident, SLOT);
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens(PAGE)
        .taps("代办")
        .types("姓名", "李大爷")
        .taps("确认代办")
        .sees("满了，已排进候补")
        .taps("好了");
    desk.sees("候补第 1").could_tap("本人不来了：李** 本人");
    resident.call::<CancelBooking>(booked.id, ()).expect("given back");

    // The day says who has an offer, and how to reach him.
    desk.opens("/work").sees("候补等答复").sees("李** 本人").sees("没留手机号");
    desk.scrolls_to(".party").keeps_screen("desk-offers");
    desk.has_cookie("view=elder").reloads().sees("没留手机号");
    desk.scrolls_to(".party").keeps_screen("desk-offers-nobody-elder");
    desk.scrolls_to(".desk-day").keeps_screen("desk-day-elder");
    desk.has_cookie("view=normal").reloads().sees("没留手机号");
    desk.taps("去名单答复").is_at(PAGE);
    // He calls: yes, he wants it.
    desk.sees("等确认").sees("名额留到").scrolls_to(".party").keeps_screen("desk-offer");
    desk.taps("替本人要了：李** 本人").sees("李** 本人 要这个名额").taps("要了，定下来").sees("至少 4 个字");
    desk.keeps_screen("desk-offer-sheet");
    desk.taps("本人打电话来").taps("要了，定下来").sees_no("谁说的").sees("已约").sees_no("等确认");
    desk.opens("/work").sees("乒乓球桌").sees_no("候补等答复").opens(PAGE);

    // He calls again: he cannot come; and again: he can.
    desk.has_cookie("view=elder");
    desk.reloads().sees("已约").scrolls_to(".party").keeps_screen("desk-party-elder");
    desk.taps("本人不来了：李** 本人").sees("10 分钟内可以恢复").keeps_screen("desk-cancel-elder");
    desk.taps("家人打电话来").taps("取消预约").sees_no("谁说的").sees("还没有人约这一场");
    desk.taps("已取消的 2").sees("自己取消").scrolls_to("details, .party").keeps_screen("desk-undo-elder");
    desk.taps("恢复：李** 本人").sees("还是要来").taps("本人打电话来").taps("恢复预约").sees_no("谁说的");
    desk.sees("已约").sees("已取消的 1");
    // Ten minutes after it was given back it is too late.
    desk.taps("本人不来了：李** 本人").taps("本人打电话来").taps("取消预约").sees_no("谁说的");
    house.is_at(0, 9 * 60 + 45, 0);
    desk.reloads().taps("已取消的 2").sees("自己取消").sees_no("恢复");
}

#[test]
fn who_waits_is_told_to_look_and_the_desk_opens_the_number_for_a_purpose() {
    let house = House::new();
    let (first, resident) = (house.resident("13800000007"), house.resident(MINE));
    let booked = screens::books(&first, SLOT);
    let waits = screens::books(&resident, SLOT);
    let mine = Phone::of(&house, &resident);
    mine.opens(&format!("/bookings/{}", waits.id)).sees("轮到您时没有短信").sees("我的 → 消息");
    mine.keeps_screen("queue-hold").sees_no("会有消息");
    first.call::<CancelBooking>(booked.id, ()).expect("given back");
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.has_cookie("view=elder").opens("/work").sees("138****0001，手机上能看到");
    desk.scrolls_to(".party").keeps_screen("desk-offers-elder");
    desk.taps("看号码：本人").sees("家长看得到").taps("问候补的名额要不要").taps("查看");
    desk.sees("打电话 13800000001").taps("好了").sees_no("13800000001");
    let me = screens::myself(&resident);
    mine.opens(&format!("/family/{me}/looks")).sees("问候补的名额要不要");
}

#[test]
fn a_caller_is_entered_into_a_draw_and_finds_it_on_her_phone() {
    let house = House::new();
    let desk = Phone::of(&house, &house.staff(screens::ADMIN));
    desk.opens("/work?centre=wenchang").sees("抽签报名").taps("代报名").sees("最想的先点");
    desk.taps("报名抽签").sees("还没有选课").keeps_screen("desk-lots");
    desk.types("手机号或关爱号", "13800000042").types("谁来上课", "小明").types("出生日期", "2018-03-01");
    let class = "return [...document.querySelectorAll('.sheet .chip')].map((one) => one.innerText).join('|')";
    let classes = desk.run(class).as_str().expect("classes").to_owned();
    let first = classes.split('|').next().expect("a class");
    desk.taps(first).sees(&format!("1. {first}")).taps("报名抽签").sees("报上了").sees("抽签号");
    desk.keeps_screen("desk-lots-done").taps("好了").sees_no("报上了");
    let she = Phone::of(&house, &house.resident("13800000042"));
    she.opens("/mine").sees("抽签");
}

#[test]
fn a_child_who_comes_along_has_a_birthday_and_what_is_wrong_is_said_at_the_field() {
    let house = House::new();
    let desk = Phone::of(&house, &house.staff(screens::ADMIN));
    desk.expects("the server responded with a status of 422");
    desk.opens("/work/slots/wenchang-play.20260627T1130").taps("代办").types("姓名", "孙阿姨");
    desk.sees_no("同来的第 1 位").taps("多一个").sees("同来的第 1 位，出生日期").sees("孩子请填");
    desk.types("同来的第 1 位", "去年").taps("确认代办").sees("请写成 2020-03-01");
    desk.types("同来的第 1 位", "2030-01-01").taps("确认代办").sees("请填写正确的出生日期");
    // Too old for it: the server says so, and the field is where it is mended.
    desk.types("同来的第 1 位", "2012-03-01").taps("确认代办").sees("这一项只收");
    desk.waits("one is led to the field", || desk.run("return document.activeElement.id") == "along-1");
    desk.keeps_screen("counter-along").has_cookie("view=elder").reloads().taps("代办");
    desk.types("姓名", "孙阿姨").taps("多一个").types("同来的第 1 位", "2012-03-01").taps("确认代办");
    desk.sees("这一项只收").scrolls_to("#along-1").keeps_screen("counter-along-elder");
    desk.types("同来的第 1 位", "2025-03-01").taps("确认代办").sees("办好了").sees("孩子");
    desk.has_cookie("lang=en").reloads().taps("Book for somebody").taps("One more").sees("companion 1");
}
