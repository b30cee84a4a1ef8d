//! Papers at the desk: a child is found by the family's number, seen, and marked; and a mistake is mended.

use domain::household::api::ListLooks;

use super::{
    house::House,
    phone::Phone,
    screens::{self, DESK, MINE},
};

const CARD: &str =
    "const card = [...document.querySelectorAll('.card')].find((one) => one.innerText.includes('朵朵'));";

/// Taps a button of the child's card.
fn taps_of_child(desk: &Phone, button: &str) {
    let find =
        format!("[...card.querySelectorAll('button')].find((one) => one.innerText.trim() === '{button}')");
    desk.run(&format!("{CARD} {find}.click()"));
}

/// Waits until the papers of the child count as seen, or do not.
fn counts_as_seen(desk: &Phone, seen: bool) {
    let script = format!("{CARD} return !card.innerText.includes('证件未核')");
    desk.waits(&format!("seen: {seen}"), || desk.run(&script) == seen);
}

#[test]
fn a_child_is_found_seen_and_marked() {
    let house = House::new();
    let resident = house.resident(MINE);
    let child = screens::child(&resident, "朵朵", (2016, 5, 1));
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens("/work").taps("核对证件").is_at("/work/papers?centre=xinsheng").sees("新盛社区");
    desk.types("手机号", MINE).taps("找到这家").sees("请写一下为什么查");
    desk.taps("报名前核对").taps("找到这家").sees("朵朵").sees("证件未核");
    taps_of_child(&desk, "核对过了");
    counts_as_seen(&desk, true);
    let looks = resident.call::<ListLooks>(child.clone(), ()).expect("looks");
    assert_eq!((looks.len(), &*looks[1].purpose), (2, "报名前核对"));
    let mine = Phone::of(&house, &resident);
    mine.opens(&format!("/family/{child}/looks")).sees("报名前核对");
    // The wrong child: the same centre takes it back.
    taps_of_child(&desk, "对不上");
    counts_as_seen(&desk, false);
}

#[test]
fn a_guardian_signs_on_paper_at_the_desk() {
    let house = House::new();
    let resident = house.resident(MINE);
    let child = screens::child(&resident, "朵朵", (2016, 5, 1));
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens("/work/papers?centre=xinsheng").types("手机号", MINE).taps("报名前核对").taps("找到这家");
    desk.sees("监护人同意书还没签").taps("监护人签了纸质同意书").taps("记下已签").sees("再多写几个字");
    desk.types("哪位监护人签的", "妈妈 王芳").keeps_picture("paper-consent").taps("记下已签");
    desk.sees("监护人同意书 今天").could_tap("监护人要收回同意书").keeps_picture("paper-consent-kept");
    let mine = Phone::of(&house, &resident);
    mine.opens(&format!("/family/{child}/consent")).sees("6月23日在新盛社区前台签过纸质的，一直有效");
    mine.sees("在新盛社区前台签了纸质的（第 1 版）").keeps_picture("paper-consent-family");
    mine.opens(&format!("/family/{child}/looks")).sees("记下了监护人签的纸质同意书").sees("事由：妈妈 王芳");
    desk.taps("监护人要收回同意书").types("哪位监护人要收回", "妈妈 王芳").taps("收回同意书");
    desk.sees("监护人同意书还没签");
    mine.has_cookie("view=elder").opens(&format!("/family/{child}/consent")).sees("我是监护人，我同意");
    mine.sees("在新盛社区前台撤回").keeps_picture("paper-consent-elder");
    mine.has_cookie("lang=en").opens(&format!("/family/{child}/consent")).sees("taken back at");
}
