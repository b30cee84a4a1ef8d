//! What is kept of me: read, taken along, and erased with a week to think better of it.

use domain::session::api::GetMe;

use super::{house::House, phone::Phone, screens};

#[test]
fn my_data_is_read_and_taken_along_to_another_browser() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    let phone = Phone::of(&house, &me);
    phone.opens("/settings").taps("我们保存什么").sees_heading("我们保存什么").sees("用手机号登录");
    // Two taps within half a second at the same place would be one: that of a shaking thumb.
    phone.opens("/privacy").taps("验证码").sees("2 天后自动删掉");
    phone.opens("/settings").taps("我的资料").is_at("/my-data").sees_heading("我的资料");
    phone.opens("/my-data").taps("账号").sees(screens::MINE).taps("带走一份").sees("前可以打开");
    phone.could_tap("复制").sees("在浏览器打开");
    let script = "return document.querySelector('a[target=_blank]').getAttribute('href')";
    let link = phone.run(script).as_str().expect("an address").to_owned();

    // Another browser, in which nobody is signed in.
    let page = house.page(&link);
    assert!(page.contains(screens::MINE) && page.contains("我的资料"), "{page}");
}

#[test]
fn an_account_is_given_up_kept_after_all_and_given_up_for_good() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    screens::books(&me, "xinsheng-pingpong.20260623T1900");
    let phone = Phone::of(&house, &me);
    phone.expects("status of 401");
    phone.opens("/settings").taps("注销账号").is_at("/leave").sees("1 个预约退掉").sees("监护人同意");
    phone.opens("/leave").taps("注销账号").sees("真的要注销吗？").taps("先不注销").sees("1 个预约退掉");
    phone.taps("注销账号").sees("真的要注销吗？");
    phone.run("document.querySelector('.sheet .button').click()");
    phone.sees("您申请了注销").opens("/mine").sees("您申请了注销").taps("点这里可以反悔");
    phone.taps("不注销了").sees("没有要退的预约");
    phone.opens("/mine").sees_no("您申请了注销").sees("还没有预约");

    // Asked for again, and signing in leads to the way back.
    phone.opens("/leave").taps("注销账号").sees("真的要注销吗？");
    phone.run("document.querySelector('.sheet .button').click()");
    phone.sees("您申请了注销");
    // A telephone gets one code a minute.
    house.is_at(1, 10 * 60, 0);
    let other = Phone::new(&house);
    other.opens("/sign-in").signs_in(screens::MINE).is_at("/leave").sees("您申请了注销");

    house.is_at(8, 10 * 60, 0);
    phone.waits("the account to be gone", || me.call::<GetMe>((), ()).is_err());
    phone.opens("/my-data").sees("登录");
}
