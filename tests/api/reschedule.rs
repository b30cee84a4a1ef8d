//! A meeting is moved, or called off: everybody is told, nobody loses a place.

use backend::{args, audit};
use domain::{
    audit::Act,
    booking::{
        Booking, BookingState, Mark,
        api::GetBooking,
        attendance::Note,
        meeting::{Clash, FARTHEST, MeetingChange},
    },
    calendar::api::MakeCalendar,
    centre::api::GetOffering,
    failure::Problem,
    id::SlotId,
    notice::{News, api::ListNotices},
    refusal::Refusal,
    time::{CHINA, DAY, HOUR, MINUTE, Moment, Span},
    work::{
        CentreDay, NewPlaces, Roster,
        api::{ChangeMeeting, CheckIn, GetRoster, GetWorkDay, ListClashes, NoteAttendance, ResizeSlot},
    },
};
use serde_json::json;

use crate::{
    audit::purposes,
    calendar::fetch,
    catalogue::edited,
    hall::{Guest, Hall, crowd, ledger},
    lots::Lots,
    opened::opened,
    staff::DESK,
    world::{Client, World, fresh_key},
};

/// A course of three meetings for two, the first in three hours; two have a place and one waits.
struct Course {
    world: World,
    hall: Hall,
    slot: SlotId,
    desk: Client,
    guests: Vec<Guest>,
    bookings: Vec<Booking>,
}

impl Course {
    async fn new() -> Self {
        let world = World::new().await;
        let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
        let slot = hall.slot(3, 2).await;
        hall.weekly(&slot, 3).await;
        let guests = crowd(&world, 3).await;
        let mut bookings = Vec::new();
        for guest in &guests {
            bookings.push(guest.book(&slot).await.expect("booked"));
        }
        let desk = world.staff(DESK).await;
        Self { world, hall, slot, desk, guests, bookings }
    }

    /// A time so many hours from now, an hour long.
    fn at(&self, hours: i64) -> Span {
        let starts = self.world.now().plus(hours * HOUR);
        Span { starts, ends: starts.plus(HOUR) }
    }

    async fn change(&self, meeting: u32, to: Option<Span>) -> Result<Roster, Problem> {
        self.desk.call::<ChangeMeeting>(self.slot.clone(), change(meeting, to)).await
    }

    async fn reread(&self, guest: usize) -> Booking {
        let booking = self.bookings[guest].id.clone();
        self.guests[guest].client.call::<GetBooking>(booking, ()).await.expect("their own")
    }

    /// The latest that somebody was told, and of when.
    async fn told(&self, guest: usize) -> (Option<Moment>, News) {
        let mut notices = self.guests[guest].client.call::<ListNotices>((), ()).await.expect("notices");
        let about = notices.remove(0).about;
        (about.starts, about.news)
    }
}

const WHY: &str = "老师病了，改天上";

fn change(meeting: u32, to: Option<Span>) -> MeetingChange {
    MeetingChange { meeting, to, reason: WHY.into() }
}

fn refused<T: core::fmt::Debug>(answer: Result<T, Problem>) -> Refusal {
    match answer {
        Err(Problem::Refused(refusals)) if refusals.len() == 1 => refusals[0].clone(),
        other => panic!("not one refusal: {other:?}"),
    }
}

#[tokio::test]
async fn everybody_is_told_of_a_meeting_that_is_moved_and_keeps_the_place() {
    let course = Course::new().await;
    let before = ledger(&course.world.server.app.db, &course.slot).await;
    let from = course.bookings[0].meetings[1].starts;
    let to = course.at(30);
    let roster = course.change(2, Some(to)).await.expect("moved");
    assert_eq!((roster.desk.meeting, roster.desk.span, roster.desk.planned), (2, to, Some(from)));
    assert_eq!(ledger(&course.world.server.app.db, &course.slot).await, before);
    let news = News::MeetingMoved { from, to, reason: WHY.into(), clash: None, draw: None };
    for (guest, state) in
        [BookingState::Confirmed, BookingState::Confirmed, BookingState::Waitlisted].into_iter().enumerate()
    {
        let booking = course.reread(guest).await;
        assert_eq!((booking.state, booking.meetings[1].span()), (state, to));
        assert_eq!(course.told(guest).await, (Some(from), news.clone()));
    }
    // The desk sees it on the new day and not on the old one.
    let on = |at: Moment| CentreDay::new("xinsheng".into(), at.day(CHINA));
    for (at, there) in [(to.starts, true), (from, false)] {
        let day = course.desk.call::<GetWorkDay>(on(at), ()).await.expect("a day");
        let shown = day.slots.iter().any(|desk| desk.slot == course.slot && desk.meeting == 2);
        assert_eq!(shown, there);
    }
    let page = course.world.anonymous().call::<GetOffering>(course.hall.offering.clone(), ()).await;
    let slots = page.expect("a page").slots;
    assert_eq!(slots[0].slot.meetings[1].span(), to, "everybody sees it at once");
    assert_eq!(purposes(&course.world, Act::Reschedule).await, [format!("2 {WHY}")]);
}

#[tokio::test]
async fn a_meeting_that_is_called_off_keeps_its_number_and_leaves_the_calendar() {
    let course = Course::new().await;
    let from = course.bookings[0].meetings[1].starts;
    course.change(2, None).await.expect("called off");
    let news = News::MeetingOff { from, reason: WHY.into(), draw: None };
    assert_eq!(course.told(2).await, (Some(from), news));
    let guest = &course.guests[0].client;
    let path = guest.call::<MakeCalendar>((), ()).await.expect("an address").path;
    let text = fetch(&course.world.anonymous(), &path).await;
    let cancelled = text.split("BEGIN:VEVENT").find(|event| event.contains("-2@doorstep")).expect("there");
    assert!(cancelled.contains("STATUS:CANCELLED"), "{cancelled}");
    assert_eq!(text.matches("STATUS:CONFIRMED").count(), 2);
    // Nobody can be noted for what did not take place, and at the third one checks in to the third.
    let note = |meeting| Note { meeting, person: course.guests[0].person.clone(), mark: Some(Mark::Excused) };
    let booking = &course.bookings[0];
    let answer = course.desk.call::<NoteAttendance>(booking.id.clone(), note(2)).await;
    assert_eq!(refused(answer), Refusal::CannotArrive);
    course.world.clock.advance(booking.meetings[2].starts.0 - course.world.now().0);
    let desk = opened(&course.world.server.app, &course.desk).await;
    let list = desk.call::<CheckIn>(booking.id.clone(), ()).await.expect("here");
    assert!(list.parties[0].came(3) && !list.parties[0].came(2));
}

#[tokio::test]
async fn who_takes_part_in_its_draw_is_told_of_a_class_that_is_moved() {
    let world = World::new().await;
    let lots = Lots::new(&world.server.app, &[2, 2], 0).await;
    let households = lots.households(&world, &[&[0], &[0, 1], &[1]]).await;
    let starts = world.now().plus(60 * HOUR);
    let to = Span { starts, ends: starts.plus(HOUR) };
    let desk = world.staff(DESK).await;
    desk.call::<ChangeMeeting>(lots.slots[1].clone(), change(1, Some(to))).await.expect("moved");
    let from = world.now().plus(54 * HOUR);
    let news = News::MeetingMoved { from, to, reason: WHY.into(), clash: None, draw: Some(lots.id.clone()) };
    for (client, chose) in households.iter().zip([false, true, true]) {
        let told = client.call::<ListNotices>((), ()).await.expect("notices");
        let told: Vec<_> = told.into_iter().map(|notice| (notice.booking, notice.about.news)).collect();
        assert_eq!(told, if chose { vec![(None, news.clone())] } else { vec![] });
    }
}

#[tokio::test]
async fn who_is_elsewhere_then_is_named_first_and_told_with_the_rest() {
    let course = Course::new().await;
    let other = Hall::new(&course.world.server.app, json!({ "unit": "person" })).await;
    let theirs = other.slot(30, 5).await;
    let title = course.guests[2].book(&theirs).await.expect("booked").title;
    let to = course.at(30);
    let clashes = course.desk.call::<ListClashes>(course.slot.clone(), to).await.expect("a list");
    assert_eq!(clashes, [course.bookings[2].id.clone()]);
    let later = course.desk.call::<ListClashes>(course.slot.clone(), course.at(31)).await.expect("a list");
    assert_eq!(later, [], "meeting end to start is no clash");
    course.change(2, Some(to)).await.expect("moved");
    let clash = |news| match news {
        News::MeetingMoved { clash, .. } => clash,
        other => panic!("{other:?}"),
    };
    assert_eq!(clash(course.told(2).await.1), Some(Clash { title: title.clone(), starts: to.starts }));
    assert_eq!(clash(course.told(0).await.1), None);
    // From now on nobody of the course can be somewhere else at the new time, and can at the old one.
    let new = other.slot(30, 5).await;
    let answer = course.guests[0].book(&new).await;
    let person = course.guests[0].person.clone();
    let course_title = course.bookings[0].title.clone();
    assert_eq!(refused(answer), Refusal::Overlaps { person, title: course_title, starts: to.starts });
    let old = other.slot(3 + 7 * 24, 5).await;
    course.guests[0].book(&old).await.expect("nothing is there any more");
    // What was called off stands in nobody's way.
    course.change(3, None).await.expect("called off");
    let third = other.slot(3 + 14 * 24, 5).await;
    course.guests[0].book(&third).await.expect("nothing is there any more");
}

#[tokio::test]
async fn a_first_meeting_that_is_moved_moves_the_end_of_booking_and_of_offers() {
    let course = Course::new().await;
    let later = course.at(50);
    course.change(1, Some(later)).await.expect("moved");
    course.world.pass_hours(4);
    let fourth = crowd(&course.world, 1).await.remove(0);
    assert_eq!(fourth.book(&course.slot).await.expect("still open").state, BookingState::Waitlisted);
    let desk = opened(&course.world.server.app, &course.desk).await;
    desk.call::<ResizeSlot>(course.slot.clone(), NewPlaces { capacity: 3, kept: 0 }).await.expect("three");
    let offered = course.reread(2).await;
    assert_eq!(offered.state, BookingState::Offered);
    let soon = Span { starts: course.world.now().plus(20 * MINUTE), ends: course.world.now().plus(HOUR) };
    let moved = desk.call::<ChangeMeeting>(course.slot.clone(), change(1, Some(soon))).await;
    moved.expect("moved again");
    assert_eq!(course.reread(2).await.until, Some(soon.starts), "an offer ends when the course starts");
    course.world.clock.advance(20 * MINUTE);
    assert_eq!(course.reread(2).await.state, BookingState::Lapsed);
}

#[tokio::test]
async fn who_had_come_already_is_expected_again() {
    let course = Course::new().await;
    course.world.clock.advance(2 * HOUR + 45 * MINUTE);
    let desk = opened(&course.world.server.app, &course.desk).await;
    let list = desk.call::<CheckIn>(course.bookings[0].id.clone(), ()).await.expect("early");
    assert!(list.parties[0].came(1));
    let to = course.at(48);
    desk.call::<ChangeMeeting>(course.slot.clone(), change(1, Some(to))).await.expect("moved");
    let booking = course.reread(0).await;
    assert_eq!((booking.state, booking.attendance.len()), (BookingState::Confirmed, 0));
    course.world.clock.advance(48 * HOUR);
    let desk = opened(&course.world.server.app, &desk).await;
    let list = desk.call::<CheckIn>(booking.id, ()).await.expect("on the new day");
    assert!(list.parties[0].came(1));
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_a_retry_tells_nobody_twice() {
    let course = Course::new().await;
    let third = course.bookings[0].meetings[2].span();
    let latest = course.world.now().plus(FARTHEST);
    for (meeting, to, why) in [
        (2, Some(course.at(-1)), Refusal::TimePast),
        (2, Some(course.at(200 * 24)), Refusal::MeetingTime { latest }),
        (2, Some(third), Refusal::MeetingThen { starts: third.starts }),
        (4, None, Refusal::SlotPast),
    ] {
        assert_eq!(refused(course.change(meeting, to).await), why);
    }
    let short = MeetingChange { reason: "病".into(), ..change(2, None) };
    let answer = course.desk.call::<ChangeMeeting>(course.slot.clone(), short).await;
    assert_eq!(refused(answer), Refusal::TextTooShort { least: 4 });
    assert_eq!(course.guests[0].client.call::<ListNotices>((), ()).await.expect("notices").len(), 0);
    let key = fresh_key();
    for _ in 0..3 {
        let answer = course.desk.call_with_key::<ChangeMeeting>(&key, course.slot.clone(), change(2, None));
        answer.await.expect("called off");
    }
    assert_eq!(course.guests[0].client.call::<ListNotices>((), ()).await.expect("notices").len(), 1);
    course.change(1, None).await.expect("called off");
    assert_eq!(refused(course.change(3, None).await), Refusal::LastMeeting);
    let stranger = course.guests[0].client.call::<ChangeMeeting>(course.slot.clone(), change(3, None)).await;
    assert_eq!(stranger, Err(Problem::NotFound));
    let app = &course.world.server.app;
    let lines = "SELECT COUNT(*) AS lines FROM audit WHERE act = $1";
    let row = app.db.row(lines, args![Act::Reschedule.name()]).await.expect("reads").expect("a row");
    assert!(row.int("lines").expect("a number") >= 3);
    assert!(audit::verify(&app.db, &app.vault).await.expect("reads").is_ok());
}

#[tokio::test]
async fn files_that_are_read_again_leave_a_moved_meeting_alone() {
    let world = World::new().await;
    let app = &world.server.app;
    let sql = "SELECT id, starts FROM slot WHERE offering_id = $1 AND starts > $2 \
               AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.slot_id = slot.id) ORDER BY starts";
    let later = app.now().plus(DAY);
    let rows = app.db.rows(sql, args!["xinsheng-pingpong", later]).await.expect("reads");
    let ids: Vec<SlotId> = rows.iter().map(|row| SlotId(row.text("id").expect("an id"))).collect();
    let desk = world.staff(DESK).await;
    let to = Span { starts: app.now().plus(60 * HOUR), ends: app.now().plus(61 * HOUR) };
    desk.call::<ChangeMeeting>(ids[0].clone(), change(1, Some(to))).await.expect("moved");
    // The files say something else of the table: what nobody booked is made anew.
    let edited = edited("id = \"xinsheng-pingpong\"", "capacity = 3", "capacity = 5");
    assert_eq!(edited.load(app).await, Ok(true));
    let roster = desk.call::<GetRoster>(ids[0].clone(), ()).await.expect("still there");
    assert_eq!(roster.desk.span, to);
    let other = desk.call::<GetRoster>(ids[1].clone(), ()).await.expect("made anew");
    assert_eq!((roster.desk.places.capacity, other.desk.places.capacity), (3, 5));
}
