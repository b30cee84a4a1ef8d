//! Choosing a centre, and the page of one.

mod choose;
pub mod near;
mod outward;
mod page;
pub mod words;

use domain::{
    centre::CentreCard,
    hours::{self, OpenState},
};

pub use self::{choose::choose_page, page::centre_page};
use crate::{
    clock,
    ui::{Tone, View, tag},
};

/// Whether a centre is open now, and what comes next.
pub fn state(card: &CentreCard) -> OpenState {
    hours::state(&card.hours, &card.closures, clock::now(), card.zone)
}

/// The tag that says whether it is open.
pub fn open_tag(card: &CentreCard) -> View {
    let zone = card.zone;
    match state(card) {
        OpenState::Open { .. } => tag(Tone::Open, words::open()),
        OpenState::Closed { opens: Some(opens) } if opens.day(zone) == clock::now().day(zone) => {
            tag(Tone::Wait, words::not_yet_open())
        }
        OpenState::Closed { .. } => tag(Tone::Full, words::closed()),
    }
}

/// The address a telephone understands.
pub fn telephone(phone: &str) -> String {
    format!("tel:{phone}")
}

/// Two or more pieces of a line, those that are not empty, with a dot between them.
pub fn dotted(pieces: &[String]) -> String {
    let pieces: Vec<&str> = pieces.iter().map(String::as_str).filter(|piece| !piece.is_empty()).collect();
    pieces.join(" · ")
}
