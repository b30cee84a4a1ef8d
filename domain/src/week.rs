//! One family week: what a household has booked, day by day, and walks that are too short.
//!
//! Being in two places at once is refused at booking, but a centre may move a meeting onto another: nobody
//! loses a place by that, so a clash is said. Getting from one centre to the next is the family's own
//! affair, so a tight walk is only said as well.

use crate::{
    booking::{Booking, Meeting},
    geo::{metres, walking_minutes},
    id::{BookingId, PersonId},
    task::Task,
    time::{DAY, Day, MINUTE, Span, days_after, weekday},
};

/// One day of the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekDay<'b> {
    /// Which.
    pub day: Day,
    /// What is booked, earliest first.
    pub entries: Vec<Entry<'b>>,
    /// What the holder lends a hand with, earliest first.
    pub tasks: Vec<&'b Task>,
}

impl WeekDay<'_> {
    /// Whether there is nothing on.
    pub fn is_free(&self) -> bool {
        self.entries.is_empty() && self.tasks.is_empty()
    }
}

/// One meeting of a booking.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'b> {
    /// Of which booking: it has the title, the centre and who comes.
    pub booking: &'b Booking,
    /// From when to when.
    pub span: Span,
    /// Who has too little time to walk here from where they are before.
    pub tight: Vec<Tight>,
    /// Who is somewhere else at that time, of what began before.
    pub clashes: Vec<Clash>,
}

/// That somebody is to be at two meetings at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Who.
    pub person: PersonId,
    /// Where else.
    pub with: BookingId,
}

/// A walk from one centre to another that takes longer than the time between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tight {
    /// Whose walk.
    pub person: PersonId,
    /// Where they come from.
    pub from: BookingId,
    /// Where they go.
    pub to: BookingId,
    /// Whole minutes between the end of the one and the start of the other.
    pub gap_minutes: u32,
    /// Minutes the walk takes.
    pub walk_minutes: u32,
}

/// The Monday of the week that `day` is in.
pub fn monday(day: Day) -> Day {
    day.checked_sub_days(chrono::Days::new(u64::from(weekday(day)) - 1)).unwrap_or(Day::MIN)
}

/// The seven days from `monday`, each by the clock of the centre where it is. Only bookings that are
/// live count; with `only` none but those of that person.
pub fn week<'b>(
    bookings: &'b [Booking],
    tasks: &'b [Task],
    monday: Day,
    only: Option<&PersonId>,
) -> Vec<WeekDay<'b>> {
    let empty = |day| WeekDay { day, entries: Vec::new(), tasks: Vec::new() };
    let days = (0..7).map(|ahead| empty(days_after(monday, ahead)));
    let mut days: Vec<WeekDay> = days.collect();
    let meetings = meetings(bookings, only);
    for (at, (booking, span)) in meetings.iter().enumerate() {
        let day = span.starts.day(booking.zone);
        let Some(place) = days.iter_mut().find(|place| place.day == day) else { continue };
        let people = booking.people.iter().filter(|person| only.is_none_or(|only| only == *person));
        let people: Vec<&PersonId> = people.collect();
        let before = &meetings[..at];
        let tight = people.iter().filter_map(|person| walk(before, booking, *span, person)).collect();
        let clashes = people.iter().flat_map(|person| clashes(before, *span, person)).collect();
        place.entries.push(Entry { booking, span: *span, tight, clashes });
    }
    for task in tasks {
        if let Some(place) = days.iter_mut().find(|place| place.day == task.span.starts.day(task.zone)) {
            place.tasks.push(task);
        }
    }
    for place in &mut days {
        place.tasks.sort_by_key(|task| task.span.starts);
    }
    days
}

/// All meetings of what is live, earliest first.
fn meetings<'b>(bookings: &'b [Booking], only: Option<&PersonId>) -> Vec<(&'b Booking, Span)> {
    let counts = |booking: &&Booking| {
        booking.state.is_live()
            && !booking.is_stay()
            && only.is_none_or(|person| booking.people.contains(person))
    };
    let on = |booking: &'b Booking| booking.meetings.iter().filter(|one| !one.off).map(Meeting::span);
    let live = bookings.iter().filter(counts);
    let mut all: Vec<_> = live.flat_map(|booking| on(booking).map(move |span| (booking, span))).collect();
    all.sort_by(|(a, at_a), (b, at_b)| (at_a.starts, at_a.ends, &a.id).cmp(&(at_b.starts, at_b.ends, &b.id)));
    all
}

/// What `person` is at already when a meeting begins, and until after that.
fn clashes<'b>(
    before: &'b [(&'b Booking, Span)],
    span: Span,
    person: &'b PersonId,
) -> impl Iterator<Item = Clash> + 'b {
    let theirs = before
        .iter()
        .filter(move |(booking, other)| booking.people.contains(person) && other.overlaps(&span));
    theirs.map(|(booking, _)| Clash { person: person.clone(), with: booking.id.clone() })
}

/// The walk of `person` to a meeting from the last of theirs before it, where it is too tight.
fn walk(before: &[(&Booking, Span)], to: &Booking, span: Span, person: &PersonId) -> Option<Tight> {
    let (from, last) = before.iter().rev().find(|(booking, _)| booking.people.contains(person))?;
    let gap = span.starts.0 - last.ends.0;
    // What overlaps is a clash; a day later nobody is in a hurry.
    if from.centre == to.centre || !(0..DAY).contains(&gap) {
        return None;
    }
    let walk_minutes = walking_minutes(metres(from.at, to.at));
    (gap < i64::from(walk_minutes) * MINUTE).then(|| Tight {
        person: person.clone(),
        from: from.id.clone(),
        to: to.id.clone(),
        gap_minutes: u32::try_from(gap / MINUTE).unwrap_or_default(),
        walk_minutes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        booking::BookingState,
        geo::Point,
        id::{CentreId, OfferingId, SlotId},
        offering::Measure,
        text::Text,
        time::{CHINA, Moment},
    };

    /// Monday the 6th of July 2026 and the days after it.
    fn day(number: u32) -> Day {
        Day::from_ymd_opt(2026, 7, number).expect("a real date")
    }

    fn span(number: u32, from: i64, to: i64) -> Span {
        Span { starts: CHINA.moment(day(number), from), ends: CHINA.moment(day(number), to) }
    }

    /// A booking at the first centre, or one that lies about a kilometre to the north of it.
    fn booking(id: &str, there: bool, people: &[&str], meetings: Vec<Span>) -> Booking {
        Booking {
            id: BookingId::from(id),
            state: BookingState::Confirmed,
            position: None,
            seq: 1,
            code: "A2B3C4".into(),
            offering: OfferingId::from("chess"),
            title: Text::only("棋"),
            name: None,
            place: Text::only("一楼"),
            measure: Measure::Table,
            slot: SlotId::from(id),
            meetings: meetings.into_iter().map(Meeting::from).collect(),
            centre: CentreId::from(if there { "there" } else { "here" }),
            centre_name: Text::only("新盛"),
            at: Point { lat: if there { 32.399 } else { 32.39 }, lng: 119.42 },
            phone: "0514-00000103".into(),
            zone: CHINA,
            people: people.iter().map(|person| PersonId::from(*person)).collect(),
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

    fn ids(day: &WeekDay) -> Vec<String> {
        day.entries.iter().map(|entry| entry.booking.id.to_string()).collect()
    }

    #[test]
    fn a_week_begins_on_monday_wherever_one_asks_from() {
        for number in 6..=12 {
            assert_eq!(monday(day(number)), day(6));
        }
        assert_eq!(monday(day(5)), Day::from_ymd_opt(2026, 6, 29).expect("a real date"));
    }

    #[test]
    fn every_meeting_stands_on_its_day_in_order_and_what_was_given_back_does_not() {
        let course = vec![span(5, 540, 600), span(7, 540, 600), span(9, 540, 600), span(13, 540, 600)];
        let mut gone = booking("gone", false, &["a"], vec![span(7, 600, 660)]);
        gone.state = BookingState::Cancelled;
        let mut waits = booking("waits", false, &["b"], vec![span(7, 480, 500)]);
        waits.state = BookingState::Waitlisted;
        let late = booking("late", false, &["b"], vec![span(12, 1430, 1500)]);
        let all = [booking("course", false, &["a"], course), gone, waits, late];
        let week = week(&all, &[], day(6), None);
        assert_eq!(week.len(), 7);
        assert_eq!(week.iter().map(|day| day.entries.len()).collect::<Vec<_>>(), [0, 2, 0, 1, 0, 0, 1]);
        assert_eq!(ids(&week[1]), ["waits", "course"]);
        assert_eq!(week[6].day, day(12));
        assert!(week.iter().flat_map(|day| &day.entries).all(|entry| entry.tight.is_empty()));
    }

    #[test]
    fn the_days_are_those_of_the_centres_clock() {
        let mut far = booking("far", false, &["a"], vec![span(6, 60, 120)]);
        far.zone = crate::time::Zone(0);
        assert!(week(&[far.clone()], &[], day(6), None).iter().all(|day| day.entries.is_empty()));
        assert_eq!(ids(&week(&[far], &[], monday(day(5)), None)[6]), ["far"]);
    }

    #[test]
    fn a_walk_that_takes_longer_than_the_time_between_is_said() {
        // The walk takes twenty minutes.
        let first = booking("first", false, &["a", "b"], vec![span(6, 540, 600)]);
        let at = |starts| [first.clone(), booking("next", true, &["b", "c"], vec![span(6, starts, 700)])];
        let all = at(619);
        let sheet = week(&all, &[], day(6), None);
        let expected = Tight {
            person: PersonId::from("b"),
            from: BookingId::from("first"),
            to: BookingId::from("next"),
            gap_minutes: 19,
            walk_minutes: 20,
        };
        assert_eq!(sheet[0].entries[1].tight, [expected]);
        assert!(sheet[0].entries[0].tight.is_empty());
        for all in [at(620), at(690)] {
            assert!(week(&all, &[], day(6), None)[0].entries[1].tight.is_empty());
        }
    }

    #[test]
    fn a_meeting_that_was_moved_onto_another_is_a_clash_for_whom_it_concerns() {
        let all = [
            booking("long", false, &["a", "b"], vec![span(6, 540, 720)]),
            booking("moved", false, &["b", "c"], vec![span(6, 600, 660)]),
            booking("next", true, &["b"], vec![span(6, 720, 780)]),
        ];
        let sheet = week(&all, &[], day(6), None);
        let of = |entry: &Entry| entry.clashes.clone();
        let clash = Clash { person: PersonId::from("b"), with: BookingId::from("long") };
        assert_eq!(sheet[0].entries.iter().map(of).collect::<Vec<_>>(), [vec![], vec![clash], vec![]]);
        assert!(sheet[0].entries[1].tight.is_empty(), "it is no walk");
    }

    #[test]
    fn staying_at_a_centre_is_no_walk_and_what_lies_between_counts() {
        let first = booking("first", false, &["a"], vec![span(6, 540, 600)]);
        let same = booking("same", false, &["a"], vec![span(6, 600, 640)]);
        let next = booking("next", true, &["a"], vec![span(6, 645, 700)]);
        let all = [first, next, same];
        let sheet = week(&all, &[], day(6), None);
        assert_eq!(ids(&sheet[0]), ["first", "same", "next"]);
        assert!(sheet[0].entries[1].tight.is_empty());
        assert_eq!(sheet[0].entries[2].tight[0].from, BookingId::from("same"));
    }

    #[test]
    fn one_person_sees_what_is_theirs() {
        let all = [
            booking("ours", false, &["a", "b"], vec![span(6, 540, 600)]),
            booking("yours", true, &["b"], vec![span(6, 605, 660)]),
        ];
        let of = |name: &str| week(&all, &[], day(6), Some(&PersonId::from(name)));
        assert_eq!(ids(&of("a")[0]), ["ours"]);
        assert_eq!(ids(&of("b")[0]), ["ours", "yours"]);
        assert_eq!(of("b")[0].entries[1].tight.len(), 1);
        assert!(of("c").iter().all(|day| day.entries.is_empty()));
    }
}
