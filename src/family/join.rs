//! Coming with a code, as another guardian of a child.

use super::words;
use crate::{
    call::Trouble,
    host, session, trouble,
    ui::{Act, CodeWords, Page, View, code_form},
};
use domain::{
    failure::Problem,
    guardian::{JoinRequest, api::JoinAsGuardian},
    screen::Screen,
    session::api::GetMe,
    time::CHINA,
};

/// The page for a code.
pub fn join_page() -> View {
    let page = Page::new(words::i_have_a_code()).back(words::family(), Screen::Family.path());
    if !session::signed_in() {
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    let act = Act::new(CHINA);
    let come = move |code| {
        act.send_onto::<JoinAsGuardian, GetMe>(
            (),
            JoinRequest { code },
            &["/api/bookings", "/api/people"],
            |_| (),
            |_| host::replace(&Screen::Family.path()),
        );
    };
    let say = CodeWords {
        field: [words::code(), words::code_hint()],
        wrong: words::code_wrong(),
        button: [words::join(), words::joining()],
    };
    page.with(code_form(say, act, come)).done()
}
