//! The staff's workbench. Its code lies in a file of its own, which residents never fetch.

mod counter;
mod day;
mod lock;
mod look;
mod papers;
mod party;
mod places;
mod print;
mod reason;
mod roster;
mod scan;
mod staff;
mod words;

use domain::{failure::Problem, screen::Screen};

use crate::{
    call::Trouble,
    session, trouble,
    ui::{Page, View},
};

pub use day::day_page;
pub use lock::lock_page;
pub use papers::papers_page;
pub use roster::roster_page;
pub use staff::staff_page;

/// A page of the workbench under its heading; who is not signed in is asked to.
fn page(title: &'static str, back: (&'static str, &Screen), body: impl FnOnce() -> View) -> View {
    framed(Page::new(title).back(back.0, back.1.path()), body)
}

/// The same in a page that makes its own heading.
fn framed(page: Page, body: impl FnOnce() -> View) -> View {
    if session::signed_in() {
        page.with(body()).done()
    } else {
        page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done()
    }
}
