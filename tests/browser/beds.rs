//! A bed of the senior apartments: waited for on the phone, given by the desk.

use domain::{
    household::{PersonDraft, Relation, api::ChangePerson},
    time::Day,
    work::{NewPlaces, api::ResizeSlot},
};

use super::{house::House, phone::Phone, screens};

/// Who stands at the desk of 文昌花园.
const WENCHANG: &str = "13900000004";

#[test]
fn a_bed_is_waited_for_offered_and_taken() {
    let house = House::new();
    let me = house.resident(screens::MINE);
    let born = Day::from_ymd_opt(1945, 3, 1);
    let draft = PersonDraft { relation: Relation::Myself, name: "李秀英".into(), born };
    me.call::<ChangePerson>(screens::myself(&me), draft).expect("a birthday");
    let phone = Phone::of(&house, &me);
    phone.opens("/join?kind=stay").sees("老年公寓床位").sees("长期居住").taps("老年公寓床位");
    phone.sees("选一种床位").sees("住满了 · 可候床").taps("护理床位").sees("有床空出来就按顺序问您");
    phone.keeps_screen("beds-page").taps("排队候床").is_below("/bookings/").sees("排队候床 · 前面");
    phone.sees("前台也会打电话").sees_no("2099").keeps_picture("beds-waits");
    phone.opens("/mine").sees("老年公寓床位").sees("长期居住").sees_no("2099");

    let staff = house.staff(WENCHANG);
    let desk = Phone::of(&house, &staff);
    desk.opens("/work").sees("长期居住").sees("老年公寓床位 护理床位").taps("老年公寓床位 护理床位");
    desk.sees("李").sees_no("2099").keeps_picture("beds-desk");
    staff
        .call::<ResizeSlot>("wenchang-beds.stay-2".into(), NewPlaces { capacity: 43, kept: 0 })
        .expect("more");
    phone
        .opens("/mine")
        .taps("老年公寓床位")
        .sees_heading("轮到您了")
        .sees("有床空出来了")
        .keeps_picture("beds-offer");
    phone
        .taps("我要了")
        .sees_heading("床位给您了")
        .sees("到前台")
        .sees_no("加到日历")
        .sees_no("2099")
        .could_tap("退床");

    let elder = Phone::new(&house);
    elder.expects("/favicon.ico").opens("/icon.svg").has_cookie("view=elder");
    elder
        .opens("/offerings/wenchang-beds")
        .sees("自理床位")
        .sees("2 张床空着")
        .sees_no("2099")
        .keeps_picture("beds-elder");
}
