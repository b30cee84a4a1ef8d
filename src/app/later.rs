//! The screens that a first visit does not need. They lie in a file of their own, which is fetched
//! when somebody first touches the app, or goes to one of them.

use crate::ui::View;
use domain::screen::Screen;
use leptos::{prelude::*, task::spawn_local};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::{
    bookings,
    call::{Trouble, news},
    centres, clock, family, settings, sign_in, tasks, ui, wishes, words,
};

type Screens = fn(Screen) -> View;

/// How the file stands.
#[derive(Clone, Copy)]
enum Code {
    /// Nobody needed it yet, or it is on its way.
    Away,
    /// The network did not bring it.
    Lost,
    /// Here.
    Here(Screens),
}

thread_local! {
    static CODE: RwSignal<Code> = RwSignal::new(Code::Away);
}

/// Shows a screen; `None` while its code is on the way.
pub fn show(screen: Screen) -> Option<View> {
    match CODE.with(|code| code.get()) {
        Code::Here(screens) => Some(screens(screen)),
        Code::Lost => Some(words::trouble_view(&Trouble::Offline, fetch)),
        Code::Away => {
            fetch();
            None
        }
    }
}

/// Fetches the code, if it is not here yet.
pub fn fetch() {
    let code = CODE.with(|code| *code);
    if matches!(code.get_untracked(), Code::Here(_)) {
        return;
    }
    spawn_local(async move {
        let found = load().await;
        // Two may have asked; the second must not draw the screen anew.
        if matches!(code.get_untracked(), Code::Here(_)) {
            return;
        }
        match found {
            Ok(screens) => code.set(Code::Here(screens)),
            Err(_) => {
                news().offline_since.update(|since| {
                    since.get_or_insert_with(clock::now);
                });
                code.set(Code::Lost);
            }
        }
    });
}

#[wasm_split(later, fallible)]
fn load() -> Result<Screens, SplitLoaderError> {
    Ok(build)
}

fn build(screen: Screen) -> View {
    match screen {
        Screen::Centres => centres::choose_page(),
        Screen::Centre(id) => centres::centre_page(&id),
        Screen::Booking(id) => bookings::booking_page(&id),
        Screen::Mine => bookings::mine_page(),
        Screen::Family => family::family_page(),
        Screen::Wishes => wishes::list_page(),
        Screen::NewWish => wishes::form_page(),
        Screen::Wish(id) => wishes::wish_page(&id),
        Screen::Volunteer => tasks::list_page(),
        Screen::Task(id) => tasks::task_page(&id),
        Screen::Settings => settings::settings_page(),
        Screen::SignIn => sign_in::sign_in_page(),
        // These are in the first file.
        Screen::Home | Screen::Join | Screen::Offering(_) => ui::nothing(),
    }
}
