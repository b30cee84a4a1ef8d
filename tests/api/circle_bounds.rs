//! What acting for another does not reach: others' bookings, sessions, accounts that go, an elder's pace.

use backend::args;
use domain::{
    booking::{
        Booking,
        api::{Book, BookRequest, CancelBooking, GetBooking, ListBookings},
    },
    circle::{Deed, Elder, Scope, What},
    failure::Problem,
    household::{
        Care,
        api::{ChangeCare, GetCare},
    },
    id::SlotId,
    privacy::api::{AskErasure, StopErasure},
    refusal::Refusal,
    session::api::GetMe,
    time::{DAY, HOUR, MINUTE},
};
use reqwest::header;

use crate::{
    circle::{self, Kin, circle, deeds, hall, refused},
    guardians,
    hall::{ledger, request},
    world::{Client, World, fresh_key},
};

/// A line names what stands in the address, and that may be anything: what is not hers is not looked up.
#[tokio::test]
async fn a_log_tells_nothing_of_what_belongs_to_others() {
    let world = World::new().await;
    let kin = Kin::new(&world, Scope::Act).await;
    let (_, slot) = hall(&world).await;
    let own = kin.daughter.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
    let theirs: Booking = kin.daughter.call::<Book>((), request(&slot, [&own])).await.expect("booked");
    assert_eq!(kin.acting().call::<CancelBooking>(theirs.id.clone(), ()).await, Err(Problem::NotFound));
    let foreign = kin.acting().call::<Book>((), BookRequest::new(slot, vec![own])).await;
    assert_eq!(refused(foreign), Refusal::PersonUnknown);
    for line in kin.log().await {
        assert!(
            !matches!(line.what, What::Did { done: true, .. } | What::Did { about: Some(_), .. }),
            "{line:?}"
        );
    }
}

/// A child whom another family has let her bring is hers to bring, and not her relatives'.
#[tokio::test]
async fn children_of_others_are_not_handed_on() {
    let world = World::new().await;
    let (mother, elder, child) = guardians::both(&world, domain::guardian::Scope::Book).await;
    let son = world.resident("13700000003").await;
    let bond = circle::join(&son, &circle::invite(&elder, Scope::Act).await).await.expect("joined");
    let acting = son.acting(bond.elders[0].id.as_str());
    let (hall, slot) = hall(&world).await;
    let book = async |client: &Client, slot: &SlotId| client.call::<Book>((), request(slot, [&child])).await;
    let hers = book(&mother, &slot).await.expect("the household's own");
    let brought = book(&elder, &hall.slot(30, 5).await).await.expect("the guardian may");

    let me = acting.call::<GetMe>((), ()).await.expect("her people");
    assert_eq!(me.people.len(), 1, "without the child");
    assert_eq!(acting.call::<GetCare>(child.clone(), ()).await, Err(Problem::NotFound));
    assert_eq!(refused(book(&acting, &hall.slot(50, 5).await).await), Refusal::PersonUnknown);
    let seen = acting.call::<ListBookings>((), ()).await.expect("hers");
    assert_eq!(seen.iter().map(|one| &one.id).collect::<Vec<_>>(), [&brought.id]);
    assert_eq!(acting.call::<GetBooking>(hers.id.clone(), ()).await, Err(Problem::NotFound));
    for file in ["code.svg", "calendar.ics"] {
        let path = format!("/api/bookings/{}/{file}?for={}", hers.id, bond.elders[0].id);
        let answer = son.request(reqwest::Method::GET, &path).send().await.expect("an answer");
        assert_eq!(answer.status(), 404, "{file}");
    }
    assert_eq!(elder.call::<ListBookings>((), ()).await.expect("all").len(), 2);
}

/// The key of a try that came to nothing is no cover for another deed, nor for another time.
#[tokio::test]
async fn a_line_says_what_was_done_and_when() {
    let world = World::new().await;
    let kin = Kin::new(&world, Scope::Act).await;
    let (hall, slot) = hall(&world).await;
    let (key, acting) = (fresh_key(), kin.acting());
    let nothing = acting.call_with_key::<CancelBooking>(&key, "b-unknown".into(), ()).await;
    assert_eq!(nothing, Err(Problem::NotFound));
    let ask = |slot: &SlotId| request(slot, [&kin.grandma]);
    let covered = acting.call_with_key::<Book>(&key, (), ask(&slot)).await;
    assert_eq!(refused(covered), Refusal::KeyReused);
    let another = acting.call_with_key::<CancelBooking>(&key, "b-other".into(), ()).await;
    assert_eq!(refused(another), Refusal::KeyReused);
    assert_eq!(ledger(&world.server.app.db, &slot).await.taken, 0);
    assert_eq!(deeds(&kin.log().await), [(Deed::Cancel, false)]);

    // What opens later is refused, and then done: the line says when.
    let opens = world.now().plus(HOUR);
    let late = hall.slot_between(20, 1, opens, opens.plus(HOUR)).await;
    let (key, other) = (fresh_key(), fresh_key());
    let early = acting.call_with_key::<Book>(&key, (), ask(&late)).await;
    assert_eq!(refused(early), Refusal::NotYetOpen { opens });
    world.clock.advance(HOUR);
    let booked = acting.call_with_key::<Book>(&key, (), ask(&late)).await.expect("booked");
    world.clock.advance(MINUTE);
    acting.call_with_key::<Book>(&key, (), ask(&late)).await.expect("the same, once more");
    let log = kin.log().await;
    assert_eq!((log[0].at, deeds(&log)[0]), (opens, (Deed::Book, true)));
    // Once the answer to a key is forgotten, the same would act again under the old line.
    let again = async |key: &str| acting.call_with_key::<CancelBooking>(key, booked.id.clone(), ()).await;
    again(&other).await.expect("given back");
    world.clock.advance(31 * DAY);
    assert_eq!(refused(again(&other).await), Refusal::KeyReused);
}

#[tokio::test]
async fn the_cookie_stays_that_of_whoever_is_signed_in() {
    let world = World::new().await;
    let kin = Kin::new(&world, Scope::Act).await;
    let count = async || {
        let rows = world.server.app.db.rows("SELECT account_id FROM session", args![]).await.expect("reads");
        rows.len()
    };
    let before = count().await;
    world.clock.advance(8 * DAY);
    let answer = kin.acting().send::<GetMe>((), (), None).await;
    let cookie = answer.headers()[header::SET_COOKIE].to_str().expect("a cookie").to_owned();
    let mut turned = kin.daughter.clone();
    turned.cookie = cookie.split(';').next().map(str::to_owned);
    let me = turned.call::<GetMe>((), ()).await.expect("herself");
    assert_eq!((&*me.phone, me.acting), ("139****0002", None), "it is the daughter's");
    assert_eq!(count().await, before);
}

#[tokio::test]
async fn nobody_acts_for_or_as_an_account_that_is_about_to_go() {
    let world = World::new().await;
    let kin = Kin::new(&world, Scope::Act).await;
    for who in [&kin.elder, &kin.daughter] {
        who.call::<AskErasure>((), ()).await.expect("asked");
        assert_eq!(kin.acting().call::<GetMe>((), ()).await, Err(Problem::NotFound));
        who.call::<StopErasure>((), ()).await.expect("stopped");
        assert!(kin.acting().call::<GetMe>((), ()).await.is_ok());
    }
    // For good: her own circle goes with her; of a relative who goes the log stays, without whose it was.
    let (_, slot) = hall(&world).await;
    kin.acting().call::<Book>((), request(&slot, [&kin.grandma])).await.expect("booked");
    kin.daughter.call::<AskErasure>((), ()).await.expect("asked");
    world.clock.advance(8 * DAY);
    backend::privacy::erase::erase_due(&world.server.app).await.expect("erased");
    let log = kin.log().await;
    assert_eq!((&log[0].what, deeds(&log)), (&What::Left, vec![(Deed::Book, true)]));
    assert!(circle(&kin.elder).await.members.is_empty());
    let row = world.server.app.db.row("SELECT member_id FROM circle", args![]).await.expect("reads");
    assert_eq!(row.expect("the bond").text_opt("member_id").expect("a column"), None);
    kin.elder.call::<AskErasure>((), ()).await.expect("asked");
    world.clock.advance(8 * DAY);
    backend::privacy::erase::erase_due(&world.server.app).await.expect("erased");
    for sql in [
        "SELECT 1 AS one FROM circle",
        "SELECT 1 AS one FROM circle_code",
        "SELECT 1 AS one FROM circle_line",
    ] {
        assert!(world.server.app.db.row(sql, args![]).await.expect("reads").is_none(), "{sql}");
    }
}

#[tokio::test]
async fn many_taps_count_for_whoever_taps() {
    let world = World::new().await;
    let kin = Kin::new(&world, Scope::Act).await;
    let elder: &Elder = &circle(&kin.daughter).await.elders[0];
    assert_eq!(elder.id.as_str(), kin.bond);
    let now = world.now();
    let id = async |client: &Client| {
        let person = client.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
        let sql = "SELECT account_id FROM person WHERE id = $1";
        let row = world.server.app.db.row(sql, args![&person]).await.expect("reads").expect("a person");
        domain::id::AccountId(row.text("account_id").expect("an id"))
    };
    let daughter = id(&kin.daughter).await;
    while world.server.app.pace.step(&daughter, now).is_ok() {}
    let care = || Care { notes: "爱吃软的".into(), ..Care::default() };
    let answer = kin.acting().call::<ChangeCare>(kin.grandma.clone(), care()).await;
    assert!(matches!(answer, Err(Problem::Busy { .. })), "{answer:?}");
    assert!(kin.elder.call::<ChangeCare>(kin.grandma.clone(), care()).await.is_ok(), "she is not held up");
}
