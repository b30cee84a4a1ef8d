//! What relatives did for me, latest first, in sentences.

use domain::{
    circle::{
        Line,
        api::{GetBondLog, GetCircleLog},
    },
    failure::Problem,
    id::{BondId, is_id},
    screen::Screen,
};

use super::words;
use crate::{
    call::Trouble,
    helped, host, session, trouble,
    ui::{self, Page, View, el, load},
};

/// The page: of my whole circle, or of one bond (`?bond=`).
pub fn log_page() -> View {
    let page = Page::new(words::what_they_did()).back(words::circle(), Screen::Circle.path());
    if !session::signed_in() {
        return page.with(trouble::trouble_view(&Trouble::Problem(Problem::SignedOut), || {})).done();
    }
    let show = |lines: Vec<Line>| {
        if lines.is_empty() { ui::empty("heart", words::nothing_yet(), None) } else { helped::list(&lines) }
    };
    let body = match host::query("bond").filter(|bond| is_id(bond)) {
        Some(bond) => load::<GetBondLog>(&BondId::from(&*bond), show),
        None => load::<GetCircleLog>(&(), show),
    };
    page.lede(words::log_lede()).with(el("div", "section").child(body).done()).done()
}
