//! The circle of care: who comes with a code, what is done in an elder's name, what she reads of it,
//! and how it ends.

use domain::{
    booking::{
        BookingState,
        api::{Book, CancelBooking, GetBooking, ListBookings, RestoreBooking, TakeOffer},
    },
    circle::{
        Circle, Deed, InvitationDraft, JoinRequest, Line, MOST_MEMBERS, Scope, What,
        api::{EndBond, GetBondLog, GetCircle, GetCircleLog, InviteRelative, JoinCircle},
    },
    failure::Problem,
    household::{
        Care, PersonDraft, Relation,
        api::{AddPerson, ChangeCare, ChangePerson, GetCare},
    },
    id::{PersonId, SlotId},
    invitation::MOST_TRIES,
    notice::{News, api::ListNotices},
    refusal::Refusal,
    session::{Me, api::GetMe},
    time::{DAY, HOUR, MINUTE},
    wish::{
        Category, WishDraft,
        api::{GetWish, MakeWish, MyWishes, SupportWish, WithdrawWish},
    },
};
use reqwest::Method;
use serde_json::json;

use crate::{
    hall::{Hall, ledger, request},
    staff::DESK,
    world::{Client, World, fresh_key},
};

/// An elder, her daughter, and the bond between them.
pub struct Kin {
    pub elder: Client,
    pub daughter: Client,
    pub bond: String,
    pub grandma: PersonId,
}

impl Kin {
    pub async fn new(world: &World, scope: Scope) -> Self {
        let elder = world.resident("13800000001").await;
        let daughter = world.resident("13900000002").await;
        let code = invite(&elder, scope).await;
        let bond = join(&daughter, &code).await.expect("joined").elders[0].id.0.clone();
        let grandma = elder.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
        Self { elder, daughter, bond, grandma }
    }

    /// The daughter in her mother's name.
    pub fn acting(&self) -> Client {
        self.daughter.acting(&self.bond)
    }

    /// What the mother reads.
    pub async fn log(&self) -> Vec<Line> {
        self.elder.call::<GetCircleLog>((), ()).await.expect("a log")
    }
}

pub async fn invite(elder: &Client, scope: Scope) -> String {
    let draft = InvitationDraft { name: "女儿".into(), me: "妈妈".into(), scope };
    elder.call::<InviteRelative>((), draft).await.expect("invited").invitation.expect("a code").code
}

pub async fn join(relative: &Client, code: &str) -> Result<Circle, Problem> {
    relative.call::<JoinCircle>((), JoinRequest { code: code.into() }).await
}

pub fn refused<T: core::fmt::Debug>(answer: Result<T, Problem>) -> Refusal {
    match answer {
        Err(Problem::Refused(refusals)) if refusals.len() == 1 => refusals[0].clone(),
        other => panic!("not one refusal: {other:?}"),
    }
}

pub async fn circle(client: &Client) -> Circle {
    client.call::<GetCircle>((), ()).await.expect("a circle")
}

pub async fn hall(world: &World) -> (Hall, SlotId) {
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let slot = hall.slot(9, 1).await;
    (hall, slot)
}

pub fn deeds(log: &[Line]) -> Vec<(Deed, bool)> {
    let deed = |line: &Line| match &line.what {
        What::Did { deed, done, .. } => Some((*deed, *done)),
        _ => None,
    };
    log.iter().filter_map(deed).collect()
}

#[tokio::test]
async fn a_relative_comes_with_a_code_and_both_know_each_other_by_name() {
    let world = World::new().await;
    let kin = Kin::new(&world, Scope::Act).await;
    let hers = circle(&kin.elder).await;
    let member = &hers.members[0];
    assert_eq!((&*member.name, &*member.phone, member.scope), ("女儿", "139****0002", Scope::Act));
    assert!(hers.elders.is_empty() && hers.invitation.is_none());
    let theirs = circle(&kin.daughter).await;
    assert_eq!((&*theirs.elders[0].name, theirs.elders[0].scope), ("妈妈", Scope::Act));
    assert!(theirs.members.is_empty());

    let me = kin.acting().call::<GetMe>((), ()).await.expect("her mother");
    assert_eq!((&me.people[0].id, &*me.phone), (&kin.grandma, "138****0001"));
    assert_eq!(me.acting.map(|elder| elder.name).as_deref(), Some("妈妈"));
    assert_eq!(kin.daughter.call::<GetMe>((), ()).await.expect("herself").acting, None);
    assert!(matches!(kin.log().await[..], [Line { what: What::Joined { scope: Scope::Act }, .. }]));
}

#[tokio::test]
async fn a_code_is_good_once_for_a_day_until_the_next_and_not_for_oneself() {
    let world = World::new().await;
    let elder = world.resident("13800000001").await;
    let daughter = world.resident("13900000002").await;
    let unknown = Refusal::InvitationUnknown;
    let first = invite(&elder, Scope::See).await;
    assert_eq!(refused(join(&elder, &first).await), unknown);
    let second = invite(&elder, Scope::See).await;
    assert_eq!(refused(join(&daughter, &first).await), unknown, "another was made");
    for wrong in ["", "ABCD2345", "奶奶"] {
        assert_eq!(refused(join(&daughter, wrong).await), unknown, "{wrong}");
    }
    let shown = circle(&elder).await.invitation.expect("still good");
    assert_eq!(
        (&*shown.name, shown.code.clone(), shown.lapses),
        ("女儿", second.clone(), world.now().plus(DAY))
    );
    world.clock.advance(DAY);
    assert_eq!(refused(join(&daughter, &second).await), unknown, "too late");
    assert_eq!(circle(&elder).await.invitation, None);

    let third = invite(&elder, Scope::See).await;
    let key = fresh_key();
    for _ in 0..2 {
        let typed = JoinRequest { code: format!(" {}-{} ", third[..4].to_lowercase(), &third[4..]) };
        let joined = daughter.call_with_key::<JoinCircle>(&key, (), typed).await.expect("joined");
        assert_eq!(joined.elders.len(), 1);
    }
    let other = world.resident("13800000003").await;
    assert_eq!(refused(join(&other, &third).await), unknown, "used");
    // Another code in the same hands takes the place of the bond there is.
    let code = invite(&elder, Scope::Act).await;
    let again = join(&daughter, &code).await.expect("joined").elders;
    assert_eq!((again.len(), again[0].scope), (1, Scope::Act));
    assert_eq!(circle(&elder).await.members.len(), 1);

    let mut tries = 0;
    while refused(join(&other, "ABCD2345").await) != Refusal::TooManyTries {
        tries += 1;
        assert!(tries < MOST_TRIES, "tried without end");
    }
    let good = invite(&elder, Scope::See).await;
    assert_eq!(refused(join(&other, &good).await), Refusal::TooManyTries);
    world.clock.advance(HOUR);
    assert!(join(&other, &good).await.is_ok());
    for name in ["", "  ", &"长".repeat(21)] {
        let draft = InvitationDraft { name: name.into(), me: "妈妈".into(), scope: Scope::See };
        assert!(elder.call::<InviteRelative>((), draft).await.is_err(), "{name}");
    }
    let rows = world.server.app.db.rows("SELECT code_mac, names_box FROM circle_code", Vec::new()).await;
    for row in rows.expect("rows") {
        assert_eq!(row.text("code_mac").expect("a digest").len(), 64);
        assert!(!row.text("names_box").expect("sealed").contains("女儿"));
    }
}

#[tokio::test]
async fn what_she_does_for_her_mother_is_her_mothers_and_stands_in_the_log() {
    let world = World::new().await;
    let kin = Kin::new(&world, Scope::Act).await;
    let (_, slot) = hall(&world).await;
    let (key, acting) = (fresh_key(), kin.acting());
    let ask = || request(&slot, [&kin.grandma]);
    let booked = acting.call_with_key::<Book>(&key, (), ask()).await.expect("booked");
    let again = acting.call_with_key::<Book>(&key, (), ask()).await.expect("the same");
    assert_eq!((booked.id.clone(), booked.state), (again.id, BookingState::Confirmed));

    assert!(kin.daughter.call::<ListBookings>((), ()).await.expect("hers").is_empty());
    assert_eq!(kin.daughter.call::<GetBooking>(booked.id.clone(), ()).await, Err(Problem::NotFound));
    let seen = kin.elder.call::<GetBooking>(booked.id.clone(), ()).await.expect("the mother's");
    assert_eq!(seen.helper.as_deref(), Some("女儿"));
    assert_eq!(acting.call::<ListBookings>((), ()).await.expect("bookings").len(), 1);

    let log = kin.log().await;
    assert_eq!(log.len(), 2, "one line for both tries, and that she came: {log:?}");
    let What::Did { deed: Deed::Book, done: true, about: Some(about) } = &log[0].what else {
        panic!("{log:?}");
    };
    assert_eq!((about.booking.as_ref(), about.starts), (Some(&booked.id), Some(booked.starts())));
    assert_eq!((&*log[0].who, &about.title, about.zone), ("女儿", &booked.title, booked.zone));

    world.clock.advance(MINUTE);
    acting.call::<CancelBooking>(booked.id.clone(), ()).await.expect("given back");
    world.clock.advance(MINUTE);
    acting.call::<RestoreBooking>(booked.id.clone(), ()).await.expect("taken back");
    world.clock.advance(MINUTE);
    assert!(acting.call::<TakeOffer>(booked.id.clone(), ()).await.is_err(), "nothing is offered");
    let expected = [(Deed::Take, false), (Deed::Restore, true), (Deed::Cancel, true), (Deed::Book, true)];
    assert_eq!(deeds(&kin.log().await), expected);
    let own = kin.daughter.call::<GetBondLog>(kin.bond.as_str().into(), ()).await.expect("hers to read");
    assert_eq!(deeds(&own), expected);
    let told = kin.elder.call::<ListNotices>((), ()).await.expect("notices");
    let told: Vec<_> = told.iter().map(|notice| &notice.about.news).collect();
    assert_eq!(told.len(), 4);
    for news in [News::CircleJoined, News::BookedForYou, News::CancelledForYou] {
        assert!(told.contains(&&news), "{news:?}: {told:?}");
    }
    // What she does herself is no line and no news.
    kin.elder.call::<CancelBooking>(booked.id, ()).await.expect("given back");
    assert_eq!(kin.log().await.len(), 5);
    assert_eq!(kin.elder.call::<ListNotices>((), ()).await.expect("notices").len(), 4);
    // That somebody came is told to her alone, and without a name: notices lie open in the database.
    assert_eq!(kin.daughter.call::<ListNotices>((), ()).await, Ok(Vec::new()));
    let sql = "SELECT details FROM notice WHERE kind = 'circle_joined'";
    let rows = world.server.app.db.rows(sql, Vec::new()).await.expect("reads");
    assert_eq!(rows.len(), 1);
    assert!(!rows[0].text("details").expect("JSON").contains("女儿"));
}

#[tokio::test]
async fn the_keys_of_the_two_never_meet() {
    let world = World::new().await;
    let kin = Kin::new(&world, Scope::Act).await;
    let (hall, slot) = hall(&world).await;
    let (key, other) = (fresh_key(), hall.slot(20, 1).await);
    let hers =
        kin.elder.call_with_key::<Book>(&key, (), request(&slot, [&kin.grandma])).await.expect("booked");
    // The same key, and the same request: it is another tap of somebody else.
    let again = kin.acting().call_with_key::<Book>(&key, (), request(&slot, [&kin.grandma])).await;
    let already = Refusal::AlreadyIn { person: kin.grandma.clone(), booking: Some(hers.id) };
    assert_eq!(refused(again), already);
    let another = fresh_key();
    let theirs = kin.acting().call_with_key::<Book>(&another, (), request(&other, [&kin.grandma])).await;
    assert!(theirs.is_ok(), "{theirs:?}");
    assert_eq!(ledger(&world.server.app.db, &slot).await.taken, 1);
    // Nor do those of two bonds.
    let son = world.resident("13900000004").await;
    let code = invite(&kin.elder, Scope::Act).await;
    let bond = join(&son, &code).await.expect("joined").elders[0].id.0.clone();
    let third = son.acting(&bond).call_with_key::<Book>(&another, (), request(&other, [&kin.grandma])).await;
    assert!(matches!(refused(third), Refusal::AlreadyIn { .. }));
}

#[tokio::test]
async fn who_may_only_see_does_nothing_and_leaves_no_line() {
    let world = World::new().await;
    let kin = Kin::new(&world, Scope::See).await;
    let (_, slot) = hall(&world).await;
    let acting = kin.acting();
    let hers = kin.elder.call::<Book>((), request(&slot, [&kin.grandma])).await.expect("booked");
    assert_eq!(acting.call::<GetBooking>(hers.id.clone(), ()).await.expect("seen").helper, None);
    assert!(acting.call::<GetCare>(kin.grandma.clone(), ()).await.is_ok());
    let denied = Err(Problem::NotFound);
    assert_eq!(acting.call::<CancelBooking>(hers.id, ()).await.map(drop), denied);
    assert_eq!(acting.call::<ChangeCare>(kin.grandma.clone(), Care::default()).await.map(drop), denied);
    assert_eq!(acting.call::<Book>((), request(&slot, [&kin.grandma])).await.map(drop), denied);
    assert_eq!(deeds(&kin.log().await), []);
}

#[tokio::test]
async fn it_ends_when_either_wants_and_holds_from_the_very_next_tap() {
    let world = World::new().await;
    let kin = Kin::new(&world, Scope::Act).await;
    let (_, slot) = hall(&world).await;
    let booked = kin.acting().call::<Book>((), request(&slot, [&kin.grandma])).await.expect("booked");
    world.clock.advance(MINUTE);
    let stranger = world.resident("13800000003").await;
    let bond = || kin.bond.as_str().into();
    for foreign in [&stranger, &kin.acting()] {
        assert_eq!(foreign.call::<EndBond>(bond(), ()).await, Err(Problem::NotFound));
        assert_eq!(foreign.call::<GetBondLog>(bond(), ()).await, Err(Problem::NotFound));
    }
    let key = fresh_key();
    for _ in 0..2 {
        let left = kin.elder.call_with_key::<EndBond>(&key, bond(), ()).await.expect("ended");
        assert!(left.members.is_empty());
    }
    let acting = kin.acting();
    assert_eq!(acting.call::<GetMe>((), ()).await, Err(Problem::NotFound));
    assert_eq!(acting.call::<GetBooking>(booked.id.clone(), ()).await, Err(Problem::NotFound));
    assert_eq!(acting.call::<CancelBooking>(booked.id.clone(), ()).await, Err(Problem::NotFound));
    assert!(circle(&kin.daughter).await.elders.is_empty());
    assert_eq!(kin.daughter.call::<GetBondLog>(bond(), ()).await, Err(Problem::NotFound));
    // What was booked stays hers, and what was done stays to be read.
    let seen = kin.elder.call::<GetBooking>(booked.id, ()).await.expect("hers");
    assert_eq!((seen.state, seen.helper.as_deref()), (BookingState::Confirmed, Some("女儿")));
    let log = kin.log().await;
    assert_eq!(log[0].what, What::SentAway);
    assert_eq!((log.len(), deeds(&log)), (3, vec![(Deed::Book, true)]));

    world.clock.advance(MINUTE);
    let code = invite(&kin.elder, Scope::See).await;
    let second = join(&kin.daughter, &code).await.expect("joined").elders[0].id.clone();
    kin.daughter.call::<EndBond>(second.clone(), ()).await.expect("left");
    assert_eq!(kin.log().await[0].what, What::Left);
    assert_eq!(kin.elder.call::<EndBond>(second, ()).await, Err(Problem::NotFound), "it has ended");
}

#[tokio::test]
async fn a_circle_is_small_and_nobody_acts_for_a_crowd() {
    let world = World::new().await;
    let elder = world.resident("13800000001").await;
    for number in 0..MOST_MEMBERS {
        let code = invite(&elder, Scope::See).await;
        join(&world.resident(&format!("1390000010{number}")).await, &code).await.expect("joined");
    }
    let draft = InvitationDraft { name: "儿子".into(), me: "妈".into(), scope: Scope::See };
    let full = Refusal::CircleFull { most: MOST_MEMBERS };
    assert_eq!(refused(elder.call::<InviteRelative>((), draft).await), full);
    let busy = world.resident("13900000200").await;
    let elders: Vec<Client> = {
        let mut all = Vec::new();
        for number in 0..=MOST_MEMBERS {
            all.push(world.resident(&format!("1380000030{number}")).await);
        }
        all
    };
    for (number, elder) in elders.iter().enumerate() {
        let code = invite(elder, Scope::See).await;
        let joined = join(&busy, &code).await;
        assert_eq!(joined.is_ok(), number < MOST_MEMBERS as usize, "{number}: {joined:?}");
    }
}

#[tokio::test]
async fn there_are_no_chains_and_nobody_reaches_further_than_the_elder_herself() {
    let world = World::new().await;
    let kin = Kin::new(&world, Scope::Act).await;
    let old = world.resident("13800000005").await;
    // The mother acts for her own mother; the daughter cannot follow.
    let code = invite(&old, Scope::Act).await;
    let grand = join(&kin.elder, &code).await.expect("joined").elders[0].id.clone();
    assert_eq!(kin.acting().call::<GetCircle>((), ()).await, Err(Problem::NotFound));
    assert_eq!(kin.daughter.acting(grand.as_str()).call::<GetMe>((), ()).await, Err(Problem::NotFound));
    let code = invite(&old, Scope::Act).await;
    assert_eq!(kin.acting().call::<JoinCircle>((), JoinRequest { code }).await, Err(Problem::NotFound));
    for odd in ["", "a b", "x/y", &"x".repeat(65)] {
        assert_eq!(kin.daughter.acting(odd).call::<GetMe>((), ()).await, Err(Problem::NotFound), "{odd}");
    }
    // A member of the staff is nobody of the staff while acting, nor the one they act for.
    let desk = world.resident(DESK).await;
    let code = invite(&desk, Scope::Act).await;
    let bond = join(&kin.daughter, &code).await.expect("joined").elders[1].id.0.clone();
    let me = kin.daughter.acting(&bond).call::<GetMe>((), ()).await.expect("seen");
    assert!(me.posts.is_empty() && !desk.call::<GetMe>((), ()).await.expect("me").posts.is_empty());
    let work = kin.daughter.acting(&bond).request(Method::GET, "/api/work").send().await.expect("an answer");
    assert_eq!(work.status(), 404);
}

#[tokio::test]
async fn pictures_and_files_name_the_bond_in_their_address() {
    let world = World::new().await;
    let kin = Kin::new(&world, Scope::See).await;
    let (_, slot) = hall(&world).await;
    let hers = kin.elder.call::<Book>((), request(&slot, [&kin.grandma])).await.expect("booked");
    let stranger = world.resident("13800000003").await;
    for file in ["code.svg", "calendar.ics"] {
        let path = format!("/api/bookings/{}/{file}", hers.id);
        let get = async |client: &Client, query: &str| {
            client.request(Method::GET, &format!("{path}{query}")).send().await.expect("an answer").status()
        };
        let query = format!("?lang=en&for={}", kin.bond);
        assert_eq!(get(&kin.elder, "").await, 200);
        assert_eq!(get(&kin.daughter, "").await, 404);
        assert_eq!(get(&kin.daughter, &query).await, 200);
        assert_eq!(get(&stranger, &query).await, 404);
        assert_eq!(get(&kin.elder, &query).await, 404, "not a bond of hers to act by");
        assert_eq!(get(&world.anonymous(), &query).await, 401);
        assert_eq!(get(&kin.daughter, "?for=").await, 404);
    }
    kin.elder.call::<EndBond>(kin.bond.as_str().into(), ()).await.expect("ended");
    let path = format!("/api/bookings/{}/code.svg?for={}", hers.id, kin.bond);
    assert_eq!(kin.daughter.request(Method::GET, &path).send().await.expect("an answer").status(), 404);
}

#[tokio::test]
async fn wishes_and_details_are_asked_for_in_her_name() {
    let world = World::new().await;
    let kin = Kin::new(&world, Scope::Act).await;
    let acting = kin.acting();
    let draft =
        WishDraft {
            centre: "xinsheng".into(), category: Category::Elders, text: "楼道里装个扶手".into()
        };
    let wish = acting.call::<MakeWish>((), draft).await.expect("wished").wish.id;
    assert!(kin.elder.call::<GetWish>(wish.clone(), ()).await.expect("hers").mine);
    assert!(!kin.daughter.call::<GetWish>(wish.clone(), ()).await.expect("everybody's").mine);
    assert!(acting.call::<GetWish>(wish.clone(), ()).await.expect("hers").mine);
    assert!(kin.daughter.call::<MyWishes>((), ()).await.expect("none").is_empty());
    kin.daughter.call::<SupportWish>(wish.clone(), ()).await.expect("as a neighbour");
    world.clock.advance(MINUTE);
    acting.call::<WithdrawWish>(wish, ()).await.expect("taken back");
    world.clock.advance(MINUTE);
    let named = PersonDraft { relation: Relation::Myself, name: "王桂兰".into(), born: None };
    let me: Me = acting.call::<ChangePerson>(kin.grandma.clone(), named.clone()).await.expect("named");
    assert!(me.acting.is_some() && me.people[0].name == "王桂兰");
    world.clock.advance(MINUTE);
    let care = Care { notes: "耳朵背，说话大声点".into(), ..Care::default() };
    acting.call::<ChangeCare>(kin.grandma.clone(), care).await.expect("told");
    assert_eq!(acting.call::<AddPerson>((), named).await, Err(Problem::NotFound));
    let expected = [Deed::Care, Deed::Person, Deed::Unwish, Deed::Wish].map(|deed| (deed, true));
    assert_eq!(deeds(&kin.log().await), expected);
}
