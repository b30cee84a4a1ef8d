//! The staff's workbench. Its code lies in a file of its own, which residents never fetch.

mod attendance;
mod caller;
mod circle;
mod counter;
mod day;
mod lock;
mod look;
mod lots;
mod meetings;
mod offers;
mod papers;
mod party;
mod places;
mod print;
mod reason;
mod roster;
mod scan;
mod staff;
mod teams;
mod tree;
mod volunteers;
mod words;

use std::time::Duration;

use domain::{elevation::api::GetLock, failure::Problem, screen::Screen};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    call::{self, Trouble},
    session, trouble,
    ui::{Page, View},
};

pub use circle::circle_page;
pub use day::day_page;
pub use lock::lock_page;
pub use papers::papers_page;
pub use roster::roster_page;
pub use staff::staff_page;
pub use teams::teams_page;
pub use volunteers::volunteers_page;

/// A page of the workbench under its heading; who is not signed in is asked to.
fn page(title: &'static str, back: (&'static str, &Screen), body: impl FnOnce() -> View) -> View {
    framed(Page::new(title).back(back.0, back.1.path()), body)
}

/// The same in a page that makes its own heading.
fn framed(page: Page, body: impl FnOnce() -> View) -> View {
    if session::signed_in() {
        watch_the_lock();
        page.with(body()).done()
    } else {
        page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done()
    }
}

/// How often a page that nobody touches asks whether the lock is open still; asking keeps nothing open.
const LOOK_AGAIN: Duration = Duration::from_mins(2);

/// Takes what is on the screen away once the lock has closed by itself.
fn watch_the_lock() {
    let look = || {
        spawn_local(async {
            if call::read::<GetLock>(()).await.is_ok_and(|lock| lock.open_until.is_none()) {
                session::locked();
            }
        });
    };
    if let Ok(timer) = set_interval_with_handle(look, LOOK_AGAIN) {
        on_cleanup(move || timer.clear());
    }
}
