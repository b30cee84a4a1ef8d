//! Words of the workbench.

use domain::{
    booking::BookingState,
    household::Relation,
    offering::Measure,
    text::Lang,
    time::{Moment, Span, Zone},
    work::{Desk, Guest, Party, Places},
};

use crate::{
    lang::{lang, say, t},
    words as common,
};

pub fn work() -> &'static str {
    t("工作台", "Workbench")
}

pub fn no_phone() -> &'static str {
    t("没有手机的老人", "Elders without a phone")
}

pub fn lock() -> &'static str {
    t("第二道锁", "Second lock")
}

pub fn volunteers() -> &'static str {
    t("志愿者", "Volunteers")
}

pub fn teams() -> &'static str {
    t("队伍", "Teams")
}

pub fn mine() -> &'static str {
    t("我的", "Mine")
}

pub fn which_centre() -> &'static str {
    t("哪个中心", "Which centre")
}

pub fn which_day() -> &'static str {
    t("哪一天", "Which day")
}

pub fn today() -> &'static str {
    t("今天", "Today")
}

pub fn expected() -> &'static str {
    t("已约", "booked")
}

pub fn arrived() -> &'static str {
    t("已到", "here")
}

pub fn waiting() -> &'static str {
    t("候补", "waiting")
}

pub fn online() -> &'static str {
    t("线上", "online")
}

pub fn counter() -> &'static str {
    t("柜台", "counter")
}

pub fn free() -> &'static str {
    t("空着", "free")
}

pub fn no_slots() -> &'static str {
    t("这一天没有安排。", "Nothing is on that day.")
}

pub fn no_slots_any() -> &'static str {
    t("还没有您工作的中心。", "You work at no centre yet.")
}

/// Title and name of a slot.
pub fn title(desk: &Desk) -> String {
    match &desk.name {
        Some(name) => format!("{} {}", say(&desk.title), say(name)),
        None => say(&desk.title),
    }
}

/// The room, and which meeting it is.
pub fn place(desk: &Desk) -> String {
    let place = say(&desk.place);
    if desk.meetings < 2 {
        return place;
    }
    match lang() {
        Lang::Zh => format!("{place} · 第 {}/{} 次", desk.meeting, desk.meetings),
        Lang::En => format!("{place} · {} of {}", desk.meeting, desk.meetings),
    }
}

/// How the places stand, in a line.
pub fn places(places: &Places) -> String {
    let given = format!("{} {} · {} {}", online(), places.online, counter(), places.counter);
    let given = match lang() {
        _ if places.people <= places.expected => given,
        Lang::Zh => format!("{given} · 共 {} 人", places.people),
        Lang::En => format!("{given} · {} people", places.people),
    };
    match places.waiting {
        0 => given,
        count => format!("{given} · {} {count}", waiting()),
    }
}

/// How many came of those who have a place.
pub fn here_of(places: &Places) -> String {
    match lang() {
        Lang::Zh => format!("已到 {}/{}", places.arrived, places.expected),
        Lang::En => format!("{} of {} here", places.arrived, places.expected),
    }
}

pub fn left(count: u32, measure: Measure) -> String {
    common::free(count, measure)
}

/// Below a day: what somebody lives in.
pub fn stays() -> &'static str {
    t("长期居住", "Lived in")
}

/// What is over, behind a fold.
pub fn over(count: usize) -> String {
    match lang() {
        Lang::Zh => format!("已结束的 {count} 场"),
        Lang::En => format!("Over: {count}"),
    }
}

pub fn full() -> &'static str {
    t("已满", "Full")
}

pub fn closed() -> &'static str {
    t("已停约", "Closed")
}

/// On a meeting that does not take place.
pub fn called_off() -> &'static str {
    t("停一次", "Off")
}

pub fn code_label() -> &'static str {
    t("签到码", "Code")
}

pub fn scan() -> &'static str {
    t("扫一扫居民的码", "Scan a resident’s code")
}

pub fn code_hint() -> &'static str {
    t("扫一扫居民的码，或输入六位字母数字。", "Scan a resident’s code, or type the six characters.")
}

pub fn check_in() -> &'static str {
    t("签到", "Check in")
}

pub fn checking_in() -> &'static str {
    t("正在签到…", "Checking in…")
}

/// They are here.
pub fn is_here(party: &Party, title: &str, span: Span, zone: Zone) -> String {
    let who = names(party);
    let time = common::clock(span.starts, zone);
    match lang() {
        Lang::Zh => format!("{who} 到了：{title} {time}"),
        Lang::En => format!("{who}: here for {title} {time}"),
    }
}

/// What somebody on the list is called: the first sign, and what they are to who booked.
pub fn guest(guest: &Guest) -> String {
    let relation = match guest.relation {
        Relation::Myself => t("本人", "self"),
        Relation::Child => t("孩子", "child"),
        Relation::Elder => t("长辈", "elder"),
        Relation::Adult => t("家人", "adult"),
    };
    if guest.name.is_empty() { relation.to_owned() } else { format!("{} {relation}", guest.name) }
}

/// All of a party.
pub fn names(party: &Party) -> String {
    let names = common::and(&party.people.iter().map(guest).collect::<Vec<_>>());
    match (lang(), party.guests) {
        (_, 0) => names,
        (Lang::Zh, _) => format!("{names} 等 {} 人", party.heads()),
        (Lang::En, _) => format!("{names}, {} in all", party.heads()),
    }
}

pub fn state(party: &Party) -> String {
    if let (BookingState::Waitlisted, Some(position)) = (party.state, party.position) {
        return match lang() {
            Lang::Zh => format!("候补第 {position} 位"),
            Lang::En => format!("waiting, no. {position}"),
        };
    }
    state_name(party.state).to_owned()
}

fn state_name(state: BookingState) -> &'static str {
    match state {
        BookingState::Confirmed => t("已约", "Booked"),
        BookingState::Waitlisted => t("候补", "Waiting"),
        BookingState::Offered => t("等确认", "Offered"),
        BookingState::Declined => t("没要", "Declined"),
        BookingState::Lapsed => t("过时", "Lapsed"),
        BookingState::Cancelled => t("自己取消", "Cancelled"),
        BookingState::Withdrawn => t("中心取消", "Withdrawn"),
        BookingState::Attended => t("已到", "Here"),
        BookingState::Missed => t("没来", "Missed"),
    }
}

/// Number, code and how it was booked.
pub fn about(party: &Party) -> String {
    let code = &party.code;
    let how = if party.counter { counter() } else { online() };
    match lang() {
        Lang::Zh => format!("{} 号 · {code} · {how}", party.seq),
        Lang::En => format!("No. {} · {code} · {how}", party.seq),
    }
}

pub fn party_size(party: &Party) -> String {
    match lang() {
        Lang::Zh => format!("{} 人", party.heads()),
        Lang::En => format!("{} people", party.heads()),
    }
}

/// Below the names of a party: that others come with them.
pub fn guests(party: &Party) -> String {
    match lang() {
        Lang::Zh => format!("另有 {} 人同来，一共 {} 人", party.guests, party.heads()),
        Lang::En => format!("and {} more, {} in all", party.guests, party.heads()),
    }
}

pub fn offered_until(until: Moment, zone: Zone) -> String {
    let time = common::moment(until, zone);
    match lang() {
        Lang::Zh => format!("名额留到 {time}"),
        Lang::En => format!("held until {time}"),
    }
}

pub fn because(reason: &str) -> String {
    match lang() {
        Lang::Zh => format!("原因：{reason}"),
        Lang::En => format!("Reason: {reason}"),
    }
}

pub fn care() -> &'static str {
    t("有注意事项", "Something to know")
}

pub fn unverified() -> &'static str {
    t("证件未核", "Papers not seen")
}

/// Beside a child on the list.
pub fn consent_back(at: Moment, zone: Zone) -> String {
    let time = common::moment(at, zone);
    match lang() {
        Lang::Zh => format!("监护人{time}收回了同意，请打电话问一声"),
        Lang::En => format!("The guardian took the consent back {time}: please call them"),
    }
}

/// The heading over those of a centre.
pub fn consents_back() -> &'static str {
    t("监护人收回了同意", "Consent was taken back")
}

pub fn consents_back_words() -> &'static str {
    t(
        "预约还在，没有取消。点开名单看是谁，再打电话和家长商量。",
        "The bookings stand. The list says who it is: please call and agree on what to do.",
    )
}

pub fn taken_back_at(at: Moment, zone: Zone) -> String {
    let time = common::moment(at, zone);
    match lang() {
        Lang::Zh => format!("{time}收回"),
        Lang::En => format!("taken back {time}"),
    }
}

pub fn cancel() -> &'static str {
    t("中心取消", "Take back")
}

pub fn cancel_whom(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("中心取消：{name}"),
        Lang::En => format!("Take back: {name}"),
    }
}

pub fn check_in_whom(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("签到：{name}"),
        Lang::En => format!("Check in: {name}"),
    }
}

/// The digits for the sign at the door, of this week and of the next.
pub fn door(digits: &str, next: &str) -> String {
    match lang() {
        Lang::Zh => format!("门口签到号 {digits}，写在门口的牌子上；下周一换成 {next}"),
        Lang::En => format!("Digits for the sign at the door: {digits}; from Monday {next}"),
    }
}

/// On the slip: whom to call.
pub fn slip_phone(phone: &str) -> String {
    match lang() {
        Lang::Zh => format!("前台电话 {phone}"),
        Lang::En => format!("The desk’s telephone: {phone}"),
    }
}

pub fn has_place() -> &'static str {
    t("名单", "With a place")
}

pub fn in_queue() -> &'static str {
    t("候补", "In the queue")
}

pub fn gone(count: usize) -> String {
    match lang() {
        Lang::Zh => format!("已取消的 {count}"),
        Lang::En => format!("Cancelled: {count}"),
    }
}

pub fn nobody() -> &'static str {
    t("还没有人约这一场。", "Nobody has booked yet.")
}

pub fn book_for() -> &'static str {
    t("代办", "Book for somebody")
}

pub fn change_places() -> &'static str {
    t("改名额", "Change places")
}

pub fn close_slot() -> &'static str {
    t("关闭这一场", "Close this slot")
}

pub fn close_day() -> &'static str {
    t("这一天都不开", "Close the whole day")
}

pub fn print() -> &'static str {
    t("打印", "Print")
}

pub fn print_roster() -> &'static str {
    t("打印签到表", "Print sign-in sheet")
}

pub fn never_mind() -> &'static str {
    t("算了", "Never mind")
}

pub fn phone() -> &'static str {
    t("手机号", "Mobile number")
}

pub fn name() -> &'static str {
    t("姓名", "Name")
}

pub fn born() -> &'static str {
    t("出生日期", "Date of birth")
}

pub fn done() -> &'static str {
    t("好了", "Done")
}

pub fn slip_note(party: &Party) -> &'static str {
    if party.state == BookingState::Waitlisted {
        t(
            "还在候补。轮到了，名额只留一段时间：请常打电话或到前台问，报这个号码，前台替您答复。",
            "Still waiting. When it is your turn the place is held for a while only: call or ask at the desk often, say this code, and they answer for you.",
        )
    } else {
        t(
            "到场时请出示这个号码。来不了，请打电话或到前台说一声，前台替您取消。",
            "Please show this code when you come. If you cannot, call or tell the desk: they cancel for you.",
        )
    }
}

pub fn capacity() -> &'static str {
    t("总名额", "Places in all")
}

pub fn kept() -> &'static str {
    t("给柜台留的", "Kept for the counter")
}

pub fn kept_hint() -> &'static str {
    t("已给出去的也算在内。", "Those given out are counted.")
}

pub fn save() -> &'static str {
    t("保存", "Save")
}

pub fn saving() -> &'static str {
    t("正在保存…", "Saving…")
}

pub fn papers() -> &'static str {
    t("核对证件", "Check papers")
}

pub fn born_on(day: domain::time::Day, today: domain::time::Day) -> String {
    let date = common::date(day, today);
    match lang() {
        Lang::Zh => format!("{date}出生"),
        Lang::En => format!("Born {date}"),
    }
}

pub fn staff() -> &'static str {
    t("人员", "Staff")
}

/// The columns of a sign-in sheet.
pub fn columns() -> [&'static str; 5] {
    [t("序号", "No."), t("姓名", "Name"), t("人数", "People"), t("号码", "Code"), t("签到", "Signature")]
}
