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
