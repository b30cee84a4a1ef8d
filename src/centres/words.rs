//! Words of the centres: when they are open, how far they are, and what their pages say.

use chrono::Datelike;
use domain::{
    hours::{Closure, Hours, Open, OpenState},
    offering::Kind,
    text::Lang,
    time::{Day, Moment, Zone, days_after},
};

use crate::{
    clock::now,
    lang::{lang, say, t},
    words::{date, day, weekday_name},
};

pub fn choose() -> &'static str {
    t("选一个中心", "Choose a centre")
}

pub fn choose_lede() -> &'static str {
    t("首页和报名会从这里开始。", "Home and Join in start from here.")
}

pub fn nearest() -> &'static str {
    t("用我的位置找最近的", "Find the nearest to me")
}

pub fn use_position() -> &'static str {
    t("用我的位置", "Use my position")
}

pub fn looking() -> &'static str {
    t("正在定位…", "Looking…")
}

pub fn look_again() -> &'static str {
    t("重新定位", "Look again")
}

pub fn position_stays() -> &'static str {
    t(
        "位置只在这部手机上算距离，不会发出去。",
        "Distances are worked out on this phone; your position is not sent.",
    )
}

pub fn denied() -> &'static str {
    t(
        "手机没有允许定位。没关系，在列表里选一个中心就行。",
        "The phone keeps its position to itself. That is fine: pick a centre from the list.",
    )
}

pub fn not_found() -> &'static str {
    t(
        "暂时找不到位置。可以再试一次，或者在列表里选一个中心。",
        "The position could not be found. Try again, or pick a centre from the list.",
    )
}

pub fn chosen() -> &'static str {
    t("现在选的", "Chosen")
}

pub fn look() -> &'static str {
    t("看看", "View")
}

pub fn look_at(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("看看{name}"),
        Lang::En => format!("View {name}"),
    }
}

pub fn by_distance() -> &'static str {
    t("由近到远", "Nearest first")
}

pub fn no_centres() -> &'static str {
    t("还没有中心入驻。", "No centres yet.")
}

pub fn all_centres() -> &'static str {
    t("附近的中心", "Centres")
}

pub fn way() -> &'static str {
    t("怎么走", "Show the way")
}

pub fn share() -> &'static str {
    t("告诉邻居", "Tell neighbours")
}

pub fn share_words() -> &'static str {
    t(
        "家门口的党群服务中心：今天有什么、还有没有位置，点开就知道。",
        "The centre at your door: what is on, and what is free.",
    )
}

pub fn share_by_menu() -> &'static str {
    t("点右上角的“···”，再点“发送给朋友”。", "Tap ··· at the top right, then send it to a friend.")
}

pub fn share_address() -> &'static str {
    t("把这个地址发给邻居", "Send this address to your neighbours")
}

pub fn make_mine() -> &'static str {
    t("设为我的中心", "Make it my centre")
}

pub fn is_mine() -> &'static str {
    t("这是您选的中心", "This is your centre")
}

pub fn call() -> &'static str {
    t("打电话", "Call")
}

pub fn address() -> &'static str {
    t("地址", "Address")
}

pub fn phone() -> &'static str {
    t("电话", "Phone")
}

pub fn hours() -> &'static str {
    t("开放", "Hours")
}

pub fn area() -> &'static str {
    t("面积", "Area")
}

pub fn square_metres(area: u32) -> String {
    format!("{area} {}", t("平方米", "m²"))
}

pub fn rooms() -> &'static str {
    t("里面有", "Inside")
}

pub fn offers() -> &'static str {
    t("可以参加", "What is on")
}

pub fn no_offers() -> &'static str {
    t(
        "这里的活动还没有发布，打电话问问最准。",
        "Nothing has been announced here yet. A call is the surest way to know.",
    )
}

/// What a sort of offering is called.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Facility => t("场地", "Places"),
        Kind::Canteen => t("食堂", "Meals"),
        Kind::Childcare => t("托育", "Childcare"),
        Kind::Class => t("课程", "Classes"),
        Kind::Club => t("活动", "Clubs"),
        Kind::Health => t("健康", "Health"),
        Kind::Family => t("亲子", "Family"),
        Kind::Visit => t("参观", "Visits"),
        Kind::Stay => t("养老床位", "Homes"),
        Kind::Shift => t("志愿岗", "Volunteers’ posts"),
    }
}

pub fn open() -> &'static str {
    t("开放中", "Open")
}

pub fn not_yet_open() -> &'static str {
    t("还没开门", "Not open yet")
}

pub fn closed() -> &'static str {
    t("已关门", "Closed")
}

/// Until when it is open, or when it opens: `今天开到 20:30`, `明天 8:30 开门`. Said `aloud`:
/// `今天开到晚上 8 点半`.
pub fn open_note(state: OpenState, zone: Zone, said: bool) -> String {
    let zh = lang() == Lang::Zh;
    let time = |moment: Moment| if said { aloud(moment, zone) } else { clock(moment.minute_of_day(zone)) };
    // Chinese is set with a space around digits and none between words.
    let gap = if said { "" } else { " " };
    match state {
        OpenState::Open { until } if zh => format!("今天开到{gap}{}", time(until)),
        OpenState::Open { until } => format!("Open until {}", time(until)),
        OpenState::Closed { opens: Some(opens) } => {
            let (on, today) = (opens.day(zone), now().day(zone));
            let on = if on > days_after(today, 1) { weekday_name(on).to_owned() } else { day(on, today) };
            let time = time(opens);
            if zh { format!("{on}{gap}{time}{gap}开门") } else { format!("Opens {} {time}", lower(&on)) }
        }
        OpenState::Closed { opens: None } => t("这一周不开放", "Closed this week").to_owned(),
    }
}

/// Within a sentence English writes "today" small; the names of days keep their capital.
fn lower(day: &str) -> String {
    if day.len() > 3 { day.to_lowercase() } else { day.to_owned() }
}

/// A time of day: `8:30`.
pub fn clock(minutes: u16) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// A time of day as one says it: `上午 9 点半`.
pub fn aloud(moment: Moment, zone: Zone) -> String {
    let minutes = moment.minute_of_day(zone);
    if lang() == Lang::En {
        return clock(minutes);
    }
    let (hour, rest) = (minutes / 60, minutes % 60);
    let part = match hour {
        0..=5 => "凌晨",
        6..=8 => "早上",
        9..=11 => "上午",
        12 => "中午",
        13..=17 => "下午",
        _ => "晚上",
    };
    let hour = if hour > 12 { hour - 12 } else { hour };
    match rest {
        0 => format!("{part} {hour} 点"),
        30 => format!("{part} {hour} 点半"),
        _ => format!("{part} {hour} 点 {rest} 分"),
    }
}

/// Opening hours in lines: `周一到周五 8:30–11:30，14:00–17:30`.
pub fn opening(hours: &[Hours]) -> Vec<String> {
    let mut lines: Vec<(u8, String)> = Vec::new();
    for span in hours {
        let times = format!("{}–{}", clock(span.from), clock(span.to));
        match lines.iter_mut().find(|line| line.0 == span.days) {
            Some(line) => line.1 = format!("{}{}{times}", line.1, t("，", ", ")),
            None => lines.push((span.days, format!("{} {times}", weekdays(span.days)))),
        }
    }
    lines.into_iter().map(|line| line.1).collect()
}

pub fn holidays() -> &'static str {
    t("节假日", "Holidays")
}

/// What is different on a day: `国庆节 休息`, `端午节 9:00–12:00 开放`.
pub fn special(closure: &Closure) -> String {
    let name = say(&closure.name);
    match closure.open {
        None => format!("{name} {}", t("休息", "closed")),
        Some(Open { from, to }) => {
            // No line break around the dash.
            let times = format!("{}\u{2060}–\u{2060}{}", clock(from), clock(to));
            match lang() {
                Lang::Zh => format!("{name} {times} 开放"),
                Lang::En => format!("{name} open {times}"),
            }
        }
    }
}

/// The same with its days: `10月1日–3日 国庆节 休息`.
pub fn special_days(closure: &Closure, from: Day, to: Day, today: Day) -> String {
    let same = (from.year(), from.month()) == (to.year(), to.month());
    let days = match lang() {
        _ if from == to => date(from, today),
        Lang::Zh if same => format!("{}–{}日", date(from, today), to.day()),
        Lang::En if same => format!("{}–{}", from.day(), date(to, today)),
        _ => format!("{}–{}", date(from, today), date(to, today)),
    };
    format!("{days} {}", special(closure))
}

/// Weekdays (bit 0 is Monday): `每天`, `周一到周五`, `周二、周四`.
pub fn weekdays(days: u8) -> String {
    let days = days & 0b111_1111;
    if days == 0b111_1111 {
        return t("每天", "Every day").to_owned();
    }
    let name = |bit: u32| {
        let names = match lang() {
            Lang::Zh => ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
            Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        };
        names[bit as usize % 7]
    };
    let first = days.trailing_zeros();
    let count = days.count_ones();
    let in_a_row = count > 2 && days >> first == (1 << count) - 1;
    if in_a_row {
        return format!("{}{}{}", name(first), t("到", "–"), name(first + count - 1));
    }
    let names: Vec<&str> = (0..7).filter(|bit| days & 1 << bit != 0).map(name).collect();
    names.join(t("、", ", "))
}

/// How far it is: `走路 5 分钟`, beyond an hour `3.2 公里`.
pub fn walk(metres: f64) -> String {
    let minutes = domain::geo::walking_minutes(metres);
    if minutes <= 60 {
        return match lang() {
            Lang::Zh => format!("走路 {minutes} 分钟"),
            Lang::En => format!("{minutes} min walk"),
        };
    }
    #[expect(clippy::cast_possible_truncation, reason = "kilometres on the earth")]
    let kilometres = (metres / 1000.0).round() as i64;
    format!("{kilometres} {}", t("公里", "km"))
}
