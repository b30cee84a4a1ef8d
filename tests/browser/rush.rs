//! The opening of what many want: getting ready, the countdown, one tap; and whatever may happen at
//! that very moment.

use std::thread;

use domain::{
    booking::{
        BookingState,
        api::{Book, BookRequest, ListBookings},
    },
    centre::api::GetOffering,
    session::api::GetMe,
    ticket::api::DropTicket,
    work::{NewPlaces, api::ResizeSlot},
};

use super::{
    house::{House, Resident},
    phone::Phone,
    screens,
};

/// It opens two days after every test begins, at nine.
pub const COURSE: &str = "/offerings/xinyuan-holiday";
pub const OPENS: (u64, i64) = (2, 9 * 60);

/// Somebody with a child of eight.
pub fn parent(house: &House, number: &str) -> Resident {
    let parent = house.resident(number);
    screens::child(&parent, "朵朵", (2018, 5, 1));
    parent
}

/// Gets ready so many seconds before it opens.
pub fn ready(house: &House, who: &Resident, before: i64) -> Phone {
    house.is_at(OPENS.0, OPENS.1, -before);
    let phone = Phone::of(house, who);
    phone.opens(COURSE).sees("离开放报名还有").sees("提前准备好").taps("准备好");
    phone.sees("已准备好，今天 9:00 点一下就行").sees("符合要求").cannot_tap("9:00 点这里");
    phone
}

#[test]
fn who_is_ready_taps_once_when_it_opens() {
    let house = House::new();
    let me = parent(&house, screens::MINE);
    let stranger = Phone::new(&house);
    stranger.opens(COURSE).sees("1 天 23 小时").sees("6月25日 周四 9:00 · 以中心时间为准");
    stranger.sees("24 个名额，先到先得").could_tap("登录，提前准备好");

    let phone = ready(&house, &me, 9);
    phone.could_tap("确认报名").sees_no("离开放报名还有").taps("确认报名").sees_heading("报上了");
    phone.sees("回执").could_tap("加到日历").sees("取消后 10 分钟内还能恢复");
    phone.keeps_picture("rush-booked");
    let mine = me.call::<ListBookings>((), ()).expect("bookings");
    assert_eq!(mine.len(), 1, "{mine:?}");
    assert!(mine[0].made >= House::moment(OPENS), "booked before the opening");
    phone.opens(COURSE).sees("已经报过这一场了").could_tap("看我的预约");
}

#[test]
fn who_is_not_ready_sees_what_is_missing_and_can_mend_it() {
    let house = House::new();
    let me = parent(&house, screens::MINE);
    let phone = Phone::of(&house, &me);
    phone.opens("/offerings/xinsheng-holiday").sees("开放后的头 30 分钟先让本社区的居民报");
    phone.sees("朵朵 · 年龄 符合要求").sees("朵朵 · 身份 请带户口本或出生证到新盛社区前台核对一次");
    phone.sees("朵朵 · 监护人同意书 还没签").sees("比本社区居民晚一点开放").sees("6月25日 周四 9:30");
    phone.sees("还有没办好的，往下翻").cannot_tap("准备好").could_tap("打电话问");
    phone.keeps_picture("rush-missing");
    phone.taps("去签").sees_heading("监护人同意书").taps("我是监护人，我同意");
    phone
        .is_below("/offerings/xinsheng-holiday")
        .sees("朵朵 · 监护人同意书 6月23日签署")
        .sees("还有没办好的，往下翻");
}

#[test]
fn who_is_ready_stays_so_after_a_reload_and_may_bring_another_child() {
    let house = House::new();
    let me = parent(&house, screens::MINE);
    screens::child(&me, "乐乐", (2016, 2, 3));
    screens::child(&me, "点点", (2025, 2, 3));
    let phone = ready(&house, &me, 3_600);
    phone.reloads().sees("已准备好").cannot_tap("9:00 点这里");
    phone.taps("朵朵").sees("谁来？").sees("点点 要满 6 岁才能参加").taps("乐乐").taps("好了");
    phone.sees("提前准备好").taps("准备好").sees("已准备好，今天 9:00 点一下就行").sees("朵朵、乐乐");
    house.is_at(OPENS.0, OPENS.1, 1);
    phone.reloads().taps("确认报名").sees_heading("报上了").sees("朵朵、乐乐");
    assert_eq!(me.call::<ListBookings>((), ()).expect("bookings")[0].people.len(), 2);
}

#[test]
fn a_ticket_that_another_phone_of_the_family_made_void_costs_nobody_a_tap() {
    let house = House::new();
    let me = parent(&house, screens::MINE);
    screens::child(&me, "乐乐", (2016, 2, 3));
    let waiting = ready(&house, &me, 50);
    let other = Phone::of(&house, &house.resident(screens::MINE));
    other.opens(COURSE).sees("已准备好").taps("朵朵").taps("乐乐").taps("好了").taps("准备好");
    other.sees("已准备好，今天 9:00 点一下就行").sees("朵朵、乐乐");
    waiting.expects("/api/bookings").sees("已准备好，今天 9:00 点一下就行").sees_no("乐乐");
    // Around the opening nobody asks for tickets; what is sent is written down.
    waiting.run(
        "const real = window.fetch;
        window.tickets = 0;
        window.sent = [];
        window.fetch = async (request, ...more) => {
            if (request.url.endsWith('/ticket')) window.tickets += 1;
            if (request.url.endsWith('/api/bookings') && request.method === 'POST') {
                const body = await request.clone().json();
                window.sent.push([request.headers.get('idempotency-key'), Boolean(body.ticket)]);
            }
            return real(request, ...more);
        };",
    );
    house.is_at(OPENS.0, OPENS.1, 1);
    waiting.looks_again().taps("确认报名").sees_heading("报上了").sees("朵朵").sees_no("乐乐");
    let sent = waiting.run(
        "const [keys, tickets] = [0, 1].map(part => window.sent.map(one => one[part]));
        return [tickets, new Set(keys).size, window.tickets]",
    );
    assert_eq!(sent, serde_json::json!([[true, false], 2, 0]), "once more without the ticket, as another");
    let mine = me.call::<ListBookings>((), ()).expect("bookings");
    assert_eq!((mine.len(), mine[0].people.len()), (1, 1), "{mine:?}");
    assert_eq!(mine[0].state, BookingState::Confirmed);
}

#[test]
fn who_is_ready_no_more_sees_so_when_they_look_again() {
    let house = House::new();
    let me = parent(&house, screens::MINE);
    let waiting = ready(&house, &me, 3_600);
    let page = me.call::<GetOffering>("xinyuan-holiday".into(), ()).expect("the class");
    me.call::<DropTicket>(page.slots[0].slot.id.clone(), ()).expect("given up on another phone");
    waiting.looks_again().could_tap("准备好").sees_no("已准备好").sees("朵朵");
    waiting.taps("准备好").sees("已准备好，今天 9:00 点一下就行");
}

#[test]
fn a_page_that_was_left_open_for_two_hours_knows_that_it_has_opened() {
    let house = House::new();
    let phone = ready(&house, &parent(&house, screens::MINE), 3_600);
    house.is_at(OPENS.0, OPENS.1 + 60, 0);
    // The phone comes back without a network: it knows nevertheless, and does not pretend.
    phone.loses_the_network().sleeps(2).could_tap("确认报名").sees_no("离开放报名还有");
    phone.keeps_picture("rush-two-hours-later");
    phone.has_the_network_again().looks_again().taps("确认报名").sees_heading("报上了");
}

#[test]
fn a_phone_whose_clock_is_wrong_opens_when_the_centre_does() {
    let house = House::new();
    let me = parent(&house, screens::MINE);
    house.is_at(OPENS.0, OPENS.1, -8);
    let phone = Phone::of(&house, &me);
    phone.has_a_wrong_clock();
    phone.opens(COURSE).sees("您手机的日期不准，不影响").sees("00:00:0");
    phone.could_tap("确认报名").taps("确认报名").sees_heading("报上了");
    let made = me.call::<ListBookings>((), ()).expect("bookings")[0].made;
    assert!(made >= House::moment(OPENS), "booked before the opening");
}

#[test]
fn a_network_that_is_lost_at_the_tap_costs_nothing() {
    let house = House::new();
    let me = parent(&house, screens::MINE);
    let phone = ready(&house, &me, 10);
    phone.could_tap("确认报名").loses_the_network().taps("确认报名");
    phone.sees("网络断了。连上以后会自动接着提交").sees_no("报上了").is_below(COURSE);
    phone.keeps_picture("rush-network-lost");
    // Nobody taps again: it resolves itself.
    phone.has_the_network_again().sees_heading("报上了");
    assert_eq!(me.call::<ListBookings>((), ()).expect("bookings").len(), 1);
}

#[test]
fn answers_that_are_lost_are_asked_for_with_the_same_number() {
    let house = House::new();
    let me = parent(&house, screens::MINE);
    let phone = ready(&house, &me, 10);
    // What is sent arrives; no answer does, until it was read that one is waited for. What the family
    // has booked is read late: when this booking is in it.
    phone.run(
        "const real = window.fetch;
        window.keys = [];
        const arrived = new Promise(done => window.arrives = done);
        window.fetch = async (...request) => {
            const bookings = request[0].url.endsWith('/api/bookings');
            if (bookings && request[0].method === 'GET') await arrived;
            const answer = await real(...request);
            if (bookings && request[0].method === 'GET') window.listed = true;
            if (bookings && request[0].method === 'POST') {
                window.keys.push(request[0].headers.get('idempotency-key'));
                window.arrives();
                if (!window.was_read) throw new TypeError('Failed to fetch');
            }
            return answer;
        };",
    );
    phone.taps("欣园社区").is_below("/centres/").goes_back().taps("确认报名");
    phone.waits("what is booked was read", || phone.run("return window.listed === true") == true);
    phone.sees("还没收到回音，正在自动再问").sees_no("已经报过这一场了");
    phone.run("window.was_read = true");
    phone.sees_heading("报上了");
    let asked = phone.run("return [window.keys.length > 1, new Set(window.keys).size]");
    assert_eq!(asked, serde_json::json!([true, 1]), "again, and with the same number");
    assert_eq!(me.call::<ListBookings>((), ()).expect("bookings").len(), 1);
}

#[test]
fn of_two_who_race_for_the_last_place_one_gets_it_and_the_other_is_told_the_truth() {
    let house = House::new();
    let slot = "/offerings/shurenyuan-memory?slot=shurenyuan-memory.20260623T1100";
    let people = ["13800000001", "13800000002"].map(|number| house.resident(number));
    let phones = people.each_ref().map(|who| Phone::of(&house, who));
    for phone in &phones {
        phone.opens(slot).could_tap("确认预约");
    }
    let racing = phones.map(|phone| {
        thread::spawn(move || {
            phone.taps("确认预约").is_below("/bookings/");
            phone
        })
    });
    let phones = racing.map(|phone| phone.join().expect("a phone that still works"));
    let states = people.each_ref().map(|who| {
        let mine = who.call::<ListBookings>((), ()).expect("bookings");
        assert_eq!(mine.len(), 1, "{mine:?}");
        (mine[0].state, mine[0].position)
    });
    let (won, lost) = if states[0].0 == BookingState::Confirmed { (0, 1) } else { (1, 0) };
    assert_eq!(states[won].0, BookingState::Confirmed);
    assert_eq!(states[lost], (BookingState::Waitlisted, Some(1)));
    phones[won].sees_heading("订好了");
    phones[lost].sees_heading("候补第 1 位").sees("有人不来，就按顺序轮到您").sees("回执");
    phones[lost].keeps_picture("race-lost");
}

#[test]
fn getting_ready_and_the_opening_in_elder_mode() {
    let house = House::new();
    let me = parent(&house, screens::MINE);
    house.is_at(OPENS.0, OPENS.1, -7);
    let phone = Phone::of(&house, &me);
    phone.has_cookie("view=elder").opens(COURSE).sees("离开放报名还有").keeps_picture("rush-before-elder");
    phone.taps("准备好");
    phone
        .sees("已准备好，今天 9:00 点一下就行")
        .could_tap("确认报名")
        .taps("确认报名")
        .sees_heading("报上了");
    phone.keeps_picture("rush-booked-elder");
    phone.taps("取消报名").sees("10 分钟内可以恢复").taps("我还是去").sees_no("确定不去了吗？");
}

#[test]
fn who_was_too_late_waits_and_sees_sister_classes_with_places() {
    let house = House::new();
    let (me, neighbour) = (parent(&house, screens::MINE), parent(&house, "13800000002"));
    house.is_at(OPENS.0, OPENS.1 + 40, 0);
    let page = me.call::<GetOffering>("tongsi-holiday".into(), ()).expect("the class");
    let slot = page.slots[0].slot.id.clone();
    // All but one of its places are given out at the counter.
    let one = NewPlaces { capacity: page.slots[0].taken + 1, kept: 0 };
    house.staff(screens::ADMIN).call::<ResizeSlot>(slot.clone(), one).expect("one place");
    let child = neighbour.call::<GetMe>((), ()).expect("me").people[1].id.clone();
    neighbour.call::<Book>((), BookRequest::new(slot, vec![child])).expect("the last place");
    let phone = Phone::of(&house, &me);
    phone.opens("/offerings/tongsi-holiday").sees("满了，有人退就按顺序补上").keeps_picture("rush-full");
    phone.taps("候补排队").sees_heading("候补第 1 位").sees("还有空位的").sees("寒暑假公益托管班");
    phone.keeps_picture("rush-siblings");
    let elder = Phone::of(&house, &me);
    elder
        .has_cookie("view=elder")
        .opens("/mine")
        .taps("托管班")
        .sees("还有空位的")
        .keeps_picture("rush-siblings-elder");
    phone.taps("寒暑假公益托管班").is_below("/offerings/").sees("个名额");
}
