//! Who was there: a course is attended meeting by meeting, under one booking.

use backend::audit;
use domain::{
    audit::Act,
    booking::{
        Booking, BookingState, Mark,
        api::{Arrive, ArriveRequest, Book, GetBooking},
        attendance::Note,
    },
    failure::Problem,
    household::{PersonDraft, Relation, api::AddPerson},
    id::{BookingId, PersonId, SlotId},
    privacy::api::GetMyData,
    refusal::Refusal,
    time::{CHINA, DAY, Day, HOUR, MINUTE, Moment, days_after},
    work::{
        Arrival, CentreDay, Roster, Scan,
        api::{CheckIn, CheckInByCode, GetRoster, GetWorkDay, NoteAttendance},
    },
};
use serde_json::json;

use crate::{
    hall::{Guest, Hall, request},
    opened::opened,
    staff::DESK,
    world::{Client, World},
};

/// A course of two people and three meetings, a week apart: the first in three hours.
struct Course {
    world: World,
    slot: SlotId,
    desk: Client,
    guest: Guest,
    child: PersonId,
    booking: Booking,
}

impl Course {
    async fn new() -> Self {
        let world = World::new().await;
        let app = &world.server.app;
        // A grace time says nothing where there are more meetings to come to.
        let hall = Hall::new(app, json!({ "unit": "person", "party_max": 4, "grace_minutes": 10 })).await;
        let slot = hall.slot(3, 9).await;
        hall.weekly(&slot, 3).await;
        let guest = Guest::of(world.resident("13800000001").await).await;
        let born = Day::from_ymd_opt(2020, 2, 2);
        let draft = PersonDraft { relation: Relation::Child, name: "王朵朵".into(), born };
        let me = guest.client.call::<AddPerson>((), draft).await.expect("added");
        let child = me.people.last().expect("the child").id.clone();
        let both = request(&slot, [&guest.person, &child]);
        let booking = guest.client.call::<Book>((), both).await.expect("booked");
        let desk = world.staff(DESK).await;
        Self { world, slot, desk, guest, child, booking }
    }

    /// Lets time pass up to that instant; the desk opens its lock anew.
    async fn go(&mut self, at: Moment) {
        self.world.clock.advance(at.0 - self.world.now().0);
        self.desk = opened(&self.world.server.app, &self.desk).await;
    }

    async fn scan(&self) -> Result<Arrival, Problem> {
        let scan = Scan { code: self.booking.code.clone() };
        self.desk.call::<CheckInByCode>("xinsheng".into(), scan).await
    }

    async fn note(&self, meeting: u32, person: &PersonId, mark: Option<Mark>) -> Result<Roster, Problem> {
        let note = Note { meeting, person: person.clone(), mark };
        self.desk.call::<NoteAttendance>(self.booking.id.clone(), note).await
    }

    /// How the booking stands, and what is noted of the two at each meeting.
    async fn stands(&self) -> (BookingState, Vec<(u32, bool, Mark)>) {
        let booking =
            self.guest.client.call::<GetBooking>(self.booking.id.clone(), ()).await.expect("theirs");
        let mut lines: Vec<_> = booking
            .attendance
            .into_iter()
            .map(|line| (line.meeting, line.person == self.child, line.mark))
            .collect();
        lines.sort_by_key(|(meeting, child, _)| (*meeting, *child));
        (booking.state, lines)
    }

    async fn arrived(&self, in_days: u64) -> (u32, u32, u32) {
        let there = CentreDay::new("xinsheng".into(), days_after(self.world.now().day(CHINA), in_days));
        let day = self.desk.call::<GetWorkDay>(there, ()).await.expect("the day");
        let desk = day.slots.into_iter().find(|desk| desk.slot == self.slot).expect("on that day");
        (desk.meeting, desk.places.expected, desk.places.arrived)
    }
}

fn refused<T: core::fmt::Debug>(answer: Result<T, Problem>) -> Refusal {
    match answer {
        Err(Problem::Refused(refusals)) if refusals.len() == 1 => refusals[0].clone(),
        other => panic!("not one refusal: {other:?}"),
    }
}

fn of<'r>(roster: &'r Roster, booking: &BookingId) -> &'r domain::work::Party {
    roster.parties.iter().find(|party| party.booking == *booking).expect("on the list")
}

#[tokio::test]
async fn a_course_is_attended_meeting_by_meeting() {
    let mut course = Course::new().await;
    // Nobody is missed at the first meeting: there are two more.
    let booking = course.booking.clone();
    course.go(course.world.now().plus(4 * HOUR)).await;
    assert_eq!(course.stands().await, (BookingState::Confirmed, vec![]));
    let first = booking.meetings[0].span();
    let from = booking.meetings[1].starts.plus(-30 * MINUTE);
    assert_eq!(refused(course.scan().await), Refusal::TooEarlyToArrive { from }, "the first is over");
    // A teacher brings the paper of the first one in later.
    course.note(1, &course.child, Some(Mark::Absent)).await.expect("noted");
    course.note(1, &course.guest.person, Some(Mark::Excused)).await.expect("noted");
    let (state, lines) = course.stands().await;
    assert_eq!(state, BookingState::Confirmed, "nobody has come yet");
    assert_eq!(lines, [(1, false, Mark::Excused), (1, true, Mark::Absent)]);

    course.go(booking.meetings[1].starts).await;
    assert_eq!(course.arrived(0).await, (2, 1, 0));
    let arrival = course.scan().await.expect("here");
    assert_eq!(arrival.span, booking.meetings[1].span());
    assert_eq!(course.arrived(0).await, (2, 1, 1));
    assert_eq!(course.arrived(7).await, (3, 1, 0), "the third is still to come");
    let (state, lines) = course.stands().await;
    assert_eq!(state, BookingState::Attended);
    assert_eq!(lines[2..], [(2, false, Mark::Attended), (2, true, Mark::Attended)]);

    let roster = course.desk.call::<GetRoster>(course.slot.clone(), ()).await.expect("a list");
    assert_eq!((roster.desk.meeting, roster.desk.places.arrived, roster.meetings.len()), (2, 1, 3));
    let before = roster.at(1);
    assert_eq!((before.desk.span, before.desk.places.arrived), (first, 0));
    let guest = &of(&before, &booking.id).people[1];
    assert_eq!(guest.mark(1), Some(Mark::Absent));
    let data = course.guest.client.call::<GetMyData>((), ()).await.expect("data");
    let lines = data.parts.iter().flat_map(|part| &part.items).flat_map(|item| &item.lines);
    let marks: Vec<_> = lines.filter(|line| line.label == "出勤").map(|line| &*line.value).collect();
    assert!(marks.contains(&"没到") && marks.contains(&"请了假"), "handed out: {marks:?}");
    let app = &course.world.server.app;
    let looks = audit::of_person(&app.db, &app.vault, &course.child).await.expect("reads");
    assert_eq!(looks.iter().filter(|look| look.act == Act::Attendance).count(), 1);
}

#[tokio::test]
async fn who_is_excused_stays_so_and_what_was_noted_wrongly_is_mended() {
    let mut course = Course::new().await;
    let (booking, guest) = (course.booking.clone(), course.guest.clone());
    let child = &course.child.clone();
    course.note(2, child, Some(Mark::Excused)).await.expect("a mother calls ahead");
    let from = booking.meetings[1].starts.plus(-30 * MINUTE);
    let early = course.note(2, child, Some(Mark::Attended)).await;
    assert_eq!(refused(early), Refusal::TooEarlyToArrive { from });
    course.go(booking.meetings[1].starts).await;
    let list = course.desk.call::<GetRoster>(course.slot.clone(), ()).await.expect("a list");
    let arrive = ArriveRequest { door: list.door };
    let here = guest.client.call::<Arrive>(booking.id.clone(), arrive).await.expect("here");
    assert_eq!(here.state, BookingState::Attended);
    assert_eq!(here.attendance.len(), 2, "the answer has it at once: {:?}", here.attendance);
    let lines = course.stands().await.1;
    assert_eq!(lines, [(2, false, Mark::Attended), (2, true, Mark::Excused)]);
    // It was somebody else: the booking stands as if nobody had come.
    course.note(2, &guest.person, None).await.expect("mended");
    assert_eq!(course.stands().await, (BookingState::Confirmed, vec![(2, true, Mark::Excused)]));
    let closed = booking.meetings[1].ends.plus(7 * DAY);
    course.go(closed).await;
    let late = course.note(2, &guest.person, Some(Mark::Attended)).await;
    assert_eq!(refused(late), Refusal::ListClosed { closed });
}

#[tokio::test]
async fn only_the_party_and_its_meetings_can_be_noted_and_only_by_the_desk() {
    let mut course = Course::new().await;
    let (booking, guest) = (course.booking.clone(), course.guest.clone());
    let child = &course.child.clone();
    course.go(booking.meetings[0].starts).await;
    let stranger = Guest::of(course.world.resident("13800000002").await).await;
    assert_eq!(course.note(1, &stranger.person, Some(Mark::Attended)).await, Err(Problem::NotFound));
    for meeting in [0, 4, u32::MAX] {
        let answer = course.note(meeting, child, Some(Mark::Excused)).await;
        assert_eq!(refused(answer), Refusal::CannotArrive, "meeting {meeting}");
    }
    let note = Note { meeting: 1, person: child.clone(), mark: Some(Mark::Attended) };
    for client in [&guest.client, &stranger.client] {
        let answer = client.call::<NoteAttendance>(booking.id.clone(), note.clone()).await;
        assert_eq!(answer, Err(Problem::NotFound));
    }
    assert_eq!(course.stands().await, (BookingState::Confirmed, vec![]));
    let app = &course.world.server.app;
    let looks = audit::of_person(&app.db, &app.vault, &stranger.person).await.expect("reads");
    assert_eq!(looks, vec![], "nothing stands in the record of somebody who has nothing to do with it");
    let list = course.desk.call::<CheckIn>(booking.id.clone(), ()).await.expect("here");
    assert!(of(&list, &booking.id).came(1) && !of(&list, &booking.id).came(2));
}

#[tokio::test]
async fn a_table_that_nobody_came_to_after_all_is_missed() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person", "grace_minutes": 10 })).await;
    let slot = hall.slot(3, 1).await;
    let guest = Guest::of(world.resident("13800000001").await).await;
    let booking = guest.book(&slot).await.expect("booked");
    let desk = world.staff(DESK).await;
    world.pass_hours(3);
    let desk = opened(&world.server.app, &desk).await;
    desk.call::<CheckIn>(booking.id.clone(), ()).await.expect("the wrong line");
    world.clock.advance(5 * MINUTE);
    let rub_out = Note { meeting: 1, person: guest.person.clone(), mark: None };
    let list = desk.call::<NoteAttendance>(booking.id.clone(), rub_out.clone()).await.expect("mended");
    assert_eq!(of(&list, &booking.id).state, BookingState::Confirmed, "there are five minutes left");
    desk.call::<CheckIn>(booking.id.clone(), ()).await.expect("the wrong line again");
    world.clock.advance(6 * MINUTE);
    let list = desk.call::<NoteAttendance>(booking.id.clone(), rub_out).await.expect("mended");
    assert_eq!(of(&list, &booking.id).state, BookingState::Missed);
    let other = Guest::of(world.resident("13800000002").await).await;
    let taken = other.book(&slot).await.expect("the place goes to whoever is there");
    assert_eq!(taken.state, BookingState::Confirmed);
}
