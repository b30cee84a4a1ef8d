//! The slip of an elder without a phone: printed, lost and replaced, given up for a telephone, and
//! everything erased; looked at on the screen and as it goes to paper.

use domain::session::api::GetMe;

use super::{
    house::House,
    phone::Phone,
    screens::{DESK, MINE},
};

const WHY: &str = "老人在柜台，女儿在外地";

/// Opens a circle at the desk: the number on the slip.
fn opens(desk: &Phone) -> String {
    desk.opens("/work/circle").types("为什么办", WHY).types("老人姓名", "王桂兰");
    desk.types("老人怎么称呼家人", "女儿").taps("开关爱圈").sees("家人还没有进来");
    number(desk)
}

fn number(desk: &Phone) -> String {
    let number = desk.run("return document.querySelector('.ticket .ticket-number').innerText");
    number.as_str().expect("a number").to_owned()
}

/// What stands on the paper, once `button` was tapped: the browser's own dialog is left out.
fn prints(desk: &Phone, button: &str, name: &str) -> String {
    desk.run("window.print = () => {}");
    desk.taps(button).is_printed(true).keeps_screen(name);
    let text = desk.run("return document.body.innerText");
    desk.is_printed(false);
    text.as_str().expect("a text").to_owned()
}

#[test]
fn a_slip_goes_to_paper_alone_and_another_makes_it_void() {
    let house = House::new();
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.expects("the server responded with a status of 422");
    let first = opens(&desk);
    let paper = prints(&desk, "打印纸条", "slip-paper");
    for words in [first.as_str(), "王桂兰", "给女儿的邀请码", "到前台说一声"] {
        assert!(paper.contains(words), "{words}: {paper}");
    }
    for words in ["下一位", "换一张纸条", "为什么办", "工作台"] {
        assert!(!paper.contains(words), "{words} is on the paper: {paper}");
    }
    desk.keeps_screen("desk-circle");

    // The slip is lost: she is found by her name, and gets another number.
    desk.has_cookie("view=elder");
    desk.opens("/work/circle")
        .types("为什么办", "纸条丢了")
        .types("当时登记的姓名", "王桂香")
        .taps("按姓名找");
    desk.sees("按这个姓名和生日找不到").types("当时登记的姓名", "王桂兰").taps("按姓名找").sees("王桂兰");
    desk.taps("换一张纸条").sees("至少 4 个字").keeps_screen("desk-circle-reason-elder");
    desk.types("为什么办", "纸条丢了").taps("换一张纸条").sees("换好了，旧号码作废了");
    let second = number(&desk);
    assert_ne!(first, second);
    let paper = prints(&desk, "打印纸条", "slip-paper-again");
    assert!(paper.contains(&second) && !paper.contains(&first) && !paper.contains("邀请码"), "{paper}");
    desk.taps("下一位").types("关爱号", &first).types("为什么办", "拿旧纸条来的").taps("找到老人");
    desk.sees("没有这个关爱号");
}

#[test]
fn an_elder_with_a_phone_now_signs_in_with_it() {
    let house = House::new();
    house.resident(MINE);
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.expects("the server responded with a status of 422");
    opens(&desk);
    desk.types("为什么办", "女儿给买了手机").types("老人的手机号", MINE).taps("发验证码");
    desk.sees("已经有自己的账号了").types("老人的手机号", "13800000088").taps("发验证码").sees("验证码：");
    let text = desk.text();
    let (_, code) = text.split_once("验证码：").expect("the demo shows the code");
    let code: String = code.trim().chars().take(6).collect();
    desk.types("老人念的 6 位数字", &code).keeps_screen("desk-phone").taps("换成手机号");
    desk.sees("王桂兰以后用 138****0088 登录").keeps_screen("desk-phone-done");
    // The next minute she signs in.
    house.is_at(0, 9 * 60 + 40, 0);
    let she = house.resident("13800000088").call::<GetMe>((), ()).expect("herself");
    assert_eq!(she.people[0].name, "王桂兰");
}

#[test]
fn an_elder_is_erased_at_the_desk_and_may_think_better_of_it() {
    let house = House::new();
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.has_cookie("view=elder");
    opens(&desk);
    desk.taps("老人要删除资料").sees("7 天里来说一声就不删").keeps_screen("desk-erase-elder");
    desk.types("为什么办", "老人说不用了")
        .taps("确认删除")
        .sees("资料将在6月30日")
        .sees("本人说一声，就不删了");
    desk.keeps_screen("desk-erasing-elder").types("为什么办", "老人又说要留着").taps("本人说不删了");
    desk.sees("好的，资料不删了").sees_no("资料将在");
}

#[test]
fn the_slip_of_a_caller_says_what_they_can_do() {
    let house = House::new();
    let desk = Phone::of(&house, &house.staff(DESK));
    let page = "/work/slots/xinsheng-pingpong.20260623T1900";
    desk.opens(page).taps("代办").types("姓名", "李大爷").taps("确认代办").sees("办好了");
    let paper = prints(&desk, "打印小票", "caller-slip");
    assert!(paper.contains("来不了，请打电话或到前台说一声"), "{paper}");
    assert!(paper.contains("前台电话 0514-"), "whom to call: {paper}");
    assert!(!paper.contains("下一位") && !paper.contains("改名额"), "{paper}");
    desk.taps("下一位").types("姓名", "赵大妈").taps("确认代办").sees("满了，已排进候补");
    let paper = prints(&desk, "打印小票", "caller-slip-waits");
    assert!(paper.contains("前台替您答复"), "{paper}");
}
