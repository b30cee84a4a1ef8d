//! Volunteers' shifts: they run on the booking engine, and are for volunteers in good standing.

use domain::{
    booking::{
        BookingState,
        api::{Book, BookRequest, CancelBooking, GetBooking, ListBookings, RestoreBooking},
    },
    centre::api::{GetHome, ListOfferings, ListSeats},
    household::{
        PersonDraft, Relation,
        api::{AddPerson, ChangePerson},
    },
    id::{BookingId, CentreId, CityId, SlotId, VolunteerId},
    offering::Kind,
    refusal::Refusal,
    task::api::{ClaimTask, GetTask, LeaveTask},
    time::{CHINA, Day, HOUR, MINUTE},
    volunteer::{
        Stand, VolunteerDraft,
        api::{BecomeVolunteer, ListVolunteers, RestoreVolunteer, StopVolunteering, SuspendVolunteer},
    },
    work::{Because, Caller, api::BookAtCounter},
};
use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    acts::refused,
    hall::{Guest, Hall, ledger, request},
    staff::DESK,
    tickets::make,
    volunteers::task,
    world::{Client, World},
};

/// Two hands at the canteen of 新盛, tomorrow at half past ten.
const CANTEEN: &str = "xinsheng-canteen.20260625T1030";
const REASON: &str = "几次没有来";

/// Becomes a volunteer of 新盛, or says so again.
async fn joins(client: &Client) {
    let draft = VolunteerDraft { centre: "xinsheng".into(), name: "小秦".into(), likes: Vec::new() };
    client.call::<BecomeVolunteer>((), draft).await.expect("a volunteer");
}

/// A volunteer of thirty.
async fn volunteer(world: &World, phone: &str) -> Guest {
    let guest = Guest::of(world.resident(phone).await).await;
    let born = Day::from_ymd_opt(1996, 3, 1);
    let draft = PersonDraft { relation: Relation::Myself, name: "秦明".into(), born };
    guest.client.call::<ChangePerson>(guest.person.clone(), draft).await.expect("a birthday");
    joins(&guest.client).await;
    guest
}

/// The volunteer in good standing whom the desk would suspend.
async fn listed(desk: &Client) -> VolunteerId {
    let list = desk.call::<ListVolunteers>("xinsheng".into(), ()).await.expect("a list");
    list.into_iter().find(|one| one.stand == Stand::Good).expect("in good standing").id
}

async fn suspend(desk: &Client, id: &VolunteerId) {
    let because = Because { reason: REASON.into() };
    desk.call::<SuspendVolunteer>(id.clone(), because).await.expect("suspended");
}

fn suspended() -> Refusal {
    Refusal::VolunteerSuspended { reason: REASON.into() }
}

#[tokio::test]
async fn a_shift_is_a_volunteers_who_comes_along_and_lets_it_go_by_leaving() {
    let world = World::new().await;
    let rules = json!({ "unit": "person", "party_max": 2, "volunteers": true });
    let hall = Hall::new(&world.server.app, rules).await;
    let (slot, later) = (hall.slot(20, 3).await, hall.slot(40, 3).await);
    let guest = Guest::of(world.resident("13800000001").await).await;
    assert_eq!(refused(guest.book(&slot).await), Refusal::VolunteersOnly);
    joins(&guest.client).await;
    let aunt = PersonDraft { relation: Relation::Adult, name: "姑姑".into(), born: None };
    let aunt = guest.client.call::<AddPerson>((), aunt).await.expect("family").people.remove(1).id;
    let alone = guest.client.call::<Book>((), request(&slot, [&aunt])).await;
    assert_eq!(refused(alone), Refusal::VolunteerMissing);
    let both = guest.client.call::<Book>((), request(&slot, [&aunt, &guest.person])).await.expect("both");
    assert_eq!((both.state, both.people.len()), (BookingState::Confirmed, 2));

    // Given back it can be taken up again, but not by who is no volunteer any more.
    let other = guest.book(&later).await.expect("another day");
    guest.client.call::<CancelBooking>(other.id.clone(), ()).await.expect("given back");
    let back = guest.client.call::<RestoreBooking>(other.id.clone(), ()).await.expect("taken up again");
    assert_eq!(back.state, BookingState::Confirmed);
    guest.client.call::<CancelBooking>(other.id.clone(), ()).await.expect("given back");
    guest.client.call::<StopVolunteering>((), ()).await.expect("left");
    let back = guest.client.call::<RestoreBooking>(other.id, ()).await;
    assert_eq!(refused(back), Refusal::VolunteersOnly);
}

#[tokio::test]
async fn who_stops_or_is_suspended_has_no_shift_ahead_any_more_and_who_waits_is_asked() {
    let world = World::new().await;
    let slot = SlotId::from(CANTEEN);
    let (first, second, third) = (
        volunteer(&world, "13800000001").await,
        volunteer(&world, "13800000002").await,
        volunteer(&world, "13800000003").await,
    );
    let mine = first.book(&slot).await.expect("one hand");
    second.book(&slot).await.expect("and the other");
    let waits = third.book(&slot).await.expect("in line");
    assert_eq!(waits.state, BookingState::Waitlisted);
    let lunch = first.book(&SlotId::from("xinsheng-pingpong.20260625T1500")).await.expect("a table");
    first.client.call::<StopVolunteering>((), ()).await.expect("left");
    let see = async |guest: &Guest, id: &BookingId| {
        guest.client.call::<GetBooking>(id.clone(), ()).await.expect("their own")
    };
    assert_eq!(see(&first, &mine.id).await.state, BookingState::Cancelled);
    assert_eq!(see(&first, &lunch.id).await.state, BookingState::Confirmed, "a table is for anybody");
    assert_eq!(see(&third, &waits.id).await.state, BookingState::Offered);

    // What is held for somebody goes with them, too, and they are told why.
    let desk = world.staff(DESK).await;
    let list = desk.call::<ListVolunteers>("xinsheng".into(), ()).await.expect("a list");
    for one in &list {
        suspend(&desk, &one.id).await;
    }
    let taken_back = see(&third, &waits.id).await;
    assert_eq!((taken_back.state, taken_back.reason.as_deref()), (BookingState::Withdrawn, Some(REASON)));
    assert_eq!(ledger(&world.server.app.db, &slot).await.taken, 0);
    assert_eq!(refused(third.book(&slot).await), suspended());
    for one in list {
        desk.call::<RestoreVolunteer>(one.id, ()).await.expect("restored");
    }
    let again = third.book(&slot).await.expect("in good standing");

    // What has begun is left as it is.
    world.clock.advance(24 * HOUR + 40 * MINUTE);
    let desk = world.staff(DESK).await;
    for _ in 0..2 {
        suspend(&desk, &listed(&desk).await).await;
    }
    assert_eq!(see(&third, &again.id).await.state, BookingState::Confirmed);
}

#[tokio::test]
async fn a_ticket_is_for_volunteers_and_says_nothing_for_who_was_suspended_since() {
    let world = World::new().await;
    let app = &world.server.app;
    let hall = Hall::new(app, json!({ "unit": "person", "party_max": 2, "volunteers": true })).await;
    let now = world.now();
    let slot = hall.slot_between(40, 3, now.plus(HOUR), now.plus(40 * HOUR)).await;
    let guest = Guest::of(world.resident("13800000001").await).await;
    assert_eq!(refused(make(&guest.client, &slot, &[&guest.person]).await), Refusal::VolunteersOnly);
    joins(&guest.client).await;
    let ticket = make(&guest.client, &slot, &[&guest.person]).await.expect("ready").expect("a ticket");
    let desk = world.staff(DESK).await;
    suspend(&desk, &listed(&desk).await).await;
    world.clock.advance(HOUR);
    let wanted = BookRequest { ticket: Some(ticket.token), ..request(&slot, [&guest.person]) };
    assert_eq!(refused(guest.client.call::<Book>((), wanted).await), suspended());
}

#[tokio::test]
async fn the_desk_puts_a_volunteer_who_calls_on_the_rota_and_nobody_else() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person", "volunteers": true })).await;
    let slot = slot.slot(20, 2).await;
    let desk = world.staff(DESK).await;
    let caller = |phone: Option<&str>| Caller {
        phone: phone.map(str::to_owned),
        name: "秦明".into(),
        born: None,
        along: Vec::new(),
        guests: 0,
        note: "电话说好的".into(),
    };
    world.resident("13800000009").await;
    for phone in [None, Some("13800000009")] {
        let answer = desk.call::<BookAtCounter>(slot.clone(), caller(phone)).await;
        assert_eq!(refused(answer), Refusal::VolunteersOnly, "{phone:?}");
    }
    let guest = volunteer(&world, "13800000001").await;
    let party = desk.call::<BookAtCounter>(slot, caller(Some("13800000001"))).await.expect("on the rota");
    assert_eq!(party.state, BookingState::Confirmed);
    assert_eq!(guest.client.call::<ListBookings>((), ()).await.expect("hers").len(), 1);
}

#[tokio::test]
async fn a_task_and_a_shift_at_the_same_time_clash_both_ways() {
    let world = World::new().await;
    let guest = volunteer(&world, "13800000001").await;
    let meals = task(&guest.client, "xinsheng-task-meals").await;
    let (slot, other) = (SlotId::from(CANTEEN), SlotId::from("xinsheng-canteen.20260626T1030"));
    let page = guest.client.call::<ClaimTask>(meals.clone(), ()).await.expect("claimed");
    let (title, starts) = (page.task.title, page.task.span.starts);
    let clash = Refusal::Overlaps { person: guest.person.clone(), title, starts };
    assert_eq!(refused(guest.book(&slot).await), clash, "tomorrow at 10:50 they take meals to elders");
    guest.book(&other).await.expect("another day");
    guest.client.call::<LeaveTask>(meals.clone(), ()).await.expect("left");
    let mine = guest.book(&slot).await.expect("free now");
    let clash = Refusal::Overlaps {
        person: guest.person.clone(),
        title: mine.title,
        starts: mine.meetings[0].starts,
    };
    assert_eq!(refused(guest.client.call::<ClaimTask>(meals.clone(), ()).await), clash);
    assert!(!guest.client.call::<GetTask>(meals, ()).await.expect("a page").mine);
}

#[tokio::test]
async fn shifts_are_listed_with_what_is_missing_and_stand_not_among_what_is_on_today() {
    let world = World::new().await;
    let client = world.anonymous();
    let city = CityId::from("yangzhou");
    let list = client.call::<ListOfferings>(city.clone(), ()).await.expect("a list");
    let seats = client.call::<ListSeats>(city, ()).await.expect("seats");
    let own = CentreId::from("xinsheng");
    let shifts = list.shifts(&seats, &own);
    let ids: Vec<&str> = shifts.iter().map(|shift| shift.card.id.as_str()).collect();
    assert_eq!(ids, ["xinsheng-canteen", "wenchang-lobby"], "one's own centre first");
    let starts = CHINA.moment(Day::from_ymd_opt(2026, 6, 24).expect("a day"), 10 * 60 + 30);
    assert_eq!((shifts[0].seats.starts, shifts[0].seats.free), (starts, 2));
    let home = client.call::<GetHome>(own, ()).await.expect("a page");
    assert!(home.today.iter().all(|item| item.kind != Kind::Shift) && !home.today.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_suspension_and_a_shift_at_once_no_suspended_volunteer_keeps_one() {
    let world = World::new().await;
    let desk = world.staff(DESK).await;
    let slot = SlotId::from(CANTEEN);
    for round in 0..4 {
        let guest = volunteer(&world, &format!("1380000001{round}")).await;
        let id = listed(&desk).await;
        let mut taps = JoinSet::new();
        for _ in 0..3 {
            let (guest, slot) = (guest.clone(), slot.clone());
            taps.spawn(async move { drop(guest.book(&slot).await) });
        }
        let by = desk.clone();
        taps.spawn(async move { suspend(&by, &id).await });
        taps.join_all().await;
        let bookings = guest.client.call::<ListBookings>((), ()).await.expect("theirs");
        assert!(bookings.iter().all(|one| !one.state.is_live()), "round {round}: {bookings:?}");
    }
}
