//! Without a network: what was there stays, with its time; nothing pretends; and once it is back, what
//! was tapped is done once.

use domain::booking::api::ListBookings;

use super::{house::House, phone::Phone, screens};

#[test]
fn without_a_network_nothing_is_lost_and_nothing_pretends() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    let phone = Phone::of(&house, &me);
    phone.opens("/").taps("报名").sees("两荤两素午餐").taps("乒乓球桌").taps("11:00").could_tap("确认预约");

    phone.loses_the_network().taps("确认预约").sees("网络断了。连上以后会自动接着提交");
    phone.sees_no("订好了").sees("没有网络，显示的是 09:3").is_below("/offerings/");
    // Screens that were seen before are still there, with the time of what they show.
    phone.taps("新盛社区").sees("没连上中心").goes_back().goes_back().is_at("/join").sees("两荤两素午餐");
    phone.taps("首页").sees_heading("新盛社区").sees("没有网络，显示的是 09:3");
    phone.taps("我的").sees("还没有预约").sees("没有网络，显示的是 09:3");
    assert!(me.call::<ListBookings>((), ()).expect("bookings").is_empty());

    phone.has_the_network_again().sees_no("没有网络").taps("志愿").sees("教孩子打乒乓球");
    phone.opens("/offerings/xinsheng-pingpong?slot=xinsheng-pingpong.20260623T1100").could_tap("确认预约");
    phone.loses_the_network().taps("确认预约").sees("网络断了。连上以后会自动接着提交");
    phone.has_the_network_again().sees_heading("订好了");
    assert_eq!(me.call::<ListBookings>((), ()).expect("bookings").len(), 1);
}

#[test]
fn screens_that_could_not_be_fetched_come_once_the_network_is_back() {
    let house = House::new();
    let phone = Phone::new(&house);
    // The first visit brings the home page alone; the rest is fetched at the first touch.
    phone.opens("/").loses_the_network().taps("报名").sees("没连上中心").sees("没有网络，显示的是");
    phone.taps("我的").is_at("/mine").sees("没连上中心").has_the_network_again().taps("再试一次");
    phone.sees("用手机号登录").sees_no("没有网络").taps("报名").sees("两荤两素午餐");
}

#[test]
fn an_answer_that_is_lost_on_the_way_does_not_book_twice() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    let phone = Phone::of(&house, &me);
    phone.opens("/offerings/xinsheng-pingpong").taps("11:00").could_tap("确认预约");
    // The booking arrives, its answer does not: three times, then it does.
    phone.run(
        "const real = window.fetch;
        window.lost = 0;
        window.fetch = async (...request) => {
            const answer = await real(...request);
            const write = (request[0].method || request[1]?.method) === 'POST';
            if (write && window.lost < 3) {
                window.lost += 1;
                throw new TypeError('Failed to fetch');
            }
            return answer;
        };",
    );
    // Nobody is told that it failed: the app asks with the same number until somebody knows.
    phone.taps("确认预约").sees_heading("订好了");
    assert_eq!(phone.run("return window.lost"), 3);
    assert_eq!(me.call::<ListBookings>((), ()).expect("bookings").len(), 1);
}
