//! The second lock of the workbench: set up at the first use, opened, closed, and taken off for who
//! lost it.

use domain::elevation::api::GetLock;

use super::{
    house::{House, PASSWORD},
    phone::Phone,
    screens::{ADMIN, DESK},
};

const LOCKED: &str = "the server responded with a status of 423";
const REFUSED: &str = "the server responded with a status of 422";
const SLOT: &str = "/work/slots/xinsheng-pingpong.20260623T1900";

/// The digits that the demo shows.
fn digits(phone: &Phone) -> String {
    let text = phone.text();
    let (_, digits) = text.split_once("现在的数字是").expect("the demo shows the digits");
    digits.trim().chars().take(6).collect()
}

/// Sets the lock up on the screen: the first of the spare codes.
pub fn sets_up(phone: &Phone) -> String {
    phone.taps("开始设置").sees("用验证器扫一下");
    let code = digits(phone);
    phone.types("密码", PASSWORD).types("验证器上的 6 位数字", &code).taps("设好");
    phone.sees("备用码，只显示这一次");
    let codes = phone.run("return [...document.querySelectorAll('.spare p')].map((one) => one.innerText)");
    assert_eq!(codes.as_array().map(Vec::len), Some(10), "{codes}");
    codes[0].as_str().expect("a code").to_owned()
}

#[test]
fn the_first_use_of_the_workbench_sets_the_lock_up_and_leads_back() {
    let house = House::new();
    let phone = Phone::of(&house, &house.resident(DESK));
    phone.expects(LOCKED).expects(REFUSED);
    // From a link to a list: nothing of it is seen before.
    phone.opens(SLOT).is_below("/work/lock?next=").sees_heading("第二道锁").sees_no("乒乓球桌");
    phone.taps("开始设置").sees("用验证器扫一下").types("密码", "短").types("验证器上的 6 位数字", "000000");
    phone.taps("设好").sees("至少 10 个字");
    phone.reloads();
    let spare = sets_up(&phone);
    phone.taps("抄好了，去工作台").is_at(SLOT).sees_heading("乒乓球桌");
    let kept = phone.run("return JSON.stringify(Object.entries(localStorage)) + document.cookie");
    assert!(!kept.as_str().unwrap_or_default().contains(&spare), "{kept}");

    // Locked by hand: what was there is gone, going back shows nothing of it.
    phone.opens("/work").taps("第二道锁").sees("开着，最晚").taps("现在就锁上").sees("工作台锁着");
    phone.goes_back().sees_heading("第二道锁").sees_no("乒乓球桌");
    phone.opens("/work").is_at("/work/lock?next=%2Fwork");
    phone.types("密码", PASSWORD).types("验证器上的 6 位数字", "000000").taps("打开");
    phone.sees("密码或数字不对，还可以试 4 次");
    phone.types("验证器上的 6 位数字", &spare).taps("打开").is_at("/work").sees("乒乓球桌");
    // The same code once more does nothing.
    phone.taps("第二道锁").sees("备用码还有 9 个").taps("现在就锁上").sees("工作台锁着");
    phone.types("密码", PASSWORD).types("验证器上的 6 位数字", &spare).taps("打开").sees("不对");

    // A resident's own pages never ask for it, and signing out closes it as well.
    phone.expects("status of 404").opens("/mine").sees("工作台").opens("/bookings/nobodys").sees("没有找到");
}

#[test]
fn an_hour_of_nothing_closes_it_and_takes_what_is_shown_away() {
    let house = House::new();
    let desk = house.staff(DESK);
    let phone = Phone::of(&house, &desk);
    phone.expects(LOCKED).opens(SLOT).sees_heading("乒乓球桌");
    house.is_at(0, 10 * 60 + 20, 0);
    phone.sleeps(0).sees_heading("乒乓球桌");
    house.is_at(0, 11 * 60 + 25, 0);
    phone.looks_again().is_below("/work/lock?next=").sees("工作台锁着").sees_no("乒乓球桌");
    assert_eq!(desk.call::<GetLock>((), ()).expect("a state").open_until, None);
}

#[test]
fn who_lost_everything_is_let_in_by_whoever_appoints_them() {
    let house = House::new();
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.expects(LOCKED).opens("/work").sees("乒乓球桌");
    let admin = Phone::of(&house, &house.staff(ADMIN));
    admin.opens("/work/staff").sees("王老师");
    admin.run(
        "const button = [...document.querySelectorAll('button')].filter((one) => one.innerText === '重设第二道锁');
         window.many = button.length;
         const mine = button.find((one) => one.parentElement.innerText.includes('王老师')); mine.id = 'reset'; mine.click()",
    );
    admin.sees("先确认是王老师本人").taps("是本人，重设").sees("重设好了");
    desk.opens("/work").is_at("/work/lock?next=%2Fwork").sees("开始设置").sees_no("乒乓球桌");
    sets_up(&desk);
    desk.taps("抄好了，去工作台").is_at("/work").sees("乒乓球桌");
}
