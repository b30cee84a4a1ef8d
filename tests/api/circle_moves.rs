//! What becomes of the number of somebody without a telephone: a new slip, a telephone, or erasure; and
//! that who gave no number at all is forgotten in time.

use backend::{
    args, audit,
    privacy::{erase, retention},
};
use domain::{
    audit::Act,
    booking::{
        BookingState,
        api::{Book, ListBookings},
    },
    circle::{
        Scope,
        desk::{
            CardAsk, DeskCircle, LostAsk, Opening,
            api::{FindCircle, FindLostCircle, OpenCircle},
        },
        moves::{
            ErasureAsk, PhoneAsk, PhoneMove,
            api::{AskPhone, EraseAtDesk, MoveToPhone, ReplaceCard},
        },
        write_card,
    },
    failure::Problem,
    household::api::ListLooks,
    id::CentreId,
    privacy::GRACE,
    refusal::Refusal,
    session::{
        CodeRequest, SignInRequest,
        api::{GetMe, RequestCode, SignIn},
    },
    time::{DAY, Day, HOUR, MINUTE},
    work::{Along, Caller, api::BookAtCounter},
};
use serde_json::json;

use crate::{
    audit::purposes,
    circle::{join, refused},
    hall::{Hall, ledger, request},
    opened::opened,
    staff::{ADMIN, DESK},
    world::{Client, World, fresh_key},
};

const WHY: &str = "老人在柜台说的";

fn here() -> CentreId {
    "xinsheng".into()
}

async fn given(desk: &Client, name: &str) -> DeskCircle {
    let born = Day::from_ymd_opt(1941, 5, 1);
    let opening =
        Opening { name: name.into(), born, relative: "女儿".into(), scope: Scope::Act, reason: WHY.into() };
    desk.call::<OpenCircle>(here(), opening).await.expect("opened")
}

fn ask(card: &str) -> CardAsk {
    CardAsk { card: card.into(), reason: WHY.into() }
}

async fn found(desk: &Client, card: &str) -> Result<DeskCircle, Problem> {
    desk.call::<FindCircle>(here(), ask(card)).await
}

#[tokio::test]
async fn a_lost_slip_is_found_by_name_and_another_number_makes_it_void() {
    let world = World::new().await;
    let desk = world.staff(DESK).await;
    let slip = given(&desk, "王桂兰").await;
    let lost = |name: &str, year: Option<i32>| LostAsk {
        name: name.into(),
        born: year.and_then(|year| Day::from_ymd_opt(year, 5, 1)),
        reason: "纸条丢了".into(),
    };
    let find = async |ask| desk.call::<FindLostCircle>(here(), ask).await;
    let known = find(lost("王桂兰", Some(1941))).await.expect("found");
    assert_eq!(known, slip);
    for wrong in [lost("王桂兰", Some(1942)), lost("王桂兰", None), lost("王桂香", Some(1941))] {
        assert_eq!(refused(find(wrong).await), Refusal::SlipUnknown);
    }
    let admin = world.staff(ADMIN).await;
    let elsewhere = admin.call::<FindLostCircle>("wenchang".into(), lost("王桂兰", Some(1941))).await;
    assert_eq!(refused(elsewhere), Refusal::SlipUnknown, "the desk that gave it knows her");

    let key = fresh_key();
    let replace = async || desk.call_with_key::<ReplaceCard>(&key, here(), ask(&slip.card)).await;
    let other = replace().await.expect("replaced");
    assert_ne!(other.card, slip.card);
    assert_eq!((&*other.name, other.invitation.is_none()), ("王桂兰", true));
    assert_eq!(replace().await.expect("a retry"), other, "once, though the number is another one");
    assert_eq!(refused(found(&desk, &slip.card).await), Refusal::CardUnknown);
    assert_eq!(found(&desk, &write_card(&other.card)).await.expect("found"), other);
    // Whoever finds the old slip comes to nothing with the code on it.
    let stranger = world.resident("13900000009").await;
    let code = slip.invitation.expect("a code").code;
    assert_eq!(refused(join(&stranger, &code).await), Refusal::InvitationUnknown);
    assert_eq!(purposes(&world, Act::NewCard).await, [WHY]);

    // Of two who are called the same nobody is shown.
    given(&desk, "王桂兰").await;
    assert_eq!(refused(find(lost("王桂兰", Some(1941))).await), Refusal::SlipUnknown);
    assert!(audit::verify(&world.server.app.db, &world.server.app.vault).await.expect("read").is_ok());
}

#[tokio::test]
async fn who_has_a_phone_now_signs_in_with_it_and_everything_is_there() {
    let world = World::new().await;
    let app = &world.server.app;
    let desk = world.staff(DESK).await;
    let slip = given(&desk, "王桂兰").await;
    let daughter = world.resident("13900000002").await;
    let bond = join(&daughter, &slip.invitation.clone().expect("a code").code).await.expect("joined");
    let acting = daughter.acting(bond.elders[0].id.as_str());
    let slot = Hall::new(app, json!({ "unit": "person" })).await.slot(9, 3).await;
    let her = acting.call::<GetMe>((), ()).await.expect("her").people[0].id.clone();
    let booked = acting.call::<Book>((), request(&slot, [&her])).await.expect("booked");

    let to = |phone: &str| PhoneAsk { card: slip.card.clone(), phone: phone.into(), reason: WHY.into() };
    let taken = desk.call::<AskPhone>(here(), to("139 0000 0002")).await;
    assert_eq!(refused(taken), Refusal::PhoneTaken);
    let silent = PhoneAsk { reason: "好".into(), ..to("123") };
    let silent = desk.call::<AskPhone>(here(), silent).await;
    let refusals = vec![Refusal::TextTooShort { least: 4 }, Refusal::PhoneMalformed];
    assert_eq!(silent, Err(Problem::Refused(refusals)));
    let sent = desk.call::<AskPhone>(here(), to("13800000088")).await.expect("a code");
    let code = sent.demo_code.expect("the demo shows it");
    let typed = |request: &str, code: &str| PhoneMove {
        card: slip.card.clone(),
        request: request.into(),
        code: code.into(),
        reason: WHY.into(),
    };
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let answer = desk.call::<MoveToPhone>(here(), typed(&sent.request, wrong)).await;
    assert_eq!(refused(answer), Refusal::CodeWrong { left: 4 });
    // The code at the desk signs nobody in, and one for signing in is none for the desk.
    let input = SignInRequest { request: sent.request.clone(), code: code.clone() };
    let answer = world.anonymous().call::<SignIn>((), input).await;
    assert_eq!(refused(answer), Refusal::CodeLapsed);
    let other = world.anonymous().call::<RequestCode>((), CodeRequest { phone: "13800000089".into() }).await;
    let other = other.expect("a code");
    let answer =
        desk.call::<MoveToPhone>(here(), typed(&other.request, &other.demo_code.expect("a code"))).await;
    assert_eq!(refused(answer), Refusal::CodeLapsed);

    let key = fresh_key();
    for _ in 0..2 {
        let moved = desk.call_with_key::<MoveToPhone>(&key, here(), typed(&sent.request, &code)).await;
        let moved = moved.expect("moved, once");
        assert_eq!((&*moved.name, &*moved.phone), ("王桂兰", "138****0088"));
    }
    assert_eq!(refused(found(&desk, &slip.card).await), Refusal::CardUnknown);
    world.clock.advance(MINUTE);
    let she = world.resident("13800000088").await;
    let me = she.call::<GetMe>((), ()).await.expect("herself");
    assert_eq!((&me.people[0].id, &*me.people[0].name), (&her, "王桂兰"));
    let mine = she.call::<ListBookings>((), ()).await.expect("bookings");
    assert_eq!(mine.iter().map(|booking| &booking.id).collect::<Vec<_>>(), [&booked.id]);
    acting.call::<GetMe>((), ()).await.expect("her daughter still acts for her");
    let looks = she.call::<ListLooks>(her, ()).await.expect("looks");
    assert_eq!((looks[0].act, &*looks[0].purpose), (Act::MovePhone, WHY));
    assert_eq!(purposes(&world, Act::MovePhone).await.len(), 1);
    assert!(audit::verify(&app.db, &app.vault).await.expect("read").is_ok());
}

#[tokio::test]
async fn who_wants_to_be_forgotten_has_seven_days_and_is_gone_then() {
    let world = World::new().await;
    let app = &world.server.app;
    let desk = world.staff(DESK).await;
    let slip = given(&desk, "王桂兰").await;
    let daughter = world.resident("13900000002").await;
    let bond = join(&daughter, &slip.invitation.clone().expect("a code").code).await.expect("joined");
    let acting = daughter.acting(bond.elders[0].id.as_str());
    let hall = Hall::new(app, json!({ "unit": "person" })).await;
    let slot = hall.slot(20 * 24, 1).await;
    let her = acting.call::<GetMe>((), ()).await.expect("her").people[0].id.clone();
    acting.call::<Book>((), request(&slot, [&her])).await.expect("booked");
    let ask = |stay| ErasureAsk { card: slip.card.clone(), stay, reason: WHY.into() };
    let silent = desk.call::<EraseAtDesk>(here(), ErasureAsk { reason: String::new(), ..ask(false) }).await;
    assert_eq!(refused(silent), Refusal::TextTooShort { least: 4 });

    let key = fresh_key();
    for _ in 0..2 {
        let shown = desk.call_with_key::<EraseAtDesk>(&key, here(), ask(false)).await.expect("asked");
        assert_eq!(shown.leaving.map(|leaving| leaving.until), Some(world.now().plus(GRACE)));
    }
    assert_eq!(ledger(&app.db, &slot).await.taken, 0, "what is ahead goes to neighbours at once");
    assert_eq!(acting.call::<GetMe>((), ()).await, Err(Problem::NotFound));
    // She thinks better of it, and her daughter acts again.
    world.clock.advance(GRACE - 1);
    let desk = opened(app, &world.resident(DESK).await).await;
    assert_eq!(desk.call::<EraseAtDesk>(here(), ask(true)).await.expect("stays").leaving, None);
    acting.call::<GetMe>((), ()).await.expect("her");
    assert_eq!(erase::erase_due(app).await, Ok(0));

    desk.call::<EraseAtDesk>(here(), ask(false)).await.expect("asked");
    world.clock.advance(GRACE);
    let desk = opened(app, &world.resident(DESK).await).await;
    assert_eq!(refused(desk.call::<EraseAtDesk>(here(), ask(true)).await), Refusal::UndoOver);
    assert_eq!(erase::erase_due(app).await, Ok(1));
    assert_eq!(refused(found(&desk, &slip.card).await), Refusal::CardUnknown);
    let row = app.db.row("SELECT sealed_box, removed FROM person WHERE id = $1", args![&her]).await;
    let row = row.expect("reads").expect("an empty row");
    let plain = backend::household::unseal(&app.vault, &her, &row.text("sealed_box").expect("a box"));
    assert!(plain.expect("it opens").name.is_empty());
    assert_eq!(purposes(&world, Act::Erase).await, [WHY, WHY]);
    assert_eq!(purposes(&world, Act::StopErasing).await, [WHY], "not what came too late");
    assert!(audit::verify(&app.db, &app.vault).await.expect("read").is_ok());
}

#[tokio::test]
async fn who_gave_no_number_is_forgotten_180_days_after_the_last_slot() {
    let world = World::new().await;
    let app = &world.server.app;
    let desk = world.staff(DESK).await;
    let slip = given(&desk, "王桂兰").await;
    let slot = Hall::new(app, json!({ "unit": "person" })).await.slot(9, 3).await;
    let caller = Caller {
        phone: None,
        name: "李大爷".into(),
        born: None,
        along: vec![Along::default()],
        guests: 0,
        note: "到前台预约".into(),
    };
    let party = desk.call::<BookAtCounter>(slot, caller).await.expect("booked");
    let name = async || {
        let person = &party.people[0].person;
        let row = app.db.row("SELECT sealed_box FROM person WHERE id = $1", args![person]).await;
        let sealed = row.expect("reads").expect("a row").text("sealed_box").expect("a box");
        backend::household::unseal(&app.vault, person, &sealed).expect("it opens").name
    };
    // The slot ends in ten hours.
    world.clock.advance(180 * DAY + 10 * HOUR);
    retention::run(&app.db, app.now()).await.expect("tidied");
    assert_eq!((erase::erase_due(app).await, &*name().await), (Ok(0), "李大爷"), "not a moment early");
    world.clock.advance(1);
    let due = retention::due(&app.db, app.now()).await.expect("counted");
    assert_eq!(due.iter().find(|(table, ..)| *table == "account").map(|(.., rows)| *rows), Some(1));
    retention::run(&app.db, app.now()).await.expect("tidied");
    assert_eq!((erase::erase_due(app).await, &*name().await), (Ok(1), ""));
    retention::run(&app.db, app.now()).await.expect("tidied");
    assert_eq!(erase::erase_due(app).await, Ok(0), "once");

    // Who has a number is looked for by it, and stays.
    let desk = opened(app, &world.resident(DESK).await).await;
    assert_eq!(found(&desk, &slip.card).await.expect("found").name, "王桂兰");
    let roster = desk.call::<domain::work::api::GetRoster>(party_slot(&world, &party).await, ()).await;
    let roster = roster.expect("a list");
    assert_eq!(roster.parties[0].state, BookingState::Confirmed, "the numbers of the past stay true");
}

async fn party_slot(world: &World, party: &domain::work::Party) -> domain::id::SlotId {
    let sql = "SELECT slot_id FROM booking WHERE id = $1";
    let row = world.server.app.db.row(sql, args![&party.booking]).await.expect("reads");
    row.expect("a booking").text("slot_id").expect("an id").as_str().into()
}
