//! What each screen needs, and what the log calls it.

use domain::screen::Screen;

use crate::snapshot::Topic;

/// What the answers in a page depend on.
pub(super) fn topics(screen: Option<&Screen>) -> Vec<Topic> {
    match screen {
        Some(Screen::Offering(id)) => vec![Topic::Catalogue, Topic::Seats(id.clone())],
        Some(Screen::Draw(_)) => vec![Topic::Catalogue, Topic::Draws],
        Some(Screen::Home | Screen::Wishes) => vec![Topic::Catalogue, Topic::Wishes],
        Some(Screen::Volunteer) => vec![Topic::Catalogue, Topic::Tasks],
        _ => vec![Topic::Catalogue],
    }
}

/// Which part of the app a screen needs beyond the first; they are split off in `src/app/later.rs`.
pub(super) const fn part(screen: Option<&Screen>) -> Option<&'static str> {
    match screen {
        None | Some(Screen::Home) => None,
        Some(Screen::Join | Screen::Offering(_) | Screen::Draw(_) | Screen::Centres | Screen::Centre(_)) => {
            Some("find")
        }
        Some(
            Screen::Work
            | Screen::WorkSlot(_)
            | Screen::WorkStaff
            | Screen::WorkVolunteers
            | Screen::WorkTeams
            | Screen::WorkLock
            | Screen::WorkPapers
            | Screen::WorkCircle,
        ) => Some("bench"),
        Some(_) => Some("mine"),
    }
}

/// Whether the first screen differs with what the address names.
pub(super) const fn shows_its_own(screen: &Screen) -> bool {
    !matches!(
        screen,
        Screen::Booking(_)
            | Screen::Wish(_)
            | Screen::Task(_)
            | Screen::Team(_)
            | Screen::Person(_)
            | Screen::Consent(_)
            | Screen::Care(_)
            | Screen::Looks(_)
            | Screen::Guardians(_)
            | Screen::WorkSlot(_)
    )
}

/// The address of a screen as the log may have it: without what it names.
pub(super) const fn template(screen: Option<&Screen>) -> &'static str {
    match screen {
        None => "none",
        Some(Screen::Home) => "/",
        Some(Screen::Join) => "/join",
        Some(Screen::Centres) => "/centres",
        Some(Screen::Centre(_)) => "/centres/{centre}",
        Some(Screen::Offering(_)) => "/offerings/{offering}",
        Some(Screen::Draw(_)) => "/draws/{draw}",
        Some(Screen::Booking(_)) => "/bookings/{booking}",
        Some(Screen::Mine) => "/mine",
        Some(Screen::Week) => "/week",
        Some(Screen::Notices) => "/notices",
        Some(Screen::Family) => "/family",
        Some(Screen::Person(_)) => "/family/{person}",
        Some(Screen::Consent(_)) => "/family/{person}/consent",
        Some(Screen::Care(_)) => "/family/{person}/care",
        Some(Screen::Looks(_)) => "/family/{person}/looks",
        Some(Screen::Guardians(_)) => "/family/{person}/guardians",
        Some(Screen::JoinFamily) => "/family/join",
        Some(Screen::Circle) => "/circle",
        Some(Screen::CircleLog) => "/circle/log",
        Some(Screen::CircleInvite) => "/circle/invite",
        Some(Screen::JoinCircle) => "/circle/join",
        Some(Screen::Wishes) => "/wishes",
        Some(Screen::NewWish) => "/wishes/new",
        Some(Screen::Wish(_)) => "/wishes/{wish}",
        Some(Screen::Volunteer) => "/volunteer",
        Some(Screen::Task(_)) => "/tasks/{task}",
        Some(Screen::Volunteering) => "/volunteer/me",
        Some(Screen::Team(_)) => "/teams/{team}",
        Some(Screen::Settings) => "/settings",
        Some(Screen::Devices) => "/devices",
        Some(Screen::Privacy) => "/privacy",
        Some(Screen::MyData) => "/my-data",
        Some(Screen::Leave) => "/leave",
        Some(Screen::SignIn) => "/sign-in",
        Some(Screen::Work) => "/work",
        Some(Screen::WorkSlot(_)) => "/work/slots/{slot}",
        Some(Screen::WorkStaff) => "/work/staff",
        Some(Screen::WorkVolunteers) => "/work/volunteers",
        Some(Screen::WorkTeams) => "/work/teams",
        Some(Screen::WorkLock) => "/work/lock",
        Some(Screen::WorkPapers) => "/work/papers",
        Some(Screen::WorkCircle) => "/work/circle",
    }
}
