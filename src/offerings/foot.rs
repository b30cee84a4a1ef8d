//! The bar at the foot: what was picked, who comes, and the one button.

use domain::{
    booking::Placement,
    centre::{CentreCard, api::OfferingPage},
    failure::Problem,
    id::BookingId,
    refusal::Refusal,
    screen::Screen,
    ticket::Readiness,
    time::{CHINA, Moment},
};
use leptos::prelude::*;

use super::{
    days::in_words,
    desk::{Desk, is_course, is_shift, is_stay},
    rush::words as rush,
    share, words,
};
use crate::{
    call::Trouble,
    centres::telephone,
    clock,
    lang::say,
    session, trouble,
    ui::{Look, View, button, button::button_el, el, icon, link_button, note, nothing},
    words as shared,
};

/// The bar.
pub fn foot(desk: Desk) -> View {
    desk.page(|page| {
        if page.slots.is_empty() || page.offering.card.drop_in {
            return by_phone(&page.centre, page.offering.card.drop_in);
        }
        let Some(slot) = desk.slot() else { return pick_first(page) };
        let seats = page.slots.iter().find(|seats| seats.slot.id == slot);
        let Some(seats) = seats else { return pick_first(page) };
        if let Some(draw) = seats.slot.draw.clone().filter(|_| seats.slot.is_to_be_drawn()) {
            let to = link_button(Look::Main, words::to_the_draw(), Screen::Draw(draw).path());
            return bar(vec![el("span", "grow").text(words::by_lot()).done()], nothing(), to);
        }
        let verdict = desk.verdict();
        let in_at_once = matches!(verdict, Some(Ok(Placement::Confirmed)));
        let full = seats.free(clock::now()) == 0 && !in_at_once;
        let waits = full || matches!(verdict, Some(Ok(Placement::Waitlisted)));
        let mut what = el("span", "grow foot-what").text(title(page, in_words(page, seats)));
        let opening = desk.opening();
        let shares = waits && share::would_help(desk, seats);
        if waits && opening.is_none() {
            let note = match (is_shift(page), is_stay(page)) {
                _ if shares => share::words::seats_with_neighbours(),
                (true, _) => words::hands_enough_note(),
                (_, true) => words::beds_full_note(),
                _ => words::full_note(),
            };
            what = what.child(el("span", "cell-note").text(note).done());
        }
        let mut line = vec![what.done()];
        if !session::signed_in() {
            let words = match opening {
                _ if is_shift(page) => words::sign_in_to_help(),
                Some(_) => rush::sign_in_to_get_ready(),
                None if is_course(page) => words::sign_in_to_enrol(),
                None => words::sign_in_to_book(),
            };
            let to = link_button(Look::Main, words, session::sign_in_address(&desk.here()));
            return bar(line, nothing(), to);
        }
        line.push(who(desk));
        if let Some(refusal) = desk.not_for_shifts() {
            let (says, button) = not_for_shifts(desk, &refusal);
            return bar(line, says, button);
        }
        if let Some(opens) = opening {
            let (says, button) = ahead(desk, page, opens);
            return bar(line, says, button);
        }
        let (says, button) = answer(desk, page, shares);
        bar(line, says, button)
    })
}

/// A course's term needs the name of the course no more than a table's hour that of the table, but
/// a first term is not much of a name.
fn title(page: &OfferingPage, words: String) -> String {
    if is_course(page) { format!("{} · {words}", say(&page.offering.card.title)) } else { words }
}

fn bar(line: Vec<View>, says: View, button: View) -> View {
    let line = el("div", "foot-line row").children(line).done();
    let foot = el("div", "foot").attr("role", "region").attr("aria-label", words::title());
    foot.child(says).child(line).child(button).done()
}

fn pick_first(page: &OfferingPage) -> View {
    let hint = if is_shift(page) {
        words::pick_shift_first()
    } else if is_stay(page) {
        words::pick_bed_first()
    } else if is_course(page) {
        words::pick_term_first()
    } else {
        words::pick_first()
    };
    let words = confirm(page);
    let button = button_el(Look::Main, || ()).attr("disabled", "").text(words).done();
    bar(vec![el("span", "grow").text(hint).done()], nothing(), button)
}

/// What the one button says.
fn confirm(page: &OfferingPage) -> &'static str {
    if is_shift(page) {
        words::take_shift()
    } else if is_stay(page) {
        words::ask_for_bed()
    } else if is_course(page) {
        words::enrol()
    } else {
        words::confirm()
    }
}

/// Who may not take shifts is told why, and how to become a volunteer.
fn not_for_shifts(desk: Desk, refusal: &Refusal) -> (View, View) {
    let says = trouble::refusal(refusal, CHINA);
    match refusal {
        Refusal::VolunteersOnly => {
            let here = js_sys::encode_uri_component(&desk.here());
            let join = format!("{}?next={}", Screen::Volunteering.path(), String::from(here));
            (note("note", says), link_button(Look::Main, words::become_volunteer(), join))
        }
        Refusal::VolunteerMissing => (
            note("note note-warn", says),
            button(Look::Main, words::pick_who(), move || desk.sheet.set(true)),
        ),
        _ => {
            let shut = button_el(Look::Main, || ()).attr("disabled", "").text(words::take_shift()).done();
            (note("note note-warn", says), shut)
        }
    }
}

/// Nothing to book here: the telephone.
fn by_phone(centre: &CentreCard, drop_in: bool) -> View {
    let call = el("a", "button-call")
        .attr("href", telephone(&centre.phone))
        .child(icon("phone"))
        .text(words::ask_by_phone())
        .done();
    let line = if drop_in { vec![el("span", "grow").text(words::no_need()).done()] } else { Vec::new() };
    bar(line, nothing(), call)
}

/// Who comes, and the way to change it.
fn who(desk: Desk) -> View {
    let Some(household) = desk.household() else { return nothing() };
    let people = desk.people();
    let names: Vec<String> =
        household.iter().filter(|person| people.contains(&person.id)).map(shared::person).collect();
    let heads = desk.heads();
    let names = match names.len() {
        0 => words::pick_who().to_owned(),
        some if some < heads as usize => words::and_others(&shared::and(&names), heads),
        _ => shared::and(&names),
    };
    button_el(Look::SlimLine, move || desk.sheet.set(true))
        .attr("aria-haspopup", "dialog")
        .text(names)
        .child(icon("down"))
        .done()
}

/// What the rules say, in words and as the button; with a second one where who `shares` need not wait.
fn answer(desk: Desk, page: &OfferingPage, shares: bool) -> (View, View) {
    let send = |words| desk.act.button(Look::Main, words, words::sending(), move || desk.book());
    let confirm = confirm(page);
    if let Some(booking) = already(desk.act.trouble()) {
        return (desk.act.says(), see(page, booking));
    }
    // What was sent may be in already, and the rules would say that it cannot be: until there is an
    // answer, what stands here is that one is waited for.
    if desk.act.busy().get_untracked() {
        return (desk.act.says(), send(confirm));
    }
    if let (Some(Ok(_)), Some(full)) = (desk.verdict(), desk.week_is_full()) {
        let shut = button_el(Look::Main, || ()).attr("disabled", "").text(confirm).done();
        return (note("note note-warn", trouble::refusal(&full, page.centre.zone)), shut);
    }
    match desk.verdict() {
        Some(Ok(Placement::Confirmed)) => (desk.act.says(), send(confirm)),
        Some(Ok(Placement::Waitlisted)) if is_stay(page) => (desk.act.says(), send(words::wait_for_bed())),
        Some(Ok(Placement::Waitlisted)) if shares => {
            let both = el("div", "stack").child(send(words::wait_in_line())).child(share::button(desk));
            (desk.act.says(), both.done())
        }
        Some(Ok(Placement::Waitlisted)) => (desk.act.says(), send(words::wait_in_line())),
        // Before the household is known nobody can be named.
        Some(Err(Refusal::NobodyNamed)) if desk.household().is_some() => {
            (desk.act.says(), button(Look::Main, words::pick_who(), move || desk.sheet.set(true)))
        }
        Some(Err(Refusal::NobodyNamed)) | None => {
            (desk.act.says(), button_el(Look::Main, || ()).attr("disabled", "").text(confirm).done())
        }
        Some(Err(refusal)) => {
            let says = note("note note-warn", trouble::refusal(&refusal, page.centre.zone));
            let button = match refusal {
                Refusal::AlreadyIn { booking: Some(booking), .. } => see(page, booking),
                Refusal::AdultMissing | Refusal::ChildMissing => {
                    button(Look::Main, words::pick_who(), move || desk.sheet.set(true))
                }
                _ => button_el(Look::Main, || ()).attr("disabled", "").text(confirm).done(),
            };
            (says, button)
        }
    }
}

/// What can be done before booking opens: getting ready, and then waiting for the moment.
fn ahead(desk: Desk, page: &OfferingPage, opens: Moment) -> (View, View) {
    let zone = page.centre.zone;
    let time = rush::time(opens, zone);
    let shut = |words: String| button_el(Look::Main, || ()).attr("disabled", "").text(words).done();
    let verdict = desk.verdict_then();
    if let Some(Err(Refusal::AlreadyIn { booking: Some(booking), .. })) = &verdict {
        let booking = booking.clone();
        let says = verdict.and_then(Result::err).map(|refusal| trouble::refusal(&refusal, zone));
        return (note("note note-warn", says.unwrap_or_default()), see(page, booking));
    }
    match (desk.is_ready(), verdict) {
        (Some(true), _) => {
            let day = shared::day(opens.day(zone), clock::now().day(zone));
            (note("note note-ok", rush::one_tap(&day, &time)), shut(rush::tap_then(&time)))
        }
        (_, Some(Err(Refusal::NobodyNamed))) if desk.household().is_some() => {
            (nothing(), button(Look::Main, words::pick_who(), move || desk.sheet.set(true)))
        }
        (_, Some(Err(refusal @ (Refusal::AdultMissing | Refusal::ChildMissing)))) => (
            note("note note-warn", trouble::refusal(&refusal, zone)),
            button(Look::Main, words::pick_who(), move || desk.sheet.set(true)),
        ),
        // What is missing stands in the list.
        _ if desk.readiness().is_some_and(|readiness| can_be_mended(&readiness)) => {
            (note("note note-warn", rush::something_missing()), shut(rush::be_ready().to_owned()))
        }
        (_, Some(Err(refusal))) => {
            (note("note note-warn", trouble::refusal(&refusal, zone)), shut(rush::be_ready().to_owned()))
        }
        (None, _) => (nothing(), shut(rush::be_ready().to_owned())),
        (Some(false), _) => {
            let ready = desk
                .ready
                .button(Look::Main, rush::be_ready(), rush::getting_ready(), move || desk.get_ready());
            (desk.ready.says(), ready)
        }
    }
}

/// Whether papers, consent or a birthday are missing, and nothing else.
fn can_be_mended(readiness: &Readiness) -> bool {
    let refusals = readiness.refusals();
    let mended = |refusal: &Refusal| {
        matches!(
            refusal,
            Refusal::NoConsent { .. } | Refusal::NotVerified { .. } | Refusal::BirthdayMissing { .. }
        )
    };
    !refusals.is_empty() && refusals.iter().all(mended)
}

fn see(page: &OfferingPage, booking: BookingId) -> View {
    let words = if is_shift(page) { words::see_shift() } else { words::see_booking() };
    link_button(Look::Main, words, Screen::Booking(booking).path())
}

/// The booking that stands in the way, where the server named it.
fn already(trouble: Option<Trouble>) -> Option<BookingId> {
    let Some(Trouble::Problem(Problem::Refused(refusals))) = trouble else { return None };
    refusals.into_iter().find_map(|refusal| match refusal {
        Refusal::AlreadyIn { booking, .. } => booking,
        _ => None,
    })
}
