//! An evening of a course is moved or called off by the desk, and the household sees it wherever the course
//! stands.

use domain::booking::api::{Book, BookRequest};
use serde_json::json;

use super::{attendance::enrolled, house::House, phone::Phone, screens::DESK};

/// Picks a day or a time in the browser's own picker.
fn picks(phone: &Phone, field: &str, value: &str) {
    let script = "const one = document.getElementById(arguments[0]);
        one.value = arguments[1];
        one.dispatchEvent(new Event('input', { bubbles: true }))";
    phone.run_with(script, &json!([field, value]));
}

#[test]
fn an_evening_is_moved_and_another_called_off() {
    let house = House::new();
    let (me, slot, booking) = enrolled(&house);
    let list = format!("/work/slots/{slot}");
    // At the new time she is at the table.
    let people = me.call::<domain::session::api::GetMe>((), ()).expect("me").people;
    let wang = people.last().expect("she").id.clone();
    let table = BookRequest::new("xinsheng-pingpong.20260704T1500".into(), vec![wang]);
    me.call::<Book>((), table).expect("a table");

    let desk = Phone::of(&house, &house.staff(DESK));
    desk.opens(&format!("{list}?meeting=2")).taps("改时间或停一次").sees("第 2 次").sees_no("停了");
    picks(&desk, "new-day", "2026-07-04");
    picks(&desk, "new-from", "15:00");
    picks(&desk, "new-to", "16:30");
    desk.sees("1 户那时有别的约：王** 家人").taps("改好，通知大家").sees("至少 4 个字");
    desk.taps("老师生病了").keeps_picture("reschedule-sheet").taps("改好，通知大家");
    desk.sees("改过时间，原定7月2日 周四 18:45").sees("7月4日").keeps_picture("reschedule-roster");
    desk.opens(&format!("{list}?meeting=3")).sees("第 3/8 次").taps("改时间或停一次").taps("停一次");
    desk.sees_no("新的日期").taps("台风天气，安全第一").taps("改好，通知大家").sees("这一次停了，不用来");
    desk.keeps_picture("reschedule-off").opens("/work?day=2026-07-07").sees("青年夜校").sees("停一次");
    desk.opens("/work?day=2026-07-04").sees("青年夜校").taps("青年夜校").sees("第 2/8 次");

    let phone = Phone::of(&house, &me);
    phone.opens("/mine").sees("2 条新的").taps("消息").sees("有一次改了时间").sees("有一次停了");
    phone
        .sees("改到7月4日 周六 15:00–16:30，您的名额还在。和您约的乒乓球桌")
        .sees("原因：台风天气，安全第一");
    phone.keeps_picture("reschedule-notices");
    phone.opens(&booking).sees("7月4日 周六 15:00–16:30 改期，原定7月2日").sees("停一次").sees("共 7 次");
    phone.keeps_picture("reschedule-ticket");
    phone.opens("/week").taps("下周").sees("15:00").keeps_picture("reschedule-week");
    let neighbour = Phone::new(&house);
    neighbour.opens("/offerings/xinsheng-night").sees("7 次").sees("7月2日改到7月4日 15:00–16:30");
    neighbour.sees("7月7日停一次").keeps_picture("reschedule-course");

    house.is_at(7, 21 * 60, 0);
    phone.opens(&booking).sees("7月4日 周六 15:00");
    phone
        .has_cookie("view=elder")
        .opens("/notices")
        .sees("有一次停了")
        .keeps_picture("reschedule-notices-elder");
    phone.opens(&booking).sees("停一次").keeps_picture("reschedule-ticket-elder");
    phone.has_cookie("lang=en").opens(&booking).sees("called off").opens("/notices").sees("Your place stays");
    neighbour.has_cookie("lang=en").opens("/offerings/xinsheng-night").sees("called off");
}
