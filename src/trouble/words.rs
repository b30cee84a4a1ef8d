//! Why something is refused or went wrong, in words for whom it concerns.

use domain::{
    failure::Problem,
    refusal::Refusal,
    text::Lang,
    time::{Moment, Zone},
};

use super::desk::words as desk;
use crate::{
    call::{Doubt, SHORT, Trouble},
    host,
    lang::{lang, say, t},
    session,
    ui::{self, View},
    words::{age, moment},
};

/// Why a rule says no, in words for whom it concerns.
#[expect(clippy::too_many_lines, reason = "a table: a line for each refusal")]
pub fn refusal(refusal: &Refusal, zone: Zone) -> String {
    let fixed = match refusal {
        Refusal::CalledOff => t("中心取消了这一场，不能约了。", "The centre has called this off."),
        Refusal::SlotPast => {
            t("这个时段已经开始了，请选后面的。", "This slot has begun. Please pick a later one.")
        }
        Refusal::DropIn => t("这一项不用预约，直接来就行。", "No booking needed: just come."),
        Refusal::NobodyNamed => t("请选一下谁来。", "Please say who is coming."),
        Refusal::AdultMissing => {
            t("孩子要有大人陪着，请再选一位大人。", "Children come with an adult: please choose one, too.")
        }
        Refusal::ChildMissing => {
            t("这一项是陪孩子来的，请再选一个孩子。", "Adults come with a child: please choose one, too.")
        }
        Refusal::NamedTwice { .. } => {
            t("同一个人选了两次，去掉一次就行。", "The same person is named twice: please take one out.")
        }
        Refusal::BirthdayMissing { .. } => t(
            "这一项有年龄要求，请先在“家人”里填上生日。",
            "This has an age limit: please add the date of birth under Family.",
        ),
        Refusal::AlreadyIn { .. } => {
            t("已经报过这一场了，在“我的”里可以看到。", "Already booked. You find it under Mine.")
        }
        Refusal::CannotCancel => t(
            "已经开始或已经取消，不能再取消了。来不了请打前台电话说一声。",
            "It has begun or was cancelled already. If you cannot come, please call the desk.",
        ),
        Refusal::KeyReused => t(
            "这次填的和刚才送出的不一样，这次没有提交。请返回看看刚才那次，再重新填。",
            "This differs from what you sent a moment ago, and was not sent. Please go back, look at that one, and start again.",
        ),
        Refusal::PrivateNumber => t(
            "大家都能看到这段话，请不要写电话或证件号码。",
            "Everybody can read this: please leave out telephone and identity numbers.",
        ),
        Refusal::PhoneMalformed => t("请填 11 位手机号码。", "Please enter an 11-digit mobile number."),
        Refusal::CodeLapsed => t("验证码过期了，请重新获取。", "The code has lapsed. Please get a new one."),
        Refusal::CodeNotSent => t(
            "短信没发出去。过一会儿再试，或者打前台电话，中心帮您订。",
            "The message could not be sent. Try again in a while, or call the desk: they book for you.",
        ),
        Refusal::LockMade => t(
            "第二道锁已经设好了，或者要从头再设一次。",
            "The second lock is set up already, or has to be set up from the start.",
        ),
        Refusal::LockMissing => {
            t("还没有设第二道锁，先设一个就能进。", "There is no second lock yet: set one up to go on.")
        }
        Refusal::LockOwn => {
            t("自己的锁要请给您开权限的人来重设。", "Somebody who appoints you has to take yours off.")
        }
        Refusal::WechatUnknown => t(
            "没认出这个微信，请在微信里再打开一次。",
            "This WeChat was not recognised. Please open it in WeChat once more.",
        ),
        Refusal::PhoneRefused => t(
            "这个号码现在收不到我们的短信。请打前台电话，中心帮您订。",
            "Our messages cannot reach this number at present. Please call the desk: they book for you.",
        ),
        Refusal::BirthdayImpossible => t("请填写正确的出生日期。", "Please enter a real date of birth."),
        Refusal::PersonBooked => t(
            "他还有没结束的预约，先取消预约才能移除。",
            "There are bookings ahead: please cancel them first.",
        ),
        Refusal::WishSettled => t(
            "这个心愿已经有结果了，打开就能看到。还想要别的，可以再说一个。",
            "This wish has been settled: open it to see how. You can make another one.",
        ),
        Refusal::TaskPast => {
            t("这个任务已经开始了，看看后面还有哪些。", "This task has begun. Have a look at those to come.")
        }
        Refusal::PersonUnknown => {
            t("家人名单有变化，请重新选一下。", "Your household has changed. Please choose again.")
        }
        Refusal::NotVerified { .. } => t(
            "这一项要先核实身份，请带证件到前台办一次。",
            "This needs papers seen once: please bring them to the desk.",
        ),
        Refusal::NoConsent { .. } => t(
            "未满 14 岁的孩子，请先在“家人”里由监护人同意。",
            "For a child under 14 a guardian’s consent is needed first: see Family.",
        ),
        Refusal::DrawPending => t(
            "这一期的名额由抽签决定，还没开奖。可以先报名抽签，早晚都一样。",
            "These places are drawn by lot, and that is still ahead. You can enter the draw; early or late is the same.",
        ),
        Refusal::TicketVoid => t(
            "提前准备好的已经不算数了（家人、证件或同意书有变化）。没有报名，请重新选一下谁来。",
            "What was made ready no longer holds: people, papers or consent have changed. Nothing was booked. Please choose again who is coming.",
        ),
        Refusal::NoneLeft => {
            t("这会儿没有空位了，换个时段看看。", "No place is free right now. Please try another time.")
        }
        Refusal::NotOffered => t(
            "现在没有名额在等您确认，可能已经答复过了。刷新一下就能看到现在的状态。",
            "Nothing is waiting for your answer: it may have been answered already. Look again to see how it stands.",
        ),
        Refusal::NotWaiting => t(
            "这个预约已经不在候补了，刷新一下就能看到现在的状态。",
            "This booking does not wait any more: look again to see how it stands.",
        ),
        Refusal::TimePast => {
            t("这个时间已经过了，请选晚一点的。", "That time is past. Please choose a later one.")
        }
        Refusal::UndoOver => t(
            "取消超过十分钟或已经开始，不能恢复了。还可以重新预约。",
            "More than ten minutes ago, or it has begun. You can still book anew.",
        ),
        Refusal::CannotArrive => t(
            "这个预约现在不能签到，到前台说一声，工作人员帮您看。",
            "This booking cannot be checked in now. Please ask at the desk.",
        ),
        Refusal::EnteredByOther { .. } => t(
            "另一位监护人已经报了这次抽签。一家只算一份，谁报机会都一样。",
            "Another guardian has entered this draw. A family takes part once; the chance is the same, whoever enters.",
        ),
        Refusal::NoClassChosen => t("请至少选一个班。", "Please choose at least one class."),
        Refusal::ClassUnclear { .. } => {
            t("可选的班有变化，请重新排一下。", "The classes have changed. Please choose again.")
        }
        Refusal::InvitationUnknown => t(
            "没有这个邀请码，或者已经用过、过期了。请对方再发一个。",
            "No such code, or it was used or has lapsed. Please ask for a new one.",
        ),
        Refusal::TooManyTries => t(
            "试的次数太多了，请一小时后再来，或者请对方把邀请码再念一遍。",
            "Too many tries. Please come back in an hour, with the code read out once more.",
        ),
        Refusal::ReasonMissing => t("请写一下为什么代办。", "Please say why the desk does it."),
        Refusal::CardUnknown => {
            t("没有这个关爱号，请照着纸条再核对一下。", "Nobody has that number. Please check the slip.")
        }
        Refusal::SlipUnknown => t(
            "按这个姓名和生日找不到，或者不止一位。请和当时登记的一样填；当时没说生日的，生日空着。",
            "Nobody of that name and birthday, or more than one. Please type what was said then; leave the birthday empty if it was not said.",
        ),
        Refusal::PhoneTaken => t(
            "这个手机号已经有自己的账号了，不能再接到老人名下。请换一个号码，或者直接用那个账号。",
            "That telephone has an account of its own already. Please take another number, or use that account.",
        ),
        Refusal::ConsentChanged { .. } => t(
            "同意书有了新的内容，请再看一遍。",
            "The consent has changed meanwhile: please read it once more.",
        ),
        Refusal::CodeUnknown => {
            t("本中心没有这个号码，请再核对一下。", "No booking here has that code. Please check it.")
        }
        Refusal::PapersElsewhere => t(
            "这位居民不是在本中心核对的，也没有约过这里，不能改成“对不上”。请和核对的中心联系。",
            "These papers were seen at another centre, and nothing is booked here: please call the centre that saw them.",
        ),
        Refusal::VolunteersOnly => t(
            "这件事由登记过的志愿者来做。登记一次就可以，一分钟。",
            "This is for volunteers. Becoming one takes a minute.",
        ),
        Refusal::VolunteerMissing => t(
            "值班的是您自己，请把自己也选上。",
            "It is you who takes the shift: please choose yourself, too.",
        ),
        Refusal::LastAdministrator => t(
            "这是最后一位管理员，先请一位新的，再停用。",
            "This is the last administrator: please invite another one first.",
        ),
        _ => "",
    };
    if fixed.is_empty() { refusal_with_data(refusal, zone) } else { fixed.to_owned() }
}

#[expect(clippy::too_many_lines, reason = "a table: a line for each refusal")]
fn refusal_with_data(refusal: &Refusal, zone: Zone) -> String {
    let zh = lang() == Lang::Zh;
    match refusal {
        Refusal::SlotClosed { closed } if zh => format!("{}已停止预约。", moment(*closed, zone)),
        Refusal::SlotClosed { closed } => format!("Booking closed {}.", moment(*closed, zone)),
        Refusal::NotYetOpen { opens } if zh => {
            format!("{}开放报名，到时候点一下就行。", moment(*opens, zone))
        }
        Refusal::NotYetOpen { opens } => format!("Booking opens {}.", moment(*opens, zone)),
        Refusal::PartyTooLarge { most } if zh => format!("一次最多 {most} 个人一起来，请少选几位。"),
        Refusal::PartyTooLarge { most } => format!("At most {most} people at once: please choose fewer."),
        Refusal::TooYoung { from_months, .. } if zh => {
            format!("要满 {}才能参加，到第一次那天还差一点。换一位家人，或看看别的项目。", age(*from_months))
        }
        Refusal::TooYoung { from_months, .. } => {
            format!("For those of {} and over on the first day. There is more for others.", age(*from_months))
        }
        Refusal::TooOld { to_months, .. } if zh => {
            format!("这一项只收 {}以下的，到第一次那天超过了。换一位家人，或看看别的项目。", age(*to_months))
        }
        Refusal::TooOld { to_months, .. } => {
            format!("Only for those under {} on the first day. There is more for others.", age(*to_months))
        }
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
        Refusal::LockWrong { left } if zh => format!("密码或数字不对，还可以试 {left} 次。"),
        Refusal::LockWrong { left } => format!("Password or digits are wrong. {left} tries left."),
        Refusal::LockShut { seconds } if zh => {
            format!("试得太多了，请过 {} 再试，或者请给您开权限的人重设第二道锁。", wait(*seconds))
        }
        Refusal::LockShut { seconds } => {
            format!("Too many tries. Try again in {}, or have whoever appoints you reset it.", wait(*seconds))
        }
        Refusal::DoorWrong { left } if zh => format!("不是门口的号码，请再看一眼。还可以试 {left} 次。"),
        Refusal::DoorWrong { left } => format!("Those are not the digits at the door. {left} tries left."),
        Refusal::DoorShut { seconds } if zh => {
            format!("输错太多次了，请过 {} 再试，或者请前台帮您签到。", wait(*seconds))
        }
        Refusal::DoorShut { seconds } => {
            format!("Wrong too often. Try again in {}, or ask at the desk.", wait(*seconds))
        }
        Refusal::LooksSpent { seconds } if zh => {
            format!("按号码查人查得太多了，请过 {} 再查。急事请找街道或区里的同事。", wait(*seconds))
        }
        Refusal::LooksSpent { seconds } => {
            format!("Too many people were looked for by number. Please wait {}.", wait(*seconds))
        }
        Refusal::CodeWrong { left } if zh => format!("验证码不对，还可以试 {left} 次。"),
        Refusal::CodeWrong { left } => format!("That is not the code. {left} tries left."),
        Refusal::CircleFull { most } if zh => {
            format!("关爱圈最多 {most} 位家人，一个人也最多替 {most} 位老人办事。")
        }
        Refusal::CircleFull { most } => {
            format!("A circle has at most {most} relatives, and one acts for at most {most}.")
        }
        Refusal::GuardiansFull { most } if zh => format!("一个孩子最多再请 {most} 位监护人。"),
        Refusal::GuardiansFull { most } => format!("At most {most} other guardians."),
        Refusal::HouseholdFull { most } if zh => format!("最多可以添加 {most} 位家人。"),
        Refusal::HouseholdFull { most } => format!("At most {most} people."),
        Refusal::TaskTaken { by } => task_taken(by),
        Refusal::VolunteerSuspended { reason } if zh => {
            format!("中心暂时停了您的志愿者任务，原因：{reason}。有疑问请打电话给中心。")
        }
        Refusal::VolunteerSuspended { reason } => {
            format!("The centre has paused your tasks as a volunteer: {reason}. Please call if in doubt.")
        }
        Refusal::OfTeam { team } if zh => format!("这是{}的任务，由队员来做。", say(team)),
        Refusal::OfTeam { team } => format!("This is a task of the {}: its members do it.", say(team)),
        Refusal::ResidentsFirst { from } if zh => {
            format!("现在先让本社区的居民报，{}对所有人开放。", moment(*from, zone))
        }
        Refusal::ResidentsFirst { from } => {
            format!("Neighbours of the centre go first. For everybody {}.", moment(*from, zone))
        }
        Refusal::WeekFull { allowed, marks, spare_from } => week_full(*allowed, *marks, *spare_from, zone),
        Refusal::OfferLapsed { until } if zh => {
            format!("名额为您留到{}，时间过了，已经让给后面的邻居。", moment(*until, zone))
        }
        Refusal::OfferLapsed { until } => {
            format!("It was held for you until {}, and has gone to the next neighbour.", moment(*until, zone))
        }
        Refusal::ListClosed { closed } if zh => {
            format!("这次的出勤{}已经定下，不能再改。", moment(*closed, zone))
        }
        Refusal::ListClosed { closed } => {
            format!("The list of that meeting was closed {}.", moment(*closed, zone))
        }
        Refusal::CapacityTaken { taken } if zh => format!("已经给出 {taken} 个名额，不能再少。"),
        Refusal::CapacityTaken { taken } => format!("{taken} places are taken; it cannot be fewer."),
        Refusal::TooEarlyToArrive { from } if zh => format!("{}起可以签到。", moment(*from, zone)),
        Refusal::TooEarlyToArrive { from } => format!("You can check in from {}.", moment(*from, zone)),
        Refusal::Along { number, refusal } => desk::along(*number, refusal, zone),
        Refusal::MeetingTime { .. } | Refusal::MeetingThen { .. } | Refusal::LastMeeting => {
            desk::meeting(refusal, zone)
        }
        // The others were answered without data, above.
        Refusal::SlotPast
        | Refusal::CalledOff
        | Refusal::DropIn
        | Refusal::NobodyNamed
        | Refusal::AdultMissing
        | Refusal::ChildMissing
        | Refusal::NamedTwice { .. }
        | Refusal::BirthdayMissing { .. }
        | Refusal::AlreadyIn { .. }
        | Refusal::CannotCancel
        | Refusal::KeyReused
        | Refusal::PrivateNumber
        | Refusal::PhoneMalformed
        | Refusal::CodeLapsed
        | Refusal::CodeNotSent
        | Refusal::PhoneRefused
        | Refusal::WechatUnknown
        | Refusal::LockMade
        | Refusal::LockMissing
        | Refusal::LockOwn
        | Refusal::BirthdayImpossible
        | Refusal::PersonBooked
        | Refusal::WishSettled
        | Refusal::TaskPast
        | Refusal::PersonUnknown
        | Refusal::ConsentChanged { .. }
        | Refusal::InvitationUnknown
        | Refusal::TooManyTries
        | Refusal::ReasonMissing
        | Refusal::CardUnknown
        | Refusal::SlipUnknown
        | Refusal::PhoneTaken
        | Refusal::NotVerified { .. }
        | Refusal::NoConsent { .. }
        | Refusal::DrawPending
        | Refusal::TicketVoid
        | Refusal::NoneLeft
        | Refusal::NotOffered
        | Refusal::NotWaiting
        | Refusal::TimePast
        | Refusal::UndoOver
        | Refusal::CannotArrive
        | Refusal::EnteredByOther { .. }
        | Refusal::NoClassChosen
        | Refusal::ClassUnclear { .. }
        | Refusal::CodeUnknown
        | Refusal::PapersElsewhere
        | Refusal::VolunteersOnly
        | Refusal::VolunteerMissing
        | Refusal::LastAdministrator => String::new(),
    }
}

fn week_full(allowed: u32, marks: u32, spare_from: Moment, zone: Zone) -> String {
    let spare = moment(spare_from, zone);
    match (lang(), marks) {
        (Lang::Zh, 0) => {
            format!("每家每周 {allowed} 次，那一周您家已经订满。这一场到 {spare} 还空着的话，那时可以再订。")
        }
        (Lang::Zh, _) => format!(
            "近 30 天有 {marks} 次没来，那一周您家可订 {allowed} 次，已经订满。这一场到 {spare} 还空着的话，那时可以再订。"
        ),
        (Lang::En, 0) => format!(
            "{allowed} a week for each household: you have had them in that week. If this is still free by then, you can book it: {spare}."
        ),
        (Lang::En, _) => format!(
            "Missed {marks} times in 30 days, so {allowed} in that week: you have had them. If this is still free by then, you can book it: {spare}."
        ),
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

/// Why it is not known yet whether it was done, and that nobody has to do anything.
pub fn doubt(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::NoAnswer if !host::has_network() => t(
            "网络断了。连上以后会自动接着提交，不会重复，您不用再点。",
            "No network. It is sent again by itself as soon as there is one: no need to tap, nothing is done twice.",
        ),
        Doubt::NoAnswer => t(
            "还没收到回音，正在自动再问。不会重复，您不用再点。",
            "No answer yet: asking again by itself. No need to tap, nothing is done twice.",
        ),
        Doubt::Crowd => t(
            "现在人很多，您的请求正在排队，会自动再送一次，您不用再点。",
            "Very many at once: yours is sent again by itself. No need to tap.",
        ),
    }
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
        Trouble::OnlyOneself => {
            t("这件事要本人来办，换回自己再办。", "This is for oneself: change back to yourself first.")
        }
        Trouble::OnlySee => t(
            "您现在只能看看，不能替办。想替办，请对方再给一个“帮我办事”的邀请码。",
            "You may only look. To act, ask for a code that lets you do things.",
        ),
        Trouble::Problem(Problem::SignedOut) => t("请先登录。", "Please sign in first."),
        Trouble::Problem(Problem::Locked) => t("工作台锁上了。", "The workbench is locked."),
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
            let address = session::sign_in_address(&host::here());
            let action = ui::link_button(ui::Look::Main, t("登录", "Sign in"), address);
            return ui::empty("me", t("登录以后就能看到。", "Sign in to see this."), Some(action));
        }
        Trouble::Problem(Problem::Locked) => {
            let address = session::lock_address(&host::here());
            let action = ui::link_button(ui::Look::Main, t("打开第二道锁", "Open the second lock"), address);
            return ui::empty("device", t("工作台锁上了。", "The workbench is locked."), Some(action));
        }
        Trouble::OnlyOneself | Trouble::OnlySee => {
            let title = t("这件事要本人来办", "This is for oneself");
            return ui::empty("info", title, None);
        }
        Trouble::Problem(_) => (
            t("没有打开", "It did not open"),
            t("您的预约都还在。请稍后再试。", "Your bookings are safe. Please try again later."),
        ),
    };
    ui::trouble(title, words, Some((t("再试一次", "Try again"), Box::new(retry))))
}
