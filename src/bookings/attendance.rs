//! Who was there at which meeting of a course, as the desk noted it.

use domain::{
    booking::{Attendance, Booking, Mark, meeting},
    session::api::GetMe,
};

use super::words;
use crate::{
    ui::{Tone, View, el, load_or, nothing, section, tag},
    words as common,
};

/// The card; nothing for what meets once, where the state of the booking says it.
pub fn noted(booking: &Booking) -> View {
    if booking.attendance.is_empty() || booking.meetings.len() < 2 {
        return nothing();
    }
    let booking = booking.clone();
    // The names come with the household.
    let lines = load_or::<GetMe>(
        &(),
        move |me| {
            let name = |line: &Attendance| {
                let person = me.people.iter().find(|person| person.id == line.person);
                person.filter(|_| booking.people.len() > 1).map(common::person)
            };
            let lines = booking.attendance.iter().map(|one| line(&booking, one, name(one)));
            el("div", "card stack").children(lines.collect()).done()
        },
        nothing,
    );
    section(words::attendance(), None, vec![lines])
}

fn line(booking: &Booking, line: &Attendance, name: Option<String>) -> View {
    let day = meeting::numbered(&booking.meetings, line.meeting);
    let day = day.map(|meeting| words::meeting_day(meeting.span(), booking.zone));
    let which = words::meeting_number(line.meeting, &day.unwrap_or_default());
    let words = name.map_or_else(|| which.clone(), |name| format!("{which} · {name}"));
    let tone = match line.mark {
        Mark::Attended => Tone::Open,
        Mark::Excused => Tone::Wait,
        Mark::Absent => Tone::Full,
    };
    el("div", "row")
        .child(el("span", "grow").text(words).done())
        .child(tag(tone, words::mark(line.mark)))
        .done()
}
