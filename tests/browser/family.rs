//! The family's pages: consent is signed and taken back, what to know is said, who looked is shown.

use domain::{
    booking::api::{Book, BookRequest},
    consent::api::GetConsent,
    id::SlotId,
};

use super::{house::House, phone::Phone, screens};

#[test]
fn a_guardian_signs_and_takes_it_back() {
    for (elder, picture) in [(false, "consent"), (true, "consent-elder")] {
        let house = House::new();
        let me = house.resident(screens::MINE);
        let lele = screens::child(&me, "乐乐", (2018, 5, 1));
        let phone = Phone::of(&house, &me);
        if elder {
            phone.has_cookie("view=elder");
        }
        phone.opens("/family").sees("同意书待签").taps("乐乐").sees_heading("乐乐").sees("还没签，一分钟");
        phone
            .taps("去签")
            .sees_heading("监护人同意书")
            .sees("乐乐还不满 14 岁")
            .sees("每看一次都有记录")
            .keeps_picture(picture);
        phone.taps("我是监护人，我同意").sees("您6月23日签过了").sees("签署记录");
        phone.taps("乐乐").sees_heading("乐乐").sees("6月23日签的");
        phone
            .opens("/family")
            .sees("同意书已签")
            .taps("乐乐")
            .taps("监护人同意书")
            .taps("撤回同意")
            .sees("要撤回吗？")
            .taps("不撤回");
        phone.sees_no("要撤回吗？").taps("撤回同意").sees("提前准备好的不再算数");
        phone.taps("撤回同意").sees("我是监护人，我同意").sees("撤回（第 1 版）");
        assert!(me.call::<GetConsent>(lele, ()).expect("consent").given.is_none());
        phone.taps("乐乐").sees("还没签，一分钟");
    }
}

#[test]
fn a_child_who_is_added_is_asked_about_at_once() {
    let house = House::new();
    let phone = Phone::of(&house, &house.resident(screens::MINE));
    phone.opens("/mine").taps("家人").is_at("/family").taps("添加家人");
    phone.types("怎么称呼", "乐乐").types("年", "2019").types("月", "2").types("日", "28").taps("保存");
    phone.sees_heading("监护人同意书").could_tap("先不签").taps("我是监护人，我同意");
    phone.is_at("/family").sees("乐乐").sees("同意书已签");
    // The way back leads where it led before.
    phone.goes_back().is_at("/mine");

    phone.opens("/family").taps("添加家人").types("怎么称呼", "大牛");
    phone.types("年", "2010").types("月", "2").types("日", "28").taps("保存");
    phone.is_at("/family").sees("大牛").sees("16 岁");
}

#[test]
fn what_to_know_of_a_child_is_said_once() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    let lele = screens::child(&me, "乐乐", (2018, 5, 1));
    let phone = Phone::of(&house, &me);
    phone.opens(&format!("/family/{lele}")).sees("可以不填").taps("照看时要知道的事");
    phone.taps("小学一到三年级").types("过敏、忌口（可以不填）", "花生、虾").taps("保存");
    phone.sees_heading("乐乐").sees("小学一到三年级 · 花生、虾");
    phone.taps("谁看过资料").sees("还没有人看过。").taps("乐乐").sees_heading("乐乐");
}

#[test]
fn two_guardians_look_after_one_child() {
    let house = House::new();
    let mother = house.resident(screens::MINE);
    let lele = screens::child(&mother, "乐乐", (2018, 5, 1));
    let hers = Phone::of(&house, &mother);
    hers.opens(&format!("/family/{lele}/guardians")).sees("138****0001").taps("生成邀请码");
    hers.sees("邀请码做好了");
    let code = hers.run("return document.getElementById('invitation').value");
    let code = code.as_str().expect("a code");

    let father = house.resident("13900000002");
    let his = Phone::of(&house, &father);
    his.opens("/family")
        .taps("我有邀请码")
        .sees_heading("我有邀请码")
        .types("邀请码", "错的")
        .taps("一起照看");
    his.sees("邀请码是 8 位字母和数字。").types("邀请码", &code.to_lowercase()).taps("一起照看");
    his.is_at("/family").sees("乐乐");
    his.opens(&format!("/family/{lele}")).sees("可以看、可以报名").sees_no("修改");
    // He books for her; she sees it, and leaves it to him.
    let slot = SlotId::from("xinsheng-pingpong.20260623T1100");
    let booked = father.call::<Book>((), BookRequest::new(slot, vec![lele.clone()])).expect("booked");
    his.opens(&format!("/bookings/{}", booked.id)).sees_heading("订好了").could_tap("取消预约");
    hers.opens(&format!("/bookings/{}", booked.id)).sees("孩子的另一位监护人订的");
    hers.sees("乐乐").sees_no("取消预约");
    hers.opens(&format!("/family/{lele}/guardians")).sees("139****0002").taps("收回");
    hers.taps("不再一起照看").sees_heading("乐乐");
    his.opens("/family").sees("我自己").sees_no("乐乐");
}
