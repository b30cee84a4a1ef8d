//! Words of an offering's page: its days, its slots and the confirmation.

use chrono::Timelike;
use domain::{
    booking::{Meeting, is_stay, meeting},
    offering::Measure,
    text::Lang,
    time::{HOUR, MINUTE, Moment, Span, Zone},
};

use crate::{
    centres::words::{clock as short_clock, weekdays},
    clock::now,
    lang::{lang, t},
    words::{clock, clocks, date, day, moment},
};

pub fn title() -> &'static str {
    t("报名", "Join in")
}

pub fn full() -> &'static str {
    t("已满 · 可候补", "Full · waitlist")
}

/// On a tag, where no hand is missing at a shift.
pub fn hands_enough() -> &'static str {
    t("人齐了 · 可候补", "Complete · waitlist")
}

/// On a tag, where no bed is free.
pub fn beds_full() -> &'static str {
    t("住满了 · 可候床", "Full · waitlist")
}

pub fn pick_bed() -> &'static str {
    t("选一种床位", "Pick a sort of bed")
}

pub fn pick_bed_first() -> &'static str {
    t("先在上面选一种床位", "Pick a sort of bed above")
}

pub fn ask_for_bed() -> &'static str {
    t("申请入住", "Ask for it")
}

pub fn wait_for_bed() -> &'static str {
    t("排队候床", "Wait for a bed")
}

pub fn beds_full_note() -> &'static str {
    t("住满了，有床空出来就按顺序问您", "Full: when a bed comes free, whoever waits is asked in order")
}

/// How many wait for a bed.
pub fn waiting_for_bed(count: u32) -> String {
    match lang() {
        Lang::Zh => format!("前面排着 {count} 位"),
        Lang::En => format!("{count} waiting"),
    }
}

pub fn for_volunteers() -> &'static str {
    t("志愿者来值", "for volunteers")
}

pub fn volunteer() -> &'static str {
    t("志愿", "Volunteer")
}

pub fn take_shift() -> &'static str {
    t("我来值班", "I’ll take it")
}

pub fn pick_shift_first() -> &'static str {
    t("先在上面选一班", "Pick a shift above")
}

pub fn sign_in_to_help() -> &'static str {
    t("登录后来值班", "Sign in to take it")
}

pub fn become_volunteer() -> &'static str {
    t("成为志愿者", "Become a volunteer")
}

pub fn hands_enough_note() -> &'static str {
    t(
        "人齐了，有人来不了就按顺序请您",
        "Complete: when somebody cannot come, whoever waits is asked in order",
    )
}

pub fn see_shift() -> &'static str {
    t("看我的这一班", "See my shift")
}

pub fn just_come() -> &'static str {
    t("直接来", "Just come")
}

pub fn begun() -> &'static str {
    t("已开始", "Begun")
}

pub fn called_off() -> &'static str {
    t("已取消", "Called off")
}

pub fn ended() -> &'static str {
    t("已停止预约", "Booking closed")
}

/// A tag in a list: `7月1日开放报名`.
pub fn opens_on(opens: Moment, zone: Zone) -> String {
    let day = day_short(opens, zone);
    match lang() {
        Lang::Zh => format!("{day}开放报名"),
        Lang::En => format!("Opens {day}"),
    }
}

/// A tag at a slot: `7月1日 9:00 开放`.
pub fn opens_at(opens: Moment, zone: Zone) -> String {
    let day = day_short(opens, zone);
    let time = short_clock(opens.minute_of_day(zone));
    match lang() {
        Lang::Zh => format!("{day} {time} 开放"),
        Lang::En => format!("Opens {day} {time}"),
    }
}

/// A day without its weekday: today, tomorrow, `7月1日`.
fn day_short(moment: Moment, zone: Zone) -> String {
    let (on, today) = (moment.day(zone), now().day(zone));
    if (0..=1).contains(&on.signed_duration_since(today).num_days()) {
        day(on, today)
    } else {
        date(on, today)
    }
}

pub fn until(ends: Moment, zone: Zone) -> String {
    match lang() {
        Lang::Zh => format!("到 {}", clock(ends, zone)),
        Lang::En => format!("to {}", clock(ends, zone)),
    }
}

pub fn waiting(count: u32) -> String {
    match lang() {
        Lang::Zh => format!("{count} 家在候补"),
        Lang::En => format!("{count} waiting"),
    }
}

/// Places that are held for somebody who was asked.
pub fn held(count: u32) -> String {
    match lang() {
        Lang::Zh => format!("{count} 个在等邻居答复"),
        Lang::En => format!("{count} held for a neighbour"),
    }
}

/// Places that are the counter's for now.
pub fn kept(count: u32) -> String {
    match lang() {
        Lang::Zh => format!("{count} 个留给现场"),
        Lang::En => format!("{count} kept for the counter"),
    }
}

pub fn can_share() -> &'static str {
    t("可拼桌", "Can be shared")
}

pub fn whoever_is_there(measure: Measure) -> &'static str {
    if measure == Measure::Hand {
        return t("还缺人，来了就能帮", "Come and help");
    }
    t("有空位，先到先用", "Free for who is here")
}

pub fn drawn() -> &'static str {
    t("抽签", "By lot")
}

/// How long one time is: `每次 1 小时`.
pub fn each(millis: i64) -> String {
    match lang() {
        Lang::Zh => format!("每次 {}", duration(millis)),
        Lang::En => format!("{} each", duration(millis)),
    }
}

fn duration(millis: i64) -> String {
    let (hours, minutes) = (millis / HOUR, millis % HOUR / MINUTE);
    match (hours, minutes, lang()) {
        (0, _, Lang::Zh) => format!("{minutes} 分钟"),
        (0, _, Lang::En) => format!("{minutes} min"),
        (_, 0, Lang::Zh) => format!("{hours} 小时"),
        (_, 0, Lang::En) => format!("{hours} h"),
        (_, 30, Lang::Zh) => format!("{hours} 个半小时"),
        (_, _, Lang::Zh) => format!("{hours} 小时 {minutes} 分"),
        (_, _, Lang::En) => format!("{hours} h {minutes} min"),
    }
}

/// Several meetings in words, as they were planned: `7月6日–7月24日 周一到周五 8:30–17:00 · 15 次`.
pub fn meetings(meetings: &[Meeting], zone: Zone) -> String {
    if let [one] = meetings {
        if is_stay(one.starts) {
            return String::new();
        }
        return format!("{}–{}", moment(one.starts, zone), clock(one.ends, zone));
    }
    let spans: Vec<Span> = meetings.iter().map(Meeting::as_planned).collect();
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return String::new() };
    let today = now().day(zone);
    let days =
        spans.iter().fold(0, |bits, span| bits | 1 << (domain::time::weekday(span.starts.day(zone)) - 1));
    let time = |span: &Span| {
        let minutes = |moment: Moment| {
            let time = moment.local(zone).time();
            (time.hour(), time.minute())
        };
        (minutes(span.starts), minutes(span.ends))
    };
    let times = if spans.iter().all(|span| time(span) == time(first)) {
        // A time that is broken over two lines is hard to read: no break around the dash.
        format!(" {}", clocks(first.starts, first.ends, zone).replace('–', "\u{2060}–\u{2060}"))
    } else {
        String::new()
    };
    let from = date(first.starts.day(zone), today);
    let to = date(last.starts.day(zone), today);
    let count = meeting::count(meetings);
    let count = match lang() {
        Lang::Zh => format!("{count} 次"),
        Lang::En => format!("{count} times"),
    };
    format!("{from}–{to} {}{times} · {count}", weekdays(days))
}

/// What the centre changed about the meetings of a course since, one line each.
pub fn changes(meetings: &[Meeting], zone: Zone) -> Vec<String> {
    let today = now().day(zone);
    let line = |meeting: &Meeting| {
        let was = date(meeting.as_planned().starts.day(zone), today);
        if meeting.off {
            return Some(match lang() {
                Lang::Zh => format!("{was}停一次"),
                Lang::En => format!("{was}: called off"),
            });
        }
        meeting.planned?;
        let day = date(meeting.starts.day(zone), today);
        let time = clocks(meeting.starts, meeting.ends, zone);
        Some(match lang() {
            Lang::Zh => format!("{was}改到{day} {time}"),
            Lang::En => format!("{was}: moved to {day} {time}"),
        })
    };
    if meetings.len() < 2 { Vec::new() } else { meetings.iter().filter_map(line).collect() }
}

/// After the word that it is closed.
pub fn another_day() -> &'static str {
    t("，请选别的日子。", ". Please choose another day.")
}

/// Above a day on which the centre is closed.
pub fn closed() -> &'static str {
    t("休息", "Closed")
}

pub fn today() -> &'static str {
    t("今天", "Today")
}

pub fn which_day() -> &'static str {
    t("日期", "Day")
}

pub fn more_days() -> &'static str {
    t("更多", "More")
}

pub fn morning() -> &'static str {
    t("上午", "Morning")
}

pub fn afternoon() -> &'static str {
    t("下午", "Afternoon")
}

pub fn evening() -> &'static str {
    t("晚上", "Evening")
}

pub fn terms() -> &'static str {
    t("选一期", "Pick a term")
}

pub fn no_slots() -> &'static str {
    t(
        "这两周没有排期。打电话问问，或者看看别的。",
        "Nothing is set for these two weeks. Call us, or look at something else.",
    )
}

pub fn see_others() -> &'static str {
    t("看看别的", "See what else is on")
}

pub fn pick_first() -> &'static str {
    t("先在上面选一个时段", "Pick a time above")
}

pub fn pick_term_first() -> &'static str {
    t("先在上面选一期", "Pick a term above")
}

pub fn confirm() -> &'static str {
    t("确认预约", "Confirm")
}

pub fn enrol() -> &'static str {
    t("确认报名", "Confirm")
}

pub fn wait_in_line() -> &'static str {
    t("候补排队", "Join the waitlist")
}

pub fn sending() -> &'static str {
    t("正在提交…", "Sending…")
}

pub fn by_lot() -> &'static str {
    t("名额抽签决定，早报晚报一个样", "Places are drawn by lot: early or late makes no difference")
}

pub fn to_the_draw() -> &'static str {
    t("去报名抽签", "Enter the draw")
}

pub fn for_elder(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("替 {name} 预约"),
        Lang::En => format!("Book for {name}"),
    }
}

pub fn sign_in_to_book() -> &'static str {
    t("登录后预约", "Sign in to book")
}

pub fn sign_in_to_enrol() -> &'static str {
    t("登录后报名", "Sign in to enrol")
}

pub fn who() -> &'static str {
    t("谁来？", "Who is coming?")
}

pub fn pick_who() -> &'static str {
    t("选一下谁来", "Say who is coming")
}

pub fn with_adult() -> &'static str {
    t("大人陪着", "with an adult")
}

/// Beside the number of all who come.
pub fn heads() -> &'static str {
    t("一共几个人", "How many in all")
}

pub fn heads_note(most: u32) -> String {
    match lang() {
        Lang::Zh => format!("连您在内，最多 {most} 人，不用写名字"),
        Lang::En => format!("You included, up to {most}; no names needed"),
    }
}

pub fn fewer() -> &'static str {
    t("少一个", "One fewer")
}

pub fn more() -> &'static str {
    t("多一个", "One more")
}

/// Who comes, where some have no name: `秦明 等 12 人`.
pub fn and_others(names: &str, heads: u32) -> String {
    match lang() {
        Lang::Zh => format!("{names} 等 {heads} 人"),
        Lang::En => format!("{names}, {heads} in all"),
    }
}

pub fn who_most(most: u32) -> String {
    match lang() {
        Lang::Zh if most == 1 => "一次订一个人。".to_owned(),
        Lang::Zh => format!("一次最多 {most} 个人。"),
        Lang::En if most == 1 => "One person each time.".to_owned(),
        Lang::En => format!("Up to {most} people."),
    }
}

/// Where guests may come without a name.
pub fn named_most(most: u32) -> String {
    match lang() {
        Lang::Zh => format!("写名字的最多 {most} 位，同来的在外面填人数就行。"),
        Lang::En => format!("Up to {most} by name; of the others only the number is needed."),
    }
}

pub fn add_family() -> &'static str {
    t("添加家人", "Add a family member")
}

pub fn done() -> &'static str {
    t("好了", "Done")
}

pub fn full_note() -> &'static str {
    t("满了，有人退就按顺序补上", "Full: whoever waits moves up in order")
}

pub fn see_booking() -> &'static str {
    t("看我的预约", "See my booking")
}

pub fn no_need() -> &'static str {
    t("不用预约，到时间直接来。", "No booking needed: just come.")
}

pub fn ask_by_phone() -> &'static str {
    t("打电话问问", "Call and ask")
}
