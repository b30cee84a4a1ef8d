//! The desk's own work: a day, a list, a caller, a code, a place taken back, and who works where.

use domain::{
    booking::api::ListBookings,
    consent::{ConsentDraft, VERSION, api::GiveConsent},
};

use super::{
    house::House,
    phone::Phone,
    screens::{self, ADMIN, DESK, MINE},
};

const SLOT: &str = "xinsheng-pingpong.20260623T1900";

#[test]
fn a_caller_is_booked_for_and_the_public_count_goes_down() {
    let house = House::new();
    let stranger = Phone::new(&house);
    stranger.opens("/offerings/xinsheng-pingpong").could_tap("19:00 到 20:00 1 张空着");
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens("/mine").taps("工作台").is_at("/work").sees_heading("工作台").sees("新盛社区");
    desk.sees("19:00 乒乓球桌").taps("19:00 乒乓球桌").sees_heading("乒乓球桌").sees("还没有人约这一场");
    desk.taps("代办").types("手机号", "13800000042").types("姓名", "孙阿姨").taps("确认代办").sees("办好了");
    desk.sees("孙** 本人").taps("好了").sees_no("办好了").sees("1 号");
    stranger.looks_again().could_tap("19:00 到 20:00 已满 · 可候补");

    // She finds it on her own phone, too.
    let she = house.resident("13800000042");
    let mine = she.call::<ListBookings>((), ()).expect("bookings");
    assert_eq!(mine.iter().map(|booking| booking.slot.as_str()).collect::<Vec<_>>(), [SLOT]);
    Phone::of(&house, &she).opens("/mine").sees("19:00 乒乓球桌");
}

#[test]
fn a_place_that_is_taken_back_shows_up_with_its_reason() {
    let house = House::new();
    let resident = house.resident(MINE);
    let booking = screens::books(&resident, SLOT);
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens(&format!("/work/slots/{SLOT}")).sees(&booking.code).taps("中心取消：本人");
    desk.sees("取消这个名额？").sees("会告诉对方还有").taps("取消名额").sees("至少 4 个字");
    desk.types("原因", "球台坏了，要换新的")
        .taps("取消名额")
        .sees_no("取消这个名额？")
        .sees("还没有人约这一场");
    desk.taps("已取消的 1").sees("原因：球台坏了，要换新的");
    let mine = Phone::of(&house, &resident);
    mine.opens(&format!("/bookings/{}", booking.id)).sees("球台坏了，要换新的");
}

#[test]
fn a_slot_that_the_centre_calls_off_takes_nobody_and_tells_everybody() {
    let house = House::new();
    let (has, left) = (house.resident(MINE), house.resident("13800000002"));
    let (place, gone) = (screens::books(&has, SLOT), screens::books(&left, SLOT));
    let regrets = Phone::of(&house, &left);
    regrets
        .opens(&format!("/bookings/{}", gone.id))
        .sees("还有空位的")
        .taps("不排了")
        .taps("不去了，取消")
        .could_tap("恢复");
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens(&format!("/work/slots/{SLOT}")).taps("关闭这一场").sees("每家都会收到原因");
    desk.types("原因", "地板在翻修").taps("关闭").sees_no("每家都会收到原因").sees("还没有人约这一场");
    regrets.looks_again().sees_no("可以恢复").sees_heading("已取消");
    let mine = Phone::of(&house, &has);
    mine.opens(&format!("/bookings/{}", place.id)).sees_heading("中心取消了这一次").sees("地板在翻修");
    mine.opens("/offerings/xinsheng-pingpong").cannot_tap("19:00 到 20:00 已取消");
}

#[test]
fn a_code_is_typed_and_the_party_is_here() {
    let house = House::new();
    let resident = house.resident(MINE);
    let booking = screens::books(&resident, SLOT);
    house.is_at(0, 18 * 60 + 45, 0);
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.expects("the server responded with a status of 422");
    desk.opens("/work").types("签到码", "ZZZZZZ").taps("签到").sees("本中心没有这个号码");
    desk.types("签到码", &booking.code).taps("签到").sees("到了：乒乓球桌 19:00").sees("已到 1/1");
    desk.opens(&format!("/work/slots/{SLOT}")).sees("已到");
}

#[test]
fn a_record_is_opened_for_a_purpose_and_the_guardian_sees_the_look() {
    let house = House::new();
    let resident = house.resident(MINE);
    let child = screens::child(&resident, "朵朵", (2016, 5, 1));
    let request = domain::booking::api::BookRequest::new(SLOT.into(), vec![child.clone()]);
    resident.call::<domain::booking::api::Book>((), request).expect("booked");
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens(&format!("/work/slots/{SLOT}")).taps("朵** 孩子").sees("家长看得到").taps("联系家长");
    desk.taps("查看").sees("打电话 13800000001").taps("好了");
    let mine = Phone::of(&house, &resident);
    mine.opens(&format!("/family/{child}/looks")).sees("联系家长");
}

#[test]
fn an_office_picks_a_desk_and_a_street_below_it() {
    let house = House::new();
    let office = Phone::of(&house, &house.staff(screens::OFFICE));
    office.opens("/work").sees("文昌花园社区").sees_no("新盛社区");
    let groups = "return [...document.querySelectorAll('main optgroup')].map((one) => one.label).join('|')";
    assert_eq!(office.run(groups), "广陵区|广陵区 · 汶河街道");
    office.run(
        "const box = document.querySelector('main select'); box.value = 'shita'; \
         box.dispatchEvent(new Event('change', { bubbles: true }))",
    );
    office.sees("共享食堂午餐");
    office.opens("/work/staff").sees("郑老师").sees("汶河街道").sees_no("王老师");
    office.taps("邀请一位").types("手机号", "13800000044").types("姓名", "钱老师");
    let choose = "const box = document.querySelector('.sheet select'); box.value = '@'; \
                  box.dispatchEvent(new Event('change', { bubbles: true }))";
    office.run(&choose.replace('@', "tongsi"));
    office.taps("邀请").sees("钱老师").sees("通泗社区");
    let she = Phone::of(&house, &house.staff("13800000044"));
    she.opens("/work").sees_heading("工作台").sees("通泗社区");

    // An office below it, too: and that one sees its street alone.
    office.taps("邀请一位").types("手机号", "13800000045").types("姓名", "冯老师").taps("街道或区");
    office.taps("邀请").sees("冯老师");
    let street = Phone::of(&house, &house.staff("13800000045"));
    street.opens("/work/staff").sees("钱老师").sees_no("李老师");
}

#[test]
fn somebody_is_invited_comes_and_is_suspended() {
    let house = House::new();
    let admin = Phone::of(&house, &house.staff(ADMIN));
    admin.opens("/work").taps("人员").sees_heading("人员").sees("王老师");
    admin.taps("邀请一位").types("手机号", "13800000043").types("姓名", "赵老师").taps("邀请");
    admin.sees("赵老师").sees("等登录");
    let she = Phone::of(&house, &house.staff("13800000043"));
    she.opens("/mine").sees("工作台");
    she.opens("/work").sees_heading("工作台").sees("乒乓球桌");
    let id = admin.run(
        "const cell = [...document.querySelectorAll('.cell')].find((one) => one.innerText.includes('赵老师'));
         cell.querySelector('button').id = 'hers'; return document.querySelector('#hers').innerText",
    );
    assert_eq!(id, "停用");
    admin.run("document.querySelector('#hers').click()");
    admin.sees("已停用");
    she.expects("the server responded with a status of 404");
    she.opens("/work").sees("没有找到");
}

#[test]
fn a_consent_that_was_taken_back_shows_at_the_desk_and_the_booking_stands() {
    let house = House::new();
    let resident = house.resident(MINE);
    let child = screens::child(&resident, "朵朵", (2016, 5, 1));
    let draft = ConsentDraft { version: VERSION };
    resident.call::<GiveConsent>(child.clone(), draft).expect("given");
    let request = domain::booking::api::BookRequest::new(SLOT.into(), vec![child.clone()]);
    resident.call::<domain::booking::api::Book>((), request).expect("booked");
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens("/work").sees("乒乓球桌").sees_no("收回了同意");

    let mine = Phone::of(&house, &resident);
    mine.opens(&format!("/family/{child}/consent")).taps("撤回同意").sees("要撤回吗？").taps("撤回同意");
    mine.sees("我是监护人，我同意");
    desk.looks_again().sees("监护人收回了同意").sees("预约还在，没有取消").sees_no("朵**");
    desk.opens("/work?day=2026-06-25").sees("监护人收回了同意").taps("今天 09:30收回");
    desk.sees("朵** 孩子").sees("请打电话问一声").sees("已约");
    mine.opens("/mine").sees("乒乓球桌").opens(&format!("/family/{child}/looks")).sees("在名单里看到");
    resident.call::<GiveConsent>(child, draft).expect("given again");
    desk.opens("/work").sees("乒乓球桌").sees_no("收回了同意");
}
