//! Holidays are named where one looks for a day, and on the page of the centre.

use super::{house::House, phone::Phone};

/// On the first of July it is open in the morning alone, on the second it is closed.
const TOUR: &str = "/offerings/shurenyuan-memory";

#[test]
fn a_holiday_is_named_in_the_days_of_an_offering_and_on_the_centres_page() {
    let house = House::new();
    let phone = Phone::new(&house);
    phone.opens(TOUR).could_tap("周三 1").could_tap("休息 2").sees_no("七一活动日");
    phone.taps("周三 1").sees("七一活动日 9:00").could_tap("11:00").sees_no("12:00 到");
    phone.keeps_picture("holiday-short");
    phone.taps("休息 2").sees("馆内整理 休息，请选别的日子。").sees_no("11:00");
    phone.keeps_picture("holiday-closed");
    phone.opens("/centres/shurenyuan").sees("7月1日 七一活动日 9:00").sees("7月2日 馆内整理 休息");
    phone.sees("10月1日–3日 国庆节 休息").keeps_picture("holiday-centre");

    house.is_at(8, 13 * 60, 0);
    phone.opens("/centres/shurenyuan").sees("已关门").sees("七一活动日 9:00");
    let elder = Phone::new(&house);
    elder
        .expects("/favicon.ico")
        .opens("/icon.svg")
        .has_cookie("view=elder")
        .opens("/centres/shurenyuan")
        .sees("馆内整理 休息");
    elder.keeps_picture("holiday-centre-elder");
    elder.opens(TOUR).keeps_picture("holiday-offering-elder");
}
