//! The house's own words in a calendar.

use domain::{calendar::Words, text::Lang};

/// The words in a language.
pub const fn words(lang: Lang) -> Words {
    match lang {
        Lang::Zh => Words { name: "家门口", waits: "候补：" },
        Lang::En => Words { name: "Doorstep", waits: "Waitlist: " },
    }
}
