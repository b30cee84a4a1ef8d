//! Everybody who calls in the matrix: two families at two centres, the staff, volunteers and teams.

use backend::{
    app::App,
    args,
    staff::{self, House},
    teams,
    vault::{Place, Purpose},
};
use domain::{
    booking::Booking,
    household::{PersonDraft, Relation, api::AddPerson},
    id::{AccountId, PersonId, StaffId},
    session::Phone,
    staff::Post,
    time::{CHINA, DAY, Day},
    wish::{Category, WishDraft, api::MakeWish},
};
use serde_json::json;

use super::{Actor, Things, kin};
use crate::{
    hall::{Guest, Hall, settle},
    opened::opened,
    world::{Client, World},
};

/// Two families at two centres, and everybody who might come by.
pub struct Cast {
    /// What belongs to the owner, and to the centre here.
    pub ours: Things,
    /// What belongs to the stranger, and to the centre elsewhere.
    pub theirs: Things,
    /// Names for what was never given out.
    pub nothing: Things,
    clients: Vec<(Actor, Client)>,
}

impl Cast {
    /// Everybody moves in, with fresh identifiers.
    pub async fn new(world: &World) -> Self {
        let app = &world.server.app;
        let mut clients = vec![
            (Actor::Anonymous, world.anonymous()),
            (Actor::Garbage, with_token(world, &"A".repeat(43))),
            (Actor::Expired, with_token(world, &expired(app).await)),
        ];
        let (owner, mut ours) = family(world, "xinsheng", "yangzhou").await;
        let (stranger, mut theirs) = family(world, "shuangqiao", "xiaoyi").await;
        ours.insert("area", "xinsheng-street".to_owned());
        theirs.insert("area", "zhongyanglou".to_owned());
        clients.extend([(Actor::Owner, owner), (Actor::Stranger, stranger)]);
        for (actor, post) in [
            (Actor::DeskHere, Post::Staff("xinsheng".into())),
            (Actor::DeskLocked, Post::Staff("xinsheng".into())),
            (Actor::Suspended, Post::Staff("xinsheng".into())),
            (Actor::DeskElsewhere, Post::Staff("wenchang".into())),
            (Actor::OfficeHere, Post::Office("yangzhou".into())),
            (Actor::DistrictHere, Post::Office("hanjiang".into())),
            (Actor::StreetHere, Post::Office("xinsheng-street".into())),
            (Actor::OfficeSuspended, Post::Office("hanjiang".into())),
            (Actor::OfficeElsewhere, Post::Office("xiaoyi".into())),
            (Actor::DistrictElsewhere, Post::Office("guangling".into())),
            (Actor::StreetElsewhere, Post::Office("wenhe".into())),
            (Actor::Admin, Post::Admin),
        ] {
            let (token, id) = employ(app, &post).await;
            let suspended = matches!(actor, Actor::Suspended | Actor::OfficeSuspended);
            if suspended {
                suspend(app, &id).await;
            }
            let client = with_token(world, &token);
            let at_work = !suspended && actor != Actor::DeskLocked;
            clients.push((actor, if at_work { opened(app, &client).await } else { client }));
        }
        // The owner of things is a volunteer of the centre; others are, too, and in teams.
        for things in [&mut ours, &mut theirs] {
            band(app, things).await;
        }
        for (actor, suspended) in [(Actor::Volunteer, false), (Actor::VolunteerSuspended, true)] {
            let account = AccountId(app.dice.id("a"));
            let token = settle(app, &account, &[PersonId(app.dice.id("p"))]).await;
            volunteer(app, &account, "xinsheng", suspended).await;
            clients.push((actor, with_token(world, &token)));
        }
        for (actor, things, suspended) in [
            (Actor::Member, &ours, false),
            (Actor::MemberElsewhere, &theirs, false),
            (Actor::MemberSuspended, &ours, true),
        ] {
            let (token, id) = enlist(app, &things["team"]).await;
            if suspended {
                let mut tx = app.db.begin().await.expect("begins");
                let sql = "UPDATE team_member SET suspended = 1 WHERE id = $1";
                tx.run(sql, args![&id]).await.expect("suspended");
                tx.commit().await.expect("commits");
            }
            clients.push((actor, with_token(world, &token)));
        }
        let nothing = ours.keys().map(|name| (*name, format!("{name}-unknown"))).collect();
        Self { ours, theirs, nothing, clients }
    }

    /// Somebody's browser.
    pub fn client(&self, actor: Actor) -> &Client {
        let found = self.clients.iter().find(|(known, _)| *known == actor);
        &found.expect("everybody is there").1
    }
}

/// A family with a person, a booking, a wish and a member of staff of their centre.
async fn family(world: &World, centre: &str, city: &str) -> (Client, Things) {
    let app = &world.server.app;
    let account = AccountId(app.dice.id("a"));
    let people = [PersonId(app.dice.id("p")), PersonId(app.dice.id("p"))];
    let token = settle(app, &account, &people).await;
    let client = with_token(world, &token);
    let phone = format!("135{}", app.dice.digits(8));
    let mut tx = app.db.begin().await.expect("begins");
    let mac = app.vault.digest(Purpose::Phone, &[&phone]);
    tx.run("UPDATE account SET phone_mac = $2 WHERE id = $1", args![&account, mac]).await.expect("a number");
    tx.commit().await.expect("commits");
    let born = Day::from_ymd_opt(2020, 2, 2);
    let child = PersonDraft { relation: Relation::Child, name: "朵朵".into(), born };
    let me = client.call::<AddPerson>((), child).await.expect("added");
    let child = me.people.last().expect("the child").id.clone();
    let hall = Hall::new(app, json!({ "unit": "person" })).await;
    let slot = hall.slot(3, 5).await;
    let other = hall.slot(9, 5).await;
    move_to(app, &hall, centre).await;
    let guest = Guest { client: client.clone(), person: child.clone() };
    let booking: Booking = guest.book(&slot).await.expect("booked");
    let draft =
        WishDraft { centre: centre.into(), category: Category::Place, text: "想要一个充电棚".into() };
    let wish = client.call::<MakeWish>((), draft).await.expect("wished");
    let (_, staff) = employ(app, &Post::Staff(centre.into())).await;
    let task = app.db.row("SELECT id FROM task ORDER BY starts DESC, id LIMIT 1", args![]).await;
    let task = task.expect("reads").expect("the demo has tasks").text("id").expect("an id");
    let (_, bond) = kin::relative(app, &account, "see").await;
    let draw = draw_of(app, centre).await;
    let things = Things::from([
        ("bond", bond),
        ("device", another_device(app, &account).await),
        ("account", account.0),
        ("phone", phone),
        ("person", child.0),
        ("adult", people[1].0.clone()),
        ("booking", booking.id.0),
        ("code", booking.code),
        ("slot", slot.0),
        ("other_slot", other.0),
        ("offering", hall.offering.0.clone()),
        ("wish", wish.wish.id.0.clone()),
        ("mine", wish.wish.id.0),
        ("ticket", app.dice.id("k")),
        // Draws are everybody's; one's entry hangs on the draw, and no address names another's. The desk
        // enters people into those of its own centre.
        ("draw", draw.0),
        ("drawn_slot", draw.1),
        ("task", task),
        ("staff", staff.0),
        ("centre", centre.to_owned()),
        ("city", city.to_owned()),
        ("people", "1".to_owned()),
        ("day", world.now().day(CHINA).to_string()),
    ]);
    (client, things)
}

/// One of the two draws of the demo as one of that centre, with a class of it.
async fn draw_of(app: &App, centre: &str) -> (String, String) {
    let draw = match centre {
        "xinsheng" => "wenchang-draw-hobby.20260624",
        _ => "wenchang-draw-summer.20260624",
    };
    let mut tx = app.db.begin().await.expect("begins");
    tx.run("UPDATE draw SET centre_id = $2 WHERE id = $1", args![draw, centre]).await.expect("moved");
    tx.commit().await.expect("commits");
    let slot = app.db.row("SELECT id FROM slot WHERE draw_id = $1 ORDER BY id LIMIT 1", args![draw]).await;
    (draw.to_owned(), slot.expect("reads").expect("a class").text("id").expect("an id"))
}

/// A team of the centre with somebody in it, and the owner as a volunteer there.
async fn band(app: &App, things: &mut Things) {
    let team = app.dice.id("t");
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "INSERT INTO team (id, centre_id, name_zh, about_zh) VALUES ($1, $2, '队', '事')";
    tx.run(sql, args![&team, &things["centre"]]).await.expect("a team");
    tx.commit().await.expect("commits");
    let (_, member) = enlist(app, &team).await;
    let owner = AccountId(things["account"].clone());
    let id = volunteer(app, &owner, &things["centre"], false).await;
    things.extend([("team", team), ("member", member), ("volunteer", id)]);
}

/// An account as a volunteer of a centre; its identifier as one.
async fn volunteer(app: &App, account: &AccountId, centre: &str, suspended: bool) -> String {
    let id = app.dice.id("v");
    let place = Place { table: "volunteer", row: &id, column: "sealed_box" };
    let plain = json!({ "name": "小秦", "likes": ["meals"] }).to_string();
    let sealed = app.vault.seal(place, plain.as_bytes()).expect("sealed");
    let (since, reason) = if suspended { (Some(1_i64), Some("没有来")) } else { (None, None) };
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "INSERT INTO volunteer (id, account_id, centre_id, sealed_box, made, suspended, reason) \
               VALUES ($1, $2, $3, $4, 1, $5, $6)";
    tx.run(sql, args![&id, account, centre, sealed, since, reason]).await.expect("a volunteer");
    tx.commit().await.expect("commits");
    id
}

/// Somebody new in a team: the token of their session, and their place.
async fn enlist(app: &App, team: &str) -> (String, String) {
    let account = AccountId(app.dice.id("a"));
    let token = settle(app, &account, &[PersonId(app.dice.id("p"))]).await;
    let phone = Phone::parse(&format!("137{}", app.dice.digits(8))).expect("a number");
    let house = House { vault: &app.vault, dice: &*app.dice, now: app.now() };
    let mut tx = app.db.begin().await.expect("begins");
    let giver = teams::Giver::Desk(&account);
    let id = teams::give(&house, &mut tx, &phone, "孙师傅", &team.into(), giver).await.expect("given");
    let mac = app.vault.digest(Purpose::Phone, &[phone.reveal()]);
    teams::claim(&mut tx, &account, &mac).await.expect("claimed");
    tx.commit().await.expect("commits");
    (token, id.0)
}

/// Another device on which an account is signed in.
async fn another_device(app: &App, account: &AccountId) -> String {
    let id = app.dice.id("s");
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "INSERT INTO session (hash, account_id, made, seen, id) VALUES ($1, $2, $3, $3, $4)";
    tx.run(sql, args![app.dice.token(), account, app.now(), &id]).await.expect("a session");
    tx.commit().await.expect("commits");
    id
}

async fn move_to(app: &App, hall: &Hall, centre: &str) {
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "UPDATE offering SET centre_id = $2 WHERE id = $1";
    tx.run(sql, args![&hall.offering, centre]).await.expect("moved");
    tx.commit().await.expect("commits");
}

/// Somebody new with a post: the token of their session, and the post.
pub async fn employ(app: &App, post: &Post) -> (String, StaffId) {
    let account = AccountId(app.dice.id("a"));
    let token = settle(app, &account, &[PersonId(app.dice.id("p"))]).await;
    let phone = Phone::parse(&format!("137{}", app.dice.digits(8))).expect("a number");
    let house = House { vault: &app.vault, dice: &*app.dice, now: app.now() };
    let mut tx = app.db.begin().await.expect("begins");
    let id = staff::give(&house, &mut tx, &phone, "王老师", post, None).await.expect("given");
    let mac = app.vault.digest(Purpose::Phone, &[phone.reveal()]);
    staff::claim(&mut tx, &account, &mac).await.expect("claimed");
    tx.commit().await.expect("commits");
    (token, id)
}

pub async fn suspend(app: &App, id: &StaffId) {
    let mut tx = app.db.begin().await.expect("begins");
    tx.run("UPDATE staff SET suspended = 1 WHERE id = $1", args![id]).await.expect("suspended");
    tx.commit().await.expect("commits");
}

/// The token of a session that nobody has used for a hundred days.
async fn expired(app: &App) -> String {
    let account = AccountId(app.dice.id("a"));
    let token = settle(app, &account, &[PersonId(app.dice.id("p"))]).await;
    let mut tx = app.db.begin().await.expect("begins");
    let sql = "UPDATE session SET seen = $2 WHERE account_id = $1";
    tx.run(sql, args![&account, app.now().plus(-100 * DAY)]).await.expect("aged");
    tx.commit().await.expect("commits");
    token
}

pub fn with_token(world: &World, token: &str) -> Client {
    let mut client = world.anonymous();
    client.cookie = Some(format!("{}={token}", world.server.app.config.session_cookie()));
    client
}
