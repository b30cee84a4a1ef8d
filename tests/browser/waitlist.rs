//! A full slot: one waits, with a place in line, and moves up when another cancels.

use domain::{
    booking::api::{Book, BookRequest, CancelBooking, DeclineOffer},
    household::{PersonDraft, Relation, api::AddPerson},
    work::{NewPlaces, api::ResizeSlot},
};

use super::{house::House, phone::Phone, screens};

#[test]
fn who_waits_moves_up_when_another_cancels() {
    let house = House::new();
    let slot = "/offerings/shurenyuan-memory?slot=shurenyuan-memory.20260623T1100";
    let first = Phone::of(&house, &house.resident(screens::MINE));
    first.opens(slot).sees("今天 11:00–11:40").taps("确认预约").sees_heading("订好了");

    let (second, third) = (house.resident("13800000002"), house.resident("13800000003"));
    let waiting = Phone::of(&house, &second);
    waiting
        .opens(slot)
        .sees("满了，有人退就按顺序补上")
        .taps("候补排队")
        .sees_heading("候补第 1 位")
        .sees("回执");
    screens::books(&third, "shurenyuan-memory.20260623T1100");
    let mine = Phone::of(&house, &third);
    mine.opens("/mine").sees("候补第 2");

    first.taps("取消预约").taps("不去了，取消").sees_heading("已取消");
    waiting.looks_again().sees_heading("轮到您了").taps("我要了").sees_heading("订好了").sees("回执");
    mine.looks_again().sees("候补第 1").taps("参观记忆馆").sees_heading("候补第 1 位");
    mine.sees("还有空位的").taps("不排了").taps("不去了，取消").sees_heading("已取消");
}

#[test]
fn who_waited_in_vain_is_told_so_when_it_starts() {
    let house = House::new();
    let slot = "shurenyuan-memory.20260623T1100";
    screens::books(&house.resident("13800000002"), slot);
    let waiting = ["13800000003", "13800000004"].map(|number| {
        let me = house.resident(number);
        let page = format!("/bookings/{}", screens::books(&me, slot).id);
        (Phone::of(&house, &me), page)
    });
    waiting[1].0.has_cookie("view=elder");
    for (phone, page) in &waiting {
        phone.opens(page).sees_heading("候补第");
    }
    house.is_at(0, 11 * 60, 1);
    for ((phone, _), name) in waiting.iter().zip(["waited-in-vain", "waited-in-vain-elder"]) {
        phone.looks_again().sees_heading("这次没轮到").sees("您没有占用任何次数").keeps_picture(name);
        phone.opens("/mine").sees("还没有预约").taps("以前的（1）").sees("没轮到");
    }
}

/// Waits for the place of somebody who gives it back, so that an offer was made in that slot.
fn lifts(house: &House, number: usize, slot: &str) {
    let [first, second] = [0, 1].map(|n| house.resident(&format!("138000001{:02}", 2 * number + n)));
    let booked = screens::books(&first, slot);
    screens::books(&second, slot);
    first.call::<CancelBooking>(booked.id, ()).expect("given back");
}

#[test]
fn who_waits_is_told_how_it_went_for_others_there() {
    let house = House::new();
    for (number, slot) in ["T1100", "T1200", "T1300"].into_iter().enumerate() {
        lifts(&house, number, &format!("shurenyuan-memory.20260623{slot}"));
    }
    let slot = "shurenyuan-memory.20260625T1100";
    let others = ["13800000007", "13800000008"].map(|number| house.resident(number));
    screens::books(&others[0], slot);
    let me = house.resident(screens::MINE);
    let waiting = screens::books(&me, slot);
    // Nothing is said of chances before there is something to tell of.
    let phone = Phone::of(&house, &me);
    let page = format!("/bookings/{}", waiting.id);
    phone.opens(&page).sees_heading("候补第 1 位").sees("有人不来，就按顺序轮到您").sees_no("次里");
    house.is_at(0, 15 * 60, 0);
    phone.opens(&page).sees("以前每次都轮到了").sees("过去 3 次里，有 3 次轮到了第 1 位。");
    phone.keeps_picture("waiting-odds");
    let second = screens::books(&others[1], slot);
    let behind = Phone::of(&house, &others[1]);
    behind.has_cookie("view=elder").opens(&format!("/bookings/{}", second.id));
    behind
        .sees_heading("候补第 2 位")
        .sees("以前还没轮到过这个位置")
        .sees("过去 3 次里，有 0 次轮到了第 2 位。");
    behind.keeps_picture("waiting-odds-elder");
}

#[test]
fn a_family_that_is_passed_over_sees_why_and_keeps_its_place() {
    let house = House::new();
    let slot = "xinsheng-massage.20260624T1000";
    let desk = house.staff(screens::DESK);
    let [first, second, alone] =
        ["13800000007", "13800000008", "13800000009"].map(|number| house.resident(number));
    let (one, two) = (screens::books(&first, slot), screens::books(&second, slot));
    desk.call::<ResizeSlot>(slot.into(), NewPlaces { capacity: 2, kept: 0 }).expect("two places");
    let me = house.resident(screens::MINE);
    let grandmother = PersonDraft { relation: Relation::Elder, name: "外婆".into(), born: None };
    let both: Vec<_> = me.call::<AddPerson>((), grandmother).expect("added").people;
    let both = both.into_iter().map(|person| person.id).collect();
    let family = me.call::<Book>((), BookRequest::new(slot.into(), both)).expect("waits");
    let behind = screens::books(&alone, slot);
    assert_eq!((family.position, behind.position), (Some(1), Some(2)));
    let phone = Phone::of(&house, &me);
    let page = format!("/bookings/{}", family.id);
    phone.opens(&page).sees_heading("候补第 1 位").sees_no("人少的");
    first.call::<CancelBooking>(one.id, ()).expect("given back");
    phone.looks_again().sees("先轮到了后面人少的 1 家").sees("您的位置不变").sees_heading("候补第 1 位");
    phone.keeps_picture("passed-over");
    let elder = Phone::of(&house, &me);
    elder.has_cookie("view=elder").opens(&page).sees("先轮到了后面人少的 1 家");
    elder.keeps_picture("passed-over-elder");
    // Who was let in does not want it after all, and another place comes free: now both fit.
    alone.call::<DeclineOffer>(behind.id, ()).expect("let go");
    phone.looks_again().sees("现在空着 1 个，您家要 2 个");
    second.call::<CancelBooking>(two.id, ()).expect("given back");
    phone.looks_again().sees_heading("轮到您了").taps("我要了").sees_heading("订好了");
}
