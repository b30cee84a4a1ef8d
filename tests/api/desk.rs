//! The desk at work: the day, the list of a slot, checking in, booking for callers, taking back.

use backend::audit;
use domain::{
    audit::Act,
    booking::{Booking, BookingState, api::GetBooking},
    centre::api::GetOffering,
    consent::api::GiveConsent,
    failure::Problem,
    household::{PersonDraft, Relation, api::AddPerson},
    id::{BookingId, PersonId, SlotId},
    refusal::Refusal,
    session::api::GetMe,
    time::{CHINA, Day},
    work::{
        Along, Because, Caller, CentreDay, NewPlaces, Party, Purpose, Roster, Scan,
        api::{
            BookAtCounter, CheckIn, CheckInByCode, CloseDay, CloseSlot, GetRoster, GetWorkDay, LookAtRecord,
            ResizeSlot, WithdrawPlace,
        },
    },
};
use serde_json::json;

use crate::{
    audit::purposes,
    consent::NOW,
    hall::{Guest, Hall, crowd, ledger, request},
    opened::opened,
    staff::DESK,
    world::{Client, World, fresh_key},
};

fn refused<T: core::fmt::Debug>(answer: Result<T, Problem>) -> Refusal {
    match answer {
        Err(Problem::Refused(refusals)) if refusals.len() == 1 => refusals[0].clone(),
        other => panic!("not one refusal: {other:?}"),
    }
}

fn because(reason: &str) -> Because {
    Because { reason: reason.into() }
}

fn caller(phone: Option<&str>, name: &str) -> Caller {
    let phone = phone.map(str::to_owned);
    Caller { phone, name: name.into(), born: None, along: Vec::new(), guests: 0, note: "电话预约".into() }
}

async fn roster(desk: &Client, slot: &SlotId) -> Roster {
    desk.call::<GetRoster>(slot.clone(), ()).await.expect("a list")
}

fn of<'r>(roster: &'r Roster, booking: &BookingId) -> &'r Party {
    roster.parties.iter().find(|party| party.booking == *booking).expect("on the list")
}

async fn reread(guest: &Guest, booking: &Booking) -> Booking {
    guest.client.call::<GetBooking>(booking.id.clone(), ()).await.expect("their own")
}

pub async fn child_of(client: &Client) -> PersonId {
    let born = Day::from_ymd_opt(2020, 2, 2);
    let draft = PersonDraft { relation: Relation::Child, name: "王朵朵".into(), born };
    let me = client.call::<AddPerson>((), draft).await.expect("added");
    me.people.last().expect("the child").id.clone()
}

#[tokio::test]
async fn the_day_counts_places_online_at_the_counter_and_in_the_queue() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(3, 3).await;
    let desk = world.staff(DESK).await;
    let guests = crowd(&world, 2).await;
    guests[0].book(&slot).await.expect("booked");
    let party = desk.call::<BookAtCounter>(slot.clone(), caller(None, "李大爷")).await.expect("booked");
    assert_eq!((party.state, party.counter, party.people.len()), (BookingState::Confirmed, true, 1));
    guests[1].book(&slot).await.expect("booked");
    let waits = desk.call::<BookAtCounter>(slot.clone(), caller(None, "赵大妈")).await.expect("waits");
    assert_eq!((waits.state, waits.position), (BookingState::Waitlisted, Some(1)));

    let there = CentreDay::new("xinsheng".into(), world.now().day(CHINA));
    let day = desk.call::<GetWorkDay>(there, ()).await.expect("the day");
    let places = day.slots.iter().find(|desk| desk.slot == slot).expect("on that day").places;
    assert_eq!((places.capacity, places.online, places.counter, places.waiting), (3, 2, 1, 1));
    assert_eq!((places.expected, places.arrived, places.free()), (3, 0, 0));
    assert!(day.slots.windows(2).all(|pair| pair[0].span.starts <= pair[1].span.starts), "in order");
}

#[tokio::test]
async fn names_on_a_list_are_masked_and_every_child_on_it_is_on_record() {
    let world = World::new().await;
    let app = &world.server.app;
    let slot = Hall::new(app, json!({ "unit": "person", "party_max": 4 })).await.slot(3, 9).await;
    let guest = Guest::of(world.resident("13800000001").await).await;
    let child = child_of(&guest.client).await;
    let both = request(&slot, [&guest.person, &child]);
    let booking = guest.client.call::<domain::booking::api::Book>((), both).await.expect("booked");
    let desk = world.staff(DESK).await;
    let list = roster(&desk, &slot).await;
    let party = of(&list, &booking.id);
    assert_eq!((party.size, party.code.as_str()), (2, booking.code.as_str()));
    let shown: Vec<_> = party.people.iter().map(|who| (&*who.name, who.relation, who.child)).collect();
    assert_eq!(shown, [("", Relation::Myself, false), ("王**", Relation::Child, true)]);

    let seen = audit::of_person(&app.db, &app.vault, &child).await.expect("reads");
    assert_eq!(seen.iter().map(|look| look.act).collect::<Vec<_>>(), [Act::Roster]);
    assert_eq!(seen[0].centre_name.as_ref().map(|name| &*name.zh), Some("新盛社区"));
    assert_eq!(
        audit::of_person(&app.db, &app.vault, &guest.person).await,
        Ok(vec![]),
        "a child, not everybody"
    );

    let wrong = desk.call::<LookAtRecord>(child.clone(), Purpose { purpose: "看".into() }).await;
    assert_eq!(refused(wrong), Refusal::TextTooShort { least: 4 });
    let purpose = Purpose { purpose: "联系家长".into() };
    let record = desk.call::<LookAtRecord>(child.clone(), purpose).await.expect("opened");
    assert_eq!((&*record.person.name, record.phone.as_deref()), ("王朵朵", Some("13800000001")));
    let seen = audit::of_person(&app.db, &app.vault, &child).await.expect("reads");
    assert_eq!((seen[0].act, &*seen[0].purpose), (Act::Look, "联系家长"));
    assert_eq!(seen.len(), 2, "what was refused was not seen");
    assert_eq!(audit::verify(&app.db, &app.vault).await, Ok(Ok(2)));
}

#[tokio::test]
async fn a_code_checks_in_as_it_is_typed_or_scanned_and_no_other_does() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(3, 9).await;
    let desk = world.staff(DESK).await;
    let guests = crowd(&world, 2).await;
    let one = guests[0].book(&slot).await.expect("booked");
    let two = guests[1].book(&slot).await.expect("booked");
    let scan = async |code: String| desk.call::<CheckInByCode>("xinsheng".into(), Scan { code }).await;
    assert!(matches!(refused(scan(one.code.clone()).await), Refusal::TooEarlyToArrive { .. }));
    world.pass_hours(3);
    let desk = opened(&world.server.app, &desk).await;
    let scan = async |code: String| desk.call::<CheckInByCode>("xinsheng".into(), Scan { code }).await;
    let arrival = scan(one.code.to_lowercase()).await.expect("here");
    assert_eq!((arrival.slot, arrival.party.state), (slot.clone(), BookingState::Attended));
    let arrival = scan(format!("{}:{}", two.id, two.code)).await.expect("here");
    assert_eq!(arrival.party.booking, two.id);
    assert_eq!(reread(&guests[1], &two).await.state, BookingState::Attended);
    for wrong in ["ABC234".to_owned(), "?".into(), format!("{}:{}", one.id, "ABC234")] {
        assert_eq!(refused(scan(wrong).await), Refusal::CodeUnknown);
    }
    let elsewhere = desk.call::<CheckInByCode>("wenchang".into(), Scan { code: one.code.clone() }).await;
    assert_eq!(elsewhere, Err(Problem::NotFound));
    let by_hand = desk.call::<CheckIn>(one.id.clone(), ()).await.expect("again is the same");
    assert_eq!(of(&by_hand, &one.id).state, BookingState::Attended);
    assert_eq!(by_hand.desk.places.arrived, 2);
}

#[tokio::test]
async fn a_caller_with_a_telephone_finds_the_booking_in_their_own_account() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person", "party_max": 4 })).await;
    let slot = hall.slot(3, 9).await;
    let desk = world.staff(DESK).await;
    let (key, asked) =
        (fresh_key(), Caller { along: vec![Along::default(); 2], ..caller(Some("138 0000 0002"), "孙阿姨") });
    let book = async || desk.call_with_key::<BookAtCounter>(&key, slot.clone(), asked.clone()).await;
    let party = book().await.expect("booked");
    assert_eq!(party.people.len(), 3);
    assert_eq!(book().await.expect("once").booking, party.booking, "a retry books once");
    assert_eq!(ledger(&world.server.app.db, &slot).await.taken, 3);

    let guest = Guest::of(world.resident("13800000002").await).await;
    let mine = guest.client.call::<GetBooking>(party.booking.clone(), ()).await.expect("theirs");
    assert_eq!(mine.code, party.code);
    let me = guest.client.call::<GetMe>((), ()).await.expect("me");
    assert_eq!(me.people[0].name, "孙阿姨");
    let again = desk.call::<BookAtCounter>(slot.clone(), caller(Some("13800000002"), "孙阿姨")).await;
    assert!(matches!(refused(again), Refusal::AlreadyIn { .. }));

    let bad = Caller { name: " ".into(), ..caller(Some("123"), "") };
    let answer = desk.call::<BookAtCounter>(slot.clone(), bad).await;
    let refusals = vec![Refusal::PhoneMalformed, Refusal::TextTooShort { least: 1 }];
    assert_eq!(answer, Err(Problem::Refused(refusals)));
}

#[tokio::test]
async fn a_counter_booking_is_missing_from_the_public_count() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let slot = hall.slot(3, 4).await;
    let stranger = world.anonymous();
    let free = async || {
        let page = stranger.call::<GetOffering>(hall.offering.clone(), ()).await.expect("public");
        let seats = page.slots.iter().find(|seats| seats.slot.id == slot).expect("the slot");
        seats.free(world.now())
    };
    assert_eq!(free().await, 4);
    let desk = world.staff(DESK).await;
    desk.call::<BookAtCounter>(slot.clone(), caller(None, "周叔")).await.expect("booked");
    assert_eq!(free().await, 3);
}

#[tokio::test]
async fn a_place_is_taken_back_with_a_reason_that_the_household_is_told() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(30, 1).await;
    let desk = world.staff(DESK).await;
    let guests = crowd(&world, 2).await;
    let one = guests[0].book(&slot).await.expect("booked");
    let two = guests[1].book(&slot).await.expect("waits");
    let short = desk.call::<WithdrawPlace>(one.id.clone(), because("停电")).await;
    assert_eq!(refused(short), Refusal::TextTooShort { least: 4 });
    let key = fresh_key();
    let withdraw =
        async || desk.call_with_key::<WithdrawPlace>(&key, one.id.clone(), because("水管坏了，要修")).await;
    let list = withdraw().await.expect("taken back");
    assert_eq!(of(&list, &one.id).reason.as_deref(), Some("水管坏了，要修"));
    withdraw().await.expect("a retry is answered");
    let told = reread(&guests[0], &one).await;
    assert_eq!((told.state, told.reason.as_deref()), (BookingState::Withdrawn, Some("水管坏了，要修")));
    assert_eq!(reread(&guests[1], &two).await.state, BookingState::Offered, "offered on at once");
    assert_eq!(purposes(&world, Act::Withdraw).await, ["水管坏了，要修"], "once, however often it was sent");
}

#[tokio::test]
async fn places_never_go_below_what_is_taken_and_more_are_offered_on() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(30, 1).await;
    let desk = world.staff(DESK).await;
    let guests = crowd(&world, 2).await;
    guests[0].book(&slot).await.expect("booked");
    let two = guests[1].book(&slot).await.expect("waits");
    let resize =
        async |capacity, kept| desk.call::<ResizeSlot>(slot.clone(), NewPlaces { capacity, kept }).await;
    assert_eq!(refused(resize(0, 0).await), Refusal::CapacityTaken { taken: 1 });
    assert_eq!(resize(3, 0).await.expect("more").desk.places.capacity, 3);
    assert_eq!(reread(&guests[1], &two).await.state, BookingState::Offered);
    assert!(resize(3, 4).await.is_err(), "more than all cannot be kept");
}

#[tokio::test]
async fn a_slot_that_closes_tells_everybody_and_takes_nobody_new() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(5, 2).await;
    let desk = world.staff(DESK).await;
    let guests = crowd(&world, 4).await;
    let mut bookings = Vec::new();
    for guest in &guests[..3] {
        bookings.push(guest.book(&slot).await.expect("booked"));
    }
    let key = fresh_key();
    let close = async || desk.call_with_key::<CloseSlot>(&key, slot.clone(), because("老师临时有事")).await;
    let list = close().await.expect("closed");
    assert!(list.parties.iter().all(|party| party.state == BookingState::Withdrawn));
    close().await.expect("a retry is answered");
    for (guest, booking) in guests.iter().zip(&bookings) {
        let told = reread(guest, booking).await;
        assert_eq!((told.state, told.reason.as_deref()), (BookingState::Withdrawn, Some("老师临时有事")));
    }
    assert_eq!(refused(guests[3].book(&slot).await), Refusal::CalledOff);
}

#[tokio::test]
async fn a_day_that_closes_closes_what_is_still_to_come() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let (today, tomorrow) = (hall.slot(5, 2).await, hall.slot(26, 2).await);
    let desk = world.staff(DESK).await;
    let guest = crowd(&world, 1).await.remove(0);
    let (one, two) =
        (guest.book(&today).await.expect("booked"), guest.book(&tomorrow).await.expect("booked"));
    let there = CentreDay::new("xinsheng".into(), world.now().day(CHINA));
    let day = desk.call::<CloseDay>(there, because("全天停水停电")).await.expect("closed");
    assert!(day.slots.iter().any(|desk| desk.slot == today));
    assert_eq!(reread(&guest, &one).await.state, BookingState::Withdrawn);
    assert_eq!(reread(&guest, &two).await.state, BookingState::Confirmed);
}

#[tokio::test]
async fn children_who_come_along_have_birthdays_and_a_refusal_says_whose() {
    let world = World::new().await;
    let rules = json!({ "unit": "person", "party_max": 4, "ages": { "from_months": 72, "to_months": 144 },
                        "with_adult": true, "needs_consent": true });
    let slot = Hall::new(&world.server.app, rules).await.slot(30, 6).await;
    let desk = world.staff(DESK).await;
    let parent = Guest::of(world.resident("13800000001").await).await;
    let child = child_of(&parent.client).await;
    let born = |year| Along { born: Day::from_ymd_opt(year, 2, 2) };
    let with = |along: &[Along]| Caller { along: along.to_vec(), ..caller(Some("13800000001"), "王芳") };
    let book = async |caller| desk.call::<BookAtCounter>(slot.clone(), caller).await;
    let of = |number, refusal| Refusal::Along { number, refusal: Box::new(refusal) };
    // Two grown-ups, a child that cannot be, one that is too young, and one whose guardian has not agreed.
    assert_eq!(refused(book(with(&[Along::default()])).await), Refusal::ChildMissing);
    let unborn = refused(book(with(&[born(2020), born(2030)])).await);
    assert_eq!(unborn, of(2, Refusal::BirthdayImpossible));
    let Refusal::Along { number: 2, refusal } = refused(book(with(&[Along::default(), born(2024)])).await)
    else {
        panic!("not about the second");
    };
    assert!(matches!(*refusal, Refusal::TooYoung { from_months: 72, .. }), "{refusal:?}");
    // The child of the household is known by the birthday.
    let refusal = refused(book(with(&[born(2020)])).await);
    assert_eq!(refusal, of(1, Refusal::NoConsent { person: child.clone() }));
    parent.client.call::<GiveConsent>(child.clone(), NOW).await.expect("agreed");
    let party = book(with(&[born(2020)])).await.expect("booked");
    assert_eq!((party.people.len(), party.people[1].person.clone()), (2, child));
    assert!(party.people[1].child);
    let me = parent.client.call::<GetMe>((), ()).await.expect("me").people;
    let strangers: Vec<_> = me.iter().filter(|person| person.name.starts_with("同行")).collect();
    let births: Vec<_> = strangers.iter().map(|person| person.born).collect();
    assert_eq!(births, [None, born(2024).born], "each once, however often it was tried");
}
