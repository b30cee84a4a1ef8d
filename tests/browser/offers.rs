//! What one gives back is offered to who waits: taken, let go, not answered; by night, by two phones of
//! one family, and with a network that fails at the tap.

use std::thread;

use domain::booking::{
    BookingState,
    api::{CancelBooking, ListBookings},
};

use super::{
    house::{House, Resident},
    phone::Phone,
    screens,
};

/// A visit with one place, tomorrow at eleven.
const SLOT: &str = "shurenyuan-memory.20260624T1100";
const PAGE: &str = "/offerings/shurenyuan-memory?slot=shurenyuan-memory.20260624T1100";

/// Two who wait for the one place of somebody who gives it back now.
fn offered(house: &House) -> (Resident, Resident) {
    let (first, second, third) =
        (house.resident("13800000007"), house.resident(screens::MINE), house.resident("13800000003"));
    let booked = screens::books(&first, SLOT);
    screens::books(&second, SLOT);
    screens::books(&third, SLOT);
    first.call::<CancelBooking>(booked.id, ()).expect("given back");
    (second, third)
}

fn state(who: &Resident) -> (BookingState, Option<u32>) {
    let mine = who.call::<ListBookings>((), ()).expect("bookings");
    assert_eq!(mine.len(), 1, "{mine:?}");
    (mine[0].state, mine[0].position)
}

#[test]
fn whose_turn_it_is_is_told_and_takes_the_place() {
    let house = House::new();
    let (first, second) = (house.resident("13800000007"), house.resident(screens::MINE));
    let booked = screens::books(&first, SLOT);
    let phone = Phone::of(&house, &second);
    phone.opens(PAGE).sees("满了，有人退就按顺序补上").taps("候补排队").sees_heading("候补第 1 位");
    phone.sees("夜里 10 点到早上 8 点不计时").sees("回执");
    first.call::<CancelBooking>(booked.id, ()).expect("given back");
    phone.looks_again().sees_heading("轮到您了").sees("为您留到今天 11:3").sees("01:5");
    phone.keeps_picture("offer");
    phone
        .taps("首页")
        .sees("轮到您了：参观记忆馆")
        .sees("等您答复")
        .taps("轮到您了")
        .sees_heading("轮到您了");
    phone.reloads().sees_heading("轮到您了").taps("我要了").sees_heading("订好了").sees("回执");
    phone.taps("首页").sees_no("轮到您了").taps("我的").sees("参观记忆馆");
    assert_eq!(state(&second).0, BookingState::Confirmed);
}

#[test]
fn an_offer_that_nobody_answers_goes_to_the_next() {
    let house = House::new();
    let (second, third) = offered(&house);
    let phone = Phone::of(&house, &second);
    phone.opens("/mine").sees("等您答复").taps("参观记忆馆").sees_heading("轮到您了");
    house.is_at(0, 11 * 60 + 40, 0);
    phone.sleeps(3).keeps_picture("offer-lapsed");
    phone.sees_heading("没等到您的答复").sees("名额为您留过").could_tap("再排一次");
    assert_eq!(state(&third).0, BookingState::Offered);
    phone.opens("/mine").taps("以前的（1）").sees("没答复");
    let next = Phone::of(&house, &third);
    next.opens("/mine").taps("参观记忆馆").sees_heading("轮到您了").taps("我要了").sees_heading("订好了");
}

#[test]
fn by_night_the_time_does_not_run() {
    let house = House::new();
    let (first, second) = (house.resident("13800000007"), house.resident(screens::MINE));
    // Three in the night: two hours count from eight on.
    let slot = "shurenyuan-memory.20260625T1100";
    let booked = screens::books(&first, slot);
    screens::books(&second, slot);
    house.is_at(1, 3 * 60, 0);
    first.call::<CancelBooking>(booked.id, ()).expect("given back");
    let phone = Phone::of(&house, &second);
    phone.opens("/mine").taps("参观记忆馆").sees_heading("轮到您了").sees("为您留到今天 10:00");
    phone.sees("06:59:").sees("夜里 10 点到早上 8 点不计时");
}

#[test]
fn who_lets_go_by_mistake_can_take_that_back_and_is_first_in_line() {
    let house = House::new();
    let (second, third) = offered(&house);
    let phone = Phone::of(&house, &second);
    phone.opens("/mine").taps("参观记忆馆").taps("不要了").sees("不要这个名额了吗？").taps("我再想想");
    phone.sees_heading("轮到您了").taps("不要了").taps("不要了，给别人吧").sees_heading("您没要这个名额");
    phone.keeps_picture("offer-declined");
    assert_eq!(state(&third).0, BookingState::Offered);
    phone.sees("可以恢复").taps("恢复").sees_heading("候补第 1 位");
    let next = Phone::of(&house, &third);
    next.opens("/mine")
        .taps("参观记忆馆")
        .taps("不要了")
        .taps("不要了，给别人吧")
        .sees_heading("您没要这个名额");
    phone.looks_again().sees_heading("轮到您了");
}

#[test]
fn two_phones_of_one_family_take_one_place() {
    let house = House::new();
    let (second, _) = offered(&house);
    let phones = [Phone::of(&house, &second), Phone::of(&house, &second)];
    for phone in &phones {
        // The later of the two is told that it was taken already.
        phone.expects("status of 422").opens("/mine").taps("参观记忆馆").could_tap("我要了");
    }
    let taking = phones.map(|phone| {
        thread::spawn(move || {
            phone.taps("我要了").sees_heading("订好了");
            phone
        })
    });
    for phone in taking {
        phone.join().expect("a phone that still works").sees("回执");
    }
    assert_eq!(state(&second).0, BookingState::Confirmed);
}

#[test]
fn a_network_that_fails_at_the_tap_resolves_itself() {
    let house = House::new();
    let (second, _) = offered(&house);
    let phone = Phone::of(&house, &second);
    phone.opens("/mine").taps("参观记忆馆").could_tap("我要了").loses_the_network().taps("我要了");
    phone.sees("网络断了。连上以后会自动接着提交").has_the_network_again().sees_heading("订好了");
    assert_eq!(state(&second).0, BookingState::Confirmed);
}

#[test]
fn in_elder_mode_it_is_the_first_thing_on_the_home_page() {
    let house = House::new();
    let (second, _) = offered(&house);
    let phone = Phone::of(&house, &second);
    phone.has_cookie("view=elder").opens("/").sees("轮到您了：参观记忆馆").taps("轮到您了");
    phone.sees_heading("轮到您了").keeps_picture("offer-elder");
    phone.could_tap("不要了").taps("我要了").sees_heading("订好了");
}

#[test]
fn who_waits_says_until_when() {
    let house = House::new();
    let slot = "shurenyuan-memory.20260627T1100";
    screens::books(&house.resident("13800000007"), slot);
    let second = house.resident(screens::MINE);
    screens::books(&second, slot);
    let phone = Phone::of(&house, &second);
    phone.opens("/mine").taps("参观记忆馆").taps("过了某天就不用再问我").sees("什么时候以后不用再问您？");
    phone.taps("6月24日以后不用再问我").sees("好的，6月24日以后不再问您。");
    phone.taps("改一下").taps("6月25日以后不用再问我").sees("好的，6月25日以后不再问您。");
    house.is_at(3, 60, 0);
    phone.sleeps(64).sees_heading("不再排了").opens("/mine").taps("以前的（1）").sees("不排了");
}
