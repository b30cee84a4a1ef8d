//! The week of a family on one sheet: whose, which week, walks that are too tight, and the calendar.

use chrono::Datelike;
use domain::{
    booking::api::{Book, BookRequest, CancelBooking},
    id::{CityId, SlotId},
    task::{
        Hands, Task,
        api::{ClaimTask, ListTasks},
    },
    time::CHINA,
};

use super::{
    house::{House, Resident},
    phone::Phone,
    screens,
};

/// Somebody with a child, at two centres one after the other, who lends a hand with a task; its name.
fn family(house: &House) -> (Resident, String) {
    let me = house.resident(screens::MINE);
    let child = screens::child(&me, "朵朵", (2018, 3, 1));
    screens::books(&me, "xinsheng-pingpong.20260624T1000");
    screens::books(&me, "tongsi-pingpong.20260624T1100");
    let request = BookRequest::new(SlotId::from("xinsheng-pingpong.20260623T1900"), vec![child]);
    me.call::<Book>((), request).expect("booked");
    let tasks = me.call::<ListTasks>(CityId::from("yangzhou"), ()).expect("tasks");
    let later = |task: &Task| (25..=28).contains(&task.span.starts.day(CHINA).day());
    let task = tasks.into_iter().find(|task| task.hands == Hands::Anybody && later(task));
    let task = task.expect("one for anybody, on a later day of the week");
    me.call::<ClaimTask>(task.id, ()).expect("claimed");
    (me, task.title.zh)
}

#[test]
fn a_family_reads_its_week_by_day_and_by_person_and_turns_the_page() {
    let house = House::new();
    let (me, task) = family(&house);
    for elder in [false, true] {
        let phone = Phone::of(&house, &me);
        let name = if elder {
            phone.has_cookie("view=elder");
            "week-elder"
        } else {
            "week"
        };
        phone.opens("/mine").taps("家人的一周").is_at("/week").sees_heading("一家人的一周");
        phone.sees("今天").sees("朵朵").sees("走过去要").sees("中间没有空").keeps_picture(name);
        phone.sees(&task).taps("朵朵").sees("19:00").sees_no("走过去要").sees_no(&task);
        phone.taps("全家").sees("走过去要");
        phone.taps("下周 ›").is_at("/week?from=2026-06-29").sees("这一周还没有安排").could_tap("看看有什么");
        phone.taps("回到本周").is_at("/week").sees("走过去要");
        phone.taps("‹ 上周").is_at("/week?from=2026-06-15").goes_back().is_ready();
    }
}

#[test]
fn a_calendar_follows_at_an_address_that_can_be_changed_and_stopped() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    let booked = screens::books(&me, "xinsheng-pingpong.20260624T1000");
    let phone = Phone::of(&house, &me);
    let address = || {
        let field = "return document.querySelector('#calendar-address').value";
        let address = phone.run(field).as_str().expect("an address").to_owned();
        address[address.find("/api/").expect("a path")..].to_owned()
    };
    phone.opens("/week").taps("生成订阅地址").sees("只显示这一次").could_tap("复制");
    let first = address();
    assert!(house.page(&first).contains("BEGIN:VEVENT"));
    me.call::<CancelBooking>(booked.id, ()).expect("cancelled");
    assert!(!house.page(&first).contains("BEGIN:VEVENT"), "it follows by itself");
    phone.taps("换一个地址").waits("another address", || address() != first);
    assert!(!house.page(&first).contains("VCALENDAR"), "the old one has ended");
    let second = address();
    phone.reloads().sees("地址不再显示").taps("不再订阅").sees("生成订阅地址");
    assert!(!house.page(&second).contains("VCALENDAR"));
}
