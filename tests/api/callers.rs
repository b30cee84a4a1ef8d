//! Who calls, and who has no phone: the desk answers an offer and gives back on their word.

use backend::{args, audit};
use domain::{
    audit::Act,
    booking::{
        BookingState, UNDO,
        api::{Book, CancelBooking, GetBooking, Instead, ListAlternatives},
    },
    draw::{
        EntryDraft,
        api::{EnterDraw, GetDraw, GetEntry, ListDraws},
    },
    failure::Problem,
    household::{
        PersonDraft, Relation,
        api::{AddPerson, ListLooks},
    },
    id::{BookingId, SlotId},
    notice::{News, api::ListNotices},
    refusal::Refusal,
    time::{CHINA, Day, HOUR},
    work::{
        Caller, CallerDeed, CallerEntry, CentreDay, ForCaller, OpenOffer, Party, Roster,
        api::{AnswerForCaller, BookAtCounter, EnterForCaller, GetWorkDay, ListInstead},
    },
};
use serde_json::json;

use crate::{
    audit::purposes,
    hall::{Guest, Hall, crowd, request},
    opened::opened,
    staff::DESK,
    world::{Client, World, fresh_key},
};

const WORD: &str = "本人打电话来";

fn wish(deed: CallerDeed) -> ForCaller {
    ForCaller { deed, note: WORD.into() }
}

async fn does(desk: &Client, deed: CallerDeed, booking: &BookingId) -> Result<Roster, Problem> {
    desk.call::<AnswerForCaller>(booking.clone(), wish(deed)).await
}

fn of<'r>(roster: &'r Roster, booking: &BookingId) -> &'r Party {
    roster.parties.iter().find(|party| party.booking == *booking).expect("on the list")
}

fn refused<T: core::fmt::Debug>(answer: Result<T, Problem>) -> Refusal {
    match answer {
        Err(Problem::Refused(refusals)) if refusals.len() == 1 => refusals[0].clone(),
        other => panic!("not one refusal: {other:?}"),
    }
}

/// Somebody without a telephone, booked for at the desk.
async fn walks_in(desk: &Client, slot: &SlotId, name: &str) -> Party {
    let caller = Caller {
        phone: None,
        name: name.into(),
        born: None,
        along: Vec::new(),
        guests: 0,
        note: "到前台预约".into(),
    };
    desk.call::<BookAtCounter>(slot.clone(), caller).await.expect("booked")
}

async fn news(guest: &Guest) -> Vec<News> {
    let notices = guest.client.call::<ListNotices>((), ()).await.expect("notices");
    notices.into_iter().map(|notice| notice.about.news).collect()
}

#[tokio::test]
async fn an_offer_to_somebody_without_a_phone_is_taken_at_the_desk() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(30, 1).await;
    let desk = world.staff(DESK).await;
    let guest = crowd(&world, 1).await.remove(0);
    let first = guest.book(&slot).await.expect("booked");
    let waits = walks_in(&desk, &slot, "李大爷").await;
    assert_eq!(waits.state, BookingState::Waitlisted);
    assert_eq!(refused(does(&desk, CallerDeed::Take, &waits.booking).await), Refusal::NotOffered);
    guest.client.call::<CancelBooking>(first.id, ()).await.expect("given back");

    let silent = ForCaller { deed: CallerDeed::Take, note: "好".into() };
    let silent = desk.call::<AnswerForCaller>(waits.booking.clone(), silent).await;
    assert_eq!(refused(silent), Refusal::TextTooShort { least: 4 });
    let key = fresh_key();
    for _ in 0..2 {
        let take = wish(CallerDeed::Take);
        let list = desk.call_with_key::<AnswerForCaller>(&key, waits.booking.clone(), take).await;
        assert_eq!(of(&list.expect("taken"), &waits.booking).state, BookingState::Confirmed);
    }
    let app = &world.server.app;
    let sql = "SELECT act, subject, person_id FROM audit WHERE booking_id = $1";
    let rows = app.db.rows(sql, args![&waits.booking]).await.expect("reads");
    let text = |row: &backend::db::Row, name| row.text(name).expect("a text");
    let lines: Vec<_> =
        rows.iter().map(|row| (text(row, "act"), text(row, "subject"), text(row, "person_id"))).collect();
    let line = ("for_caller".into(), "take".into(), waits.people[0].person.0.clone());
    // What was refused was tried, and is on record once; so is the deed, however often it was sent.
    assert_eq!(lines, [line.clone(), line]);
    assert_eq!(purposes(&world, Act::ForCaller).await, [WORD, WORD]);
    assert!(audit::verify(&app.db, &app.vault).await.expect("read").is_ok());
}

#[tokio::test]
async fn what_is_let_go_at_the_desk_is_offered_on_and_can_be_undone() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(30, 1).await;
    let desk = world.staff(DESK).await;
    let guests = crowd(&world, 2).await;
    let first = guests[0].book(&slot).await.expect("booked");
    let waits = walks_in(&desk, &slot, "李大爷").await;
    let next = guests[1].book(&slot).await.expect("waits");
    guests[0].client.call::<CancelBooking>(first.id, ()).await.expect("given back");
    let list = does(&desk, CallerDeed::Decline, &waits.booking).await.expect("let go");
    assert_eq!(of(&list, &waits.booking).state, BookingState::Declined);
    assert_eq!(of(&list, &next.id).state, BookingState::Offered);
    let list = does(&desk, CallerDeed::Restore, &waits.booking).await.expect("undone");
    let party = of(&list, &waits.booking);
    assert_eq!((party.state, party.position), (BookingState::Waitlisted, Some(1)));
}

#[tokio::test]
async fn a_caller_is_cancelled_for_told_so_and_back_within_ten_minutes() {
    let world = World::new().await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(30, 3).await;
    let desk = world.staff(DESK).await;
    let guest = crowd(&world, 1).await.remove(0);
    let booked = guest.book(&slot).await.expect("booked");
    let list = does(&desk, CallerDeed::Cancel, &booked.id).await.expect("cancelled");
    let party = of(&list, &booked.id);
    assert_eq!((party.state, party.reason.as_deref()), (BookingState::Cancelled, None));
    assert_eq!(party.undo_until, Some(world.now().plus(UNDO)));
    assert_eq!(news(&guest).await, [News::CancelledAtDesk]);
    world.clock.advance(UNDO - 1);
    let list = does(&desk, CallerDeed::Restore, &booked.id).await.expect("undone");
    assert_eq!(of(&list, &booked.id).state, BookingState::Confirmed);
    assert_eq!(news(&guest).await, [News::BookedAtDesk, News::CancelledAtDesk]);

    does(&desk, CallerDeed::Cancel, &booked.id).await.expect("cancelled");
    world.clock.advance(UNDO);
    assert_eq!(refused(does(&desk, CallerDeed::Restore, &booked.id).await), Refusal::UndoOver);
    let mine = guest.client.call::<GetBooking>(booked.id.clone(), ()).await.expect("theirs");
    assert_eq!(mine.state, BookingState::Cancelled);
    // The household reads on whose word the desk did it.
    let looks = guest.client.call::<ListLooks>(guest.person.clone(), ()).await.expect("looks");
    assert!(looks.iter().all(|look| (look.act, &*look.purpose) == (Act::ForCaller, WORD)));
    assert_eq!(looks.len(), 4, "the one that came too late, too");
}

async fn offers(world: &World, desk: &Client) -> Vec<OpenOffer> {
    let there = CentreDay::new("xinsheng".into(), world.now().day(CHINA));
    desk.call::<GetWorkDay>(there, ()).await.expect("the day").offers
}

#[tokio::test]
async fn the_day_says_who_has_an_offer_and_how_to_reach_them() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person", "party_max": 4 })).await;
    // On another day: an offer waits for its answer now.
    let slots = [hall.slot(49, 1).await, hall.slot(52, 1).await, hall.slot(55, 2).await];
    let desk = world.staff(DESK).await;
    let first = crowd(&world, 1).await.remove(0);
    let mut booked = Vec::new();
    for slot in &slots[..2] {
        booked.push(first.book(slot).await.expect("booked"));
    }
    let named = |phone: Option<&str>, name: &str| Caller {
        phone: phone.map(str::to_owned),
        name: name.into(),
        born: None,
        along: Vec::new(),
        guests: 0,
        note: "电话预约".into(),
    };
    desk.call::<BookAtCounter>(slots[2].clone(), named(None, "周叔")).await.expect("booked");
    let two = first.book(&slots[2]).await.expect("booked");
    let walked = desk.call::<BookAtCounter>(slots[0].clone(), named(None, "李大爷")).await.expect("waits");
    let called = named(Some("13800000042"), "孙阿姨");
    let called = desk.call::<BookAtCounter>(slots[1].clone(), called).await.expect("waits");
    let mother = Guest::of(world.resident("13800000007").await).await;
    let born = Day::from_ymd_opt(2020, 2, 2);
    let child = PersonDraft { relation: Relation::Child, name: "朵朵".into(), born };
    let me = mother.client.call::<AddPerson>((), child).await.expect("added");
    let child = me.people.last().expect("the child").id.clone();
    let hers = mother.client.call::<Book>((), request(&slots[2], [&child])).await.expect("waits");
    assert_eq!(offers(&world, &desk).await, [], "nobody has been asked yet");
    for booking in booked.iter().chain([&two]) {
        first.client.call::<CancelBooking>(booking.id.clone(), ()).await.expect("given back");
    }

    let open = offers(&world, &desk).await;
    let of = |booking: &BookingId| open.iter().find(|offer| offer.booking == *booking).expect("on the list");
    assert_eq!(open.len(), 3);
    let reach = |offer: &OpenOffer| (offer.name.clone(), offer.phone.clone(), offer.signed_in);
    assert_eq!(reach(of(&walked.booking)), ("李**".into(), None, false));
    assert_eq!(reach(of(&called.booking)), ("孙**".into(), Some("138****0042".into()), false));
    let child_alone = of(&hers.id);
    assert_eq!(reach(child_alone), (String::new(), Some("138****0007".into()), true));
    assert_eq!((child_alone.relation, child_alone.people), (Relation::Child, 1));
    assert!(open.iter().all(|offer| offer.until == world.now().plus(2 * HOUR)));

    // Who was answered for is on it no more, and nobody is whose offer has lapsed.
    does(&desk, CallerDeed::Take, &walked.booking).await.expect("taken");
    assert_eq!(offers(&world, &desk).await.len(), 2);
    let elsewhere = CentreDay::new("wenchang".into(), world.now().day(CHINA));
    let admin = world.staff("13900000001").await;
    assert_eq!(admin.call::<GetWorkDay>(elsewhere, ()).await.expect("the day").offers, []);
    world.pass_hours(2);
    let desk = opened(&world.server.app, &desk).await;
    assert_eq!(offers(&world, &desk).await, []);
}

#[tokio::test]
async fn what_a_party_is_shown_instead_holds_all_of_it_and_clashes_with_nothing() {
    let world = World::new().await;
    let hall = Hall::new(&world.server.app, json!({ "unit": "person", "party_max": 4 })).await;
    // The nearest in time has one place, the next is at a time at which one of them is elsewhere.
    let [lost, one, clash, good] =
        [hall.slot(9, 4).await, hall.slot(10, 1).await, hall.slot(12, 4).await, hall.slot(14, 4).await];
    let other = Hall::new(&world.server.app, json!({ "unit": "person", "party_max": 4 })).await;
    let elsewhere = other.slot(12, 4).await;
    let guest = Guest::of(world.resident("13800000007").await).await;
    let draft = PersonDraft { relation: Relation::Elder, name: "王奶奶".into(), born: None };
    let me = guest.client.call::<AddPerson>((), draft).await.expect("added");
    let both = [&guest.person, &me.people[1].id];
    let booked = guest.client.call::<Book>((), request(&lost, both)).await.expect("booked");
    guest.client.call::<Book>((), request(&elsewhere, [both[1]])).await.expect("booked");

    let desk = world.staff(DESK).await;
    let shown = desk.call::<ListInstead>(booked.id.clone(), ()).await.expect("shown");
    let of_hall = shown.iter().filter(|one| one.offering == hall.offering).map(|one| &one.slot);
    assert_eq!(of_hall.collect::<Vec<_>>(), [&good], "neither {one} nor {clash}");
    let for_one = world.anonymous().call::<ListAlternatives>(Instead::of(lost, 1), ()).await;
    assert!(for_one.expect("shown").iter().any(|found| found.slot == one), "for one it would do");
}

#[tokio::test]
async fn a_household_has_one_entry_in_a_draw_wherever_it_enters() {
    let world = World::new().await;
    let admin = world.staff("13900000001").await;
    let draws = world.anonymous().call::<ListDraws>("wenchang".into(), ()).await.expect("draws");
    let hobby = &draws[0];
    let slots: Vec<SlotId> = hobby.classes.iter().map(|class| class.slot.clone()).collect();
    let entry = |phone: Option<&str>, prefers: &[&SlotId]| CallerEntry {
        caller: Caller {
            phone: phone.map(str::to_owned),
            name: "小明".into(),
            born: Day::from_ymd_opt(2018, 3, 1),
            along: Vec::new(),
            guests: 0,
            note: "电话预约".into(),
        },
        prefers: prefers.iter().map(|slot| (*slot).clone()).collect(),
    };
    let enters = async |who: &Client, entry| who.call::<EnterForCaller>(hobby.id.clone(), entry).await;
    // Only the desk of that centre, and only for somebody who is found again by a number.
    let desk = world.staff(DESK).await;
    let elsewhere = enters(&desk, entry(Some("13800000042"), &[&slots[0]])).await;
    assert_eq!(elsewhere, Err(Problem::NotFound));
    assert_eq!(refused(enters(&admin, entry(None, &[&slots[0]])).await), Refusal::PhoneMalformed);
    assert_eq!(refused(enters(&admin, entry(Some("13800000042"), &[])).await), Refusal::NoClassChosen);

    let key = fresh_key();
    let asked = entry(Some("138 0000 0042"), &[&slots[2], &slots[0]]);
    let mut made = Vec::new();
    for _ in 0..2 {
        let id = hobby.id.clone();
        made.push(admin.call_with_key::<EnterForCaller>(&key, id, asked.clone()).await.expect("entered"));
    }
    assert_eq!(made[0], made[1], "a retry is the same entry");
    assert_eq!((made[0].weight, made[0].people, &made[0].prefers), (1, 1, &asked.prefers));
    let entries = async || {
        let draw = world.anonymous().call::<GetDraw>(hobby.id.clone(), ()).await;
        draw.expect("the draw").entries
    };
    assert_eq!(entries().await, 1);
    // She finds it on her phone, changes it there, and it is the same entry with the same lots.
    let she = world.resident("13800000042").await;
    let mine = she.call::<GetEntry>(hobby.id.clone(), ()).await.expect("hers").entry.expect("an entry");
    assert_eq!((&mine.tag, &mine.prefers), (&made[0].tag, &asked.prefers));
    let changed = EntryDraft { people: mine.people, prefers: vec![slots[1].clone()] };
    let changed = she.call::<EnterDraw>(hobby.id.clone(), changed).await.expect("changed");
    assert_eq!(changed.entry.expect("an entry").tag, made[0].tag);
    let again = enters(&admin, entry(Some("13800000042"), &[&slots[0]])).await.expect("changed back");
    assert_eq!((&again.tag, again.weight, entries().await), (&made[0].tag, 1, 1));
}
