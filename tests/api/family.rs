//! A family that uses everything there is, with words in every field that are found nowhere else.

use backend::{app::App, staff::House, teams};
use domain::{
    booking::{
        Booking,
        api::{Arrive, ArriveRequest},
    },
    calendar::api::MakeCalendar,
    circle::{
        InvitationDraft, JoinRequest, Scope,
        api::{InviteRelative, JoinCircle},
    },
    consent::{ConsentDraft, VERSION, api::GiveConsent},
    household::{
        Care, PersonDraft, Relation, School,
        api::{AddPerson, ChangeCare, ChangePerson},
    },
    id::{AccountId, CityId, PersonId, SlotId, TaskId, TeamId, WishId},
    session::{Phone, api::GetMe},
    task::api::{ClaimTask, ListTasks},
    time::Day,
    volunteer::{Liking, VolunteerDraft, api::BecomeVolunteer},
    wish::{
        Category, WishDraft,
        api::{ListWishes, MakeWish, SupportWish},
    },
};
use serde_json::json;

use crate::{
    hall::{Guest, Hall},
    world::{Client, World},
};

/// The number, and what only the household may read.
pub const PHONE: &str = "13847261951";
/// What is sealed, as it was typed.
pub const SEALED: [&str; 9] = [
    PHONE,
    "金丝雀甲",
    "金丝雀朵朵",
    "2021-11-19",
    "长尾山雀羽毛",
    "怕打雷的晚上",
    "金丝雀闺女",
    "小金丝雀志愿",
    "金丝雀师傅",
];
/// What nobody but the account itself ever reads of its wish, once it is gone.
pub const WISH: &str = "河边多一盏金丝雀路灯";

/// The family, and what it has.
pub struct Family {
    /// Signed in.
    pub client: Client,
    /// The child.
    pub child: PersonId,
    /// A slot with one place, which the child has.
    pub slot: SlotId,
    /// That booking.
    pub booking: Booking,
    /// A wish that nobody else has joined.
    pub wish: WishId,
    /// A task that the family takes part in.
    pub task: TaskId,
}

/// Somebody becomes a volunteer, with a name of its own.
pub async fn volunteers(client: &Client) {
    let draft =
        VolunteerDraft { centre: "xinsheng".into(), name: SEALED[7].into(), likes: vec![Liking::Phones] };
    client.call::<BecomeVolunteer>((), draft).await.expect("a volunteer");
}

/// Somebody is taken into a team of Xinsheng, by a name of their own.
async fn joins_the_team(app: &App, phone: &str) {
    let house = House { vault: &app.vault, dice: &*app.dice, now: app.now() };
    let phone = Phone::parse(phone).expect("a number");
    let mut tx = app.db.begin().await.expect("begins");
    let (desk, team) = (AccountId::from("a-desk"), TeamId::from("xinsheng-repairs"));
    let by = teams::Giver::Desk(&desk);
    teams::give(&house, &mut tx, &phone, SEALED[8], &team, by).await.expect("in the team");
    tx.commit().await.expect("commits");
}

/// A family that signs in and does everything once.
pub async fn family(world: &World, phone: &str) -> Family {
    let client = world.resident(phone).await;
    let holder = client.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
    let name = PersonDraft { relation: Relation::Myself, name: SEALED[1].into(), born: None };
    client.call::<ChangePerson>(holder, name).await.expect("a name");
    let born = Day::from_ymd_opt(2021, 11, 19);
    let draft = PersonDraft { relation: Relation::Child, name: SEALED[2].into(), born };
    let child = client.call::<AddPerson>((), draft).await.expect("a child").people[1].id.clone();
    let care =
        Care { school: Some(School::Kindergarten), allergies: SEALED[4].into(), notes: SEALED[5].into() };
    client.call::<ChangeCare>(child.clone(), care).await.expect("care");
    client.call::<GiveConsent>(child.clone(), ConsentDraft { version: VERSION }).await.expect("consent");
    let hall = Hall::new(&world.server.app, json!({ "unit": "person" })).await;
    let slot = hall.slot(240, 1).await;
    let guest = Guest { client: client.clone(), person: child.clone() };
    let booking = guest.book(&slot).await.expect("booked");
    let wrong = ArriveRequest { door: "no digits".into() };
    client.call::<Arrive>(booking.id.clone(), wrong).await.expect_err("not the digits at the door");
    client.call::<MakeCalendar>((), ()).await.expect("a calendar");
    let draft = WishDraft { centre: "xinsheng".into(), category: Category::Safety, text: WISH.into() };
    let wish = client.call::<MakeWish>((), draft).await.expect("a wish").wish.id;
    let others = client.call::<ListWishes>("xinsheng".into(), ()).await.expect("wishes");
    let other = others.iter().find(|other| other.id != wish && other.may_support()).expect("another wish");
    client.call::<SupportWish>(other.id.clone(), ()).await.expect("joined");
    let tasks = client.call::<ListTasks>(CityId::from("yangzhou"), ()).await.expect("tasks");
    let task = tasks.iter().rev().find(|task| task.left() > 0).expect("a task").id.clone();
    client.call::<ClaimTask>(task.clone(), ()).await.expect("claimed");
    let draft = InvitationDraft { name: SEALED[6].into(), me: SEALED[1].into(), scope: Scope::Act };
    let code = client.call::<InviteRelative>((), draft.clone()).await.expect("invited").invitation;
    let relative = world.resident(&format!("139{}", &phone[3..])).await;
    let code = JoinRequest { code: code.expect("a code").code };
    let bond = relative.call::<JoinCircle>((), code).await.expect("joined").elders.remove(0).id;
    let care = Care { notes: SEALED[5].into(), ..Care::default() };
    let mine = client.call::<GetMe>((), ()).await.expect("me").people[0].id.clone();
    relative.acting(bond.as_str()).call::<ChangeCare>(mine, care).await.expect("told");
    client.call::<InviteRelative>((), draft).await.expect("another code");
    volunteers(&client).await;
    joins_the_team(&world.server.app, phone).await;
    Family { client, child, slot, booking, wish, task }
}
