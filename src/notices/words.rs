//! Words of notices.

use domain::{
    booking::meeting::Clash,
    notice::{News, Notice},
    text::Lang,
    time::{Span, Zone},
};

use crate::{
    lang::{lang, say, t},
    words::{clock, moment},
};

pub fn notices() -> &'static str {
    t("消息", "Messages")
}

pub fn mine() -> &'static str {
    t("我的", "Mine")
}

pub fn none() -> &'static str {
    t(
        "还没有消息。候补轮到您、中心有变化，都会写在这里。",
        "Nothing yet. When it is your turn, or the centre has to change something, it is written here.",
    )
}

pub fn look_around() -> &'static str {
    t("看看有什么", "See what is on")
}

/// On a tag, where an answer is waited for.
pub fn answer() -> &'static str {
    t("等您答复", "Please answer")
}

pub fn new() -> &'static str {
    t("新", "New")
}

/// What happened.
pub fn news(news: &News) -> &'static str {
    match news {
        News::Offered { .. } => t("候补轮到您了", "It is your turn"),
        News::Lapsed => t("没等到您的答复，名额让出来了", "No answer: the place went on"),
        News::Unreached => t("直到开始都没轮到，不再排了", "It has started, and it was not your turn"),
        News::Stopped => t("按您说的，不再排了", "No longer waiting, as you wished"),
        News::Missed => t("没签到，位置让给了邻居", "Not checked in: the place went on"),
        News::Withdrawn { .. } => t("中心取消了这一次", "The centre had to cancel"),
        News::MeetingMoved { .. } => t("有一次改了时间", "A meeting was moved"),
        News::ClassOff { .. } => t("您抽签选的这个班不办了", "A class you chose in a draw is called off"),
        News::MeetingOff { .. } => t("有一次停了", "A meeting was called off"),
        News::BookedAtDesk => t("前台帮您办好了", "The desk booked for you"),
        News::QueuedAtDesk => t("前台帮您排了候补", "The desk put you on the waitlist"),
        News::CancelledAtDesk => t("前台帮您取消了", "The desk cancelled for you"),
        News::BookedForYou => t("家人替您订好了", "A relative booked for you"),
        News::QueuedForYou => t("家人替您排了候补", "A relative put you on the waitlist"),
        News::CancelledForYou => t("家人替您取消了", "A relative cancelled for you"),
        News::TableYours => t("同桌的邻居先走了，这张桌归您了", "Your neighbour left: the table is yours"),
        News::DrawnIn { .. } => t("抽签抽中了，名额是您的", "The lots gave you a place"),
        News::DrawnWaiting { .. } => {
            t("这次没抽中，已为您排上候补", "Not drawn this time: you are on the waitlist")
        }
        News::DrawnOut { .. } => t("这次抽签没能参加", "You could not take part in the draw"),
        News::VolunteerSuspended { .. } => t("中心暂时停了您的志愿者任务", "Your volunteering is paused"),
        News::VolunteerRestored => t("又可以接志愿者任务了", "You can take volunteers’ tasks again"),
        News::TeamSuspended => t("队里的任务暂时停了", "Your tasks in the team are paused"),
        News::TeamResumed => t("又可以接队里的任务了", "You can take the team’s tasks again"),
        News::TeamLeft => t("您已经离开这个队", "You are no longer in this team"),
        News::CircleJoined => t("有家人进了您的关爱圈", "A relative came into your circle of care"),
    }
}

/// Of what, and when that is.
pub fn of(title: &str, when: Option<String>) -> String {
    when.map_or_else(|| title.to_owned(), |when| format!("{title} · {when}"))
}

/// What stays though a meeting was changed: the place, or the part in a draw.
fn stays(in_draw: bool) -> &'static str {
    if in_draw {
        t(
            "抽签照常，您的报名还在。那时家里有别的安排，这个班就抽不到；还没截止的话可以改选。",
            "The draw goes on and you are in it. If you are elsewhere then, this class cannot be drawn for you: \
             choose another while it is open.",
        )
    } else {
        t("您的名额还在。", "Your place stays.")
    }
}

/// To when a meeting was moved, why, and what somebody has at that time.
fn moved(to: Span, zone: Zone, reason: &str, clash: Option<&Clash>, in_draw: bool) -> String {
    let when = format!("{}–{}", moment(to.starts, zone), clock(to.ends, zone));
    let clash = clash.map(|clash| {
        let (other, when) = (say(&clash.title), moment(clash.starts, zone));
        match lang() {
            Lang::Zh => format!("和您约的{other}（{when}）撞上了，两边的名额都还在，去不了的请取消。"),
            Lang::En => {
                format!("It clashes with {other} ({when}). Both places stay: cancel what you cannot come to.")
            }
        }
    });
    let clash = clash.unwrap_or_default();
    match lang() {
        Lang::Zh => format!("改到{when}，{}{clash}原因：{reason}", stays(in_draw)),
        Lang::En => format!("Now {when}. {} {clash} Why: {reason}", stays(in_draw)).replace("  ", " "),
    }
}

/// What else there is to know.
pub fn more(notice: &Notice) -> Option<String> {
    match (&notice.about.news, lang()) {
        (News::Offered { until }, Lang::Zh) => Some(format!("为您留到{}", moment(*until, notice.about.zone))),
        (News::Offered { until }, Lang::En) => {
            Some(format!("Held until {}", moment(*until, notice.about.zone)))
        }
        (News::VolunteerSuspended { reason }, Lang::Zh) => Some(format!("原因：{reason}")),
        (News::VolunteerSuspended { reason }, Lang::En) => Some(format!("Why: {reason}")),
        (News::TeamSuspended | News::TeamLeft, _) => {
            Some(t("还没开始的任务，让给了队里别人", "Tasks ahead went to others of the team").to_owned())
        }
        (News::ClassOff { reason, .. }, Lang::Zh) => {
            Some(format!("原因：{reason}。还有别的班可选的话，抽签前可以改选"))
        }
        (News::ClassOff { reason, .. }, Lang::En) => Some(format!(
            "Why: {reason}. Where there are others, you can choose again until the lots are drawn"
        )),
        (News::Withdrawn { reason }, Lang::Zh) if !reason.is_empty() => Some(format!("原因：{reason}")),
        (News::Withdrawn { reason }, Lang::En) if !reason.is_empty() => Some(format!("Why: {reason}")),
        (News::MeetingMoved { to, reason, clash, draw, .. }, _) => {
            Some(moved(*to, notice.about.zone, reason, clash.as_ref(), draw.is_some()))
        }
        (News::MeetingOff { reason, draw, .. }, Lang::Zh) => {
            Some(format!("{}原因：{reason}", stays(draw.is_some())))
        }
        (News::MeetingOff { reason, draw, .. }, Lang::En) => {
            Some(format!("{} Why: {reason}", stays(draw.is_some())))
        }
        (News::DrawnWaiting { position, .. }, Lang::Zh) => Some(format!("候补第 {position} 位")),
        (News::DrawnWaiting { position, .. }, Lang::En) => Some(format!("Number {position} in the queue")),
        (News::DrawnOut { .. }, _) => {
            let words =
                "None of the classes is possible any more: another booking, called off, or not for you";
            Some(t("选的班都去不成了：时间撞了、停办了，或条件不再符合", words).to_owned())
        }
        (News::CircleJoined, _) => Some(
            t("看看是谁。不认识的，点“停”就不能办了", "See who it is, and stop whom you do not know")
                .to_owned(),
        ),
        (News::Missed, _) => Some(t("这一笔 30 天后自动消", "The mark fades after 30 days").to_owned()),
        _ => None,
    }
}
