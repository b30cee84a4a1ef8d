//! Coming into somebody's circle, with the code that they read out.

use super::words;
use crate::{
    call::Trouble,
    host, session, trouble,
    ui::{Act, CodeWords, Page, View, code_form},
};
use domain::{
    circle::{
        JoinRequest,
        api::{GetCircle, JoinCircle},
    },
    failure::Problem,
    screen::Screen,
    time::CHINA,
};

/// The page for a code.
pub fn join_page() -> View {
    let page = Page::new(words::i_have_a_code()).back(words::circle(), Screen::Circle.path());
    if !session::signed_in() {
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    let act = Act::new(CHINA);
    let come = move |code| {
        act.send_onto::<JoinCircle, GetCircle>(
            (),
            JoinRequest { code },
            &["/api/circle"],
            |_| (),
            |_| host::replace(&Screen::Circle.path()),
        );
    };
    let say = CodeWords {
        field: [words::code(), words::code_hint()],
        wrong: words::code_wrong(),
        button: [words::join(), words::joining()],
    };
    page.lede(words::join_lede()).with(code_form(say, act, come)).done()
}
