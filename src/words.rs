//! Words that every screen may need: days and times, prices and places, and why something is
//! refused or went wrong. Each feature has its own beside it.

use crate::ui::View;
use chrono::{Datelike, Timelike};
use domain::{
    failure::Problem,
    household::{Person, Relation},
    offering::{Ages, Measure, Per, Price},
    refusal::Refusal,
    text::Lang,
    time::{DAY, Day, HOUR, MINUTE, Moment, Span, Zone, days_after, weekday},
    wish::WishState,
};

use crate::{
    call::{SHORT, Trouble},
    clock::now,
    lang::{lang, say, t},
    ui,
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

/// The day and time of an instant: `今天 19:00`.
pub fn moment(moment: Moment, zone: Zone) -> String {
    format!("{} {}", day(moment.day(zone), now().day(zone)), clock(moment, zone))
}

/// The day, and from when to when: `今天 19:00–20:00`.
pub fn when(span: Span, zone: Zone) -> String {
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

/// Why a rule says no, in words for whom it concerns.
pub fn refusal(refusal: &Refusal, zone: Zone) -> String {
    let fixed = match refusal {
        Refusal::SlotPast => {
            t("这个时段已经开始了，请选后面的。", "This slot has begun. Please pick a later one.")
        }
        Refusal::DropIn => t("这一项不用预约，直接来就行。", "No booking needed: just come."),
        Refusal::NobodyNamed => t("请选一下谁来。", "Please say who is coming."),
        Refusal::NamedTwice { .. } => t("同一个人选了两次。", "The same person is named twice."),
        Refusal::BirthdayMissing { .. } => t(
            "这一项有年龄要求，请先在“家人”里填上生日。",
            "This has an age limit: please add the date of birth under Family.",
        ),
        Refusal::AlreadyIn { .. } => {
            t("已经报过这一场了，在“我的”里可以看到。", "Already booked. You find it under Mine.")
        }
        Refusal::CannotCancel => {
            t("已经开始或已经取消，不能再取消了。", "It has begun or was cancelled already.")
        }
        Refusal::KeyReused => t(
            "这次提交和上一次对不上，请返回重新填一遍。",
            "This does not match what you sent before. Please go back and start again.",
        ),
        Refusal::PrivateNumber => t(
            "大家都能看到这段话，请不要写电话或证件号码。",
            "Everybody can read this: please leave out telephone and identity numbers.",
        ),
        Refusal::PhoneMalformed => t("请填 11 位手机号码。", "Please enter an 11-digit mobile number."),
        Refusal::CodeLapsed => t("验证码过期了，请重新获取。", "The code has lapsed. Please get a new one."),
        Refusal::BirthdayImpossible => t("请填写正确的出生日期。", "Please enter a real date of birth."),
        Refusal::PersonBooked => t(
            "他还有没结束的预约，先取消预约才能移除。",
            "There are bookings ahead: please cancel them first.",
        ),
        Refusal::WishSettled => t("这个心愿已经有结果了。", "This wish has been settled."),
        Refusal::TaskPast => t("这个任务已经开始了。", "This task has begun."),
        Refusal::PersonUnknown => {
            t("家人名单有变化，请重新选一下。", "Your household has changed. Please choose again.")
        }
        _ => "",
    };
    if fixed.is_empty() { refusal_with_data(refusal, zone) } else { fixed.to_owned() }
}

fn refusal_with_data(refusal: &Refusal, zone: Zone) -> String {
    let zh = lang() == Lang::Zh;
    match refusal {
        Refusal::SlotClosed { closed } if zh => format!("{}已停止预约。", moment(*closed, zone)),
        Refusal::SlotClosed { closed } => format!("Booking closed {}.", moment(*closed, zone)),
        Refusal::NotYetOpen { opens } if zh => {
            format!("{}开放报名，到时候点一下就行。", moment(*opens, zone))
        }
        Refusal::NotYetOpen { opens } => format!("Booking opens {}.", moment(*opens, zone)),
        Refusal::PartyTooLarge { most } if zh => format!("一次最多 {most} 个人。"),
        Refusal::PartyTooLarge { most } => format!("At most {most} people at once."),
        Refusal::TooYoung { from_months, .. } if zh => {
            format!("要满 {}才能参加，年龄还差一点。", age(*from_months))
        }
        Refusal::TooYoung { from_months, .. } => format!("For those of {} and over.", age(*from_months)),
        Refusal::TooOld { to_months, .. } if zh => {
            format!("这一项只收 {}以下的，年龄超过了。", age(*to_months))
        }
        Refusal::TooOld { to_months, .. } => format!("Only for those under {}.", age(*to_months)),
        Refusal::Overlaps { title, starts, .. } if zh => {
            format!("这个时间已经订了“{}”（{}）。", say(title), moment(*starts, zone))
        }
        Refusal::Overlaps { title, starts, .. } => {
            format!("Already booked at that time: {} ({}).", say(title), moment(*starts, zone))
        }
        Refusal::TextTooShort { least: 1 } => t("请填写这一项。", "Please fill this in.").to_owned(),
        Refusal::TextTooShort { least } if zh => format!("再多写几个字，至少 {least} 个字。"),
        Refusal::TextTooShort { least } => format!("At least {least} characters, please."),
        Refusal::TextTooLong { most } if zh => format!("太长了，最多 {most} 个字。"),
        Refusal::TextTooLong { most } => format!("At most {most} characters, please."),
        Refusal::CodeTooSoon { seconds } if zh => format!("验证码刚发过，请过 {} 再试。", wait(*seconds)),
        Refusal::CodeTooSoon { seconds } => {
            format!("A code was just sent. Please try again in {}.", wait(*seconds))
        }
        Refusal::CodeWrong { left } if zh => format!("验证码不对，还可以试 {left} 次。"),
        Refusal::CodeWrong { left } => format!("That is not the code. {left} tries left."),
        Refusal::HouseholdFull { most } if zh => format!("最多可以添加 {most} 位家人。"),
        Refusal::HouseholdFull { most } => format!("At most {most} people."),
        Refusal::TaskTaken { by } => task_taken(by),
        // The others were answered without data, above.
        Refusal::SlotPast
        | Refusal::DropIn
        | Refusal::NobodyNamed
        | Refusal::NamedTwice { .. }
        | Refusal::BirthdayMissing { .. }
        | Refusal::AlreadyIn { .. }
        | Refusal::CannotCancel
        | Refusal::KeyReused
        | Refusal::PrivateNumber
        | Refusal::PhoneMalformed
        | Refusal::CodeLapsed
        | Refusal::BirthdayImpossible
        | Refusal::PersonBooked
        | Refusal::WishSettled
        | Refusal::TaskPast
        | Refusal::PersonUnknown => String::new(),
    }
}

fn task_taken(by: &[String]) -> String {
    match (lang(), by.is_empty()) {
        (Lang::Zh, true) => "邻居已经先一步接下了，谢谢您的心意。看看别的任务吧。".to_owned(),
        (Lang::Zh, false) => format!("{}已经先一步接下了，谢谢您的心意。看看别的任务吧。", by.join("、")),
        (Lang::En, true) => "A neighbour was quicker. Thank you! Have a look at the other tasks.".to_owned(),
        (Lang::En, false) => {
            format!("{} was quicker. Thank you! Have a look at the other tasks.", by.join(", "))
        }
    }
}

/// A wait in words: `40 秒`, `12 分钟`.
fn wait(seconds: u32) -> String {
    let (count, zh, en) = match seconds {
        0..=90 => (seconds, "秒", "seconds"),
        91..=5400 => (seconds.div_ceil(60), "分钟", "minutes"),
        _ => (seconds.div_ceil(3600), "小时", "hours"),
    };
    format!("{count} {}", t(zh, en))
}

/// What went wrong, in a sentence that says whether anything is lost and what to do.
pub fn trouble(trouble: &Trouble, zone: Zone) -> String {
    let words = match trouble {
        Trouble::Offline => t(
            "网络没连上，还没有确认收到。请稍后再点一次，不会重复提交。",
            "No network: it is not confirmed. Please tap again later; it will not be done twice.",
        ),
        Trouble::Problem(Problem::Refused(refusals)) => {
            return refusals.iter().map(|one| refusal(one, zone)).collect::<Vec<_>>().join(" ");
        }
        Trouble::Problem(Problem::SignedOut) => t("请先登录。", "Please sign in first."),
        Trouble::Problem(Problem::NotFound) => {
            t("没有找到，可能已经撤下了。", "Not found. It may have been taken down.")
        }
        Trouble::Problem(Problem::Busy { retry_after }) if *retry_after > SHORT => {
            let wait = wait(*retry_after);
            return match lang() {
                Lang::Zh => format!("这会儿还不行，没有提交。请过 {wait}再试。"),
                Lang::En => format!("Not possible just now; nothing was sent. Please try again in {wait}."),
            };
        }
        Trouble::Problem(Problem::Busy { .. }) => t(
            "现在人很多，还没有轮到您。请过几秒再点一次。",
            "Very busy right now. Please tap again in a few seconds.",
        ),
        Trouble::Problem(Problem::ReadOnly) => t(
            "中心暂时只能查看，不能提交。您已有的预约都在。",
            "Looking is possible, sending is not at the moment. Your bookings are safe.",
        ),
        Trouble::Problem(Problem::Unknown) => t(
            "还不能确定有没有办成。请再点一次，不会重复提交。",
            "We cannot tell yet whether it was done. Please tap again; it will not be done twice.",
        ),
        Trouble::Problem(Problem::Malformed(_) | Problem::Foreign | Problem::Broken { .. }) => t(
            "没有办成，您已有的预约不受影响。请稍后再试，或者打电话给中心。",
            "It did not work; your bookings are safe. Please try later or call the centre.",
        ),
    };
    words.to_owned()
}

/// The whole-page form of a trouble, with a way on.
pub fn trouble_view(trouble: &Trouble, retry: impl FnMut() + 'static) -> View {
    let (title, words) = match trouble {
        Trouble::Offline => (
            t("没连上中心", "No connection"),
            t(
                "您的预约都还在。检查一下网络，再试一次。",
                "Your bookings are safe. Check the network and try again.",
            ),
        ),
        Trouble::Problem(Problem::NotFound) => {
            let words = t("可能已经撤下，或者不是您的。", "It may have been taken down, or it is not yours.");
            let home = ui::link_button(ui::Look::SlimLine, t("回首页", "To the home page"), "/");
            let title = ui::el("h1", "").text(t("没有找到", "Not found")).done();
            return ui::el("div", "").child(title).child(ui::empty("info", words, Some(home))).done();
        }
        Trouble::Problem(Problem::SignedOut) => {
            let address = crate::session::sign_in_address(&crate::host::here());
            let action = ui::link_button(ui::Look::Main, t("登录", "Sign in"), address);
            return ui::empty("me", t("登录以后就能看到。", "Sign in to see this."), Some(action));
        }
        Trouble::Problem(_) => (
            t("没有打开", "It did not open"),
            t("您的预约都还在。请稍后再试。", "Your bookings are safe. Please try again later."),
        ),
    };
    ui::trouble(title, words, Some((t("再试一次", "Try again"), Box::new(retry))))
}
