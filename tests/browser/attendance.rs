//! A course is attended meeting by meeting: the desk notes it, and the household sees it.

use domain::{
    booking::api::{Book, BookRequest},
    time::{CHINA, Day},
};

use super::{
    house::{House, Resident},
    phone::Phone,
    screens::{DESK, MINE},
};

/// Somebody old enough for the night school, who is in it: Tuesday and Thursday evenings, from the
/// Tuesday after the first day on.
pub fn enrolled(house: &House) -> (Resident, String, String) {
    let me = house.resident(MINE);
    let born = Day::from_ymd_opt(1998, 5, 1);
    let draft = domain::household::PersonDraft {
        relation: domain::household::Relation::Adult,
        name: "王芳".into(),
        born,
    };
    let people = me.call::<domain::household::api::AddPerson>((), draft).expect("added").people;
    let wang = people.last().expect("she").id.clone();
    let page = me.call::<domain::centre::api::GetOffering>("xinsheng-night".into(), ()).expect("the course");
    let slot = page.slots[0].slot.clone();
    assert_eq!(slot.meetings.len(), 8);
    assert_eq!(slot.starts(), CHINA.moment(Day::from_ymd_opt(2026, 6, 30).expect("a day"), 18 * 60 + 45));
    let booking = me.call::<Book>((), BookRequest::new(slot.id.clone(), vec![wang])).expect("booked");
    (me, slot.id.0, format!("/bookings/{}", booking.id))
}

#[test]
fn a_course_is_attended_evening_by_evening() {
    let house = House::new();
    let (me, slot, booking) = enrolled(&house);
    let list = format!("/work/slots/{slot}");
    let desk = Phone::of(&house, &house.staff(DESK));
    // She excuses herself ahead for the second evening.
    desk.opens(&format!("{list}?meeting=2")).sees("第 2/8 次").taps("记出勤：王** 家人").sees("第 2 次");
    desk.sees_no("没到").taps("请假").taps("好了").sees("请假");

    house.is_at(7, 18 * 60 + 40, 0);
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens("/work").sees("青年夜校").taps("青年夜校").sees("第 1/8 次").sees_no("请假");
    desk.keeps_picture("roster-course");
    // The scanner's button is called the same; this one stands in the group that names her.
    desk.run("document.querySelector('[role=group][aria-label^=\"签到：王\"] button').click()");
    desk.sees("到了");
    let phone = Phone::of(&house, &me);
    phone.opens(&booking).sees_heading("签到了").sees("第 1 次 6月30日").sees("请了假");
    phone.keeps_picture("attendance");

    // Between two evenings the page is about the next one.
    house.is_at(8, 10 * 60, 0);
    phone.opens(&booking).sees_heading("第 2 次：").sees("6月30日").keeps_picture("attendance-next");
    // The same phone: its cookie was turned after a week, and a copy of the old one would end the session.
    phone
        .has_cookie("view=elder")
        .opens(&booking)
        .sees_heading("第 2 次：")
        .keeps_picture("attendance-elder");

    // The teacher brings the paper of the first evening in: she was not there after all.
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens(&format!("{list}?meeting=1")).sees("到了").taps("记出勤：王** 家人").taps("没到");
    desk.keeps_picture("roster-note").taps("好了").sees("没到");
    phone.opens(&booking).sees_heading("报上了").sees("没到").sees("请了假");
    // A week later the list is closed.
    house.is_at(15, 10 * 60, 0);
    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens(&format!("{list}?meeting=1")).sees("第 1/8 次").sees("没到").sees_no("记出勤");
}
