//! Words of a booking and of what is mine.

use chrono::Datelike;
use domain::{
    booking::{Booking, BookingState, Mark, Table, meeting},
    offering::Measure,
    text::Lang,
    time::{Moment, Span, Zone},
};

use crate::{
    clock,
    lang::{lang, say, t},
    words::{date, weekday_name, when},
};

pub fn mine() -> &'static str {
    t("我的", "Mine")
}

pub fn booking() -> &'static str {
    t("预约", "Booking")
}

pub fn confirmed() -> &'static str {
    t("订好了", "Booked")
}

/// Whether it is a shift: nobody books one.
pub fn is_shift(booking: &Booking) -> bool {
    booking.measure == Measure::Hand
}

/// Whether it is a course with its terms rather than an hour.
fn is_course(booking: &Booking) -> bool {
    booking.meetings.len() > 1 || booking.name.is_some()
}

/// A course is entered, a table is reserved.
pub fn confirmed_title(booking: &Booking) -> &'static str {
    if is_shift(booking) {
        t("排上班了", "You are on")
    } else if booking.is_stay() {
        t("床位给您了", "The bed is yours")
    } else if is_course(booking) {
        t("报上了", "You are in")
    } else {
        confirmed()
    }
}

pub fn here() -> &'static str {
    t("签到了", "Checked in")
}

pub fn here_lede() -> &'static str {
    t("您已经签到，请进。", "You are checked in. Welcome.")
}

pub fn others() -> &'static str {
    t("还有空位的", "Others with places")
}

/// On another slot at the time of the one that is waited for.
pub fn leave_first() -> &'static str {
    t(
        "和正在候补的撞时间，要去这个，先点“不排了”",
        "At the time of what you wait for: leave that queue first",
    )
}

pub fn walk(minutes: u32) -> String {
    match lang() {
        Lang::Zh => format!("走过去 {minutes} 分钟"),
        Lang::En => format!("{minutes} min walk from here"),
    }
}

pub fn meetings(count: u32) -> String {
    match lang() {
        Lang::Zh => format!("共 {count} 次"),
        Lang::En => format!("{count} times"),
    }
}

/// Above the code of a shift.
pub fn shift_lede() -> &'static str {
    t("谢谢您来搭把手！到了给前台看这个码", "Thank you for helping! Show this when you come")
}

/// Above the code of a bed.
pub fn stay_lede() -> &'static str {
    t("带上身份证，到前台给他们看这个码，办入住", "Bring your papers and show this at the desk to move in")
}

pub fn confirmed_lede() -> &'static str {
    t("到了中心，给前台看这个码，或报下面的号", "At the centre, show this or say the code below")
}

pub fn new_confirmed() -> &'static str {
    t("到时给前台看这个码，在“我的”里随时能找到。", "Show this code at the desk. You find it under Mine.")
}

pub fn over() -> &'static str {
    t("已经结束", "It is over")
}

pub fn cancelled() -> &'static str {
    t("已取消", "Cancelled")
}

pub fn cancelled_note() -> &'static str {
    t("位置已经让出来了，谢谢您说一声。", "The place is free for a neighbour. Thank you for telling us.")
}

pub fn code_alt(code: &str) -> String {
    match lang() {
        Lang::Zh => format!("签到码 {code}"),
        Lang::En => format!("Check-in code {code}"),
    }
}

pub fn time() -> &'static str {
    t("时间", "When")
}

pub fn place() -> &'static str {
    t("地点", "Where")
}

pub fn centre() -> &'static str {
    t("中心", "Centre")
}

pub fn who(booking: &Booking) -> &'static str {
    if booking.is_stay() {
        return t("谁住", "Who");
    }
    t("谁来", "Who")
}

/// Who comes, where some have no name: `秦明 等 12 人`.
pub fn and_others(names: &str, heads: u32) -> String {
    match lang() {
        Lang::Zh => format!("{names} 等 {heads} 人"),
        Lang::En => format!("{names}, {heads} in all"),
    }
}

pub fn booked_by() -> &'static str {
    t("谁订的", "Booked by")
}

/// What she calls the relative who booked it.
pub fn helper(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("{name}替您订的"),
        Lang::En => format!("{name}, for you"),
    }
}

pub fn circle() -> &'static str {
    t("关爱圈", "Circle of care")
}

pub fn circle_note() -> &'static str {
    t("请家人替我办事，或者我替老人办", "Relatives act for me, or I for them")
}

pub fn receipt_label() -> &'static str {
    t("回执", "Receipt")
}

/// The number on the receipt: the day of the first meeting, and the order of booking.
pub fn receipt(booking: &Booking) -> String {
    let from = if booking.is_stay() { booking.made } else { booking.starts() };
    let day = from.day(booking.zone);
    format!("{}-{:02}{:02}-{:04}", day.year(), day.month(), day.day(), booking.seq)
}

/// When it is: `今天 19:00–20:00`; for a course its first day and how often: `7月6日 周一起 · 共 15 次`.
pub fn times(booking: &Booking) -> String {
    let first = meeting::first(&booking.meetings);
    if booking.meetings.len() == 1 {
        return when(first, booking.zone);
    }
    let count = meeting::count(&booking.meetings);
    let day = first.starts.day(booking.zone);
    let name = date(day, clock::now().day(booking.zone));
    match lang() {
        Lang::Zh => format!("{name} {}起 · 共 {count} 次", weekday_name(day)),
        Lang::En => format!("From {} {name} · {count} times", weekday_name(day)),
    }
}

/// The day of one meeting of a course: `7月6日 周一`.
pub fn meeting_day(span: Span, zone: Zone) -> String {
    let day = span.starts.day(zone);
    format!("{} {}", date(day, clock::now().day(zone)), weekday_name(day))
}

/// The heading of a course that goes on: which meeting is next, and when.
pub fn next_meeting(number: u32, span: Span, zone: Zone) -> String {
    let when = when(span, zone);
    match lang() {
        Lang::Zh => format!("第 {number} 次：{when}"),
        Lang::En => format!("Meeting {number}: {when}"),
    }
}

/// Beside a meeting that was called off.
pub fn called_off() -> &'static str {
    t("停一次", "called off")
}

/// Beside a meeting that was moved.
pub fn moved_from(planned: Moment, zone: Zone) -> String {
    let day = date(planned.day(zone), clock::now().day(zone));
    match lang() {
        Lang::Zh => format!("改期，原定{day}"),
        Lang::En => format!("moved from {day}"),
    }
}

/// Which meeting, on which day.
pub fn meeting_number(number: u32, day: &str) -> String {
    match lang() {
        Lang::Zh => format!("第 {number} 次 {day}"),
        Lang::En => format!("No. {number}, {day}"),
    }
}

pub fn attendance() -> &'static str {
    t("出勤", "Attendance")
}

pub fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Attended => t("到了", "Was there"),
        Mark::Absent => t("没到", "Was not there"),
        Mark::Excused => t("请了假", "Excused"),
    }
}

pub fn and_more(count: usize) -> String {
    match lang() {
        Lang::Zh => format!("后面还有 {count} 次"),
        Lang::En => format!("and {count} more"),
    }
}

pub fn call(booking: &Booking) -> String {
    match lang() {
        Lang::Zh => format!("打电话给{}", say(&booking.centre_name)),
        Lang::En => format!("Call {}", say(&booking.centre_name)),
    }
}

pub fn cancel(booking: &Booking) -> &'static str {
    if booking.state == BookingState::Waitlisted {
        t("不排了", "Leave the waitlist")
    } else if is_shift(booking) {
        t("有事来不了", "I can’t make it")
    } else if booking.is_stay() {
        t("退床", "Give the bed back")
    } else if is_course(booking) {
        t("取消报名", "Cancel")
    } else {
        t("取消预约", "Cancel")
    }
}

pub fn cancel_hint() -> &'static str {
    t("点错了也不要紧，取消后 10 分钟内还能恢复。", "By mistake? Within 10 minutes you can take it back.")
}

pub fn again(booking: &Booking) -> &'static str {
    if is_shift(booking) {
        return t("看看别的班", "See other shifts");
    }
    // Whoever waited for it and did not get it.
    let waited =
        matches!(booking.state, BookingState::Waitlisted | BookingState::Offered | BookingState::Lapsed);
    if waited && booking.starts() <= clock::now() {
        return t("看看别的时间", "See other times");
    }
    if booking.is_stay() || waited {
        return t("再排一次", "Wait again");
    }
    t("再订一次", "Book again")
}

pub fn signed_out() -> &'static str {
    t(
        "您订的、说的、帮的，都会在这里。用手机号登录，不用密码。",
        "What you book, wish and help with is kept here. Sign in with your mobile number, without a password.",
    )
}

pub fn sign_in() -> &'static str {
    t("登录", "Sign in")
}

pub fn next() -> &'static str {
    t("接下来", "Coming up")
}

pub fn nothing_booked() -> &'static str {
    t(
        "还没有预约。打球、吃饭、上课，都能在这里订。",
        "Nothing booked yet. Tables, meals, classes: all can be booked.",
    )
}

pub fn look_around() -> &'static str {
    t("看看有什么", "See what is on")
}

pub fn past(count: usize) -> String {
    match lang() {
        Lang::Zh => format!("以前的（{count}）"),
        Lang::En => format!("Before ({count})"),
    }
}

/// How a booking stands, on a tag.
pub fn state(booking: &Booking) -> String {
    match (booking.state, booking.position, lang()) {
        (BookingState::Confirmed, ..) if booking.ends() <= clock::now() => t("已结束", "Over").to_owned(),
        (BookingState::Confirmed, ..) => confirmed_title(booking).to_owned(),
        (BookingState::Waitlisted, Some(position), Lang::Zh) => format!("候补第 {position} 位"),
        (BookingState::Waitlisted, Some(position), Lang::En) => format!("Waiting ({position})"),
        (BookingState::Waitlisted, None, _) => not_reached().to_owned(),
        (BookingState::Cancelled, ..) => cancelled().to_owned(),
        (BookingState::Offered, ..) if booking.until.is_some_and(|until| until <= clock::now()) => {
            t("没答复", "No answer").to_owned()
        }
        (BookingState::Offered, ..) => t("等您答复", "Please answer").to_owned(),
        (BookingState::Declined, ..) => t("没要", "Let go").to_owned(),
        (BookingState::Lapsed, ..) if booking.not_reached => not_reached().to_owned(),
        (BookingState::Lapsed, ..) if booking.stop.is_some() => t("不排了", "Not waiting").to_owned(),
        (BookingState::Lapsed, ..) => t("没答复", "No answer").to_owned(),
        (BookingState::Withdrawn, ..) => t("中心取消", "Cancelled by the centre").to_owned(),
        (BookingState::Attended, ..) if booking.ends() > clock::now() => here().to_owned(),
        (BookingState::Attended, ..) => t("去过了", "You came").to_owned(),
        (BookingState::Missed, ..) => t("没签到", "Not checked in").to_owned(),
    }
}

fn not_reached() -> &'static str {
    t("没轮到", "Not reached")
}

pub fn my_tasks() -> &'static str {
    t("我去帮忙", "Where I help")
}

pub fn my_wishes() -> &'static str {
    t("我的心愿", "My wishes")
}

pub fn new_wish() -> &'static str {
    t("说个心愿", "Make a wish")
}

pub fn all_tasks() -> &'static str {
    t("看看谁需要帮手", "See who needs a hand")
}

pub fn week() -> &'static str {
    t("一家人的一周", "Our week")
}

pub fn week_note() -> &'static str {
    t("全家订的，按天排好", "What everybody has booked, day by day")
}

pub fn to_calendar() -> &'static str {
    t("加到日历", "Add to calendar")
}

pub fn calendar_note() -> &'static str {
    t(
        "在微信里点了没反应？可以复制订阅地址，填进手机日历：",
        "Nothing happens inside WeChat? Copy the address for calendars instead:",
    )
}

pub fn notices() -> &'static str {
    t("消息", "Messages")
}

pub fn notices_note() -> &'static str {
    t("轮到您了、有变化，都写在这里", "Your turn, and what has changed")
}

pub fn unread(count: usize) -> String {
    match lang() {
        Lang::Zh => format!("{count} 条新的"),
        Lang::En => format!("{count} new"),
    }
}

pub fn table() -> &'static str {
    t("拼桌", "Sharing")
}

/// Who shares the table: `和 2 位邻居一桌 · 共 4 座`.
pub fn shares(table: Table) -> String {
    let Table { seats, neighbours } = table;
    match (lang(), neighbours) {
        (Lang::Zh, 0) => format!("愿意拼，还没有邻居来 · 共 {seats} 座"),
        (Lang::Zh, _) => format!("和 {neighbours} 位邻居一桌 · 共 {seats} 座"),
        (Lang::En, 0) => format!("Open to neighbours, none yet · {seats} seats"),
        (Lang::En, 1) => format!("With 1 neighbour · {seats} seats"),
        (Lang::En, _) => format!("With {neighbours} neighbours · {seats} seats"),
    }
}

pub fn family() -> &'static str {
    t("家人", "Family")
}

pub fn family_note() -> &'static str {
    t("替孩子、长辈预约", "Book for children and elders")
}

pub fn work() -> &'static str {
    t("工作台", "Workbench")
}

pub fn work_note() -> &'static str {
    t("今天的场次、签到和代办", "Today’s slots, checking in, booking for others")
}

pub fn settings() -> &'static str {
    t("设置", "Settings")
}

pub fn settings_note() -> &'static str {
    t("长辈版、大字、English", "Elder mode, large text, 中文")
}

/// When the account will be gone.
pub fn leaving(until: &str) -> String {
    match lang() {
        Lang::Zh => format!("您申请了注销，{until} 删除"),
        Lang::En => format!("You asked to be erased: {until}"),
    }
}

pub fn tap_to_stay() -> &'static str {
    t("点这里可以反悔", "Tap here to undo it")
}

/// Another guardian of the child made this booking.
pub fn theirs() -> &'static str {
    t(
        "孩子的另一位监护人订的，码给您看。要改、要取消，请那位来办。",
        "Booked by the child’s other guardian. You can show the code; to change it, ask them.",
    )
}
