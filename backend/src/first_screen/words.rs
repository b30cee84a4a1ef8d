//! Words of the first screen. They are those of the app, which takes it over.

use domain::{hours::Hours, screen::Screen};

use super::Reader;

pub(super) fn tab(reader: &Reader, index: usize) -> &'static str {
    match index {
        0 => reader.t("首页", "Home"),
        1 => reader.t("报名", "Join in"),
        2 => reader.t("志愿", "Volunteer"),
        _ => reader.t("我的", "Mine"),
    }
}

pub(super) fn tabs(reader: &Reader) -> &'static str {
    reader.t("主要页面", "Main pages")
}

pub(super) fn call(reader: &Reader) -> &'static str {
    reader.t("打电话给中心", "Call the centre")
}

pub(super) fn no_such_page(reader: &Reader) -> &'static str {
    reader.t("没有这个页面", "No such page")
}

pub(super) fn no_such_page_note(reader: &Reader) -> &'static str {
    reader.t("链接可能旧了，回首页看看吧。", "The link may be old. Have a look at the home page.")
}

pub(super) fn to_home(reader: &Reader) -> &'static str {
    reader.t("回首页", "To the home page")
}

pub(super) fn title(reader: &Reader, screen: &Screen) -> &'static str {
    match screen {
        Screen::Home => reader.t("家门口", "Doorstep"),
        Screen::Join => reader.t("报名", "Join in"),
        Screen::Centres => reader.t("选择中心", "Choose a centre"),
        Screen::Centre(_) => reader.t("中心", "Centre"),
        Screen::Offering(_) => reader.t("预约", "Book"),
        Screen::Booking(_) => reader.t("我的预约", "My booking"),
        Screen::Mine => reader.t("我的", "Mine"),
        Screen::Family => reader.t("家人", "Family"),
        Screen::Wishes => reader.t("心愿", "Wishes"),
        Screen::NewWish => reader.t("提心愿", "Make a wish"),
        Screen::Wish(_) => reader.t("心愿", "Wish"),
        Screen::Volunteer => reader.t("志愿", "Volunteer"),
        Screen::Task(_) => reader.t("志愿任务", "Task"),
        Screen::Settings => reader.t("设置", "Settings"),
        Screen::SignIn => reader.t("登录", "Sign in"),
    }
}

/// Opening hours, one line for each pattern: `周一至周五 8:30–17:30`.
pub(super) fn week(reader: &Reader, hours: &[Hours]) -> Vec<String> {
    hours
        .iter()
        .map(|hours| format!("{} {}–{}", days(reader, hours.days), clock(hours.from), clock(hours.to)))
        .collect()
}

/// Minutes since midnight as a time: `8:30`.
fn clock(minutes: u16) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// Weekdays by their bits: runs of three and more are told by their ends.
fn days(reader: &Reader, bits: u8) -> String {
    let name = |day: usize| {
        reader.t(
            ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][day],
            ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day],
        )
    };
    if bits & 0b111_1111 == 0b111_1111 {
        return reader.t("每天", "Every day").to_owned();
    }
    let on = |day: usize| day < 7 && bits & (1 << day) != 0;
    let mut runs = Vec::new();
    let mut day = 0;
    while day < 7 {
        let length = (day..7).take_while(|day| on(*day)).count();
        match length {
            0 => {}
            1 => runs.push(name(day).to_owned()),
            _ => runs.push(format!("{}{}{}", name(day), reader.t("至", "–"), name(day + length - 1))),
        }
        day += length + 1;
    }
    runs.join(reader.t("、", ", "))
}

#[cfg(test)]
mod tests {
    use domain::{text::Lang, time::Moment};

    use super::*;

    #[test]
    fn opening_hours_read_as_people_say_them() {
        let reader = |lang| Reader { lang, elder: false, centre: None, now: Moment(0) };
        let line = |lang, days| week(&reader(lang), &[Hours { days, from: 510, to: 1050 }]).remove(0);
        assert_eq!(line(Lang::Zh, 0b001_1111), "周一至周五 8:30–17:30");
        assert_eq!(line(Lang::Zh, 0b110_0001), "周一、周六至周日 8:30–17:30");
        assert_eq!(line(Lang::En, 0b111_1111), "Every day 8:30–17:30");
    }
}
