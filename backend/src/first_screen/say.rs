//! Prices, ages and other small words as the app says them.

use domain::{
    offering::{Ages, Measure, Per, Price},
    text::{Lang, Text},
};

use super::Reader;

impl Reader {
    /// The words in the reader's language.
    pub(super) fn t<T>(&self, zh: T, en: T) -> T {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Whether the reader reads Chinese.
    pub(super) fn zh(&self) -> bool {
        self.lang == Lang::Zh
    }

    /// A text from data.
    pub(super) fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.in_lang(self.lang)
    }

    /// A price with where it is paid.
    pub(super) fn price(&self, price: Option<Price>) -> String {
        let cost = self.cost(price);
        if price.is_none() { cost } else { cost + self.t(" · 现场付", ", paid there") }
    }

    /// A price.
    pub(super) fn cost(&self, price: Option<Price>) -> String {
        let Some(Price { fen, per }) = price else { return self.t("免费", "Free").to_owned() };
        let yuan =
            if fen % 100 == 0 { (fen / 100).to_string() } else { format!("{}.{:02}", fen / 100, fen % 100) };
        let words = match per {
            Per::Visit => self.t("一次", "a visit"),
            Per::Meal => self.t("一餐", "a meal"),
            Per::Day => self.t("一天", "a day"),
            Per::Month => self.t("一个月", "a month"),
            Per::Course => self.t("全期", "the course"),
        };
        let zh =
            if per == Per::Course { format!("{words} {yuan} 元") } else { format!("{yuan} 元{words}") };
        self.t(zh, format!("¥{yuan} {words}"))
    }

    /// How many places are left.
    pub(super) fn free(&self, count: u32, measure: Measure) -> String {
        let zh = match measure {
            Measure::Table => format!("{count} 张空着"),
            Measure::Seat => format!("{count} 个空着"),
            Measure::Meal => format!("余 {count} 份"),
            Measure::Place | Measure::Visit => format!("余 {count} 个名额"),
            Measure::Hand => format!("还缺 {count} 人"),
            Measure::Bed => format!("{count} 张床空着"),
        };
        let en = if measure == Measure::Hand { "wanted" } else { "left" };
        self.t(zh, format!("{count} {en}"))
    }

    /// An age band; empty where there is none.
    pub(super) fn ages(&self, ages: Option<Ages>) -> String {
        let Some(Ages { from_months, to_months }) = ages else { return String::new() };
        let from_months = from_months.filter(|from| *from > 0);
        // Whole years are said as the first and the last year of life that may come.
        if let (Some(from), Some(to)) = (from_months, to_months)
            && from % 12 == 0
            && to % 12 == 0
            && to > from + 12
        {
            let (from, to) = (from / 12, to / 12 - 1);
            return self.t(format!("{from} 到 {to} 岁"), format!("ages {from} to {to}"));
        }
        match (from_months, to_months, self.lang) {
            (Some(from), Some(to), Lang::Zh) => format!("{}到 {}", self.age(from), self.age(to)),
            (Some(from), Some(to), Lang::En) => format!("{} to {}", self.age(from), self.age(to)),
            (Some(from), None, Lang::Zh) => format!("{}以上", self.age(from)),
            (Some(from), None, Lang::En) => format!("{} and over", self.age(from)),
            (None, Some(to), Lang::Zh) => format!("{}以下", self.age(to)),
            (None, Some(to), Lang::En) => format!("under {}", self.age(to)),
            (None, None, _) => String::new(),
        }
    }

    fn age(&self, months: u32) -> String {
        match (self.lang, months % 12) {
            (Lang::Zh, 0) => format!("{} 岁", months / 12),
            (Lang::Zh, _) => format!("{months} 个月"),
            (Lang::En, 0) => format!("{} years", months / 12),
            (Lang::En, _) => format!("{months} months"),
        }
    }

    /// How far it is on foot; beyond an hour in kilometres.
    pub(super) fn walk(&self, metres: f64) -> String {
        let minutes = domain::geo::walking_minutes(metres);
        if minutes <= 60 {
            return self.t(format!("走路 {minutes} 分钟"), format!("{minutes} min walk"));
        }
        format!("{:.0} {}", metres / 1000.0, self.t("公里", "km"))
    }
}

/// As much of a text as fits `most` Chinese characters, with `…` where there is more. Other letters
/// count half, and their words stay whole.
pub(super) fn shorten(text: &str, most: usize) -> String {
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

/// The pieces of a line that are not empty, with a dot between them.
pub(super) fn dotted(pieces: &[&str]) -> String {
    let pieces: Vec<&str> = pieces.iter().copied().filter(|piece| !piece.is_empty()).collect();
    pieces.join(" · ")
}
