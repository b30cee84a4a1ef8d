//! The circle of care: a grandmother invites, a daughter acts for her, she reads what was done and ends
//! it; and the desk opens a circle for somebody without a telephone.

use domain::circle::{
    InvitationDraft, JoinRequest, Scope,
    api::{GetCircle, InviteRelative, JoinCircle},
};

use super::{
    house::{House, Resident},
    phone::Phone,
    screens::{self, DESK, MINE},
};

const DAUGHTER: &str = "13900000002";
const LUNCH: &str = "/offerings/xinsheng-lunch";

/// The bond by which a daughter is in her mother's circle, made without a browser.
pub fn bond(mother: &Resident, daughter: &Resident, scope: Scope) -> String {
    let draft = InvitationDraft { name: "女儿".into(), me: "王奶奶".into(), scope };
    let code = mother.call::<InviteRelative>((), draft).expect("invited").invitation.expect("a code").code;
    let joined = daughter.call::<JoinCircle>((), JoinRequest { code }).expect("joined");
    joined.elders[0].id.0.clone()
}

fn code_on(phone: &Phone) -> String {
    let code = phone.run("return document.getElementById('circle-code').value");
    code.as_str().expect("a code").to_owned()
}

#[test]
fn a_daughter_books_lunch_for_her_mother_who_reads_it_and_ends_it() {
    let house = House::new();
    let (mother, daughter) = (house.resident(MINE), house.resident(DAUGHTER));
    let hers = Phone::of(&house, &mother);
    // The grandmother's phone shows the elder version.
    hers.has_cookie("view=elder");
    hers.opens("/mine").taps("关爱圈").is_at("/circle").sees("还没有请家人来帮忙").taps("请家人来帮忙");
    hers.taps("做一个邀请码").sees("请写一个称呼");
    hers.types("您怎么称呼 TA", "女儿").types("TA 怎么称呼您", "王奶奶").sees("还能替您预约、取消");
    hers.taps("做一个邀请码").sees("给女儿的邀请码").sees("打电话把上面 8 个字念给 TA");
    let code = code_on(&hers);

    let theirs = Phone::of(&house, &daughter);
    theirs.opens("/circle").taps("我有邀请码").is_at("/circle/join").types("邀请码", "错的").taps("进关爱圈");
    theirs.sees("邀请码是 8 位字母和数字").types("邀请码", &code.to_lowercase()).taps("进关爱圈");
    theirs.is_at("/circle").sees("王奶奶").sees("您可以替办").taps("替老人办事");
    theirs.is_at("/").is_ready().sees("正在替 王奶奶 办事");
    theirs.opens(LUNCH).sees("正在替 王奶奶 办事").taps("11:30").taps("确认预约").sees_heading("订好了");
    theirs.sees("女儿替您订的");
    let broken = "return document.querySelector('.ticket-code').naturalWidth > 0";
    theirs.waits("the code is there for her, too", || theirs.run(broken) == true);
    // It survives loading the page anew; what is everybody's own is not shown.
    theirs.reloads().sees("正在替 王奶奶 办事").opens("/mine").sees("午餐").sees_no("设置");
    theirs.opens("/devices").sees_heading("这件事要本人来办").opens("/volunteer").sees("换回自己再来看");
    theirs.taps("换回自己").is_at("/mine").is_ready().sees_no("正在替").sees_no("午餐");

    hers.opens("/notices").sees("家人替您订好了").opens("/mine").sees("午餐");
    hers.opens("/circle").sees("女儿 预约了").sees("能看，也能替我办事").taps("全部").is_at("/circle/log");
    hers.sees("女儿 预约了")
        .sees("女儿 进了关爱圈")
        .taps("女儿 预约了")
        .sees_heading("订好了")
        .sees("女儿替您订的");

    theirs
        .opens("/circle")
        .taps("替老人办事")
        .is_ready()
        .sees("正在替 王奶奶 办事")
        .opens("/mine")
        .sees("午餐");
    hers.opens("/circle").taps("停").sees("不让 TA 办事了吗？").taps("先不变").sees_no("不让 TA 办事了吗？");
    hers.taps("停").sees("已经订好的还在").taps("停").sees("还没有请家人来帮忙").sees("您停了女儿的代办");
    // The daughter's very next tap says so.
    theirs.expects("the server responded with a status of 404");
    theirs.taps("家人的一周").sees_heading("不再代办了").sees("王奶奶 已经请您退出关爱圈").taps("换回自己");
    theirs.is_at("/mine").is_ready().sees_no("午餐");
    assert!(daughter.call::<GetCircle>((), ()).expect("hers").elders.is_empty());
}

#[test]
fn who_sees_only_is_told_so_and_who_is_asked_for_may_go_over_on_the_spot() {
    let house = House::new();
    let (mother, daughter) = (house.resident(MINE), house.resident(DAUGHTER));
    bond(&mother, &daughter, Scope::See);
    let booked = screens::books(&mother, "xinsheng-pingpong.20260623T1900");
    let phone = Phone::of(&house, &daughter);
    phone.opens("/circle").sees("您可以看，不能替办").taps("看看").is_at("/").is_ready();
    phone.sees("正在看 王奶奶 的安排").opens(&format!("/bookings/{}", booked.id)).taps("取消预约");
    phone.taps("不去了，取消").sees("您现在只能看看，不能替办");
    phone.opens("/family").sees_no("添加家人").taps("换回自己").is_at("/mine").is_ready();

    bond(&mother, &daughter, Scope::Act);
    phone.opens("/offerings/xinsheng-pingpong?slot=xinsheng-pingpong.20260624T1700").taps("我自己");
    phone.taps("替 王奶奶 预约").is_ready().sees("正在替 王奶奶 办事");
    phone.is_at("/offerings/xinsheng-pingpong?slot=xinsheng-pingpong.20260624T1700");
    phone.taps("确认预约").sees_heading("订好了");
    // Signing out ends it as well.
    phone
        .taps("换回自己")
        .is_at("/mine")
        .is_ready()
        .opens("/circle")
        .taps("替老人办事")
        .is_ready()
        .sees("正在替 王奶奶 办事");
    let kept =
        phone.run("return JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)])");
    let kept = kept.as_str().expect("a text");
    assert!(!kept.contains("王奶奶") && !kept.contains(MINE), "nothing of her is kept: {kept}");
}

#[test]
fn the_desk_opens_a_circle_for_an_elder_without_a_phone() {
    let house = House::new();
    let daughter = house.resident(DAUGHTER);
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens("/work")
        .taps("没有手机的老人")
        .is_at("/work/circle?centre=xinsheng")
        .sees_heading("没有手机的老人");
    desk.expects("the server responded with a status of 422");
    desk.types("老人姓名", "王桂兰").types("老人怎么称呼家人", "女儿").taps("开关爱圈").sees("至少");
    desk.types("为什么办", "老人在柜台，女儿在外地").taps("开关爱圈").sees("王桂兰").sees("家人还没有进来");
    let number = |at: usize| {
        let script = format!("return document.querySelectorAll('.ticket .ticket-number')[{at}].innerText");
        desk.run(&script).as_str().expect("a number").to_owned()
    };
    let (card, code) = (number(0), number(1));
    desk.could_tap("打印纸条");

    let theirs = Phone::of(&house, &daughter);
    theirs.opens("/circle/join").types("邀请码", &code).taps("进关爱圈").is_at("/circle").sees("王桂兰");
    theirs.taps("替老人办事").is_ready().sees("正在替 王桂兰 办事");
    // Another day she calls: the desk books by her number, the daughter sees it.
    desk.opens("/work/slots/xinsheng-pingpong.20260623T1900").taps("代办").types("手机号", &card);
    desk.taps("确认代办").sees("办好了").taps("好了");
    theirs.opens("/mine").sees("乒乓球桌");

    desk.opens("/work/circle")
        .types("关爱号", &card)
        .types("为什么办", "老人说不用女儿办了")
        .taps("找到老人");
    desk.sees("王桂兰").sees("139****0002").sees("女儿 进了关爱圈").types("为什么办", "老人说不用女儿办了");
    desk.taps("停").sees("家人还没有进来").sees("前台按您的意思，停了女儿的代办");
    theirs.expects("the server responded with a status of 404");
    theirs.opens("/mine").sees_heading("不再代办了").taps("换回自己").is_at("/mine");
}
