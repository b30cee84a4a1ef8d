//! Words of the workbench.

use domain::{
    booking::BookingState,
    household::Relation,
    offering::Measure,
    staff::{Post, Standing},
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

pub fn code_label() -> &'static str {
    t("签到码", "Code")
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
    common::and(&party.people.iter().map(guest).collect::<Vec<_>>())
}

pub fn state(party: &Party) -> String {
    if let (BookingState::Waitlisted, Some(position)) = (party.state, party.position) {
        return match lang() {
            Lang::Zh => format!("候补第 {position}"),
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
        Lang::Zh => format!("{} 人", party.people.len()),
        Lang::En => format!("{} people", party.people.len()),
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

pub fn cancel() -> &'static str {
    t("取消名额", "Take back")
}

pub fn cancel_whom(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("取消名额：{name}"),
        Lang::En => format!("Take back: {name}"),
    }
}

pub fn check_in_whom(name: &str) -> String {
    match lang() {
        Lang::Zh => format!("签到：{name}"),
        Lang::En => format!("Check in: {name}"),
    }
}

/// The digits for the sign at the door.
pub fn door(digits: &str) -> String {
    match lang() {
        Lang::Zh => format!("门口签到号 {digits}，写在门口的牌子上"),
        Lang::En => format!("Digits for the sign at the door: {digits}"),
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
    t("代订", "Book for somebody")
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

pub fn withdraw_title() -> &'static str {
    t("取消这个名额？", "Take this place back?")
}

pub fn withdraw_words() -> &'static str {
    t(
        "原因会原样发给对方，并附上最近还有空位的一场。",
        "They are told the reason as you write it, and the nearest slot with places.",
    )
}

pub fn nearest() -> &'static str {
    t("会告诉对方还有：", "They are shown:")
}

pub fn no_nearest() -> &'static str {
    t("附近没有同类的空位。", "Nothing like it is free nearby.")
}

pub fn reason() -> &'static str {
    t("原因", "Reason")
}

pub fn reason_hint() -> &'static str {
    t("4 到 200 个字，说清楚为什么。", "4 to 200 characters that say why.")
}

/// Reasons that come up again and again.
pub fn reasons() -> [&'static str; 4] {
    [
        t("设备坏了，要修", "Equipment is being repaired"),
        t("老师临时有事", "The teacher cannot come"),
        t("停水停电", "No water or power"),
        t("本人打电话取消", "Cancelled by telephone"),
    ]
}

pub fn common_reasons() -> &'static str {
    t("常用的原因", "Common reasons")
}

pub fn withdraw_yes() -> &'static str {
    t("取消名额", "Take back")
}

pub fn withdrawing() -> &'static str {
    t("正在取消…", "Taking back…")
}

pub fn keep() -> &'static str {
    t("不取消", "Keep it")
}

pub fn close_words() -> &'static str {
    t(
        "所有预约和候补都会取消，每家都会收到原因。这一场不能再约。",
        "All bookings and the queue end, and everybody is told why. It can be booked no more.",
    )
}

pub fn close_day_words() -> &'static str {
    t(
        "这一天还没结束的场次全部关闭，每家都会收到原因。多次的课程不受影响。",
        "Every slot of the day that is not over closes, and everybody is told why. Courses stay.",
    )
}

pub fn close_yes() -> &'static str {
    t("关闭", "Close")
}

pub fn closing() -> &'static str {
    t("正在关闭…", "Closing…")
}

pub fn never_mind() -> &'static str {
    t("算了", "Never mind")
}

pub fn phone() -> &'static str {
    t("手机号", "Mobile number")
}

pub fn phone_hint() -> &'static str {
    t("没有手机可以空着，打印小票给他。", "May be left empty: print a slip instead.")
}

pub fn name() -> &'static str {
    t("姓名", "Name")
}

pub fn born() -> &'static str {
    t("出生日期", "Date of birth")
}

pub fn born_hint() -> &'static str {
    t("这一项有年龄要求，写成 2020-03-01。", "There is an age limit; as 2020-03-01.")
}

pub fn along() -> &'static str {
    t("同来的人", "Others who come along")
}

pub fn fewer() -> &'static str {
    t("少一个", "One fewer")
}

pub fn more() -> &'static str {
    t("多一个", "One more")
}

pub fn by_phone() -> &'static str {
    t("电话预约", "By telephone")
}

pub fn at_desk() -> &'static str {
    t("到前台预约", "At the desk")
}

pub fn how() -> &'static str {
    t("怎么来的", "How they asked")
}

pub fn book_yes() -> &'static str {
    t("确认代订", "Book")
}

pub fn booking() -> &'static str {
    t("正在代订…", "Booking…")
}

pub fn booked(party: &Party) -> &'static str {
    if party.state == BookingState::Waitlisted {
        t("满了，已排进候补", "Full: in the queue")
    } else {
        t("订好了", "Booked")
    }
}

pub fn slip_print() -> &'static str {
    t("打印小票", "Print the slip")
}

pub fn next_caller() -> &'static str {
    t("再订一位", "Book another")
}

pub fn done() -> &'static str {
    t("好了", "Done")
}

pub fn slip_note(party: &Party) -> &'static str {
    if party.state == BookingState::Waitlisted {
        t("还在候补。有没有名额，请打电话或到前台问。", "Still waiting: please call or ask at the desk.")
    } else {
        t("到场时请出示这个号码。", "Please show this code when you come.")
    }
}

pub fn full_note() -> &'static str {
    t(
        "这一场满了，订了会排进候补。没有手机号的收不到通知。",
        "It is full: they will wait in the queue. Without a number nobody can tell them.",
    )
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

pub fn look_title() -> &'static str {
    t("查看资料", "Open the record")
}

pub fn look_words() -> &'static str {
    t(
        "每次查看都会记下时间和用途，家长看得到。",
        "Each look is kept with its purpose; the guardian can see it.",
    )
}

pub fn purpose() -> &'static str {
    t("用途", "Purpose")
}

pub fn purposes() -> [&'static str; 4] {
    [
        t("联系家长", "To call the guardian"),
        t("核对过敏和注意事项", "To check allergies and notes"),
        t("核对年龄", "To check the age"),
        t("接送确认", "To confirm the pick-up"),
    ]
}

pub fn look_yes() -> &'static str {
    t("查看", "Open")
}

pub fn looking() -> &'static str {
    t("正在打开…", "Opening…")
}

pub fn allergies() -> &'static str {
    t("过敏", "Allergies")
}

pub fn notes() -> &'static str {
    t("注意事项", "Notes")
}

pub fn call(phone: &str) -> String {
    match lang() {
        Lang::Zh => format!("打电话 {phone}"),
        Lang::En => format!("Call {phone}"),
    }
}

pub fn papers() -> &'static str {
    t("核对证件", "Check papers")
}

pub fn papers_lede() -> &'static str {
    t(
        "请居民报手机号，对着证件核对，不用留复印件。",
        "Ask for their mobile number and look at the papers. Keep no copies.",
    )
}

pub fn find() -> &'static str {
    t("找到这家", "Find the household")
}

pub fn finding() -> &'static str {
    t("正在找…", "Looking…")
}

pub fn identity() -> &'static str {
    t("姓名、生日和证件一致", "Name and birthday match the papers")
}

pub fn resident() -> &'static str {
    t("住在本社区", "Lives in this neighbourhood")
}

pub fn verify() -> &'static str {
    t("核对过了", "Seen")
}

pub fn verified_at(at: Moment, zone: Zone) -> String {
    let day = common::moment(at, zone);
    match lang() {
        Lang::Zh => format!("{day} 核对过"),
        Lang::En => format!("Seen {day}"),
    }
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

pub fn staff_lede() -> &'static str {
    t("停用以后，对方的下一次操作就打不开了。", "Whoever is suspended is out at their next tap.")
}

pub fn invite() -> &'static str {
    t("邀请一位", "Invite somebody")
}

pub fn inviting() -> &'static str {
    t("正在邀请…", "Inviting…")
}

pub fn invite_yes() -> &'static str {
    t("邀请", "Invite")
}

pub fn invite_hint() -> &'static str {
    t("用这个手机号登录后，就能看到工作台。", "Whoever signs in with this number sees the workbench.")
}

pub fn role() -> &'static str {
    t("岗位", "Post")
}

pub fn role_name(post: &Post) -> &'static str {
    match post {
        Post::Staff(_) => t("前台", "Desk"),
        Post::District(_) => t("街道", "District office"),
        Post::Admin => t("管理员", "Administrator"),
    }
}

pub fn where_() -> &'static str {
    t("在哪里", "Where")
}

pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Pending => t("等登录", "Invited"),
        Standing::Active => t("在岗", "At work"),
        Standing::Suspended => t("已停用", "Suspended"),
    }
}

pub fn suspend() -> &'static str {
    t("停用", "Suspend")
}

pub fn resume() -> &'static str {
    t("恢复", "Resume")
}

pub fn yourself() -> &'static str {
    t("您自己", "yourself")
}

/// The columns of a sign-in sheet.
pub fn columns() -> [&'static str; 5] {
    [t("序号", "No."), t("姓名", "Name"), t("人数", "People"), t("号码", "Code"), t("签到", "Signature")]
}
