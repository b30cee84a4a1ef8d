//! Bookings as calendar text (RFC 5545), for a phone's own calendar.
//!
//! A calendar lies on servers that are not ours, so it names nobody: what, where and when are in it,
//! who comes stays in the app.

use core::fmt::Write;

use chrono::{Datelike, Timelike};
use serde::{Deserialize, Serialize};

use crate::{
    booking::{Booking, BookingState},
    text::Lang,
    time::{Moment, Zone},
};

/// Most octets in a line, without its end.
const LINE: usize = 75;

/// Whether a household has an address for calendars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Subscription {
    /// When the address was made; `None` where there is none.
    pub made: Option<Moment>,
}

/// An address for calendars. Only this once: the server keeps no more than a hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CalendarAddress {
    /// Path and query, to be put behind the house's own origin.
    pub path: String,
}

pub mod api {
    //! Endpoints of the calendar. The calendars themselves are no JSON: they lie at
    //! `/api/bookings/{booking}/calendar.ics` and at the secret address.

    use super::{CalendarAddress, Subscription};
    use crate::endpoint::{Audience, Endpoint, Method};

    /// Whether there is an address.
    pub struct GetCalendar;
    impl Endpoint for GetCalendar {
        const METHOD: Method = Method::Get;
        const PATH: &'static str = "/api/calendar";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Whether the household has an address for calendars";
        type Params = ();
        type Input = ();
        type Output = Subscription;
    }

    /// Makes an address; the one before leads nowhere from then on.
    pub struct MakeCalendar;
    impl Endpoint for MakeCalendar {
        const METHOD: Method = Method::Post;
        const PATH: &'static str = "/api/calendar";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Make a new secret address for calendars";
        type Params = ();
        type Input = ();
        type Output = CalendarAddress;
    }

    /// Takes the address away.
    pub struct RemoveCalendar;
    impl Endpoint for RemoveCalendar {
        const METHOD: Method = Method::Delete;
        const PATH: &'static str = "/api/calendar";
        const AUDIENCE: Audience = Audience::Resident;
        const SUMMARY: &'static str = "Take the address for calendars away";
        type Params = ();
        type Input = ();
        type Output = Subscription;
    }
}

/// What a calendar says that no booking does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Its name.
    pub name: &'static str,
    /// Stands before what one waits for.
    pub waits: &'static str,
}

/// The calendar with the meetings of those of `bookings` that are live; `words` are in `lang`, too.
pub fn calendar(bookings: &[Booking], lang: Lang, words: &Words) -> String {
    let mut out = String::new();
    for (property, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Doorstep//Bookings//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("X-WR-CALNAME", words.name),
        ("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"),
        ("X-PUBLISHED-TTL", "PT1H"),
    ] {
        line(&mut out, property, value);
    }
    for booking in bookings.iter().filter(|booking| booking.state.is_live()) {
        events(&mut out, booking, lang, words);
    }
    line(&mut out, "END", "VCALENDAR");
    out
}

/// One event for each meeting.
fn events(out: &mut String, booking: &Booking, lang: Lang, words: &Words) {
    let say = |text: &crate::text::Text| text.in_lang(lang).to_owned();
    let mut summary = say(&booking.title);
    if let Some(name) = &booking.name {
        summary = format!("{summary} {}", say(name));
    }
    let status = if matches!(booking.state, BookingState::Confirmed | BookingState::Attended) {
        "CONFIRMED"
    } else {
        summary.insert_str(0, words.waits);
        "TENTATIVE"
    };
    let (summary, place) =
        (escape(&summary), format!("{} {}", say(&booking.centre_name), say(&booking.place)));
    let place = escape(place.trim_end());
    for (number, meeting) in booking.meetings.iter().enumerate() {
        let status = if meeting.off { "CANCELLED" } else { status };
        line(out, "BEGIN", "VEVENT");
        // Both stay the same each time the calendar is fetched, so that nothing appears twice.
        line(out, "UID", &format!("{}-{}@doorstep", booking.id, number + 1));
        line(out, "DTSTAMP", &utc(booking.made));
        line(out, "DTSTART", &utc(meeting.starts));
        line(out, "DTEND", &utc(meeting.ends));
        line(out, "SUMMARY", &summary);
        line(out, "LOCATION", &place);
        line(out, "STATUS", status);
        line(out, "END", "VEVENT");
    }
}

/// A UTC instant: `20260701T110000Z`.
fn utc(moment: Moment) -> String {
    let time = moment.local(Zone(0));
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        time.year(),
        time.month(),
        time.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// A value of type TEXT: what means something to calendars is escaped, other control characters go.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(sign);
            }
            '\n' => out.push_str("\\n"),
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}

/// Writes a line, folded before an octet too many and never inside a character.
fn line(out: &mut String, property: &str, value: &str) {
    let mut text = String::with_capacity(property.len() + value.len() + 1);
    let _ = write!(text, "{property}:{value}");
    let mut width = 0;
    for sign in text.chars() {
        if width + sign.len_utf8() > LINE {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(sign);
        width += sign.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        geo::Point,
        id::{BookingId, CentreId, OfferingId, PersonId, SlotId},
        offering::Measure,
        text::Text,
        time::{CHINA, Day, HOUR, Span},
    };

    const WORDS: Words = Words { name: "Doorstep", waits: "Waitlist: " };

    fn booking() -> Booking {
        let starts = CHINA.moment(Day::from_ymd_opt(2026, 7, 1).expect("a real date"), 19 * 60);
        Booking {
            id: BookingId::from("b1"),
            state: BookingState::Confirmed,
            position: None,
            seq: 1,
            code: "A2B3C4".into(),
            offering: OfferingId::from("chess"),
            title: Text { zh: "书法; 国画, 第一期".into(), en: "Calligraphy".into() },
            name: None,
            place: Text { zh: "二楼\n东侧\\201".into(), en: "2nd floor".into() },
            measure: Measure::Place,
            slot: SlotId::from("s1"),
            meetings: vec![
                Span { starts, ends: starts.plus(HOUR) }.into(),
                Span { starts: starts.plus(6 * HOUR), ends: starts.plus(7 * HOUR) }.into(),
            ],
            centre: CentreId::from("xinsheng"),
            centre_name: Text { zh: "新盛社区".into(), en: "Xinsheng".into() },
            at: Point { lat: 32.39, lng: 119.42 },
            phone: "0514-00000103".into(),
            zone: CHINA,
            people: vec![PersonId::from("p-duoduo")],
            guests: 0,
            made: Moment(1_782_000_000_000),
            until: None,
            undo_until: None,
            stop: None,
            not_reached: false,
            passed: None,
            odds: None,
            reason: None,
            table: None,
            waiting: 0,
            released: None,
            theirs: false,
            attendance: Vec::new(),
            helper: None,
        }
    }

    /// The lines as a calendar reads them.
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn an_event_for_each_meeting_with_what_a_calendar_needs() {
        let text = calendar(&[booking()], Lang::Zh, &WORDS);
        let lines = unfolded(&text);
        for expected in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "UID:b1-1@doorstep",
            "UID:b1-2@doorstep",
            "DTSTART:20260701T110000Z",
            "DTEND:20260701T120000Z",
            "DTSTART:20260701T170000Z",
            "SUMMARY:书法\\; 国画\\, 第一期",
            "LOCATION:新盛社区 二楼\\n东侧\\\\201",
            "STATUS:CONFIRMED",
        ] {
            assert!(lines.iter().any(|line| line == expected), "{expected} is not in {text}");
        }
        assert_eq!(lines.iter().filter(|line| *line == "END:VEVENT").count(), 2);
        assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
        assert!(!text.contains("duoduo") && !text.contains("A2B3C4"));
        assert_eq!(text, calendar(&[booking()], Lang::Zh, &WORDS));
    }

    #[test]
    fn who_waits_is_tentative_and_who_gave_back_is_not_there() {
        let mut waits = booking();
        waits.state = BookingState::Waitlisted;
        let text = calendar(&[waits.clone()], Lang::En, &WORDS);
        assert!(text.contains("STATUS:TENTATIVE\r\n") && text.contains("SUMMARY:Waitlist: Calligraphy\r\n"));
        waits.state = BookingState::Cancelled;
        assert!(!calendar(&[waits], Lang::Zh, &WORDS).contains("VEVENT"));
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        for count in 0..80 {
            let value = format!("{}{}", "a".repeat(count), "门口👩‍👧".repeat(20));
            let mut out = String::new();
            line(&mut out, "SUMMARY", &value);
            let folded: Vec<&str> = out.trim_end_matches("\r\n").split("\r\n").collect();
            assert!(folded.len() > 3);
            assert!(folded.iter().all(|line| line.len() <= LINE));
            assert!(folded[1..].iter().all(|line| line.starts_with(' ')));
            assert_eq!(unfolded(&out)[0], format!("SUMMARY:{value}"));
        }
    }

    #[test]
    fn control_characters_make_no_lines() {
        assert_eq!(escape("a\r\nEND:VEVENT\u{7}"), "a\\nEND:VEVENT");
    }
}
