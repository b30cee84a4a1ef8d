//! What may happen at the very tap: the server loses its power, and two phones of one family are as quick as
//! each other.

use std::{thread, time::Duration};

use domain::booking::{Booking, BookingState, api::ListBookings};

use super::{
    house::{House, Resident},
    phone::Phone,
    rush::{COURSE, OPENS, parent, ready},
    screens,
};

/// A phone whose server is away says so in its console, and nothing else is wrong with it.
fn without_a_server(phone: &Phone) -> &Phone {
    phone.expects("ERR_CONNECTION_REFUSED").expects("ERR_EMPTY_RESPONSE").expects("ERR_CONNECTION_RESET");
    phone.expects("ERR_SOCKET_NOT_CONNECTED").expects("TypeError: Failed to fetch")
}

/// The one booking of somebody, which was made once it had opened.
fn only(who: &Resident) -> Booking {
    let mut mine = who.call::<ListBookings>((), ()).expect("bookings");
    assert_eq!(mine.len(), 1, "{mine:?}");
    let booking = mine.remove(0);
    assert!(booking.made >= House::moment(OPENS), "booked before the opening");
    booking
}

#[test]
fn who_taps_while_the_server_is_away_is_in_once_it_is_back() {
    for (elder, picture) in [(false, "race-server-away"), (true, "race-server-away-elder")] {
        let house = House::new();
        let me = parent(&house, screens::MINE);
        let phone = ready(&house, &me, 8);
        if elder {
            phone.has_cookie("view=elder").reloads();
        }
        without_a_server(&phone).could_tap("确认报名");
        let dead = house.dies();
        phone.taps("确认报名").sees("正在自动再问").sees("不用再点").sees_no("报上了").is_below(COURSE);
        phone.keeps_picture(picture);
        thread::sleep(Duration::from_secs(2));
        // Nobody taps again.
        let _house = dead.starts_again();
        phone.sees_heading("报上了").sees("回执");
        assert_eq!(only(&me).state, BookingState::Confirmed);
    }
}

#[test]
fn who_taps_as_the_server_loses_its_power_has_one_booking_whatever_was_on_the_disk() {
    let house = House::new();
    let me = parent(&house, screens::MINE);
    let phone = ready(&house, &me, 8);
    without_a_server(&phone).could_tap("确认报名");
    // Sent off, and perhaps written down, and perhaps answered and only the page of it owed; who can tell?
    // Whatever it is, it comes by itself.
    phone.taps("确认报名");
    let _house = house.dies().starts_again();
    phone.sees_heading("报上了").sees("回执").reloads().sees_heading("报上了");
    assert_eq!(only(&me).state, BookingState::Confirmed);
}

#[test]
fn of_two_phones_of_one_family_one_books_the_child_and_the_other_is_told_so() {
    let house = House::new();
    let mother = parent(&house, screens::MINE);
    // A minute later, for a code is sent once a minute: the same household on the father's phone.
    house.is_at(0, 9 * 60 + 33, 0);
    let father = house.resident(screens::MINE);
    house.is_at(OPENS.0, OPENS.1, -30);
    let phones = [&mother, &father].map(|who| Phone::of(&house, who));
    for phone in &phones {
        phone.expects("the server responded with a status of 422");
        phone.opens(COURSE).sees("离开放报名还有").could_tap("准备好");
    }
    // Both have the page before them: who gets ready second does not undo what the first one has.
    for phone in &phones {
        phone.taps("准备好").sees("已准备好，今天 9:00 点一下就行");
    }
    // However slow the machine is: both see it open before either taps.
    let left = House::moment(OPENS).0 - house.now().0;
    thread::sleep(Duration::from_millis(left.try_into().unwrap_or_default()));
    for phone in &phones {
        phone.could_tap("确认报名");
    }
    let racing = phones.map(|phone| {
        thread::spawn(move || {
            phone.taps("确认报名");
            phone
        })
    });
    let phones = racing.map(|phone| phone.join().expect("a phone that still works"));
    let is_in = |phone: &Phone| phone.heading().contains("报上了");
    phones[0].waits("one of them is in", || phones.iter().any(is_in));
    let booking = only(&mother);
    assert_eq!(booking.state, BookingState::Confirmed);
    let (won, lost) = if is_in(&phones[0]) { (&phones[0], &phones[1]) } else { (&phones[1], &phones[0]) };
    won.sees("回执");
    lost.sees("已经报过这一场了").is_below(COURSE).keeps_picture("race-same-child");
    lost.taps("看我的预约").sees_heading("报上了").is_at(&format!("/bookings/{}", booking.id));
}
