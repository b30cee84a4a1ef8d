//! Volunteers' shifts on the phone: seen under 志愿, taken by who is a volunteer, given back.

use domain::household::{PersonDraft, Relation, api::ChangePerson};
use domain::time::Day;

use super::{
    house::{House, Resident},
    phone::Phone,
    screens,
};

/// Oneself with a birthday, which shifts ask for.
fn grown(who: &Resident) {
    let born = Day::from_ymd_opt(1996, 3, 1);
    let draft = PersonDraft { relation: Relation::Myself, name: "秦明".into(), born };
    who.call::<ChangePerson>(screens::myself(who), draft).expect("a birthday");
}

#[test]
fn who_would_take_a_shift_becomes_a_volunteer_comes_back_and_takes_it() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    grown(&me);
    let phone = Phone::of(&house, &me);
    phone.opens("/join").sees_no("餐厅帮手").sees_no("志愿岗");
    phone.taps("志愿").is_at("/volunteer").sees("固定岗位").sees("还缺 2 人").keeps_picture("shifts-list");
    phone.taps("餐厅帮手").is_at("/offerings/xinsheng-canteen").sees("志愿者来值");
    phone.sees("先在上面选一班").taps("10:30").sees("登记一次就可以").keeps_screen("shifts-stranger");
    phone.taps("成为志愿者").is_below("/volunteer/me").types("怎么称呼您", "小秦").taps("成为志愿者");
    phone.is_below("/offerings/xinsheng-canteen").could_tap("我来值班").keeps_screen("shifts-foot");
    phone
        .taps("我来值班")
        .is_below("/bookings/")
        .sees_heading("排上班了")
        .sees("谢谢您来搭把手")
        .keeps_screen("shifts-mine");
    phone.opens("/offerings/xinsheng-canteen").sees("还缺 1 人");
    phone.opens("/mine").sees("餐厅帮手").sees("排上班了").taps("餐厅帮手");
    phone.taps("有事来不了").sees("马上请别的邻居来").taps("确定来不了").sees("已取消").sees("看看别的班");
}

#[test]
fn a_shift_reads_well_for_elders_and_in_english() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    grown(&me);
    for (cookie, post, words) in
        [("view=elder", "餐厅帮手", "登录后来值班"), ("lang=en", "Canteen helper", "Sign in to take it")]
    {
        let phone = Phone::new(&house);
        phone.expects("/favicon.ico").opens("/icon.svg").has_cookie(cookie);
        let name = cookie.replace('=', "-");
        phone.opens("/volunteer").sees(post).keeps_picture(&format!("shifts-list-{name}"));
        phone.opens("/offerings/xinsheng-canteen").taps("10:30").sees(words);
        phone.keeps_screen(&format!("shifts-page-{name}"));
    }
}
