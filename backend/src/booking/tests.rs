//! What the handlers do without a database.

use domain::{
    booking::BookingState,
    geo::Point,
    id::{CentreId, OfferingId, SlotId},
    offering::Measure,
    text::Text,
    time::{CHINA, HOUR, Span},
};

use super::*;

const NOON: i64 = 1_000 * HOUR;

fn booking(id: &str, starts: i64, state: BookingState) -> Booking {
    Booking {
        id: BookingId::from(id),
        state,
        position: None,
        seq: 1,
        code: "A2B3C4".into(),
        offering: OfferingId::from("chess"),
        title: Text::only("棋"),
        name: None,
        place: Text::only("一楼"),
        measure: Measure::Table,
        slot: SlotId::from("s"),
        meetings: vec![Span { starts: Moment(starts), ends: Moment(starts + HOUR) }.into()],
        centre: CentreId::from("xinsheng"),
        centre_name: Text::only("新盛"),
        at: Point { lat: 32.39, lng: 119.4 },
        phone: "0514-00000103".into(),
        zone: CHINA,
        people: Vec::new(),
        guests: 0,
        made: Moment(0),
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

#[test]
fn what_is_to_come_goes_before_what_is_over() {
    let now = Moment(NOON);
    let list = [
        booking("over", NOON - 3 * HOUR, BookingState::Confirmed),
        booking("later", NOON + 9 * HOUR, BookingState::Waitlisted),
        booking("given-back", NOON + 5 * HOUR, BookingState::Cancelled),
        booking("now", NOON - HOUR / 2, BookingState::Confirmed),
        booking("long-over", NOON - 9 * HOUR, BookingState::Confirmed),
        booking("soon", NOON + HOUR, BookingState::Confirmed),
    ];
    let order: Vec<String> = in_order(list.into(), now).into_iter().map(|booking| booking.id.0).collect();
    assert_eq!(order, ["now", "soon", "later", "given-back", "over", "long-over"]);
}

#[test]
fn more_names_than_a_household_has_are_refused_before_they_cost_anything() {
    let names = |list: &[&str]| list.iter().map(|name| PersonId::from(*name)).collect::<Vec<_>>();
    let many: Vec<PersonId> = (0..13).map(|n| PersonId(format!("p{n}"))).collect();
    assert_eq!(check_names(&many), Err(Refusal::PersonUnknown));
    assert_eq!(check_names(&many[..12]), Ok(()));
    let twice = [&many[..], &names(&["p3"])].concat();
    assert_eq!(check_names(&twice), Err(Refusal::NamedTwice { person: PersonId::from("p3") }));
    assert_eq!(check_names(&names(&["a b"])), Err(Refusal::PersonUnknown));
    assert_eq!(check_names(&[]), Ok(()), "the rules have their own word for that");
}

#[test]
fn a_code_is_drawn_as_svg() {
    let picture = draw("b123:A2B3C4").expect("a picture");
    assert!(picture.starts_with("<svg") && picture.ends_with("</svg>"), "{picture}");
}
