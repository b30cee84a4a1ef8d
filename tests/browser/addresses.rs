//! Back button, deep links and reload, on every screen; and addresses that lead nowhere.

use super::{house::House, phone::Phone, screens};

#[test]
fn every_screen_can_be_linked_to_reloaded_and_come_back_to() {
    let house = House::new();
    let (me, screens) = screens::all(&house);
    let phone = Phone::of(&house, &me);
    for screen in screens.iter().filter(|screen| screen.tap[0].is_empty()) {
        screen.show(&phone, 0);
        let (heading, address) = (phone.heading(), phone.address());
        assert!(!heading.is_empty(), "{} has no heading", screen.name());
        assert!(!heading.contains('|'), "{} has several headings: {heading}", screen.name());
        assert_eq!(address, screen.path, "the address stays");
        phone.reloads().sees_heading(&heading).is_at(&address);
        // Away within the app, and back again.
        phone.run("document.querySelector('.tab, .back, main a[href]').click()");
        if screen.path != "/" {
            phone.waits("another screen", || phone.address() != address);
            phone.goes_back().is_at(&address).sees_heading(&heading);
        }
    }
}

#[test]
fn every_screen_says_to_a_stranger_what_it_is() {
    let house = House::new();
    let phone = Phone::new(&house);
    for screen in screens::of_a_stranger() {
        screen.show(&phone, 0);
        let heading = phone.heading();
        assert!(!heading.is_empty() && !heading.contains('|'), "{}: “{heading}”", screen.name());
    }
}

#[test]
fn addresses_that_lead_nowhere_say_so_and_lead_on() {
    let house = House::new();
    let phone = Phone::of(&house, &house.resident(screens::MINE));
    phone.expects("status of 404");
    phone
        .opens("/no/such/page")
        .sees_heading("没有这个页面")
        .taps("回首页")
        .is_at("/")
        .sees_heading("新盛社区");
    for path in
        ["/centres/nobody", "/offerings/nobody", "/bookings/nobody", "/wishes/nobody", "/tasks/nobody"]
    {
        phone.opens(path).sees("没有找到").taps("回首页").is_at("/").sees_heading("新盛社区");
    }
    // Filters that make no sense are none; a slot that is not there is not picked.
    phone.opens("/join?kind=nonsense&day=2026-99-99&near=moon").sees("两荤两素午餐");
    phone.opens("/offerings/xinsheng-pingpong?slot=nonsense").sees("先在上面选一个时段");
    // What comes after signing in stays on our site.
    let stranger = Phone::new(&house);
    stranger.opens("/sign-in?next=%2F%2Fexample.org%2F").signs_in("13800000005").is_at("/mine");
}

#[test]
fn filters_stand_in_the_address() {
    let house = House::new();
    let phone = Phone::new(&house);
    phone.opens("/join").taps("场地").is_at("/join?kind=facility").sees("台球桌").sees_no("两荤两素午餐");
    phone.taps("筛选").sees("多远").taps("本中心").taps("看这").is_at("/join?kind=facility&near=own");
    phone.sees("台球桌").sees_no("跑步机").reloads().sees("台球桌").sees_no("跑步机");
    phone.taps("筛选").taps("老人").taps("看这").sees("按摩椅").sees_no("台球桌").taps("按摩椅");
    phone.is_at("/offerings/xinsheng-massage").goes_back().sees("按摩椅").sees_no("台球桌");
    phone.taps("课程").sees("这样找没有结果").taps("不限“老人”").sees("青年夜校");
}
