//! The screens that a first visit to the home page does not need. They lie in files of their
//! own: two for residents, fetched when somebody first touches the app, or goes to one of them; one
//! for the staff, fetched by whoever opens the workbench.

#![expect(clippy::unnecessary_wraps, reason = "the result is for the splitter: the file may not come")]

use std::{future::Future, pin::Pin};

use domain::screen::Screen;
use leptos::{prelude::*, task::spawn_local};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::{
    bookings,
    call::{Trouble, news},
    centres, circle, clock, devices, draws, family, join, notices, offerings, privacy, settings, sign_in,
    tasks, teams, trouble,
    ui::{self, View},
    volunteers, week, wishes, work,
};

type Screens = fn(Screen) -> View;
type Loading = Pin<Box<dyn Future<Output = Result<Screens, SplitLoaderError>>>>;

/// How a file stands.
#[derive(Clone, Copy)]
enum Code {
    /// Nobody needed it yet, or it is on its way.
    Away,
    /// The network did not bring it.
    Lost,
    /// Here.
    Here(Screens),
}

/// A file and how to fetch it.
#[derive(Clone)]
struct Part {
    /// Counted, not owned by the screen that happened to ask first: it outlives every screen.
    code: ArcRwSignal<Code>,
    load: fn() -> Loading,
}

thread_local! {
    /// Finding something and booking it.
    static FIND: Part = Part { code: ArcRwSignal::new(Code::Away), load: || Box::pin(find()) };
    /// What is mine, and lending a hand.
    static MINE: Part = Part { code: ArcRwSignal::new(Code::Away), load: || Box::pin(mine()) };
    /// The workbench of the staff, which residents never need.
    static WORK: Part = Part { code: ArcRwSignal::new(Code::Away), load: || Box::pin(bench()) };
}

/// Shows a screen; `None` while its code is on the way.
pub fn show(screen: Screen) -> Option<View> {
    let part = match screen {
        Screen::Join | Screen::Offering(_) | Screen::Draw(_) | Screen::Centres | Screen::Centre(_) => {
            FIND.with(Part::clone)
        }
        Screen::Work
        | Screen::WorkSlot(_)
        | Screen::WorkStaff
        | Screen::WorkVolunteers
        | Screen::WorkTeams
        | Screen::WorkPapers
        | Screen::WorkCircle
        | Screen::WorkLock => WORK.with(Part::clone),
        _ => MINE.with(Part::clone),
    };
    match part.code.get() {
        Code::Here(screens) => Some(screens(screen)),
        Code::Lost => Some(trouble::trouble_view(&Trouble::Offline, move || part.fetch())),
        Code::Away => {
            part.fetch();
            None
        }
    }
}

/// Fetches all code of the residents' screens that is not here yet.
pub fn fetch() {
    FIND.with(Part::fetch);
    MINE.with(Part::fetch);
}

impl Part {
    fn is_here(&self) -> bool {
        matches!(self.code.get_untracked(), Code::Here(_))
    }

    fn fetch(&self) {
        if self.is_here() {
            return;
        }
        let part = self.clone();
        spawn_local(async move {
            let found = (part.load)().await;
            // Two may have asked; the second must not draw the screen anew.
            if part.is_here() {
                return;
            }
            if let Ok(screens) = found {
                news().offline_since.set(None);
                part.code.set(Code::Here(screens));
            } else {
                news().offline_since.update(|since| {
                    since.get_or_insert_with(clock::now);
                });
                part.code.set(Code::Lost);
            }
        });
    }
}

#[wasm_split(find, fallible)]
fn find() -> Result<Screens, SplitLoaderError> {
    Ok(|screen| match screen {
        Screen::Join => join::join_page(),
        Screen::Offering(id) => offerings::offering_page(&id),
        Screen::Draw(id) => draws::draw_page(&id),
        Screen::Centres => centres::choose_page(),
        Screen::Centre(id) => centres::centre_page(&id),
        _ => ui::nothing(),
    })
}

#[wasm_split(mine, fallible)]
fn mine() -> Result<Screens, SplitLoaderError> {
    Ok(|screen| match screen {
        Screen::Booking(id) => bookings::booking_page(&id),
        Screen::Mine => bookings::mine_page(),
        Screen::Week => week::week_page(),
        Screen::Notices => notices::notices_page(),
        Screen::Family => family::family_page(),
        Screen::Person(id) => family::person_page(&id),
        Screen::Consent(id) => family::consent_page(&id),
        Screen::Care(id) => family::care_page(&id),
        Screen::Looks(id) => family::looks_page(&id),
        Screen::Guardians(id) => family::guardians_page(&id),
        Screen::JoinFamily => family::join_page(),
        Screen::Circle => circle::circle_page(),
        Screen::CircleLog => circle::log_page(),
        Screen::CircleInvite => circle::invite_page(),
        Screen::JoinCircle => circle::join_page(),
        Screen::Wishes => wishes::list_page(),
        Screen::NewWish => wishes::form_page(),
        Screen::Wish(id) => wishes::wish_page(&id),
        Screen::Volunteer => tasks::list_page(),
        Screen::Task(id) => tasks::task_page(&id),
        Screen::Volunteering => volunteers::volunteering_page(),
        Screen::Team(id) => teams::team_page(&id),
        Screen::Settings => settings::settings_page(),
        Screen::Devices => devices::devices_page(),
        Screen::Privacy => privacy::policy_page(),
        Screen::MyData => privacy::data_page(),
        Screen::Leave => privacy::leave_page(),
        Screen::SignIn => sign_in::sign_in_page(),
        _ => ui::nothing(),
    })
}

#[wasm_split(bench, fallible)]
fn bench() -> Result<Screens, SplitLoaderError> {
    Ok(|screen| match screen {
        Screen::Work => work::day_page(),
        Screen::WorkSlot(id) => work::roster_page(&id),
        Screen::WorkStaff => work::staff_page(),
        Screen::WorkVolunteers => work::volunteers_page(),
        Screen::WorkTeams => work::teams_page(),
        Screen::WorkLock => work::lock_page(),
        Screen::WorkPapers => work::papers_page(),
        Screen::WorkCircle => work::circle_page(),
        _ => ui::nothing(),
    })
}
