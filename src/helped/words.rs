//! Words of what relatives did for an elder.

use domain::{
    circle::{About, Deed, Line, Scope, What},
    text::Lang,
    time::CHINA,
};

use crate::{
    lang::{lang, say, t},
    words,
};

/// A line in a sentence.
pub fn said(line: &Line) -> String {
    let who = &line.who;
    match (&line.what, lang()) {
        (What::Joined { .. }, _) => format!("{who} {}", t("进了关爱圈", "came into the circle")),
        (What::Left, _) => format!("{who} {}", t("自己退出了", "left")),
        (What::SentAway, Lang::Zh) => format!("您停了{who}的代办"),
        (What::SentAway, Lang::En) => format!("You stopped {who}"),
        (What::EndedAtDesk, Lang::Zh) => format!("前台按您的意思，停了{who}的代办"),
        (What::EndedAtDesk, Lang::En) => format!("The desk stopped {who}, as you wished"),
        (What::Did { deed, about, .. }, _) => done(who, *deed, about.as_ref()),
    }
}

fn done(who: &str, deed: Deed, about: Option<&About>) -> String {
    let title = about.map(|about| say(&about.title)).unwrap_or_default();
    format!("{who} {} {title}", verb(deed)).trim_end().to_owned()
}

fn verb(deed: Deed) -> &'static str {
    match deed {
        Deed::Book => t("预约了", "booked"),
        Deed::Cancel => t("取消了", "cancelled"),
        Deed::Restore => t("又要回了", "took back"),
        Deed::Take => t("要了留的位子：", "took the place held:"),
        Deed::Decline => t("没要留的位子：", "let go the place held:"),
        Deed::Stop => t("改了候补等到什么时候：", "changed how long to wait:"),
        Deed::Arrive => t("签到了", "checked in:"),
        Deed::Ready => t("提前准备好了", "got ready for"),
        Deed::Unready => t("取消了准备：", "gave up being ready for"),
        Deed::Enter => t("报名抽签：", "entered the draw:"),
        Deed::Withdraw => t("退出抽签：", "left the draw:"),
        Deed::Wish => t("替您提了一个心愿", "made a wish for you"),
        Deed::Support => t("替您一起想要邻居的心愿", "joined a neighbour’s wish for you"),
        Deed::Unwish => t("收回了一个心愿", "took a wish back"),
        Deed::Person => t("改了家人的名字或生日", "changed a name or birthday"),
        Deed::Care => t("改了要嘱咐的事", "changed what to know"),
    }
}

/// What else a line says: what came of it, for when, and when it was done.
pub fn more(line: &Line) -> Vec<String> {
    let mut notes = Vec::new();
    if let What::Joined { scope: may } = &line.what {
        notes.push(match may {
            Scope::See => t("只看看，不能办事", "Looks, and does nothing").to_owned(),
            Scope::Act => t("能看，也能办事", "Sees and acts").to_owned(),
        });
    }
    if let What::Did { about: Some(About { starts: Some(starts), zone, .. }), .. } = &line.what {
        let when = words::moment(*starts, *zone);
        notes.push(match lang() {
            Lang::Zh => format!("{when}的"),
            Lang::En => format!("for {when}"),
        });
    }
    if let What::Did { done: false, .. } = &line.what {
        notes.push(t("没有办成", "It did not come about").to_owned());
    }
    let at = words::moment(line.at, CHINA);
    notes.push(match (lang(), &line.what) {
        (Lang::Zh, What::Did { .. }) => format!("{at}办的"),
        (Lang::En, What::Did { .. }) => format!("done {at}"),
        _ => at,
    });
    notes
}
