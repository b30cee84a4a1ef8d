//! The wish that is being written. It outlives the screen, so that signing in on the way loses
//! nothing, but not the app: it is nobody's business on a shared phone.

use std::cell::RefCell;

use domain::wish::Category;

use crate::host;

/// What is written so far.
#[derive(Clone)]
pub struct Writing {
    /// What about.
    pub category: Category,
    /// In one's own words.
    pub text: String,
    /// The key it will be sent with: a new one for every other text.
    pub key: String,
}

thread_local! {
    static WRITING: RefCell<Option<Writing>> = const { RefCell::new(None) };
}

/// What is written so far.
pub fn writing() -> Writing {
    WRITING.with(|writing| writing.borrow().clone()).unwrap_or_else(|| Writing {
        category: Category::Place,
        text: String::new(),
        key: host::new_key(),
    })
}

/// Keeps it; `None` when it was sent.
pub fn keep(written: Option<Writing>) {
    WRITING.with(|writing| *writing.borrow_mut() = written);
}
