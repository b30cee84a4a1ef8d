//! A place for a child: who is too old is told so, who fits is booked.

use super::{house::House, phone::Phone, screens};

#[test]
fn a_childcare_place_is_booked_for_a_child_of_the_right_age() {
    let house = House::new();
    let phone = Phone::of(&house, &house.resident(screens::MINE));
    phone
        .opens("/")
        .taps("一小")
        .is_at("/join?group=child")
        .taps("0–3 岁日托")
        .is_at("/offerings/wenchang-daycare");
    phone
        .taps("08:00")
        .sees("明天 08:00–17:30")
        .taps("选一下谁来")
        .sees("谁来？")
        .sees("请先在“家人”里填上生日");

    phone.taps("添加家人").is_below("/family?next=").taps("添加家人").sees_heading("添加家人");
    phone.types("怎么称呼", "壮壮").types("年", "2018").types("月", "3").types("日", "1").taps("保存");
    // A child is asked about on a page of its own; it can wait where nothing asks for it.
    phone.sees_heading("监护人同意书").sees("壮壮还不满 14 岁").taps("先不签");
    phone.is_at("/offerings/wenchang-daycare?slot=wenchang-daycare.20260624T0800");
    phone.taps("选一下谁来").sees("壮壮 这一项只收 3 岁以下的，到第一次那天超过了。").cannot_tap("壮壮");

    phone.taps("添加家人").taps("添加家人").types("怎么称呼", "乐乐");
    phone.types("年", "2026").types("月", "13").types("日", "1").taps("保存").sees("请填写正确的出生日期。");
    phone.types("年", "2024").types("月", "5").types("日", "1").taps("保存");
    phone.sees_heading("监护人同意书").taps("我是监护人，我同意");
    phone.is_at("/offerings/wenchang-daycare?slot=wenchang-daycare.20260624T0800");
    // The app proposes the one who may.
    phone.could_tap("乐乐").taps("确认预约").sees_heading("订好了").sees("0–3 岁日托").sees("乐乐");
    phone
        .taps("我的")
        .is_at("/mine")
        .sees("0–3 岁日托")
        .taps("家人")
        .sees("壮壮")
        .sees("8 岁")
        .sees("同意书待签")
        .sees("25 个月")
        .sees("同意书已签");
}

#[test]
fn an_hour_for_parents_and_children_asks_for_both() {
    for (elder, picture) in [(false, "with-adult"), (true, "with-adult-elder")] {
        let house = House::new();
        let me = house.resident(screens::MINE);
        screens::child(&me, "乐乐", (2022, 5, 1));
        screens::child(&me, "壮壮", (2014, 5, 1));
        let phone = Phone::of(&house, &me);
        if elder {
            phone.has_cookie("view=elder");
        }
        // Both are proposed; without one of them it does not work.
        phone.opens("/offerings/xinyuan-play").sees("大人陪着").taps("17:00").could_tap("确认预约");
        phone.taps("我自己、乐乐").sees("壮壮 这一项只收 7 岁以下的").taps("我自己").taps("好了");
        phone.sees("孩子要有大人陪着，请再选一位大人。").keeps_picture(picture);
        phone.taps("选一下谁来").taps("我自己").taps("好了").taps("确认预约").sees_heading("订好了");
        phone.sees("乐乐").sees("我自己");
    }
}

#[test]
fn a_person_of_the_household_is_changed_and_removed() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    screens::child(&me, "乐乐", (2024, 5, 1));
    let phone = Phone::of(&house, &me);
    phone.opens("/family").taps("乐乐").sees_heading("乐乐").taps("修改乐乐");
    phone.types("怎么称呼", "小乐").taps("保存").sees_heading("小乐").taps("家人").is_at("/family");
    phone.sees("小乐").sees_no("乐乐").taps("小乐").taps("修改小乐");
    phone.taps("移除").sees("要移除吗？").taps("移除").is_at("/family").sees_no("小乐");
}
