//! Elders without a telephone: the desk opens a circle for them, finds them by a number, and ends what
//! they do not want any more.

use backend::{args, audit};
use domain::{
    audit::Act,
    booking::api::{Book, ListBookings},
    circle::{
        Deed, Scope, What,
        api::GetBondLog,
        desk::{
            CardAsk, DeskCircle, EndAsk, InviteAsk, Opening,
            api::{EndBondAtDesk, FindCircle, InviteAtDesk, OpenCircle},
        },
        write_card,
    },
    failure::Problem,
    id::CentreId,
    refusal::Refusal,
    session::api::GetMe,
    time::{Day, MINUTE},
    work::{
        Caller, HouseholdAsk, Purpose,
        api::{BookAtCounter, FindHousehold, LookAtRecord},
    },
};
use serde_json::json;

use crate::{
    audit::purposes,
    circle::join,
    hall::{Hall, request},
    staff::DESK,
    world::{Client, World, fresh_key},
};

const WHY: &str = "老人没有手机，女儿在外地";

fn opening() -> Opening {
    let born = Day::from_ymd_opt(1941, 5, 1);
    Opening {
        name: "王桂兰".into(), born, relative: "女儿".into(), scope: Scope::Act, reason: WHY.into()
    }
}

fn here() -> CentreId {
    "xinsheng".into()
}

async fn opened(desk: &Client) -> DeskCircle {
    desk.call::<OpenCircle>(here(), opening()).await.expect("opened")
}

async fn found(desk: &Client, card: &str) -> Result<DeskCircle, Problem> {
    desk.call::<FindCircle>(here(), CardAsk { card: card.into(), reason: "老人在柜台问".into() }).await
}

fn refused<T: core::fmt::Debug>(answer: Result<T, Problem>) -> Vec<Refusal> {
    match answer {
        Err(Problem::Refused(refusals)) => refusals,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn the_desk_opens_a_circle_and_a_relative_comes_with_the_slip() {
    let world = World::new().await;
    let desk = world.staff(DESK).await;
    let key = fresh_key();
    let open = async || desk.call_with_key::<OpenCircle>(&key, here(), opening()).await.expect("opened");
    let slip = open().await;
    assert_eq!(open().await, slip, "a retry is the same slip");
    assert_eq!((&*slip.name, slip.card.len(), slip.members.len()), ("王桂兰", 8, 0));
    let invitation = slip.invitation.clone().expect("a code");
    assert_eq!((&*invitation.name, invitation.scope), ("女儿", Scope::Act));

    let daughter = world.resident("13900000002").await;
    let joined = join(&daughter, &invitation.code).await.expect("joined");
    assert_eq!(joined.elders[0].name, "王桂兰");
    let acting = daughter.acting(joined.elders[0].id.as_str());
    let me = acting.call::<GetMe>((), ()).await.expect("her mother");
    assert_eq!((&*me.people[0].name, me.people[0].born), ("王桂兰", opening().born));
    assert_eq!(me.phone, write_card(&slip.card), "the number is for the relative to read out");
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(9, 3).await;
    world.clock.advance(MINUTE);
    acting.call::<Book>((), request(&slot, [&me.people[0].id])).await.expect("booked");

    let shown = found(&desk, &write_card(&slip.card)).await.expect("found");
    assert_eq!((&*shown.members[0].phone, shown.invitation), ("139****0002", None));
    assert!(matches!(shown.log[0].what, What::Did { deed: Deed::Book, done: true, about: Some(_) }));
    let rows = world.server.app.db.rows("SELECT phone_mac, phone_box FROM account", args![]).await;
    for row in rows.expect("rows") {
        let (mac, sealed) = (row.text("phone_mac").expect("a digest"), row.text("phone_box").expect("a box"));
        assert!(!mac.contains(&slip.card) && !sealed.contains(&slip.card), "the number stands nowhere");
    }
}

#[tokio::test]
async fn the_desk_books_for_her_by_her_number_and_the_relative_sees_it() {
    let world = World::new().await;
    let desk = world.staff(DESK).await;
    let slip = opened(&desk).await;
    let slot = Hall::new(&world.server.app, json!({ "unit": "person" })).await.slot(9, 3).await;
    let by_card = |name: &str, card: &str| Caller {
        phone: Some(card.into()),
        name: name.into(),
        born: None,
        along: Vec::new(),
        guests: 0,
        note: "老人来电".into(),
    };
    let party = desk.call::<BookAtCounter>(slot.clone(), by_card("", &slip.card)).await.expect("booked");
    assert_eq!((&*party.people[0].name, party.counter), ("王**", true));
    let daughter = world.resident("13900000002").await;
    let code = slip.invitation.expect("a code").code;
    let bond = join(&daughter, &code).await.expect("joined").elders[0].id.clone();
    let acting = daughter.acting(bond.as_str());
    assert_eq!(acting.call::<ListBookings>((), ()).await.expect("bookings")[0].id, party.booking);

    let unknown = desk.call::<BookAtCounter>(slot.clone(), by_card("王桂兰", "0000 0000")).await;
    assert_eq!(refused(unknown), [Refusal::CardUnknown]);
    let silent = Caller { note: " ".into(), ..by_card("王桂兰", &slip.card) };
    assert_eq!(refused(desk.call::<BookAtCounter>(slot, silent).await), [Refusal::ReasonMissing]);
    // Her papers are found by it, too; what is no telephone is never shown to be called.
    let ask = HouseholdAsk { phone: write_card(&slip.card), purpose: "核对证件".into() };
    let people = desk.call::<FindHousehold>(here(), ask).await.expect("found");
    assert_eq!((people.len(), &*people[0].name), (1, "王桂兰"));
    let look = Purpose { purpose: "打电话提醒她".into() };
    let record = desk.call::<LookAtRecord>(people[0].id.clone(), look).await.expect("shown");
    assert_eq!(record.phone, None);
}

#[tokio::test]
async fn another_code_and_the_end_of_a_bond_come_from_the_desk_with_a_reason_on_record() {
    let world = World::new().await;
    let desk = world.staff(DESK).await;
    let slip = opened(&desk).await;
    let daughter = world.resident("13900000002").await;
    let code = slip.invitation.expect("a code").code;
    let bond = join(&daughter, &code).await.expect("joined").elders[0].id.clone();
    let again = InviteAsk {
        card: slip.card.clone(),
        relative: "儿子".into(),
        scope: Scope::See,
        reason: "儿子也想看看".into(),
    };
    let shown = desk.call::<InviteAtDesk>(here(), again).await.expect("invited");
    assert_eq!(shown.invitation.map(|code| (code.name, code.scope)), Some(("儿子".into(), Scope::See)));

    let end =
        || EndAsk { card: slip.card.clone(), bond: bond.clone(), reason: "老人不想让她办了".into() };
    // The number of one, the bond of another: nothing.
    let other = opened(&desk).await;
    let swapped = EndAsk { card: other.card.clone(), ..end() };
    assert_eq!(desk.call::<EndBondAtDesk>(here(), swapped).await.map(drop), Err(Problem::NotFound));
    world.clock.advance(MINUTE);
    let key = fresh_key();
    for _ in 0..2 {
        let shown = desk.call_with_key::<EndBondAtDesk>(&key, here(), end()).await.expect("ended");
        assert!(shown.members.is_empty());
        assert_eq!(shown.log[0].what, What::EndedAtDesk);
    }
    assert_eq!(daughter.acting(bond.as_str()).call::<GetMe>((), ()).await, Err(Problem::NotFound));
    assert_eq!(daughter.call::<GetBondLog>(bond.clone(), ()).await, Err(Problem::NotFound));

    let app = &world.server.app;
    assert_eq!(purposes(&world, Act::Circle).await, [WHY, "儿子也想看看", WHY]);
    assert_eq!(purposes(&world, Act::EndBond).await, ["老人不想让她办了"]);
    assert_eq!(Act::from_name("end_bond"), Some(Act::EndBond));
    assert!(audit::verify(&app.db, &app.vault).await.expect("read").is_ok());
}

#[tokio::test]
async fn nothing_is_shown_or_done_without_a_reason_or_at_another_desk() {
    let world = World::new().await;
    let desk = world.staff(DESK).await;
    let slip = opened(&desk).await;
    let short = Refusal::TextTooShort { least: 4 };
    let silent = Opening { reason: "看".into(), ..opening() };
    assert_eq!(refused(desk.call::<OpenCircle>(here(), silent).await), core::slice::from_ref(&short));
    let silent = CardAsk { card: slip.card.clone(), reason: String::new() };
    assert_eq!(refused(desk.call::<FindCircle>(here(), silent).await), [short]);
    let nameless = Opening { name: " ".into(), relative: String::new(), ..opening() };
    assert_eq!(refused(desk.call::<OpenCircle>(here(), nameless).await).len(), 2);
    for year in [2020, 2030] {
        let child = Opening { born: Day::from_ymd_opt(year, 1, 1), ..opening() };
        assert_eq!(refused(desk.call::<OpenCircle>(here(), child).await), [Refusal::BirthdayImpossible]);
    }
    for wrong in ["0000 0000", "13800000001", "王桂兰"] {
        assert_eq!(refused(found(&desk, wrong).await), [Refusal::CardUnknown], "{wrong}");
    }
    let elsewhere = desk.call::<OpenCircle>("shuangqiao".into(), opening()).await;
    assert_eq!(elsewhere.map(drop), Err(Problem::NotFound));
    let resident = world.resident("13800000001").await;
    assert_eq!(found(&resident, &slip.card).await.map(drop), Err(Problem::NotFound));
    // Whose number is tried is on record, also where it is nobody's, and whatever it is tried for.
    let looks = async || {
        let rows = world.server.app.db.rows("SELECT seq FROM audit WHERE act = 'look'", args![]).await;
        rows.expect("reads").len()
    };
    assert_eq!(looks().await, 1);
    let reason = || "老人在柜台说".to_owned();
    let (card, relative) = ("00000000".to_owned(), "儿子".to_owned());
    let ask = InviteAsk { card: card.clone(), relative, scope: Scope::See, reason: reason() };
    assert_eq!(refused(desk.call::<InviteAtDesk>(here(), ask).await), [Refusal::CardUnknown]);
    let ask = EndAsk { card, bond: "f-unknown".into(), reason: reason() };
    assert_eq!(refused(desk.call::<EndBondAtDesk>(here(), ask).await), [Refusal::CardUnknown]);
    assert_eq!(looks().await, 3);
}
