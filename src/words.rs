//! Words that every screen may need: days and times, prices, places and people. Each feature has
//! its own beside it.

use chrono::{Datelike, Timelike};
use domain::{
    booking::is_stay,
    household::{Person, Relation},
    offering::{Ages, Measure, Per, Price},
    sync::Left,
    text::Lang,
    time::{DAY, Day, HOUR, MINUTE, Moment, Span, Zone, days_after, weekday},
    wish::WishState,
};

use crate::{
    acting,
    clock::now,
    lang::{lang, t},
};

/// Hours and minutes: `19:00`.
pub fn clock(moment: Moment, zone: Zone) -> String {
    let time = moment.local(zone).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// From and to: `19:00–20:00`.
pub fn clocks(starts: Moment, ends: Moment, zone: Zone) -> String {
    format!("{}–{}", clock(starts, zone), clock(ends, zone))
}

/// The weekday, short: `周三`, `Wed`.
pub fn weekday_name(day: Day) -> &'static str {
    let index = usize::from(weekday(day)) - 1;
    match lang() {
        Lang::Zh => ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][index],
        Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][index],
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A date without its weekday: `7月1日`, `1 Jul`; with the year where it is not this one.
pub fn date(day: Day, today: Day) -> String {
    let year = day.year() != today.year();
    match lang() {
        Lang::Zh if year => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::Zh => format!("{}月{}日", day.month(), day.day()),
        Lang::En => {
            let month = MONTHS[day.month0() as usize];
            if year {
                format!("{} {month} {}", day.day(), day.year())
            } else {
                format!("{} {month}", day.day())
            }
        }
    }
}

/// A day as people say it: today, tomorrow, `7月1日 周三`.
pub fn day(day: Day, today: Day) -> String {
    if day == today {
        t("今天", "Today").to_owned()
    } else if day == days_after(today, 1) {
        t("明天", "Tomorrow").to_owned()
    } else {
        format!("{} {}", date(day, today), weekday_name(day))
    }
}

/// In the place of a time where somebody lives.
pub fn lived_in() -> &'static str {
    t("长期居住", "To live in")
}

/// The day and time of an instant: `今天 19:00`.
pub fn moment(moment: Moment, zone: Zone) -> String {
    if is_stay(moment) {
        return lived_in().to_owned();
    }
    format!("{} {}", day(moment.day(zone), now().day(zone)), clock(moment, zone))
}

/// The day, and from when to when: `今天 19:00–20:00`.
pub fn when(span: Span, zone: Zone) -> String {
    if is_stay(span.starts) {
        return lived_in().to_owned();
    }
    let day = day(span.starts.day(zone), now().day(zone));
    format!("{day} {}", clocks(span.starts, span.ends, zone))
}

/// How long until then, in the largest unit that fits: `还有 2 天`.
pub fn until(then: Moment) -> String {
    let left = (then.0 - now().0).max(0);
    let (count, zh, en) = if left >= DAY {
        (left / DAY, "天", "days")
    } else if left >= HOUR {
        (left / HOUR, "小时", "hours")
    } else {
        ((left / MINUTE).max(1), "分钟", "min")
    };
    match lang() {
        Lang::Zh => format!("还有 {count} {zh}"),
        Lang::En => format!("in {count} {en}"),
    }
}

/// What is left, as a clock that runs backwards; in days where it is more than one:
/// `1 天 23 小时`, `00:02:45`.
pub fn left(left: Left) -> String {
    let Left { days, hours, minutes, seconds } = left;
    match lang() {
        _ if days == 0 => format!("{hours:02}:{minutes:02}:{seconds:02}"),
        Lang::Zh if hours == 0 => format!("{days} 天"),
        Lang::En if hours == 0 => format!("{days} {}", if days == 1 { "day" } else { "days" }),
        Lang::Zh => format!("{days} 天 {hours} 小时"),
        Lang::En => format!("{days} d {hours} h"),
    }
}

/// What is left as one says it, in its two largest units: `2 分钟 45 秒`.
pub fn left_aloud(left: Left) -> String {
    let unit = |count, zh, one, many| t(zh, if count == 1 { one } else { many });
    let Left { days, hours, minutes, seconds } = left;
    let parts = [
        (days, unit(days, "天", "day", "days")),
        (hours, unit(hours, "小时", "hour", "hours")),
        (minutes, unit(minutes, "分钟", "minute", "minutes")),
        (seconds, unit(seconds, "秒", "second", "seconds")),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .skip_while(|part| part.0 == 0)
        .take(2)
        .filter(|part| part.0 > 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    said.join(" ")
}

/// A price with where it is paid: `免费`, `10 元一餐 · 现场付`.
pub fn price(price: Option<Price>) -> String {
    let cost = cost(price);
    if price.is_none() { cost } else { cost + t(" · 现场付", ", paid there") }
}

/// A price: `免费`, `10 元一餐`, `全期 225 元`.
pub fn cost(price: Option<Price>) -> String {
    let Some(Price { fen, per }) = price else { return t("免费", "Free").to_owned() };
    let yuan =
        if fen % 100 == 0 { (fen / 100).to_string() } else { format!("{}.{:02}", fen / 100, fen % 100) };
    let words = match per {
        Per::Visit => t("一次", "a visit"),
        Per::Meal => t("一餐", "a meal"),
        Per::Day => t("一天", "a day"),
        Per::Month => t("一个月", "a month"),
        Per::Course => t("全期", "the course"),
    };
    match lang() {
        Lang::Zh if per == Per::Course => format!("{words} {yuan} 元"),
        Lang::Zh => format!("{yuan} 元{words}"),
        Lang::En => format!("¥{yuan} {words}"),
    }
}

/// How many places are left: `2 张空着`, `余 23 份`.
pub fn free(count: u32, measure: Measure) -> String {
    match (lang(), measure) {
        (Lang::Zh, Measure::Table) => format!("{count} 张空着"),
        (Lang::Zh, Measure::Seat) => format!("{count} 个空着"),
        (Lang::Zh, Measure::Meal) => format!("余 {count} 份"),
        (Lang::Zh, Measure::Place | Measure::Visit) => format!("余 {count} 个名额"),
        (Lang::Zh, Measure::Bed) => format!("{count} 张床空着"),
        (Lang::Zh, Measure::Hand) => format!("还缺 {count} 人"),
        (Lang::En, Measure::Hand) => format!("{count} wanted"),
        (Lang::En, _) => format!("{count} left"),
    }
}

/// An age band: `6 到 12 岁`, `6 个月到 3 岁`; empty where there is none.
pub fn ages(ages: Option<Ages>) -> String {
    let Some(Ages { from_months, to_months }) = ages else { return String::new() };
    let from_months = from_months.filter(|from| *from > 0);
    // Whole years are said as the first and the last year of life that may come.
    if let (Some(from), Some(to)) = (from_months, to_months)
        && from % 12 == 0
        && to % 12 == 0
        && to > from + 12
    {
        let (from, to) = (from / 12, to / 12 - 1);
        return match lang() {
            Lang::Zh => format!("{from} 到 {to} 岁"),
            Lang::En => format!("ages {from} to {to}"),
        };
    }
    match (from_months, to_months, lang()) {
        (Some(from), Some(to), Lang::Zh) => format!("{}到 {}", age(from), age(to)),
        (Some(from), Some(to), Lang::En) => format!("{} to {}", age(from), age(to)),
        (Some(from), None, Lang::Zh) => format!("{}以上", age(from)),
        (Some(from), None, Lang::En) => format!("{} and over", age(from)),
        (None, Some(to), Lang::Zh) => format!("{}以下", age(to)),
        (None, Some(to), Lang::En) => format!("under {}", age(to)),
        (None, None, _) => String::new(),
    }
}

/// An age in months as people say it.
pub fn age(months: u32) -> String {
    match (lang(), months % 12) {
        (Lang::Zh, 0) => format!("{} 岁", months / 12),
        (Lang::Zh, _) => format!("{months} 个月"),
        (Lang::En, 0) => format!("{} years", months / 12),
        (Lang::En, _) => format!("{months} months"),
    }
}

/// What somebody of the household is called.
pub fn person(person: &Person) -> String {
    if !person.name.is_empty() {
        return person.name.clone();
    }
    match person.relation {
        Relation::Myself if acting::is_on() => {
            return acting::elder().unwrap_or_else(|| t("本人", "Themselves").to_owned());
        }
        Relation::Myself => t("我自己", "Myself"),
        Relation::Child => t("孩子", "Child"),
        Relation::Elder => t("长辈", "Elder"),
        Relation::Adult => t("家人", "Family member"),
    }
    .to_owned()
}

/// The number by which a wish is followed, on one line: `编号 0186`.
pub fn wish_number(number: u32) -> String {
    match lang() {
        Lang::Zh => format!("编号\u{a0}{number:04}"),
        Lang::En => format!("No.\u{a0}{number:04}"),
    }
}

/// Where a wish stands, on a tag.
pub fn wish_state(state: WishState) -> &'static str {
    match state {
        WishState::Submitted => t("等社区答复", "Waiting for an answer"),
        WishState::Accepted => t("正在办", "Under way"),
        WishState::Done => t("办成了", "Done"),
        WishState::Declined => t("暂时办不了", "Not possible now"),
        WishState::Withdrawn => t("已收回", "Taken back"),
    }
}

/// On a button beside something to be copied.
pub fn copy() -> &'static str {
    t("复制", "Copy")
}

/// It was copied.
pub fn copied() -> &'static str {
    t("已复制", "Copied")
}

/// It could not be copied.
pub fn not_copied() -> &'static str {
    t("没复制上，请长按上面的地址", "Not copied: press the text above and hold")
}

/// Several names in a row.
pub fn and(names: &[String]) -> String {
    names.join(t("、", ", "))
}

/// As much of a text as fits `most` Chinese characters, with `…` where there is more. Other letters
/// count half, and their words stay whole.
pub fn shorten(text: &str, most: usize) -> String {
    let mut room = most * 2;
    let mut space = None;
    for (at, c) in text.char_indices() {
        let width = if c.is_ascii() { 1 } else { 2 };
        if width > room {
            let end = space.filter(|_| text[at..].starts_with(|c: char| c.is_ascii_alphanumeric()));
            return format!("{}…", text[..end.unwrap_or(at)].trim_end());
        }
        room -= width;
        if c == ' ' {
            space = Some(at);
        }
    }
    text.to_owned()
}
