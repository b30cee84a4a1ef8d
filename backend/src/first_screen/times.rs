//! Days, times and opening hours as the app says them.

use chrono::{Datelike, Timelike};
use domain::{
    booking::{Meeting, is_stay, meeting},
    hours::{Closure, Hours, Open, OpenState},
    text::Lang,
    time::{DAY, Day, HOUR, MINUTE, Moment, Span, Zone, days_after, weekday},
};

use super::Reader;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Reader {
    /// Today where the zone is.
    pub(super) fn today(&self, zone: Zone) -> Day {
        self.now.day(zone)
    }

    /// The weekday, short.
    pub(super) fn weekday(&self, day: Day) -> &'static str {
        let index = usize::from(weekday(day)) - 1;
        self.t(
            ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
            ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        )[index]
    }

    /// A date without its weekday; with the year where it is not this one.
    pub(super) fn date(&self, day: Day, today: Day) -> String {
        let (number, year) = (day.day(), day.year());
        let month = MONTHS[day.month0() as usize];
        match (self.lang, year == today.year()) {
            (Lang::Zh, false) => format!("{year}年{}月{number}日", day.month()),
            (Lang::Zh, true) => format!("{}月{number}日", day.month()),
            (Lang::En, false) => format!("{number} {month} {year}"),
            (Lang::En, true) => format!("{number} {month}"),
        }
    }

    /// A day as people say it.
    pub(super) fn day(&self, day: Day, today: Day) -> String {
        if day == today {
            self.t("今天", "Today").to_owned()
        } else if day == days_after(today, 1) {
            self.t("明天", "Tomorrow").to_owned()
        } else {
            format!("{} {}", self.date(day, today), self.weekday(day))
        }
    }

    /// The day, and from when to when.
    pub(super) fn when(&self, span: Span, zone: Zone) -> String {
        let day = self.day(span.starts.day(zone), self.today(zone));
        format!("{day} {}–{}", clock(span.starts, zone), clock(span.ends, zone))
    }

    /// The day and time of an instant.
    pub(super) fn moment(&self, moment: Moment, zone: Zone) -> String {
        if is_stay(moment) {
            return self.t("长期居住", "To live in").to_owned();
        }
        format!("{} {}", self.day(moment.day(zone), self.today(zone)), clock(moment, zone))
    }

    /// How long until then, in the largest unit that fits.
    pub(super) fn until(&self, then: Moment) -> String {
        let left = (then.0 - self.now.0).max(0);
        let (count, zh, en) = if left >= DAY {
            (left / DAY, "天", "days")
        } else if left >= HOUR {
            (left / HOUR, "小时", "hours")
        } else {
            ((left / MINUTE).max(1), "分钟", "min")
        };
        self.t(format!("还有 {count} {zh}"), format!("in {count} {en}"))
    }

    /// Until when it is open, or when it opens; as one says it where the reader is an elder.
    pub(super) fn open_note(&self, state: OpenState, zone: Zone) -> String {
        let time = |moment: Moment| {
            if self.elder { self.aloud(moment, zone) } else { short(moment.minute_of_day(zone)) }
        };
        let gap = if self.elder { "" } else { " " };
        match state {
            OpenState::Open { until } => {
                let time = time(until);
                self.t(format!("今天开到{gap}{time}"), format!("Open until {time}"))
            }
            OpenState::Closed { opens: Some(opens) } => {
                let (on, today) = (opens.day(zone), self.today(zone));
                let tomorrow = days_after(today, 1);
                let on = if on > tomorrow { self.weekday(on).to_owned() } else { self.day(on, today) };
                let time = time(opens);
                self.t(format!("{on}{gap}{time}{gap}开门"), format!("Opens {} {time}", lower(&on)))
            }
            OpenState::Closed { opens: None } => self.t("这一周不开放", "Closed this week").to_owned(),
        }
    }

    /// A time of day as one says it.
    pub(super) fn aloud(&self, moment: Moment, zone: Zone) -> String {
        let minutes = moment.minute_of_day(zone);
        if !self.zh() {
            return short(minutes);
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

    /// What is different on a day.
    pub(super) fn special(&self, closure: &Closure) -> String {
        let name = self.text(&closure.name);
        match closure.open {
            None => format!("{name} {}", self.t("休息", "closed")),
            Some(Open { from, to }) => {
                // No line break around the dash.
                let times = format!("{}\u{2060}–\u{2060}{}", short(from), short(to));
                self.t(format!("{name} {times} 开放"), format!("{name} open {times}"))
            }
        }
    }

    /// The same with its days.
    pub(super) fn special_days(&self, closure: &Closure, from: Day, to: Day, today: Day) -> String {
        let (first, last) = (self.date(from, today), self.date(to, today));
        let same = (from.year(), from.month()) == (to.year(), to.month());
        let days = match self.lang {
            _ if from == to => first,
            Lang::Zh if same => format!("{first}–{}日", to.day()),
            Lang::En if same => format!("{}–{last}", from.day()),
            _ => format!("{first}–{last}"),
        };
        format!("{days} {}", self.special(closure))
    }

    /// Opening hours in lines.
    pub(super) fn opening(&self, hours: &[Hours]) -> Vec<String> {
        let mut lines: Vec<(u8, String)> = Vec::new();
        for span in hours {
            let times = format!("{}–{}", short(span.from), short(span.to));
            match lines.iter_mut().find(|line| line.0 == span.days) {
                Some(line) => line.1.extend([self.t("，", ", "), &times]),
                None => lines.push((span.days, format!("{} {times}", self.weekdays(span.days)))),
            }
        }
        lines.into_iter().map(|line| line.1).collect()
    }

    /// Weekdays by their bits; runs of three and more by their ends.
    fn weekdays(&self, days: u8) -> String {
        let days = days & 0b111_1111;
        if days == 0b111_1111 {
            return self.t("每天", "Every day").to_owned();
        }
        // The 6th of July 2026 is a Monday.
        let monday = Day::from_ymd_opt(2026, 7, 6).unwrap_or_default();
        let name = |bit: u32| self.weekday(days_after(monday, bit.into()));
        let (first, count) = (days.trailing_zeros(), days.count_ones());
        if count > 2 && days >> first == (1 << count) - 1 {
            return format!("{}{}{}", name(first), self.t("到", "–"), name(first + count - 1));
        }
        let names: Vec<&str> = (0..7).filter(|bit| days & 1 << bit != 0).map(name).collect();
        names.join(self.t("、", ", "))
    }

    /// A day without its weekday, except for today and tomorrow.
    fn day_short(&self, moment: Moment, zone: Zone) -> String {
        let (on, today) = (moment.day(zone), self.today(zone));
        if (0..=1).contains(&on.signed_duration_since(today).num_days()) {
            self.day(on, today)
        } else {
            self.date(on, today)
        }
    }

    /// On which day booking opens.
    pub(super) fn opens_on(&self, opens: Moment, zone: Zone) -> String {
        let day = self.day_short(opens, zone);
        self.t(format!("{day}开放报名"), format!("Opens {day}"))
    }

    /// When booking opens.
    pub(super) fn opens_at(&self, opens: Moment, zone: Zone) -> String {
        let (day, time) = (self.day_short(opens, zone), short(opens.minute_of_day(zone)));
        self.t(format!("{day} {time} 开放"), format!("Opens {day} {time}"))
    }

    /// How long one time is.
    pub(super) fn each(&self, millis: i64) -> String {
        let (hours, minutes) = (millis / HOUR, millis % HOUR / MINUTE);
        match (hours, minutes) {
            (0, _) => self.t(format!("每次 {minutes} 分钟"), format!("{minutes} min each")),
            (_, 0) => self.t(format!("每次 {hours} 小时"), format!("{hours} h each")),
            (_, 30) => self.t(format!("每次 {hours} 个半小时"), format!("{hours} h 30 min each")),
            _ => self.t(format!("每次 {hours} 小时 {minutes} 分"), format!("{hours} h {minutes} min each")),
        }
    }

    /// Several meetings in words, as they were planned.
    pub(super) fn meetings(&self, meetings: &[Meeting], zone: Zone) -> String {
        if let [one] = meetings {
            if is_stay(one.starts) {
                return String::new();
            }
            return format!("{}–{}", self.moment(one.starts, zone), clock(one.ends, zone));
        }
        let spans: Vec<Span> = meetings.iter().map(Meeting::as_planned).collect();
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return String::new() };
        let today = self.today(zone);
        let days = spans.iter().fold(0, |bits, span| bits | 1 << (weekday(span.starts.day(zone)) - 1));
        let time = |span: &Span| (span.starts.minute_of_day(zone), span.ends.minute_of_day(zone));
        let times = if spans.iter().all(|span| time(span) == time(first)) {
            // No line break around the dash.
            format!(" {}\u{2060}–\u{2060}{}", clock(first.starts, zone), clock(first.ends, zone))
        } else {
            String::new()
        };
        let (from, to) = (first.starts.day(zone), last.starts.day(zone));
        let count = meeting::count(meetings);
        let count = self.t(format!("{count} 次"), format!("{count} times"));
        let (from, to) = (self.date(from, today), self.date(to, today));
        format!("{from}–{to} {}{times} · {count}", self.weekdays(days))
    }

    /// What the centre changed about the meetings of a course since, one line each.
    pub(super) fn changes(&self, meetings: &[Meeting], zone: Zone) -> Vec<String> {
        let today = self.today(zone);
        let line = |meeting: &Meeting| {
            let was = self.date(meeting.as_planned().starts.day(zone), today);
            if meeting.off {
                return Some(self.t(format!("{was}停一次"), format!("{was}: called off")));
            }
            meeting.planned?;
            let day = self.date(meeting.starts.day(zone), today);
            let time = format!("{}–{}", clock(meeting.starts, zone), clock(meeting.ends, zone));
            Some(self.t(format!("{was}改到{day} {time}"), format!("{was}: moved to {day} {time}")))
        };
        if meetings.len() < 2 { Vec::new() } else { meetings.iter().filter_map(line).collect() }
    }
}

/// Within a sentence English writes "today" small; the names of days keep their capital.
fn lower(day: &str) -> String {
    if day.len() > 3 { day.to_lowercase() } else { day.to_owned() }
}

/// Hours and minutes: `19:00`.
pub(super) fn clock(moment: Moment, zone: Zone) -> String {
    let time = moment.local(zone).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Minutes since midnight as a time: `8:30`.
pub(super) fn short(minutes: u16) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use domain::time::CHINA;

    use super::*;

    fn reader(lang: Lang, elder: bool) -> Reader {
        let day = Day::from_ymd_opt(2026, 7, 6).expect("a real date");
        Reader { lang, elder, size: None, centre: None, now: CHINA.moment(day, 600), wechat: false }
    }

    #[test]
    fn opening_hours_read_as_people_say_them() {
        let line = |lang, days| {
            let hours = [Hours { days, from: 510, to: 690 }, Hours { days, from: 840, to: 1050 }];
            reader(lang, false).opening(&hours).remove(0)
        };
        assert_eq!(line(Lang::Zh, 0b001_1111), "周一到周五 8:30–11:30，14:00–17:30");
        assert_eq!(line(Lang::Zh, 0b110_0001), "周一、周六、周日 8:30–11:30，14:00–17:30");
        assert_eq!(line(Lang::En, 0b111_1111), "Every day 8:30–11:30, 14:00–17:30");
    }

    #[test]
    fn an_elder_is_told_the_time_as_one_says_it() {
        let until = reader(Lang::Zh, false).now.plus(10 * HOUR + HOUR / 2);
        let note = |elder| reader(Lang::Zh, elder).open_note(OpenState::Open { until }, CHINA);
        assert_eq!(note(false), "今天开到 20:30");
        assert_eq!(note(true), "今天开到晚上 8 点半");
    }
}
