//! Words that come as data, in two languages.

use serde::{Deserialize, Serialize};

/// The languages of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// Chinese, the first language of the house.
    #[default]
    Zh,
    /// English.
    En,
}

/// A text in Chinese and, where somebody wrote it, in English.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Text {
    /// Chinese; never empty for a text that is shown.
    pub zh: String,
    /// English; empty where nobody translated it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Text {
    /// A text that has no translation, such as what a resident wrote.
    pub fn only(zh: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: String::new() }
    }

    /// The words in `lang`, or Chinese where there is no translation.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            _ => &self.zh,
        }
    }
}

/// Whether a sign is never seen itself, or turns the signs around it: what people write for others
/// to read is kept without. Those that join or vary the sign before them are seen there.
pub const fn is_unseen(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Whether a sign joins its neighbours or varies the one before it, and is nothing by itself.
pub const fn is_joiner(sign: char) -> bool {
    matches!(
        sign,
        '\u{200c}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'
    )
}
